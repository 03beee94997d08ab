//! The configuration in force → TOML with every key, which reads back as the same configuration.

use std::path::Path;
use std::time::Duration;

use crate::config::amount::{print_duration, print_size};
use crate::config::{Config, Icon, LogFormat, OnDelete, PodcastEntry, Watching};

impl Config {
    /// Every key with its value, as a file that reads back as this configuration. A folder whose name is not UTF-8
    /// cannot be written in TOML: its undecodable bytes are replaced.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut toml = Toml(String::new());
        toml.text("title", &self.title);
        toml.text("base_url", &self.base_url);
        toml.text("site", self.site.as_deref().unwrap_or_default());
        toml.text("language", &self.language);
        toml.text("time_zone", self.time_zone.name());
        toml.text("authority", self.authority.as_deref().unwrap_or_default());
        match &self.icon {
            None => toml.text("icon", ""),
            Some(Icon::Url(url)) => toml.text("icon", url),
            Some(Icon::File(file)) => toml.path("icon", file),
        }
        toml.path("inbox", &self.inbox);
        toml.path("feeds", &self.feeds);
        toml.path("state", &self.state);

        let intake = &self.intake;
        toml.table("intake");
        toml.word("on_delete", intake.on_delete, &OnDelete::WORDS);
        toml.duration("grace", intake.grace);
        toml.plain("guard", format!("{:?}", intake.guard));
        toml.duration("settle", intake.settle);
        toml.duration("rescan", intake.rescan);
        toml.word("watch", intake.watch, &Watching::WORDS);
        toml.duration("poll", intake.poll);
        toml.duration("media_wait", intake.media_wait);
        toml.text("encoding", intake.encoding.map_or("auto", |encoding| encoding.name()));
        toml.text("max_file", &print_size(intake.max_file));
        toml.plain("notices", intake.notices);

        let publish = &self.publish;
        toml.table("publish");
        toml.plain("entries", publish.entries);
        toml.duration("window", publish.window);
        toml.plain("max_entries", publish.max_entries);
        toml.text("max_bytes", &print_size(publish.max_bytes));
        toml.plain("full_text", publish.full_text);
        toml.duration("ttl", publish.ttl);

        let server = &self.server;
        toml.table("server");
        toml.list("listen", &server.listen);
        toml.list("redirect", &server.redirect);
        toml.plain("h2c", server.h2c);
        toml.list("proxies", &server.proxies);
        toml.text("cache", &print_size(server.cache));
        toml.list("former", &server.former);
        toml.list("admin", &server.admin);
        toml.table("server.tls");
        toml.list("listen", &server.tls.listen);
        for (key, pem) in [("certificate", &server.tls.certificate), ("key", &server.tls.key)] {
            // A plain name may be a credential's, and means the same wherever this is read again.
            toml.text(key, pem.as_ref().map_or("", |pem| &pem.name));
        }
        match &server.tls.challenges {
            None => toml.text("challenges", ""),
            Some(folder) => toml.path("challenges", folder),
        }
        toml.table("server.log");
        toml.word("format", server.log.format, &LogFormat::WORDS);
        match &server.log.file {
            None => toml.text("file", ""),
            Some(file) => toml.path("file", file),
        }
        toml.table("server.limits");
        toml.plain("connections", server.limits.connections);
        toml.plain("per_address", server.limits.per_address);
        toml.plain("full_answers", server.limits.full_answers);
        toml.duration("request", server.limits.request);
        toml.duration("idle", server.limits.idle);
        toml.duration("stall", server.limits.stall);

        if !self.pages.is_empty() {
            toml.table("pages");
        }
        for (page, section) in &self.pages {
            toml.text(&quoted(&page.to_string()), section);
        }

        for (section, entry) in &self.sections {
            toml.table(&format!("section.{}", quoted(section.as_str())));
            let texts = [("title", &entry.title), ("description", &entry.description), ("language", &entry.language)];
            for (key, text) in texts {
                if let Some(text) = text {
                    toml.text(key, text);
                }
            }
            if let Some(entries) = entry.entries {
                toml.plain("entries", entries);
            }
            if let Some(full_text) = entry.full_text {
                toml.plain("full_text", full_text);
            }
            if let Some(window) = entry.window {
                toml.duration("window", window);
            }
            if let Some(max_entries) = entry.max_entries {
                toml.plain("max_entries", max_entries);
            }
            if let Some(podcast) = &entry.podcast {
                toml.podcast(section.as_str(), podcast);
            }
        }
        toml.0
    }
}

struct Toml(String);

impl Toml {
    fn plain(&mut self, key: &str, value: impl std::fmt::Display) {
        self.0.push_str(&format!("{key} = {value}\n"));
    }

    fn text(&mut self, key: &str, value: &str) {
        self.plain(key, quoted(value));
    }

    fn word<T: PartialEq>(&mut self, key: &str, value: T, words: &[(&str, T)]) {
        let word = words.iter().find(|(_, known)| *known == value);
        self.text(key, word.map_or("", |(word, _)| word));
    }

    fn list(&mut self, key: &str, values: &[impl std::fmt::Display]) {
        let values: Vec<String> = values.iter().map(|value| quoted(&value.to_string())).collect();
        self.plain(key, format!("[{}]", values.join(", ")));
    }

    fn path(&mut self, key: &str, value: &Path) {
        self.text(key, &value.to_string_lossy());
    }

    fn duration(&mut self, key: &str, value: Duration) {
        self.text(key, &print_duration(value));
    }

    fn podcast(&mut self, section: &str, podcast: &PodcastEntry) {
        self.table(&format!("section.{}.podcast", quoted(section)));
        let said = &podcast.said;
        for (key, text) in [("author", &said.author), ("owner", &said.owner), ("email", &said.email)] {
            if !text.is_empty() {
                self.text(key, text);
            }
        }
        match &podcast.image {
            Some(Icon::Url(url)) => self.text("image", url),
            Some(Icon::File(file)) => self.path("image", file),
            None => {}
        }
        self.text("category", &said.category.written());
        self.plain("explicit", said.explicit);
        self.word("type", said.serial, &PodcastEntry::TYPES);
    }

    fn table(&mut self, name: &str) {
        self.0.push_str(&format!("\n[{name}]\n"));
    }
}

/// Quoted as TOML has it.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

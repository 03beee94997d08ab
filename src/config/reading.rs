//! The text of the configuration file turned into a `Config`: every key known, every value of its type and in its
//! range, or one error with line, column and what to write instead. Above the limits stands why they are what they are.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use chrono_tz::Tz;
use toml::de::DeTable;

use super::keys::{INTAKE, PUBLISH, SECTION, SERVER, TOP};
use super::table::{Source, Table};
use super::{Config, ConfigError, Intake, OnDelete, Publish, SectionConfig, Server, WatchMode};
use crate::section::Section;

const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// The whole file.
pub(super) fn config(text: &str, path: &Path) -> Result<Config, ConfigError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let source = Source { text, path };
    let document = DeTable::parse(text)
        .map_err(|error| source.wrong(error.span().map_or(0, |span| span.start), &in_one_line(error.message())))?;
    let top = Table { source: &source, name: "", values: document.get_ref() };
    top.only(&TOP)?;
    let mut config = Config::default();
    publication(&top, &mut config)?;
    if let Some(table) = top.table("intake", "intake", &INTAKE)? {
        intake(&table, &mut config.intake)?;
    }
    if let Some(table) = top.table("publish", "publish", &PUBLISH)? {
        publish(&table, &mut config.publish)?;
    }
    if let Some(table) = top.table("server", "server", &SERVER)? {
        server(&table, &mut config.server)?;
    }
    if let Some(table) = top.table("section", "section", &[])? {
        config.sections = sections(&table, &config.publish)?;
    }
    Ok(config)
}

fn publication(top: &Table<'_>, config: &mut Config) -> Result<(), ConfigError> {
    top.line("title", &mut config.title)?;
    if let Some(text) = top.text("base_url")? {
        config.base_url = web_address(text).map_err(|problem| top.wrong("base_url", &problem))?;
    }
    if let Some(text) = top.text("site")? {
        config.site = match text {
            "" => String::new(),
            _ => web_address(text).map_err(|problem| top.wrong("site", &problem))?,
        };
    }
    top.language(&mut config.language)?;
    if let Some(text) = top.text("time_zone")? {
        config.time_zone = text.parse::<Tz>().map_err(|_| {
            top.wrong("time_zone", "must be the name of a time zone, like \"Asia/Shanghai\" or \"Europe/Berlin\"")
        })?;
    }
    if let Some(text) = top.text("authority")? {
        if !text.is_empty() && !is_authority(text) {
            return Err(top.wrong("authority", "must be a host name you own, like \"news.example.org\", or empty"));
        }
        text.clone_into(&mut config.authority);
    }
    if let Some(text) = top.text("icon")? {
        config.icon = match text {
            "" => String::new(),
            url if url.contains("://") => web_address(url).map_err(|problem| top.wrong("icon", &problem))?,
            file => top.source.beside(file).to_string_lossy().into_owned(),
        };
    }
    for (key, folder) in [("inbox", &mut config.inbox), ("feeds", &mut config.feeds), ("state", &mut config.state)] {
        if let Some(text) = top.text(key)? {
            if text.trim().is_empty() || text.contains('\0') {
                return Err(top.wrong(key, "must be the path of a folder"));
            }
            *folder = text.into();
        }
        *folder = top.source.beside(&*folder);
    }
    Ok(())
}

fn intake(table: &Table<'_>, intake: &mut Intake) -> Result<(), ConfigError> {
    let on_delete = [("withdraw", OnDelete::Withdraw), ("keep", OnDelete::Keep)];
    table.choice("on_delete", &on_delete, &mut intake.on_delete)?;
    table.duration("grace", &mut intake.grace, Duration::ZERO..=HOUR, "a deleted article would stay too long")?;
    if let Some(share) = table.number("guard")? {
        if !(0.0..=1.0).contains(&share) {
            return Err(table.wrong("guard", "must be between 0 and 1: it is a share of all files (0.1 is a tenth)"));
        }
        intake.guard = share;
    }
    table.duration("settle", &mut intake.settle, Duration::ZERO..=10 * 60 * SECOND, "every article waits that long")?;
    let why = "a rescan reads the whole folder tree, and is what finds files whose events were lost";
    table.duration("rescan", &mut intake.rescan, SECOND..=DAY, why)?;
    let watch = [("auto", WatchMode::Auto), ("events", WatchMode::Events), ("poll", WatchMode::Poll)];
    table.choice("watch", &watch, &mut intake.watch)?;
    let why = "oftener burdens the file server, rarer keeps the news waiting";
    table.duration("poll", &mut intake.poll, SECOND / 10..=10 * 60 * SECOND, why)?;
    let why = "the article is not published while it waits";
    table.duration("media_wait", &mut intake.media_wait, Duration::ZERO..=HOUR, why)?;
    if let Some(text) = table.text("encoding")? {
        intake.encoding = match text {
            "auto" => None,
            label => Some(encoding_rs::Encoding::for_label(label.as_bytes()).ok_or_else(|| {
                table.wrong("encoding", "must be \"auto\" or a name that browsers know, like \"gb18030\" or \"big5\"")
            })?),
        };
    }
    // A file is held in memory several times over while it is parsed.
    table.size("max_file", &mut intake.max_file, 1 << 10..=1 << 30, "a file is read into memory whole")?;
    table.flag("notices", &mut intake.notices)
}

fn publish(table: &Table<'_>, publish: &mut Publish) -> Result<(), ConfigError> {
    table.count("max_entries", &mut publish.max_entries)?;
    table.count("entries", &mut publish.entries)?;
    if publish.entries > publish.max_entries {
        return Err(table.wrong_of(&["entries", "max_entries"], &more_than_most(publish.max_entries)));
    }
    table.duration("window", &mut publish.window, Duration::ZERO..=366 * DAY, "feeds are for what is new")?;
    let mut bytes = publish.max_bytes as u64;
    let why = "smaller feeds lose articles, larger ones are refused by readers";
    table.size("max_bytes", &mut bytes, 64 << 10..=64 << 20, why)?;
    publish.max_bytes = usize::try_from(bytes).unwrap_or(usize::MAX);
    table.flag("full_text", &mut publish.full_text)?;
    table.duration("ttl", &mut publish.ttl, Duration::ZERO..=DAY, "readers would not ask for news that long")
}

fn server(table: &Table<'_>, server: &mut Server) -> Result<(), ConfigError> {
    if let Some((_, value)) = table.values.get_key_value("listen") {
        let problem = "must be a list of addresses with ports, like [\"127.0.0.1:8080\", \"[::]:80\"]";
        let addresses = value.get_ref().as_array().ok_or_else(|| table.wrong("listen", problem))?;
        server.listen = addresses
            .iter()
            .map(|address| {
                let parsed = address.get_ref().as_str().and_then(|text| text.parse::<SocketAddr>().ok());
                parsed.ok_or_else(|| table.source.wrong(address.span().start, &format!("\"listen\" {problem}")))
            })
            .collect::<Result<_, _>>()?;
    }
    table.size("cache", &mut server.cache, 0..=1 << 40, "that is more memory than a machine has")
}

fn sections(table: &Table<'_>, publish: &Publish) -> Result<BTreeMap<String, SectionConfig>, ConfigError> {
    let mut sections = BTreeMap::new();
    for (key, _) in table.values {
        let wrong = |problem: &str| table.source.wrong(key.span().start, problem);
        let name: &str = key.get_ref();
        let section = Section::of_path(name).map_err(|error| wrong(&error.to_string()))?;
        if section.is_whole() {
            return Err(wrong("a section needs a name, like [section.\"sports/football\"]"));
        }
        if let Some(values) = table.table(name, "section.NAME", &SECTION)? {
            let read = one_section(&values, publish)?;
            if sections.insert(section.as_str().to_owned(), read).is_some() {
                return Err(wrong(&format!("the section {:?} is configured twice", section.as_str())));
            }
        }
    }
    Ok(sections)
}

fn one_section(table: &Table<'_>, publish: &Publish) -> Result<SectionConfig, ConfigError> {
    let mut section = SectionConfig::default();
    table.optional(&mut section.title, "title", |title| table.line("title", title))?;
    section.description = table.text("description")?.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    table.optional(&mut section.language, "language", |language| table.language(language))?;
    table.optional(&mut section.entries, "entries", |entries| table.count("entries", entries))?;
    table.optional(&mut section.max_entries, "max_entries", |most| table.count("max_entries", most))?;
    let most = section.max_entries.unwrap_or(publish.max_entries);
    if section.entries.unwrap_or(publish.entries) > most {
        return Err(table.wrong_of(&["entries", "max_entries"], &more_than_most(most)));
    }
    table.optional(&mut section.window, "window", |window| {
        table.duration("window", window, Duration::ZERO..=366 * DAY, "feeds are for what is new")
    })?;
    table.optional(&mut section.full_text, "full_text", |full_text| table.flag("full_text", full_text))?;
    Ok(section)
}

fn more_than_most(most: usize) -> String {
    format!("does not fit: \"entries\", the least a feed has, would be more than \"max_entries\", the most ({most})")
}

/// An `http` or `https` address without a slash at the end, as links are joined to it.
fn web_address(text: &str) -> Result<String, String> {
    let wrong = || format!("must be an address beginning with http:// or https://, not {text:?}");
    let url = url::Url::parse(text.trim()).map_err(|_| wrong())?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong());
    }
    if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
        return Err("must be a plain address, without a name and password, \"?\" or \"#\"".to_owned());
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// RFC 4151: a domain name or a mail address, in ASCII.
fn is_authority(text: &str) -> bool {
    let (user, host) = text.rsplit_once('@').unwrap_or(("user", text));
    let plain = |part: &str| part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'));
    !user.is_empty() && !host.is_empty() && plain(user) && plain(host)
}

/// The parser's message may have several lines; an error has one.
fn in_one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

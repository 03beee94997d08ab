//! A `Config` printed as TOML: every key with the value in force, in the order of the documentation.

use std::fmt::Write;
use std::path::Path;

use super::{Config, OnDelete, Publish, SectionConfig, WatchMode, units};

/// The whole configuration.
pub(super) fn toml(config: &Config) -> String {
    let mut out = String::new();
    publication(&mut out, config);
    intake(&mut out, config);
    publish(&mut out, &config.publish);
    out.push_str("\n[server]\n");
    let listen: Vec<String> = config.server.listen.iter().map(|address| quoted(&address.to_string())).collect();
    pair(&mut out, "listen", &format!("[{}]", listen.join(", ")));
    pair(&mut out, "cache", &quoted(&units::print_size(config.server.cache)));
    for (name, values) in &config.sections {
        let _ = write!(out, "\n[section.{}]\n", quoted(name));
        section(&mut out, name, values, config);
    }
    if config.sections.is_empty() {
        out.push_str("\n# No section is configured, and none needs to be. One would begin:\n");
        out.push_str("# [section.\"sports/football\"]\n");
    }
    out
}

fn publication(out: &mut String, config: &Config) {
    pair(out, "title", &quoted(&config.title));
    pair(out, "base_url", &quoted(&config.base_url));
    pair(out, "site", &quoted(&config.site));
    pair(out, "language", &quoted(&config.language));
    pair(out, "time_zone", &quoted(config.time_zone.name()));
    pair(out, "authority", &quoted(&config.authority));
    pair(out, "icon", &quoted(&config.icon));
    for (key, folder) in [("inbox", &config.inbox), ("feeds", &config.feeds), ("state", &config.state)] {
        pair(out, key, &path(folder));
    }
}

fn intake(out: &mut String, config: &Config) {
    let intake = &config.intake;
    let on_delete = match intake.on_delete {
        OnDelete::Withdraw => "withdraw",
        OnDelete::Keep => "keep",
    };
    let watch = match intake.watch {
        WatchMode::Auto => "auto",
        WatchMode::Events => "events",
        WatchMode::Poll => "poll",
    };
    out.push_str("\n[intake]\n");
    pair(out, "on_delete", &quoted(on_delete));
    pair(out, "grace", &quoted(&units::print_duration(intake.grace)));
    pair(out, "guard", &format!("{:?}", intake.guard));
    pair(out, "settle", &quoted(&units::print_duration(intake.settle)));
    pair(out, "rescan", &quoted(&units::print_duration(intake.rescan)));
    pair(out, "watch", &quoted(watch));
    pair(out, "poll", &quoted(&units::print_duration(intake.poll)));
    pair(out, "media_wait", &quoted(&units::print_duration(intake.media_wait)));
    pair(out, "encoding", &quoted(intake.encoding.map_or("auto", |encoding| encoding.name())));
    pair(out, "max_file", &quoted(&units::print_size(intake.max_file)));
    pair(out, "notices", &intake.notices.to_string());
}

fn publish(out: &mut String, publish: &Publish) {
    out.push_str("\n[publish]\n");
    pair(out, "entries", &publish.entries.to_string());
    pair(out, "window", &quoted(&units::print_duration(publish.window)));
    pair(out, "max_entries", &publish.max_entries.to_string());
    pair(out, "max_bytes", &quoted(&units::print_size(publish.max_bytes as u64)));
    pair(out, "full_text", &publish.full_text.to_string());
    pair(out, "ttl", &quoted(&units::print_duration(publish.ttl)));
}

/// What a section leaves open stands as a comment, with the value it therefore has.
fn section(out: &mut String, name: &str, section: &SectionConfig, config: &Config) {
    let last_name = name.rsplit('/').next().unwrap_or_default();
    let whole = &config.publish;
    either(out, "title", section.title.as_deref().map(quoted), &quoted(last_name));
    either(out, "description", section.description.as_deref().map(quoted), "\"\"");
    either(out, "language", section.language.as_deref().map(quoted), &quoted(&config.language));
    either(out, "entries", section.entries.map(|n| n.to_string()), &whole.entries.to_string());
    let window = section.window.map(|window| quoted(&units::print_duration(window)));
    either(out, "window", window, &quoted(&units::print_duration(whole.window)));
    either(out, "max_entries", section.max_entries.map(|n| n.to_string()), &whole.max_entries.to_string());
    either(out, "full_text", section.full_text.map(|full| full.to_string()), &whole.full_text.to_string());
}

fn pair(out: &mut String, key: &str, value: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{key} = {value}");
}

fn either(out: &mut String, key: &str, own: Option<String>, inherited: &str) {
    match own {
        Some(value) => pair(out, key, &value),
        None => pair(out, &format!("# {key}"), inherited),
    }
}

/// A path that is not Unicode cannot be written in TOML and is printed with replacement characters.
fn path(path: &Path) -> String {
    quoted(&path.to_string_lossy())
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

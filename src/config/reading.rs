//! The text of the configuration file turned into a `Config`: every key known, every value of its type and in its
//! range, or one error with line, column and what to write instead. Above the limits stands why they are what they are.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::Path;
use std::time::Duration;

use chrono_tz::Tz;
use toml::de::{DeTable, DeValue};

use super::{Config, ConfigError, Intake, OnDelete, Publish, SectionConfig, Server, WatchMode, units};
use crate::section::Section;

/// The keys of each table; the sample file and `to_toml` name the same.
const TOP: [&str; 14] = [
    "title",
    "base_url",
    "site",
    "language",
    "time_zone",
    "authority",
    "icon",
    "inbox",
    "feeds",
    "state",
    "intake",
    "publish",
    "server",
    "section",
];
const INTAKE: [&str; 11] = [
    "on_delete",
    "grace",
    "guard",
    "settle",
    "rescan",
    "watch",
    "poll",
    "media_wait",
    "encoding",
    "max_file",
    "notices",
];
const PUBLISH: [&str; 6] = ["entries", "window", "max_entries", "max_bytes", "full_text", "ttl"];
const SERVER: [&str; 2] = ["listen", "cache"];
const SECTION: [&str; 7] = ["title", "description", "language", "entries", "window", "max_entries", "full_text"];

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

/// A reader that looks in once a night must find what came since; below this, feeds lose articles.
const FEWEST: usize = 10;
/// Above this, readers stop reading and every publication writes megabytes.
const MOST: usize = 10_000;

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

/// The shape of BCP 47: a language of two to eight letters, then parts of one to eight letters and digits.
fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or_default();
    (2..=8).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// The parser's message may have several lines; an error has one.
fn in_one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The file, to say where in it something is wrong.
struct Source<'a> {
    text: &'a str,
    path: &'a Path,
}

impl Source<'_> {
    fn wrong(&self, offset: usize, problem: &str) -> ConfigError {
        let before = self.text.get(..offset).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        ConfigError::Wrong {
            path: self.path.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            problem: problem.to_owned(),
        }
    }

    /// A path written in the file: relative to the file's folder.
    fn beside(&self, path: impl AsRef<Path>) -> std::path::PathBuf {
        self.path.parent().unwrap_or(Path::new("")).join(path)
    }
}

/// One table of the file. The methods with `into` leave it as it is when the key is not there.
struct Table<'a> {
    source: &'a Source<'a>,
    name: &'a str,
    values: &'a DeTable<'a>,
}

impl<'a> Table<'a> {
    /// An error at the value of a key.
    fn wrong(&self, key: &str, problem: &str) -> ConfigError {
        let offset = self.values.get_key_value(key).map_or(0, |(_, value)| value.span().start);
        self.source.wrong(offset, &format!("\"{key}\" {problem}"))
    }

    /// An error at the first of the keys that is there.
    fn wrong_of(&self, keys: &[&str], problem: &str) -> ConfigError {
        let there = keys.iter().copied().find(|key| self.values.get_key_value(*key).is_some());
        there
            .map_or_else(|| self.source.wrong(0, &format!("[{}] {problem}", self.name)), |key| self.wrong(key, problem))
    }

    fn wrong_type(&self, key: &str, wanted: &str, found: &DeValue<'_>) -> ConfigError {
        self.wrong(key, &format!("must be {wanted}, not {}", type_name(found)))
    }

    /// Refuses the first key in the file that is none of these.
    fn only(&self, keys: &[&str]) -> Result<(), ConfigError> {
        let unknown = self.values.keys().filter(|key| !keys.contains(&&**key.get_ref()));
        let Some(key) = unknown.min_by_key(|key| key.span().start) else { return Ok(()) };
        let nested =
            self.name == "section.NAME" && self.values.get(key).is_some_and(|value| value.get_ref().is_table());
        let meant = match nested {
            true => "a section in a section is written [section.\"sports/football\"]".to_owned(),
            false => nearest(key.get_ref(), keys),
        };
        Err(self.source.wrong(key.span().start, &format!("unknown key {:?}; {meant}", key.get_ref())))
    }

    /// The table under a key; `keys` are those it may have, none of them: any.
    fn table(&self, key: &str, name: &'a str, keys: &[&str]) -> Result<Option<Table<'a>>, ConfigError> {
        let Some((_, value)) = self.values.get_key_value(key) else { return Ok(None) };
        let DeValue::Table(values) = value.get_ref() else {
            return Err(self.wrong_type(key, &format!("a table, written [{name}]"), value.get_ref()));
        };
        let table = Table { source: self.source, name, values };
        if !keys.is_empty() {
            table.only(keys)?;
        }
        Ok(Some(table))
    }

    fn text(&self, key: &str) -> Result<Option<&'a str>, ConfigError> {
        match self.values.get_key_value(key).map(|(_, value)| value.get_ref()) {
            None => Ok(None),
            Some(DeValue::String(text)) => Ok(Some(text)),
            Some(other) => Err(self.wrong_type(key, "a text in quotation marks", other)),
        }
    }

    /// A text of one line with something in it.
    fn line(&self, key: &str, into: &mut String) -> Result<(), ConfigError> {
        let Some(text) = self.text(key)?.map(str::trim) else { return Ok(()) };
        if text.is_empty() || text.contains(char::is_control) {
            return Err(self.wrong(key, "must be one line of text, and not empty: readers show it"));
        }
        text.clone_into(into);
        Ok(())
    }

    fn language(&self, into: &mut String) -> Result<(), ConfigError> {
        let Some(text) = self.text("language")? else { return Ok(()) };
        if !is_language(text) {
            return Err(self.wrong("language", "must be a language tag, like \"en\", \"zh-CN\" or \"de-AT\""));
        }
        text.clone_into(into);
        Ok(())
    }

    fn flag(&self, key: &str, into: &mut bool) -> Result<(), ConfigError> {
        match self.values.get_key_value(key).map(|(_, value)| value.get_ref()) {
            None => Ok(()),
            Some(DeValue::Boolean(flag)) => {
                *into = *flag;
                Ok(())
            }
            Some(other) => Err(self.wrong_type(key, "true or false", other)),
        }
    }

    fn choice<T: Copy>(&self, key: &str, choices: &[(&str, T)], into: &mut T) -> Result<(), ConfigError> {
        let Some(text) = self.text(key)? else { return Ok(()) };
        let Some((_, chosen)) = choices.iter().find(|(name, _)| *name == text) else {
            let names: Vec<String> = choices.iter().map(|(name, _)| format!("{name:?}")).collect();
            return Err(self.wrong(key, &format!("must be {}, not {text:?}", names.join(" or "))));
        };
        *into = *chosen;
        Ok(())
    }

    /// A number, whole or not.
    fn number(&self, key: &str) -> Result<Option<f64>, ConfigError> {
        let value = self.values.get_key_value(key).map(|(_, value)| value.get_ref());
        let digits = match value {
            None => return Ok(None),
            Some(DeValue::Float(float)) => float.as_str(),
            Some(DeValue::Integer(integer)) if integer.radix() == 10 => integer.as_str(),
            Some(other) => return Err(self.wrong_type(key, "a number", other)),
        };
        digits.parse().map(Some).map_err(|_| self.wrong(key, "must be a number"))
    }

    /// How many entries.
    fn count(&self, key: &str, into: &mut usize) -> Result<(), ConfigError> {
        let integer = match self.values.get_key_value(key).map(|(_, value)| value.get_ref()) {
            None => return Ok(()),
            Some(DeValue::Integer(integer)) => integer,
            Some(other) => return Err(self.wrong_type(key, "a whole number", other)),
        };
        let count = usize::from_str_radix(integer.as_str(), integer.radix()).ok();
        let why = "with fewer, readers miss what came overnight; with more, they stop reading";
        *into = count
            .filter(|count| (FEWEST..=MOST).contains(count))
            .ok_or_else(|| self.wrong(key, &format!("must be between {FEWEST} and {MOST}, not {integer}: {why}")))?;
        Ok(())
    }

    fn duration(
        &self,
        key: &str,
        into: &mut Duration,
        range: RangeInclusive<Duration>,
        why: &str,
    ) -> Result<(), ConfigError> {
        let form = "must be a time with its unit, like \"500ms\", \"10s\", \"5m\", \"1h30m\" or \"2d\"";
        let Some(text) = self.quoted(key, form)? else { return Ok(()) };
        let duration = units::duration(text).ok_or_else(|| self.wrong(key, &format!("{form}, not {text:?}")))?;
        if !range.contains(&duration) {
            let (least, most) = (units::print_duration(*range.start()), units::print_duration(*range.end()));
            return Err(self.wrong(key, &format!("must be between {least} and {most}, not {text}: {why}")));
        }
        *into = duration;
        Ok(())
    }

    fn size(&self, key: &str, into: &mut u64, range: RangeInclusive<u64>, why: &str) -> Result<(), ConfigError> {
        let form = "must be a size with its unit, like \"500 kB\", \"16 MiB\" or \"1 GiB\"";
        let Some(text) = self.quoted(key, form)? else { return Ok(()) };
        let size = units::size(text).ok_or_else(|| self.wrong(key, &format!("{form}, not {text:?}")))?;
        if !range.contains(&size) {
            let (least, most) = (units::print_size(*range.start()), units::print_size(*range.end()));
            return Err(self.wrong(key, &format!("must be between {least} and {most}, not {text}: {why}")));
        }
        *into = size;
        Ok(())
    }

    /// A text with a form of its own, which the error shows to who writes a bare number.
    fn quoted(&self, key: &str, form: &str) -> Result<Option<&'a str>, ConfigError> {
        match self.values.get_key_value(key).map(|(_, value)| value.get_ref()) {
            None => Ok(None),
            Some(DeValue::String(text)) => Ok(Some(text)),
            Some(other) => Err(self.wrong(key, &format!("{form}, not {}", type_name(other)))),
        }
    }

    /// Reads a key that has no value of its own when it is not there.
    fn optional<T: Default>(
        &self,
        into: &mut Option<T>,
        key: &str,
        read: impl FnOnce(&mut T) -> Result<(), ConfigError>,
    ) -> Result<(), ConfigError> {
        if self.values.get_key_value(key).is_some() {
            read(into.insert(T::default()))?;
        }
        Ok(())
    }
}

/// What an administrator calls the value.
fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Which key was meant: the same one of another table, else the one with the fewest letters changed.
fn nearest(key: &str, keys: &[&str]) -> String {
    let tables = [("", &TOP[..]), ("intake", &INTAKE[..]), ("publish", &PUBLISH[..]), ("server", &SERVER[..])];
    if let Some((table, _)) = tables.iter().find(|(_, keys)| keys.contains(&key)) {
        return match *table {
            "" => format!("{key:?} belongs above the first [table]"),
            table => format!("{key:?} belongs in [{table}]"),
        };
    }
    let near = keys.iter().min_by_key(|known| distance(key, known)).copied().unwrap_or_default();
    format!("did you mean {near:?}?")
}

/// The longest key that is compared letter by letter; the longest of ours has eleven.
const LONGEST_KEY: usize = 40;

/// Levenshtein's distance: letters to change, add or take away, where `-` is as good as `_`.
fn distance(written: &str, known: &str) -> usize {
    let known: Vec<char> = known.chars().collect();
    let mut row: Vec<usize> = (0..=known.len()).collect();
    for (i, letter) in written.to_lowercase().replace('-', "_").chars().take(LONGEST_KEY).enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, other) in known.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *other);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[known.len()]
}

//! One table of the TOML file, read key by key: a value of its type and in its range, or an error with line and column.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::time::Duration;

use toml::de::{DeTable, DeValue};

use super::{ConfigError, keys, units};

/// A reader that looks in once a night must find what came since; below this, feeds lose articles.
const FEWEST: usize = 10;
/// Above this, readers stop reading and every publication writes megabytes.
const MOST: usize = 10_000;

/// The file, to say where in it something is wrong.
pub(super) struct Source<'a> {
    pub(super) text: &'a str,
    pub(super) path: &'a Path,
}

impl Source<'_> {
    pub(super) fn wrong(&self, offset: usize, problem: &str) -> ConfigError {
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
    pub(super) fn beside(&self, path: impl AsRef<Path>) -> PathBuf {
        self.path.parent().unwrap_or(Path::new("")).join(path)
    }
}

/// One table of the file. The methods with `into` leave it as it is when the key is not there.
pub(super) struct Table<'a> {
    pub(super) source: &'a Source<'a>,
    pub(super) name: &'a str,
    pub(super) values: &'a DeTable<'a>,
}

impl<'a> Table<'a> {
    /// An error at the value of a key.
    pub(super) fn wrong(&self, key: &str, problem: &str) -> ConfigError {
        let offset = self.values.get_key_value(key).map_or(0, |(_, value)| value.span().start);
        self.source.wrong(offset, &format!("\"{key}\" {problem}"))
    }

    /// An error at the first of the keys that is there.
    pub(super) fn wrong_of(&self, keys: &[&str], problem: &str) -> ConfigError {
        let there = keys.iter().copied().find(|key| self.values.get_key_value(*key).is_some());
        there
            .map_or_else(|| self.source.wrong(0, &format!("[{}] {problem}", self.name)), |key| self.wrong(key, problem))
    }

    pub(super) fn wrong_type(&self, key: &str, wanted: &str, found: &DeValue<'_>) -> ConfigError {
        self.wrong(key, &format!("must be {wanted}, not {}", type_name(found)))
    }

    /// Refuses the first key in the file that is none of these.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), ConfigError> {
        let unknown = self.values.keys().filter(|key| !known.contains(&&**key.get_ref()));
        let Some(key) = unknown.min_by_key(|key| key.span().start) else { return Ok(()) };
        let nested =
            self.name == "section.NAME" && self.values.get(key).is_some_and(|value| value.get_ref().is_table());
        let meant = match nested {
            true => "a section in a section is written [section.\"sports/football\"]".to_owned(),
            false => keys::nearest(key.get_ref(), known),
        };
        Err(self.source.wrong(key.span().start, &format!("unknown key {:?}; {meant}", key.get_ref())))
    }

    /// The table under a key; `keys` are those it may have, none of them: any.
    pub(super) fn table(&self, key: &str, name: &'a str, keys: &[&str]) -> Result<Option<Table<'a>>, ConfigError> {
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

    pub(super) fn text(&self, key: &str) -> Result<Option<&'a str>, ConfigError> {
        match self.values.get_key_value(key).map(|(_, value)| value.get_ref()) {
            None => Ok(None),
            Some(DeValue::String(text)) => Ok(Some(text)),
            Some(other) => Err(self.wrong_type(key, "a text in quotation marks", other)),
        }
    }

    /// A text of one line with something in it.
    pub(super) fn line(&self, key: &str, into: &mut String) -> Result<(), ConfigError> {
        let Some(text) = self.text(key)?.map(str::trim) else { return Ok(()) };
        if text.is_empty() || text.contains(char::is_control) {
            return Err(self.wrong(key, "must be one line of text, and not empty: readers show it"));
        }
        text.clone_into(into);
        Ok(())
    }

    pub(super) fn language(&self, into: &mut String) -> Result<(), ConfigError> {
        let Some(text) = self.text("language")? else { return Ok(()) };
        if !is_language(text) {
            return Err(self.wrong("language", "must be a language tag, like \"en\", \"zh-CN\" or \"de-AT\""));
        }
        text.clone_into(into);
        Ok(())
    }

    pub(super) fn flag(&self, key: &str, into: &mut bool) -> Result<(), ConfigError> {
        match self.values.get_key_value(key).map(|(_, value)| value.get_ref()) {
            None => Ok(()),
            Some(DeValue::Boolean(flag)) => {
                *into = *flag;
                Ok(())
            }
            Some(other) => Err(self.wrong_type(key, "true or false", other)),
        }
    }

    pub(super) fn choice<T: Copy>(&self, key: &str, choices: &[(&str, T)], into: &mut T) -> Result<(), ConfigError> {
        let Some(text) = self.text(key)? else { return Ok(()) };
        let Some((_, chosen)) = choices.iter().find(|(name, _)| *name == text) else {
            let names: Vec<String> = choices.iter().map(|(name, _)| format!("{name:?}")).collect();
            return Err(self.wrong(key, &format!("must be {}, not {text:?}", names.join(" or "))));
        };
        *into = *chosen;
        Ok(())
    }

    /// A number, whole or not.
    pub(super) fn number(&self, key: &str) -> Result<Option<f64>, ConfigError> {
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
    pub(super) fn count(&self, key: &str, into: &mut usize) -> Result<(), ConfigError> {
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

    pub(super) fn duration(
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

    pub(super) fn size(
        &self,
        key: &str,
        into: &mut u64,
        range: RangeInclusive<u64>,
        why: &str,
    ) -> Result<(), ConfigError> {
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
    pub(super) fn quoted(&self, key: &str, form: &str) -> Result<Option<&'a str>, ConfigError> {
        match self.values.get_key_value(key).map(|(_, value)| value.get_ref()) {
            None => Ok(None),
            Some(DeValue::String(text)) => Ok(Some(text)),
            Some(other) => Err(self.wrong(key, &format!("{form}, not {}", type_name(other)))),
        }
    }

    /// Reads a key that has no value of its own when it is not there.
    pub(super) fn optional<T: Default>(
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

/// The shape of BCP 47: a language of two to eight letters, then parts of one to eight letters and digits.
fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or_default();
    (2..=8).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

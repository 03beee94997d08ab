//! A TOML document, key by key: every key asked for is known, every key left over is a fault that names the nearest known
//! one. Collects all faults with their places instead of stopping at the first.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::config::Fault;
use crate::config::spelling::edits;
use crate::config::value::{self, kind};
use crate::page_number::PageNumber;
use crate::section::Section;

/// What is left of a document while its keys are taken out one by one.
pub(super) struct Keys<'t> {
    text: &'t str,
    /// `("intake", "grace")` → offset of the key, its value.
    found: BTreeMap<(String, String), (usize, Spanned<DeValue<'t>>)>,
    sections: Vec<(usize, String, Spanned<DeValue<'t>>)>,
    /// Where the `podcast` of the section that is being read begins, if it has one.
    podcast: Option<usize>,
    /// How a section's `podcast` is written here.
    podcast_table: &'static str,
    pages: Vec<(usize, String, Spanned<DeValue<'t>>)>,
    /// Where the key is that was set last under each name, for faults between two keys.
    places: BTreeMap<(&'static str, &'static str), usize>,
    known: Vec<(&'static str, &'static str)>,
    unknown: Vec<(usize, String, String)>,
    faults: Vec<(usize, String)>,
}

/// The tables in tables that have a fixed name, as one writes them in brackets.
const INNER: [&str; 3] = ["server.tls", "server.log", "server.limits"];

/// The tables there are; all but the last have a fixed name.
const TABLES: [&str; 6] = ["intake", "publish", "server", "pages", "section", "defaults"];

impl<'t> Keys<'t> {
    /// Splits a document into its keys.
    pub(super) fn of(text: &'t str) -> Result<Self, Fault> {
        let document = DeTable::parse(text).map_err(|e| {
            let offset = e.span().map_or(0, |span| span.start);
            let reason = e.message().trim().replace('\n', ", ");
            fault(text, offset, reason)
        })?;
        let mut keys = Self {
            text,
            found: BTreeMap::new(),
            sections: Vec::new(),
            podcast: None,
            podcast_table: "[section.\"…\".podcast]",
            pages: Vec::new(),
            places: BTreeMap::new(),
            known: Vec::new(),
            unknown: Vec::new(),
            faults: Vec::new(),
        };
        for (key, value) in document.into_inner() {
            let (offset, name) = (key.span().start, key.into_inner().into_owned());
            if !TABLES.contains(&name.as_str()) {
                keys.found.insert((String::new(), name), (offset, value));
                continue;
            }
            let offset_of_value = value.span().start;
            let DeValue::Table(table) = value.into_inner() else {
                keys.faults.push((offset_of_value, format!("{name} is a table: write [{name}] on a line of its own")));
                continue;
            };
            for (key, value) in table {
                let (offset, inner) = (key.span().start, key.into_inner().into_owned());
                if name == "section" {
                    keys.sections.push((offset, inner, value));
                } else if name == "pages" {
                    keys.pages.push((offset, inner, value));
                } else if INNER.contains(&format!("{name}.{inner}").as_str()) {
                    let table = format!("{name}.{inner}");
                    let reason = format!("{table} must be a table: write [{table}] on a line of its own");
                    keys.take_table(&table, value, reason);
                } else {
                    keys.found.insert((name.clone(), inner), (offset, value));
                }
            }
        }
        Ok(keys)
    }

    /// Puts the value of a key into its slot, if the document has it.
    pub(super) fn set<T>(
        &mut self,
        table: &'static str,
        key: &'static str,
        slot: &mut T,
        read: impl FnOnce(&DeValue<'_>) -> Result<T, String>,
    ) {
        if !self.known.contains(&(table, key)) {
            self.known.push((table, key));
        }
        self.places.remove(&(table, key));
        let Some((offset, value)) = self.found.remove(&(table.to_owned(), key.to_owned())) else { return };
        self.places.insert((table, key), offset);
        match read(value.get_ref()) {
            Ok(read) => *slot = read,
            Err(reason) => self.faults.push((value.span().start, format!("{key} {reason}"))),
        }
    }

    /// A feed must be allowed as many entries as it is to have at least.
    pub(super) fn enough(&mut self, table: &'static str, entries: u32, max_entries: u32) {
        let place = |key| self.places.get(&(table, key)).copied();
        if entries > max_entries
            && let Some(offset) = place("entries").or_else(|| place("max_entries"))
        {
            let reason =
                format!("entries ({entries}) is more than max_entries ({max_entries}): raise one or lower the other");
            self.faults.push((offset, reason));
        }
    }

    /// Takes the `[section."…"]` tables one by one; `read` sees the keys of one as the table `section`.
    pub(super) fn sections<T>(&mut self, mut read: impl FnMut(&mut Self) -> T) -> BTreeMap<Section, T> {
        let mut sections = BTreeMap::new();
        let mut tables = std::mem::take(&mut self.sections);
        tables.sort_by_key(|(offset, _, _)| *offset);
        for (offset, name, value) in tables {
            let section = match Section::of_path(&name) {
                Ok(section) if !section.is_whole() => section,
                Ok(_) => {
                    let reason =
                        "a section needs a name; what holds for the whole publication stands at the top of the file";
                    self.faults.push((offset, reason.to_owned()));
                    continue;
                }
                Err(e) => {
                    self.faults.push((offset, e.to_string()));
                    continue;
                }
            };
            let what = kind(value.get_ref());
            let DeValue::Table(table) = value.into_inner() else {
                self.faults
                    .push((offset, format!("section.{name} must be a table, not {what}: write [section.\"{name}\"]")));
                continue;
            };
            self.podcast = None;
            for (key, value) in table {
                let (at, key) = (key.span().start, key.into_inner().into_owned());
                if key == "podcast" {
                    self.podcast = Some(at);
                    self.take_podcast(value);
                } else if matches!(value.get_ref(), DeValue::Table(_)) {
                    let reason = format!("sections in sections are written with a slash: [section.\"{name}/{key}\"]");
                    self.faults.push((at, reason));
                } else {
                    self.found.insert(("section".to_owned(), key), (at, value));
                }
            }
            let entry = read(self);
            self.reject_rest(|table| matches!(table, "section" | "podcast"));
            if sections.insert(section, entry).is_some() {
                self.faults.push((offset, format!("the section \"{name}\" stands here twice")));
            }
        }
        self.podcast = None;
        if sections.is_empty() {
            // So that a key of a section is recognised in a wrong place.
            read(self);
        }
        sections
    }

    /// Takes the `[podcast]` of a file in which a section speaks of itself alone.
    pub(super) fn own_podcast(&mut self) {
        self.podcast_table = "[podcast]";
        if let Some((offset, value)) = self.found.remove(&(String::new(), "podcast".to_owned())) {
            self.podcast = matches!(value.get_ref(), DeValue::Table(_)).then_some(offset);
            self.take_podcast(value);
        }
    }

    fn take_podcast(&mut self, value: Spanned<DeValue<'t>>) {
        let reason = format!("podcast must be a table: write {}", self.podcast_table);
        self.take_table("podcast", value, reason);
    }

    /// Takes the keys of a table; what is none is at fault for this reason.
    fn take_table(&mut self, table: &str, value: Spanned<DeValue<'t>>, reason: String) {
        let offset = value.span().start;
        let DeValue::Table(keys) = value.into_inner() else {
            self.faults.push((offset, reason));
            return;
        };
        for (key, value) in keys {
            let (at, key) = (key.span().start, key.into_inner().into_owned());
            self.found.insert((table.to_owned(), key), (at, value));
        }
    }

    /// What is wrong with a key in view of others; where the document does not have it, nothing is.
    pub(super) fn fault_at(&mut self, table: &'static str, key: &'static str, reason: String) {
        if let Some(offset) = self.places.get(&(table, key)) {
            self.faults.push((*offset, reason));
        }
    }

    /// Whether the section that is being read has a `podcast`.
    pub(super) fn has_podcast(&self) -> bool {
        self.podcast.is_some()
    }

    /// A `podcast` lacks what no app does without.
    pub(super) fn podcast_lacks(&mut self, reason: &str) {
        if let Some(at) = self.podcast {
            self.faults.push((at, reason.to_owned()));
        }
    }

    /// Takes the entries of `[pages]`: a page or a range of pages, and the section it belongs to.
    pub(super) fn pages(&mut self) -> BTreeMap<PageNumber, String> {
        let mut pages = BTreeMap::new();
        for (offset, name, value) in std::mem::take(&mut self.pages) {
            let wrong = |reason: String| (offset, reason);
            let range = value::pages(&name).map_err(wrong);
            let section = value::section(value.get_ref()).map_err(|reason| (offset, format!("{name} {reason}")));
            match (range, section) {
                (Ok(range), Ok(section)) => {
                    for page in range {
                        if pages.insert(page, section.clone()).is_some() {
                            self.faults.push((offset, format!("the page {page} stands here twice")));
                        }
                    }
                }
                (Err(fault), _) | (_, Err(fault)) => self.faults.push(fault),
            }
        }
        pages
    }

    /// Every fault in the order of the document.
    pub(super) fn finish(mut self) -> Vec<Fault> {
        self.reject_rest(|_| true);
        for (offset, table, key) in std::mem::take(&mut self.unknown) {
            let reason = self.unknown_key(&table, &key);
            self.faults.push((offset, reason));
        }
        self.faults.sort();
        self.faults.iter().map(|(offset, reason)| fault(self.text, *offset, reason.clone())).collect()
    }

    /// What nobody asked for in these tables is unknown.
    fn reject_rest(&mut self, is_over: impl Fn(&str) -> bool) {
        let found = std::mem::take(&mut self.found).into_iter();
        let (over, rest): (BTreeMap<_, _>, _) = found.partition(|((table, _), _)| is_over(table));
        self.found = rest;
        self.unknown.extend(over.into_iter().map(|((table, key), (offset, _))| (offset, table, key)));
    }

    fn unknown_key(&self, table: &str, key: &str) -> String {
        let place = |table: &str| match table {
            "" => "at the top of the file, before any [table]".to_owned(),
            "section" => "in [section.\"…\"]".to_owned(),
            "podcast" => format!("in {}", self.podcast_table),
            table => format!("in [{table}]"),
        };
        if let Some((elsewhere, _)) = self.known.iter().find(|(of, known)| *known == key && *of != table) {
            return format!("unknown key \"{key}\" {}; it belongs {}", place(table), place(elsewhere));
        }
        // A key of the same table is nearer than an equally like one elsewhere.
        let distance = |(of, known): &&(&str, &str)| (edits(key, known), *of != table);
        let tables = TABLES.iter().filter(|_| table.is_empty()).map(|name| ("", *name));
        let all: Vec<_> = self.known.iter().copied().chain(tables).collect();
        match all.iter().min_by_key(distance) {
            Some(("", name)) if TABLES.contains(name) => {
                format!("unknown key \"{key}\" {}; did you mean the table [{name}]?", place(table))
            }
            Some((of, nearest)) if *of == table => {
                format!("unknown key \"{key}\" {}; the nearest key is \"{nearest}\"", place(table))
            }
            Some((of, nearest)) => {
                format!("unknown key \"{key}\" {}; the nearest key is \"{nearest}\" {}", place(table), place(of))
            }
            None => format!("unknown key \"{key}\" {}", place(table)),
        }
    }
}

/// A fault at a byte offset of the document.
pub(super) fn fault(text: &str, offset: usize, reason: String) -> Fault {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().trim_start_matches('\u{feff}').chars().count() + 1;
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Fault { line: number(line), column: number(column), reason }
}

//! The fields of a head → a draft: every name that Jekyll, Hugo, Zola, Pelican, Hexo and Astro give to what we know, and
//! the Chinese words for it. Names we do not know are ignored; a value that cannot be what its name says is refused where
//! it stands.

use std::str::FromStr;

use chrono_tz::Tz;

use super::node::{Node, Value, key};
use super::synonyms::{
    AUTHORS, CATEGORIES, COLUMNS, DATE, DATELINE, EMBARGO, ENCLOSURE, EPISODE, EPISODE_TYPE, EXPIRES, EXPLICIT, ID,
    IMAGE, KEYWORDS, KICKERS, LANGUAGE, LINK, PHOTOGRAPHERS, PUBLISH_DATE, SEASON, SECTIONS, SLUG, SOURCE, SUBHEAD,
    SUMMARY, TAGS, TITLE, UPDATED, VERSION,
};
use super::values::{enclosures_in, file_in, fit_for_adults_only, truth};
use super::{Head, language_tag, people};
use crate::article::{Author, Caption, Deed, Draft, Enclosed, Episode, Kind, Status, When};
use crate::parse::dates;
use crate::rejection::Rejection;

/// More tags than any article has; what follows is left out.
pub const MAX_LIST: usize = 200;

const WRITE_DATES: &str = "write it as 2026-07-02, 2026-07-02 10:00 or 2026-07-02T10:00:00+08:00";

/// Fills a draft with what a head states, and tells in plain sentences what was left out.
///
/// # Errors
/// A value that cannot be read as what its name says, with its line and column.
pub fn fill(head: &Head<'_>, draft: &mut Draft, zone: Tz) -> Result<Vec<String>, Rejection> {
    fill_from(head, head.fields.fields(), draft, zone)
}

/// The same with some of the head's fields: those of one of several articles it speaks of.
///
/// # Errors
/// As [`fill`].
pub fn fill_from(
    head: &Head<'_>,
    fields: &[(String, Node)],
    draft: &mut Draft,
    zone: Tz,
) -> Result<Vec<String>, Rejection> {
    let mut reader = Reader { head, fields: Vec::new(), zone, doubts: Vec::new() };
    reader.gather(fields);
    // Zola and Hugo keep some fields in tables of their own; what stands outside of them counts more.
    for table in ["taxonomies", "extra", "params"] {
        if let Some(inner) = reader.get(table) {
            reader.gather(inner.fields());
        }
    }
    reader.fill(draft)?;
    Ok(reader.doubts)
}

struct Reader<'a> {
    head: &'a Head<'a>,
    /// In the order in which they count: most heads have so few that comparing them all is soonest done.
    fields: Vec<(String, &'a Node)>,
    zone: Tz,
    doubts: Vec<String>,
}

impl<'a> Reader<'a> {
    fn gather(&mut self, fields: &'a [(String, Node)]) {
        let stated = fields.iter().filter(|(_, node)| node.is_stated());
        self.fields.extend(stated.map(|(name, node)| (key(name), node)));
    }

    fn get(&self, name: &str) -> Option<&'a Node> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, node)| *node)
    }

    fn find(&self, names: &[&'static str]) -> Option<(&'static str, &'a Node)> {
        names.iter().find_map(|name| Some((*name, self.get(name)?)))
    }

    fn fill(&mut self, draft: &mut Draft) -> Result<(), Rejection> {
        draft.headline = self.line(TITLE)?.or(draft.headline.take());
        draft.subhead = self.line(SUBHEAD)?;
        draft.source = self.find(SOURCE).and_then(|(_, node)| node.text()).map(str::to_owned);
        draft.dateline = self.find(DATELINE).and_then(|(_, node)| node.text()).map(str::to_owned);
        draft.summary = self.summary();
        draft.kickers = self.list(KICKERS, false)?;
        draft.columns = self.list(COLUMNS, false)?;
        draft.sections = self.list(SECTIONS, false)?;
        for names in [CATEGORIES, TAGS, KEYWORDS] {
            // Jekyll reads `categories: foo bar` as two; a single `category` or a keyword may be of two words.
            let spaced = matches!(names[0], "categories" | "tags");
            let mut tags = self.list(names, spaced)?;
            // Zola's `[taxonomies]` add to what stands outside of it.
            if let Some(node) = self.taxonomy(names) {
                tags.extend(self.values(names[0], node, spaced)?);
            }
            for tag in tags.iter().map(|tag| tag.trim_start_matches('#').to_owned()) {
                if !tag.is_empty() && !draft.tags.contains(&tag) && draft.tags.len() < MAX_LIST {
                    draft.tags.push(tag);
                }
            }
        }
        if let Some((name, node)) = self.find(AUTHORS) {
            draft.authors = people::authors(node)
                .ok_or_else(|| self.wrong(name, node, "a name, a list of names, or fields with a `name`"))?;
        }
        if let Some(photographers) = self.find(PHOTOGRAPHERS).and_then(|(_, node)| people::authors(node)) {
            for person in photographers {
                match draft.authors.iter_mut().find(|author| author.name == person.name) {
                    Some(known) if !known.does.contains(&Deed::Photo) => known.does.push(Deed::Photo),
                    Some(_) => {}
                    None => draft.authors.push(Author { does: vec![Deed::Photo], ..person }),
                }
            }
        }
        draft.id = self.line(ID)?.or(draft.id.take());
        draft.slug = self.slug();
        draft.language = self.language();
        draft.link = self.link();
        draft.image = self.file(IMAGE);
        // `image: {path: a.jpg, caption: The ferry}`
        let caption = IMAGE.iter().find_map(|name| {
            let (_, node) = self.get(name)?.fields().iter().find(|(name, _)| key(name) == "caption")?;
            node.text()
        });
        if let Some(text) = caption.filter(|_| draft.image.is_some()) {
            draft.captions.push(Caption { text: text.to_owned(), credit: None });
        }
        draft.enclosures = self.enclosures();
        draft.version = self.number(VERSION);
        draft.episode = self.number(EPISODE);
        draft.season = self.number(SEASON);
        draft.episode_type = self.one_of(EPISODE_TYPE, "full, trailer or bonus", Episode::of);
        draft.explicit = self.one_of(EXPLICIT, "true or false", fit_for_adults_only);
        self.dates(draft)?;
        self.status(draft)
    }

    fn wrong(&self, name: &str, node: &Node, expected: &str) -> Rejection {
        let found = match &node.value {
            Value::Empty => "nothing".to_owned(),
            Value::Scalar(text) => format!("{:?}", text.trim().chars().take(60).collect::<String>()),
            Value::List(_) => "a list".to_owned(),
            Value::Fields(_) => "a table of fields".to_owned(),
        };
        self.head.reject(node.at, format!("the field `{name}` is {found}"), format!("it should be {expected}"))
    }

    /// One line of plain text.
    fn line(&self, names: &[&'static str]) -> Result<Option<String>, Rejection> {
        let Some((name, node)) = self.find(names) else { return Ok(None) };
        let text = node.text().ok_or_else(|| self.wrong(name, node, "one line of text"))?;
        Ok(Some(text.split_whitespace().collect::<Vec<_>>().join(" ")))
    }

    /// The first of its names that holds a text: `excerpt: true` and the like are settings of a theme.
    fn summary(&self) -> Option<String> {
        let mut stated = SUMMARY.iter().filter_map(|name| self.get(name)?.text());
        let text = stated.find(|text| truth(text).is_none())?;
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The values of a list, or of a text divided by commas; by spaces where `spaced` and there is no comma.
    fn list(&self, names: &[&'static str], spaced: bool) -> Result<Vec<String>, Rejection> {
        self.find(names).map_or(Ok(Vec::new()), |(name, node)| self.values(name, node, spaced))
    }

    fn taxonomy(&self, names: &[&'static str]) -> Option<&'a Node> {
        let table = self.get("taxonomies")?;
        let outside = self.find(names).map(|(_, node)| node);
        let inner = table.fields().iter().find(|(name, _)| names.contains(&key(name).as_str())).map(|(_, node)| node);
        inner.filter(|node| outside.is_none_or(|outside| !std::ptr::eq(outside, *node)))
    }

    fn values(&self, name: &str, node: &Node, spaced: bool) -> Result<Vec<String>, Rejection> {
        let mut found = Vec::new();
        match &node.value {
            Value::Scalar(text) if text.contains([',', '，', ';', '；', '、']) => {
                found.extend(text.split([',', '，', ';', '；', '、']).map(str::to_owned));
            }
            Value::Scalar(text) if spaced && name.ends_with('s') => {
                found.extend(text.split_whitespace().map(str::to_owned));
            }
            _ => self.names_in(name, node, &mut found)?,
        }
        let mut unique: Vec<String> = Vec::new();
        for text in found {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if !text.is_empty() && unique.len() < MAX_LIST && !unique.contains(&text) {
                unique.push(text);
            }
        }
        Ok(unique)
    }

    fn names_in(&self, name: &str, node: &Node, found: &mut Vec<String>) -> Result<(), Rejection> {
        match &node.value {
            Value::Empty => {}
            Value::Scalar(text) => found.push(text.clone()),
            Value::List(items) => {
                for item in items {
                    self.names_in(name, item, found)?;
                }
            }
            Value::Fields(fields) => {
                let stated = fields.iter().find(|(name, _)| matches!(key(name).as_str(), "name" | "title" | "label"));
                let text = stated.and_then(|(_, node)| node.text());
                found.push(text.ok_or_else(|| self.wrong(name, node, "a text or a list of texts"))?.to_owned());
            }
        }
        Ok(())
    }

    /// The last segment of a stated address, decoded, without `.html`; never a way out of its folder.
    fn slug(&self) -> Option<String> {
        SLUG.iter().find_map(|name| {
            let text = self.get(name)?.text()?;
            // Jekyll's patterns and the names of its patterns.
            if *name == "permalink"
                && (text.contains(':') || matches!(text, "pretty" | "date" | "none" | "ordinal" | "weekdate"))
            {
                return None;
            }
            let text = text.split(['?', '#']).next().unwrap_or_default();
            let decoded = percent_encoding::percent_decode_str(text).decode_utf8_lossy();
            let last = decoded
                .split(['/', '\\'])
                .map(str::trim)
                .rfind(|part| !part.is_empty() && !matches!(*part, "index" | "index.html" | "index.htm"))?;
            let last = last.strip_suffix(".html").or_else(|| last.strip_suffix(".htm")).unwrap_or(last);
            (!last.is_empty() && !last.chars().all(|c| c == '.')).then(|| last.to_owned())
        })
    }

    fn language(&mut self) -> Option<String> {
        let (name, node) = self.find(LANGUAGE)?;
        let stated = node.text()?;
        let tag = language_tag(stated);
        if tag.is_some() {
            return tag;
        }
        self.doubts.push(format!("the field `{name}` is no language tag such as zh-CN: {stated:?}"));
        None
    }

    fn link(&mut self) -> Option<String> {
        // Hugo's `url` is a path on the site, other programs' is the article's address.
        let address = self.get("url").filter(|node| node.text().is_some_and(|t| t.contains("://")));
        let (name, node) = self.find(LINK).or(address.map(|node| ("url", node)))?;
        let stated = node.text().filter(|text| truth(text).is_none())?;
        match url::Url::parse(stated) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => Some(stated.to_owned()),
            _ => {
                self.doubts.push(format!(
                    "the field `{name}` is no http address, so the article gets a page here: {stated:?}"
                ));
                None
            }
        }
    }

    /// A file's path or address: a text, the first of a list, or the field of a table that themes put it into.
    fn file(&self, names: &[&'static str]) -> Option<String> {
        names.iter().find_map(|name| file_in(self.get(name)?))
    }

    /// All that goes with the article, each once.
    fn enclosures(&self) -> Vec<Enclosed> {
        let mut enclosures: Vec<Enclosed> = Vec::new();
        for node in ENCLOSURE.iter().filter_map(|name| self.get(name)) {
            for mut enclosed in enclosures_in(node) {
                // `video: dQw4w9WgXcQ` is a number in somebody else's archive.
                let is_file = enclosed.file.contains(['.', '/']);
                if is_file && enclosures.len() < MAX_LIST && enclosures.iter().all(|other| other.file != enclosed.file)
                {
                    // What lies here is measured.
                    enclosed.measures = enclosed.measures.filter(|_| enclosed.file.contains("://"));
                    enclosures.push(enclosed);
                }
            }
        }
        enclosures
    }

    fn number<N: FromStr>(&mut self, names: &[&'static str]) -> Option<N> {
        let (name, node) = self.find(names)?;
        let stated = node.text()?;
        let number = stated.parse().ok();
        if number.is_none() {
            self.doubts.push(format!("the field `{name}` is no whole number and was left out: {stated:?}"));
        }
        number
    }

    /// One of a few words; anything else is doubted.
    fn one_of<T>(&mut self, names: &[&'static str], words: &str, of: impl Fn(&str) -> Option<T>) -> Option<T> {
        let (name, node) = self.find(names)?;
        let stated = node.text()?;
        let found = of(stated);
        if found.is_none() {
            self.doubts.push(format!("the field `{name}` is neither {words} and was left out: {stated:?}"));
        }
        found
    }

    fn dates(&mut self, draft: &mut Draft) -> Result<(), Rejection> {
        draft.date = self.date(DATE)?;
        let publish = self.date(PUBLISH_DATE)?;
        draft.embargo = self.date(EMBARGO)?;
        draft.updated = self.date(UPDATED)?;
        draft.expires = self.date(EXPIRES)?;
        // Jekyll states with `published` whether, others when.
        if let Some(node) = self.get("published").filter(|n| n.text().and_then(truth).is_none()) {
            let when = self.when("published", node)?;
            draft.date = draft.date.or(when);
        }
        match publish {
            Some(when) if draft.date.is_none() => draft.date = Some(when),
            // Hugo shows `date` and waits for `publishDate`.
            Some(when) if draft.embargo.is_none() && draft.date != Some(when) => draft.embargo = Some(when),
            _ => {}
        }
        Ok(())
    }

    fn date(&mut self, names: &[&'static str]) -> Result<Option<When>, Rejection> {
        let Some((name, node)) = self.find(names) else { return Ok(None) };
        // Themes have switches of these names: `lastmod: true`.
        match node.text().and_then(truth) {
            // Who embargoes without saying until when must not be published at once.
            Some(true) if names == EMBARGO => {
                let hint = "write until when, as 2026-07-02T10:00:00+08:00";
                return Err(self.head.reject(node.at, format!("the field `{name}` states no time"), hint));
            }
            Some(_) if name != "date" => return Ok(None),
            _ => {}
        }
        self.when(name, node)
    }

    /// A date; none where what is written stands for none.
    fn when(&mut self, name: &str, node: &Node) -> Result<Option<When>, Rejection> {
        let Some(text) = node.text() else { return Err(self.wrong(name, node, "a date")) };
        let when = dates::read(text, self.zone);
        if when.is_some() {
            return Ok(when);
        }
        let shown: String = text.chars().take(60).collect();
        if dates::is_unset(text, self.zone) {
            self.doubts.push(format!("the date {shown:?} of the field `{name}` stands for none"));
            return Ok(None);
        }
        let hint = dates::ambiguity(text).unwrap_or_else(|| WRITE_DATES.to_owned());
        Err(self.head.reject(node.at, format!("the date {shown:?} of the field `{name}` cannot be read"), hint))
    }

    fn truth(&self, name: &'static str) -> Result<Option<bool>, Rejection> {
        let Some(node) = self.get(name) else { return Ok(None) };
        let stated = node.text().and_then(truth).ok_or_else(|| self.wrong(name, node, "true or false"))?;
        Ok(Some(stated))
    }

    fn status(&mut self, draft: &mut Draft) -> Result<(), Rejection> {
        draft.minor = self.truth("minor")?.unwrap_or_default();
        let published = self.get("published").and_then(|n| n.text()).and_then(truth);
        let mut status = Status::Usable;
        let publish = self.get("publish").and_then(|n| n.text()).and_then(truth);
        if published == Some(false) || publish == Some(false) || self.truth("draft")? == Some(true) {
            status = Status::Draft;
        }
        // Pelican's word for "at its address only"; in feeds it must not be.
        if self.get("hidden").and_then(|n| n.text()).and_then(truth) == Some(true) {
            status = Status::Draft;
        }
        let mut doubts = Vec::new();
        for name in ["status", "pubstatus", "状态"] {
            let Some(stated) = self.get(name).and_then(|n| n.text()) else { continue };
            match stated.to_lowercase().as_str() {
                "draft" | "hidden" | "skip" | "private" | "pending" | "草稿" => status = Status::Draft,
                "withheld" => status = Status::Withheld,
                "canceled" | "cancelled" => status = Status::Canceled,
                "withdrawn" | "retracted" | "deleted" | "撤稿" => status = Status::Withdrawn,
                "publish" | "published" | "public" | "usable" | "live" | "final" | "done" | "ready" | "true"
                | "active" | "发布" | "已发布" => {}
                unknown => doubts.push(format!("the field `{name}` is {unknown:?}, which holds nothing back")),
            }
        }
        if self.get("withdrawn").and_then(|n| n.text()).and_then(truth) == Some(true) {
            status = Status::Withdrawn;
        }
        draft.status = status;
        self.doubts.append(&mut doubts);
        draft.kind = match self.get("kind").and_then(|n| n.text()) {
            Some("notice" | "公告") => Kind::Notice,
            Some("photo" | "图片") => Kind::Photo,
            _ => draft.kind,
        };
        Ok(())
    }
}

//! `docProps/core.xml` → what the document says of itself, as far as a person said it: Word and its imitators fill in the
//! rest by themselves, and so do those who install them.

use super::xml::{Space, Xml};
use crate::article::{Author, Draft};
use crate::parse::front_matter::{MAX_LIST, language_tag};
use crate::parse::{page, text};
use crate::rejection::Rejection;

/// What programs write for a title. In lower case.
const NO_TITLES: [&str; 9] = [
    "microsoft word - ",
    "untitled",
    "word document",
    "document",
    "powerpoint presentation",
    "无标题",
    "未命名",
    "文档",
    "新建 microsoft word",
];

/// What installers and programs write for a person. In lower case.
const NO_PEOPLE: [&str; 16] = [
    "microsoft office user",
    "microsoft account",
    "windows user",
    "office user",
    "python docx",
    "apache poi",
    "libre office",
    "open office",
    "google docs",
    "user name",
    "un named",
    "default user",
    "admin user",
    "test user",
    "unknown author",
    "your name",
];

/// What the document says of itself.
#[derive(Debug, Default)]
pub(super) struct Properties {
    title: String,
    creator: String,
    /// Who saved it last.
    saved_by: String,
    language: String,
    keywords: String,
}

impl Properties {
    /// Reads the part.
    pub(super) fn read(text: &str, part: &str) -> Result<Self, Rejection> {
        let mut properties = Self::default();
        let mut xml = Xml::new(text, part);
        xml.root()?;
        xml.children(|xml, tag| {
            let field = match (tag.space, tag.name()) {
                (Space::Other, "title") => &mut properties.title,
                (Space::Other, "creator") => &mut properties.creator,
                (Space::Other, "lastModifiedBy") => &mut properties.saved_by,
                (Space::Other, "language") => &mut properties.language,
                (Space::Other, "keywords") => &mut properties.keywords,
                _ => return xml.skip(),
            };
            *field = xml.text()?.trim().to_owned();
            Ok(())
        })?;
        Ok(properties)
    }

    /// Fills what the text itself does not say.
    pub(super) fn fill(self, draft: &mut Draft) {
        if draft.headline.is_none() && is_title(&self.title) {
            draft.headline = Some(self.title);
        }
        // Whose document somebody else finished may have made no more than the form.
        if draft.authors.is_empty() && (self.saved_by.is_empty() || self.saved_by == self.creator) {
            draft.authors = people(&self.creator);
        }
        if draft.language.is_none() {
            draft.language = language_tag(&self.language);
        }
        if draft.tags.is_empty() {
            let tags = self.keywords.split([',', '，', ';', '；', '、']).map(str::trim).filter(|tag| !tag.is_empty());
            draft.tags = tags.map(str::to_owned).take(MAX_LIST).collect();
        }
    }
}

fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let is_file = [".doc", ".docx", ".dot", ".dotx", ".rtf", ".txt", ".wps"].iter().any(|end| lower.ends_with(end));
    !title.is_empty() && !is_file && !NO_TITLES.iter().any(|words| lower.starts_with(words))
}

/// The people that a creator names: a Chinese name with a known surname, or names of two words and more. A name of one word
/// is the account of somebody's computer.
fn people(creator: &str) -> Vec<Author> {
    let plain = creator.to_lowercase().replace(['-', '_'], " ");
    if NO_PEOPLE.iter().any(|words| plain.contains(words)) {
        return Vec::new();
    }
    if let Some(people) = page::signed(creator) {
        return people;
    }
    text::signed(&format!("By {creator}"))
        .map(|(people, _)| people)
        .unwrap_or_default()
        .into_iter()
        .filter(|author| author.name.contains(' '))
        .collect()
}

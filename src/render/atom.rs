//! Atom 1.0 (RFC 4287), with `media` beside it.

use std::collections::BTreeMap;

use atom_syndication as atom;
use atom_syndication::extension::{Extension, ExtensionMap};
use chrono::{DateTime, SubsecRound, Utc};
use quick_xml::escape::escape;

use super::attachments::{Picture, enclosures, pictures};
use super::body::{body, escaped};
use super::players::uncontrolled;
use super::{
    Manner, Masthead, Publication, RenderError, STYLE_PATH, article_url, boxed, home_url, icon_url, known_language,
    language, plain, reads_as_markup, resolved, spliced, url,
};
use crate::article::{Address, Article, Author};
use crate::section::Format;

/// Every prefix an entry may use, declared once at the root so that entries can be spliced in.
pub(super) const NAMESPACES: [(&str, &str); 1] = [("media", "http://search.yahoo.com/mrss/")];

/// Stands for `&` in plain text until the library has written it: validators want it as a number there, for
/// `&amp;amp;` may be markup that was not meant (ContainsUndeclaredHTML). No text holds it: XML forbids it.
const AMPERSAND: char = '\u{2}';

/// When a feed changed in which nothing has ever stood: Atom must say something, and validators take what lies before
/// the first feeds for a fault (ImplausibleDate). The beginning of 1990, in seconds since 1970.
const NEVER: i64 = 631_152_000;

pub(super) fn entry(
    publication: &Publication,
    article: &Article,
    categories: &[String],
    manner: Manner,
) -> Result<String, RenderError> {
    let lang = language(article);
    let mut links = vec![atom::Link {
        href: article_url(publication, article),
        rel: "alternate".to_owned(),
        // A page of ours is HTML; what lies elsewhere may be anything.
        mime_type: matches!(article.address, Address::Page(_)).then(|| "text/html".to_owned()),
        hreflang: lang.clone(),
        ..atom::Link::default()
    }];
    for enclosure in enclosures(publication, article) {
        links.push(atom::Link {
            href: enclosure.url,
            rel: "enclosure".to_owned(),
            mime_type: Some(enclosure.media_type),
            length: enclosure.bytes.map(|n| n.to_string()),
            ..atom::Link::default()
        });
    }
    let pictures = pictures(publication, article).into_iter().map(Picture::attributes);
    let content = |attributes: BTreeMap<&str, String>| Extension {
        name: "media:content".to_owned(),
        // atom_syndication 0.12.10 writes these unescaped; a test tells when it no longer does.
        attrs: attributes.into_iter().map(|(k, v)| (k.to_owned(), escape(v.as_str()).into_owned())).collect(),
        ..Extension::default()
    };
    let media: Vec<Extension> = pictures.map(content).collect();
    let mut extensions = ExtensionMap::new();
    if !media.is_empty() {
        extensions.insert("media".to_owned(), BTreeMap::from([("content".to_owned(), media)]));
    }
    let people = |people: &[Author]| -> Vec<atom::Person> {
        let named = people.iter().filter(|person| !person.name.trim().is_empty());
        let person = |person: &Author| atom::Person {
            name: marked(&person.name),
            uri: person.url.as_deref().map(|url| resolved(publication, url)),
            ..atom::Person::default()
        };
        named.map(person).collect()
    };
    let mut authors = people(&article.draft.authors);
    if authors.is_empty() {
        // Several readers do not inherit the feed's author.
        authors.push(atom::Person { name: marked(&publication.title), ..atom::Person::default() });
    }
    let text = |value: &str| atom::Text { lang: lang.clone(), ..text(value) };
    let content = manner.full_text.then(|| uncontrolled(&body(publication, article), &publication.language));
    let content = content.filter(|body| !body.trim().is_empty());
    // An entry says something in words (MissingTextualContent), if only its title.
    let summary = if article.summary.is_empty() && content.is_none() { &article.title } else { &article.summary };
    let entry = atom::Entry {
        title: text(&article.title),
        id: plain(&article.id.0),
        updated: date(article.updated),
        authors,
        contributors: people(&article.draft.contributors),
        categories: categories.iter().map(|c| atom::Category { term: plain(c), ..atom::Category::default() }).collect(),
        links,
        published: Some(date(article.published)),
        summary: (!summary.is_empty()).then(|| text(summary)),
        content: content.map(|body| atom::Content {
            content_type: Some("html".to_owned()),
            value: Some(body),
            lang: lang.clone(),
            ..atom::Content::default()
        }),
        rights: article.draft.rights.as_deref().filter(|rights| !rights.trim().is_empty()).map(text),
        extensions,
        ..atom::Entry::default()
    };
    let written = written(&atom::Feed { entries: vec![entry], ..atom::Feed::default() })?;
    // Written alone, an entry would declare its namespace again; nothing before it or after it holds these words.
    match (written.find("<entry>"), written.rfind("</entry>")) {
        (Some(start), Some(end)) => Ok(boxed(unmarked(&written[start..end + "</entry>".len()]))),
        _ => Err(RenderError::malformed(Format::Atom, "no entry was written")),
    }
}

pub(super) fn feed(publication: &Publication, masthead: &Masthead, entries: &[&str]) -> Result<Vec<u8>, RenderError> {
    let link = |rel: &str, href: String, media_type: &str| atom::Link {
        href,
        rel: rel.to_owned(),
        mime_type: Some(media_type.to_owned()),
        ..atom::Link::default()
    };
    let this = url(publication, &masthead.section.document(Format::Atom.file_name()));
    let feed = atom::Feed {
        title: text(&masthead.title),
        subtitle: Some(&masthead.description).filter(|d| !d.trim().is_empty()).map(|d| text(d)),
        id: plain(&masthead.id),
        updated: date(masthead.changed().or(DateTime::from_timestamp(NEVER, 0)).unwrap_or_default()),
        authors: vec![atom::Person { name: marked(&publication.title), ..atom::Person::default() }],
        generator: Some(atom::Generator { value: "Syndicated".to_owned(), ..atom::Generator::default() }),
        icon: icon_url(publication),
        logo: masthead.image_url(publication),
        links: vec![
            link("self", this, Format::Atom.media_type()),
            link("alternate", home_url(publication, &masthead.section), "text/html"),
        ],
        namespaces: NAMESPACES.iter().map(|(prefix, uri)| ((*prefix).to_owned(), (*uri).to_owned())).collect(),
        lang: Some(known_language(&masthead.language)).filter(|l| !l.is_empty()),
        ..atom::Feed::default()
    };
    let written = boxed(unmarked(&written(&feed)?));
    let style = escaped(&url(publication, STYLE_PATH));
    let Some(end) = written.rfind("</feed>") else {
        return Err(RenderError::malformed(Format::Atom, "no feed was written"));
    };
    let head = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<?xml-stylesheet type=\"text/css\" href=\"{style}\"?>\n{}\n",
        &written[..end]
    );
    Ok(spliced(&head, "\n", entries, "\n</feed>\n"))
}

/// Text for people. What would be taken for markup says that it is some, and is escaped once more.
fn text(value: &str) -> atom::Text {
    if reads_as_markup(value) {
        return atom::Text { value: escaped(&plain(value)), r#type: atom::TextType::Html, ..atom::Text::default() };
    }
    atom::Text { value: marked(value), ..atom::Text::default() }
}

/// Plain text for the library to write.
fn marked(value: &str) -> String {
    plain(value).replace('&', &AMPERSAND.to_string())
}

fn unmarked(xml: &str) -> String {
    xml.replace(AMPERSAND, "&#x26;")
}

fn written(feed: &atom::Feed) -> Result<String, RenderError> {
    let config = atom::WriteConfig { write_document_declaration: false, indent_size: None };
    String::from_utf8(feed.write_with_config(Vec::new(), config)?).map_err(|e| RenderError::malformed(Format::Atom, e))
}

fn date(date: DateTime<Utc>) -> atom::FixedDateTime {
    date.trunc_subsecs(0).fixed_offset()
}

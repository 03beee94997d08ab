//! RSS 2.0 (rssboard.org/rss-specification), with `content`, `dc`, `media` and `atom` beside it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rss::extension::itunes::{ITunesCategory, ITunesChannelExtension, ITunesItemExtension, ITunesOwner};
use rss::extension::{Extension, ExtensionMap, atom::AtomExtension, atom::Link, dublincore::DublinCoreExtension};
use rss::{Category, Channel, Enclosure, Guid, Image, Item};

use super::attachments::{self, Picture, enclosures, lead, pictures};
use super::body::{body, escaped};
use super::players::uncontrolled;
use super::{
    Manner, Masthead, Publication, RenderError, STYLE_PATH, article_url, boxed, home_url, icon_url, known_language,
    language, plain, reads_as_markup, resolved, spliced, timestamp, url,
};
use crate::article::{Article, Author};
use crate::podcast::{COVER_SIDES, Podcast};
use crate::section::Format;

/// Every namespace an entry may use, declared once at the root so that entries can be spliced in.
pub(super) const NAMESPACES: [(&str, &str); 5] = [
    ("atom", "http://www.w3.org/2005/Atom"),
    ("content", "http://purl.org/rss/1.0/modules/content/"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"),
    ("media", "http://search.yahoo.com/mrss/"),
];

/// Stand for `&` and `<` in plain text until the library has written it: validators want these two as numbers there
/// (CharacterData), for some readers take `&lt;b>` in a title for markup. No text holds them: XML forbids them.
const AMPERSAND: char = '\u{2}';
const LESS: char = '\u{3}';

pub(super) fn entry(
    publication: &Publication,
    article: &Article,
    categories: &[String],
    manner: Manner,
) -> Result<String, RenderError> {
    let Manner { full_text, is_podcast } = manner;
    let pictures = pictures(publication, article).into_iter().map(Picture::attributes);
    let mut carried: Vec<Extension> = pictures.map(|attributes| extension("media:content", None, attributes)).collect();
    let mut enclosures = enclosures(publication, article).into_iter();
    // RSS allows one enclosure an item; the others go where readers also look.
    let first = enclosures.next();
    let is_played = |e: &&attachments::Enclosure| is_podcast && e.media_type != "application/pdf";
    let itunes = first.as_ref().filter(is_played).map(|e| played(publication, article, e));
    let enclosure = first.as_ref().map(|e| Enclosure {
        url: e.url.clone(),
        length: e.bytes.unwrap_or(0).to_string(),
        mime_type: e.media_type.clone(),
    });
    // How long the enclosure plays, RSS itself has no word for.
    let timed = first.filter(|e| !is_podcast && e.seconds.is_some());
    for more in timed.into_iter().chain(enclosures) {
        let mut attributes = BTreeMap::from([("url", more.url), ("type", more.media_type)]);
        attributes.extend(more.bytes.filter(|n| *n > 0).map(|n| ("fileSize", n.to_string())));
        attributes.extend(more.seconds.map(|n| ("duration", n.to_string())));
        carried.push(extension("media:content", None, attributes));
    }
    let updated = timestamp(article.updated);
    let mut extensions = ExtensionMap::new();
    extensions.insert(
        "atom".to_owned(),
        BTreeMap::from([("updated".to_owned(), vec![extension("atom:updated", Some(updated), BTreeMap::new())])]),
    );
    if !carried.is_empty() {
        extensions.insert("media".to_owned(), BTreeMap::from([("content".to_owned(), carried)]));
    }
    let names = |people: &[Author]| -> Vec<String> {
        people.iter().map(|person| plain(&person.name)).filter(|name| !name.is_empty()).collect()
    };
    let creators = names(&article.draft.authors);
    let contributors = names(&article.draft.contributors);
    let rights: Vec<String> =
        article.draft.rights.iter().map(|rights| marked(rights)).filter(|rights| !rights.trim().is_empty()).collect();
    let languages: Vec<String> = language(article).into_iter().collect();
    let content = full_text.then(|| uncontrolled(&body(publication, article), &publication.language));
    let content = content.filter(|body| !body.trim().is_empty());
    // A body wants a description before it (NeedDescriptionBeforeContent), even where there are no words but the title; and
    // a sound without words is described as in the other formats.
    let description = if article.summary.is_empty() { &article.title } else { &article.summary };
    let item = Item {
        title: Some(marked(&article.title)),
        link: Some(article_url(publication, article)),
        // Readers take a description for HTML.
        description: Some(escaped(&plain(description))).filter(|description| !description.is_empty()),
        categories: categories.iter().map(|c| Category { name: marked(c), domain: None }).collect(),
        enclosure,
        guid: Some(Guid { value: plain(&article.id.0), permalink: false }),
        pub_date: Some(date(article.published)),
        content,
        extensions,
        itunes_ext: itunes.filter(|itunes| *itunes != ITunesItemExtension::default()),
        dublin_core_ext: [&creators, &contributors, &languages, &rights]
            .iter()
            .any(|said| !said.is_empty())
            .then(|| DublinCoreExtension { creators, contributors, languages, rights, ..Default::default() }),
        ..Item::default()
    };
    let channel = Channel { items: vec![item], ..Channel::default() };
    let written = text(channel.write_to(Vec::new())?)?;
    // The library writes no item alone; nothing before it or after it holds these words.
    match (written.find("<item>"), written.rfind("</item>")) {
        (Some(start), Some(end)) => Ok(boxed(unmarked(&written[start..end + "</item>".len()]))),
        _ => Err(RenderError::malformed(Format::Rss, "no item was written")),
    }
}

/// What podcast apps want to know of the whole (podcasters.apple.com, "Podcast RSS feed requirements").
fn show(publication: &Publication, podcast: &Podcast) -> ITunesChannelExtension {
    let some = |text: &str| Some(plain(text)).filter(|text| !text.is_empty());
    let category = |name: &str, subcategory| ITunesCategory { text: name.to_owned(), subcategory };
    let below = podcast.category.below.map(|name| Box::new(category(name, None)));
    ITunesChannelExtension {
        author: some(&podcast.author).or_else(|| some(&publication.title)),
        categories: vec![category(podcast.category.name, below)],
        image: Some(resolved(publication, &podcast.image)).filter(|url| !url.is_empty()),
        explicit: Some(podcast.explicit.to_string()),
        owner: (!podcast.email.is_empty()).then(|| ITunesOwner {
            name: some(&podcast.owner).or_else(|| some(&publication.title)),
            email: some(&podcast.email),
        }),
        ..ITunesChannelExtension::default()
    }
}

/// What podcast apps want to know of an item (podcasters.apple.com, "Podcast RSS feed requirements").
fn played(publication: &Publication, article: &Article, sound: &attachments::Enclosure) -> ITunesItemExtension {
    let picture = lead(publication, article).filter(|picture| {
        picture.pixels.is_some_and(|(width, height)| width == height && COVER_SIDES.contains(&width))
            && matches!(picture.media_type.as_deref(), Some("image/jpeg" | "image/png"))
    });
    ITunesItemExtension {
        duration: sound.seconds.map(|seconds| seconds.to_string()),
        episode: article.draft.episode.filter(|number| *number > 0).map(|number| number.to_string()),
        season: article.draft.season.filter(|number| *number > 0).map(|number| number.to_string()),
        episode_type: article.draft.episode_type.map(|sort| sort.word().to_owned()),
        explicit: article.draft.explicit.map(|explicit| explicit.to_string()),
        image: picture.map(|picture| picture.url),
        ..ITunesItemExtension::default()
    }
}

pub(super) fn feed(publication: &Publication, masthead: &Masthead, entries: &[&str]) -> Result<Vec<u8>, RenderError> {
    let link = home_url(publication, &masthead.section);
    let title = marked(&masthead.title);
    let description = if masthead.description.trim().is_empty() { &masthead.title } else { &masthead.description };
    let this = Link {
        href: url(publication, &masthead.section.document(Format::Rss.file_name())),
        rel: "self".to_owned(),
        mime_type: Some(Format::Rss.media_type().to_owned()),
        ..Link::default()
    };
    let podcast = masthead.podcast.as_ref();
    let mut extensions = ExtensionMap::new();
    if let Some(podcast) = podcast {
        let kind = if podcast.serial { "serial" } else { "episodic" };
        let kind = extension("itunes:type", Some(kind.to_owned()), BTreeMap::new());
        extensions.insert("itunes".to_owned(), BTreeMap::from([("type".to_owned(), vec![kind])]));
    }
    let channel = Channel {
        extensions,
        itunes_ext: podcast.map(|podcast| show(publication, podcast)),
        image: [masthead.image_url(publication), icon_url(publication)]
            .into_iter()
            .flatten()
            .find(|url| is_channel_image(url))
            .map(|url| Image { url, title: title.clone(), link: link.clone(), ..Image::default() }),
        title,
        link,
        description: marked(description),
        language: Some(known_language(&masthead.language)).filter(|l| !l.is_empty()),
        last_build_date: masthead.changed().map(date),
        generator: Some("Syndicated".to_owned()),
        docs: Some("https://www.rssboard.org/rss-specification".to_owned()),
        ttl: Some(publication.ttl.as_secs().div_ceil(60).max(1).to_string()),
        atom_ext: Some(AtomExtension { links: vec![this] }),
        namespaces: NAMESPACES
            .iter()
            .filter(|(prefix, _)| podcast.is_some() || *prefix != "itunes")
            .map(|(prefix, uri)| ((*prefix).to_owned(), (*uri).to_owned()))
            .collect(),
        ..Channel::default()
    };
    let written = boxed(unmarked(&text(channel.write_to(Vec::new())?)?));
    let style = escaped(&url(publication, STYLE_PATH));
    let (Some(root), Some(end)) = (written.find("<rss"), written.rfind("</channel>")) else {
        return Err(RenderError::malformed(Format::Rss, "no channel was written"));
    };
    let head = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<?xml-stylesheet type=\"text/css\" href=\"{style}\"?>\n{}\n",
        &written[root..end]
    );
    Ok(spliced(&head, "\n", entries, &format!("\n{}\n", &written[end..])))
}

/// RFC 822 with four digits of year, as RSS has it; days as two digits, which the stricter readers expect.
fn date(date: DateTime<Utc>) -> String {
    date.format("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

fn extension(name: &str, value: Option<String>, attributes: BTreeMap<&str, String>) -> Extension {
    Extension {
        name: name.to_owned(),
        value,
        attrs: attributes.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
        children: BTreeMap::new(),
    }
}

/// Plain text for the library to write. What would be taken for markup even so (ContainsHTML) is written as HTML.
fn marked(plain_text: &str) -> String {
    let mut text = plain(plain_text);
    if reads_as_markup(&text) {
        text = text.replace('&', "&amp;").replace('<', "&lt;");
    }
    text.replace('&', &AMPERSAND.to_string()).replace('<', &LESS.to_string())
}

/// Whether RSS 2.0 allows the picture for a channel, as far as its name tells: JPEG, GIF or PNG (ImageUrlFormat).
fn is_channel_image(url: &str) -> bool {
    let extension = url.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_word = extension.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    !is_word || matches!(extension.as_str(), "jpg" | "jpeg" | "gif" | "png")
}

fn unmarked(xml: &str) -> String {
    xml.replace(AMPERSAND, "&#x26;").replace(LESS, "&#x3C;")
}

fn text(bytes: Vec<u8>) -> Result<String, RenderError> {
    String::from_utf8(bytes).map_err(|e| RenderError::malformed(Format::Rss, e))
}

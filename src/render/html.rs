//! Pages for people: the front of a section, an article, and the article's teaser on fronts. One stylesheet, no
//! script, nothing from elsewhere but what a body shows.

use askama::Template;
use chrono::{DateTime, TimeDelta, Utc};

use super::attachments::{self, Enclosure, Picture};
use super::body::story;
use super::players::end_of_tag;
use super::words::{Script, Words, direction, words};
use super::{
    Masthead, OPML_PATH, Publication, RenderError, STYLE_PATH, article_url, front_url, home_url, icon_url, language,
    plain, timestamp, url,
};
use crate::article::{APART, Article, Author, When, is_han};
use crate::section::{Format, Section};

/// The one stylesheet, served as [`STYLE_PATH`]: for pages, and for RSS and Atom opened in a browser.
pub const STYLE: &str = include_str!("html/style.css");

/// A link with its words.
struct Link {
    url: String,
    words: String,
}

/// A feed of the page's section.
struct Feed {
    name: &'static str,
    media_type: &'static str,
    title: String,
    url: String,
}

/// A date for programs and for people.
struct Date {
    machine: String,
    words: String,
}

/// Somebody's name, with what the byline calls them: `记者 白文斌` in Han, `Jane Doe, Business Writer` else.
struct Credit {
    before: String,
    name: String,
    after: String,
}

/// What every page has around its content.
struct Frame {
    words: &'static Words,
    language: String,
    direction: &'static str,
    publication: Link,
    site: Option<String>,
    icon: Option<String>,
    style: String,
    opml: String,
    feeds: Vec<Feed>,
}

impl Frame {
    /// `section` is the one whose feeds the page offers.
    fn new(publication: &Publication, language: &str, section: &Section, title: &str) -> Self {
        let feeds = Format::ALL.into_iter().map(|format| {
            let name = match format {
                Format::Rss => "RSS",
                Format::Atom => "Atom",
                Format::Json => "JSON",
            };
            Feed {
                name,
                media_type: format.media_type(),
                title: format!("{} ({name})", plain(title)),
                url: url(publication, &section.document(format.file_name())),
            }
        });
        Self {
            words: words(language),
            language: plain(language),
            direction: direction(language),
            publication: Link { url: front_url(publication, &Section::whole()), words: plain(&publication.title) },
            site: (!publication.site.is_empty()).then(|| home_url(publication, &Section::whole())),
            icon: icon_url(publication),
            style: url(publication, STYLE_PATH),
            opml: url(publication, OPML_PATH),
            feeds: feeds.collect(),
        }
    }
}

#[derive(Template)]
#[template(path = "teaser.html", config = "src/render/askama.toml")]
struct TeaserPage {
    url: String,
    title: String,
    kicker: String,
    summary: String,
    picture: Option<Picture>,
    byline: String,
    published: Date,
    language: Option<String>,
}

/// One article as it stands on fronts, alike in every section.
///
/// # Errors
/// When the template fails.
pub fn teaser(publication: &Publication, article: &Article) -> Result<String, RenderError> {
    let words = words(&publication.language);
    let draft = &article.draft;
    let teaser = TeaserPage {
        url: article_url(publication, article),
        title: plain(&article.title),
        kicker: plain(draft.columns.first().or(draft.kickers.first()).map(String::as_str).unwrap_or_default()),
        summary: plain(&article.summary),
        picture: attachments::lead(publication, article),
        byline: credits(&draft.authors).map(|credit| credit.name).collect::<Vec<_>>().join(words.and),
        published: date(words, publication, article.published, vague(draft.date.or(draft.embargo))),
        language: spoken(publication, article),
    };
    Ok(teaser.render()?)
}

#[derive(Template)]
#[template(path = "front.html", config = "src/render/askama.toml")]
struct FrontPage<'a> {
    frame: Frame,
    whole: bool,
    title: String,
    description: String,
    image: Option<String>,
    canonical: String,
    parents: Vec<Link>,
    children: Vec<Link>,
    updated: Option<Date>,
    teasers: &'a [&'a str],
}

/// The front page of a section, or of the whole publication, with the teasers as [`teaser`] made them.
///
/// # Errors
/// When the template fails.
pub fn front(publication: &Publication, masthead: &Masthead, teasers: &[&str]) -> Result<String, RenderError> {
    let links = |sections: &[(Section, String)]| -> Vec<Link> {
        let link =
            |(section, title): &(Section, String)| Link { url: front_url(publication, section), words: plain(title) };
        sections.iter().map(link).collect()
    };
    let frame = Frame::new(publication, &masthead.language, &masthead.section, &masthead.title);
    let page = FrontPage {
        whole: masthead.section.is_whole(),
        title: plain(&masthead.title),
        description: plain(&masthead.description),
        image: masthead.image_url(publication),
        canonical: front_url(publication, &masthead.section),
        parents: links(&masthead.parents),
        children: links(&masthead.children),
        // The latest of its articles' dates, of which most tell a day.
        updated: masthead.changed().map(|at| date(frame.words, publication, at, APART)),
        teasers,
        frame,
    };
    Ok(page.render()?)
}

#[derive(Template)]
#[template(path = "page.html", config = "src/render/askama.toml")]
struct ArticlePage {
    frame: Frame,
    canonical: String,
    title: String,
    summary: String,
    columns: String,
    kickers: Vec<String>,
    subhead: String,
    credits: Vec<Credit>,
    published: Date,
    updated: Option<Date>,
    language: Option<String>,
    story: String,
    picture: Option<Picture>,
    sounds: Vec<Enclosure>,
    films: Vec<Enclosure>,
    documents: Vec<Link>,
    sections: Vec<Link>,
    source: String,
    tags: String,
}

/// The page of an article. `sections` are those it was dropped into, with their titles, the first its home: that
/// section's feeds are offered.
///
/// # Errors
/// When the template fails.
pub fn page(
    publication: &Publication,
    article: &Article,
    sections: &[(Section, String)],
) -> Result<String, RenderError> {
    let draft = &article.draft;
    let (whole, title) = (Section::whole(), publication.title.clone());
    let home = sections.first().map_or((&whole, &title), |(section, title)| (section, title));
    let frame = Frame::new(publication, &publication.language, home.0, home.1);
    let words = frame.words;
    // What the body plays or links to already is not offered a second time.
    let story = story(publication, article);
    let mut enclosures = attachments::enclosures(publication, article);
    enclosures.retain(|e| !story.contains(&super::body::escaped(&e.url)));
    let (sounds, others): (Vec<_>, Vec<_>) = enclosures.into_iter().partition(|e| e.media_type.starts_with("audio/"));
    let (films, others): (Vec<_>, Vec<_>) = others.into_iter().partition(|e| e.media_type.starts_with("video/"));
    let documents = others.into_iter().map(|e| Link { words: format!("{} {}", words.download, kind(&e)), url: e.url });
    let named = sections.iter().filter(|(section, _)| !section.is_whole());
    let page = ArticlePage {
        canonical: article_url(publication, article),
        title: plain(&article.title),
        summary: plain(&article.summary),
        columns: joined(&draft.columns, " · "),
        kickers: draft.kickers.iter().map(|k| plain(k)).collect(),
        subhead: plain(draft.subhead.as_deref().unwrap_or_default()),
        credits: credits(&draft.authors).collect(),
        published: date(words, publication, article.published, vague(draft.date.or(draft.embargo))),
        updated: ((article.updated - article.published).num_seconds() >= APART)
            .then(|| date(words, publication, article.updated, vague(draft.updated))),
        language: spoken(publication, article).filter(|language| *language != publication.language),
        picture: attachments::lead(publication, article),
        story: reachable(story),
        sounds,
        films,
        documents: documents.collect(),
        sections: named
            .map(|(section, title)| Link { url: front_url(publication, section), words: plain(title) })
            .collect(),
        source: plain(draft.source.as_deref().unwrap_or_default()),
        tags: joined(&draft.tags, words.and),
        frame,
    };
    Ok(page.render()?)
}

/// The story with tables and listings that a keyboard reaches: one wider than the window scrolls, and not every browser lets a
/// keyboard scroll what it cannot reach (WCAG 2.1.1).
fn reachable(html: String) -> String {
    const WIDE: [&str; 2] = ["<pre", "<table"];
    // Most have neither.
    if !WIDE.iter().any(|start| html.contains(start)) {
        return html;
    }
    let mut out = String::with_capacity(html.len() + 64);
    let mut rest = html.as_str();
    while let Some(at) = rest.find('<') {
        let (before, tagged) = rest.split_at(at);
        let (tag, after) = tagged.split_at(end_of_tag(tagged));
        let is = |start: &&str| tag.strip_prefix(*start).is_some_and(|rest| rest.starts_with([' ', '>']));
        let start = WIDE.into_iter().find(is);
        out.push_str(before);
        out.push_str(start.unwrap_or_default());
        out.push_str(if start.is_some() { " tabindex=\"0\"" } else { "" });
        out.push_str(&tag[start.map_or(0, str::len)..]);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The language of an article that states one. In a Chinese publication one without a character of Chinese is in a language that
/// is not known (HTML says so by an empty tag): it is neither set nor read aloud as Chinese.
fn spoken(publication: &Publication, article: &Article) -> Option<String> {
    let is_chinese = || article.title.contains(is_han) || article.draft.body.contains(is_han);
    let unknown = || (words(&publication.language).script != Script::Latin && !is_chinese()).then(String::new);
    language(article).or_else(unknown)
}

/// A date in words that say no more than is known: the day alone, where it lies no more than so many seconds behind its beginning.
fn date(words: &Words, publication: &Publication, at: DateTime<Utc>, vague: i64) -> Date {
    let zone = publication.time_zone;
    let day = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
    let is_day = day(at - TimeDelta::seconds(vague)) != day(at);
    Date { machine: timestamp(at), words: if is_day { words.day(day(at)) } else { words.date(at, zone) } }
}

/// For how many seconds of a day a date tells no more than the day, as its file states it: of a day without a time the record has the
/// first moment, or one of the next, for changes of one day are told apart by seconds. The name of a file or a page's folio, which
/// state nothing, tell the very first.
fn vague(stated: Option<When>) -> i64 {
    match stated {
        Some(When::Instant(_)) => 0,
        Some(When::Day(_)) => APART,
        None => 1,
    }
}

/// Those who have a name.
fn credits(authors: &[Author]) -> impl Iterator<Item = Credit> {
    authors.iter().filter(|author| !author.name.trim().is_empty()).map(|author| {
        let role = author.role.as_deref().map(plain).filter(|role| !role.trim().is_empty()).unwrap_or_default();
        let (before, after) = match role.as_str() {
            "" => (String::new(), String::new()),
            role if role.is_ascii() => (String::new(), format!(", {role}")),
            role => (format!("{role} "), String::new()),
        };
        Credit { before, name: plain(&author.name), after }
    })
}

fn joined(texts: &[String], separator: &str) -> String {
    texts.iter().map(|t| plain(t)).collect::<Vec<_>>().join(separator)
}

/// `PDF`, `PDF (1.2 MB)`.
fn kind(enclosure: &Enclosure) -> String {
    let subtype = enclosure.media_type.rsplit('/').next().unwrap_or_default();
    let name = if subtype == "octet-stream" { String::new() } else { subtype.to_uppercase() };
    match enclosure.bytes {
        Some(bytes) if bytes >= 1_000_000 => format!("{name} ({}.{} MB)", bytes / 1_000_000, bytes / 100_000 % 10),
        Some(bytes) => format!("{name} ({} kB)", bytes.div_ceil(1000)),
        None => name,
    }
}

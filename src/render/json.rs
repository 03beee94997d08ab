//! JSON Feed 1.1 (jsonfeed.org/version/1.1).

use serde::Serialize;

use super::attachments::{enclosures, lead};
use super::body::body;
use super::{
    Manner, Masthead, Publication, RenderError, article_url, home_url, icon_url, language, plain, resolved, spliced,
    timestamp, url,
};
use crate::article::Article;
use crate::section::Format;

#[derive(Serialize)]
struct Feed {
    version: &'static str,
    title: String,
    home_page_url: String,
    feed_url: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    icon: Option<String>,
    authors: Vec<Author>,
    #[serde(skip_serializing_if = "String::is_empty")]
    language: String,
    /// Ours, as JSON Feed allows: whose making it is, which RSS and Atom have an element for.
    #[serde(rename = "_syndicated")]
    extension: Extension,
    /// Last and always empty: what stands in it is spliced in.
    items: [(); 0],
}

#[derive(Serialize)]
struct Extension {
    generator: &'static str,
}

#[derive(Serialize)]
struct Item {
    id: String,
    url: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    summary: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment>,
    /// Ours, as JSON Feed allows.
    #[serde(rename = "_syndicated", skip_serializing_if = "Option::is_none")]
    extension: Option<Claim>,
}

/// What RSS and Atom have an element for, and JSON Feed none.
#[derive(Serialize)]
struct Claim {
    rights: String,
}

#[derive(Serialize)]
struct Author {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Attachment {
    url: String,
    mime_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    size_in_bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_in_seconds: Option<u32>,
}

pub(super) fn entry(
    publication: &Publication,
    article: &Article,
    categories: &[String],
    manner: Manner,
) -> Result<String, RenderError> {
    let summary = plain(&article.summary);
    let authors = article
        .draft
        .authors
        .iter()
        .filter(|a| !a.name.trim().is_empty())
        .map(|a| Author { name: plain(&a.name), url: a.url.as_deref().map(|url| resolved(publication, url)) });
    let attachments = enclosures(publication, article).into_iter().map(|e| Attachment {
        url: e.url,
        mime_type: e.media_type,
        size_in_bytes: e.bytes,
        duration_in_seconds: e.seconds,
    });
    let rights = article.draft.rights.as_deref().map(plain).filter(|rights| !rights.trim().is_empty());
    let item = Item {
        id: plain(&article.id.0),
        url: article_url(publication, article),
        title: plain(&article.title),
        content_html: manner.full_text.then(|| body(publication, article)),
        // One of the two contents must be there.
        content_text: (!manner.full_text).then(|| summary.clone()),
        summary,
        image: lead(publication, article).map(|picture| picture.url),
        date_published: timestamp(article.published),
        date_modified: timestamp(article.updated),
        authors: authors.collect(),
        tags: categories.iter().map(|c| plain(c)).collect(),
        language: language(article),
        attachments: attachments.collect(),
        extension: rights.map(|rights| Claim { rights }),
    };
    Ok(serde_json::to_string(&item)?)
}

pub(super) fn feed(publication: &Publication, masthead: &Masthead, entries: &[&str]) -> Result<Vec<u8>, RenderError> {
    let feed = Feed {
        version: "https://jsonfeed.org/version/1.1",
        title: plain(&masthead.title),
        home_page_url: home_url(publication, &masthead.section),
        feed_url: url(publication, &masthead.section.document(Format::Json.file_name())),
        description: plain(&masthead.description),
        icon: masthead.image_url(publication).or_else(|| icon_url(publication)),
        authors: vec![Author { name: plain(&publication.title), url: None }],
        language: plain(&masthead.language),
        extension: Extension { generator: "Syndicated" },
        items: [],
    };
    let written = serde_json::to_string(&feed)?;
    let Some(head) = written.strip_suffix("]}") else {
        return Err(RenderError::malformed(Format::Json, "no list of items was written"));
    };
    Ok(spliced(&format!("{head}\n"), ",\n", entries, "\n]}\n"))
}

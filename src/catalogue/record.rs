//! The JSON shapes in which drafts, media and rejections are stored: private, so that the domain types can change freely.
//! Every field has a default: a record written by an earlier program reads as far as it goes.

use chrono::{DateTime, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::article::{Author, Caption, Deed, Draft, Enclosed, Episode, Kind, Measures, Medium, Status, When};
use crate::rejection::Rejection;

/// What is stored of an article beside its columns and its body.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Content {
    /// What the file says; `body` cleaned.
    pub draft: Draft,
    /// The summary readers see.
    pub summary: String,
    /// Media of ours it refers to, lead picture first.
    pub media: Vec<Medium>,
}

/// The JSON of everything in a content but its body.
///
/// # Errors
/// Never in practice: every shape is representable.
pub(super) fn content_text(content: &Content) -> Result<String, serde_json::Error> {
    let draft = &content.draft;
    let mut enclosures = draft.enclosures.iter().map(enclosed_shape);
    let first = enclosures.next().unwrap_or_default();
    serde_json::to_string(&ContentShape {
        id: draft.id.clone(),
        version: draft.version,
        as_of: draft.as_of.map(|at| at.timestamp()),
        cancels: draft.cancels.clone(),
        headline: draft.headline.clone(),
        columns: draft.columns.clone(),
        kickers: draft.kickers.clone(),
        subhead: draft.subhead.clone(),
        unit: draft.unit.clone(),
        authors: draft.authors.iter().map(author_shape).collect(),
        contributors: draft.contributors.iter().map(author_shape).collect(),
        dateline: draft.dateline.clone(),
        lead_in: draft.lead_in.clone(),
        asides: draft.asides.clone(),
        source: draft.source.clone(),
        kind: match draft.kind {
            Kind::Article => 0,
            Kind::Photo => 1,
            Kind::Notice => 2,
        },
        captions: draft
            .captions
            .iter()
            .map(|caption| CaptionShape { text: caption.text.clone(), credit: caption.credit.clone() })
            .collect(),
        slug: draft.slug.clone(),
        sections: draft.sections.clone(),
        tags: draft.tags.clone(),
        stated_summary: draft.summary.clone(),
        language: draft.language.clone(),
        link: draft.link.clone(),
        image: draft.image.clone(),
        enclosure: first.enclosure,
        episode: draft.episode,
        season: draft.season,
        episode_type: draft.episode_type.map(|sort| sort.word().to_owned()),
        explicit: draft.explicit,
        enclosure_type: first.enclosure_type,
        enclosure_bytes: first.enclosure_bytes,
        more_enclosures: enclosures.collect(),
        rights: draft.rights.clone(),
        urgency: draft.urgency,
        date: draft.date.map(when_text),
        date_in_name: draft.date_in_name.map(|day| day.to_string()),
        updated: draft.updated.map(when_text),
        embargo: draft.embargo.map(when_text),
        expires: draft.expires.map(when_text),
        status: status_code(draft.status),
        minor: draft.minor,
        lines: draft.lines,
        summary: content.summary.clone(),
        media: content.media.iter().map(medium_shape).collect(),
    })
}

/// The content of a stored record and its body.
///
/// # Errors
/// When the text is no such record.
pub(super) fn content_from(text: &str, body: String) -> Result<Content, serde_json::Error> {
    let shape: ContentShape = serde_json::from_str(text)?;
    let first = EnclosedShape {
        enclosure: shape.enclosure,
        enclosure_type: shape.enclosure_type,
        enclosure_bytes: shape.enclosure_bytes,
    };
    Ok(Content {
        draft: Draft {
            id: shape.id,
            version: shape.version,
            as_of: shape.as_of.and_then(|at| DateTime::from_timestamp(at, 0)),
            cancels: shape.cancels,
            headline: shape.headline,
            columns: shape.columns,
            kickers: shape.kickers,
            subhead: shape.subhead,
            unit: shape.unit,
            authors: shape.authors.into_iter().map(author_from).collect(),
            contributors: shape.contributors.into_iter().map(author_from).collect(),
            dateline: shape.dateline,
            lead_in: shape.lead_in,
            asides: shape.asides,
            source: shape.source,
            kind: match shape.kind {
                1 => Kind::Photo,
                2 => Kind::Notice,
                _ => Kind::Article,
            },
            captions: shape.captions.into_iter().map(|c| Caption { text: c.text, credit: c.credit }).collect(),
            slug: shape.slug,
            sections: shape.sections,
            tags: shape.tags,
            summary: shape.stated_summary,
            body,
            language: shape.language,
            link: shape.link,
            image: shape.image,
            enclosures: std::iter::once(first).chain(shape.more_enclosures).filter_map(enclosed_from).collect(),
            episode: shape.episode,
            season: shape.season,
            episode_type: shape.episode_type.as_deref().and_then(Episode::of),
            explicit: shape.explicit,
            rights: shape.rights,
            urgency: shape.urgency,
            date: shape.date.as_deref().and_then(when_from),
            date_in_name: shape.date_in_name.and_then(|day| day.parse().ok()),
            updated: shape.updated.as_deref().and_then(when_from),
            embargo: shape.embargo.as_deref().and_then(when_from),
            expires: shape.expires.as_deref().and_then(when_from),
            status: status_from(shape.status),
            minor: shape.minor,
            lines: shape.lines,
        },
        summary: shape.summary,
        media: shape.media.into_iter().map(medium_from).collect(),
    })
}

/// The column's value of a status.
pub(super) fn status_code(status: Status) -> i64 {
    match status {
        Status::Usable => 0,
        Status::Draft => 1,
        Status::Withdrawn => 2,
        Status::Withheld => 3,
        Status::Canceled => 4,
    }
}

/// The status of a column's value.
pub(super) fn status_from(code: i64) -> Status {
    match code {
        1 => Status::Draft,
        2 => Status::Withdrawn,
        3 => Status::Withheld,
        4 => Status::Canceled,
        _ => Status::Usable,
    }
}

/// The JSON of a rejection.
pub(super) fn rejection_text(rejection: &Rejection) -> String {
    serde_json::json!({
        "line": rejection.line, "column": rejection.column, "byte": rejection.byte,
        "reason": rejection.reason, "hint": rejection.hint,
    })
    .to_string()
}

/// The rejection of a stored text.
pub(super) fn rejection_from(text: &str) -> Option<Rejection> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    let number = |key: &str| value[key].as_u64().and_then(|n| u32::try_from(n).ok());
    let words = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    Some(Rejection {
        line: number("line"),
        column: number("column"),
        byte: value["byte"].as_u64(),
        reason: words("reason"),
        hint: words("hint"),
    })
}

fn when_text(when: When) -> String {
    match when {
        When::Instant(instant) => instant.to_rfc3339(),
        When::Day(day) => day.to_string(),
    }
}

fn when_from(text: &str) -> Option<When> {
    match DateTime::parse_from_rfc3339(text) {
        Ok(instant) => Some(When::Instant(instant.to_utc())),
        Err(_) => text.parse::<NaiveDate>().ok().map(When::Day),
    }
}

fn author_shape(author: &Author) -> AuthorShape {
    AuthorShape {
        name: author.name.clone(),
        role: author.role.clone(),
        affiliation: author.affiliation.clone(),
        does: author.does.iter().map(|deed| i64::from(*deed == Deed::Photo)).collect(),
        url: author.url.clone(),
    }
}

fn author_from(shape: AuthorShape) -> Author {
    Author {
        name: shape.name,
        role: shape.role,
        affiliation: shape.affiliation,
        does: shape.does.into_iter().map(|code| if code == 1 { Deed::Photo } else { Deed::Text }).collect(),
        url: shape.url,
    }
}

fn enclosed_shape(enclosed: &Enclosed) -> EnclosedShape {
    EnclosedShape {
        enclosure: Some(enclosed.file.clone()),
        enclosure_type: enclosed.measures.as_ref().map(|measures| measures.media_type.clone()),
        enclosure_bytes: enclosed.measures.as_ref().and_then(|measures| measures.bytes),
    }
}

fn enclosed_from(shape: EnclosedShape) -> Option<Enclosed> {
    let measures = shape.enclosure_type.map(|media_type| Measures { media_type, bytes: shape.enclosure_bytes });
    Some(Enclosed { file: shape.enclosure?, measures })
}

fn medium_shape(medium: &Medium) -> MediumShape {
    MediumShape {
        path: medium.path.clone(),
        media_type: medium.media_type.clone(),
        bytes: medium.bytes,
        pixels: medium.pixels,
        seconds: medium.seconds,
        original: medium.original.as_deref().map(|original| Box::new(medium_shape(original))),
    }
}

fn medium_from(shape: MediumShape) -> Medium {
    Medium {
        path: shape.path,
        media_type: shape.media_type,
        bytes: shape.bytes,
        pixels: shape.pixels,
        seconds: shape.seconds,
        original: shape.original.map(|original| Box::new(medium_from(*original))),
    }
}

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct ContentShape {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cancels: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    columns: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    kickers: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subhead: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<AuthorShape>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contributors: Vec<AuthorShape>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dateline: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lead_in: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    asides: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    kind: i64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    captions: Vec<CaptionShape>,
    #[serde(skip_serializing_if = "Option::is_none")]
    slug: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sections: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stated_summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enclosure: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    episode: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    season: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    episode_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explicit: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enclosure_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enclosure_bytes: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    more_enclosures: Vec<EnclosedShape>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rights: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    urgency: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_in_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    embargo: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires: Option<String>,
    status: i64,
    minor: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<(u32, u32)>,
    summary: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    media: Vec<MediumShape>,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct AuthorShape {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    affiliation: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    does: Vec<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct CaptionShape {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    credit: Option<String>,
}

/// The first one's fields are the content's own, as when there was but one.
#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct EnclosedShape {
    #[serde(skip_serializing_if = "Option::is_none")]
    enclosure: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enclosure_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enclosure_bytes: Option<u64>,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct MediumShape {
    path: String,
    media_type: String,
    bytes: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pixels: Option<(u32, u32)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    original: Option<Box<MediumShape>>,
}

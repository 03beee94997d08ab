//! What a page states about itself → the fields of a draft.

use chrono_tz::Tz;

use super::line;
use super::metadata::Metadata;
use crate::article::{Author, Draft, Enclosed, When};
use crate::parse::dates;
use crate::parse::front_matter::{self, MAX_LIST, MAX_PEOPLE};
use crate::rejection::Rejection;

const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "ld:datepublished",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish_date",
    "publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "parsely-pub-date",
    "weibo:article:create_at",
    "founder:date",
];
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "ld:datemodified",
    "datemodified",
    "last-modified",
    "lastmod",
    "revised",
    "dcterms.modified",
    "dc.date.modified",
    "weibo:article:update_at",
];

/// What the page states about itself.
pub(super) fn fill(
    metadata: &Metadata,
    draft: &mut Draft,
    text: &str,
    zone: Tz,
    doubts: &mut Vec<String>,
) -> Result<(), Rejection> {
    let owned = |names: &[&str]| metadata.first(names).map(str::to_owned);
    draft.headline = owned(&[
        "og:title",
        "ld:headline",
        "twitter:title",
        "articletitle",
        "dc.title",
        "dcterms.title",
        "founder:title",
    ]);
    draft.kickers = owned(&["founder:introtitle"]).into_iter().collect();
    draft.subhead = owned(&["founder:subtitle"]);
    draft.summary =
        owned(&["description", "og:description", "ld:description", "twitter:description", "dc.description"]);
    draft.image = owned(&["og:image", "og:image:url", "ld:image", "twitter:image", "twitter:image:src"]);
    draft.enclosures = owned(&["og:audio", "og:audio:url"]).map(Enclosed::at).into_iter().collect();
    draft.sections = metadata.first(&["article:section", "ld:articlesection"]).map(str::to_owned).into_iter().collect();
    draft.source = owned(&["source", "contentsource", "mediaid"]);
    draft.columns = owned(&["columnname"]).into_iter().collect();
    let stated = |names: &[&str]| {
        let people = metadata.all(names);
        people
            .iter()
            .filter(|p| !p.contains("://") && p.contains(char::is_alphabetic))
            .flat_map(|p| front_matter::names(p))
            .collect::<Vec<_>>()
    };
    // Whoever wrote with one of these is called there as the machine's owner is.
    let generator = metadata.first(&["generator", "dcterms.source"]).unwrap_or_default();
    let is_typed =
        ["LibreOffice", "OpenOffice", "openoffice", "Microsoft Word"].iter().any(|name| generator.contains(name));
    let named = if is_typed {
        &[][..]
    } else {
        &["author", "article:author", "og:article:author", "dc.creator", "parsely-author", "byl", "founder:author"]
    };
    for names in [&["ld:author"], named] {
        if draft.authors.is_empty() {
            for name in stated(names) {
                if draft.authors.len() < MAX_PEOPLE && draft.authors.iter().all(|a| a.name != name) {
                    draft.authors.push(Author::named(name));
                }
            }
        }
    }
    // The house that it appears in may stand beside them.
    let title = metadata.first(&["title"]).unwrap_or_default();
    if draft.authors.len() > 1 {
        draft.authors.retain(|author| {
            let before = title.strip_suffix(author.name.as_str()).map(str::trim_end);
            !before.is_some_and(|before| before.ends_with(['|', '-', '–', '—', '·']))
        });
    }
    draft.tags = metadata.all(&["article:tag", "og:article:tag"]);
    for list in metadata.all(&["keywords", "news_keywords", "ld:keywords"]) {
        for tag in list.split([',', '，', ';', '；', '、']).map(line) {
            if !tag.is_empty() && draft.tags.len() < MAX_LIST && !draft.tags.contains(&tag) {
                draft.tags.push(tag);
            }
        }
    }
    let mut dated = |names: &[&str]| date(metadata, names, text, zone, doubts);
    // When its document was begun and written is no news.
    let of_news = |names: &'static [&'static str]| -> Vec<&str> {
        names.iter().copied().filter(|name| !is_typed || !name.starts_with("dc")).collect()
    };
    draft.date = dated(&of_news(PUBLISHED))?;
    draft.updated = dated(&of_news(MODIFIED))?;
    draft.expires = dated(&["article:expiration_time", "ld:expires"])?;
    Ok(())
}

/// The first stated date that can be read; none of several readable is refused where it stands, unless all stand for none.
fn date(
    metadata: &Metadata,
    names: &[&str],
    text: &str,
    zone: Tz,
    doubts: &mut Vec<String>,
) -> Result<Option<When>, Rejection> {
    let stated = metadata.all(names);
    let Some(first) = stated.first() else { return Ok(None) };
    if let Some(when) = stated.iter().find_map(|text| dates::read(text, zone)) {
        return Ok(Some(when));
    }
    let shown: String = first.chars().take(60).collect();
    if stated.iter().all(|text| dates::is_unset(text, zone)) {
        doubts.push(format!("the date {shown:?} stands for none"));
        return Ok(None);
    }
    let refusal = Rejection::new(
        format!("the date {shown:?} cannot be read"),
        "write it as 2026-07-02, 2026-07-02 10:00 or 2026-07-02T10:00:00+08:00",
    );
    Err(match text.find(first.as_str()) {
        Some(at) => {
            let before = &text[..at];
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            let line = before.matches('\n').count() + 1;
            refusal.at(u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
        }
        None => refusal,
    })
}

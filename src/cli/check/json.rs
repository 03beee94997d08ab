//! What a check found → one JSON object a file, for programs.

use std::path::Path;

use serde_json::{Value, json};

use super::{Checked, article, markup_word};
use crate::article::{Kind, Status};
use crate::config::Config;
use crate::daemon;
use crate::intake::Story;
use crate::intake::reading::FileRead;
use crate::render::{self, Manner};
use crate::section::Format;

/// How articles are shown to programs: whole, and without what only podcast apps take.
const FULL: Manner = Manner { full_text: true, is_podcast: false };

/// The object of one file.
pub(super) fn of(config: &Config, file: &Path, checked: &Checked) -> Value {
    let (articles, doubts, rejected) = match &checked.read {
        Ok(FileRead { stories: Err(rejection), doubts, .. }) => (Vec::new(), doubts.clone(), Some(rejection)),
        Err(rejection) => (Vec::new(), Vec::new(), Some(rejection)),
        Ok(read) => {
            let stories = read.stories.as_deref().unwrap_or_default();
            let articles =
                stories.iter().enumerate().map(|(at, story)| item(config, checked, read, story, at)).collect();
            let missing = read.missing().map(|source| format!("{source} is not there"));
            (articles, missing.chain(read.doubts.iter().cloned()).collect(), None)
        }
    };
    json!({
        "file": file.to_string_lossy(),
        "markup": checked.companion.as_deref().and_then(|what| what.split(' ').next()).or(checked.markup.map(markup_word)),
        "rejected": rejected.map(|rejection| json!({
            "line": rejection.line, "column": rejection.column, "byte": rejection.byte,
            "reason": rejection.reason, "hint": rejection.hint,
        })),
        "articles": articles,
        "furniture": checked.read.as_ref().map_or(&[][..], |read| &read.furniture),
        "doubts": doubts,
    })
}

/// One article as the JSON Feed would have it, with what only newspapers know beside it.
fn item(config: &Config, checked: &Checked, read: &FileRead, story: &Story, at: usize) -> Value {
    let (article, dates) = article(config, checked, read, story, at);
    let draft = story.draft();
    let publication = daemon::publication(config);
    let entry = render::entry(Format::Json, &publication, &article, &draft.tags, FULL);
    let mut item: Value = entry.ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_else(|| json!({}));
    item["_syndicated"] = json!({
        "columns": draft.columns,
        "kickers": draft.kickers,
        "subhead": draft.subhead,
        "authors": draft.authors.iter().map(|author| json!({
            "name": author.name, "role": author.role, "affiliation": author.affiliation,
        })).collect::<Vec<_>>(),
        "contributors": draft.contributors.iter().map(|person| json!({
            "name": person.name, "role": person.role,
        })).collect::<Vec<_>>(),
        "unit": draft.unit,
        "dateline": draft.dateline,
        "lead_in": draft.lead_in,
        "asides": draft.asides,
        "source": draft.source,
        "kind": match draft.kind { Kind::Article => "article", Kind::Photo => "photo", Kind::Notice => "notice" },
        "captions": draft.captions.iter().map(|caption| json!({ "text": caption.text, "credit": caption.credit })).collect::<Vec<_>>(),
        "status": match draft.status {
            Status::Usable => "usable",
            Status::Draft => "draft",
            Status::Withdrawn => "withdrawn",
            Status::Withheld => "withheld",
            Status::Canceled => "canceled",
        },
        "cancels": draft.cancels,
        "embargo": dates.held_until.map(|at| at.to_rfc3339()),
        "expires": dates.expires.map(|at| at.to_rfc3339()),
        "version": draft.version,
        "urgency": draft.urgency,
        "rights": draft.rights,
        "section": article.sections.first().map(|section| section.as_str().to_owned()),
        "lines": draft.lines,
    });
    item
}

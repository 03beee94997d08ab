//! A sound by itself → an episode: titled by its tags, else by its name; and how long any sound plays.

use std::io::{BufReader, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::NaiveDate;
use lofty::config::{ParseOptions, ParsingMode};
use lofty::file::{AudioFile, TaggedFile, TaggedFileExt};
use lofty::probe::Probe;
use lofty::tag::{ItemKey, Tag};

use super::{Markup, Parsed, name};
use crate::article::{Author, Draft, Enclosed};
use crate::dropped::InboxPath;
use crate::escape;
use crate::rejection::Rejection;

/// How long a sound plays, whole seconds; none where that cannot be told.
#[must_use]
pub fn seconds(sound: &mut (impl Read + Seek)) -> Option<u32> {
    let played = listen(sound, false)?.properties().duration();
    u32::try_from(played.as_millis().div_ceil(1000)).ok().filter(|seconds| *seconds > 0)
}

/// Reads a sound as the one article it is: title, artist and description from its tags. Its file is its enclosure.
///
/// # Errors
/// When it is no sound that can be read.
pub fn read(sound: &mut (impl Read + Seek), path: &InboxPath) -> Result<Parsed, Rejection> {
    let heard = listen(sound, true).ok_or_else(|| {
        let hint = "save it as MP3 or M4A; or write an article beside it that names it";
        Rejection::new("it is no sound that can be read, and no article refers to it", hint)
    })?;
    let tags = heard.primary_tag().into_iter().chain(heard.tags());
    let tags: Vec<&Tag> = tags.collect();
    let said = |keys: &[ItemKey]| {
        let texts = keys.iter().flat_map(|key| tags.iter().filter_map(|tag| tag.get_string(*key)));
        texts.map(str::trim).find(|text| !text.is_empty()).map(str::to_owned)
    };
    let words = said(&[ItemKey::PodcastDescription, ItemKey::Description, ItemKey::Comment]);
    // The encoded name holds nothing that ends a path, and the dot keeps a colon from being a scheme.
    let file = InboxPath::new(path.as_path().file_name().unwrap_or_default()).encoded();
    let mut draft = Draft {
        headline: said(&[ItemKey::TrackTitle]),
        authors: said(&[ItemKey::TrackArtist, ItemKey::AlbumArtist]).map(Author::named).into_iter().collect(),
        body: words.as_deref().map(paragraphs).unwrap_or_default(),
        summary: words.map(|words| words.split_whitespace().collect::<Vec<_>>().join(" ")),
        enclosures: vec![Enclosed::at(format!("./{file}"))],
        // A day in a tag says when it was made: it embargoes nothing.
        date_in_name: said(&[ItemKey::ReleaseDate, ItemKey::RecordingDate]).as_deref().and_then(day),
        episode: said(&[ItemKey::TrackNumber]).and_then(|number| number.split('/').next()?.trim().parse().ok()),
        ..Draft::default()
    };
    name(&mut draft, path);
    if draft.headline.is_none() {
        draft.headline = draft.slug.as_deref().map(worded);
    }
    Ok(Parsed::of(Markup::Sound, vec![draft]))
}

/// What the library makes of it; a library that fails over a broken file has heard nothing.
fn listen(sound: &mut (impl Read + Seek), tags: bool) -> Option<TaggedFile> {
    let options = ParseOptions::new().read_tags(tags).read_cover_art(false).parsing_mode(ParsingMode::Relaxed);
    catch_unwind(AssertUnwindSafe(|| {
        sound.rewind().ok()?;
        Probe::new(BufReader::new(sound)).options(options).guess_file_type().ok()?.read().ok()
    }))
    .ok()
    .flatten()
}

/// A text as paragraphs of HTML.
fn paragraphs(text: &str) -> String {
    let lines = escape::text(text).replace('\r', "\n");
    let lines = lines.split('\n').map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| format!("<p>{line}</p>\n")).collect()
}

/// `2026-07-02`, alone or before a time. A year alone is no day.
fn day(text: &str) -> Option<NaiveDate> {
    text.get(..10)?.parse().ok()
}

/// A file's name as a title: underscores are blanks, and so are hyphens where there are no others.
fn worded(stem: &str) -> String {
    let words = stem.replace('_', " ");
    let words = if words.contains(' ') { words } else { words.replace('-', " ") };
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

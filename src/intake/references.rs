//! What a draft refers to in the inbox → media of ours with their measures, and links that hold anywhere.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::Story;
use super::fault::stumbled;
use super::file_reader::{FileReader, Haste};
use super::measure::{Measured, measure};
use crate::article::{BASE, Draft, Enclosed, Medium};
use crate::catalogue::{Content, Stored};
use crate::clean::{self, Target, Use};
use crate::dropped::{InboxPath, Look};
use crate::inbox;
use crate::package;
use crate::rejection::Rejection;

/// What IRIs may hold and URIs may not, besides all that is not ASCII.
const BEYOND_URIS: &AsciiSet = &CONTROLS.add(b'[').add(b']');

/// How many media one article may carry: a picture story has fifty; thousands are a mistake or an attack.
const MAX_MEDIA: usize = 500;

/// How many paths in the inbox one file may lead to: each is looked for, and awaited where it is not there.
const MAX_SOUGHT: usize = 4 * MAX_MEDIA;

/// Finds what one file refers to, each path once.
pub(super) struct Finder<'a> {
    pub(super) reader: &'a FileReader,
    pub(super) path: &'a InboxPath,
    pub(super) found: HashMap<InboxPath, Measured>,
    pub(super) order: Vec<(InboxPath, Option<Look>)>,
    /// What was left out although the file asks for it.
    pub(super) doubts: Vec<String>,
    pub(super) haste: Haste,
    /// Whether something was met that takes time: then the file is to be read again without haste.
    pub(super) is_slow: bool,
}

/// A story in the making: what goes with its file may still be added to it.
pub(super) struct Sketch {
    pub(super) draft: Draft,
    pub(super) title: String,
    pub(super) mark: String,
    pub(super) summary: String,
    pub(super) fingerprint: [u8; 32],
    pub(super) media: Vec<(Medium, InboxPath)>,
}

impl Sketch {
    /// The story, with what is stored of it.
    ///
    /// # Errors
    /// When it cannot be stored, for which no story is known.
    pub(super) fn finish(self) -> Result<Story, Rejection> {
        let Self { draft, title, mark, summary, fingerprint, media } = self;
        let content = Content { draft, summary, media: media.iter().map(|(medium, _)| medium.clone()).collect() };
        let stored = Stored::of(content).map_err(|_| stumbled())?;
        Ok(Story { title, mark, fingerprint, media, stored })
    }
}

impl<'a> Finder<'a> {
    pub(super) fn new(reader: &'a FileReader, path: &'a InboxPath, haste: Haste) -> Self {
        Self { reader, path, found: HashMap::new(), order: Vec::new(), doubts: Vec::new(), haste, is_slow: false }
    }

    pub(super) fn sketch(&mut self, mut draft: Draft) -> Sketch {
        let mut hashed = hashed(&draft);
        let mut media: Vec<(Medium, InboxPath)> = Vec::new();
        draft.image = draft.image.as_deref().and_then(|reference| self.carry(reference, Use::Image, &mut media));
        draft.enclosures = std::mem::take(&mut draft.enclosures)
            .into_iter()
            .filter_map(|stated| Some(Enclosed { file: self.carry(&stated.file, Use::Sound, &mut media)?, ..stated }))
            .collect();
        let carried = RefCell::new((&mut *self, &mut media, HashMap::<(String, Use), Option<Target>>::new()));
        draft.body = clean::body(&draft.body, |reference, purpose| {
            let (finder, media, targets) = &mut *carried.borrow_mut();
            let target = targets.entry((reference.to_owned(), purpose)).or_insert_with(|| {
                let url = finder.carry(reference, purpose, media)?;
                let medium = medium_of(media, &url);
                let original = medium.and_then(|medium| medium.original.as_deref());
                let pixels = medium.and_then(|medium| medium.pixels);
                let original = original.map(|original| format!("{BASE}/{}", original.path));
                // Who follows a link wants all there is.
                match original {
                    Some(original) if purpose == Use::Link => Some(Target { url: original, pixels, original: None }),
                    original => Some(Target { url, pixels, original }),
                }
            });
            target.clone()
        });
        for line in [&mut draft.headline, &mut draft.subhead, &mut draft.unit, &mut draft.dateline, &mut draft.source]
            .into_iter()
            .flatten()
            .chain(&mut draft.columns)
            .chain(&mut draft.kickers)
            .chain(&mut draft.tags)
            .chain(draft.summary.as_mut())
            .chain(draft.rights.as_mut())
        {
            *line = clean::line(line);
        }
        for people in [&mut draft.authors, &mut draft.contributors] {
            people.iter_mut().for_each(|person| person.name = clean::line(&person.name));
            people.retain(|person| !person.name.is_empty());
        }
        draft.tags.retain(|tag| !tag.is_empty());
        draft.columns.retain(|column| !column.is_empty());
        draft.headline = draft.headline.filter(|headline| !headline.is_empty());
        draft.link =
            draft.link.filter(|link| url::Url::parse(link).is_ok_and(|url| matches!(url.scheme(), "http" | "https")));
        draft.id = draft.id.as_deref().and_then(as_uri);
        draft.cancels = draft.cancels.as_deref().and_then(as_uri);
        let enclosed = draft.enclosures.iter().map(|enclosed| &enclosed.file);
        let elsewhere = draft.image.iter().chain(enclosed).filter(|url| !url.starts_with(BASE));
        let stated = media.iter().filter_map(|(_, source)| match self.found.get(source) {
            Some(Measured::There { stated, .. }) => Some(stated),
            _ => None,
        });
        stated.chain(elsewhere).for_each(|name| add(&mut hashed, name));
        let mut title = clean::title(&draft);
        if title.is_empty() {
            // A picture without a word; something must be said to follow it by.
            title = clean::line(&self.path.stem());
        }
        let fingerprint = *blake3::hash(&hashed).as_bytes();
        Sketch { mark: title.clone(), title, summary: clean::summary(&draft), fingerprint, media, draft }
    }

    /// The URL that a reference becomes, with the medium it carries along; none where it leads nowhere. What readers would
    /// miss and nobody can wait for is doubted.
    fn carry(&mut self, reference: &str, purpose: Use, media: &mut Vec<(Medium, InboxPath)>) -> Option<String> {
        let reference = reference.trim();
        if reference.is_empty() {
            return None;
        }
        match self.lead(reference, purpose, media) {
            Way::To(url) => return Some(url),
            Way::Nowhere if purpose != Use::Link => self.doubt_reference(reference),
            Way::Unfit(doubt) => self.doubt(doubt),
            Way::Nowhere | Way::Awaited => {}
        }
        None
    }

    fn doubt_reference(&mut self, reference: &str) {
        /// More of a reference is not repeated: a person knows it by its beginning.
        const SHOWN: usize = 120;
        let shown: String = reference.chars().take(SHOWN).collect();
        self.doubt(format!("{shown:?} leads to no picture, sound or film in the inbox; it was left out"));
    }

    fn doubt(&mut self, doubt: String) {
        if self.doubts.len() < MAX_MEDIA && !self.doubts.contains(&doubt) {
            self.doubts.push(doubt);
        }
    }

    fn lead(&mut self, reference: &str, purpose: Use, media: &mut Vec<(Medium, InboxPath)>) -> Way {
        if reference.starts_with('#') {
            return if purpose == Use::Link { Way::To(reference.to_owned()) } else { Way::Nowhere };
        }
        if let Some(rest) = reference.strip_prefix("//") {
            return Way::To(format!("https://{rest}"));
        }
        if let Some(part) = reference.strip_prefix(package::WITHIN) {
            return self.part(&percent_decode_str(part).decode_utf8_lossy(), media);
        }
        if let Ok(url) = url::Url::parse(reference) {
            let is_allowed = match purpose {
                Use::Link => matches!(url.scheme(), "http" | "https" | "mailto" | "tel"),
                _ => matches!(url.scheme(), "http" | "https"),
            };
            return if is_allowed { Way::To(reference.to_owned()) } else { Way::Nowhere };
        }
        let plain = reference.split(['?', '#']).next().unwrap_or_default();
        // Windows writes paths with backslashes, and browsers read them so.
        let relative = percent_decode_str(plain).decode_utf8_lossy().replace('\\', "/");
        let Some(source) = self.resolve(&relative) else { return Way::Nowhere };
        if inbox::media_type(&source.extension()).is_none() {
            // A link to something that is no medium: below the publication's own address, as a browser would resolve it.
            return if purpose == Use::Link { Way::To(format!("{BASE}/{}", source.encoded())) } else { Way::Nowhere };
        }
        let is_sought = self.found.len() < MAX_SOUGHT || self.found.contains_key(&source);
        if media.len() >= MAX_MEDIA || !is_sought || is_never_read(&source) {
            return Way::Nowhere;
        }
        let measured = self.medium(source.clone());
        self.taken(measured, source, media)
    }

    /// Where a part of the file itself leads. It comes, changes and goes with the file, so that it is never awaited.
    fn part(&mut self, part: &str, media: &mut Vec<(Medium, InboxPath)>) -> Way {
        let is_below = Path::new(part).components().all(|step| matches!(step, Component::Normal(_)));
        if part.is_empty() || !is_below || media.len() >= MAX_MEDIA {
            return Way::Nowhere;
        }
        let source = self.path.join(part.as_ref());
        let known = self.found.entry(source.clone());
        let measured = known.or_insert_with_key(|source| measure(self.reader, source, self.haste)).clone();
        match self.taken(measured, source, media) {
            Way::Awaited => Way::Nowhere,
            way => way,
        }
    }

    /// Where what lies at a path leads, which goes with the article from now on.
    fn taken(&mut self, measured: Measured, source: InboxPath, media: &mut Vec<(Medium, InboxPath)>) -> Way {
        match measured {
            Measured::There { medium, .. } => Way::To(carried(medium, source, media)),
            Measured::Absent => Way::Awaited,
            Measured::Slow => {
                self.is_slow = true;
                Way::Awaited
            }
            Measured::Unfit(reason) => Way::Unfit(format!("{source} was left out: {reason}")),
        }
    }

    /// Where a relative reference points in the inbox: from the file's folder, or with a leading `/` from the inbox itself.
    fn resolve(&self, relative: &str) -> Option<InboxPath> {
        let mut parts: Vec<&std::ffi::OsStr> = Vec::new();
        let folder = self.path.folder();
        if !relative.starts_with('/') {
            parts.extend(folder.as_path().iter());
        }
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                name => parts.push(name.as_ref()),
            }
        }
        (!parts.is_empty()).then(|| InboxPath::new(parts.iter().collect::<PathBuf>()))
    }

    pub(super) fn medium(&mut self, source: InboxPath) -> Measured {
        if let Some(known) = self.found.get(&source) {
            return known.clone();
        }
        // Only what is a file by itself: a part of another file is that file's own, which nobody else's news follows.
        let look = inbox::look(&self.reader.inbox, &source).ok().flatten();
        let medium = look.map_or(Measured::Absent, |_| measure(self.reader, &source, self.haste));
        self.order.push((source.clone(), look.filter(|_| !matches!(medium, Measured::Absent))));
        self.found.insert(source, medium.clone());
        medium
    }
}

/// Where a reference leads.
enum Way {
    /// To this URL.
    To(String),
    /// To a medium that is not there, and may come.
    Awaited,
    /// To a medium that is not published; what a person is told of it.
    Unfit(String),
    /// Nowhere, whatever may come.
    Nowhere,
}

/// Notes that a medium goes with the article; its URL.
fn carried(medium: Medium, source: InboxPath, media: &mut Vec<(Medium, InboxPath)>) -> String {
    let url = format!("{BASE}/{}", medium.path);
    if !media.iter().any(|(known, _)| known.path == medium.path) {
        media.push((medium, source));
    }
    url
}

/// Whether a path lies where nothing is ever read.
fn is_never_read(path: &InboxPath) -> bool {
    path.as_path().file_name().is_none_or(inbox::never_read) || path.folder().as_path().iter().any(inbox::never_entered)
}

/// The medium that a URL means.
fn medium_of<'a>(media: &'a [(Medium, InboxPath)], url: &str) -> Option<&'a Medium> {
    let path = url.strip_prefix(BASE)?.strip_prefix('/')?;
    media.iter().map(|(medium, _)| medium).find(|medium| medium.path == path)
}

/// A stated id as the URI that Atom asks for (RFC 4287 section 4.2.6): a URI stays as it is, an IRI is encoded, a bare UUID
/// becomes its URN, any other word a URN of our own that depends on nothing else, so that it stays the same wherever the
/// publication moves.
fn as_uri(id: &str) -> Option<String> {
    let id = clean::line(id);
    if id.is_empty() {
        return None;
    }
    let (scheme, rest) = id.split_once(':').unwrap_or_default();
    let is_uri = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        && !rest.is_empty()
        && !id.contains([' ', '<', '>', '"', '{', '}', '|', '\\', '^', '`']);
    if is_uri {
        return Some(utf8_percent_encode(&encoded_percents(&id), BEYOND_URIS).to_string());
    }
    let is_uuid = id.len() == 36
        && id
            .bytes()
            .enumerate()
            .all(|(at, b)| if [8, 13, 18, 23].contains(&at) { b == b'-' } else { b.is_ascii_hexdigit() });
    if is_uuid {
        return Some(format!("urn:uuid:{}", id.to_ascii_lowercase()));
    }
    // What a `tag:` may hold and a URN's name may not in the older of its grammars (RFC 2141), by which validators go.
    let name = InboxPath::from_bytes(id.as_bytes()).composed().replace('/', "%2F").replace('&', "%26");
    Some(format!("urn:syndicated:{name}"))
}

/// The text with each `%` that begins no escape written as one (RFC 3986 section 2.4).
fn encoded_percents(text: &str) -> String {
    let mut parts = text.split('%');
    let mut encoded = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_escape = part.len() >= 2 && part.bytes().take(2).all(|b| b.is_ascii_hexdigit());
        encoded.push_str(if is_escape { "%" } else { "%25" });
        encoded.push_str(part);
    }
    encoded
}

/// Title, body and authors as the file states them. The hash of these with the media, those in the inbox as they lie there,
/// is what moves `updated`.
fn hashed(draft: &Draft) -> Vec<u8> {
    // In one piece: a hash of pieces takes half as long again.
    let mut hashed = Vec::with_capacity(draft.body.len() + 512);
    add(&mut hashed, draft.headline.as_deref().unwrap_or_default());
    add(&mut hashed, draft.subhead.as_deref().unwrap_or_default());
    draft.kickers.iter().for_each(|kicker| add(&mut hashed, kicker));
    add(&mut hashed, &draft.body);
    draft.authors.iter().for_each(|author| add(&mut hashed, &author.name));
    hashed
}

/// Adds a part to what is hashed, so that no two lists of parts are alike.
fn add(hashed: &mut Vec<u8>, part: &str) {
    hashed.extend((part.len() as u64).to_le_bytes());
    hashed.extend(part.as_bytes());
}

//! One document as it is served: its bytes, and the header values that follow from them, made once.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use http::HeaderValue;
use hyper::body::Bytes;

use super::coding::{Coding, Form};
use super::content::Content;
use super::kind::Kind;
use crate::section::Section;

/// The last second an HTTP date can express: the end of the year 9999.
const LAST_HTTP_SECOND: u64 = 253_402_300_799;

/// What a document costs in memory besides its bytes: its header values, its path twice and the cache's entry.
const OVERHEAD: u64 = 1024;

/// `YYYY/MM/DD/SLUG.html`: how many names of a page's path stand behind the section in which it was minted.
const PAGE_NAMES: usize = 4;

/// A document under `feeds/`, immutable.
#[derive(Clone, Debug)]
pub struct Document {
    path: String,
    kind: Kind,
    content: Content,
    hash: [u8; 16],
    modified: SystemTime,
    /// Whether `modified` is not to be told yet, because it lies ahead of the clock.
    is_ahead: bool,
    section: Option<Section>,
    forms: [Form; Coding::ALL.len()],
    /// How often it was sent in each coding; all documents of the same bytes count together.
    sent: Arc<[AtomicU32; Coding::ALL.len()]>,
    etag: HeaderValue,
    weak_etag: HeaderValue,
    last_modified: HeaderValue,
    content_type: HeaderValue,
    link: OnceLock<Option<HeaderValue>>,
}

impl Document {
    /// A document at `path` (relative to `feeds/`, not percent-encoded) whose bytes last changed at `modified`, of which
    /// whole seconds count.
    #[must_use]
    pub fn new(path: impl Into<String>, kind: Kind, body: impl Into<Bytes>, modified: DateTime<Utc>) -> Self {
        let body = body.into();
        let digest = blake3::hash(&body);
        Self::hashed(path, kind, body, digest, modified)
    }

    /// The same of bytes whose hash is known; of a long medium they are in a file.
    #[must_use]
    pub fn hashed(
        path: impl Into<String>,
        kind: Kind,
        content: impl Into<Content>,
        digest: blake3::Hash,
        modified: DateTime<Utc>,
    ) -> Self {
        let content = content.into();
        let form = match &content {
            Content::Memory(body) if kind.is_text() => Form::unmade(body),
            _ => Form::Useless,
        };
        let mut hash = [0; 16];
        hash.copy_from_slice(&digest.as_bytes()[..16]);
        let tag = &digest.to_hex()[..32];
        let seconds = u64::try_from(modified.timestamp()).unwrap_or(0).min(LAST_HTTP_SECOND);
        let modified = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        Self {
            path: path.into(),
            etag: value(&format!("\"{tag}\"")),
            weak_etag: value(&format!("W/\"{tag}\"")),
            last_modified: value(&httpdate::fmt_http_date(modified)),
            content_type: value(&kind.content_type()),
            link: OnceLock::new(),
            sent: Arc::default(),
            kind,
            content,
            forms: std::array::from_fn(|_| form.clone()),
            hash,
            modified,
            is_ahead: false,
            section: None,
        }
    }

    /// The same page of an article that is in this section by now, which need not be the one in its path.
    #[must_use]
    pub fn in_section(self, section: Section) -> Self {
        Self { section: Some(section), ..self }
    }

    /// The document as it may be answered with now: without its date as long as that lies ahead, as that of a document does
    /// which changed several times within a second, so that no two states of it have the same date. An answer's
    /// `Last-Modified` must not be later than its `Date` (RFC 9110 section 8.8.2.1). A date that was past lies ahead again where
    /// the clock was set back.
    #[must_use]
    pub fn at(self: Arc<Self>, now: SystemTime) -> Arc<Self> {
        if self.modified > now { Arc::new(Self { is_ahead: true, ..Self::clone(&self) }) } else { self }
    }

    /// The same document with this form in a coding; media stay without.
    #[must_use]
    pub(super) fn with_form(mut self, coding: Coding, form: Form) -> Self {
        if self.kind.is_text() {
            self.forms[coding as usize] = form;
        }
        self
    }

    /// The same document with the forms of another one of the same bytes.
    pub(super) fn with_forms_of(self, other: &Self) -> Self {
        Self { forms: other.forms.clone(), sent: Arc::clone(&other.sent), ..self }
    }

    /// Its path under `feeds/`, not percent-encoded: `sports/rss.xml`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What sort it is.
    #[must_use]
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// Its bytes, uncoded.
    #[must_use]
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// Its bytes as far as they are in memory, uncoded: all, or none of a medium that is read as it is sent.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        static NONE: Bytes = Bytes::new();
        match &self.content {
            Content::Memory(bytes) => bytes,
            Content::File(_) => &NONE,
        }
    }

    /// The first sixteen bytes of its bytes' BLAKE3 hash: equal exactly when the bytes are.
    #[must_use]
    pub fn hash(&self) -> &[u8; 16] {
        &self.hash
    }

    /// When its bytes last changed, whole seconds; none while that lies ahead.
    #[must_use]
    pub fn modified(&self) -> Option<SystemTime> {
        (!self.is_ahead).then_some(self.modified)
    }

    /// The section whose feeds tell of it: a front's and a feed's own, an article's first.
    #[must_use]
    pub fn section(&self) -> Section {
        let names = if matches!(self.kind, Kind::Page | Kind::Retraction) { PAGE_NAMES } else { 1 };
        let minted = || Section::stored(self.path.rsplitn(names + 1, '/').nth(names).unwrap_or_default().to_owned());
        self.section.clone().unwrap_or_else(minted)
    }

    /// Its form in a coding.
    #[must_use]
    pub fn form(&self, coding: Coding) -> &Form {
        &self.forms[coding as usize]
    }

    /// Whether a reader who welcomes a coding gets it, once it is made.
    #[must_use]
    pub fn may_be_coded(&self, coding: Coding) -> bool {
        !matches!(self.form(coding), Form::Useless)
    }

    /// Counts that it is sent in a coding; how often it was.
    pub(super) fn count(&self, coding: Coding) -> u32 {
        self.sent[coding as usize].fetch_add(1, Ordering::Relaxed).wrapping_add(1)
    }

    /// The validator of the uncoded bytes, strong: `"H"`.
    #[must_use]
    pub fn etag(&self) -> &HeaderValue {
        &self.etag
    }

    /// The validator of every coding, weak: `W/"H"`.
    #[must_use]
    pub fn weak_etag(&self) -> &HeaderValue {
        &self.weak_etag
    }

    /// The value of `Last-Modified`; none while that lies ahead.
    #[must_use]
    pub fn last_modified(&self) -> Option<&HeaderValue> {
        (!self.is_ahead).then_some(&self.last_modified)
    }

    /// The value of `Content-Type`.
    #[must_use]
    pub fn content_type(&self) -> &HeaderValue {
        &self.content_type
    }

    /// The value of `Link`, made when it is first asked for: it holds the same base URL as the bytes do.
    pub fn link(&self, make: impl FnOnce() -> Option<HeaderValue>) -> Option<&HeaderValue> {
        self.link.get_or_init(make).as_ref()
    }

    pub(super) fn weight(&self) -> u64 {
        let coded = self.forms.iter().filter_map(Form::bytes).map(Bytes::len).sum::<usize>();
        (self.body().len() + coded + 2 * self.path.len()) as u64 + OVERHEAD
    }
}

/// A header value; a media type that cannot stand in one says nothing.
fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

//! One document as it is served: its bytes, and the header values that follow from them, made once.

use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use http::HeaderValue;
use hyper::body::Bytes;

use super::kind::Kind;

/// The last second an HTTP date can express: the end of the year 9999.
const LAST_HTTP_SECOND: u64 = 253_402_300_799;

/// What a document costs in memory besides its bytes: its header values, its path twice and the cache's entry.
const OVERHEAD: u64 = 768;

/// The gzip form of a document. All forms share one weak validator, so that a better one made later never makes a
/// reader fetch again.
#[derive(Clone, Debug)]
pub enum Gzip {
    /// Not made yet.
    Unmade,
    /// It would be no smaller, or saves no packet: the document is sent as it is.
    Useless,
    /// Made at once, for a reader who was waiting.
    Fast(Bytes),
    /// Made at leisure.
    Small(Bytes),
}

/// A document under `feeds/`, immutable.
#[derive(Clone, Debug)]
pub struct Document {
    path: String,
    kind: Kind,
    body: Bytes,
    hash: [u8; 16],
    modified: SystemTime,
    gzip: Gzip,
    etag: HeaderValue,
    weak_etag: HeaderValue,
    last_modified: HeaderValue,
    content_type: HeaderValue,
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

    /// The same of a body whose hash is known.
    #[must_use]
    pub fn hashed(
        path: impl Into<String>,
        kind: Kind,
        body: impl Into<Bytes>,
        digest: blake3::Hash,
        modified: DateTime<Utc>,
    ) -> Self {
        let body = body.into();
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
            gzip: if kind.is_text() { Gzip::Unmade } else { Gzip::Useless },
            kind,
            body,
            hash,
            modified,
        }
    }

    /// The same document with this gzip form; media stay without.
    #[must_use]
    pub fn with_gzip(self, gzip: Gzip) -> Self {
        Self { gzip: if self.kind.is_text() { gzip } else { Gzip::Useless }, ..self }
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
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The first sixteen bytes of its bytes' BLAKE3 hash: equal exactly when the bytes are.
    #[must_use]
    pub fn hash(&self) -> &[u8; 16] {
        &self.hash
    }

    /// When its bytes last changed, whole seconds.
    #[must_use]
    pub fn modified(&self) -> SystemTime {
        self.modified
    }

    /// Its gzip form.
    #[must_use]
    pub fn gzip(&self) -> &Gzip {
        &self.gzip
    }

    /// Its bytes in gzip, where that form exists.
    #[must_use]
    pub fn gzip_body(&self) -> Option<&Bytes> {
        match &self.gzip {
            Gzip::Fast(coded) | Gzip::Small(coded) => Some(coded),
            Gzip::Unmade | Gzip::Useless => None,
        }
    }

    /// Whether it is settled how it looks in gzip.
    #[must_use]
    pub fn is_compressed(&self) -> bool {
        !matches!(self.gzip, Gzip::Unmade)
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

    /// The value of `Last-Modified`.
    #[must_use]
    pub fn last_modified(&self) -> &HeaderValue {
        &self.last_modified
    }

    /// The value of `Content-Type`.
    #[must_use]
    pub fn content_type(&self) -> &HeaderValue {
        &self.content_type
    }

    pub(super) fn weight(&self) -> u64 {
        let coded = self.gzip_body().map_or(0, Bytes::len);
        (self.body.len() + coded + 2 * self.path.len()) as u64 + OVERHEAD
    }
}

/// A header value; a media type that cannot stand in one says nothing.
fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

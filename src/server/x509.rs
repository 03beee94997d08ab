//! An X.509 certificate (RFC 5280 section 4.1) → when it is valid, who issued it and for whom. Nothing else of it is read here,
//! and nothing is decided by it: who trusts it is the client.

use chrono::{DateTime, NaiveDateTime, Utc};

const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xa0;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// What a certificate says. The names are as they lie in it: equal ones are the same.
pub(super) struct Facts<'c> {
    pub(super) issuer: &'c [u8],
    pub(super) begins: DateTime<Utc>,
    pub(super) ends: DateTime<Utc>,
    pub(super) subject: &'c [u8],
}

/// What it says; none where it does not look like a certificate.
pub(super) fn facts(certificate: &[u8]) -> Option<Facts<'_>> {
    let (_, certificate, _) = value(certificate)?;
    let (_, mut rest, _) = value(certificate)?;
    let (tag, _, after_version) = value(rest)?;
    if tag == VERSION {
        rest = after_version;
    }
    // Serial number, signature algorithm.
    for _ in 0..2 {
        rest = value(rest)?.2;
    }
    let (_, issuer, rest) = value(rest)?;
    let (tag, validity, rest) = value(rest)?;
    if tag != SEQUENCE {
        return None;
    }
    let (begins, ending) = time(validity)?;
    let (ends, _) = time(ending)?;
    let (_, subject, _) = value(rest)?;
    Some(Facts { issuer, begins, ends, subject })
}

/// The first value in DER: its tag, its content, and what follows it.
fn value(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = der.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let (bytes, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
        if bytes.len() > 3 {
            return None;
        }
        (bytes.iter().fold(0, |length, byte| length << 8 | usize::from(*byte)), rest)
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((tag, content, rest))
}

/// A time, and what follows it. Years of two digits are 1950 to 2049.
fn time(der: &[u8]) -> Option<(DateTime<Utc>, &[u8])> {
    let (tag, content, rest) = value(der)?;
    let text = std::str::from_utf8(content).ok()?;
    let text = match tag {
        UTC_TIME => format!("{}{text}", if text < "50" { "20" } else { "19" }),
        GENERALIZED_TIME => text.to_owned(),
        _ => return None,
    };
    Some((NaiveDateTime::parse_from_str(&text, "%Y%m%d%H%M%SZ").ok()?.and_utc(), rest))
}

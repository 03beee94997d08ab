//! `Accept-Encoding` to the codings a reader takes most gladly (RFC 9110 section 12.5.3), and of those to the one it gets.

use http::HeaderMap;
use http::header::ACCEPT_ENCODING;
use hyper::body::Bytes;

use crate::edition::{Coding, Document};

/// The codings that a reader likes best, all alike, in the order of [`Coding::ALL`]. None of them: it gets no coding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Welcome([bool; Coding::ALL.len()]);

/// What a request says of each coding, in thousandths; none where it says nothing.
#[derive(Default)]
struct Weights {
    codings: [Option<u16>; Coding::ALL.len()],
    identity: Option<u16>,
    any: Option<u16>,
}

/// What a request welcomes.
///
/// A reader that accepts neither a coding nor none gets the document uncoded all the same, which section 12.5.3 allows: a
/// feed is more use to it than a 406.
pub(super) fn welcome(request: &HeaderMap) -> Welcome {
    let weights = weights(request);
    let all = weights.codings.map(|weight| weight.or(weights.any).unwrap_or(0));
    let best = all.iter().copied().max().unwrap_or(0);
    if best == 0 || weights.identity.or(weights.any).is_some_and(|identity| identity > best) {
        return Welcome::default();
    }
    let named = |at: usize| all[at] == best && weights.codings[at].is_some();
    // Who welcomes everything and names none of these hardly knows the newer ones.
    let gzip = Coding::Gzip as usize;
    if !Coding::ALL.iter().any(|coding| named(*coding as usize)) && all[gzip] == best {
        return Welcome(Coding::ALL.map(|coding| coding == Coding::Gzip));
    }
    Welcome(all.map(|weight| weight == best))
}

impl Welcome {
    /// The one to make where none is there.
    pub(super) fn first(self) -> Option<Coding> {
        Coding::ALL.into_iter().find(|coding| self.0[*coding as usize])
    }

    /// The smallest form there is.
    pub(super) fn smallest(self, document: &Document) -> Option<(Coding, &Bytes)> {
        let welcome = Coding::ALL.into_iter().filter(|coding| self.0[*coding as usize]);
        welcome.filter_map(|coding| Some((coding, document.form(coding).bytes()?))).min_by_key(|(_, coded)| coded.len())
    }
}

fn weights(request: &HeaderMap) -> Weights {
    let mut weights = Weights::default();
    let lines = request.get_all(ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    for element in lines.flat_map(|line| line.split(',')) {
        let (coding, parameter) = element.split_once(';').map_or((element, None), |(name, rest)| (name, Some(rest)));
        let Some(quality) = parameter.map_or(Some(1000), quality) else { continue };
        let coding = coding.trim();
        let is = |name: &str| coding.eq_ignore_ascii_case(name);
        let weight = if coding == "*" {
            &mut weights.any
        } else if is("identity") {
            &mut weights.identity
        } else if is("x-gzip") {
            &mut weights.codings[Coding::Gzip as usize]
        } else if let Some(coding) = Coding::ALL.into_iter().find(|coding| is(coding.name())) {
            &mut weights.codings[coding as usize]
        } else {
            continue;
        };
        *weight = Some(quality.max(weight.unwrap_or(0)));
    }
    weights
}

/// A weight in thousandths: `q=0.5` is 500. None where it is none, so that the element says nothing.
fn quality(parameter: &str) -> Option<u16> {
    let (name, value) = parameter.split_once('=')?;
    let (whole, fraction) = value.trim().split_once('.').unwrap_or((value.trim(), ""));
    if !name.trim().eq_ignore_ascii_case("q") || fraction.len() > 3 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let digits = fraction.bytes().chain(std::iter::repeat(b'0')).take(3);
    let thousandths = digits.fold(0, |sum, digit| sum * 10 + u16::from(digit - b'0'));
    match whole {
        "0" => Some(thousandths),
        "1" if thousandths == 0 => Some(1000),
        _ => None,
    }
}

//! Where a text was printed, as papers' pages on the web say it below a headline → who wrote it, the paper and the day:
//! `林晓《江城日报》（2026年11月24日 第 02 版）`.

use chrono_tz::Tz;

use super::imprint::{Imprint, whole_date};
use crate::parse::page;

/// What such a line says, if it says nothing else.
pub(super) fn cited(line: &str, zone: Tz) -> Option<Imprint> {
    let (before, rest) = line.trim().trim_matches(['（', '）', '(', ')']).split_once('《')?;
    let (house, printed) = rest.split_once('》')?;
    let is_around = |c: char| c.is_whitespace() || "（）(),，".contains(c);
    let printed = printed.trim_matches(is_around);
    let day = match printed.strip_suffix('版') {
        Some(page) => page.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c.is_whitespace()),
        None => printed,
    };
    let published = whole_date(day.trim_end_matches('第').trim_matches(is_around), zone)?;
    let authors = match before.trim() {
        "" => Vec::new(),
        names => page::signed(names)?,
    };
    Some(Imprint { authors, house: Some(house.to_owned()), published: Some(published), ..Imprint::default() })
}

//! Names, roles and deeds as bylines, leads, signatures and credits list them → authors. Anything else is no byline.

use std::ops::Range;

use crate::article::{Author, Deed};

use super::deeds::{self, split_deed};
use super::letters::{MARKS, Words, ends, is_han};
use super::names::{is_compound_surname, is_name, is_plain_name, is_unit};
use super::roles::{civic_behind, is_house, rank_behind, role_in};

/// No byline of any paper is longer; beyond, it is prose.
pub(crate) const MAX_BYLINE: usize = 80;

/// Characters with spaces between them that are no names: numbers and parts.
const NOT_SPREAD: &str = "一二三四五六七八九十上中下完之其第";

/// Who gave the pictures is told in no more characters, `提供` included.
const MAX_GIVER: usize = 12;

/// What stands where nobody is named who gave them.
const NOBODY: [&str; 6] = ["资料", "资料图", "资料图片", "网络", "受访者", "本人"];

/// A list of people.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Byline {
    /// The people, in print order.
    pub(crate) authors: Vec<Author>,
    /// Whether it says what somebody is.
    pub(crate) has_role: bool,
    /// Whether it says that somebody took a photograph and nobody wrote more.
    pub(crate) has_photo: bool,
    /// Whether a mark (`■`) stands before it.
    pub(crate) marked: bool,
}

/// How sure the surroundings are that names come.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Surroundings {
    /// Brackets of a lead, or a marked line under a head: names need no known surname.
    Sure,
    /// A line or bracket by itself: names without a role need a known surname.
    Open,
}

/// The people that a range of the words lists, if it lists people and nothing else.
pub(crate) fn read(words: &Words, range: Range<usize>, surroundings: Surroundings) -> Option<Byline> {
    let range = words.trim(range);
    if range.is_empty() || range.len() > MAX_BYLINE {
        return None;
    }
    let mut list = List { words, sure: surroundings == Surroundings::Sure, ..List::empty(words) };
    let mut start = range.start;
    for at in range.start..=range.end {
        let between = at == range.end || matches!(words.folded[at], ' ' | '、' | ',' | ';' | '/' | '|' | ':' | '&');
        if between {
            let token = list.unmarked(start..at);
            if !token.is_empty() {
                list.token(token)?;
            }
            start = at + 1;
        }
    }
    list.finish()
}

/// A byline while it is being read.
struct List<'w> {
    words: &'w Words,
    sure: bool,
    byline: Byline,
    role: Option<(String, Option<String>)>,
    /// The house that names without a role come from.
    unit: Option<String>,
    /// Whether the role is one that readers have.
    civic: bool,
    /// Whether a deed with a colon (`文：`) says that a name comes.
    told: bool,
    /// Whether what is left of the token follows its role without a space.
    run_on: bool,
    /// The first half of a name spread with a space.
    half: Option<usize>,
    /// Deeds said before the names they hold for, and whether this byline does so.
    ahead: Vec<Deed>,
    leads_with_deed: bool,
    /// The first author that deeds said behind the names hold for.
    since: usize,
    named_since_deed: bool,
    /// Whether it says that somebody wrote the text.
    wrote: bool,
}

impl<'w> List<'w> {
    fn empty(words: &'w Words) -> Self {
        Self {
            words,
            sure: false,
            byline: Byline::default(),
            role: None,
            unit: None,
            civic: false,
            told: false,
            run_on: false,
            half: None,
            ahead: Vec::new(),
            leads_with_deed: false,
            since: 0,
            named_since_deed: false,
            wrote: false,
        }
    }

    /// The token without the marks before it.
    fn unmarked(&mut self, token: Range<usize>) -> Range<usize> {
        let marks = self.words.folded[token.clone()].iter().take_while(|c| MARKS.contains(**c)).count();
        if marks > 0 {
            self.byline.marked = true;
        }
        token.start + marks..token.end
    }

    fn token(&mut self, token: Range<usize>) -> Option<()> {
        let mut rest = token;
        self.run_on = false;
        // Each turn takes a role, a name or a deed from the front: at most as many turns as characters.
        while !rest.is_empty() {
            let chars = &self.words.folded[rest.clone()];
            if let [only] = chars
                && (self.half.is_some() || !"文图摄著作绘书画刻".contains(*only))
            {
                return self.half_name(rest.start);
            }
            // `刘 峰摄`
            if self.half.is_some() && matches!(chars, [_, '摄']) {
                self.half_name(rest.start)?;
                rest.start += 1;
                continue;
            }
            if let Some(first) = self.half.take() {
                // `林 知秋`: the surname spread from a given name of two.
                let name = [&self.words.folded[first..=first], chars].concat();
                if name.len() != 3 || !is_plain_name(&name) {
                    return None;
                }
                let name = self.words.printed(first..first + 1) + &self.words.printed(rest);
                self.push(name);
                return Some(());
            }
            if let Some(deeds) = deeds::exact(chars) {
                self.deed(rest, deeds);
                return Some(());
            }
            // `机械学院 钟灵` in the brackets of a lead-in.
            if self.sure && is_unit(chars) && !is_plain_name(chars) && role_in(chars).is_none() {
                self.role = None;
                self.unit = Some(self.words.printed(rest));
                return Some(());
            }
            // `图片：受访者提供`, `图/资料` beside who wrote the text.
            let given = ends(chars, "提供") || NOBODY.iter().any(|word| word.chars().eq(chars.iter().copied()));
            if given && self.leads_with_deed && chars.len() <= MAX_GIVER {
                return Some(());
            }
            if let Some(civic) = civic_behind(chars) {
                return self.civic(rest.start..rest.end - civic, rest.end);
            }
            rest = match role_in(chars) {
                Some((at, end)) => {
                    let role = self.role(rest.start..rest.start + at, rest.start + end)?;
                    self.role = Some(role);
                    self.unit = None;
                    self.civic = false;
                    self.byline.has_role = true;
                    self.run_on = true;
                    rest.start + end..rest.end
                }
                None => {
                    let (name, deeds) = split_deed(chars);
                    self.name(rest.start..rest.start + name)?;
                    if let Some(deeds) = deeds {
                        self.deed(rest.start + name..rest.end, deeds);
                    }
                    return Some(());
                }
            };
        }
        Some(())
    }

    /// The role that ends at `end`, with what stands before its word: a name run on, the house, the rank.
    fn role(&mut self, before: Range<usize>, end: usize) -> Option<(String, Option<String>)> {
        let mut house = before.clone();
        while let Some(rank) = rank_behind(&self.words.folded[house.clone()]) {
            house.end -= rank;
        }
        let role = self.words.printed(house.end..end);
        let chars = &self.words.folded[house.clone()];
        if chars.is_empty() {
            return Some((role, None));
        }
        if is_house(chars) {
            return Some((role, Some(self.words.printed(house))));
        }
        if self.role.is_some() && is_name(chars) {
            self.name(house)?;
            return Some((role, None));
        }
        if self.sure && chars.len() <= 10 && chars.iter().all(|c| is_han(*c)) {
            return Some((role, Some(self.words.printed(house))));
        }
        None
    }

    /// `洪山镇读者`, `市民`: where from, and what they are.
    fn civic(&mut self, before: Range<usize>, end: usize) -> Option<()> {
        let from = &self.words.folded[before.clone()];
        if !from.is_empty() && !is_unit(from) {
            return None;
        }
        let from = Some(self.words.printed(before.clone())).filter(|from| !from.is_empty());
        self.role = Some((self.words.printed(before.end..end), from));
        self.byline.has_role = true;
        self.civic = true;
        Some(())
    }

    fn half_name(&mut self, at: usize) -> Option<()> {
        if !is_han(self.words.folded[at]) {
            return None;
        }
        match self.half.take() {
            None if self.completes_compound() => {
                let rest = self.words.printed(at..at + 1);
                if let Some(author) = self.byline.authors.last_mut() {
                    author.name.push_str(&rest);
                }
            }
            None => self.half = Some(at),
            Some(first) => {
                let both = [self.words.folded[first], self.words.folded[at]];
                // Nothing but a name is set wide so: it needs no known surname.
                let counts = both.iter().any(|c| NOT_SPREAD.contains(*c));
                if !self.accepts(&both) && (counts || !is_name(&both)) {
                    return None;
                }
                let name = self.words.printed(first..first + 1) + &self.words.printed(at..at + 1);
                self.push(name);
            }
        }
        Some(())
    }

    /// Whether the last name is but a surname of two characters (`欧阳 雪`).
    fn completes_compound(&self) -> bool {
        self.byline.authors.last().is_some_and(|author| is_compound_surname(&author.name))
    }

    fn name(&mut self, range: Range<usize>) -> Option<()> {
        if !self.accepts(&self.words.folded[range.clone()]) {
            return None;
        }
        self.push(self.words.printed(range));
        Some(())
    }

    fn accepts(&self, chars: &[char]) -> bool {
        // `记者在采访中` is no name: run on to its role, one needs a known surname too.
        let expected = self.sure || self.told || (self.role.is_some() && !self.run_on && !self.civic);
        if expected { is_name(chars) } else { is_plain_name(chars) }
    }

    fn push(&mut self, name: String) {
        let (role, affiliation) = self.role.clone().map_or((None, None), |(role, house)| (Some(role), house));
        let affiliation = affiliation.or_else(|| self.unit.clone());
        self.byline.authors.push(Author { name, role, affiliation, does: self.ahead.clone(), url: None });
        self.named_since_deed = true;
    }

    fn deed(&mut self, word: Range<usize>, deeds: &[Deed]) {
        // `文/图` signs a report; who only took the picture is its credit.
        self.wrote |= deeds::is_writing(&self.words.folded[word.clone()]);
        self.byline.has_photo |= deeds.contains(&Deed::Photo);
        self.told |= self.words.folded.get(word.end) == Some(&':');
        if self.byline.authors.is_empty() {
            self.leads_with_deed = true;
        }
        if self.leads_with_deed {
            if self.named_since_deed {
                self.ahead.clear();
            }
            self.ahead.extend(deeds);
        } else {
            if self.named_since_deed {
                self.since = self.byline.authors.iter().position(|a| a.does.is_empty()).unwrap_or(self.since);
            }
            for author in &mut self.byline.authors[self.since..] {
                author.does.extend(deeds);
            }
        }
        self.named_since_deed = false;
    }

    fn finish(mut self) -> Option<Byline> {
        self.byline.has_photo &= !self.wrote;
        (self.half.is_none() && !self.byline.authors.is_empty()).then_some(self.byline)
    }
}

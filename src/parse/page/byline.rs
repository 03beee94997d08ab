//! Names, roles and deeds as bylines, leads, signatures and credits list them → authors. Anything else is no byline.

use std::ops::Range;

use crate::article::{Author, Deed};

use super::deeds::{self, split_deed};
use super::givers::is_giver;
use super::letters::{MARKS, Words, begins, is_han};
use super::names::{before_assumed, behind_nation, is_address, is_compound_surname, is_name, is_plain_name, is_unit};
use super::places::is_from;
use super::roles::{civic_behind, is_house, is_named_house, rank_behind, role_ahead, role_in};

/// No byline of any paper is longer; beyond, it is prose.
pub(crate) const MAX_BYLINE: usize = 80;

/// Characters with spaces between them that are no names: numbers and parts.
const NOT_SPREAD: &str = "一二三四五六七八九十上中下完之其第";

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
    if range.is_empty() || range.len() > MAX_BYLINE || is_address(&words.folded[range.clone()]) {
        return None;
    }
    let mut list = List { sure: surroundings == Surroundings::Sure, end: range.end, ..List::empty(words) };
    let mut start = range.start;
    for at in range.start..=range.end {
        let between = at == range.end || (is_between(words.folded[at]) && !list.joins(start, at));
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

/// Whether it stands between the parts of a byline.
fn is_between(c: char) -> bool {
    matches!(c, ' ' | '、' | ',' | ';' | '/' | '|' | ':' | '&')
}

/// A byline while it is being read.
struct List<'w> {
    words: &'w Words,
    /// Where the byline ends in the words.
    end: usize,
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
    /// The house that stands before a role with a space between.
    house: Option<String>,
    /// Whether nobody by name comes before a deed (`受访者 供图`).
    nobody: bool,
}

impl<'w> List<'w> {
    fn empty(words: &'w Words) -> Self {
        Self {
            words,
            end: words.len(),
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
            house: None,
            nobody: false,
        }
    }

    /// The token behind a position and what stands between.
    fn next(&self, at: usize) -> &'w [char] {
        let rest = &self.words.folded[at.min(self.end)..self.end];
        let start = rest.iter().take_while(|c| is_between(**c)).count();
        let rest = &rest[start..];
        &rest[..rest.iter().position(|c| is_between(*c)).unwrap_or(rest.len())]
    }

    /// Whether the stroke at `at` joins a paper with its app: `云州晚报/云上新闻记者 …`, `云州晚报//云上新闻 记者 …`.
    fn joins(&self, start: usize, at: usize) -> bool {
        if self.words.folded[at] != '/' {
            return false;
        }
        let before = &self.words.folded[start..at];
        let before = before.strip_suffix(&['/']).unwrap_or(before);
        let next = self.next(at);
        is_named_house(before) && (is_named_house(next) || role_in(next).is_some_and(|(role, _)| role > 0))
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
            let mut chars = &self.words.folded[rest.clone()];
            if let Some(name) = behind_nation(chars).filter(|_| self.half.is_none()) {
                self.told = true;
                rest.start = rest.end - name.len();
                chars = name;
            }
            if let Some(name) = before_assumed(chars) {
                rest.end = rest.start + name.len();
                chars = name;
            }
            if let [only] = chars
                && (self.half.is_some() || !"文图摄著译作绘书画刻".contains(*only))
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
                let said = matches!(self.words.folded.get(rest.end), Some(':' | '/'));
                if deeds::is_drawn(chars) && self.byline.authors.is_empty() && !said {
                    return None;
                }
                self.deed(rest, deeds);
                return Some(());
            }
            // `云州新闻客户端 记者 …`
            if is_named_house(chars) && role_ahead(self.next(rest.end)).is_some() {
                self.house = Some(self.words.printed(rest));
                return Some(());
            }
            // `特派记者 贺兰 发自青岛`, `记者 贺兰 深圳报道`: where from is no name.
            if (begins(chars, "发自") || is_from(chars)) && !self.byline.authors.is_empty() {
                return Some(());
            }
            // `机械学院 钟灵` in the brackets of a lead-in.
            if self.sure && is_unit(chars) && !is_plain_name(chars) && role_in(chars).is_none() {
                self.role = None;
                self.unit = Some(self.words.printed(rest));
                return Some(());
            }
            // `图片：受访者提供`, `图/资料`, `受访者供图` beside who wrote the text.
            if is_giver(chars) && (self.leads_with_deed || !self.byline.authors.is_empty()) {
                self.nobody = !self.leads_with_deed;
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
                    let (name, deeds) = self.run_on_writer(&rest).unwrap_or_else(|| split_deed(chars));
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

    /// `本报记者卞之文/图`: the pair is what a writer did, not the end of a name.
    fn run_on_writer(&self, token: &Range<usize>) -> Option<(usize, Option<&'static [Deed]>)> {
        let name = token.len().checked_sub(1).filter(|name| *name >= 2 && self.run_on && !self.wrote)?;
        let pair = self.words.starts(token.start + name, "文/") && self.next(token.end) == ['图'];
        pair.then(|| (name, deeds::exact(&['文'])))
    }

    /// The role that ends at `end`, with what stands before its word: a name run on, the house, the rank.
    fn role(&mut self, before: Range<usize>, end: usize) -> Option<(String, Option<String>)> {
        let mut house = before.clone();
        while let Some(rank) = rank_behind(&self.words.folded[house.clone()]) {
            // `云州融媒记者`, `半岛全媒体首席记者`: the house itself ends like a rank.
            let shorter = &self.words.folded[house.start..house.end - rank];
            if !shorter.is_empty() && !is_house(shorter) && is_named_house(&self.words.folded[house.clone()]) {
                break;
            }
            house.end -= rank;
        }
        let role = self.words.printed(house.end..end);
        let chars = &self.words.folded[house.clone()];
        if chars.is_empty() {
            return Some((role, self.house.take()));
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
        let behind = !self.byline.authors.is_empty() && !self.leads_with_deed;
        let next = self.next(word.end);
        let told = matches!(self.words.folded.get(word.end), Some(':' | '/'));
        // `受访者 供图`, `图/受访者提供`; but `邱林 摄/光明图片` was taken by who stands before it.
        let took = self.words.folded[word.start] == '摄';
        if std::mem::take(&mut self.nobody) || (behind && told && !took && is_giver(next)) {
            return;
        }
        // `本报记者 卞之 制图 李梅`: the last name is whose deed stands before it; the others wrote.
        let last = self.last_token_is(word.end, next.len());
        if behind && last && deeds == [Deed::Photo] && Self::is_person(next) {
            self.wrote = true;
            self.told = true;
            self.role = None;
            self.unit = None;
            self.ahead = deeds.to_vec();
            return;
        }
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

    /// Whether nothing but a token of that length stands behind a position.
    fn last_token_is(&self, at: usize, length: usize) -> bool {
        self.words.folded[at..self.end - length].iter().all(|c| is_between(*c))
    }

    /// Whether a token is a name and no word of a byline.
    fn is_person(chars: &[char]) -> bool {
        is_plain_name(chars) && !deeds::is_deed(chars) && role_in(chars).is_none() && split_deed(chars).1.is_none()
    }

    fn finish(mut self) -> Option<Byline> {
        self.byline.has_photo &= !self.wrote;
        (self.half.is_none() && !self.byline.authors.is_empty()).then_some(self.byline)
    }
}

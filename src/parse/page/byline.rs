//! Names and roles as bylines, leads, signatures and credits list them → authors. Anything else is no byline. Somewhat over
//! 400 lines because names, roles and deeds run on into one another and are read by one grammar.

use std::ops::Range;

use crate::article::{Author, Deed};

use super::letters::{MARKS, Words, begins, ends, is_han};
use super::names::{is_compound_surname, is_name, is_plain_name, is_unit};

/// No byline of any paper is longer; beyond, it is prose.
pub(crate) const MAX_BYLINE: usize = 80;

/// Characters with spaces between them that are no names: numbers and parts.
const NOT_SPREAD: &str = "一二三四五六七八九十上中下完之其第";

/// Who gave the pictures is told in no more characters, `提供` included.
const MAX_GIVER: usize = 12;

/// What stands where nobody is named who gave them.
const NOBODY: [&str; 6] = ["资料", "资料图", "资料图片", "网络", "受访者", "本人"];

/// What people are called, the longest first where one begins another.
const ROLES: [&str; 15] = [
    "摄影记者",
    "特约摄影",
    "特约撰稿人",
    "特约撰稿",
    "记者",
    "通讯员",
    "通信员",
    "实习生",
    "评论员",
    "撰稿人",
    "特派员",
    "特约作者",
    "见习生",
    "观察员",
    "作者",
];
/// What people are called who write to a paper. The words begin sentences too: only a known surname follows them.
const CIVIC: [&str; 8] = ["读者", "市民", "网友", "村民", "居民", "家长", "退休教师", "退休职工"];
/// Words that belong to the role that follows them.
const RANKS: [&str; 19] = [
    "首席",
    "见习",
    "实习",
    "特约",
    "特派",
    "全媒体",
    "融媒体",
    "融媒",
    "摄影",
    "文字",
    "高级",
    "资深",
    "驻站",
    "视频",
    "体育",
    "文体",
    "学生",
    "校园",
    "小",
];
/// What people did, the longest first.
const DEEDS: [(&str, &[Deed]); 29] = [
    ("现场报道", &[Deed::Text]),
    ("联合报道", &[Deed::Text]),
    ("独家报道", &[Deed::Text]),
    ("专题报道", &[Deed::Text]),
    ("摄影报道", &[Deed::Photo, Deed::Text]),
    ("图文报道", &[Deed::Text, Deed::Photo]),
    ("综合报道", &[Deed::Text]),
    ("采写", &[Deed::Text]),
    ("撰文", &[Deed::Text]),
    ("编译", &[Deed::Text]),
    ("整理", &[Deed::Text]),
    ("供稿", &[Deed::Text]),
    ("报道", &[]),
    ("报导", &[]),
    ("图文", &[Deed::Text, Deed::Photo]),
    ("文图", &[Deed::Text, Deed::Photo]),
    ("摄影", &[Deed::Photo]),
    ("供图", &[Deed::Photo]),
    ("图片", &[Deed::Photo]),
    ("摄", &[Deed::Photo]),
    ("图", &[Deed::Photo]),
    ("文", &[Deed::Text]),
    ("撰稿", &[Deed::Text]),
    ("著", &[Deed::Text]),
    ("作", &[Deed::Photo]),
    ("绘", &[Deed::Photo]),
    ("书", &[Deed::Photo]),
    ("画", &[Deed::Photo]),
    ("刻", &[Deed::Photo]),
];
/// Of these, what says that somebody wrote the text under the headline, not a caption.
const WRITTEN: [&str; 6] = ["文", "图文", "文图", "采写", "撰文", "撰稿"];
/// How the house before a role ends, where it does not begin with `本` or `驻`.
const HOUSES: [&str; 12] = ["报", "社", "台", "网", "媒体", "中心", "客户端", "杂志", "周刊", "通讯", "融媒", "全媒"];

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
            if let Some(deeds) = exact_deed(chars) {
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
            if let Some(civic) = CIVIC.iter().find(|w| ends(chars, w)) {
                return self.civic(rest.start..rest.end - civic.chars().count(), rest.end);
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
        while let Some(rank) = RANKS.iter().find(|r| ends(&self.words.folded[house.clone()], r)) {
            house.end -= rank.chars().count();
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
        self.wrote |= WRITTEN.iter().any(|w| w.chars().eq(self.words.folded[word.clone()].iter().copied()));
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

/// Whether it names the house somebody works for.
pub(super) fn is_house(chars: &[char]) -> bool {
    // `新华社“新华视点”记者`
    let column = chars.iter().position(|c| *c == '“').filter(|_| chars.last() == Some(&'”'));
    let chars = &chars[..column.unwrap_or(chars.len())];
    chars.len() <= 16
        && chars.iter().all(|c| is_han(*c))
        && (begins(chars, "本") || begins(chars, "驻") || HOUSES.iter().any(|h| ends(chars, h)))
}

/// Where the first role word of a token stands: start and end.
fn role_in(chars: &[char]) -> Option<(usize, usize)> {
    (0..chars.len()).find_map(|at| ROLES.iter().find(|r| begins(&chars[at..], r)).map(|r| (at, at + r.chars().count())))
}

/// Whether a word says what people did, and nothing else.
pub(super) fn is_deed(chars: &[char]) -> bool {
    exact_deed(chars).is_some()
}

fn exact_deed(chars: &[char]) -> Option<&'static [Deed]> {
    DEEDS.iter().find(|(word, _)| word.chars().eq(chars.iter().copied())).map(|(_, deeds)| *deeds)
}

/// A deed written on to a name (`顾长风摄`): the name's length, the deed. A last `文`, `图` or `书` is part of the name.
fn split_deed(chars: &[char]) -> (usize, Option<&'static [Deed]>) {
    DEEDS
        .iter()
        .filter(|(word, _)| word.chars().count() > 1 || *word == "摄")
        .find(|(word, _)| ends(chars, word) && chars.len() >= word.chars().count() + 2)
        .map_or((chars.len(), None), |(word, deeds)| (chars.len() - word.chars().count(), Some(*deeds)))
}

/// Length of the role that the characters begin with, its house and ranks included (`特约记者`, `本报首席记者`).
pub(crate) fn role_ahead(chars: &[char]) -> Option<usize> {
    let mut at = if begins(chars, "本报") { 2 } else { 0 };
    while let Some(rank) = RANKS.iter().find(|rank| begins(&chars[at..], rank)) {
        at += rank.chars().count();
    }
    ROLES.iter().find(|role| begins(&chars[at..], role)).map(|role| at + role.chars().count())
}

/// A name run on into the sentence (`记者潘跃今天从…`): where it ends, if that can be seen.
pub(crate) fn run_on(words: &Words, start: usize) -> Option<usize> {
    const STOPS: [&str; 18] = [
        "今天",
        "昨天",
        "昨日",
        "今日",
        "近日",
        "日前",
        "从",
        "在",
        "获悉",
        "报道",
        "报导",
        "发自",
        "、",
        " ",
        ",",
        "摄",
        "了解",
        "通讯员",
    ];
    (start + 2..=start + 4).find(|at| {
        let rest = words.folded.get(*at..).unwrap_or_default();
        let dated = rest.first().is_some_and(char::is_ascii_digit);
        (dated || STOPS.iter().any(|s| begins(rest, s))) && is_plain_name(&words.folded[start..*at])
    })
}

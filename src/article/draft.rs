//! What a file states of an article, and the words it has for it.

use chrono::{DateTime, NaiveDate, Utc};

use super::Enclosed;

/// What somebody did for an article, where the byline says it (`文/图`, `摄影报道`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Wrote the text.
    Text,
    /// Took the photograph.
    Photo,
}

/// A person in the byline. RSS `dc:creator`, Atom `author/name`, JSON Feed `authors[].name`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Author {
    /// The name alone, inner spaces of spread two-character names removed.
    pub name: String,
    /// What the byline calls the person: `记者`, `通讯员`, `特约记者`, `Business Writer`.
    pub role: Option<String>,
    /// The house the person works for: `本报`, `新华社`, `Reuters`.
    pub affiliation: Option<String>,
    /// What the person did, where stated.
    pub does: Vec<Deed>,
    /// A page about the person, where front matter states one.
    pub url: Option<String>,
}

impl Author {
    /// A person of whom only the name is known.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

/// What sort of article it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Kind {
    /// Running text under a headline.
    #[default]
    Article,
    /// A photograph with its caption, standing alone on a newspaper page.
    Photo,
    /// An announcement or correction.
    Notice,
}

/// A picture's caption as printed.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Caption {
    /// The words, without the credit.
    pub text: String,
    /// Who took it, as printed: `本报记者 顾长风 摄`.
    pub credit: Option<String>,
}

/// A date as a file states it: with or without a time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Day and time. Zone-less ones were read in the publication's time zone.
    Instant(DateTime<Utc>),
    /// A day alone.
    Day(NaiveDate),
}

/// What the articles of a folder are given where they state nothing themselves.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Defaults {
    /// Who wrote them.
    pub authors: Vec<Author>,
    /// Keywords.
    pub tags: Vec<String>,
    /// Their language (BCP 47).
    pub language: Option<String>,
    /// Where they come from.
    pub source: Option<String>,
}

impl Defaults {
    /// Gives a draft what it does not state.
    pub fn fill(&self, draft: &mut Draft) {
        if draft.authors.is_empty() {
            draft.authors.clone_from(&self.authors);
        }
        if draft.tags.is_empty() {
            draft.tags.clone_from(&self.tags);
        }
        if draft.language.is_none() {
            draft.language.clone_from(&self.language);
        }
        if draft.source.is_none() {
            draft.source.clone_from(&self.source);
        }
    }
}

/// What sort of episode it is (podcasters.apple.com, "Podcast RSS feed requirements").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Episode {
    /// The show itself.
    Full,
    /// What tells of it beforehand.
    Trailer,
    /// What goes beside it.
    Bonus,
}

impl Episode {
    /// The sort of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        [Self::Full, Self::Trailer, Self::Bonus].into_iter().find(|sort| sort.word().eq_ignore_ascii_case(word.trim()))
    }

    /// The word that front matter and feeds have for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Trailer => "trailer",
            Self::Bonus => "bonus",
        }
    }
}

/// What a file wants to happen with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Status {
    /// Publish it.
    #[default]
    Usable,
    /// Not yet: `draft: true`, `published: false`. Takes a published article out until the mark is gone.
    Draft,
    /// Take it back, by order: outlasts edits and rebuilds until `restore`.
    Withdrawn,
    /// An agency holds it back: out of the feeds, until any later version is usable.
    Withheld,
    /// An agency takes it back, by order: until a higher version is usable, or `restore`.
    Canceled,
}

impl Status {
    /// Whether it orders that the article be taken back and stay so.
    #[must_use]
    pub fn is_order(self) -> bool {
        matches!(self, Self::Withdrawn | Self::Canceled)
    }

    /// Whether it takes a published article out of the feeds because somebody says so, and not for want of a last hand.
    #[must_use]
    pub fn takes_out(self) -> bool {
        self.is_order() || self == Self::Withheld
    }
}

/// What a dropped file says of one article; no identity yet. One file may hold several (a newspaper page).
///
/// Parsers fill it and know nothing else. `body` is HTML as the parser made it: not yet cleaned, links as the file has them.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Draft {
    /// The id stated in the file (an agency's, or front matter `id`).
    pub id: Option<String>,
    /// The version an agency states; of two, the higher stands.
    pub version: Option<u64>,
    /// When an agency made this version, where it states no number; of two, the later stands.
    pub as_of: Option<DateTime<Utc>>,
    /// The id of another article that this one takes back (NITF `management-doc-idref`).
    pub cancels: Option<String>,
    /// The headline, plain text, one space for a printed line break. RSS and Atom `title`, JSON Feed `title`.
    pub headline: Option<String>,
    /// Standing heads over it (栏目, 通栏): `目击`, `作风深化 实干争先`. Become categories.
    pub columns: Vec<String>,
    /// Lines above the headline (肩题, 引题). Stand first in the body.
    pub kickers: Vec<String>,
    /// The line below the headline (副题).
    pub subhead: Option<String>,
    /// The organisation the story is about, where the page names it apart.
    pub unit: Option<String>,
    /// Who wrote it.
    pub authors: Vec<Author>,
    /// Who else had a hand in it, as the end of its text says; `role` is what they did (`Editing`). Atom `contributor`, RSS
    /// `dc:contributor`; JSON Feed has no word for them.
    pub contributors: Vec<Author>,
    /// Place and date as printed before the text: `日内瓦8月11日`, `MUMBAI (Reuters)`.
    pub dateline: Option<String>,
    /// The words before the story begins, verbatim as they stand at the start of the body (`本报讯(记者 白文斌)`): summaries begin after them.
    pub lead_in: Option<String>,
    /// What the file says of it that no reader sees, as printed: bylines, credits and sources on lines of their own, which the
    /// fields tell, and jumps to other pages. `check` shows them, so that nothing is missed.
    pub asides: Vec<String>,
    /// Where it came from: an agency or another paper.
    pub source: Option<String>,
    /// What sort of article.
    pub kind: Kind,
    /// Captions of pictures that stand in or beside the text, in order.
    pub captions: Vec<Caption>,
    /// The name in its URL, as stated; else the file's name gives it.
    pub slug: Option<String>,
    /// Sections stated in the file (`sports/football`); empty: the folder's.
    pub sections: Vec<String>,
    /// Tags and categories. RSS and Atom `category`, JSON Feed `tags`.
    pub tags: Vec<String>,
    /// The author's own summary, plain text.
    pub summary: Option<String>,
    /// HTML, uncleaned.
    pub body: String,
    /// Language of this article where it states one (BCP 47).
    pub language: Option<String>,
    /// The article's own address elsewhere: then it gets no page here.
    pub link: Option<String>,
    /// The lead picture, a path relative to the file or a URL.
    pub image: Option<String>,
    /// Audio, video and PDF that goes with it, the one that counts most first.
    pub enclosures: Vec<Enclosed>,
    /// The number of the episode, where one is stated.
    pub episode: Option<u32>,
    /// The season it belongs to, where one is stated.
    pub season: Option<u32>,
    /// What sort of episode it is, where that is stated.
    pub episode_type: Option<Episode>,
    /// Whether it is fit for adults only, where it says so itself.
    pub explicit: Option<bool>,
    /// Who holds the rights in it, and on what terms it may be used. RSS `dc:rights`, Atom `rights`.
    pub rights: Option<String>,
    /// How urgent its agency holds it, from 1 (most) to 9.
    pub urgency: Option<u8>,
    /// The date it states for its publication. In the future, it embargoes.
    pub date: Option<When>,
    /// A date that the file's name states (`2026-07-02-harvest.md`), or a day ahead that a line above the text does: used when
    /// `date` is missing; never embargoes.
    pub date_in_name: Option<NaiveDate>,
    /// The date of its last change, as stated.
    pub updated: Option<When>,
    /// When it shall come out, where stated apart from the date.
    pub embargo: Option<When>,
    /// When it shall leave the feeds.
    pub expires: Option<When>,
    /// What shall happen with it.
    pub status: Status,
    /// A small correction: `updated` stays.
    pub minor: bool,
    /// The lines of the file it was read from, first and last, from 1; for pages.
    pub lines: Option<(u32, u32)>,
}

impl Draft {
    /// What two files of one article are ranked by: the version, else the time it was made at, in seconds since 1970.
    #[must_use]
    pub fn rank(&self) -> Option<u64> {
        self.version.or(self.as_of.and_then(|at| u64::try_from(at.timestamp()).ok()))
    }

    /// A day ahead that is only printed above the text, and was not stated `before`, holds nothing back: the paper has it then.
    pub fn unhold(&mut self, before: Option<When>, today: NaiveDate) {
        if let Some(When::Day(day)) = self.date.filter(|_| before.is_none())
            && day > today
        {
            self.date = None;
            self.date_in_name = Some(day);
        }
    }
}

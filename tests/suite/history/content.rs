//! What lies in the inbox of a made-up newsroom: stories and newspaper pages that can be edited as people edit them.

use std::fmt::Write;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

use super::chance::Chance;

/// One piece of news, told apart from all others by its headline.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    pub title: String,
    words: Vec<String>,
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Held {
    Story(Box<Story>),
    Page {
        issue: String,
        pieces: Vec<Piece>,
    },
    /// Nothing that can be read.
    Bad,
    Empty,
}

/// A Markdown file.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    pub piece: Piece,
    pub id: Option<String>,
    pub section: Option<String>,
    pub is_draft: bool,
    pub is_withdrawn: bool,
    pub is_minor: bool,
    pub date: Option<String>,
    pub embargo: Option<String>,
    pub expires: Option<String>,
    pub picture: Option<usize>,
}

/// Pictures that stories refer to: `pics/0.png` and so on.
pub const PICTURES: usize = 3;

impl Piece {
    fn new(chance: &mut Chance, is_han: bool) -> Self {
        let words = if is_han { han } else { latin };
        let title: Vec<String> = (0..4).map(|_| words(chance)).collect();
        let title = if is_han { title.concat() } else { title.join(" ") };
        Self { title, words: (0..24).map(|_| words(chance)).collect() }
    }

    fn correct(&mut self, chance: &mut Chance, is_han: bool) {
        let at = chance.below(self.words.len());
        self.words[at] = if is_han { han(chance) } else { latin(chance) };
    }
}

fn latin(chance: &mut Chance) -> String {
    (0..3)
        .map(|_| {
            format!(
                "{}{}",
                ["b", "d", "k", "l", "m", "r", "s", "t"][chance.below(8)],
                ["a", "e", "i", "o", "u"][chance.below(5)]
            )
        })
        .collect()
}

/// Two characters that mean nothing to a reader of pages: plants, insects and clothes.
fn han(chance: &mut Chance) -> String {
    let plain: Vec<char> = ('\u{8200}'..'\u{8A00}').collect();
    (0..2).map(|_| plain[chance.below(plain.len())]).collect()
}

impl Story {
    pub fn new(chance: &mut Chance) -> Self {
        Self {
            piece: Piece::new(chance, false),
            id: None,
            section: None,
            is_draft: false,
            is_withdrawn: false,
            is_minor: false,
            date: None,
            embargo: None,
            expires: None,
            picture: chance.once_in(4).then(|| chance.below(PICTURES)),
        }
    }

    /// The same story in other words.
    pub fn corrected(&self, chance: &mut Chance) -> Self {
        let mut story = self.clone();
        story.piece.correct(chance, false);
        story.is_minor = chance.once_in(6);
        story
    }

    /// The same story under another headline.
    pub fn retitled(&self, chance: &mut Chance) -> Self {
        let mut story = self.clone();
        story.piece.title = Piece::new(chance, false).title;
        story
    }
}

impl Held {
    pub fn story(chance: &mut Chance) -> Self {
        Self::Story(Box::new(Story::new(chance)))
    }

    pub fn page(chance: &mut Chance, now: DateTime<Utc>) -> Self {
        let pieces = (0..2 + chance.below(3)).map(|_| Piece::new(chance, true)).collect();
        Self::Page { issue: issue(now), pieces }
    }

    /// A page with one item corrected, cut, added or moved up, or another day's page under the same name.
    pub fn page_edited(&self, chance: &mut Chance, now: DateTime<Utc>) -> Option<Self> {
        let Self::Page { issue, pieces } = self else { return None };
        let mut pieces = pieces.clone();
        match chance.below(6) {
            0 | 1 => {
                let at = chance.below(pieces.len());
                pieces[at].correct(chance, true);
            }
            2 if pieces.len() > 2 => {
                pieces.remove(chance.below(pieces.len()));
            }
            3 => pieces.insert(chance.below(pieces.len() + 1), Piece::new(chance, true)),
            4 => pieces.rotate_left(1),
            _ => return Some(Self::page(chance, now)),
        }
        Some(Self::Page { issue: issue.clone(), pieces })
    }

    /// The headlines it holds.
    pub fn titles(&self) -> Vec<String> {
        match self {
            Self::Story(story) => vec![story.piece.title.clone()],
            Self::Page { pieces, .. } => pieces.iter().map(|piece| piece.title.clone()).collect(),
            Self::Bad | Self::Empty => Vec::new(),
        }
    }

    pub fn text(&self) -> String {
        match self {
            Self::Story(story) => markdown(story),
            Self::Page { issue, pieces } => {
                let mut text = format!("{issue}   第2版 综合\n\n");
                for piece in pieces {
                    let name = ["温庭", "周岩", "陈晨", "韩立"][piece.title.len() % 4];
                    let (first, second) = piece.words.split_at(12);
                    let _ = write!(
                        text,
                        "{}\n\n　　本报讯（记者 {name}）{}。\n　　{}。\n\n",
                        piece.title,
                        first.concat(),
                        second.concat()
                    );
                }
                text
            }
            Self::Bad => "---\ntitle: [unclosed\n---\ntext\n".to_owned(),
            Self::Empty => String::new(),
        }
    }
}

fn issue(now: DateTime<Utc>) -> String {
    use chrono::Datelike;
    let weekday = ["一", "二", "三", "四", "五", "六", "日"][now.weekday().num_days_from_monday() as usize];
    format!("{}年{}月{}日 星期{weekday}", now.year(), now.month(), now.day())
}

fn markdown(story: &Story) -> String {
    let mut text = format!("---\ntitle: {}\n", story.piece.title);
    for (name, value) in [
        ("id", &story.id),
        ("section", &story.section),
        ("date", &story.date),
        ("embargo", &story.embargo),
        ("expires", &story.expires),
    ] {
        if let Some(value) = value {
            let _ = writeln!(text, "{name}: {value}");
        }
    }
    for (line, is_so) in
        [("draft: true", story.is_draft), ("status: withdrawn", story.is_withdrawn), ("minor: true", story.is_minor)]
    {
        if is_so {
            text += line;
            text.push('\n');
        }
    }
    text += "---\n\n";
    if let Some(picture) = story.picture {
        let _ = write!(text, "![](/pics/{picture}.png)\n\n");
    }
    let (first, second) = story.piece.words.split_at(12);
    let _ = write!(text, "{}.\n\n{}.\n", first.join(" "), second.join(" "));
    text
}

/// An hour as front matter states it.
pub fn hour(at: DateTime<Utc>, hours: i64) -> String {
    (at + TimeDelta::hours(hours)).to_rfc3339_opts(SecondsFormat::Secs, true)
}

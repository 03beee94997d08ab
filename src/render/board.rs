//! The page that tells editors how things stand, read over the share without a server: all in one file, no script, nothing
//! fetched. The same state gives the same bytes: times are those of events, none is the present.

mod words;

use askama::Template;
use chrono::DateTime;

use super::words::{direction, words as common};
use super::{Publication, RenderError, plain};
use words::{Words, words};

const STYLE: &str = include_str!("board/style.css");

/// How things stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Board {
    /// What keeps the daemon from its work, a sentence each.
    pub troubles: Vec<String>,
    /// Refused files; `detail` is what is wrong, `hint` how to mend it.
    pub refused: (Vec<Line>, String),
    /// Files that vanished with too many others.
    pub held: (Vec<Line>, String),
    /// Files with doubts, one line a doubt.
    pub doubted: (Vec<Line>, String),
    /// Articles that wait for their time.
    pub scheduled: (Vec<Line>, String),
    /// Markers and the articles that they take back.
    pub marked: (Vec<Line>, String),
    /// The articles published last.
    pub latest: Vec<Line>,
    /// Sections; `detail` is the newest article in each, `hint` how many were dropped into it.
    pub sections: Vec<Line>,
}

/// One line of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// What it is about: a file, a title.
    pub name: String,
    /// What there is to say of it.
    pub detail: String,
    /// What else.
    pub hint: String,
    /// An address of ours that the name leads to; may be empty.
    pub url: String,
    /// When, seconds since 1970.
    pub at: Option<i64>,
    /// Where in the file: line and column, from 1.
    pub place: Option<(u32, Option<u32>)>,
}

/// A list with what stands around it.
struct List {
    title: &'static str,
    advice: &'static str,
    /// Of how many lines these are the first; empty: it is not told.
    count: String,
    lines: Vec<Shown>,
    class: &'static str,
}

struct Shown {
    name: String,
    detail: String,
    hint: String,
    url: String,
    at: String,
    place: String,
}

#[derive(Template)]
#[template(path = "board.html", config = "src/render/askama.toml")]
struct Page<'a> {
    mark: &'a str,
    language: String,
    direction: &'static str,
    publication: String,
    words: &'static Words,
    style: &'static str,
    troubles: Vec<String>,
    alarms: Vec<List>,
    /// What waits and is doubted, and what came out last, beside each other.
    columns: Vec<Vec<List>>,
    sections: List,
}

/// The page, in the publication's language; `mark` is its first line.
///
/// # Errors
/// When the template fails.
pub fn board(publication: &Publication, board: &Board, mark: &str) -> Result<String, RenderError> {
    let words = words(&publication.language);
    let shown = |lines: &[Line]| lines.iter().map(|line| show(publication, words, line)).collect::<Vec<_>>();
    let list = |title, advice, (lines, count): &(Vec<Line>, String), class| List {
        title,
        advice,
        count: count.clone(),
        lines: shown(lines),
        class,
    };
    let uncounted = |title, lines, class| List { title, advice: "", count: String::new(), lines: shown(lines), class };
    let alarms = [
        list(words.refused, words.refused_advice, &board.refused, "refused"),
        list(words.held, words.held_advice, &board.held, "held"),
    ];
    let waiting = [
        list(words.scheduled, "", &board.scheduled, "scheduled"),
        list(words.doubted, words.doubted_advice, &board.doubted, "doubted"),
        list(words.marked, words.marked_advice, &board.marked, "marked"),
    ];
    let filled = |list: &List| !list.lines.is_empty();
    let page = Page {
        mark,
        language: plain(&publication.language),
        direction: direction(&publication.language),
        publication: plain(&publication.title),
        words,
        style: STYLE,
        troubles: board.troubles.iter().map(|trouble| plain(trouble)).collect(),
        alarms: alarms.into_iter().filter(filled).collect(),
        columns: [waiting.into_iter().filter(filled).collect(), vec![uncounted(words.latest, &board.latest, "latest")]]
            .into_iter()
            .filter(|column: &Vec<List>| !column.is_empty())
            .collect(),
        sections: uncounted(words.sections, &board.sections, "sections"),
    };
    Ok(page.render()?)
}

fn show(publication: &Publication, words: &Words, line: &Line) -> Shown {
    let at = line.at.and_then(|at| DateTime::from_timestamp(at, 0));
    Shown {
        name: plain(&line.name),
        detail: plain(&line.detail),
        hint: plain(&line.hint),
        url: plain(&line.url),
        at: at.map_or_else(String::new, |at| common(&publication.language).date(at, publication.time_zone)),
        place: line.place.map_or_else(String::new, |(line, column)| words.place(line, column)),
    }
}

//! What a house prints above every text it sends out, in a document of one: its own name, and the line of day, issue and page
//! below it. None of it is the headline, however large it is printed.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::block::{Block, Paragraph};
use super::styles::Role;
use crate::article::{Draft, When};
use crate::parse::{page, text};

/// A masthead and the line below it have no more lines together.
const MAX_LINES: usize = 4;
/// No line of it is longer, in characters.
const MAX_LINE: usize = 90;
/// What counts issues and pages, in lower case; a number follows.
const COUNTS: [&str; 13] =
    ["no", "nr", "n°", "nº", "issue", "vol", "volume", "page", "seite", "ausgabe", "edition", "numéro", "número"];
/// The same in Chinese.
const COUNTED: [char; 3] = ['版', '期', '号'];
/// How the names of Chinese papers end.
const PAPERS: [&str; 12] =
    ["日报", "晚报", "晨报", "早报", "时报", "商报", "都市报", "青年报", "周刊", "报社", "电视台", "融媒体中心"];
/// Such a name is no longer, in characters.
const LONGEST_PAPER: usize = 8;
/// What an office calls its letters: `江城市人民政府文件`.
const LETTERS: &str = "文件";

/// Takes off all down to the line that counts or dates what the document is one of, where what may be a headline follows. False
/// where that is a page of several articles, whose line is left.
pub(super) fn take(
    blocks: &mut Vec<Block>,
    draft: &mut Draft,
    is_headline: impl Fn(&Paragraph) -> bool,
    (arrival, zone): (DateTime<Utc>, Tz),
) -> bool {
    let lines: Vec<(usize, String)> = blocks
        .iter()
        .enumerate()
        .filter_map(|(at, block)| Some((at, block.paragraph().filter(|p| !p.is_picture())?.line())))
        .take(MAX_LINES + 1)
        .collect();
    let is_short = |line: &str| line.chars().count() <= MAX_LINE && !line.ends_with(['.', '。']);
    let short = lines.iter().take_while(|(_, line)| is_short(line)).count().min(MAX_LINES);
    // Below a headline what is sent out may say so too.
    let is_announced = lines.first().is_some_and(|(_, line)| text::is_release(line));
    let counts = |line: &str| is_count(line, arrival, zone) || is_announced && is_dated_release(line, zone);
    let Some(last) = lines[..short].iter().rposition(|(_, line)| counts(line)) else { return true };
    let follows = lines.get(last + 1).and_then(|(at, _)| blocks[*at].paragraph());
    let is_told = blocks.iter().skip(lines[last].0 + 1).filter_map(Block::paragraph).count() > 1;
    // Of a page with several articles the line is taken where it is taken apart.
    let is_heading = |p: &&Paragraph| matches!(p.role, Some(Role::Heading(_)));
    let heads = blocks.iter().filter_map(Block::paragraph).filter(is_heading).count();
    let is_page = heads > 1 && lines[..=last].iter().any(|(_, line)| page::folio(line, arrival, zone).is_some());
    if !is_told || is_page || !follows.is_some_and(is_headline) {
        return !is_page;
    }
    for (_, line) in &lines[..=last] {
        if counts(line) {
            let printed = || {
                let folio = page::folio(line, arrival, zone).and_then(|folio| folio.date);
                folio.or_else(|| page::day(line, arrival, zone)).map(When::Day)
            };
            draft.date = draft.date.or_else(|| day(line, zone)).or_else(printed);
        } else if !text::is_label(line) {
            draft.source = draft.source.take().or_else(|| Some(house(line)));
        }
    }
    let mut at = 0..;
    blocks.retain(|block| at.next().is_none_or(|at| at > lines[last].0) || is_shown(block));
    true
}

/// The house whose name a line is and nothing else.
pub(super) fn named(line: &str) -> Option<String> {
    let is_chinese = PAPERS.iter().any(|end| line.ends_with(end)) && line.chars().count() <= LONGEST_PAPER;
    (is_chinese || is_paper(&text::display(line)) || text::is_house(line)).then(|| house(line))
}

/// `The Times`, `River Post`; `Hard Times` and `Bad News` are headlines, and so is a sentence about the Evening Post.
fn is_paper(name: &str) -> bool {
    let is_everyday = ["News", "Times"].iter().any(|word| name.ends_with(word)) && !name.starts_with("The ");
    text::is_paper(name) && text::is_person(name) && !is_everyday
}

fn house(line: &str) -> String {
    text::display(line.strip_suffix(LETTERS).unwrap_or(line))
}

fn is_shown(block: &Block) -> bool {
    block.paragraph().is_some_and(|p| p.is_picture() || p.role == Some(Role::Caption))
}

/// `Friday, 27 November 2026 · No. 318 · Price 1.20`, `2026年11月27日 星期五 第3版`, `江政发〔2026〕12号`
fn is_count(line: &str, arrival: DateTime<Utc>, zone: Tz) -> bool {
    if line.chars().any(page::is_han) {
        let is_letter = line.contains('〔') && line.ends_with('号');
        let bare = line.replace("星期", "");
        return is_letter || bare.contains(COUNTED) && page::is_furniture(line, arrival, zone);
    }
    let counted = line.split(|c: char| c.is_whitespace() || ".|·•".contains(c)).any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphabetic() && !"°º".contains(c)).to_lowercase();
        COUNTS.contains(&word.as_str())
    });
    counted && line.contains(|c: char| c.is_ascii_digit()) && day(line, zone).is_some()
}

/// `For immediate release – 27 November 2026`
fn is_dated_release(line: &str, zone: Tz) -> bool {
    let label = line.split(['|', '·', '–', '—', ':']).next().unwrap_or_default();
    text::is_release(label) && day(line, zone).is_some()
}

/// The day that stands between the dots and strokes of such a line, behind a place perhaps.
fn day(line: &str, zone: Tz) -> Option<When> {
    line.split(['|', '·', '•', '–', '—', '/']).find_map(|part| {
        let part = part.trim();
        let placed = part.split_once(", ").filter(|(place, _)| text::is_person(place));
        text::whole_date(part, zone).or_else(|| text::whole_date(placed?.1, zone))
    })
}

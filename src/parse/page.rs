//! A newspaper page as plain text → its articles, pictures and notices, and what belongs to the page itself.
//!
//! Lines are numbered and cleaned (`lines`), put into blocks (`blocks`), each block is told for what it is by its own
//! words (`shapes`, `kinds`, with `lead`, `dispatch`, `byline`, `names`, `roles`, `deeds`, `offices`, `places`, `folio`, `tokens`, `furniture`, `books`, `boxes`, `columns`, `closing`) and by
//! those around it (`neighbours`, `tables`, `foot`), blocks go to pieces (`items`, `splitter`, `openings`, `alike`, `kinship`, `said`, `pictures`, `announcements`, `bookshelf`, `contacts`, `jumps`, `signers`), and pieces become
//! drafts (`draft`, with `heads`, `subheads` and `paragraphs`). Tables hold the words of the genre; nothing is ever dropped.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::{Markup, Parsed, extent};
use crate::page_number::PageNumber;

mod alike;
mod announcements;
mod blocks;
mod books;
mod bookshelf;
mod boxes;
mod byline;
mod closing;
mod columns;
mod contacts;
mod deeds;
mod dispatch;
mod draft;
mod folio;
mod foot;
mod furniture;
mod givers;
mod heads;
mod issue_date;
mod items;
mod jumps;
mod kinds;
mod kinship;
mod lead;
mod letters;
mod lines;
mod names;
mod neighbours;
mod offices;
mod openings;
mod paragraphs;
mod pictures;
mod pieces;
mod places;
mod roles;
mod said;
mod shapes;
mod signers;
mod splitter;
mod subheads;
mod tables;
mod tokens;

pub(super) use draft::escape;
pub(super) use furniture::names_editors;
pub(super) use letters::is_han;
pub(super) use lines::{Line, of as lines};

/// So many pieces that somebody reports or signs make a text a page.
const EVIDENT: usize = 2;

/// A person reads no more doubts of one file than this.
const MAX_DOUBTS: usize = 50;

/// Reads a plain text that is a whole newspaper page rather than one article: it has a folio, several pieces under their own
/// headlines, each with a lead-in, byline, signature or source, several briefs, or only pictures. When unsure, it is none; nor
/// is one longer than a whole newspaper. On a page, where it is unsure, text stays together in one draft and a doubt says so.
///
/// `arrival` and `zone` give the year to a folio that prints none.
#[must_use]
pub fn read(text: &str, arrival: DateTime<Utc>, zone: Tz) -> Option<Parsed> {
    sheet(text, arrival, zone)?.page()
}

/// The same text told block by block, if it may be a page: what turns out to be none is read as one article without being
/// told again.
pub(super) fn sheet(text: &str, arrival: DateTime<Utc>, zone: Tz) -> Option<Sheet> {
    // A page is known by Chinese words, and most plain texts are an agency's in Latin letters.
    let may_be_page = !extent::is_long(text) && text.contains(letters::is_han);
    may_be_page.then(|| Sheet::of(text, arrival, zone))
}

/// The blocks of a text, each told for what it is.
#[derive(Clone)]
pub(super) struct Sheet {
    blocks: Vec<blocks::Block>,
    kinds: Vec<kinds::Kind>,
}

impl Sheet {
    fn of(text: &str, arrival: DateTime<Utc>, zone: Tz) -> Self {
        let blocks = blocks::of(&lines::of(text));
        let mut kinds = kinds::of(&blocks, arrival, zone);
        neighbours::settle(&blocks, &mut kinds);
        Self { blocks, kinds }
    }

    /// As [`read`] gives it.
    pub(super) fn page(&self) -> Option<Parsed> {
        let mut pieces = self.clone().pieces(true);
        if !is_page(&pieces) {
            return None;
        }
        let told = |item: &pieces::Item| item.is_evident() || item.brief || item.sort == pieces::Sort::Notice;
        let several = pieces.items.len() > 1;
        if !pieces.items.iter().any(told) && (several || pieces.items.iter().any(pieces::Item::has_crossheads)) {
            if several {
                pieces = self.clone().pieces(false);
            }
            let doubt = "nothing on the page is signed or reported; all of it was kept in one article";
            pieces.doubts.push(doubt.to_owned());
        }
        Some(parsed(Markup::Page, pieces))
    }

    /// As [`read_one`] gives it.
    pub(super) fn one(self) -> Parsed {
        parsed(Markup::Text, self.pieces(false))
    }

    fn pieces(self, split: bool) -> pieces::Pieces {
        let Self { blocks, mut kinds } = self;
        if !split {
            neighbours::with_long_title(&blocks, &mut kinds);
        }
        let only_furniture = kinds.iter().all(|kind| matches!(kind, kinds::Kind::Furniture(_)));
        if only_furniture && !kinds.is_empty() {
            kinds.fill(kinds::Kind::Text);
        }
        let mut pieces = items::of(blocks, kinds, split);
        if only_furniture && !pieces.items.is_empty() {
            pieces.doubts.push("all of it looks like folio lines; it was kept as one article".to_owned());
        }
        pieces
    }
}

fn is_page(pieces: &pieces::Pieces) -> bool {
    let reported = pieces.items.iter().filter(|item| item.is_evident() && !item.heads.is_empty()).count();
    let briefs = pieces.items.iter().filter(|item| item.brief).count();
    let pictures = !pieces.items.is_empty() && pieces.items.iter().all(|item| item.sort == pieces::Sort::Picture);
    reported >= EVIDENT || pictures || briefs >= EVIDENT || (pieces.folio.is_page && !pieces.items.is_empty())
}

/// Reads a text that is one article, by the same rules and without ever splitting it. A blank text has no drafts.
pub(super) fn read_one(text: &str, arrival: DateTime<Utc>, zone: Tz) -> Parsed {
    Sheet::of(text, arrival, zone).one()
}

/// The people that a Chinese byline lists (`本报记者 顾长风 通讯员 林晓`), if the text is one.
pub(super) fn people(text: &str) -> Option<Vec<crate::article::Author>> {
    let words = letters::Words::new(text);
    if !words.folded.iter().any(|c| letters::is_han(*c)) {
        return None;
    }
    byline::read(&words, words.all(), byline::Surroundings::Sure).map(|byline| byline.authors)
}

/// The same for a line that may be prose: names without a role need a known surname.
pub(super) fn signed(text: &str) -> Option<Vec<crate::article::Author>> {
    let words = letters::Words::new(text);
    if !words.folded.iter().any(|c| letters::is_han(*c)) {
        return None;
    }
    byline::read(&words, words.all(), byline::Surroundings::Open).map(|byline| byline.authors)
}

/// Whether a line is a page's own: its folio, or the name of a section.
pub(super) fn is_furniture(text: &str, arrival: DateTime<Utc>, zone: Tz) -> bool {
    let words = letters::Words::new(text);
    folio::is_section_name(&words) || folio::read(&words, arrival, zone).is_some()
}

/// Whether a line is an account's call to its readers (`点击上方蓝字关注我们`), or arrows that point to it.
pub(super) fn is_call(line: &str) -> bool {
    /// No call has more signs.
    const MAX_SIGNS: usize = 40;
    let is_short = line.chars().nth(MAX_SIGNS).is_none();
    let is_arrows = || line.chars().all(|c| "↑↓⇑⇓👆👇 ".contains(c)) && !line.is_empty();
    is_short && (is_arrows() || boxes::is_call(&letters::Words::new(line)))
}

/// Whether a line below a text leads a reader on or does something with the page: `上一篇：老桥今天通车`, `【打印】【关闭】`.
pub(super) fn leads_on(line: &str) -> bool {
    /// A title stands behind `上一篇`.
    const MAX_SIGNS: usize = 60;
    let mut words = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_other = |word: &&str| ["上一篇", "下一篇"].contains(word) && line.chars().nth(MAX_SIGNS).is_none();
    let is_first = words.clone().next().is_some_and(|word| is_other(&word));
    is_first || line.contains(letters::is_han) && words.all(|word| furniture::READER.contains(&word))
}

/// Whether a line is a paper's name and nothing else.
pub(super) fn is_masthead(line: &str) -> bool {
    folio::is_masthead(&letters::Words::new(line))
}

/// Whether a line is a house's name and nothing else.
pub(super) fn is_house(line: &str) -> bool {
    heads::is_house(&letters::Words::new(line))
}

/// Whether it is a province's name and nothing else.
pub(super) fn is_province(text: &str) -> bool {
    places::is_province(text)
}

/// What the folio of a page says of it.
pub(super) struct Printed {
    pub(super) date: Option<NaiveDate>,
    pub(super) section: Option<String>,
    pub(super) number: Option<PageNumber>,
}

/// What a line says of its page, if it is a folio that dates or numbers one.
pub(super) fn folio(text: &str, arrival: DateTime<Utc>, zone: Tz) -> Option<Printed> {
    /// None has more signs, and each counts something: most texts need not be looked at any closer.
    const MAX_SIGNS: usize = 180;
    let counts = text.contains(|c: char| c.is_numeric() || c == '版');
    let is_foreign = !text.contains(letters::is_han) && text.contains(char::is_lowercase);
    if !counts || is_foreign || text.chars().filter(|c| !c.is_whitespace()).nth(MAX_SIGNS).is_some() {
        return None;
    }
    let folio = folio::read(&letters::Words::new(text), arrival, zone).filter(|folio| folio.is_page)?;
    Some(Printed { date: folio.date, section: folio.section, number: folio.page })
}

/// The day that a line prints, with its weekday perhaps, if it is of no page and says nothing else.
pub(super) fn day(text: &str, arrival: DateTime<Utc>, zone: Tz) -> Option<NaiveDate> {
    let folio = folio::read(&letters::Words::new(text), arrival, zone)?;
    folio.date.filter(|_| folio.page.is_none() && folio.section.is_none())
}

/// What a Chinese dispatch says before its story begins (`新华社澜江7月2日电(记者 林晓)`), if the text begins with such a lead.
pub(super) fn lead_of(text: &str) -> Option<crate::article::Draft> {
    if !text.chars().any(letters::is_han) {
        return None;
    }
    let words = letters::Words::new(text);
    let lead = lead::read(&words)?;
    Some(crate::article::Draft {
        lead_in: Some(words.printed(0..lead.end)),
        authors: lead.authors,
        dateline: lead.dateline,
        source: lead.source,
        ..crate::article::Draft::default()
    })
}

/// Who signs at the end of a Chinese paragraph (`……通车。（记者 李明）`); nobody where somebody else or nothing does.
pub(super) fn signed_at_end(text: &str) -> Vec<crate::article::Author> {
    if !text.chars().any(letters::is_han) {
        return Vec::new();
    }
    match closing::read(&letters::Words::new(text)) {
        Some(closing::Closing::Signed(byline)) if !byline.has_photo => byline.authors,
        _ => Vec::new(),
    }
}

/// The words of a caption's file, and its credit where they close with one.
pub(super) fn caption(text: &str) -> crate::article::Caption {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let joined = lines.join(" ");
    let words = letters::Words::new(&joined);
    if let Some((end, credit, _)) = closing::credit(&words) {
        return crate::article::Caption { text: words.printed(0..end), credit: Some(words.printed(credit)) };
    }
    // A last line that names its maker as agencies do.
    if let [above @ .., last] = lines.as_slice()
        && !above.is_empty()
        && closing::is_foreign_credit(last)
    {
        return crate::article::Caption { text: above.join(" "), credit: Some((*last).to_owned()) };
    }
    crate::article::Caption { text: joined, credit: None }
}

fn parsed(markup: Markup, pieces: pieces::Pieces) -> Parsed {
    let mut drafts: Vec<_> = pieces.items.iter().map(draft::of).collect();
    // In print order: a picture set into an article comes behind the article's beginning.
    drafts.sort_by_key(|draft| draft.lines);
    Parsed {
        markup,
        drafts,
        furniture: pieces.furniture,
        issue_date: pieces.folio.date,
        folio_section: pieces.folio.section,
        page: pieces.folio.page,
        doubts: pieces.doubts.into_iter().take(MAX_DOUBTS).collect(),
    }
}

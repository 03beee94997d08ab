//! What a block is by those around it: the page's own lines about its date, fields of an announcement, questions over
//! their answers, names below a text. `kinds` has told each by its own words first.

use super::blocks::Block;
use super::bookshelf;
use super::byline::{self, Byline, Surroundings};
use super::closing::{self, Closing};
use super::columns;
use super::contacts;
use super::folio::{self, Folio};
use super::foot;
use super::kinds::Kind;
use super::letters::{MARKS, ends};
use super::names;
use super::offices;
use super::paragraphs::open_quote;
use super::roles;
use super::shapes::{self, VERSE, WIDEST_HEAD, counts_poems, width_of};
use super::tables;

/// A title of a single article is at most this wide (half ems).
const LONGEST_TITLE: usize = 84;
/// The page's own name before its date is no longer, in characters.
const MAX_MASTHEAD: usize = 8;
/// So many fields of an announcement make a text.
const FIELDS: usize = 3;
/// The lines of a headline in a single column are no longer, in characters.
const NARROW: usize = 9;
/// Two clauses so narrow are a headline (`暴雨来袭，牢记这几点`), in half ems.
const WIDEST_CLAUSES: usize = 24;
/// A head with a comma between two texts is no wider, in half ems.
const WIDEST_COMMA: usize = 32;
/// A head so long is no standing head, in characters.
const HEADLINE: usize = 7;
/// More lines than this no masthead has.
const MAX_TOP_RUN: usize = 10;
/// More rows than this never stand over a report in one block.
const MAX_HEAD_ROWS: usize = 5;

/// Tells again what those around a block say of it.
pub(super) fn settle(blocks: &[Block], kinds: &mut [Kind]) {
    let top = kinds.iter().take_while(|kind| matches!(kind, Kind::Furniture(_) | Kind::Head)).count();
    foot::settle(blocks, kinds);
    contacts::settle(blocks, kinds);
    mastheads(blocks, kinds, top);
    fields(blocks, kinds);
    tables::settle(blocks, kinds);
    bookshelf::settle(blocks, kinds);
    heads_and_text(blocks, kinds, top);
}

/// The page's own lines, which alone might be anything: its name and sections about its date, a line below where to call.
fn mastheads(blocks: &[Block], kinds: &mut [Kind], top: usize) {
    // Around the date stand lines that alone might be anything.
    let is_weak = |at: usize| matches!(kinds[at], Kind::Furniture(_)) || blocks[at].rows.iter().all(folio::is_weak);
    let zone = (0..kinds.len()).take_while(|at| is_weak(*at)).count();
    let stated = kinds[..zone].iter().rposition(is_printed);
    for at in 0..stated.map_or(0, |at| (at + 2).min(zone)) {
        let picture = columns::is_picture_column(&blocks[at].words);
        if !matches!(kinds[at], Kind::Furniture(_)) && !picture {
            let section = blocks[at].rows.iter().find(|row| folio::is_section_name(row));
            let section = section.map(|row| row.printed(row.all()));
            kinds[at] = Kind::Furniture(Folio { section, ..Folio::default() });
        }
    }
    // So is what stands right below the page's first lines, with no blank line between.
    let stuck = |above: usize, below: usize| blocks[above].lines.1 + 1 == blocks[below].lines.0;
    for at in 1..zone.min(MAX_TOP_RUN) {
        if matches!(kinds[at - 1], Kind::Furniture(_)) && matches!(kinds[at], Kind::Head) && stuck(at - 1, at) {
            let picture = columns::is_picture_column(&blocks[at].words);
            if !picture && kinds[..at].iter().any(is_printed) {
                kinds[at] = Kind::Furniture(Folio::default());
            }
        }
    }
    // At the very top, what stands above the last folio line and up to the first blank one is the page's.
    let run = blocks.windows(2).take_while(|two| two[0].lines.1 + 1 == two[1].lines.0).count() + 1;
    let printed = kinds.iter().take(run.min(top).min(MAX_TOP_RUN)).rposition(|kind| matches!(kind, Kind::Furniture(_)));
    if let Some(last) = printed.filter(|last| kinds[..=*last].iter().any(is_printed)) {
        for kind in kinds[..last].iter_mut().filter(|kind| matches!(kind, Kind::Head)) {
            *kind = Kind::Furniture(Folio::default());
        }
    }
    // A line right above the date or number of the page is the page's too.
    for at in 1..top.min(MAX_TOP_RUN) {
        let above = is_printed(&kinds[at]) && matches!(kinds[at - 1], Kind::Head) && stuck(at - 1, at);
        if above && kinds[..at - 1].iter().all(|kind| matches!(kind, Kind::Furniture(_))) {
            kinds[at - 1] = Kind::Furniture(Folio::default());
        }
    }
    // Behind the last text, so is a line right below where to call.
    let last = kinds.iter().rposition(|kind| is_text(Some(kind))).unwrap_or(0);
    for at in last + 1..kinds.len() {
        let contact = matches!(&kinds[at - 1], Kind::Furniture(folio) if folio.is_contact && !folio.is_of_article)
            && stuck(at - 1, at);
        if contact && matches!(kinds[at], Kind::Head) {
            kinds[at] = Kind::Furniture(Folio { is_contact: true, ..Folio::default() });
        }
    }
}

fn fields(blocks: &[Block], kinds: &mut [Kind]) {
    // `时间：…`, `地点：…`: what is told in three fields or more is text, and where to call belongs to it.
    let reported = |at: usize| matches!(kinds.get(at), Some(Kind::Lead(_) | Kind::Byline(_)));
    let field = |at: usize| {
        let head = matches!(kinds[at], Kind::Head) && !reported(at + 1);
        (head || matches!(kinds[at], Kind::Text | Kind::Byline(_))) && shapes::is_field(&blocks[at].words)
    };
    let fields: Vec<bool> = (0..kinds.len()).map(field).collect();
    // `撰文：…`, `摄影：…`, `编辑：…` are people; among other fields they are fields.
    let people: Vec<bool> = kinds.iter().map(|kind| matches!(kind, Kind::Byline(_))).collect();
    let told = |from: usize| people[from..from + FIELDS].iter().filter(|people| !**people).count() > 1;
    for at in 0..kinds.len() {
        // Three in a row are enough to know, wherever in the row this one stands.
        let run = (at.saturating_sub(FIELDS - 1)..=at).any(|from| {
            fields.get(from..from + FIELDS).is_some_and(|row| row.iter().all(|field| *field)) && told(from)
        });
        let call = matches!(&kinds[at], Kind::Furniture(folio) if folio.is_contact)
            && at >= FIELDS
            && fields[at - FIELDS..at].iter().all(|field| *field);
        if (fields[at] && run) || call {
            kinds[at] = Kind::Text;
        }
    }
}

/// Heads that end like text, text that looks like a head, and names that sign what stands above.
fn heads_and_text(blocks: &[Block], kinds: &mut [Kind], top: usize) {
    let mut titled = false;
    for at in 0..kinds.len() {
        let words = &blocks[at].words;
        let before_folio =
            matches!(kinds.get(at + 1), Some(Kind::Furniture(folio)) if folio.is_page) && words.len() <= MAX_MASTHEAD;
        if at < top && !titled && matches!(kinds[at], Kind::Head) {
            if before_folio {
                kinds[at] = Kind::Furniture(Folio::default());
            } else {
                titled = true;
            }
        }
        // `农时提醒` over a headline is a standing head; over a text it heads a sidebar.
        if matches!(kinds[at], Kind::Label)
            && ends(&words.folded, "提醒")
            && matches!(kinds.get(at + 1), Some(Kind::Head))
        {
            kinds[at] = Kind::Head;
        }
        // `（系列报道之三）` between heads is one of them.
        let between = at.checked_sub(1).is_some_and(|above| matches!(kinds[above], Kind::Head))
            && matches!(kinds.get(at + 1), Some(Kind::Head));
        if matches!(kinds[at], Kind::Text) && between && shapes::counts_series(words) {
            kinds[at] = Kind::Head;
        }
        // `编辑同志：` opens a letter, and who wrote it stands below.
        if matches!(kinds[at], Kind::Head) && words.folded.last() == Some(&':') && is_text(kinds.get(at + 1)) {
            kinds[at] = Kind::Text;
        }
        // `电动车“上楼”屡禁不止，怎么办？` ends like text, but a byline or a report stands below it.
        let over_people = is_told_below(kinds, at + 1);
        let asks = words.folded.last().is_some_and(|c| matches!(c, '?' | '!')) && !words.folded.contains(&'。');
        if matches!(kinds[at], Kind::Text) && asks && over_people && width_of(words) <= WIDEST_HEAD {
            kinds[at] = Kind::Head;
        }
        // `孩子流鼻血，仰头还是低头？` over the question itself.
        let answered = blocks.get(at + 1).is_some_and(|next| next.words.starts(0, "问:"));
        // So too under a standing head that begins something new, also with a subhead between it and the byline.
        let headed = at.checked_sub(1).is_some_and(|above| {
            matches!(kinds[above], Kind::Head | Kind::Label) && opens_afresh(blocks, kinds, above)
        });
        let subheaded = || matches!(kinds.get(at + 1), Some(Kind::Head)) && is_told_below(kinds, at + 2);
        let question = answered || (headed && (is_text(kinds.get(at + 1)) || subheaded()));
        if matches!(kinds[at], Kind::Text) && asks && question && width_of(words) <= WIDEST_HEAD {
            kinds[at] = Kind::Head;
        }
        // `我市建36个共同体，2400余名教师轮岗` between a headline and its byline is a subhead, however wide.
        let ended = words.folded.last().is_some_and(|c| "。!?…,;:、”)".contains(*c)) || words.folded.contains(&'。');
        let between = at.checked_sub(1).is_some_and(|above| matches!(kinds[above], Kind::Head)) && !ended;
        if matches!(kinds[at], Kind::Text)
            && between
            && blocks[at].rows.len() == 1
            && width_of(words) <= LONGEST_TITLE
            && is_told_below(kinds, at + 1)
        {
            kinds[at] = Kind::Head;
        }
        // Headlines have no comma: under one, before text, such a line is the torn head of a paragraph.
        let under_head = at.checked_sub(1).is_some_and(|above| matches!(kinds[above], Kind::Head));
        if matches!(kinds[at], Kind::Head)
            && under_head
            && blocks[at].rows.len() == 1
            && words.folded.contains(&',')
            && width_of(words) > WIDEST_CLAUSES
            && matches!(kinds.get(at + 1), Some(Kind::Text))
            && !question
            && !opens_afresh(blocks, kinds, at - 1)
        {
            kinds[at] = Kind::Text;
        }
        // So is a long one below text that goes on below it.
        let quoted = words.folded.first() == Some(&'“') && words.folded.last() == Some(&'”');
        let torn = words.folded.contains(&',')
            && width_of(words) > WIDEST_COMMA
            && !(asks || quoted)
            && blocks[at].rows.len() == 1;
        // And so is one that leaves a quotation open.
        let open = blocks[at].rows.len() == 1 && open_quote(&words.folded);
        if matches!(kinds[at], Kind::Head) && open && matches!(kinds.get(at + 1), Some(Kind::Text)) {
            kinds[at] = Kind::Text;
        }
        let between = at.checked_sub(1).is_some_and(|above| matches!(kinds[above], Kind::Text | Kind::Lead(_)))
            && matches!(kinds.get(at + 1), Some(Kind::Text));
        if matches!(kinds[at], Kind::Head) && torn && between && !opens_afresh(blocks, kinds, at) {
            kinds[at] = Kind::Text;
        }
        let below_text = at.checked_sub(1).is_some_and(|above| is_text(kinds.get(above)));
        if matches!(kinds[at], Kind::Head) && below_text && blocks[at].rows.len() == 1 {
            // Bare names sign a text where nothing of it follows.
            let stanza = matches!(kinds.get(at + 1), Some(Kind::Head)) && blocks[at + 1].rows.len() > 1;
            // Over somebody's name and a text, a name is a title: `江边`.
            let titles = matches!(kinds.get(at + 1..), Some([Kind::Byline(_), Kind::Text | Kind::Verse, ..]));
            let goes_on = titles
                || (is_text(kinds.get(at + 1)) && !is_credited(&blocks[at + 1]))
                || (stanza && matches!(kinds[at - 1], Kind::Verse));
            let names = || byline::read(words, words.all(), Surroundings::Open).filter(|_| !goes_on);
            let expert = || offices::titled(words).filter(|_| !goes_on);
            // `读者 豆子` under a letter: a pen name, for nothing of the letter follows.
            let reader = || {
                let spaced = words.folded.iter().position(|c| matches!(c, ' ' | ':'))?;
                let civic = roles::civic_behind(&words.folded[..spaced]).is_some() && !goes_on;
                byline::read(words, words.all(), Surroundings::Sure).filter(|byline| civic && byline.authors.len() == 1)
            };
            let from = || offices::from_province(words).filter(|_| !goes_on);
            kinds[at] = offices::with_unit(words)
                .or_else(names)
                .or_else(expert)
                .or_else(reader)
                .or_else(from)
                .map_or(Kind::Head, Kind::Byline);
        }
        if let Some(byline) = pen_name(blocks, kinds, at) {
            kinds[at] = Kind::Byline(byline);
        }
        // The standing head of a part with no heads in it is the headline of one piece.
        let part = matches!(&kinds[at], Kind::Furniture(folio) if folio.heads_briefs);
        if part && opens_plain_text(blocks, kinds, at + 1) {
            kinds[at] = Kind::Head;
        }
        let reported = matches!(kinds.get(at + 1), Some(Kind::Lead(_))) || signed_above_text(kinds, at + 1);
        // `高新区：`, `12家企业`, `获评“瞪羚”`: in a single column a headline has several lines.
        let narrow = blocks[at].rows.iter().all(|row| row.len() <= NARROW);
        let headline = narrow
            && blocks[at].rows.len() == VERSE
            && matches!(kinds.get(at + 1), Some(Kind::Text))
            && (opens_afresh(blocks, kinds, at) || is_signed(&blocks[at + 1]));
        if matches!(kinds[at], Kind::Verse) && (reported || headline) && is_pile_of_heads(&blocks[at]) {
            kinds[at] = Kind::Head;
        }
    }
}

/// Two or three characters below a headline, or a poem's title, and above its text are a pen name.
fn pen_name(blocks: &[Block], kinds: &[Kind], at: usize) -> Option<Byline> {
    let above = at.checked_sub(1).filter(|above| matches!(kinds[*above], Kind::Head)).map(|above| &blocks[above])?;
    let words = &blocks[at].words;
    // Under a headline that counts its poems, a line over the first is that one's title.
    let name: Vec<char> = words.folded.iter().copied().filter(|c| *c != ' ').collect();
    let over_titles = matches!(kinds.get(at + 1..), Some([Kind::Head, Kind::Verse, ..]));
    let counted = counts_poems(&above.words);
    if !matches!(kinds[at], Kind::Head)
        || columns::is_column(words)
        || (counted && !over_titles && !names::is_plain_name(&name))
    {
        return None;
    }
    // A poem's own title may stand below who wrote several; of the two lines under a count the upper is the name.
    if over_titles {
        let pen_name = || offices::pen_name(words, words.all()).filter(|_| counted);
        return byline::read(words, words.all(), Surroundings::Open).or_else(pen_name);
    }
    // Behind verse the two lines may be a stanza and the next title.
    let stanza = at >= 2 && matches!(kinds[at - 2], Kind::Verse) && !names::is_plain_name(&words.folded);
    let verse = matches!(kinds.get(at + 1), Some(Kind::Verse)) && !stanza;
    let under_others = at >= 2 && matches!(kinds[at - 2], Kind::Head) && above.words.len() <= HEADLINE;
    let under_title = above.words.len() >= HEADLINE || verse || under_others;
    (under_title && is_text(kinds.get(at + 1))).then(|| offices::pen_name(words, words.all())).flatten()
}

/// Whether a block dates or numbers the page.
fn is_printed(kind: &Kind) -> bool {
    matches!(kind, Kind::Furniture(folio) if folio.is_page || folio.date.is_some())
}

/// Whether what stands above a head has ended by itself, so that the head is a headline or stands over one.
fn opens_afresh(blocks: &[Block], kinds: &[Kind], head: usize) -> bool {
    let Some(above) = head.checked_sub(1) else { return false };
    matches!(kinds[above], Kind::Byline(_) | Kind::Furniture(_) | Kind::Jump | Kind::Source(..))
        || closing::read(&blocks[above].words).is_some()
}

/// Whether a text is the caption of a picture: somebody took it.
fn is_credited(text: &Block) -> bool {
    closing::credit(&text.words).is_some_and(|(_, _, byline)| byline.has_photo)
}

/// Whether somebody signs the text at its end.
fn is_signed(text: &Block) -> bool {
    matches!(closing::read(&text.words), Some(Closing::Signed(_)))
}

/// Whether a text follows that has neither a mark nor anybody's name.
fn opens_plain_text(blocks: &[Block], kinds: &[Kind], at: usize) -> bool {
    let (Some(block), Some(Kind::Text)) = (blocks.get(at), kinds.get(at)) else { return false };
    let marked = block.words.folded.first().is_some_and(|c| MARKS.contains(*c));
    !marked && closing::read(&block.words).is_none()
}

fn is_text(kind: Option<&Kind>) -> bool {
    matches!(kind, Some(Kind::Text | Kind::Verse | Kind::Lead(_)))
}

/// Whether a report begins here, or people are named who wrote what follows.
fn is_told_below(kinds: &[Kind], at: usize) -> bool {
    match kinds.get(at) {
        Some(Kind::Lead(_)) => true,
        Some(Kind::Byline(byline)) => byline.has_role && !byline.has_photo && !byline.authors.is_empty(),
        _ => false,
    }
}

fn signed_above_text(kinds: &[Kind], at: usize) -> bool {
    matches!(kinds.get(at..), Some([Kind::Byline(_), Kind::Text, ..]))
}

/// Whether short rows may be kicker, headline and subhead.
fn is_pile_of_heads(block: &Block) -> bool {
    block.rows.len() <= MAX_HEAD_ROWS
        && block.rows.iter().all(|row| !matches!(row.folded.last(), Some('。' | ',' | ';' | '、' | '.')))
}

/// The first line of a single article is its title even where it is long, if it does not end like text and text follows.
pub(crate) fn with_long_title(blocks: &[Block], kinds: &mut [Kind]) {
    let (Some(first), Some(kind)) = (blocks.first(), kinds.first_mut()) else { return };
    let open = first.words.folded.last().is_some_and(|c| !matches!(c, '。' | '!' | '?' | '…' | ',' | ';' | ':' | '”'));
    let narrow = width_of(&first.words) <= LONGEST_TITLE && first.rows.len() == 1;
    // `“等了两年，值得！”` and below it `——渡口大桥复通侧记`.
    let second = first.rows.get(1).or_else(|| blocks.get(1)?.rows.first());
    let is_dashed = second.is_some_and(|row| row.starts(0, "——")) && width_of(&first.words) <= 2 * LONGEST_TITLE;
    let is_whole = open && narrow && !first.words.folded.contains(&'。');
    if blocks.len() > 1 && matches!(kind, Kind::Text) && (is_whole || is_dashed) {
        *kind = Kind::Head;
    }
}

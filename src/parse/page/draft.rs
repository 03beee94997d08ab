//! An item → a draft: fields, and a body of paragraphs put together again.

use crate::article::{Author, Caption, Deed, Draft, Kind};
pub(crate) use crate::escape::text as escape;

use super::blocks::Block;
use super::boxes;
use super::closing::{self, Closing};
use super::heads;
use super::lead::{self, Lead};
use super::letters::{Words, month_day};
use super::paragraphs::{glue, is_torn, opens_list};
use super::pieces::{Item, Part, Sort};

/// An entry of a list that ends without a mark is no longer, in characters.
const MAX_ITEM: usize = 20;
/// A date this far into a caption or second paragraph opens it, in characters.
const OPENING: usize = 8;

/// The draft that a piece is.
pub(crate) fn of(item: &Item) -> Draft {
    let over = match item.sort {
        Sort::Picture => heads::of_picture(&item.heads),
        _ => heads::assign(&item.heads, item.lead.as_ref().is_some_and(|lead| lead.bracketed)),
    };
    let mut draft = Draft {
        headline: over.headline,
        columns: over.columns,
        kickers: over.kickers,
        subhead: over.subhead,
        unit: over.unit,
        captions: over.captions,
        asides: over.asides,
        source: item.stated_source.clone(),
        kind: match item.sort {
            Sort::Article => Kind::Article,
            Sort::Picture => Kind::Photo,
            Sort::Notice => Kind::Notice,
        },
        lines: item.lines(),
        ..Draft::default()
    };
    if let Some(stated) = &item.lead {
        draft.authors.clone_from(&stated.authors);
        draft.dateline =
            stated.dateline.clone().or_else(|| second_paragraph_date(item).filter(|_| stated.source.is_none()));
        draft.source = draft.source.or_else(|| stated.source.clone());
        draft.headline = draft.headline.or_else(|| stated.headline.clone());
        draft.lead_in = item
            .parts
            .iter()
            .find_map(|p| if let Part::Text(b) = p { Some(b) } else { None })
            .filter(|first| lead::read(&first.words).as_ref() == Some(stated))
            .map(|first| first.words.printed(0..stated.end));
    }
    draft.source = draft.source.or_else(|| item.source.clone());
    for author in item.bylines.iter().flat_map(|b| &b.authors) {
        add(&mut draft.authors, author);
    }
    captions(item, &mut draft);
    draft.asides.extend(asides(item, draft.headline.as_deref()));
    draft.body = body(item, draft.headline.as_deref());
    if item.sort == Sort::Picture {
        picture(item, &mut draft);
    }
    draft
}

/// A person once, with all that is said of them.
fn add(authors: &mut Vec<Author>, author: &Author) {
    match authors.iter_mut().find(|known| known.name == author.name) {
        None => authors.push(author.clone()),
        Some(known) => {
            known.role = known.role.take().or_else(|| author.role.clone());
            known.affiliation = known.affiliation.take().or_else(|| author.affiliation.clone());
            let news: Vec<Deed> = author.does.iter().copied().filter(|d| !known.does.contains(d)).collect();
            known.does.extend(news);
        }
    }
}

fn captions(item: &Item, draft: &mut Draft) {
    let below: Vec<String> =
        item.parts.iter().filter_map(|p| if let Part::People(b) = p { Some(b.text()) } else { None }).collect();
    let mut below = Some(below.join(" ")).filter(|credit| item.sort == Sort::Picture && !credit.is_empty());
    for part in &item.parts {
        let Part::Caption(block, credit) = part else { continue };
        let end = credit.as_ref().map_or(block.words.len(), |range| range.start);
        let credit = match credit {
            Some(range) => Some(block.words.printed(range.clone())),
            // All the pictures of a piece that have none of their own have one credit below them; it is told once.
            None => below.take(),
        };
        draft.captions.push(Caption { text: block.words.printed(0..end), credit });
    }
}

/// What the body leaves out because fields tell it, and no caption has as its credit.
fn asides(item: &Item, headline: Option<&str>) -> Vec<String> {
    let credited = item.sort == Sort::Picture && item.parts.iter().any(|part| matches!(part, Part::Caption(_, None)));
    let aside = |part: &Part| match part {
        Part::People(block) if !credited => Some(block.text()),
        Part::LeadIn(block) if is_told(item.lead.as_ref(), headline) => Some(block.text()),
        Part::Text(block) => jump_in(block).map(|jump| block.words.printed(jump)),
        _ => None,
    };
    item.parts.iter().filter_map(aside).collect()
}

/// A picture's text is its caption, and who is credited without a deed did both.
fn picture(item: &Item, draft: &mut Draft) {
    let Some(caption) = draft.captions.first() else { return };
    let captions: String = draft.captions.iter().map(|caption| paragraph(&caption.text)).collect();
    draft.body = captions + &draft.body;
    let words = Words::new(&caption.text);
    draft.dateline = opening_date(&words);
    for author in draft.authors.iter_mut().filter(|a| a.does.is_empty()) {
        author.does =
            if item.bylines.iter().any(|b| b.has_photo) { vec![Deed::Photo] } else { vec![Deed::Photo, Deed::Text] };
    }
}

/// The date of a report that names none in its first words, where its second paragraph opens with one.
fn second_paragraph_date(item: &Item) -> Option<String> {
    let mut texts = item.parts.iter().filter_map(|p| if let Part::Text(b) = p { Some(b) } else { None });
    opening_date(&texts.nth(1)?.words)
}

fn opening_date(words: &Words) -> Option<String> {
    let last = words.len().min(OPENING);
    (0..last).find_map(|at| {
        let inside_number = at > 0 && words.folded[at - 1].is_ascii_digit();
        let length = month_day(&words.folded[at..]).filter(|_| !inside_number)?;
        Some(words.printed(at..at + length))
    })
}

/// The text as HTML: torn paragraphs joined, lists and verse left as they are.
fn body(item: &Item, headline: Option<&str>) -> String {
    let mut html = String::new();
    // The paragraph being put together, and the words of its last piece.
    let mut open: Option<(String, Words)> = None;
    for part in &item.parts {
        match part {
            Part::Text(block) => {
                let text = without_jump(block);
                for piece in pieces(&text) {
                    let words = Words::new(piece);
                    open = match open.take() {
                        Some((mut before, last))
                            if is_torn(&last, &words)
                                && !is_short_item(&last)
                                && !(last_is_item(&last) && opens_list(&words)) =>
                        {
                            before.push_str(glue(&before, piece));
                            before.push_str(piece);
                            Some((before, words))
                        }
                        before => {
                            if let Some((before, _)) = before {
                                html.push_str(&paragraph(&before));
                            }
                            Some((piece.to_owned(), words))
                        }
                    };
                }
            }
            Part::Crosshead(_) | Part::Verse(_) => {
                if let Some((before, _)) = open.take() {
                    html.push_str(&paragraph(&before));
                }
                match part {
                    Part::Verse(block) => html.push_str(&verse(block)),
                    _ => html.push_str(&format!("<h2>{}</h2>\n", escape(&part.block().text()))),
                }
            }
            Part::LeadIn(block) if !is_told(item.lead.as_ref(), headline) => html.push_str(&paragraph(&block.text())),
            Part::Caption(..) | Part::People(_) | Part::LeadIn(_) => {}
        }
    }
    if let Some((before, _)) = open {
        html.push_str(&paragraph(&before));
    }
    html
}

/// Whether the draft's fields say all that a lead-in on a line of its own says.
fn is_told(lead: Option<&Lead>, headline: Option<&str>) -> bool {
    lead.is_some_and(|lead| match (&lead.headline, headline) {
        (Some(stated), Some(shown)) => stated == shown,
        (Some(_), None) => false,
        (None, _) => !lead.authors.is_empty() || lead.source.is_some() || lead.dateline.is_some(),
    })
}

/// Whether a text is an entry of a list that ends in a semicolon.
fn last_is_item(words: &Words) -> bool {
    words.folded.last() == Some(&';')
}

/// `2. 加固桥墩 12 座`: an entry so short that no column tore it ends without a mark.
fn is_short_item(words: &Words) -> bool {
    opens_list(words) && words.len() <= MAX_ITEM
}

/// Where the text points to another page.
fn jump_in(block: &Block) -> Option<std::ops::Range<usize>> {
    boxes::jump(&block.words).filter(|_| matches!(closing::read(&block.words), Some(Closing::Jump(_))))
}

/// The text without its jump line.
fn without_jump(block: &Block) -> String {
    let words = &block.words;
    match jump_in(block) {
        Some(jump) => words.printed(0..jump.start) + &words.printed(jump.end..words.len()),
        None => block.text(),
    }
}

/// A very long line may hold several paragraphs, each behind the indent it had in print.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    const INDENT: &str = "\u{3000}\u{3000}";
    text.split(INDENT).map(str::trim).filter(|p| !p.is_empty())
}

fn verse(block: &Block) -> String {
    let rows: Vec<String> = block.rows.iter().map(|row| escape(&row.text())).collect();
    format!("<p>{}</p>\n", rows.join("<br>"))
}

fn paragraph(text: &str) -> String {
    format!("<p>{}</p>\n", escape(text))
}

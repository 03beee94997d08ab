//! What the source of a page holds and nobody who looks at the page sees, or is meant to see: what is hidden by attribute
//! or style, the comments of editors, the deletions they tracked. Styles are not kept, so it has to go before.

use std::borrow::Cow;

use memchr::memchr_iter;
use scraper::{ElementRef, Html};

use super::{MAX_NESTING, attributed, source};

/// The classes of Word's comments and of their marks in the text; the words that are commented on have none of them.
const COMMENTS: [&str; 6] =
    ["msocommentreference", "msocommenttext", "msocommentsubject", "msocomtxt", "msocomanchor", "msocomoff"];
/// So many texts of a block are looked through for its first words.
const MAX_BLANKS: usize = 20;

/// Whether an element is hidden, with all that is in it. Pictures that scripts load late are hidden until then.
pub(super) fn is_hidden(element: ElementRef<'_>) -> bool {
    if ["data-src", "data-original"].iter().any(|name| element.attr(name).is_some()) {
        return false;
    }
    element.attr("hidden").is_some() || element.attr("style").is_some_and(hides)
}

/// A fragment without what nobody is to see; as it is where all is seen.
pub fn seen(fragment: &str) -> Cow<'_, str> {
    // Of what would take too long to parse, other limits make an end.
    if !may_hide(fragment) || source::fault(fragment, MAX_NESTING).is_some() {
        return Cow::Borrowed(fragment);
    }
    let mut page = Html::parse_fragment(fragment);
    if detach(&mut page, unseen) { Cow::Owned(page.root_element().inner_html()) } else { Cow::Borrowed(fragment) }
}

/// The words of a fragment that are seen, on one line; none where all are.
#[must_use]
pub fn seen_words(fragment: &str) -> Option<String> {
    match seen(fragment) {
        Cow::Owned(seen) => Some(super::words(Html::parse_fragment(&seen).root_element())),
        Cow::Borrowed(_) => None,
    }
}

fn unseen(element: ElementRef<'_>) -> Option<ElementRef<'_>> {
    note(element).or(Some(element).filter(|e| is_hidden(*e)))
}

/// Takes out what `of` gives for any element with attributes; false where that is nothing.
pub(super) fn detach(page: &mut Html, of: impl for<'a> Fn(ElementRef<'a>) -> Option<ElementRef<'a>>) -> bool {
    let found: Vec<_> = attributed(page.root_element()).filter_map(of).map(|e| e.id()).collect();
    for id in &found {
        if let Some(mut node) = page.tree.get_mut(*id) {
            node.detach();
        }
    }
    !found.is_empty()
}

/// Whether a tag speaks of anything that may hide it; most fragments need not be parsed to know that none does. A bare name
/// says nothing.
fn may_hide(fragment: &str) -> bool {
    const SIGNS: [&str; 4] = ["style", "hidden", "mso", "cmnt"];
    let is_bare = |piece: &str| {
        let name = piece.strip_prefix('/').unwrap_or(piece);
        name.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).starts_with('>')
    };
    let pieces = memchr_iter(b'<', fragment.as_bytes()).map(|at| &fragment[at + 1..]);
    pieces.filter(|piece| !is_bare(piece)).any(|piece| {
        let piece = piece.split('<').next().unwrap_or_default();
        let tag = piece.rfind('>').map_or("", |end| &piece[..end]).to_ascii_lowercase();
        SIGNS.iter().any(|sign| tag.contains(sign))
            || tag
                .strip_prefix("del")
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_whitespace() || c == '/'))
    })
}

/// Of an element that editors left for each other (a tracked deletion, a comment, its mark in the text), what goes with it.
pub(super) fn note(element: ElementRef<'_>) -> Option<ElementRef<'_>> {
    let states = |name: &str| element.attr(name).is_some();
    // Who deletes while changes are tracked is named; who strikes out for readers to see states the time at most (WordPress).
    if element.value().name() == "del" && states("cite") {
        return Some(element);
    }
    let is_comment = |class: &str| COMMENTS.iter().any(|known| class.eq_ignore_ascii_case(known));
    if element.attr("class").is_some_and(|classes| classes.split_ascii_whitespace().any(is_comment)) {
        return Some(element);
    }
    let is_list = |(name, value, _): (String, String, bool)| {
        name == "mso-element" && matches!(value.as_str(), "comment-list" | "comment")
    };
    if element.attr("style").is_some_and(|style| declarations(style).any(is_list)) {
        return Some(element);
    }
    if element.value().name() != "a" {
        return None;
    }
    // Google Docs marks the place by `cmnt_ref1` and the comment by `cmnt1`, and each leads to the other.
    let (own, other) = (element.attr("id").or(element.attr("name"))?, element.attr("href")?.strip_prefix('#')?);
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if own.strip_prefix("cmnt_ref").is_some_and(is_number) && other.strip_prefix("cmnt").is_some_and(is_number) {
        return Some(mark(element));
    }
    if own.strip_prefix("cmnt").is_some_and(is_number) && other.strip_prefix("cmnt_ref").is_some_and(is_number) {
        return Some(comment(element));
    }
    None
}

/// The mark of a comment with the `sup` that holds nothing else.
fn mark(anchor: ElementRef<'_>) -> ElementRef<'_> {
    let Some(above) = anchor.parent().and_then(ElementRef::wrap).filter(|above| above.value().name() == "sup") else {
        return anchor;
    };
    let is_alone = above.children().nth(1).is_none();
    if is_alone { above } else { anchor }
}

/// The block that is a comment: the one that begins with its anchor.
fn comment(anchor: ElementRef<'_>) -> ElementRef<'_> {
    let begins = |block: &ElementRef<'_>| {
        let mut texts = block.descendants().filter(|node| node.value().is_text()).take(MAX_BLANKS);
        let first = texts.find(|node| node.value().as_text().is_some_and(|text| !text.trim().is_empty()));
        first.is_some_and(|first| first.ancestors().any(|above| above.id() == anchor.id()))
    };
    let nearest = |names: &[&str]| {
        anchor.ancestors().filter_map(ElementRef::wrap).find(|above| names.contains(&above.value().name()))
    };
    // One `div` for each comment, or what another program left of it.
    nearest(&["div"]).filter(begins).or_else(|| nearest(&["p", "li"]).filter(begins)).unwrap_or(anchor)
}

/// Whether a style says that its element is not shown.
fn hides(style: &str) -> bool {
    let (mut display, mut visibility, mut word) = ((false, false), (false, false), (false, false));
    for (name, value, important) in declarations(style) {
        let (known, hidden) = match name.as_str() {
            "display" => (&mut display, value == "none"),
            "visibility" => (&mut visibility, matches!(value.as_str(), "hidden" | "collapse")),
            "mso-hide" => (&mut word, value == "all"),
            _ => continue,
        };
        // The last counts, but for what is important.
        if important || !known.1 {
            *known = (hidden, important);
        }
    }
    display.0 || visibility.0 || word.0
}

/// The declarations of a style attribute (CSS Style Attributes, section 3), in lower case, and whether each is important.
fn declarations(style: &str) -> impl Iterator<Item = (String, String, bool)> {
    let mut bare = String::with_capacity(style.len());
    let mut rest = style;
    while let Some((before, comment)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    let read = |declaration: &str| {
        let (name, value) = declaration.split_once(':')?;
        let lower = value.trim().to_ascii_lowercase();
        let plain =
            lower.strip_suffix("important").and_then(|rest| rest.trim_end().strip_suffix('!')).map(str::trim_end);
        let value = plain.unwrap_or(&lower).to_owned();
        (!value.is_empty()).then(|| (name.trim().to_ascii_lowercase(), value, plain.is_some()))
    };
    bare.split(';').filter_map(read).collect::<Vec<_>>().into_iter()
}

//! The element of a page without `article` and `main` that holds its story, where what stands around it is links: a column of a
//! portal, a cell of one laid out in a table.

use scraper::ElementRef;

use super::{furniture, is_around};

/// A text without a link that is longer, in characters, is part of a story.
const PROSE: usize = 60;
/// Fewer links are no page around a story.
const MIN_LINKS: usize = 3;
/// What belongs to a story wherever it stands.
const STORY: [&str; 9] = ["table", "figure", "pre", "blockquote", "video", "audio", "ol", "dl", "iframe"];

/// The innermost element that holds the `headline` and all prose of `body`; none where that is the whole, or what is outside of
/// it is more than links and a few words.
pub(super) fn of<'a>(body: ElementRef<'a>, headline: ElementRef<'a>) -> Option<ElementRef<'a>> {
    // An element and those around it, up to the body.
    let around = |element: ElementRef<'a>| {
        let above = element.ancestors().filter_map(ElementRef::wrap);
        std::iter::once(element).chain(above).take_while(|e| e.id() != body.id())
    };
    let is_link = |e: ElementRef<'_>| e.value().name() == "a";
    let is_beside = |e: ElementRef<'a>| around(e).any(|e| is_around(e) || furniture::is_named(e));
    let texts: Vec<(ElementRef<'a>, usize)> = body
        .descendants()
        .filter_map(|node| Some((node.parent().and_then(ElementRef::wrap)?, node.value().as_text()?.trim())))
        .filter(|(parent, text)| !text.is_empty() && !is_beside(*parent))
        .map(|(parent, text)| (parent, text.chars().count()))
        .collect();
    // From the body down to the headline; what holds less and less of the prose.
    let mut path: Vec<ElementRef<'a>> = around(headline).collect();
    path.reverse();
    for (parent, _) in texts.iter().filter(|(parent, length)| *length > PROSE && !around(*parent).any(is_link)) {
        let mut line: Vec<_> = around(*parent).map(|e| e.id()).collect();
        line.reverse();
        let shared = path.iter().zip(&line).take_while(|(one, other)| one.id() == **other).count();
        path.truncate(shared);
    }
    let story = *path.last().filter(|story| story.id() != headline.id())?;
    let is_outside = |e: ElementRef<'a>| around(e).all(|above| above.id() != story.id());
    let (mut linked, mut plain) = (0, 0);
    for (parent, length) in texts.iter().filter(|(parent, _)| is_outside(*parent)) {
        let kind = if around(*parent).any(is_link) { &mut linked } else { &mut plain };
        *kind += length;
    }
    let holds_story = |e: ElementRef<'_>| path.iter().any(|above| above.id() == e.id());
    let outside = || body.descendent_elements().filter(|e| is_outside(*e) && !holds_story(*e));
    let links = outside().filter(|e| is_link(*e)).take(MIN_LINKS).count();
    let is_told = || outside().any(|e| STORY.contains(&e.value().name()) && !is_beside(e));
    (links == MIN_LINKS && plain <= linked && !is_told()).then_some(story)
}

//! An HTML document or fragment → one draft: what it states about itself, and of its content the article without the
//! page around it. The body is not yet clean.

mod base;
mod breaks;
mod cost;
mod embargo;
mod furniture;
mod header;
mod headline;
mod layout;
mod lead;
mod looks;
mod marked;
mod metadata;
mod pictures;
mod properties;
mod source;
mod stated;
mod story;
mod unseen;
mod word;

use chrono_tz::Tz;
use scraper::{ElementRef, Html};

use self::cost::{depth, escaping};
use self::headline::{printed, settle_headline};
use self::metadata::Metadata;
use self::source::Fault;
use super::extent::{self, MAX_ESCAPING};
use super::front_matter::{self, fill, language_tag};
use super::{MAX_TEXT, Markup, Parsed};
use crate::article::{Author, Draft};
use crate::rejection::Rejection;

pub use source::declared_encoding;
pub use unseen::{seen, seen_words};

/// Elements within elements: what browsers draw at most is 512, what people write stays far below this.
pub const MAX_NESTING: usize = 256;

/// What surrounds an article on its page, and what never belongs to a body.
const AROUND: [&str; 16] = [
    "nav", "header", "footer", "aside", "script", "style", "form", "noscript", "template", "dialog", "title", "meta",
    "link", "base", "button", "select",
];

/// Names of the elements, by class or id, that content management systems put the text alone into.
const TEXTS: [&str; 23] = [
    "entry-content",
    "post-content",
    "article-content",
    "article-body",
    "articlebody",
    "bodytext",
    "article__body",
    "e-content",
    "trs_editor",
    "rich_media_content",
    "rm_txt_con",
    "rwb_zw",
    "article_content",
    "article__content",
    "story-body",
    "field--name-body",
    "available-content",
    "ozoom",
    "articlecontent",
    "detailcontent",
    "ucap-content",
    "trs_ueditor",
    "pages_content",
];
/// Above the story stand no more paragraphs.
const MAX_ABOVE: usize = 3;
/// Where a page names the site it belongs to.
const SITE_NAMES: &[&str] = &["og:site_name", "application-name", "sitename"];

/// Reads a text whose line ends are `\n`. Dates without a zone are in `zone`. `in_folder`: the file lies in a section's
/// folder, which outranks the section that a saved page names of the site it came from; that becomes a tag.
///
/// # Errors
/// A head that cannot be read, a date that cannot, nesting beyond [`MAX_NESTING`], more text or tags than an article has, or
/// entities of its own making.
pub fn read(text: &str, in_folder: bool, zone: Tz) -> Result<Parsed, Rejection> {
    understood(text, in_folder, zone, Some(false))
}

/// The same for a page whose sidecar may state an embargo: then one that is written in it need not be read.
pub(super) fn read_beside(text: &str, in_folder: bool, zone: Tz, is_embargoed: bool) -> Result<Parsed, Rejection> {
    understood(text, in_folder, zone, Some(is_embargoed))
}

/// The text of a page that is part of an item, which states elsewhere until when it is held; none where it cannot be read.
pub(super) fn text(page: &str, zone: Tz) -> Option<String> {
    understood(page, true, zone, None).ok()?.drafts.into_iter().next().map(|draft| draft.body)
}

/// `is_embargoed`: whether an embargo is stated beside it; none where what is written at its top is none.
fn understood(text: &str, in_folder: bool, zone: Tz, is_embargoed: Option<bool>) -> Result<Parsed, Rejection> {
    let split = front_matter::split_fenced(text)?;
    if let Some(at) = source::entities(split.body) {
        let hint = "take the `<!ENTITY …>` lines away and write the characters themselves";
        let line = text[..text.len() - split.body.len() + at].matches('\n').count() + 1;
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        return Err(Rejection::new("it defines entities of its own, which are not read", hint).at(line, 1));
    }
    let mut draft = Draft::default();
    let mut doubts = Vec::new();
    let above = text[..text.len() - split.body.len()].matches('\n').count();
    let deep = |line: usize| {
        let reason = format!("elements are left open, nested more than {MAX_NESTING} deep, or full of attributes");
        let line = u32::try_from(above + line).unwrap_or(u32::MAX);
        Rejection::new(reason, "close the elements that were left open").at(line, 1)
    };
    let source = source::closed(split.body);
    match source::fault(&source, MAX_NESTING) {
        Some(Fault::Open(line)) => return Err(deep(line)),
        Some(Fault::Full) => return Err(extent::too_full()),
        Some(Fault::Long) => return Err(extent::too_long()),
        None => {}
    }
    let mut page = Html::parse_document(&source);
    if depth(&page) > MAX_NESTING * 2 {
        return Err(deep(1));
    }
    if escaping(&page) > MAX_ESCAPING {
        return Err(extent::too_dense());
    }
    let metadata = Metadata::of(&page);
    stated::fill(&metadata, &mut draft, text, zone, &mut doubts)?;
    if let Some(base) = base::of(&page) {
        for address in draft.image.iter_mut().chain(draft.enclosures.iter_mut().map(|enclosed| &mut enclosed.file)) {
            *address = base::resolved(&base, address).unwrap_or(std::mem::take(address));
        }
        if !base::resolve(&mut page, &base, MAX_TEXT) {
            return Err(extent::too_long());
        }
    }
    unseen::detach(&mut page, unseen::note);
    if in_folder {
        let named = std::mem::take(&mut draft.sections);
        let news: Vec<String> = named.into_iter().filter(|name| !draft.tags.contains(name)).collect();
        draft.tags.splice(0..0, news);
    }
    let content = content(&page, &metadata, draft.headline.as_deref());
    properties::read(content, &mut draft, zone);
    marked::read(content, &mut draft, zone);
    if draft.language.is_none() {
        let stated = page.root_element().attr("lang").or(page.root_element().attr("xml:lang"));
        let stated =
            content.attr("lang").or(stated).or(metadata.first(&["ld:inlanguage", "og:locale", "content-language"]));
        draft.language = stated.and_then(language_tag);
    }
    if let Some(head) = &split.head {
        let mut stated = Draft::default();
        doubts.extend(fill(head, &mut stated, zone)?);
        super::merge(&mut draft, stated);
    }
    let (top, showed) = (content.id(), shows_something(content));
    word::make_lists(&mut page);
    layout::unfold(&mut page);
    if metadata.first(&["title"]).is_none() {
        looks::set_heading(&mut page, &mut draft);
    }
    pictures::draw(&mut page);
    pictures::show(&mut page);
    let content = page.tree.get(top).and_then(ElementRef::wrap).unwrap_or(page.root_element());
    let text = text_of(content);
    // But for the text and what is around it: an article that is hidden as a whole is shown by a script once it is loaded.
    let kept: Vec<_> = text.ancestors().map(|above| above.id()).chain([text.id()]).collect();
    unseen::detach(&mut page, |e| Some(e).filter(|e| unseen::is_hidden(*e) && !kept.contains(&e.id())));
    if let Some(is_embargoed) = is_embargoed {
        let held = embargo::take(
            &mut page,
            (&metadata, draft.headline.as_deref()),
            is_embargoed || draft.embargo.is_some(),
            zone,
        )?;
        draft.embargo = draft.embargo.or(held);
    }
    let content = page.tree.get(top).and_then(ElementRef::wrap).unwrap_or(page.root_element());
    let text = text_of(content);
    let root = text.id();
    if showed && !shows_something(content) {
        doubts.push("all text of the page is hidden, so none of it is shown".to_owned());
    }
    lead::read(content, text, &mut draft);
    let printed = printed(content, &metadata, draft.headline.as_deref());
    let second = headline::second(content, &draft);
    if let Some(second) = second {
        draft.subhead = Some(words(second));
    }
    let kicker = printed.and_then(|printed| headline::kicker(printed, &metadata)).filter(|_| draft.kickers.is_empty());
    draft.kickers.extend(kicker.map(words));
    let beside = headline::beside(&page, &metadata).filter(|_| printed.is_none());
    let mut standfirst = match beside {
        Some(_) => header::read(page.root_element(), content, beside, &mut draft, zone),
        None => String::new(),
    };
    // What is marked as the text may begin with its own header.
    let is_within = printed.is_some_and(|e| e.ancestors().any(|above| above.id() == root));
    standfirst += &header::read(if is_within { text } else { content }, text, printed, &mut draft, zone);
    let shown = printed.or(beside);
    let title = metadata.first(&["title"]).unwrap_or_default();
    let same = settle_headline(shown.map(|e| headline::said(e, title)).as_deref(), &metadata, &mut draft);
    let headline = printed.filter(|_| same).map(|e| outermost(e, text).id());
    let whole: usize = content.text().map(|text| text.trim().len()).sum();
    let again = headline::repeated(text, draft.headline.as_deref());
    let gone = [headline, second.map(|e| e.id()), kicker.map(|e| e.id()), again.map(|e| e.id())];
    let mut is_above = printed.is_some();
    let surplus: Vec<_> = content
        .descendent_elements()
        .filter(|e| {
            is_above &= Some(e.id()) != printed.map(|e| e.id());
            gone.contains(&Some(e.id()))
                || is_around(*e)
                || is_spacer(*e)
                || furniture::is_beside(*e, whole)
                || is_above && furniture::is_links(*e)
        })
        .map(|e| e.id())
        .filter(|id| *id != root)
        .collect();
    for id in surplus {
        if let Some(mut node) = page.tree.get_mut(id) {
            node.detach();
        }
    }
    let content = page.tree.get(root).and_then(ElementRef::wrap).filter(|content| shows_something(*content));
    let body = content.map(|content| content.inner_html()).unwrap_or_default();
    // Whom the machine belongs to is the writer where the text begins with that name.
    if draft.authors.is_empty()
        && let Some(name) = metadata.first(&["author"])
        && body.split("</p>").take(MAX_ABOVE).any(|block| block.ends_with(&format!(">{name}")))
    {
        draft.authors.push(Author::named(name));
    }
    draft.body = standfirst + &breaks::paragraphs(body.trim());
    Ok(Parsed { doubts, ..Parsed::of(Markup::Html, vec![draft]) })
}

/// Whether HTML of another parser's making (Markdown with raw HTML in it) leaves no more open than [`read`] allows.
#[must_use]
pub fn is_bearable(fragment: &str) -> bool {
    source::fault(fragment, MAX_NESTING).is_none()
}

/// Text on one line, one space between words.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of an element on one line; a line break in a headline parts words.
fn words(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    for node in element.descendants() {
        match node.value() {
            // How a word is read, above it.
            scraper::Node::Text(_) if node.ancestors().filter_map(ElementRef::wrap).take(2).any(is_reading) => {}
            scraper::Node::Text(words) if !is_mark(node.parent().and_then(ElementRef::wrap), words) => {
                text.push_str(words);
            }
            scraper::Node::Element(inner) if inner.name() == "br" => text.push(' '),
            _ => {}
        }
    }
    line(&text)
}

fn is_reading(element: ElementRef<'_>) -> bool {
    matches!(element.value().name(), "rt" | "rp")
}

/// Whether a text is the mark by which documentation lets a reader link to a heading.
fn is_mark(parent: Option<ElementRef<'_>>, text: &str) -> bool {
    matches!(text.trim(), "¶" | "#" | "§" | "🔗")
        && parent.is_some_and(|a| a.value().name() == "a" && a.attr("href").is_some_and(|href| href.starts_with('#')))
}

/// Whether there is a word or a picture in it.
fn shows_something(content: ElementRef<'_>) -> bool {
    content.text().any(|text| !text.trim().is_empty())
        || content.descendent_elements().any(|e| {
            matches!(e.value().name(), "img" | "picture" | "video" | "audio" | "iframe" | "object" | "embed" | "svg")
        })
}

/// The element whose content is the article: the only `article`, else `main`, else what holds its story, else the whole body.
fn content<'a>(page: &'a Html, metadata: &Metadata, stated: Option<&str>) -> ElementRef<'a> {
    let root = page.root_element();
    let within = |element: ElementRef<'_>, names: &[&str]| {
        element.ancestors().filter_map(ElementRef::wrap).any(|a| names.contains(&a.value().name()))
    };
    let mut articles = root
        .descendent_elements()
        .filter(|e| e.value().name() == "article" && !within(*e, &["article", "aside", "nav", "footer"]));
    if let (Some(only), None) = (articles.next(), articles.next()) {
        return only;
    }
    let main = |e: &ElementRef<'_>| e.value().name() == "main" || e.attr("role") == Some("main");
    let body = |e: &ElementRef<'_>| e.value().name() == "body";
    if let Some(main) = root.descendent_elements().find(main) {
        return main;
    }
    let body = root.descendent_elements().find(body).unwrap_or(root);
    printed(body, metadata, stated).and_then(|headline| story::of(body, headline)).unwrap_or(body)
}

/// Whether an element is no part of the article. A quotation's `footer` names who said it, so it stays.
fn is_around(element: ElementRef<'_>) -> bool {
    let name = element.value().name();
    if name == "footer" || name == "header" {
        let quoted = |a: ElementRef<'_>| matches!(a.value().name(), "blockquote" | "figure");
        return !element.ancestors().filter_map(ElementRef::wrap).any(quoted);
    }
    AROUND.contains(&name) && !(name == "aside" && furniture::is_told(element))
}

/// Whether an element is an empty paragraph, by which editors on screens make room.
fn is_spacer(element: ElementRef<'_>) -> bool {
    element.value().name() == "p" && !shows_something(element)
}

/// The element around another one that holds no other words: what only says how they look goes with them.
fn outermost<'a>(element: ElementRef<'a>, root: ElementRef<'_>) -> ElementRef<'a> {
    let said = words(element);
    let around = element.ancestors().filter_map(ElementRef::wrap);
    around.take_while(|e| e.id() != root.id() && words(*e) == said).last().unwrap_or(element)
}

/// The elements within one that have attributes; of most, their name says all.
fn attributed(element: ElementRef<'_>) -> impl Iterator<Item = ElementRef<'_>> {
    element.descendent_elements().filter(|element| element.value().attrs().next().is_some() || is_printed(*element))
}

/// Whether it is the element that 方正 puts the text of a printed article into.
fn is_printed(element: ElementRef<'_>) -> bool {
    element.value().name() == "founder-content"
}

/// The element that holds the text alone, where the page marks one; else the whole content.
fn text_of(content: ElementRef<'_>) -> ElementRef<'_> {
    let marked = |e: &ElementRef<'_>| {
        let words = |kind: &str| e.attr(kind).unwrap_or_default().to_lowercase();
        is_printed(*e)
            || words("itemprop").split_whitespace().any(|w| w == "articlebody")
            || words("class").split_whitespace().chain(words("id").split_whitespace()).any(|w| TEXTS.contains(&w))
    };
    let mut found = attributed(content).filter(marked);
    let Some(first) = found.next() else { return content };
    // A second one inside of the first is the same text marked twice; one beside it makes both uncertain.
    let beside = found.any(|other| !other.ancestors().any(|above| above.id() == first.id()));
    if beside { content } else { first }
}

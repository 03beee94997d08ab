//! An article's body as readers see it: what stood above it on the page first, pictures and captions where an editor
//! would put them, and every address absolute.

use super::attachments::{self, Picture};
use super::{Publication, base};
use crate::article::{Article, BASE, Caption, printable};
use crate::escape::push_value;

/// The HTML of an article: kickers, subhead, lead picture unless the body shows it, the body, captions it lacks.
pub(super) fn body(publication: &Publication, article: &Article) -> String {
    let mut html = String::with_capacity(article.draft.body.len() + 512);
    for kicker in &article.draft.kickers {
        element(&mut html, "p", kicker);
    }
    if let Some(subhead) = article.draft.subhead.as_deref().filter(|s| !s.trim().is_empty()) {
        html.push_str("<p><strong>");
        escape(&mut html, subhead);
        html.push_str("</strong></p>\n");
    }
    html.push_str(&story(publication, article));
    html
}

/// The same without what stands above the story: pages show that in their own way.
pub(super) fn story(publication: &Publication, article: &Article) -> String {
    let draft = &article.draft;
    // Few articles have captions, and only these are looked for in the text.
    let words = if draft.captions.is_empty() { String::new() } else { words(&draft.body) };
    let mut missing = draft.captions.iter().filter_map(|caption| missing(&words, caption));
    let mut html = String::with_capacity(draft.body.len() + 512);
    // A picture that stands in the body is not shown twice, in whatever way its address is written there.
    let mut pictures = attachments::pictures(publication, article);
    pictures.retain(|picture| {
        let mut addresses = std::iter::once(&picture.stored).chain(picture.original.as_ref().map(|(_, stored)| stored));
        !addresses.any(|address| draft.body.contains(&escaped(address)))
    });
    let mut pictures = pictures.into_iter().peekable();
    let lead = attachments::lead(publication, article);
    if let Some(lead) = pictures.next_if(|first| lead.is_some_and(|lead| lead.url == first.url)) {
        figure(&mut html, &lead, missing.next().as_ref());
    }
    let address = escaped(base(publication));
    for (n, part) in draft.body.split(BASE).enumerate() {
        if n > 0 {
            html.push_str(&address);
        }
        html.push_str(&printable(part));
    }
    if !html.is_empty() && !html.ends_with('\n') {
        html.push('\n');
    }
    for picture in pictures {
        figure(&mut html, &picture, missing.next().as_ref());
    }
    for caption in missing {
        html.push_str("<p><small>");
        words_of(&mut html, &caption);
        html.push_str("</small></p>\n");
    }
    html
}

fn figure(html: &mut String, picture: &Picture, caption: Option<&Caption>) {
    html.push_str("<figure>");
    if let Some((original, _)) = &picture.original {
        html.push_str("<a href=\"");
        escape(html, original);
        html.push_str("\">");
    }
    html.push_str("<img src=\"");
    escape(html, &picture.url);
    html.push_str("\" alt=\"");
    escape(html, caption.map(|c| c.text.as_str()).unwrap_or_default());
    html.push('"');
    if let Some((width, height)) = picture.pixels {
        html.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
    }
    html.push_str(if picture.original.is_some() { "></a>" } else { ">" });
    if let Some(caption) = caption {
        html.push_str("<figcaption>");
        words_of(html, caption);
        html.push_str("</figcaption>");
    }
    html.push_str("</figure>\n");
}

fn words_of(html: &mut String, caption: &Caption) {
    let credit = caption.credit.as_deref().unwrap_or_default();
    escape(html, &caption.text);
    if !caption.text.is_empty() && !credit.is_empty() {
        html.push(' ');
    }
    escape(html, credit);
}

fn element(html: &mut String, name: &str, text: &str) {
    html.push_str(&format!("<{name}>"));
    escape(html, text);
    html.push_str(&format!("</{name}>\n"));
}

/// Adds a text, without what no reader may see.
fn escape(html: &mut String, text: &str) {
    push_value(html, &printable(text));
}

/// A text as HTML, between tags and in attributes alike. The placeholder stays: stored bodies are compared with it.
pub(super) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for (n, part) in text.split(BASE).enumerate() {
        if n > 0 {
            html.push(BASE);
        }
        escape(&mut html, part);
    }
    html
}

/// The body's text, still escaped, without tags and blanks: to see whether a caption stands in it.
fn words(body: &str) -> String {
    let mut inside = false;
    body.chars()
        .filter(|c| {
            match c {
                '<' => inside = true,
                '>' if inside => {
                    inside = false;
                    return false;
                }
                _ => {}
            }
            !inside && !c.is_whitespace()
        })
        .collect()
}

/// What of a caption does not stand in the body.
fn missing(words: &str, caption: &Caption) -> Option<Caption> {
    let lacks = |text: &&str| {
        // Text of a cleaned body leaves quotation marks as they are.
        let text: String = escaped(text).replace("&quot;", "\"").split_whitespace().collect();
        !words.contains(&text)
    };
    let text = Some(caption.text.as_str()).filter(lacks).unwrap_or_default().to_owned();
    // Of two pictures by one hand each says so.
    let credit = caption.credit.as_deref().filter(|credit| !text.is_empty() || lacks(credit)).map(str::to_owned);
    (!text.is_empty() || credit.is_some()).then_some(Caption { text, credit })
}

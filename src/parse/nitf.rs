//! NITF 3.x (iptc.org/std/NITF), with or without its namespace → one draft.

mod body;

use chrono_tz::Tz;
use roxmltree::Node;

use super::agency::pictures;
use super::agency::{self, Context, people, prose};
use super::xml::{self, at, child, children, stated, words, words_of};
use super::{Markup, Parsed};
use crate::article::{Author, Draft, Status};
use crate::rejection::Rejection;

/// Reads a document whose root is `nitf`.
///
/// # Errors
/// When it is embargoed until nobody knows when, or holds nothing.
pub(super) fn read(root: Node<'_, '_>, zone: Tz) -> Result<Parsed, Rejection> {
    let mut context = Context::new(zone);
    let draft = agency::holds_something(article(root, &mut context)?)?;
    Ok(context.parsed(Markup::Nitf, vec![draft]))
}

/// The body of a NITF document that another format carries as text, as HTML; none where it cannot be read.
pub(super) fn body_of(text: &str) -> Option<String> {
    let prepared = xml::prepared(text.trim()).ok()?;
    let document = xml::parse(&prepared).ok()?;
    let mut draft = Draft::default();
    fill_body(document.root_element(), &mut draft);
    prose::has_words(&draft.body).then_some(draft.body)
}

/// What an `nitf` element says, wherever it stands.
pub(super) fn article(root: Node<'_, '_>, context: &mut Context) -> Result<Draft, Rejection> {
    let mut draft = Draft::default();
    if let Some(head) = child(root, "head") {
        docdata(head, &mut draft, context)?;
        draft.headline = words_of(head, "title");
        draft.tags = subjects(head);
    }
    if let Some(head) = at(root, &["body", "body.head"]) {
        body_head(head, &mut draft);
    }
    draft.id = draft.id.take().or_else(|| stated(root, "uno").map(str::to_owned));
    draft.language = agency::language(stated(root, "baselang").or_else(|| stated(root, "lang")))
        .or_else(|| agency::language(child(root, "body").and_then(|body| stated(body, "lang"))));
    fill_body(root, &mut draft);
    Ok(draft)
}

/// The body and what it shows; a `body.content` alone is enough.
pub(super) fn fill_body(root: Node<'_, '_>, draft: &mut Draft) {
    let content = at(root, &["body", "body.content"]).or_else(|| xml::below(root, "body.content"));
    let Some(content) = content.or_else(|| Some(root).filter(|root| xml::is(*root, "body.content"))) else { return };
    let mut written = body::Written::of(content);
    if let Some(end) = at(root, &["body", "body.end"]) {
        written.end(end);
    }
    draft.body = written.html;
    for sound in &written.sounds {
        pictures::enclose(draft, sound);
    }
    draft.captions.append(&mut written.captions);
    draft.image = written.image;
}

/// Identity, version, dates, status.
fn docdata(head: Node<'_, '_>, draft: &mut Draft, context: &mut Context) -> Result<(), Rejection> {
    let publication = child(head, "pubdata").and_then(|node| stated(node, "date.publication"));
    let Some(data) = child(head, "docdata") else {
        draft.date = context.date("date.publication", publication);
        return Ok(());
    };
    let norm = |name: &str| child(data, name).and_then(|node| stated(node, "norm").or_else(|| node.text()));
    let identity = child(data, "doc-id");
    let source = identity.and_then(|node| stated(node, "regsrc"));
    draft.id = identity.and_then(|node| stated(node, "id-string")).map(|id| in_register(source, id));
    draft.version = agency::version(child(data, "du-key").and_then(|node| stated(node, "version")));
    let issued = context.date("date.issue", norm("date.issue"));
    draft.updated = issued;
    draft.as_of = agency::moment(issued);
    draft.date = context.date("date.publication", publication).or(issued);
    draft.expires = context.date("date.expire", norm("date.expire"));
    let released =
        child(data, "date.release").map(|node| stated(node, "norm").or_else(|| node.text()).unwrap_or_default());
    draft.embargo = context.embargo("date.release", released)?;
    let word = stated(data, "management-status").unwrap_or_default();
    context.state(word, draft)?;
    if draft.status == Status::Canceled {
        draft.cancels = stated(data, "management-doc-idref")
            .map(|id| in_register(source, id))
            .filter(|id| Some(id) != draft.id.as_ref());
    }
    draft.urgency = agency::urgency(child(data, "urgency").and_then(|node| stated(node, "ed-urg")));
    draft.rights = copyright(data);
    draft.source = source.map(str::to_owned);
    Ok(())
}

/// An id as one of its source's: numbers of two agencies are two ids.
fn in_register(source: Option<&str>, id: &str) -> String {
    match source {
        Some(source) if !id.contains(':') && !id.to_lowercase().contains(&source.to_lowercase()) => {
            format!("{source}/{id}")
        }
        _ => id.to_owned(),
    }
}

fn copyright(data: Node<'_, '_>) -> Option<String> {
    let notice = child(data, "doc.copyright").and_then(|node| {
        let holder = stated(node, "holder")?;
        Some(format!("© {}", [stated(node, "year"), Some(holder)].into_iter().flatten().collect::<Vec<_>>().join(" ")))
    });
    let owner = child(data, "doc.rights").and_then(|node| stated(node, "owner")).map(str::to_owned);
    agency::rights(notice, owner, None)
}

/// Names of subjects: of the registers that give some, IPTC's alone; keywords follow.
fn subjects(head: Node<'_, '_>) -> Vec<String> {
    let subjects: Vec<Node<'_, '_>> =
        child(head, "tobject").into_iter().flat_map(|node| children(node, "tobject.subject")).collect();
    let is_iptc =
        |node: &Node<'_, '_>| stated(*node, "tobject.subject.ipr").is_some_and(|ipr| ipr.eq_ignore_ascii_case("IPTC"));
    let only = subjects.iter().any(is_iptc);
    let mut tags = Vec::new();
    for subject in subjects.iter().filter(|node| !only || is_iptc(node)) {
        for name in ["tobject.subject.type", "tobject.subject.matter", "tobject.subject.detail"] {
            tags.extend(stated(*subject, name).map(str::to_owned));
        }
    }
    let keys = at(head, &["docdata", "key-list"]).into_iter().flat_map(|list| children(list, "keyword"));
    tags.extend(keys.filter_map(|node| stated(node, "key").map(str::to_owned).or_else(|| words(node))));
    for meta in children(head, "meta") {
        if stated(meta, "name")
            .is_some_and(|name| ["keywords", "category", "section"].contains(&name.to_lowercase().as_str()))
        {
            let list = stated(meta, "content").unwrap_or_default();
            // Codes are for programs.
            tags.extend(list.split([',', ';']).map(str::trim).filter(|tag| tag.chars().count() > 3).map(str::to_owned));
        }
    }
    tags
}

/// Headlines, byline, dateline, abstract, rights.
fn body_head(head: Node<'_, '_>, draft: &mut Draft) {
    // `headline` is how some spell it.
    let lines = child(head, "hedline").or_else(|| child(head, "headline"));
    if let Some(lines) = lines {
        let main: Vec<String> = children(lines, "hl1").filter_map(words).collect();
        if !main.is_empty() {
            draft.headline = Some(main.join(" "));
        } else if !lines.children().any(|inner| inner.is_element()) {
            draft.headline = words(lines).or(draft.headline.take());
        }
        let is_label = |line: &String| draft.tags.iter().any(|tag| prose::key(tag) == prose::key(line));
        // AP repeats the headline as it was first written.
        let is_former =
            |node: &Node<'_, '_>| stated(*node, "id").is_some_and(|id| id.to_lowercase().contains("original"));
        let below = children(lines, "hl2").filter(|node| !is_former(node));
        draft.subhead = below.filter_map(words).find(|line| !is_label(line));
    }
    for byline in children(head, "byline") {
        draft.authors.extend(authors(byline));
    }
    let dateline = child(head, "dateline");
    draft.dateline = dateline.and_then(place);
    draft.summary = child(head, "abstract").and_then(words);
    let owners = child(head, "rights").map(|rights| {
        let named: Vec<String> =
            ["rights.owner", "rights.agent"].iter().filter_map(|name| words_of(rights, name)).collect();
        (named.first().cloned(), words(rights))
    });
    if draft.rights.is_none()
        && let Some((owner, text)) = owners
    {
        let notice =
            text.filter(|text| owner.is_none() || text.contains('©') || text.to_lowercase().contains("copyright"));
        draft.rights = agency::rights(notice, owner, None);
    }
    draft.source = words_of(head, "distributor").or(draft.source.take());
}

/// `<byline>By <person>Alan Karben</person> <byttl>Staff</byttl></byline>`
pub(super) fn authors(byline: Node<'_, '_>) -> Vec<Author> {
    let inner = |name: &'static str| byline.descendants().filter(move |node| xml::is(*node, name));
    let people: Vec<String> = inner("person").filter_map(words).collect();
    let mut authors: Vec<Author> = if people.is_empty() {
        let own: String = byline
            .descendants()
            .filter(|node| node.is_text() && !node.ancestors().any(|above| xml::is(above, "byttl")))
            .filter_map(|node| node.text())
            .collect();
        people::of(&own)
    } else {
        people.iter().flat_map(|name| people::of(name)).collect()
    };
    for title in inner("byttl").filter_map(words) {
        if authors.is_empty() {
            authors = people::of(&title);
        } else {
            people::describe(&mut authors, &title);
        }
    }
    if !people.is_empty() {
        for house in inner("org").filter(|node| !node.ancestors().any(|a| xml::is(a, "byttl"))).filter_map(words) {
            people::describe(&mut authors, &house);
        }
    }
    authors
}

/// Where it was written, and the day as printed; a machine's time is neither.
pub(super) fn place(dateline: Node<'_, '_>) -> Option<String> {
    let location = children(dateline, "location").filter_map(words).collect::<Vec<_>>().join(", ");
    let printed = if location.is_empty() { words(dateline)? } else { location.replace(" ,", ",") };
    let is_time = super::dates::read(&printed, Tz::UTC).is_some();
    (!is_time).then_some(printed)
}

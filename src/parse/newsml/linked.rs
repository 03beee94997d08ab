//! Items of one message that belong together → one article: a text, and the pictures that it or a package refers to.

use std::collections::HashSet;

use roxmltree::Node;

use crate::article::{Draft, Kind, Status};
use crate::parse::agency::pictures::{self, Picture};
use crate::parse::xml::{child, children, stated};
use crate::rejection::Rejection;

/// More references than any item has.
const MAX_LINKS: usize = 1000;

type Read = Result<Draft, Rejection>;

/// Gives each text its pictures, which are then no articles of their own. A package of which everything came along is taken for
/// told.
pub(super) fn join(items: &[Node<'_, '_>], drafts: Vec<Read>) -> Vec<Read> {
    let mut drafts: Vec<Option<Read>> = drafts.into_iter().map(Some).collect();
    let ids: Vec<&str> = items.iter().map(|item| stated(*item, "guid").unwrap_or_default()).collect();
    let known: HashSet<&str> = ids.iter().copied().filter(|id| !id.is_empty()).collect();
    let is = |draft: &Option<Read>, kind: Kind| matches!(draft, Some(Ok(draft)) if draft.kind == kind);
    let mut packaged: Vec<(usize, HashSet<&str>)> = Vec::new();
    for (at, item) in items.iter().enumerate().filter(|(_, item)| item.tag_name().name() == "packageItem") {
        let all: HashSet<&str> = contained(*item).collect();
        let mut texts = (0..ids.len()).filter(|at| all.contains(ids[*at]) && is(&drafts[*at], Kind::Article));
        if let (Some(text), None) = (texts.next(), texts.next()) {
            packaged.push((text, all.clone()));
        }
        if !all.is_empty() && all.iter().all(|id| known.contains(id)) {
            drafts[at] = None;
        }
    }
    let texts: Vec<usize> = (0..ids.len()).filter(|at| is(&drafts[*at], Kind::Article)).collect();
    let wanted: Vec<(usize, HashSet<&str>)> = texts
        .into_iter()
        .map(|at| {
            let own = associated(items[at]);
            let by_package = packaged.iter().filter(|(text, _)| *text == at).flat_map(|(_, all)| all.iter().copied());
            (at, own.chain(by_package).collect())
        })
        .collect();
    let mut given: Vec<(usize, Vec<Picture>)> = Vec::new();
    for at in 0..ids.len() {
        let mut owners = wanted.iter().filter(|(_, refs)| refs.contains(ids[at])).map(|(text, _)| *text);
        // What several texts share stays an article.
        let (Some(owner), None) = (owners.next(), owners.next()) else { continue };
        let Some(Ok(photo)) = &drafts[at] else { continue };
        let Some(picture) = picture(photo) else { continue };
        drafts[at] = None;
        match given.iter_mut().find(|(text, _)| *text == owner) {
            Some((_, pictures)) => pictures.push(picture),
            None => given.push((owner, vec![picture])),
        }
    }
    for (at, shown) in given {
        if let Some(Ok(draft)) = &mut drafts[at] {
            pictures::place(draft, shown);
        }
    }
    drafts.into_iter().flatten().collect()
}

/// A photograph's item as a picture of another; none where it is not to be seen yet.
fn picture(photo: &Draft) -> Option<Picture> {
    let is_free = photo.kind == Kind::Photo && photo.status == Status::Usable && photo.embargo.is_none();
    let href = photo.image.clone().filter(|_| is_free)?;
    let maker = photo.authors.first().map(|author| author.name.clone());
    let credit = match (maker, photo.source.clone()) {
        (Some(maker), Some(house)) if !house.contains(&maker) => Some(format!("{maker}/{house}")),
        (maker, house) => house.or(maker),
    };
    Some(Picture { href, caption: photo.summary.clone().or_else(|| photo.headline.clone()), credit })
}

/// What a package holds.
fn contained<'a>(package: Node<'a, '_>) -> impl Iterator<Item = &'a str> {
    let refs = package.descendants().filter(|node| node.tag_name().name() == "itemRef").take(MAX_LINKS);
    refs.filter_map(|node| stated(node, "residref"))
}

/// What a text says goes with it: `irel:hasAssociation`, `irel:associatedWith`, `irel:seeAlso`; an earlier version does not.
fn associated<'a>(item: Node<'a, '_>) -> impl Iterator<Item = &'a str> {
    let links = child(item, "itemMeta").into_iter().flat_map(|meta| children(meta, "link")).take(MAX_LINKS);
    links.filter_map(|link| {
        let rel = stated(link, "rel").or_else(|| stated(link, "reluri"))?;
        let word = rel.rsplit([':', '/', '#']).next().unwrap_or_default().to_lowercase();
        ["has", "associated", "seealso"]
            .iter()
            .any(|beside| word.starts_with(beside))
            .then(|| stated(link, "residref"))?
    })
}

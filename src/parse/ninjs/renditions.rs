//! Renditions of a ninjs item and of what goes with it → pictures with their captions, and the enclosure.

use std::collections::{HashMap, HashSet, VecDeque};

use chrono::{DateTime, Utc};

use super::content::description;
use super::{field, list, text};
use crate::article::{Deed, Draft, Kind, Status, When};
use crate::parse::agency::pictures::{self, Picture, Rendition};
use crate::parse::agency::{self, Context, prose};
use crate::parse::front_matter::{Node, Value};

/// Names under which systems put the picture that leads.
const LEADS: [&str; 6] = ["featuremedia", "featureimage", "mainpic", "main", "hero", "lead"];

/// Gives the draft what it shows and plays.
pub(super) fn read(item: &Node, kind: &str, arrival: DateTime<Utc>, draft: &mut Draft, context: &mut Context) {
    let own = renditions(item);
    let mut all: Vec<Picture> = Vec::new();
    let sounds = matches!(kind, "video" | "audio");
    if sounds && let Some(sound) = pictures::best_sound(&own) {
        pictures::enclose(draft, sound);
    }
    // The picture that an item is needs no caption: its text is one.
    all.extend(pictures::best_image(&own).map(|image| Picture { href: image.href.clone(), ..Picture::default() }));
    if draft.kind == Kind::Photo {
        for author in &mut draft.authors {
            author.does = vec![Deed::Photo];
        }
    }
    let mut shown: HashMap<String, String> = HashMap::new();
    let mut beside = associations(item);
    // The lead first, logos and other drawings last, all else as the item has it.
    beside.sort_by_key(|(name, inner)| {
        let drawn = text(inner, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("graphic"));
        (!LEADS.contains(name), drawn)
    });
    let mut kept_back: HashSet<String> = HashSet::new();
    let mut beside = VecDeque::from(beside);
    while let Some((name, inner)) = beside.pop_front() {
        if !is_free(name, inner, arrival, context) {
            keep_back(inner, &mut kept_back);
            continue;
        }
        let renditions = renditions(inner);
        // Of a gallery what it holds.
        if renditions.is_empty() {
            associations(inner).into_iter().rev().for_each(|held| beside.push_front(held));
            continue;
        }
        if let Some(sound) = pictures::best_sound(&renditions) {
            pictures::enclose(draft, sound);
            continue;
        }
        if let Some(image) = pictures::best_image(&renditions) {
            shown.extend(renditions.iter().map(|other| (other.href.clone(), image.href.clone())));
            all.push(Picture { href: image.href.clone(), caption: caption(inner), credit: credit(inner) });
        }
    }
    draft.body = pictures::without(&draft.body, &kept_back);
    // Where the body shows one of them, it shows its best.
    draft.body = pictures::readdressed(&draft.body, &shown);
    pictures::place(draft, all);
}

/// All addresses under which an object, and what goes with it in turn, is to be had.
fn keep_back(inner: &Node, kept_back: &mut HashSet<String>) {
    kept_back.extend(renditions(inner).into_iter().map(|rendition| rendition.href));
    associations(inner).into_iter().for_each(|(_, held)| keep_back(held, kept_back));
}

/// Whether what goes with an item may come out with it. The standard gives each object an embargo of its own, before which no
/// version of it is published; the item does not wait for it, so that the text comes when it may, without.
fn is_free(name: &str, inner: &Node, arrival: DateTime<Utc>, context: &mut Context) -> bool {
    let stated = text(inner, "pubstatus").unwrap_or_default();
    if !matches!(agency::status(stated), Ok(Status::Usable)) {
        return false;
    }
    let embargo = super::embargo(inner, context);
    let is_free = match embargo {
        Ok(None) => agency::last(stated) != "embargoed",
        Ok(Some(When::Instant(at))) => at <= arrival,
        Ok(Some(When::Day(day))) => day <= arrival.with_timezone(&context.zone).date_naive(),
        Err(_) => false,
    };
    if !is_free {
        context.doubt(format!("{name:?}, which goes with the item, is embargoed still and was left out; drop the item again when it may come out"));
    }
    is_free
}

/// What goes with an item, each under its name: an object of names in 1.x, a list of objects with names later.
pub(super) fn associations(item: &Node) -> Vec<(&str, &Node)> {
    let mut found: Vec<(&str, &Node)> = Vec::new();
    match field(item, "associations").map(|node| (&node.value, node)) {
        Some((Value::Fields(_), node)) => {
            found.extend(node.fields().iter().map(|(name, inner)| (name.as_str(), inner)))
        }
        Some((Value::List(list), _)) => {
            found.extend(
                list.iter().map(|inner| (text(inner, "name").or_else(|| text(inner, "id")).unwrap_or_default(), inner)),
            );
        }
        _ => {}
    }
    found.retain(|(_, inner)| !inner.fields().is_empty());
    found
}

fn caption(item: &Node) -> Option<String> {
    description(item).or_else(|| {
        let first = list(item, "headlines").first().and_then(|node| text(node, "value"));
        text(item, "headline").or(first).and_then(prose::words)
    })
}

fn credit(item: &Node) -> Option<String> {
    ["byline", "by", "creditline", "copyrightholder"].iter().find_map(|name| text(item, name)).and_then(prose::words)
}

/// The files that an item, or what goes with one, is to be had as.
pub(super) fn renditions(item: &Node) -> Vec<Rendition> {
    let Some(node) = field(item, "renditions") else { return Vec::new() };
    let named: Vec<(&str, &Node)> = match &node.value {
        Value::Fields(fields) => fields.iter().map(|(name, inner)| (name.as_str(), inner)).collect(),
        Value::List(list) => list.iter().map(|inner| (text(inner, "name").unwrap_or_default(), inner)).collect(),
        _ => Vec::new(),
    };
    let kind = text(item, "mimetype").or_else(|| text(item, "contenttype")).filter(|kind| kind.starts_with("image/"));
    named.into_iter().filter_map(|(name, inner)| rendition(name, inner, kind)).collect()
}

fn rendition(name: &str, node: &Node, kind: Option<&str>) -> Option<Rendition> {
    let number = |name: &str| text(node, name).and_then(|text| text.split('.').next()?.parse::<u64>().ok());
    let stated = text(node, "contenttype").or_else(|| text(node, "mimetype")).or(kind).unwrap_or_default();
    Some(Rendition {
        href: pictures::address(text(node, "href")?)?,
        // `image/jpg` is what many write for the registered `image/jpeg`.
        media_type: stated.to_lowercase().replace("image/jpg", "image/jpeg"),
        width: number("width").unwrap_or(0),
        height: number("height").unwrap_or(0),
        bytes: number("sizeinbytes"),
        name: name.to_owned(),
    })
}

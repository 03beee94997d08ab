//! Versions, embargoes and withdrawals of agencies, through the whole newsroom.

use std::time::Duration;

use super::item;
use crate::newsroom::Newsroom;
use crate::specimens::png;

const GRACE: Duration = Duration::from_secs(15);
const SAILS: &str = "<p>LANJIANG (Wire) - The ferry sails again after forty years on dry land, its captain said.</p>";

fn wire(version: u32, status: &str) -> String {
    item("urn:newsml:wire:ferry", version, status, "", if status == "canceled" { "" } else { SAILS })
}

fn ninjs(fields: &str) -> String {
    format!(
        r#"{{"uri": "urn:wire:1", "type": "text", "headline": "Ferry returns", "body_html": "<p>It sails.</p>", {fields}}}"#
    )
}

fn nitf(attributes: &str, id: &str, issued: &str, headline: &str) -> String {
    format!(
        "<nitf><head><docdata {attributes}><doc-id id-string='{id}'/><date.issue norm='{issued}'/></docdata></head><body><body.head><hedline><hl1>{headline}</hl1></hedline></body.head><body.content><p>It sails.</p></body.content></body></nitf>"
    )
}

#[test]
fn a_higher_version_revises_the_same_entry() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("wire/1.xml", wire(1, "usable"));
    let first = newsroom.entry("wire");
    newsroom.drop("wire/3.xml", wire(3, "usable"));
    newsroom.drop("wire/2.xml", wire(2, "usable"));
    newsroom.drop("wire/3-again.xml", wire(3, "usable").replace("take 3", "take three"));
    let entry = newsroom.entry("wire");
    assert_eq!(
        (entry.id.as_str(), entry.title.as_str()),
        ("urn:newsml:wire:ferry", "Ferry returns to the Lan, take 3")
    );
    assert_eq!((entry.published, entry.url), (first.published, first.url), "set once");
    assert_eq!(entry.updated, "2026-07-02T03:00:00+00:00", "the version's own time");
    assert_eq!(newsroom.status()["refused"], 0);
}

#[test]
fn without_numbers_the_later_version_stands() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/1.json", ninjs(r#""versioncreated": "2026-07-02T03:00:00Z""#));
    newsroom.drop(
        "a/2.json",
        ninjs(r#""versioncreated": "2026-07-02T04:00:00Z""#).replace("Ferry returns", "Ferry is back"),
    );
    newsroom.drop(
        "a/0.json",
        ninjs(r#""versioncreated": "2026-07-02T02:00:00Z""#).replace("Ferry returns", "Ferry may return"),
    );
    assert_eq!(newsroom.titles("a"), ["Ferry is back"]);
    assert_eq!(newsroom.status()["refused"], 0);
}

#[test]
fn canceled_is_gone_everywhere_until_a_higher_version() {
    let mut newsroom = Newsroom::new();
    newsroom.put("wire/pier.png", png(4, 3, ""));
    let body = format!("{SAILS}<img src=\"pier.png\"/>");
    newsroom.drop("wire/1.xml", item("urn:newsml:wire:ferry", 1, "usable", "", &body));
    let page = newsroom.pages().remove(0);
    assert!(newsroom.documents().keys().any(|path| path.starts_with("_media/")));
    newsroom.drop("wire/2.xml", wire(2, "canceled"));
    assert!(newsroom.titles("wire").is_empty() && newsroom.titles("").is_empty());
    assert!(newsroom.pages().is_empty());
    assert!(!newsroom.documents().keys().any(|path| path.starts_with("_media/")));
    assert!(matches!(newsroom.find(&page), syndicated::edition::Found::Gone), "the page answers 410");
    // Nothing lower or equal brings it back, nor does the order's file going.
    newsroom.drop("wire/1.xml", item("urn:newsml:wire:ferry", 1, "usable", "", &format!("{SAILS}<p>More.</p>")));
    newsroom.drop("wire/2b.xml", wire(2, "usable"));
    newsroom.remove("wire/2.xml");
    newsroom.pass(GRACE);
    assert!(newsroom.titles("").is_empty());
    newsroom.restart();
    assert!(newsroom.titles("").is_empty());
    newsroom.rebuild();
    newsroom.pass(GRACE);
    assert!(newsroom.titles("").is_empty(), "the ledger remembers");
    newsroom.drop("wire/3.xml", wire(3, "usable"));
    assert_eq!(newsroom.titles("wire"), ["Ferry returns to the Lan, take 3"]);
    assert_eq!(newsroom.pages(), [page]);
}

#[test]
fn a_cancellation_without_text_leaves_the_text_to_restore() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("wire/1.xml", wire(1, "usable"));
    newsroom.drop("wire/2.xml", wire(2, "canceled"));
    newsroom.restore("urn:newsml:wire:ferry");
    let entry = newsroom.entry("wire");
    assert!(entry.content.contains("forty years"), "{entry:?}");
}

#[test]
fn a_cancellation_that_comes_first_or_with_the_same_version_holds() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("wire/2.xml", wire(2, "canceled"));
    newsroom.drop("wire/1.xml", wire(1, "usable"));
    assert!(newsroom.titles("").is_empty());
    newsroom.drop("a/1.json", ninjs(r#""version": "5""#));
    assert_eq!(newsroom.titles("a").len(), 1);
    newsroom.drop("a/kill.json", ninjs(r#""version": "5", "pubstatus": "canceled""#));
    assert!(newsroom.titles("").is_empty());
}

#[test]
fn orders_without_any_version_are_obeyed() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/1.json", ninjs(r#""language": "en""#));
    newsroom.drop("a/kill.json", ninjs(r#""pubstatus": "canceled""#));
    assert!(newsroom.titles("").is_empty(), "{:?}", newsroom.refused);
    newsroom.drop("a/again.json", ninjs(r#""pubstatus": "usable""#));
    newsroom.drop("a/1.json", ninjs(r#""language": "en-GB""#));
    assert!(newsroom.titles("").is_empty());
    newsroom.restore("urn:wire:1");
    assert_eq!(newsroom.titles("a").len(), 1);
}

#[test]
fn withheld_is_out_and_comes_back_with_a_later_version() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("wire/1.xml", wire(1, "usable"));
    let first = newsroom.entry("wire");
    newsroom.drop("wire/2.xml", wire(2, "withheld"));
    assert!(newsroom.titles("").is_empty() && newsroom.pages().is_empty());
    newsroom.drop("wire/1.xml", wire(1, "usable").replace("take 1", "take one"));
    assert!(newsroom.titles("").is_empty());
    newsroom.rebuild();
    newsroom.pass(GRACE);
    assert!(newsroom.titles("").is_empty(), "the ledger remembers");
    newsroom.drop("wire/3.xml", wire(3, "usable"));
    let entry = newsroom.entry("wire");
    assert_eq!((entry.id, entry.published, entry.url), (first.id, first.published, first.url));
}

#[test]
fn withheld_survives_the_loss_of_catalogue_and_file() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("wire/1.xml", wire(1, "usable"));
    newsroom.drop("wire/2.xml", wire(2, "withheld"));
    newsroom.stop();
    newsroom.lose_catalogue();
    std::fs::remove_file(newsroom.inbox("wire/2.xml")).unwrap();
    newsroom.start();
    newsroom.pass(GRACE);
    assert!(newsroom.titles("").is_empty());
}

#[test]
fn after_a_lost_catalogue_the_next_best_version_waits_for_the_best() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("wire/1.xml", wire(1, "usable"));
    newsroom.drop("wire/2.xml", wire(2, "usable"));
    newsroom.stop();
    newsroom.lose_catalogue();
    std::fs::remove_file(newsroom.inbox("wire/2.xml")).unwrap();
    newsroom.start();
    newsroom.pass(GRACE);
    assert_eq!(newsroom.titles("wire"), ["Ferry returns to the Lan, take 1"], "its file is gone for good");
}

#[test]
fn an_embargo_holds_to_the_second_and_over_restarts() {
    let mut newsroom = Newsroom::new();
    newsroom.drop(
        "a/1.json",
        ninjs(r#""versioncreated": "2026-07-02T06:00:00Z", "embargoedUntil": "2026-07-02T08:10:00Z""#),
    );
    newsroom.drop(
        "b/1.xml",
        nitf("management-status='embargoed'", "n.1", "20260702T060000Z", "Bridge opens")
            .replace("<date.issue", "<date.release norm='20260702T081000Z'/><date.issue"),
    );
    assert!(newsroom.titles("").is_empty() && newsroom.pages().is_empty());
    newsroom.pass(Duration::from_secs(599));
    newsroom.restart();
    assert!(newsroom.titles("").is_empty());
    newsroom.pass(Duration::from_secs(1));
    assert_eq!(newsroom.titles("a"), ["Ferry returns"]);
    assert_eq!(newsroom.titles("b"), ["Bridge opens"]);
}

#[test]
fn a_document_takes_back_another_and_is_not_shown_itself() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/a.xml", nitf("", "x.a", "20260702T010000Z", "Tides"));
    assert_eq!(newsroom.titles("a"), ["Tides"]);
    newsroom.drop(
        "a/b.xml",
        nitf("management-status='canceled' management-doc-idref='x.a'", "x.b", "20260702T020000Z", "Tides, canceled"),
    );
    assert!(newsroom.titles("").is_empty());
    newsroom.rebuild();
    newsroom.pass(GRACE);
    assert!(newsroom.titles("").is_empty());
    // The other way round: what was taken back never comes out.
    newsroom.drop(
        "a/d.xml",
        nitf("management-status='canceled' management-doc-idref='x.c'", "x.d", "20260702T020000Z", "Weather, canceled"),
    );
    newsroom.drop("a/c.xml", nitf("", "x.c", "20260702T010000Z", "Weather"));
    assert!(newsroom.titles("").is_empty());
    newsroom.restore("urn:syndicated:x.c");
    assert_eq!(newsroom.titles("a"), ["Weather"]);
    // What takes it back is read again, as it was before.
    newsroom.rename("a/d.xml", "a/filed.xml");
    newsroom.rename("a", "b");
    assert_eq!(newsroom.titles("b"), ["Weather"]);
}

#[test]
fn a_message_of_several_items_keeps_each_under_its_id() {
    let message = |items: &[String]| {
        format!(
            "<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'><itemSet>{}</itemSet></newsMessage>",
            items.concat()
        )
    };
    let one = |id: u32, version: u32, status: &str| {
        item(&format!("urn:wire:{id}"), version, status, "", &format!("<p>Story {id} of the river.</p>"))
    };
    let mut newsroom = Newsroom::new();
    newsroom.drop("wire/m1.xml", message(&[one(1, 1, "usable"), one(2, 1, "usable"), one(3, 1, "usable")]));
    let ids = |newsroom: &Newsroom| {
        let mut ids: Vec<String> = newsroom.entries("wire").into_iter().map(|entry| entry.id).collect();
        ids.sort();
        ids
    };
    assert_eq!(ids(&newsroom), ["urn:wire:1", "urn:wire:2", "urn:wire:3"]);
    newsroom.drop(
        "wire/m2.xml",
        message(&[one(2, 2, "usable"), one(3, 2, "canceled"), one(4, 1, "withheld"), one(5, 1, "usable")]),
    );
    assert_eq!(ids(&newsroom), ["urn:wire:1", "urn:wire:2", "urn:wire:5"]);
    assert!(newsroom.titles("wire").contains(&"Ferry returns to the Lan, take 2".to_owned()));
    newsroom.remove("wire/m1.xml");
    newsroom.pass(GRACE);
    assert_eq!(ids(&newsroom), ["urn:wire:2", "urn:wire:5"], "each goes with its last claimant");
    let before = newsroom.documents();
    newsroom.rebuild();
    newsroom.pass(GRACE);
    newsroom.assert_holds(&before);
}

#[test]
fn rights_stand_in_every_feed() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/1.json", ninjs(r#""copyrightnotice": "© Wire & Sons""#));
    assert!(
        newsroom.text("a/atom.xml").contains("<rights>© Wire &#x26; Sons</rights>"),
        "{}",
        newsroom.text("a/atom.xml")
    );
    assert!(
        newsroom.text("a/rss.xml").contains("<dc:rights>© Wire &#x26; Sons</dc:rights>"),
        "{}",
        newsroom.text("a/rss.xml")
    );
    let json: serde_json::Value = serde_json::from_str(&newsroom.text("a/feed.json")).unwrap();
    assert_eq!(json["items"][0]["_syndicated"]["rights"], "© Wire & Sons");
}

#[test]
fn an_enclosure_elsewhere_says_what_it_is() {
    let mut newsroom = Newsroom::new();
    newsroom.drop(
        "a/1.json",
        ninjs(r#""type": "audio", "renditions": [{"href": "https://w.example/d?id=1", "contentType": "audio/mpeg", "sizeInBytes": 123}]"#),
    );
    assert!(
        newsroom
            .text("a/rss.xml")
            .contains(r#"<enclosure url="https://w.example/d?id=1" length="123" type="audio/mpeg""#),
        "{}",
        newsroom.text("a/rss.xml")
    );
}

#[test]
fn chinese_dispatches_and_bodies_in_wrappers() {
    let mut newsroom = Newsroom::with("language = \"zh-CN\"\n");
    let body = "<section><header><h1>Ferry returns to the Lan, take 1</h1></header><div><p>新华社澜江7月2日电(记者 林晓)渡轮时隔四十年重返澜江,每小时两班。</p></div></section>";
    newsroom.drop("a/1.xml", item("urn:x:zh", 1, "usable", "", body));
    let entry = newsroom.entry("a");
    assert!(!entry.content.contains("<h1>"), "{}", entry.content);
    let json: serde_json::Value = serde_json::from_str(&newsroom.text("a/feed.json")).unwrap();
    assert_eq!(json["items"][0]["authors"][0]["name"], "林晓");
    assert_eq!(json["items"][0]["summary"], "渡轮时隔四十年重返澜江,每小时两班。");
}

//! dpa's Digitalwires: the fields of its own that ninjs calls otherwise, and what stands in its texts.

use serde_json::{Value, json};
use syndicated::article::{Kind, Status};

use super::{draft, moment, names};

const ITEM: &str = r#"{
        "format": "digitalwires@0.9.1", "type": "composite", "entry_id": "x", "updated": "2026-07-02T06:00:00Z",
        "urn": "urn:newsml:wire.example:20090101:260702-99-1", "version": 3, "version_created": "2026-07-02T07:30:00+02:00",
        "pubstatus": "usable", "signal": "sig:update", "embargoed": null, "language": "de", "urgency": 3,
        "kicker": "Verkehr", "headline": "Fähre fährt wieder", "subhead": null, "teaser": "Nach drei Wochen.",
        "byline": "Von Anna Ernst, dpa", "dateline": "Hamburg (dpa) - ",
        "article_html": "<section class=\"main\"><p>Die Fähre fährt wieder, sagte das Hafenamt.</p><dnl-image ref=\"urn:x:2\" caption=\"Der Kapitän.\" creditline=\"Bo Licht/dpa\"></dnl-image><p>Ein Film:</p><dnl-youtubeembed src=\"https://video.example/1?a=1&amp;b=2\"></dnl-youtubeembed><p>Um zehn das letzte Mal.</p></section>",
        "infobox_html": "<section class=\"infobox\"><p>Gebaut 1969.</p></section>", "linkbox_html": null,
        "creditline": "dpa", "copyrightnotice": "Copyright 2026, dpa", "usageterms": "Nur nach Vereinbarung",
        "notepad": {"public_html": "<h4>Redaktionelle Hinweise</h4>", "nonpublic_html": "<p>Kontakte: 040 123</p>"},
        "ednotes": [{"role": "dpaednoterole:closingline", "ednote": "dpa ae xx n1 mo"}],
        "associations": [
            {"type": "image", "urn": "urn:x:2", "rank": 2, "is_featureimage": false, "caption": "Der Kapitän.", "creditline": "Bo Licht/dpa",
             "renditions": [{"url": "https://dpa.example/2.jpg?s=1&e=2", "mimetype": "image/jpeg", "width": 2048, "height": 1300}]},
            {"type": "image", "urn": "urn:x:1", "rank": 1, "is_featureimage": true, "caption": "Die Fähre.", "creditline": "Bo Licht/dpa",
             "renditions": [{"url": "https://dpa.example/s.jpg", "mimetype": "image/jpeg", "width": 200, "height": 150},
                            {"url": "https://dpa.example/1.jpg", "mimetype": "image/jpeg", "width": 2048, "height": 1300}]}],
        "categories": [
            {"type": "dnltype:wire", "name": "bdt"}, {"type": "dnltype:creator", "name": "ernst.anna"},
            {"type": "dnltype:geosubject", "name": "Hamburg"}, {"type": "dnltype:keyword", "name": "Fähre"},
            {"type": "dnltype:dpasubject", "name": "Verkehr"}]
    }"#;

fn item() -> Value {
    serde_json::from_str(ITEM).unwrap()
}

#[test]
fn every_field_is_read() {
    let draft = draft("a.json", &item().to_string());
    assert_eq!(draft.id.as_deref(), Some("urn:newsml:wire.example:20090101:260702-99-1"));
    assert_eq!((draft.version, draft.urgency, draft.status), (Some(3), Some(3), Status::Usable));
    assert_eq!(draft.updated, moment("2026-07-02T05:30:00Z"));
    assert_eq!(draft.headline.as_deref(), Some("Fähre fährt wieder"));
    assert_eq!(
        (draft.kickers.as_slice(), draft.summary.as_deref()),
        (&["Verkehr".to_owned()][..], Some("Nach drei Wochen."))
    );
    assert_eq!((names(&draft), draft.source.as_deref()), (vec!["Anna Ernst"], Some("dpa")));
    assert_eq!(draft.tags, ["Verkehr", "Fähre", "Hamburg"]);
    assert_eq!(draft.rights.as_deref(), Some("Copyright 2026, dpa. Nur nach Vereinbarung"));
    assert_eq!(draft.image.as_deref(), Some("https://dpa.example/1.jpg"), "the one that leads, its largest");
    let body = draft.body.replace('\n', "");
    assert!(body.contains("<p>Hamburg (dpa) - Die Fähre fährt wieder"), "{body}");
    assert!(
        body.contains("<figure><img src=\"https://dpa.example/2.jpg?s=1&amp;e=2\""),
        "it stands where the text has it: {body}"
    );
    assert_eq!(body.matches("2.jpg").count(), 1, "{body}");
    assert!(body.contains("<a href=\"https://video.example/1?a=1&amp;b=2\">"), "{body}");
    assert!(body.contains("Gebaut 1969."), "{body}");
    for word in ["Hinweise", "040", "dpa ae", "dnl-"] {
        assert!(!body.contains(word), "{word}: {body}");
    }
}

#[test]
fn states_and_embargoes_are_those_of_other_items() {
    let with = |name: &str, value: Value| {
        let mut item = item();
        item[name] = value;
        draft("a.json", &item.to_string())
    };
    assert_eq!(with("pubstatus", json!("canceled")).status, Status::Canceled);
    assert_eq!(with("embargoed", json!("2026-07-03T06:00:00+02:00")).embargo, moment("2026-07-03T04:00:00Z"));
    // A text that has its dateline gets no second one.
    let body = with("article_html", json!("<p><span class=\"dateline\">Hamburg (dpa) - </span>Sie fährt.</p>")).body;
    assert_eq!(body.matches("Hamburg").count(), 1, "{body}");
}

#[test]
fn a_picture_alone_and_an_answer_with_several() {
    let mut picture = item();
    for name in ["article_html", "infobox_html", "byline", "dateline", "kicker", "teaser"] {
        picture[name] = Value::Null;
    }
    let draft = draft("a.json", &picture.to_string());
    assert_eq!((draft.kind, draft.image.as_deref()), (Kind::Photo, Some("https://dpa.example/1.jpg")));
    let parsed = super::read("a.json", json!({"entries": [item(), picture.clone()]}).to_string()).unwrap();
    assert_eq!(parsed.drafts.len(), 1, "of one id the later stands");
    picture["urn"] = json!("urn:other");
    let parsed = super::read("a.json", json!({"entries": [item(), picture]}).to_string()).unwrap();
    assert_eq!(parsed.drafts.len(), 2);
}

#[test]
fn elements_that_are_broken_are_left_out() {
    for article in [
        "<p>Sie fährt.</p><dnl-image",
        "<p>Sie fährt.</p><dnl-image ref=\"urn:none\"></dnl-image>",
        "<p>Sie fährt.</p><dnl-a></dnl-a",
    ] {
        let mut item = item();
        item["article_html"] = json!(article);
        let body = draft("a.json", &item.to_string()).body;
        assert!(body.contains("Sie fährt.") && !body.contains("urn:none"), "{body}");
    }
}

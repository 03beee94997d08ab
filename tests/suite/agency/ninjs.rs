//! ninjs of every version and of systems that bend it.

use syndicated::article::{Deed, Kind, Status};

use super::{at, draft, moment, names, read, refusal};

const ONE: &str = r#"{
  "uri": "http://wire.example/items/77", "type": "text", "version": "4",
  "firstcreated": "2026-07-01T20:00:00Z", "versioncreated": "2026-07-02T03:04:05+0000",
  "pubstatus": "usable", "urgency": 3, "language": "en", "embargoed": "2026-07-03T00:00:00+02:00",
  "expires": "2026-08-01T00:00:00Z", "slugline": "ferry-lan",
  "byline": "By JANE ROE and Lin Xiao, Wire Staff Writer", "located": "Lanjiang",
  "headline": "Ferry returns to the Lan", "headline_sub": "Two crossings an hour",
  "description_text": "The ferry sails again.", "description_html": "<p>The ferry sails again.</p>",
  "body_text": "Ferry returns to the Lan\n\nThe ferry sails again.", "body_html": "<h1>Ferry returns to the Lan</h1><p>The ferry &amp; its crew.</p>",
  "copyrightnotice": "Copyright 2026 Wire", "copyrightholder": "Wire", "usageterms": "No archives",
  "subject": [{"name": "Transport", "code": "1"}, {"code": "2"}, {"name": "transport"}, {"name": "Verkehr", "lang": "de"}],
  "keywords": ["river"],
  "associations": {
    "logo": {"type": "graphic", "renditions": {"a": {"href": "http://w.example/logo.png", "mimetype": "image/png", "width": 90, "height": 90}}},
    "featuremedia": {"type": "picture", "headline": "Ferry", "description_text": "At the pier", "byline": "Gu Feng",
      "renditions": {
        "thumb": {"href": "http://w.example/s.jpg", "mimetype": "image/jpeg", "width": 100, "height": 80},
        "print": {"href": "http://w.example/xl.jpg", "mimetype": "image/jpeg", "width": 9000, "height": 6000},
        "web": {"href": "http://w.example/l.jpg?a=1&b=2", "mimetype": "image/jpeg", "width": 1600, "height": 1200}}},
    "gone": {"type": "picture", "pubstatus": "canceled", "renditions": {"a": {"href": "http://w.example/no.jpg", "mimetype": "image/jpeg"}}},
    "empty": null
  }
}"#;

#[test]
fn every_field_of_a_first_generation_item() {
    let draft = draft("a.json", ONE);
    assert_eq!(draft.id.as_deref(), Some("http://wire.example/items/77"));
    assert_eq!((draft.version, draft.urgency, draft.status), (Some(4), Some(3), Status::Usable));
    assert_eq!(draft.date, moment("2026-07-01T20:00:00Z"));
    assert_eq!(draft.updated, moment("2026-07-02T03:04:05Z"));
    assert_eq!(draft.embargo, moment("2026-07-02T22:00:00Z"));
    assert_eq!(draft.expires, moment("2026-08-01T00:00:00Z"));
    assert_eq!(draft.headline.as_deref(), Some("Ferry returns to the Lan"));
    assert_eq!(draft.subhead.as_deref(), Some("Two crossings an hour"));
    assert_eq!(names(&draft), ["Jane Roe", "Lin Xiao"]);
    assert_eq!(draft.authors[1].role.as_deref(), Some("Wire Staff Writer"));
    assert_eq!(draft.dateline.as_deref(), Some("Lanjiang"));
    assert_eq!(draft.summary.as_deref(), Some("The ferry sails again."));
    assert!(
        draft.body.starts_with("<p>The ferry &amp; its crew.</p>"),
        "the headline is not said twice: {}",
        draft.body
    );
    assert_eq!(draft.rights.as_deref(), Some("Copyright 2026 Wire. No archives"));
    assert_eq!(draft.tags, ["Transport", "river"], "names in the item's language, each once; no codes");
    assert_eq!(draft.slug.as_deref(), Some("ferry-lan"));
    assert_eq!(draft.image.as_deref(), Some("http://w.example/l.jpg?a=1&b=2"), "the largest that screens show");
    assert_eq!(draft.captions[0].text, "At the pier");
    assert_eq!(draft.captions[0].credit.as_deref(), Some("Gu Feng"));
    assert!(draft.body.contains("logo.png") && !draft.body.contains("no.jpg"), "{}", draft.body);
}

#[test]
fn the_same_in_later_spellings() {
    let two = r#"{"uri": "urn:x:2", "version": "1", "versioncreated": "2026-07-02T03:04:05Z", "embargoed": "2026-07-03T00:00:00Z",
        "by": "Lin Xiao", "headlines": [{"role": "sub", "value": "Two an hour"}, {"role": "main", "value": "Ferry <b>returns</b>"}],
        "descriptions": [{"role": "writer", "value": "lx"}, {"value": "It sails."}],
        "bodies": [{"role": "text", "contenttype": "text/plain", "value": "It sails.\nAgain."},
                   {"role": "x", "contenttype": "application/xhtml+xml", "value": "<div><p>It sails.</p><p>Again.</p></div>"}],
        "subjects": [{"name": "Transport"}], "infosources": [{"name": "Wire"}],
        "associations": [{"name": "v", "type": "video", "renditions": [
            {"name": "poster", "href": "https://w.example/p.jpg", "contenttype": "image/jpeg"},
            {"name": "wmv", "href": "https://w.example/v.wmv", "contenttype": "video/x-ms-wmv", "sizeinbytes": 9},
            {"name": "mp4", "href": "https://w.example/dl?id=1", "contenttype": "video/mp4", "sizeinbytes": 1234}]}]}"#;
    let three = two
        .replace("versioncreated", "versionCreated")
        .replace("embargoed", "embargoedUntil")
        .replace("contenttype", "contentType")
        .replace("sizeinbytes", "sizeInBytes")
        .replace("infosources", "infoSources");
    for text in [two, three.as_str()] {
        let draft = draft("a.json", text);
        assert_eq!(draft.headline.as_deref(), Some("Ferry returns"));
        assert_eq!(draft.subhead.as_deref(), Some("Two an hour"));
        assert_eq!(draft.summary.as_deref(), Some("It sails."));
        assert_eq!(draft.body.trim(), "<div><p>It sails.</p><p>Again.</p></div>");
        assert_eq!((draft.date, draft.embargo), (moment("2026-07-02T03:04:05Z"), moment("2026-07-03T00:00:00Z")));
        assert_eq!((names(&draft), draft.source.as_deref()), (vec!["Lin Xiao"], Some("Wire")));
        assert_eq!(draft.enclosures[0].file, "https://w.example/dl?id=1");
        let measures = draft.enclosures[0].measures.clone().unwrap();
        assert_eq!((measures.media_type.as_str(), measures.bytes), ("video/mp4", Some(1234)));
    }
}

#[test]
fn bodies_of_every_make() {
    let check = |fields: &str, body: &str| {
        let text = format!(r#"{{"uri": "urn:x:1", "headline": "Ferry returns", {fields}}}"#);
        assert_eq!(draft("a.json", &text).body.trim(), body, "{fields}");
    };
    check(r#""body_text": "Ferry returns\nIt sails.\n\nAgain.""#, "<p>It sails.</p>\n<p>Again.</p>");
    check(
        r#""body_html": "It <a href='http://a.example'>sails</a>.""#,
        "<p>It <a href='http://a.example'>sails</a>.</p>",
    );
    check(r#""body_main": "a < b & c""#, "<p>a &lt; b &amp; c</p>");
    check(r#""body_html": "&lt;p&gt;It sails.&lt;/p&gt;""#, "<p>It sails.</p>");
    check(
        r#""body_html": "<html><head><title>x</title></head><body><article><h1>Ferry returns</h1><p>It sails.</p></article></body></html>""#,
        "<p>It sails.</p>",
    );
    check(
        r#""bodies": [{"contentType": "text/vnd.IPTC.NITF", "value": "<?xml version='1.0'?><nitf><body><body.content><hl2>Pier</hl2><p>It sails.</p></body.content></body></nitf>"}]"#,
        "<h2>Pier</h2>\n<p>It sails.</p>",
    );
    check(r#""body_text": "渡轮重返澜江。\n　　每小时两班。""#, "<p>渡轮重返澜江。</p>\n<p>每小时两班。</p>");
    let long = "It sails again and again. ".repeat(20);
    let fields = format!(r#""body_html": "<p>It sails</p>", "body_text": "{long}""#);
    check(&fields, &format!("<p>{}</p>", long.trim()));
    check(
        r#""bodies": [{"contenttype": "application/xml", "value": "<OWN><T>x</T></OWN>"}, {"value": "It sails."}]"#,
        "<p>It sails.</p>",
    );
}

#[test]
fn pictures_and_sound_by_themselves() {
    let photo = draft(
        "a.json",
        r#"{"uri": "urn:x:1", "type": "picture", "byline": "Gu Feng", "headline": "Ferry", "description_text": "At the pier.",
            "renditions": {"a": {"href": "pier.jpg", "mimetype": "image/jpg", "width": "800", "height": "600"}}}"#,
    );
    assert_eq!((photo.kind, photo.image.as_deref()), (Kind::Photo, Some("pier.jpg")));
    assert_eq!(photo.body.trim(), "<p>At the pier.</p>");
    assert_eq!(photo.authors[0].does, [Deed::Photo]);
    let sound = draft(
        "a.json",
        r#"{"uri": "urn:x:1", "type": "audio", "headlines": [{"value": "Horn"}], "descriptions": [{"role": "caption", "value": "The horn."}],
            "renditions": [{"name": "main", "href": "http://w.example/d?x", "contentType": "audio/mpeg", "sizeInBytes": 5}]}"#,
    );
    assert_eq!(sound.enclosures[0].file, "http://w.example/d?x");
    assert_eq!(sound.body.trim(), "<p>The horn.</p>");
    let gallery = r#"{"uri": "urn:x:1", "type": "composite", "headline": "Pier", "associations": [{"type": "picture", "renditions": [{"href": "http://w.example/a.jpg"}]}]}"#;
    assert_eq!(draft("a.json", gallery).image.as_deref(), Some("http://w.example/a.jpg"));
    let package = r#"{"uri": "urn:x:1", "type": "composite", "headline": "Pier", "associations": {"main": {"uri": "urn:x:2", "type": "text"}}}"#;
    assert!(refusal("a.json", package).reason.contains("package"));
}

#[test]
fn a_picture_that_the_body_shows_is_not_shown_twice() {
    let draft = draft(
        "a.json",
        r#"{"uri": "urn:x:1", "headline": "Ferry", "body_html": "<p>It sails.</p><figure><img src=\"http://w.example/small.jpg\"></figure>",
            "associations": {"embedded1": {"type": "picture", "renditions": {
              "s": {"href": "http://w.example/small.jpg", "mimetype": "image/jpeg", "width": 100, "height": 100},
              "l": {"href": "http://w.example/large.jpg", "mimetype": "image/jpeg", "width": 900, "height": 900}}}}}"#,
    );
    assert_eq!(draft.image.as_deref(), Some("http://w.example/large.jpg"));
    assert_eq!(draft.body.matches("<img").count(), 1);
    assert!(draft.body.contains("large.jpg"), "{}", draft.body);
}

#[test]
fn an_answer_with_several_items_is_several_articles() {
    let parsed = read(
        "a.json",
        r#"{"total": 3, "item": [
            {"uri": "urn:x:1", "headline": "Ferry", "version": 1},
            {"uri": "urn:x:2", "type": "event", "title": "Regatta"},
            {"uri": "urn:x:3", "headline": "Bridge"},
            {"uri": "urn:x:1", "headline": "Ferry, again", "version": 2}]}"#,
    )
    .unwrap();
    let found: Vec<_> =
        parsed.drafts.iter().map(|d| (d.id.as_deref().unwrap(), d.headline.as_deref().unwrap())).collect();
    assert_eq!(found, [("urn:x:1", "Ferry, again"), ("urn:x:3", "Bridge")]);
    assert!(
        parsed.doubts.iter().any(|doubt| doubt.contains("item 2") && doubt.contains("event")),
        "{:?}",
        parsed.doubts
    );
    assert!(parsed.doubts.iter().any(|doubt| doubt.contains("twice")), "{:?}", parsed.doubts);
}

#[test]
fn versions_dates_and_embargoes_in_every_spelling() {
    let of = |fields: &str| draft("a.json", &format!(r#"{{"uri": "urn:x:1", "headline": "A", {fields}}}"#));
    for (stated, version) in [
        (r#""7""#, Some(7)),
        ("7", Some(7)),
        (r#""v7""#, Some(7)),
        (r#""1542761538""#, Some(1_542_761_538)),
        (r#""a3f""#, None),
    ] {
        assert_eq!(of(&format!(r#""version": {stated}"#)).version, version, "{stated}");
    }
    for stated in [
        "2013-07-09T10:37:00Z",
        "2013-07-09T10:37:00+0000",
        "2013-07-09T10:37:00.000Z",
        "20130709T103700Z",
        "20130709T053700-0500",
        "2013-07-09T18:37:00",
        "20130709T183700",
        "2013-07-09 18:37:00",
        "2013-07-09T18:37:00.123",
    ] {
        let draft = of(&format!(r#""versioncreated": "{stated}""#));
        assert_eq!(draft.updated, moment("2013-07-09T10:37:00Z"), "{stated}");
        assert_eq!(draft.as_of, Some(at("2013-07-09T10:37:00Z")), "without a number the time ranks");
    }
    assert_eq!(of(r#""embargoed": null"#).embargo, None);
    let parsed = read("a.json", r#"{"uri": "urn:x:1", "headline": "A", "embargoed": ""}"#).unwrap();
    assert!(parsed.drafts[0].embargo.is_none() && parsed.doubts[0].contains("embargo"), "{:?}", parsed.doubts);
    let refused = refusal("a.json", r#"{"uri": "urn:x:1", "headline": "A", "embargoed": "noon"}"#);
    assert!(refused.reason.contains("noon"), "what is embargoed until nobody knows when must not come out: {refused}");
    let parsed = read("a.json", r#"{"uri": "urn:x:1", "headline": "A", "versioncreated": "noon"}"#).unwrap();
    assert!(parsed.doubts[0].contains("noon"), "{:?}", parsed.doubts);
}

#[test]
fn bylines() {
    let check = |byline: &str, expected: &[(&str, Option<&str>, Option<&str>)]| {
        let text = serde_json::json!({"uri": "urn:x:1", "headline": "A", "byline": byline}).to_string();
        let found = draft("a.json", &text).authors;
        let found: Vec<_> =
            found.iter().map(|a| (a.name.as_str(), a.role.as_deref(), a.affiliation.as_deref())).collect();
        assert_eq!(found, expected, "{byline}");
    };
    check(
        "By Jane Roe, John Doe and Ann Lee",
        &[("Jane Roe", None, None), ("John Doe", None, None), ("Ann Lee", None, None)],
    );
    check("Jane Roe, University of Lanjiang", &[("Jane Roe", None, Some("University of Lanjiang"))]);
    check("Jane Roe (Wire)", &[("Jane Roe", None, Some("Wire"))]);
    check("By JANE ROE in Lanjiang", &[("Jane Roe", None, None)]);
    check("Von Anna Meier und Jörg Süß, dpa", &[("Anna Meier", None, Some("dpa")), ("Jörg Süß", None, Some("dpa"))]);
    check("Par Élise Dubois et Jean Petit", &[("Élise Dubois", None, None), ("Jean Petit", None, None)]);
    check("NTB/Anna Lind og Ola Berg/TT", &[("Anna Lind", None, Some("NTB")), ("Ola Berg", None, Some("TT"))]);
    check("Jane Roe | Reporter | River Post", &[("Jane Roe", Some("Reporter"), Some("River Post"))]);
    check("Élise DUBOIS avec Jean PETIT à Lanjiang", &[("Élise DUBOIS", None, None), ("Jean PETIT", None, None)]);
    check("STT–Anna Lind", &[("Anna Lind", None, Some("STT"))]);
    check("gr/bp", &[("gr/bp", None, None)]);
    check("Frances d'Emilio", &[("Frances d'Emilio", None, None)]);
    check("本报记者 顾长风 通讯员 林晓", &[("顾长风", Some("记者"), Some("本报")), ("林晓", Some("通讯员"), None)]);
}

#[test]
fn a_picture_is_not_shown_before_its_own_embargo() {
    let of = |fields: &str| {
        let text = format!(
            r#"{{"uri": "urn:x:1", "headline": "Ferry", "body_html": "<p>It sails.</p><figure><img src=\"http://w.example/a.jpg?x=1&amp;y=2\"><figcaption>Pier</figcaption></figure><p>Again.</p>",
              "associations": {{"embedded1": {{"type": "picture", {fields} "renditions": {{"a": {{"href": "http://w.example/a.jpg?x=1&y=2", "mimetype": "image/jpeg"}}}}}},
              "embedded2": {{"type": "picture", "renditions": {{"a": {{"href": "http://w.example/b.jpg", "mimetype": "image/jpeg"}}}}}}}}}}"#
        );
        let mut parsed = read("a.json", text).unwrap();
        (parsed.drafts.remove(0), parsed.doubts)
    };
    for fields in [
        r#""embargoed": "2026-07-03T00:00:00Z", "embargoedreason": "exhibition","#,
        r#""embargoedUntil": "2026-07-03","#,
        r#""embargoed": "noon","#,
        r#""pubstatus": "embargoed","#,
        r#""pubstatus": "canceled","#,
    ] {
        let (draft, doubts) = of(fields);
        assert!(!draft.body.contains("a.jpg") && !draft.body.contains("Pier"), "{fields}: {}", draft.body);
        assert!(draft.body.contains("<p>Again.</p>") && draft.embargo.is_none(), "{fields}: {}", draft.body);
        assert_eq!(draft.image.as_deref(), Some("http://w.example/b.jpg"), "{fields}");
        assert_eq!(doubts.iter().any(|doubt| doubt.contains("embedded1")), !fields.contains("canceled"), "{doubts:?}");
    }
    for fields in [
        "",
        r#""embargoed": "2026-07-02T08:00:00Z","#,
        r#""embargoed": "0001-01-01T00:00:00","#,
        r#""embargoed": null,"#,
    ] {
        let (draft, _) = of(fields);
        assert_eq!(draft.image.as_deref(), Some("http://w.example/a.jpg?x=1&y=2"), "{fields}");
        assert!(draft.body.contains("a.jpg"), "{fields}: {}", draft.body);
    }
}

#[test]
fn readers_get_a_picture_that_browsers_show_and_houses_are_no_part_of_names() {
    let text = r#"{"uri":"urn:x:1","type":"text","versioncreated":"2026-07-02T10:00:00Z","headline":"Ferry","byline":"Anna Lind/TT",
        "body_html":"<p>It sails.</p>","associations":{"a":{"type":"picture","renditions":{
        "r0":{"href":"https://x.example/thumb.jpg","mimetype":"image/jpeg","width":128,"height":85},
        "r1":{"href":"https://x.example/normal.jpg","mimetype":"image/jpeg","width":1024,"height":683},
        "r2":{"href":"https://x.example/hires.tif","mimetype":"image/tiff","width":4000,"height":2667}}}}}"#;
    let draft = super::draft("a.json", text);
    assert_eq!(draft.image.as_deref(), Some("https://x.example/normal.jpg"));
    assert_eq!(super::names(&draft), ["Anna Lind"]);
    assert_eq!(draft.authors[0].affiliation.as_deref(), Some("TT"));
}

#[test]
fn a_gallery_gives_its_pictures() {
    let of = |status: &str| {
        let picture = |name: &str| serde_json::json!({"type": "picture", "description_text": name, "renditions": {"web": {"href": format!("http://w.example/{name}.jpg")}}});
        let gallery = serde_json::json!({"type": "composite", "pubstatus": status, "associations": {"1": picture("a"), "2": picture("b")}});
        let body = "<p>See.</p><p>&nbsp;</p><img src='http://w.example/b.jpg'>";
        draft(
            "a.json",
            &serde_json::json!({"uri": "urn:x:1", "headline": "A", "body_html": body, "associations": {"g": gallery}})
                .to_string(),
        )
    };
    let shown = of("usable");
    assert_eq!((shown.image.as_deref(), shown.captions.len()), (Some("http://w.example/a.jpg"), 2));
    assert!(shown.body.starts_with("<p>See.</p><img"), "paragraphs of nothing go: {}", shown.body);
    let kept = of("withheld");
    assert!(kept.image.is_none() && !kept.body.contains("b.jpg"), "{}", kept.body);
}

#[test]
fn two_line_breaks_part_paragraphs_where_nothing_else_does() {
    let of = |body: &str| {
        draft("a.json", &serde_json::json!({"uri": "urn:x:1", "headline": "A", "body_html": body}).to_string())
            .body
            .replace('\n', "")
    };
    assert_eq!(
        of("It sails.<br><BR/>It <b>sails</b><br>again.<br /> <br/>"),
        "<p>It sails.</p><p>It <b>sails</b><br>again.</p>"
    );
    assert_eq!(of("<p>It<br><br>sails.</p>"), "<p>It<br><br>sails.</p>");
    assert!(of("It sails.<br <br>Again.").contains("Again."));
}

#[test]
fn a_list_of_words_in_one_text_a_byline_of_two_lines_and_several_films() {
    let item = serde_json::json!({"uri": "urn:x:1", "headline": "A", "body_html": "<p>It sails.</p>",
        "keywords": "ferry, river; Lower Quay", "subject": [{"name": "Ships, boats"}], "byline": "By ANA KOS\nAssociated Press",
        "associations": {
            "a": {"type": "video", "renditions": {"m": {"href": "https://w.example/a.mp4", "mimetype": "video/mp4"}}},
            "b": {"type": "audio", "renditions": {"m": {"href": "https://w.example/b.mp3", "mimetype": "audio/mpeg"}}},
            "c": {"type": "video", "renditions": {"m": {"href": "https://w.example/a.mp4", "mimetype": "video/mp4"}}}}});
    let draft = draft("a.json", &item.to_string());
    assert_eq!(draft.tags, ["Ships, boats", "ferry", "river", "Lower Quay"], "a name may have a comma");
    assert_eq!(names(&draft), ["Ana Kos"]);
    assert_eq!(draft.authors[0].affiliation.as_deref(), Some("Associated Press"));
    let files: Vec<&str> = draft.enclosures.iter().map(|enclosed| enclosed.file.as_str()).collect();
    assert_eq!(files, ["https://w.example/a.mp4", "https://w.example/b.mp3"]);
}

#[test]
fn word_to_editors_that_a_story_must_not_run_takes_back_what_has_its_id() {
    let of = |body: &str| {
        let item = serde_json::json!({"uri": "urn:x:1", "headline": "Ferry", "body_html": body}).to_string();
        let mut parsed = read("a.json", item).unwrap();
        let doubts = parsed.doubts.iter().filter(|doubt| doubt.contains("must not run")).count();
        assert_eq!(doubts, usize::from(parsed.drafts[0].status == Status::Canceled), "{:?}", parsed.doubts);
        parsed.drafts.remove(0).status
    };
    for kill in [
        "<p>EDITORS: Kill the story slugged FERRY. The ferry did not sail.</p>",
        "<p>Editors, please kill the story slugged FERRY.</p>",
        "<p>Eds: A kill is mandatory.</p><p>Make certain the story is not published.</p><p>The AP</p>",
        "<p><b>Achtung Redaktionen:</b> Die Meldung ist zurückgezogen.</p>",
        "<p>各用户请注意：新华社撤稿通知</p>",
        "<p>KILL</p><p>BC-Ferry</p><p>EDITORS: Kill the story slugged FERRY.</p>",
        "<p>OSLO (Wire) - Veuillez annuler notre dépêche sur le bac.</p>",
    ] {
        assert_eq!(of(kill), Status::Canceled, "{kill}");
    }
    let long = format!(
        "<p>Eds: UPDATES with why the office said please kill it.</p><p>{}</p>",
        "The ferry sails. ".repeat(100)
    );
    for story in [
        "<p>Editors and reporters were told to kill the story, a court in Lanjiang heard.</p>".to_owned(),
        "<p>Editors, reporters and readers asked them to kill the story.</p>".to_owned(),
        "<p>Eds: ADDS that a second wolf was killed.</p><p>It was a kill of hunters.</p>".to_owned(),
        "<p>Please kill the story, the minister told the paper.</p>".to_owned(),
        "<p>Eds: ADDS that a second story has been withdrawn.</p><p>OSLO (AP) — The ferry sails.</p>".to_owned(),
        long,
    ] {
        assert_eq!(of(&story), Status::Usable, "{story}");
    }
}

#[test]
fn what_is_no_tag_in_a_headline_is_words() {
    for (printed, title) in [
        ("Use of <i>Titanic</i> rises", "Use of Titanic rises"),
        ("Inflation <2 % und >1 %", "Inflation <2 % und >1 %"),
        ("«<<Wetten, dass>>» returns", "«<<Wetten, dass>>» returns"),
        ("Ana <ana@x.example> wrote", "Ana <ana@x.example> wrote"),
        ("Ferry<br/>returns<!-- x -->", "Ferry returns"),
        ("A < B", "A < B"),
    ] {
        let item = serde_json::json!({"uri": "urn:x:1", "headline": printed, "body_text": "The ferry sails."});
        assert_eq!(draft("a.json", &item.to_string()).headline.as_deref(), Some(title), "{printed}");
    }
}

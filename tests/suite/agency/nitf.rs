//! NITF with and without namespace, head and ids.

use syndicated::article::Status;

use super::{at, draft, moment, names, read};

const STORY: &str = r#"<?xml version="1.0"?>
<!DOCTYPE nitf SYSTEM "http://wire.example/nitf-3-4.dtd">
<nitf baselang="en-GB">
<head>
  <title>Ferry</title>
  <tobject><tobject.subject tobject.subject.ipr="IPTC" tobject.subject.type="Transport" tobject.subject.matter="Ferries"/>
    <tobject.subject tobject.subject.ipr="WIRE" tobject.subject.type="TRA"/></tobject>
  <docdata management-status="usable">
    <doc-id regsrc="WIRE" id-string="8812"/><urgency ed-urg="2"/>
    <date.issue norm="20260702T030405+0000"/><date.release norm="20260703T060000+0800"/><date.expire norm="20260801T000000Z"/>
    <du-key key="ferry" version="3"/><doc.copyright year="2026" holder="Wire"/>
    <key-list><keyword key="river"/><keyword key="FERRY-LAN"/></key-list>
  </docdata>
  <pubdata date.publication="20260701T200000Z"/>
</head>
<body>
  <body.head>
    <hedline><hl1>Ferry returns to the&nbsp;Lan</hl1><hl2>FERRY LAN</hl2><hl2>Two crossings an hour</hl2></hedline>
    <note noteclass="editorsnote"><p>Not for readers.</p></note>
    <byline>By <person>Jane Roe</person> and <person>Lin Xiao</person><byttl>Wire River Correspondent</byttl></byline>
    <distributor>The Wire</distributor>
    <dateline><location><city>Lanjiang</city>, <country>Yun</country></location><story.date norm="20260702">July 2</story.date></dateline>
    <abstract><p>The ferry sails again.</p></abstract>
  </body.head>
  <body.content>
    <block id="Main">
      <hl2>Ferry returns to the Lan</hl2>
      <p>LANJIANG (Wire) — The <org value="x">Ferry Company</org> sails for <money>2 yuan</money> &amp; more, <frac><frac-num>1</frac-num><frac-den>2</frac-den></frac> hourly.</p>
      <p/>
      <media media-type="image">
        <media-reference source="small.jpg" mime-type="image/jpeg" width="90" height="60"/>
        <media-reference source="pier.jpg" mime-type="image/jpeg" width="900" height="600"/>
        <media-caption><p>At the pier.</p></media-caption><media-producer>Gu Feng</media-producer>
      </media>
      <ul><li>One</li><li><em>Two</em></li></ul>
      <table><caption>Times</caption><tr><th colspan="2">To</th></tr><tr><td>8:00</td><td>9:00</td></tr></table>
      <bq><p>We sail.</p><credit>The captain</credit></bq>
      <media media-type="audio"><media-reference source="http://w.example/horn.mp3" mime-type="audio/mpeg"/></media>
      <note noteclass="editor"><p>Hold for legal.</p></note>
    </block>
  </body.content>
  <body.end><tagline>Additional reporting by Ann Lee.</tagline></body.end>
</body>
</nitf>"#;

#[test]
fn every_field_of_a_story() {
    for text in [STORY.to_owned(), STORY.replace("<nitf ", "<nitf xmlns=\"http://iptc.org/std/NITF/2006-10-18/\" ")] {
        let draft = draft("a.xml", &text);
        assert_eq!(draft.id.as_deref(), Some("WIRE/8812"), "numbers of two agencies are two ids");
        assert_eq!((draft.version, draft.urgency, draft.status), (Some(3), Some(2), Status::Usable));
        assert_eq!((draft.date, draft.updated), (moment("2026-07-01T20:00:00Z"), moment("2026-07-02T03:04:05Z")));
        assert_eq!((draft.embargo, draft.expires), (moment("2026-07-02T22:00:00Z"), moment("2026-08-01T00:00:00Z")));
        assert_eq!(draft.headline.as_deref(), Some("Ferry returns to the Lan"));
        assert_eq!(draft.subhead.as_deref(), Some("Two crossings an hour"), "a slug is no subhead");
        assert_eq!(names(&draft), ["Jane Roe", "Lin Xiao"]);
        assert_eq!(draft.authors[0].role.as_deref(), Some("Wire River Correspondent"));
        assert_eq!(draft.dateline.as_deref(), Some("Lanjiang, Yun"));
        assert_eq!(draft.summary.as_deref(), Some("The ferry sails again."));
        assert_eq!(draft.tags, ["Transport", "Ferries", "river", "FERRY-LAN"]);
        assert_eq!(draft.rights.as_deref(), Some("© 2026 Wire"));
        assert_eq!(draft.source.as_deref(), Some("The Wire"));
        assert_eq!(draft.language.as_deref(), Some("en-GB"));
        assert_eq!(draft.image.as_deref(), Some("pier.jpg"));
        assert_eq!(draft.enclosures[0].file, "http://w.example/horn.mp3");
        assert_eq!(draft.captions[0].text, "At the pier.");
        let body = &draft.body;
        assert!(body.trim_start().starts_with("<p>LANJIANG"), "{body}");
        for part in [
            "The Ferry Company sails for 2 yuan &amp; more, 1⁄2 hourly.</p>",
            "<figcaption>At the pier. Gu Feng</figcaption>",
            "<ul><li>One</li><li><em>Two</em></li></ul>",
            "<th colspan=\"2\">To</th>",
            "<blockquote><p>We sail.</p>\n<footer>The captain</footer></blockquote>",
            "<p>Additional reporting by Ann Lee.</p>",
        ] {
            assert!(body.contains(part), "{part} in {body}");
        }
        assert!(!body.contains("legal") && !body.contains("Not for readers") && !body.contains("<p></p>"), "{body}");
    }
}

#[test]
fn states() {
    let of = |attributes: &str, dates: &str| {
        let text = format!(
            "<nitf><head><docdata {attributes}><doc-id id-string='x.2'/>{dates}</docdata></head><body><body.head><hedline><hl1>A</hl1></hedline></body.head></body></nitf>"
        );
        read("a.xml", text).unwrap()
    };
    let held = of("management-status='embargoed'", "<date.release norm='20260909T000100+0100'/>");
    assert_eq!((held.drafts[0].status, held.drafts[0].embargo), (Status::Usable, moment("2026-09-08T23:01:00Z")));
    let held = of("management-status='embargoed'", "");
    assert_eq!(held.drafts[0].status, Status::Withheld, "nobody says until when");
    assert_eq!(held.doubts.len(), 1);
    assert_eq!(of("management-status='withheld'", "").drafts[0].status, Status::Withheld);
    let canceled =
        of("management-status='canceled' management-doc-idref='x.1'", "<date.issue norm='20260702T000000Z'/>");
    assert_eq!((canceled.drafts[0].status, canceled.drafts[0].cancels.as_deref()), (Status::Canceled, Some("x.1")));
    assert_eq!(canceled.drafts[0].as_of, Some(at("2026-07-02T00:00:00Z")), "the date of issue ranks without a number");
    assert_eq!(
        of("management-status='usable' management-doc-idref='x.1'", "").drafts[0].cancels,
        None,
        "an update cancels nothing"
    );
}

#[test]
fn with_hardly_anything() {
    let plain = draft("a.xml", "<nitf><body><body.content>The ferry sails.</body.content></body></nitf>");
    assert_eq!((plain.id, plain.body.trim()), (None, "<p>The ferry sails.</p>"));
    let titled = draft(
        "a.xml",
        "<nitf><head><title>Ferry</title></head><body><body.content><p>It sails.</p></body.content></body></nitf>",
    );
    assert_eq!(titled.headline.as_deref(), Some("Ferry"));
    let house = draft(
        "a.xml",
        "<nitf><body><body.head><hedline><hl1>A</hl1></hedline><byline><byttl>River Network</byttl></byline></body.head></body></nitf>",
    );
    assert_eq!(names(&house), ["River Network"]);
    let capitals = draft(
        "a.xml",
        "<nitf><body><body.head><hedline><hl1>A</hl1></hedline><byline>By JANE ROE<byttl>AP Science Writer</byttl></byline><dateline><story.date norm='20260702T000000Z'>20260702T000000Z</story.date></dateline></body.head></body></nitf>",
    );
    assert_eq!(
        (names(&capitals), capitals.dateline.as_deref()),
        (vec!["Jane Roe"], None),
        "a machine's time is no dateline"
    );
}

#[test]
fn oddities_of_real_senders() {
    let headed = |head: &str, content: &str| {
        let text =
            format!("<nitf><body><body.head>{head}</body.head><body.content>{content}</body.content></body></nitf>");
        draft("a.xml", &text)
    };
    let former = headed(
        "<hedline><hl1>Ferry sails</hl1><hl2 id='originalHeadline'>BC-Ferry</hl2></hedline>",
        "<p>It sails.</p>",
    );
    assert_eq!(former.subhead, None, "AP repeats the headline as it was");
    let data = headed("<hedline><hl1>A</hl1></hedline>", "<![CDATA[<p>It sails.</p><p>Again.</p>]]>");
    assert_eq!(data.body.trim(), "<p>It sails.</p><p>Again.</p>");
    let two = headed("<hedline><hl1>A</hl1></hedline><abstract><p>One.</p><p>Two.</p></abstract>", "<p>It sails.</p>");
    assert_eq!(two.summary.as_deref(), Some("One. Two."));
    // Words between paragraphs are paragraphs.
    let loose = headed(
        "<hedline><hl1>A</hl1></hedline>",
        "<block><block>It sails.</block><block><person>Pat</person> left.<hl2>Then</hl2></block></block>Loose <em>end</em><br/>here.<p>Last.</p>",
    );
    assert_eq!(
        loose.body.replace('\n', ""),
        "<p>It sails.</p><p>Pat left.</p><h2>Then</h2><p>Loose <em>end</em><br>here.</p><p>Last.</p>"
    );
    // A house among the people of a byline is the one they work for; alone it is who wrote it.
    let byline = "<hedline><hl1>A</hl1></hedline><byline>By Ann Lee, PA</byline><distributor>PA</distributor>";
    let of_pa = headed(byline, "<p>It sails.</p>");
    assert_eq!((names(&of_pa), of_pa.authors[0].affiliation.as_deref()), (vec!["Ann Lee"], Some("PA")));
    let elsewhere = headed(&byline.replace("r>PA<", "r>Wire<"), "<p>It sails.</p>");
    assert_eq!(names(&elsewhere), ["Ann Lee", "PA"], "it may be Pennsylvania");
    let twice = headed("<byline>By Ann Lee</byline><byline>The Canadian Press</byline>", "<p>It sails.</p>");
    assert_eq!(names(&twice), ["Ann Lee"]);
    assert_eq!(names(&headed("<byline>The Canadian Press</byline>", "<p>It sails.</p>")), ["The Canadian Press"]);
}

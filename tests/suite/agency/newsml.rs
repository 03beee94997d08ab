//! NewsML-G2 and NewsML 1.2.

use syndicated::article::{Deed, Kind, Status};
use syndicated::parse::Markup;

use super::{draft, item, moment, names, read, refusal};

#[test]
fn every_field_of_an_item_under_any_prefix() {
    let text = r#"<?xml version='1.0' encoding='utf8'?>
<n:newsMessage xmlns:n="http://iptc.org/std/nar/2006-10-01/" xmlns:h="http://www.w3.org/1999/xhtml">
<n:header><n:sent>2026-07-02T00:00:00Z</n:sent></n:header><n:itemSet>
<n:newsItem guid="urn:newsml:wire.example:20260701:ferry" version="978556838" xml:lang="en">
<n:rightsInfo><n:copyrightHolder literal="Wire"/><n:copyrightNotice xml:lang="en">(c) Wire 2026</n:copyrightNotice><n:usageTerms>No archives</n:usageTerms></n:rightsInfo>
<n:itemMeta><n:itemClass qcode="icls:text"/><n:provider literal="wire.example"/><n:versionCreated>
 2026-07-02T03:04:05.000Z </n:versionCreated><n:firstCreated>2026-07-01T20:00:00.000Z</n:firstCreated>
<n:embargoed/><n:pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/usable"/><n:title>FERRY</n:title><n:edNote>For editors.</n:edNote></n:itemMeta>
<n:contentMeta><n:urgency>4</n:urgency><n:located><n:name>Farport</n:name></n:located><n:creator literal="Wire"/>
<n:language tag="en-GB"/><n:subject qcode="a:1"/>
<n:subject qcode="a:2"><n:name xml:lang="de">Verkehr</n:name><n:name xml:lang="en-US">Transport</n:name></n:subject>
<n:keyword>river</n:keyword><n:slugline separator="-">FERRY-LAN</n:slugline>
<n:headline role="hld:subHeadline">Two crossings
 an hour</n:headline><n:headline>Ferry returns
   to the Lan</n:headline><n:dateline>2026-07-02 03:04:05 GMT+00:00</n:dateline>
<n:by>By Jane Roe</n:by><n:creditline>Wire</n:creditline><n:description role="descRole:caption">FERRY-LAN:Ferry returns</n:description></n:contentMeta>
<n:contentSet><n:inlineXML contenttype="application/xhtml+html"><h:html><h:head><h:title>x</h:title></h:head><h:body>
<h:p>By Jane Roe</h:p><h:p>LANJIANG (Wire) - The ferry
sails <h:b>again</h:b>.</h:p><h:p/></h:body></h:html></n:inlineXML></n:contentSet>
</n:newsItem></n:itemSet></n:newsMessage>"#;
    let parsed = read("a.txt", text).unwrap();
    assert_eq!(parsed.markup, Markup::NewsMlG2);
    assert!(parsed.doubts.iter().any(|doubt| doubt.contains("embargo")), "an empty embargo is none, and doubted");
    let draft = &parsed.drafts[0];
    assert_eq!(draft.id.as_deref(), Some("urn:newsml:wire.example:20260701:ferry"));
    assert_eq!((draft.version, draft.urgency, draft.status), (Some(978_556_838), Some(4), Status::Usable));
    assert_eq!((draft.date, draft.updated), (moment("2026-07-01T20:00:00Z"), moment("2026-07-02T03:04:05Z")));
    assert_eq!(draft.embargo, None);
    assert_eq!(draft.headline.as_deref(), Some("Ferry returns to the Lan"));
    assert_eq!(draft.subhead.as_deref(), Some("Two crossings an hour"));
    assert_eq!(names(draft), ["Jane Roe"]);
    assert_eq!(draft.dateline.as_deref(), Some("LANJIANG (Wire)"), "where editors sit is not where it happened");
    assert_eq!(draft.lead_in.as_deref(), Some("LANJIANG (Wire) -"));
    assert_eq!(draft.summary, None, "a slug is no summary");
    assert_eq!(draft.tags, ["Transport", "river"]);
    assert_eq!(draft.rights.as_deref(), Some("(c) Wire 2026. No archives"));
    assert_eq!((draft.source.as_deref(), draft.language.as_deref()), (Some("Wire"), Some("en-GB")));
    assert_eq!(draft.body.trim(), "<p>LANJIANG (Wire) - The ferry\nsails <b>again</b>.</p>");
}

#[test]
fn bodies_of_every_make() {
    let of = |content: &str| {
        let text = item("urn:x:1", 1, "usable", "", "");
        let start = text.find("<contentSet>").unwrap();
        draft("a.xml", &format!("{}<contentSet>{content}</contentSet></newsItem>", &text[..start]))
            .body
            .trim()
            .to_owned()
    };
    assert_eq!(
        of("<inlineXML contenttype='application/xhtml+xml'><div><p>It sails.</p></div></inlineXML>"),
        "<div><p>It sails.</p></div>"
    );
    assert_eq!(
        of("<inlineXML contenttype='xhtml/xml'><html><body>It sails.</body></html></inlineXML>"),
        "<p>It sails.</p>"
    );
    assert_eq!(
        of("<inlineXML contenttype='text/html'><![CDATA[<p>It sails &eacute;.</p>]]></inlineXML>"),
        "<p>It sails &eacute;.</p>"
    );
    assert_eq!(of("<inlineData contenttype='text/html'>&lt;p&gt;It sails.&lt;/p&gt;</inlineData>"), "<p>It sails.</p>");
    assert_eq!(
        of("<inlineData contenttype='text/plain'>It sails.\n\nAgain.</inlineData>"),
        "<p>It sails.</p>\n<p>Again.</p>"
    );
    assert_eq!(
        of(
            "<inlineData contenttype='text/plain'>It sails.</inlineData><inlineXML contenttype='application/xhtml+xml'><html><body><p>It sails.</p></body></html></inlineXML>"
        ),
        "<p>It sails.</p>",
        "markup before plain text"
    );
    let long = "It sails again and again. ".repeat(20);
    assert_eq!(
        of(&format!(
            "<inlineXML contenttype='application/xhtml+xml'><p>SMS</p></inlineXML><inlineData contenttype='text/plain'>{long}</inlineData>"
        )),
        format!("<p>{}</p>", long.trim()),
        "the whole before a brief"
    );
    assert_eq!(of("<inlineXML contenttype='application/nitf+xml'/>"), "");
}

#[test]
fn inline_nitf_fills_what_the_item_leaves_open() {
    let text = r#"<newsItem guid="urn:x:1" version="1"><itemMeta><itemClass qcode="ninat:text"/><versionCreated>2026-07-02T00:00:00Z</versionCreated></itemMeta>
<contentMeta><creator><name>Jane Roe</name></creator></contentMeta><contentSet><inlineXML contenttype="application/nitf+xml">
<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.head><hedline><hl1>Ferry returns</hl1></hedline>
<byline>By Jane Roe, <byttl>Staff Reporter</byttl></byline><abstract><p>It sails.</p></abstract></body.head>
<body.content><p>The ferry sails.</p></body.content></body></nitf></inlineXML></contentSet></newsItem>"#;
    let draft = draft("a.xml", text);
    assert_eq!((draft.headline.as_deref(), draft.summary.as_deref()), (Some("Ferry returns"), Some("It sails.")));
    assert_eq!((names(&draft), draft.authors[0].role.as_deref()), (vec!["Jane Roe"], Some("Staff Reporter")));
    assert_eq!(draft.date, moment("2026-07-02T00:00:00Z"));
}

#[test]
fn titles_where_there_is_no_headline() {
    let of = |meta: &str, about: &str| {
        draft(
            "a.xml",
            &format!(
                "<newsItem guid='urn:x:1'><itemMeta><itemClass qcode='ninat:text'/>{meta}</itemMeta><contentMeta>{about}<description role='drol:summary'>It sails.</description></contentMeta></newsItem>"
            ),
        )
        .headline
    };
    assert_eq!(of("<title>Ferry</title>", "<headline/><slugline>S</slugline>").as_deref(), Some("Ferry"));
    assert_eq!(of("", "<headline xml:lang='en'>Ferry</headline>").as_deref(), Some("Ferry"));
    assert_eq!(of("", "<slugline>S</slugline>"), None, "its first words say more than a slug");
    let flash = "<newsItem guid='urn:x:1'><contentMeta><slugline>FERRY SAILS</slugline></contentMeta></newsItem>";
    assert_eq!(draft("a.xml", flash).headline.as_deref(), Some("FERRY SAILS"));
}

#[test]
fn pictures_and_films() {
    let of = |class: &str, content: &str| {
        draft(
            "a.xml",
            &format!(
                "<newsItem guid='urn:x:1'><itemMeta><itemClass qcode='ninat:{class}'/></itemMeta><contentMeta><creator role='crol:photographer'><name>Gu Feng</name></creator><headline>Pier</headline><description role='drol:caption'>At the pier.</description></contentMeta><contentSet>{content}</contentSet></newsItem>"
            ),
        )
    };
    let photo = of(
        "picture",
        "<remoteContent rendition='rnd:thumb' href='t.gif' contenttype='image/gif' width='80' height='53'/><remoteContent rendition='rnd:highRes' href='file:///./pier.jpg' contenttype='image/jpeg' width='1500' height='1001' size='9'/>",
    );
    assert_eq!((photo.kind, photo.image.as_deref()), (Kind::Photo, Some("pier.jpg")));
    assert_eq!((names(&photo), photo.authors[0].does.clone()), (vec!["Gu Feng"], vec![Deed::Photo]));
    assert_eq!(photo.body.trim(), "<p>At the pier.</p>");
    let film = of("video", "<remoteContent href='http://w.example/v.mp4' contenttype='video/mp4' size='77'/>");
    assert_eq!(film.enclosures[0].file, "http://w.example/v.mp4");
    assert_eq!(film.enclosures[0].measures.clone().unwrap().bytes, Some(77));
}

#[test]
fn a_message_gives_its_articles_and_says_what_it_left_out() {
    let message = format!(
        "<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'><itemSet>{}<packageItem guid='urn:x:p'/>{}{}</itemSet></newsMessage>",
        item("urn:x:1", 1, "usable", "", "<p>One.</p>"),
        item("urn:x:2", 2, "canceled", "", ""),
        item("urn:x:3", 3, "withheld", "", "<p>Three.</p>"),
    );
    let parsed = read("a.xml", &message).unwrap();
    let found: Vec<_> = parsed.drafts.iter().map(|d| (d.id.as_deref().unwrap(), d.status)).collect();
    assert_eq!(found, [("urn:x:1", Status::Usable), ("urn:x:2", Status::Canceled), ("urn:x:3", Status::Withheld)]);
    assert!(parsed.doubts[0].contains("item 2") && parsed.doubts[0].contains("package"), "{:?}", parsed.doubts);
    let only = "<newsMessage><itemSet><packageItem guid='urn:x:p'/></itemSet></newsMessage>";
    assert!(refusal("a.xml", only).reason.contains("package"));
}

const FIRST: &str = r#"<?xml version="1.0"?><!DOCTYPE NewsML SYSTEM "NewsML_1.2.dtd">
<NewsML><NewsEnvelope><DateAndTime>20260702T030405Z</DateAndTime></NewsEnvelope><NewsItem xml:lang="fr">
<Identification><NewsIdentifier><ProviderId>wire.example</ProviderId><DateId>20260701</DateId><NewsItemId>FERRY1</NewsItemId>
<RevisionId PreviousRevision="1" Update="N">2</RevisionId><PublicIdentifier>urn:newsml:wire.example:20260701:FERRY1:2N</PublicIdentifier></NewsIdentifier></Identification>
<NewsManagement><NewsItemType FormalName="News"/><FirstCreated>20260701T200000+0000</FirstCreated><ThisRevisionCreated>20260702T030405+0000</ThisRevisionCreated><Status FormalName="Usable"/><Urgency FormalName="4"/></NewsManagement>
<NewsComponent><NewsLines><HeadLine>Le bac revient</HeadLine><SubHeadLine>Deux par heure</SubHeadLine><ByLine>Par Élise Dubois</ByLine><DateLine>Lanjiang, 2 juil</DateLine><CopyrightLine>© Wire</CopyrightLine><KeywordLine>fleuve, bac</KeywordLine></NewsLines>
<NewsComponent><Role FormalName="Main"/><ContentItem><MediaType FormalName="Text"/><DataContent><p>Le bac navigue.</p><p>Encore.</p></DataContent></ContentItem></NewsComponent>
<NewsComponent><Role FormalName="Photo"/><NewsComponent><Role FormalName="Caption"/><ContentItem><MediaType FormalName="Text"/><DataContent><p>Au quai.</p></DataContent></ContentItem></NewsComponent>
<ContentItem Href="quai.jpg"><MediaType FormalName="Photo"/><Characteristics><Property FormalName="Width" Value="800"/><Property FormalName="Height" Value="600"/></Characteristics></ContentItem></NewsComponent>
</NewsComponent></NewsItem></NewsML>"#;

#[test]
fn the_first_generation_where_it_carries_one_text() {
    let parsed = read("a.xml", FIRST).unwrap();
    assert_eq!(parsed.markup, Markup::NewsMl);
    let draft = &parsed.drafts[0];
    assert_eq!(draft.id.as_deref(), Some("urn:newsml:wire.example:20260701:FERRY1"), "whatever the revision");
    assert_eq!((draft.version, draft.urgency), (Some(2), Some(4)));
    assert_eq!((draft.date, draft.updated), (moment("2026-07-01T20:00:00Z"), moment("2026-07-02T03:04:05Z")));
    assert_eq!((draft.headline.as_deref(), draft.subhead.as_deref()), (Some("Le bac revient"), Some("Deux par heure")));
    assert_eq!((names(draft), draft.language.as_deref()), (vec!["Élise Dubois"], Some("fr")));
    assert_eq!(draft.tags, ["fleuve", "bac"]);
    assert_eq!(draft.body.trim(), "<p>Le bac navigue.</p><p>Encore.</p>");
    assert_eq!((draft.image.as_deref(), draft.captions[0].text.as_str()), (Some("quai.jpg"), "Au quai."));

    let two = FIRST
        .replace("FormalName=\"Caption\"", "FormalName=\"Sidebar\"")
        .replace("FormalName=\"Photo\"/><NewsC", "FormalName=\"Other\"/><NewsC");
    assert!(refusal("a.xml", &two).reason.contains("2 texts"));
    let held = FIRST.replace(
        "<Status FormalName=\"Usable\"/>",
        "<Status FormalName=\"Embargoed\"/><StatusWillChange><FutureStatus FormalName=\"Usable\"/><DateAndTime>20260703T000000Z</DateAndTime></StatusWillChange>",
    );
    assert_eq!(super::draft("a.xml", &held).embargo, moment("2026-07-03T00:00:00Z"));
    let killed = FIRST.replace("<Urgency", "<Instruction FormalName=\"Delete\"/><Urgency");
    assert_eq!(super::draft("a.xml", &killed).status, Status::Canceled);
    let several = FIRST.replace(
        "</NewsML>",
        "<NewsItem><NewsComponent><NewsLines><HeadLine>Pont</HeadLine></NewsLines></NewsComponent></NewsItem></NewsML>",
    );
    assert_eq!(read("a.xml", &several).unwrap().drafts.len(), 2);
}

#[test]
fn of_translations_the_one_in_the_language_of_the_item() {
    let of = |meta: &str, texts: &str| {
        let text = format!(
            "<newsItem guid='urn:x:1' xml:lang='en'><contentMeta>{meta}<headline>Ferry</headline></contentMeta><contentSet>{texts}</contentSet></newsItem>"
        );
        draft("a.xml", &text).body.trim().to_owned()
    };
    let long = "Die Fähre fährt wieder über den Fluss. ".repeat(9);
    let german = format!(
        "<inlineXML xml:lang='de-DE'><html xmlns='http://www.w3.org/1999/xhtml'><body><p>{long}</p></body></html></inlineXML>"
    );
    let english = "<inlineXML><html xmlns='http://www.w3.org/1999/xhtml' xml:lang='en-GB'><body><p>It sails.</p></body></html></inlineXML>";
    let american = "<inlineXML xml:lang='en'><p>It sails again.</p></inlineXML>";
    let both = format!("{german}{english}");
    assert_eq!(of("<language tag='en'/>", &both), "<p>It sails.</p>");
    assert_eq!(of("", &format!("{both}{american}")), "<p>It sails again.</p>", "the same tag before the same language");
    assert!(of("<language tag='de'/>", &both).contains("Fähre"));
    assert!(of("<language tag='fr'/>", &both).contains("Fähre"), "where there is none, what there is");
    let silent =
        format!("{english}<inlineData contenttype='text/plain'>{}</inlineData>", "It sails again. ".repeat(20));
    assert!(of("<language tag='en'/>", &silent).contains("again"), "one that states none may be the whole");
}

/// A message with a text, two pictures and perhaps a package of them.
fn message(text_links: &str, package: &str, picture_status: &str) -> String {
    let picture = |id: &str| {
        format!(
            r#"<newsItem guid="urn:{id}" version="1" xml:lang="fr"><itemMeta><itemClass qcode="ninat:picture"/><provider literal="mer"/>
            <versionCreated>2026-07-02T11:40:00Z</versionCreated><pubStatus qcode="stat:{picture_status}"/></itemMeta>
            <contentMeta><creator><name>Anne Ker</name></creator><headline>Le port</headline><description role="drol:caption">Le port, {id}.</description></contentMeta>
            <contentSet><remoteContent rendition="rnd:web" href="https://mer.example/{id}.jpg" contenttype="image/jpeg"/></contentSet></newsItem>"#
        )
    };
    format!(
        r#"<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{package}
        <newsItem guid="urn:t1" version="2" xml:lang="fr"><itemMeta><itemClass qcode="ninat:text"/>
        <versionCreated>2026-07-02T11:50:00Z</versionCreated><pubStatus qcode="stat:usable"/>{text_links}</itemMeta>
        <contentMeta><headline role="hld:kicker">Brest</headline><headline>Le port rouvre</headline></contentMeta>
        <contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Le port a rouvert.</p></body></html></inlineXML></contentSet></newsItem>
        {}{}</itemSet></newsMessage>"#,
        picture("p1"),
        picture("p2")
    )
}

#[test]
fn the_pictures_that_a_text_refers_to_go_with_it() {
    let links =
        r#"<link rel="irel:hasAssociation" residref="urn:p1"/><link rel="irel:previousVersion" residref="urn:p2"/>"#;
    let parsed = read("a.xml", message(links, "", "usable")).unwrap();
    let [text, photo] = &parsed.drafts[..] else { panic!("{parsed:#?}") };
    assert_eq!((text.headline.as_deref(), &text.kickers[..]), (Some("Le port rouvre"), &["Brest".to_owned()][..]));
    assert_eq!(text.image.as_deref(), Some("https://mer.example/p1.jpg"));
    assert_eq!(
        (text.captions[0].text.as_str(), text.captions[0].credit.as_deref()),
        ("Le port, p1.", Some("Anne Ker/mer"))
    );
    assert_eq!((photo.kind, photo.id.as_deref()), (Kind::Photo, Some("urn:p2")), "what nobody refers to is its own");

    for beside in ["irel:associatedWith", "irel:seeAlso", "http://cv.iptc.org/newscodes/itemrelation/associatedWith"] {
        let links = links.replace("irel:hasAssociation", beside);
        assert_eq!(read("a.xml", message(&links, "", "usable")).unwrap().drafts.len(), 2, "{beside}");
    }

    // One that is taken back says so itself.
    assert_eq!(read("a.xml", message(links, "", "canceled")).unwrap().drafts.len(), 3);
}

#[test]
fn a_package_says_which_pictures_belong_to_its_text() {
    let package = r#"<packageItem guid="urn:k" version="1"><itemMeta><itemClass qcode="ninat:composite"/></itemMeta><groupSet root="m"><group id="m">
        <itemRef residref="urn:t1"/><itemRef residref="urn:p1"/><itemRef residref="urn:p2"/></group></groupSet></packageItem>"#;
    let parsed = read("a.xml", message("", package, "usable")).unwrap();
    let [text] = &parsed.drafts[..] else { panic!("{parsed:#?}") };
    assert_eq!(text.image.as_deref(), Some("https://mer.example/p1.jpg"));
    assert!(text.body.contains("https://mer.example/p2.jpg"), "{}", text.body);
    assert!(parsed.doubts.is_empty(), "all of the package came along: {:?}", parsed.doubts);
    let package = package.replace("urn:p2", "urn:elsewhere");
    assert!(!read("a.xml", message("", &package, "usable")).unwrap().doubts.is_empty());
}

#[test]
fn what_is_for_other_desks_stays_out_of_a_marked_up_text() {
    let of = |body: &str| draft("a.xml", &item("urn:x:1", 1, "usable", "<by>Von Anna Meier, dpa</by>", body));
    let notebook = "<section><h2># Notizblock</h2><ul><li>Tel: 0</li></ul></section>";
    let story = "<section><p>Lan (dpa) - Die Fähre fährt.</p><p>Sie fährt oft.</p></section>";
    let whole = of(&format!("<header><h2>Verkehr</h2><p>Von Anna Meier, dpa</p></header>{story}{notebook}"));
    assert!(!whole.body.contains("Tel:") && whole.body.contains("Sie fährt oft."), "{}", whole.body);
    assert!(!whole.body.contains("Anna Meier"), "the byline below a heading is one: {}", whole.body);
    assert_eq!(whole.lead_in.as_deref(), Some("Lan (dpa) -"));
    for (above, below) in [
        ("<p>(neu: Zitate im 3. Absatz)</p>", ""),
        ("", "<p>ends</p>"),
        ("", "<p>am/ik/xyz</p>"),
        ("", "<p>am/ik</p><p>AFP</p>"),
        ("", "<p>am/ik</p><p>© 1994-2026 Agence France-Presse</p>"),
        ("", "<p>ENDS</p><p>Word count: 640</p>"),
        ("", "<p>((ana.kos@wire.example; +44 20 7946 0000;))</p><p>Keywords: LAN-FERRY/</p>"),
        ("<p>Eds: Adds quotes.</p>", "<p>--</p><h3>## Notizblock</h3><p>Tel: 0</p>"),
    ] {
        let told = of(&format!("{above}{story}{below}"));
        assert_eq!(
            told.body.replace("<section>", "").replace("</section>", ""),
            "<p>Lan (dpa) - Die Fähre fährt.</p><p>Sie fährt oft.</p>"
        );
    }
    // What follows a sign-off and is none stays; a sentence in brackets is one of the story.
    assert!(of("<p>One.</p><p>ends</p><figure><img src='a.jpg'/></figure>").body.contains("a.jpg"));
    for words in ["(With the sun out, the ferry sailed.)", "(Neu ist die Farbe.)"] {
        assert!(of(&format!("<p>{words}</p><p>It was late.</p>")).body.contains(words), "{words}");
    }
    assert!(of("<p>It sailed.</p><p>(Corrects nothing)</p><p>It was late.</p>").body.contains("(Corrects nothing)"));
    assert!(of("<p>One.</p><p>___</p><p>Two.</p>").body.contains("<p>One.</p><hr><p>Two.</p>"));
}

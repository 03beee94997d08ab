//! What news agencies send: ninjs, NewsML-G2, NewsML 1.2 and NITF, each read for what it says (here), and through the whole
//! newsroom over its versions (`orders`). Hostile files are in `hostile`.

mod digitalwires;
mod hostile;
mod newsml;
mod ninjs;
mod nitf;
mod orders;

use chrono::{DateTime, Utc};
use syndicated::article::{Draft, When};
use syndicated::dropped::InboxPath;
use syndicated::parse::{Markup, Parsed, Source, parse};
use syndicated::rejection::Rejection;

/// Reads bytes as a file of this name would be, in a newsroom at Shanghai.
pub fn read(name: &str, bytes: impl AsRef<[u8]>) -> Result<Parsed, Rejection> {
    parse(&Source {
        path: &InboxPath::new(name),
        bytes: bytes.as_ref(),
        time_zone: chrono_tz::Asia::Shanghai,
        encoding: None,
        language: "zh-CN",
        arrival: at("2026-07-02T08:00:00Z"),
    })
}

/// The one draft of a file.
#[track_caller]
pub fn draft(name: &str, text: &str) -> Draft {
    let mut parsed = read(name, text).unwrap_or_else(|refused| panic!("{refused}"));
    assert_eq!(parsed.drafts.len(), 1, "{parsed:#?}");
    parsed.drafts.remove(0)
}

/// Why a file is refused.
#[track_caller]
pub fn refusal(name: &str, text: &str) -> Rejection {
    match read(name, text) {
        Ok(parsed) => panic!("{parsed:#?}"),
        Err(refused) => refused,
    }
}

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub fn moment(text: &str) -> Option<When> {
    Some(When::Instant(at(text)))
}

pub fn names(draft: &Draft) -> Vec<&str> {
    draft.authors.iter().map(|author| author.name.as_str()).collect()
}

/// A NewsML-G2 item of one text.
pub fn item(guid: &str, version: u32, status: &str, meta: &str, body: &str) -> String {
    format!(
        r#"<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="{version}" xml:lang="en">
<itemMeta><itemClass qcode="ninat:text"/><versionCreated>2026-07-02T0{version}:00:00Z</versionCreated>
<firstCreated>2026-07-01T20:00:00Z</firstCreated><pubStatus qcode="stat:{status}"/></itemMeta>
<contentMeta><headline>Ferry returns to the Lan, take {version}</headline>{meta}</contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>
<body>{body}</body></html></inlineXML></contentSet></newsItem>"#
    )
}

// Recognition

#[test]
fn a_format_is_known_by_its_content_whatever_the_file_is_called() {
    let ninjs = r#"{"uri": "urn:x:1", "type": "text", "headline": "Ferry returns"}"#;
    let nitf = "<nitf><body><body.head><hedline><hl1>Ferry returns</hl1></hedline></body.head></body></nitf>";
    let g2 = item("urn:x:1", 1, "usable", "", "<p>It sails.</p>");
    for name in ["a.txt", "a.xml", "a.json", "a.html", "a.nitf", "a.md", "A.XML", "a.newsml"] {
        assert_eq!(read(name, ninjs).unwrap().markup, Markup::Ninjs, "{name}");
        assert_eq!(read(name, nitf).unwrap().markup, Markup::Nitf, "{name}");
        assert_eq!(read(name, &g2).unwrap().markup, Markup::NewsMlG2, "{name}");
        let marked =
            format!("\u{feff}\n  <!-- sent by -->\n<?xml-stylesheet href='x'?>\n<!DOCTYPE nitf SYSTEM 'x.dtd'>{nitf}");
        assert_eq!(read(name, &marked).unwrap().markup, Markup::Nitf, "{name}");
    }
    assert_eq!(read("a.html", "<h1>Ferry</h1><p>nitf and newsItem are words.</p>").unwrap().markup, Markup::Html);
    assert_eq!(read("a.md", "{\"title\": \"Ferry\", \"uri\": \"x\"}\n\nIt sails.\n").unwrap().markup, Markup::Markdown);
    let xhtml = "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body><h1>Ferry</h1><p>It sails.</p></body></html>";
    assert_eq!(read("a.xml", xhtml).unwrap().markup, Markup::Html);
}

#[test]
fn what_is_none_of_ours_is_refused_with_its_reason() {
    let check = |name: &str, text: &str, reason: &str| {
        let refused = refusal(name, text);
        assert!(refused.reason.contains(reason), "{name}: {refused}");
        assert!(!refused.hint.is_empty() && !refused.reason.ends_with('.'), "{name}: {refused:?}");
    };
    check("a.xml", "<rss version='2.0'><channel/></rss>", "feed");
    check("a.xml", "<w:document xmlns:w='x'/>", "<document>");
    check("a.xml", "It sails again.", "no XML");
    check("a.json", "It sails again.", "no JSON");
    check("a.json", r#"{"title": "Ferry", "author": "Lin Xiao"}"#, "no ninjs");
    check("a.json", r#"{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1"}]}"#, "JSON Feed");
    check("a.json", r#"{"$schema": "http://json-schema.org/draft-07/schema#", "title": "ninjs"}"#, "schema");
    check("a.xml", "<conceptItem guid='x'/>", "concept");
    check("a.xml", "<planningItem guid='x'/>", "planned");
    check("a.xml", "<packageItem guid='x'/>", "package");
    check("a.xml", "<contentSet><inlineXML/></contentSet>", "fragment");
    check("a.xml", "<newsMessage><header/><itemSet/></newsMessage>", "no items");
    check("a.json", r#"{"uri": "urn:x:1", "type": "event", "title": "Congress"}"#, "event");
    check("a.json", r#"{"uri": "urn:x:1", "type": "text"}"#, "no headline and no text");
    check("a.json", r#"{"versioncreated": "2026-07-01T00:00:00Z", "pubstatus": "usable", "headline": "A"}"#, "uri");
    check("a.json", r#"{"uri": "urn:x:1", "headline": "A", "pubstatus": "spiked"}"#, "spiked");
}

#[test]
fn a_sidecar_is_no_ninjs() {
    use syndicated::parse::is_ninjs;
    assert!(is_ninjs(br#"{"uri": "urn:x:1", "headline": "A"}"#));
    assert!(is_ninjs("\u{feff}[{\"guid\": \"1\", \"body_html\": \"<p>A</p>\"}]".as_bytes()));
    for other in [
        "",
        "{}",
        "[]",
        r#"{"title": "A", "section": "sports", "id": "x"}"#,
        r#"{"items": [{"headline": "A"}]}"#,
        "plain",
    ] {
        assert!(!is_ninjs(other.as_bytes()), "{other}");
    }
}

#[test]
fn broken_files_say_where() {
    let refused = refusal("a.xml", "<nitf>\n<body>\n<body.content><p>It sails.</q></body.content></body></nitf>");
    assert!(refused.reason.contains("<p> is closed by </q>"), "{refused}");
    assert_eq!(refused.line, Some(3));
    let refused = refusal("a.xml", "<nitf>\n<body><body.content><p>It sails");
    assert!(refused.reason.contains("ends before"), "{refused}");
    let refused = refusal("a.json", "{\"uri\": \"urn:x:1\",\n \"headline\": \"A\",\n oops}");
    assert_eq!((refused.line, refused.reason.contains("JSON is broken")), (Some(3), true), "{refused}");
    let refused = refusal("a.json", "{\"uri\": \"urn:x:1\",\n \"headline\": \"A");
    assert!(refused.reason.contains("ends before"), "{refused}");
}

#[test]
fn declared_encodings_are_read() {
    let text = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<nitf><body><body.head><hedline><hl1>Lax från Älven – så går det</hl1></hedline></body.head></body></nitf>";
    let latin = encoding_rs::WINDOWS_1252.encode(text).0;
    assert_eq!(read("a.xml", latin).unwrap().drafts[0].headline.as_deref(), Some("Lax från Älven – så går det"));
    let text = text.replace("ISO-8859-1", "GB2312").replace("Lax från Älven – så går det", "渡轮重返澜江");
    let chinese = encoding_rs::GB18030.encode(&text).0;
    assert_eq!(read("a.txt", chinese).unwrap().drafts[0].headline.as_deref(), Some("渡轮重返澜江"));
    let wide: Vec<u8> = text.replace("GB2312", "UTF-16").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide = [&[0xff, 0xfe][..], &wide].concat();
    assert_eq!(read("a.xml", wide).unwrap().drafts[0].headline.as_deref(), Some("渡轮重返澜江"));
}

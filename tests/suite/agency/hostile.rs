//! Files made to harm: they are refused, or read for what is harmless in them.

use super::{draft, read, refusal};

#[test]
fn entities_of_a_file_are_never_expanded() {
    let laughs = "<?xml version='1.0'?>\n<!DOCTYPE nitf [\n<!ENTITY a 'ha'>\n<!ENTITY b '&a;&a;&a;&a;'>\n]>\n<nitf><body><body.content><p>&b;</p></body.content></body></nitf>";
    let refused = refusal("a.xml", laughs);
    assert!(refused.reason.contains("entities of its own"), "{refused}");
    assert_eq!(refused.line, Some(3));
    let outside = "<!DOCTYPE nitf [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><nitf><body><body.content><p>&x;</p></body.content></body></nitf>";
    assert!(refusal("a.xml", outside).reason.contains("entities of its own"));
    // What the document type alone could use is not read with it.
    let inside = "<!DOCTYPE nitf [<!ENTITY % nitf SYSTEM 'nitf.dtd'> %nitf;]><nitf><body><body.content><p>It sails.</p></body.content></body></nitf>";
    assert_eq!(draft("a.xml", inside).body.trim(), "<p>It sails.</p>");
    let unknown = "<!DOCTYPE nitf SYSTEM 'http://wire.example/nitf.dtd'>\n<nitf><body><body.content><p>&company;</p></body.content></body></nitf>";
    let refused = refusal("a.xml", unknown);
    assert!(refused.reason.contains("&company;") && refused.line == Some(2), "{refused}");
    let known = "<!DOCTYPE nitf PUBLIC '-//IPTC//DTD NITF 3.4//EN' 'nitf.dtd' [<!ELEMENT x ANY>]><nitf><body><body.content><p>Caf&eacute; &#x1F600;&#0; AT&T &mdash; it sails.</p></body.content></body></nitf>";
    assert_eq!(draft("a.xml", known).body.trim(), "<p>Café 😀 AT&amp;T — it sails.</p>");
}

#[test]
fn depth_and_number_have_their_limits() {
    let deep = format!("<nitf>{}", "<block>".repeat(100_000));
    assert!(refusal("a.xml", &deep).reason.contains("deep"));
    let wide = format!("<nitf {}/>", (0..5000).map(|n| format!("a{n}='' ")).collect::<String>());
    assert!(refusal("a.xml", &wide).reason.contains("attributes"));
    let many = format!("<nitf>{}</nitf>", "<p/>".repeat(310_000));
    assert!(refusal("a.xml", &many).reason.contains("elements"));
    let prefixes = format!("<nitf>{}", (0..100_000).map(|n| format!("<a xmlns:p{n}='u'>")).collect::<String>());
    assert!(refusal("a.xml", &prefixes).reason.contains("deep"));
    for block in ["<p>ends</p>", "<p>A</p>", "<p>(Adds it)</p>", "<p>___</p>", "<p></p>", "<h2>", "<p>"] {
        let many = block.repeat(90_000);
        assert!(
            read("a.json", format!("{{\"uri\": \"urn:x:1\", \"headline\": \"A\", \"body_html\": \"{many}\"}}")).is_ok()
        );
    }
    let deep = format!("{{\"uri\": \"urn:x:1\", \"headline\": {}", "[".repeat(100_000));
    assert!(read("a.json", &deep).is_err());
    let many = format!("{{\"uri\": \"urn:x:1\", \"headline\": \"A\", \"subject\": [{}1]}}", "{},".repeat(1_000_000));
    assert!(read("a.json", &many).is_err());
    let long =
        format!("{{\"uri\": \"urn:x:1\", \"headline\": \"A\", \"body_text\": \"{}\"}}", "It sails. ".repeat(400_000));
    assert_eq!(draft("a.json", &long).headline.as_deref(), Some("A"));
}

#[test]
fn odd_files_never_make_a_reader_fail() {
    for text in [
        "<nitf",
        "<nitf>",
        "<nitf/>",
        "<newsItem/>",
        "<newsItem guid=''/>",
        "<NewsML/>",
        "<NewsML><NewsItem/></NewsML>",
        "<",
        "<!",
        "<?",
        "<!--",
        "<!DOCTYPE",
        "<!DOCTYPE nitf [",
        "<![CDATA[",
        "<nitf><![CDATA[",
        "<nitf>&",
        "<nitf>&;",
        "<nitf>&#;",
        "<nitf>&#xZZ;</nitf>",
        "<nitf a='",
        "{",
        "[",
        "{\"uri\"",
        "[[[[]]]]",
        "{\"uri\": [], \"type\": {}}",
        "{\"uri\": \"a\", \"headline\": []}",
        "{\"uri\": \"a\", \"bodies\": [[], 1, null, {\"value\": {}}], \"headline\": \"A\"}",
        "{\"uri\": \"a\", \"headlines\": {\"value\": 1}, \"renditions\": [1], \"associations\": [null, 2, []], \"subject\": 3, \"byline\": 7}",
        "\u{feff}",
        "{\"uri\": \"\\ud800\"}",
        "{\"uri\": \"a\\u0000b\", \"headline\": \"A\\u0001\"}",
        "<newsItem guid='a'><contentMeta><headline>A</headline><by> , and , </by></contentMeta><contentSet><inlineXML/><inlineData/><remoteContent/></contentSet></newsItem>",
    ] {
        for name in ["a.xml", "a.json", "a.txt", "a.html"] {
            if let Err(refused) = read(name, text) {
                assert!(!refused.reason.contains("makes its reader fail"), "{name}: {text}");
            }
        }
    }
}

#[test]
fn scripts_stay_text_until_cleaning_takes_them_out() {
    let draft = draft(
        "a.json",
        r#"{"uri": "urn:x:1", "headline": "<script>alert(1)</script>Ferry", "body_text": "<script>alert(1)</script> sails"}"#,
    );
    assert_eq!(draft.headline.as_deref(), Some("alert(1) Ferry"));
    assert!(!syndicated::clean::body(&draft.body, |_, _| None).contains("<script"), "{}", draft.body);
}

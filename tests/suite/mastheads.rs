//! What a house prints above the texts that it writes in Word: its name, the line of day and issue, an embargo in the header.

use chrono::NaiveDate;
use syndicated::article::{Draft, When};

use crate::word::{NAMESPACES, Word, p, run, styled};

const STORY: &str =
    "The ferry sailed again on Friday after three weeks of repairs to its engine, the harbour office said.";

/// A centred line of so many half points, bold.
fn large(size: u8, text: &str) -> String {
    let words = run(&format!("<w:b/><w:sz w:val=\"{size}\"/>"), text);
    format!("<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{words}</w:p>")
}

fn text() -> String {
    let story = |words: &str| format!("<w:p>{}</w:p>", run("<w:sz w:val=\"22\"/>", words));
    [story(STORY), story("Tickets cost as much as before, and the last boat leaves at ten in the evening.")].concat()
}

#[track_caller]
fn read(head: &[String]) -> Draft {
    let parsed = Word::new(&(head.concat() + &text())).read().unwrap();
    let [draft] = parsed.drafts.try_into().unwrap();
    assert!(draft.body.contains(STORY), "{}", draft.body);
    draft
}

fn told(draft: &Draft) -> (&str, &str) {
    (draft.headline.as_deref().unwrap_or_default(), draft.source.as_deref().unwrap_or_default())
}

#[test]
fn the_papers_name_is_no_headline() {
    let day = |day| NaiveDate::from_ymd_opt(2026, 6, day).map(When::Day);
    let posts = read(&[
        large(72, "THE RIVER POST"),
        p("Friday, 26 June 2026 · No. 318 · Price 1.20"),
        large(40, "Ferry runs again"),
        p("By Ana Kos"),
    ]);
    assert_eq!(told(&posts), ("Ferry runs again", "The River Post"));
    assert_eq!((posts.date, posts.authors[0].name.as_str()), (day(26), "Ana Kos"));
    assert!(!posts.body.contains("318"), "{}", posts.body);
    let styled_ = read(&[styled("a3", "The River Post"), styled("berschrift1", "Ferry runs again")]);
    assert_eq!(told(&styled_), ("Ferry runs again", "The River Post"));
    let chinese =
        read(&[large(72, "澜江晚报"), large(20, "2026年6月26日 星期五 第3版 要闻"), large(44, "渡轮恢复通航")]);
    assert_eq!(told(&chinese), ("渡轮恢复通航", "澜江晚报"));
    let office =
        read(&[large(72, "澜江市人民政府文件"), large(20, "澜政发〔2026〕12号"), large(44, "关于恢复渡轮航线的通知")]);
    assert_eq!(told(&office), ("关于恢复渡轮航线的通知", "澜江市人民政府"));
    let release = read(&[
        large(24, "PRESS RELEASE"),
        large(32, "City Harbour Office"),
        p("For immediate release – 26 June 2026"),
        large(28, "Ferry runs again"),
    ]);
    assert_eq!((told(&release), release.date), (("Ferry runs again", "City Harbour Office"), day(26)));
    let folio = read(&[p("River Post | Friday 26 June 2026 | Page 3"), large(40, "Ferry runs again")]);
    assert_eq!(folio.headline.as_deref(), Some("Ferry runs again"));
}

#[test]
fn a_headline_above_a_date_or_chapters_stays_one() {
    for (headline, head) in [
        ("Ferry runs again", vec![large(40, "Ferry runs again"), p("26 June 2026 | Lagos"), large(24, "Repairs end")]),
        ("渡轮恢复通航", vec![large(44, "渡轮恢复通航"), large(20, "2026年6月26日 星期五"), large(24, "票价不变")]),
        ("The Herald", vec![styled("a3", "The Herald"), styled("a5", "How a paper changed its town")]),
        ("No. 10 gets a new cat", vec![large(40, "No. 10 gets a new cat"), p("26 June 2026")]),
        (
            "Ferry runs again",
            vec![large(24, "PRESS RELEASE"), large(40, "Ferry runs again"), p("26 June 2026"), large(24, "At last")],
        ),
    ] {
        assert_eq!(read(&head).headline.as_deref(), Some(headline));
    }
    let chapters =
        [styled("a3", "Opening Times"), styled("berschrift1", "Summer"), text(), styled("berschrift1", "Winter")];
    assert_eq!(read(&chapters).headline.as_deref(), Some("Opening Times"));
}

#[test]
fn an_embargo_in_the_header_holds_the_document() {
    let of = |words: &str| {
        let header = format!("<?xml version=\"1.0\"?><w:hdr {NAMESPACES}>{}</w:hdr>", p(words));
        Word::new(&(styled("a3", "Ferry runs again") + &text())).with("word/header1.xml", header).read()
    };
    let held = of("EMBARGOED UNTIL 00:01 GMT 1 MARCH 2027").unwrap();
    assert_eq!(held.drafts[0].embargo, Some(When::Instant("2027-03-01T00:01:00Z".parse().unwrap())));
    assert!(!held.drafts[0].body.contains("EMBARGO"));
    assert!(of("EMBARGOED UNTIL FURTHER NOTICE").is_err());
    for words in ["The River Post – page 3", "Embargo policy of the house: see intranet"] {
        assert_eq!(of(words).unwrap().drafts[0].embargo, None, "{words}");
    }
    // One that cannot be read says nothing.
    let broken = Word::new(&(styled("a3", "Ferry runs again") + &text())).with("word/header1.xml", "<w:hdr");
    assert_eq!(broken.read().unwrap().drafts[0].headline.as_deref(), Some("Ferry runs again"));
}

#[test]
fn a_sheet_of_labels_below_the_title_states_what_it_says() {
    let cell = |words: &str| format!("<w:tc>{}</w:tc>", p(words));
    let row = |label: &str, said: &str| format!("<w:tr>{}{}</w:tr>", cell(label), cell(said));
    let sheet = |rows: &[(&str, &str)]| {
        let rows: String = rows.iter().map(|(label, said)| row(label, said)).collect();
        read(&[styled("a3", "Ferry runs again"), format!("<w:tbl>{rows}</w:tbl>")])
    };
    let draft = sheet(&[("Author", "Ana Kos"), ("Words", "600"), ("Date", "26 June 2026")]);
    assert_eq!((draft.headline.as_deref(), draft.authors[0].name.as_str()), (Some("Ferry runs again"), "Ana Kos"));
    assert!(!draft.body.contains("600"), "{}", draft.body);
    // Another table is the text's.
    let fares = sheet(&[("Adults", "2"), ("Children", "1")]);
    assert_eq!(fares.headline.as_deref(), Some("Ferry runs again"));
    assert!(fares.body.contains("Adults"), "{}", fares.body);
}

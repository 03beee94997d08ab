//! Word documents: what stands in them for readers, what never leaves them, what is refused, and what an editor sees of one
//! that is dropped, mended, renamed and taken away.

// Functions that tests call are not covered by `allow-unwrap-in-tests`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::Path;
use std::time::Duration;

use serde_json::Value;
use syndicated::article::{Draft, When};
use syndicated::parse::Markup;

use crate::newsroom::Newsroom;
use crate::word::{Word, item, p, picture, r, run, styled};

fn one(word: &Word) -> Draft {
    let parsed = word.read().unwrap();
    assert_eq!(parsed.markup, Markup::Docx);
    let [draft] = parsed.drafts.try_into().unwrap();
    draft
}

/// Checks the body below a headline, each line end left out.
#[track_caller]
fn check(body: &str, html: &str) {
    let draft = one(&Word::new(&format!("{}{body}", styled("a3", "Headline"))));
    assert_eq!(draft.headline.as_deref(), Some("Headline"));
    assert_eq!(draft.body.replace('\n', ""), html);
}

#[test]
fn emphasis_by_runs_and_by_styles() {
    check(
        &format!("<w:p>{}{}{}</w:p>", r("a "), run("<w:b/>", "b"), run("<w:b/><w:i/>", "c")),
        "<p>a <strong>b<em>c</em></strong></p>",
    );
    check(
        &format!("<w:p>{}{}</w:p>", run("<w:b w:val=\"0\"/>", "a"), run("<w:b/>", "b")),
        "<p>a<strong>b</strong></p>",
    );
    check(&format!("<w:p>{}</w:p>", run(r#"<w:rStyle w:val="Strong"/>"#, "a")), "<p><strong>a</strong></p>");
    check(&styled("Loud", "a"), "<p><strong>a</strong></p>");
    // What both styles turn on, the two turn off.
    let both =
        format!(r#"<w:p><w:pPr><w:pStyle w:val="Loud"/></w:pPr>{}</w:p>"#, run(r#"<w:rStyle w:val="Strong"/>"#, "a"));
    check(&both, "<p>a</p>");
    let marks = [
        run("<w:strike/>", "a"),
        run(r#"<w:vertAlign w:val="superscript"/>"#, "b"),
        run(r#"<w:vertAlign w:val="subscript"/>"#, "c"),
        run(r#"<w:u w:val="single"/>"#, "d"),
        run(r#"<w:u w:val="none"/>"#, "e"),
    ];
    check(&format!("<w:p>{}</w:p>", marks.concat()), "<p><s>a</s><sup>b</sup><sub>c</sub><u>d</u>e</p>");
    check(&format!("<w:p>{}</w:p>", r("1 &lt; 2 &amp;amp; &#x4E2D;&quot;")), "<p>1 &lt; 2 &amp;amp; 中\"</p>");
}

#[test]
fn headings_are_known_by_name_base_and_outline() {
    check(
        &[styled("berschrift1", "A"), styled("berschrift2", "B"), styled("Zwischen", "C"), styled("Level", "D")]
            .concat(),
        "<h2>A</h2><h3>B</h3><h3>C</h3><h4>D</h4>",
    );
    check(&styled("berschrift2", "B"), "<h2>B</h2>");
    // Styles that the document lacks are known by their ids.
    check(
        &[styled("Heading2", "B"), styled("IntenseQuote", "Q")].concat(),
        "<h2>B</h2><blockquote><p>Q</p></blockquote>",
    );
    check(&[styled("Code", "a  b"), styled("Code", "c &lt; d")].concat(), "<pre>a  bc &lt; d</pre>");
    check(&[styled("TOC1", "A ... 1"), p("a")].concat(), "<p>a</p>");
}

#[test]
fn lists_nest_count_and_go_on() {
    check(
        &[item(1, 0, "a"), item(1, 1, "b"), item(1, 1, "c"), item(1, 0, "d"), p("e")].concat(),
        "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul><p>e</p>",
    );
    check(
        &[item(2, 0, "a"), item(2, 1, "b"), item(2, 0, "c"), p("-"), item(2, 0, "d"), item(4, 0, "e")].concat(),
        "<ol><li>a<ol type=\"a\"><li>b</li></ol></li><li>c</li></ol><p>-</p><ol start=\"3\"><li>d</li></ol><ol start=\"5\"><li>e</li></ol>",
    );
    // A depth that is skipped opens one list.
    check(&[item(1, 1, "a"), item(1, 0, "b")].concat(), "<ul><li>a</li></ul><ul><li>b</li></ul>");
    check(&[styled("Dots", "a"), item(0, 0, "b")].concat(), "<ul><li>a</li></ul><p>b</p>");
    // A second paragraph of an item; a style that is a level by its name.
    check(&[item(2, 0, "a"), item(5, 0, "b"), item(2, 0, "c")].concat(), "<ol><li>a<p>b</p></li><li>c</li></ol>");
    check(&[styled("Dots", "a"), styled("Dots2", "b")].concat(), "<ul><li>a<ul><li>b</li></ul></li></ul>");
    // What HTML cannot number is written out.
    check(&[item(3, 0, "甲"), item(3, 1, "乙"), item(3, 0, "丙")].concat(), "<p>一、甲</p><p>1.1 乙</p><p>二、丙</p>");
    let numbered = r#"<w:p><w:pPr><w:pStyle w:val="berschrift2"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>总则</w:t></w:r></w:p>"#;
    check(numbered, "<h2>一、总则</h2>");
}

#[test]
fn tables_with_merged_cells() {
    let cell = |properties: &str, content: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>");
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let table = |rows: &[String]| format!("<w:tbl><w:tblPr/>{}</w:tbl>", rows.concat());
    let rows = [
        format!("<w:tr><w:trPr><w:tblHeader/></w:trPr>{}</w:tr>", cell(r#"<w:gridSpan w:val="2"/>"#, &p("a"))),
        row(&[cell(r#"<w:vMerge w:val="restart"/>"#, &p("b")), cell("", &[p("c"), p("d")].concat())]),
        row(&[cell("<w:vMerge/>", "<w:p/>"), cell("", &item(1, 0, "e"))]),
        format!("<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr>", cell("", &p("GONE"))),
    ];
    let html = "<table><thead><tr><th colspan=\"2\">a</th></tr></thead><tbody><tr><td rowspan=\"2\">b</td><td><p>c</p><p>d</p></td></tr><tr><td><ul><li>e</li></ul></td></tr></tbody></table>";
    check(&table(&rows), html);
    // A table in a cell; a frame of one cell; an empty one.
    let inner = table(&[row(&[cell("", &p("x")), cell("", &p("y"))])]);
    check(
        &table(&[row(&[cell("", &inner), cell("", &p("z"))])]),
        "<table><tbody><tr><td><table><tbody><tr><td>x</td><td>y</td></tr></tbody></table></td><td>z</td></tr></tbody></table>",
    );
    check(&table(&[row(&[cell("", &p("x"))])]), "<p>x</p>");
    // One that holds a picture above its caption; a column of words is a table.
    let shown = format!("<w:p>{}</w:p>", picture("inline", r#"r:embed="rId1""#, "A gull"));
    check(
        &table(&[row(&[cell("", &shown)]), row(&[cell("", &p("A gull. Photo: Jane Roe"))])]),
        "<figure><img src=\"package:word/media/image1.png\" alt=\"A gull\"><figcaption>A gull. Photo: Jane Roe</figcaption></figure>",
    );
    check(
        &table(&[row(&[cell("", &shown), cell("", &p("A gull. Photo: Jane Roe"))])]),
        "<figure><img src=\"package:word/media/image1.png\" alt=\"A gull\"><figcaption>A gull. Photo: Jane Roe</figcaption></figure>",
    );
    check(
        &table(&[row(&[cell("", &p("x"))]), row(&[cell("", &p("y"))])]),
        "<table><tbody><tr><td>x</td></tr><tr><td>y</td></tr></tbody></table>",
    );
    check(&[table(&[row(&[cell("", "<w:p/>"), cell("", "<w:p/>")])]), p("x")].concat(), "<p>x</p>");
}

#[test]
fn links_by_relationship_and_by_field() {
    let address = "https://example.org/a?b=1&amp;c=2";
    check(
        &format!(r#"<w:p><w:hyperlink r:id="rId2">{}</w:hyperlink></w:p>"#, run(r#"<w:u w:val="single"/>"#, "a")),
        &format!("<p><a href=\"{address}\">a</a></p>"),
    );
    check(&format!(r#"<w:p><w:hyperlink w:anchor="x">{}</w:hyperlink></w:p>"#, r("a")), "<p>a</p>");
    check(
        &format!(r#"<w:p><w:fldSimple w:instr=" HYPERLINK &quot;{address}&quot; ">{}</w:fldSimple></w:p>"#, r("a")),
        &format!("<p><a href=\"{address}\">a</a></p>"),
    );
    let char = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let instruct = |text: &str| format!("<w:r><w:instrText>{text}</w:instrText></w:r>");
    let field =
        [char("begin"), instruct(&format!("HYPERLINK \"{address}\"")), char("separate"), r("a"), char("end"), r("b")];
    check(&format!("<w:p>{}</w:p>", field.concat()), &format!("<p><a href=\"{address}\">a</a>b</p>"));
    // Instructions never show, fields within them neither; one left open hides nothing below it.
    let nested = [
        char("begin"),
        instruct("IF "),
        char("begin"),
        instruct("PAGE"),
        char("separate"),
        r("7"),
        char("end"),
        char("separate"),
        r("shown"),
        char("end"),
    ];
    check(&format!("<w:p>{}</w:p>", nested.concat()), "<p>shown</p>");
    check(&format!("<w:p>{}{}{}</w:p>{}", r("a"), char("begin"), instruct("XE"), p("b")), "<p>a</p><p>b</p>");
}

#[test]
fn what_word_keeps_for_writers_never_leaks() {
    let body = [
        format!(
            "<w:p>{}<w:del>{}</w:del><w:ins>{}</w:ins></w:p>",
            r("a"),
            r("GONE").replace("w:t", "w:delText"),
            r("b")
        ),
        format!("<w:p><w:moveFrom>{}</w:moveFrom><w:moveTo>{}</w:moveTo></w:p>", r("GONE"), r("c")),
        format!(
            r#"<w:p><w:commentRangeStart w:id="0"/>{}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>"#,
            r("d")
        ),
        format!(
            "<w:p>{}{}{}</w:p>",
            run("<w:vanish/>", "GONE"),
            run(r#"<w:rStyle w:val="Hidden"/>"#, "GONE"),
            run(r#"<w:vanish w:val="0"/>"#, "e")
        ),
        format!("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", p("GONE")),
        format!("<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>", p("f")),
        format!("<w:p><w:smartTag>{}</w:smartTag><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt></w:p>", r("g"), r("h")),
        // The end of the paragraph was deleted: the next goes on with it.
        format!("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p>{}", r("i"), p("j")),
    ];
    check(&body.concat(), "<p>ab</p><p>c</p><p>d</p><p>e</p><p>f</p><p>gh</p><p>ij</p>");
}

#[test]
fn breaks_signs_ruby_and_direction() {
    let body = "<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:br w:type=\"page\"/><w:noBreakHyphen/><w:softHyphen/><w:sym w:font=\"Wingdings\" w:char=\"F0FC\"/><w:sym w:font=\"Symbol\" w:char=\"F061\"/></w:r></w:p>";
    check(body, "<p>a<br>b c\u{2011}\u{ad}✓α</p>");
    let ruby = format!(
        "<w:p><w:r><w:ruby><w:rubyPr/><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r></w:p>",
        r("lán"),
        r("澜")
    );
    check(&ruby, "<p><ruby>澜<rt>lán</rt></ruby></p>");
    check(&format!("<w:p><w:pPr><w:bidi/></w:pPr>{}</w:p>", r("א")), "<p dir=\"rtl\">א</p>");
    check("<w:p><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>", "<p>x=1</p>");
    // A capital that drops below its line.
    let dropped = format!(r#"<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr>{}</w:p>{}"#, r("O"), p("nce"));
    check(&dropped, "<p>Once</p>");
}

#[test]
fn notes_stand_below_the_text() {
    let note = |kind: &str| format!(r#"<w:r><w:{kind}Reference w:id="1"/></w:r>"#);
    check(
        &format!("<w:p>{}{}{}{}</w:p>", r("a"), note("footnote"), r("b"), note("endnote")),
        "<p>a<sup>1</sup>b<sup>2</sup></p><hr><ol><li>The first.</li><li>At the end.</li></ol>",
    );
}

#[test]
fn pictures_old_and_new_once_each() {
    let embedded = r#"r:embed="rId1""#;
    let img = "<img src=\"package:word/media/image1.png\" alt=\"A gull\">";
    check(&format!("<w:p>{}</w:p>", picture("inline", embedded, "A gull")), &format!("<figure>{img}</figure>"));
    check(
        &format!("<w:p>{}{}</w:p>", r("a"), picture("anchor", embedded, "A gull")),
        &format!("<figure>{img}</figure><p>a</p>"),
    );
    let guessed = picture("inline", embedded, "A gull&#xA;&#xA;Description automatically generated");
    let captioned = format!("<w:p>{guessed}</w:p>{}", styled("Caption", "Seen today"));
    check(&captioned, &format!("<figure>{img}<figcaption><em>Seen today</em></figcaption></figure>"));
    // The path of the file on the writer's computer is no description.
    let bare = img.replace("A gull", "");
    check(
        &format!("<w:p>{}</w:p>", picture("inline", embedded, r"C:\Users\jane\gull.jpg")),
        &format!("<figure>{bare}</figure>"),
    );
    let old = r#"<w:r><w:pict><v:shape alt="A gull"><v:imagedata r:id="rId1"/></v:shape></w:pict></w:r>"#;
    check(&format!("<w:p>{old}</w:p>"), &format!("<figure>{img}</figure>"));
    // Linked pictures are not fetched; what is no web address leads nowhere.
    let far = picture("inline", r#"r:link="rId3""#, "Far");
    check(&format!("<w:p>{far}</w:p>"), "<figure><img src=\"https://example.org/far.png\" alt=\"Far\"></figure>");
    // A box offered to new and old readers is read once, and stands below its paragraph.
    let content = format!("<w:txbxContent>{}</w:txbxContent>", p("boxed"));
    let boxed = format!(
        r#"<w:p>{}<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>{}</w:p>"#,
        r("a"),
        r("b")
    );
    check(&boxed, "<p>ab</p><p>boxed</p>");
    // What new readers are offered shows nothing: the old is read.
    let only_old = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r></w:p>",
        old.replace("<w:r>", "").replace("</w:r>", "")
    );
    check(&only_old, &format!("<figure>{img}</figure>"));
}

#[test]
fn the_head_by_styles() {
    let draft = one(&Word::new(
        &[
            styled("a5", "Kicker"),
            styled("a3", "The"),
            styled("a3", "headline"),
            styled("a5", "And what it means"),
            styled("Author", "Jane Roe, John Doe"),
            styled("Date", "2026-07-01"),
            p("Text."),
        ]
        .concat(),
    ));
    assert_eq!(draft.headline.as_deref(), Some("The headline"));
    assert_eq!(draft.kickers, ["Kicker"]);
    assert_eq!(draft.subhead.as_deref(), Some("And what it means"));
    assert_eq!(draft.authors.iter().map(|a| a.name.as_str()).collect::<Vec<_>>(), ["Jane Roe", "John Doe"]);
    assert_eq!(draft.date, Some(When::Day("2026-07-01".parse().unwrap())));
    assert_eq!(draft.body, "<p>Text.</p>\n");
}

#[test]
fn styles_that_newsrooms_make_are_known_by_their_names() {
    for [above, title, below, author, heading] in [
        ["Kicker", "Headline", "Standfirst", "Byline", "Crosshead"],
        ["Dachzeile", "Überschrift", "Vorspann", "Autorenzeile", "Zwischentitel"],
        ["引题", "主标题", "副题", "记者", "小标题"],
    ] {
        let text = p("They were many.");
        let head = [styled(above, "A"), styled(title, "B"), styled(below, "C"), styled(author, "Jane Roe")].concat();
        check_head(
            &[head, text.clone(), styled(heading, "D"), text].concat(),
            "B",
            &["A"],
            "C",
            &["Jane Roe"],
            "<p>They were many.</p><h2>D</h2><p>They were many.</p>",
        );
    }
}

/// Headline, kickers, subhead, authors, body.
#[track_caller]
fn check_head(body: &str, headline: &str, above: &[&str], below: &str, authors: &[&str], html: &str) {
    let draft = one(&Word::new(body));
    assert_eq!(draft.headline.as_deref().unwrap_or_default(), headline);
    assert_eq!(draft.kickers, above);
    assert_eq!(draft.subhead.as_deref().unwrap_or_default(), below);
    assert_eq!(draft.authors.iter().map(|a| a.name.as_str()).collect::<Vec<_>>(), authors);
    assert_eq!(draft.body.replace('\n', ""), html);
}

#[test]
fn the_head_without_styles() {
    let sized = |size: u32, text: &str| {
        format!(
            r#"<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{}</w:p>"#,
            run(&format!(r#"<w:sz w:val="{size}"/>"#), text)
        )
    };
    let text = |text: &str| {
        format!(r#"<w:p><w:pPr><w:ind w:firstLineChars="200"/></w:pPr>{}</w:p>"#, run(r#"<w:sz w:val="32"/>"#, text))
    };
    let chinese = [
        sized(36, "防汛一线见闻"),
        sized(52, "澜江大堤加固提前完工"),
        sized(36, "——两万居民今夏安心度汛"),
        sized(32, "（2026年7月1日）"),
        sized(32, "本报记者 顾长风 通讯员 林晓"),
        text("昨日，澜江大堤加固工程全部完工，比计划早了二十天。"),
        text("工程投资三亿元，惠及沿江两万居民。"),
    ];
    check_head(
        &chinese.concat(),
        "澜江大堤加固提前完工",
        &["防汛一线见闻"],
        "——两万居民今夏安心度汛",
        &["顾长风", "林晓"],
        "<p>昨日，澜江大堤加固工程全部完工，比计划早了二十天。</p><p>工程投资三亿元，惠及沿江两万居民。</p>",
    );
    // A bold first line; a byline and a dateline as wires write them.
    let english = [
        format!("<w:p>{}</w:p>", run("<w:b/>", "Harbour town counts its gulls")),
        p("By JANE ROE"),
        format!("<w:p>{}{}</w:p>", r("PORT SOLE, Norway (AP) — Volunteers counted "), run("<w:i/>", "1,204 gulls.")),
        p("“More than ever,” one said on the quay."),
    ];
    check_head(
        &english.concat(),
        "Harbour town counts its gulls",
        &[],
        "",
        &["Jane Roe"],
        "<p>PORT SOLE, Norway (AP) — Volunteers counted <em>1,204 gulls.</em></p><p>“More than ever,” one said on the quay.</p>",
    );
    // The first heading; nothing but words, as plain text is read.
    check_head(
        &[styled("berschrift1", "Gulls counted"), p("They were many.")].concat(),
        "Gulls counted",
        &[],
        "",
        &[],
        "<p>They were many.</p>",
    );
    check_head(
        &[p("Gulls counted in the harbour"), p("By Jane Roe"), p("They were many, and they were loud.")].concat(),
        "Gulls counted in the harbour",
        &[],
        "",
        &["Jane Roe"],
        "<p>They were many, and they were loud.</p>",
    );
    check_head(
        &[p("大堤加固提前完工"), p("　　本报讯（记者 白文斌）昨日，大堤加固工程全部完工。")].concat(),
        "大堤加固提前完工",
        &[],
        "",
        &["白文斌"],
        "<p>本报讯（记者 白文斌）昨日，大堤加固工程全部完工。</p>",
    );
}

#[test]
fn properties_stand_in_for_what_the_text_does_not_say() {
    let picture = format!("<w:p>{}</w:p>", picture("inline", r#"r:embed="rId1""#, "A gull"));
    let said = |properties: &str| one(&Word::new(&picture).saying(properties));
    let draft = said(
        "<dc:title>Gulls</dc:title><dc:creator>Jane Roe</dc:creator><dc:language>zh-cn</dc:language><cp:keywords>birds, harbour；quay</cp:keywords>",
    );
    assert_eq!(draft.headline.as_deref(), Some("Gulls"));
    assert_eq!(draft.authors[0].name, "Jane Roe");
    assert_eq!(draft.language.as_deref(), Some("zh-CN"));
    assert_eq!(draft.tags, ["birds", "harbour", "quay"]);
    let draft = said("<dc:title>Microsoft Word - gulls.doc</dc:title><dc:creator>python-docx</dc:creator>");
    assert_eq!(draft.headline.as_deref(), Some("note"), "a picture alone is called as its file");
    assert!(draft.authors.is_empty());
    for creator in ["Microsoft Office User", "Administrator", "lenovo", "微软用户", "jroe"] {
        assert!(said(&format!("<dc:creator>{creator}</dc:creator>")).authors.is_empty(), "{creator}");
    }
    assert!(
        said("<dc:creator>Jane Roe</dc:creator><cp:lastModifiedBy>John Doe</cp:lastModifiedBy>").authors.is_empty()
    );
    let text = one(&Word::new(&[styled("a3", "Own"), p("By John Doe"), p("Text.")].concat())
        .saying("<dc:title>Other</dc:title><dc:creator>Jane Roe</dc:creator>"));
    assert_eq!((text.headline.as_deref(), text.authors[0].name.as_str()), (Some("Own"), "John Doe"));
}

#[test]
fn a_head_typed_into_the_document() {
    let draft =
        one(&Word::new(&[p("---"), p("title: Stated"), p("tags: [a, b]"), p("---"), p("Text of it.")].concat()));
    assert_eq!(draft.headline.as_deref(), Some("Stated"));
    assert_eq!(draft.tags, ["a", "b"]);
    assert!(!draft.body.contains("---") && draft.body.contains("Text of it."), "{}", draft.body);
}

#[test]
fn labels_above_a_text_are_its_head() {
    let text = [p("昨日，澜江大堤加固工程全部完工。"), p("工程投资三亿元。")].concat();
    let lines = [p("标题：大堤加固完工"), p("作者：白文斌"), p("字数：820")].concat();
    let broken = "<w:p><w:r><w:t>标题：大堤加固完工</w:t><w:br/><w:t>作者：白文斌</w:t></w:r></w:p>".to_owned();
    let cell = |words: &str| format!("<w:tc>{}</w:tc>", p(words));
    let row = |cells: [&str; 4]| format!("<w:tr>{}</w:tr>", cells.map(cell).concat());
    let sheet = format!(
        "<w:tbl>{}{}</w:tbl>",
        row(["标题：", "大堤加固完工", "责任编辑", "王芳"]),
        row(["作者", "白文斌", "审核", ""])
    );
    let bold = format!("<w:p>{}</w:p>", run("<w:b/>", "一、早了二十天"));
    for head in [lines, broken, sheet] {
        for between in ["", &bold] {
            let draft = one(&Word::new(&[head.as_str(), between, &text].concat()));
            assert_eq!(draft.headline.as_deref(), Some("大堤加固完工"));
            assert_eq!(draft.authors.iter().map(|a| a.name.as_str()).collect::<Vec<_>>(), ["白文斌"]);
            assert!(draft.body.contains("全部完工") && draft.body.contains("三亿元"), "{}", draft.body);
            assert!(!draft.body.contains("作者") && !draft.body.contains("王芳"), "{}", draft.body);
            let heads = (draft.subhead.as_deref().unwrap_or_default(), &draft.body);
            assert!(
                between.is_empty() || heads.0.contains("早了二十天") || heads.1.contains("早了二十天"),
                "{heads:?}"
            );
        }
    }
    // What says more than a head does is a table, and a text.
    let plain = one(&Word::new(&format!("<w:tbl>{}</w:tbl>{text}", row(["队", "分", "标题", "三"]))));
    assert!(plain.body.contains("<table>"), "{}", plain.body);
    let review = one(&Word::new(&[p("Title: The Sea"), p("Publisher: Shore"), p("It is a fine book.")].concat()));
    assert!(review.body.contains("Publisher: Shore"), "{}", review.body);
}

#[test]
fn headings_and_lists_made_by_hand() {
    let bold = |words: &str| format!("<w:p>{}</w:p>", run("<w:b/>", words));
    let text = p("They were many, and they were loud, a volunteer said on the quay.");
    check(
        &[&text, &bold("What they ate"), &text, &bold("Who counted?"), &text, &bold("Jane Roe")]
            .map(String::as_str)
            .concat(),
        &[&text, "H", &text, "Q", &text, "S"]
            .map(|part| match part {
                "H" => "<h2>What they ate</h2>",
                "Q" => "<p><strong>Who counted?</strong></p>",
                "S" => "<p><strong>Jane Roe</strong></p>",
                _ => "<p>They were many, and they were loud, a volunteer said on the quay.</p>",
            })
            .concat(),
    );
    let centred = |words: &str| format!(r#"<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{}</w:p>"#, r(words));
    check(
        &[&p("They came."), &centred("What they ate"), &text, &centred("They came"), &centred("and were gone")]
            .map(String::as_str)
            .concat(),
        "<p>They came.</p><h2>What they ate</h2><p>They were many, and they were loud, a volunteer said on the quay.</p><p>They came</p><p>and were gone</p>",
    );
    for no_heading in ["（下接第二版）", "江边的海鸥 林晓 摄"] {
        let body = [&p("They came."), &centred(no_heading), &text].map(String::as_str).concat();
        assert!(!one(&Word::new(&[styled("a3", "A"), body].concat())).body.contains("<h2>"), "{no_heading}");
    }
    // Where styles say what a heading is, bold lines are bold lines.
    let styled = one(&Word::new(
        &[styled("a3", "A"), text.clone(), styled("berschrift1", "B"), text.clone(), bold("C c"), text].concat(),
    ));
    assert!(styled.body.contains("<p><strong>C c</strong></p>"), "{}", styled.body);
    check(
        &[p("Of these:"), p("•\tgulls"), p("•\tterns"), p("– We count, she said.")].concat(),
        "<p>Of these:</p><ul><li>gulls</li><li>terns</li></ul><p>– We count, she said.</p>",
    );
    check(&[p("Of these:"), p("• gulls")].concat(), "<p>Of these:</p><p>• gulls</p>");
    let shown = format!("<w:p>{}</w:p>", picture("inline", r#"r:embed="rId1""#, "A gull"));
    let captioned = [p("They came."), shown, p("A gull on the pier. Photo: Jane Roe"), p("They left.")].concat();
    check(
        &captioned,
        "<p>They came.</p><figure><img src=\"package:word/media/image1.png\" alt=\"A gull\"><figcaption>A gull on the pier. Photo: Jane Roe</figcaption></figure><p>They left.</p>",
    );
}

#[test]
fn lines_around_a_headline_are_known_in_any_style() {
    let text = p("昨日，澜江大堤加固工程全部完工。");
    let head = [styled("a3", "澜江大堤"), styled("a3", "提前完工"), styled("a3", "——两万居民安心度汛")].concat();
    let centred =
        format!(r#"<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{}</w:p>"#, r("（本报记者 顾长风 通讯员 林晓）"));
    check_head(
        &[head, centred, text].concat(),
        "澜江大堤 提前完工",
        &[],
        "——两万居民安心度汛",
        &["顾长风", "林晓"],
        "<p>昨日，澜江大堤加固工程全部完工。</p>",
    );
}

#[test]
fn what_is_for_desks_below_a_document_stays_out() {
    let text = ["<p>They were many.</p>", "<p>They left.</p>"];
    for below in [
        vec!["– ENDS –", "Notes to editors", "Contact: Jane Roe, 0"],
        vec!["###"],
        vec!["（责任编辑：王芳  审核：林晓）"],
        vec!["责编：王芳"],
        vec!["# Notizblock", "Tel: 0"],
    ] {
        let body = [p("They were many."), p("They left.")].concat();
        check(&(body + &below.iter().map(|line| p(line)).collect::<String>()), &text.concat());
    }
    // What is said of editors and ends in the text is text.
    let said = ["The match ends", "编辑王芳昨天来到江边。", "They left."];
    check(&said.map(p).concat(), &said.map(|line| format!("<p>{line}</p>")).concat());
    let said = ["They were many.", "编辑：最后一个离开的人，他说自己习惯了黑夜里的安静。"];
    check(&said.map(p).concat(), &said.map(|line| format!("<p>{line}</p>")).concat());
}

#[test]
fn the_head_of_a_press_release() {
    let sized =
        |size: u32, text: &str| format!("<w:p>{}</w:p>", run(&format!(r#"<w:b/><w:sz w:val="{size}"/>"#), text));
    let text =
        [p("Lanjiang, 1 July 2026 – The ferry sails again, the company said."), p("It sails twice an hour.")].concat();
    for size in [22, 32] {
        let head =
            [sized(size, "PRESS RELEASE"), p("FOR IMMEDIATE RELEASE"), p("1 July 2026"), sized(32, "The ferry sails")];
        let draft = one(&Word::new(&[head.concat(), text.clone()].concat()));
        assert_eq!(
            (draft.headline.as_deref(), &draft.kickers[..]),
            (Some("The ferry sails"), &["PRESS RELEASE".to_owned()][..])
        );
        assert_eq!(draft.date, Some(When::Day("2026-07-01".parse().unwrap())));
        assert!(draft.body.starts_with("<p>Lanjiang, 1 July"), "{}", draft.body);
    }
    let german = [
        sized(28, "Pressemitteilung"),
        p("Kiel, den 1. Juli 2026"),
        sized(28, "Die Fähre fährt"),
        p("Sie fährt wieder."),
    ];
    assert_eq!(one(&Word::new(&german.concat())).headline.as_deref(), Some("Die Fähre fährt"));
    // Without such a line above it, a place and a day are a headline like any other.
    let memoir = [sized(28, "Berlin, 9 November 1989"), p("It was late, and nobody slept.")];
    assert_eq!(one(&Word::new(&memoir.concat())).headline.as_deref(), Some("Berlin, 9 November 1989"));
}

#[track_caller]
fn refused(bytes: &[u8], reason: &str) {
    let read = syndicated::parse::docx::read(bytes, "x", "2026-07-02T00:30:00Z".parse().unwrap(), chrono_tz::UTC);
    let rejection = read.unwrap_err();
    assert!(rejection.reason.contains(reason), "{rejection:?}");
    assert!(!rejection.hint.is_empty(), "{rejection:?}");
}

#[test]
fn what_is_no_document_is_refused_in_plain_words() {
    let ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    refused(&ole, "old kind (.doc)");
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    refused(&[ole, name].concat(), "password");
    refused(b"{\\rtf1 text}", "RTF");
    refused(b"<html><body>text", "web page");
    refused(b"plain words", "no Word document");
    let whole = Word::new(&p("a"));
    let bytes = whole.bytes();
    refused(&bytes[..bytes.len() - 100], "not copied whole");
    let macros = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml\"/></Types>";
    refused(&Word::new(&p("a")).with("[Content_Types].xml", macros).bytes(), "macros");
    refused(&Word::new(&p("a")).with("word/vbaProject.bin", "x").bytes(), "macros");
    let sheet =
        macros.replace("ms-word.document.macroEnabled.main", "openxmlformats-officedocument.spreadsheetml.sheet.main");
    refused(&Word::new(&p("a")).with("[Content_Types].xml", sheet).bytes(), "a spreadsheet");
    refused(&crate::package::zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text")]), "OpenDocument");
    refused(&Word::new(&p("a")).with("word/document.xml", "<w:document").bytes(), "cannot be read");
    refused(
        &Word::new(&p("a")).with("word/document.xml", "<!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>").bytes(),
        "document type",
    );
    refused(&Word::new(&p("a")).with("word/document.xml", b"<x>\xff</x>").bytes(), "not UTF-8");
    let deep = ["<w:tbl><w:tr><w:tc>".repeat(100), "</w:tc></w:tr></w:tbl>".repeat(100)].concat();
    refused(&Word::new(&deep).bytes(), "200 deep");
    let words: String = (0..200_000).map(|n| format!("{n} ")).collect();
    refused(&Word::new(&p(&words)).bytes(), "longer than a MiB");
    refused(&Word::new(&"<w:p><w:r><w:t>x</w:t></w:r></w:p>".repeat(150_001)).bytes(), "150000");
}

#[test]
fn documents_of_other_makes_are_read() {
    let body = [styled("a3", "Headline"), p("Text.")].concat();
    let main = Word::new(&body).parts.into_iter().find(|(name, _)| name == "word/document.xml").unwrap().1;
    let text = String::from_utf8(main).unwrap();
    let is_read = |word: &Word| {
        let draft = one(word);
        assert_eq!((draft.headline.as_deref(), draft.body.as_str()), (Some("Headline"), "<p>Text.</p>\n"));
    };
    // Strict; other prefixes; a byte order mark; UTF-16; a main part of another name.
    is_read(&Word::new(&body).with(
        "word/document.xml",
        text.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
    ));
    is_read(&Word::new(&body).with("word/document.xml", text.replace("w:", "ns0:").replace("xmlns:w=", "xmlns:ns0=")));
    is_read(&Word::new(&body).with("word/document.xml", format!("\u{feff}{text}")));
    let wide: Vec<u8> =
        format!("\u{feff}{}", text.replace("UTF-8", "UTF-16")).encode_utf16().flat_map(u16::to_le_bytes).collect();
    is_read(&Word::new(&body).with("word/document.xml", wide));
    let mut renamed = Word::new(&body);
    for (name, bytes) in &mut renamed.parts {
        match name.as_str() {
            "word/document.xml" => *name = "word/document2.xml".to_owned(),
            "word/_rels/document.xml.rels" => *name = "word/_rels/document2.xml.rels".to_owned(),
            "_rels/.rels" => {
                *bytes = String::from_utf8_lossy(bytes).replace("document.xml", "document2.xml").into_bytes()
            }
            _ => {}
        }
    }
    is_read(&renamed);
}

fn story(title: &str, alt: &str) -> Word {
    let shown = picture("inline", r#"r:embed="rId1""#, alt);
    Word::new(&[styled("a3", title), p("They counted them again."), format!("<w:p>{shown}</w:p>")].concat())
}

#[test]
fn a_document_is_dropped_mended_renamed_and_taken_away_with_its_picture() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("nature/gulls.docx", story("Gulls", "A gull").bytes());
    let entry = newsroom.entry("nature");
    assert_eq!(entry.title, "Gulls");
    let media = |newsroom: &Newsroom| -> Vec<String> {
        newsroom.documents().into_keys().filter(|path| path.starts_with("_media/")).collect()
    };
    let [first] = media(&newsroom).try_into().unwrap();
    assert!(std::fs::read(newsroom.feeds(&first)).unwrap().starts_with(b"\x89PNG"));
    assert!(entry.content.contains(&first) && entry.content.contains("alt=\"A gull\""), "{}", entry.content);

    // Another picture in the same place.
    let other = crate::specimens::png(2, 1, "other");
    newsroom.drop("nature/gulls.docx", story("Gulls", "A gull").with("word/media/image1.png", &other).bytes());
    newsroom.skip(std::time::Duration::from_secs(24 * 60 * 60));
    let [second] = media(&newsroom).try_into().unwrap();
    assert_ne!(first, second);
    assert_eq!(newsroom.entry("nature").id, entry.id);
    let updated = newsroom.entry("nature").updated;

    newsroom.rename("nature/gulls.docx", "nature/birds.docx");
    let renamed = newsroom.entry("nature");
    assert_eq!(
        (renamed.id.as_str(), renamed.updated.as_str()),
        (entry.id.as_str(), updated.as_str()),
        "a new name changes nothing"
    );
    // What was printed is lost: the picture comes from under the new name.
    std::fs::remove_dir_all(newsroom.feeds("_media")).unwrap();
    newsroom.restart();
    let before = newsroom.documents();
    newsroom.rebuild();
    assert_eq!(newsroom.entry("nature").id, entry.id);
    assert_eq!(media(&newsroom), [second]);
    newsroom.assert_holds(&before);

    newsroom.remove("nature/birds.docx");
    newsroom.pass(Duration::from_secs(30));
    assert!(newsroom.entries("nature").is_empty());
    assert!(media(&newsroom).is_empty());
}

#[test]
fn a_refused_document_has_its_reason_and_a_new_one_of_an_old_name_is_read() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old");
    assert_eq!(newsroom.refused.len(), 1);
    assert!(newsroom.refused[0].1.reason.contains("old kind"));
    newsroom.drop("note.doc", Word::new(&[styled("a3", "New"), p("Text.")].concat()).bytes());
    assert_eq!(newsroom.titles(""), ["New"]);
    // A path through a document is no part of another file's.
    newsroom.drop("thief.md", "# Thief\n\n![x](note.doc/word/media/image1.png) ![y](package:word/media/image1.png)\n");
    newsroom.pass(Duration::from_secs(60));
    assert!(newsroom.entries("").iter().all(|entry| !entry.content.contains("_media")));
}

#[test]
fn the_samples() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/docx");
    let Ok(manifest) = std::fs::read(folder.join("manifest.json")) else { return };
    let manifest: Value = serde_json::from_slice(&manifest).unwrap();
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    for sample in manifest.as_array().unwrap() {
        let name = sample["file"].as_str().unwrap();
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let read =
            syndicated::parse::docx::read(&bytes, "stem", "2026-07-02T00:30:00Z".parse().unwrap(), chrono_tz::UTC);
        let parsed = read.unwrap_or_else(|rejection| panic!("{name}: {rejection:?}"));
        let [draft] = parsed.drafts.as_slice() else { panic!("{name}") };
        let head = [
            draft.kickers.join(""),
            draft.headline.clone().unwrap_or_default(),
            draft.authors.iter().map(|a| a.name.clone()).collect(),
        ];
        let plain: String =
            draft.body.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
        let all = letters(&(head.concat() + &plain.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")));
        let wanted = letters(sample["text_start"].as_str().unwrap());
        // Then come marks of notes, bylines put in order, a date that is the article's.
        let start: String = wanted.chars().take(10).collect();
        assert!(all.contains(&start), "{name}: {start} in {all}");
        let pictures = draft.body.matches("<img ").count();
        assert!(
            pictures >= usize::try_from(sample["images"].as_u64().unwrap()).unwrap(),
            "{name}: {pictures} pictures"
        );
        assert!(!draft.body.contains("file:"), "{name}");
    }
}

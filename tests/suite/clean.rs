//! What may stand in a body, and the words made of it.

use proptest::prelude::*;
use syndicated::article::{BASE, Caption, Draft, is_all_printable, is_printable};
use syndicated::clean::{self, MAX_DEPTH, SUMMARY_WIDTH, Target, Use};

/// A resolver that knows everything but `gone…`: absolute addresses stay, relative ones are ours.
fn resolve(reference: &str, _: Use) -> Option<Target> {
    if reference.starts_with("gone") {
        return None;
    }
    if reference.contains("://") {
        return Some(Target { url: reference.to_owned(), pixels: None, original: None });
    }
    Some(Target {
        url: format!("{BASE}/_media/{reference}"),
        pixels: reference.ends_with(".jpg").then_some((640, 480)),
        original: reference.starts_with("large").then(|| format!("{BASE}/_media/whole-{reference}")),
    })
}

#[track_caller]
fn check(input: &str, expected: &str) {
    let cleaned = clean::body(input, resolve).replace(BASE, "BASE");
    assert_eq!(cleaned, expected, "of {input}");
}

#[test]
fn what_a_body_may_hold() {
    check("<p>One <b>two</b> &amp; <i>three</i>", "<p>One <b>two</b> &amp; <i>three</i></p>");
    check("<h2 id=x class=y style='color:red' onclick=f()>Head</h2>", "<h2>Head</h2>");
    check("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>");
    check(
        "<table><tr><td colspan=2>a<td>b</table>",
        "<table><tbody><tr><td colspan=\"2\">a</td><td>b</td></tr></tbody></table>",
    );
    check("<details open><summary>s</summary>t</details>", "<details open=\"\"><summary>s</summary>t</details>");
    check("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>", "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>");
    check("<pre>\n\n  a\n  b</pre>", "<pre>\n  a\n  b</pre>");
    check("<p dir=rtl lang=he><bdo dir=ltr>x</bdo></p>", "<p dir=\"rtl\" lang=\"he\">x</p>");
    check("1 < 2 && 3 > 2", "1 &lt; 2 &amp;&amp; 3 &gt; 2");
    check(
        "<ul><li><input type=checkbox disabled checked> a<li><input type=checkbox disabled> b</ul>",
        "<ul><li>☑ a</li><li>☐ b</li></ul>",
    );
}

#[test]
fn what_it_may_not() {
    check("a<script>alert('<p>')</script>b", "ab");
    check("a<script>never closed <p>b", "a");
    check("a<!-- <p>hidden</p> -->b", "ab");
    check("a<style>p{}</style>b<svg><path d='1'/></svg>c", "abc");
    check("<form action=/x><p>kept</p><input name=q><button>go</button></form>", " <p>kept</p> ");
    check("<p><label><input type=checkbox checked> Keep me signed in</label></p>", "<p>  Keep me signed in </p>");
    check("<p onmouseover=alert(1)>x</p>", "<p>x</p>");
    check("<img src=x.png onerror=alert(1)>", "<img src=\"BASE/_media/x.png\" alt=\"\">");
    check("<math><mi>x</mi></math>", "x");
    check("<marquee>x</marquee>", "x");
    check("<object data=x.swf><p>y</p></object>z", "z");
    check("<template><p>x</p></template>y", "y");
}

#[test]
fn links() {
    check("<a href='https://e.org/?a=1&amp;b=2'>x</a>", "<a href=\"https://e.org/?a=1&amp;b=2\">x</a>");
    check("<a href='a b.pdf' target=_blank>x</a>", "<a href=\"BASE/_media/a b.pdf\">x</a>");
    check("<a href=gone.pdf>words</a>", "words");
    check("<a href='mailto:a@example.org'>m</a>", "<a href=\"mailto:a@example.org\">m</a>");
    check("<a href='tel:+861'>m</a>", "<a href=\"tel:+861\">m</a>");
    for scheme in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "&#1;javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
    ] {
        check(&format!("<a href=\"{scheme}\">x</a>"), "x");
    }
    check("a<sup><a href='#fn-1' id=r1>1</a></sup>", "a<sup>1</sup>");
    check("<p>note <a href='#r1'>↩</a></p>", "<p>note </p>");
    check("<a>anchor</a>", "anchor");
    // Google's documents lead through a page that counts; what asks for something else stays.
    let through = |to: &str| format!("<a href='https://www.google.com/{to}'>x</a>");
    check(
        &through("url?q=https://e.org/?a%3D1%26b%3D2&amp;sa=D&amp;usg=7"),
        "<a href=\"https://e.org/?a=1&amp;b=2\">x</a>",
    );
    for to in [
        "search?q=https://e.org&amp;sa=D",
        "url?q=https://e.org",
        "url?q=notes&amp;sa=D",
        "url?q=javascript:x&amp;sa=D",
    ] {
        check(&through(to), &through(to).replace('\'', "\""));
    }
    check(
        "<a href=https://a.org>x<a href=https://b.org>y</a>",
        "<a href=\"https://a.org\">x</a><a href=\"https://b.org\">y</a>",
    );
}

#[test]
fn a_resolver_cannot_bring_in_a_relative_or_dangerous_address() {
    for url in ["/x", "javascript:alert(1)", "data:,x", "//h/x"] {
        let bad = |_: &str, _: Use| Some(Target { url: url.to_owned(), pixels: None, original: None });
        assert_eq!(clean::body("<a href=x>l</a><img src=y alt=p>", bad), "lp", "of {url}");
    }
}

#[test]
fn pictures() {
    check(
        "<img src=a.jpg alt='A &amp; B' width=10>",
        "<img src=\"BASE/_media/a.jpg\" alt=\"A &amp; B\" width=\"640\" height=\"480\">",
    );
    check(
        "<figure><img src=gone.jpg alt='Harvest'><figcaption>c</figcaption></figure>",
        "<figure>Harvest<figcaption>c</figcaption></figure>",
    );
    check(
        "<figure><img src=gone.jpg alt='Harvest'><figcaption>Harvest. Bo Lee</figcaption></figure>",
        "<figure><figcaption>Harvest. Bo Lee</figcaption></figure>",
    );
    check("<img src=data:image/gif;base64,AA data-src=b.png>", "<img src=\"BASE/_media/b.png\" alt=\"\">");
    check(
        "<img srcset='a.png 1x, gone.png 2x,b.png 3x' src=gone.gif>",
        "<img src=\"BASE/_media/a.png\" alt=\"\" srcset=\"BASE/_media/a.png 1x, BASE/_media/b.png 3x\">",
    );
    check(
        "<img srcset='a.png 400w,b.png 800w' src=a.png><img srcset='a.png 400w' sizes=40em src=a.png>",
        "<img src=\"BASE/_media/a.png\" alt=\"\" srcset=\"BASE/_media/a.png 400w, BASE/_media/b.png 800w\" sizes=\"100vw\">\
         <img src=\"BASE/_media/a.png\" alt=\"\" srcset=\"BASE/_media/a.png 400w\" sizes=\"40em\">",
    );
    check(
        "<picture><source srcset='w.webp 400w' type=image/webp><source srcset='w.png 2x' sizes=40em><img src=a.png></picture>",
        "<picture><source srcset=\"BASE/_media/w.webp 400w\" sizes=\"100vw\" type=\"image/webp\">\
         <source srcset=\"BASE/_media/w.png 2x\"><img src=\"BASE/_media/a.png\" alt=\"\"></picture>",
    );
    check(
        "<picture><source srcset=w.webp type=image/webp><img src=a.png></picture>",
        "<picture><source srcset=\"BASE/_media/w.webp\" type=\"image/webp\"><img src=\"BASE/_media/a.png\" alt=\"\"></picture>",
    );
}

#[test]
fn sound_film_and_frames() {
    check(
        "<audio src=a.mp3 autoplay>no</audio>",
        "<audio src=\"BASE/_media/a.mp3\" controls=\"\" preload=\"none\">no</audio>",
    );
    check(
        "<video poster=p.jpg><source src=v.mp4 type=video/mp4><source src=gone.webm>no</video>",
        "<video controls=\"\" preload=\"none\" poster=\"BASE/_media/p.jpg\"><source src=\"BASE/_media/v.mp4\" type=\"video/mp4\">no</video>",
    );
    check("<video src=gone.mp4><p>Watch it elsewhere</p></video>", "<p>Watch it elsewhere</p>");
    check(
        "<iframe src='https://v.example/1?a&amp;b' title='A film'>x</iframe>y",
        "<a href=\"https://v.example/1?a&amp;b\">A film</a>y",
    );
    check("<iframe src=https://v.example/1></iframe>", "<a href=\"https://v.example/1\">https://v.example/1</a>");
}

#[test]
fn forbidden_characters_go_however_written() {
    check("a\u{0}b\u{1}c\u{8}d\u{b}e\u{1f}f\u{FFFE}g\u{FFFF}h\u{85}i", "abcdefghi");
    check("a&#1;b&#x8;c&#xFFFE;d", "abcd");
    check("<img src='&#1;/evil.png' alt='&#1;x'>", "<img src=\"BASE/_media//evil.png\" alt=\"x\">");
    check("line\r\nline", "line\nline");
}

#[test]
fn every_reference_is_asked_for_in_order() {
    let found = std::cell::RefCell::new(Vec::new());
    let _ = clean::body(
        "<p><a href='a.pdf'>x</a><img src=' b.jpg ' srcset='b.jpg 1x, c.jpg 2x'><a href='#f'>f</a><a href=mailto:x@y.z>m</a>\
         <video src=v.mp4 poster=p.jpg></video><audio><source src=s.mp3></audio><img src=b.jpg><img src=data:x>\
         <iframe src=//f.example/></iframe>",
        |reference, of| {
            let asked = (reference.to_owned(), of);
            if !found.borrow().contains(&asked) {
                found.borrow_mut().push(asked);
            }
            Some(Target { url: format!("https://x.example/{reference}"), pixels: None, original: None })
        },
    );
    let expected = [
        ("a.pdf", Use::Link),
        ("b.jpg", Use::Image),
        ("c.jpg", Use::Image),
        ("v.mp4", Use::Film),
        ("p.jpg", Use::Image),
        ("s.mp3", Use::Sound),
        ("//f.example/", Use::Link),
    ];
    assert_eq!(found.into_inner(), expected.map(|(reference, of)| (reference.to_owned(), of)));
}

#[test]
fn deep_and_unclosed_markup_is_bounded() {
    let count = 60_000;
    let soup = [
        "<div>".repeat(count),
        "<b a=1><p>".repeat(count),
        "<table><tr><td>".repeat(count),
        "<svg><select>".repeat(count),
        "<a href=x><li><dd>".repeat(count),
        "<!--".repeat(count),
        "</p></div>".repeat(count),
        "<p a=\"".repeat(count),
        format!("<p {}>", "a=b ".repeat(count)),
    ];
    for html in soup {
        let html = format!("{html}end");
        let cleaned = clean::body(&html, resolve);
        let mut depth: usize = 0;
        for tag in cleaned.split('<').skip(1) {
            let void = ["br", "hr", "img", "col", "wbr", "source"].iter().any(|v| tag.starts_with(v));
            match tag.starts_with('/') {
                true => depth -= 1,
                false if !void => depth += 1,
                false => {}
            }
            // A table brings its own `tbody`.
            assert!(depth <= 2 * MAX_DEPTH, "{depth} deep");
        }
        assert!(clean::text(&html).len() <= html.len());
    }
}

#[test]
fn text_is_what_is_read_aloud() {
    let html = "<h2>Head</h2><p>One&nbsp;&amp;  <b>t</b>wo<br>three</p><ul><li>a<li>b</ul><script>x</script><table><tr><td>c<td>d</table>";
    assert_eq!(clean::text(html), "Head\nOne & two\nthree\na\nb\nc d");
    assert_eq!(clean::line("  a\u{3000}\u{1}b\r\n\u{FEFF}c "), "a b c");
}

fn draft(body: &str) -> Draft {
    Draft { body: body.to_owned(), ..Draft::default() }
}

#[test]
fn summaries_end_with_a_sentence() {
    let sentence = "初夏时节,聊城大地项目建设热潮涌动。";
    let body = format!("<p>本报讯(记者 白文斌){}</p>", sentence.repeat(10));
    let summary = clean::summary(&Draft { lead_in: Some("本报讯(记者 白文斌)".to_owned()), ..draft(&body) });
    assert_eq!(summary, sentence.repeat(6), "as many sentences as 120 Han characters hold");

    let english =
        "<h2>Heading</h2><p>Dr. J. Smith paid 3.5 million. “He went home!” said Ann. ".to_owned() + &"word ".repeat(60);
    assert_eq!(clean::summary(&draft(&english)), "Dr. J. Smith paid 3.5 million. “He went home!” said Ann.");

    let long = "word-and-word ".repeat(40);
    let cut = clean::summary(&draft(&long));
    assert!(cut.ends_with("word-and-word…") && cut.len() <= SUMMARY_WIDTH + 3, "{cut}");

    assert_eq!(clean::summary(&draft("<p>Short &amp; good</p><p>Two")), "Short & good Two");
    assert_eq!(clean::summary(&Draft { summary: Some(" The\nauthor's ".to_owned()), ..draft("x") }), "The author's");
    let caption = Caption { text: "麦收".to_owned(), credit: None };
    assert_eq!(clean::summary(&Draft { captions: vec![caption], ..Draft::default() }), "麦收");

    let family = "👨‍👩‍👧‍👦".repeat(90);
    let cut = clean::summary(&draft(&family));
    assert_eq!(cut.trim_end_matches('…').len() % "👨‍👩‍👧‍👦".len(), 0, "no family is torn");
}

#[test]
fn a_title_is_found_for_what_has_none() {
    let check = |columns: &[&str], body: &str, expected: &str| {
        let columns = columns.iter().map(|c| (*c).to_owned()).collect();
        assert_eq!(clean::title(&Draft { columns, ..draft(body) }), expected);
    };
    check(
        &["目击"],
        "<p>7月1日,在铁路施工现场工人们冒着高温加紧作业,确保工期。</p>",
        "目击：7月1日,在铁路施工现场工人们冒着高温加紧作业",
    );
    check(&[], "<p>孩子们在公园里体验“稻田,稻香”的乐趣。第二句。</p>", "孩子们在公园里体验“稻田,稻香”的乐趣");
    check(
        &["Sport"],
        "<p>The team won 3,000 points in one night. More.</p>",
        "Sport: The team won 3,000 points in one night",
    );
    check(&["目击"], "", "目击");
    check(&[], "<p>No stop at all</p>", "No stop at all");
    check(&[], &"汉".repeat(80), &format!("{}…", "汉".repeat(29)));
    let headline = Draft { headline: Some(" AT&T\n <b> ".to_owned()), ..Draft::default() };
    assert_eq!(clean::title(&headline), "AT&T <b>");
    assert_eq!(clean::title(&Draft::default()), "");
}

/// Phrases of plain markup, now and then with something in them that is not.
fn phrases() -> impl Strategy<Value = String> {
    let words = "[a-z >\"'。“\u{A0}\u{C9}\u{FEFF}\n]{0,8}(&(amp|lt|gt|quot|nbsp|#39|#x27|copy|#0);|&)?";
    let address =
        "(https?://|mailto:|tel:|gone|javascript:|#|x:|ftp://|//)?[a-z.]{0,9}(/| |:|&amp;|&#x27;|\\[|%|é)?[a-z]{0,3}";
    words.prop_recursive(5, 24, 4, move |inner| {
        let inner = prop::collection::vec(inner, 0..4).prop_map(|parts| parts.concat());
        prop_oneof![
            ("(em|strong|code|b|i|s|del|sup|q|span|u|ruby|font)", inner.clone())
                .prop_map(|(name, inner)| format!("<{name}>{inner}</{name}>")),
            (address, inner.clone()).prop_map(|(address, inner)| format!("<a href=\"{address}\">{inner}</a>")),
            inner.clone().prop_map(|inner| format!("{inner}<br />")),
            ("(p|li|div|h2|a|em|/em|/p|hr)", inner).prop_map(|(name, inner)| format!("<{name}>{inner}")),
        ]
    })
}

/// Blocks of them.
fn blocks() -> impl Strategy<Value = String> {
    let line =
        ("(p|h1|h2|h6|div|section|p|dt)", phrases()).prop_map(|(name, inner)| format!("<{name}>{inner}</{name}>\n"));
    let leaf = prop_oneof![
        6 => line,
        1 => phrases(),
        1 => Just("<hr />\n".to_owned()),
        1 => ("( class=\"language-[a-z]{1,3}\")?", "\n?[a-z \n]{0,9}")
            .prop_map(|(class, code)| format!("<pre><code{class}>{code}</code></pre>\n")),
        1 => phrases().prop_map(|inner| format!("<pre>{inner}</pre>")),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        let inner = prop::collection::vec(inner, 0..4);
        let items =
            inner.clone().prop_map(|items| items.iter().map(|item| format!("<li>{item}</li>\n")).collect::<String>());
        prop_oneof![
            inner.clone().prop_map(|parts| format!("<blockquote>\n{}</blockquote>\n", parts.concat())),
            ("(ul|ol)", items).prop_map(|(name, items)| format!("<{name}>\n{items}</{name}>\n")),
            inner.prop_map(|parts| parts.concat()),
        ]
    })
}

#[test]
fn plain_markup_is_cleaned_alike_on_the_short_way() {
    check(
        "<h2>A &amp; B</h2>\n<p>“x” &quot;y&quot; > z\u{A0}<a href=\"https://a.example/?a=1&amp;b=2\">l</a><br />m</p>\n",
        "<h2>A &amp; B</h2>\n<p>“x” \"y\" &gt; z&nbsp;<a href=\"https://a.example/?a=1&amp;b=2\">l</a><br>m</p>\n",
    );
    check("<p><a href=\"gone.html\">a</a> <a href=\"javascript:b\">b</a></p>", "<p>a b</p>");
    check("<p><a href=\"https://[a/\">a</a></p>", "<p><a>a</a></p>");
    check("<p><a href=\"note.md\">a</a></p>", "<p><a href=\"BASE/_media/note.md\">a</a></p>");
    check("<ul>\n<li><p>a</p></li>\n</ul>\n<hr />", "<ul>\n<li><p>a</p></li>\n</ul>\n<hr>");
    check("<pre><code class=\"language-rust\">\na &lt; b\n</code></pre>", "<pre><code>\na &lt; b\n</code></pre>");
    check("<p>a<p>b</p></p>", "<p>a</p><p>b</p>");
    check("<a href=\"gone\">\u{FEFF}a</a>", "a");
}

proptest! {
    #[test]
    fn plain_markup_is_cleaned_alike_on_both_ways(html in prop::collection::vec(blocks(), 0..4)) {
        // Debug builds compare them.
        let html = html.concat();
        let cleaned = clean::body(&html, resolve);
        prop_assert!(cleaned.chars().all(|c| is_printable(c) || c == BASE), "{cleaned:?}");
        let half = (0..=html.len() / 2).rev().find(|at| html.is_char_boundary(*at)).unwrap_or(0);
        prop_assert!(clean::text(&html[..half]).chars().all(is_printable));
        prop_assert!(clean::text(&cleaned).chars().all(is_printable));
    }

    #[test]
    fn any_text_becomes_a_clean_body(html in "(<(/?(p|b|a|div|table|td|li|img|script|video|svg|h2)( (href|src|alt)=('?[a-z:#&;]{0,9}'?))?>|!--|[a-z]{0,3})|&#?x?[0-9a-z]{0,4};|[a-z <>&\"'\u{0}-\u{10}\u{4e00}-\u{4e10}]{0,6}){0,30}") {
        let cleaned = clean::body(&html, resolve);
        prop_assert!(cleaned.chars().all(|c| is_printable(c) || c == BASE), "{cleaned:?}");
        prop_assert!(!cleaned.contains("<script") && !cleaned.contains("javascript:"));
        prop_assert_eq!(clean::body(&html, resolve), cleaned);
    }

    #[test]
    fn any_text_makes_a_summary(body in "\\PC{0,400}") {
        let summary = clean::summary(&draft(&body));
        prop_assert!(summary.chars().count() <= SUMMARY_WIDTH + 1);
        prop_assert!(summary.chars().all(is_printable));
    }

    #[test]
    fn a_clean_body_keeps_its_words(words in "[a-z\u{4e00}-\u{4e20}&<>\"]{1,40}") {
        let escaped = words.replace('&', "&amp;").replace('<', "&lt;");
        prop_assert_eq!(clean::text(&clean::body(&format!("<p>{escaped}</p>"), resolve)), words);
    }
}

#[test]
fn a_picture_made_smaller_leads_to_the_whole_one() {
    check(
        "<p><img src=\"large.jpg\" alt=\"x\"></p>",
        "<p><a href=\"BASE/_media/whole-large.jpg\"><img src=\"BASE/_media/large.jpg\" alt=\"x\" width=\"640\" \
             height=\"480\"></a></p>",
    );
    // Unless it leads elsewhere already.
    check(
        "<a href=\"https://x.example/\"><img src=\"large.jpg\" alt=\"x\"></a>",
        "<a href=\"https://x.example/\"><img src=\"BASE/_media/large.jpg\" alt=\"x\" width=\"640\" height=\"480\"></a>",
    );
    // What is said of a candidate's size is said of the whole picture.
    check(
        "<img src=\"small.jpg\" srcset=\"large.jpg 4000w\" alt=\"x\">",
        "<img src=\"BASE/_media/small.jpg\" alt=\"x\" srcset=\"BASE/_media/whole-large.jpg 4000w\" sizes=\"100vw\" width=\"640\" \
             height=\"480\">",
    );
}

#[test]
fn whether_a_text_is_printable_is_told_of_each_character_in_the_same_way() {
    for c in '\0'..=char::MAX {
        assert_eq!(is_all_printable(c.encode_utf8(&mut [0; 4])), is_printable(c), "{:#x}", u32::from(c));
    }
    assert_eq!(clean::body("<p>a\u{FDE8}b\u{1FFFE}</p>", |_, _| None).trim(), "<p>ab</p>");
    assert_eq!(clean::line("a\u{FDE8}b\u{10FFFF}"), "ab");
}

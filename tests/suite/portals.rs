//! Pages saved from portals and written by the export of programs: who wrote them, when, and what is said above the text, in the
//! classes and elements that those systems give to it.

#![allow(clippy::unwrap_used)] // a test that cannot go on fails

use chrono::NaiveDate;
use syndicated::article::{Draft, When};

use crate::markdown::read;

const STORY: &str = "The harbour wall at Skarholm was built in 1881 by four hundred men, and it has held every storm since then \
                     but one, as its keeper says. On that night the lamp went out, the pilots were asleep, and the sea \
                     took the northern end of it, with both of the cranes and the hut.";

fn day(year: i32, month: u32, day: u32) -> Option<When> {
    NaiveDate::from_ymd_opt(year, month, day).map(When::Day)
}

fn page(title: &str, body: &str) -> Draft {
    read("a.html", &format!("<html><head><meta charset=utf-8><title>{title}</title></head><body>{body}</body></html>"))
}

fn names(draft: &Draft) -> Vec<&str> {
    draft.authors.iter().map(|author| author.name.as_str()).collect()
}

/// The words of the body.
fn words(draft: &Draft) -> String {
    syndicated::clean::text(&draft.body).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_class_calls_the_writer_and_the_day_beside_the_writer() {
    for (lines, people, published) in [
        (
            "<div class=firma><span class=autor>Lucía Prats</span> <span class=fecha>14 MAR 2026</span></div>",
            vec!["Lucía Prats"],
            day(2026, 3, 14),
        ),
        ("<p class=fecha>13/11/2026</p><p class=autor>Rosa Quispe</p>", vec!["Rosa Quispe"], day(2026, 11, 13)),
        (
            "<div class=c-signature><strong class=c-signature__author>Renata Moura</strong></div>",
            vec!["Renata Moura"],
            None,
        ),
        (
            "<div><span class=article-author-name-item><a href=/a>Huda Mansour</a></span></div>",
            vec!["Huda Mansour"],
            None,
        ),
        ("<p class=Writer>佐藤美咲</p>", vec!["佐藤美咲"], None),
        (
            "<p class=Author>Ann Marsh</p><p class=Author>Bo Lind</p><p class=Date>2026-05-06</p>",
            vec!["Ann Marsh", "Bo Lind"],
            day(2026, 5, 6),
        ),
        (
            "<div class=byline><a href=/t>Anitha Menon</a> / TNN / <span>30 May 2026</span></div>",
            vec!["Anitha Menon"],
            None,
        ),
        // Whoever is quoted, comments or is spoken of did not write it; nor did anybody whose name stands below the text.
        ("<blockquote>A book. <span class=quote-author>Georg Lind</span></blockquote>", vec![], None),
        ("<div class=comment><a class=username>Anna Berg</a> wrote</div>", vec![], None),
        ("<div class=about-author>Anton Chekhov</div>", vec![], None),
        ("<p class=author>Ann Marsh</p><p class=event-date>12 December 2026</p>", vec!["Ann Marsh"], None),
        // A day without a writer is when something takes place.
        ("<p class=date>12 December 2026</p>", vec![], None),
    ] {
        let draft =
            page("Wall holds", &format!("<h1>Wall holds</h1>{lines}<p>{STORY}</p><p class=x-author>Eva Roth</p>"));
        assert_eq!(names(&draft), people, "{lines}");
        assert_eq!(draft.date, published, "{lines}");
        assert!(words(&draft).ends_with(&format!("{STORY} Eva Roth")), "{lines}");
    }
}

/// What Pelican, Sphinx and Blogger write, by their own templates.
#[test]
fn pages_of_generators() {
    let post = "<header><h1 class=entry-title><a href=/mill>Wall holds</a></h1></header><div class=entry-content>";
    let people = "By <a href=/ann>Ann Marsh</a>\n <a href=/bo>Bo Lind</a>";
    let published = NaiveDate::from_ymd_opt(2026, 5, 6);
    for (body, authors) in [
        (
            format!(
                "<article>{post}<footer><abbr class=published title='2026-05-06T10:20:00+00:00'>Published: Wed</abbr><address class='vcard author'>{people}</address></footer><p>{STORY}</p></div></article>"
            ),
            vec!["Ann Marsh", "Bo Lind"],
        ),
        (
            format!(
                "<main><article><header><h2><a>Wall holds</a></h2></header><p>{STORY}</p><footer><p><time datetime=2026-05-06>Wed</time></p><address>{people}</address></footer></article></main><footer><address>By <a>Pelican</a></address></footer>"
            ),
            vec!["Ann Marsh", "Bo Lind"],
        ),
        (
            format!(
                "<div role=main><h1>Wall holds<a class=headerlink href='#w' title=Link>¶</a></h1><dl class='field-list simple'><dt>Author<span>:</span></dt><dd><p>Ann Marsh</p></dd><dt>Date<span>:</span></dt><dd><p>2026-05-06</p></dd></dl><p>{STORY}</p></div>"
            ),
            vec!["Ann Marsh"],
        ),
        (
            format!(
                "<h1>Wall holds</h1><p>{STORY}</p><span itemprop=author><span itemprop=name>Ann Marsh</span></span><abbr itemprop=datePublished title=2026-05-06>14:20</abbr>"
            ),
            vec!["Ann Marsh"],
        ),
    ] {
        let draft = page("Wall holds", &body);
        assert_eq!((draft.headline.as_deref(), names(&draft)), (Some("Wall holds"), authors), "{body}");
        let date = draft.date.map(|when| match when {
            When::Day(day) => day,
            When::Instant(at) => at.date_naive(),
        });
        assert_eq!(date, published, "{body}");
        assert!(words(&draft).contains(STORY), "{body}");
    }
    // A shop's address names nobody.
    let draft = page(
        "Shop",
        &format!("<article><h1>Shop</h1><p>{STORY}</p><address><a href=/map>4 Quay Street</a></address></article>"),
    );
    assert_eq!(names(&draft), Vec::<&str>::new());
    assert!(words(&draft).ends_with("4 Quay Street"));
}

#[test]
fn a_day_that_may_be_two_is_not_told_and_stays() {
    for lines in ["<p>By Ana Kos</p><p>12/11/2026</p>", "<p class=author>Ana Kos</p><p>12/11/2026</p>"] {
        let draft = page("Wall", &format!("<h1>Wall</h1>{lines}<p>{STORY}</p>"));
        assert_eq!((names(&draft), draft.date), (vec!["Ana Kos"], None), "{lines}");
        assert!(words(&draft).contains("12/11/2026"), "{lines}");
    }
}

#[test]
fn what_a_header_says_is_told_or_stays() {
    for (header, said) in [
        ("<p class=subhead><em>After ten years the water is back</em></p>", "After ten years the water is back"),
        (
            "<div class=abstract><div class=abstract-title>Abstract</div>A wall, a storm and a keeper.</div>",
            "A wall, a storm and a keeper.",
        ),
        ("<address>4 Quay Street, Skarholm</address>", "4 Quay Street, Skarholm"),
        ("<h2>What happened at night</h2>", "What happened at night"),
    ] {
        for around in ["<article>", "<div>"] {
            let draft =
                page("Wall holds", &format!("{around}<header><h1>Wall holds</h1>{header}</header><p>{STORY}</p>"));
            let told = format!("{} {}", draft.subhead.as_deref().unwrap_or_default(), words(&draft));
            assert_eq!(told.matches(said).count(), 1, "{header}: {told}");
            assert_eq!(names(&draft), Vec::<&str>::new(), "{header}");
        }
    }
    // Whatever it stands in; a word alone is none, nor is what is counted, shared or leads elsewhere.
    let said = ["It held again on Friday.", "How a wall outlived its keepers", "海の壁はまた持ちこたえた"];
    for (open, close) in [
        ("<div>", "</div>"),
        ("<div><b>", "</b></div>"),
        ("<span>", "</span>"),
        ("<ul><li>", "</li></ul>"),
        ("<dl><dd>", "</dd></dl>"),
        ("<section>", "</section>"),
        ("<blockquote>", "</blockquote>"),
    ] {
        let lines: String = said.iter().map(|said| format!("{open}{said}{close}")).collect();
        let beside =
            "<div>Share</div><p>Temps de lecture : 4 min.</p><div><a href=/x>All of the news of the coast</a></div>";
        for (above, text) in [
            ("<article><h1>Wall</h1>", "<div class=article-body>"),
            ("<article><header><h1>Wall</h1>", "</header><div>"),
            ("<div class=entry-content><header><h1>Wall</h1>", "</header><div>"),
        ] {
            let draft = page("Wall", &format!("{above}{lines}{beside}{text}<p>{STORY}</p></div>"));
            let told = format!("{} {}", draft.subhead.as_deref().unwrap_or_default(), words(&draft));
            let count = |said: &str| told.matches(said).count();
            assert!(said.iter().all(|said| count(said) == 1), "{open} in {above}: {told}");
            assert!(
                !["Share", "lecture", "All of"].iter().any(|said| told.contains(said)),
                "{open} in {above}: {told}"
            );
        }
    }
    let draft = page(
        "Wall",
        &format!("<article><header><h1>Wall</h1><address>Noa Barak</address></header><p>{STORY}</p></article>"),
    );
    assert_eq!((names(&draft), words(&draft)), (vec!["Noa Barak"], STORY.to_owned()));
    // Whom the page's head names otherwise (`Redazione`), stays to be read.
    let draft = page(
        "Wall",
        &format!(
            "<meta name=author content=Redazione><main><h2 itemprop=headline>Wall</h2><dl><dd>Scritto da <span>Giulia Bona</span></dd></dl>\
             <div itemprop=articleBody><p>{STORY}</p></div></main>"
        ),
    );
    assert_eq!(words(&draft), format!("Scritto da Giulia Bona {STORY}"));
    // A kicker is called one, and leads nowhere; the name of a section leads to it.
    for (above, kickers) in [
        ("<p class=article__kicker>Inquiry</p>", vec!["Inquiry"]),
        ("<p class=kicker><a href=/news>News</a></p>", vec![]),
    ] {
        let draft = page(
            "Wall",
            &format!("<article><header>{above}<h1>Wall</h1></header><div class=article-body>{STORY}</div></article>"),
        );
        assert_eq!(draft.kickers, kickers, "{above}");
    }
}

#[test]
fn a_headline_in_parts_or_behind_the_sites_name_is_the_headline() {
    for (title, body, headline) in [
        (
            "Flood in Passau: A city gives up - OBSERVER",
            "<main><h2><span>Flood in Passau</span><span>A city gives up</span></h2>",
            "Flood in Passau: A city gives up",
        ),
        (
            "The Wall Blog: Wall holds",
            "<div><h1>The Wall Blog</h1></div><div class=post><h3 class=post-title>Wall holds</h3>",
            "Wall holds",
        ),
        ("Wall holds", "<h1><span>W</span><span>all holds</span></h1>", "Wall holds"),
        ("Storm: wall holds", "<article><h1>Storm: wall holds</h1><h2>At night</h2>", "Storm: wall holds"),
        ("Storm: wall holds", "<article><h1>Storm</h1><h2>At night</h2>", "Storm"),
    ] {
        let draft = page(title, &format!("{body}<p>{STORY}</p>"));
        assert_eq!(draft.headline.as_deref(), Some(headline), "{body}");
    }
    // Said once more at the top of the text it is no text, as Medium exports it; further down it is a subheading.
    let draft = page(
        "Wall holds",
        &format!(
            "<article><header><h1>Wall holds</h1></header><section class=e-content><hr><h3>Wall holds</h3><p>{STORY}</p><h3>Wall holds</h3>\
             <p>So it did.</p></section></article>"
        ),
    );
    assert_eq!(words(&draft), format!("{STORY} Wall holds So it did."));
}

#[test]
fn an_aside_that_tells_something_is_a_part_of_the_story() {
    for (aside, stays) in [
        ("<aside class=infobox><h3>The wall</h3><p>It is 412 metres long.</p></aside>", true),
        ("<aside class='footnote brackets' role=doc-footnote><a href=#r1>1</a> Stopped by a flood</aside>", true),
        ("<aside>Advertisement</aside>", false),
        ("<aside class=promo>Buy our calendar, it is the finest ever.</aside>", false),
        ("<aside><p>Read our letter, it comes each day.</p><form><input></form></aside>", false),
        ("<aside><a href=/x>The herring is back in the bay.</a></aside>", false),
        ("<aside class=related-posts><p>The wall of Nord is older.</p></aside>", false),
    ] {
        let draft = page("Wall", &format!("<article><h1>Wall</h1><p>{STORY}</p>{aside}<p>Work begins.</p></article>"));
        assert_eq!(words(&draft) != format!("{STORY} Work begins."), stays, "{aside}");
    }
}

#[test]
fn a_program_that_states_when_it_exported_states_no_day_of_publication() {
    let head = |source: &str| {
        format!(
            "<meta name=DCTERMS.source content='{source}'><meta name=DCTERMS.issued content='2026-11-27T23:21:31'><h1>Wall</h1><p>{STORY}</p>"
        )
    };
    assert_eq!(page("Wall", &head("http://xml.openoffice.org/odf2xhtml")).date, None);
    assert!(page("Wall", &head("https://a.example")).date.is_some());
}

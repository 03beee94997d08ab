//! Who wrote a story and its day, named below the headline without a word that says so: in texts, Markdown, HTML and Word alike;
//! and what looks so and is none.

use chrono::NaiveDate;
use syndicated::article::{Draft, When};

use super::agency::{draft, names};

const STORY: &str = "The old swing bridge reopened to traffic on Friday after repairs that took two years.";

fn day(year: i32, month: u32, day: u32) -> Option<When> {
    Some(When::Day(NaiveDate::from_ymd_opt(year, month, day).unwrap()))
}

fn words(draft: &Draft) -> String {
    syndicated::clean::text(&draft.body).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same head as text with blank lines and without, as Markdown and as HTML.
fn in_every_format(headline: &str, lines: &[&str], story: &str) -> Vec<(&'static str, Draft)> {
    let html: String = lines.iter().map(|line| format!("<p>{line}</p>\n")).collect();
    [
        ("a.txt", format!("{headline}\n\n{}\n\n{story}\n", lines.join("\n\n"))),
        ("b.txt", format!("{headline}\n{}\n\n{story}\n", lines.join("\n"))),
        ("a.md", format!("# {headline}\n\n{}\n\n{story}\n", lines.join("\n\n"))),
        ("b.md", format!("# {headline}\n\n{}\n\n{story}\n", lines.join("\n"))),
        ("a.html", format!("<h1>{headline}</h1>{html}<p>{story}</p>")),
        ("b.html", format!("<p><b>{headline}</b></p><p>{}</p><p>{story}</p>", lines.join("<br>"))),
    ]
    .map(|(name, text)| (name, draft(name, &text)))
    .into()
}

#[test]
fn a_name_and_a_day_below_a_headline_are_its_writers_and_its_own() {
    for (lines, people, published) in [
        (&["Ana Kos", "20 June 2026"][..], &["Ana Kos"][..], day(2026, 6, 20)),
        (&["2026-06-20", "Ana Kos"], &["Ana Kos"], day(2026, 6, 20)),
        (&["Ana Kos, 20 June 2026"], &["Ana Kos"], day(2026, 6, 20)),
        (&["June 20, 2026 · Ana Kos"], &["Ana Kos"], day(2026, 6, 20)),
        (&["Ana Kos | June 20, 2026 | 4 min read"], &["Ana Kos"], day(2026, 6, 20)),
        (&["Ana Kos and Jan de Vries", "Friday, 19 June 2026"], &["Ana Kos", "Jan de Vries"], day(2026, 6, 19)),
        (&["Ana Kos", "Transport correspondent", "20 June 2026"], &["Ana Kos"], day(2026, 6, 20)),
        (&["Ana Kos", "Published 20 June 2026"], &["Ana Kos"], day(2026, 6, 20)),
        (&["Anna-Lena Köhler", "20.06.2026"], &["Anna-Lena Köhler"], day(2026, 6, 20)),
        (&["Élodie Martin", "le 20 juin 2026"], &["Élodie Martin"], day(2026, 6, 20)),
        (&["Анна Иванова", "20 июня 2026"], &["Анна Иванова"], day(2026, 6, 20)),
        (&["20 June 2026"], &[], day(2026, 6, 20)),
        (&["Ana Kos", "·", "Follow", "5 min read", "·", "June 20, 2026", "312", "4"], &["Ana Kos"], day(2026, 6, 20)),
        (&["Ana Kos", "Ana Kos", "Sat 20 Jun 2026", "Share", "142"], &["Ana Kos"], day(2026, 6, 20)),
        (&["Ana Kos"], &["Ana Kos"], None),
    ] {
        for (name, read) in in_every_format("Harbour bridge reopens", lines, STORY) {
            assert_eq!(read.headline.as_deref(), Some("Harbour bridge reopens"), "{name}: {lines:?}");
            assert_eq!((names(&read), read.date), (people.to_vec(), published), "{name}: {lines:?}");
            assert_eq!(words(&read), STORY, "{name}: {lines:?}");
        }
    }
    for (name, read) in in_every_format("Harbour bridge reopens", &["Ana Kos", "Transport correspondent"], STORY) {
        assert_eq!(read.authors[0].role.as_deref(), Some("Transport correspondent"), "{name}");
    }
}

#[test]
fn a_second_headline_may_stand_above_them() {
    for second in ["Town celebrates as lorries cross again", "Town celebrates"] {
        for (name, read) in in_every_format("Harbour bridge reopens", &[second, "Ana Kos", "20 June 2026"], STORY) {
            assert_eq!(read.subhead.as_deref(), Some(second), "{name}");
            assert_eq!((names(&read), read.date), (vec!["Ana Kos"], day(2026, 6, 20)), "{name}");
            assert_eq!(words(&read), STORY, "{name}");
        }
    }
    // A headline of two lines is one, and one with Markdown's mark is its words.
    assert_eq!(draft("a.txt", &format!("# The bridge\n\n{STORY}\n")).headline.as_deref(), Some("The bridge"));
    assert_eq!(draft("a.txt", &format!("#1 of many\n\n{STORY}\n")).headline.as_deref(), Some("#1 of many"));
    let read = draft("a.txt", &format!("Harbour bridge reopens\nafter two years\nAna Kos\n20 June 2026\n\n{STORY}\n"));
    assert_eq!((read.headline.as_deref(), read.subhead), (Some("Harbour bridge reopens after two years"), None));
}

#[test]
fn what_only_looks_like_a_name_or_a_day_stays() {
    let other = "He came to the town in 1980 with nothing but a bicycle and a hat, and has never left it.";
    for (headline, lines, story) in [
        // When something takes place, or took place long ago.
        ("Harvest concert", &["Marl Choir", "12 July 2027"][..], STORY),
        ("The battle of the bridge", &["18 June 1815"], STORY),
        // Whom or what the story is about.
        ("Mayor to retire", &["Peter Lund"], "Peter Lund will retire in May, he told the council on Friday night."),
        ("Peter Lund to retire", &["Peter Lund"], STORY),
        ("A walk through town", &["Tower Bridge"], STORY),
        ("A walk through town", &["Old Mill"], STORY),
        ("Mayor to retire", &["Peter Lund", "20 June 2026"], "Peter Lund will retire in May, he told us."),
        // Places, houses, kinds of piece.
        ("Harbour bridge reopens", &["San Lorenzo"], STORY),
        ("Harbour bridge reopens", &["New York, 20 June 2026"], STORY),
        ("Harbour bridge reopens", &["Marlow Council"], STORY),
        ("Harbour bridge reopens", &["Press Release"], STORY),
        ("Harbour bridge reopens", &["Sponsored Content"], STORY),
        ("Harbour bridge reopens", &["NATO Summit"], STORY),
        ("Harbour bridge reopens", &["Dear Reader"], STORY),
        ("Harbour bridge reopens", &["Chapter One"], STORY),
        // Where titles have capitals, so do lines that are no names, and a name that nobody knows need be none.
        ("Harbour Bridge Reopens", &["Trigger Warning"], STORY),
        ("Harbour Bridge Reopens", &["Happy Days"], STORY),
        (
            "Neue Brücke ist offen",
            &["Kurze Wege"],
            "Die Brücke ist nach zwei Jahren Arbeit und mit neuem Geländer wieder offen.",
        ),
        ("Obituary", &["Margaret Hill"], STORY),
        // Verse, and lists.
        ("The Ferry", &["Ana Kos"], "Over the water the ferry goes"),
        ("Winners of the county quiz", &["Ana Kos", "Peter Lund", "Mary Jones"], STORY),
    ] {
        for (name, read) in in_every_format(headline, lines, story) {
            assert_eq!((names(&read).len(), read.date), (0, None), "{name}: {headline}: {lines:?}");
            let (all, text) = (format!("{:?} {}", read.headline, words(&read)), lines.join(" "));
            let subhead = read.subhead.unwrap_or_default();
            assert!(all.contains(&text) || subhead == text, "{name}: {headline}: {lines:?}: {all}");
        }
    }
    // The first of several that the text is divided by.
    for lines in [["Peter Lund", "Ana Kos"], ["1 June 2026", "2 June 2026"]] {
        let text = format!("# Two of them\n\n{}\n\n{other}\n\n{}\n\n{other}\n", lines[0], lines[1]);
        let read = draft("a.md", &text);
        assert_eq!((names(&read).len(), read.date), (0, None), "{lines:?}");
        assert!(words(&read).starts_with(lines[0]), "{}", read.body);
    }
    // What the head states, and a picture, stay as they are.
    let read = draft("a.md", &format!("---\nauthor: Ann Lee\n---\n# Bridge\n\nTom Fox\n\n{STORY}\n"));
    assert_eq!((names(&read), words(&read)), (vec!["Ann Lee"], format!("Tom Fox {STORY}")));
    let read = draft(
        "a.html",
        &format!("<h1>Bridge</h1><p><img src=\"https://x.example/a.jpg\"></p><p>Ana Kos</p><p>{STORY}</p>"),
    );
    assert_eq!(names(&read), ["Ana Kos"]);
    assert!(read.body.contains("a.jpg"), "{}", read.body);
}

#[test]
fn properties_below_a_headline_are_stated_and_no_text() {
    let notion = "# Bridge reopens\n\nCreated: June 20, 2026 9:30 AM\nCreated By: Ana Kos\nTags: transport, harbour\nStatus: Done\n\n";
    let bear = "# Bridge reopens\nAuthor: Ana Kos\nDate: 2026-06-20\nTags: transport, harbour\n---\n";
    let typed = "<h1>Bridge reopens</h1><p>Author: Ana Kos</p><p>Date: 20 June 2026</p><p>Tags: transport, harbour</p>";
    let table = "<article><header><h1>Bridge reopens</h1><table class=properties><tr><th>Created</th><td><time>@June 20, 2026</time></td></tr>\
                 <tr><th>Author</th><td><span>Ana Kos</span></td></tr><tr><th>Tags</th><td><span>transport</span><span>harbour</span></td></tr>\
                 </table></header>";
    for (name, head) in [("a.md", notion), ("a.md", bear), ("a.html", typed), ("a.html", table)] {
        let story = if name == "a.md" { STORY.to_owned() } else { format!("<p>{STORY}</p>") };
        let read = draft(name, &format!("{head}{story}\n"));
        assert_eq!((names(&read), read.date.is_some()), (vec!["Ana Kos"], true), "{head}");
        assert_eq!((read.tags.join(" ").as_str(), words(&read).as_str()), ("transport harbour", STORY), "{head}");
    }
    for lines in [
        "Time: 7 pm\nPlace: Town hall, room 3\nEntry: free",
        "Date: 20 June 2026\nPlace: Town hall",
        "Note: the hall is closed.",
        "Serves: 8\nTags: cake",
    ] {
        let read = draft("a.md", &format!("# Meeting of the council\n\n{lines}\n\n{STORY}\n"));
        assert_eq!((read.date, read.tags.len()), (None, 0), "{lines}");
        assert!(words(&read).starts_with(&lines.replace('\n', " ")), "{}", read.body);
    }
    // A day to come is when something takes place.
    let read = draft("a.md", &format!("# Mill opens\n\nDate: 5 December 2026\n\n{STORY}\n"));
    assert_eq!(read.date, None);
}

#[test]
fn lines_of_tags_are_tags() {
    for text in [
        format!("# Bridge reopens\n#news/harbour #transport\n\n{STORY}\n"),
        format!("# Bridge reopens\n\n{STORY}\n\n#news/harbour #transport\n"),
    ] {
        let read = draft("a.md", &text);
        assert_eq!(
            (read.tags, words(&draft("a.md", &text))),
            (vec!["news/harbour".into(), "transport".into()], STORY.into())
        );
    }
    for line in ["#1 of many", "Say #harbour aloud", "#1"] {
        let read = draft("a.md", &format!("# Bridge reopens\n\n{STORY}\n\n{line}\n"));
        assert!(read.tags.is_empty() && read.body.contains(line), "{}", read.body);
    }
}

#[test]
fn a_name_alone_has_what_only_names_have() {
    for name in ["Ana Kos", "Anna-Lena Köhler", "J. R. Kos", "Luuk de Wit"] {
        let read = draft("a.md", &format!("# Harbour Bridge Reopens\n\n{name}\n\n{STORY}\n"));
        assert_eq!((names(&read), words(&read).as_str()), (vec![name], STORY));
    }
    let spans = format!(
        "<h1>Harbour Bridge Reopens</h1><div><span>Ana Kos</span><span>20 June 2026</span></div><p>{STORY}</p>"
    );
    let read = draft("a.html", &spans);
    assert_eq!((names(&read), read.date, words(&read).as_str()), (vec!["Ana Kos"], day(2026, 6, 20), STORY));
}

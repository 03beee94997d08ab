//! Two files that say nearly the same, side by side: both are published, and a doubt names the other for as long as that is so.

use std::time::Duration;

use crate::newsroom::{Newsroom, story};

const GRACE: Duration = Duration::from_secs(11);
const FERRY: &str = "The ferry between the two landings starts again on Monday at seven in the morning. It was stopped in March \
    when the pier sank by half a metre.\n\nTickets cost two crowns, and bicycles travel free until the end of the year.";
const SNOW: &str = "Snow fell on the upper town for eleven minutes last night and melted before the ploughs were out.";

fn doubts(newsroom: &mut Newsroom) -> Vec<(String, String)> {
    let status = newsroom.status();
    let told = |doubted: &serde_json::Value| {
        let doubts: Vec<&str> =
            doubted["doubts"].as_array().unwrap().iter().map(|said| said.as_str().unwrap()).collect();
        (doubted["file"].as_str().unwrap().to_owned(), doubts.join("; "))
    };
    status["doubts"].as_array().unwrap().iter().map(told).collect()
}

fn mended() -> String {
    FERRY.replace("two crowns", "three crowns")
}

/// A newsroom with a story, and another version of it beside it under another name.
fn with_two(name: &str) -> Newsroom {
    let mut newsroom = Newsroom::new();
    newsroom.drop("city/ferry.md", story("The ferry starts", FERRY));
    newsroom.drop(name, story("The ferry starts", &mended()));
    assert_eq!(newsroom.entries("city").len(), 2);
    let said = "it says nearly the same as city/ferry.md, which is published: keep one of the two";
    assert_eq!(doubts(&mut newsroom), [(name.to_owned(), said.to_owned())]);
    newsroom
}

#[test]
fn a_version_beside_a_story_is_doubted_whoever_put_it_there() {
    for name in [
        "city/ferry (Copie en conflit de Anna 2026-11-27).md",
        "city/ferry-DESKTOP-AB12CD3.md",
        "city/ferry 2.md",
        "city/final.md",
    ] {
        with_two(name);
    }
}

#[test]
fn that_ends_when_either_says_something_else_or_goes() {
    let name = "city/ferry 2.md";
    let mut newsroom = with_two(name);
    newsroom.drop(name, story("The ferry starts", SNOW));
    assert_eq!(doubts(&mut newsroom), []);

    let mut newsroom = with_two(name);
    newsroom.drop("city/ferry.md", story("The ferry starts", SNOW));
    newsroom.rest();
    assert_eq!(doubts(&mut newsroom), []);

    let mut newsroom = with_two(name);
    newsroom.remove("city/ferry.md");
    newsroom.pass(GRACE);
    assert_eq!(doubts(&mut newsroom), []);

    let mut newsroom = with_two(name);
    newsroom.withdraw("city/ferry.md");
    newsroom.rest();
    assert_eq!(doubts(&mut newsroom), []);
    assert_eq!(newsroom.titles("city"), ["The ferry starts"]);
}

#[test]
fn what_may_be_said_twice_is_not_doubted() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("city/ferry.md", story("The ferry starts", FERRY));
    // Other news under the headline, the same in another section, a draft.
    newsroom.drop("city/notice.md", story("The ferry starts", SNOW));
    newsroom.drop("sports/ferry.md", story("The ferry starts", &mended()));
    newsroom.drop("city/next.md", format!("---\ntitle: The ferry starts\ndraft: true\n---\n{}\n", mended()));
    // The same bytes again are the same article.
    newsroom.drop("city/copy.md", story("The ferry starts", FERRY));
    assert_eq!(doubts(&mut newsroom), []);
    // A notice of every week, which is another version where it comes two days later.
    let again = || story("The ferry starts", &FERRY.replace("two crowns", "six crowns"));
    newsroom.skip(Duration::from_secs(7 * 86_400));
    newsroom.drop("city/2026-07-09.md", again());
    assert_eq!(doubts(&mut newsroom), []);
    assert_eq!(newsroom.entries("city").len(), 3);
    let mut newsroom = Newsroom::new();
    newsroom.drop("city/ferry.md", story("The ferry starts", FERRY));
    newsroom.skip(Duration::from_secs(2 * 86_400));
    newsroom.drop("city/2026-07-04.md", again());
    assert_eq!(doubts(&mut newsroom).len(), 1);
}

/// However a text is parted: a sentence mended in one paragraph, in one of three, in a list.
#[test]
fn versions_of_any_shape_are_doubted() {
    for (one, other) in [
        (
            "The ferry starts on Monday at seven in the morning, and costs two crowns for whoever has no bicycle, says the town.",
            "The ferry starts on Monday at seven in the morning, and costs six crowns for whoever has no bicycle, says the town.",
        ),
        (
            "It starts again on Monday at seven.\n\nIt was stopped in March when the pier sank by half a metre.\n\nTickets are sold aboard.",
            "It starts again on Monday at seven.\n\nIt was stopped in March when the pier sank by half a metre.\n\nTickets are sold here.",
        ),
        (
            "- It starts again on Monday at seven\n- It was stopped in March when the pier sank\n- Tickets are sold aboard",
            "- It starts again on Monday at seven\n- It was stopped in March when the pier sank\n- Tickets are free of charge",
        ),
    ] {
        let mut newsroom = Newsroom::new();
        newsroom.drop("city/ferry.md", story("The ferry starts", one));
        newsroom.drop("city/final.md", story("The ferry starts", other));
        assert_eq!(doubts(&mut newsroom).len(), 1, "{other}");
    }
}

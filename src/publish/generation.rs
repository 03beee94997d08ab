//! A name for what program and settings make of an article.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::Settings;
use super::fragments::Fragments;
use crate::article::{Address, Article, ArticleId, Author, BASE, Caption, Draft, Enclosed, Medium};
use crate::podcast::Podcast;
use crate::render::{self, Manner, Masthead, Outline};
use crate::section::{Format, Section};

/// A name for what program and settings make of an article: what a specimen looks like. Where two programs or settings
/// print it alike, they print all alike, and nothing is made again.
pub(super) fn of(settings: &Settings) -> String {
    let publication = &settings.publication;
    // Its first date is a day without a time, its second has one.
    let day = NaiveDate::from_ymd_opt(2025, 7, 2)
        .unwrap_or_default()
        .and_time(NaiveTime::MIN)
        .and_local_timezone(publication.time_zone);
    let at = day.earliest().map(|at| at.to_utc()).unwrap_or_default();
    let section = Section::stored("specimen".to_owned());
    let article = specimen(&section, at);
    let masthead = Masthead {
        section: section.clone(),
        title: "Specimen".to_owned(),
        description: "Of a section".to_owned(),
        image: Some("_media/a.png".to_owned()),
        language: publication.language.clone(),
        id: "tag:specimen,2025-07-02:/".to_owned(),
        updated: at,
        children: vec![(Section::stored("specimen/below".to_owned()), "Below".to_owned())],
        parents: vec![(Section::whole(), publication.title.clone())],
        podcast: Some(Podcast::default()),
    };
    let mut hasher = blake3::Hasher::new();
    let mut add = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    for (full_text, is_podcast) in [(true, false), (false, false), (true, true)] {
        let manner = Manner { full_text, is_podcast };
        if let Ok(made) = Fragments::of(publication, &article, &["tag".to_owned()], manner) {
            for format in Format::ALL {
                add(made.entry(format).as_bytes());
                add(&render::feed(format, publication, &masthead, &[made.entry(format)]).unwrap_or_default());
            }
            add(render::front(publication, &masthead, &[&made.teaser]).unwrap_or_default().as_bytes());
        }
    }
    add(render::page(publication, &article, &[(section, "Specimen".to_owned())]).unwrap_or_default().as_bytes());
    let outlines = [("", true), ("specimen", true), ("specimen/below", true)].map(|(path, own)| Outline {
        section: Section::stored(path.to_owned()),
        title: "Specimen".to_owned(),
        own,
    });
    add(&render::opml(publication, &outlines).unwrap_or_default());
    add(render::retraction(&publication.language, "Specimen").as_bytes());
    add(render::STYLE.as_bytes());
    // The specimen has one language, one of everything.
    add(format!("{publication:?}").as_bytes());
    add(format!("{:?}", settings.layout).as_bytes());
    let mut sections: Vec<_> = settings.sections.iter().collect();
    sections.sort_by_key(|(path, _)| path.as_str());
    add(format!("{sections:?}").as_bytes());
    hasher.finalize().to_hex()[..16].to_owned()
}

/// An article that has one of everything.
fn specimen(section: &Section, at: DateTime<Utc>) -> Article {
    let draft = Draft {
        headline: Some("Specimen".to_owned()),
        subhead: Some("Below".to_owned()),
        columns: vec!["Column".to_owned()],
        kickers: vec!["Above".to_owned()],
        authors: vec![Author { role: Some("Reporter".to_owned()), ..Author::named("A. Writer") }],
        tags: vec!["tag".to_owned()],
        source: Some("Agency".to_owned()),
        captions: vec![Caption { text: "Seen".to_owned(), credit: Some("By somebody".to_owned()) }],
        language: Some("fr".to_owned()),
        image: Some(format!("{BASE}/_media/a.png")),
        enclosures: vec![Enclosed::at(format!("{BASE}/_media/a.mp3"))],
        body: format!("<p>Text &amp; <a href=\"{BASE}/x\">link</a></p>"),
        ..Draft::default()
    };
    Article {
        id: ArticleId("tag:specimen,2025-07-02:a".to_owned()),
        sections: vec![section.clone()],
        address: Address::Page("specimen/2025/07/02/a.html".to_owned()),
        title: "Specimen".to_owned(),
        summary: "Text".to_owned(),
        published: at,
        updated: at + TimeDelta::hours(1),
        position: 0,
        draft,
        media: vec![
            medium("png", "image/png"),
            medium("jpg", "image/jpeg"),
            medium("mp3", "audio/mpeg"),
            medium("mp4", "video/mp4"),
            medium("pdf", "application/pdf"),
        ],
    }
}

fn medium(extension: &str, media_type: &str) -> Medium {
    let pixels = media_type.starts_with("image/").then_some((3, 2));
    let original = (extension == "jpg").then(|| Box::new(medium("jpeg", media_type)));
    let path = format!("_media/a.{extension}");
    Medium { path, media_type: media_type.to_owned(), bytes: 1_234_567, pixels, seconds: Some(75), original }
}

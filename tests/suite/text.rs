//! One article as plain text: Chinese and wire copy of our own, the samples with their manifests, and any text at all.
#![allow(clippy::unwrap_used, reason = "a broken fixture is a failed test")]

use std::path::Path;

use proptest::prelude::*;
use serde_json::Value;

use syndicated::article::Draft;
use syndicated::parse::text::read;
use syndicated::parse::{Markup, Parsed};

fn parse(text: &str, stem: &str) -> Parsed {
    read(text, stem, "2025-09-06T00:30:00Z".parse().unwrap(), chrono_tz::Asia::Shanghai).unwrap()
}

fn one(text: &str) -> Draft {
    let mut parsed = parse(text, "note");
    assert_eq!(parsed.markup, Markup::Text);
    assert_eq!(parsed.drafts.len(), 1);
    parsed.drafts.remove(0)
}

/// Checks title, authors, dateline, source and paragraphs, with LF, CRLF and CR alike.
fn check(text: &str, title: &str, authors: &[&str], dateline: &str, source: &str, body: &str) {
    for ends in ["\n", "\r\n", "\r"] {
        let draft = one(&text.replace('\n', ends));
        assert_eq!(draft.headline.as_deref().unwrap_or_default(), title);
        assert_eq!(draft.authors.iter().map(|a| a.name.as_str()).collect::<Vec<_>>(), authors);
        assert_eq!(draft.dateline.as_deref().unwrap_or_default(), dateline);
        assert_eq!(draft.source.as_deref().unwrap_or_default(), source);
        assert_eq!(draft.body.replace("</p>\n", "|").replace("<p>", ""), body);
    }
}

#[test]
fn wire_copy() {
    check(
        "Harbour town counts its gulls\n\nBy JANE ROE and Ann O'Neil, AP\nAP Science Writer\n\nPORT SOLE, Norway (AP) — Volunteers counted 1,204 gulls.\n\n\"More than ever,\" one said.\n\n-30-\n",
        "Harbour town counts its gulls",
        &["Jane Roe", "Ann O'Neil"],
        "PORT SOLE, Norway (AP)",
        "AP",
        "PORT SOLE, Norway (AP) — Volunteers counted 1,204 gulls.|\"More than ever,\" one said.|",
    );
    check(
        "MINE REOPENS IN NORTH\n\nThe copper mine at Veld reopened\non Monday after a year of\nrepairs.\n    The owner hired 300 people.\n    It plans to hire\nmore.\n REUTER\n",
        "MINE REOPENS IN NORTH",
        &[],
        "",
        "Reuters",
        "The copper mine at Veld reopened on Monday after a year of repairs.|The owner hired 300 people.|It plans to hire more.|",
    );
    check(
        "xyz004 3 i 90 abcd\n\nHarbour/Sole/Gulls/\n1ST LEAD\nGulls counted\nin Sole\nBy Jan van Veen, dpa =\n\nSole (dpa) - Volunteers counted\ngulls.\n\n# Notebook\n\n- Tel: 0",
        "Gulls counted in Sole",
        &["Jan van Veen"],
        "Sole (dpa)",
        "dpa",
        "Sole (dpa) - Volunteers counted gulls.|",
    );
    check(
        "(CNN) -- The bridge is open <again> & safe.",
        "",
        &[],
        "",
        "CNN",
        "(CNN) -- The bridge is open &lt;again&gt; &amp; safe.|",
    );
    check(
        "A plain note.\n\nIts second paragraph - with a dash.",
        "",
        &[],
        "",
        "",
        "A plain note.|Its second paragraph - with a dash.|",
    );
}

#[test]
fn bylines_in_scripts_without_capitals() {
    for (byline, name) in [
        ("מאת דנה כהן", "דנה כהן"),
        ("מאת: דנה כהן", "דנה כהן"),
        ("بقلم محمد علي", "محمد علي"),
        ("إعداد: محمد علي", "محمد علي"),
        ("लेखक: अनीता कृष्णन", "अनीता कृष्णन"),
        ("Haber: Ayşe Kaya", "Ayşe Kaya"),
    ] {
        let draft = one(&format!("A bridge opens early\n\n{byline}\n\nIt was opened on Friday.\n\nAnd so on.\n"));
        assert_eq!(draft.authors.iter().map(|a| a.name.as_str()).collect::<Vec<_>>(), [name], "{byline}");
        assert!(!draft.body.contains(name), "{byline}");
    }
    // A sentence begins with the same word.
    let sentence = "מאת האנשים שחצו את הגשר ביום שישי חזרו רבים";
    assert!(one(&format!("A bridge\n\n{sentence}\n\nAnd so on.\n")).authors.is_empty());
}

#[test]
fn datelines_without_a_dash_and_of_releases() {
    let dated = |paragraph: &str, dateline: &str, source: &str| {
        let draft = one(&format!("A bridge opens early\n\n{paragraph}\n\nThe second paragraph says more.\n"));
        assert_eq!(draft.headline.as_deref(), Some("A bridge opens early"), "{paragraph}");
        assert_eq!(draft.dateline.as_deref().unwrap_or_default(), dateline, "{paragraph}");
        assert_eq!(draft.source.as_deref().unwrap_or_default(), source, "{paragraph}");
        assert_eq!(draft.lead_in.is_some(), !dateline.is_empty(), "{paragraph}");
    };
    dated("New Delhi, Nov 20 (PTI) The cabinet met - late.", "New Delhi, Nov 20 (PTI)", "PTI");
    dated("New Delhi [India], November 20 (ANI): The cabinet met.", "New Delhi [India], November 20 (ANI)", "ANI");
    dated("नई दिल्ली, 20 नवंबर (भाषा) मंत्रिमंडल की बैठक हुई।", "नई दिल्ली, 20 नवंबर (भाषा)", "भाषा");
    dated("София, 20 ноември (БТА) - Мостът е открит.", "София, 20 ноември (БТА)", "БТА");
    dated("BOSTON--(BUSINESS WIRE)--Acme Corp. opened it.", "BOSTON--(BUSINESS WIRE)", "BUSINESS WIRE");
    dated(
        "Toronto, Ontario--(Newsfile Corp. - November 20, 2026) - Acme opened it.",
        "Toronto, Ontario--(Newsfile Corp. - November 20, 2026)",
        "Newsfile Corp.",
    );
    dated(
        "HOUSTON, TX / ACCESS Newswire / November 20, 2026 / Acme opened it.",
        "HOUSTON, TX / ACCESS Newswire / November 20, 2026",
        "ACCESS Newswire",
    );
    dated(
        "London, Nov 20, 2026 (GLOBE NEWSWIRE) -- Acme opened it.",
        "London, Nov 20, 2026 (GLOBE NEWSWIRE)",
        "GLOBE NEWSWIRE",
    );
    // Sentences with brackets and dashes of their own.
    dated("On Friday, 20 people (PTI counted them) crossed it.", "", "");
    dated("In March, 12 members (AP) of the council met.", "", "");
    dated("Ann Lee (PTI) The reporter crossed it.", "", "");
    dated("The bridge--(some say it is one)--opened.", "", "");
    dated("Left / right / 2 lanes / nothing more.", "", "");
}

#[test]
fn captions_stand_before_the_dateline() {
    let draft = one(
        "Gulls counted\n\n1 of 2. A gull on the pier.\n\n2 of 2. Volunteers at work.\n\nSOLE (Reuters) - Volunteers counted gulls.",
    );
    assert_eq!(draft.captions.len(), 2);
    assert_eq!(draft.captions[0].text, "1 of 2. A gull on the pier.");
    assert_eq!(draft.body.matches("<p>").count(), 1);
    assert_eq!(draft.lead_in.as_deref(), Some("SOLE (Reuters) -"));
}

#[test]
fn chinese_articles() {
    check(
        "清漪县新建公园十处\n\n本报讯(记者 韩 立)今年该县新建公园十处,居\n\n民都说好。\n\n下一步还要建。",
        "清漪县新建公园十处",
        &["韩立"],
        "",
        "",
        "本报讯(记者 韩 立)今年该县新建公园十处,居民都说好。|下一步还要建。|",
    );
    check(
        "夜校开课了\n起因\n　　街道办了夜校，大家都来听课，座位不够用，只好站着。\n　　摊主也来讲课。",
        "夜校开课了",
        &[],
        "",
        "",
        "<h2>起因</h2>\n街道办了夜校，大家都来听课，座位不够用，只好站着。|摊主也来讲课。|",
    );
    check(
        "清漪湖白鹭归来\n\n来源：清漪日报\n\n新华社清漪9月5日电（记者江远帆）白鹭回到清漪湖。\n\n专家说，水好了。",
        "清漪湖白鹭归来",
        &["江远帆"],
        "清漪9月5日",
        "清漪日报",
        "新华社清漪9月5日电（记者江远帆）白鹭回到清漪湖。|专家说，水好了。|",
    );
    check(
        "上半年清漪县地区生产总值同比增长百分之五点三居民人均可支配收入稳步增加\n\n今年上半年，全县经济平稳。",
        "上半年清漪县地区生产总值同比增长百分之五点三居民人均可支配收入稳步增加",
        &[],
        "",
        "",
        "今年上半年，全县经济平稳。|",
    );
}

#[test]
fn one_article_stays_one() {
    let draft =
        one("甲文标题\n\n本报讯（记者 韩立）甲文正文。\n\n乙文标题\n\n本报讯（记者 温庭）乙文正文。（记者 温庭）");
    assert_eq!(draft.headline.as_deref(), Some("甲文标题"));
    assert!(draft.body.contains("乙文标题") && draft.body.contains("乙文正文"));
}

#[test]
fn a_name_can_be_the_title() {
    let title = |text, stem| parse(text, stem).drafts[0].headline.clone();
    assert_eq!(title("今年的秋收已经开始了。", "清漪县秋收开镰").as_deref(), Some("清漪县秋收开镰"));
    assert_eq!(title("今年的秋收已经开始了。", "A01"), None);
    assert_eq!(title("秋收\n\n今年的秋收已经开始了。", "清漪县秋收开镰").as_deref(), Some("秋收"));
}

#[test]
fn what_has_more_lines_than_a_newspaper_is_kept_line_by_line() {
    for line in ["本报讯(记者 韩立)今天 <开工>。\n", "PARIS (AP) - A short line & no more.\n"] {
        let text = line.repeat(50_001);
        let parsed = parse(&text, "a");
        assert!(super::keyed::page(&text).is_none());
        assert_eq!(parsed.drafts[0].body.matches("<p>").count(), text.lines().count());
        assert_eq!(parsed.doubts.len(), 1);
        assert_eq!(super::keyed::lost(&text, &parsed), "");
    }
}

#[test]
fn nothing_is_refused_but_nothing() {
    for text in ["", "\n\n", " \u{3000}\r\n\u{feff}", "\u{0}\u{1}"] {
        let refused = read(text, "x", "2025-09-06T00:30:00Z".parse().unwrap(), chrono_tz::UTC).unwrap_err();
        assert!(!refused.reason.is_empty() && !refused.hint.is_empty());
    }
}

#[test]
fn the_samples_as_their_manifests_say() {
    for folder in ["zh/real", "en"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples").join(folder);
        let Ok(manifest) = std::fs::read_to_string(folder.join("manifest.json")) else { return };
        let manifest: Value = serde_json::from_str(&manifest).unwrap();
        for entry in manifest.as_array().unwrap() {
            let name = entry["file"].as_str().unwrap();
            let Ok(text) = std::fs::read_to_string(folder.join(name)) else { continue };
            if !name.ends_with(".txt") {
                continue;
            }
            assert!(super::keyed::page(&text).is_none(), "{name}");
            let (draft, key) = (one(&text), &entry["key"]);
            assert_eq!(draft.headline.as_deref(), key["headline"].as_str(), "{name}");
            assert_eq!(draft.source.as_deref(), key["agency"].as_str(), "{name}");
            let names = key["authors"].as_array().unwrap().iter().map(|a| a["name"].as_str().or(a.as_str()).unwrap());
            assert_eq!(
                draft.authors.iter().map(|a| a.name.as_str()).collect::<Vec<_>>(),
                names.collect::<Vec<_>>(),
                "{name}"
            );
            if let Some(dateline) = key["dateline"].as_str() {
                let printed = draft.dateline.unwrap().replace('５', "5").replace('９', "9");
                assert!(printed.starts_with(dateline), "{name}: {printed}");
            }
            let crossheads = key["crossheads"].as_array().map_or(0, Vec::len);
            assert_eq!(draft.body.matches("<h2>").count(), crossheads, "{name}");
        }
    }
}

proptest! {
    /// Every word of any text is in the draft, or on a line told as furniture.
    #[test]
    fn no_word_is_lost(lines in prop::collection::vec("(By )?[A-Z][a-z]{2,8}( [a-z]{1,8}){0,9}[.,!]?( - )?| {4}[a-z ]{3,30}|REUTER|", 1..30)) {
        let marked: Vec<String> = (0..).zip(&lines).map(|(n, l): (u32, _)| if l.trim().is_empty() || l == "REUTER" { l.clone() } else { format!("{l} q{n}z") }).collect();
        let text = marked.join("\n");
        prop_assume!(!text.trim().is_empty());
        prop_assert_eq!(super::keyed::lost(&text, &parse(&text, "note")), "", "of\n{}", text);
        let draft = one(&text);
        let all = format!("{}{:?}{:?}{:?}{:?}{:?}", draft.body, draft.headline, draft.subhead, draft.kickers, draft.captions, draft.authors);
        for (n, line) in (0..).zip(&marked) {
            let n: u32 = n;
            if line.ends_with(&format!(" q{n}z")) {
                prop_assert!(all.contains(&format!("q{n}z")), "{} of\n{}", line, text);
            }
        }
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,300}|[A-Z \n\r().,By—-]{0,300}") {
        let _ = read(&text, &text, "2025-09-06T00:30:00Z".parse().unwrap(), chrono_tz::UTC);
    }
}

#[test]
fn what_stands_over_the_title_of_a_chinese_text() {
    let text = "把小事办好，靠的不是一时热情，而是一套办法。\n\n谁来发现、谁来办理，都要有章可循。\n";
    let leader = one(&format!("社论\n\n把小事办成大事\n\n{text}"));
    assert_eq!((leader.headline.as_deref(), &leader.columns[..]), (Some("把小事办成大事"), &["社论".to_owned()][..]));
    // A title that is no more than such a word keeps it.
    assert_eq!(one(&format!("社论\n\n{text}")).headline.as_deref(), Some("社论"));
    let letter = one(&format!(
        "云州市人民政府办公室文件\n\n云政办发〔2025〕38号\n\n云州市人民政府办公室\n关于做好冬春水利建设工作的通知\n\n各县（区）人民政府：\n\n{text}"
    ));
    assert_eq!(letter.headline.as_deref(), Some("云州市人民政府办公室 关于做好冬春水利建设工作的通知"));
    assert_eq!(letter.kickers, ["云州市人民政府办公室文件", "云政办发〔2025〕38号"]);
}

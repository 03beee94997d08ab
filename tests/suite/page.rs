//! Newspaper pages: samples with keys where they are at hand, pages of our own with what must come out, and any text at all.
#![allow(clippy::unwrap_used, reason = "a broken fixture is a failed test")]

use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};
use proptest::prelude::*;
use serde_json::Value;

use super::keyed::lost;
use syndicated::article::{Deed, Draft, Kind};
use syndicated::parse::page::read;
use syndicated::parse::{Markup, Parsed};

fn arrival() -> DateTime<Utc> {
    "2025-09-06T00:30:00Z".parse().unwrap()
}

fn parse(text: &str) -> Parsed {
    page(text).expect("not seen as a page")
}

fn page(text: &str) -> Option<Parsed> {
    read(text, arrival(), chrono_tz::Asia::Shanghai)
}

/// As the page or the one article that it is; none of a blank text.
fn page_or_article(text: &str) -> Option<Parsed> {
    page(text).or_else(|| syndicated::parse::text::read(text, "a", arrival(), chrono_tz::Asia::Shanghai).ok())
}

/// A draft in one line: kind, columns, kickers, headline, authors with roles, paragraphs and crossheads.
fn sum(draft: &Draft) -> String {
    let kind = match draft.kind {
        Kind::Article => "article",
        Kind::Photo => "photo",
        Kind::Notice => "notice",
    };
    let authors: Vec<String> =
        draft.authors.iter().map(|a| format!("{}{}", a.role.as_deref().unwrap_or_default(), a.name)).collect();
    format!(
        "{kind}|{}|{}|{}|{}|{}p{}h",
        draft.columns.join("+"),
        draft.kickers.join("+"),
        draft.headline.as_deref().unwrap_or_default(),
        authors.join("+"),
        draft.body.matches("<p>").count(),
        draft.body.matches("<h2>").count(),
    )
}

/// Checks a page of our own: what each piece is, with LF, CRLF and CR alike.
fn check(text: &str, expected: &[&str]) {
    for ends in ["\n", "\r\n", "\r"] {
        let text = text.trim_matches('\n').replace('\n', ends);
        let parsed = parse(&text);
        assert_eq!(parsed.drafts.iter().map(sum).collect::<Vec<_>>(), expected, "{:#?}", parsed.doubts);
    }
}

const MIXED: &str = include_str!("page/mixed.txt");
const TRADITIONAL: &str = include_str!("page/traditional.txt");
const WRAPPED: &str = include_str!("page/wrapped.txt");
const UNINDENTED: &str = include_str!("page/unindented.txt");
const BRIEFS: &str = include_str!("page/briefs.txt");
const CITY: &str = include_str!("page/city.txt");
const LITERARY: &str = include_str!("page/literary.txt");
const EVENING: &str = include_str!("page/evening.txt");
const LIFE: &str = include_str!("page/life.txt");
const TOWN: &str = include_str!("page/town.txt");

/// A picture with its own credit takes none from another's.
#[test]
fn a_credit_below_is_for_the_pictures_without_one() {
    let text = "8月1日，云河大桥通车。 本报记者 顾长风 摄\n▲图为桥上的行人。\n本报记者 周岩 摄\n\n简讯\n简讯\n简讯\n简讯\n简讯\n简讯";
    let parsed = page_or_article(text).unwrap();
    assert_eq!(lost(text, &parsed), "", "{parsed:#?}");
}

/// A lone head over a text that nothing ties to the article above, or tells from it, is an editor's to decide.
#[test]
fn a_head_that_may_open_a_piece_is_doubted() {
    let page = "澜江晚报 2025年9月5日 星期五 A06版 城事\n\n\
        老电影院的最后一场\n\n本报记者 顾长风\n\n\
        灯光暗下来，放映员老贺按下开关，胶片机最后一次转动起来，银幕上映出一片雪花。\n\n\
        来看电影的多是老街坊，有人带来了四十年前的票根。\n\n\
        一只猫住进了菜场\n\n\
        菜场的人都叫它花卷，白天睡在秤盘旁边，夜里巡视每一个摊位，连鱼贩也不赶它。\n\n\
        卖豆腐的阿婆说，有了花卷，耗子就少了。\n\n\
        明日起三条公交线路改道\n\n本报讯（记者 林晓）因道路施工，9月6日起，7路、19路、31路公交车临时改道。\n";
    let parsed = parse(page);
    assert_eq!(parsed.drafts.len(), 2);
    let doubts = parsed.doubts.iter().filter(|doubt| doubt.contains("lines 11 to 11 have no byline; they were kept"));
    assert_eq!(doubts.count(), 1, "{:#?}", parsed.doubts);
}

/// The second of two heads that nobody signs is as doubtful as the first.
#[test]
fn every_head_behind_a_doubted_one_is_doubted() {
    let page = "澜江晚报 2025年9月5日 星期五 A06版 城事\n\n\
        老旧小区加装电梯提速\n\n\
        本报讯（记者 林晓）记者9月4日获悉，今年全市老旧小区加装电梯已完工123部。\n\n\
        桥东菜场换新颜\n\n\
        经过三个月改造，桥东菜场重新开门迎客，摊位由86个调整为72个，通道更宽敞了。\n\n\
        健身步道通到家门口\n\n\
        东湖公园二期步道长2.3公里，沿途设休息亭4处，三个社区的居民十分钟可达。\n\n\
        夜校开课一座难求\n\n\
        文化馆秋季夜校推出书法、古琴等12门课程，上线三分钟就被抢空。\n";
    let parsed = parse(page);
    for line in [7, 11, 15] {
        let named = format!("lines {line} to {line} have no byline");
        assert_eq!(parsed.doubts.iter().filter(|doubt| doubt.contains(&named)).count(), 1, "{:#?}", parsed.doubts);
    }
    assert_eq!(lost(page, &parsed), "");
}

/// Who wrote a book has not written the notice of it, and what it costs is no line of the page.
#[test]
fn notices_of_books() {
    check(
        "副刊 2025年9月5日 星期五 A08版\n\n修伞记\n\n□欧阳雪\n\n弄堂口的修伞摊，摆了三十年。\n\n\
         新书架\n\n《长街旧事》\n\n沈渔 著\n\n江南文艺出版社 2025年8月出版 定价：58.00元\n\n\
         本书以一条老街的百年变迁为线索，写了三代人。\n\n\
         《草木有本心》\n\n［英］艾玛·怀特 著 林知秋 译\n\n海风出版社 2025年7月版 69.80元\n\n\
         博物学家走遍四大洲，写下植物与人类的故事。\n",
        &["article|||修伞记|欧阳雪|1p0h", "article||新书架|《长街旧事》||3p0h", "article|||《草木有本心》||3p0h"],
    );
}

#[test]
fn notes_about_the_author_name_the_author() {
    for (note, author) in [
        ("（石磊，布依族，小学教师）", "石磊"),
        ("（苗雨，苗族，现居望谟）", "苗雨"),
        ("作者简介：石磊，1985年生，县作协会员。", "石磊"),
        ("（石磊，1985年生。现居贵州望谟，小学教师。）", "石磊"),
    ] {
        let page = format!(
            "副刊 2025年9月5日 星期五 A08版\n\n祖母的糯米饭\n\n山寨的清晨，总是被木槌声敲醒。那是祖母在舂米。\n\n{note}\n\n\
             修伞记\n\n□欧阳雪\n\n弄堂口的修伞摊，摆了三十年。\n"
        );
        let parsed = parse(&page);
        let names: Vec<Vec<&str>> =
            parsed.drafts.iter().map(|draft| draft.authors.iter().map(|a| a.name.as_str()).collect()).collect();
        assert_eq!(names, [vec![author], vec!["欧阳雪"]], "{note}");
        assert_eq!(lost(&page, &parsed), "", "{note}");
    }
    // What says nothing of anybody is no such note.
    let page = "副刊 2025年9月5日 星期五 A08版\n\n修伞记\n\n□欧阳雪\n\n修伞摊摆了三十年。（石磊，三十年）\n";
    assert_eq!(parse(page).drafts[0].authors.len(), 1);
}

/// A forecast belongs to the page where it is headed as one, and to its article where it is not.
#[test]
fn weather_at_the_foot() {
    let page = |last: &str| {
        format!("A06版 城事 2025年9月5日 星期五\n\n明日起降温\n\n本报讯（记者 林晓）气象台昨日发布预报。\n\n{last}\n")
    };
    let forecast = "今天晚上到明天白天，我市阴转多云，局部有小雨，气温14℃～21℃，偏北风2～3级。";
    let headed = parse(&page(&format!("天气预报 {forecast}")));
    assert_eq!(headed.furniture, [1, 7]);
    assert_eq!(parse(&page(forecast)).furniture, [1]);
}

/// Below a headline, parted by a blank line: what a meeting was about, what a reporter did, who is quoted.
#[test]
fn decks_apart_from_their_headline() {
    for (heads, headline, deck) in [
        (
            "市政协召开双周协商座谈会\n\n聚焦“提升基层医疗服务能力”建言",
            "市政协召开双周协商座谈会",
            "聚焦“提升基层医疗服务能力”建言",
        ),
        (
            "电动车充电“飞线”何时休\n\n记者走访五个老旧小区：充电桩有了，车主为何不愿用？",
            "电动车充电“飞线”何时休",
            "记者走访五个老旧小区：充电桩有了，车主为何不愿用？",
        ),
        (
            "冷冻库爆满\n\n羊肉价格逆势走低\n\n进口量同比增21% 专家预计春节前难大涨",
            "羊肉价格逆势走低",
            "进口量同比增21% 专家预计春节前难大涨",
        ),
    ] {
        let page = format!("A06版 城事 2025年9月5日 星期五\n\n{heads}\n\n本报讯（记者 林晓）昨日，记者获悉此事。\n");
        let draft = &parse(&page).drafts[0];
        assert_eq!((draft.headline.as_deref(), draft.subhead.as_deref()), (Some(headline), Some(deck)));
    }
}

#[test]
fn a_page_with_everything_on_it() {
    check(
        MIXED,
        &[
            "article||老旧小区改造+柳林街道|二十八部电梯 “圆梦”老楼居民|记者周岩+通讯员买买提·艾力|5p3h",
            "photo||||记者顾长风|1p0h",
            "photo|||荷塘小景|特约摄影陈晨|1p0h",
            "article|||一束光照进大山|林知秋|3p0h",
            "article|||夜过云州港|欧阳雪|1p0h",
            "notice|||关于清漪大桥封闭施工的公告||3p0h",
        ],
    );
    let parsed = parse(MIXED);
    assert_eq!(parsed.issue_date, NaiveDate::from_ymd_opt(2025, 9, 5));
    assert_eq!(parsed.folio_section.as_deref(), Some("综合"));
    assert!(parsed.drafts[0].body.contains("一边扶着老人走出单元门。</p>"), "torn around the picture, joined again");
    assert_eq!(parsed.drafts[1].captions[0].credit.as_deref(), Some("本报记者 顾长风 摄"));
    assert!(parsed.drafts[4].body.contains("塔吊在夜里醒着<br>像一排不肯睡的鹤"));
    assert_eq!(parsed.furniture, [1, 62, 64, 66]);
}

#[test]
fn traditional_characters_and_brackets() {
    check(
        TRADITIONAL,
        &[
            "article|||雲州老街騎樓修繕年底完工|記者王小明|2p0h",
            "article|||漁港假日市集 周六開張|記者陳靜+通訊員歐陽雪|2p0h",
            "photo||||記者李大同|1p0h",
            "article|||颱風動態|記者張雅文|1p0h",
        ],
    );
    let parsed = parse(TRADITIONAL);
    assert_eq!(parsed.drafts[0].dateline.as_deref(), Some("雲州"));
    assert_eq!(parsed.drafts[3].dateline.as_deref(), Some("台北12日"));
    assert_eq!(parsed.drafts[3].source.as_deref(), Some("中央社"));
    assert!(parsed.drafts[0].body.contains("修舊如舊是我們的原則。」她指出"));
    assert_eq!(parsed.folio_section.as_deref(), Some("城事"));
}

#[test]
fn hard_wrapped_with_indents_and_no_blank_line() {
    check(
        WRAPPED,
        &[
            "article|||市图书馆延长夜间开放|记者温庭|2p0h",
            "article|||柳林镇：“小粉条”卷出大产业|通讯员赵一+记者宋书文|2p0h",
            "notice|||更正||1p0h",
        ],
    );
    let parsed = parse(WRAPPED);
    assert!(parsed.drafts[0].body.contains("市图书馆夜间开放时间延长至２２时。"));
    assert!(parsed.doubts.iter().any(|d| d.contains("two pages")), "a jump line is told: {:?}", parsed.doubts);
    assert!(!parsed.drafts[1].body.contains("下转"));
}

#[test]
fn hard_wrapped_without_indents() {
    check(
        UNINDENTED,
        &[
            "article|||清漪县新建口袋公园十处|记者韩立+实习生白露|2p0h",
            "article|||东岭乡水库除险加固完工|记者罗家山|1p0h",
        ],
    );
}

#[test]
fn briefs_with_agencies() {
    check(
        BRIEFS,
        &[
            "article|||||1p0h",
            "article||||记者江远帆|1p0h",
            "article|||世界最大稻种库扩建||3p0h",
            "article|||多国学者呼吁保护珊瑚|石岚|2p0h",
        ],
    );
    let sources: Vec<Option<String>> = parse(BRIEFS).drafts.into_iter().map(|d| d.source).collect();
    let expected = ["新华社", "中新社", "新华社、中新社", "新华社"].map(|s| Some(s.to_owned()));
    assert_eq!(sources, expected);
}

#[test]
fn a_town_page_with_full_width_marks() {
    check(
        TOWN,
        &[
            "article|实干担当 奋勇争先+打好秋收主动仗||清漪县三十万亩秋粮开镰|记者韩立+通讯员宋书文+通讯员白露|3p0h",
            "photo|光影|||记者顾长风|1p0h",
            "article|党建引领 乡村振兴|东岭乡卫生院|送医上门 暖到心坎|通讯员罗家山|2p0h",
            "article|||城管夜校开课了|记者温庭+通讯员林一|2p1h",
        ],
    );
    let parsed = parse(TOWN);
    assert_eq!(parsed.drafts[2].unit.as_deref(), Some("东岭乡卫生院"));
    assert_eq!(parsed.drafts[0].dateline.as_deref(), Some("９月６日"));
    assert!(parsed.drafts[0].body.contains("唱响“清·米有约！”品牌"), "an embedded name ends no sentence");
    assert_eq!(parsed.drafts[0].authors[0].does, [Deed::Text, Deed::Photo]);
}

#[test]
fn a_city_page_with_two_line_headlines_and_a_jump() {
    check(
        CITY,
        &[
            "article|||市委常委会召开会议|首席记者梁知秋|2p0h",
            "article|||云海两项工程获省级奖励|记者温庭|2p0h",
            "article|||||2p0h",
            "photo||||通讯员林海|1p0h",
            "article|||“小讲堂”讲出大道理 云海县创新基层宣讲|记者宋书文+通讯员赵一一|3p2h",
        ],
    );
    let parsed = parse(CITY);
    assert_eq!(parsed.drafts[0].subhead.as_deref(), Some("传达学习有关会议精神 研究部署秋季学期安全工作"));
    assert_eq!(
        (parsed.issue_date, parsed.folio_section.as_deref()),
        (NaiveDate::from_ymd_opt(2025, 9, 10), Some("要闻"))
    );
    assert!(parsed.drafts[2].body.starts_with("<p>新动能"), "the jump line is no text");
}

#[test]
fn a_literary_page_with_names_under_heads() {
    check(LITERARY, &["article|||秋日三章|陈晨|4p3h", "article|||老屋|欧阳雪|4p0h", "notice|||征稿启事||1p0h"]);
}

#[test]
fn an_evening_paper_line_by_line() {
    check(
        EVENING,
        &[
            "article||||记者白露+实习生林一|2p0h",
            "article|||地铁二号线试运行|记者顾长风|2p0h",
            "article|||夜市搬新家 摊主笑开颜|见习记者石岚|2p0h",
        ],
    );
    let parsed = parse(EVENING);
    assert_eq!(parsed.drafts[1].authors[0].does, [Deed::Text, Deed::Photo]);
    assert_eq!(parsed.drafts[0].source.as_deref(), Some("云州晚报"));
}

#[test]
fn a_credit_above_its_caption_between_torn_halves() {
    check(
        LIFE,
        &[
            "article||我市出台新政支持青年安居|人才公寓租金打七折|记者周岩|4p2h",
            "photo||||记者顾长风|1p0h",
            "article|||秋分将至话养生|记者温庭+通讯员罗家山|2p0h",
        ],
    );
    let parsed = parse(LIFE);
    assert!(parsed.drafts[0].body.contains("政策还包括购房补贴、公积金贷款额度"));
    assert_eq!(parsed.drafts[1].captions[0].text, "9月11日,青年人才在云州人才公寓看房。");
}

#[test]
fn one_article_is_no_page() {
    for text in [
        "",
        "清漪县新建公园十处\n\n本报讯(记者 韩立)今年该县新建公园十处。\n\n居民都说好。",
        "标题\n\n第一段，没有署名。\n\n小标题\n\n第二段，也没有署名。",
        "A headline\n\nBy Jane Roe\n\nText of it.",
        "- 一\n- 二\n- 三\n",
    ] {
        assert!(page(text).is_none(), "{text}");
    }
}

#[test]
fn what_nobody_signs_stays_together() {
    let parsed = parse(
        "第3版 副刊\n\n河边的早晨\n\n河水是安静的，雾气也是安静的。\n\n老街\n\n老街上有一家早点铺，天不亮就开门。\n\n渡口\n\n渡口早就没有船了。",
    );
    assert_eq!(parsed.drafts.len(), 1);
    assert_eq!(parsed.drafts[0].body.matches("<h2>").count(), 2);
}

#[test]
fn a_section_that_somebody_else_signs_is_doubted() {
    let text = "公园开门\n\n本报讯（记者 韩立）公园今天开门。\n\n夜校开课\n\n夜校在街道开课了。\n\n摊主来讲\n\n摊主讲了难处。（记者 温庭）";
    let parsed = parse(text);
    // What is surely somebody else's stands apart; what may be either's stays with the article above, and is doubted.
    let drafted: Vec<String> = parsed.drafts.iter().map(sum).collect();
    assert_eq!(drafted, ["article|||公园开门|记者韩立|2p1h", "article|||摊主来讲|记者温庭|1p0h"]);
    assert_eq!(parsed.doubts.len(), 1);
}

#[test]
fn a_folio_without_a_year_takes_the_nearest() {
    let text = "第3版 副刊\n12月31日 星期三\n\n元旦前夜\n\n本报讯（记者 温庭）今夜灯火通明。";
    let parsed = parse(text);
    assert_eq!(parsed.issue_date, NaiveDate::from_ymd_opt(2024, 12, 31));
    assert_eq!(parsed.drafts.len(), 1);
}

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples")
}

fn sample(name: &str) -> Option<(Parsed, Value)> {
    let text = std::fs::read_to_string(samples().join(format!("{name}.txt"))).ok()?;
    let key = std::fs::read_to_string(samples().join(format!("{name}.key.json"))).ok()?;
    Some((parse(&text), serde_json::from_str(&key).unwrap()))
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Paragraphs of a body, tags and entities undone.
fn paragraphs(body: &str) -> Vec<String> {
    body.lines()
        .filter_map(|l| l.strip_prefix("<p>")?.strip_suffix("</p>"))
        .map(|p| p.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
        .collect()
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Compares a draft with its key: every field both have.
fn compare(draft: &Draft, key: &Value) {
    assert_eq!(draft.kind == Kind::Photo, key["kind"] == "photo", "{key:#}");
    assert_eq!(draft.headline.as_deref().map(bare), key["headline"].as_str().map(bare));
    assert_eq!(draft.columns, strings(&key["column"]), "{key:#}");
    if key.get("kicker").is_some() {
        assert_eq!(draft.kickers, strings(&key["kicker"]), "{key:#}");
    }
    let name = |a: &Value| (a["name"].as_str().map(str::to_owned), a["role"].as_str().map(str::to_owned));
    let names: Vec<_> = key["authors"].as_array().into_iter().flatten().map(name).filter(|n| n.0.is_some()).collect();
    let drafted: Vec<_> = draft.authors.iter().map(|a| (Some(a.name.clone()), a.role.clone())).collect();
    if key["kind"] == "photo" && key["credit"].is_string() {
        assert_eq!(drafted[0].0, names[0].0);
        assert_eq!(draft.captions[0].text, key["caption"].as_str().unwrap());
        assert_eq!(draft.captions[0].credit.as_deref(), key["credit"].as_str());
        return;
    }
    assert_eq!(drafted, names, "{key:#}");
    assert_eq!(draft.unit.as_deref(), key["unit"].as_str());
    let found = paragraphs(&draft.body);
    let mut wanted = key["paragraphs_if_5"].as_array().or(key["paragraphs"].as_array()).unwrap().iter();
    assert_eq!(found.len(), wanted.len(), "{:?}", draft.headline);
    for (paragraph, key) in found.iter().zip(&mut wanted) {
        assert!(paragraph.starts_with(key["first12"].as_str().unwrap()), "{paragraph}\n{key:#}");
        assert!(paragraph.ends_with(key["last12"].as_str().unwrap()), "{paragraph}\n{key:#}");
        assert_eq!(paragraph.chars().count() as u64, key["chars"].as_u64().unwrap(), "{paragraph}");
    }
}

#[test]
fn the_seed_page_as_its_key_says() {
    let Some((parsed, key)) = sample("seed-page") else { return };
    let items = key["items"].as_array().unwrap();
    assert_eq!(parsed.drafts.len(), items.len());
    assert_eq!(parsed.markup, Markup::Page);
    assert!(parsed.doubts.is_empty() && parsed.furniture.is_empty(), "{:?}", parsed.doubts);
    assert_eq!(parsed.issue_date, None);
    for (draft, item) in parsed.drafts.iter().zip(items) {
        compare(draft, item);
        let lines = draft.lines.map(|(first, last)| vec![first.into(), last.into()]);
        assert_eq!(lines.map(Value::Array).as_ref(), Some(&item["lines"]));
        assert_eq!(draft.dateline.as_deref(), item["dateline"]["text"].as_str());
        if item["kind"] == "article" {
            assert_eq!(draft.lead_in.as_deref(), item["byline_raw"].as_str());
        }
    }
    assert_eq!(parsed.drafts[8].captions[0].text, "顾官屯镇“四好农村路”");
}

#[test]
fn the_authored_pages_as_their_keys_say() {
    for name in ["zh/authored/a-front-page", "zh/authored/c-briefs", "zh/authored/d-agency"] {
        let Some((parsed, key)) = sample(name) else { continue };
        let items: Vec<&Value> =
            key["content"].as_array().unwrap().iter().filter(|item| item["kind"] != "furniture").collect();
        assert_eq!(parsed.drafts.len(), items.len(), "{name}");
        for (draft, item) in parsed.drafts.iter().zip(&items) {
            compare(draft, item);
            if item["kind"] == "article" {
                assert_eq!(draft.source.as_deref(), item["agency"].as_str());
                assert_eq!(draft.dateline.as_deref(), item["dateline"].as_str());
                assert_eq!(draft.subhead.as_deref(), strings(&item["subhead"]).first().map(String::as_str));
            }
        }
        let page = &key["page"];
        assert_eq!(parsed.folio_section.as_deref(), page["section"].as_str());
        assert_eq!(parsed.issue_date.map(|d| d.to_string()).as_deref(), page["issue_date"].as_str());
    }
}

/// Lines of the genre; `@` becomes a mark that no other line has.
const LINES: [&str; 44] = [
    "简讯",
    "■ 短讯@一句，农户满意。",
    "（記者張雅文）地鐵@通車。",
    "据新华社",
    "記者李大同／鹿港報導",
    "●城事",
    "摘自《云州日报》",
    "通讯员 林晓 摄影报道",
    "▲图@说明。",
    "灯@亮",
    "",
    "",
    "",
    "",
    "@",
    "短标题@号",
    "本报讯(记者 周岩)今天@开工。",
    "新华社北京8月11日电 题：论@",
    "本报记者 周岩 摄",
    "■ 本报记者 周岩",
    "8月1日,@号桥通车。 本报记者 顾长风 摄",
    "图为@号桥",
    "（下转第三版）",
    "01版 要闻",
    "责任编辑:沈棠",
    "来源：云州日报 @",
    "来源：@社",
    "更正",
    "相关链接",
    "2025年9月4日",
    "导读",
    "@的故事 02版",
    "“一句话没有说完@,",
    "他说：“@",
    "好。”",
    "　　缩进的一段@，很长很长，长到一行放不下而且还没有说",
    "完@。（记者 温庭）",
    "遗失声明",
    "某人遗失@，声明作废。",
    "——写在@之后",
    "目击",
    "清漪县@局",
    "【记者@报道】",
    "1.@",
];

proptest! {
    /// Whatever the text, every line is furniture or in a draft, and every mark is in exactly one of them.
    #[test]
    fn nothing_is_lost_and_nothing_is_doubled(picks in prop::collection::vec(0..LINES.len(), 0..40), blanks in any::<u64>()) {
        let mut text = String::new();
        for (at, pick) in picks.iter().enumerate() {
            text += &LINES[*pick].replace('@', &format!("Q{at}Z"));
            text += if blanks >> (at % 64) & 1 == 1 { "\n\n" } else { "\n" };
        }
        let Some(parsed) = page_or_article(&text) else { return Ok(()) };
        for (number, line) in (1_u32..).zip(text.split('\n')) {
            let furniture = parsed.furniture.contains(&number);
            let within = parsed.drafts.iter().any(|d| d.lines.is_some_and(|(a, b)| a <= number && number <= b));
            prop_assert!(line.trim().is_empty() || furniture || within, "line {} {:?} of\n{}", number, line, text);
            let Some(mark) = line.find('Q').and_then(|at| Some(&line[at..=at + line[at..].find('Z')?])) else { continue };
            let holders = parsed.drafts.iter().filter(|d| {
                let mut all = vec![d.body.clone()];
                all.extend(d.headline.iter().chain(&d.subhead).chain(&d.source).chain(&d.columns).chain(&d.kickers).cloned());
                all.extend(d.asides.iter().cloned());
                all.extend(d.captions.iter().map(|c| format!("{}{}", c.text, c.credit.as_deref().unwrap_or_default())));
                all.iter().any(|t| t.contains(mark))
            }).count();
            prop_assert_eq!(holders + usize::from(furniture), 1, "{} in\n{}", mark, text);
        }
        prop_assert_eq!(lost(&text, &parsed), "", "of\n{}", text);
    }

    /// No text makes it panic, and a text that is not blank always has a draft.
    #[test]
    fn any_text_is_read(text in "[\\PC\n\r　 （(）)“”。，,:：本报讯记者电月日版摄■]{0,200}") {
        let read = page_or_article(&text);
        if let Some(parsed) = &read {
            prop_assert_eq!(lost(&text.replace("\r\n", "\n").replace('\r', "\n"), parsed), "");
        }
        prop_assert_eq!(read.is_none_or(|parsed| parsed.drafts.is_empty()), !text.chars().any(|c| !c.is_whitespace() && !c.is_control() && !"\u{feff}\u{200b}\u{2060}".contains(c)));
    }
}

#[test]
fn short_pieces_under_the_head_of_a_part() {
    check(
        "A03 综合 二〇二五年九月六日 星期六\n\n市政协召开座谈会\n\n本报讯(记者 温庭)9月5日，市政协召开座谈会。\n\n会议要求，抓好落实。\n\n简讯\n\n\
         ● 东岭乡举办辣椒采摘节，吸引游客8000人次。\n● 清漪县新建农村公路120公里。\n\n■ 柳林街道开展消防演练。\n\n短波\n\n\
         市博物馆周末夜场开放\n\n即日起，市博物馆开放至21时。\n\n公交13路调整线路\n\n9月8日起，公交13路不再经停人民广场站。\n",
        &[
            "article|||市政协召开座谈会|记者温庭|2p0h",
            "article|||||1p0h",
            "article|||||1p0h",
            "article|||||1p0h",
            "article|||市博物馆周末夜场开放||1p0h",
            "article|||公交13路调整线路||1p0h",
        ],
    );
    let briefs = parse("简讯\n\n■ 秋粮收购启动，农户满意。\n\n■ 图书馆延长开放。\n");
    assert_eq!(briefs.drafts.len(), 2);
}

#[test]
fn folios_in_chinese_numerals() {
    for folio in ["二〇二五年七月二日 星期三 第三版 要闻", "云州日报 二○二五年七月二日 农历乙巳年六月初八 星期三"]
    {
        let parsed = parse(&format!("{folio}\n\n标题一句\n\n本报讯(记者 温庭)今天，会议召开。\n"));
        assert_eq!(parsed.issue_date, NaiveDate::from_ymd_opt(2025, 7, 2), "{folio}");
        assert_eq!(parsed.furniture, [1]);
    }
}

#[test]
fn pages_of_pictures_alone() {
    check(
        "图片新闻\n\n7月1日，市民在湿地公园赏荷。 本报记者 顾长风 摄\n\n▲7月1日，农民在田间插秧。\n通讯员 林晓 摄影报道\n",
        &["photo|图片新闻|||记者顾长风|1p0h", "photo||||通讯员林晓|1p0h"],
    );
}

#[test]
fn people_and_houses_on_their_own_lines() {
    check(
        "A04 国际 2025年9月6日 星期六\n\n●城事\n\n廟會登場\n\n記者李大同／鹿港報導\n\n鹿港廟會今天登場，道路交管三天。\n\n新線通車\n\n（記者張雅文）地鐵公司昨日宣布通車。\n\n某地发生地震\n\n据新华社东京9月5日电 某地5日发生地震。\n\n据新华社\n",
        &[
            "article|城事||廟會登場|記者李大同|1p0h",
            "article|||新線通車|記者張雅文|1p0h",
            "article|||某地发生地震||1p0h",
        ],
    );
    let verse = syndicated::parse::text::read(
        "夏夜\n\n□ 欧阳雪\n\n风从河面上来\n带着水草的味道\n等一盏灯亮起\n\n灯亮了\n像很多年前那样\n",
        "a",
        arrival(),
        chrono_tz::Asia::Shanghai,
    );
    assert!(verse.unwrap().drafts[0].body.contains("灯亮了<br>像很多年前那样"));
}

#[test]
fn a_page_longer_than_any_newspaper_is_taken_apart_too() {
    let paragraph = "今年以来,全市坚持问题导向,聚焦群众急难愁盼,推出一批务实举措。".repeat(40);
    let mut text = "2025年9月5日 星期五 A05 城事\n\n".to_owned();
    for number in 0..120 {
        text.push_str(&format!("第{number}所学校迎来新同学\n\n本报讯(记者 韩立){paragraph}\n\n"));
    }
    assert!(text.len() > 400_000);
    let parsed = super::keyed::read(&text);
    assert_eq!(parsed.drafts.len(), 120);
    assert!(parsed.drafts.iter().all(|draft| draft.authors.len() == 1));
}

/// Lines that stand under a headline, and whom they name: name, role and house.
#[test]
fn bylines_under_a_headline() {
    let cases = [
        ("江上新闻记者 段青", "段青 记者 江上新闻"),
        ("澜江晚报-江上新闻 记者 段青", "段青 记者 澜江晚报-江上新闻"),
        ("澜江快报+见习记者 段青", "段青 见习记者 澜江快报+"),
        ("澜江融媒记者 段青", "段青 记者 澜江融媒"),
        ("澜江日报全媒体首席记者 段青", "段青 全媒体首席记者 澜江日报"),
        ("澜江日报融媒体 段青", "段青  澜江日报融媒体"),
        ("本报记者 段青 采访对象供图", "段青 记者 本报"),
        ("本报记者 段青 图/受访者提供", "段青 记者 本报"),
        ("本报记者 段青 插画：彭越", "段青 记者 本报+彭越  "),
        ("记者 段青 市博物馆供图", "段青 记者 "),
        ("澜江学院副教授 段青", "段青 澜江学院副教授 "),
        ("詹青", "詹青  "),
        ("季小满", "季小满  "),
        ("段青 指导教师：何英", "段青  "),
        // What is no byline stays a headline's second line.
        ("一位晚报记者 段青", ""),
        ("优秀新闻记者 段青", ""),
        ("据说明天有雨", ""),
        ("名医专家 云集", ""),
        ("插画 古城", ""),
        ("季后赛", ""),
    ];
    for (line, expected) in cases {
        let text = format!(
            "A03 人文 2025年9月5日（周五）\n\n河湾的灯\n\n{line}\n\n第一班船离岸的时候，天还没有亮，河面上只有一盏灯。\n\n\
             鱼市开秤\n\n本报讯（记者 何苗）鱼市凌晨三点开秤，比去年早了一个小时。\n"
        );
        let parsed = parse(&text);
        let authors = &parsed.drafts[0].authors;
        let told = |part: &Option<String>| part.clone().unwrap_or_default();
        let found: Vec<String> =
            authors.iter().map(|a| format!("{} {} {}", a.name, told(&a.role), told(&a.affiliation))).collect();
        assert_eq!(found.join("+"), expected, "{line}");
        if !expected.is_empty() {
            assert_eq!(parsed.drafts[0].headline.as_deref(), Some("河湾的灯"), "{line}");
        }
        assert_eq!((parsed.drafts.len(), parsed.issue_date), (2, NaiveDate::from_ymd_opt(2025, 9, 5)), "{line}");
    }
}

/// A page of evening news with what stands between two reports.
fn evening(between: &str) -> String {
    format!(
        "澜江晚报 2025年9月5日 星期五 A06版 城事\n\n\
         老旧小区加装电梯提速\n\n本报讯（记者 林晓）记者9月4日获悉，今年全市老旧小区加装电梯已完工123部。\n\n{between}\n\n\
         下周起三条公交线路改道\n\n本报讯（记者 何苗）因道路施工，7路、19路、31路公交车临时改道。\n"
    )
}

/// Who wrote a piece may stand below it, with the house it was taken from, in the form of a lead-in, or over its headline.
#[test]
fn people_outside_of_their_pieces() {
    let text = "天刚亮，老周就提着竹篮来到井边，把落叶一片片捞起来。";
    for (piece, authors, source, doubted) in [
        (format!("古井巷的守井人\n\n{text}\n\n韩立（据新华社澜江电）"), "韩立", Some("新华社"), false),
        (format!("古井巷的守井人\n\n{text}\n\n韩立（综合新华社、中新社报道）"), "韩立", Some("新华社、中新社"), false),
        (format!("古井巷的守井人\n\n{text}\n\n（记者 韩立 摄影报道）"), "记者韩立", None, false),
        (format!("记者 韩立\n\n古井巷的守井人\n\n{text}"), "记者韩立", None, true),
        (format!("古井巷的守井人\n\n记者 韩立\n\n{text}"), "记者韩立", None, false),
    ] {
        let page = evening(&piece);
        let parsed = parse(&page);
        let drafts: Vec<String> = parsed.drafts.iter().map(sum).collect();
        assert_eq!(drafts[0], "article|||老旧小区加装电梯提速|记者林晓|1p0h");
        assert_eq!(drafts[1], format!("article|||古井巷的守井人|{authors}|1p0h"), "{piece}");
        assert_eq!(parsed.drafts[1].source.as_deref(), source, "{piece}");
        assert_eq!((drafts.len(), parsed.doubts.len()), (3, usize::from(doubted)), "{piece} {:?}", parsed.doubts);
        assert_eq!(lost(&page, &parsed), "");
    }
    // Under a report that nobody signs, the same line signs it.
    let page = evening(&format!("古井巷的守井人\n\n{text}\n\n记者 韩立\n\n摊位换了新棚\n\n{text}（记者 温庭）"));
    let drafts: Vec<String> = parse(&page).drafts.iter().map(sum).collect();
    assert_eq!(drafts[1], "article|||古井巷的守井人|记者韩立|1p0h");
}

/// What nobody would take for a subheading of the report above is not doubted: an announcement, what stands under the
/// standing head of an opinion, a headline with a quotation and then its byline below it.
#[test]
fn what_surely_opens_a_piece_raises_no_doubt() {
    for piece in [
        "更正\n\n本报昨日A03版《鱼市开秤》一文中，“凌晨三点”应为“凌晨四点”，特此更正。",
        "来论\n\n给修伞摊留个角落\n\n修伞、磨刀的小摊，如今要找上半天。城市很大，容得下一把小凳子。",
        "古井巷的守井人\n\n“我就想让孩子们知道，水是从哪儿来的。”\n\n本报记者 韩立\n\n天刚亮，老周就来到井边。",
    ] {
        let parsed = parse(&evening(piece));
        assert_eq!((parsed.drafts.len(), &parsed.doubts), (3, &vec![]), "{piece}");
    }
}

/// What stays with the article above, though it may well be another's, is doubted once.
#[test]
fn what_may_be_a_sidebar_is_doubted() {
    let forecast = "今天白天多云，气温22℃到29℃，北风3级，明天有小雨。";
    let cases = [
        (
            "钱从哪里来\n\n该项目中，老旧小区加装电梯的钱由居民出一点，全市财政补一点。（记者 林晓）\n\n\
             电梯谁来管\n\n电梯装好以后，由业委会请人维护，费用按楼层分摊。（记者 林晓）",
            3,
            "lines 7 to 7 stand over a section that the people of the article above sign again",
        ),
        (forecast, 2, "the forecast on line 7 has no headline"),
    ];
    for (piece, drafts, doubt) in cases {
        let page = evening(piece);
        let parsed = parse(&page);
        assert_eq!((parsed.drafts.len(), parsed.doubts.len()), (drafts, 1), "{:?}", parsed.doubts);
        assert!(parsed.doubts[0].contains(doubt), "{:?}", parsed.doubts);
        assert_eq!(lost(&page, &parsed), "");
    }
    // A report that speaks of the weather goes on with it.
    let page = evening("明日起降温\n\n本报讯（记者 韩立）气象台昨日发布预报，冷空气今晚到达。\n\n")
        .replace("今晚到达。", &format!("今晚到达。\n\n{forecast}"));
    assert_eq!(parse(&page).doubts, Vec::<String>::new());
}

/// At the foot stand what the house says of fees and rights, and the weather under a head of its own; an announcement says
/// the first of itself.
#[test]
fn the_foot_of_a_page() {
    let foot = "本版部分图文作者不详，请来函领取稿酬";
    let page =
        |last: &str| evening("摊位换了新棚\n\n本报讯（记者 韩立）昨日起，菜场换了新棚。") + "\n" + last;
    assert_eq!(parse(&page(foot)).furniture, [1, 15]);
    assert_eq!(parse(&page("本报作品欢迎转载，请注明出处，并与编辑部联系。")).furniture, [1, 15]);
    assert_eq!(
        parse(&page("天气\n今天 多云转雷阵雨 27℃～35℃ 东南风3级\n明天 阵雨转多云 26℃～33℃")).furniture,
        [1, 15, 16, 17]
    );
    let announced = parse(&page("征稿启事\n\n本报副刊面向读者征稿，千字以内，稿酬从优。"));
    assert_eq!((announced.furniture, announced.drafts.len()), (vec![1], 4));
}

/// A word for the kind of piece before a colon begins a headline, and what stands under it is its subhead.
#[test]
fn a_word_for_the_kind_of_piece_begins_a_headline() {
    for (heads, headline, subhead) in [
        ("特稿：老街最后的修伞匠\n\n七旬师傅守摊四十年", "特稿：老街最后的修伞匠", Some("七旬师傅守摊四十年")),
        ("人物：\n\n七旬师傅守摊四十年", "七旬师傅守摊四十年", None),
    ] {
        let parsed = parse(&evening(&format!("{heads}\n\n本报记者 韩立\n\n天刚亮，老周就来到井边。")));
        let draft = &parsed.drafts[1];
        assert_eq!((draft.headline.as_deref(), draft.subhead.as_deref()), (Some(headline), subhead));
    }
}

/// Of two lines between a headline that counts its poems and the first of them, the upper names the poet, by whatever name.
#[test]
fn a_poet_over_the_title_of_the_first_poem() {
    let page = |lines: &str| {
        format!(
            "副刊 2025年9月5日 星期五 A08版\n\n河边的秋日二首\n\n{lines}\n\n一树的黄\n比阳光更早\n抵达清晨的屋檐\n\n芦苇\n\n风吹过来\n它们低头\n又一起抬头\n\n\
             修伞记\n\n□欧阳雪\n\n弄堂口的修伞摊，摆了三十年。\n"
        )
    };
    for (lines, poet) in [("阿诺\n\n银杏", "阿诺"), ("陆 微\n\n渡头", "陆微"), ("银杏", "")] {
        let draft = &parse(&page(lines)).drafts[0];
        let names: Vec<&str> = draft.authors.iter().map(|author| author.name.as_str()).collect();
        assert_eq!((draft.headline.as_deref(), names.join("")), (Some("河边的秋日二首"), poet.to_owned()));
    }
}

/// A field right below a list is of the list.
#[test]
fn fields_below_a_list() {
    let page = evening(
        "体彩开奖\n\n排列3第298期 4 7 1\n排列5第298期 4 7 1 0 6\n前区 03 11 19 27 33 后区 02 08\n奖池：8.76亿元\n（以官方公告为准）",
    );
    let parsed = parse(&page);
    assert_eq!((parsed.drafts.len(), parsed.drafts[1].lines), (3, Some((7, 13))));
    assert_eq!(lost(&page, &parsed), "");
}

/// Between a headline and its byline stands a subhead, however wide, and a question is a headline over it.
#[test]
fn wide_subheads_over_a_byline() {
    let text = "天刚亮，老周就来到井边。\n\n编者按 本报今起讲述守井人的故事。";
    for (heads, headline, subhead) in [
        (
            "古井巷的守井人又添新伙伴\n\n全县修复古井三十六眼，二百四十名志愿者轮流值守水源地",
            "古井巷的守井人又添新伙伴",
            Some("全县修复古井三十六眼，二百四十名志愿者轮流值守水源地"),
        ),
        (
            "以案说法\n\n网购买到假古董，主播担不担责？\n\n法院：未尽审核义务 与商家连带赔偿",
            "网购买到假古董，主播担不担责？",
            Some("法院：未尽审核义务 与商家连带赔偿"),
        ),
    ] {
        let page = format!(
            "澜江晚报 2025年9月5日 星期五 A06版 城事\n\n{heads}\n\n本报记者 韩立\n\n{text}\n\n\
             下周起三条公交线路改道\n\n本报讯（记者 何苗）因道路施工，7路公交车临时改道。\n"
        );
        let parsed = parse(&page);
        let draft = &parsed.drafts[0];
        assert_eq!((draft.headline.as_deref(), draft.subhead.as_deref()), (Some(headline), subhead));
        assert_eq!((parsed.drafts.len(), &parsed.doubts), (2, &vec![]));
        assert!(draft.body.ends_with("<p>编者按 本报今起讲述守井人的故事。</p>\n"), "{}", draft.body);
        assert_eq!(lost(&page, &parsed), "");
    }
}

/// A letter and its answer are one piece: who asks is called by a surname, who answers signs with house and office.
#[test]
fn a_letter_and_the_lawyer_who_answers_it() {
    let page = evening(
        "借条写成欠条 时效大不一样\n\n读者来信：\n\n我借给同事五万元，他写了一张欠条，时效一样吗？\n\n海城 周先生\n\n律师回复：\n\n\
         两者不同，建议请对方补签一份借条。\n\n海泰律师事务所 律师 何英",
    );
    let parsed = parse(&page);
    let draft = &parsed.drafts[1];
    assert_eq!((draft.headline.as_deref(), parsed.drafts.len()), (Some("借条写成欠条 时效大不一样"), 3));
    let author = &draft.authors[..];
    assert_eq!(author.len(), 1, "{author:?}");
    assert_eq!(author[0].name, "何英");
    assert_eq!((author[0].role.as_deref(), author[0].affiliation.as_deref()), (Some("律师"), Some("海泰律师事务所")));
    assert!(draft.body.contains("<p>海城 周先生</p>"), "{}", draft.body);
    assert_eq!(lost(&page, &parsed), "");
}

/// What stands beside a code is of the page, and the article around it runs on.
#[test]
fn lines_beside_a_code() {
    let parsed = parse(&evening(
        "菜场换了新棚\n\n扫码看视频\n\n本报记者 韩立 视频 何英\n\n昨日起，菜场换了新棚。\n\n扫描二维码观看直播\n\n摊位由86个调整为72个。",
    ));
    let drafts: Vec<String> = parsed.drafts.iter().map(sum).collect();
    assert_eq!(drafts[1], "article|||菜场换了新棚|记者韩立+记者何英|2p0h");
    assert_eq!((drafts.len(), &parsed.furniture[..], &parsed.doubts), (3, &[1, 9, 15][..], &vec![]));
    // A headline that begins so is none.
    let headline = parse(&evening("扫码点餐藏了什么\n\n本报记者 韩立\n\n昨日起，菜场换了新棚。"));
    assert_eq!(headline.drafts[1].headline.as_deref(), Some("扫码点餐藏了什么"));
}

/// A bracket that a full line leaves open goes on below it, also behind a space.
#[test]
fn a_line_breaks_inside_a_bracket() {
    let page = "云河县报 2025年9月5日 星期五 第3版 乡村\n\n小院里的板凳会\n\u{3000}\u{3000}本报讯（记者 韩立）6月2日晚，村里的老戏台前，二\n\
                十多名村民坐着小板凳，你一言我一语，说的都是家\n门口的事：路灯不亮，水沟该清，井台该修一修了。\n\n农技110\n\
                \u{3000}\u{3000}问：玉米苗叶尖发黄、干枯是怎么回事？（云山乡\n\u{3000}读者\u{3000}老范）\n\
                \u{3000}\u{3000}答：近期干旱少雨，多是缺水引起的生理性干枯，也可\n能是苗期虫害。请拨开心叶检查，有黄褐色小虫即为\n\
                蓟马，须及时防治，隔七天再喷一次。\n";
    let bodies: String = parse(page).drafts.into_iter().map(|draft| draft.body).collect();
    assert!(bodies.contains("怎么回事？（云山乡读者\u{3000}老范）</p>\n<p>答："), "{bodies}");
}

/// Small advertisements, numbers to call and pictures of agencies that say by themselves what they are.
#[test]
fn what_is_told_by_one_line() {
    let report = "摊位换了新棚\n\n本报讯（记者 韩立 深圳报道）昨日起，菜场换了新棚。";
    let notice = "停水通知\n\n因改造施工，明日22时起滨江路停水，请提前储水。\n\n云州水务集团客服热线：0000-96390";
    let loss = "遗失 陈某身份证，号码0000123，声明作废。";
    let picture = "●游客昨日在古城体验龙舟竞渡。 中新社";
    let page = evening(&format!("{report}\n\n{picture}\n\n{notice}\n\n{loss}"));
    let parsed = parse(&page);
    let drafts: Vec<String> = parsed.drafts.iter().map(sum).collect();
    assert_eq!(drafts[1..3], ["article|||摊位换了新棚|记者韩立|1p0h", "photo|||||1p0h"]);
    assert_eq!((parsed.drafts[3].lines, &parsed.furniture[..]), (Some((13, 17)), &[1, 19][..]));
    assert_eq!(parsed.drafts[2].captions[0].credit.as_deref(), Some("中新社"));
    assert_eq!((drafts.len(), lost(&page, &parsed)), (5, String::new()));
    // Under the head of an announcement it is the announcement's text.
    assert_eq!(parse(&evening(&format!("声明\n\n{loss}"))).furniture, [1]);
}

/// Notices of books under their head are a piece of their own, below verse too.
#[test]
fn books_below_verse() {
    let parsed = parse(
        "副刊 2025年9月5日 星期五 A08版\n\n浣溪沙·处暑\n\n吴茗\n\n暑气将残夜渐凉，\n小荷初敛晚来香。\n一弯新月上回廊。\n\n\
         新书架\n\n《长街旧事》 沈渔 著 江南文艺出版社\n以一条老街的百年变迁为线索。\n\n\
         修伞记\n\n□欧阳雪\n\n弄堂口的修伞摊，摆了三十年。\n\n本版插图 何英",
    );
    let lines: Vec<_> = parsed.drafts.iter().map(|draft| draft.lines.unwrap()).collect();
    assert_eq!((lines, parsed.furniture), (vec![(3, 9), (11, 14), (16, 20)], vec![1, 22]));
}

/// What somebody else signs at its end is surely a piece of its own.
#[test]
fn a_piece_that_another_signs_raises_no_doubt() {
    let parsed =
        parse(&evening("食疗坊\n\n一碗萝卜羊肉汤\n\n羊肉切块，与姜片同入砂锅，小火炖一小时。\n\n（市中医院 方雅）"));
    let drafts: Vec<String> = parsed.drafts.iter().map(sum).collect();
    assert_eq!(drafts[1], "article||食疗坊|一碗萝卜羊肉汤|方雅|2p0h");
    assert_eq!((drafts.len(), &parsed.doubts), (3, &vec![]));
}

/// What stands over a text every day may be printed below its headline; a number counts the parts of what goes on for weeks.
#[test]
fn standing_heads_and_numbers_below_a_headline() {
    let page = |heads: &str| {
        format!(
            "云州日报 2025年9月6日 第2版\n\n{heads}\n\n本报讯（记者 林晓）老桥今天通车，两岸居民步行过江。\n\n\
             图书馆延长开放时间\n\n本报讯（记者 周岩）市图书馆今起开放到晚上九点。\n"
        )
    };
    let library = "article|||图书馆延长开放时间|记者周岩|1p0h";
    for (heads, bridge) in [
        ("老桥今天通车\n\n【民生关注】", "article|民生关注||老桥今天通车|记者林晓|1p0h"),
        ("老桥今天通车\n·一线见闻·", "article|一线见闻||老桥今天通车|记者林晓|1p0h"),
        ("头条\n\n老桥今天通车", "article|头条||老桥今天通车|记者林晓|1p0h"),
        ("老桥往事\n\n⑫", "article|||老桥往事|记者林晓|1p0h"),
        (
            "行进云州·大江两岸\n\n（系列报道之三）\n\n老桥今天通车",
            "article||行进云州·大江两岸+（系列报道之三）|老桥今天通车|记者林晓|1p0h",
        ),
        // Below another standing head or a name the bracketed words are the headline.
        ("民生关注\n\n【老桥通车】", "article|民生关注||【老桥通车】|记者林晓|1p0h"),
        ("市应急管理局\n\n【安全提示】", "article||市应急管理局|【安全提示】|记者林晓|1p0h"),
        // A headline that is longer than any standing head.
        ("好消息\n\n【老桥今天上午九时正式通车】", "article||好消息|【老桥今天上午九时正式通车】|记者林晓|1p0h"),
    ] {
        check(&page(heads), &[bridge, library]);
    }
}

/// Who signs a report with its pictures below it took none of its paragraphs; a caption opens as captions do.
#[test]
fn who_took_the_pictures_signs_below_the_text() {
    let page = |end: &str| {
        format!(
            "云州日报 2025年9月6日 第2版\n\n老桥今天通车\n\n本报讯（记者 林晓）老桥今天通车，两岸居民步行过江。\n\n\
             “等了两年。”居民何秀兰说。\n\n{end}\n\n图书馆延长开放时间\n\n本报讯（记者 周岩）市图书馆今起开放到晚上九点。\n"
        )
    };
    let library = "article|||图书馆延长开放时间|记者周岩|1p0h";
    let bridge = "article|||老桥今天通车|记者林晓+顾长风|2p0h";
    check(&page("摄影：顾长风"), &[bridge, library]);
    check(&page("（顾长风 摄影报道）"), &[bridge, library]);
    let photo = "photo||||顾长风|1p0h";
    check(&page("9月5日，居民走上老桥。\n\n摄影：顾长风"), &["article|||老桥今天通车|记者林晓|2p0h", photo, library]);
}

/// A name over somebody's name and a text is a title; so is what stands over a school and a name.
#[test]
fn titles_that_look_like_names() {
    check(
        "云州晚报 2025年9月6日 副刊\n\n老桥往事\n\n秦江\n\n老周第一次上船，是一九八八年的秋天。\n\n（未完待续）\n\n江边\n\n林晓\n\n\
         江水不说话\n它只是一遍一遍\n把石阶洗白\n\n冬日吃萝卜\n\n何田\n\n入冬以后，母亲总要腌一坛萝卜。\n",
        &["article|||老桥往事|秦江|2p0h", "article|||江边|林晓|1p0h", "article|||冬日吃萝卜|何田|1p0h"],
    );
    check(
        "云州晚报 2025年9月6日 评论\n\n辩论：手机该不该进校园\n\n正方\n\n手机是学习工具\n\n云州二中 吴思远\n\n查资料、背单词，一部手机就能做到。\n\n\
         反方\n\n课堂需要安静\n\n云州二中 何嘉\n\n只要有三个人在桌下刷视频，老师就得停下来。\n",
        &["article|正方|辩论：手机该不该进校园|手机是学习工具|吴思远|1p0h", "article|反方||课堂需要安静|何嘉|1p0h"],
    );
}

/// A line breaks within the brackets of a lead; papers have brackets of several kinds; Big5 has a stroke of its own.
#[test]
fn leads_in_other_brackets() {
    for (lead, authors) in [
        (
            "本报讯（记者 林晓 通讯员\n顾长风）老桥今天通车，两岸的居民步行过江，不少人天没亮就来到\n桥头等候，工作人员给大家递上热茶，孩子们举着小旗。",
            "记者林晓+通讯员顾长风",
        ),
        ("本报讯 〔特约记者 林晓 通讯员 顾长风〕老桥今天通车。", "特约记者林晓+通讯员顾长风"),
        ("〔記者林曉∕雲州報導〕老桥今天通车。", "記者林曉"),
        ("【特訊】老桥今天通车。", ""),
    ] {
        let text = format!(
            "云州日报 2025年9月6日 第2版\n\n老桥今天通车\n\n{lead}\n\n图书馆延长开放时间\n\n本报讯（记者 周岩）市图书馆今起开放到晚上九点。\n"
        );
        let bridge = format!("article|||老桥今天通车|{authors}|1p0h");
        check(&text, &[&bridge, "article|||图书馆延长开放时间|记者周岩|1p0h"]);
    }
}

/// A weather box names its places; what accounts on phones ask of their readers is the page's.
#[test]
fn weather_of_places_and_calls_to_readers() {
    let parsed = parse(
        "云州日报 2025年9月6日 第2版\n\n老桥今天通车\n\n本报讯（记者 林晓）老桥今天通车，江边气温16℃ 左右。\n\n今日天气\n\n\
         云州 多云转晴 8℃～17℃ 北风3级\n澜江 阴有小雨 6℃～13℃ 北风2级\n\n图书馆延长开放时间\n\n本报讯（记者 周岩）市图书馆今起开放到晚上九点。\n\n阅读原文\n",
    );
    assert_eq!(parsed.drafts.iter().map(|draft| draft.body.matches("<p>").count()).collect::<Vec<_>>(), [1, 1]);
    assert_eq!(parsed.furniture, [1, 7, 9, 10, 16]);
}

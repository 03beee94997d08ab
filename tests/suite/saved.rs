//! What Chinese newsrooms and offices save: accounts on phones, pages of word processors, notices, whole pages in every format.

use chrono::NaiveDate;
use syndicated::article::{Draft, When};

use crate::markdown::{read, read_bytes};
use crate::word::{Word, p, run, styled};

fn day(day: u32) -> Option<When> {
    NaiveDate::from_ymd_opt(2026, 6, day).map(When::Day)
}

fn names(draft: &Draft) -> Vec<&str> {
    draft.authors.iter().map(|author| author.name.as_str()).collect()
}

fn told(draft: &Draft) -> (&str, &str) {
    (draft.headline.as_deref().unwrap_or_default(), draft.subhead.as_deref().unwrap_or_default())
}

fn headlines(name: &str, text: &[u8]) -> Vec<String> {
    let parsed = read_bytes(name, text).unwrap();
    parsed.drafts.into_iter().map(|draft| draft.headline.unwrap_or_default()).collect()
}

const STORY: &str = "渡轮停航三个月之后，今天早晨六点四十分从北埠码头开出第一班，两岸居民又能坐船过江了。";
const MORE: &str = "“等了整整一个春天。”何秀兰说。";
const FOLIO: &str = "云州日报 2026年6月26日 星期五 第03版：民生";

#[test]
fn an_accounts_page_tells_who_wrote_it_and_calls_nobody() {
    let page = |above: &str, below: &str| {
        format!(
            "<html><head><meta property=\"og:title\" content=\"渡轮复航了\"><meta property=\"og:article:author\" content=\"阿渡\"><title></title></head>\
             <body><div id=\"img-content\"><h1 id=\"activity-name\">渡轮复航了</h1><div id=\"meta_content\">\
             <span id=\"copyright_logo\">原创</span> <span>阿渡</span> <span id=\"profileBt\"><a id=\"js_name\">北埠夜话</a></span>\
             <em id=\"publish_time\">2026年6月25日 21:03</em></div><div class=\"rich_media_content\" id=\"js_content\">\
             <section><p>{above}</p></section><section><p>{STORY}</p></section><section><p>{MORE}</p></section><section><p>{below}</p></section></div></div></body></html>"
        )
    };
    let draft = read("a.html", &page("点击上方<span>蓝字</span>关注我们", "长按识别二维码关注"));
    assert_eq!(names(&draft), ["阿渡"]);
    assert_eq!(draft.source.as_deref(), Some("北埠夜话"));
    assert!(!draft.body.contains("关注"), "{}", draft.body);
    assert!(draft.body.contains(STORY) && draft.body.contains(MORE), "{}", draft.body);
    // Nor is what only sounds like it lost.
    for said in ["点击率下降引关注", "扫码支付安全引发关注", "五十七年，他修好了半座城的时间。"]
    {
        let draft = read("a.html", &page(said, said));
        assert_eq!(draft.body.matches(said).count(), 2, "{}", draft.body);
    }
    // Copied out of it.
    let copied = format!(
        "点击上方“北埠夜话” 关注我们\n\n↑↑↑\n\n渡轮复航，江上又有了灯\n\n原创 阿渡 北埠夜话 2026年6月25日 18:30 湖北\n\n{STORY}\n\n{MORE}\n"
    );
    let draft = read("a.txt", &copied);
    assert_eq!((told(&draft).0, names(&draft)), ("渡轮复航，江上又有了灯", vec!["阿渡"]));
    assert_eq!(draft.source.as_deref(), Some("北埠夜话"));
    let exported = format!(
        "> 把北埠讲给你听\n\n# 渡轮复航\n\n原创 阿渡 北埠夜话 *2026年6月25日 07:12*\n\n{STORY}\n\n**点击下方名片，关注我们**\n"
    );
    let draft = read("a.md", &exported);
    assert_eq!((names(&draft), &draft.kickers[..]), (vec!["阿渡"], &["把北埠讲给你听".to_owned()][..]));
    assert!(!draft.body.contains("关注"), "{}", draft.body);
    let quoted = read("a.md", &format!("> 江要进来的时候，就让它进来。\n\n# 渡轮复航\n\n{STORY}\n"));
    assert!(quoted.kickers.is_empty() && quoted.body.contains("<blockquote>"), "{}", quoted.body);
}

#[test]
fn a_house_and_a_day_below_a_notice_are_its_own() {
    let notice =
        |below: &str| format!("停水公告\n\n因更换阀门，6月28日夜间对北埠片区暂停供水，请提前储水。\n\n{below}\n");
    for (below, house) in [
        ("云州市自来水有限公司\n\n2026年6月25日", "云州市自来水有限公司"),
        ("云州市水务局\n二〇二六年六月二十五日", "云州市水务局"),
        ("云 州 市 水 务 局\n2026年6月25日", "云州市水务局"),
    ] {
        let draft = read("a.txt", &notice(below));
        assert_eq!((draft.date, draft.source.as_deref()), (day(25), Some(house)), "{below}");
        assert!(draft.body.contains("日</p>"), "it stays: {}", draft.body);
    }
    let page =
        "<h1>停水公告</h1><p>因更换阀门，6月28日夜间对北埠片区暂停供水。</p><p>云州市水务局<br>2026年6月25日</p>";
    assert_eq!(read("a.html", page).date, day(25));
    // When something takes place, or took place long ago, or what nobody gave out.
    for below in ["云州市水务局\n2026年7月28日", "云州城墙建成于\n1371年6月25日", "何秀兰\n2026年6月25日"]
    {
        assert_eq!(read("a.txt", &notice(below)).date, None, "{below}");
    }
}

#[test]
fn heads_that_say_which_they_are() {
    let page = format!(
        "{FOLIO}\n\n引题：停航三个月\n主题：渡轮今晨复航\n副题：末班推迟到晚上九点\n\n本报讯（记者 林晓）{STORY}\n{MORE}\n\n\
         图书馆延长开放\n\n本报讯（记者 周岩）市图书馆今起开放到晚上九点，周末照常。\n"
    );
    let parsed = read_bytes("a.txt", page.as_bytes()).unwrap();
    let [ferry, library] = parsed.drafts.as_slice() else { panic!("{:#?}", parsed.drafts) };
    assert_eq!(
        (told(ferry), &ferry.kickers[..]),
        (("渡轮今晨复航", "末班推迟到晚上九点"), &["停航三个月".to_owned()][..])
    );
    assert_eq!(told(library), ("图书馆延长开放", ""));
    let single = read(
        "a.txt",
        &format!(
            "版次：A04\n版名：文化\n眉题：停航三个月\n主题：渡轮今晨复航\n副题：末班推迟\n作者：林晓\n\n{STORY}\n{MORE}\n"
        ),
    );
    assert_eq!((told(&single), names(&single)), (("渡轮今晨复航", "末班推迟"), vec!["林晓"]));
    assert!(!single.body.contains("A04") && single.body.contains(STORY), "{}", single.body);
    // Of an event it is what it is about.
    let event = format!("{FOLIO}\n\n读书会预告\n\n主题：江边的书\n时间：6月28日下午三时\n地点：市图书馆\n\n{MORE}\n");
    let parsed = read_bytes("a.txt", event.as_bytes()).unwrap();
    assert!(parsed.drafts.iter().any(|draft| draft.body.contains("主题：江边的书")), "{:#?}", parsed.drafts);
}

#[test]
fn an_unnamed_writer_below_two_heads_makes_them_no_verse() {
    let page = format!(
        "{FOLIO}\n\n渡轮今晨复航\n\n本报讯（记者 林晓）{STORY}\n\n云州评论\n让小事有着落\n□ 本报评论员\n\n把小事办好，靠的是一套办法，而不是一股热情。\n愿更多的部门弯下腰来。\n\n\
         书香校园\n读《江边的书》有感而发的札记\n□ 何英\n\n这本书写的是江边的人，也写江边的树。\n"
    );
    let parsed = read_bytes("a.txt", page.as_bytes()).unwrap();
    let [_, opinion, notes] = parsed.drafts.as_slice() else { panic!("{:#?}", parsed.drafts) };
    assert_eq!((told(opinion).0, &opinion.columns[..]), ("让小事有着落", &["云州评论".to_owned()][..]));
    assert_eq!((told(notes).0, &notes.kickers[..]), ("读《江边的书》有感而发的札记", &["书香校园".to_owned()][..]));
}

#[test]
fn crossheads_of_one_frame_and_the_text_of_a_box_stay_with_their_article() {
    let page = format!(
        "云州日报·2026-06-26·第03版·民生\n\n向新而行\n——云州制造业转型观察\n\n■本报记者 林晓\n\n走进云州轴承厂，最先让人注意到的是安静。\n\n\
         从“卖产品”到“卖服务”\n\n厂里给每套轴承装上了传感器，维修工已经上门。\n\n从“单打独斗”到“抱团转型”\n\n四十七家企业用上了同一个平台，小厂按月付费。\n\n\
         链接\n什么是“数智化”\n数智化是在数字化的基础上引入智能决策。\n\n渡轮今晨复航\n\n本报讯（记者 周岩）{STORY}\n"
    );
    let parsed = read_bytes("a.txt", page.as_bytes()).unwrap();
    let [feature, ferry] = parsed.drafts.as_slice() else { panic!("{:#?}", parsed.drafts) };
    assert_eq!(feature.body.matches("<h2>").count(), 4, "{}", feature.body);
    assert_eq!(told(ferry).0, "渡轮今晨复航");
    assert_eq!(parsed.issue_date, NaiveDate::from_ymd_opt(2026, 6, 26));
}

#[test]
fn a_line_that_stands_over_no_text_is_no_subheading() {
    let text = format!("渡轮今晨复航\n\n{STORY}\n\n▲第一班渡轮靠岸\n\n{MORE}\n\n江边小学五（2）班 何小英\n");
    let draft = read("a.txt", &text);
    assert!(!draft.body.contains("<h2>"), "{}", draft.body);
    assert!(draft.body.contains("<p>▲第一班渡轮靠岸</p>"), "{}", draft.body);
}

/// The articles of a page in Markdown and HTML: the folio a heading, in bold, or in the title; a picture; who edited it.
#[test]
fn a_page_under_whatever_stands_for_its_headings() {
    let both = vec!["渡轮今晨复航".to_owned(), "图书馆延长开放".to_owned()];
    let report = "本报讯（记者 周岩）市图书馆今起开放到晚上九点，周末照常。";
    let foot = "责任编辑：阮青 校对：宁远";
    let bold = format!(
        "云州日报\n\n**2026年6月26日 星期五　第03版　民生**\n\n**渡轮今晨复航**\n\n本报讯（记者 林晓）{STORY}\n\n**图书馆延长开放**\n\n{report}\n\n*{foot}*\n"
    );
    let headed = format!(
        "# {FOLIO}\n\n## 渡轮今晨复航\n\n本报讯（记者 林晓）{STORY}\n\n- 首班：六点四十分\n\n## 图书馆延长开放\n\n市图书馆内，读者正在看书。本报记者 周岩 摄\n\n- 周末照常\n\n{foot}\n"
    );
    let html = |title: &str, folio: &str, name: &str| {
        format!(
            "<html><head><title>{title}</title></head><body>{folio}<{name}>渡轮今晨复航</{name}><p>本报讯（记者 林晓）{STORY}</p><{name}>图书馆延长开放</{name}><p>{report}</p><p>{foot}</p></body></html>"
        )
    };
    let set = "<p><span lang=zh>云州日报 </span><span>2026</span><span lang=zh>年</span><span>6</span><span>月</span><span>26</span><span>日 第</span><span>03</span><span>版：民生</span></p>";
    for (name, text) in [
        ("a.md", bold),
        ("a.md", headed),
        ("a.html", html(FOLIO, "", "h1")),
        ("a.html", html("", set, "h2")),
        ("a.html", html("", &format!("<p>{FOLIO}</p>"), "p")),
    ] {
        let parsed = read_bytes(name, text.as_bytes()).unwrap();
        let headlines: Vec<String> =
            parsed.drafts.iter().map(|draft| draft.headline.clone().unwrap_or_default()).collect();
        assert_eq!(headlines, both, "{text}");
        assert_eq!(parsed.issue_date, NaiveDate::from_ymd_opt(2026, 6, 26), "{text}");
        let words: String = parsed.drafts.iter().map(|draft| syndicated::clean::text(&draft.body)).collect();
        assert!(!words.contains("阮青") && words.contains(STORY), "{words}");
        assert!(!text.contains("周末照常") || words.contains("周末照常"), "{words}");
        assert!(!text.contains("首班") || words.contains("首班"), "{words}");
    }
    // What stands in no paragraph, or says more than its words, is not read by them.
    for other in ["<div>票价两元</div>", "<table><tr><td>票价</td></tr></table>"] {
        let text = html("", &format!("<p>{FOLIO}</p>{other}"), "p");
        let parsed = read_bytes("a.html", text.as_bytes()).unwrap();
        assert!(parsed.drafts.iter().any(|draft| draft.body.contains("票价")), "{:#?}", parsed.drafts);
    }
    // A site's day in a title makes no page of an article and its parts.
    let article = html("渡轮今晨复航_云州日报_2026年6月26日", "", "h2");
    assert_eq!(headlines("a.html", article.as_bytes()).len(), 1);
}

#[test]
fn a_page_of_a_word_processor_has_its_headline_by_its_looks() {
    let line = |size: u8, words: &str| {
        format!("<p align=\"center\"><font size=\"6\" style=\"font-size: {size}pt\"><span>{words}</span></font></p>")
    };
    let page = |title: &str, head: &[String], rest: &str| {
        format!("<html><head><title>{title}</title></head><body>{}{rest}</body></html>", head.concat())
    };
    let rest = format!("<p>{STORY}</p><p>{MORE}</p>");
    let head = [
        line(26, "云州日报社"),
        line(14, "（新闻稿）"),
        line(22, "渡轮：</span></b><b><span>“第一班”开出"),
        line(16, "——探访北埠码头"),
        line(16, "本报记者 林晓"),
    ];
    let draft = read("a.html", &page("", &head, &rest));
    assert_eq!((told(&draft), names(&draft)), (("渡轮：“第一班”开出", "——探访北埠码头"), vec!["林晓"]));
    assert_eq!(draft.source.as_deref(), Some("云州日报社"));
    assert_eq!(syndicated::clean::text(&draft.body).split_whitespace().collect::<String>(), format!("{STORY}{MORE}"));
    // One that has a title, or is centred as a whole, is what it was.
    let titled = read("a.html", &page("江上的灯", &head, &rest));
    assert_eq!(told(&titled).0, "江上的灯");
    let poem = read("a.html", &page("", &[line(16, "船来了"), line(16, "又走了"), line(16, "水面合拢")], ""));
    assert!(poem.body.contains("船来了") && poem.body.contains("水面合拢"), "{}", poem.body);
}

#[test]
fn an_offices_page_in_a_table_is_unfolded_and_other_tables_stay() {
    let page = |attributes: &str, rows: &str| {
        format!(
            "<title>我市召开供水会-云州市政府网</title><table {attributes}><tr><td align=center><b><font size=5>我市召开供水会</font></b></td></tr>{rows}</table>"
        )
    };
    let rows = format!(
        "<tr><td align=center>日期：2026-06-25&nbsp;&nbsp;作者：林晓&nbsp;&nbsp;来源：云州日报&nbsp;&nbsp;点击：33</td></tr>\
         <tr><td>　　{STORY}{MORE}<br>　　各区县负责人参加会议。</td></tr><tr><td>【<a href=#>打印</a>】【<a href=#>关闭</a>】</td></tr>\
         <tr><td>上一篇：<a href=1.html>无</a><br>下一篇：<a href=2.html>市领导调研</a></td></tr>"
    );
    let draft = read("a.html", &page("width=80%", &rows));
    assert_eq!((draft.date, names(&draft)), (day(25), vec!["林晓"]));
    assert_eq!(draft.source.as_deref(), Some("云州日报"));
    let words = syndicated::clean::text(&draft.body);
    let words: Vec<&str> = words.split_whitespace().collect();
    assert_eq!(words.concat(), format!("{STORY}{MORE}各区县负责人参加会议。"));
    // With borders, or with two cells in a row.
    let fares = format!("<tr><td>{STORY}{MORE}</td></tr><tr><td>成人</td><td>两元</td></tr>");
    for (attributes, rows) in [("border=1", rows.as_str()), ("", fares.as_str())] {
        assert!(read("a.html", &page(attributes, rows)).body.contains("<table"), "{attributes}{rows}");
    }
}

#[test]
fn what_programs_write_into_pages_is_no_day_and_no_headline() {
    let typed = format!(
        "<html><head><title>- no title specified</title><meta name=\"DCTERMS.source\" content=\"http://xml.openoffice.org/odf2xhtml\"/>\
         <meta name=\"DCTERMS.issued\" content=\"2013-12-23T23:15:00\"/></head><body><p>{STORY}</p></body></html>"
    );
    let draft = read("a.html", &typed);
    assert_eq!(draft.date, None);
    assert!(!draft.headline.unwrap_or_default().contains("no title"));
    let pandoc = format!(
        "<title>渡轮今晨复航</title><header id=\"title-block-header\"><h1 class=\"title\">渡轮今晨复航</h1><p class=\"author\">林晓</p><p class=\"date\">2026年6月25日</p></header><p>{STORY}</p>"
    );
    assert_eq!(read("a.html", &pandoc).date, day(25));
    let ruby = format!("<h1><ruby>茌<rp>(</rp><rt>chí</rt><rp>)</rp></ruby>平的“茌”怎么读</h1><p>{STORY}</p>");
    assert_eq!(told(&read("a.html", &ruby)).0, "茌平的“茌”怎么读");
    let written = read("a.md", &format!("# 关于学风的思考\n\n作者：林晓\n二〇二六年六月二十五日\n\n{STORY}\n"));
    assert_eq!((written.date, names(&written)), (day(25), vec!["林晓"]));
    let county =
        read("a.txt", &format!("红马甲敲开独居老人门\n\n青石县融媒体中心讯（记者 林晓 通讯员 周岩）{STORY}\n"));
    assert_eq!(names(&county), ["林晓", "周岩"]);
}

fn sized(size: u8, words: &str) -> String {
    format!("<w:p>{}</w:p>", run(&format!("<w:sz w:val=\"{size}\"/>"), words))
}

#[test]
fn a_page_in_word_by_styles_or_by_sizes() {
    let report = "本报讯（记者 周岩）市图书馆今起开放到晚上九点，周末照常。";
    let ferry = format!("本报讯（记者 林晓）{STORY}");
    let foot = "责任编辑：阮青 校对：宁远";
    let styles = [
        p("云州日报 2026年6月26日 第03版 民生"),
        styled("berschrift1", "渡轮今晨复航"),
        p(&ferry),
        styled("berschrift1", "图书馆延长开放"),
        p(report),
        p(foot),
    ];
    let sizes = [
        sized(21, FOLIO),
        sized(44, "渡轮今晨复航"),
        sized(32, "末班推迟到晚上九点"),
        sized(28, &ferry),
        sized(28, MORE),
        sized(44, "图书馆延长开放"),
        sized(28, report),
        sized(21, foot),
    ];
    // The line below a large one may be as large as the text.
    let level = sizes.concat().replace("\"28\"", "\"32\"");
    for body in [styles.concat(), sizes.concat(), level] {
        let parsed = read_bytes("整版稿件.docx", &Word::new(&body).bytes()).unwrap();
        let told: Vec<&str> = parsed.drafts.iter().map(|draft| told(draft).0).collect();
        assert_eq!(told, ["渡轮今晨复航", "图书馆延长开放"], "{body}");
        assert_eq!(parsed.issue_date, NaiveDate::from_ymd_opt(2026, 6, 26));
        let has_subhead = body.contains("末班推迟");
        assert_eq!(self::told(&parsed.drafts[0]).1 == "末班推迟到晚上九点", has_subhead);
        assert!(parsed.drafts.iter().all(|draft| !draft.body.contains("阮青")), "{:#?}", parsed.drafts);
    }
}

#[test]
fn a_form_of_the_newsroom_states_and_is_not_published() {
    let cell = |words: &str| format!("<w:tc>{}</w:tc>", p(words));
    let row = |cells: &[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(|words| cell(words)).collect::<String>());
    let form = |title: &str| {
        let rows = [row(&["标题", "渡轮今晨复航", "栏目", "民生"]), row(&["作者", "林晓", "日期", "2026-06-25"])];
        let body = format!("{}<w:tbl>{}</w:tbl>{}{}", p(title), rows.concat(), p(STORY), p(MORE));
        Word::new(&body).read().unwrap().drafts.remove(0)
    };
    let draft = form("稿件审批表");
    assert_eq!((told(&draft).0, names(&draft), draft.date), ("渡轮今晨复航", vec!["林晓"], day(25)));
    assert!(!draft.body.contains("审批表") && draft.body.contains(STORY), "{}", draft.body);
    // Any other line above it is not lost.
    let other = form("北埠见闻");
    assert!(told(&other).0 == "北埠见闻" || other.body.contains("北埠见闻"), "{other:#?}");
    let plain = read("a.txt", &format!("渡轮今晨复航\n\n（新闻稿）\n\n{STORY}\n\n{MORE}\n"));
    assert!(plain.authors.is_empty(), "{plain:#?}");
    let release = [
        sized(52, "云州日报社"),
        sized(28, "（新闻稿）"),
        sized(44, "渡轮今晨复航"),
        sized(32, STORY),
        sized(32, MORE),
    ];
    let draft = Word::new(&release.concat()).read().unwrap().drafts.remove(0);
    assert_eq!((told(&draft).0, draft.source.as_deref()), ("渡轮今晨复航", Some("云州日报社")));
    assert!(!draft.body.contains("新闻稿") && draft.kickers.is_empty(), "{draft:#?}");
}

#[test]
fn one_article_below_a_folio_has_its_day_and_section() {
    let text = format!("**渡轮今晨复航**\n\n本报记者 林晓\n\n{STORY}\n\n**一盏灯**\n\n{MORE}\n");
    for text in [
        format!("{FOLIO}\n\n{text}"),
        format!("# {FOLIO}\n\n{text}"),
        format!("云州日报\n\n{FOLIO}\n\n# 渡轮今晨复航\n\n{STORY}\n"),
    ] {
        let parsed = read_bytes("a.md", text.as_bytes()).unwrap();
        let [draft] = parsed.drafts.as_slice() else { panic!("{text}") };
        assert_eq!(told(draft).0, "渡轮今晨复航", "{text}");
        assert_eq!(
            (parsed.issue_date, parsed.folio_section.as_deref()),
            (NaiveDate::from_ymd_opt(2026, 6, 26), Some("民生"))
        );
        assert!(!draft.body.contains("第03版") && draft.body.contains(STORY), "{}", draft.body);
    }
}

#[test]
fn what_is_set_like_names_and_is_none() {
    // Whom a letter calls on, and a house set wide.
    let letter = read("a.txt", &format!("给江城的一封信\n\n江城：\n\n{STORY}\n\n此致\n敬礼\n"));
    assert!(letter.authors.is_empty() && letter.body.contains("江城："), "{letter:#?}");
    let people = read("a.txt", &format!("渡轮今晨复航\n\n林 晓 周 岩\n\n{STORY}\n"));
    assert_eq!(names(&people), ["林晓", "周岩"]);
    // A machine's number for its editor, and the line that names the writer.
    let page = format!(
        "<meta name=author content=104892><h1>渡轮今晨复航</h1><p class=author>本报记者　林晓</p><div class=rm_txt_con><p>{STORY}</p></div>"
    );
    assert_eq!(names(&read("a.html", &page)), ["林晓"]);
    let centred = format!(
        "<title>渡轮今晨复航 - 云州日报网</title><center><h2>渡轮今晨复航</h2><p>本报记者 林晓</p><p>{STORY}</p></center>"
    );
    assert_eq!(names(&read("a.html", &centred)), ["林晓"]);
}

#[test]
fn what_goes_with_a_notice_and_what_a_folio_of_taiwan_says() {
    let page = format!(
        "自由時報 2026/6/26 星期五 A12 地方新聞\n\n关于公布十佳志愿者的通知\n\n经评选，现将十佳志愿者名单予以公布。\n附：名单\n林晓　周岩　何秀兰　欧阳雪　田文宾\n赵一　钱二　孙三　李四　王五\n\n云州市文明办\n二〇二六年六月二十五日\n\n渡輪復航\n\n【明報專訊】{STORY}\n"
    );
    let parsed = read_bytes("a.txt", page.as_bytes()).unwrap();
    let [notice, ferry] = parsed.drafts.as_slice() else { panic!("{:#?}", parsed.drafts) };
    assert!(notice.body.contains("附：名单") && notice.body.contains("何秀兰"), "{}", notice.body);
    assert_eq!(ferry.source.as_deref(), Some("明報"));
    assert_eq!(parsed.issue_date, NaiveDate::from_ymd_opt(2026, 6, 26));
}

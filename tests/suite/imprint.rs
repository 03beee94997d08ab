//! The lines above a story: when it came out and who wrote it, in every format that has none of its own for that; the head of a
//! mail that a text was copied out of; what stands above and below Korean and Japanese dispatches.

use chrono::NaiveDate;
use syndicated::article::{Draft, When};

use super::agency::{at, draft, names, read, refusal};

/// A time in Shanghai, where the tests' newsroom is.
fn time(text: &str) -> Option<When> {
    Some(When::Instant(at(&format!("{text}:00+08:00"))))
}

fn day(year: i32, month: u32, day: u32) -> Option<When> {
    Some(When::Day(NaiveDate::from_ymd_opt(year, month, day).unwrap()))
}

/// The day or time that a text says of its publication; a day ahead of its arrival holds nothing back.
fn said(draft: &Draft) -> Option<When> {
    draft.date.or(draft.date_in_name.map(When::Day))
}

/// The words of the body.
fn words(draft: &Draft) -> String {
    syndicated::clean::text(&draft.body).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_line_says_when_a_story_came_out_in_many_languages() {
    for (line, published, updated) in [
        ("Published 2 July 2026", day(2026, 7, 2), None),
        ("Published: July 2, 2026 at 10:30 am", time("2026-07-02T10:30"), None),
        ("First published on Thu 2 Jul 2026 10.30 GMT", Some(When::Instant(at("2026-07-02T10:30:00Z"))), None),
        ("Posted on July 2, 2026 | Updated July 3, 2026", day(2026, 7, 2), day(2026, 7, 3)),
        ("Veröffentlicht am 1. Juli 2026", day(2026, 7, 1), None),
        ("Veröffentlicht am Mittwoch, 1. Juli 2026, 8.30 Uhr", time("2026-07-01T08:30"), None),
        ("Stand: 01.07.2026, 08:30 Uhr", None, time("2026-07-01T08:30")),
        (
            "Publié le 12 mars 2026 à 10h30, mis à jour le 12 mars 2026 à 11h15",
            time("2026-03-12T10:30"),
            time("2026-03-12T11:15"),
        ),
        ("Publié le jeudi 12 mars 2026 à 10 h 30", time("2026-03-12T10:30"), None),
        ("Publicado el 1 de julio de 2026 a las 10:00", time("2026-07-01T10:00"), None),
        ("Publicado em 1 de julho de 2026 às 10h30", time("2026-07-01T10:30"), None),
        ("Pubblicato il 12 marzo 2026 alle ore 10:30", time("2026-03-12T10:30"), None),
        ("Gepubliceerd op 1 juli 2026 om 08:30", time("2026-07-01T08:30"), None),
        ("Publicerad 1 juli 2026 kl. 08.30", time("2026-07-01T08:30"), None),
        ("Опубликовано: 2 июля 2026, 10:30", time("2026-07-02T10:30"), None),
        ("입력 2026.07.02 10:30", time("2026-07-02T10:30"), None),
    ] {
        let text = format!("A headline of some words\n\n{line}\n\nThe story begins here. It has two sentences.\n");
        let html = format!(
            "<h1>A headline</h1><figure><img src=\"https://x.example/a.jpg\"></figure><p class=d><em>{line}</em></p><p>The story begins here.</p>"
        );
        let markdown = format!("# A headline\n\n_{line}_\n\nThe story begins here.\n");
        for (name, text) in [("a.txt", &text), ("a.html", &html), ("a.md", &markdown)] {
            let draft = draft(name, text);
            assert_eq!((draft.date, draft.updated), (published, updated), "{name}: {line}");
            assert!(words(&draft).trim().starts_with("The story begins"), "{name}: {line}: {}", draft.body);
        }
    }
}

#[test]
fn a_byline_above_a_story_names_its_writers_in_every_format() {
    for (lines, expected, published) in [
        (vec!["By Ana Kos, 3 April 2026"], vec!["Ana Kos"], day(2026, 4, 3)),
        (vec!["By Ana Kos and Tom Lee | Published 3 April 2026"], vec!["Ana Kos", "Tom Lee"], day(2026, 4, 3)),
        (vec!["By Ana Kos", "3 April 2026"], vec!["Ana Kos"], day(2026, 4, 3)),
        (vec!["Published on 3 April 2026 by Ana Kos"], vec!["Ana Kos"], day(2026, 4, 3)),
        (vec!["Par Élodie Martin", "Publié le 12 mars 2026"], vec!["Élodie Martin"], day(2026, 3, 12)),
        (vec!["Autor: Jens Roth"], vec!["Jens Roth"], None),
        (vec!["Por: Carmen Vega y Luis Gil"], vec!["Carmen Vega", "Luis Gil"], None),
        (vec!["Автор: Ирина Белова"], vec!["Ирина Белова"], None),
        (vec!["Írta: Szűcs Gergő"], vec!["Szűcs Gergő"], None),
    ] {
        let text = format!("A headline of some words\n\n{}\n\nThe story begins here. It goes on.\n", lines.join("\n"));
        let html = format!(
            "<h1>A headline</h1><div><p><b>{}</b></p><p>The story begins here.</p></div>",
            lines.join("<br>\n")
        );
        let markdown = format!("# A headline\n\n**{}**\n\nThe story begins here.\n", lines.join("**  \n**"));
        for (name, text) in [("a.txt", &text), ("a.html", &html), ("a.md", &markdown)] {
            let draft = draft(name, text);
            assert_eq!((names(&draft), draft.date), (expected.clone(), published), "{name}: {lines:?}");
            assert!(words(&draft).trim().starts_with("The story begins"), "{name}: {lines:?}: {}", draft.body);
        }
    }
}

#[test]
fn what_only_looks_like_such_a_line_stays() {
    for line in [
        "Published authors meet in Oslo on 3 July 2026.",
        "Updated rules of 3 July 2026 are out, said the mayor.",
        "12 July 2027",
        "Stand: ein Wort, das vieles heißt.",
        "Posted to the front in 1916, he wrote home.",
        "By Grand Central Station I sat down.",
    ] {
        for (name, text) in [
            ("a.txt", format!("A headline of some words\n\n{line}\n\nThe story begins here. It goes on.\n")),
            ("a.html", format!("<h1>A headline</h1><p>{line}</p><p>The story begins here.</p>")),
            ("a.md", format!("# A headline\n\n{line}\n\nThe story begins here.\n")),
        ] {
            let draft = draft(name, &text);
            assert_eq!((names(&draft), draft.date, draft.updated), (vec![], None, None), "{name}: {line}");
            assert!(words(&draft).contains(line), "{name}: {line}: {}", draft.body);
        }
    }
    // Where the head says otherwise, nobody knows which is right, and readers see both.
    let draft = draft("a.md", "---\ndate: 2026-05-01\nauthor: Ann Lee\n---\nBy Tom Fox\n\nText.\n");
    assert_eq!((names(&draft), draft.date), (vec!["Ann Lee"], day(2026, 5, 1)));
    assert!(words(&draft).contains("By Tom Fox"));
}

#[test]
fn who_signs_below_a_text_is_its_author_and_its_headline_stays_above() {
    let text = "Мост откроют в августе\n\nСАРАТОВ, 2 июля. /ТАСС/. Новый мост через Волгу откроют в августе, сообщил губернатор.\n\n\
                Строительство длилось четыре года.\n\nАвтор: Ирина Белова\n";
    let draft = draft("a.txt", text);
    assert_eq!(draft.headline.as_deref(), Some("Мост откроют в августе"));
    assert_eq!((names(&draft), draft.kickers.len()), (vec!["Ирина Белова"], 0));
    assert!(words(&draft).ends_with("Автор: Ирина Белова"), "{}", draft.body);
}

#[test]
fn a_word_for_the_kind_of_piece_is_no_headline() {
    for word in ["KOMMENTAR", "Leitartikel:", "Opinion", "ENTREVISTA"] {
        let draft = draft(
            "a.txt",
            &format!("{word}\n\nThe bridge is not the problem\n\nWho shuts it must say how to cross.\n"),
        );
        assert_eq!(draft.headline.as_deref(), Some("The bridge is not the problem"));
        assert_eq!(draft.kickers, [word]);
    }
    let draft = draft("a.txt", "Opinion\n\n");
    assert!(words(&draft).contains("Opinion") || draft.headline.as_deref() == Some("Opinion"));
}

#[test]
fn a_houses_name_below_a_byline_is_no_text() {
    let draft = draft(
        "a.txt",
        "Dam repair to take two years\n\nBy JUNE CARVER\nValley Wire Service\n\nMILLBROOK, Ohio (VWS) — Repairs will take two years, engineers told residents.\n",
    );
    assert_eq!(names(&draft), ["June Carver"]);
    assert_eq!(draft.authors[0].affiliation.as_deref(), Some("Valley Wire Service"));
    assert_eq!(draft.dateline.as_deref(), Some("MILLBROOK, Ohio (VWS)"));
    assert!(words(&draft).starts_with("MILLBROOK"), "{}", draft.body);
}

#[test]
fn initials_of_desks_are_not_for_readers() {
    for last in ["ylg/ab/cd", "ri/mm"] {
        let draft =
            draft("a.txt", &format!("Port reopens\n\nBrest, 2 juil 2026 (AFP) - Le port a rouvert.\n\n{last}\n"));
        assert!(!words(&draft).contains(last), "{}", draft.body);
    }
    assert!(words(&draft("a.txt", "Fast\n\nIt went at 90.\n\nkm/h\n")).contains("km/h"));
}

#[test]
fn the_head_of_a_mail_is_not_published() {
    for (head, subject) in [
        (
            "From: Ruth Adeyemi <ruth@post.example>\nTo: desk@post.example\nDate: Thu, 02 Jul 2026 18:04:11 +0100\n\
             Subject: Fwd: Re: Library to open\n on Sundays\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n",
            "Library to open on Sundays",
        ),
        (
            "Von: Hanna Kofler <hk@np.example>\nGesendet: Donnerstag, 2. Juli 2026 18:04\nAn: Redaktion\nBetreff: WG: Freibad öffnet früher\n",
            "Freibad öffnet früher",
        ),
        (
            "---------- Forwarded message ---------\n\n*De :* Yann Le Goff <y@x.example>\n*Envoyé :* jeudi 2 juillet 2026\n*À :* Desk\n*Objet :* TR : Le port rouvre\n",
            "Le port rouvre",
        ),
        (
            "发件人: 林晓 <l@x.example>\n发送时间: 2026年7月2日 18:04\n收件人: 编辑部\n主题: 转发: 渡轮复航\n",
            "渡轮复航",
        ),
        ("差出人：山田太郎\n日時：2026年7月2日\n宛先：編集部\n件名：Fw: 橋が開通\n", "橋が開通"),
    ] {
        let text = format!("{head}\nThe central library will open, the council said.\n\nStaff will be paid.\n");
        let parsed = read("a.txt", &text).unwrap();
        let draft = &parsed.drafts[0];
        assert_eq!(draft.headline.as_deref(), Some(subject));
        assert_eq!(words(draft), "The central library will open, the council said. Staff will be paid.");
        let lines = head.lines().filter(|line| !line.trim().is_empty()).count();
        assert_eq!(parsed.furniture.len(), lines, "{:?}", parsed.furniture);
        assert_eq!(names(draft), Vec::<&str>::new(), "who sends a text need not have written it");
    }
    // Outlook writes above it whose mailbox it is; a page has it in lines or in a table.
    let owned =
        read("a.txt", "Ruth Adeyemi\n\nFrom: A <a@x.example>\nTo: B\nSubject: Library to open\n\nIt will open.\n")
            .unwrap();
    assert_eq!(owned.drafts[0].headline.as_deref(), Some("Library to open"));
    for head in [
        "<p><b>From:</b> A &lt;a@x.example&gt;<br><b>Sent:</b> 2 July 2026<br><b>To:</b> B<br><b>Subject:</b> Library to open</p>",
        "<table><tr><td><b>Subject: </b>Library to open</td></tr><tr><td><b>From: </b>A &lt;a@x.example&gt;</td></tr></table>\
         <table><tr><td><b>To: </b>B</td></tr></table>",
    ] {
        let read = draft("a.html", &format!("<title>Library to open</title><body>{head}<p>It will open.</p>"));
        assert_eq!((read.headline.as_deref(), words(&read).as_str()), (Some("Library to open"), "It will open."));
    }
    let table = draft(
        "a.html",
        "<h1>Trains</h1><table><tr><td>From: Oslo</td></tr><tr><td>To: Bergen</td></tr></table><p>It is back.</p>",
    );
    assert!(words(&table).contains("Oslo"));
    // The text's own headline outranks the subject.
    let own = draft(
        "a.txt",
        "From: A <a@x.example>\nSubject: text for tomorrow\nTo: B\n\nFerry returns to the Lan\n\nIt sails again.\n",
    );
    assert_eq!(own.headline.as_deref(), Some("Ferry returns to the Lan"));
    // No mail.
    assert!(words(&draft("a.txt", "From: Oslo\nTo: Bergen\n\nThe night train is back.\n")).contains("Oslo"));
    let coded = "From: a@x.example\nSubject: x\nContent-Type: multipart/mixed; boundary=q\n\n--q\nSGVsbG8=\n";
    assert!(refusal("a.txt", coded).reason.contains("mail"));
}

#[test]
fn datelines_of_korean_houses_name_place_house_and_reporters() {
    for (lead, place, house, people) in [
        ("[서울=뉴스1] 김민수 기자 = ", Some("서울"), "뉴스1", vec!["김민수"]),
        ("(부산=연합뉴스) 이서연 박준호 기자 = ", Some("부산"), "연합뉴스", vec!["이서연", "박준호"]),
        ("[서울=뉴시스]최은영 기자 = ", Some("서울"), "뉴시스", vec!["최은영"]),
        ("(워싱턴=연합뉴스) 한지민 특파원 = ", Some("워싱턴"), "연합뉴스", vec!["한지민"]),
        ("[한강일보=김민수 기자] ", None, "한강일보", vec!["김민수"]),
        ("[이데일리 김민수 기자] ", None, "이데일리", vec!["김민수"]),
        ("(서울=연합뉴스) ", Some("서울"), "연합뉴스", vec![]),
    ] {
        let draft = draft(
            "a.txt",
            &format!("한강 수위 상승\n\n{lead}서울시는 2일 보행을 통제한다고 밝혔다.\n\n시는 곧 풀 예정이다.\n"),
        );
        assert_eq!(draft.headline.as_deref(), Some("한강 수위 상승"));
        assert_eq!((draft.dateline.as_deref(), draft.source.as_deref()), (place, Some(house)), "{lead}");
        assert_eq!((names(&draft), draft.lead_in.as_deref()), (people, Some(lead.trim())), "{lead}");
        assert!(syndicated::clean::summary(&draft).starts_with("서울시는"), "{lead}");
    }
    for odd in ["[앵커] 안녕하십니까. ", "(사진=시민 제공) ", "[속보] "] {
        let draft = draft("a.txt", &format!("한강 수위 상승\n\n{odd}서울시는 2일 보행을 통제한다고 밝혔다.\n"));
        assert_eq!((draft.dateline, draft.source, draft.authors.len()), (None, None, 0), "{odd}");
    }
}

#[test]
fn what_stands_below_a_korean_text_is_not_for_readers() {
    let text = "부산항 물동량 증가\n\n부산항의 물동량이 3% 늘었다.\n\n공사는 2일 이같이 밝혔다.\n\n이서연 기자 sy@news.example\n\n\
                ▶제보는 카카오톡\n<저작권자(c) 연합뉴스, 무단 전재-재배포 금지>\n2026/07/02 10:30 송고\n";
    let draft = draft("a.txt", text);
    assert_eq!(words(&draft), "부산항의 물동량이 3% 늘었다. 공사는 2일 이같이 밝혔다.");
    assert_eq!((names(&draft), draft.date), (vec!["이서연"], time("2026-07-02T10:30")));
}

#[test]
fn datelines_of_japanese_papers_name_place_and_house() {
    for (lead, place, house, people) in [
        ("【東京=共同】", Some("東京"), Some("共同"), vec![]),
        ("【ワシントン共同】", Some("ワシントン"), Some("共同"), vec![]),
        ("【ロンドン時事】", Some("ロンドン"), Some("時事"), vec![]),
        ("【北京＝山田太郎】", Some("北京"), None, vec!["山田太郎"]),
    ] {
        let draft = draft(
            "a.txt",
            &format!(
                "東京湾の水質改善、調査で判明\n\n{lead}環境省は2日、東京湾の水質が改善したと発表した。\n\n調査は10年ぶり。\n"
            ),
        );
        assert_eq!((draft.dateline.as_deref(), draft.source.as_deref()), (place, house), "{lead}");
        assert_eq!((names(&draft), draft.lead_in.as_deref()), (people, Some(lead)), "{lead}");
    }
    let draft = draft("a.txt", "東京湾の水質改善\n\n【速報】環境省は2日、東京湾の水質が改善したと発表した。\n");
    assert_eq!((draft.dateline, draft.lead_in), (None, None));
}

#[test]
fn chinese_and_japanese_texts_say_when_they_came_out() {
    for (name, text) in [
        (
            "ja.txt",
            "渡し船が復活\n\n公開:2026年7月2日 10時30分\n\n兰江两岸を結ぶ渡し船が2日、復活した。\n\n市民は歓迎している。\n",
        ),
        ("a.txt", "渡轮复航\n\n发布时间:2026年7月2日 10:30\n\n兰江两岸的渡轮昨日复航,每小时两班。\n\n市民表示欢迎。\n"),
        (
            "a.html",
            "<h1>渡轮复航</h1><p>发布时间：2026-07-02 10:30　更新时间：2026-07-02 11:00</p><p>兰江两岸的渡轮昨日复航。</p>",
        ),
        ("a.md", "# 渡轮复航\n\n发布于 2026-07-02 10:30\n\n兰江两岸的渡轮昨日复航。\n"),
    ] {
        let draft = draft(name, text);
        assert_eq!(draft.date, time("2026-07-02T10:30"), "{name}");
        assert!(words(&draft).starts_with("兰江两岸"), "{name}: {}", draft.body);
    }
}

#[test]
fn the_line_of_labels_of_chinese_sites() {
    let eight = time("2026-11-20T08:00");
    for (line, published, house, authors) in [
        ("2026-11-20 08:00 来源：江城晚报 作者：李明", eight, "江城晚报", &["李明"][..]),
        ("来源：江城晚报　2026年11月20日 08:00", eight, "江城晚报", &[]),
        (
            "作者：李明 王芳 | 来源：江城晚报 | 发布时间：2026-11-20 08:00 | 浏览次数：128",
            eight,
            "江城晚报",
            &["李明", "王芳"],
        ),
        ("发布时间：2026-11-20 08:00  责任编辑：王芳", eight, "", &[]),
        ("文章来源：江城大学新闻网 作者：云中鹤", None, "江城大学新闻网", &["云中鹤"]),
        ("來源：江城晚報 日期：2026-11-20", day(2026, 11, 20), "江城晚報", &[]),
        ("来源：江城晚报　发布时间：2026-11-20 08:00　浏览次数：128　字体：大 中 小", eight, "江城晚报", &[]),
        ("出版：2026-11-20 08:00　更新：2026-11-20 08:00", eight, "", &[]),
        ("李明《江城晚报》（2026年11月20日　第 02 版）", day(2026, 11, 20), "江城晚报", &["李明"]),
        ("（《江城晚报》2026年11月20日02版）", day(2026, 11, 20), "江城晚报", &[]),
    ] {
        let text = format!("大桥提前通车\n{line}\n\n大桥周五通车，市民欢呼。\n\n第二段说更多的话。\n");
        let html = format!(
            "<h1>大桥提前通车</h1><div><p>{line}</p></div><p>大桥周五通车，市民欢呼。</p><p>第二段说更多的话。</p>"
        );
        let divided = format!(
            "<h1>大桥提前通车</h1><div class=i><span>{line}</span></div><div>大桥周五通车，市民欢呼。</div><div>第二段说更多的话。</div>"
        );
        let markdown = format!("# 大桥提前通车\n\n{line}\n\n大桥周五通车，市民欢呼。\n\n第二段说更多的话。\n");
        for (name, text) in [("a.txt", &text), ("a.html", &html), ("b.html", &divided), ("a.md", &markdown)] {
            let draft = draft(name, text);
            assert_eq!(draft.headline.as_deref(), Some("大桥提前通车"), "{name}: {line}");
            assert_eq!(said(&draft), published, "{name}: {line}");
            assert_eq!(draft.source.as_deref().unwrap_or_default(), house, "{name}: {line}");
            assert_eq!(names(&draft), authors, "{name}: {line}");
            assert_eq!(draft.subhead, None, "{name}: {line}");
            assert_eq!(words(&draft), "大桥周五通车，市民欢呼。 第二段说更多的话。", "{name}: {line}");
        }
    }
    // What says anything else is none.
    for line in [
        "消息来源：一位不愿具名的官员说，大桥将于周五通车。",
        "时间：去年冬天",
        "编辑：王芳",
        "时间：2027年12月25日 19:00",
        "日期：2027-12-25 责任编辑：王芳",
        "他说作者：就是他自己。",
        "据《江城晚报》（2026年11月20日）报道，大桥将于周五通车。",
        "重读《江城往事》（2026年11月20日）",
    ] {
        let draft = draft("a.html", &format!("<h1>大桥提前通车</h1><p>{line}</p><p>大桥周五通车，市民欢呼。</p>"));
        assert_eq!((draft.date, &draft.source, draft.authors.len()), (None, &None, 0), "{line}");
        assert!(words(&draft).starts_with(line), "{line}");
    }
}

/// The lines between a headline and its story, as Chinese newsrooms write and export them.
#[test]
fn a_day_below_a_chinese_headline_is_the_articles_and_the_headline_its_own() {
    const HEADLINE: &str = "渡口大桥今起恢复通车";
    const STORY: &str = "大桥周三恢复通车，市民欢呼。\n\n第二段说更多的话。\n";
    let of_day = day(2026, 7, 1);
    let eight = time("2026-07-01T08:00");
    for (lines, published, authors, house) in [
        ("2026-07-01", of_day, &[][..], ""),
        ("2026年7月1日 星期三", of_day, &[], ""),
        ("（2026年7月1日）", of_day, &[], ""),
        ("二〇二六年七月一日", of_day, &[], ""),
        ("2026/07/01 08:00:00", eight, &[], ""),
        ("李明\n2026-07-01", of_day, &["李明"], ""),
        ("李明\n\n2026年7月1日\n", of_day, &["李明"], ""),
        ("记者 李明\n2026年7月1日", of_day, &["李明"], ""),
        ("作者：李明\n2026-07-01", of_day, &["李明"], ""),
        ("李明 2026-07-01", of_day, &["李明"], ""),
        ("2026年7月1日　李明", of_day, &["李明"], ""),
        ("江城晚报 2026-07-01 08:00", eight, &[], "江城晚报"),
        ("江城发布\n2026-07-01 08:00", eight, &[], "江城发布"),
        ("江城发布 2026年7月1日 08:00 江西", eight, &[], "江城发布"),
        ("原创 李明 江城发布 2026年7月1日 08:00", eight, &["李明"], "江城发布"),
        ("文/图　李明\n2026-07-01", of_day, &["李明"], ""),
        ("2026-07-01 08:00\n来源：江城晚报", eight, &[], "江城晚报"),
        ("来源：江城晚报\n时间：2026-07-01 08:00", eight, &[], "江城晚报"),
        ("时间：2026-07-01 08:00\n来源：江城晚报\n编辑：王芳", eight, &[], "江城晚报"),
        ("来源：江城晚报\n作者：李明\n时间：2026-07-01 08:00", eight, &["李明"], "江城晚报"),
    ] {
        let draft = draft("a.txt", &format!("{HEADLINE}\n{lines}\n{STORY}"));
        assert_eq!(draft.headline.as_deref(), Some(HEADLINE), "{lines}");
        assert_eq!((draft.date, names(&draft)), (published, authors.to_vec()), "{lines}");
        assert_eq!(draft.source.as_deref().unwrap_or_default(), house, "{lines}");
        assert_eq!(words(&draft), "大桥周三恢复通车，市民欢呼。 第二段说更多的话。", "{lines}");
        // Nothing is lost of what is no text.
        let lines: Vec<&str> = lines.split('\n').filter(|line| !line.is_empty()).collect();
        assert_eq!(draft.asides, lines);
        let blocks: String = lines.iter().map(|line| format!("<p>{line}</p>")).collect();
        let html = self::draft("a.html", &format!("<h1>{HEADLINE}</h1>{blocks}<p>{}", STORY.replace("\n\n", "<p>")));
        assert_eq!((html.date, names(&html), &html.source), (draft.date, names(&draft), &draft.source), "{lines:?}");
        let spaced = |asides: &[String]| asides.join("|").replace('\u{3000}', " ");
        assert_eq!((words(&html), spaced(&html.asides)), (words(&draft), spaced(&draft.asides)));
    }
    // A headline may call.
    let calls = draft("a.txt", &format!("渡口大桥恢复通车啦！\n江城发布 2026年7月1日 08:00 江西\n\n{STORY}"));
    assert_eq!((calls.headline.as_deref(), calls.date), (Some("渡口大桥恢复通车啦！"), eight));
    // What is called the source is none of the account that a text was copied from.
    let copied =
        draft("a.txt", &format!("{HEADLINE}\n江城发布 2026年7月1日 08:00 江西\n\n{STORY}\n{STORY}\n来源：江城晚报\n"));
    assert_eq!((copied.source.as_deref(), copied.date), (Some("江城晚报"), eight));
    let poem =
        draft("a.txt", "春天的信\n李明\n2026年7月1日\n\n春风吹过山岗\n花开在河的两岸\n燕子衔来新泥\n我写信给你\n");
    assert_eq!((poem.headline.as_deref(), names(&poem)), (Some("春天的信"), vec!["李明"]));
    let below = draft("a.txt", &format!("{HEADLINE}\n——两岸居民话变化\n李明\n2026年7月1日\n\n{STORY}"));
    assert_eq!(below.headline.as_deref(), Some(HEADLINE));
    assert_eq!((below.subhead.as_deref(), below.date), (Some("——两岸居民话变化"), of_day));
    // A day ahead says when something takes place.
    let ahead = draft("a.txt", &format!("读者讲座预告\n2027年12月25日\n\n{STORY}"));
    assert_eq!((ahead.headline.as_deref(), ahead.date), (Some("读者讲座预告"), None));
    assert!(words(&ahead).starts_with("2027年12月25日"), "{}", ahead.body);
}

/// What else newsrooms write about a single article in a plain text.
#[test]
fn what_stands_about_a_chinese_article_is_told_from_its_text() {
    const STORY: &str = "大桥周三恢复通车，市民欢呼。\n\n第二段说更多的话。\n";
    const SAID: &str = "大桥周三恢复通车，市民欢呼。 第二段说更多的话。";
    for text in [
        format!("渡口大桥今起恢复通车\n字数：356\n\n{STORY}"),
        format!("渡口大桥今起恢复通车\n投稿人：李明\n电话：13800000000\n\n{STORY}"),
        format!("标题：渡口大桥今起恢复通车\n作者：李明\n日期：2026-07-01\n正文：\n{STORY}"),
        format!("渡口大桥今起恢复通车\n\n{STORY}\n责编：王芳 二审：赵云 三审：钱进\n"),
        format!("渡口大桥今起恢复通车\n\n{STORY}\n审核：王芳\n"),
    ] {
        let draft = draft("a.txt", &text);
        assert_eq!(draft.headline.as_deref(), Some("渡口大桥今起恢复通车"), "{text}");
        assert_eq!(words(&draft), SAID, "{text}");
        let told = names(&draft);
        assert!(text.contains("李明") == told.contains(&"李明") && told.len() <= 1, "{text}: {told:?}");
        assert!(!format!("{draft:?}").contains("138000"), "{text}");
    }
    // `文/图` says what that person did, in every format; on a page so does `文字：`.
    for name in ["a.md", "a.txt"] {
        let both = draft(
            name,
            &format!("# 渡口大桥今起恢复通车\n\n文/图　李明\n\n{STORY}")
                .replace("# ", if name == "a.md" { "# " } else { "" }),
        );
        assert_eq!((names(&both), words(&both).as_str()), (vec!["李明"], SAID), "{name}");
    }
    let below =
        draft("a.txt", &format!("渡口大桥今起恢复通车\n\n{STORY}\n文字：李明\n图片：周岩\n编辑丨王芳\n阅读原文\n"));
    assert_eq!((names(&below), words(&below).as_str()), (vec!["李明", "周岩"], SAID));
    let said = draft("a.txt", &format!("“等了两年，值得！”\n——渡口大桥复通侧记\n\n李明\n\n{STORY}"));
    assert_eq!((said.headline.as_deref(), names(&said)), (Some("“等了两年，值得！”"), vec!["李明"]));
    assert_eq!(said.subhead.as_deref(), Some("——渡口大桥复通侧记"));
    // Entries of a list end without a mark; what follows them is no part of the last.
    let list = draft("a.txt", &format!("渡口大桥今起恢复通车\n\n1. 更换伸缩缝48道\n2. 加固桥墩12座\n\n{STORY}"));
    assert_eq!(list.body.lines().next(), Some("<p>1. 更换伸缩缝48道<br>2. 加固桥墩12座</p>"), "{}", list.body);
}

/// The name, section and day of a paper above a single article stay the page's.
#[test]
fn a_papers_own_lines_above_an_article_are_no_headline() {
    const STORY: &str = "渡口大桥今起恢复通车\n李明\n大桥周三恢复通车，市民欢呼。\n\n第二段说更多的话。\n";
    for above in
        ["江城晚报\n2026年7月1日 星期三", "副刊\n2026年7月1日", "2026-07-01", "第3版 要闻\n2026年7月1日 星期三"]
    {
        let draft = draft("a.txt", &format!("{above}\n{STORY}"));
        assert_eq!((draft.headline.as_deref(), names(&draft)), (Some("渡口大桥今起恢复通车"), vec!["李明"]), "{above}");
        assert!(words(&draft).starts_with("大桥周三恢复通车"), "{above}: {}", draft.body);
    }
}

#[test]
fn what_a_story_begins_with_and_who_signs_it_is_read_in_every_format() {
    for (first, last, dateline, source, author) in [
        ("LONDON (Reuters) - The bridge opened on Friday.", "It is long.", "LONDON (Reuters)", "Reuters", ""),
        ("本报讯（记者 李明）大桥周五通车。", "市民欢呼。", "", "", "李明"),
        ("新华社江城11月20日电（记者 李明）大桥周五通车。", "市民欢呼。", "江城11月20日", "新华社", "李明"),
        ("大桥周五通车，市民欢呼。", "桥长三公里。（记者 李明）", "", "", "李明"),
        ("（ソウル聯合ニュース）橋が金曜日に開通した。", "長い橋だ。", "", "", ""),
    ] {
        let html = format!("<h1>大桥提前通车</h1><div><p>{first}</p><p>{last}</p></div>");
        let markdown = format!("# 大桥提前通车\n\n{first}\n\n{last}\n");
        for (name, text) in [("a.html", &html), ("a.md", &markdown)] {
            let draft = draft(name, text);
            assert_eq!(names(&draft).first().copied().unwrap_or_default(), author, "{name}: {first}");
            if !dateline.is_empty() {
                assert_eq!(draft.dateline.as_deref(), Some(dateline), "{name}: {first}");
                assert_eq!(draft.source.as_deref(), Some(source), "{name}: {first}");
                assert!(draft.lead_in.is_some(), "{name}: {first}");
            }
            // Nothing of it leaves the text.
            assert_eq!(words(&draft), format!("{first} {last}"), "{name}");
        }
    }
}

#[test]
fn a_headline_may_be_set_like_a_paragraph() {
    for (text, headline) in [
        ("大桥提前通车\n\n大桥周五通车，市民欢呼雀跃。\n", Some("大桥提前通车")),
        ("**Bridge opens early**\n\nBy Ana Kos\n\nIt was opened on Friday, before noon.\n", Some("Bridge opens early")),
        ("Bridge opens early\n\nIt was opened on Friday, before noon.\n", Some("Bridge opens early")),
        // A sentence, verse, a greeting, a byline, a dateline.
        ("A plain note.\n\nIt was opened on Friday, before noon.\n", None),
        ("Roses are red\n\nViolets are blue\n\nSugar is sweet\n", None),
        ("Dear readers,\n\nIt was opened on Friday, before noon.\n", None),
        ("By Ana Kos\n\nIt was opened on Friday, before noon.\n", None),
        ("**Friday:** open all day\n\nIt was opened on Friday, before noon, and is open.\n", None),
    ] {
        let draft = draft("a.md", text);
        assert_eq!(draft.headline.as_deref(), headline, "{text}");
        assert!(!words(&draft).contains("early"), "{text}");
    }
    let draft = draft(
        "a.html",
        "<p><b>Bridge opens early</b></p><p>By Ana Kos</p><p>It was opened on Friday, before noon.</p>",
    );
    assert_eq!(draft.headline.as_deref(), Some("Bridge opens early"));
    assert_eq!((names(&draft), words(&draft)), (vec!["Ana Kos"], "It was opened on Friday, before noon.".to_owned()));
}

#[test]
fn what_is_stated_and_stands_above_the_story_once_more_is_no_text() {
    let stated = "---\ntitle: Bridge opens early\nauthors: [Ana Kos, Bo Lind]\ndate: 2026-07-02\n---\n\n";
    let html = "<title>Bridge opens early</title><meta name=author content='Ana Kos'>\
                <p><b>Bridge\n opens early</b></p><p>Ana Kos</p><p>2026-07-02</p><p>It was opened on Friday.</p>";
    for (name, text) in [
        (
            "a.md",
            format!("{stated}Bridge opens early\n\nAna Kos, Bo Lind\n\n2 July 2026\n\nIt was opened on Friday.\n"),
        ),
        ("a.md", format!("{stated}Bo Lind\n\nIt was opened on Friday.\n")),
        ("a.html", html.to_owned()),
    ] {
        let draft = draft(name, &text);
        assert_eq!(words(&draft), "It was opened on Friday.", "{text}");
        assert_eq!((draft.headline.as_deref(), draft.date), (Some("Bridge opens early"), day(2026, 7, 2)), "{text}");
    }
    // Somebody else; a story of one line.
    let other = draft("a.md", &format!("{stated}Ana Kos, Cy Orr\n\nIt was opened on Friday.\n"));
    assert_eq!(words(&other), "Ana Kos, Cy Orr It was opened on Friday.");
    assert_eq!(words(&draft("a.md", &format!("{stated}Bridge opens early\n"))), "Bridge opens early");
}

#[test]
fn a_line_of_short_statements_is_read_piece_by_piece() {
    let november = day(2026, 11, 20);
    for (line, authors, house, published) in [
        ("By Ana Kos | 20 Nov 2026 | Updated 10:00", &["Ana Kos"][..], "", november),
        ("By Ana Kos • 3 min read", &["Ana Kos"], "", None),
        ("Ana Kos, Berlin correspondent", &["Ana Kos"], "", None),
        ("Words: Ana Kos  Photos: Bo Lee", &["Ana Kos"], "", None),
        ("Words: Ana Kos. Pictures: Bo Lee", &["Ana Kos"], "", None),
        ("Words and pictures: Ana Kos", &["Ana Kos"], "", None),
        ("Posted by Ana Kos on November 20, 2026 in News | 3 comments", &["Ana Kos"], "", november),
        ("By Ana Kos @anakos", &["Ana Kos"], "", None),
        ("By Dr. Ana Kos, M.D.", &["Dr. Ana Kos"], "", None),
        ("Story and photos by Ana Kos", &["Ana Kos"], "", None),
        ("By Ana Kos For the Daily Post", &["Ana Kos"], "Daily Post", None),
        ("By Ana Kos | Daily Post | November 20, 2026", &["Ana Kos"], "Daily Post", november),
        ("By Ana Kos / The Daily Post", &["Ana Kos"], "The Daily Post", None),
        ("BY ANA KOS THE DAILY POST", &["Ana Kos"], "The Daily Post", None),
        ("Von Ana Kos (Text) und Bo Lee (Fotos)", &["Ana Kos"], "", None),
        ("20 noviembre 2026 | Por Ana Kos", &["Ana Kos"], "", november),
        ("Texte : Ana Kos, photos : Bo Lee", &["Ana Kos"], "", None),
        ("di Ana Kos - 20 novembre 2026", &["Ana Kos"], "", november),
        ("A cura di Ana Kos", &["Ana Kos"], "", None),
    ] {
        let text = format!("A headline of some words\n\n{line}\n\nThe story begins here. It has two sentences.\n");
        let html = format!("<h1>A headline</h1><p class=meta>{line}</p><p>The story begins here.</p>");
        for (name, text) in [("a.txt", &text), ("a.html", &html)] {
            let draft = draft(name, text);
            assert_eq!((names(&draft).as_slice(), said(&draft)), (authors, published), "{name}: {line}");
            assert_eq!(draft.source.as_deref().unwrap_or_default(), house, "{name}: {line}");
            assert!(words(&draft).starts_with("The story begins"), "{name}: {line}: {}", draft.body);
        }
    }
    // What is no statement of the kind, or may be a title.
    for line in [
        "Ana Kos",
        "20 November 2026",
        "Ana Kos | Bo Lee | Cy Dan",
        "Ana Kos, who was there | 20 November 2026",
        "Editorial",
        "By the river | 20 November 2026",
        "On Friday - at noon - the bridge was opened",
        "Photos: Bo Lee",
        // When and where something takes place is no date of the story, which would be held until then.
        "Jazz Trio | City Hall | 25 December 2027",
        "Jazz Trio - 25/12/2027 - 19:00",
        // Letters that are longer or shorter in lower case.
        "İİ\u{212a} Über on 5 Fotos: Bo Lee",
        "Saturday 25 December 2027 | City Hall",
    ] {
        let draft = draft("a.html", &format!("<h1>A headline</h1><p>{line}</p><p>The story begins here.</p>"));
        assert_eq!((names(&draft).len(), draft.date), (0, None), "{line}");
        assert!(words(&draft).starts_with(line), "{line}: {}", draft.body);
    }
}

#[test]
fn of_a_block_that_says_more_the_rest_stays_in_a_block_of_its_kind() {
    let page =
        "<h1>A headline</h1><section><div>By Ana Kos<br>The story begins here.</div><p>It goes on.</p></section>";
    let draft = draft("a.html", page);
    assert_eq!(names(&draft), ["Ana Kos"]);
    assert_eq!(draft.body.trim(), "<section><div>The story begins here.</div><p>It goes on.</p></section>");
}

#[test]
fn a_name_a_paper_and_a_day_are_a_byline_and_no_event() {
    let text =
        |line: &str| format!("A headline of some words\n\n{line}\n\nThe story begins here. It has two sentences.\n");
    let signed = draft("a.txt", &text("Ana Kos | The Daily Post | 20 June 2026"));
    assert_eq!((names(&signed), signed.date), (vec!["Ana Kos"], day(2026, 6, 20)));
    assert_eq!(signed.source.as_deref(), Some("The Daily Post"));
    for line in ["Marl Choir | Tithe Barn | 28 June 2026", "Ana Kos | Post | 20 June 2026", "Ana Kos | The Daily Post"]
    {
        let read = draft("a.txt", &text(line));
        assert_eq!((names(&read).len(), read.date), (0, None), "{line}");
        assert!(words(&read).starts_with(line), "{line}: {}", read.body);
    }
}

#[test]
fn of_a_time_in_one_of_several_zones_the_day_is_told() {
    for line in ["By Ritu Nair | Updated: Jun 21, 2026, 07:45 IST", "Updated: Jun 21, 2026, 07:45 (IST)"] {
        let read = draft("a.txt", &format!("Monsoon leaves early\n\n{line}\n\nThe monsoon left on Friday.\n"));
        assert_eq!((read.date, read.updated), (None, day(2026, 6, 21)), "{line}");
        assert_eq!(words(&read), "The monsoon left on Friday.", "{line}");
    }
    assert_eq!(
        draft("a.txt", "Monsoon leaves early\n\nBy Ritu Nair | Jun 21, 2026, 07:45 XYZ\n\nIt left.\n").date,
        None
    );
}

#[test]
fn a_day_ahead_above_a_text_holds_nothing_back() {
    for (name, text) in [
        ("a.txt", "Mill opens\n\nBy Ana Kos, 29 November 2026\n\nThe mill opens its doors on Saturday.\n"),
        ("a.md", "# Mill opens\n\nBy Ana Kos, 29 November 2026\n\nThe mill opens its doors on Saturday.\n"),
        (
            "a.html",
            "<h1>Mill opens</h1><p>By Ana Kos, 29 November 2026</p><p>The mill opens its doors on Saturday.</p>",
        ),
    ] {
        let read = draft(name, text);
        assert_eq!((names(&read), read.date, said(&read)), (vec!["Ana Kos"], None, day(2026, 11, 29)), "{name}");
    }
    // A head is obeyed, and so is a time.
    let stated =
        draft("a.md", "---\ndate: 2026-11-29\n---\n# Mill opens\n\nBy Ana Kos, 29 November 2026\n\nIt opens.\n");
    assert_eq!(stated.date, day(2026, 11, 29));
    let timed = draft("a.txt", "Mill opens\n\nBy Ana Kos, 29 November 2026, 10:00\n\nThe mill opens on Saturday.\n");
    assert_eq!(timed.date, time("2026-11-29T10:00"));
}

#[test]
fn what_stands_between_headline_and_byline_is_a_second_headline_or_stays() {
    let page =
        |second: &str| format!("<h1>Night market returns</h1>{second}<p>By Ana Kos</p><p>The market is back.</p>");
    let read = draft("a.html", &page("<p><em>Traders won a fight over noise</em></p>"));
    assert_eq!((read.subhead.as_deref(), names(&read)), (Some("Traders won a fight over noise"), vec!["Ana Kos"]));
    assert_eq!(words(&read), "The market is back.");
    for second in ["Traders won a two-year fight over noise.", "Photo: Ed Barrow for us", "Opinion"] {
        let read = draft("a.html", &page(&format!("<p>{second}</p>")));
        assert_eq!((read.subhead.as_deref(), names(&read)), (None, vec!["Ana Kos"]), "{second}");
        assert_eq!(words(&read), format!("{second} The market is back."));
    }
    // What begins the story is none.
    let read = draft(
        "a.md",
        "# Night market\n\nTraders won a fight over noise\n\nThe market is back.\n\nBy the river it is quiet.\n",
    );
    assert_eq!(read.subhead, None);
}

/// Tags, references and blanks do not count: long addresses make no line long.
#[test]
fn a_line_is_as_long_as_its_words() {
    let address = "people/and-what-they-wrote-for-this-house/".repeat(12);
    let line =
        format!("<p>By <a href=\"https://x.example/{address}\" title='a > b'>Ana Kos</a>,&nbsp;&nbsp; 2 July 2026</p>");
    let standfirst =
        "What stands above the byline, and is no second headline because it is a whole sentence. ".repeat(4);
    for above in [String::new(), format!("<p>{standfirst}</p>")] {
        let draft = draft("a.html", &format!("<h1>A headline</h1>{above}{line}<p>The story begins here.</p>"));
        assert_eq!((names(&draft), draft.date), (vec!["Ana Kos"], day(2026, 7, 2)), "{}", draft.body);
    }
    let headline = "R&D &quot;grows&quot;&#33;&#33;&#33; &amp; &amp; &amp; more";
    let draft = draft("a.html", &format!("<title>{headline}</title><p>{headline}</p><p>The story begins here.</p>"));
    assert_eq!(words(&draft), "The story begins here.", "{:?}", draft.headline);
}

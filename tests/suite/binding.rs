//! Which article a file is where several might be it (DESIGN 2.2, 2.4): each case goes wrong if one of the conditions is
//! left out by which files and articles are bound.

use std::collections::BTreeSet;
use std::fs;
use std::time::Duration;

use syndicated::article::Draft;
use syndicated::dropped::InboxPath;
use syndicated::inbox::Hint;
use syndicated::intake::Change;
use syndicated::intake::likeness::{Likeness, may_be_versions};

use crate::newsroom::{Entry, Newsroom, dated, story};

const GRACE: Duration = Duration::from_secs(11);
const DAY: Duration = Duration::from_secs(86_400);

const HARBOUR: &str =
    "The bridge over the harbour is open to traffic again since this morning, after eleven months of work.";
const SCHOOL: &str = "A narrow majority of councillors wants warm lunches for every pupil of the town from autumn.";

fn stated(title: &str, id: &str, body: &str) -> String {
    format!("---\ntitle: {title}\nid: {id}\n---\n\n{body}\n")
}

fn ids(entries: &[Entry]) -> BTreeSet<String> {
    entries.iter().map(|entry| entry.id.clone()).collect()
}

/// Renames on the disk alone: nobody hears of it.
fn rename_silently(newsroom: &Newsroom, from: &str, to: &str) {
    fs::rename(newsroom.inbox(from), newsroom.inbox(to)).unwrap();
}

#[test]
fn a_move_is_found_though_a_copy_was_removed_long_ago() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("Harbour", HARBOUR));
    newsroom.drop("a/copy.md", story("Harbour", HARBOUR));
    let before = newsroom.entry("a");
    newsroom.remove("a/one.md");
    newsroom.pass(GRACE);
    rename_silently(&newsroom, "a/copy.md", "a/kept.md");
    newsroom.compare();
    newsroom.pass(GRACE);
    assert_eq!(newsroom.entries("a"), [before]);
}

#[test]
fn copies_of_a_stated_id_may_be_edited_one_by_one() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", stated("Harbour", "urn:x:1", HARBOUR));
    newsroom.drop("b/one.md", stated("Harbour", "urn:x:1", HARBOUR));
    newsroom.drop("a/one.md", stated("Harbour bridge", "urn:x:1", HARBOUR));
    assert_eq!(newsroom.titles("b"), ["Harbour bridge"]);
    newsroom.drop("b/one.md", stated("Bridge", "urn:x:1", HARBOUR));
    assert_eq!(newsroom.status()["refused"], 0, "{:?}", newsroom.refused);
    for section in ["", "a", "b"] {
        assert_eq!(newsroom.titles(section), ["Bridge"], "{section:?}");
    }
}

#[test]
fn an_article_in_two_sections_is_edited_in_both() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("Harbour", HARBOUR));
    newsroom.drop("b/one.md", story("Harbour", HARBOUR));
    let before = newsroom.entry("a");
    newsroom.drop("b/one.md", story("Harbour bridge", HARBOUR));
    for section in ["", "a", "b"] {
        let entry = newsroom.entry(section);
        assert_eq!((entry.title.as_str(), &entry.id), ("Harbour bridge", &before.id), "{section:?}");
    }
}

#[test]
fn a_file_retitled_while_the_catalogue_was_lost_is_its_article() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("Harbour", HARBOUR));
    let before = newsroom.entry("a");
    newsroom.stop();
    newsroom.lose_catalogue();
    newsroom.put("a/one.md", story("Four lanes reopen", HARBOUR));
    newsroom.start();
    newsroom.pass(GRACE);
    let after = newsroom.entry("a");
    assert_eq!(after.title, "Four lanes reopen");
    assert_eq!((&after.id, &after.url, &after.published), (&before.id, &before.url, &before.published));
}

#[test]
fn files_whose_items_look_alike_are_bound_by_their_place_after_a_loss() {
    let mut newsroom = Newsroom::new();
    for number in 0..3 {
        newsroom.drop(&format!("a/{number}.md"), story("In brief", &format!("{HARBOUR} So says letter {number}.")));
    }
    let before = newsroom.documents();
    newsroom.rebuild();
    newsroom.pass(GRACE);
    assert_eq!(newsroom.documents(), before);
}

#[test]
fn a_notice_repeated_every_day_is_news_every_day() {
    let notice = "请市民出行备好雨具，白天多云，最高气温三十一度，夜间有小雨，最低气温二十四度，偏南风三级。";
    let mut newsroom = Newsroom::new();
    for day in 2..6 {
        let page = format!(
            "2026年7月{day}日\n要闻\nA01\n\n今日天气\n\n本报讯(记者 白文斌){notice}\n\n第{day}号台风远离本市\n\n本报讯(记者 白文斌){SCHOOL}{day}\n\n"
        );
        newsroom.drop("A01.txt", page);
        let entries = newsroom.entries("");
        let told = entries.iter().filter(|entry| entry.content.contains(notice)).count();
        assert_eq!(told, day - 1, "{entries:?}");
        newsroom.skip(DAY);
    }
}

#[test]
fn items_alike_come_back_each_as_itself() {
    let item = |headline: &str, body: &str| format!("{headline}\n\n本报讯(记者 白文斌){body}\n\n");
    let bridge = item(
        "海港大桥恢复通车",
        "经过十一个月的封闭施工，海港大桥今天上午恢复双向通车，早高峰车流平稳，市民纷纷点赞。",
    );
    let lunch = item(
        "全市小学秋季供应热午餐",
        "市政府常务会议昨天通过方案，今年秋季学期起全市小学统一供应热午餐，费用由财政承担六成。",
    );
    let choir = item(
        "四百人合唱响彻大剧院",
        "周日晚上，四百名合唱爱好者在大剧院演唱了一部从未公开演出的安魂曲，全场观众起立鼓掌。",
    );
    let water = item(
        "一夜大雨河水上涨两米",
        "受山区降雨影响，河水一夜之间上涨两米，消防员通宵搬运沙袋，清晨险情解除，无人员伤亡。",
    );
    let mut newsroom = Newsroom::new();
    newsroom.drop("A01.txt", format!("{bridge}{bridge}{lunch}"));
    let first = newsroom.entries("");
    assert_eq!(first.len(), 3, "{first:?}");
    newsroom.drop("A01.txt", format!("{choir}{water}"));
    let both = newsroom.entries("");
    assert_eq!(both.len(), 5, "{both:?}");
    // What was let go lies under another name now, with one item less.
    newsroom.drop("kept.txt", format!("{bridge}{bridge}"));
    assert_eq!(ids(&newsroom.entries("")), ids(&both));
    newsroom.remove("kept.txt");
    newsroom.pass(GRACE);
    assert_eq!(newsroom.entries("").len(), 3, "both copies went with the file that had taken them up");
}

#[test]
fn items_alike_come_back_in_their_order() {
    let bridge = "海港大桥恢复通车\n\n本报讯(记者 白文斌)经过十一个月的封闭施工，海港大桥今天上午恢复双向通车，市民纷纷点赞。\n\n";
    let page = |day: u32, times: usize| {
        let weather = format!("第{day}号台风远离本市\n\n本报讯(记者 白文斌){SCHOOL}{day}\n\n");
        format!("2026年7月{day}日\n要闻\nA01\n\n{}{weather}", bridge.repeat(times))
    };
    let in_order = |newsroom: &Newsroom, section: &str| -> Vec<String> {
        let entries = newsroom.entries(section).into_iter().filter(|entry| entry.title == "海港大桥恢复通车");
        entries.map(|entry| entry.id).collect()
    };
    let mut newsroom = Newsroom::new();
    newsroom.drop("A01.txt", page(2, 3));
    let first = in_order(&newsroom, "");
    newsroom.skip(DAY);
    newsroom.drop("A01.txt", page(3, 2));
    let second: Vec<String> = in_order(&newsroom, "").into_iter().filter(|id| !first.contains(id)).collect();
    assert_eq!((first.len(), second.len()), (3, 2));
    newsroom.skip(DAY);
    newsroom.drop("A01.txt", page(4, 0));
    // Without a date it is the page of the day before, and with one that of its day.
    newsroom.drop("kept/last.txt", bridge.repeat(2));
    assert_eq!(in_order(&newsroom, "kept"), second);
    newsroom.drop("archive/02A01.txt", page(2, 3));
    assert_eq!(in_order(&newsroom, "archive"), first);
    assert_eq!(in_order(&newsroom, "").len(), 5);
}

#[test]
fn a_file_moved_onto_a_refused_one_is_its_article_still() {
    for is_told in [false, true] {
        let mut newsroom = Newsroom::new();
        newsroom.drop("a/one.md", story("Harbour", HARBOUR));
        let before = newsroom.entry("a");
        newsroom.drop("a/bad.md", "---\ntitle: Bad\ndate: someday\n---\n\nText.\n");
        assert!(newsroom.inbox("a/bad.md.rejected.txt").exists());
        if is_told {
            newsroom.rename("a/one.md", "a/bad.md");
        } else {
            rename_silently(&newsroom, "a/one.md", "a/bad.md");
            newsroom.compare();
        }
        newsroom.pass(GRACE);
        assert_eq!(newsroom.status()["refused"], 0);
        assert!(!newsroom.inbox("a/bad.md.rejected.txt").exists(), "told: {is_told}");
        let mut heir = newsroom.successor();
        heir.start();
        for room in [&mut newsroom, &mut heir] {
            room.pass(GRACE);
            assert_eq!(room.entry("a"), before, "told: {is_told}");
            // It is held by that file alone.
            room.remove("a/bad.md");
            room.pass(GRACE);
            assert!(room.titles("").is_empty());
            room.drop("a/bad.md", story("Harbour", HARBOUR));
            assert_eq!(room.entry("a").id, before.id);
        }
    }
}

#[test]
fn a_file_moved_to_where_it_is_refused_leaves_its_article_as_it_was() {
    let deep = "1/2/3/4/5/6/7/8/9";
    for is_taken in [false, true] {
        for is_told in [false, true] {
            let mut newsroom = Newsroom::new();
            newsroom.drop("a/one.md", story("Harbour", HARBOUR));
            let before = newsroom.entry("a");
            fs::create_dir_all(newsroom.inbox(deep)).unwrap();
            if is_taken {
                newsroom.drop(&format!("{deep}/two.md"), story("School", SCHOOL));
            }
            if is_told {
                newsroom.rename("a/one.md", &format!("{deep}/two.md"));
            } else {
                rename_silently(&newsroom, "a/one.md", &format!("{deep}/two.md"));
                newsroom.compare();
            }
            newsroom.pass(GRACE);
            assert_eq!(newsroom.status()["refused"], 1, "taken {is_taken}, told {is_told}");
            assert_eq!(newsroom.entry(""), before, "taken {is_taken}, told {is_told}");
            newsroom.remove(&format!("{deep}/two.md"));
            newsroom.pass(GRACE);
            assert!(newsroom.titles("").is_empty(), "taken {is_taken}, told {is_told}");
        }
    }
}

#[test]
fn the_notice_about_a_file_that_moved_goes_with_it() {
    for is_told in [false, true] {
        let mut newsroom = Newsroom::new();
        newsroom.drop("a/one.md", story("Harbour", HARBOUR));
        let before = newsroom.entry("a");
        newsroom.drop("a/one.md", format!("---\ntitle: Harbour\ndate: someday\n---\n\n{HARBOUR}\n"));
        assert!(newsroom.inbox("a/one.md.rejected.txt").exists());
        if is_told {
            newsroom.rename("a/one.md", "a/two.md");
        } else {
            rename_silently(&newsroom, "a/one.md", "a/two.md");
            newsroom.compare();
        }
        newsroom.pass(GRACE);
        let there = ["a/one.md.rejected.txt", "a/two.md.rejected.txt"].map(|notice| newsroom.inbox(notice).exists());
        assert_eq!(there, [false, true], "told: {is_told}");
        assert_eq!(newsroom.entries("a"), [before]);
    }
}

#[test]
fn who_takes_the_name_of_a_file_that_moved_is_another_article() {
    for is_taken in [false, true] {
        let mut newsroom = Newsroom::new();
        newsroom.drop("a/one.md", story("Harbour", HARBOUR));
        let before = newsroom.entry("a");
        if is_taken {
            newsroom.drop("b/one.md", story("School", SCHOOL));
        }
        newsroom.rename("a/one.md", "b/one.md");
        newsroom.drop("a/one.md", story("Harbour", &format!("{HARBOUR} The ferry goes on.")));
        let moved = |room: &Newsroom| room.entries("b").into_iter().find(|entry| entry.title == "Harbour").unwrap();
        assert_eq!(moved(&newsroom).id, before.id);
        let after = newsroom.entry("a");
        assert_eq!(after.id, format!("{}-2", before.id));
        assert!(after.content.contains("ferry") && !moved(&newsroom).content.contains("ferry"));
        let mut heir = newsroom.successor();
        heir.start();
        for room in [&mut newsroom, &mut heir] {
            room.pass(GRACE);
            assert_eq!((room.entry("a").id, moved(room).id), (after.id.clone(), before.id.clone()));
            // What lay under the name before stays without a file, and goes with none.
            room.remove("b/one.md");
            room.pass(GRACE);
            assert_eq!(room.titles("b"), if is_taken { vec!["School"] } else { vec![] });
        }
    }
}

#[test]
fn what_was_restored_stays_so_while_its_file_says_nothing_new() {
    let text = |more: &str| format!("---\ntitle: Harbour\nstatus: withdrawn\n---\n\n{HARBOUR}{more}\n");
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("Harbour", HARBOUR));
    newsroom.drop("a/one.md", text(""));
    assert!(newsroom.titles("a").is_empty());
    newsroom.restore("a/one.md");
    assert_eq!(newsroom.titles("a"), ["Harbour"]);
    newsroom.rename("a/one.md", "b/one.md");
    newsroom.drop("b/one.md", text(""));
    assert_eq!(newsroom.titles("b"), ["Harbour"], "it was read again and is what it was");
    newsroom.rebuild();
    newsroom.pass(GRACE);
    assert_eq!(newsroom.titles("b"), ["Harbour"]);
    newsroom.drop("b/one.md", text(" The ferry goes on."));
    assert!(newsroom.titles("b").is_empty(), "an edit says it anew");
}

#[test]
fn what_was_restored_before_it_was_due_comes_out_after_a_loss() {
    let mut newsroom = Newsroom::new();
    let text = |status: &str| {
        format!("---\ntitle: Harbour\nembargo: 2026-07-02T12:00:00Z\nstatus: {status}\n---\n\n{HARBOUR}\n")
    };
    newsroom.drop("a/one.md", text("usable"));
    newsroom.drop("a/one.md", text("withdrawn"));
    newsroom.drop("b/kept.md", text("withdrawn").replace("Harbour", "School").replace(HARBOUR, SCHOOL));
    newsroom.restore("a/one.md");
    assert_eq!(newsroom.status()["scheduled"], 1);
    let mut heir = newsroom.successor();
    heir.start();
    for room in [&mut newsroom, &mut heir] {
        room.pass(GRACE);
        assert_eq!(room.status()["scheduled"], 1);
        room.step_clock("2026-07-02T12:00:01Z".parse().unwrap());
        assert_eq!(room.titles(""), ["Harbour"]);
        // The order that nobody took back outlasts the edit that no longer says it.
        room.drop("b/kept.md", text("usable").replace("Harbour", "School").replace(HARBOUR, SCHOOL));
        assert_eq!(room.titles(""), ["Harbour"]);
    }
}

#[test]
fn an_order_is_heard_though_its_bytes_were_refused_before() {
    let text = format!("---\ntitle: Harbour\nstatus: withdrawn\n---\n\n{HARBOUR}\n");
    let mut newsroom = Newsroom::new();
    newsroom.drop("1/2/3/4/5/6/7/8/9/one.md", &text);
    assert_eq!(newsroom.status()["refused"], 1, "too deep");
    newsroom.rename("1/2/3/4/5/6/7/8/9/one.md", "a/one.md");
    assert_eq!(newsroom.status()["refused"], 0);
    newsroom.drop("a/one.md", story("Harbour", HARBOUR));
    assert!(newsroom.titles("").is_empty(), "it was taken back by order");
    newsroom.restore("a/one.md");
    assert_eq!(newsroom.titles("a"), ["Harbour"]);
}

/// Where no file may lie.
const DEEP: &str = "1/2/3/4/5/6/7/8/9/one.md";

#[test]
fn what_was_edited_while_it_was_refused_is_an_edit_once_it_is_taken() {
    let order = format!("---\ntitle: Harbour\nstatus: withdrawn\n---\n\n{HARBOUR}\n");
    for (is_told, is_emptied) in [(false, false), (true, false), (false, true), (true, true)] {
        for edit in [order.clone(), story("School", SCHOOL)] {
            let mut newsroom = Newsroom::new();
            newsroom.drop("a/one.md", story("Harbour", HARBOUR));
            let id = newsroom.entry("a").id;
            newsroom.rename("a/one.md", DEEP);
            newsroom.drop(DEEP, &edit);
            if is_emptied {
                newsroom.drop(DEEP, "");
                newsroom.drop(DEEP, &edit);
            }
            assert_eq!(newsroom.status()["refused"], 1);
            assert_eq!(newsroom.entry("").id, id, "what it held stays while it is refused");
            let mut heir = newsroom.successor();
            heir.start();
            // To one whose catalogue was lost, other news in the only file of an article is that article.
            let rooms = if edit == order { vec![&mut newsroom, &mut heir] } else { vec![&mut newsroom] };
            for room in rooms {
                if is_told {
                    room.rename(DEEP, "b/one.md");
                } else {
                    rename_silently(room, DEEP, "a/one.md");
                    room.compare();
                }
                room.pass(GRACE);
                let entries = room.entries("");
                if edit == order {
                    assert!(entries.is_empty(), "told: {is_told}: {entries:?}");
                } else {
                    // Other news under its name: the former stays, as always.
                    assert_eq!(entries.len(), 2, "told: {is_told}: {entries:?}");
                    assert_eq!(entries.iter().find(|entry| entry.title == "Harbour").unwrap().id, id);
                }
            }
        }
    }
}

#[test]
fn what_was_restored_stays_so_though_an_edit_was_refused_and_undone() {
    let order = format!("---\ntitle: Harbour\nstatus: withdrawn\n---\n\n{HARBOUR}\n");
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("Harbour", HARBOUR));
    newsroom.drop("a/one.md", &order);
    newsroom.restore("a/one.md");
    newsroom.drop("a/one.md", order.replace("---\n\n", "date: someday\n---\n\n"));
    assert_eq!(newsroom.status()["refused"], 1);
    newsroom.drop("a/one.md", &order);
    assert_eq!((newsroom.status()["refused"].as_i64(), newsroom.titles("a").len()), (Some(0), 1));
}

#[test]
fn a_copy_speaks_again_though_the_edited_one_was_refused_before_it_went() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("Harbour", HARBOUR));
    newsroom.drop("b/one.md", story("Harbour", HARBOUR));
    newsroom.drop("b/one.md", story("Harbour, amended", HARBOUR));
    newsroom.drop("b/one.md", "---\ntitle: Bad\ndate: someday\n---\n\nText.\n");
    newsroom.remove("b/one.md");
    newsroom.pass(GRACE);
    assert_eq!(newsroom.titles(""), ["Harbour"]);
}

#[test]
fn a_rename_alone_is_no_news() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("Harbour", HARBOUR));
    newsroom.drop("a/two.md", HARBOUR.to_owned() + "\n");
    newsroom.drop("a/page.txt", format!("School\n\n{SCHOOL}\n"));
    newsroom.changes();
    let before = newsroom.documents();
    newsroom.pass(Duration::from_secs(60));
    for (from, to) in
        [("a/one.md", "a/uno.md"), ("a/two.md", "a/2026-07-01-due.md"), ("a/page.txt", "a/story.txt"), ("a", "b")]
    {
        newsroom.rename(from, to);
        newsroom.pass(GRACE);
        assert_eq!(newsroom.changes(), [], "{from} to {to}");
        if to != "b" {
            newsroom.assert_holds(&before);
        }
    }
}

#[test]
fn of_items_alike_the_one_that_was_edited_keeps_its_id() {
    let other = "全市小学秋季供应热午餐\n\n本报讯(记者 白文斌)市政府常务会议昨天通过方案，今年秋季学期起全市小学统一供应热午餐。\n\n";
    let bridge = "海港大桥恢复通车\n\n本报讯(记者 白文斌)经过十一个月的封闭施工，海港大桥今天上午恢复双向通车，市民纷纷点赞。\n\n";
    let edited = bridge.replace("十一个月", "十二个月");
    for at in 0..3 {
        let page = |first: &str, changed: bool| {
            let items: Vec<&str> =
                (0..3).map(|item| if changed && item == at { edited.as_str() } else { bridge }).collect();
            first.to_owned() + &items.concat()
        };
        for news in ["", other] {
            let mut newsroom = Newsroom::new();
            newsroom.drop("A01.txt", page("", false) + other);
            let before: Vec<String> = newsroom.entries("").into_iter().map(|entry| entry.id).collect();
            assert_eq!(before.len(), 4);
            newsroom.drop("A01.txt", page(news, true));
            let after: Vec<Entry> =
                newsroom.entries("").into_iter().filter(|entry| entry.title == "海港大桥恢复通车").collect();
            assert_eq!(after.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>(), before[..3], "{at}");
            assert!(after[at].content.contains("十二个月"));
        }
    }
}

#[test]
fn a_version_is_remembered_though_its_file_states_none_any_more() {
    let wire = |head: &str, title: &str| format!("---\ntitle: {title}\nid: urn:x:1\n{head}---\n\n{HARBOUR}\n");
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", wire("version: 3\n", "Third"));
    newsroom.drop("a/one.md", wire("", "Third, edited"));
    assert_eq!(newsroom.titles("a"), ["Third, edited"]);
    newsroom.drop("a/late.md", wire("version: 2\n", "Second"));
    assert_eq!(newsroom.titles("a"), ["Third, edited"]);
}

#[test]
fn what_waits_for_its_time_is_told_once() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", dated("Harbour", "2026-07-02T12:00:00Z", HARBOUR));
    assert_eq!(newsroom.changes(), [(Change::Scheduled, "Harbour".to_owned())]);
    newsroom.rename("a/one.md", "b/one.md");
    newsroom.compare();
    assert_eq!(newsroom.changes(), []);
    newsroom.drop("b/one.md", dated("Harbour", "2026-07-02T13:00:00Z", HARBOUR));
    assert_eq!(newsroom.changes(), [(Change::Scheduled, "Harbour".to_owned())]);
    newsroom.drop("b/one.md", dated("Harbour bridge", "2026-07-02T13:00:00Z", HARBOUR));
    assert_eq!(newsroom.changes(), [(Change::Scheduled, "Harbour bridge".to_owned())]);
}

#[test]
fn a_restore_says_where_readers_do_not_see_it_yet() {
    let said = "it is not in the feeds: its file is gone from the inbox";
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("One", HARBOUR));
    newsroom.withdraw("a/one.md");
    let reply = newsroom.restore("a/one.md");
    assert!(!reply.text.contains(said), "{}", reply.text);
    let reply = newsroom.withdraw("a/one.md");
    assert!(!reply.text.contains(said), "{}", reply.text);
    newsroom.remove("a/one.md");
    newsroom.pass(GRACE);
    let reply = newsroom.restore("a/one.md");
    assert!(reply.text.contains(said), "{}", reply.text);
    newsroom.drop("a/one.md", story("One", HARBOUR));
    assert_eq!(newsroom.titles("a"), ["One"]);
}

#[test]
fn what_is_kept_without_its_file_may_be_restored() {
    let mut newsroom = Newsroom::with("[intake]\non_delete = \"keep\"\n");
    newsroom.drop("a/one.md", story("Harbour", HARBOUR));
    let before = newsroom.entry("a");
    newsroom.withdraw(&before.id);
    newsroom.remove("a/one.md");
    newsroom.pass(GRACE);
    assert!(newsroom.titles("a").is_empty());
    newsroom.restore(&before.id);
    assert_eq!(newsroom.entry("a"), before);
}

#[test]
fn other_news_is_told_from_an_edit_by_what_both_have_in_common() {
    let words = |count: usize, word: &str| (0..count).map(|n| format!("{word}{n} ")).collect::<String>();
    let of =
        |title: &str, body: String| Likeness::of(title, &Draft { body: format!("<p>{body}</p>"), ..Draft::default() });
    // Of twenty runs of three words four are the same, then three.
    let text = of("Harbour", words(22, "a"));
    assert!(text.rank(&of("School", words(6, "a") + &words(16, "b"))).is_some());
    assert!(text.rank(&of("School", words(5, "a") + &words(17, "b"))).is_none());
    // All of a short one stands in a long one: it grew. It is no version of that, which nearly all of both must be.
    let short = of("School", words(5, "a"));
    assert!(text.rank(&short).is_some() && short.rank(&text).is_some());
    assert!(!text.is_version_of(&short) && !short.is_version_of(&text));
    assert!(text.is_version_of(&of("School", words(16, "a"))));
    assert!(!text.is_version_of(&of("School", words(15, "a"))));
    // Told at little cost: by whole paragraphs, but where there is only one.
    let paragraphs = |words: [&str; 3]| words.map(|word| format!("<p>{}</p>", word.repeat(20))).concat();
    let (many, others) = (paragraphs(["one ", "two ", "six "]), paragraphs(["ten ", "ox ", "elm "]));
    assert!(may_be_versions(&many, &paragraphs(["ten ", "two ", "six "])) && !may_be_versions(&many, &others));
    let single = many.replace("</p><p>", " ");
    assert!(may_be_versions(&single, &many) && may_be_versions(&many, &single));
    // Of the words of two headlines a half, then a third.
    let titled = |title: &str, body: &str| of(title, words(22, body));
    assert!(titled("One two three four", "a").rank(&titled("One two five six", "b")).is_some());
    assert!(titled("One two three", "a").rank(&titled("One five six", "b")).is_none());
    // The same headline is the same news, whatever case and points it has, and outranks any likeness.
    let same = titled("The Harbour, at last!", "a").rank(&titled("the harbour: at last", "b")).unwrap();
    let alike = titled("The harbour", "a").rank(&titled("The old harbour", "a")).unwrap();
    assert!(same > alike, "{same} {alike}");
    assert!(Likeness::of_title("").rank(&Likeness::of_title("")).is_none());
}

#[test]
fn a_date_of_change_that_is_no_later_gives_way_to_the_arrival() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("Harbour", HARBOUR));
    newsroom.skip(Duration::from_secs(3600));
    newsroom.drop("a/one.md", story("Harbour bridge", HARBOUR));
    assert_eq!(newsroom.entry("a").updated, "2026-07-02T09:00:00+00:00");
    newsroom.skip(Duration::from_secs(3600));
    let text = format!("---\ntitle: Bridge\nupdated: 2026-07-02T08:30:00Z\n---\n\n{HARBOUR}\n");
    newsroom.drop("a/one.md", text);
    assert_eq!(newsroom.entry("a").updated, "2026-07-02T10:00:00+00:00");
}

#[test]
fn what_was_edited_and_then_copied_before_it_was_read_is_one_article() {
    let edited = |head: &str| format!("---\ntitle: Harbour\n{head}---\n\n{HARBOUR} Trams follow on Monday.\n");
    for is_up in [true, false] {
        let mut newsroom = Newsroom::new();
        newsroom.drop("d/one.md", story("Harbour", HARBOUR));
        let id = newsroom.entry("d").id;
        if !is_up {
            newsroom.stop();
        }
        newsroom.put("d/one.md", edited(""));
        newsroom.put("a/two.md", edited(""));
        if is_up {
            newsroom.tell("a/two.md");
            newsroom.tell("d/one.md");
            newsroom.rest();
        } else {
            newsroom.start();
        }
        newsroom.pass(GRACE);
        assert_eq!((newsroom.entry("d").id, newsroom.entry("a").id, newsroom.entries("").len()), (id.clone(), id, 1));
    }
}

#[test]
fn a_copy_refused_for_the_id_it_states_is_taken_once_the_original_is_read() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", stated("Harbour", "urn:x:1", HARBOUR));
    let edited = stated("Harbour", "urn:x:1", &format!("{HARBOUR} Trams follow on Monday."));
    newsroom.put("a/one.md", &edited);
    newsroom.drop("b/one.md", &edited);
    assert_eq!(newsroom.status()["refused"], 1, "so far it says something else than the first");
    newsroom.drop("a/one.md", &edited);
    assert_eq!(newsroom.status()["refused"], 0);
    assert_eq!((newsroom.entry("a").id, newsroom.entry("b").id), ("urn:x:1".to_owned(), "urn:x:1".to_owned()));
    // One that says something else waits on.
    newsroom.drop("c/one.md", stated("Harbour", "urn:x:1", SCHOOL));
    newsroom.drop("a/one.md", stated("Harbour", "urn:x:1", &format!("{HARBOUR} Trams follow on Tuesday.")));
    assert_eq!(newsroom.status()["refused"], 1);
}

#[test]
fn what_came_to_stand_elsewhere_while_it_was_out_names_that_section() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("Harbour", HARBOUR));
    newsroom.withdraw("a/one.md");
    newsroom.drop("b/one.md", story("Harbour", HARBOUR));
    newsroom.restore("a/one.md");
    assert_eq!(newsroom.entry("a").categories, ["A", "B"]);
}

#[test]
fn another_version_that_a_program_put_aside_is_refused_and_not_published_twice() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/one.md", story("Harbour", HARBOUR));
    let id = newsroom.entry("a").id;
    // Syncthing: the version that was here aside, that of the other machine in its place.
    let aside = "a/one.sync-conflict-20260702-080000-ABCDEFG.md";
    newsroom.rename("a/one.md", aside);
    newsroom.put("a/.syncthing.one.md.tmp", story("Harbour", &format!("{HARBOUR} Trams follow on Monday.")));
    fs::rename(newsroom.inbox("a/.syncthing.one.md.tmp"), newsroom.inbox("a/one.md")).unwrap();
    newsroom.hint(Hint::Arrived(InboxPath::new("a/one.md")));
    newsroom.pass(GRACE);
    let entry = newsroom.entry("a");
    assert!(entry.id == id && entry.content.contains("Trams"), "{entry:?}");
    let refusals = newsroom.status()["refusals"].clone();
    assert_eq!((refusals.as_array().unwrap().len(), refusals[0]["file"].as_str()), (1, Some(aside)));
    assert!(refusals[0]["reason"].as_str().unwrap().contains("another version"), "{refusals}");
    // Taken for the right one, it takes the place of the other.
    newsroom.rename(aside, "a/one.md");
    newsroom.pass(GRACE);
    assert_eq!((newsroom.entry("a").id, newsroom.status()["refused"].as_i64()), (id, Some(0)));
    assert!(!newsroom.entry("a").content.contains("Trams"));
}

#[test]
fn what_is_edited_as_a_folder_above_it_is_renamed_stays_its_article() {
    let mut newsroom = Newsroom::new();
    newsroom.drop("a/b/one.md", story("Harbour", HARBOUR));
    let id = newsroom.entry("a/b").id;
    rename_silently(&newsroom, "a", "z");
    newsroom.put("z/b/one.md", story("Harbour", &format!("{HARBOUR} Trams follow on Monday.")));
    newsroom.hint(Hint::FolderMoved { from: InboxPath::new("a"), to: InboxPath::new("z") });
    newsroom.pass(GRACE);
    assert_eq!(newsroom.entry("z/b").id, id);
    assert!(newsroom.entry("").content.contains("Trams"));
}

//! Dates as people write them, zones and clock changes, dates in file names.

#![allow(clippy::unwrap_used)] // a test that cannot go on fails

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;
use syndicated::article::When;
use syndicated::parse::dates;

const SHANGHAI: Tz = Tz::Asia__Shanghai;

fn instant(text: &str) -> When {
    When::Instant(DateTime::parse_from_rfc3339(text).unwrap().with_timezone(&Utc))
}

fn day(text: &str) -> When {
    When::Day(NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap())
}

fn check(zone: Tz, cases: &[(&str, When)]) {
    for (text, expected) in cases {
        assert_eq!(dates::read(text, zone), Some(*expected), "{text:?}");
    }
}

#[test]
fn german_months_and_weekdays() {
    let second = day("2026-07-02");
    check(
        SHANGHAI,
        &[
            ("2. Juli 2026", second),
            ("Donnerstag, 2. Juli 2026", second),
            ("Do., 02.07.2026", second),
            ("Do, 2. Juli 2026", second),
            ("2 JULI 2026", second),
            ("1. März 2026", day("2026-03-01")),
            ("6. Jänner 2026", day("2026-01-06")),
            ("3. Okt. 2026", day("2026-10-03")),
            ("31. Dez. 2026", day("2026-12-31")),
        ],
    );
}

#[test]
fn months_of_other_languages() {
    let november = day("2026-11-20");
    let texts = [
        "20. listopadu 2026",
        "20 Kasım 2026",
        "20 Νοεμβρίου 2026",
        "20 नवंबर 2026",
        "20 नवम्बर 2026",
        "20 בנובמבר 2026",
        "20 листопада 2026",
        "20. marraskuuta 2026",
        "20 noiembrie 2026",
    ];
    check(SHANGHAI, &texts.map(|text| (text, november)));
    check(SHANGHAI, &[("20 października 2026", day("2026-10-20")), ("20 Ağustos 2026", day("2026-08-20"))]);
    // October in Zagreb, November in Warsaw.
    assert_eq!(dates::read("20 listopada 2026", SHANGHAI), None);
}

#[test]
fn an_instant_with_its_own_offset() {
    let ten = instant("2026-07-02T10:00:00+08:00");
    check(
        Tz::UTC,
        &[
            ("2026-07-02T10:00:00+08:00", ten),
            ("2026-07-02T02:00:00Z", ten),
            ("2026-07-02t02:00:00.123z", ten),
            ("2026-07-02 10:00:00 +0800", ten),
            ("2026-07-02T10:00+0800", ten),
            ("2026-07-02 10:00 +08:00", ten),
            ("2026-07-02 10:00:00+08", ten),
            ("20260702T100000+0800", ten),
            ("20260702T020000Z", ten),
            ("Thu, 02 Jul 2026 10:00:00 +0800", ten),
            ("Thu, 2 Jul 2026 02:00 GMT", ten),
            ("Mon, 2 Jul 2026 02:00:00 GMT", ten),
            ("2026-07-02 02:00 UTC", ten),
            ("2026-07-02 11:00 JST", ten),
            ("2026-07-01 22:00:00 EDT", ten),
            ("2026-07-02T10:00:00+08:00[Asia/Shanghai]", ten),
        ],
    );
}

#[test]
fn a_time_without_zone_is_the_publications() {
    let ten = instant("2026-07-02T10:00:00+08:00");
    check(
        SHANGHAI,
        &[
            ("2026-07-02 10:00", ten),
            ("2026-07-02 10:00:00", ten),
            ("2026-07-02T10:00:00", ten),
            ("2026-7-2 10:00", ten),
            ("2026/7/2 10:00", ten),
            ("2026年7月2日 10:00", ten),
            ("2026年7月2日10时", ten),
            ("2026年7月2日 10时00分", ten),
            ("2026年07月02日 星期四 上午10:00", ten),
            ("２０２６年７月２日 １０：００", ten),
            ("July 2, 2026 10:00 am", ten),
            ("July 2, 2026 at 10:00 AM", ten),
            ("2 Jul 2026 10:00", ten),
            ("20260702T100000", ten),
            ("20260702 1000", ten),
            ("2026-07-02 10am", ten),
            ("2026-07-02 下午3点30分", instant("2026-07-02T15:30:00+08:00")),
            ("2026-07-02 12:05 AM", instant("2026-07-02T00:05:00+08:00")),
            ("2026-07-02 24:00", instant("2026-07-03T00:00:00+08:00")),
            ("2026-07-02 10:30:45", instant("2026-07-02T10:30:45+08:00")),
        ],
    );
}

#[test]
fn a_day_alone() {
    check(
        SHANGHAI,
        &[
            ("2026-07-02", day("2026-07-02")),
            (" 2026-7-2 ", day("2026-07-02")),
            ("2026/07/02", day("2026-07-02")),
            ("2026.7.2", day("2026-07-02")),
            ("20260702", day("2026-07-02")),
            ("2026年7月2日", day("2026-07-02")),
            ("2026年7月2日 星期四", day("2026-07-02")),
            ("2026年7月2日(周四)", day("2026-07-02")),
            ("Jul 02 2026", day("2026-07-02")),
            ("July 2nd, 2026", day("2026-07-02")),
            ("Thursday, July 2, 2026", day("2026-07-02")),
            ("2 July 2026", day("2026-07-02")),
            ("02-Jul-2026", day("2026-07-02")),
            ("Sept. 9, 2026", day("2026-09-09")),
            ("2024-02-29", day("2024-02-29")),
        ],
    );
}

#[test]
fn clock_changes() {
    let berlin = Tz::Europe__Berlin;
    check(
        berlin,
        &[
            ("2026-03-29 02:30", instant("2026-03-29T03:30:00+02:00")),
            ("2026-10-25 02:30", instant("2026-10-25T02:30:00+02:00")),
            ("2026-07-02 10:00", instant("2026-07-02T10:00:00+02:00")),
        ],
    );
    // Samoa left out the 30th of December 2011.
    check(Tz::Pacific__Apia, &[("2011-12-30 12:00", instant("2011-12-31T12:00:00+14:00"))]);
}

#[test]
fn what_is_no_date_or_two() {
    for text in [
        "",
        "someday",
        "2026",
        "2026-07",
        "2026-02-29",
        "2026-13-01",
        "2026-07-32",
        "11/12/2026",
        "2026-07-02 25:00",
        "2026-07-02 10:61",
        "2026-07-02 10:00 XYZ",
        "2026-07-02 and so on",
        "7月2日",
        "20269902",
        "2026年7月",
        "0000-01-01",
        "2026-07-02 13:00 pm",
        "2026-07-02T10:00+99:00",
        "99999999999999",
        "2026-07/02",
        "昨天",
    ] {
        assert_eq!(dates::read(text, SHANGHAI), None, "{text:?}");
    }
    assert_eq!(dates::read(&"9".repeat(100_000), SHANGHAI), None);
}

#[test]
fn the_date_in_a_files_name() {
    for (stem, date, rest) in [
        ("2026-07-02-harvest", "2026-07-02", "harvest"),
        ("20260702-harvest", "2026-07-02", "harvest"),
        ("20260702_harvest", "2026-07-02", "harvest"),
        ("2017-2-5-url", "2017-02-05", "url"),
        ("2021-04-25_小麦 丰收", "2021-04-25", "小麦 丰收"),
        ("2020-04-11-Use alacritty", "2020-04-11", "Use alacritty"),
        ("2026-07-02", "2026-07-02", ""),
        ("20260702", "2026-07-02", ""),
    ] {
        let date = NaiveDate::parse_from_str(date, "%Y-%m-%d").unwrap();
        assert_eq!(dates::in_name(stem), Some((date, rest.to_owned())), "{stem:?}");
    }
    for stem in ["harvest", "2026-harvest", "12345678", "2026-13-01-x", "202607021-x", "A01", "", "2026-07-021", "年"]
    {
        assert_eq!(dates::in_name(stem), None, "{stem:?}");
    }
}

proptest! {
    #[test]
    fn no_text_is_too_odd(text in "\\PC{0,40}", zone in 0..chrono_tz::TZ_VARIANTS.len()) {
        let _ = dates::read(&text, chrono_tz::TZ_VARIANTS[zone]);
        let _ = dates::in_name(&text);
    }

    #[test]
    fn every_near_date_reads_without_panic(text in "[0-9年月日:/.TZ +-]{0,30}", zone in 0..chrono_tz::TZ_VARIANTS.len()) {
        let _ = dates::read(&text, chrono_tz::TZ_VARIANTS[zone]);
        let _ = dates::in_name(&text);
    }

    #[test]
    fn what_is_written_is_read(seconds in 0i64..4_000_000_000) {
        let at = DateTime::from_timestamp(seconds, 0).unwrap();
        prop_assert_eq!(dates::read(&at.to_rfc3339(), SHANGHAI), Some(When::Instant(at)));
        prop_assert_eq!(dates::read(&at.to_rfc2822(), SHANGHAI), Some(When::Instant(at)));
        let local = at.with_timezone(&Tz::UTC).format("%Y年%-m月%-d日 %H:%M:%S").to_string();
        prop_assert_eq!(dates::read(&local, Tz::UTC), Some(When::Instant(at)));
    }
}

#[test]
fn dates_of_many_hands() {
    let ten = instant("2026-07-02T10:00:00+08:00");
    let half = instant("2026-07-02T10:30:00+08:00");
    check(
        SHANGHAI,
        &[
            ("二〇二六年七月二日", day("2026-07-02")),
            ("二○二六年十二月二十三日 星期三", day("2026-12-23")),
            ("2026年7月2日 晚上8点半", instant("2026-07-02T20:30:00+08:00")),
            ("二〇二六年七月二日 10时30分", half),
            ("2026-07-02 10:30 北京时间", half),
            ("'2026-07-02'", day("2026-07-02")),
            ("\"2026-07-02 10:00\"", ten),
            ("2026-07-02 11:00 Asia/Tokyo", ten),
            ("02.07.2026 10:00", ten),
            ("2.7.2026", day("2026-07-02")),
            ("13/7/2026", day("2026-07-13")),
            ("7/13/2026", day("2026-07-13")),
            ("20260702103000", half),
            ("202607021030", half),
            ("1782957600", instant("2026-07-02T02:00:00Z")),
            ("1782957600123", instant("2026-07-02T02:00:00Z")),
            ("2026-07-02+08:00", day("2026-07-02")),
            ("2026-07-02Z", day("2026-07-02")),
        ],
    );
    check(Tz::UTC, &[("2026-07-02 北京时间10:30", half)]);
    for text in
        ["3/4/2026", "31.13.2026", "二六年七月二日", "二〇二六年十三月二日", "2026-07-02 10:00 Mars/Base", "12345"]
    {
        assert_eq!(dates::read(text, SHANGHAI), None, "{text}");
    }
    for (stem, date, rest) in [("2026年7月2日丰收", "2026-07-02", "丰收"), ("二〇二六年七月二日", "2026-07-02", "")]
    {
        let When::Day(date) = day(date) else { unreachable!() };
        assert_eq!(dates::in_name(stem), Some((date, rest.to_owned())), "{stem}");
    }
}

#[test]
fn as_systems_write_it() {
    let at = instant("2026-07-02T10:30:00+08:00");
    check(
        Tz::UTC,
        &[
            ("2026-07-02T02:30:00Z", at),
            ("2026-07-02T02:30:00+0000", at),
            ("20260702T023000Z", at),
            ("20260701T213000-0500", at),
            ("2026-07-02T02:30:00.000Z", at),
            ("20260702T023000", at),
            ("2026-07-02T02:30:00", at),
            ("2026-07-02 02:30:00", at),
            ("2026-07-01 18:30:00 -0800", at),
            ("2026-07-02 10:30:00 +0800", at),
            ("2026-07-02 02:30", at),
            ("2026:07:02 02:30:00", at),
            ("2026-07-02 02:30:00 +0000 UTC", at),
            ("Thu Jul  2 02:30:00 2026", at),
            ("Thu Jul  2 02:30:00 UTC 2026", at),
            ("Wed Jul 1 21:30:00 EST 2026", at),
            ("Thursday, 02-Jul-26 02:30:00 GMT", at),
            ("Thu, 02 Jul 26 02:30:00 GMT", at),
            ("Thu, 02 Jul 2026 10:30:00 +0800 (CST)", at),
            ("2026-07-02 02:30 (UTC)", at),
            ("2026-07-02 10:30 (UTC+8)", at),
            ("2026-07-02 10:30 UTC+08:00", at),
            ("2026-183", day("2026-07-02")),
            ("2026-W27-4", day("2026-07-02")),
            ("2026-183T02:30Z", at),
            ("2026-07-02-05:00", day("2026-07-02")),
        ],
    );
}

#[test]
fn as_english_writers_do() {
    let at = instant("2026-07-02T15:30:00Z");
    check(
        Tz::UTC,
        &[
            ("July 2, 2026 3:30 pm", at),
            ("July 2, 2026, 3:30 p.m.", at),
            ("2 July 2026, 3.30pm", at),
            ("3:30 pm, July 2, 2026", at),
            ("3:30 PM on 2 July 2026", at),
            ("15:30 GMT, 2 July 2026", at),
            ("15:30, Thursday 2 July 2026 UTC", at),
            ("10:30 EST on July 2, 2026", at),
            ("Thursday, July 2nd, 2026 at 3:30 PM", at),
            ("Thursday the 2nd of July 2026 15:30", at),
            ("2 July 2026 15h30", at),
            ("July 2, 2026 noon", instant("2026-07-02T12:00:00Z")),
            ("July 2 2026", day("2026-07-02")),
            ("July the 2nd, 2026", day("2026-07-02")),
            ("2nd of July, 2026", day("2026-07-02")),
            ("2/Jul/2026", day("2026-07-02")),
            ("2026 July 2", day("2026-07-02")),
            ("2026-Jul-02", day("2026-07-02")),
            ("2026, July 2", day("2026-07-02")),
            ("Fri, 2 July 2026", day("2026-07-02")),
            ("13-07-2026", day("2026-07-13")),
            ("7/7/2026", day("2026-07-07")),
        ],
    );
}

#[test]
fn as_chinese_writers_do() {
    let at = |clock: &str| instant(&format!("2026-07-02T{clock}:00+08:00"));
    check(
        SHANGHAI,
        &[
            ("二〇二六年七月二日下午三时", at("15:00")),
            ("二〇二六年七月二日十五时三十分", at("15:30")),
            ("2026年七月2日 下午三点一刻", at("15:15")),
            ("2026年7月2日 下午3时", at("15:00")),
            ("2026年7月2日下午15时", at("15:00")),
            ("2026年7月2日15时整", at("15:00")),
            ("2026年7月2日 3点钟", at("03:00")),
            ("2026年7月2日上午9点半", at("09:30")),
            ("2026年7月2日早8时", at("08:00")),
            ("2026年7月2日凌晨2时", at("02:00")),
            ("2026年7月2日凌晨12时30分", at("00:30")),
            ("2026年7月2日中午12时", at("12:00")),
            ("2026年7月2日中午11点半", at("11:30")),
            ("2026年7月2日中午1点", at("13:00")),
            ("2026年7月2日正午", at("12:00")),
            ("2026年7月2日傍晚6时", at("18:00")),
            ("2026年7月2日晚8时", at("20:00")),
            ("2026年7月2日晚20时", at("20:00")),
            ("2026年7月2日晚间10点15分", at("22:15")),
            ("2026年7月2日晚上12点", instant("2026-07-03T00:00:00+08:00")),
            ("2026年7月2日零时", at("00:00")),
            ("2026年7月2日 10时30分15秒", instant("2026-07-02T10:30:15+08:00")),
            ("2026/7/2 上午 12:05:00", at("00:05")),
            ("2026/7/2 下午 12:05:00", at("12:05")),
            ("２０２６年７月２日（星期三）　１０：３０", at("10:30")),
            ("星期四 2026年7月2日 10:30", at("10:30")),
            ("北京时间2026年7月2日10:30", at("10:30")),
            ("2026年7月2日 10:30（北京时间）", at("10:30")),
            ("中华民国115年7月2日", day("2026-07-02")),
            ("民國115年7月2日 10時30分", at("10:30")),
            ("2026年7月2日(木)", day("2026-07-02")),
            ("2026년 7월 2일", day("2026-07-02")),
            ("2026年7月2号", day("2026-07-02")),
        ],
    );
    for vague in [
        "2026年7月2日下午",
        "2026年7月2日晚",
        "2026年7月2日上午12时",
        "2026年7月2日上午15时",
        "2026年7月2日晚上2点",
        "2026年7月2日中午8时",
        "2026年7月2日午夜",
        "农历2026年7月2日",
    ] {
        assert_eq!(dates::read(vague, SHANGHAI), None, "{vague}");
    }
}

#[test]
fn a_short_zone_name_is_the_publications_own_or_means_one_thing() {
    let at = instant("2026-01-02T10:00:00Z");
    for (zone, text) in [
        (SHANGHAI, "2026-01-02 18:00 CST"),
        (Tz::Asia__Taipei, "2026-01-02 18:00 CST"),
        (Tz::America__Chicago, "2026-01-02 04:00 CST"),
        (Tz::America__Havana, "2026-01-02 05:00 CST"),
        (Tz::Asia__Kolkata, "2026-01-02 15:30 IST"),
        (Tz::Asia__Jerusalem, "2026-01-02 12:00 IST"),
        (Tz::Asia__Manila, "2026-01-02 18:00 PST"),
        (Tz::America__Los_Angeles, "Fri, 02 Jan 2026 02:00:00 PST"),
        (Tz::UTC, "2026-01-02 05:00 EST"),
        (Tz::UTC, "2026-01-02 11:00 CET"),
    ] {
        check(zone, &[(text, at)]);
    }
    // Named in winter, said in summer.
    check(Tz::America__Chicago, &[("2026-07-01 20:00 CST", instant("2026-07-02T02:00:00Z"))]);
    check(Tz::Europe__London, &[("2026-07-02 11:00 BST", instant("2026-07-02T10:00:00Z"))]);
    for (zone, text) in [
        (Tz::UTC, "2026-01-02 18:00 CST"),
        (SHANGHAI, "2026-01-02 18:00 IST"),
        (SHANGHAI, "Fri, 02 Jan 2026 02:00:00 PST"),
        (SHANGHAI, "2026-07-02 11:00 BST"),
        (Tz::Asia__Hong_Kong, "18:00 CST, 2 January 2026"),
    ] {
        assert_eq!(dates::read(text, zone), None, "{text:?} in {zone}");
        assert!(dates::ambiguity(text).is_some_and(|why| why.contains("several time zones")), "{text:?}");
    }
    assert!(dates::ambiguity("3/4/2026").is_some_and(|why| why.contains("two days")));
    assert_eq!(dates::ambiguity("someday"), None);
}

/// The database of zones is asked what every short name means; what we read without the publication's zone agrees with all
/// of it.
#[test]
fn no_short_name_is_guessed() {
    use chrono::{Offset, TimeZone};
    use chrono_tz::OffsetName;
    for zone in chrono_tz::TZ_VARIANTS {
        for (month, hour) in [(1, 12), (7, 12)] {
            let local = NaiveDate::from_ymd_opt(2026, month, 15).unwrap().and_hms_opt(hour, 0, 0).unwrap();
            let at = zone.from_local_datetime(&local).earliest().unwrap();
            let name = at.offset().abbreviation().filter(|n| n.bytes().all(|b| b.is_ascii_alphabetic()));
            let Some(name) = name else { continue };
            let text = format!("{} {name}", local.format("%Y-%m-%d %H:%M"));
            // A zone without clock changes or short names of its own.
            let read = dates::read(&text, Tz::Etc__GMTPlus12);
            let meant = When::Instant(at.to_utc());
            assert!(
                read.is_none_or(|read| read == meant),
                "{text} of {zone} ({}) is read as {read:?}",
                at.offset().fix()
            );
            assert_eq!(dates::read(&text, zone), Some(meant), "{text} in its own zone {zone}");
        }
    }
}

#[test]
fn the_page_in_a_files_name() {
    use syndicated::page_number::PageNumber;
    let day = NaiveDate::from_ymd_opt(2025, 7, 2).unwrap();
    for (stem, page) in [
        ("20250702-A01", "A01"),
        ("20250702A01", "A1"),
        ("20250702_a01版", "A01"),
        ("A01-20250702", "A01"),
        ("A01版_2025-07-02", "A01"),
        ("2025-07-02-A01", "A01"),
        ("2025-07-02_A01版", "A01"),
        ("2025-7-2 第3版", "3"),
        ("lcrb20250702A01", "A01"),
        ("lcrb-20250702-A01", "A01"),
        ("rmrb2025070201", "1"),
        ("20250702-01", "1"),
        ("2025年7月2日 A01 要闻", "A01"),
        ("二〇二五年七月二日第12版", "12"),
    ] {
        assert_eq!(dates::page_in_name(stem), Some((day, PageNumber::read(page).unwrap())), "{stem}");
    }
    for stem in [
        "20250702",
        "A01",
        "20250702-harvest",
        "20250702-A01-harvest",
        "2025-07-02-2025",
        "20251302-A01",
        "20250702-A00",
        "AB01-20250702",
        "",
        "averyverylongprefix20250702A01",
    ] {
        assert_eq!(dates::page_in_name(stem), None, "{stem}");
    }
}

#[test]
fn as_writers_of_other_languages_do() {
    let second = day("2026-07-02");
    check(
        Tz::UTC,
        &[
            ("2. Juli 2026", second),
            ("Donnerstag, 2. Juli 2026", second),
            ("am 2. Juli 2026", second),
            ("1er juillet 2026", day("2026-07-01")),
            ("jeudi 2 juillet 2026", second),
            ("le 2 juillet 2026", second),
            ("2 de julio de 2026", second),
            ("jueves, 2 de julio de 2026", second),
            ("2 luglio 2026", second),
            ("giovedì 2 luglio 2026", second),
            ("2 de julho de 2026", second),
            ("2 juli 2026", second),
            ("2 июля 2026", second),
            ("٢ يوليو ٢٠٢٦", second),
            ("الخميس، ٢ يوليو ٢٠٢٦", second),
            ("3. März 2026", day("2026-03-03")),
            ("3 août 2026", day("2026-08-03")),
            ("2. Juli 2026 10:30", instant("2026-07-02T10:30:00Z")),
            ("12 września 2026 r.", day("2026-09-12")),
            ("12 октября 2026 г., 15:40", instant("2026-10-12T15:40:00Z")),
            ("12 жовтня 2026 року", day("2026-10-12")),
            ("Jumat, 6 November 2026 08:15 WIB", instant("2026-11-06T01:15:00Z")),
            ("Thứ Bảy, 28/2/2026", day("2026-02-28")),
            ("Mar, 17/02/2026 - 09:30", instant("2026-02-17T09:30:00Z")),
            ("Mar 17, 2026", day("2026-03-17")),
        ],
    );
    for odd in [
        "Lima, 13/11/2026",
        "Mar, 17 2026",
        "2. Heumonat 2026",
        "2 listopada 2026",
        "31. Juni 2026",
        "marzo 2026",
        "Juli 2026",
    ] {
        assert_eq!(dates::read(odd, Tz::UTC), None, "{odd}");
    }
}

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
    check(SHANGHAI, &[("2026-07-02 10:00:00 CST", ten)]);
    check(Tz::America__Chicago, &[("2026-07-01 20:00:00 CST", ten)]);
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

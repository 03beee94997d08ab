//! Files as Chinese, Western and old systems write them; damaged and half-written ones are refused at their byte.

#![allow(clippy::unwrap_used)] // a test that cannot go on fails

use std::path::Path;

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, WINDOWS_1252};
use proptest::prelude::*;
use syndicated::parse::encoding::decode;

const CHINESE: &str =
    "本报讯(记者 白文斌)“三夏”以来,全市小麦收获接近尾声。7月1日,记者从市农业农村局获悉,今年小麦总产再创新高。\n";
const TRADITIONAL: &str =
    "本報訊(記者 白文斌)夏收以來,全市小麥收穫接近尾聲。記者從市農業局獲悉,今年小麥總產量再創新高。\n";

fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
    let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
    units.flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
}

fn check(bytes: &[u8], configured: Option<&'static Encoding>, language: &str, expected: &str) {
    assert_eq!(decode(bytes, configured, language).as_deref(), Ok(expected));
}

fn refused_at(bytes: &[u8], language: &str) -> u64 {
    decode(bytes, None, language).unwrap_err().byte.unwrap()
}

#[test]
fn unicode_in_every_dress() {
    for text in [CHINESE, "plain ascii\n", "Grüße, naïve café\n"] {
        check(text.as_bytes(), None, "en", text);
        check(format!("\u{feff}{text}").as_bytes(), None, "en", text);
        check(text.as_bytes(), Some(GBK), "zh-CN", text);
        for big in [false, true] {
            check(&utf16(text, big, true), None, "en", text);
            check(&utf16(text, big, false), None, "en", text);
        }
    }
    check(b"", None, "en", "");
    check(b"\xef\xbb\xbf", None, "en", "");
}

#[test]
fn legacy_encodings_are_guessed_or_configured() {
    check(&GBK.encode(CHINESE).0, None, "en", CHINESE);
    check(&GB18030.encode(CHINESE).0, None, "zh-CN", CHINESE);
    check(&BIG5.encode(TRADITIONAL).0, None, "en", TRADITIONAL);
    check(&BIG5.encode(TRADITIONAL).0, None, "zh-TW", TRADITIONAL);
    check(&GBK.encode("新闻").0, None, "zh-CN", "新闻");
    check(&GB18030.encode("𠮷野家").0, Some(GB18030), "en", "𠮷野家");
    let latin = "Der Bürgermeister eröffnete die Straße über den Fluss; das Café blieb geschlossen.\n";
    check(&WINDOWS_1252.encode(latin).0, None, "de", latin);
    let japanese = "今年の小麦の収穫量は過去最高となりました。記者が農業局で聞きました。\n";
    check(&SHIFT_JIS.encode(japanese).0, None, "en", japanese);
    let korean = "올해 밀 수확량이 역대 최고를 기록했다고 농업국이 밝혔다.\n";
    check(&EUC_KR.encode(korean).0, None, "en", korean);
    check(&SHIFT_JIS.encode("今年").0, Some(SHIFT_JIS), "zh-CN", "今年");
}

#[test]
fn utf16_without_a_mark_and_hardly_a_space() {
    for text in
        ["全市防汛会议召开，会议要求压实责任。各部门一一落实。", "标题\n\n本报讯(记者 顾长风)7月1日，小麦丰收。"]
    {
        for big in [false, true] {
            check(&utf16(text, big, false), None, "zh-CN", text);
            check(&utf16(text, big, false), None, "en", text);
        }
    }
    check(
        &utf16("Мэр открыл новый мост через реку. Движение начнётся завтра.", false, false),
        None,
        "en",
        "Мэр открыл новый мост через реку. Движение начнётся завтра.",
    );
    check(b"a stray NUL\0 in a long enough line of text", None, "en", "a stray NUL in a long enough line of text");
}

#[test]
fn what_is_two_encodings_or_half_a_character_is_refused() {
    let gbk = GBK.encode(CHINESE).0.into_owned();
    assert_eq!(refused_at(&[CHINESE.repeat(3).as_bytes(), &gbk.repeat(3)].concat(), "zh-CN"), CHINESE.len() as u64 * 3);
    assert!(decode(&[&gbk.repeat(3), CHINESE.repeat(3).as_bytes()].concat(), None, "zh-CN").is_err());
    assert_eq!(refused_at(b"Harvest in \xe9\xba", "zh-CN"), 11);
    assert_eq!(refused_at(b"Title\n\nText \xed\xa0\x80 with half a pair.\n", "en"), 12);
    let accents = "\u{201c}Harvest\u{201d} begins\n\nIt\u{2019}s time, the na\u{ef}ve said.\n";
    check(&WINDOWS_1252.encode(accents).0, None, "en", accents);
    check(b"Le maire est all\xe9", None, "fr", "Le maire est allé");
}

#[test]
fn other_files_under_the_name_of_a_text() {
    for file in [&b"%PDF-1.7\n..."[..], b"PK\x03\x04\x14\0\x06\0", b"{\\rtf1\\ansi Words.}", b"\xFF\xD8\xFF\xE0JFIF"] {
        let rejection = decode(file, None, "zh-CN").unwrap_err();
        assert_eq!(rejection.byte, Some(0));
        assert!(rejection.reason.contains("under the name of a text"), "{rejection}");
    }
}

#[test]
fn damaged_utf8_is_refused_where_it_breaks() {
    let mut bytes = CHINESE.repeat(5).into_bytes();
    let at = CHINESE.find('收').unwrap();
    bytes[at + 1] = 0xff;
    assert_eq!(refused_at(&bytes, "zh-CN"), at as u64);
    assert_eq!(refused_at("你\u{597d}".as_bytes()[..5].as_ref(), "zh-CN"), 3);
    let marked = [b"\xef\xbb\xbf".as_slice(), &CHINESE.as_bytes()[..4]].concat();
    assert_eq!(refused_at(&marked, "en"), 6);
    let reason = decode(&CHINESE.as_bytes()[..101], None, "zh-CN").unwrap_err();
    assert!(reason.reason.contains("ends within a character"), "{reason}");
}

#[test]
fn damaged_legacy_files_are_refused_too() {
    let whole = GBK.encode(CHINESE).0.into_owned();
    let cut = whole.len() - 4;
    assert!(whole[cut - 1] >= 0x80);
    for language in ["en", "zh-CN"] {
        assert_eq!(refused_at(&whole[..whole.len() - 2], language), (whole.len() - 3) as u64, "{language}");
        let mut bytes = whole.repeat(4);
        bytes[whole.len() - 3] = 0xff;
        assert_eq!(refused_at(&bytes, language), (whole.len() - 3) as u64, "{language}");
    }
    let wide = utf16(CHINESE, false, true);
    assert_eq!(refused_at(&wide[..wide.len() - 1], "en"), (wide.len() - 2) as u64);
}

#[test]
fn what_is_no_text_is_refused() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0\x5c\x72\xa8\x66";
    assert!(decode(png, None, "en").is_err());
    assert!(decode(&[0; 64], None, "en").is_err());
    assert!(decode(&(0..=255).cycle().take(4096).collect::<Vec<u8>>(), None, "zh-CN").is_err());
    let stray = format!("{CHINESE}\0{CHINESE}");
    check(stray.as_bytes(), None, "zh-CN", &CHINESE.repeat(2));
}

#[test]
fn the_samples() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples");
    let Ok(truth) = std::fs::read_to_string(folder.join("seed-page.txt")) else { return };
    for name in ["seed.gb18030.txt", "seed.utf16le-bom.txt", "seed.utf8-crlf.txt"] {
        let Ok(bytes) = std::fs::read(folder.join("encodings").join(name)) else { continue };
        for language in ["en", "zh-CN"] {
            assert_eq!(decode(&bytes, None, language).unwrap().replace("\r\n", "\n"), truth, "{name} {language}");
        }
    }
    for name in ["seed.utf8-truncated.txt", "seed.utf8-broken.txt"] {
        let Ok(bytes) = std::fs::read(folder.join("encodings").join(name)) else { continue };
        let valid = std::str::from_utf8(&bytes).unwrap_err().valid_up_to();
        assert_eq!(refused_at(&bytes, "zh-CN"), valid as u64, "{name}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300), chinese: bool) {
        let _ = decode(&bytes, None, if chinese { "zh-CN" } else { "en" });
        let _ = decode(&bytes, Some(GB18030), "en");
    }

    #[test]
    fn utf8_is_never_taken_for_anything_else(text in "[a-zß-ü一-龥。，\\n]{0,80}") {
        prop_assert_eq!(decode(text.as_bytes(), None, "zh-CN").unwrap(), text);
    }
}

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

/// Texts in many languages, each with its encodings.
const OWN: [(&str, &str, &str); 40] = [
    (
        "pl",
        "Burmistrz otworzył most\n\nBurmistrz otworzył w środę nowy most przez rzekę. Zażółć gęślą jaźń, powiedział rzecznik urzędu. Mieszkańcy czekali na tę przeprawę od pięciu lat.\n",
        "windows-1250 iso-8859-2",
    ),
    ("pl", "Most otwarty\n\nMost już jest otwarty.\n", "windows-1250 iso-8859-2"),
    (
        "cs",
        "Starosta otevřel most\n\nStarosta ve středu otevřel nový most přes řeku. Příliš žluťoučký kůň úpěl ďábelské ódy. Lidé na něj čekali pět let.\n",
        "windows-1250 iso-8859-2",
    ),
    ("cs", "Most otevřen\n\nMost je už otevřený.\n", "windows-1250 iso-8859-2"),
    (
        "hu",
        "Megnyílt az új híd\n\nA polgármester szerdán megnyitotta az új hidat a folyó felett. Árvíztűrő tükörfúrógép, mondta a szóvivő. Öt évet vártak rá az emberek, és őszintén örültek.\n",
        "windows-1250 iso-8859-2",
    ),
    (
        "sk",
        "Starosta otvoril most\n\nStarosta v stredu otvoril nový most cez rieku. Ľudia naň čakali päť rokov. Kŕdeľ šťastných ďatľov, povedal hovorca.\n",
        "windows-1250 iso-8859-2",
    ),
    (
        "sl",
        "Župan odprl most\n\nŽupan je v sredo odprl nov most čez reko. Ljudje so nanj čakali pet let, je sporočil občinski tiskovni predstavnik. Češnje že cvetijo.\n",
        "windows-1250 iso-8859-2",
    ),
    (
        "hr",
        "Gradonačelnik otvorio most\n\nGradonačelnik je u srijedu otvorio novi most preko rijeke. Građani su na njega čekali pet godina. Češće će šetati, kažu susjedi.\n",
        "windows-1250 iso-8859-2",
    ),
    (
        "ro",
        "Primarul a deschis podul\n\nPrimarul a deschis miercuri noul pod peste râu. Oamenii l-au aşteptat cinci ani. Ţărănimea şi orăşenii s-au bucurat, a declarat purtătorul de cuvânt.\n",
        "windows-1250 iso-8859-2",
    ),
    (
        "tr",
        "Köprü açıldı\n\nBelediye başkanı çarşamba günü yeni köprüyü açtı. İnsanlar beş yıldır bekliyordu, dedi sözcü. Şehir ışıl ışıldı, güneş doğdu.\n",
        "windows-1254 iso-8859-9",
    ),
    (
        "lt",
        "Atidarytas tiltas\n\nMeras trečiadienį atidarė naują tiltą per upę. Žmonės jo laukė penkerius metus, sakė atstovė. Šaltą žiemą čia būdavo ąžuolų.\n",
        "windows-1257 iso-8859-13",
    ),
    (
        "lv",
        "Atklāts tilts\n\nMērs trešdien atklāja jauno tiltu pār upi. Cilvēki to gaidīja piecus gadus, sacīja pārstāvis. Šķērsot upi būs ērtāk.\n",
        "windows-1257 iso-8859-13",
    ),
    (
        "et",
        "Sild avati\n\nLinnapea avas kolmapäeval uue silla üle jõe. Inimesed ootasid seda viis aastat, ütles pressiesindaja. Žürii oli õnnelik, šampus voolas.\n",
        "windows-1257 iso-8859-13",
    ),
    (
        "ru",
        "Мэр открыл мост\n\nМэр в среду открыл новый мост через реку. Люди ждали его пять лет, сообщил представитель.\n",
        "windows-1251 iso-8859-5 koi8-r ibm866",
    ),
    (
        "uk",
        "Мер відкрив міст\n\nМер у середу відкрив новий міст через річку. Люди чекали на нього п'ять років, повідомив речник. Їжак і ґава.\n",
        "windows-1251 koi8-u",
    ),
    (
        "bg",
        "Кметът откри мост\n\nКметът откри в сряда новия мост над реката. Хората го чакаха пет години, съобщи говорителят.\n",
        "windows-1251 iso-8859-5",
    ),
    (
        "sr",
        "Градоначелник отворио мост\n\nГрадоначелник је у среду отворио нови мост преко реке. Људи су га чекали пет година, рекао је портпарол.\n",
        "windows-1251 iso-8859-5",
    ),
    (
        "el",
        "Ο δήμαρχος άνοιξε τη γέφυρα\n\nΟ δήμαρχος άνοιξε την Τετάρτη τη νέα γέφυρα. Οι άνθρωποι περίμεναν πέντε χρόνια.\n",
        "windows-1253 iso-8859-7",
    ),
    (
        "he",
        "ראש העיר פתח גשר\n\nראש העיר פתח ביום רביעי את הגשר החדש מעל הנהר. התושבים חיכו לו חמש שנים.\n",
        "windows-1255 iso-8859-8",
    ),
    (
        "ar",
        "افتتاح الجسر\n\nافتتح رئيس البلدية يوم الأربعاء الجسر الجديد فوق النهر. انتظر الناس خمس سنوات.\n",
        "windows-1256 iso-8859-6",
    ),
    ("th", "เปิดสะพานใหม่\n\nนายกเทศมนตรีเปิดสะพานใหม่ข้ามแม่น้ำเมื่อวันพุธ ชาวบ้านรอมาห้าปีแล้ว\n", "windows-874"),
    (
        "fr",
        "Le maire a inauguré le pont\n\nLe maire a inauguré mercredi le nouveau pont sur la rivière. « Où étiez-vous ? », a demandé l’élève à côté du château.\n",
        "windows-1252",
    ),
    (
        "es",
        "El alcalde inauguró el puente\n\nEl alcalde inauguró el miércoles el puente. ¿Dónde está el niño? Mañana será otro día, señaló.\n",
        "windows-1252 iso-8859-1",
    ),
    (
        "de",
        "Brücke eröffnet\n\nDer Bürgermeister eröffnete die Brücke. „Schön“, sagte er. 50 € kostet die Maut.\n",
        "windows-1252",
    ),
    (
        "is",
        "Brúin opnuð\n\nBorgarstjórinn opnaði nýja brú yfir ána á miðvikudag. Fólk beið í fimm ár, sagði þórður.\n",
        "windows-1252",
    ),
    (
        "sv",
        "Bron öppnad\n\nBorgmästaren öppnade på onsdagen den nya bron över ån. Folk har väntat i fem år.\n",
        "windows-1252",
    ),
    ("fr", "Le maire\n\nLe maire est allé.\n", "windows-1252"),
    ("de", "Brücke\n\nSchön ist sie.\n", "windows-1252"),
    (
        "en",
        "Bridge opens\n\n\u{201c}It\u{2019}s time,\u{201d} she said \u{2013} the caf\u{e9} stays.\n",
        "windows-1252",
    ),
    ("en", "Bill\n\nIt costs £50, or 20 °C × 3 ½.\n", "windows-1252"),
    (
        "pt",
        "Ponte\n\nA câmara não abriu a ponte à circulação até à manhã. É uma questão de ação, disse.\n",
        "windows-1252",
    ),
    ("it", "Ponte\n\nLa città è più bella, perché c’è il ponte; così disse il sindaco di Cefalù.\n", "windows-1252"),
    (
        "da",
        "Broen åbnet\n\nBorgmesteren åbnede onsdag den nye bro over åen. Folk har ventet længe på køen.\n",
        "windows-1252",
    ),
    ("no", "Bro\n\nNy bro over åen på Tøyen.\n", "windows-1252"),
    (
        "fi",
        "Silta\n\nPormestari avasi sillan keskiviikkona. Ihmiset odottivat sitä viisi vuotta, hän sanoi yöllä.\n",
        "windows-1252",
    ),
    ("en", "Visit\n\nThe visit of José Núñez to Zürich and Malmö was short.\n", "windows-1252"),
    ("es", "Niño\n\nEl niño está aquí.\n", "windows-1252"),
    (
        "ca",
        "Pont\n\nL'alcalde va inaugurar el pont de l'Hospitalet; és més ample. La Generalitat ho confirmarà demà, va dir. Col·legi.\n",
        "windows-1252",
    ),
    ("ja", "市長が橋を開通\n\n市長は水曜日、川にかかる新しい橋を開通させた。\n", "shift_jis euc-jp"),
    ("ko", "시장 다리 개통\n\n시장은 수요일 강을 가로지르는 새 다리를 개통했다.\n", "euc-kr"),
];

#[test]
fn texts_in_the_encodings_of_their_languages() {
    for (language, text, labels) in OWN {
        for label in labels.split(' ') {
            let encoding = Encoding::for_label(label.as_bytes()).unwrap();
            let (bytes, _, is_lossy) = encoding.encode(text);
            assert!(!is_lossy, "{language} {label}");
            assert_eq!(decode(&bytes, None, language).as_deref(), Ok(text), "{language} {label}");
            // Said by the file itself, it counts more than what the publication is in.
            for head in [
                format!("---\ntitle: One\nlang: {language}\n---\n"),
                format!("+++\nlanguage = \"{language}\"\n+++\n"),
                format!("<!doctype html>\n<html class=x lang='{language}'>\n"),
            ] {
                let bytes = [head.as_bytes(), &bytes].concat();
                let read = decode(&bytes, None, "fr").unwrap();
                assert_eq!(read.strip_prefix(&head), Some(text), "{language} {label}");
            }
            // Without a word of it, a text of some length still says what it is; Hungarian and Lithuanian do not.
            if !matches!(language, "hu" | "lt" | "et") && text.chars().count() > 60 {
                for publication in ["en", "de"] {
                    assert_eq!(
                        decode(&bytes, None, publication).as_deref(),
                        Ok(text),
                        "{language} {label} {publication}"
                    );
                }
            }
        }
    }
}

#[test]
fn hungarian_lithuanian_and_estonian_are_heard_by_their_words() {
    for (label, text) in [
        (
            "iso-8859-2",
            "Megnyílt az új híd a Tiszán\n\nA hidat tizenkét hónapig építették, és a polgármester szerint nem csak az autósok örülnek. \
             A főváros felől érkező kamionok is erre járnak majd, hogy tehermentesítsék a belvárost.\n",
        ),
        (
            "windows-1250",
            "Őszi vásár\n\nAz őszi vásár csütörtökön nyílik meg. Egy hétig tart, de a szervezők azt mondják, hogy volt már ennél több \
             árus is, és nem mindenki jön el.\n",
        ),
        (
            "windows-1257",
            "Naujas tiltas per Nerį\n\nMeras sakė, kad tiltas yra svarbus ir gyventojams, ir verslui. Jis buvo statomas dvejus metus, bet \
             kaina viršijo lūkesčius.\n",
        ),
        (
            "windows-1257",
            "Tallinnas avati uus sild\n\nEhitus kestis kaks aastat ja oli kallim, kui plaaniti. Linnapea sõnul on inimesed rahul, aga žürii \
             ei ole veel otsustanud. Šokolaadimuuseum avatakse ka.\n",
        ),
    ] {
        let (bytes, _, is_lossy) = Encoding::for_label(label.as_bytes()).unwrap().encode(text);
        assert!(!is_lossy, "{label}");
        for publication in ["en", "de", "zh-CN"] {
            assert_eq!(decode(&bytes, None, publication).as_deref(), Ok(text), "{label} {publication}");
        }
    }
    for text in [
        "Le maire et les élus ont dit qu'on ne peut pas tout faire. On verra, a-t-il ajouté, et la ville est déjà prête.\n",
        "Su casa está en el centro y no se ve. El alcalde dijo que ir en autobús es más fácil, según él.\n",
        "Pormestari sanoi, että sillan rakentaminen on kallista ja ei valmistu tänä vuonna.\n",
    ] {
        check(&WINDOWS_1252.encode(text).0, None, "en", text);
    }
}

#[test]
fn pounds_and_fractions_are_no_letters() {
    for text in ["Bill\n\nIt costs £50, or 20 °C × 3 ½.\n", "The 12 m³ of José’s £5 tank – ¾ full.\n"] {
        check(&WINDOWS_1252.encode(text).0, None, "en", text);
    }
}

#[test]
fn one_stray_byte_in_a_little_utf8_is_refused_and_not_made_accents_of() {
    assert_eq!(refused_at(b"Gr\xc3\xbcn und caf\xe9\n", "de"), 13);
    assert_eq!(
        refused_at("It\u{2019}s ".as_bytes().iter().chain(b"\x93so\n").copied().collect::<Vec<u8>>().as_slice(), "en"),
        7
    );
    // Capitals before a sign are UTF-8 by chance.
    let chance = "LIBERT\u{c9}\u{2019}s caf\u{e9} d\u{e9}j\u{e0}\n";
    check(&WINDOWS_1252.encode(chance).0, None, "fr", chance);
}

//! Houses of the news by name, as they write it themselves: one list, for datelines and for bylines.

/// Every house; `dpa/bb` and `dpa-AFX` are dpa's.
const AGENCIES: [&str; 75] = [
    "AA",
    "AAP",
    "Adnkronos",
    "AFP",
    "AFX",
    "Agerpres",
    "AGI",
    "Anadolu",
    "Anadolu Agency",
    "ANI",
    "ANP",
    "ANSA",
    "Antara",
    "AP",
    "APA",
    "Associated Press",
    "ATS",
    "Belga",
    "Bernama",
    "Bloomberg",
    "BTA",
    "Canadian Press",
    "CNN",
    "CP",
    "CTK",
    "Dow Jones",
    "dpa",
    "dts",
    "EFE",
    "epd",
    "Europa Press",
    "Hina",
    "IANS",
    "Interfax",
    "Jiji",
    "Keystone-SDA",
    "KNA",
    "KUNA",
    "Kyodo",
    "Kyodo News",
    "Lusa",
    "MarketWatch",
    "MTI",
    "NTB",
    "PA",
    "PA Media",
    "PAP",
    "Press Association",
    "PTI",
    "Reuters",
    "RFI",
    "RIA",
    "Ritzau",
    "SDA",
    "SID",
    "STT",
    "Tanjug",
    "TASS",
    "The Associated Press",
    "The Canadian Press",
    "Thomson Reuters",
    "TT",
    "Ukrinform",
    "UPI",
    "Xinhua",
    "Yonhap",
    "Интерфакс",
    "РИА Новости",
    "ТАСС",
    "أ ب",
    "أ ف ب",
    "د ب أ",
    "رويترز",
    "شينخوا",
    "وفا",
];
/// Those that a byline does not name alone, for the same letters are there a person's name, a place, or a party's or title's
/// short one: `Ann Lee, PA` writes from Pennsylvania. In the brackets of a dateline they are houses.
const AMBIGUOUS: [&str; 9] = ["AA", "ANI", "CP", "Hina", "Lusa", "PA", "RIA", "SID", "TT"];

/// Whether a name in the brackets of a dateline is that of a known house, in whatever case.
pub(super) fn is_agency(name: &str) -> bool {
    let name = name.trim();
    let is_listed = |name: &str| AGENCIES.iter().any(|house| house.eq_ignore_ascii_case(name));
    let of_house = |first: &str| first != name && name.len() <= 16 && is_listed(first);
    is_listed(name) || name.split(['/', '-', ' ']).next().is_some_and(of_house)
}

/// Whether a part of a byline is a house: `dpa`, `AP`, `Reuters`, `The Associated Press`.
pub(in crate::parse) fn is_house(text: &str) -> bool {
    AGENCIES.contains(&text) && !AMBIGUOUS.contains(&text)
}

//! Houses of the news by name, as they write it themselves: one list, for datelines and for bylines.

/// Every house, and those who send out what companies say; `dpa/bb` and `dpa-AFX` are dpa's.
#[rustfmt::skip]
const AGENCIES: [&str; 127] = [
    "AA", "AAP", "ABI", "ACCESS Newswire", "ACCESSWIRE", "Adnkronos", "AFP", "AFX", "Agerpres", "AGI", "Agência Brasil",
    "Anadolu", "Anadolu Agency", "ANI", "ANP", "ANSA", "Antara", "AP", "APA", "APA-OTS", "APS", "Associated Press",
    "ATA", "ATS", "awp", "Belga", "Bernama", "Beta", "Bloomberg", "BNS", "BTA", "BUSINESS WIRE", "Canadian Press",
    "CNA", "CNN", "CNS", "CP", "CTK", "Dow Jones", "dpa", "dts", "EFE", "ELTA", "epd", "Europa Press", "Fars", "FENA",
    "GLOBE NEWSWIRE", "Hina", "IANS", "Interfax", "IRNA", "ISNA", "Jiji", "Keystone-SDA", "KNA", "KUNA", "Kyodo",
    "Kyodo News", "LETA", "Lusa", "MarketWatch", "MENA", "MTI", "NAN", "news aktuell", "Newsfile Corp.", "NTB", "ots",
    "PA", "PA Media", "PAP", "Petra", "PNA", "PR Newswire", "Prensa Latina", "Press Association", "PRNewswire", "PTI",
    "QNA", "Reuters", "RFI", "RIA", "Ritzau", "SDA", "SID", "SITA", "SPA", "SRNA", "STA", "STT", "Tanjug", "TASR",
    "TASS", "The Associated Press", "The Canadian Press", "Thomson Reuters", "TT", "TTXVN", "Ukrinform", "UNI", "UPI",
    "VNA", "WAM", "Xinhua", "Yonhap", "ΑΠΕ-ΜΠΕ", "БТА", "БелТА", "Интерфакс", "РИА Новости", "ТАСС", "УНІАН",
    "Укрінформ", "أ ب", "أ ف ب", "بترا", "د ب أ", "رويترز", "شينخوا", "قنا", "واس", "وام", "وفا", "کونا", "भाषा",
    "वार्ता",
];
/// Those that a byline does not name alone, for the same letters are there a person's name, a place, or a party's or title's
/// short one: `Ann Lee, PA` writes from Pennsylvania. In the brackets of a dateline they are houses.
#[rustfmt::skip]
const AMBIGUOUS: [&str; 23] = [
    "AA", "ABI", "ANI", "APS", "ATA", "Beta", "CP", "Fars", "Fena", "Hina", "Lusa", "MENA", "NAN", "PA", "Petra", "PNA", "RIA", "SID",
    "SITA", "SPA", "STA", "TT", "UNI",
];
/// How the names of papers end, in lower case.
#[rustfmt::skip]
const PAPERS: [&str; 18] = [
    "argus", "chronicle", "courier", "daily", "echo", "gazette", "guardian", "herald", "journal", "news", "observer", "post",
    "telegraph", "times", "tribune", "anzeiger", "nachrichten", "zeitung",
];

/// Whether a name is one that papers have: `The Daily Post`.
pub(in crate::parse) fn is_paper(name: &str) -> bool {
    let begins = ["Jornal ", "Journal ", "Diario ", "Diário ", "Gazeta "].iter().any(|word| name.starts_with(word));
    let last = name.rsplit(' ').next().unwrap_or_default().to_lowercase();
    begins || last != name.to_lowercase() && PAPERS.contains(&last.as_str())
}

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

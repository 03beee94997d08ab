//! The names of months as newsrooms write them: English, German, French, Spanish, Italian, Portuguese, Dutch, Scandinavian,
//! Russian, Ukrainian, Polish, Czech, Finnish, Romanian, Indonesian, Greek, Turkish, Hindi, Hebrew and Arabic. None means two
//! months; names that do in two languages (`listopada`, October to Croats and November to Poles) are left out.

/// Names by month, in lower case, an English three-letter name first.
#[rustfmt::skip]
const MONTHS: [&[&str]; 12] = [
    &[
        "jan", "january", "januar", "jänner", "janvier", "janv", "enero", "ene", "gennaio", "gen", "janeiro",
        "januari", "января", "يناير", "ledna", "stycznia", "ocak", "ιανουαρίου", "जनवरी", "בינואר", "січня",
        "tammikuuta", "ianuarie",
    ],
    &[
        "feb", "february", "februar", "février", "fevrier", "févr", "fév", "febrero", "febbraio", "fevereiro", "fev",
        "februari", "февраля", "فبراير", "února", "lutego", "şubat", "φεβρουαρίου", "फ़रवरी", "फरवरी", "בפברואר",
        "лютого", "helmikuuta", "februarie",
    ],
    &[
        "mar", "march", "märz", "mrz", "mars", "marzo", "março", "maart", "mrt", "marts", "марта", "مارس", "března",
        "marca", "mart", "μαρτίου", "मार्च", "במרץ", "березня", "maaliskuuta", "martie", "maret",
    ],
    &[
        "apr", "april", "avril", "avr", "abril", "abr", "aprile", "апреля", "أبريل", "ابريل", "إبريل", "dubna",
        "kwietnia", "nisan", "απριλίου", "अप्रैल", "באפריל", "квітня", "huhtikuuta", "aprilie",
    ],
    &[
        "may", "mai", "mayo", "maggio", "mag", "maio", "mei", "maj", "мая", "مايو", "května", "maja", "mayıs", "μαΐου",
        "μαίου", "मई", "במאי", "травня", "toukokuuta",
    ],
    &[
        "jun", "june", "juni", "juin", "junio", "giugno", "giu", "junho", "июня", "يونيو", "června", "czerwca",
        "haziran", "ιουνίου", "जून", "ביוני", "червня", "kesäkuuta", "iunie",
    ],
    &[
        "jul", "july", "juli", "juillet", "juil", "julio", "luglio", "lug", "julho", "июля", "يوليو", "července",
        "lipca", "temmuz", "ιουλίου", "जुलाई", "ביולי", "липня", "heinäkuuta", "iulie",
    ],
    &[
        "aug", "august", "août", "aout", "agosto", "ago", "augustus", "augusti", "августа", "أغسطس", "اغسطس", "srpna",
        "sierpnia", "ağustos", "αυγούστου", "अगस्त", "באוגוסט", "серпня", "elokuuta", "agustus",
    ],
    &[
        "sep", "september", "sept", "septembre", "septiembre", "setiembre", "settembre", "set", "setembro", "сентября",
        "سبتمبر", "září", "września", "eylül", "σεπτεμβρίου", "सितंबर", "सितम्बर", "בספטמבר", "вересня", "syyskuuta",
        "septembrie",
    ],
    &[
        "oct", "october", "oktober", "okt", "octobre", "octubre", "ottobre", "ott", "outubro", "out", "октября",
        "أكتوبر", "اكتوبر", "října", "października", "ekim", "οκτωβρίου", "अक्टूबर", "अक्तूबर", "באוקטובר", "жовтня",
        "lokakuuta", "octombrie",
    ],
    &[
        "nov", "november", "novembre", "noviembre", "novembro", "ноября", "نوفمبر", "listopadu", "kasım", "νοεμβρίου",
        "नवंबर", "नवम्बर", "בנובמבר", "листопада", "marraskuuta", "noiembrie",
    ],
    &[
        "dec", "december", "dezember", "dez", "décembre", "decembre", "déc", "diciembre", "dic", "dicembre",
        "dezembro", "декабря", "ديسمبر", "prosince", "grudnia", "aralık", "δεκεμβρίου", "दिसंबर", "दिसम्बर", "בדצמבר",
        "грудня", "joulukuuta", "decembrie", "desember",
    ],
];

/// Days of the week in the same languages; English ones may be shortened, and are known elsewhere.
const WEEKDAYS: [&str; 56] = [
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
    "lunedì",
    "martedì",
    "mercoledì",
    "giovedì",
    "venerdì",
    "sabato",
    "domenica",
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
    "الأحد",
    "الاثنين",
    "الثلاثاء",
    "الأربعاء",
    "الخميس",
    "الجمعة",
    "السبت",
    "senin",
    "selasa",
    "rabu",
    "kamis",
    "jumat",
    "sabtu",
    "minggu",
    "poniedziałek",
    "wtorek",
    "środa",
    "czwartek",
    "piątek",
    "niedziela",
];
/// In Vietnamese, where they are words of several syllables.
const VIETNAMESE: [&str; 7] = ["thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật"];

fn word(rest: &str) -> &str {
    /// Joins two letters of Hindi, and is none.
    const VIRAMA: char = '\u{94d}';
    let end = rest.find(|c: char| !c.is_alphabetic() && c != VIRAMA).unwrap_or(rest.len());
    &rest[..end]
}

/// Takes a month's name off the front.
pub(super) fn take(rest: &mut &str) -> Option<u32> {
    let name = word(rest);
    let at = MONTHS.iter().position(|names| names.contains(&name))?;
    *rest = &rest[name.len()..];
    u32::try_from(at + 1).ok()
}

/// Whether a word is the name of a month or a day.
pub(super) fn is_name(word: &str) -> bool {
    MONTHS.iter().any(|names| names.contains(&word)) || WEEKDAYS.contains(&word)
}

/// What follows a day of the week.
pub(super) fn after_weekday(rest: &str) -> Option<&str> {
    if let Some(after) = VIETNAMESE.iter().find_map(|name| rest.strip_prefix(name)?.strip_prefix(',')) {
        return Some(after.trim_start());
    }
    let name = word(rest);
    // As German calendars and systems shorten them.
    let is_short =
        ["mo", "di", "mi", "do", "fr", "sa", "so"].contains(&name) && rest[name.len()..].starts_with(['.', ',']);
    // `Mar, 17/02/2026` is of a Tuesday: behind a month stands its day.
    let is_numbered = || {
        let after = rest[name.len()..].strip_prefix(", ")?;
        let day = after.trim_start_matches(|c: char| c.is_ascii_digit());
        (day.len() < after.len() && day.starts_with(['/', '-', '.'])).then_some(())
    };
    let is_short = is_short
        || ["lun", "mar", "mer", "mié", "jue", "jeu", "gio", "vie", "ven", "sáb", "sab", "sam", "dom", "dim"]
            .contains(&name)
            && is_numbered().is_some();
    (is_short || WEEKDAYS.contains(&name)).then(|| rest[name.len()..].trim_start_matches(['.', ',', '،', ' ']))
}

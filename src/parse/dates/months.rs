//! The names of months as newsrooms write them: English, German, French, Spanish, Italian, Portuguese, Dutch, Scandinavian,
//! Russian and Arabic. None means two months; names that do in two languages (`listopad`) are left out.

/// Names by month, in lower case, an English three-letter name first.
const MONTHS: [&[&str]; 12] = [
    &[
        "jan",
        "january",
        "januar",
        "jänner",
        "janvier",
        "janv",
        "enero",
        "ene",
        "gennaio",
        "gen",
        "janeiro",
        "januari",
        "января",
        "يناير",
    ],
    &[
        "feb",
        "february",
        "februar",
        "février",
        "fevrier",
        "févr",
        "fév",
        "febrero",
        "febbraio",
        "fevereiro",
        "fev",
        "februari",
        "февраля",
        "فبراير",
    ],
    &["mar", "march", "märz", "mrz", "mars", "marzo", "março", "maart", "mrt", "marts", "марта", "مارس"],
    &["apr", "april", "avril", "avr", "abril", "abr", "aprile", "апреля", "أبريل", "ابريل", "إبريل"],
    &["may", "mai", "mayo", "maggio", "mag", "maio", "mei", "maj", "мая", "مايو"],
    &["jun", "june", "juni", "juin", "junio", "giugno", "giu", "junho", "июня", "يونيو"],
    &["jul", "july", "juli", "juillet", "juil", "julio", "luglio", "lug", "julho", "июля", "يوليو"],
    &["aug", "august", "août", "aout", "agosto", "ago", "augustus", "augusti", "августа", "أغسطس", "اغسطس"],
    &[
        "sep",
        "september",
        "sept",
        "septembre",
        "septiembre",
        "setiembre",
        "settembre",
        "set",
        "setembro",
        "сентября",
        "سبتمبر",
    ],
    &[
        "oct",
        "october",
        "oktober",
        "okt",
        "octobre",
        "octubre",
        "ottobre",
        "ott",
        "outubro",
        "out",
        "октября",
        "أكتوبر",
        "اكتوبر",
    ],
    &["nov", "november", "novembre", "noviembre", "novembro", "ноября", "نوفمبر"],
    &[
        "dec",
        "december",
        "dezember",
        "dez",
        "décembre",
        "decembre",
        "déc",
        "diciembre",
        "dic",
        "dicembre",
        "dezembro",
        "декабря",
        "ديسمبر",
    ],
];

/// Days of the week in the same languages; English ones may be shortened, and are known elsewhere.
const WEEKDAYS: [&str; 42] = [
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
];

fn word(rest: &str) -> &str {
    let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
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
    let name = word(rest);
    // As German calendars and systems shorten them.
    let is_short =
        ["mo", "di", "mi", "do", "fr", "sa", "so"].contains(&name) && rest[name.len()..].starts_with(['.', ',']);
    (is_short || WEEKDAYS.contains(&name)).then(|| rest[name.len()..].trim_start_matches(['.', ',', '،', ' ']))
}

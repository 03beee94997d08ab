//! A text that was copied out of a mail → its subject, and the text without the lines above it that a mail begins with:
//! `From: …`, `Betreff: …`. None of them is for readers, least of all the addresses.

use std::borrow::Cow;

use super::byline::is_full_name;
use super::embargo::without;
use crate::rejection::Rejection;

/// A mail's head has no more lines.
const MAX_LINES: usize = 80;
/// A name in it is no longer, in characters.
const MAX_NAME: usize = 40;
/// The names of what tells the sender, in lower case.
#[rustfmt::skip]
const FROM: [&str; 18] = [
    "from", "von", "de", "da", "van", "från", "fra", "od", "feladó", "kimden", "от", "від", "发件人", "寄件者", "寄件人", "差出人",
    "보낸 사람", "보낸사람",
];
/// Of what tells the subject.
#[rustfmt::skip]
const SUBJECT: [&str; 20] = [
    "subject", "betreff", "objet", "asunto", "oggetto", "assunto", "onderwerp", "ämne", "emne", "temat", "předmět", "tárgy",
    "konu", "тема", "主题", "主題", "主旨", "件名", "제목", "標題",
];
/// Of what else stands there, as people see it.
#[rustfmt::skip]
const OTHERS: [&str; 60] = [
    "to", "cc", "bcc", "date", "sent", "reply-to", "importance", "attachments", "sender", "an", "kopie", "gesendet", "datum",
    "antwort an", "priorität", "anlagen", "à", "envoyé", "cci", "copie à", "pièces jointes", "para", "fecha", "enviado",
    "enviado el", "cco", "a", "data", "inviato", "aan", "verzonden", "till", "skickat", "til", "sendt", "do", "wysłano",
    "komu", "címzett", "dátum", "kime", "кому", "дата", "отправлено", "копия", "收件人", "抄送", "发送时间", "日期", "時間",
    "宛先", "日時", "送信日時", "받는 사람", "받는사람", "날짜", "보낸 날짜", "참조", "寄件日期", "副本",
];
/// What programs write into a mail that nobody opened.
const MACHINES: [&str; 14] = [
    "message-id",
    "in-reply-to",
    "references",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "content-language",
    "content-disposition",
    "received",
    "return-path",
    "delivered-to",
    "user-agent",
    "authentication-results",
    "dkim-signature",
];
/// What programs put before a subject when a mail is answered or passed on.
#[rustfmt::skip]
const PASSED: [&str; 15] =
    ["re", "fw", "fwd", "wg", "aw", "tr", "rv", "i", "r", "vs", "sv", "转发", "答复", "轉寄", "回复"];

/// A text without the head of its mail.
#[derive(Debug)]
pub(in crate::parse) struct Mail<'t> {
    /// The text, with blank lines in place of the head's.
    pub(in crate::parse) text: Cow<'t, str>,
    /// Their numbers, from 1.
    pub(in crate::parse) lines: Vec<u32>,
    /// What the mail is about, without `Fwd:`.
    pub(in crate::parse) subject: Option<String>,
}

/// Takes the head of a mail off a text whose lines end in LF.
///
/// # Errors
/// A mail as programs send it, whose text is coded.
pub(in crate::parse) fn take(text: &str) -> Result<Mail<'_>, Rejection> {
    let Some(unquoted) = unquoted(text) else { return taken(text) };
    let Mail { text: below, lines, subject } = taken(&unquoted)?;
    let text = if lines.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(below.into_owned()) };
    Ok(Mail { text, lines, subject })
}

/// A mail that is passed on as a quotation, without the marks of one; none where its head is not one.
fn unquoted(text: &str) -> Option<String> {
    let mut lines = text.split('\n').take(MAX_LINES).map(str::trim).filter(|line| !line.is_empty());
    let first = lines.find(|line| !is_forwarding(line))?;
    let line = |line: &str| {
        let line = line.strip_prefix('>').map_or(line, |rest| rest.strip_prefix(' ').unwrap_or(rest));
        line.to_owned()
    };
    let is_head = first.starts_with('>') && field(first).is_some();
    is_head.then(|| text.split('\n').map(line).collect::<Vec<_>>().join("\n"))
}

fn taken(text: &str) -> Result<Mail<'_>, Rejection> {
    let none = Mail { text: Cow::Borrowed(text), lines: Vec::new(), subject: None };
    let mut gone: Vec<usize> = Vec::new();
    let (mut sender, mut others) = (false, 0);
    let mut subject: Option<String> = None;
    // Which field a line that is indented goes on with.
    let mut is_subject = None;
    let (mut coded, mut is_owned) = (false, false);
    for (at, raw) in text.split('\n').enumerate().take(MAX_LINES) {
        let line = raw.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if line.is_empty() || is_forwarding(line) && others == 0 {
            if others == 0 {
                gone.extend((!line.is_empty()).then_some(at));
                continue;
            }
            break;
        }
        match field(line) {
            Some((name, value)) if !raw.starts_with([' ', '\t']) => {
                sender |= FROM.contains(&name.as_str());
                is_subject = Some(SUBJECT.contains(&name.as_str()));
                coded |= name == "content-transfer-encoding" && !["7bit", "8bit", "binary"].contains(&value);
                coded |= name == "content-type" && value.starts_with("multipart/");
                if is_subject == Some(true) && subject.is_none() {
                    subject = Some(value.to_owned());
                }
                others += 1;
            }
            _ if raw.starts_with([' ', '\t']) && is_subject.is_some() => {
                if let Some(subject) = subject.as_mut().filter(|_| is_subject == Some(true)) {
                    subject.push(' ');
                    subject.push_str(line);
                }
            }
            // Outlook prints above it whose mailbox it is.
            _ if others == 0 && !is_owned && is_full_name(line) => is_owned = true,
            _ => return Ok(none),
        }
        gone.push(at);
    }
    // A table may begin with `From: Oslo` and `To: Bergen`; a mail has a subject.
    let Some(subject) = subject.filter(|_| sender && others > 1) else { return Ok(none) };
    if coded {
        let hint = "open it in the mail program, and copy its text into a file or save its attachment";
        return Err(Rejection::new("it is a mail as programs send it, whose text is coded", hint));
    }
    let lines = gone.iter().filter_map(|at| u32::try_from(at + 1).ok()).collect();
    let subject = Some(bare(&subject).to_owned()).filter(|subject| !subject.is_empty());
    Ok(Mail { text: Cow::Owned(without(text, &gone)), lines, subject })
}

/// A line of a head: its name in lower case, and its value.
fn field(line: &str) -> Option<(String, &str)> {
    let line = line.trim_start_matches(['*', '>', ' ']);
    let at = line.find([':', '：'])?;
    let name = line[..at].trim_matches(['*', ' ', '\u{a0}', '\u{3000}']);
    if name.chars().nth(MAX_NAME).is_some() {
        return None;
    }
    let name = name.to_lowercase();
    let is_known = [&FROM[..], &SUBJECT, &OTHERS, &MACHINES].iter().any(|names| names.contains(&name.as_str()))
        || name.starts_with("x-");
    let value = line[at..].trim_start_matches([':', '：']).trim_matches(['*', ' ', '\u{a0}']);
    is_known.then_some((name, value))
}

/// `-----Original Message-----`, `Begin forwarded message:`
fn is_forwarding(line: &str) -> bool {
    const WORDS: [&str; 12] = [
        "original message",
        "forwarded message",
        "ursprüngliche nachricht",
        "weitergeleitete nachricht",
        "weitergeleiteten nachricht",
        "message transféré",
        "message d'origine",
        "mensaje reenviado",
        "mensaje original",
        "messaggio inoltrato",
        "messaggio originale",
        "пересылаемое сообщение",
    ];
    let bare = line.trim_matches(['-', ' ', ':', '_', '>', '*']).to_lowercase();
    WORDS.iter().any(|word| bare.ends_with(word)) && bare.chars().count() <= MAX_NAME
}

/// A subject without `Fwd: Re:`.
fn bare(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some((before, after)) = rest.split_once([':', '：'])
        && PASSED.contains(&before.trim().to_lowercase().as_str())
    {
        rest = after.trim();
    }
    rest
}

//! Wire copy as desks send it: where its dateline stands, what is for other desks, and who signs it in which language.
#![allow(clippy::unwrap_used, reason = "a broken fixture is a failed test")]

use chrono_tz::Europe::Berlin;
use syndicated::article::{Draft, Status, When};
use syndicated::dropped::InboxPath;
use syndicated::parse::text::read;
use syndicated::parse::{Parsed, Source, parse_beside};
use syndicated::rejection::Rejection;

use super::word::{Word, p, run, styled};

fn one(text: &str) -> Draft {
    let parsed = read(text, "note", "2026-07-02T08:00:00Z".parse().unwrap(), Berlin).unwrap();
    assert_eq!(super::keyed::lost(text, &parsed), "", "{text}");
    parsed.drafts.into_iter().next().unwrap()
}

fn names(draft: &Draft) -> Vec<&str> {
    draft.authors.iter().map(|author| author.name.as_str()).collect()
}

/// The paragraphs of a body.
fn body(draft: &Draft) -> Vec<&str> {
    draft.body.split("</p>\n").map(|p| p.trim_start_matches("<p>")).filter(|p| !p.is_empty()).collect()
}

#[test]
fn a_paragraph_that_only_looks_like_a_dateline_stays_in_its_place() {
    for odd in [
        "Olaf Schulte (SPD) – der Finanzminister des Landes – nannte den Plan ein Wagnis.",
        "Ida Marsh (Greens) – Mayor since May – called it a risk.",
        "Jonas Weber (CDU) — Der Entwurf sei gut.",
        "Ann Lee (AP) — the reporter who was there — wrote it down.",
        "NATO — the alliance that was founded in 1949 — has no say in it.",
        "UNICEF — Partner der Stadt — zahlt die Hälfte.",
        "FIFA – der Verband – schwieg.",
        "BOATS /all of them/ Are out.",
        "Ida Marsh /AP/ Was there.",
    ] {
        let draft =
            one(&format!("Town builds a bridge\n\nThe town builds.\n\nIt began in May.\n\n{odd}\n\nThat is all.\n"));
        assert_eq!(body(&draft), ["The town builds.", "It began in May.", odd, "That is all."]);
        assert!(draft.captions.is_empty() && draft.dateline.is_none() && draft.source.is_none(), "{odd}: {draft:#?}");
        let first = one(&format!("Town builds a bridge\n\n{odd}\n\nThat is all.\n"));
        assert_eq!((first.dateline, first.lead_in, first.source), (None, None, None), "{odd}");
    }
}

#[test]
fn lists_interviews_and_tables_keep_their_lines() {
    let draft = one(
        "Five days at sea\n\nBy Jane Roe\n\nWhat the crew of the ferry brings along, and what it leaves at home on the pier:\n\
        1. Rope, at least forty metres of it.\n2. Two lamps.\n3. Bread for a week, hard enough to last\nuntil they are back.\n\
        (a) Rye keeps best.\n(b) Oats come second.\n\nThe ferry left the pier of the old harbour town in the afternoon of\n\
        12. Juli with nine people on board.\n",
    );
    let expected = [
        "What the crew of the ferry brings along, and what it leaves at home on the pier:",
        "1. Rope, at least forty metres of it.",
        "2. Two lamps.",
        "3. Bread for a week, hard enough to last until they are back.",
        "(a) Rye keeps best.",
        "(b) Oats come second.",
        "The ferry left the pier of the old harbour town in the afternoon of 12. Juli with nine people on board.",
    ];
    assert_eq!(body(&draft), expected);
    let draft = one(
        "A talk with the captain\n\nBy Jane Roe\n\nROE: Why do you sail, after all those years on dry land?\n\
        HOLM: Because I cannot swim, and so I had better have a ship under me\nwherever there is water.\n\
        ROE: And in winter?\nHOLM: I mend nets.\n\nRaces this season\nBoat Starts Wins\nHeron 12 7\nOld Gull 12 4\nTern 11 1\n\
        The next one is in May, weather permitting, and starts at the north pier.\n",
    );
    let expected = [
        "ROE: Why do you sail, after all those years on dry land?",
        "HOLM: Because I cannot swim, and so I had better have a ship under me wherever there is water.",
        "ROE: And in winter?",
        "HOLM: I mend nets.",
        "Races this season",
        "Boat Starts Wins<br>Heron 12 7<br>Old Gull 12 4<br>Tern 11 1",
        "The next one is in May, weather permitting, and starts at the north pier.",
    ];
    assert_eq!(body(&draft), expected);
}

/// One list of houses stands behind datelines and bylines; a name that may be a person's or a place is none in a byline.
#[test]
fn a_house_in_a_byline_is_one_that_datelines_know() {
    for (byline, house) in [
        ("By Jane Roe, Canadian Press", Some("Canadian Press")),
        ("Von Ida Marsh, epd", Some("epd")),
        ("Von Ida Marsh, Hina", None),
    ] {
        let draft = one(&format!("Town builds a bridge\n\n{byline}\n\nThe town builds.\n"));
        assert_eq!((names(&draft).len(), draft.source.as_deref()), (1, house), "{byline}");
    }
    let draft = one("Town builds a bridge\n\nSPLIT (Hina) - The town builds.\n");
    assert_eq!(draft.source.as_deref(), Some("Hina"));
}

#[test]
fn text_before_a_dateline_is_never_made_a_caption_in_doubt() {
    // A place without a house, a list, the beginning of a round-up, a report of our own above an agency's.
    let long =
        "The council met until midnight and heard forty people, who came from every part of the town. ".repeat(3);
    for (before, dated) in [
        ("The town builds.", "OSLO, Norway — The bridge opens in June."),
        ("* Bridge opens in June", "OSLO (Reuters) - The bridge opens in June."),
        ("Here is the day.", "OSLO (Reuters) - The bridge opens.\n\nBERGEN (Reuters) - The ferry sails."),
        (long.trim(), "OSLO (Reuters) - The bridge opens in June."),
    ] {
        let text = format!("Town builds a bridge\n\n{before}\n\n{dated}\n");
        let draft = one(&text);
        assert!(draft.captions.is_empty(), "{text}");
        assert_eq!(body(&draft)[0], before);
    }
    let draft = one("Bridge opens\n\n1 of 2. A gull.\n\nFILE - A bridge in May.\n\nOSLO, Norway — The bridge opens.\n");
    assert_eq!((draft.captions.len(), draft.dateline.as_deref()), (2, Some("OSLO, Norway")));
}

#[test]
fn datelines_of_many_houses_begin_the_text() {
    for (text, dateline, source) in [
        (
            "Port-Sole, 3 juillet 2026 (AFP) - Les pêcheurs refusent.",
            Some("Port-Sole, 3 juillet 2026 (AFP)"),
            Some("AFP"),
        ),
        ("Madrid, 3 jul (EFE).- Los pescadores rechazan.", Some("Madrid, 3 jul (EFE)"), Some("EFE")),
        ("La Paz, 3 jul (EFE) .- Los pescadores rechazan.", Some("La Paz, 3 jul (EFE)"), Some("EFE")),
        ("(ANSA) - ROMA, 3 LUG - I pescatori rifiutano.", Some("ROMA, 3 LUG"), Some("ANSA")),
        ("القاهرة (رويترز) - رفض الصيادون الرصيف.", Some("القاهرة (رويترز)"), Some("رويترز")),
        ("МОСКВА, 3 июля. /ТАСС/. Рыбаки отказались.", Some("МОСКВА, 3 июля. /ТАСС/"), Some("ТАСС")),
        ("МОСКВА, 3 июл - РИА Новости. Рыбаки отказались.", Some("МОСКВА, 3 июл"), Some("РИА Новости")),
        ("STOCKHOLM /TT/ Fiskarna vägrar.", Some("STOCKHOLM /TT/"), Some("TT")),
        ("(ANSA) - Roma, 3 luglio - the day of the pier.", None, Some("ANSA")),
        ("Berlin (dpa/bb) - Die Brücke öffnet.", Some("Berlin (dpa/bb)"), Some("dpa/bb")),
        ("Frankfurt am Main (dpa-AFX) – Der Dax steigt.", Some("Frankfurt am Main (dpa-AFX)"), Some("dpa-AFX")),
        ("PARIS, 2 July (AFP) — The bridge — all of it — opens.", Some("PARIS, 2 July (AFP)"), Some("AFP")),
        ("MUMBAI (Reuters) - iPhone makers hire.", Some("MUMBAI (Reuters)"), Some("Reuters")),
        ("LANJIANG (Wire) - The ferry sails.", Some("LANJIANG (Wire)"), Some("Wire")),
        ("WASHINGTON — The mayor — ill for weeks — is back.", Some("WASHINGTON"), None),
        ("(CNN) -- The bridge opens.", None, Some("CNN")),
    ] {
        let draft = one(&format!("Bridge opens\n\n{text}\n\nMore of it.\n"));
        assert_eq!((draft.dateline.as_deref(), draft.source.as_deref()), (dateline, source), "{text}");
        assert!(draft.lead_in.is_some_and(|words| text.starts_with(&words)), "{text}");
    }
}

#[test]
fn german_dispatches_keep_their_headline_and_lose_their_notebook() {
    for (slug, by, notes) in [
        ("Stadt/Verkehr/\n", "Von Jan Müller, dpa\n", "# Notizblock\n\n## Redaktionelle Hinweise\n- Tel: 0\n"),
        ("Verkehr/\n(neu: mehr Details)\n", "Von Jan Müller, dpa =\n", "## Notizblock\nTel: 0\n"),
        (
            "EIL\n",
            "Von JAN MÜLLER\n",
            "* * * *\nDie folgenden Informationen sind nicht zur Veröffentlichung bestimmt\n\nTel: 0\n",
        ),
        ("", "Von Jan Müller (dpa)\n", "Not for publication:\nTel: 0\n"),
    ] {
        let text = format!(
            "abc0123 4 pl 90 dpa 0001\n\n{slug}Neue Brücke in Sole\neröffnet\n{by}\nSole (dpa) - Die Brücke in Sole\nist eröffnet.\n\nSie kostete viel.\n\n{notes}"
        );
        let draft = one(&text);
        assert_eq!(draft.headline.as_deref(), Some("Neue Brücke in Sole eröffnet"), "{text}");
        assert_eq!(names(&draft), ["Jan Müller"], "{text}");
        assert!(draft.captions.is_empty(), "{text}");
        assert_eq!(body(&draft), ["Sole (dpa) - Die Brücke in Sole ist eröffnet.", "Sie kostete viel."], "{text}");
    }
    let draft = one("Neue Brücke in Sole\neröffnet\n\nSole (dpa) - Die Brücke ist eröffnet.\n\nSie kostete viel.\n");
    assert_eq!(draft.headline.as_deref(), Some("Neue Brücke in Sole eröffnet"));
}

#[test]
fn what_a_story_says_of_publication_is_text() {
    for said in [
        "Not for publication, the memo said in red.",
        "The report was not intended for publication.",
        "Notizblock und Stift lagen auf dem Tisch.",
        "Notebook",
    ] {
        let draft = one(&format!("Memo found\n\nThe memo was found.\n\n{said}\n\nNobody knows why.\n"));
        assert_eq!(body(&draft), ["The memo was found.", said, "Nobody knows why."]);
    }
}

#[test]
fn bylines_in_many_languages() {
    for (line, people) in [
        ("Von Jan Müller", &["Jan Müller"][..]),
        ("Von Jan Müller und Ida Marsh", &["Jan Müller", "Ida Marsh"]),
        ("Von Jan Müller, Berlin", &["Jan Müller"]),
        ("VON JAN MÜLLER", &["Jan Müller"]),
        ("Par Jeanne Dupont et Luc Moreau", &["Jeanne Dupont", "Luc Moreau"]),
        ("Por José García", &["José García"]),
        ("Di Mario Rossi e Anna Bianchi", &["Mario Rossi", "Anna Bianchi"]),
        ("Door Jan de Vries", &["Jan de Vries"]),
        ("Av Kari Nordmann og Ola Hansen", &["Kari Nordmann", "Ola Hansen"]),
        ("Af Mette Jensen", &["Mette Jensen"]),
    ] {
        for text in [
            format!("Neue Bruecke\n\n{line}\n\nSie steht am Fluss und ist lang.\n\nMehr davon.\n"),
            format!("Neue Bruecke\n{line}\n\nSie steht am Fluss und ist lang.\n\nMehr davon.\n"),
        ] {
            let draft = one(&text);
            assert_eq!((draft.headline.as_deref(), names(&draft)), (Some("Neue Bruecke"), people.to_vec()), "{text}");
            assert_eq!(body(&draft), ["Sie steht am Fluss und ist lang.", "Mehr davon."], "{text}");
        }
        // In Word it outranks who made the file, whether anything is set apart or not.
        for head in
            [p("Neue Bruecke"), styled("a3", "Neue Bruecke"), format!("<w:p>{}</w:p>", run("<w:b/>", "Neue Bruecke"))]
        {
            let word = Word::new(&[head, p(line), p("Sie steht am Fluss und ist lang.")].concat());
            let parsed = word.saying("<dc:creator>Eva Other</dc:creator>").read().unwrap();
            assert_eq!(names(&parsed.drafts[0]), people, "{line}");
            assert!(!parsed.drafts[0].body.contains(line), "{line}");
        }
    }
    for line in [
        "Von Kopf bis Fuß",
        "Von Haus aus gut",
        "Por fin en casa",
        "Di Stefano",
        "Par Toutatis",
        "Von Jan Müller kam nichts.",
        "Door to Door",
        "Von der Leyen spricht",
    ] {
        let draft = one(&format!("{line}\n\nSie steht am Fluss und ist lang.\n\nMehr davon.\n"));
        assert!(draft.authors.is_empty(), "{line}");
        assert!(draft.headline.as_deref() == Some(line) || body(&draft)[0] == line, "{line}: {draft:#?}");
    }
}

#[test]
fn notes_between_headline_and_byline_are_for_desks() {
    for note in [
        "(Adds details, quotes)",
        "(Recasts, adds prices)",
        "(Updates with mayor's comment (paragraph 4))",
        "(Refiles to fix spelling,\nadds quote)",
        "Eds: UPDATES with quotes from the mayor. AP Photos",
        "(Zusammenfassung: mehr Details)",
    ] {
        for gap in ["\n", "\n\n"] {
            let text = format!(
                "Harbour town counts its gulls{gap}{note}{gap}By Jane Roe{gap}PORT SOLE (Reuters) - Volunteers counted.\n\nThey were many.\n"
            );
            let draft = one(&text);
            assert_eq!(draft.headline.as_deref(), Some("Harbour town counts its gulls"), "{text}");
            assert_eq!(names(&draft), ["Jane Roe"], "{text}");
            assert!(draft.kickers.is_empty() && draft.captions.is_empty(), "{text}");
            assert_eq!(body(&draft).len(), 2, "{text}");
        }
    }
    let words = "(Additional seats were brought in.)";
    let draft = one(&format!("Gulls counted\n\nThe hall was full.\n\n{words}\n\nThey were many.\n"));
    assert_eq!(body(&draft)[1], words);
}

#[test]
fn what_readers_are_told_beside_a_story_stays() {
    let first = "Volunteers counted the gulls of the harbour on Friday, as they have for forty years.";
    for note in [
        "Hinweis: Die Brücke bleibt gesperrt.",
        "Editor's note: An earlier version of this story named the wrong pier.",
        "(With reporting by Ann Lee)",
        "(Mit Material von Anna Köhler)",
        "(Updates will be posted at the pier)",
        "Editors: I read your paper every day, and I am sorry to see how small it has grown.",
        "Not for publication is the name of the donor.",
    ] {
        let draft = one(&format!("Gulls counted\n\n{first}\n\n{note}\n\nThey were many.\n"));
        assert_eq!(body(&draft), [first, note, "They were many."]);
    }
    for note in [
        "Editor's note: An earlier version named the wrong pier.",
        "Hinweis: Die Brücke bleibt gesperrt.",
        "(With love from the harbour)",
    ] {
        let draft = one(&format!("Gulls counted\n\n{note}\n\n{first}\n"));
        assert_eq!(body(&draft), [note, first]);
    }
    // Above the text it is the desk's, with a dateline or without.
    for note in [
        "(Adds quotes)",
        "Eds: Updates with the number of gulls that were counted at the second pier on Friday.",
        "EDITORS: Photos to come.",
    ] {
        let draft = one(&format!("Gulls counted\n\n{note}\n\n{first}\n\nThey were many.\n"));
        assert_eq!(body(&draft), [first, "They were many."], "{note}");
    }
}

#[test]
fn word_to_editors_that_a_story_must_not_run_is_no_article() {
    let read = |text: &str| file("a.txt", text.as_bytes(), None);
    for kill in [
        "BULLETIN KILL\nBC-Ferry, KILL\n\nEDITORS: Kill the story slugged BC-Ferry, sent July 2. A kill is mandatory.\n\nThe AP\n",
        "Ferry story withdrawn\n\nEDS: Please kill the story slugged FERRY.\n",
        "ANNULATION\n\nPARIS, 2 juil 2026 (AFP) - Veuillez annuler notre dépêche intitulée \"Le bac\".\n",
        "Achtung\n\nBerlin (dpa) - Bitte verwenden Sie die Meldung «Fähre» nicht. Sie wird zurückgezogen.\n",
        "ANULACIÓN\n\nAtención, editores: rogamos anulen la noticia «El ferry». Sus datos no son ciertos.\n",
        "ANNULLAMENTO\n\nALLE REDAZIONI: si prega di annullare la notizia «Il traghetto».\n",
        "Вниманию редакторов!\n\nПросим аннулировать сообщение «Паром пошёл».\n",
        "撤稿通知\n\n各用户：本社7月1日播发的稿件《渡口通航》内容有误，请勿采用。\n\n新华社\n",
    ] {
        let refused = read(kill).unwrap_err();
        assert!(refused.reason.contains("must not run"), "{kill}: {refused}");
    }
    let long = "It comes late in the evening, and everybody knows what it means. ".repeat(20);
    for story in [
        "Agency kills story\n\nLONDON — An agency withdrew a story on Friday. \"Editors: kill the story,\" it said.\n"
            .to_owned(),
        format!("How a kill works\n\nEditors: please kill the story. So begins the note.\n\n{long}\n"),
        "Editors\n\nEditors are people who read. Some of them kill the story; others mend it.\n".to_owned(),
        "Gulls\n\nEds: ADDS that a second story has been withdrawn.\n\nLONDON (AP) — Gulls were counted.\n".to_owned(),
        "Bitte verwenden Sie die Meldung\n\nBerlin (dpa) - Bitte verwenden Sie die Meldung in der neuen Fassung.\n"
            .to_owned(),
        "更正\n\n本报7月1日刊发的《渡口通航》一稿有误，特此更正。\n".to_owned(),
    ] {
        let parsed = read(&story).unwrap_or_else(|refused| panic!("{story}: {refused}"));
        assert_eq!((parsed.drafts.len(), parsed.drafts[0].status), (1, Status::Usable), "{story}");
    }
}

#[test]
fn a_dispatch_as_it_comes_over_a_wire() {
    let text = "r i BC-Gulls    07-02 0312\n^BC-Gulls-Sole,0312\n^Gulls counted in Sole<\n^Eds: Will be updated.\n\
                ^By JANE ROE\n^Associated Press Writer\n\nSOLE (AP) _ Volunteers counted gulls.\n   They were many.\n";
    let draft = file("a.txt", text.as_bytes(), None).unwrap().drafts.remove(0);
    assert_eq!((draft.headline.as_deref(), names(&draft)), (Some("Gulls counted in Sole"), vec!["Jane Roe"]));
    assert_eq!(body(&draft), ["SOLE (AP) _ Volunteers counted gulls.", "They were many."]);
    let framed = b"\x16\x16\x01afp0123 4 i 0250 FRA /AFP-AB12\x02\r\nTransports-bacs/\r\nLe bac reprend\r\n\r\n\
                   PARIS, 2 juil 2026 (AFP) - Le bac reprend \xe0 Sole.\r\n\r\nabc/de/fg\r\n\x03021000 JUL 26\x04";
    let parsed = file("a.txt", framed, None).unwrap();
    let draft = &parsed.drafts[0];
    assert_eq!(draft.headline.as_deref(), Some("Le bac reprend"));
    assert_eq!(body(draft), ["PARIS, 2 juil 2026 (AFP) - Le bac reprend à Sole."]);
    let lead =
        one("Sole-gulls 1st lead\nGulls counted in Sole\n\nBy Jane Roe\n\nSOLE (AFP) - Volunteers counted gulls.\n");
    assert_eq!(lead.headline.as_deref(), Some("Gulls counted in Sole"));
    // Elsewhere the mark is the writer's.
    let draft = one("Signs\n\n^ is a caret, and few who see it know what it is called.\n\nSo it is.\n");
    assert!(body(&draft)[0].starts_with('^'), "{draft:#?}");
}

#[test]
fn a_press_release_begins_with_its_headline() {
    let story = "Acme opens a mill\n\nLEEDS, 2 July 2026 – Acme opened its mill on Thursday.\n\nIt employs ninety.\n";
    for (above, below, kickers) in [
        ("FOR IMMEDIATE RELEASE\n\n", "\n###\n", 0),
        ("PRESS RELEASE\n\nFOR IMMEDIATE RELEASE\n1 July 2026\n\n", "\nENDS\n\nNotes to editors\n\nTel: 0\n", 1),
        ("For immediate release\n\nPressemitteilung\n\n", "", 1),
        ("FOR IMMEDIATE RELEASE\n1 July 2026\n\nContact: Dana Wells\ndana@acme.example\n+1 555 0100\n\n", "", 0),
        ("PRESS RELEASE\n\n", "\n-ENDS-\n\nNotes to editors: Acme was founded in 1902. Contact: Jo, 0123 456789\n", 1),
    ] {
        let draft = one(&format!("{above}{story}{below}"));
        assert_eq!((draft.headline.as_deref(), draft.kickers.len()), (Some("Acme opens a mill"), kickers), "{above}");
        assert_eq!(body(&draft).len(), 2, "{draft:#?}");
        assert_eq!(draft.date.is_some(), above.contains("2026"), "{above}");
    }
}

#[test]
fn a_headline_between_rules_has_its_fields_below_it() {
    const TEXT: &str = "The papers of the dockers may be read from Monday, in the reading room on the quay.";
    let head = "=====\nArchive opens\n=====\n-----\nAfter ten years\n-----\n\n:Author: Ann Marsh\n:Author: Bo Lind\n:Date:   2026-05-17\n:Tags: docks, archive";
    let draft = one(&format!("{head}\n\n{TEXT}\n\nWhere\n-----\n\nIn the hall.\n"));
    assert_eq!((draft.headline.as_deref(), draft.subhead.as_deref()), (Some("Archive opens"), Some("After ten years")));
    assert_eq!((names(&draft), draft.tags.len(), draft.date.is_some()), (vec!["Ann Marsh", "Bo Lind"], 2, true));
    assert_eq!(body(&draft)[0], TEXT);
    assert!(draft.body.contains("Where") && draft.body.contains("In the hall."), "{}", draft.body);
    // A field that is none stays.
    let draft = one(&format!("=====\nArchive opens\n=====\n\n:Where: Quay Street\n\n{TEXT}\n"));
    assert_eq!(body(&draft), [":Where: Quay Street", TEXT]);
}

#[test]
fn who_signs_below_a_text_or_asked_the_questions_wrote_it() {
    const TEXT: &str = "The wheel of the mill turned on Saturday for the first time since the flood of that year.";
    for (above, below, people) in [
        ("", "By Ann Marsh", vec!["Ann Marsh"]),
        ("Interview: Mark Hanlon", "A: No.", vec!["Mark Hanlon"]),
        ("Das Gespräch führte Tobias Rank", "RANK: Nein.", vec!["Tobias Rank"]),
        ("Propos recueillis par Lucie Ferrand", "Non.", vec!["Lucie Ferrand"]),
        ("WRITTEN BY Ann Marsh", "No.", vec!["Ann Marsh"]),
        ("", "By the sea", vec![]),
        ("", "By Night", vec![]),
    ] {
        let draft = one(&format!("The wheel turns\n\n{above}\n\n{TEXT}\n\n{below}\n"));
        assert_eq!((names(&draft), body(&draft)), (people, vec![TEXT, below]), "{above}{below}");
    }
    assert_eq!(one(&format!("Interview: the keeper of the mill\n\n{TEXT}\n\nNo.\n")).authors, []);
}

#[test]
fn an_embargo_in_a_language_of_few_words_is_not_overlooked() {
    let story = "\n\nGulls counted\n\nSOLE (Reuters) - Volunteers counted gulls.\n";
    for line in [
        "EMBARGO ATÉ 3 DE JULHO DE 2027 ÀS 6H00",
        "Embargado até 3 de julho de 2027, 6h",
        "EMBARGO FINO ALLE ORE 6.00 DEL 3 LUGLIO 2027",
        "Sotto embargo fino al 3 luglio 2027, ore 6",
        "EMBARGADO HASTA EL 3 DE JULIO DE 2027, 06.00 HORAS",
        "Embargo indtil 3. juli 2027 kl. 06.00",
        "Embargo 3.7.2027 klo 6.00 saakka",
        "EMBARGO DO 3 LIPCA 2027, GODZ. 6:00",
        "ЭМБАРГО ДО 3 ИЮЛЯ 2027 06:00",
        "Эмбарго до 06:00 3 июля 2027 года",
        "AMBARGO: 3 Temmuz 2027 saat 06:00",
        "EMBARGO SAMPAI 3 JULI 2027 PUKUL 06.00",
        "엠바고: 2027년 7월 3일 오전 6시",
        "【解禁日時】2027年7月3日午前6時",
        "【解禁】2027年7月3日午前6時",
        "2027年7月3日午前6時解禁",
        "【2027年7月3日上午六時前不得發布】",
    ] {
        // Held, or refused until somebody states the time.
        match file("a.txt", format!("{line}{story}").as_bytes(), None) {
            Ok(parsed) => assert!(parsed.drafts[0].embargo.is_some(), "{line}: {parsed:#?}"),
            Err(refused) => assert!(refused.reason.contains("embargo"), "{line}: {refused}"),
        }
    }
    for line in ["解禁日本海产品", "3日解禁のアユ漁"] {
        let text = format!("{line}\n\n首相は三日、新しい橋の開通式に出席した。式には千人が集まったという。\n");
        assert_eq!(file("a.txt", text.as_bytes(), None).unwrap().drafts[0].embargo, None, "{line}");
    }
}

/// Reads a file in a newsroom at Berlin, beside a sidecar perhaps.
fn file(name: &str, bytes: &[u8], beside: Option<&Draft>) -> Result<Parsed, Rejection> {
    let source = Source {
        path: &InboxPath::new(name),
        bytes,
        time_zone: Berlin,
        encoding: None,
        language: "en",
        arrival: "2026-07-02T08:00:00Z".parse().unwrap(),
    };
    parse_beside(&source, beside)
}

const STORY: [&str; 3] = ["Gulls counted in Sole", "By Jane Roe", "SOLE (Reuters) - Volunteers counted gulls."];

/// The same story under a line: as plain text, and in Word with and without a headline set apart.
fn told(line: &str) -> Vec<Result<Parsed, Rejection>> {
    let text = format!("{line}\n\n{}\n", STORY.join("\n\n"));
    let head = |headline: String| Word::new(&[p(line), headline, p(STORY[1]), p(STORY[2])].concat()).bytes();
    vec![
        file("a.txt", text.as_bytes(), None),
        file("a.txt", text.replacen("\n\n", "\n", 1).as_bytes(), None),
        file("a.txt", format!("{}\n\n{line}\n\n{}\n\n{}\n", STORY[0], STORY[1], STORY[2]).as_bytes(), None),
        file("a.txt", format!("---\ntags: [a]\n---\n{text}").as_bytes(), None),
        file("a.docx", &head(p(STORY[0])), None),
        file("a.docx", &head(styled("a3", STORY[0])), None),
    ]
}

#[test]
fn an_embargo_above_a_story_holds_it() {
    for (line, until) in [
        ("***EMBARGOED UNTIL 00:01 CEST FRIDAY 3 JULY 2027***", "2027-07-02T22:01:00Z"),
        ("NOT FOR PUBLICATION BEFORE 3 July 2027, 06:00", "2027-07-03T04:00:00Z"),
        ("Sperrfrist: 3. Juli 2027, 6.00 Uhr", "2027-07-03T04:00:00Z"),
        ("Sperrfrist bis Samstag, den 3. Juli 2027, 6 Uhr", "2027-07-03T04:00:00Z"),
        ("SPERRFRIST 3. März 2027 18.30 Uhr MEZ", "2027-03-03T17:30:00Z"),
        ("EMBARGO: 2027-07-03T06:00:00+02:00", "2027-07-03T04:00:00Z"),
        ("Embargo until 6 a.m., July 3, 2027", "2027-07-03T04:00:00Z"),
        ("STRICTLY EMBARGOED UNTIL 00.01hrs ON 3 JULY 2027", "2027-07-02T22:01:00Z"),
        ("[Under embargo until 0001 GMT on 3 July 2027]", "2027-07-03T00:01:00Z"),
        ("Sperrefrist: 3. juli 2027 kl. 06.00", "2027-07-03T04:00:00Z"),
        ("Embargo till den 3 juli 2027 kl. 06.00", "2027-07-03T04:00:00Z"),
        ("Onder embargo tot 3 juli 2027 om 06.00 uur", "2027-07-03T04:00:00Z"),
    ] {
        for read in told(line) {
            let parsed = read.unwrap_or_else(|refused| panic!("{line}: {refused}"));
            let [draft] = &parsed.drafts[..] else { panic!("{line}: {parsed:#?}") };
            assert_eq!(draft.embargo, Some(When::Instant(until.parse().unwrap())), "{line}");
            assert_eq!((draft.headline.as_deref(), names(draft)), (Some(STORY[0]), vec!["Jane Roe"]), "{line}");
            assert_eq!(body(draft), [STORY[2]], "{line}: {draft:#?}");
            assert!(draft.kickers.is_empty() && draft.captions.is_empty() && draft.subhead.is_none(), "{draft:#?}");
        }
    }
    let below = "EMBARGO\n3 July 2027, 06:00\n\nGulls counted\n\nThey were many.\n";
    let parsed = file("a.txt", below.as_bytes(), None).unwrap();
    assert_eq!(parsed.drafts[0].embargo, Some(When::Instant("2027-07-03T04:00:00Z".parse().unwrap())));
    assert_eq!((parsed.drafts[0].headline.as_deref(), &parsed.furniture[..]), (Some("Gulls counted"), &[1, 2][..]));
}

#[test]
fn an_embargo_in_chinese() {
    let told = |line: &str| {
        let text = format!("{line}\n大堤加固完工\n\n　　昨日，澜江大堤加固工程全部完工，比计划早了二十天。\n");
        let word = Word::new(&[p(line), styled("a3", "大堤加固完工"), p("昨日，澜江大堤加固工程全部完工。")].concat());
        [file("a.txt", text.as_bytes(), None), file("a.docx", &word.bytes(), None)]
    };
    for (line, until) in [
        ("【解禁时间：2027年7月3日6时】", "2027-07-03T04:00:00Z"),
        ("（本稿请于2027年7月3日零时后发布）", "2027-07-02T22:00:00Z"),
        ("2027年7月3日上午6时前不得发布、转载和刊发", "2027-07-03T04:00:00Z"),
        ("2027年7月3日6时起方可报道", "2027-07-03T04:00:00Z"),
        ("（2027年7月3日6:00解禁）", "2027-07-03T04:00:00Z"),
    ] {
        for read in told(line) {
            let parsed = read.unwrap_or_else(|refused| panic!("{line}: {refused}"));
            let draft = &parsed.drafts[0];
            assert_eq!(draft.embargo, Some(When::Instant(until.parse().unwrap())), "{line}");
            assert_eq!(
                (draft.headline.as_deref(), draft.body.contains("2027年")),
                (Some("大堤加固完工"), false),
                "{line}"
            );
        }
    }
    for read in told("（7月3日零时前不得发布）") {
        assert!(read.unwrap_err().reason.contains("embargo"));
    }
    for line in
        ["2026年7月1日发布", "新规7月3日零时起发布实施", "我市7月3日前不得报名", "7月3日起公开招聘", "明年起不得发布"]
    {
        for read in told(line) {
            assert_eq!(read.unwrap().drafts[0].embargo, None, "{line}");
        }
    }
}

#[test]
fn an_embargo_until_nobody_knows_when_is_refused_unless_it_is_stated() {
    for line in [
        "***EMBARGOED UNTIL THE MINISTER SPEAKS***",
        "EMBARGOED UNTIL FRIDAY",
        "EMBARGO",
        "EMBARGO: check with the desk",
        "Sperrfrist: Redebeginn",
        "Sperrfrist: 3. Juli, 6 Uhr",
        "NOT FOR PUBLICATION BEFORE 06:00 XYZ 3 July 2027",
        "Embargo: 11/12/2027, 06:00",
        "Embargoed until 3 July 2027, 06:00, please check",
    ] {
        for read in told(line) {
            let refused = match read {
                Ok(parsed) => panic!("{line}: {parsed:#?}"),
                Err(refused) => refused,
            };
            assert!(refused.reason.contains("embargo") && refused.hint.contains("embargo:"), "{line}: {refused}");
        }
        let until = Some(When::Instant("2027-01-01T00:00:00Z".parse().unwrap()));
        let beside = Draft { embargo: until, ..Draft::default() };
        let text = format!("{line}\n\n{}\n", STORY.join("\n\n"));
        let word = Word::new(&[p(line), p(STORY[0]), p(STORY[1]), p(STORY[2])].concat()).bytes();
        for read in [
            file("a.txt", text.as_bytes(), Some(&beside)),
            file("a.docx", &word, Some(&beside)),
            file("a.txt", format!("---\nembargo: 2027-01-01T00:00:00Z\n---\n{text}").as_bytes(), None),
        ] {
            let parsed = read.unwrap();
            assert_eq!((parsed.drafts[0].embargo, body(&parsed.drafts[0])), (until, vec![STORY[2]]), "{line}");
        }
    }
    // What is printed above the story is the file's own, and no sidecar lets it out sooner.
    let beside = Draft { embargo: Some(When::Instant("2026-01-01T00:00:00Z".parse().unwrap())), ..Draft::default() };
    let parsed = file("a.txt", b"EMBARGO: 3 July 2027, 06:00\n\nGulls\n\nMany.\n", Some(&beside)).unwrap();
    assert_eq!(parsed.drafts[0].embargo, Some(When::Instant("2027-07-03T04:00:00Z".parse().unwrap())));
}

/// A story of a headline and a text under an embargo, as Markdown and HTML have it.
fn marked_up(line: &str) -> [(&'static str, String); 9] {
    let (title, text) = (STORY[0], STORY[2]);
    [
        ("a.md", format!("{line}\n\n# {title}\n\n{text}\n")),
        ("a.md", format!("# {title}\n\n**{line}**\n\n{text}\n")),
        ("a.md", format!("---\ntitle: {title}\n---\n\n> {line}\n\n{text}\n")),
        ("a.md", format!("## {line}\n\n# {title}\n\n{text}\n")),
        ("a.html", format!("<p>{line}</p>\n<h1>{title}</h1>\n<p>{text}</p>\n")),
        ("a.html", format!("<h1>{title}</h1><div><p><b>{line}</b></p><p>{text}</p></div>")),
        (
            "a.html",
            format!(
                "<html><head><title>{title}</title></head><body><nav><a href=/>Home</a></nav><article><header>{line}\n\
                 <h1>{title}</h1></header>\n<p>{text}</p></article></body></html>"
            ),
        ),
        ("a.html", format!("<h1>{line}</h1><h1>{title}</h1><p>{text}</p>")),
        ("a.html", format!("---\ntitle: {title}\n---\n<p>{line}<br>\n{text}</p>")),
    ]
}

#[test]
fn an_embargo_above_a_story_in_markdown_and_html_holds_it() {
    for line in ["EMBARGOED UNTIL 06:00 CEST 3 JULY 2027", "Sperrfrist: 3. Juli 2027, 6.00 Uhr"] {
        for (name, source) in marked_up(line) {
            let parsed = file(name, source.as_bytes(), None).unwrap_or_else(|refused| panic!("{source}: {refused}"));
            let [draft] = &parsed.drafts[..] else { panic!("{source}: {parsed:#?}") };
            assert_eq!(draft.embargo, Some(When::Instant("2027-07-03T04:00:00Z".parse().unwrap())), "{source}");
            assert_eq!(draft.headline.as_deref(), Some(STORY[0]), "{source}");
            assert!(
                draft.body.contains(STORY[2]) && !draft.body.to_lowercase().contains("juli"),
                "{source}: {draft:#?}"
            );
            assert!(!draft.body.contains("EMBARGO") && !draft.body.contains("<p></p>"), "{source}: {draft:#?}");
        }
    }
    let beside = Draft { embargo: Some(When::Instant("2027-01-01T00:00:00Z".parse().unwrap())), ..Draft::default() };
    for (name, source) in marked_up("EMBARGOED UNTIL FRIDAY") {
        let refused = file(name, source.as_bytes(), None).unwrap_err();
        assert!(refused.reason.contains("embargo") && refused.hint.contains("embargo:"), "{source}: {refused}");
        assert_eq!(refused.line.is_some(), name == "a.md", "{source}");
        let parsed = file(name, source.as_bytes(), Some(&beside)).unwrap();
        assert_eq!(parsed.drafts[0].embargo, beside.embargo, "{source}");
    }
    for lead in [
        "**Embargo on oil** takes effect today.",
        "* Embargo until Friday hits ports",
        "[Embargo until 2028](https://a.example) is near.",
    ] {
        assert_eq!(
            file("a.md", format!("# Oil\n\n{lead}\n").as_bytes(), None).unwrap().drafts[0].embargo,
            None,
            "{lead}"
        );
    }
    let underlined =
        file("a.md", b"EMBARGOED UNTIL 3 JULY 2027\n====\n\n# Oil\n\nIt is so.\n", None).unwrap().drafts.remove(0);
    assert_eq!((underlined.headline.as_deref(), &body(&underlined)[..]), (Some("Oil"), &["It is so."][..]));
    assert_eq!(underlined.embargo, Some(When::Day("2027-07-03".parse().unwrap())));
    let refused = file("a.md", b"---\ntitle: A\n---\n\nEMBARGO\n\nIt is so.\n", None).unwrap_err();
    assert_eq!(refused.line, Some(5));
    for (name, source) in marked_up("Embargo on oil takes effect") {
        assert_eq!(file(name, source.as_bytes(), None).unwrap().drafts[0].embargo, None, "{source}");
    }
    // Its head outranks what is written below it.
    let stated = file("a.md", b"---\nembargo: 2027-01-01T00:00:00Z\n---\nEMBARGO: 3 July 2027, 06:00\n\nSo.\n", None);
    assert_eq!(stated.unwrap().drafts[0].embargo, beside.embargo);
    let below =
        file("a.html", b"<h1>Ships wait</h1><p>They wait.</p><p>EMBARGO<br>3 July 2027, 06:00</p><p>So.</p>", None);
    let draft = below.unwrap().drafts.remove(0);
    assert_eq!(draft.embargo, Some(When::Instant("2027-07-03T04:00:00Z".parse().unwrap())));
    assert_eq!(draft.body, "<p>They wait.</p><p>So.</p>");
}

#[test]
fn a_story_about_an_embargo_is_a_story() {
    for line in [
        "Embargo on oil takes effect",
        "Embargo: 3 tankers seized",
        "EMBARGO: RUSSIA CUTS OIL",
        "Embargo of May 3 ends quietly",
        "Embargo until 2028 hits exporters",
        "Embargoed goods seized in port",
        "Sperrfrist verpasst: Verein verliert Punkte",
        "Gesperrt bis Montag: Brücke in Sole",
        "Frei ab 12 Jahren",
        "Not for publication, and yet in print",
        "Embargo do aço dura até julho de 2027",
        "Эмбарго на вино продлено до июля",
        "Embargo sur le vin levé le 3 juillet",
        "엠바고 깨졌다",
    ] {
        let draft = file("a.txt", format!("{line}\n\nIt is so.\n\nMore.\n").as_bytes(), None).unwrap().drafts.remove(0);
        assert_eq!((draft.embargo, draft.headline.as_deref()), (None, Some(line)));
    }
    let text = "Ships wait\n\nThe ships wait, and nobody says how long they will.\nEmbargo until 3 July 2027, 06:00\nis what the captains heard.\n";
    assert_eq!(file("a.txt", text.as_bytes(), None).unwrap().drafts[0].embargo, None);
}

#[test]
fn a_place_before_a_colon_is_a_dateline_where_it_is_known() {
    let draft =
        one("Ministers agree quotas\n\nBRUSSELS: The ministers agreed quotas after a night of talks.\n\nCod falls.\n");
    assert_eq!((draft.dateline.as_deref(), draft.lead_in.as_deref()), (Some("BRUSSELS"), Some("BRUSSELS:")));
    for beginning in [
        "WARNING: The gate closes at ten.",
        "SMITH: Why now?",
        "Brussels: The ministers agreed.",
        "PARIS: 3, LONDON: 2",
    ] {
        let draft = one(&format!("Rules for the new depot\n\n{beginning} It does not open again.\n\nBring a badge.\n"));
        assert_eq!(draft.dateline, None, "{beginning}");
    }
}

#[test]
fn what_a_company_sends_out_says_so_above_its_headline() {
    let draft = one(
        "FOR IMMEDIATE RELEASE\n\nJune 19, 2026\n\nContact: Dana Wells, dana@marl.example\n\nMARL WATER TO REPLACE PIPE\nWork will take three years\n\nMARL, Ohio - Marl Water said today it will replace forty miles of pipe.\n\nSome is old.\n",
    );
    assert_eq!(draft.headline.as_deref(), Some("MARL WATER TO REPLACE PIPE"));
    assert_eq!(draft.subhead.as_deref(), Some("Work will take three years"));
    assert_eq!(draft.date, Some(syndicated::article::When::Day("2026-06-19".parse().unwrap())));
    assert_eq!(body(&draft).len(), 2);
    let draft = one(
        "FOR IMMEDIATE RELEASE\n\nContact: press office, +44 1234 567890\n\nPool opens\n\nMARL, Ohio - Marl opened a pool today.\n",
    );
    assert_eq!(draft.headline.as_deref(), Some("Pool opens"));
    // A rule below a headline is none.
    let draft =
        one("A HISTORY OF THE FERRY\n======================\n\nIt began long before anybody wrote about it here.\n");
    assert_eq!((draft.headline.as_deref(), draft.subhead), (Some("A HISTORY OF THE FERRY"), None));
    // A day ahead above any other text is the day of something.
    let draft =
        one("Press release delayed\n\nJune 19, 2027\n\nThe office said so on the phone at last today, after a week.\n");
    assert_eq!(draft.date, None);
}

#[test]
fn a_line_above_the_headline_is_a_kicker_but_for_what_somebody_said() {
    let talk = |above: &str| {
        format!("{above}\n\nThe pilot Anders Lie on fog\nBy Ingrid Moe\n\nHe was nineteen when he began.\n")
    };
    let draft = one(&talk("\"I have never missed a tide\""));
    assert_eq!(draft.headline.as_deref(), Some("\"I have never missed a tide\""));
    assert_eq!(draft.subhead.as_deref(), Some("The pilot Anders Lie on fog"));
    for above in ["Life and work", "The Daily Post News Service"] {
        let draft = one(&talk(above));
        assert_eq!((draft.headline.as_deref(), draft.subhead), (Some("The pilot Anders Lie on fog"), None), "{above}");
    }
}

#[test]
fn verse_keeps_its_lines_and_columns_their_places() {
    let draft =
        one("LOW WATER\n\nThe boats lean\non their elbows\nand wait.\n\nNothing is late\nthat the moon sends.\n");
    assert_eq!(
        body(&draft),
        ["The boats lean<br>on their elbows<br>and wait.", "Nothing is late<br>that the moon sends."]
    );
    let draft = one(
        "Ferry back\n\nThe ferry is back after\ntwo weeks of repairs,\nthe harbour said today.\nIt sails at ten.\n",
    );
    assert_eq!(body(&draft).len(), 1, "{}", draft.body);
    assert!(!draft.body.contains("<br>"), "{}", draft.body);
    let table = "Team         P   W\n------------------\nMarl Town   12   9\nNorthgate   12   8\nFell        12   3";
    let draft = one(&format!("Results of the league\n\n{table}\n\nNext round on Saturday.\n"));
    assert!(draft.body.contains(&format!("<pre>{table}</pre>")), "{}", draft.body);
}

#[test]
fn a_mail_passed_on_as_a_quotation_is_read() {
    let text = "Begin forwarded message:\n\n> From: Lena Brandt <lena@x.example>\n> To: desk@post.example\n> Subject: The bell that rang twice\n>\n> The bell rang twice on Tuesday.\n>\n> The sexton blames a magpie.\n";
    let draft = super::agency::draft("a.txt", text);
    assert_eq!(draft.headline.as_deref(), Some("The bell that rang twice"));
    assert_eq!(body(&draft), ["The bell rang twice on Tuesday.", "The sexton blames a magpie."]);
    let draft = super::agency::draft("a.txt", "> From: Oslo\n\nA quotation begins it.\n");
    assert!(draft.body.contains("Oslo") || draft.headline.is_some_and(|headline| headline.contains("Oslo")));
}

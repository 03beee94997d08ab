//! What of a medium is published, byte by byte.

use std::io::Cursor;

use proptest::prelude::*;
use syndicated::darkroom::{self, Cut, Fault};

use crate::specimens::{
    boxed, chunk, exif, id3_frame, id3_text, jpeg_of, mp3_of, mp4_of, picture, png_of, riff, riff_of, segment,
};

/// Stands where nobody may read it.
const SECRET: &str = "N51.4778W0.0014";

fn develop(media_type: &'static str, extension: &str, bytes: &[u8]) -> Result<(Cut, Vec<u8>), Fault> {
    let mut source = Cursor::new(bytes);
    let cut = darkroom::cut(&mut source, media_type, extension)?;
    let mut published = Vec::new();
    let length = cut.write(&mut source, &mut published).unwrap();
    assert_eq!(length, published.len() as u64);
    Ok((cut, published))
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

/// That no secret is published, and that what is published says itself again and nothing else.
#[track_caller]
fn check(media_type: &'static str, extension: &str, bytes: &[u8], kept: &[&[u8]]) -> (Cut, Vec<u8>) {
    let secrets = [SECRET.as_bytes().to_vec(), SECRET.encode_utf16().flat_map(u16::to_le_bytes).collect()];
    assert!(secrets.iter().any(|secret| holds(bytes, secret)), "nothing to take out");
    let (cut, published) = develop(media_type, extension, bytes).unwrap();
    for secret in secrets {
        assert!(!holds(&published, &secret), "{}", published.escape_ascii());
    }
    for words in kept {
        assert!(holds(&published, words), "{} in {}", words.escape_ascii(), published.escape_ascii());
    }
    let (again, twice) = develop(media_type, extension, &published).unwrap();
    assert_eq!(twice, published, "what is clean stays as it is");
    assert_eq!(again.pixels, cut.pixels);
    assert_eq!((again.orientation, &again.copyright), (cut.orientation, &cut.copyright));
    (cut, published)
}

fn with(prefix: &[u8], rest: &[u8]) -> Vec<u8> {
    [prefix, rest].concat()
}

#[test]
fn a_photograph_keeps_its_pixels_its_orientation_and_its_copyright() {
    let icc = segment(0xE2, b"ICC_PROFILE\0\x01\x01colours");
    let jfif = |thumbnail: &[u8]| segment(0xE0, &with(b"JFIF\0\x01\x01\0\0\x01\0\x01", thumbnail));
    let photograph = jpeg_of(
        &[
            jfif(&with(b"\x01\x01", SECRET.as_bytes())),
            segment(0xE1, &with(b"Exif\0\0", &exif(6, "© 2026 顾长风", SECRET))),
            segment(0xE1, &with(b"http://ns.adobe.com/xap/1.0/\0", SECRET.as_bytes())),
            icc.clone(),
            segment(0xE2, &with(b"MPF\0", SECRET.as_bytes())),
            segment(0xED, &with(b"Photoshop 3.0\0", SECRET.as_bytes())),
            segment(0xFE, SECRET.as_bytes()),
            segment(0xE5, SECRET.as_bytes()),
        ],
        &with(b"\xFF\xD8motion photo", SECRET.as_bytes()),
    );
    let (cut, published) = check("image/jpeg", "jpg", &photograph, &["© 2026 顾长风".as_bytes()]);
    assert_eq!(cut.pixels, Some((3, 4)), "turned by a quarter");
    assert_eq!((cut.orientation, cut.copyright.as_deref()), (6, Some("© 2026 顾长风")));
    let own = published.len() - picture().len() - icc.len();
    assert_eq!(published[own..], [icc, picture()].concat(), "what shows the picture, bit by bit");
    let plain = jpeg_of(&[jfif(b"\0\0")], b"");
    assert_eq!(develop("image/jpeg", "jpg", &plain).unwrap().1, plain);
    // An orientation alone, and neither.
    let turned = jpeg_of(&[segment(0xE1, &with(b"Exif\0\0", &exif(8, "", SECRET)))], b"");
    assert_eq!(check("image/jpeg", "jpg", &turned, &[]).0.orientation, 8);
    let upright = jpeg_of(&[segment(0xE1, &with(b"Exif\0\0", &exif(1, "", SECRET)))], b"");
    assert_eq!(check("image/jpeg", "jpg", &upright, &[]).1, jpeg_of(&[], b""));
}

#[test]
fn a_copyright_is_kept_wherever_a_picture_states_it() {
    let xmp = format!(
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:e=\"e\" e:GPS=\"{SECRET}\"><dc:rights><rdf:Alt>\
         <rdf:li xml:lang=\"x-default\">Lanjiang Evening Post</rdf:li></rdf:Alt></dc:rights></rdf:Description></rdf:RDF></x:xmpmeta>"
    );
    let named = SECRET.len() as u8;
    let record = |number: u8, text: &str| [&[0x1C, 2, number, 0, text.len() as u8], text.as_bytes()].concat();
    let notices = [record(90, SECRET), record(116, "Lanjiang Evening Post")].concat();
    let iptc = [
        b"Photoshop 3.0\08BIM\x03\xED".as_slice(),
        &[named],
        SECRET.as_bytes(),
        b"\0\0\0\x018\x008BIM\x04\x04\0\0",
        &(notices.len() as u32).to_be_bytes(),
        &notices,
    ]
    .concat();
    let text = |keyword: &str, text: &str| chunk(b"tEXt", format!("{keyword}\0{text}").as_bytes());
    let international = chunk(b"iTXt", format!("XML:com.adobe.xmp\0\0\0\0\0{xmp}").as_bytes());
    let image = chunk(b"IDAT", b"pixels");
    let flags = |flags: u8| riff(b"VP8X", &[flags, 0, 0, 0, 9, 0, 0, 4, 0, 0]);
    let cases: [(&str, &str, Vec<u8>); 5] = [
        ("image/jpeg", "jpg", jpeg_of(&[segment(0xE1, &with(b"http://ns.adobe.com/xap/1.0/\0", xmp.as_bytes()))], b"")),
        ("image/jpeg", "jpg", jpeg_of(&[segment(0xED, &iptc)], b"")),
        (
            "image/png",
            "png",
            png_of(4, 3, &[text("Copyright", "Lanjiang Evening Post"), text("Comment", SECRET), image.clone()]),
        ),
        ("image/png", "png", png_of(4, 3, &[international, image])),
        (
            "image/webp",
            "webp",
            riff_of(b"WEBP", &[flags(0x04), riff(b"VP8 ", b"pixels"), riff(b"XMP ", xmp.as_bytes())]),
        ),
    ];
    for (media_type, extension, bytes) in cases {
        let (cut, _) = check(media_type, extension, &bytes, &[b"Lanjiang Evening Post", b"pixels"]);
        assert_eq!(cut.copyright.as_deref(), Some("Lanjiang Evening Post"), "{media_type}");
    }
}

#[test]
fn pictures_of_other_kinds_keep_what_shows_them() {
    let png = png_of(
        4,
        3,
        &[
            chunk(b"gAMA", b"\0\0\xB1\x8F"),
            chunk(b"eXIf", &exif(3, "Agency", SECRET)),
            chunk(b"zTXt", SECRET.as_bytes()),
            chunk(b"tIME", SECRET.as_bytes()),
            chunk(b"caBX", SECRET.as_bytes()),
            chunk(b"IDAT", b"pixels"),
        ],
    );
    let (cut, published) = check("image/png", "png", &with(&png, SECRET.as_bytes()), &[b"pixels", b"gAMA", b"Agency"]);
    assert_eq!((cut.pixels, cut.orientation, cut.media_type), (Some((4, 3)), 3, "image/png"));
    assert!(published.ends_with(&chunk(b"IEND", b"")));
    // By what it is, not by what it is called.
    assert_eq!(check("image/jpeg", "jpg", &png, &[]).0.extension, "png");

    let flags = riff(b"VP8X", &[0x0C, 0, 0, 0, 9, 0, 0, 4, 0, 0]);
    let words = [riff(b"EXIF", &exif(6, "Agency", SECRET)), riff(b"XMP ", SECRET.as_bytes()), riff(b"TEST", b"own")];
    let webp = riff_of(b"WEBP", &[vec![flags, riff(b"VP8 ", b"pixels!")], words.to_vec()].concat());
    let (cut, published) = check("image/webp", "webp", &with(&webp, SECRET.as_bytes()), &[b"pixels!", b"Agency"]);
    assert_eq!((cut.pixels, cut.orientation), (Some((5, 10)), 6));
    assert_eq!(published[20], 0x08, "EXIF, no XMP");
    assert_eq!(published[4..8], (published.len() as u32 - 8).to_le_bytes());

    let gif = [
        b"GIF89a\x04\0\x03\0\x80\0\0rgbRGB".as_slice(),
        b"\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0",
        &with(b"\x21\xFE", &[SECRET.len() as u8]),
        SECRET.as_bytes(),
        b"\0\x21\xFF\x0BXMP DataXMP",
        SECRET.as_bytes(),
    ];
    let after = [b"\x21\xF9\x04\0\0\0\0\0\x2C\0\0\0\0\x04\0\x03\0\0\x02\x03pix\0\x3B".as_slice(), SECRET.as_bytes()];
    let (cut, published) = check(
        "image/gif",
        "gif",
        &[&gif[..4], &[b"\0"], &after].concat().concat(),
        &[b"NETSCAPE2.0\x03\x01\0\0\0\x21\xF9", b"pix"],
    );
    assert!(published.ends_with(b"\x3B"));
    assert_eq!((cut.pixels, cut.is_animated), (Some((4, 3)), false));

    let jxl = [boxed(b"JXL ", b"\r\n\x87\n"), boxed(b"ftyp", b"jxl \0\0\0\0jxl ")].concat();
    let jxl = [jxl, boxed(b"Exif", SECRET.as_bytes()), boxed(b"jxlc", b"pixels"), boxed(b"xml ", SECRET.as_bytes())];
    check("image/jxl", "jxl", &jxl.concat(), &[b"pixels"]);
}

#[test]
fn a_telephones_picture_loses_its_items_of_words() {
    let item = |number: u8, kind: &[u8; 4]| {
        boxed(b"infe", &[b"\x02\0\0\0\0".as_slice(), &[number], b"\0\0", kind, b"\0"].concat())
    };
    let items = [b"\0\0\0\0\0\x03".to_vec(), item(1, b"hvc1"), item(2, b"Exif"), item(3, b"mime")].concat();
    let build = |at: u32| {
        let place = |number: u8, offset: u32, length: u32| {
            [b"\0".as_slice(), &[number], b"\0\0\0\x01", &(at + offset).to_be_bytes(), &length.to_be_bytes()].concat()
        };
        let secret = SECRET.len() as u32;
        let places =
            [b"\0\0\0\0\x44\0\0\x03".to_vec(), place(1, 0, 6), place(2, 6, secret), place(3, 6 + secret, secret)];
        let description =
            [b"\0\0\0\0".to_vec(), boxed(b"hdlr", b"pict"), boxed(b"iinf", &items), boxed(b"iloc", &places.concat())];
        let head = [boxed(b"ftyp", b"heic\0\0\0\0mif1"), boxed(b"meta", &description.concat())].concat();
        (head.len() as u32 + 8, [head, boxed(b"mdat", format!("pixels{SECRET}{SECRET}").as_bytes())].concat())
    };
    let (at, _) = build(0);
    let (_, picture) = build(at);
    let (cut, published) = check("image/heic", "heic", &picture, &[b"pixels\0\0\0"]);
    assert_eq!(cut.media_type, "image/heic");
    assert_eq!(published.len(), picture.len(), "nothing moves");
}

#[test]
fn films_and_sounds_keep_titles_and_credits_and_lose_places() {
    let name = boxed(b"\xA9nam", b"The harbour");
    let place = boxed(b"\xA9xyz", SECRET.as_bytes());
    let data = |text: &str| boxed(b"data", &with(&[0, 0, 0, 1, 0, 0, 0, 0], text.as_bytes()));
    let list = boxed(
        b"ilst",
        &[boxed(b"\xA9nam", &data("The harbour")), boxed(b"----", &data(SECRET)), boxed(b"covr", &data(SECRET))]
            .concat(),
    );
    let tags = boxed(b"meta", &[b"\0\0\0\0".to_vec(), boxed(b"hdlr", &[0; 24]), list].concat());
    let handler = |kind: &[u8; 4]| boxed(b"hdlr", &[[0; 8].as_slice(), kind, &[0; 12]].concat());
    let track = |kind: &[u8; 4], table: &[Vec<u8>]| {
        let media = [handler(kind), boxed(b"minf", &boxed(b"stbl", &table.concat()))].concat();
        boxed(b"trak", &[boxed(b"tkhd", &[0; 84]), boxed(b"mdia", &media), boxed(b"udta", &place)].concat())
    };
    let full = |numbers: &[u32]| numbers.iter().flat_map(|n| n.to_be_bytes()).collect::<Vec<u8>>();
    let build = |at: u32| {
        let table = [
            boxed(b"stsz", &full(&[0, 0, 2, 15, 15])),
            boxed(b"stsc", &full(&[0, 1, 1, 1, 1])),
            boxed(b"stco", &full(&[0, 2, at + 6, at + 6 + 15 + 4])),
        ];
        let words =
            boxed(b"udta", &[name.clone(), place.clone(), boxed(b"loci", SECRET.as_bytes()), tags.clone()].concat());
        let head = [
            track(b"vide", &[]),
            track(b"meta", &table),
            words,
            boxed(b"meta", SECRET.as_bytes()),
            boxed(b"uuid", SECRET.as_bytes()),
        ];
        let film = mp4_of(75, &head, format!("frames{SECRET}more{SECRET}").as_bytes());
        let at = film.windows(6).position(|window| window == b"frames").unwrap();
        (at as u32, [film, boxed(b"XMP_", SECRET.as_bytes()), boxed(b"free", SECRET.as_bytes())].concat())
    };
    let (at, _) = build(0);
    let (_, film) = build(at);
    for (media_type, extension) in [("video/mp4", "mp4"), ("video/quicktime", "mov"), ("audio/mp4", "m4a")] {
        let (cut, published) = check(media_type, extension, &film, &[b"The harbour", b"frames", b"more", b"vide"]);
        assert_eq!(published.len(), film.len(), "nothing moves");
        assert_eq!((cut.media_type, cut.extension, cut.plays_ms), (media_type, extension, Some(75_000)));
    }
    check("video/mp4", "mp4", &film[..film.len() - 50], &[b"frames"]);
    assert!(develop("video/mp4", "mp4", &film[..300]).is_err(), "its head is cut short");

    let sound = mp3_of(
        &[
            id3_text(b"TIT2", "The harbour"),
            id3_frame(b"PRIV", SECRET.as_bytes()),
            id3_frame(b"APIC", SECRET.as_bytes()),
            id3_frame(b"GEOB", SECRET.as_bytes()),
            id3_text(b"TXXX", SECRET),
            id3_text(b"TPE1", "Bai Wenbin"),
        ],
        2,
    );
    let ape = |length: u32| {
        [b"APETAGEX\xD0\x07\0\0".as_slice(), &length.to_le_bytes(), b"\x01\0\0\0\0\0\0\0", &[0; 8]].concat()
    };
    let sound =
        [sound, SECRET.as_bytes().to_vec(), ape(SECRET.len() as u32 + 32), with(b"TAGThe old", &[0; 118])].concat();
    let artist: Vec<u8> = "Bai Wenbin".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (_, published) = check("audio/mpeg", "mp3", &sound, &[&artist, b"TAGThe old"]);
    assert_eq!(published.len(), sound.len() - SECRET.len() - 32, "the sound stays where it was");

    let wave = [
        riff(b"fmt ", &[1, 0, 1, 0, 0x44, 0xAC, 0, 0, 0x44, 0xAC, 0, 0, 1, 0, 8, 0]),
        riff(b"bext", SECRET.as_bytes()),
        riff(b"data", b"samples!"),
        riff(b"iXML", SECRET.as_bytes()),
    ];
    check("audio/wav", "wav", &with(&riff_of(b"WAVE", &wave), SECRET.as_bytes()), &[b"samples!", b"fmt "]);

    let text = |text: &str| with(&(text.len() as u32).to_le_bytes(), text.as_bytes());
    let comments =
        [text("vendor"), 2u32.to_le_bytes().to_vec(), text("TITLE=The harbour"), text(&format!("LOCATION={SECRET}"))];
    let block = |kind: u8, content: &[u8]| [&[kind], &(content.len() as u32).to_be_bytes()[1..], content].concat();
    let flac = [
        b"fLaC".to_vec(),
        block(0, &[0; 34]),
        block(4, &comments.concat()),
        block(6, SECRET.as_bytes()),
        block(2 | 0x80, SECRET.as_bytes()),
        b"frames".to_vec(),
    ];
    check("audio/flac", "flac", &flac.concat(), &[b"TITLE=The harbour", b"frames"]);
}

#[test]
fn what_cannot_be_proven_clean_is_not_published() {
    for (media_type, extension, bytes) in [
        ("image/jpeg", "jpg", b"no picture at all".to_vec()),
        ("image/jpeg", "jpg", b"\xFF\xD8\xFF\xE0".to_vec()),
        ("image/jpeg", "jpg", b"\xFF\xD8\xFF\xD9".to_vec()),
        ("image/png", "png", b"\x89PNG\r\n\x1a\n".to_vec().repeat(9)),
        ("image/gif", "gif", b"GIF89a\x04\0\x03\0\0\0\0\x3B".to_vec()),
        ("image/webp", "webp", riff_of(b"WEBP", &[riff(b"JUNK", b"")])),
        ("image/tiff", "tif", b"II\x2A\0\x08\0\0\0".to_vec()),
        ("image/heic", "heic", boxed(b"ftyp", b"heic\0\0\0\0")),
        ("audio/mpeg", "mp3", vec![7; 1234]),
        ("audio/mp4", "m4a", vec![7; 1234]),
        ("video/mp4", "mp4", boxed(b"ftyp", b"isom\0\0\0\0")),
        ("video/mp4", "mp4", [boxed(b"moov", &boxed(b"cmov", b"")), boxed(b"mdat", b"")].concat()),
        ("audio/flac", "flac", b"fLaC\0\xFF\xFF\xFF".to_vec()),
        ("audio/ogg", "ogg", b"something else".to_vec()),
    ] {
        let outcome = develop(media_type, extension, &bytes);
        assert!(matches!(outcome, Err(Fault::Unclean(_))), "{media_type} {}", bytes.escape_ascii());
    }
}

#[test]
fn a_damaged_picture_is_published_as_far_as_it_goes() {
    let mut torn = jpeg_of(&[segment(0xE1, &with(b"Exif\0\0", &exif(6, "", SECRET)))], b"");
    torn.truncate(torn.len() - 4);
    let (cut, published) = check("image/jpeg", "jpg", &torn, &[b"pixels"]);
    assert!(published.ends_with(b"\xFF\xD9") && cut.orientation == 6);
    let mut torn = png_of(4, 3, &[chunk(b"tEXt", SECRET.as_bytes()), chunk(b"IDAT", b"pixels and pixels")]);
    torn.truncate(torn.len() - 18);
    check("image/png", "png", &torn, &[b"pixels"]);
    // Rubbish between segments hides nothing.
    let rubbish = jpeg_of(&[SECRET.as_bytes().to_vec(), segment(0xDB, &[1; 65])], b"");
    check("image/jpeg", "jpg", &rubbish, &[b"pixels"]);
}

#[test]
fn hostile_media_come_to_an_end() {
    const LENGTH: usize = 4 << 20;
    let segments = segment(0xFE, b"").repeat(LENGTH / 4);
    let chunks = chunk(b"tEXt", b"").repeat(LENGTH / 12);
    let deep = (0..2000).fold(Vec::new(), |within, _| boxed(b"moov", &within));
    let tables = [
        boxed(b"stsz", &[0, 0, 0, 0, 0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF]),
        boxed(b"stsc", &[0; 8]),
        boxed(b"stco", &[0; 8]),
    ];
    let handler = boxed(b"hdlr", &with(&[0; 8], b"meta"));
    let media = boxed(b"mdia", &[handler, boxed(b"minf", &boxed(b"stbl", &tables.concat()))].concat());
    let tracks = boxed(b"trak", &media).repeat(LENGTH / 200);
    for (media_type, bytes) in [
        ("image/jpeg", jpeg_of(&[segments], b"")),
        ("image/jpeg", with(b"\xFF\xD8", &b"\xFF".repeat(LENGTH))),
        ("image/png", png_of(4, 3, &[chunks])),
        ("image/gif", with(b"GIF89a\x04\0\x03\0\0\0\0", &b"\x21\xFE\0".repeat(LENGTH / 3))),
        ("video/mp4", deep),
        ("video/mp4", mp4_of(1, &[tracks], b"")),
        ("audio/mpeg", mp3_of(&[id3_frame(b"PRIV", b"").repeat(LENGTH / 10)], 1)),
    ] {
        // A quadratic reader takes hours.
        let _ = develop(media_type, "x", &bytes);
    }
}

proptest! {
    #[test]
    fn no_bytes_make_the_darkroom_fail(
        at in 0usize..14,
        rest in proptest::collection::vec(any::<u8>(), 0..300),
        flips in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
    ) {
        let kinds: [(&'static str, Vec<u8>); 14] = [
            ("image/jpeg", jpeg_of(&[segment(0xE1, &with(b"Exif\0\0", &exif(6, "a", SECRET)))], b"")),
            ("image/jpeg", b"\xFF\xD8".to_vec()),
            ("image/png", png_of(4, 3, &[chunk(b"eXIf", &exif(6, "a", SECRET)), chunk(b"IDAT", b"x")])),
            ("image/gif", b"GIF89a\x04\0\x03\0\0\0\0\x2C".to_vec()),
            ("image/webp", riff_of(b"WEBP", &[riff(b"VP8X", &[0; 10]), riff(b"VP8 ", b"x"), riff(b"EXIF", &exif(6, "a", "b"))])),
            ("image/heic", [boxed(b"ftyp", b"heic\0\0\0\0"), boxed(b"meta", b"\0\0\0\0\0\0\0\x10iinf\0\0\0\0\0\x01")].concat()),
            ("image/jxl", b"\0\0\0\x0CJXL \r\n\x87\n".to_vec()),
            ("video/mp4", mp4_of(1, &[boxed(b"trak", &boxed(b"mdia", b"")), boxed(b"udta", &boxed(b"meta", b""))], b"x")),
            ("audio/mpeg", mp3_of(&[id3_text(b"TIT2", "a")], 1)),
            ("audio/wav", riff_of(b"WAVE", &[riff(b"fmt ", b"x"), riff(b"data", b"x")])),
            ("audio/flac", b"fLaC\x84\0\0\x08\0\0\0\0\0\0\0\0".to_vec()),
            ("audio/ogg", b"OggS".to_vec()),
            ("image/bmp", b"BM".to_vec()),
            ("audio/aac", b"ID3\x04\0\0\0\0\0\x05abcde\xFF\xF1".to_vec()),
        ];
        let (media_type, mut bytes) = kinds[at].clone();
        bytes.extend(rest);
        for (place, byte) in flips {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if let Ok((_, published)) = develop(media_type, "x", &bytes) {
            prop_assert!(published.len() < bytes.len() + 2000);
        }
    }
}

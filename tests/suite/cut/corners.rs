//! What few media have and their formats allow: short and long words, old and new ways to write a length, what lies behind the
//! end, in two places at once or where it cannot be followed.

use image::{GrayImage, ImageBuffer, ImageFormat, Luma};

use super::*;
use crate::specimens::drawing as png_drawing;

/// An EXIF block with nothing but a copyright of at most four bytes, which stands in the entry itself.
fn short_exif(copyright: &[u8; 4]) -> Vec<u8> {
    [b"II\x2A\0\x08\0\0\0\x01\0\x98\x82\x02\0\x04\0\0\0".as_slice(), copyright, &[0; 4]].concat()
}

fn exif_segment(block: &[u8]) -> Vec<u8> {
    segment(0xE1, &with(b"Exif\0\0", block))
}

fn xmp_of(rights: &str) -> String {
    format!(
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:e=\"e\" e:GPS=\"{SECRET}\">{rights}\
         </rdf:Description></rdf:RDF></x:xmpmeta>"
    )
}

fn xmp_segment(xmp: &str) -> Vec<u8> {
    segment(0xE1, &with(b"http://ns.adobe.com/xap/1.0/\0", xmp.as_bytes()))
}

const TWO_LANGUAGES: &str = "<dc:rights><rdf:Alt><rdf:li xml:lang=\"de\">Abendpost</rdf:li>\
                             <rdf:li xml:lang=\"x-default\">Evening Post</rdf:li></rdf:Alt></dc:rights>";

#[test]
fn a_copyright_of_every_length_is_kept_and_the_one_that_counts_most() {
    let clean = |bytes: &[u8]| cleaned("image/jpeg", "jpg", bytes).unwrap();
    let (cut, published) = clean(&jpeg_of(&[exif_segment(&short_exif(b"Li\0\0"))], b""));
    assert_eq!(cut.copyright.as_deref(), Some("Li"));
    assert_eq!(clean(&published).0.copyright.as_deref(), Some("Li"));
    let (cut, published) = clean(&jpeg_of(&[exif_segment(&short_exif(b"Ann\0"))], b""));
    assert_eq!(cut.copyright.as_deref(), Some("Ann"));
    assert_eq!(clean(&published).0.copyright.as_deref(), Some("Ann"));
    // No place to hide other things.
    let (cut, published) = clean(&jpeg_of(&[exif_segment(&exif(1, &"报".repeat(2000), ""))], b""));
    let kept = cut.copyright.unwrap();
    assert!((990..=1000).contains(&kept.len()) && kept.ends_with('报'), "{}", kept.len());
    assert!(published.len() < 2000);
    // What the camera's block says outranks a packet, and a packet's default language its others.
    let both = jpeg_of(&[xmp_segment(&xmp_of(TWO_LANGUAGES)), exif_segment(&exif(1, "Morning Post", SECRET))], b"");
    assert_eq!(check("image/jpeg", "jpg", &both, &[]).0.copyright.as_deref(), Some("Morning Post"));
    let packet = jpeg_of(&[xmp_segment(&xmp_of(TWO_LANGUAGES))], b"");
    assert_eq!(check("image/jpeg", "jpg", &packet, &[]).0.copyright.as_deref(), Some("Evening Post"));
    let telephones = heic(&with(&[0; 4], &exif(1, "Morning Post", SECRET)), xmp_of(TWO_LANGUAGES).as_bytes());
    assert_eq!(check("image/heic", "heic", &telephones, &[b"pixels"]).0.copyright.as_deref(), Some("Morning Post"));
    // A crowd of makers is no credit.
    for (makers, credit) in [(5, Some("A, A, A, A, A")), (6, None)] {
        let list = "<rdf:li>A</rdf:li>".repeat(makers);
        let named = format!("<dc:creator><rdf:Seq>{list}</rdf:Seq></dc:creator>");
        assert_eq!(clean(&jpeg_of(&[xmp_segment(&xmp_of(&named))], b"")).0.credit.as_deref(), credit);
    }
}

#[test]
fn a_telephones_words_are_found_however_their_place_is_stated() {
    let picture = heic(SECRET.as_bytes(), SECRET.as_bytes());
    let stated = |item: u8| {
        let entry = [0, item, 0, 0, 0, 1];
        picture.windows(6).position(|window| window == entry).unwrap() + 10
    };
    // To the end of the file; and one within the other.
    let all = 2 * SECRET.len() as u32;
    for lengths in [[SECRET.len() as u32, 0], [all, 5]] {
        let mut picture = picture.clone();
        for (item, length) in [2, 3].into_iter().zip(lengths) {
            picture[stated(item)..stated(item) + 4].copy_from_slice(&length.to_be_bytes());
        }
        let (_, published) = check("image/heic", "heic", &picture, &[b"pixels\0\0\0"]);
        assert_eq!(published.len(), picture.len());
    }
}

#[test]
fn films_say_in_every_way_how_long_they_play_and_where_words_stand() {
    let head = |times: &[u8], more: &[Vec<u8>]| {
        let head = [boxed(b"mvhd", times), more.concat()].concat();
        [boxed(b"ftyp", b"qt  \0\0\0\0"), boxed(b"moov", &head), boxed(b"mdat", b"frames")].concat()
    };
    let short = |length: u32| [&[0; 12], 600u32.to_be_bytes().as_slice(), &length.to_be_bytes(), &[0; 80]].concat();
    let long =
        |length: u64| [b"\x01".as_slice(), &[0; 19], &600u32.to_be_bytes(), &length.to_be_bytes(), &[0; 80]].concat();
    for (times, plays_ms) in [
        (short(900), Some(1500)),
        (short(0), None),
        (short(u32::MAX), None),
        (long(900), Some(1500)),
        (long(u64::MAX), None),
    ] {
        assert_eq!(cleaned("video/quicktime", "mov", &head(&times, &[])).unwrap().0.plays_ms, plays_ms);
    }
    // QuickTime's own lists of words have neither version nor flags.
    let data = |text: &str| boxed(b"data", &with(&[0, 0, 0, 1, 0, 0, 0, 0], text.as_bytes()));
    let list = boxed(b"ilst", &[boxed(b"\xA9nam", &data("The harbour")), boxed(b"----", &data(SECRET))].concat());
    let words = boxed(b"udta", &boxed(b"meta", &[boxed(b"hdlr", &[0; 24]), list].concat()));
    check("video/quicktime", "mov", &head(&short(900), &[words]), &[b"The harbour", b"frames"]);
    // A part that is shorter than its own head.
    let broken = with(&head(&short(900), &[]), b"\0\0\0\x04abcd");
    assert!(cleaned("video/quicktime", "mov", &broken).is_err());
}

#[test]
fn sounds_lose_their_words_however_long_they_are() {
    let (frames, bare) = (mp3_of(&[], 2), mp3_of(&[], 2)[10..].to_vec());
    let wide = |length: usize| [0, 0, (length >> 7) as u8, (length & 0x7F) as u8];
    let tag = |flags: u8, content: &[u8]| [b"ID3\x04\0".as_slice(), &[flags], &wide(content.len()), content].concat();
    let frame = |name: &[u8; 4], text: &[u8]| [name.as_slice(), &wide(text.len()), &[0, 0], text].concat();
    let title = "Harbour ".repeat(25);
    let newer = tag(0, &[frame(b"TIT2", title.as_bytes()), frame(b"PRIV", SECRET.as_bytes())].concat());
    check("audio/mpeg", "mp3", &with(&newer, &bare), &[title.as_bytes()]);
    // A tag with a foot goes whole.
    let footed = [tag(0x10, &frame(b"TIT2", SECRET.as_bytes())), b"3DI\x04\0\x10\0\0\0\0".to_vec(), bare.clone()];
    assert_eq!(check("audio/mpeg", "mp3", &footed.concat(), &[]).1, bare);
    // A tag behind the sound, with its head.
    let length = (SECRET.len() as u32 + 32).to_le_bytes();
    let ape = |flags: u32| {
        [b"APETAGEX\xD0\x07\0\0".as_slice(), &length, b"\x01\0\0\0", &flags.to_le_bytes(), &[0; 8]].concat()
    };
    let behind = [ape(0xA000_0000), SECRET.as_bytes().to_vec(), ape(0x8000_0000)].concat();
    assert_eq!(check("audio/mpeg", "mp3", &with(&frames, &behind), &[]).1, frames);

    // Comments that cannot be followed.
    let block = |kind: u8, content: &[u8]| [&[kind], &(content.len() as u32).to_be_bytes()[1..], content].concat();
    let broken = [&[0, 0, 0, 0, 9, 0, 0, 0, 0xFF, 0xFF, 0, 0], SECRET.as_bytes()].concat();
    let flac = [b"fLaC".to_vec(), block(0, &[0; 34]), block(0x84, &broken), b"frames".to_vec()].concat();
    assert_eq!(check("audio/flac", "flac", &flac, &[b"frames"]).1.len(), flac.len());

    // Longer than 32 bits can say, as it says; and a few bytes behind the last part.
    let long = [0u64.to_le_bytes(), 8u64.to_le_bytes(), 0u64.to_le_bytes()].concat();
    let mut data = riff(b"data", b"samples!");
    data[4..8].fill(0xFF);
    let parts = [riff(b"ds64", &long), riff(b"fmt ", &[0; 16]), data, riff(b"iXML", SECRET.as_bytes())];
    let mut wave = riff_of(b"WAVE", &parts);
    wave[..4].copy_from_slice(b"RF64");
    check("audio/wav", "wav", &wave, &[b"samples!"]);
    let few = with(&riff_of(b"WAVE", &[riff(b"fmt ", &[0; 16]), riff(b"data", b"samples!")]), b"N51.477");
    assert!(cleaned("audio/wav", "wav", &few).unwrap().1.ends_with(b"samples!\0\0\0\0\0\0\0"));

    // A byte behind the comments of Vorbis, of which one bit is its own.
    let list = [b"\x03vorbis".as_slice(), &comments(&["TITLE=Harbour"]), b"\xFF"].concat();
    let file = [page(7, 0, 2, b"\x01vorbis rest", true), page(7, 1, 0, &list, true)].concat();
    assert!(cleaned("audio/ogg", "ogg", &file).unwrap().1.ends_with(b"TITLE=Harbour\x01"));
}

#[test]
fn films_in_matroska_keep_the_place_of_their_writers_name() {
    let info =
        element(0x1549_A966, 1, &[element(0x4D80, 1, b"libwebm"), element(0x5741, 1, SECRET.as_bytes())].concat());
    let inner = [info, element(0x1F43_B675, 1, &element(0xA3, 1, b"pictures"))].concat();
    let film = [element(0x1A45_DFA3, 1, b"webm"), element(0x1853_8067, 2, &inner)].concat();
    let blank = element(0x5741, 1, &vec![0; SECRET.len()]);
    check("video/webm", "webm", &film, &[b"libwebm", &blank, b"pictures"]);
}

#[test]
fn pictures_end_where_they_end_and_move_where_they_move() {
    let behind = with(&png_of(4, 3, &[chunk(b"IDAT", b"pixels")]), &chunk(b"IDAT", SECRET.as_bytes()));
    assert!(check("image/png", "png", &behind, &[b"pixels"]).1.ends_with(&chunk(b"IEND", b"")));
    let frame = b"\x21\xF9\x04\0\0\0\0\0\x2C\0\0\0\0\x04\0\x03\0\0\x02\x03pix\0".as_slice();
    let gif = [b"GIF89a\x04\0\x03\0\0\0\0".as_slice(), frame, frame, b"\x3B"].concat();
    assert!(cleaned("image/gif", "gif", &gif).unwrap().0.is_animated);
    // An odd number of bytes of ours is filled up; the frames of an animation hold pictures alone.
    let flags = |flags: u8| riff(b"VP8X", &[flags, 0, 0, 0, 9, 0, 0, 4, 0, 0]);
    for copyright in ["Agency", "Agency 7"] {
        let words = riff(b"EXIF", &exif(6, copyright, SECRET));
        let webp = riff_of(b"WEBP", &[flags(8), riff(b"VP8 ", b"pixels"), words]);
        assert_eq!(check("image/webp", "webp", &webp, &[copyright.as_bytes()]).1.len() % 2, 0);
    }
    let animated = |part: Vec<u8>| {
        let frame = [vec![0; 16], riff(b"VP8 ", b"pixels"), part].concat();
        riff_of(b"WEBP", &[flags(2), riff(b"ANIM", &[0; 6]), riff(b"ANMF", &frame)])
    };
    assert!(cleaned("image/webp", "webp", &animated(Vec::new())).unwrap().0.is_animated);
    assert!(cleaned("image/webp", "webp", &animated(riff(b"XMP ", SECRET.as_bytes()))).is_err());
}

/// A JPEG that says it has so many pixels and shows none, put together in so many passes.
fn claimed(marker: u8, width: u16, height: u16, passes: usize) -> Vec<u8> {
    let size = [b"\x08".as_slice(), &height.to_be_bytes(), &width.to_be_bytes(), b"\x01\x01\x11\0"].concat();
    let pass = [segment(0xDA, b"\x01\x01\0\0\x3F\0"), b"pixels".to_vec()].concat();
    [b"\xFF\xD8".to_vec(), segment(marker, &size), pass.repeat(passes), b"\xFF\xD9".to_vec()].concat()
}

#[test]
fn a_smaller_picture_is_made_where_that_costs_little_and_saves_something() {
    for (bytes, expected) in [
        (claimed(0xC0, 6000, 4000, 1), true),
        (claimed(0xC0, 6000, 4000, 40), true),
        (claimed(0xC0, 6000, 4000, 41), false),
        (claimed(0xC0, 9000, 7000, 1), false),
        // It is put together in memory.
        (claimed(0xC2, 6000, 4000, 10), false),
        (claimed(0xC2, 5000, 4000, 10), true),
        (png_drawing(2400, 20, b""), true),
        (png_drawing(2400, 20, &chunk(b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0])), false),
    ] {
        assert_eq!(cleaned("image/jpeg", "jpg", &bytes).unwrap().0.is_oversized(), expected);
    }
    let smaller = |bytes: &[u8]| cleaned("image/png", "png", bytes).unwrap().0.smaller(&mut Cursor::new(bytes));
    // Of sixteen bits a colour the higher eight are seen.
    let grey = ImageBuffer::<Luma<u16>, _>::from_fn(2400, 20, |x, _| Luma([0x8000 | (x * 7919 % 251) as u16]));
    let mut bytes = Cursor::new(Vec::new());
    grey.write_to(&mut bytes, ImageFormat::Png).unwrap();
    let small = smaller(bytes.get_ref()).unwrap();
    let seen = image::load_from_memory(&small.bytes).unwrap().to_luma8();
    assert!(seen.pixels().all(|pixel| pixel.0[0].abs_diff(0x80) < 2));
    // A picture that was squeezed harder than ours are would only become longer.
    let noise =
        GrayImage::from_fn(2100, 200, |x, y| Luma([(x.wrapping_mul(2_654_435_761) ^ (y * 40_503)).to_le_bytes()[2]]));
    let mut bytes = Vec::new();
    noise.write_with_encoder(image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 5)).unwrap();
    let (cut, _) = cleaned("image/jpeg", "jpg", &bytes).unwrap();
    assert!(cut.is_oversized() && cut.smaller(&mut Cursor::new(&bytes)).is_none());
}

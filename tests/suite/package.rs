//! Packages: their parts by name and by a path through the file, and what is refused before it is inflated.

// Functions that tests call are not covered by `allow-unwrap-in-tests`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::io::{Cursor, ErrorKind, Read, Write};

use syndicated::dropped::InboxPath;
use syndicated::inbox;
use syndicated::package::{MAX_PARTS, MAX_RATIO, Package};
use zip::write::SimpleFileOptions;

/// A zip of these parts.
pub(crate) fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn refusal(bytes: &[u8]) -> String {
    Package::open(Cursor::new(bytes)).unwrap_err().reason
}

#[test]
fn parts_are_found_as_writers_spell_them() {
    let bytes = zipped(&[("word\\document.xml", b"one"), ("/word/Media/Image1.PNG", b"two")]);
    let mut package = Package::open(Cursor::new(bytes)).unwrap();
    assert_eq!(package.part("word/document.xml").unwrap().unwrap(), b"one");
    assert_eq!(package.part("/word/media/image1.png").unwrap().unwrap(), b"two");
    assert!(package.has("WORD/document.xml") && !package.has("word"));
    assert_eq!(package.part("word/styles.xml").unwrap(), None);
}

#[test]
fn what_is_no_honest_package_is_refused() {
    let whole = zipped(&[("a.xml", &b"text ".repeat(1000))]);
    assert!(refusal(b"no zip at all").contains("damaged"));
    assert!(refusal(&whole[..whole.len() / 2]).contains("not copied whole"));
    let blank = vec![b' '; 2 * 1024 * 1024];
    assert!(refusal(&zipped(&[("a.xml", &blank)])).contains(&MAX_RATIO.to_string()));
    let names: Vec<String> = (0..=MAX_PARTS).map(|n| format!("{n}.xml")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert!(refusal(&zipped(&many)).contains(&MAX_PARTS.to_string()));
    // A wrong sum of its bytes.
    let mut broken = zipped(&[("a.png", b"0123456789")]);
    let at = broken.windows(10).position(|w| w == b"0123456789").unwrap_or(40);
    broken[at + 2] ^= 1;
    let part = Package::open(Cursor::new(broken)).unwrap().part("a.png");
    assert!(part.is_err(), "{part:?}");
}

#[test]
fn a_medium_is_a_file_or_a_part_of_one() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("city")).unwrap();
    let package = zipped(&[("word/media/image1.png", b"picture")]);
    fs::write(dir.path().join("city/story.docx"), &package).unwrap();
    fs::write(dir.path().join("city/story.png"), b"other").unwrap();
    std::os::unix::fs::symlink(dir.path().join("city/story.docx"), dir.path().join("city/link.docx")).unwrap();
    let open = |path: &str| {
        let mut medium = inbox::open_medium(dir.path(), &InboxPath::new(path))?;
        let mut text = String::new();
        medium.read_to_string(&mut text)?;
        assert_eq!(medium.length()?, text.len() as u64);
        Ok::<_, std::io::Error>(text)
    };
    assert_eq!(open("city/story.png").unwrap(), "other");
    assert_eq!(open("city/story.docx/word/media/image1.png").unwrap(), "picture");
    assert_eq!(open("city/story.docx/word/media/image2.png").unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(open("city/none.docx/word/media/image1.png").unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(open("city/story.png/word/media/image1.png").unwrap_err().kind(), ErrorKind::InvalidData);
    assert!(open("city/link.docx/word/media/image1.png").is_err(), "no symlink is followed");
}

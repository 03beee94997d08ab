//! Numbers of newspaper pages, as they are written.

use syndicated::page_number::PageNumber;

#[test]
fn a_page_is_its_part_and_number() {
    let read = |text: &str| PageNumber::read(text).map(|page| page.to_string());
    for (text, expected) in [
        ("A01", Some("A01")),
        ("a1", Some("A01")),
        ("第3版", Some("3")),
        (" 007 ", Some("7")),
        ("B123", Some("B123")),
        ("A1234", None),
        ("A0", None),
        ("A", None),
        ("", None),
        ("1A", None),
        ("AB1", None),
    ] {
        assert_eq!(read(text), expected.map(str::to_owned), "{text:?}");
    }
    let page = |text: &str| PageNumber::read(text).unwrap();
    let names = |first: &str, last: &str| {
        page(first).to(page(last)).map(|pages| pages.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
    };
    assert_eq!(names("A02", "A04").as_deref(), Some("A02 A03 A04"));
    assert_eq!(names("A02", "A02").as_deref(), Some("A02"));
    assert_eq!(names("A02", "A01"), None);
    assert_eq!(names("A02", "B04"), None);
}

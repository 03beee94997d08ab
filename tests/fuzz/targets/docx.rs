//! Word: the bytes are a package themselves or, since no fuzzer finds a checksum by chance, the main part of one.

#![no_main]

use std::io::{Cursor, Write};

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const LINKS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        return reading::read("story.docx", bytes);
    }
    if let Some(package) = package(bytes) {
        reading::read("story.docx", &package);
    }
});

/// A package whose main part these bytes are.
fn package(main: &[u8]) -> Option<Vec<u8>> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, part) in
        [("[Content_Types].xml", TYPES.as_bytes()), ("_rels/.rels", LINKS.as_bytes()), ("word/document.xml", main)]
    {
        writer.start_file(name, plain).ok()?;
        writer.write_all(part).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}

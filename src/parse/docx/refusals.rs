//! What looks like a Word document and is none, or none that may be read: each with what it is and how to mend it.

use super::WordFile;
use super::relations::Relations;
use super::xml::{Xml, decode};
use crate::rejection::Rejection;

/// How a zip begins.
pub(super) const ZIP: &[u8] = b"PK\x03\x04";
/// How a compound file begins: documents of Word before 2007, and newer ones with a password.
pub(super) const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Refuses by the first bytes.
pub(super) fn before_opening(bytes: &[u8]) -> Result<(), Rejection> {
    let save =
        "open it in Word, WPS or LibreOffice, choose File > Save As and the type Word document (.docx), and drop that";
    let begins = |with: &[u8]| bytes.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    if bytes.starts_with(OLE) {
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        if bytes.windows(name.len()).any(|window| window == name) {
            return Err(Rejection::new("the document is locked with a password", "save it without a password"));
        }
        return Err(Rejection::new("it is a document of the old kind (.doc), which is not read", save));
    }
    if begins(b"{\\rtf") {
        return Err(Rejection::new("it is rich text (RTF), not a Word document, whatever its name says", save));
    }
    if begins(b"<html") || begins(b"<!doctype") || begins(b"\xef\xbb\xbf<html") {
        let hint = "open it in Word and save it as a Word document (.docx), or name it .html";
        return Err(Rejection::new("it is a web page, not a Word document, whatever its name says", hint));
    }
    if begins(b"<?xml") {
        return Err(Rejection::new("it is a document in plain XML, not a Word document (.docx)", save));
    }
    if !bytes.starts_with(b"PK") {
        return Err(Rejection::new("it is no Word document, whatever its name says", save));
    }
    Ok(())
}

/// The name of the main part, unless the package is something else or may not be read.
pub(super) fn main_part(package: &mut WordFile<'_>, relations: &Relations) -> Result<String, Rejection> {
    let main = relations.part("officeDocument").filter(|part| package.has(part)).map(str::to_owned);
    let Some(main) = main.or_else(|| Some("word/document.xml".to_owned()).filter(|part| package.has(part))) else {
        let reason = if package.has("mimetype") {
            "it is an OpenDocument or e-book, not a Word document (.docx)"
        } else {
            "the package holds no document"
        };
        let save = "open it in Word, WPS or LibreOffice, choose File > Save As and the type Word document (.docx), and drop that";
        return Err(Rejection::new(reason, save));
    };
    let kind = content_type(package, &main)?.to_ascii_lowercase();
    if kind.contains("macroenabled") || package.any(|name| name.ends_with("vbaproject.bin")) {
        return Err(Rejection::new("the document holds macros", "save it as a Word document without macros (.docx)"));
    }
    for (of, what) in [("spreadsheetml", "a spreadsheet"), ("presentationml", "a presentation"), ("visio", "a drawing")]
    {
        if kind.contains(of) {
            let reason = format!("it is {what}, not a Word document");
            return Err(Rejection::new(reason, "copy its text into a Word document"));
        }
    }
    Ok(main)
}

/// The stated content type of a part; empty where none is.
fn content_type(package: &mut WordFile<'_>, part: &str) -> Result<String, Rejection> {
    const TYPES: &str = "[Content_Types].xml";
    let Some(bytes) = package.part(TYPES)? else { return Ok(String::new()) };
    let text = decode(bytes, TYPES)?;
    let mut found = String::new();
    let mut xml = Xml::new(&text, TYPES);
    xml.root()?;
    xml.children(|xml, tag| {
        let name = tag.attribute("PartName").unwrap_or_default();
        if tag.name() == "Override" && name.trim_start_matches('/').eq_ignore_ascii_case(part) {
            found = tag.attribute("ContentType").unwrap_or_default();
        }
        xml.skip()
    })?;
    Ok(found)
}

//! XMP and IPTC blocks → the copyright in them; the rest of them is not published.

use super::exif::{Said, copyright};
use super::source::number;

const DC: &str = "http://purl.org/dc/elements/1.1/";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// `dc:rights` of an XMP packet (ISO 16684-1): its default language, else the first.
pub(super) fn xmp(packet: &[u8]) -> Said {
    let text = String::from_utf8_lossy(packet);
    let text = text.trim_start_matches('\u{feff}').trim_matches(['\0', ' ', '\n', '\r']);
    // The nodes of one packet; more than a page of metadata is not looked through.
    let options = roxmltree::ParsingOptions { allow_dtd: false, nodes_limit: 20_000, ..Default::default() };
    let Ok(document) = roxmltree::Document::parse_with_options(text, options) else { return Said::default() };
    let rights = document.descendants().find(|node| node.has_tag_name((DC, "rights")));
    let stated = rights.and_then(|rights| {
        let lines: Vec<_> = rights.descendants().filter(|node| node.has_tag_name((RDF, "li"))).collect();
        let default = lines.iter().find(|line| {
            line.attributes().any(|attribute| attribute.name() == "lang" && attribute.value() == "x-default")
        });
        default.or(lines.first()).and_then(|line| line.text()).or_else(|| rights.text()).map(str::to_owned)
    });
    Said { copyright: stated.and_then(|text| copyright(text.as_bytes())), ..Said::default() }
}

/// A packet that states a copyright and nothing else.
pub(super) fn packet(copyright: &str) -> String {
    let escaped = copyright.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!(
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"{RDF}\"><rdf:Description rdf:about=\"\" xmlns:dc=\"{DC}\">\
         <dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">{escaped}</rdf:li></rdf:Alt></dc:rights></rdf:Description></rdf:RDF>\
         </x:xmpmeta>"
    )
}

/// Copyright notice (2:116) of IPTC-IIM in Photoshop's resources (`8BIM`, number 0x0404).
pub(super) fn photoshop(resources: &[u8]) -> Said {
    let mut rest = resources;
    while let Some(after) = rest.strip_prefix(b"8BIM") {
        let (Some(kind), Some(name)) = (after.get(..2), after.get(2)) else { break };
        // A name with its length before it, together an even number of bytes.
        let named = (usize::from(*name) + 2) / 2 * 2;
        let Some(length) = after.get(2 + named..6 + named).map(number) else { break };
        let Ok(length) = usize::try_from(length) else { break };
        let Some(block) = after.get(6 + named..).and_then(|from| from.get(..length)) else { break };
        if kind == [4, 4] {
            return Said { copyright: notice(block), ..Said::default() };
        }
        rest = after.get(6 + named + length.next_multiple_of(2)..).unwrap_or_default();
    }
    Said::default()
}

fn notice(mut records: &[u8]) -> Option<String> {
    while let [0x1C, record, dataset, high, low, rest @ ..] = records {
        let length = usize::from(*high) << 8 | usize::from(*low);
        let value = rest.get(..length)?;
        if (*record, *dataset) == (2, 116) {
            return copyright(value);
        }
        records = rest.get(length..)?;
    }
    None
}

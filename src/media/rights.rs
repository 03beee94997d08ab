//! XMP and IPTC blocks → the copyright in them, and who made the picture; the rest of them is not published.

use quick_xml::escape::partial_escape;

use super::exif::{Said, copyright};
use super::source::number;

const DC: &str = "http://purl.org/dc/elements/1.1/";
const PHOTOSHOP: &str = "http://ns.adobe.com/photoshop/1.0/";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// A picture with more makers than this names none of them.
const MAX_CREATORS: usize = 5;

/// `dc:rights` of an XMP packet (ISO 16684-1): its default language, else the first; `dc:creator` and `photoshop:Credit`.
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
    let creators = document.descendants().find(|node| node.has_tag_name((DC, "creator")));
    let creators = creators.map(|creators| {
        let named = creators.descendants().filter(|node| node.has_tag_name((RDF, "li"))).filter_map(|node| node.text());
        named.take(MAX_CREATORS + 1).map(str::to_owned).collect::<Vec<_>>()
    });
    let house = document.descendants().find_map(|node| {
        let own = node.has_tag_name((PHOTOSHOP, "Credit")).then(|| node.text()).flatten();
        own.or_else(|| node.attribute((PHOTOSHOP, "Credit")))
    });
    Said {
        copyright: stated.and_then(|text| copyright(text.as_bytes())),
        credit: credit(&creators.unwrap_or_default(), house),
        ..Said::default()
    }
}

/// `Jane Roe/Reuters`, as captions have it.
fn credit(creators: &[String], house: Option<&str>) -> Option<String> {
    /// Longer ones are no names, in characters.
    const MAX_CREDIT: usize = 200;
    let line = |text: &str| copyright(text.as_bytes());
    let creators: Vec<String> = creators.iter().filter_map(|name| line(name)).collect();
    let creator = if creators.len() > MAX_CREATORS { String::new() } else { creators.join(", ") };
    let house = house.and_then(line).unwrap_or_default();
    let credit = if creator.is_empty() || house.contains(&creator) {
        house
    } else if house.is_empty() || creator.contains(&house) {
        creator
    } else {
        format!("{creator}/{house}")
    };
    Some(credit).filter(|credit| !credit.is_empty() && credit.chars().count() <= MAX_CREDIT)
}

/// A packet that states a copyright and nothing else.
pub(super) fn packet(copyright: &str) -> String {
    let escaped = partial_escape(copyright);
    format!(
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"{RDF}\"><rdf:Description rdf:about=\"\" xmlns:dc=\"{DC}\">\
         <dc:rights><rdf:Alt><rdf:li xml:lang=\"x-default\">{escaped}</rdf:li></rdf:Alt></dc:rights></rdf:Description></rdf:RDF>\
         </x:xmpmeta>"
    )
}

/// Copyright notice (2:116), by-lines (2:80) and credit (2:110) of IPTC-IIM in Photoshop's resources (`8BIM`, number 0x0404).
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
            return noted(block);
        }
        rest = after.get(6 + named + length.next_multiple_of(2)..).unwrap_or_default();
    }
    Said::default()
}

fn noted(mut records: &[u8]) -> Said {
    let mut said = Said::default();
    let (mut creators, mut house) = (Vec::new(), None);
    while let [0x1C, record, dataset, high, low, rest @ ..] = records {
        let length = usize::from(*high) << 8 | usize::from(*low);
        let Some(value) = rest.get(..length) else { break };
        match (*record, *dataset) {
            (2, 116) => said.copyright = said.copyright.or_else(|| copyright(value)),
            (2, 80) if creators.len() <= MAX_CREATORS => creators.extend(copyright(value)),
            (2, 110) => house = house.or_else(|| copyright(value)),
            _ => {}
        }
        records = rest.get(length..).unwrap_or_default();
    }
    said.credit = credit(&creators, house.as_deref());
    said
}

//! Drawings, old and new (DrawingML, VML) → pictures with what they show, text boxes, rules. Where a document offers a drawing
//! twice, for new and for old readers, it is read once.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::block::Block;
use super::inline::Inline;
use super::manuscript::{Line, Manuscript};
use super::relations::Target;
use super::xml::{Space, Xml};
use crate::package::WITHIN;
use crate::rejection::Rejection;

/// The most pictures of one article; more are a catalogue.
const MAX_PICTURES: usize = 500;
/// The longest address of a picture, in bytes.
const MAX_ADDRESS: usize = 2048;
/// The longest alternative text, in characters: what it shows, not its story.
const MAX_ALT: usize = 1000;

/// What no browser shows, and Word alone can turn into a picture.
const DRAWN: [&str; 6] = ["emf", "wmf", "eps", "pict", "emz", "wmz"];

/// What Word writes below the words of its picture recogniser. In lower case.
const RECOGNISED: [&str; 4] = [
    "description automatically generated",
    "ai-generated content may be incorrect.",
    "描述已自动生成",
    "自动生成的说明",
];

/// How names of pictures end.
const FILES: [&str; 10] = [".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".emf", ".wmf"];

/// What a path in a reference holds literally.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_');

/// What is known of a picture before it comes.
#[derive(Clone, Debug, Default)]
struct Shape {
    alt: String,
    link: Option<usize>,
    is_hidden: bool,
    /// It floats at a place of the page.
    is_anchored: bool,
}

impl Manuscript {
    /// Reads `drawing`, `pict` or `object`, whose start was read last.
    pub(super) fn drawing(&mut self, xml: &mut Xml<'_>, line: &mut Line, link: Option<usize>) -> Result<(), Rejection> {
        self.shape(xml, line, &mut Shape { link, ..Shape::default() })
    }

    fn shape(&mut self, xml: &mut Xml<'_>, line: &mut Line, shape: &mut Shape) -> Result<(), Rejection> {
        xml.children(|xml, tag| {
            if tag.space == Space::Compatibility && tag.name() == "AlternateContent" {
                return self.alternate(xml, line, |manuscript, xml, line| manuscript.shape(xml, line, shape));
            }
            match tag.name() {
                "txbxContent" => {
                    let mut blocks = Vec::new();
                    self.boxed(xml, &mut blocks)?;
                    line.boxes.append(&mut blocks);
                    return Ok(());
                }
                "docPr" | "cNvPr" => {
                    let stated = tag.attribute("descr").or_else(|| tag.attribute("title"));
                    if let Some(alt) = stated.map(|alt| described(&alt)).filter(|alt| !alt.is_empty()) {
                        shape.alt = alt;
                    }
                    shape.is_hidden |= tag.attribute("hidden").is_some_and(|on| matches!(on.as_str(), "1" | "true"));
                }
                "hlinkClick" => {
                    let link = tag.relation("id").and_then(|id| self.link_to(&id));
                    shape.link = shape.link.or(link);
                }
                "pic" => {
                    let mut own = shape.clone();
                    return self.shape(xml, line, &mut own);
                }
                "blip" if !shape.is_hidden => {
                    let id = tag.relation("embed").or_else(|| tag.relation("link"));
                    self.picture(id, shape, line);
                }
                "imagedata" if !shape.is_hidden => {
                    let id = tag.relation("id").or_else(|| tag.relation("href")).or_else(|| tag.relation("pict"));
                    self.picture(id, shape, line);
                }
                "shape" | "rect" | "roundrect" | "oval" | "group" => {
                    if tag.attribute("hr").is_some_and(|on| matches!(on.as_str(), "t" | "true" | "1")) {
                        line.boxes.push(Block::Rule);
                    }
                    if let Some(alt) = tag.attribute("alt").map(|alt| described(&alt)) {
                        shape.alt = alt;
                    }
                }
                "chart" | "relIds" => self.doubt("a chart or diagram in it cannot be shown; it was left out"),
                "anchor" => shape.is_anchored = true,
                "extLst" | "OLEObject" | "ClientData" => return xml.skip(),
                _ => {}
            }
            self.shape(xml, line, shape)
        })
    }

    /// A picture by its relationship.
    fn picture(&mut self, id: Option<String>, shape: &Shape, line: &mut Line) {
        let target = id.and_then(|id| self.relations.target(&id)).cloned();
        let source = match target {
            Some(Target::Part(part)) => {
                let extension = part.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
                if DRAWN.contains(&extension.as_str()) {
                    self.doubt("a picture in it is a Windows drawing, which browsers do not show; save it as PNG");
                    None
                } else {
                    Some(format!("{WITHIN}{}", utf8_percent_encode(&part, PATH)))
                }
            }
            Some(Target::Outside(address)) if is_web(&address) => Some(address),
            Some(Target::Outside(_)) => {
                self.doubt("a picture is linked to a file on the writer's computer; insert it into the document");
                None
            }
            None => None,
        };
        let source = source.filter(|source| source.len() <= MAX_ADDRESS);
        if source.is_some() {
            self.pictures += 1;
            if self.pictures > MAX_PICTURES {
                return self.doubt("there are more than 500 pictures in it; the rest were left out");
            }
        }
        if source.is_none() && shape.alt.is_empty() {
            return;
        }
        self.made += 1;
        let picture = Inline::Picture { source, alt: shape.alt.clone(), link: shape.link };
        // One that floats beside the text stands before it: a reader of feeds has no margins.
        if shape.is_anchored {
            line.before.push(picture);
        } else {
            line.inlines.0.push(picture);
        }
    }
}

fn is_web(address: &str) -> bool {
    ["http://", "https://"]
        .iter()
        .any(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// The alternative text on one line, without what Word adds to its own guesses.
fn described(alt: &str) -> String {
    let lines = alt.lines().map(str::trim).filter(|line| {
        let lower = line.to_lowercase();
        !line.is_empty() && !RECOGNISED.iter().any(|words| lower.ends_with(words))
    });
    let alt: String = lines.collect::<Vec<_>>().join(" ").chars().take(MAX_ALT).collect();
    // Older programs put the file's name there, and the path it has on the writer's computer.
    let lower = alt.to_lowercase();
    let is_file = FILES.iter().any(|end| lower.ends_with(end)) && (alt.contains(['/', '\\']) || !alt.contains(' '));
    if is_file { String::new() } else { alt }
}

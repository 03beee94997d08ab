//! What a run of text looks like, by its own properties and by the styles it has: bold, italic, struck out, hidden.

use super::xml::Xml;
use crate::rejection::Rejection;

/// Where a run stands on its line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Height {
    #[default]
    Line,
    Above,
    Below,
}

/// What a style or a run states; none where it says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Properties {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) underline: Option<bool>,
    pub(super) struck: Option<bool>,
    pub(super) hidden: Option<bool>,
    pub(super) height: Option<Height>,
    /// The size of the letters in half points.
    pub(super) size: Option<u32>,
}

/// What a run comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) underline: bool,
    pub(super) struck: bool,
    pub(super) code: bool,
    pub(super) height: Height,
}

impl Properties {
    /// These, with what `over` states in their place.
    pub(super) fn under(self, over: Self) -> Self {
        Self {
            bold: over.bold.or(self.bold),
            italic: over.italic.or(self.italic),
            underline: over.underline.or(self.underline),
            struck: over.struck.or(self.struck),
            hidden: over.hidden.or(self.hidden),
            height: over.height.or(self.height),
            size: over.size.or(self.size),
        }
    }

    /// What a run in a paragraph of these properties comes to, with its character style and its own. What both styles turn
    /// on, the two turn off (ECMA-376 part 1, section 17.7.3).
    pub(super) fn look(self, style: Self, own: Self) -> Look {
        let toggled = |of: fn(&Self) -> Option<bool>| {
            of(&own).unwrap_or(of(&self).unwrap_or(false) != of(&style).unwrap_or(false))
        };
        let stated = self.under(style).under(own);
        Look {
            bold: toggled(|p| p.bold),
            italic: toggled(|p| p.italic),
            underline: stated.underline.unwrap_or(false),
            struck: stated.struck.unwrap_or(false),
            code: false,
            height: stated.height.unwrap_or_default(),
        }
    }
}

/// Reads `rPr`, whose start was read last.
pub(super) fn read_looks(xml: &mut Xml<'_>, looks: &mut Properties) -> Result<(), Rejection> {
    read_run(xml, looks).map(drop)
}

/// The same; gives the run's character style.
pub(super) fn read_run(xml: &mut Xml<'_>, looks: &mut Properties) -> Result<Option<String>, Rejection> {
    let mut style = None;
    xml.children(|xml, tag| {
        match tag.word() {
            "rStyle" => style = tag.value(),
            "b" => looks.bold = Some(tag.is_on()),
            "i" => looks.italic = Some(tag.is_on()),
            "u" => looks.underline = Some(tag.is_on()),
            "strike" | "dstrike" => looks.struck = Some(tag.is_on()),
            "vanish" | "webHidden" => looks.hidden = Some(tag.is_on()),
            "sz" => looks.size = tag.value().and_then(|size| size.parse().ok()),
            "vertAlign" => {
                looks.height = match tag.value().as_deref() {
                    Some("superscript") => Some(Height::Above),
                    Some("subscript") => Some(Height::Below),
                    _ => Some(Height::Line),
                }
            }
            _ => {}
        }
        xml.skip()
    })?;
    Ok(style)
}

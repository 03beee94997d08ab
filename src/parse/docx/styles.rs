//! `styles.xml` → what each style means: headline, heading, list, quotation, emphasis. A style is known by its name, which
//! Word keeps in English whatever language its people read, by the names that other programs give it, by its outline
//! level, or by what it is based on.

use std::collections::HashMap;

use super::looks::{Properties as Looks, read_looks};
use super::numbering::ListAt;
use super::xml::Xml;
use crate::rejection::Rejection;

/// Styles based on styles: Word allows about ten.
const MAX_STEPS: usize = 32;

/// What a paragraph is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Title,
    Subtitle,
    Author,
    Date,
    Caption,
    Quote,
    Code,
    /// A heading of a level from 1.
    Heading(u8),
    /// A list whose style alone says so: whether it is numbered, and its depth from 0.
    List(bool, u8),
    /// A line of the table of contents, which readers of an article need not have.
    Contents,
}

/// Style names by what they mean, in lower case and without spaces.
const ROLES: [(&str, Role); 102] = [
    ("title", Role::Title),
    ("titel", Role::Title),
    ("titre", Role::Title),
    ("título", Role::Title),
    ("titolo", Role::Title),
    ("otsikko", Role::Title),
    ("название", Role::Title),
    ("标题", Role::Title),
    ("標題", Role::Title),
    ("文章标题", Role::Title),
    ("大标题", Role::Title),
    ("主标题", Role::Title),
    ("表題", Role::Title),
    ("제목", Role::Title),
    ("headline", Role::Title),
    ("überschrift", Role::Title),
    ("新闻标题", Role::Title),
    ("稿件标题", Role::Title),
    ("haupttitel", Role::Title),
    ("schlagzeile", Role::Title),
    ("rubrik", Role::Title),
    ("kop", Role::Title),
    ("subtitle", Role::Subtitle),
    ("untertitel", Role::Subtitle),
    ("sous-titre", Role::Subtitle),
    ("subtítulo", Role::Subtitle),
    ("sottotitolo", Role::Subtitle),
    ("подзаголовок", Role::Subtitle),
    ("副标题", Role::Subtitle),
    ("副標題", Role::Subtitle),
    ("副題", Role::Subtitle),
    ("부제", Role::Subtitle),
    // Above the headline they are kickers.
    ("standfirst", Role::Subtitle),
    ("deck", Role::Subtitle),
    ("kicker", Role::Subtitle),
    ("chapô", Role::Subtitle),
    ("chapeau", Role::Subtitle),
    ("vorspann", Role::Subtitle),
    ("unterzeile", Role::Subtitle),
    ("dachzeile", Role::Subtitle),
    ("entradilla", Role::Subtitle),
    ("副题", Role::Subtitle),
    ("副标", Role::Subtitle),
    ("引题", Role::Subtitle),
    ("肩题", Role::Subtitle),
    ("眉题", Role::Subtitle),
    ("oberzeile", Role::Subtitle),
    ("spitzmarke", Role::Subtitle),
    ("underrubrik", Role::Subtitle),
    ("ingress", Role::Subtitle),
    ("manchet", Role::Subtitle),
    ("onderkop", Role::Subtitle),
    ("crosshead", Role::Heading(2)),
    ("crossheading", Role::Heading(2)),
    ("intertitre", Role::Heading(2)),
    ("zwischentitel", Role::Heading(2)),
    ("zwischenüberschrift", Role::Heading(2)),
    ("小标题", Role::Heading(2)),
    ("插题", Role::Heading(2)),
    ("mellanrubrik", Role::Heading(2)),
    ("mellemrubrik", Role::Heading(2)),
    ("tussenkop", Role::Heading(2)),
    ("author", Role::Author),
    ("authors", Role::Author),
    ("byline", Role::Author),
    ("by-line", Role::Author),
    ("autor", Role::Author),
    ("auteur", Role::Author),
    ("作者", Role::Author),
    ("署名", Role::Author),
    ("记者", Role::Author),
    ("autorenzeile", Role::Author),
    ("date", Role::Date),
    ("datum", Role::Date),
    ("日期", Role::Date),
    ("caption", Role::Caption),
    ("imagecaption", Role::Caption),
    ("tablecaption", Role::Caption),
    ("题注", Role::Caption),
    ("圖說", Role::Caption),
    ("图说", Role::Caption),
    ("beschriftung", Role::Caption),
    ("bildunterschrift", Role::Caption),
    ("bildtext", Role::Caption),
    ("légende", Role::Caption),
    ("didascalia", Role::Caption),
    ("图片说明", Role::Caption),
    ("图注", Role::Caption),
    ("quote", Role::Quote),
    ("intensequote", Role::Quote),
    ("blocktext", Role::Quote),
    ("quotation", Role::Quote),
    ("quotations", Role::Quote),
    ("zitat", Role::Quote),
    ("intensiveszitat", Role::Quote),
    ("citation", Role::Quote),
    ("cita", Role::Quote),
    ("citazione", Role::Quote),
    ("引用", Role::Quote),
    ("明显引用", Role::Quote),
    ("sourcecode", Role::Code),
    ("htmlpreformatted", Role::Code),
];

/// How headings are called, before their level.
const HEADINGS: [&str; 10] =
    ["heading", "überschrift", "berschrift", "titre", "título", "titolo", "标题", "標題", "見出し", "제목"];

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    looks: Looks,
    list: Option<ListAt>,
    outline: Option<u8>,
}

/// What a style comes to when all that it is based on is counted in.
#[derive(Clone, Debug, Default)]
pub(super) struct Meaning {
    pub(super) role: Option<Role>,
    pub(super) looks: Looks,
    pub(super) list: Option<ListAt>,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Option<String>,
    /// What all text looks like.
    plain: Looks,
    known: HashMap<String, Meaning>,
}

impl Styles {
    /// Reads the part.
    pub(super) fn read(text: &str, part: &str) -> Result<Self, Rejection> {
        let mut styles = Self::default();
        let mut xml = Xml::new(text, part);
        xml.root()?;
        xml.children(|xml, tag| match tag.word() {
            "docDefaults" => xml.children(|xml, tag| match tag.word() {
                "rPrDefault" => xml.children(|xml, tag| match tag.word() {
                    "rPr" => read_looks(xml, &mut styles.plain),
                    _ => xml.skip(),
                }),
                _ => xml.skip(),
            }),
            "style" => {
                let Some(id) = tag.attribute("styleId") else { return xml.skip() };
                let is_paragraph = tag.attribute("type").is_none_or(|kind| kind == "paragraph");
                let is_default = tag.attribute("default").is_some_and(|on| matches!(on.as_str(), "1" | "true" | "on"));
                if is_paragraph && is_default {
                    styles.default = Some(id.clone());
                }
                styles.styles.insert(id, style(xml)?);
                Ok(())
            }
            _ => xml.skip(),
        })?;
        Ok(styles)
    }

    /// What a style means; without an id, the style of paragraphs that name none.
    pub(super) fn paragraph(&mut self, id: Option<&str>) -> Meaning {
        match id.or(self.default.clone().as_deref()) {
            Some(id) => self.meaning(id),
            None => Meaning { looks: self.plain, ..Meaning::default() },
        }
    }

    /// What a character style adds.
    pub(super) fn character(&mut self, id: &str) -> Looks {
        let mut looks = Looks::default();
        for style in self.chain(id).into_iter().rev() {
            looks = looks.under(style.looks);
        }
        looks
    }

    fn chain(&self, id: &str) -> Vec<&Style> {
        let mut chain: Vec<&Style> = Vec::new();
        let mut next = Some(id);
        while let Some(style) = next.and_then(|id| self.styles.get(id))
            && chain.len() < MAX_STEPS
        {
            chain.push(style);
            next = style.based_on.as_deref();
        }
        chain
    }

    fn meaning(&mut self, id: &str) -> Meaning {
        if let Some(known) = self.known.get(id) {
            return known.clone();
        }
        let chain = self.chain(id);
        let mut meaning = Meaning { looks: self.plain, ..Meaning::default() };
        for style in chain.iter().rev() {
            meaning.looks = meaning.looks.under(style.looks);
            meaning.list = match (style.list, meaning.list) {
                // Word leaves the depth to the style it is based on, or to the list.
                (Some(at), _) => Some(at),
                (None, inherited) => inherited,
            };
        }
        let named = chain.iter().find_map(|style| role(&style.name));
        let outlined = chain.iter().find_map(|style| style.outline).filter(|level| *level < 9).map(Role::heading);
        // A style that the document lacks is still known by its id.
        let unknown = if chain.is_empty() { role(id) } else { None };
        meaning.role = named.or(outlined).or(unknown);
        self.known.insert(id.to_owned(), meaning.clone());
        meaning
    }
}

impl Role {
    /// The heading of an outline level, from 0.
    pub(super) fn heading(outline: u8) -> Self {
        Self::Heading(outline.saturating_add(1).min(6))
    }
}

fn style(xml: &mut Xml<'_>) -> Result<Style, Rejection> {
    let mut style = Style::default();
    xml.children(|xml, tag| match tag.word() {
        "name" => {
            style.name = tag.value().unwrap_or_default();
            xml.skip()
        }
        "basedOn" => {
            style.based_on = tag.value();
            xml.skip()
        }
        "rPr" => read_looks(xml, &mut style.looks),
        "pPr" => xml.children(|xml, tag| match tag.word() {
            "numPr" => {
                style.list = ListAt::read(xml)?;
                Ok(())
            }
            "outlineLvl" => {
                style.outline = tag.value().and_then(|level| level.parse().ok());
                xml.skip()
            }
            _ => xml.skip(),
        }),
        _ => xml.skip(),
    })?;
    Ok(style)
}

/// What a style of this name is for.
fn role(name: &str) -> Option<Role> {
    let name: String = name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    if let Some((_, role)) = ROLES.iter().find(|(known, _)| *known == name) {
        return Some(*role);
    }
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = name[bare.len()..].parse::<u8>().ok();
    match (bare, number) {
        ("toc" | "verzeichnis" | "目录" | "目錄", Some(_)) | ("tocheading" | "contentsheading", None) => {
            Some(Role::Contents)
        }
        ("listbullet", depth) => Some(Role::List(false, depth.unwrap_or(1).saturating_sub(1))),
        ("listnumber", depth) => Some(Role::List(true, depth.unwrap_or(1).saturating_sub(1))),
        (bare, Some(level)) if level > 0 && HEADINGS.contains(&bare) => Some(Role::heading(level - 1)),
        _ => None,
    }
}

//! What a block is by its own words: lead, byline, furniture, label, text or head. What it belongs to, `items` decides.

use std::collections::VecDeque;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::blocks::Block;
use super::books;
use super::boxes;
use super::byline::{Byline, Surroundings, read as people};
use super::folio::{self, Folio};
use super::lead::{self, Lead};
use super::letters::{Words, ends};
use super::offices;
use super::paragraphs::opens_list;
use super::roles::is_named_house;
use super::shapes::{MAX_BYLINE_LINE, VERSE, byline, is_short, unnamed};

/// An agency's name before `发` is no longer, in characters.
const MAX_AGENCY: usize = 8;

/// Heads of what stands beside the article above: it stays with it.
const SIDEBARS: [&str; 18] = [
    "相关链接",
    "新闻链接",
    "背景链接",
    "知识链接",
    "延伸阅读",
    "新闻背景",
    "名词解释",
    "链接",
    "编者按",
    "编后",
    "短评",
    "小贴士",
    "记者手记",
    "采访手记",
    "新闻延伸",
    "相关新闻",
    "温馨提示",
    "背景",
];
/// How more of them end, in so many characters (`律师说法`, `警方提醒`, `专家解读`).
const SIDEBAR_ENDS: [&str; 12] =
    ["说法", "提醒", "解读", "点评", "手记", "链接", "阅读", "名片", "释疑", "支招", "声音", "回应"];
const SIDEBAR_NAME: usize = 4;
/// How heads of announcements end.
const NOTICES: [&str; 25] = [
    "招标信息",
    "招聘信息",
    "招租信息",
    "供求信息",
    "线索征集",
    "作品征集",
    "话题征集",
    "更正说明",
    "更正与说明",
    "公告",
    "启事",
    "公示",
    "更正",
    "讣告",
    "通告",
    "声明",
    "致歉",
    "更正启事",
    "招标公告",
    "拍卖公告",
    "通知",
    "致读者",
    "敬告读者",
    "鸣谢",
    "征稿",
];

/// What a block is.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// Belongs to the page, not to an article.
    Furniture(Folio),
    /// Begins a report.
    Lead(Box<Lead>),
    /// Lists people and nothing else.
    Byline(Byline),
    /// Names the house it comes from; whether it says nothing else; who wrote it there.
    Source(String, bool, Option<Byline>),
    /// Says only that the article goes on elsewhere.
    Jump,
    /// The day under an announcement.
    Dated,
    /// Heads a sidebar.
    Label,
    /// Heads an announcement.
    Notice,
    /// Running text.
    Text,
    /// Short lines that keep their ends.
    Verse,
    /// A head of some sort.
    Head,
}

/// The blocks that are still to come while a page is taken apart.
pub(super) type Rest = VecDeque<(Block, Kind)>;

/// The kinds of all blocks, in order.
pub(crate) fn of(blocks: &[Block], arrival: DateTime<Utc>, zone: Tz) -> Vec<Kind> {
    let mut kinds = Vec::with_capacity(blocks.len());
    // An index box or small advertisements go on over several blocks.
    let mut index = false;
    let mut classifieds = false;
    // So do the guests of an interview.
    let mut guests = false;
    let mut weather = false;
    let mut content = false;
    let mut texted = false;
    for (at, block) in blocks.iter().enumerate() {
        let words = &block.words;
        let first = block.rows.first().unwrap_or(words);
        let pointing = rows_point(block, boxes::points_to_page);
        let boxed = boxes::is_index(first) && block.rows.len() > 1;
        let folio = folio::read(words, arrival, zone).filter(|_| !is_entry(words));
        let index_of_pages = block.rows.len() > 1 && rows_point(block, boxes::points_from_page);
        let kind = if texted && folio.as_ref().is_some_and(|f| f.date.is_some() && !f.is_page) {
            Kind::Dated
        } else if let Some(folio) = folio {
            Kind::Furniture(folio)
        } else if boxes::is_jump(words) || boxes::is_reference(words) {
            Kind::Jump
        } else if boxed
            || index_of_pages
            || (boxes::is_index(words) && blocks.get(at + 1).is_none_or(|next| leads_index(words, next)))
            || (pointing && (index || block.rows.len() >= VERSE))
            || boxes::is_classified_head(first)
            || (classifieds && boxes::is_classified(words))
            || (boxes::is_loss(words) && !matches!(kinds.last(), Some(Kind::Notice | Kind::Head)))
            || boxes::is_rule(words)
            || boxes::is_scan(words)
            || boxes::is_call(words)
            || boxes::is_weather(words)
            || (boxes::is_weather_head(words) && blocks.get(at + 1).is_some_and(|next| boxes::is_forecast(&next.words)))
            || (weather && (boxes::is_forecast(words) || block.rows.iter().all(boxes::is_forecast_of_place)))
            || (folio::is_masthead(words) && !content)
        {
            Kind::Furniture(Folio::default())
        } else if boxes::is_part_head(words) {
            Kind::Furniture(Folio { heads_briefs: true, ..Folio::default() })
        } else if let Some(lead) = lead::read(words) {
            Kind::Lead(Box::new(lead))
        } else if let Some((house, whole, by)) = source(words) {
            Kind::Source(house, whole, by)
        } else if is_label(words) {
            Kind::Label
        } else if is_guest(words) || (guests && offices::with_title(words).is_some()) {
            Kind::Text
        } else if let Some(byline) =
            byline(words).or_else(|| hosted(words)).or_else(|| helped(words)).or_else(|| credit(words))
        {
            Kind::Byline(byline)
        } else if let Some(byline) = unnamed(words).filter(|_| matches!(kinds.last(), Some(Kind::Head))) {
            Kind::Byline(byline)
        } else if bare_byline(words, at.checked_sub(1).and_then(|before| kinds.get(before)), blocks.get(at + 1)) {
            bare_people(words).map_or(Kind::Head, Kind::Byline)
        } else if words.starts(0, "图为") {
            Kind::Text
        } else {
            by_shape(block, words)
        };
        index = (boxes::is_index(first) || index) && matches!(kind, Kind::Furniture(_));
        classifieds = boxes::is_classified_head(first) || (classifieds && matches!(kind, Kind::Furniture(_)));
        weather = matches!(kind, Kind::Furniture(_))
            && (weather || boxes::is_weather(words) || boxes::is_weather_head(words));
        guests = is_guest(words) || (guests && matches!(kind, Kind::Text) && words.len() <= MAX_BYLINE_LINE);
        content |= !matches!(kind, Kind::Furniture(_));
        texted |= matches!(kind, Kind::Lead(_) | Kind::Text | Kind::Verse);
        kinds.push(kind);
    }
    kinds
}

/// Whether what stands below the head of an index is one: `今日看点` heads other lists too.
fn leads_index(head: &Words, next: &Block) -> bool {
    head.bare().contains("导读") || rows_point(next, boxes::points_to_page) || rows_point(next, boxes::points_from_page)
}

fn rows_point(block: &Block, points: fn(&Words) -> bool) -> bool {
    block.rows.iter().all(points)
}

/// `三、联系人：于先生 电话：…` in an announcement is no folio.
fn is_entry(words: &Words) -> bool {
    opens_list(words) && words.folded.get(1) == Some(&'、')
}

fn by_shape(block: &Block, words: &Words) -> Kind {
    if block.rows.len() >= VERSE {
        return Kind::Verse;
    }
    if !block.rows.iter().all(is_short) {
        return Kind::Text;
    }
    // `《北方的河流》 苏禾 著 澜江文艺出版社 2025年1月版`
    if books::tells_of_book(words)
        || (words.folded.first() == Some(&'《') && words.folded.iter().collect::<String>().contains("出版社"))
    {
        return Kind::Verse;
    }
    // `通 告` is set wide.
    let close: Vec<char> = words.folded.iter().copied().filter(|c| *c != ' ').collect();
    if NOTICES.iter().any(|n| ends(&close, n)) {
        return Kind::Notice;
    }
    if opens_list(words) && words.folded.first().is_some_and(|c| c.is_ascii_digit() || *c == '(') {
        if block.rows.len() > 1 && block.rows.iter().all(opens_list) {
            return Kind::Verse;
        }
        return Kind::Text;
    }
    Kind::Head
}

/// `指导老师：何英` under what a pupil wrote: it ends the piece, and names nobody who wrote it.
fn helped(words: &Words) -> Option<Byline> {
    let helper = words.len() <= MAX_BYLINE_LINE && offices::is_helper(words, 0);
    helper.then(|| Byline { has_role: true, ..Byline::default() })
}

/// `主持人：本报记者 于兵兵`: who wrote it down, behind a word that says so.
fn hosted(words: &Words) -> Option<Byline> {
    const HOSTS: [&str; 9] = ["本期主持人", "主持人", "主持", "采访者", "采访人", "采访", "执笔", "整理", "对话人"];
    let (_, length) = super::letters::first_of(&words.folded, &HOSTS)?;
    if !words.folded.get(length).is_some_and(|c| matches!(c, ':' | ' ')) {
        return None;
    }
    let length = length + 1;
    let named = people(words, length..words.len().min(MAX_BYLINE_LINE), Surroundings::Open)?;
    (words.len() <= MAX_BYLINE_LINE).then_some(Byline { has_role: true, ..named })
}

/// `嘉 宾：任志强 地产商`: who speaks, in an interview, told before it.
fn is_guest(words: &Words) -> bool {
    const GUESTS: [&str; 9] =
        ["嘉宾", "访谈嘉宾", "对话嘉宾", "本期嘉宾", "特邀嘉宾", "受访者", "受访人", "受访专家", "对话者"];
    let colon = words.folded.iter().position(|c| *c == ':').unwrap_or(0);
    let said: String = words.folded[..colon].iter().filter(|c| **c != ' ').collect();
    GUESTS.contains(&said.as_str())
}

/// `新华社发（何塞·马丁 摄）` by itself: the credit of the picture above.
fn credit(words: &Words) -> Option<Byline> {
    let agency = words.folded.iter().take(MAX_AGENCY).collect::<String>().contains("社发");
    let credited = words.len() <= MAX_BYLINE_LINE && agency;
    credited.then(|| super::closing::credited(words, words.all())).flatten().filter(|byline| byline.has_photo)
}

/// The house that a line like `来源：云州日报` names, whether that is all it says, and who it says wrote it.
fn source(words: &Words) -> Option<(String, bool, Option<Byline>)> {
    if words.len() > MAX_BYLINE_LINE {
        return None;
    }
    let Some((_, label)) = super::letters::first_of(&words.folded, &["来源:", "稿源:", "消息来源:"]) else {
        return taken_from(words).map(|house| (house, true, None)).or_else(|| signed_and_taken(words));
    };
    let start = words.skip_space(label);
    let end = words.folded[start..].iter().position(|c| matches!(c, ' ' | '|')).map_or(words.len(), |at| start + at);
    let by = people(words, end..words.len(), Surroundings::Open).filter(|by| by.has_role);
    Some((words.printed(start..end), end == words.len() || by.is_some(), by)).filter(|(house, ..)| !house.is_empty())
}

/// `卞之（据新华社悉尼电）` below a text: who wrote it, and the house it was taken from.
fn signed_and_taken(words: &Words) -> Option<(String, bool, Option<Byline>)> {
    let open = words.folded.iter().position(|c| *c == '(').filter(|_| words.folded.last() == Some(&')'))?;
    let by = people(words, 0..open, Surroundings::Open).filter(|by| !by.authors.is_empty() && !by.has_photo)?;
    let inner = Words::new(&words.printed(open + 1..words.len() - 1));
    let wired = || lead::read(&inner).filter(|lead| lead.end >= inner.len()).and_then(|lead| lead.source);
    let house = taken_from(&inner).or_else(wired)?;
    Some((house, true, Some(by)))
}

/// The house of `据新华社`, `综合新华社、中新社报道`, `摘自《云州日报》`, where a line says nothing else.
fn taken_from(words: &Words) -> Option<String> {
    const ENDS: [&str; 7] = ["社", "网", "报", "报道", "报导", "消息", "新闻"];
    const OWN: [&str; 4] = ["本报综合", "本刊综合", "本网综合", "本报综合整理"];
    let chars = &words.folded;
    if OWN.iter().any(|own| own.chars().eq(chars.iter().copied())) {
        return Some(words.printed(words.all()));
    }
    let (from, length) = super::letters::first_of(chars, &["摘编自", "摘自", "转自", "原载", "综合", "据"])?;
    let end = ["报道", "报导", "消息"].iter().find(|w| ends(chars, w)).map_or(chars.len(), |_| chars.len() - 2);
    let house = words.printed(length.min(end)..end);
    let bare = house.trim_matches(['《', '》']);
    // `综合` and `据` begin headlines too: there an agency must follow.
    let named = chars.get(length..)?;
    // A title in its marks is a house by itself, and so is what ends as houses of the press do.
    let titled = |c: &[char]| c.first() == Some(&'《') && c.iter().position(|c| *c == '》') == Some(c.len() - 1);
    let told = from == "据" && (titled(named) || is_named_house(named));
    let known = !matches!(from, "综合" | "据") || told || lead::begins_with_agency(named);
    let closed = told || ends(chars, "》") || ENDS.iter().any(|w| ends(chars, w));
    (known && closed && (2..=16).contains(&bare.chars().count())).then(|| bare.to_owned())
}

/// Whether bare names stand where only a byline does: right under a head, right above text.
fn bare_byline(words: &Words, before: Option<&Kind>, next: Option<&Block>) -> bool {
    words.len() <= MAX_BYLINE_LINE
        && matches!(before, None | Some(Kind::Head | Kind::Notice))
        && next.is_some_and(|next| {
            !is_short(&next.words) || next.rows.len() > 1 || under_head(words) == Surroundings::Sure
        })
        && bare_people(words).is_some()
}

/// The people that such a line names, with what it says of them.
fn bare_people(words: &Words) -> Option<Byline> {
    let end = offices::before_helper(words);
    let cut = (end < words.len()).then(|| Words::new(&words.printed(0..end)));
    let words = cut.as_ref().unwrap_or(words);
    people(words, words.all(), under_head(words))
        .or_else(|| offices::with_unit(words))
        .or_else(|| offices::with_title(words))
        .or_else(|| offices::titled(words))
        .or_else(|| offices::with_place(words))
        .or_else(|| offices::placed(words))
}

/// Behind a mark and under a head even a pen name is a name.
fn under_head(words: &Words) -> Surroundings {
    let marked = words.folded.first().is_some_and(|c| super::letters::MARKS.contains(*c));
    if marked { Surroundings::Sure } else { Surroundings::Open }
}

/// Whether a line heads a sidebar.
pub(super) fn is_label(words: &Words) -> bool {
    let bare = words.bare();
    let told = bare.chars().count() == SIDEBAR_NAME && SIDEBAR_ENDS.iter().any(|end| bare.ends_with(end));
    told || SIDEBARS.contains(&bare.as_str())
}

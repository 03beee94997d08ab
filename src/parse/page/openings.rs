//! Heads with nobody's name below them → whether they open a piece of their own, or stand inside the one above.

use super::alike::{are_alike, are_framed, has_sibling, next_head, width_of};
use super::blocks::Block;
use super::bookshelf;
use super::boxes;
use super::byline::Byline;
use super::closing::{self, Closing};
use super::columns;
use super::heads;
use super::kinds::{self, Kind, Rest};
use super::kinship::{self, Kinship};
use super::letters::{MARKS, Words, begins, is_han};
use super::paragraphs::opens_list;
use super::pieces::{Item, Part};
use super::shapes;

/// A crosshead of two halves is narrower, in half ems.
const WIDEST_HALVED: usize = 28;
/// A crosshead by itself is narrower than this: editors set two or more, or none. In half ems.
const WIDEST_LONE: usize = 14;
/// The same in a feature.
const WIDEST_IN_FEATURE: usize = 30;
/// A head so wide, in half ems, and half as wide again as the crossheads above it is none of them.
const WIDE: usize = 26;
/// A stanza has so many lines, and each is no wider, in half ems.
const STANZA: usize = 4;
const WIDEST_LINE: usize = 32;
/// So many rows of so many columns are a table.
const TABLE: usize = 3;
/// Under a head so wide a text that opens with its day is news of its own, in half ems.
const NEWS_HEAD: usize = 18;

/// The headline over such a part is at least so wide, in half ems; a part in brackets has no more characters.
const HEADLINE: usize = 10;
const LONGEST_OPENER: usize = 6;
/// Below the head of a sidebar so many heads and paragraphs are looked at for who signs them.
const MOST_HEADS: usize = 3;
const MOST_PARAGRAPHS: usize = 4;
/// An article's next crosshead is looked for in no more blocks: that many fill a page.
const MOST_AHEAD: usize = 200;
/// First parts of articles that tell a case.
const OPENERS: [&str; 13] = [
    "案情",
    "案例",
    "案情回放",
    "案件回放",
    "案例回放",
    "案情简介",
    "案件简介",
    "基本案情",
    "案情回顾",
    "案例回顾",
    "事件回放",
    "事件回顾",
    "新闻回放",
];
/// What parts of reports are called before a colon.
const PARTS: [&str; 26] = [
    "现场", "回应", "调查", "探访", "走访", "追访", "追问", "释疑", "提醒", "建议", "对策", "原因", "背景", "进展",
    "起因", "现状", "影响", "变化", "观点", "声音", "延伸", "求证", "说法", "案例", "难点", "措施",
];
/// Who says something before a colon.
const TELLERS: [&str; 16] = [
    "专家", "学者", "业内", "业者", "律师", "医生", "部门", "官方", "街道", "社区", "学校", "物业", "商家", "居民",
    "市民", "村民",
];
/// Over parts whose heads are alike stands a head at least so wide, in half ems.
const NARROWEST_OVER_PARTS: usize = 8;
/// Heads of boxes that are pieces of their own, however short.
const BOXES: [&str; 12] = [
    "积分榜",
    "射手榜",
    "排行榜",
    "奖牌榜",
    "英雄榜",
    "光荣榜",
    "赛程",
    "行情",
    "行情快递",
    "菜价",
    "电视节目",
    "书讯",
];

/// Whether heads open a piece of their own.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Opening {
    /// They stand inside the piece above.
    Inside,
    /// They stand inside the piece above, as far as anybody can tell.
    Doubtful,
    /// Their form says so.
    Told,
    /// Only their width or the words below say so.
    Guessed,
}

/// What the heads over a text say of where it belongs, where nothing has closed the piece above.
/// `verse` tells whether the text is verse or a list.
pub(super) fn opening(heads: &[Block], text: &Block, verse: bool, rest: &Rest, above: &Item) -> Opening {
    let Some(head) = heads.last() else { return Opening::Inside };
    let shelf = bookshelf::opens(text);
    if above.text_ends_torn()
        || (above.is_verse() && verse && !shelf && (heads.len() == 1 || is_title_of_verse(heads)))
        || heads.iter().any(|head| opens_list(&head.words))
        // `链接`, and below it what the box tells.
        || (heads.len() == 1 && matches!(above.parts.last(), Some(Part::Crosshead(label)) if kinds::is_label(&label.words)))
        || (heads.len() == 1 && is_part_of_report(head))
    {
        return Opening::Inside;
    }
    let subheaded = heads.iter().flat_map(|head| &head.rows).skip(1).any(|row| row.folded.first() == Some(&'—'));
    let wide = width_of(head);
    // `专家：回归自住考量` says what somebody thinks of the matter above, or begins news of its own: the words tell.
    if heads.len() == 1
        && is_quoted(head)
        && matches!(kinship::of(head, text, rest, above), Kinship::Same | Kinship::Close)
    {
        return Opening::Inside;
    }
    let boxed = boxes::is_part_head(&head.words) || BOXES.iter().any(|name| shapes::is_name_of(&head.words, name));
    let halved = is_halved(head) && (wide >= WIDEST_HALVED || ending(text, rest).is_some());
    let book = shelf || bookshelf::begins(head, text);
    let standing = !above.has_crossheads() && heads.iter().any(|head| columns::is_article_column(&head.words));
    if subheaded || boxed || halved || book || standing || is_table(text) || is_list(text, rest) || is_letter(rest) {
        return Opening::Told;
    }
    // In a feature, whose writer stands under its headline, even a single crosshead may stand.
    // So it may in what nobody reports, unless somebody signs the text below it.
    let briefs =
        above.lead.is_none() && above.bylines.is_empty() && matches!(ending(text, rest), Some(Ending::Signed(_)));
    let widest = if above.lead.is_some() || briefs { WIDEST_LONE } else { WIDEST_IN_FEATURE };
    let news = wide >= NEWS_HEAD && !above.has_crossheads() && opens_news(text);
    let lone = wide >= widest && !above.has_crossheads() && is_lone(rest);
    // The crossheads of one article are like each other: a much wider head is a headline.
    let wider = above.widest_crosshead().is_some_and(|known| wide >= WIDE && wide * 2 >= known * 3);
    // No verse and no list goes on as prose, and below prose a poem with its title is another's.
    let prose = (above.is_verse() || above.ends_in_list()) && !verse;
    let prose = prose || (above.is_prose() && is_poem(text));
    // `西岭乡：…` under `河东镇：…`: neither speaks of the other's place.
    let elsewhere = match (kinship::place(&head.words), above.heads.last().map(|head| kinship::place(&head.words))) {
        (Some(place), Some(Some(known))) => place != known,
        _ => false,
    };
    // `从“卖产品”到“卖服务”`, `从“单打独斗”到“抱团转型”`
    let framed = next_head(rest).is_some_and(|next| are_framed(head, next))
        || above.last_crosshead().is_some_and(|known| are_framed(known, head));
    if framed && heads.len() == 1 {
        return Opening::Inside;
    }
    if heads.len() > 1 || news || lone || wider || prose || elsewhere || is_marked(text, rest) {
        return Opening::Guessed;
    }
    // `从“有网”到“有课”`, `从“有课”到“好课”`: what is alike belongs together.
    let paired = next_head(rest).is_some_and(|next| are_alike(head, next))
        || above.last_crosshead().is_some_and(|known| are_alike(known, head));
    // Editors set two crossheads or more, or none.
    let single = !above.has_crossheads() && is_lone(rest);
    match kinship::of(head, text, rest, above) {
        Kinship::Other => Opening::Guessed,
        _ if paired => Opening::Inside,
        Kinship::Unsure => Opening::Doubtful,
        Kinship::Same | Kinship::Close if single => Opening::Doubtful,
        // Where one head was doubted, so is the next.
        Kinship::Same if above.unsure => Opening::Doubtful,
        Kinship::Same | Kinship::Close => Opening::Inside,
    }
}

/// Whether rows are those of a poem: narrow, alike in width, without a figure or a second cell.
fn is_poem(text: &Block) -> bool {
    let widths: Vec<usize> = text.rows.iter().map(Words::width).collect();
    let plain = |row: &Words| row.folded.iter().all(|c| is_han(*c) || ",。!?;、…—“”《》".contains(*c));
    let (Some(least), Some(most)) = (widths.iter().min(), widths.iter().max()) else { return false };
    text.rows.len() >= STANZA && *most <= WIDEST_LINE && most - least <= *most / 2 && text.rows.iter().all(plain)
}

/// Whether every row has several columns: `10月19日 木偶戏 少年宫 10:00`.
fn is_table(text: &Block) -> bool {
    let columns = |row: &Words| row.folded.split(|c| *c == ' ').filter(|cell| !cell.is_empty()).count();
    // What it counts, and in what, may stand above.
    let rows = text.rows.iter().filter(|row| columns(row) >= TABLE).count();
    rows >= TABLE && rows + 1 >= text.rows.len()
}

/// Whether a row with several cells is the first of so many in blocks of their own.
fn is_list(text: &Block, rest: &Rest) -> bool {
    let row = |block: &Block| block.words.folded.split(|c| *c == ' ').filter(|cell| !cell.is_empty()).count() > 1;
    let below = rest.iter().take_while(|(block, kind)| matches!(kind, Kind::Verse) && block.rows.len() == 1);
    let rows = std::iter::once(text).chain(below.map(|(block, _)| block)).filter(|block| row(block)).count();
    text.rows.len() == 1 && rows >= TABLE
}

/// Whether the text is the first of several with a mark before each (`◆阿根廷：…`).
fn is_marked(text: &Block, rest: &Rest) -> bool {
    let mark = text.words.folded.first().filter(|c| MARKS.contains(**c));
    mark.is_some()
        && matches!(rest.front(), Some((next, Kind::Text)) if next.words.folded.first() == mark)
        && !shapes::points_at_picture(&text.words)
}

/// Whether two lines between verse are a last line and the next title.
fn is_title_of_verse(heads: &[Block]) -> bool {
    heads.len() == 2 && heads.iter().all(|head| width_of(head) <= WIDEST_LONE)
}

/// Whether the text that has begun ends as letters of a house do: its name, and below it the day.
fn is_letter(rest: &Rest) -> bool {
    let text = rest.iter().take_while(|(_, kind)| matches!(kind, Kind::Text)).count();
    let mut end = rest.iter().skip(text);
    matches!(end.next(), Some((house, Kind::Head)) if heads::named(&house.words) == Some(true))
        && matches!(end.next(), Some((_, Kind::Dated)))
}

/// Which of the heads over a text is no head of the piece but the first of its crossheads: the last, where it names a
/// part as articles of its kind have them (`案情回放`, `【症状】`), under a longer headline, is the first of several poems, or
/// has the next head's form (`岳麓证券：…`, `海河证券：…`).
pub(super) fn opener(heads: &[Block], rest: &Rest) -> Option<usize> {
    let [.., above, last] = heads else { return None };
    if width_of(above) >= NARROWEST_OVER_PARTS && !columns::is_column(&above.words) && has_sibling(last, rest) {
        return Some(heads.len() - 1);
    }
    let words = &last.words;
    let bare = words.bare();
    let bracketed = matches!((words.folded.first(), words.folded.last()), (Some('['), Some(']')));
    let named = OPENERS.contains(&bare.as_str()) || kinds::is_label(words);
    // `村庄短章（组诗）` over the title of its first.
    let part = named
        || shapes::counts_poems(&above.words)
        || (bracketed && (1..=LONGEST_OPENER).contains(&bare.chars().count()));
    let headline = width_of(above) >= HEADLINE && width_of(above) > width_of(last) && !columns::is_column(&above.words);
    (part && last.rows.len() == 1 && headline).then_some(heads.len() - 1)
}

/// Whether a head names what part of a report stands below it (`现场：围挡后荒草齐腰`): no headline begins so.
fn is_part_of_report(head: &Block) -> bool {
    PARTS.contains(&label(head).as_str())
}

/// Whether a head tells what somebody says whom it only calls by an office.
fn is_quoted(head: &Block) -> bool {
    TELLERS.contains(&label(head).as_str())
}

/// What stands before a head's colon.
fn label(head: &Block) -> String {
    let colon = head.words.folded.iter().position(|c| *c == ':').unwrap_or(0);
    head.words.folded[..colon].iter().collect()
}

/// Whether a head numbers a part of an announcement, or what goes with it: `一、项目概况`, `附：名单`.
pub(super) fn is_step(head: &Block) -> bool {
    const WITH_IT: [&str; 4] = ["附:", "附件", "附表", "附录"];
    WITH_IT.iter().any(|word| head.words.starts(0, word))
        || opens_list(&head.words) && !head.words.folded.first().is_some_and(|c| MARKS.contains(*c))
}

/// Whether what follows is a head over a section that another signs than the article above.
pub(super) fn is_section_of_others(rest: &Rest, item: &Item) -> bool {
    let heads: Vec<Block> = rest
        .iter()
        .take(MOST_HEADS)
        .take_while(|(_, kind)| matches!(kind, Kind::Head))
        .map(|(b, _)| b.clone())
        .collect();
    let Some((first, Kind::Text)) = rest.get(heads.len()).filter(|_| !heads.is_empty()) else { return false };
    let below: Rest = rest.iter().skip(heads.len() + 1).take(MOST_PARAGRAPHS).cloned().collect();
    ending(first, &below).is_some_and(|end| is_by_others(&end, &heads, item))
}

/// `“老赖”住进度假村 执行干警上门“叫醒”`: crossheads have no halves.
fn is_halved(head: &Block) -> bool {
    head.rows.len() > 1 || head.words.folded.split(|c| *c == ' ').filter(|half| half.len() >= 4).count() > 1
}

fn opens_news(text: &Block) -> bool {
    super::letters::month_day(&text.words.folded).is_some()
        || ["近日", "日前", "昨日", "昨天", "今日", "今天", "记者从", "据"]
            .iter()
            .any(|w| begins(&text.words.folded, w))
}

/// Whether no other head in the same text follows: the next stands over somebody's report, or none does.
fn is_lone(rest: &Rest) -> bool {
    let mut heads = 0;
    for (block, kind) in rest.iter().take(MOST_AHEAD) {
        match kind {
            Kind::Head if heads_picture(block) => return true,
            Kind::Head | Kind::Notice => heads += 1,
            Kind::Lead(_) | Kind::Furniture(_) => return true,
            Kind::Byline(byline) if !byline.has_photo && heads > 0 => return true,
            Kind::Text | Kind::Verse if heads > 0 => {
                return heads > 1 || is_table(block) || is_poem(block) || is_halved_wide(rest, block);
            }
            _ => {}
        }
    }
    true
}

fn heads_picture(block: &Block) -> bool {
    columns::is_picture_column(&block.words)
}

/// Whether the head right above a block is too wide for a crosshead.
fn is_halved_wide(rest: &Rest, text: &Block) -> bool {
    let head = rest.iter().take_while(|(block, _)| block.lines.0 < text.lines.0).last();
    head.is_some_and(|(head, _)| width_of(head) >= WIDEST_HALVED && is_halved(head))
}

/// Whether all that an item has so far is an editor's note, so that its report is still to come.
pub(super) fn is_note(item: &Item) -> bool {
    const NOTES: [&str; 7] = ["编者按", "开栏的话", "核心提示", "阅读提示", "内容提要", "编前", "开栏语"];
    let note = |block: &Block| NOTES.iter().any(|n| block.words.starts(0, n) || block.words.starts(1, n));
    !item.parts.is_empty()
        && item
            .parts
            .iter()
            .all(|part| matches!(part, Part::Text(_) | Part::Crosshead(_) | Part::Caption(..) | Part::People(_)))
        && item.parts.iter().any(|part| note(part.block()))
}

/// How the section that begins with a text ends: at the end of its last paragraph, or on the line below.
pub(super) enum Ending {
    /// People sign it.
    Signed(Byline),
    /// It names the house it was taken from.
    Sourced(String),
}

pub(super) fn ending(first: &Block, rest: &Rest) -> Option<Ending> {
    let mut last = first;
    for ((block, kind), next) in rest.iter().zip(rest.iter().skip(1).map(|(_, kind)| Some(kind)).chain([None])) {
        match kind {
            // A caption whose credit stands below it.
            Kind::Text
                if shapes::opens_caption(&block.words)
                    && matches!(next, Some(Kind::Byline(byline)) if byline.has_photo || byline.marked) =>
            {
                break;
            }
            Kind::Text if closing::credit(&block.words).is_some_and(|(_, _, by)| by.has_photo || by.marked) => break,
            Kind::Text | Kind::Verse => last = block,
            Kind::Byline(byline) if !byline.has_photo || block.words.bare().ends_with("摄影报道") => {
                return Some(Ending::Signed(byline.clone()));
            }
            Kind::Source(house, ..) => return Some(Ending::Sourced(house.clone())),
            // `（记者 周岩 摄影报道）`
            Kind::Lead(lead) if closing::is_signature(&block.words, lead) => {
                return Some(Ending::Signed(Byline { authors: lead.authors.clone(), ..Byline::default() }));
            }
            _ => break,
        }
    }
    match closing::read(&last.words) {
        Some(Closing::Signed(byline)) => Some(Ending::Signed(byline)),
        Some(Closing::Sourced(_, Some(byline))) => Some(Ending::Signed(byline)),
        Some(Closing::Sourced(house, None)) => house.map(Ending::Sourced),
        _ => None,
    }
}

/// Whether a section that ends so is another's than the article above: that one has told who it is by.
/// A house at the end of a section with one more crosshead is the whole article's.
pub(super) fn is_by_others(ending: &Ending, heads: &[Block], item: &Item) -> bool {
    let crosshead = || match (heads, item.widest_crosshead()) {
        ([head], Some(known)) => width_of(head) < WIDE && width_of(head) < known * 2,
        _ => false,
    };
    match ending {
        Ending::Signed(by) => item.is_told() && !item.signed_by(by),
        Ending::Sourced(house) => item.is_told() && item.house().is_none_or(|known| known != house) && !crosshead(),
    }
}

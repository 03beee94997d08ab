//! The head-like blocks above a text → column, kicker, headline, subhead, unit and the caption of a picture between them.

use crate::article::Caption;

use super::blocks::Block;
use super::columns::{is_column, is_enclosed, is_over_headlines, is_picture_column, is_too_short};
use super::letters::{Words, begins, ends, is_han, width};
use super::subheads::{is_figure, is_number_of_document, is_small, is_subhead, is_told_by};

/// How houses end whose bare name over a headline is no headline.
const HOUSES: [&str; 21] = [
    "部",
    "局",
    "公司",
    "集团",
    "大学",
    "学校",
    "中学",
    "小学",
    "院",
    "银行",
    "委员会",
    "委",
    "厅",
    "处",
    "所",
    "支队",
    "大队",
    "总队",
    "中心",
    "协会",
    "联合会",
];
/// How places end.
const PLACES: [&str; 10] = ["区", "县", "街道", "镇", "乡", "市", "村", "社区", "州", "旗"];
/// No name of a house or place holds one of these: the words are a sentence (`三家药店被查处`).
const NO_NAME: &str = "被把将了着过让使获走进到亮变给";
/// The name of a house or place over a headline is no longer, in characters.
const MAX_NAME: usize = 14;
/// The name of a house below an announcement has so many characters.
const SHORTEST_HOUSE: usize = 4;
const LONGEST_HOUSE: usize = 30;
/// A headline above its picture is at least so wide, in half ems.
const HEADLINE: usize = 20;
/// A caption repeats at least so many characters of the headline in a row.
const REPEATED: usize = 4;

/// Such a label is no longer, in characters.
const LONGEST_LABEL: usize = 3;

/// How titles of announcements end that begin with `关于`.
const TITLES_OF_NOTICES: [&str; 8] = ["公告", "通告", "通知", "公示", "决定", "启事", "的函", "的批复"];
/// A standing head of any words has so many characters.
const MOTTO: usize = 4;
/// Each half of a headline is at least so long, in characters.
const HALF: usize = 5;
/// Rows all so narrow, in half ems, are the print lines of one headline in a single column.
const NARROW: usize = 18;

/// What says of a head which it is, before a colon, where a paper's makers write it there.
const LABELS: [(&str, Office); 10] = [
    ("引题", Office::Kicker),
    ("肩题", Office::Kicker),
    ("眉题", Office::Kicker),
    ("主题", Office::Headline),
    ("主标题", Office::Headline),
    ("正题", Office::Headline),
    ("标题", Office::Headline),
    ("副题", Office::Subhead),
    ("副标题", Office::Subhead),
    ("子题", Office::Subhead),
];

/// What a head is.
#[derive(Clone, Copy, PartialEq)]
enum Office {
    Kicker,
    Headline,
    Subhead,
}

/// What stands over a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Heads {
    pub(crate) columns: Vec<String>,
    pub(crate) kickers: Vec<String>,
    pub(crate) headline: Option<String>,
    pub(crate) subhead: Option<String>,
    pub(crate) unit: Option<String>,
    pub(crate) captions: Vec<Caption>,
    /// Rows whose marks and brackets the columns leave out, as printed.
    pub(crate) asides: Vec<String>,
}

/// A head while offices are given: the rows that are left of it, each by itself.
struct Open<'b> {
    block: &'b Block,
    rows: Vec<Words>,
}

impl Open<'_> {
    /// Whether it stands right under another, without a blank line.
    fn follows(&self, above: &Self) -> bool {
        above.block.lines.1 + 1 == self.block.lines.0
    }

    fn text(&self) -> String {
        let rows: Vec<String> = self.rows.iter().map(|row| row.printed(row.all())).collect();
        rows.join(" ")
    }
}

/// Gives each head its office. The last is the headline; the rest is told by its form, and by what stands below it.
/// `headline_first` says that this paper prints its headline above the subhead, and no kicker.
pub(crate) fn assign(blocks: &[Block], headline_first: bool) -> Heads {
    if let Some(heads) = labelled(blocks) {
        return heads;
    }
    let mut heads = Heads::default();
    let mut below: Vec<String> = Vec::new();
    let mut open: Vec<Open<'_>> = Vec::new();
    for block in blocks {
        let above = open.last().and_then(|above| above.rows.last());
        if block.after_picture && above.is_some_and(|above| repeats(&block.words, above) || is_headline(above)) {
            heads.captions.push(Caption { text: block.text(), credit: None });
            continue;
        }
        let mut rows = Vec::new();
        for row in block.rows.iter().cloned() {
            if begins(&row.folded, "—") && !(rows.is_empty() && open.is_empty()) {
                below.push(row.printed(row.all()));
            } else {
                rows.push(row);
            }
        }
        if !rows.is_empty() {
            open.push(Open { block, rows });
        }
    }
    let standing = standing_below(&mut open);
    let title = title_of_notice(&mut open);
    let mut decks = Vec::new();
    while let [.., above, last] = &open[..]
        && let [row] = &last.rows[..]
        && !is_column(&above.block.words)
        && named(&above.block.words).is_none()
        && !(headline_first && open.len() == 2 && is_kicker_over(&above.rows, row))
        && (headline_first
            || is_subhead(row, &above.rows)
            || (open.len() == 3 && open[0].rows.last().is_some_and(says))
            || above
                .rows
                .last()
                .is_some_and(|over| is_figure(row, over) || (last.follows(above) && is_small(row, over, false)))
            || (open.len() > 2 && above.rows.last().is_some_and(|over| is_told_by(row, over))))
    {
        decks.extend(open.pop().map(|deck| deck.text()));
    }
    let Some(mut last) = open.pop() else { return heads };
    while let [over @ .., row] = &last.rows[..]
        && let Some(above) = over.last()
        && named(above).is_none()
        && (headline_first || is_subhead(row, over) || is_small(row, above, last.rows.len() == 2 && open.is_empty()))
    {
        decks.extend(last.rows.pop().map(|row| row.printed(row.all())));
    }
    decks.reverse();
    decks.extend(below);
    heads.subhead = Some(decks.join(" ")).filter(|subhead| !subhead.is_empty());
    // Two rows are one headline printed in two lines; of more, and under a standing head or a name, the last is.
    // So are several that are all narrow, as in a single column.
    let narrow = last.rows.iter().all(|row| row.width() <= NARROW);
    let apart = (last.block.rows.len() > 2 && !narrow)
        || last.rows.first().is_some_and(|row| is_standing(row) || named(row).is_some())
        || matches!(&last.rows[..], [above, row] if is_motto(above) && row.width() >= HEADLINE);
    if let Some(title) = title {
        heads.headline = Some(title);
        last.rows.clear();
    } else if apart && let Some(headline) = last.rows.pop() {
        heads.headline = Some(headline.printed(headline.all()));
    } else {
        heads.headline = Some(last.text());
        last.rows.clear();
    }
    let count = open.len();
    for (at, over) in open.iter().enumerate() {
        let first = at == 0;
        let slogan = first && (over.rows.len() > 1 || (count >= 2 && is_slogan(&over.block.words)));
        if slogan || is_column(&over.block.words) {
            over.rows.iter().for_each(|row| heads.column(row));
        } else {
            heads.kicker(over.text(), &over.block.words);
        }
    }
    for row in &last.rows {
        if is_column(row) { heads.column(row) } else { heads.kicker(row.printed(row.all()), row) }
    }
    standing.iter().for_each(|row| heads.column(row));
    heads
}

/// `引题：…`, `主题：…`, `副题：…`: heads that say which they are, if one of them is the headline. A row below one without a
/// label goes on with it.
fn labelled(blocks: &[Block]) -> Option<Heads> {
    let office = |row: &Words| {
        let colon = row.folded.iter().take(LONGEST_LABEL + 1).position(|c| *c == ':')?;
        let (_, office) = LABELS.iter().find(|(label, _)| label.chars().eq(row.folded[..colon].iter().copied()))?;
        Some((*office, row.printed(colon + 1..row.len())))
    };
    let rows: Vec<&Words> = blocks.iter().flat_map(|block| &block.rows).collect();
    let told: Vec<Office> = rows.iter().filter_map(|row| Some(office(row)?.0)).collect();
    // `标题：…` alone may be a field among others.
    if told.len() < 2 || !told.contains(&Office::Headline) {
        return None;
    }
    let mut heads = Heads::default();
    let (mut headline, mut subhead) = (Vec::new(), Vec::new());
    let mut last = None;
    for row in rows {
        let (at, text) = office(row).map_or_else(|| (last, row.printed(row.all())), |(at, text)| (Some(at), text));
        last = at;
        match at {
            None if is_column(row) => heads.column(row),
            None | Some(Office::Kicker) => heads.kicker(text, row),
            Some(Office::Headline) => headline.push(text),
            Some(Office::Subhead) => subhead.push(text),
        }
    }
    heads.headline = Some(headline.join(" "));
    heads.subhead = Some(subhead.join(" ")).filter(|subhead| !subhead.is_empty());
    Some(heads)
}

/// `【民生关注】` below its headline. Over it stands one: below another standing head or a name it is the headline itself.
fn standing_below(open: &mut Vec<Open<'_>>) -> Option<Words> {
    let mut rows = open.iter().flat_map(|head| &head.rows).rev();
    let (last, above) = (rows.next()?, rows.next()?);
    if !is_enclosed(last) || is_column(above) || named(above).is_some() {
        return None;
    }
    let standing = open.last_mut()?.rows.pop();
    open.pop_if(|head| head.rows.is_empty());
    standing
}

impl Heads {
    fn column(&mut self, row: &Words) {
        let printed = row.printed(row.all());
        let bare = unbracketed(&printed);
        if bare != printed {
            self.asides.push(printed);
        }
        self.columns.push(bare);
    }

    fn kicker(&mut self, text: String, words: &Words) {
        if named(words) == Some(true) {
            self.unit = Some(text.clone());
        }
        self.kickers.push(text);
    }
}

/// `颱風外圍環流肆虐` over `頭前溪堤防破口 搶修拚月底完工`: a short clause over a headline of two halves.
fn is_kicker_over(above: &[Words], headline: &Words) -> bool {
    let [above] = above else { return false };
    let halves = headline.folded.split(|c| *c == ' ').filter(|half| half.len() >= HALF).count();
    width(&above.printed(above.all())) <= NARROW
        && !above.folded.contains(&' ')
        && halves == 2
        && !headline.folded.contains(&':')
}

/// `关于公开征求` over `《云溪市养犬管理条例（草案）》` over `意见的公告`: the title of an announcement is one sentence in many rows.
fn title_of_notice(open: &mut Vec<Open<'_>>) -> Option<String> {
    let opens = |head: &Open<'_>| head.rows.first().is_some_and(|row| begins(&row.folded, "关于"));
    let ended = |row: &Words| TITLES_OF_NOTICES.iter().any(|word| ends(&row.folded, word));
    let first = open.iter().position(opens).filter(|first| first + 1 < open.len())?;
    let whole = open.last()?.rows.last().is_some_and(ended)
        && !open[first..open.len() - 1].iter().any(|head| head.rows.iter().any(ended));
    if !whole {
        return None;
    }
    let rows: Vec<String> = open[first..].iter().map(Open::text).collect();
    open.truncate(first + 1);
    Some(rows.join(" "))
}

/// `全市水务工作会议提出`: a kicker that leads to what is said, so that the headline stands right below it.
fn says(kicker: &Words) -> bool {
    const SAID: [&str; 8] = ["提出", "强调", "指出", "要求", "宣布", "透露", "表示", "明确"];
    SAID.iter().any(|word| ends(&kicker.folded, word))
}

/// `社论`, `云州市人民政府文件`, `云政发〔2026〕8号`: what stands over the title of a text and is none itself.
pub(super) fn stands_over(head: &Words) -> bool {
    let bare = head.bare();
    is_over_headlines(head) || is_enclosed(head) || bare.ends_with("文件") || is_number_of_document(head)
}

/// Whether a row that is followed by another is a standing head, or a first half that a dash leads over.
fn is_standing(row: &Words) -> bool {
    is_column(row) || ends(&row.folded, "——")
}

/// What stands over a picture: standing heads are columns, anything else its headline.
pub(crate) fn of_picture(blocks: &[Block]) -> Heads {
    let standing = |block: &Block| is_picture_column(&block.words) || is_too_short(&block.words);
    let (columns, rest): (Vec<Block>, Vec<Block>) = blocks.iter().cloned().partition(standing);
    let mut heads = assign(&rest, false);
    let mut standing = Heads::default();
    columns.iter().flat_map(|b| &b.rows).for_each(|row| standing.column(row));
    heads.columns.splice(0..0, standing.columns);
    heads.asides.extend(standing.asides);
    heads
}

/// `作风深化 实干争先`: two halves of four to eight characters, as long as each other or nearly so.
fn is_slogan(words: &Words) -> bool {
    let halves: Vec<usize> = words.folded.split(|c| *c == ' ').filter(|h| !h.is_empty()).map(<[char]>::len).collect();
    matches!(halves[..], [a, b] if (4..=8).contains(&a) && (4..=8).contains(&b))
        && words.folded.iter().all(|c| is_han(*c) || *c == ' ')
}

/// `书香校园`: four characters over a whole line are no half of a headline.
fn is_motto(words: &Words) -> bool {
    words.len() == MOTTO && words.folded.iter().all(|c| is_han(*c))
}

/// Whether a head is but the name of a house (true) or a place (false).
pub(crate) fn named(words: &Words) -> Option<bool> {
    let chars = &words.folded;
    if !(2..=MAX_NAME).contains(&chars.len()) || !chars.iter().all(|c| is_han(*c)) {
        return None;
    }
    if chars.iter().any(|c| NO_NAME.contains(*c)) {
        return None;
    }
    if HOUSES.iter().any(|h| ends(chars, h)) {
        return Some(true);
    }
    (chars.len() <= 8 && PLACES.iter().any(|p| ends(chars, p))).then_some(false)
}

/// Whether a line below an announcement is the name of a house.
pub(super) fn is_house(words: &Words) -> bool {
    let chars = &words.folded;
    (SHORTEST_HOUSE..=LONGEST_HOUSE).contains(&chars.len())
        && chars.iter().all(|c| is_han(*c) || matches!(c, '(' | ')'))
        && HOUSES
            .iter()
            .chain(&["政府", "办公室", "小组", "指挥部", "法院", "协会", "社"])
            .any(|house| ends(chars, house))
}

/// Whether a head above a picture can only be the headline: it is neither a standing head, nor a name, nor a slogan.
fn is_headline(head: &Words) -> bool {
    let wide = width(&head.printed(head.all())) >= HEADLINE;
    wide && !(is_column(head) || named(head).is_some() || is_slogan(head))
}

/// Whether a text shares a stretch of characters with the headline above it.
fn repeats(caption: &Words, headline: &Words) -> bool {
    let bare = |words: &Words| words.folded.iter().copied().filter(|c| c.is_alphanumeric()).collect::<Vec<char>>();
    let (caption, headline) = (bare(caption), bare(headline));
    // Heads are short: this stays a few hundred comparisons.
    caption != headline
        && caption.windows(REPEATED).take(60).any(|part| headline.windows(REPEATED).take(60).any(|h| h == part))
}

/// A standing head without the brackets it is printed in.
fn unbracketed(row: &str) -> String {
    row.trim_matches(|c| "【】［］[]〔〕〖〗■□◆●★☆·".contains(c)).trim().to_owned()
}

//! The head-like blocks above a text → column, kicker, headline, subhead, unit and the caption of a picture between them.

use crate::article::Caption;

use super::blocks::Block;
use super::letters::{MARKS, Words, begins, ends, is_han, width};

/// Standing heads of pictures.
const PICTURE_COLUMNS: [&str; 14] = [
    "目击",
    "图片新闻",
    "视觉",
    "镜头",
    "光影",
    "图片故事",
    "图说",
    "图说新闻",
    "影像",
    "看图",
    "视界",
    "定格",
    "图片报道",
    "摄影天地",
];
/// Standing heads of articles.
const COLUMNS: [&str; 24] = [
    "记者调查",
    "今日关注",
    "热点关注",
    "民生关注",
    "百姓故事",
    "人物",
    "人物专访",
    "本报评论",
    "时评",
    "今日谈",
    "记者观察",
    "新春走基层",
    "走基层",
    "部门动态",
    "民生直通车",
    "读者来信",
    "通讯",
    "特写",
    "社论",
    "评论",
    "专栏",
    "言论",
    "长篇小说连载",
    "连载",
];
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
/// A second head that begins so goes on from the first: it is its subhead.
const GOES_ON: [&str; 25] = [
    "最高",
    "最低",
    "最快",
    "最多",
    "已有",
    "已",
    "并",
    "或",
    "且",
    "其中",
    "共",
    "预计",
    "较",
    "累计",
    "涉及",
    "同比",
    "——",
    "有望",
    "今起",
    "即日起",
    "年底",
    "年内",
    "力争",
    "将",
    "拟",
];
/// What a headline over such a subhead speaks of.
const MEETINGS: [&str; 6] = ["会", "调研", "活动", "考察", "检查", "仪式"];
/// How a line begins that says what a meeting did.
const DECK_BEGINS: [&str; 12] =
    ["审议", "传达", "听取", "研究", "部署", "讨论", "学习", "贯彻", "表决", "通报", "动员", "安排部署"];
/// How a line ends that says who led it.
const DECK_ENDS: [&str; 8] = ["主持", "并讲话", "出席", "主持会议", "出席会议", "作出批示", "致辞", "参加"];
/// A caption repeats at least so many characters of the headline in a row.
const REPEATED: usize = 4;

/// A subhead in the second of two lines is at least so wide, in half ems.
const SUBHEAD: usize = 32;
/// Each of two halves of a subhead is at least so long, in characters, under a headline at least so wide, in half ems.
const HALF: usize = 5;
const WHOLE: usize = 16;

/// A picture's own headline has more characters; with a word that says what it is, a standing head has so many.
const SHORTEST: usize = 2;
const STANDING: usize = 6;
const PICTURE_WORDS: [&str; 9] = ["图", "影", "镜头", "瞬间", "光影", "影像", "视觉", "视界", "目击"];

/// A subhead that says how much is no wider, in half ems, and its unit no longer, in characters.
const FIGURE: usize = 28;
const UNIT: usize = 2;
/// Rows all so narrow, in half ems, are the print lines of one headline in a single column.
const NARROW: usize = 18;

/// Who is quoted in a subhead has a name no longer, in characters.
const SPEAKER: usize = 6;

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
    let mut heads = Heads::default();
    let mut below: Vec<String> = Vec::new();
    let mut open: Vec<Open<'_>> = Vec::new();
    for block in blocks {
        let above = open.last().and_then(|above| above.rows.last());
        if block.after_picture && above.is_some_and(|above| repeats(&block.words, above)) {
            heads.captions.push(Caption { text: block.text(), credit: None });
            continue;
        }
        let mut rows = Vec::new();
        for row in block.rows.iter().map(|row| Words::new(row)) {
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
    let mut decks = Vec::new();
    while let [.., above, last] = &open[..]
        && let [row] = &last.rows[..]
        && !is_column(&above.block.words)
        && named(&above.block.words).is_none()
        && (headline_first
            || is_subhead(row, &above.rows)
            || above
                .rows
                .last()
                .is_some_and(|over| is_figure(row, over) || (last.follows(above) && is_small(row, over, false))))
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
    let narrow = last.rows.iter().all(|row| width(&row.printed(row.all())) <= NARROW);
    let apart = (last.block.rows.len() > 2 && !narrow)
        || last.rows.first().is_some_and(|row| is_standing(row) || named(row).is_some());
    if apart && let Some(headline) = last.rows.pop() {
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
    heads
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

/// Whether a row by its words is the subhead of those above it.
fn is_subhead(row: &Words, over: &[Words]) -> bool {
    over.last().is_some_and(|above| goes_on(row, above) || is_detail(row, above)) || is_deck(row, over)
}

/// `总投资286亿元` below a longer headline without a figure: how much, how many.
fn is_figure(row: &Words, above: &Words) -> bool {
    let counts = |row: &Words| row.folded.iter().any(char::is_ascii_digit);
    let behind = row.folded.iter().rev().take_while(|c| !c.is_ascii_digit()).count();
    let (wide, over) = (width(&row.printed(row.all())), width(&above.printed(above.all())));
    let figure = counts(row) && behind <= UNIT && wide <= FIGURE && !row.folded.contains(&' ');
    figure && wide < over && over >= WHOLE && !counts(above) && !is_column(above)
}

/// Whether a row goes on from the one above it: they are headline and subhead.
fn goes_on(row: &Words, above: &Words) -> bool {
    GOES_ON.iter().any(|w| begins(&row.folded, w)) && !is_column(above)
}

/// Whether a row says what a meeting that a row above names did, or who led it.
fn is_deck(row: &Words, above: &[Words]) -> bool {
    let meets = |row: &Words| {
        let text: String = row.folded.iter().collect();
        MEETINGS.iter().any(|w| text.contains(w))
    };
    above.iter().any(meets)
        && (DECK_BEGINS.iter().any(|w| begins(&row.folded, w)) || DECK_ENDS.iter().any(|w| ends(&row.folded, w)))
}

/// `清自然资告字〔2025〕12号`
fn is_number_of_document(row: &Words) -> bool {
    let chars = &row.folded;
    let year = chars.iter().position(|c| *c == '[').and_then(|at| chars.get(at + 1..)?.get(..5));
    year.is_some_and(|year| year[4] == ']' && year[..4].iter().all(char::is_ascii_digit)) && ends(chars, "号")
}

/// Whether a row is set in smaller type: much longer than the one above, or two halves under a whole.
fn is_small(row: &Words, above: &Words, alone: bool) -> bool {
    let (wide, over) = (width(&row.printed(row.all())), width(&above.printed(above.all())));
    let halves: Vec<usize> = row.folded.split(|c| *c == ' ').filter(|h| !h.is_empty()).map(<[char]>::len).collect();
    let halved = matches!(halves[..], [a, b] if a >= HALF && b >= HALF);
    let whole = over >= WHOLE && !above.folded.contains(&' ');
    (halved && whole && wide + 4 > over) || (alone && wide * 2 > over * 3 && wide >= SUBHEAD)
}

/// Whether a row tells more than a headline does: it has commas where the one above has none, or quotes somebody by name
/// (`房署：明年首季推…`) below a headline of two halves.
fn is_detail(row: &Words, above: &Words) -> bool {
    let pauses = |row: &Words| row.folded.iter().any(|c| matches!(c, ',' | ';'));
    let quotes = row.folded.iter().position(|c| *c == ':').is_some_and(|at| (2..=SPEAKER).contains(&at));
    let asks = row.folded.last().is_some_and(|c| matches!(c, '?' | '!'));
    let over = width(&above.printed(above.all()));
    // `单月消费满50元打9折 满100元打8折`
    let counts = |half: &[char]| half.iter().any(char::is_ascii_digit);
    let halves: Vec<&[char]> = row.folded.split(|c| *c == ' ').filter(|half| !half.is_empty()).collect();
    let figures = halves.len() > 1 && halves.iter().all(|half| counts(half)) && !above.folded.contains(&' ');
    is_number_of_document(row)
        || (figures && over >= WHOLE && !is_column(above))
        || (pauses(row) && !asks && over >= WHOLE && !pauses(above) && !is_column(above))
        || (quotes && above.folded.contains(&' '))
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
    columns.iter().flat_map(|b| &b.rows).for_each(|row| standing.column(&Words::new(row)));
    heads.columns.splice(0..0, standing.columns);
    heads.asides.extend(standing.asides);
    heads
}

/// `瞬间`, `光影澜江`: no picture's own headline is so short, or says in so few words that it is a picture.
fn is_too_short(words: &Words) -> bool {
    let bare: Vec<char> = words.folded.iter().copied().filter(|c| c.is_alphanumeric()).collect();
    let says = || PICTURE_WORDS.iter().any(|word| begins(&bare, word) || ends(&bare, word));
    bare.len() <= SHORTEST || (bare.len() <= STANDING && says())
}

/// Whether a head is a standing head of pictures.
pub(crate) fn is_picture_column(words: &Words) -> bool {
    let bare: String = words.folded.iter().filter(|c| c.is_alphanumeric()).collect();
    PICTURE_COLUMNS.contains(&bare.as_str())
}

/// Whether a head is a standing head: known, or bracketed as only those are.
pub(crate) fn is_column(words: &Words) -> bool {
    let bare: String = words.folded.iter().filter(|c| c.is_alphanumeric()).collect();
    let bracketed = matches!((words.folded.first(), words.folded.last()), (Some('['), Some(']')));
    // `●城事`
    let marked = words.folded.first().is_some_and(|c| MARKS.contains(*c)) && (2..=8).contains(&bare.chars().count());
    // `产业新观察①`
    let numbered = words.folded.last().is_some_and(|c| ('①'..='⑳').contains(c)) && words.len() <= MAX_NAME;
    bracketed || marked || numbered || COLUMNS.contains(&bare.as_str()) || PICTURE_COLUMNS.contains(&bare.as_str())
}

/// `作风深化 实干争先`: two halves of four to eight characters, as long as each other or nearly so.
fn is_slogan(words: &Words) -> bool {
    let halves: Vec<usize> = words.folded.split(|c| *c == ' ').filter(|h| !h.is_empty()).map(<[char]>::len).collect();
    matches!(halves[..], [a, b] if (4..=8).contains(&a) && (4..=8).contains(&b))
        && words.folded.iter().all(|c| is_han(*c) || *c == ' ')
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
    row.trim_matches(|c| "【】［］[]〔〕〖〗■□◆●★☆".contains(c)).trim().to_owned()
}

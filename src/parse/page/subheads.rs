//! Two rows over a text → whether the lower is the upper's subhead, by its words, its figures and its width.

use super::columns::is_column;
use super::letters::{Words, begins, ends, width};
use super::names::is_plain_name;

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
/// What stands before a headline's colon and says what kind of piece it is: no kicker begins so.
const GENRES: [&str; 14] = [
    "特稿",
    "特写",
    "通讯",
    "专访",
    "独家",
    "独家专访",
    "调查",
    "深度调查",
    "记者调查",
    "观察",
    "人物",
    "对话",
    "专题",
    "快评",
];
/// What a headline over such a subhead speaks of.
const MEETINGS: [&str; 6] = ["会", "调研", "活动", "考察", "检查", "仪式"];
/// How a line begins that says what a meeting did.
const DECK_BEGINS: [&str; 14] = [
    "聚焦“",
    "围绕“",
    "审议",
    "传达",
    "听取",
    "研究",
    "部署",
    "讨论",
    "学习",
    "贯彻",
    "表决",
    "通报",
    "动员",
    "安排部署",
];
/// How a line ends that says who led it.
const DECK_ENDS: [&str; 9] = ["主持", "讲话", "出席", "主持会议", "出席会议", "作出批示", "致辞", "参加", "工作报告"];
/// What leaders do, at the end of a line that names them; the longer ones first.
const LED: [&str; 20] = [
    "主持会议并讲话",
    "出席会议并讲话",
    "主持并讲话",
    "出席并讲话",
    "参加并讲话",
    "出席并致辞",
    "主持会议",
    "出席会议",
    "参加会议",
    "参加调研",
    "参加活动",
    "出席活动",
    "作出批示",
    "作报告",
    "主持",
    "讲话",
    "出席",
    "参加",
    "致辞",
    "陪同",
];
/// Offices that stand before their names.
const OFFICES: [&str; 12] =
    ["书记", "市长", "县长", "区长", "省长", "州长", "镇长", "乡长", "主任", "主席", "部长", "秘书长"];
/// How a line under a headline begins that says what its reporter did: no headline does.
const WENT: [&str; 6] = ["记者走访", "记者探访", "记者调查", "记者实测", "记者体验", "本报记者"];
/// Under a question a line that ends so says who answers it.
const ANSWERS: [&str; 3] = ["答问", "答记者问", "答读者问"];
/// Who tells what a subhead says.
const TELLERS: [&str; 12] =
    ["专家", "业内", "居民", "市民", "村民", "商家", "官方", "警方", "校方", "院方", "部门", "网友"];
/// Such a line names no more people.
const MAX_LEADERS: usize = 4;
/// A subhead in the second of two lines is at least so wide, in half ems.
const SUBHEAD: usize = 32;
/// Each of two halves of a subhead is at least so long, in characters, under a headline at least so wide, in half ems.
const HALF: usize = 5;
const WHOLE: usize = 16;

/// Behind such a word a headline has more characters.
const HEADLINE: usize = 6;
/// A subhead that says how much is no wider, in half ems, and its unit no longer, in characters.
const FIGURE: usize = 28;
const UNIT: usize = 3;
/// Each half of one that says two things is no longer, in characters.
const SHORT_HALF: usize = 7;
/// Who is quoted in a subhead has a name no longer, in characters.
const SPEAKER: usize = 6;

/// Whether a row by its words is the subhead of those above it.
pub(super) fn is_subhead(row: &Words, over: &[Words]) -> bool {
    over.last().is_some_and(|above| goes_on(row, above) || is_detail(row, above) || tells_genre(above))
        || is_deck(row, over)
        || (counts_part(row) && over.last().is_some_and(|above| !is_column(above)))
        || (over.last().is_some_and(|above| !is_column(above)) && is_led(row))
}

/// `进口量同比增21% 专家预计春节前难大涨` below a headline that has a kicker: two halves, of which one
/// counts or says who told it, or one clause that says who asks for what.
pub(super) fn is_told_by(row: &Words, above: &Words) -> bool {
    let halves: Vec<&[char]> = row.folded.split(|c| *c == ' ').filter(|half| half.len() >= HALF).collect();
    let tells = |half: &&[char]| TELLERS.iter().any(|word| begins(half, word));
    let counts = |half: &&[char]| half.iter().any(char::is_ascii_digit);
    let over = width(&above.printed(above.all()));
    // `专家建议将押金纳入监管`
    let advises = TELLERS.iter().any(|word| begins(&row.folded, word)) && !row.folded.contains(&' ');
    let plain = |c: &char| !matches!(c, ' ' | ',') && !c.is_ascii_digit();
    let told = halves.len() == 2 && halves.iter().any(|half| tells(half) || counts(half));
    over >= WHOLE && (advises || (told && above.folded.iter().all(plain)))
}

/// `总投资286亿元` below a longer headline without a figure: how much, how many.
pub(super) fn is_figure(row: &Words, above: &Words) -> bool {
    let counts = |row: &Words| row.folded.iter().any(char::is_ascii_digit);
    let behind = row.bare().chars().rev().take_while(|c| !c.is_ascii_digit()).count();
    let (wide, over) = (width(&row.printed(row.all())), width(&above.printed(above.all())));
    let figure = counts(row) && behind <= UNIT && wide <= FIGURE && !row.folded.contains(&' ');
    // `全长86公里 工期四年`
    let halves = || row.folded.split(|c| *c == ' ').all(|half| half.len() <= SHORT_HALF);
    let figures = counts(row) && row.folded.contains(&' ') && !above.folded.contains(&' ') && halves();
    (figure || figures) && wide < over && over >= WHOLE && !counts(above) && !is_column(above)
}

/// Whether a row goes on from the one above it: they are headline and subhead.
fn goes_on(row: &Words, above: &Words) -> bool {
    GOES_ON.iter().any(|w| begins(&row.folded, w)) && !is_column(above)
}

/// `特稿：老街最后的修伞匠`: a headline, by the word before its colon and what stands behind it.
fn tells_genre(row: &Words) -> bool {
    let Some(colon) = row.folded.iter().position(|c| *c == ':') else { return false };
    let genre: String = row.folded[..colon].iter().collect();
    GENRES.contains(&genre.as_str()) && row.len() - colon > HEADLINE
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

/// `方立诚主持`, `方立诚出席并讲话 顾明哲等参加`: who led what a headline tells of, and nothing else.
fn is_led(row: &Words) -> bool {
    let mut names = 0;
    let mut led = false;
    for part in row.folded.split(|c| matches!(c, ' ' | '、')).filter(|part| !part.is_empty()) {
        let deed = LED.iter().find(|deed| ends(part, deed)).map_or(0, |deed| deed.chars().count());
        let name = &part[..part.len() - deed];
        let name = name.strip_suffix(&['等']).unwrap_or(name);
        // `县委书记周建华主持`
        let office = (deed > 0).then(|| OFFICES.iter().find_map(|office| behind(name, office))).flatten();
        let name = office.unwrap_or(name);
        if !(is_plain_name(name) || (deed > 0 && name.is_empty())) {
            return false;
        }
        names += usize::from(!name.is_empty());
        led = deed > 0;
    }
    led && (1..=MAX_LEADERS).contains(&names)
}

/// What stands behind a word in the middle of some characters.
fn behind<'c>(chars: &'c [char], word: &str) -> Option<&'c [char]> {
    let at = (1..chars.len()).find(|at| super::letters::begins(&chars[*at..], word)).unwrap_or(0);
    let starts = super::letters::begins(&chars[at..], word);
    starts.then(|| &chars[at + word.chars().count()..])
}

/// `⑫`, `（十二）`, `（上）` below the title of what is printed in parts: no headline is a number.
fn counts_part(row: &Words) -> bool {
    let counts =
        |c: &char| "()[]第一二三四五六七八九十百之上中下 ".contains(*c) || matches!(c, '①'..='⑳') || c.is_ascii_digit();
    !row.folded.is_empty() && row.folded.iter().all(counts)
}

/// `清自然资告字〔2025〕12号`
pub(super) fn is_number_of_document(row: &Words) -> bool {
    let chars = &row.folded;
    let year = chars.iter().position(|c| *c == '[').and_then(|at| chars.get(at + 1..)?.get(..5));
    year.is_some_and(|year| year[4] == ']' && year[..4].iter().all(char::is_ascii_digit)) && ends(chars, "号")
}

/// Whether a row is set in smaller type: much longer than the one above, or two halves under a whole.
pub(super) fn is_small(row: &Words, above: &Words, alone: bool) -> bool {
    let (wide, over) = (width(&row.printed(row.all())), width(&above.printed(above.all())));
    let halves: Vec<usize> = row.folded.split(|c| *c == ' ').filter(|h| !h.is_empty()).map(<[char]>::len).collect();
    let halved = matches!(halves[..], [a, b] if a >= HALF && b >= HALF);
    let whole = over >= WHOLE && !above.folded.contains(&' ');
    (halved && whole && wide + 4 > over) || (alone && wide * 2 > over * 3 && wide >= SUBHEAD)
}

/// Whether a row tells more than a headline does: it has commas where the one above has none, or quotes somebody by name
/// (`房署：明年首季推…`) below a headline of two halves, or in two halves
/// below a question.
fn is_detail(row: &Words, above: &Words) -> bool {
    let pauses = |row: &Words| row.folded.iter().any(|c| matches!(c, ',' | ';'));
    let quotes = row.folded.iter().position(|c| *c == ':').is_some_and(|at| (2..=SPEAKER).contains(&at));
    let asks = row.folded.last().is_some_and(|c| matches!(c, '?' | '!'));
    let over = width(&above.printed(above.all()));
    // `单月消费满50元打9折 满100元打8折`
    let counts = |half: &[char]| half.iter().any(char::is_ascii_digit);
    let halves: Vec<&[char]> = row.folded.split(|c| *c == ' ').filter(|half| !half.is_empty()).collect();
    let figures = halves.len() > 1 && halves.iter().all(|half| counts(half)) && !above.folded.contains(&' ');
    let asked = above.folded.last() == Some(&'?') && ANSWERS.iter().any(|word| ends(&row.folded, word));
    // `记者走访五个老旧小区：充电桩有了，车主为何不愿用？`
    let went = WENT.iter().any(|word| begins(&row.folded, word)) && over >= WHOLE && !is_column(above);
    asked
        || went
        || is_number_of_document(row)
        || (figures && over >= WHOLE && !is_column(above))
        || (pauses(row) && !asks && over >= WHOLE && !pauses(above) && !is_column(above))
        || (quotes && (above.folded.contains(&' ') || (above.folded.last() == Some(&'?') && halves.len() > 1)))
}

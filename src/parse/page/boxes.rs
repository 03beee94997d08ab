//! What stands on a page beside its articles: index boxes, small advertisements, weather, rules, and jumps to other pages.

use std::ops::Range;

use super::folio::edition;
use super::letters::{Words, first_of};

/// Heads of boxes that only point to other pages.
const INDEXES: [&str; 9] =
    ["导读", "今日导读", "要闻导读", "本期导读", "版面导读", "今日看点", "导读栏", "索引", "新闻导读"];
/// Heads of small advertisements.
const CLASSIFIEDS: [&str; 7] = ["遗失声明", "遗失公告", "分类信息", "分类广告", "广告", "遗失启事", "便民信息"];
/// What is lost is told in no more characters.
const LONGEST_LOSS: usize = 60;
/// How heads of a part of the page end that stand over several short pieces (`简讯`, `县域短波`, `新闻速览`).
const PARTS: [&str; 24] = [
    "动态",
    "连线",
    "掠影",
    "传真",
    "扫描",
    "一览",
    "资讯",
    "速递",
    "播报",
    "简讯",
    "快报",
    "短讯",
    "快讯",
    "简报",
    "短波",
    "速览",
    "微新闻",
    "短新闻",
    "简明新闻",
    "一句话新闻",
    "新闻集锦",
    "要闻集锦",
    "短新闻集纳",
    "新闻集纳",
];
/// How lines beside a code begin and end; none is longer, in characters.
const SCANS: [&str; 6] = ["扫码", "扫一扫", "扫描二维码", "扫描上方", "扫描下方", "请扫"];
const SCANNED: [&str; 11] =
    ["视频", "直播", "全文", "更多", "更多内容", "更多精彩", "更多详情", "详情", "音频", "二维码", "客户端"];
const LONGEST_SCAN: usize = 14;
/// How what an account asks of its readers begins and ends; it is no longer, in characters.
const CALLS: [&str; 9] = ["点击", "点上方", "戳", "长按", "扫码", "扫一扫", "微信扫一扫", "识别", "扫描"];
const CALLED: [&str; 5] = ["关注我们", "点击关注", "关注公众号", "关注该公众号", "二维码关注"];
const LONGEST_CALL: usize = 24;
/// Heads of weather boxes that headlines may be too.
const WEATHER: [&str; 5] = ["天气", "天气预报", "今日天气", "天气趋势", "气象"];
/// How lines of a weather box begin.
const DAYS: [&str; 17] = [
    "今天", "今日", "今晚", "今夜", "明天", "明日", "后天", "白天", "夜间", "城区", "未来", "市区", "多云", "晴", "阴",
    "小雨", "中雨",
];
/// What they tell.
const SKIES: [&str; 10] = ["℃", "多云", "晴", "阴", "雨", "雪", "风", "气温", "级", "湿度"];
/// So much of it makes a line weather.
const SKY: usize = 3;
/// A line of a weather box is no longer, in characters.
const LONGEST_WEATHER: usize = 80;
/// A forecast in whole sentences is no longer.
const LONGEST_FORECAST: usize = 160;
/// A line of so many strokes, stars or dots is drawn; fewer may be torn off a sentence.
const MIN_RULE: usize = 3;
/// What says that more stands on another page, before the page's number, is no longer, in characters.
const LONGEST_REFERENCE: usize = 8;
/// The head of a part is no longer, in characters.
const MAX_PART_HEAD: usize = 6;

/// Whether a line is the head of a box that only points to other pages.
pub(crate) fn is_index(words: &Words) -> bool {
    is_any(words, &INDEXES)
}

/// `今日看点 14:00 五套 羽毛球世锦赛`: an index and its head on one line.
pub(crate) fn begins_index(words: &Words) -> bool {
    let end = words.folded.iter().position(|c| *c == ' ').unwrap_or(0);
    INDEXES.contains(&words.printed(0..end).as_str())
}

/// Whether a line ends by pointing to a page (`… 02版`, `… A04`).
pub(crate) fn points_to_page(words: &Words) -> bool {
    let Some(space) = words.folded.iter().rposition(|c| matches!(c, ' ' | '…' | '.' | '>' | '(')) else {
        return false;
    };
    let last: Vec<char> = words.folded[space + 1..].iter().copied().filter(|c| *c != ')').collect();
    let page = last.strip_prefix(&['见']).unwrap_or(&last);
    let page = page.strip_prefix(&['详']).unwrap_or(page);
    edition(page).is_some_and(|section| section.is_none())
}

/// Whether a line begins with the page that it points to (`A03 社区有了自己的合唱团`).
pub(crate) fn points_from_page(words: &Words) -> bool {
    let Some(space) = words.folded.iter().position(|c| *c == ' ') else { return false };
    let page = &words.folded[..space];
    let lettered = matches!(page, [letter, number @ ..] if letter.is_ascii_uppercase()
        && number.len() == 2 && number.iter().all(char::is_ascii_digit));
    (lettered || edition(page).is_some_and(|section| section.is_none())) && space + 3 < words.len()
}

/// `更多报道见A02版`, `相关报道详见第三版`
pub(crate) fn is_reference(words: &Words) -> bool {
    let Some(at) = words.folded.iter().position(|c| *c == '见') else { return false };
    let page = words.skip_space(at + 1);
    at <= LONGEST_REFERENCE
        && first_of(&words.folded, &["更多", "相关", "详细", "详见", "全文", "报道"]).is_some()
        && edition(&words.folded[page..]).is_some_and(|section| section.is_none())
}

/// Whether a line is the head of small advertisements.
pub(crate) fn is_classified_head(words: &Words) -> bool {
    is_any(words, &CLASSIFIEDS)
}

/// Whether a text is a small advertisement.
pub(crate) fn is_classified(words: &Words) -> bool {
    let text: String = words.folded.iter().collect();
    words.len() <= 160
        && (text.contains("声明作废") || text.ends_with("作废。") || text.ends_with("作废") || text.starts_with("遗失"))
}

/// `遗失 陈某身份证，声明作废。`: a small advertisement that says by itself what it is.
pub(crate) fn is_loss(words: &Words) -> bool {
    words.starts(0, "遗失") && words.len() <= LONGEST_LOSS && is_classified(words) && words.bare().contains("作废")
}

/// Whether a line is the standing head of a part of the page, over several pieces.
pub(crate) fn is_part_head(words: &Words) -> bool {
    let bare = words.bare();
    bare.chars().count() <= MAX_PART_HEAD && PARTS.iter().any(|part| bare.ends_with(part))
}

/// `扫码看视频`, `扫描二维码观看直播`: what stands beside a code.
pub(crate) fn is_scan(words: &Words) -> bool {
    let text: String = words.folded.iter().collect();
    words.len() <= LONGEST_SCAN
        && SCANS.iter().any(|word| text.starts_with(word))
        && SCANNED.iter().any(|word| text.ends_with(word))
}

/// `点击蓝字关注我们`, `阅读原文`, `点个“在看”`: what an account on phones asks of its readers.
pub(crate) fn is_call(words: &Words) -> bool {
    let bare = words.bare();
    let begins = |word: &&str| bare.starts_with(word);
    let ends = |word: &&str| bare.ends_with(word);
    // `点击率下降引关注` is a headline.
    let is_asked = bare.contains("蓝字") || CALLED.iter().any(ends);
    let follow = CALLS.iter().any(begins) && bare.contains("关注") && is_asked;
    let more = bare == "阅读原文" || bare.starts_with("点击阅读原文") || bare == "点击阅读全文";
    let like = bare.contains("在看") && ["点个", "点亮", "喜欢", "觉得"].iter().any(begins);
    words.len() <= LONGEST_CALL && (follow || more || like)
}

/// Whether a line is the head of a weather box, where a forecast stands below it.
pub(crate) fn is_weather_head(words: &Words) -> bool {
    is_any(words, &WEATHER)
}

/// Whether a line tells the weather.
pub(crate) fn is_weather(words: &Words) -> bool {
    // `天气预报 今天晚上到明天，我市阴转多云，气温14℃～21℃，偏北风2～3级。`
    if first_of(&words.folded, &["天气预报", "今日天气", "明日天气"]).is_some() && tells_sky(words) {
        return true;
    }
    if words.len() > LONGEST_WEATHER || words.folded.contains(&'。') {
        return false;
    }
    let text = || words.folded.iter().collect::<String>();
    let said = || SKIES.iter().filter(|sky| text().contains(*sky)).count();
    // `云州天气 今天:中到大雨 25~29℃ 东风3级`
    let headed = words.folded.iter().take(MAX_PART_HEAD).collect::<String>().contains("天气");
    (headed && said() >= SKY)
        || first_of(&words.folded, &["天气预报", "今日天气", "明日天气", "天气:", "天气 "]).is_some()
        || (first_of(&words.folded, &DAYS).is_some() && said() >= SKY)
}

/// Whether a text below the head of a weather box is the forecast.
pub(crate) fn is_forecast(words: &Words) -> bool {
    first_of(&words.folded, &DAYS).is_some() && tells_sky(words)
}

/// `云州 多云转晴 8℃～17℃` in a weather box.
pub(crate) fn is_forecast_of_place(row: &Words) -> bool {
    row.len() <= LONGEST_WEATHER
        && row.folded.contains(&'℃')
        && row.folded.contains(&' ')
        && !row.folded.contains(&'。')
}

fn tells_sky(words: &Words) -> bool {
    let text: String = words.folded.iter().take(LONGEST_FORECAST + 1).collect();
    words.len() <= LONGEST_FORECAST && SKIES.iter().filter(|sky| text.contains(*sky)).count() >= SKY
}

/// Whether a line is drawn, not written: `————`, `***`, `====`.
pub(crate) fn is_rule(words: &Words) -> bool {
    words.len() >= MIN_RULE && words.folded.iter().all(|c| " —-=*_~·#+…⋯.↑↓⇑⇓👆👇".contains(*c))
}

fn is_any(words: &Words, table: &[&str]) -> bool {
    table.contains(&words.bare().as_str())
}

/// Whether a line says only that an article goes on elsewhere or began there: `（下转第三版）`, `▶上接1版`.
pub(crate) fn is_jump(words: &Words) -> bool {
    let bare: Vec<char> = words.bare().chars().collect();
    let page = first_of(&bare, &["上接", "下转", "紧接"]).map(|(_, length)| &bare[length..]);
    // `上接一版`
    let written = |page: &[char]| edition(&[&['第'], page].concat()) == Some(None);
    jump(words).is_some_and(|jump| jump == words.all())
        || page.is_some_and(|page| edition(page) == Some(None) || written(page))
}

/// Whether a jump line says that the article began on another page.
pub(crate) fn goes_on_here(words: &Words) -> bool {
    first_of(&words.bare().chars().collect::<Vec<_>>(), &["上接", "紧接", "接第"]).is_some()
}

/// Where a jump (`(下转第三版)`, `（上接第一版）`) stands in the words.
pub(crate) fn jump(words: &Words) -> Option<Range<usize>> {
    let chars = &words.folded;
    let from_start = chars.first() == Some(&'(');
    let open = if from_start { 0 } else { chars.iter().rposition(|c| *c == '(')? };
    let close = chars[open..].iter().position(|c| *c == ')')? + open;
    let at_end = close + 1 == chars.len();
    let inner: String = chars[open + 1..close].iter().filter(|c| **c != ' ').collect();
    let said = ["下转", "上接", "紧接", "转第", "接第", "详见", "相关报道见"].iter().any(|w| inner.starts_with(w));
    (said && inner.contains('版') && inner.chars().count() <= 14 && (from_start || at_end)).then_some(open..close + 1)
}

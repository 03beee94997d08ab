//! Printed characters → the characters they are matched as: half and full width, simplified and traditional, one for one.
//! Nothing of this is ever published: positions in the folded text are positions in the printed text.

use std::ops::Range;
use std::rc::Rc;
use std::sync::LazyLock;

pub(crate) use crate::article::is_han;

/// Traditional characters of the genre's fixed words, so that every table is written once, in simplified.
const TRADITIONAL: &str = "報訊記員電題攝編輯圖導實習約責綜聞視華網際國內專學區縣鄉鎮鏈關評論審組監製執總張陳劉楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭葉蘇呂盧蔣賈魯韋範鄒陸譚鍾萬賴錢湯龔龐樊顧齊歐賀嚴駱單應譯撰發為現場轉見續據訂謹農曆禮聯繫郵週號統價傳遺聲擬處館業廳醫團隊臺黨會務衛養陽龍閱設計劃繪彙連讀來啟碼氣預創樂園觀壇藝廠鐵欄載選頻財經產濟時體運動競賽藥環鏡頭筆訪談說話問誌紀錄點於與後終輪換東邊灣島廣莊塊戶億麗偉傑榮鳳蘭慶軍輝勝瑩瓊紅維綠聰艷詩謙豐貴賢遠雲靜順飛鴻寶愛懷曉濤獻瑋錦銘顏項齡喬倫倉簡塗淩鞏閻閆饒婁蘆車戰歸殺衝災險費稅銀買賣貨願誤啓佈標購徵獎證稱從對爲爾還這裏裡個們麼過進達開門間頁類顯風飯驗鬥魚鳥麥術";
/// The same in simplified, in the same order.
const SIMPLIFIED: &str = "报讯记员电题摄编辑图导实习约责综闻视华网际国内专学区县乡镇链关评论审组监制执总张陈刘杨黄赵吴孙马罗郑谢许韩冯邓萧叶苏吕卢蒋贾鲁韦范邹陆谭钟万赖钱汤龚庞樊顾齐欧贺严骆单应译撰发为现场转见续据订谨农历礼联系邮周号统价传遗声拟处馆业厅医团队台党会务卫养阳龙阅设计划绘汇连读来启码气预创乐园观坛艺厂铁栏载选频财经产济时体运动竞赛药环镜头笔访谈说话问志纪录点于与后终轮换东边湾岛广庄块户亿丽伟杰荣凤兰庆军辉胜莹琼红维绿聪艳诗谦丰贵贤远云静顺飞鸿宝爱怀晓涛献玮锦铭颜项龄乔伦仓简涂凌巩阎闫饶娄芦车战归杀冲灾险费税银买卖货愿误启布标购征奖证称从对为尔还这里里个们么过进达开门间页类显风饭验斗鱼鸟麦术";

/// The common Chinese characters, each by its place behind the first: what it is matched as. Every character of a text is
/// asked several times.
static SIMPLE: LazyLock<Box<[char]>> = LazyLock::new(|| {
    let mut simple: Box<[char]> = (FIRST_HAN..=LAST_HAN).collect();
    for (traditional, simplified) in TRADITIONAL.chars().zip(SIMPLIFIED.chars()) {
        if let Some(place) = simple.get_mut((traditional as usize).wrapping_sub(FIRST_HAN as usize)) {
            *place = simplified;
        }
    }
    simple
});
const FIRST_HAN: char = '\u{4e00}';
const LAST_HAN: char = '\u{9fff}';

/// A table's words are no longer with all the marks about them, in characters.
const LONGEST_BARE: usize = 40;

/// Marks that papers set before credits, captions and bylines.
pub(crate) const MARKS: &str = "■□◆◇●○▲△▼▽★☆▶►◎※▍▌▎▏▪▫◤◥◢◣❖➤▷▸";

/// The character that `c` is matched as.
pub(crate) fn fold(c: char) -> char {
    if (FIRST_HAN..=LAST_HAN).contains(&c) && c != '丨' {
        return SIMPLE.get(c as usize - FIRST_HAN as usize).copied().unwrap_or(c);
    }
    match c {
        '\u{3000}' | '\u{a0}' | '\t' | '\u{2002}'..='\u{200a}' => ' ',
        '•' | '・' | '‧' | '．' => '·',
        '【' | '［' | '〔' | '〖' => '[',
        '】' | '］' | '〕' | '〗' => ']',
        '「' | '『' => '“',
        '」' | '』' => '”',
        '―' | '─' | '–' => '—',
        // What Big5 has for a full-width stroke, and what stands for a colon below texts on phones (`编辑丨林晓`).
        '∕' => '/',
        '丨' => ':',
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// The bracket that closes a folded one.
pub(crate) fn closing_bracket(open: char) -> Option<char> {
    match open {
        '[' => Some(']'),
        '(' => Some(')'),
        _ => None,
    }
}

/// Width in half ems: a Chinese or full-width character is 2, an ASCII one 1.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(half_ems).sum()
}

fn half_ems(c: char) -> usize {
    if c.is_ascii() { 1 } else { 2 }
}

/// A piece of text twice: as printed, and as matched, character for character. A copy shares them: a line is its block too.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    printed: Rc<[char]>,
    /// What tables and grammars look at.
    pub(crate) folded: Rc<[char]>,
}

impl Words {
    pub(crate) fn new(text: &str) -> Self {
        let printed: Rc<[char]> = text.chars().collect();
        let folded = printed.iter().copied().map(fold).collect();
        Self { printed, folded }
    }

    /// All of it as printed.
    pub(crate) fn text(&self) -> String {
        self.printed.iter().collect()
    }

    /// Its width in half ems, as [`width`] has it.
    pub(crate) fn width(&self) -> usize {
        self.printed.iter().copied().map(half_ems).sum()
    }

    /// How many characters.
    pub(crate) fn len(&self) -> usize {
        self.printed.len()
    }

    /// The whole range.
    pub(crate) fn all(&self) -> Range<usize> {
        0..self.len()
    }

    /// The words of a range as printed, trimmed.
    pub(crate) fn printed(&self, range: Range<usize>) -> String {
        self.printed.get(range).unwrap_or_default().iter().collect::<String>().trim().to_owned()
    }

    /// Its letters and digits, as tables of names hold them; nothing where it is too long to be a name.
    pub(crate) fn bare(&self) -> String {
        let short = self.len() <= LONGEST_BARE;
        self.folded.iter().filter(|c| short && (is_han(**c) || c.is_alphanumeric())).collect()
    }

    /// Whether the folded text of `at..` begins with `word`.
    pub(crate) fn starts(&self, at: usize, word: &str) -> bool {
        begins(self.folded.get(at..).unwrap_or_default(), word)
    }

    /// The first position at or after `at` that is no space.
    pub(crate) fn skip_space(&self, at: usize) -> usize {
        at + self.folded.get(at..).unwrap_or_default().iter().take_while(|c| **c == ' ').count()
    }

    /// The range without spaces at its ends.
    pub(crate) fn trim(&self, range: Range<usize>) -> Range<usize> {
        let Some(part) = self.folded.get(range.clone()) else { return range };
        let head = part.iter().take_while(|c| **c == ' ').count();
        if head == part.len() {
            return range.start..range.start;
        }
        let tail = part.iter().rev().take_while(|c| **c == ' ').count();
        range.start + head..range.end - tail
    }
}

/// Whether characters begin with `word`.
pub(crate) fn begins(chars: &[char], word: &str) -> bool {
    let mut rest = chars.iter();
    word.chars().all(|w| rest.next() == Some(&w))
}

/// Whether characters end with `word`.
pub(crate) fn ends(chars: &[char], word: &str) -> bool {
    let mut rest = chars.iter().rev();
    word.chars().rev().all(|w| rest.next() == Some(&w))
}

/// The first of `words` that the characters begin with, and its length.
pub(crate) fn first_of<'w>(chars: &[char], words: &[&'w str]) -> Option<(&'w str, usize)> {
    words.iter().find(|w| begins(chars, w)).map(|w| (*w, w.chars().count()))
}

/// Length of a printed `M月D日` at the start of the characters.
pub(crate) fn month_day(chars: &[char]) -> Option<usize> {
    let month = digits(chars, 2)?;
    if chars.get(month) != Some(&'月') {
        return None;
    }
    let day = digits(chars.get(month + 1..)?, 2)?;
    (chars.get(month + 1 + day) == Some(&'日')).then_some(month + day + 2)
}

/// How many ASCII digits the characters begin with; none if there are none or more than `most`.
pub(crate) fn digits(chars: &[char], most: usize) -> Option<usize> {
    let count = chars.iter().take_while(|c| c.is_ascii_digit()).count();
    (1..=most).contains(&count).then_some(count)
}

/// The number that the first `count` characters write.
pub(crate) fn number(chars: &[char], count: usize) -> u32 {
    chars.iter().take(count).filter_map(|c| c.to_digit(10)).fold(0, |sum, d| sum.saturating_mul(10).saturating_add(d))
}

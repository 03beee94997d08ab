//! What may be a person's name: the only place that guesses by surname. All in folded characters.

use super::letters::{Words, begins, ends, is_han};

/// Surnames of one character that cover nearly all of China; the fold has made them simplified.
const SURNAMES: &str = "乐王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱丘侯江尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝封储谈阙危历扈楚濮郁昌凤冀谌原戎晋官肇占奚干竺权束逄展宿蔚计暴植狄茅鞠上水初幸强练帅衣雍云元钮殷晁揭经过花伏卿蔺赖洪贡伊季詹屠裘嵇芮荀隗宓郗郜邰郦郏庾訾阚逯邸禤冼匡莘蒯仝尉";
/// Surnames of two characters.
const COMPOUND: [&str; 26] = [
    "司空", "申屠", "长孙", "宇文", "轩辕", "淳于", "濮阳", "钟离", "呼延", "百里", "赫连", "拓跋", "欧阳", "上官",
    "司马", "诸葛", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "端木", "南宫",
];
/// Words of the genre that look like names.
const NOT_NAMES: [&str; 99] = [
    "季节",
    "季度",
    "季军",
    "季风",
    "季刊",
    "季后赛",
    "季前赛",
    "案例",
    "说法",
    "提醒",
    "点评",
    "背景",
    "现象",
    "问题",
    "对策",
    "建议",
    "分析",
    "链接",
    "现场",
    "观点",
    "解读",
    "事件",
    "结果",
    "原因",
    "手记",
    "单位",
    "调查",
    "观察",
    "日前",
    "近日",
    "今天",
    "昨天",
    "昨日",
    "今日",
    "获悉",
    "走访",
    "述评",
    "连线",
    "追踪",
    "专访",
    "感言",
    "探访",
    "笔记",
    "札记",
    "体验",
    "帮办",
    "出击",
    "来信",
    "之家",
    "协会",
    "节日",
    "文明",
    "文化",
    "安全",
    "高效",
    "时评",
    "时政",
    "金融",
    "经济",
    "农业",
    "农村",
    "农民",
    "成长",
    "成绩",
    "成就",
    "关注",
    "关于",
    "时间",
    "明天",
    "全市",
    "全省",
    "全国",
    "全面",
    "安排",
    "安居",
    "和谐",
    "和平",
    "方法",
    "方案",
    "高质量",
    "全媒体",
    "管理",
    "计划",
    "经过",
    "过年",
    "强化",
    "展望",
    "通告",
    "公告",
    "公示",
    "启事",
    "声明",
    "讣告",
    "游记",
    "云集",
    "上线",
    "高清",
    "原创",
    "新闻稿",
];
/// How standing heads end that begin like names (`冷知识`, `安全课堂`).
const HEAD_ENDS: [&str; 6] = ["知识", "常识", "百科", "攻略", "课堂", "故事"];
/// Last characters of places and houses, never of the persons a byline lists.
const PLACE_ENDS: &str = "区县市镇乡村街局院校厂社部版讯族";

/// What verse is called before its title (`七律·登望海楼`).
const VERSE_FORMS: [&str; 18] = [
    "七律",
    "七绝",
    "五律",
    "五绝",
    "水调歌头",
    "沁园春",
    "满江红",
    "浣溪沙",
    "蝶恋花",
    "西江月",
    "临江仙",
    "鹧鸪天",
    "如梦令",
    "清平乐",
    "念奴娇",
    "忆江南",
    "菩萨蛮",
    "采桑子",
];

/// The longest part of a name written with middle dots, in characters.
const MAX_PART: usize = 8;

/// A name where a byline has already said that one comes: two to four characters, or parts with middle dots.
pub(crate) fn is_name(chars: &[char]) -> bool {
    is_dotted(chars) || ((2..=4).contains(&chars.len()) && chars.iter().all(|c| is_han(*c)) && !is_word(chars))
}

/// Whose book it is, in brackets before the writer's name (`[英]`, `[宋]`).
const NATIONS: &str = "美英法德日俄苏印意加澳韩奥西葡希荷比瑞挪丹芬波捷匈土埃以智阿墨古秘哥爱新汉晋唐宋元明清";

/// `[英]毛姆`: the name behind the nation.
pub(super) fn behind_nation(chars: &[char]) -> Option<&[char]> {
    match chars {
        ['[' | '(', nation, ']' | ')', name @ ..] => {
            Some(name).filter(|name| NATIONS.contains(*nation) && name.len() > 1)
        }
        _ => None,
    }
}

/// `沈阿婆（化名）`: the name before what says that it is none.
pub(super) fn before_assumed(chars: &[char]) -> Option<&[char]> {
    chars.strip_suffix(&['(', '化', '名', ')']).filter(|name| !name.is_empty())
}

/// Whether a printed name is but a surname of two characters.
pub(crate) fn is_compound_surname(name: &str) -> bool {
    let folded: String = name.chars().map(super::letters::fold).collect();
    COMPOUND.contains(&folded.as_str())
}

/// A name where nothing but itself says so.
pub(crate) fn is_plain_name(chars: &[char]) -> bool {
    if is_dotted(chars) {
        return true;
    }
    let compound = COMPOUND.iter().any(|s| chars.len() > 2 && super::letters::begins(chars, s));
    let most = if compound { 4 } else { 3 };
    let known = compound || chars.first().is_some_and(|c| SURNAMES.contains(*c));
    known && chars.len() <= most && is_name(chars) && !chars.last().is_some_and(|c| PLACE_ENDS.contains(*c))
}

/// How units end that stand before a bare name.
const UNITS: &str = "院系班级校学园局镇乡县区市村站队厂社馆所司民部团连营店会委办处室科组联";
/// The same, where one character says too little.
const LONG_UNITS: [&str; 8] = ["中心", "街道", "医院", "集团", "供电所", "派出所", "研究所", "事务所"];

/// How the standing heads of sections are written with a dot too (`国际副刊·人物`).
const SECTIONS: [&str; 12] =
    ["副刊", "周刊", "新闻", "专版", "专题", "人物", "关注", "观察", "文化", "视点", "评论", "之声"];

/// `买买提·艾力`
fn is_dotted(chars: &[char]) -> bool {
    let standing = |part: &[char]| SECTIONS.iter().any(|word| super::letters::ends(part, word));
    chars.contains(&'·')
        && !chars.split(|c| *c == '·').any(standing)
        && !VERSE_FORMS.iter().any(|form| super::letters::begins(chars, form))
        && chars
            .split(|c| *c == '·')
            .all(|part| (1..=MAX_PART).contains(&part.len()) && part.iter().all(|c| is_han(*c)))
}

fn is_word(chars: &[char]) -> bool {
    NOT_NAMES.iter().any(|w| w.chars().eq(chars.iter().copied())) || HEAD_ENDS.iter().any(|w| ends(chars, w))
}

/// Whether it is the name of a house that people write from.
pub(crate) fn is_unit(chars: &[char]) -> bool {
    chars.len() >= 3
        && chars.iter().all(|c| is_han(*c) || c.is_ascii_digit() || matches!(c, '(' | ')'))
        && (chars.last().is_some_and(|c| UNITS.contains(*c))
            || LONG_UNITS.iter().any(|unit| ends(chars, unit))
            // `云州二中`
            || matches!(chars, [.., number, '中'] if "一二三四五六七八九十".contains(*number)))
}

/// Whether a line calls on whom a letter is to (`江城：`), or is the name of a place or a house set wide (`云 州 市 水 务 局`).
pub(super) fn is_address(chars: &[char]) -> bool {
    /// No person's name has so many characters.
    const MIN_SIGNS: usize = 5;
    let parts = || chars.split(|c| *c == ' ').filter(|part| !part.is_empty());
    let is_place = || {
        parts().all(|part| part.len() == 1)
            && parts().count() >= MIN_SIGNS
            && chars.last().is_some_and(|c| PLACE_ENDS.contains(*c))
    };
    chars.last() == Some(&':') || is_place()
}

/// A name run on into the sentence (`记者潘跃今天从…`): where it ends, if that can be seen.
pub(crate) fn run_on(words: &Words, start: usize) -> Option<usize> {
    const STOPS: [&str; 18] = [
        "今天",
        "昨天",
        "昨日",
        "今日",
        "近日",
        "日前",
        "从",
        "在",
        "获悉",
        "报道",
        "报导",
        "发自",
        "、",
        " ",
        ",",
        "摄",
        "了解",
        "通讯员",
    ];
    (start + 2..=start + 4).find(|at| {
        let rest = words.folded.get(*at..).unwrap_or_default();
        let dated = rest.first().is_some_and(char::is_ascii_digit);
        (dated || STOPS.iter().any(|s| begins(rest, s))) && is_plain_name(&words.folded[start..*at])
    })
}

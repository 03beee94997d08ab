//! The words that a page says of itself and of its house.

/// Section words that stand alone beside a page number.
pub(super) const SECTIONS: [&str; 40] = [
    "要闻", "综合", "国际", "国内", "城事", "副刊", "经济", "体育", "文化", "社会", "时政", "民生", "本地", "财经",
    "教育", "健康", "文娱", "娱乐", "评论", "理论", "专题", "专版", "广告", "县域", "法治", "生活", "科技", "天下",
    "中国", "世界", "热点", "视点", "聚焦", "深度", "焦点", "关注", "读书", "旅游", "三农", "新闻",
];
/// What stands before the names of those who made the page. None of them is an author.
pub(super) const EDITORS: [&str; 44] = [
    "责任编辑",
    "本版责编",
    "本版编辑",
    "值班编辑",
    "值班主任",
    "值班总编",
    "值班编委",
    "执行主编",
    "执行编辑",
    "文字编辑",
    "图片编辑",
    "美术编辑",
    "视觉编辑",
    "版面编辑",
    "新媒体编辑",
    "副总编辑",
    "总编辑",
    "副主编",
    "主编",
    "编辑",
    "责编",
    "图编",
    "版式",
    "版面",
    "组版",
    "校对",
    "检校",
    "美编",
    "制图",
    "审读",
    "初审",
    "复审",
    "终审",
    "一审",
    "二审",
    "三审",
    "审核",
    "校审",
    "审校",
    "监制",
    "视觉",
    "统筹",
    "签发",
    "编审",
];
/// Whether a line says who edited what stands above it, and nothing else: `（责任编辑：王芳）`.
pub(crate) fn names_editors(line: &str) -> bool {
    /// Names of editors stand in no sentence.
    const MAX_NAMES: usize = 80;
    if line.chars().nth(MAX_NAMES).is_some() || line.contains(['。', '！', '？', '”']) {
        return false;
    }
    let bare = line.trim_start_matches(['（', '(', '[', '【']);
    EDITORS.iter().any(|editor| bare.strip_prefix(editor).is_some_and(|names| names.starts_with([':', '：'])))
}

/// What begins the house's own particulars.
pub(super) const PARTICULARS: [&str; 38] = [
    "主管主办",
    "承办",
    "协办",
    "国内统一",
    "邮发代号",
    "总第",
    "今日",
    "本期",
    "新闻热线",
    "热线",
    "电话",
    "投稿邮箱",
    "投稿",
    "邮箱",
    "网址",
    "零售",
    "定价",
    "每份",
    "订阅",
    "广告热线",
    "发行热线",
    "社址",
    "地址",
    "邮编",
    "邮政编码",
    "主管",
    "主办",
    "出版",
    "印刷",
    "传真",
    "承印",
    "http",
    "www",
    "E-mail",
    "CN",
    "本版稿件",
    "本版图片",
    "本版照片",
];
/// Which of these an article may say too.
pub(super) const CONTACTS: [&str; 19] = [
    "主办",
    "主管",
    "承办",
    "协办",
    "热线",
    "电话",
    "传真",
    "网址",
    "邮箱",
    "地址",
    "邮编",
    "邮政编码",
    "出版",
    "定价",
    "http",
    "www",
    "E-mail",
    "投稿",
    "投稿邮箱",
];
/// Whose telephone or address is the house's own, by how its name begins.
pub(super) const OWN: [&str; 11] =
    ["本报", "本版", "本刊", "编辑部", "总编室", "采编", "新闻", "报料", "爆料", "广告", "发行"];
/// What stands about a page where papers show it on screens.
pub(super) const READER: [&str; 14] = [
    "上一版",
    "下一版",
    "上一篇",
    "下一篇",
    "放大",
    "缩小",
    "默认",
    "朗读",
    "打印",
    "返回目录",
    "版面概览",
    "版面导航",
    "标题导航",
    "返回首页",
];

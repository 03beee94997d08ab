//! Pages composed at random of items whose keys are known, in the layouts that pages are handed over in: what share of the
//! items comes out whole. The numbers are fixed, so that a run can be repeated.

use super::keyed::Keyed;

const HEADLINES: [&str; 20] = [
    "我市新增省级工业互联网平台三家",
    "澜江大桥夜间封闭检修",
    "“口袋公园”扮靓城市角落",
    "上半年全市外贸进出口增长12.6%",
    "市民中心推出“周末不打烊”服务",
    "全市秋收作业全面展开",
    "老旧小区加装电梯再提速",
    "一座百年粮仓的“新生”",
    "从“治水”到“亲水”",
    "“小网格”里的大民生",
    "市第二医院新院区启用 日接诊能力达八千人次",
    "高新区签约项目17个 总投资超百亿元",
    "谁来管管小区里的飞线充电？",
    "让“夕阳”更红",
    "菜市场里的“共享厨房”",
    "村村有了“法律明白人”",
    "三万亩滩涂变“绿洲”",
    "一碗馄饨里的乡愁",
    "检察建议“护航”外卖骑手",
    "海洋牧场里的年轻人",
];
const SENTENCES: [&str; 14] = [
    "项目总投资9.6亿元，建成后年产值可达12亿元。",
    "“过去要跑三四趟，现在一趟就办完了。”市民陈女士说。",
    "截至目前，全市已完成改造任务的86%，惠及居民4.2万户。",
    "负责人表示，下一步将继续优化流程，压缩时限。",
    "今年以来，我市坚持问题导向，聚焦群众急难愁盼，推出一批务实举措。",
    "在现场，工人们正冒着高温紧张施工，机器轰鸣声此起彼伏。",
    "“没想到这么快！”企业经办人连连点赞。",
    "活动持续三天，吸引参展商126家，现场成交额达3800万元。",
    "村里的老人说，这条路他们盼了十几年。",
    "记者在采访中看到，崭新的泵房里，六台机组一字排开。",
    "《澜江市电动自行车管理条例》自10月1日起施行，违规停放最高可罚200元。",
    "渔民老周把缆绳往桩上一套，跳上码头，喊了一声：“开秤喽！”。",
    "据介绍，新院区设床位1200张，开设临床科室38个。",
    "夜幕降临，河东老街华灯初上，游客三三两两走进茶馆，听一段评弹。",
];
const CROSSHEADS: [&str; 4] = ["钱从哪里来", "从“要我干”到“我要干”", "小院里的大变化", "前景可期"];
const NAMES: [&str; 12] =
    ["周岩", "韩立", "温庭", "白露", "林知秋", "罗家山", "顾长风", "梁知秋", "宋书文", "欧阳雪", "买买提·艾力", "石岚"];
const ROLES: [&str; 5] = ["记者", "通讯员", "见习记者", "全媒体记者", "首席记者"];
const FOLIOS: [&str; 5] = [
    "03版 综合 2025年9月5日 星期五",
    "澜江日报\n2025年9月5日 星期五\n第12034期 今日8版",
    "A05 城事\n2025年9月5日 星期五 责编 沈棠 美编 何苗",
    "第2版：要闻 2025-09-05",
    "B03 民生 2025.9.5 星期五 编辑：沈棠 校对：丁一鸣",
];
/// Characters in a line of a hard-wrapped column.
const COLUMN: usize = 22;

/// How a page is handed over.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Layout {
    /// A blank line between any two blocks.
    Blank,
    /// So too, and column breaks tear paragraphs apart.
    Torn,
    /// No blank line anywhere.
    Dense,
    /// Lines broken to the column, paragraphs indented.
    Wrapped,
}

/// Numbers that look random and are the same in every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % most as u64).unwrap()
    }

    fn one<'t>(&mut self, table: &[&'t str]) -> &'t str {
        table[self.below(table.len())]
    }

    fn paragraph(&mut self) -> String {
        (0..=self.below(3)).map(|_| self.one(&SENTENCES)).collect()
    }

    /// One or two groups of a role with a name, as printed and as a key has them.
    fn people(&mut self) -> (String, String) {
        let (first, second) = (self.below(NAMES.len()), self.below(NAMES.len()));
        let (reporter, other) = (self.one(&ROLES[..2]), self.one(&ROLES[2..]));
        let spread = |name: &str| {
            let chars: Vec<char> = name.chars().collect();
            if chars.len() == 2 { format!("{}\u{3000}{}", chars[0], chars[1]) } else { name.to_owned() }
        };
        if self.below(2) == 0 || first == second {
            return (format!("{reporter} {}", spread(NAMES[first])), format!("{reporter}:{}", NAMES[first]));
        }
        let printed = format!("{reporter} {} {other} {}", NAMES[first], spread(NAMES[second]));
        (printed, format!("{reporter}:{} {other}:{}", NAMES[first], NAMES[second]))
    }
}

/// An item: its key's line, its heads, its other blocks.
struct Item {
    key: String,
    heads: Vec<String>,
    blocks: Vec<String>,
}

fn item(dice: &mut Dice) -> Item {
    let headline = dice.one(&HEADLINES).to_owned();
    let (people, key) = dice.people();
    let mut blocks: Vec<String> = (0..=dice.below(3)).map(|_| dice.paragraph()).collect();
    let last = blocks.len() - 1;
    let article = |key: &str| format!("@ article | {headline} | {key}");
    let mut key = article(&key);
    match dice.below(12) {
        0..=4 => blocks[0].insert_str(0, &format!("本报讯（{people}）")),
        5 => blocks[last].push_str(&format!("（{people}）")),
        6 => {
            blocks[0].insert_str(0, "新华社日内瓦9月3日电（记者江远帆）");
            key = article("记者:江远帆");
        }
        7 => {
            blocks[0].insert_str(0, "据新华社电 ");
            key = article("");
        }
        8 | 9 => {
            blocks.push(dice.one(&CROSSHEADS).to_owned());
            blocks.push(dice.paragraph());
            blocks.insert(0, format!("{}本报{people}", dice.one(&["", "■ ", "□ "])));
        }
        10 => {
            let name = dice.one(&NAMES);
            let day = dice.below(28) + 1;
            blocks = vec![format!("9月{day}日，市民在滨江绿道骑行，享受秋日时光。 本报记者 {name} 摄")];
            return Item { key: format!("@ photo | | 记者:{name}"), heads: vec![], blocks };
        }
        _ => {
            blocks = vec![
                "因施工需要，自2025年9月8日起，河东路实行临时管制，请予配合。".to_owned(),
                "澜江市公安局交通警察支队".to_owned(),
                "2025年9月4日".to_owned(),
            ];
            let headline = "关于河东路封闭施工的通告".to_owned();
            return Item { key: format!("@ notice | {headline} |"), heads: vec![headline], blocks };
        }
    }
    let mut heads = vec![headline];
    if dice.below(8) == 0 {
        heads.insert(0, dice.one(&["奋战三季度 冲刺全年红", "清漪县", "记者调查"]).to_owned());
    }
    if dice.below(8) == 0 {
        heads.push("——河东老街改造侧记".to_owned());
    }
    Item { key, heads, blocks }
}

/// A page as a fixture of `keyed`.
fn page(seed: u64, layout: Layout) -> String {
    let mut dice = Dice(seed);
    let gap = if matches!(layout, Layout::Blank | Layout::Torn) { "\n\n" } else { "\n" };
    let mut fixture = format!("@ furniture\n{}{gap}", dice.one(&FOLIOS));
    for _ in 0..3 + dice.below(4) {
        let item = item(&mut dice);
        fixture += &format!("{}\n", item.key);
        item.heads.iter().for_each(|head| fixture += &format!("{head}{gap}"));
        for block in item.blocks {
            fixture += &laid_out(&block, layout, &mut dice);
            fixture += gap;
        }
    }
    fixture
}

fn laid_out(block: &str, layout: Layout, dice: &mut Dice) -> String {
    let chars: Vec<char> = block.chars().collect();
    let text = block.contains('。');
    match layout {
        Layout::Torn if text && chars.len() > 60 && dice.below(3) == 0 => {
            let inside = |at: &usize| !"。！？”）".contains(chars[at - 1]) && !"，。、；：！？”）".contains(chars[*at]);
            let at = (26 + dice.below(20)..chars.len() - 5).find(inside).unwrap_or(30);
            let half = |range: &[char]| range.iter().collect::<String>();
            format!("{}\n\n{}", half(&chars[..at]), half(&chars[at..]))
        }
        Layout::Wrapped if text => {
            let indented: Vec<char> = "\u{3000}\u{3000}".chars().chain(chars).collect();
            indented.chunks(COLUMN).map(|line| line.iter().collect()).collect::<Vec<String>>().join("\n")
        }
        _ => block.to_owned(),
    }
}

#[test]
fn most_items_come_out_whole_in_every_layout() {
    for layout in [Layout::Blank, Layout::Torn, Layout::Dense, Layout::Wrapped] {
        let (mut items, mut whole, mut credited, mut misses) = (0, 0, 0, Vec::new());
        for seed in 0..60 {
            let score = Keyed::of(&page(seed, layout)).score();
            items += score.items;
            whole += score.whole;
            credited += score.credited;
            assert!(!score.misses.iter().any(|miss| miss.starts_with("lost")), "{:?}", score.misses);
            misses.extend(score.misses.into_iter().map(|miss| format!("page {seed}: {miss}")));
        }
        let told = format!("{layout:?}: of {items} items {whole} whole, {credited} credited\n{}", misses.join("\n"));
        assert!(items > 200 && whole * 100 >= items * 95 && credited * 100 >= items * 95, "{told}");
    }
}

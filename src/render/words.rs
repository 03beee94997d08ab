//! What pages say of themselves, in the language of their publication: labels and dates.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;

/// The words of one language.
pub(super) struct Words {
    /// What the way up from a section is called, where it is read aloud.
    pub(super) way: &'static str,
    /// Over the list of sections.
    pub(super) sections: &'static str,
    /// Before the links to feeds.
    pub(super) subscribe: &'static str,
    /// The link to the list of all feeds.
    pub(super) all_feeds: &'static str,
    /// Before the date of the last change.
    pub(super) updated: &'static str,
    /// Before where an article comes from.
    pub(super) source: &'static str,
    /// Before its tags.
    pub(super) tags: &'static str,
    /// Before what can be downloaded.
    pub(super) attachments: &'static str,
    /// Before where it was published.
    pub(super) published_in: &'static str,
    /// In a section without articles.
    pub(super) empty: &'static str,
    /// The link past the navigation.
    pub(super) skip: &'static str,
    /// The publication's own page elsewhere.
    pub(super) site: &'static str,
    /// What a link to an unnamed sound, film or document says.
    pub(super) download: &'static str,
    /// Before the title of an article that was taken back.
    pub(super) retraction: &'static str,
    /// Between two names.
    pub(super) and: &'static str,
    /// Which language it is.
    pub(super) script: Script,
}

/// In whose letters a language is written, as far as we speak any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Simplified,
    Traditional,
}

const ENGLISH: Words = Words {
    way: "Breadcrumb",
    sections: "Sections",
    subscribe: "Subscribe",
    all_feeds: "All feeds (OPML)",
    updated: "Updated",
    source: "Source:",
    tags: "Tags:",
    attachments: "Attachments",
    published_in: "In",
    empty: "Nothing has been published here yet.",
    skip: "Skip to the articles",
    site: "Home page",
    download: "Download",
    retraction: "Retraction: ",
    and: ", ",
    script: Script::Latin,
};

const SIMPLIFIED: Words = Words {
    way: "当前位置",
    sections: "栏目",
    subscribe: "订阅",
    all_feeds: "全部订阅源（OPML）",
    updated: "更新于",
    source: "来源：",
    tags: "标签：",
    attachments: "附件",
    published_in: "刊于",
    empty: "这里还没有文章。",
    skip: "跳到正文",
    site: "网站首页",
    download: "下载",
    retraction: "撤稿：",
    and: "、",
    script: Script::Simplified,
};

const TRADITIONAL: Words = Words {
    way: "目前位置",
    sections: "欄目",
    subscribe: "訂閱",
    all_feeds: "全部訂閱源（OPML）",
    updated: "更新於",
    source: "來源：",
    tags: "標籤：",
    attachments: "附件",
    published_in: "刊於",
    empty: "這裡還沒有文章。",
    skip: "跳到正文",
    site: "網站首頁",
    download: "下載",
    retraction: "撤稿：",
    and: "、",
    script: Script::Traditional,
};

#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
];

/// Primary subtags of languages written from right to left.
const RIGHT_TO_LEFT: [&str; 10] = ["ar", "he", "fa", "ur", "ps", "yi", "dv", "ug", "sd", "ckb"];

/// The words of a language (BCP 47); English where we do not speak it.
pub(super) fn words(language: &str) -> &'static Words {
    let language = language.to_lowercase();
    let mut subtags = language.split(['-', '_']);
    if !matches!(subtags.next(), Some("zh" | "yue" | "wuu")) {
        return &ENGLISH;
    }
    let mut simplified = true;
    for subtag in subtags {
        match subtag {
            "hant" => return &TRADITIONAL,
            "hans" => return &SIMPLIFIED,
            "tw" | "hk" | "mo" => simplified = false,
            _ => {}
        }
    }
    if simplified { &SIMPLIFIED } else { &TRADITIONAL }
}

/// `rtl` or `ltr`.
pub(super) fn direction(language: &str) -> &'static str {
    let primary = language.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    if RIGHT_TO_LEFT.contains(&primary.as_str()) { "rtl" } else { "ltr" }
}

impl Words {
    /// A date as a person writes it, in the publication's zone: `24 November 2026, 18:05`, `2026年11月24日 18:05`.
    pub(super) fn date(&self, date: DateTime<Utc>, zone: Tz) -> String {
        let local = date.with_timezone(&zone);
        let (day, hour, minute) = (self.day(local.date_naive()), local.hour(), local.minute());
        match self.script {
            Script::Latin => format!("{day}, {hour}:{minute:02}"),
            Script::Simplified | Script::Traditional => format!("{day} {hour:02}:{minute:02}"),
        }
    }

    /// The same of a day alone.
    pub(super) fn day(&self, date: NaiveDate) -> String {
        let (year, month, day) = (date.year(), date.month(), date.day());
        match self.script {
            Script::Latin => format!("{day} {} {year}", MONTHS[date.month0() as usize]),
            Script::Simplified | Script::Traditional => format!("{year}年{month}月{day}日"),
        }
    }
}

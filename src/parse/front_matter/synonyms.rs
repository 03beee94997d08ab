//! What generators and editors call each thing, without `_`, `-` and capitals (see [`key`](super::key)). Of several
//! that are stated, the first of its row counts.

pub(super) const TITLE: &[&str] = &[
    "title",
    "headline",
    "标题",
    "標題",
    "主题",
    "主标题",
    "titel",
    "titre",
    "título",
    "titulo",
    "titolo",
    "العنوان",
    "タイトル",
];
pub(super) const SUBHEAD: &[&str] = &["subtitle", "subhead", "subheadline", "standfirst", "副题", "副标题", "副標題"];
pub(super) const KICKERS: &[&str] = &["kicker", "kickers", "eyebrow", "肩题", "引题", "眉题"];
pub(super) const COLUMNS: &[&str] = &["column", "columns", "栏目", "欄目"];
pub(super) const SOURCE: &[&str] = &["source", "来源", "來源", "单位", "作者单位"];
pub(super) const DATELINE: &[&str] = &["dateline"];
pub(super) const AUTHORS: &[&str] = &[
    "authors",
    "author",
    "byline",
    "by",
    "writer",
    "creator",
    "createdby",
    "writtenby",
    "作者",
    "记者",
    "記者",
    "auteur",
    "auteurs",
    "autor",
    "autoren",
    "autores",
    "autore",
    "autori",
    "الكاتب",
];
pub(super) const SECTIONS: &[&str] = &["section", "sections"];
pub(super) const PHOTOGRAPHERS: &[&str] = &["摄影", "攝影", "图片作者", "photographer", "photographers"];
pub(super) const CATEGORIES: &[&str] = &["categories", "category", "分类", "分類"];
pub(super) const TAGS: &[&str] = &["tags", "tag", "标签", "標籤"];
pub(super) const KEYWORDS: &[&str] = &["keywords", "keyword", "关键词", "topics"];
pub(super) const SUMMARY: &[&str] =
    &["summary", "description", "excerpt", "abstract", "desc", "摘要", "导语", "chapo", "vorspann", "sommario"];
pub(super) const LINK: &[&str] = &["link", "externallink", "externalurl", "linkurl", "原文链接"];
pub(super) const SLUG: &[&str] = &["slug", "permalink", "url", "path"];
pub(super) const ID: &[&str] = &["id", "guid", "uuid", "uri"];
pub(super) const LANGUAGE: &[&str] = &["language", "lang", "locale", "语言"];
pub(super) const IMAGE: &[&str] = &[
    "image",
    "images",
    "cover",
    "coverimage",
    "featuredimage",
    "featureimage",
    "featuredimg",
    "featured",
    "heroimage",
    "hero",
    "header",
    "banner",
    "thumbnail",
    "thumb",
    "ogimage",
    "socialimage",
    "picture",
    "photo",
    "图片",
    "封面",
    "题图",
];
pub(super) const ENCLOSURE: &[&str] = &[
    "enclosure",
    "enclosures",
    "audio",
    "audiourl",
    "audiofile",
    "podcast",
    "mp3",
    "video",
    "videourl",
    "videofile",
    "attachment",
    "attachments",
    "pdf",
];
pub(super) const DATE: &[&str] = &[
    "date",
    "日期",
    "发布时间",
    "发布日期",
    "發佈時間",
    "pubdate",
    "datepublished",
    "publisheddate",
    "publisheddatetime",
    "publishedat",
    "publishedon",
    "created",
    "createdat",
    "createdtime",
    "datecreated",
    "datum",
    "fecha",
    "التاريخ",
];
pub(super) const PUBLISH_DATE: &[&str] = &["publishdate", "publishon", "publishat"];
pub(super) const UPDATED: &[&str] = &[
    "updated",
    "lastmod",
    "modified",
    "lastmodified",
    "lastmodifiedat",
    "updateddate",
    "updatedat",
    "updatedate",
    "updatedon",
    "datemodified",
    "modifieddate",
    "dateupdated",
    "moddate",
    "更新时间",
    "修改时间",
];
pub(super) const EMBARGO: &[&str] = &["embargo", "embargoed", "embargoeduntil", "embargountil", "embargodate"];
pub(super) const EXPIRES: &[&str] =
    &["expires", "expirydate", "expiry", "expirationdate", "expiresat", "expireson", "unpublishdate"];
pub(super) const EPISODE: &[&str] = &["episode", "episodenumber", "itunesepisode", "集数", "集數"];
pub(super) const SEASON: &[&str] = &["season", "seasonnumber", "itunesseason", "季数", "季數"];
pub(super) const EPISODE_TYPE: &[&str] = &["episodetype", "itunesepisodetype"];
pub(super) const EXPLICIT: &[&str] = &["explicit", "itunesexplicit"];
pub(super) const VERSION: &[&str] = &["version", "revision"];

/// What newsrooms write among the labels above a text for one another; no reader is told.
pub(super) const FOR_DESKS: &[&str] = &[
    "words",
    "wordcount",
    "字数",
    "编辑",
    "责编",
    "责任编辑",
    "审核",
    "审稿",
    "初审",
    "复审",
    "终审",
    "签发",
    "审核意见",
    "体裁",
    "版次",
    "版号",
    "版名",
    "版面",
];

/// Whether a field of this name, as [`key`](super::key) has it, is read.
pub(super) fn knows(name: &str) -> bool {
    [
        TITLE,
        SUBHEAD,
        KICKERS,
        COLUMNS,
        SOURCE,
        DATELINE,
        AUTHORS,
        SECTIONS,
        PHOTOGRAPHERS,
        CATEGORIES,
        TAGS,
        KEYWORDS,
        SUMMARY,
        LINK,
        SLUG,
        ID,
        LANGUAGE,
        IMAGE,
        ENCLOSURE,
        DATE,
        PUBLISH_DATE,
        UPDATED,
        EMBARGO,
        EXPIRES,
        EPISODE,
        SEASON,
        EPISODE_TYPE,
        EXPLICIT,
        VERSION,
    ]
    .iter()
    .any(|names| names.contains(&name))
}

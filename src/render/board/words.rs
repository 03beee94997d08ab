//! What the page for editors says of itself, in the language of their publication.

use crate::render::words::{Script, words as common};

/// The words of one language.
pub(super) struct Words {
    /// Its title.
    pub(super) title: &'static str,
    /// What the page is.
    pub(super) about: &'static str,
    /// Nothing needs a person.
    pub(super) well: &'static str,
    /// Something does.
    pub(super) needed: &'static str,
    /// Over refused files.
    pub(super) refused: &'static str,
    /// What to do about them.
    pub(super) refused_advice: &'static str,
    /// Before how one is mended.
    pub(super) mend: &'static str,
    /// Over files that vanished with too many others.
    pub(super) held: &'static str,
    /// What to do about them.
    pub(super) held_advice: &'static str,
    /// Over articles that wait for their time.
    pub(super) scheduled: &'static str,
    /// Over doubts.
    pub(super) doubted: &'static str,
    /// What they are.
    pub(super) doubted_advice: &'static str,
    /// Over articles that markers take back.
    pub(super) marked: &'static str,
    /// How they come back.
    pub(super) marked_advice: &'static str,
    /// Over the articles published last.
    pub(super) latest: &'static str,
    /// Over sections.
    pub(super) sections: &'static str,
    /// The head of the column of sections, of numbers of articles, of newest articles.
    pub(super) columns: [&'static str; 3],
    script: Script,
}

const ENGLISH: Words = Words {
    title: "How things stand",
    about: "This page is kept by the publishing program and changes by itself. Reload it to see what is new.",
    well: "All files are published or wait for their time. Nothing needs you.",
    needed: "Something here needs a person.",
    refused: "Refused",
    refused_advice: "These files are not published. Mend them and save them under the same name.",
    mend: "How to mend it: ",
    held: "Held",
    held_advice: "So many files vanished at once that their articles stay published. Put the files back; if they were meant to go, tell the person who runs the server.",
    scheduled: "Scheduled",
    doubted: "Doubtful",
    doubted_advice: "These files are published. Look whether this is what you meant.",
    marked: "Taken back",
    marked_advice: "These markers take articles back. Remove a marker and its article returns.",
    latest: "Published last",
    sections: "Sections",
    columns: ["Section", "Articles", "Newest"],
    script: Script::Latin,
};

const SIMPLIFIED: Words = Words {
    title: "发布状态",
    about: "本页由发布程序自动更新，刷新即可看到最新情况。",
    well: "所有稿件均已发布或正在等待发布时间，无需处理。",
    needed: "有稿件需要处理。",
    refused: "未发布",
    refused_advice: "下列文件没有发布。请改正后以原文件名保存。",
    mend: "改法：",
    held: "暂缓撤下",
    held_advice: "同时消失的文件过多，相应稿件暂时保留发布。请把文件放回；如果确实要撤下，请告知服务器管理员。",
    scheduled: "定时发布",
    doubted: "存疑",
    doubted_advice: "下列文件已经发布，请核对是否符合原意。",
    marked: "已撤稿",
    marked_advice: "下列标记文件撤下了稿件。删除标记文件，稿件即恢复发布。",
    latest: "最近发布",
    sections: "栏目",
    columns: ["栏目", "稿件数", "最新稿件"],
    script: Script::Simplified,
};

const TRADITIONAL: Words = Words {
    title: "發布狀態",
    about: "本頁由發布程式自動更新，重新整理即可看到最新情況。",
    well: "所有稿件均已發布或正在等待發布時間，無需處理。",
    needed: "有稿件需要處理。",
    refused: "未發布",
    refused_advice: "下列檔案沒有發布。請改正後以原檔名儲存。",
    mend: "改法：",
    held: "暫緩撤下",
    held_advice: "同時消失的檔案過多，相應稿件暫時保留發布。請把檔案放回；如果確實要撤下，請告知伺服器管理員。",
    scheduled: "定時發布",
    doubted: "存疑",
    doubted_advice: "下列檔案已經發布，請核對是否符合原意。",
    marked: "已撤稿",
    marked_advice: "下列標記檔案撤下了稿件。刪除標記檔案，稿件即恢復發布。",
    latest: "最近發布",
    sections: "欄目",
    columns: ["欄目", "稿件數", "最新稿件"],
    script: Script::Traditional,
};

/// The words of a language (BCP 47); English where we do not speak it.
pub(super) fn words(language: &str) -> &'static Words {
    match common(language).script {
        Script::Latin => &ENGLISH,
        Script::Simplified => &SIMPLIFIED,
        Script::Traditional => &TRADITIONAL,
    }
}

impl Words {
    /// `line 3, column 7`
    pub(super) fn place(&self, line: u32, column: Option<u32>) -> String {
        match (self.script, column) {
            (Script::Latin, Some(column)) => format!("line {line}, column {column}"),
            (Script::Latin, None) => format!("line {line}"),
            (_, Some(column)) => format!("第 {line} 行第 {column} 字"),
            (_, None) => format!("第 {line} 行"),
        }
    }
}

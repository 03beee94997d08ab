//! A rejection → the text beside the file, for an editor who sees nothing of this program but the share.
//! Only ever writes or removes a file whose first line is ours.

use std::ffi::OsString;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::Path;

use rustix::fs::OFlags;

use crate::dropped::InboxPath;
use crate::inbox::files::open_below;
use crate::inbox::names::NOTICE;
use crate::inbox::own;
use crate::name::short_hash;
use crate::rejection::{Rejection, in_language, is_chinese};

/// The first line of every notice, by which it is known as ours. Never to be changed: old ones must still go.
const MARK: &str = "=== syndicated: not published / 未发布 ===";

/// Windows editors of old show a file without it as undecodable Chinese.
const BOM: &str = "\u{feff}";

/// The longest file name Linux takes, in bytes.
const MAX_NAME: usize = 255;

/// What the notice about a file says, in the language (BCP 47) of its readers: Chinese, or else English. UTF-8 with a BOM
/// and CRLF, since it is opened with whatever Windows has. The same rejection gives the same text: no date in it.
#[must_use]
pub fn text(file: &str, rejection: &Rejection, language: &str) -> String {
    let lines = if is_chinese(language) { chinese(file, rejection, language) } else { english(file, rejection) };
    let mut text = format!("{BOM}{MARK}\r\n\r\n");
    for line in lines {
        // A reason may quote the file: whatever it quotes stays on its line.
        text.extend(line.chars().map(|c| if c.is_control() { ' ' } else { c }));
        text.push_str("\r\n");
    }
    text
}

/// Writes the notice about a file beside it, whole. False where nothing was to do, or a file that is not ours has its name.
///
/// # Errors
/// When the folder cannot be written, which is no fault of the file: then the reason is in the status and the log alone.
pub fn write(inbox: &Path, file: &InboxPath, text: &str) -> io::Result<bool> {
    let (folder, name) = place(inbox, file)?;
    own::write(&folder, &name, MARK, text.as_bytes())
}

/// Removes the notice about a file, if it is ours. False where there is none.
///
/// # Errors
/// When the folder cannot be written.
pub fn remove(inbox: &Path, file: &InboxPath) -> io::Result<bool> {
    let (folder, name) = match place(inbox, file) {
        Ok(place) => place,
        // The folder went with it.
        Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => return Ok(false),
        Err(e) => return Err(e),
    };
    own::remove(&folder, &name, MARK)
}

/// The folder, opened through no symlink, and the notice's name in it.
fn place(inbox: &Path, file: &InboxPath) -> io::Result<(OwnedFd, OsString)> {
    let folder = open_below(inbox, &file.folder(), OFlags::RDONLY | OFlags::DIRECTORY)?;
    let name = file.as_path().file_name().unwrap_or_default();
    let mut notice = name.as_bytes().to_vec();
    if notice.len() + NOTICE.len() > MAX_NAME {
        let hash = format!("~{}", short_hash(&name.to_string_lossy()));
        let mut end = MAX_NAME - NOTICE.len() - hash.len();
        // Not in the middle of a UTF-8 character.
        while end > 0 && notice.get(end).is_some_and(|b| b & 0xC0 == 0x80) {
            end -= 1;
        }
        notice.truncate(end);
        notice.extend_from_slice(hash.as_bytes());
    }
    notice.extend_from_slice(NOTICE.as_bytes());
    Ok((folder, OsString::from_vec(notice)))
}

fn english(file: &str, rejection: &Rejection) -> Vec<String> {
    let mut lines = vec![format!("\"{file}\" is not published."), String::new()];
    lines.push(format!("What is wrong:  {}", rejection.reason));
    match (rejection.line, rejection.column, rejection.byte) {
        (Some(line), Some(column), _) => lines.push(format!("Where:          line {line}, column {column}")),
        (Some(line), None, _) => lines.push(format!("Where:          line {line}")),
        (None, _, Some(byte)) => lines.push(format!("Where:          byte {byte}, counted from 0")),
        (None, _, None) => {}
    }
    if !rejection.hint.is_empty() {
        lines.push(format!("How to mend it: {}", rejection.hint));
    }
    lines.push(String::new());
    lines.push(
        "Your file is as you left it. Mend it and save it under the same name: it is published at once.".to_owned(),
    );
    lines.push("This notice goes away by itself when the file is mended or removed.".to_owned());
    lines
}

fn chinese(file: &str, rejection: &Rejection, language: &str) -> Vec<String> {
    let mut lines = vec![format!("“{file}”没有发布。"), String::new()];
    lines.push(format!("原因:{}", in_language(&rejection.reason, language)));
    match (rejection.line, rejection.column, rejection.byte) {
        (Some(line), Some(column), _) => lines.push(format!("位置:第 {line} 行,第 {column} 个字符")),
        (Some(line), None, _) => lines.push(format!("位置:第 {line} 行")),
        (None, _, Some(byte)) => lines.push(format!("位置:第 {byte} 字节(从 0 算起)")),
        (None, _, None) => {}
    }
    if !rejection.hint.is_empty() {
        lines.push(format!("改法:{}", in_language(&rejection.hint, language)));
    }
    lines.push(String::new());
    lines.push("您的文件没有被改动。请改正后以原文件名保存,即会自动发布。".to_owned());
    lines.push("文件改正或删除之后,本通知会自动消失。".to_owned());
    lines
}

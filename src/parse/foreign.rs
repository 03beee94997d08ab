//! The extension of a file that no reader knows → why it is refused, and how its text becomes an article all the same.

use crate::rejection::Rejection;

/// Why a file is not read that a program put beside another version of it.
#[must_use]
pub fn put_aside() -> Rejection {
    Rejection::new(
        "it is another version of the file beside it, put here by a program that keeps folders alike",
        "put what is to stay into the other file, and remove this one; or rename this one to publish it",
    )
}

/// Why a file of this extension (lower case, no dot) is not read.
#[must_use]
pub fn unknown(extension: &str) -> Rejection {
    match extension {
        "" => Rejection::new(
            "its name has no extension, so nobody knows what it is",
            "save it as .md, .html or .txt; or give its name a dot in front to keep it out",
        ),
        "odt" | "ott" | "fodt" | "sxw" => Rejection::new(
            "it is an OpenDocument text of LibreOffice, which is not read",
            "open it in LibreOffice, choose File > Save As and the type Word 2007-365 (.docx), and drop that",
        ),
        "rtf" | "rtfd" => Rejection::new(
            "it is rich text (RTF), which is not read",
            "open it in Word, WPS or LibreOffice, choose File > Save As and the type Word document (.docx), and drop that",
        ),
        "pages" => Rejection::new(
            "it is a document of Apple Pages, which is not read",
            "open it in Pages, choose File > Export To > Word and the format .docx, and drop that",
        ),
        "gdoc" => Rejection::new(
            "it is a link to a document in Google Docs and holds no text",
            "open it in Google Docs, choose File > Download > Microsoft Word (.docx), and drop that",
        ),
        "wps" | "wpt" | "wpd" | "abw" | "hwp" | "hwpx" => Rejection::new(
            format!("it is a document of a word processor (.{extension}), which is not read"),
            "open it there, choose Save As and the type Word document (.docx), and drop that",
        ),
        _ => Rejection::new(
            format!("files named .{extension} are not known here"),
            "save it as .md, .html or .txt; or give its name a dot in front to keep it out",
        ),
    }
}

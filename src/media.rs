//! A picture, sound or film as it was dropped → as it is published: without what the camera or recorder wrote into it about
//! place, device and owner. Nothing is encoded anew: the published bytes are pieces of the file, in order, so that they are
//! the same on every machine, and a film costs no memory. Of a picture's own words its orientation and copyright stay.
//! Beside a picture larger than pages need goes one of web size.
//!
//! | | taken out |
//! | --- | --- |
//! | JPEG | all but what is needed to show it; all behind its end |
//! | PNG, WebP, GIF, JPEG XL | all chunks but those that show it; all behind its end |
//! | HEIC, AVIF | EXIF and XMP items (overwritten) |
//! | MP4, M4A, MOV | all that is neither sound nor picture, but for titles and credits (overwritten) |
//! | MP3, AAC | ID3 frames but titles, credits, comments, chapters; APE tags |
//! | WAV | all chunks but the sound (overwritten) |
//! | FLAC, Ogg | pictures, application blocks, and comments of places (in Ogg overwritten) |
//! | WebM, Matroska | tags, attachments, dates, names of files and of the writing program (overwritten) |
//! | SVG | scripts, handlers, foreign content, references elsewhere, metadata, editors' data, comments |
//!
//! MPEG streams and BMP, which hold nothing of the kind, and PDF are published as they are: a PDF may be signed, and whoever
//! publishes one means it so. TIFF is not published: no browser shows it, and what a camera
//! wrote into it cannot be told from the picture without reading all of it.

mod boxes;
mod cache;
mod exif;
mod film;
mod flac;
mod gif;
mod heif;
mod jpeg;
mod matroska;
mod mp3;
mod ogg;
mod pieces;
mod png;
mod riff;
mod rights;
mod smaller;
mod source;
mod svg;
mod tracks;

pub use cache::PictureCache;
pub use smaller::{Smaller, WEB_PIXELS};

use std::io::{self, Cursor, Read, Seek, Write};

use exif::Said;
use pieces::Pieces;
use source::Source;

/// The most parts (segments, chunks, boxes, frames) of one medium: a long film in fragments has some ten thousand. More are
/// an attack on our time.
const MAX_PARTS: usize = 1_000_000;

/// Why a medium is not published.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] io::Error),
    /// It cannot be proven to be free of what it may not tell.
    #[error("{0}")]
    Unclean(&'static str),
}

const TOO_MANY: Fault = Fault::Unclean("it has too many parts");
const CUT_SHORT: Fault = Fault::Unclean("it is damaged: it ends in the middle");
const MISFIT: Fault = Fault::Unclean("it is damaged: its parts do not fit together");
const NO_PICTURE: Fault = Fault::Unclean("it is damaged: there is no picture in it");
const UNRECOGNISED: Fault = Fault::Unclean("it is not what its name says, nor anything else that is known here");

/// What is published of a medium.
#[derive(Debug)]
pub struct Cut {
    /// The registered media type that its content tells.
    pub media_type: &'static str,
    /// The extension that goes with it.
    pub extension: &'static str,
    /// Width and height as they are shown (turned as its orientation says), of pictures.
    pub pixels: Option<(u32, u32)>,
    /// How it is to be turned (EXIF 2.32, tag 274), from 1; 1 is as it lies.
    pub orientation: u8,
    /// Whose it is, as the picture says.
    pub copyright: Option<String>,
    /// Who made it and for whom, as whoever edited it wrote into a JPEG, PNG or WebP; what a camera wrote of its owner is not asked.
    pub credit: Option<String>,
    /// Whether it moves: it is shown as it is and never made smaller.
    pub is_animated: bool,
    /// How long it plays in milliseconds, of films.
    pub plays_ms: Option<u64>,
    /// How many bytes it takes to decode one of its pixels; so many that nobody tries, of a picture made to waste time.
    effort: u64,
    pieces: Pieces,
}

impl Cut {
    fn new(media_type: &'static str, extension: &'static str, pieces: Pieces) -> Self {
        Self {
            media_type,
            extension,
            pixels: None,
            orientation: 1,
            copyright: None,
            credit: None,
            is_animated: false,
            plays_ms: None,
            effort: 3,
            pieces,
        }
    }

    /// With what a picture says of itself, and its size as it lies, of which nothing is known if it has no width or height.
    fn saying(mut self, said: Said, pixels: Option<(u32, u32)>) -> Self {
        self.orientation = said.orientation.unwrap_or(1);
        let is_turned = self.orientation >= 5;
        let pixels = pixels.filter(|(width, height)| *width > 0 && *height > 0);
        self.pixels = pixels.map(|(width, height)| if is_turned { (height, width) } else { (width, height) });
        self.copyright = said.copyright;
        self.credit = said.credit;
        self
    }

    /// Writes the published bytes; says how many.
    ///
    /// # Errors
    /// When the medium cannot be read, has become shorter meanwhile, or `to` cannot be written.
    pub fn write(&self, from: &mut (impl Read + Seek), to: &mut impl Write) -> io::Result<u64> {
        self.pieces.write(from, to)
    }

    /// Whether it is a picture larger than pages need, of which a smaller one may be made.
    #[must_use]
    pub fn is_oversized(&self) -> bool {
        smaller::is_wanted(self)
    }

    /// The same picture in web size, its longest side [`WEB_PIXELS`]: a fifth of a second's work for a photograph. None if none
    /// can be made of it, or it would be no shorter.
    #[must_use]
    pub fn smaller(&self, from: &mut (impl Read + Seek)) -> Option<Smaller> {
        self.is_oversized().then(|| smaller::smaller(self, from)).flatten()
    }
}

/// What of a medium is published; `media_type` is what its name says. What it says itself outranks that.
///
/// # Errors
/// When it cannot be read, or cannot be proven clean.
pub fn cut(medium: &mut (impl Read + Seek), media_type: &'static str, extension: &str) -> Result<Cut, Fault> {
    let mut source = Source::new(medium)?;
    let head = source.some(0, 16)?.to_vec();
    let starts = |magic: &[u8]| head.starts_with(magic);
    let is_iso = head.get(4..8) == Some(b"ftyp");
    let extension = known_extension(media_type, extension);
    if starts(b"\xFF\xD8") {
        return jpeg::cut(&mut source);
    }
    if starts(b"\x89PNG\r\n\x1A\n") {
        return png::cut(&mut source);
    }
    if starts(b"GIF87a") || starts(b"GIF89a") {
        return gif::cut(&mut source);
    }
    if starts(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        return riff::webp(&mut source);
    }
    if (starts(b"RIFF") || starts(b"RF64")) && head.get(8..12) == Some(b"WAVE") {
        return riff::wave(&mut source);
    }
    if starts(b"\0\0\0\x0CJXL ") {
        return heif::jxl(&mut source);
    }
    if is_iso && heif::is_picture(&head) {
        return heif::cut(&mut source);
    }
    if is_iso {
        return film::cut(&mut source, media_type, extension);
    }
    if starts(b"fLaC") {
        return flac::cut(&mut source);
    }
    match media_type {
        "image/jxl" if starts(b"\xFF\x0A") => {}
        "image/bmp" if starts(b"BM") => {}
        "image/svg+xml" => return svg::cut(&mut source),
        "application/pdf" => {}
        "image/tiff" => return Err(Fault::Unclean("browsers do not show TIFF; save it as JPEG or PNG")),
        "audio/mpeg" | "audio/aac" => return mp3::cut(&mut source, media_type, extension),
        // QuickTime's films need not begin with their brand.
        "video/quicktime" | "video/mp4" | "audio/mp4" => {
            return film::cut(&mut source, media_type, extension);
        }
        "audio/ogg" | "video/ogg" if starts(b"OggS") => {
            return ogg::cut(&mut source, media_type, extension);
        }
        "audio/webm" | "video/webm" | "video/x-matroska" if starts(b"\x1A\x45\xDF\xA3") => {
            return matroska::cut(&mut source, media_type, extension);
        }
        "video/mpeg" if starts(b"\0\0\x01") || starts(b"\x47") => {}
        _ => return Err(UNRECOGNISED),
    }
    let whole = Pieces::whole(source.length());
    let mut cut = Cut::new(media_type, extension, whole);
    cut.pixels = source.pixels();
    Ok(cut)
}

/// What is published of a medium in memory, with those bytes.
///
/// # Errors
/// As [`cut`].
pub fn cleaned(medium: &[u8], media_type: &'static str, extension: &str) -> Result<(Cut, Vec<u8>), Fault> {
    let mut medium = Cursor::new(medium);
    let cut = cut(&mut medium, media_type, extension)?;
    let mut clean = Vec::new();
    cut.write(&mut medium, &mut clean)?;
    Ok((cut, clean))
}

/// The extension as published: the name's own where it is one of its type.
fn known_extension(media_type: &str, extension: &str) -> &'static str {
    /// The extensions that go with a type, the usual first.
    const EXTENSIONS: [(&str, &[&str]); 19] = [
        ("image/jxl", &["jxl"]),
        ("image/bmp", &["bmp"]),
        ("image/svg+xml", &["svg"]),
        ("image/heic", &["heic", "heif"]),
        ("image/heif", &["heif"]),
        ("image/avif", &["avif"]),
        ("application/pdf", &["pdf"]),
        ("audio/mpeg", &["mp3"]),
        ("audio/mp4", &["m4a", "m4b"]),
        ("audio/aac", &["aac"]),
        ("audio/ogg", &["ogg", "oga", "opus"]),
        ("audio/webm", &["weba"]),
        ("video/mp4", &["mp4", "m4v"]),
        ("video/quicktime", &["mov"]),
        ("video/webm", &["webm"]),
        ("video/ogg", &["ogv"]),
        ("video/mpeg", &["mpg", "mpeg"]),
        ("video/x-matroska", &["mkv"]),
        ("image/jpeg", &["jpg"]),
    ];
    let known = EXTENSIONS.iter().find(|(of, _)| *of == media_type).map_or(&["bin"][..], |(_, known)| known);
    known.iter().find(|known| **known == extension).or(known.first()).copied().unwrap_or("bin")
}

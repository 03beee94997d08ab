//! A package (ECMA-376 part 2: a zip of parts, as Word writes it) → its parts, each within limits that are checked before
//! and while it is inflated. Nothing is ever unpacked to disk, and no part's name is ever used as a path on it.

use std::collections::HashMap;
use std::io::{Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::rejection::Rejection;

/// Begins a reference from an article to a part of its own file, percent-encoded (`package:word/media/image1.png`): without
/// the file's name, so that renaming the file changes nothing of the article.
pub const WITHIN: &str = "package:";

/// The most parts: a report with five hundred pictures has fewer than a thousand.
pub const MAX_PARTS: usize = 4096;

/// The most bytes of one part: a scanned double page uncompressed, or the text of ten thick novels.
const MAX_PART_BYTES: u64 = 32 * 1024 * 1024;

/// The most bytes of all parts together: what can be inflated, hashed and measured in a moment.
pub const MAX_BYTES: u64 = 128 * 1024 * 1024;

/// How many times its packed size a part may have; the densest XML of real documents stays below 100. Small parts may
/// be anything: a blank picture of a few kilobytes shrinks to almost nothing.
pub const MAX_RATIO: u64 = 250;

/// A part below this may be packed as densely as it likes, in bytes.
const SMALL_PART: u64 = 1024 * 1024;

/// An open package.
#[derive(Debug)]
pub struct Package<R> {
    archive: ZipArchive<R>,
    /// The index of each part by its name in lower case: names are equal without regard to case (part 2, section 6.2.2.3).
    parts: HashMap<String, usize>,
}

impl<R: Read + Seek> Package<R> {
    /// Reads the list of parts.
    ///
    /// # Errors
    /// What is no zip, is cut off, or would inflate beyond the limits.
    pub fn open(from: R) -> Result<Self, Rejection> {
        let archive = ZipArchive::new(from).map_err(|error| damaged(&error))?;
        if archive.len() > MAX_PARTS {
            let reason = format!("the package has {} parts, more than the {MAX_PARTS} allowed", archive.len());
            return Err(Rejection::new(reason, "save the text as a new document"));
        }
        let mut package = Self { archive, parts: HashMap::new() };
        let mut total = 0_u64;
        for at in 0..package.archive.len() {
            let file = package.archive.by_index_raw(at).map_err(|error| damaged(&error))?;
            let (size, packed) = (file.size(), file.compressed_size());
            total = total.saturating_add(size);
            if size > SMALL_PART && size / packed.max(1) > MAX_RATIO {
                return Err(bomb(format!("a part of the package inflates to more than {MAX_RATIO} times its size")));
            }
            let name = plain(file.name());
            package.parts.entry(name).or_insert(at);
        }
        if total > MAX_BYTES {
            let reason = format!("the package inflates to more than {} MiB", MAX_BYTES / 1024 / 1024);
            return Err(bomb(reason));
        }
        Ok(package)
    }

    /// Whether it has the part.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&plain(name))
    }

    /// Whether any part has such a name; names are in lower case.
    #[must_use]
    pub fn any(&self, is_so: impl Fn(&str) -> bool) -> bool {
        self.parts.keys().any(|name| is_so(name))
    }

    /// The bytes of a part; none if there is no such part.
    ///
    /// # Errors
    /// A part that is encrypted, damaged, packed in a way nobody uses, or longer than stated or allowed.
    pub fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Rejection> {
        let Some(at) = self.parts.get(&plain(name)) else { return Ok(None) };
        let mut file = self.archive.by_index(*at).map_err(|error| damaged(&error))?;
        let size = file.size();
        if size > MAX_PART_BYTES {
            let reason = format!("{name:?} in the package is longer than {} MiB", MAX_PART_BYTES / 1024 / 1024);
            return Err(bomb(reason));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
        // One byte more than stated: a part that lies about its size is noticed, not followed.
        let read = (&mut file).take(size.saturating_add(1)).read_to_end(&mut bytes);
        if read.is_err() || bytes.len() as u64 != size {
            let reason = format!("{name:?} in the package is damaged");
            return Err(Rejection::new(reason, "open the file in Word, save it anew, and drop it again"));
        }
        Ok(Some(bytes))
    }
}

/// A part's name as it is compared: some writers begin it with a slash or write it as Windows does.
fn plain(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

fn bomb(reason: String) -> Rejection {
    Rejection::new(reason, "take large pictures and attachments out, or save the text as a new document")
}

fn damaged(error: &ZipError) -> Rejection {
    match error {
        ZipError::UnsupportedArchive(why) if why.to_lowercase().contains("password") => {
            Rejection::new("the package is locked with a password", "save it without one")
        }
        ZipError::UnsupportedArchive(why) => {
            let reason = format!("the package is packed in a way that is not read ({why})");
            Rejection::new(reason, "open the file in Word, save it anew, and drop it again")
        }
        _ => {
            let reason = "the package is damaged or was not copied whole";
            Rejection::new(reason, "copy the file again; if that does not help, open it in Word and save it anew")
        }
    }
}

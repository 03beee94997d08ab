//! Sections come to be: paths from folder names, feed ids, the documents each has from then on.

use super::{Batch, IntakeError, dating};
use crate::address::is_loopback;
use crate::catalogue::{DocumentKind, SectionNo, SectionRow};
use crate::inbox::Share;
use crate::ledger::Fact;
use crate::name;
use crate::section::{Format, Section, TooDeep};

/// How many like-named sections or pages are told apart by a number before it is given up: more are a mistake.
pub(super) const MAX_NAMESAKES: u32 = 10_000;

/// Whose spelling the names of a section are in, which says what a known section is that differs in case alone.
#[derive(Clone, Copy)]
pub(super) enum Spelling<'a> {
    /// That of folders in the inbox: two of them are two sections, and one may have been renamed.
    OfFolders(&'a Share),
    /// Somebody's who wrote them, and means the section that there is.
    Written,
}

impl Batch<'_> {
    /// The section of a chain of names, made with all above it where it is new. `first` is the publication date of
    /// the article that begins it, in seconds since 1970, and the day in its feeds' id; without one it gets that later.
    pub(super) fn section_for(
        &mut self,
        names: &[String],
        first: Option<i64>,
        spelling: Spelling<'_>,
    ) -> Result<Result<SectionRow, TooDeep>, IntakeError> {
        if let Err(too_deep) = Section::of_names(names.iter().map(String::as_str)) {
            return Ok(Err(too_deep));
        }
        let mut here = self.section_below(None, "", first, spelling)?;
        for name in names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
            here = self.section_below(Some(&here), name, first, spelling)?;
        }
        Ok(Ok(here))
    }

    fn section_below(
        &mut self,
        above: Option<&SectionRow>,
        name: &str,
        first: Option<i64>,
        spelling: Spelling<'_>,
    ) -> Result<SectionRow, IntakeError> {
        let raw = match above {
            Some(above) if !above.raw.is_empty() => format!("{}/{name}", above.raw),
            _ => name.to_owned(),
        };
        if let Some(found) = self.catalogue.section_by_raw(&raw)? {
            return self.dated(found, first);
        }
        let parent = above.map(|above| Section::stored(above.path.clone()));
        let segment = if above.is_some() { name::segment(name) } else { String::new() };
        let mut path = parent.as_ref().map_or_else(String::new, |parent| parent.document(&segment));
        // A name typed in another case or width is the same section only if its segment is the very same.
        if let Some(found) = self.catalogue.section(&path)? {
            return self.dated(found, first);
        }
        if let Some(found) = self.catalogue.section_by_fold(&name::fold(&path))? {
            match spelling {
                Spelling::Written => return self.dated(found, first),
                Spelling::OfFolders(inbox) if !self.has_folder(&found.raw, inbox)? => {
                    let found = self.respell(found, raw)?;
                    return self.dated(found, first);
                }
                Spelling::OfFolders(_) => {}
            }
        }
        let plain = path.clone();
        for number in 2..MAX_NAMESAKES {
            if !self.is_taken(&path)? {
                break;
            }
            path = format!("{plain}-{number}");
        }
        // Its date is that of what is published in it, and so far nothing is.
        let no = self.catalogue.add_section(&path, &raw, "", 0)?;
        self.dated(SectionRow { no, path, raw, feed_id: String::new(), updated: 0, own: 0 }, first)
    }

    /// A section, with an id from now on if it had none: from here on it has feeds.
    fn dated(&mut self, mut row: SectionRow, first: Option<i64>) -> Result<SectionRow, IntakeError> {
        let Some(first) = first.filter(|_| row.feed_id.is_empty()) else { return Ok(row) };
        let above = Section::stored(row.path.clone()).parent();
        match above.map(|above| self.catalogue.section(above.as_str())).transpose()?.flatten() {
            Some(above) => {
                let above = self.dated(above, Some(first))?;
                self.touched.insert(above.no); // its page names its subsections
            }
            None => self.catalogue.mark_stale("style.css", DocumentKind::Style, 0)?,
        }
        let day = dating::day_of(first, self.policy.time_zone);
        let authority = self.authority()?;
        let specific = crate::dropped::InboxPath::from_bytes(row.path.as_bytes()).encoded();
        row.feed_id = format!("tag:{authority},{day}:{specific}/");
        self.catalogue.set_feed_id(row.no, &row.feed_id)?;
        let SectionRow { path, raw, feed_id, updated, .. } = row.clone();
        self.facts.push(Fact::Section { path, raw, id: feed_id, updated });
        self.touched.insert(row.no);
        self.outline_changed = true;
        Ok(row)
    }

    /// Whether a section or a document has this path under case folding: a folder and a file cannot share one either.
    pub(super) fn is_taken(&self, path: &str) -> Result<bool, IntakeError> {
        let folded = name::fold(path);
        Ok(self.catalogue.section_by_fold(&folded)?.is_some() || self.catalogue.is_path_taken(&folded)?)
    }

    /// The section that a file names itself: that of the folder of this very name, else one of the name in any case, else a
    /// new one.
    pub(super) fn section_named(
        &mut self,
        stated: &str,
        first: Option<i64>,
    ) -> Result<Result<SectionRow, TooDeep>, IntakeError> {
        let section = match Section::of_path(stated) {
            Ok(section) => section,
            Err(too_deep) => return Ok(Err(too_deep)),
        };
        let names: Vec<String> =
            stated.split('/').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
        if let Some(found) = self.catalogue.section_by_raw(&names.join("/"))? {
            return self.dated(found, first).map(Ok);
        }
        if let Some(found) = self.catalogue.section_by_fold(&name::fold(section.as_str()))? {
            return self.dated(found, first).map(Ok);
        }
        self.section_for(&names, first, Spelling::Written)
    }

    /// Sections that the configuration names exist from the start, empty or not; and the whole always does. Those that were begun
    /// undated, and got no article, are dated now.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn found_configured(&mut self) -> Result<(), IntakeError> {
        let now = Some(self.now_seconds());
        let _ = self.section_for(&[], now, Spelling::Written)?;
        for path in self.policy.sections.clone() {
            let _ = self.section_named(&path, now)?;
        }
        for row in self.catalogue.undated_sections()? {
            self.dated(row, now)?;
        }
        Ok(())
    }

    /// The section of a chain of folder names begins, with or without articles; its path. `first` is the day in its feeds' id, in
    /// seconds since 1970; without one its first article gives it that.
    ///
    /// # Errors
    /// When the record cannot be changed; inside, that it is too deep.
    pub fn begin_section(
        &mut self,
        names: &[String],
        first: Option<i64>,
        inbox: &Share,
    ) -> Result<Result<String, TooDeep>, IntakeError> {
        Ok(self.section_for(names, first, Spelling::OfFolders(inbox))?.map(|row| row.path))
    }

    /// The latest that happened in a section moves its date; never back.
    pub(super) fn touch_section(&mut self, no: SectionNo, updated: i64) -> Result<(), IntakeError> {
        self.catalogue.touch_section(no, updated)?;
        self.touched.insert(no);
        Ok(())
    }

    /// Records that something left a section now: no article's date tells that, so the ledger does.
    pub(super) fn left_section(&mut self, no: SectionNo) -> Result<(), IntakeError> {
        self.touch_section(no, self.now_seconds())?;
        if let Some(row) = self.catalogue.section_of(no)? {
            self.facts.push(Fact::Section { path: row.path, raw: row.raw, id: row.feed_id, updated: row.updated });
        }
        Ok(())
    }

    /// Marks the documents of every section that this batch touched.
    pub(super) fn mark_touched(&mut self) -> Result<(), IntakeError> {
        for no in std::mem::take(&mut self.touched) {
            let Some(row) = self.catalogue.section_of(no)? else { continue };
            let section = Section::stored(row.path);
            for (kind, file) in [
                (DocumentKind::Rss, Format::Rss.file_name()),
                (DocumentKind::Atom, Format::Atom.file_name()),
                (DocumentKind::Json, Format::Json.file_name()),
                (DocumentKind::Front, "index.html"),
            ] {
                let path = section.document(file);
                self.catalogue.mark_stale(&path, kind, no)?;
            }
        }
        if self.outline_changed {
            self.catalogue.mark_stale("opml.xml", DocumentKind::Opml, 0)?;
        }
        Ok(())
    }

    /// In whose name ids are minted: as configured, else frozen by the first id, else the host; a loopback name never freezes.
    pub(super) fn authority(&mut self) -> Result<String, IntakeError> {
        if let Some(known) = &self.authority {
            return Ok(known.clone());
        }
        let authority = self.asked_authority()?;
        self.authority = Some(authority.clone());
        Ok(authority)
    }

    fn asked_authority(&mut self) -> Result<String, IntakeError> {
        /// Where the frozen one is remembered.
        const KEY: &str = "authority";
        if !self.policy.authority.is_empty() {
            let authority = self.policy.authority.clone();
            if self.catalogue.remembered(KEY)?.as_deref() != Some(&authority) {
                self.freeze_authority(KEY, &authority)?;
            }
            return Ok(authority);
        }
        if let Some(frozen) = self.catalogue.remembered(KEY)? {
            return Ok(frozen);
        }
        let host = self.policy.host.clone();
        // Ids minted on a trial run must not bind the real publication.
        if !is_loopback(&host) {
            self.freeze_authority(KEY, &host)?;
        }
        Ok(host)
    }

    fn freeze_authority(&mut self, key: &str, authority: &str) -> Result<(), IntakeError> {
        self.catalogue.remember(key, authority)?;
        self.facts.push(Fact::Authority { authority: authority.to_owned() });
        Ok(())
    }

    pub(super) fn replay_authority(&mut self, authority: &str) -> Result<(), IntakeError> {
        self.authority = None;
        Ok(self.catalogue.remember("authority", authority)?)
    }
}

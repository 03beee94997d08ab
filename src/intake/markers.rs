//! Markers: `SLUG.withdraw` in a section's folder takes the article of that name back while it lies there. Text inside it is
//! a notice that stands in the article's place, under the same id. An order that lives in the inbox: it outranks the article's
//! file as one by command does, and ends when the marker goes.

use chrono::{DateTime, Utc};

use super::reading::FileRead;
use super::revision::digest;
use super::standing::Reads;
use super::{Batch, Change, IntakeError, Story, dating};
use crate::article::When;
use crate::catalogue::{self, ArticleNo, Content, FileKind, FileRow, MarkerRow, Named, Presence};
use crate::dropped::InboxPath;
use crate::inbox;
use crate::ledger::Fact;
use crate::name;
use crate::parse::dates;
use crate::rejection::Rejection;
use crate::section::Section;

/// How many articles a refusal names that share a name.
const MOST_SHOWN: usize = 5;

/// Whether readers are to be told of what a marker says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Heard {
    /// It takes its article back from now on.
    First,
    /// It says something else.
    Anew,
    /// It says what it said.
    AsBefore,
}

impl Batch<'_> {
    /// Takes in a marker that was read. `names` are the folders of its section; `arrival` is when it came.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn mark(
        &mut self,
        path: &InboxPath,
        read: &FileRead,
        names: &[String],
        arrival: DateTime<Utc>,
    ) -> Result<(), IntakeError> {
        let known = self.catalogue.file(path)?;
        // What an earlier program refused as a file of a kind nobody knows.
        if let Some(row) = known.as_ref().filter(|row| row.kind != FileKind::Marker) {
            self.forget(row)?;
        }
        let file = match known.filter(|row| row.kind == FileKind::Marker) {
            Some(row) => row,
            None => self.catalogue.add_file(path, FileKind::Marker, None)?,
        };
        self.catalogue.file_read(file.no, read.look, &read.hash)?;
        let stories = match &read.stories {
            Ok(stories) => stories,
            Err(rejection) => return self.refuse_marker(&file, rejection.clone()),
        };
        let before = self.catalogue.marker(file.no)?;
        let is_changed = file.hash != Some(read.hash);
        let known_since = before.as_ref().filter(|_| !is_changed).map(|before| before.since);
        let arrived = known_since.unwrap_or(arrival.timestamp());
        let mut marker = self.marker_row(&file, path, stories.first(), names, arrived);
        // A marker keeps the article that it has taken while it calls it the same.
        let kept = before.as_ref().filter(|before| before.name == marker.name).and_then(|before| before.article);
        let found = match kept {
            Some(article) => Ok(article),
            None => self.meant_by(path, &marker)?,
        };
        let had_notice = before.as_ref().is_some_and(|before| before.notice.is_some());
        let article = match found {
            Ok(article) => article,
            Err(rejection) => {
                self.catalogue.save_marker(&marker)?;
                if let Some(before) = before.filter(|before| before.article.is_some()) {
                    self.facts.push(Fact::Gone { path: path.encoded() });
                    self.let_return(&before)?;
                }
                return self.refuse_marker(&file, rejection);
            }
        };
        marker.article = Some(article);
        // The article's file itself, renamed: its text is no notice of its end.
        if self.catalogue.article(article)?.is_some_and(|row| row.source == Some(read.hash)) {
            marker.notice = None;
        }
        self.catalogue.save_marker(&marker)?;
        if let Some(before) = before.filter(|before| before.article != Some(article)) {
            self.let_return(&before)?;
        }
        if file.rejection.is_some() {
            self.catalogue.file_found(file.no, None, None, None, &read.doubts)?;
            self.committed.notices.push((path.clone(), None));
        }
        let heard = match kept {
            None => Heard::First,
            Some(_) if is_changed => Heard::Anew,
            Some(_) => Heard::AsBefore,
        };
        if heard != Heard::AsBefore || had_notice != marker.notice.is_some() {
            self.bound_marker_line(path, &read.hash, &marker)?;
            self.take_back(&marker, heard)?;
        }
        Ok(())
    }

    /// A marker as it is read, which has no article yet. It counts from `arrived`, or from the date that its text states.
    fn marker_row(
        &self,
        file: &FileRow,
        path: &InboxPath,
        story: Option<&Story>,
        names: &[String],
        arrived: i64,
    ) -> MarkerRow {
        let stated = story.and_then(|story| match story.draft().updated.or(story.draft().date) {
            Some(When::Instant(at)) => Some(at),
            Some(When::Day(day)) => Some(dating::start_of(day, self.policy.time_zone)),
            None => None,
        });
        let (name, undated) = called(path);
        let section = Section::of_names(names.iter().map(String::as_str)).unwrap_or_default();
        MarkerRow {
            file: file.no,
            section: section.as_str().to_owned(),
            name,
            undated,
            since: stated.filter(|at| *at <= self.now).map_or(arrived, |at| at.timestamp()),
            article: None,
            notice: story.map(|story| Content {
                draft: story.draft().clone(),
                summary: story.summary().to_owned(),
                media: Vec::new(),
            }),
        }
    }

    /// A marker whose disappearance was obeyed. Where articles stay when their files go, so does what markers ordered.
    pub(super) fn unmark(&mut self, row: &FileRow) -> Result<(), IntakeError> {
        self.catalogue.set_presence(row.no, Presence::Gone, row.since)?;
        if self.policy.keep {
            return Ok(());
        }
        self.lift(row)
    }

    /// Ends what a marker ordered.
    pub(super) fn lift(&mut self, row: &FileRow) -> Result<(), IntakeError> {
        let marker = self.catalogue.marker(row.no)?;
        if row.rejection.is_some() {
            self.committed.notices.push((row.path.clone(), None));
        }
        self.catalogue.drop_file(row.no)?;
        let Some(marker) = marker.filter(|marker| marker.article.is_some()) else { return Ok(()) };
        self.facts.push(Fact::Gone { path: row.path.encoded() });
        self.let_return(&marker)
    }

    /// Records what an article is called, and takes it back at once where a marker waits for it.
    pub(super) fn call(&mut self, article: ArticleNo, names: &[&str]) -> Result<(), IntakeError> {
        for name in names {
            self.catalogue.call(article, &name::fold(&name::segment(name)))?;
        }
        if !self.catalogue.has_waiting_markers()? {
            return Ok(());
        }
        for name in names {
            for mut marker in self.catalogue.waiting_markers(&name::fold(&name::segment(name)))? {
                let Some(file) = self.catalogue.file_of(marker.file)? else { continue };
                match self.meant_by(&file.path, &marker)? {
                    Ok(found) => {
                        marker.article = Some(found);
                        self.catalogue.save_marker(&marker)?;
                        self.catalogue.file_found(file.no, None, None, None, &[])?;
                        self.committed.notices.push((file.path.clone(), None));
                        if let Some(hash) = file.hash {
                            self.bound_marker_line(&file.path, &hash, &marker)?;
                        }
                        self.take_back(&marker, Heard::First)?;
                    }
                    Err(rejection) => self.refuse_marker(&file, rejection)?,
                }
            }
        }
        Ok(())
    }

    /// The article that a marker means: that of the file beside it, else the one of its name in its section, else in those
    /// below.
    fn meant_by(&self, path: &InboxPath, marker: &MarkerRow) -> Result<Result<ArticleNo, Rejection>, IntakeError> {
        let called = inbox::marked(path).unwrap_or_default();
        let folder = path.folder();
        if let [one] = self.catalogue.beside(&folder, called.as_bytes())?[..] {
            return Ok(Ok(one));
        }
        let day = dates::in_name(&called).map(|(day, _)| day);
        let mut several = Vec::new();
        for (name, below) in
            [(&marker.name, false), (&marker.undated, false), (&marker.name, true), (&marker.undated, true)]
        {
            let mut found = self.catalogue.named(name, &marker.section, below)?;
            if name != &marker.name {
                found.retain(|named| Some(dating::day_of(named.published, self.policy.time_zone)) == day);
            }
            if found.len() > 1 && found.iter().any(|named| named.is_meant) {
                found.retain(|named| named.is_meant);
            }
            match &found[..] {
                [] => {}
                [one] => return Ok(Ok(one.article)),
                _ if several.is_empty() => several = found,
                _ => {}
            }
        }
        Ok(Err(if several.is_empty() { unknown(&called, &marker.section) } else { ambiguous(&called, &several) }))
    }

    /// The article is taken back.
    fn take_back(&mut self, marker: &MarkerRow, heard: Heard) -> Result<(), IntakeError> {
        let Some(article) = marker.article else { return Ok(()) };
        let Some(mut row) = self.catalogue.article(article)? else { return Ok(()) };
        if heard != Heard::AsBefore && marker.notice.is_some() {
            let moved = marker.since.max(row.updated + i64::from(row.shown));
            row.updated = self.catalogue.free_second(row.no, moved, super::revision::MOST_TAKEN)?;
        }
        self.renew(row)?;
        match self.stand(article, Reads::Otherwise)? {
            Change::Unchanged => Ok(()),
            // With a notice in its place it is in the feeds as before, and is no longer what it was.
            Change::Revised | Change::Published if heard == Heard::First => self.report(Change::Withdrawn, article),
            change => self.report(change, article),
        }
    }

    /// The article of a marker may return; where a notice stood in its place, readers are told that it reads otherwise again.
    fn let_return(&mut self, marker: &MarkerRow) -> Result<(), IntakeError> {
        let Some(article) = marker.article else { return Ok(()) };
        let Some(mut row) = self.catalogue.article(article)? else { return Ok(()) };
        if marker.notice.is_some() && row.shown {
            let moved = self.now_seconds().max(row.updated + 1);
            row.updated = self.catalogue.free_second(row.no, moved, super::revision::MOST_TAKEN)?;
        }
        self.renew(row)?;
        self.stand_and_report(article, Reads::Otherwise)?;
        Ok(())
    }

    /// Saves an article that is to be printed anew although its file says what it said.
    fn renew(&mut self, mut row: crate::catalogue::ArticleRow) -> Result<(), IntakeError> {
        row.revision += 1;
        if let Some(content) = self.catalogue.content(row.no)? {
            let (record, body) = catalogue::packed(&content)?;
            row.digest = Some(digest(&row, &record, &body));
        }
        Ok(self.catalogue.save_article(&row)?)
    }

    fn refuse_marker(&mut self, file: &FileRow, rejection: Rejection) -> Result<(), IntakeError> {
        self.catalogue.file_found(file.no, Some(&rejection), None, None, &[])?;
        if file.rejection.as_ref() != Some(&rejection) || file.presence != Presence::Present {
            self.committed.notices.push((file.path.clone(), Some(rejection)));
        }
        Ok(())
    }

    fn bound_marker_line(&mut self, path: &InboxPath, hash: &[u8; 32], marker: &MarkerRow) -> Result<(), IntakeError> {
        let Some(article) = marker.article else { return Ok(()) };
        if let Some(row) = self.catalogue.article(article)? {
            self.facts.push(marker_line(path, hash, row.id, marker.since));
        }
        Ok(())
    }

    /// Brings in what the ledger tells of a marker; its text is known when it is read again.
    pub(super) fn replay_marker(
        &mut self,
        path: &InboxPath,
        hash: &str,
        id: &str,
        since: i64,
    ) -> Result<(), IntakeError> {
        let Some(article) = self.catalogue.article_by_id(id)? else { return Ok(()) };
        let file = match self.catalogue.file(path)? {
            Some(file) => file,
            None => self.catalogue.add_file(path, FileKind::Marker, None)?,
        };
        if let Ok(hash) = blake3::Hash::from_hex(hash) {
            self.catalogue.file_hash_told(file.no, hash.as_bytes())?;
        }
        self.catalogue.set_presence(file.no, Presence::Present, 0)?;
        let (name, undated) = called(path);
        let names = inbox::section_names(path);
        let section = Section::of_names(names.iter().map(String::as_str)).unwrap_or_default();
        let section = section.as_str().to_owned();
        let article = Some(article.no);
        let before = self.catalogue.marker(file.no)?;
        let notice = before.and_then(|before| before.notice);
        Ok(self.catalogue.save_marker(&MarkerRow { file: file.no, section, name, undated, since, article, notice })?)
    }
}

/// The ledger's line of a marker.
pub(super) fn marker_line(path: &InboxPath, hash: &[u8; 32], id: String, since: i64) -> Fact {
    Fact::Marker { path: path.encoded(), hash: blake3::Hash::from_bytes(*hash).to_hex().to_string(), id, since }
}

/// What a marker calls its article, folded, and the same without a date in front.
fn called(path: &InboxPath) -> (String, String) {
    let called = inbox::marked(path).unwrap_or_default();
    // Copied from the address of the page.
    let called = percent_encoding::percent_decode_str(&called).decode_utf8_lossy().into_owned();
    let undated = dates::in_name(&called).map(|(_, rest)| rest).filter(|rest| !rest.is_empty());
    let folded = |text: &str| name::fold(&name::segment(text));
    (folded(&called), folded(undated.as_deref().unwrap_or(&called)))
}

fn unknown(called: &str, section: &str) -> Rejection {
    let place = if section.is_empty() { "the inbox".to_owned() } else { section.to_owned() };
    Rejection::new(
        format!("no article called {called:?} is in {place}"),
        "call the marker as the article's file or page is called, and put it beside the file; it waits for the article",
    )
}

fn ambiguous(called: &str, several: &[Named]) -> Rejection {
    let shown: Vec<String> = several
        .iter()
        .take(MOST_SHOWN)
        .map(|named| named.page.clone().unwrap_or_else(|| format!("\u{201c}{}\u{201d}", named.title)))
        .collect();
    let more = if several.len() > MOST_SHOWN { " and more" } else { "" };
    Rejection::new(
        format!("{called:?} may be any of {} articles: {}{more}", several.len(), shown.join(", ")),
        "call the marker as the article's page is called (without .html), put the day in front, as in 2026-07-02-name.withdraw, or put it beside the article's file",
    )
}

//! Ledger → catalogue: what was known of ids, URLs, dates and withdrawals, for a catalogue that has not seen it. Articles so
//! brought in have no content until their files are read again. And back: a ledger that lost lines, written from the catalogue.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::standing::Reads;
use super::{Batch, IntakeError, ingest, markers};
use crate::article::Status;
use crate::catalogue::{ArticleNo, ArticleRow, Claim, DocumentKind, FileKind, Presence, Stored};
use crate::dropped::InboxPath;
use crate::ledger::Fact;
use crate::section::Section;

/// How many rows are gone through in one step.
const STEP: usize = 1000;

impl Batch<'_> {
    /// Brings one fact into the catalogue. Facts it knows already change nothing.
    pub(super) fn replay(&mut self, fact: Fact) -> Result<(), IntakeError> {
        match fact {
            Fact::Authority { authority } => self.replay_authority(&authority),
            Fact::Section { path, raw, id, updated } => self.replay_section(&path, &raw, &id, updated),
            Fact::Article {
                id,
                stated,
                page,
                published,
                updated,
                version,
                title,
                fingerprint,
                source,
                shown,
                sections,
                ordered,
                withheld,
                released,
            } => {
                let known = self.catalogue.article_by_id(&id)?;
                let hash = |hex: Option<String>| {
                    hex.and_then(|hex| blake3::Hash::from_hex(hex).ok()).map(|hash| *hash.as_bytes())
                };
                let (fingerprint, source) = (hash(fingerprint), hash(source));
                let status = match known.as_ref().map(|known| known.status) {
                    _ if withheld => Status::Withheld,
                    Some(Status::Withheld) | None => Status::Usable,
                    Some(status) => status,
                };
                let row = ArticleRow {
                    status,
                    stated,
                    page,
                    published,
                    updated,
                    version,
                    title,
                    fingerprint,
                    source,
                    shown,
                    ordered,
                    released,
                    id,
                    ..known.clone().unwrap_or_default()
                };
                self.replay_article(known, row, &sections)
            }
            Fact::File { path, hash, issue, articles, sidecar } => {
                self.replay_file(&path, &hash, issue.as_deref(), &articles, sidecar.as_deref())
            }
            Fact::Gone { path } => self.replay_gone(&InboxPath::decoded(&path)),
            Fact::Moved { from, to } => self.replay_moved(&InboxPath::decoded(&from), &InboxPath::decoded(&to)),
            Fact::Marker { path, hash, id, since } => self.replay_marker(&InboxPath::decoded(&path), &hash, &id, since),
            Fact::Released { id, sections, media, expires, position, record, body } => {
                let Some(article) = self.catalogue.article_by_id(&id)? else { return Ok(()) };
                // As with a line that cannot be read: a start must not fail of one article.
                let Ok(content) = crate::catalogue::unpacked(&record, body) else { return Ok(()) };
                let stored = Stored::of(content)?;
                let content = stored.content();
                let row = ArticleRow { linked: content.draft.link.is_some(), expires, ..article };
                self.catalogue.save_told(&row, &stored)?;
                for medium in content.media.iter().flat_map(|medium| medium.files()) {
                    if let Some((_, source)) = media.iter().find(|(path, _)| *path == medium.path) {
                        self.catalogue.add_medium(medium, &InboxPath::decoded(source))?;
                    }
                }
                let uses = content.media.iter().flat_map(|medium| medium.files()).map(|file| file.path.as_str());
                self.catalogue.set_media_uses(row.no, uses)?;
                Ok(self.catalogue.set_released(row.no, position, &sections)?)
            }
        }
    }

    /// Puts articles that the ledger spoke of and whose content is known into the feeds or takes them out, once all that it
    /// tells is known: a catalogue that lost its last commits has not seen them withdrawn or released. One that a file holds
    /// waits for that to be read: only the file says in which sections it is, and whether it is a draft by now.
    pub(super) fn stand_told(&mut self, ids: &BTreeSet<String>) -> Result<(), IntakeError> {
        for id in ids {
            let Some(mut article) = self.catalogue.article_by_id(id)?.filter(|article| article.known) else { continue };
            self.settle_release(&mut article)?;
            let is_marked = !self.catalogue.markers_of(article.no)?.is_empty();
            if article.released || article.ordered || is_marked || !self.is_held_by_a_file(article.no)? {
                let reads = if article.released { Reads::Otherwise } else { Reads::AsBefore };
                self.stand(article.no, reads)?;
            }
        }
        self.mark_touched()
    }

    /// Where the ledger ends before the line of the file that holds again what stayed without one, that stays as it was, until the
    /// file is read.
    fn settle_release(&mut self, article: &mut ArticleRow) -> Result<(), IntakeError> {
        if self.catalogue.released_claim(article.no)?.is_none() {
            return Ok(());
        }
        if self.catalogue.claimants(article.no)?.iter().any(|(claim, _)| claim.file.is_some()) {
            return self.end_release(article.no);
        }
        article.released = true;
        Ok(self.catalogue.save_article(article)?)
    }

    /// An article that a file holds needs no other hold, unless it says so.
    fn end_release(&mut self, no: ArticleNo) -> Result<(), IntakeError> {
        if self.catalogue.article(no)?.is_some_and(|article| !article.released) {
            self.catalogue.end_released(no)?;
        }
        Ok(())
    }

    /// What follows from a disappearance follows here as well: the program may have ended before the catalogue had it.
    fn replay_gone(&mut self, path: &InboxPath) -> Result<(), IntakeError> {
        let Some(file) = self.catalogue.file(path)? else { return Ok(()) };
        if file.rejection.is_some() {
            self.committed.notices.push((path.clone(), None));
        }
        if file.kind == FileKind::Marker {
            let article = self.catalogue.marker(file.no)?.and_then(|marker| marker.article);
            self.catalogue.drop_file(file.no)?;
            return article.map_or(Ok(()), |article| self.stand(article, Reads::AsBefore).map(|_| ()));
        }
        self.catalogue.set_presence(file.no, Presence::Gone, 0)?;
        for claim in self.catalogue.claims_of(file.no)? {
            if let Some(article) = self.catalogue.article(claim.article)? {
                self.retry_claimants_of(&article.id)?;
                self.ask_the_others(&article, &file)?;
            }
        }
        self.stir(path)
    }

    /// The same of another name.
    fn replay_moved(&mut self, from: &InboxPath, to: &InboxPath) -> Result<(), IntakeError> {
        let Some(file) = self.catalogue.file(from)? else { return Ok(()) };
        self.give_path(&file, to)?;
        self.catalogue.set_unread(file.no)?;
        self.stir(from)?;
        self.stir(to)
    }

    fn replay_section(&mut self, path: &str, raw: &str, id: &str, updated: i64) -> Result<(), IntakeError> {
        let no = match self.catalogue.section(path)? {
            Some(row) => {
                if row.feed_id.is_empty() {
                    self.catalogue.set_feed_id(row.no, id)?;
                }
                if row.raw != raw {
                    self.catalogue.set_raw(row.no, raw)?;
                }
                row.no
            }
            None => self.catalogue.add_section(path, raw, id, updated)?,
        };
        self.touch_section(no, updated)?;
        self.outline_changed = true;
        self.mark_touched()?;
        Ok(self.catalogue.mark_stale("style.css", DocumentKind::Style, 0)?)
    }

    fn replay_article(
        &mut self,
        known: Option<ArticleRow>,
        mut row: ArticleRow,
        sections: &[String],
    ) -> Result<(), IntakeError> {
        if known.is_none() {
            row.no = self.catalogue.add_article(&row)?;
        }
        self.catalogue.save_article(&row)?;
        if let Some(page) = &row.page
            && self.catalogue.document(page)?.is_none()
        {
            self.catalogue.keep_page(page, row.no)?;
        }
        // Their feeds were dated by it, whether or not its file is still there to be read.
        for section in sections.iter().cloned().map(Section::stored).flat_map(|own| own.lineage().collect::<Vec<_>>()) {
            if let Some(found) = self.catalogue.section(section.as_str())? {
                self.touch_section(found.no, row.updated.max(row.published))?;
            }
        }
        Ok(())
    }

    fn replay_file(
        &mut self,
        path: &str,
        hash: &str,
        issue: Option<&str>,
        articles: &[String],
        sidecar: Option<&str>,
    ) -> Result<(), IntakeError> {
        let path = InboxPath::decoded(path);
        let file = match self.catalogue.file(&path)? {
            Some(file) => file,
            None => self.catalogue.add_file(&path, FileKind::Article, None)?,
        };
        if file.rejection.is_some() {
            self.committed.notices.push((path.clone(), None));
        }
        // What it looked like is not known, so the comparison reads it again; its bytes' hash binds it to its articles.
        if let Ok(hash) = blake3::Hash::from_hex(hash) {
            self.catalogue.file_hash_told(file.no, hash.as_bytes())?;
            self.catalogue.set_file_told(file.no, None)?;
        }
        let told = sidecar.and_then(|hex| blake3::Hash::from_hex(hex).ok());
        self.catalogue.set_sidecar_told(file.no, told.as_ref().map(blake3::Hash::as_bytes))?;
        self.catalogue.set_presence(file.no, Presence::Present, 0)?;
        let issue: Option<NaiveDate> = issue.and_then(|day| day.parse().ok());
        self.catalogue.file_found(file.no, None, None, issue, &[])?;
        let mut claims = Vec::with_capacity(articles.len());
        for (position, id) in articles.iter().enumerate() {
            if let Some(article) = self.catalogue.article_by_id(id)? {
                let position = u32::try_from(position).unwrap_or(u32::MAX);
                claims.push(Claim {
                    file: Some(file.no),
                    position,
                    article: article.no,
                    sections: vec![String::new()],
                });
            }
        }
        for claim in self.catalogue.claims_of(file.no)?.iter().chain(&claims) {
            self.end_release(claim.article)?;
        }
        Ok(self.catalogue.set_claims(file.no, &claims)?)
    }

    /// Writes everything the catalogue knows as facts: for a ledger that lost lines.
    pub(super) fn write_whole_ledger(&mut self) -> Result<(), IntakeError> {
        if let Some(authority) = self.catalogue.remembered("authority")? {
            self.facts.push(Fact::Authority { authority });
        }
        for row in self.catalogue.sections(usize::MAX >> 1)? {
            self.facts.push(Fact::Section { path: row.path, raw: row.raw, id: row.feed_id, updated: row.updated });
        }
        let mut after = 0;
        loop {
            let rows = self.catalogue.articles_after(after, STEP)?;
            let Some(last) = rows.last() else { break };
            after = last.no;
            for row in rows {
                let line = self.ledger_line(&row)?;
                self.facts.push(line);
                if let Some(claim) = self.catalogue.released_claim(row.no)?
                    && let Some(content) = self.catalogue.content(row.no)?
                {
                    let line = self.released_line(&row, &claim, &content)?;
                    self.facts.push(line);
                }
            }
        }
        let mut after = 0;
        loop {
            let files = self.catalogue.files_after(after, STEP)?;
            let Some(last) = files.last() else { return Ok(()) };
            after = last.no;
            for file in files {
                if let Some(marker) = self.catalogue.marker(file.no)?
                    && let (Some(article), Some(hash)) = (marker.article, file.hash)
                    && let Some(article) = self.catalogue.article(article)?
                {
                    self.facts.push(markers::marker_line(&file.path, &hash, article.id, marker.since));
                    continue;
                }
                let ids = self.ids_of(file.no)?;
                let Some(hash) = self.taken_in(&file)?.filter(|_| !ids.is_empty()) else { continue };
                let sidecar = self.catalogue.sidecar_told(file.no)?;
                self.facts.push(ingest::file_line(&file.path, &hash, file.issue, ids, sidecar));
                if file.presence == Presence::Gone {
                    self.facts.push(Fact::Gone { path: file.path.encoded() });
                }
            }
        }
    }
}

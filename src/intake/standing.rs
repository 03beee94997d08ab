//! Whether an article is in the feeds, and everything that follows from a change of that: lists, pages, media, reports.

use std::collections::{BTreeMap, BTreeSet};

use super::sections::MAX_NAMESAKES;
use super::{Batch, Change, IntakeError, dating};
use crate::article::Status;
use crate::catalogue::{ArticleNo, ArticleRow, Claim, Content, DocumentKind, MarkerRow, Presence, SectionNo};
use crate::ledger::Fact;
use crate::name;
use crate::section::Section;

/// How an article reads, for whoever sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reads {
    /// As it did.
    AsBefore,
    /// Otherwise than it did, or for the first time.
    Otherwise,
}

impl Batch<'_> {
    /// Recomputes whether an article is visible and puts every list and document in order. Returns what happened.
    pub(super) fn stand(&mut self, no: ArticleNo, reads: Reads) -> Result<Change, IntakeError> {
        let Some(before) = self.catalogue.article(no)? else { return Ok(Change::Unchanged) };
        let claims = self.catalogue.claimants(no)?;
        Ok(self.stand_from(&before, &claims, reads)?.0)
    }

    /// [`Self::stand`], and a report unless nothing happened.
    pub(super) fn stand_and_report(&mut self, no: ArticleNo, reads: Reads) -> Result<Change, IntakeError> {
        let Some(before) = self.catalogue.article(no)? else { return Ok(Change::Unchanged) };
        let claims = self.catalogue.claimants(no)?;
        let (change, row) = self.stand_from(&before, &claims, reads)?;
        if change != Change::Unchanged {
            self.report_row(change, row, &claims);
        }
        Ok(change)
    }

    /// The same of an article with those that claim it; its row as it is then.
    fn stand_from(
        &mut self,
        before: &ArticleRow,
        claims: &[(Claim, Presence)],
        reads: Reads,
    ) -> Result<(Change, ArticleRow), IntakeError> {
        let (no, revised) = (before.no, reads == Reads::Otherwise);
        let live: Vec<&Claim> =
            claims.iter().filter(|(claim, presence)| is_live(claim, *presence)).map(|(claim, _)| claim).collect();
        let marker = self.catalogue.markers_of(no)?.into_iter().next();
        let Due { visible, due, is_embargoed } = due(before, &live, marker.as_ref(), self.now_seconds());
        let mut row = ArticleRow { visible, due, ..before.clone() };
        if visible && !row.shown {
            row.shown = true;
        }
        let was = self.catalogue.listed(no)?;
        let position = live.first().map_or(0, |claim| claim.position);
        let mut minted = false;
        let (mut is, mut own) = (BTreeMap::new(), Vec::new());
        if visible {
            (is, own) = self.sections_listing(&live, marker.as_ref())?;
            minted = self.mint_page(&mut row, &live)?;
        }
        let listing_changed = was != is.iter().map(|(&no, &own)| (no, own)).collect::<Vec<_>>();
        // Where another file speaks for its place now, nothing else need have changed.
        let is_moved = self.catalogue.listed_at(no)?.is_some_and(|former| former != position);
        if listing_changed && before.shown && visible {
            row.revision += 1; // its sections are among its categories, also of one that was out meanwhile
        }
        self.catalogue.save_article(&row)?;
        // What was revised is told in any case.
        let line_before = if revised { None } else { Some(self.ledger_line(before)?) };
        if listing_changed || (visible && (revised || is_moved)) {
            self.relist(&row, position, &was, &is)?;
        }
        let line = ledger_line_in(&row, own);
        if line_before.is_none_or(|before| before != line) {
            self.facts.push(line);
        }
        if visible
            && !minted
            && (revised || !before.visible || listing_changed)
            && let Some(page) = &row.page
            && !row.linked
        {
            self.catalogue.mark_stale(page, DocumentKind::Page, no)?;
        }
        if before.visible || visible {
            self.settle_page(&row)?;
            if visible && marker.is_none() { self.show_media(no)? } else { self.hide_media(no)? }
        }
        if before.visible && (revised || !visible) {
            self.ask_versions_of(&row.id)?;
        }
        let change = match (before.visible, visible) {
            (false, true) => Change::Published,
            (true, false) => Change::Withdrawn,
            (true, true) if revised => Change::Revised,
            (false, false) if is_embargoed && (before.due != due || revised) => Change::Scheduled,
            _ => Change::Unchanged,
        };
        Ok((change, row))
    }

    /// The sections whose feeds carry an article, each with whether it is dropped into that very one; and the paths of those,
    /// in order. Where no file holds it a marker's notice stands in the marker's section.
    fn sections_listing(
        &self,
        live: &[&Claim],
        marker: Option<&MarkerRow>,
    ) -> Result<(BTreeMap<SectionNo, bool>, Vec<String>), IntakeError> {
        let mut paths: BTreeSet<&str> =
            live.iter().flat_map(|claim| claim.sections.iter().map(String::as_str)).collect();
        if paths.is_empty() {
            paths.extend(marker.map(|marker| marker.section.as_str()));
        }
        let (mut listing, mut own) = (BTreeMap::new(), Vec::new());
        for path in paths {
            for (step, section) in Section::stored(path.to_owned()).lineage().enumerate() {
                if let Some(found) = self.catalogue.section(section.as_str())? {
                    *listing.entry(found.no).or_default() |= step == 0;
                    if step == 0 {
                        own.push(found.path);
                    }
                }
            }
        }
        Ok((listing, own))
    }

    /// Whether a file that is not gone holds the article.
    pub(super) fn is_held_by_a_file(&self, no: ArticleNo) -> Result<bool, IntakeError> {
        Ok(self.catalogue.claimants(no)?.iter().any(|(_, presence)| *presence != Presence::Gone))
    }

    /// Articles whose embargo or expiry has come, and media that were kept long enough; says whether there may be more.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn strike(&mut self, limit: usize) -> Result<bool, IntakeError> {
        let due = self.catalogue.articles_due(self.now_seconds(), limit)?;
        for &no in &due {
            self.stand_and_report(no, Reads::AsBefore)?;
        }
        Ok(self.end_former_media(limit)? || due.len() == limit)
    }

    fn relist(
        &mut self,
        row: &ArticleRow,
        position: u32,
        was: &[(SectionNo, bool)],
        is: &BTreeMap<SectionNo, bool>,
    ) -> Result<(), IntakeError> {
        if !was.is_empty() {
            self.catalogue.unlist(row.no)?;
        }
        for (&section, &own) in is {
            self.catalogue.list(section, own, row, position)?;
            self.touch_section(section, row.updated.max(row.published))?;
        }
        for &(section, own) in was {
            if !is.contains_key(&section) {
                self.left_section(section)?;
            }
            self.outline_changed |= own && is.get(&section) != Some(&true);
        }
        self.outline_changed |= is.iter().any(|(section, own)| *own && !was.contains(&(*section, true)));
        Ok(())
    }

    /// Gives an article its page's path once: `SECTION/YYYY/MM/DD/SLUG.html`. Says whether it had none; it is to be printed
    /// then.
    fn mint_page(&mut self, row: &mut ArticleRow, live: &[&Claim]) -> Result<bool, IntakeError> {
        if row.page.is_some() || row.linked {
            return Ok(false);
        }
        let Some(content) = self.catalogue.content(row.no)? else { return Ok(false) };
        let section =
            Section::stored(live.first().and_then(|claim| claim.sections.first()).cloned().unwrap_or_default());
        let day = dating::day_of(row.published, self.policy.time_zone).format("%Y/%m/%d");
        let slug = name::segment(content.draft.slug.as_deref().filter(|slug| !slug.is_empty()).unwrap_or(&row.title));
        let mut path = section.document(&format!("{day}/{slug}.html"));
        for number in 2..MAX_NAMESAKES {
            if !self.is_taken(&path)? {
                break;
            }
            path = section.document(&format!("{day}/{slug}-{number}.html"));
        }
        self.catalogue.add_stale(&path, DocumentKind::Page, row.no)?;
        let name = path.rsplit('/').next().and_then(|name| name.strip_suffix(".html")).unwrap_or_default();
        self.catalogue.call(row.no, &name::fold(name))?;
        row.page = Some(path);
        Ok(true)
    }

    /// A page whose article is not visible, or lives elsewhere, is gone.
    fn settle_page(&mut self, row: &ArticleRow) -> Result<(), IntakeError> {
        if let Some(page) = &row.page
            && (!row.visible || row.linked)
        {
            self.catalogue.set_gone(page)?;
            self.committed.removals.push(page.clone());
        }
        Ok(())
    }

    /// Lets an article stay published without a file: it keeps its place and its content, and the ledger learns both. One that
    /// is withdrawn by order is kept for its `restore`; one that its file had taken out of the feeds is not kept.
    pub(super) fn release(&mut self, row: &ArticleRow, claim: &Claim) -> Result<(), IntakeError> {
        let is_taken_back = row.ordered || self.catalogue.is_marked(row.no)?;
        if !(row.visible || is_taken_back && row.shown && row.status == Status::Usable) {
            return Ok(());
        }
        let Some(content) = self.catalogue.content(row.no)? else { return Ok(()) };
        // It may stand elsewhere already without a file.
        let mut claim = claim.clone();
        let kept = self.catalogue.released_claim(row.no)?.map(|kept| kept.sections).unwrap_or_default();
        claim.sections.extend(kept.into_iter().filter(|section| !claim.sections.contains(section)).collect::<Vec<_>>());
        self.catalogue.set_released(row.no, claim.position, &claim.sections)?;
        let released = ArticleRow { released: true, ..row.clone() };
        self.catalogue.save_article(&released)?;
        let line = self.ledger_line(&released)?;
        self.facts.push(line);
        let line = self.released_line(row, &claim, &content)?;
        self.facts.push(line);
        Ok(())
    }

    /// What the ledger says of the content of a released article.
    pub(super) fn released_line(
        &self,
        row: &ArticleRow,
        claim: &Claim,
        content: &Content,
    ) -> Result<Fact, IntakeError> {
        let (record, body) = crate::catalogue::packed(content)?;
        let mut media = Vec::with_capacity(content.media.len());
        for medium in content.media.iter().flat_map(|medium| medium.files()) {
            let source = self.catalogue.medium_source(&medium.path)?;
            media.extend(source.map(|source| (medium.path.clone(), source.encoded())));
        }
        Ok(Fact::Released {
            id: row.id.clone(),
            sections: claim.sections.clone(),
            media,
            expires: row.expires,
            position: claim.position,
            record,
            body,
        })
    }

    /// What the ledger says of an article, with the sections that list it now.
    pub(super) fn ledger_line(&self, row: &ArticleRow) -> Result<Fact, IntakeError> {
        let sections = self.catalogue.own_sections(row.no)?.into_iter().map(|section| section.path).collect();
        Ok(ledger_line_in(row, sections))
    }

    /// A file holds the article again, and puts it into these sections. It needs no other hold there; where it stood besides it
    /// stays, as with a copy in another section, unless the file says that it is not to stand.
    pub(super) fn reclaim(
        &mut self,
        row: &mut ArticleRow,
        sections: &[String],
        status: Status,
    ) -> Result<(), IntakeError> {
        let is_needless = |kept: Claim| kept.sections.iter().all(|section| sections.contains(section));
        if row.released && (status != Status::Usable || self.catalogue.released_claim(row.no)?.is_none_or(is_needless))
        {
            self.catalogue.end_released(row.no)?;
            row.released = false;
        }
        Ok(())
    }
}

/// Whether an article is in the feeds, and when that ends or begins.
struct Due {
    visible: bool,
    due: Option<i64>,
    /// Whether it waits for its time, and nothing else keeps it out.
    is_embargoed: bool,
}

/// Whether an article is in the feeds now, by all that is known of it: its files, its order, its marker, its times.
fn due(row: &ArticleRow, live: &[&Claim], marker: Option<&MarkerRow>, now: i64) -> Due {
    let is_usable = row.known && !row.ordered && row.status == Status::Usable && !live.is_empty();
    let wanted = match marker {
        None => is_usable,
        // A notice stands in the place of what readers saw or would see, whatever has become of its file.
        Some(marker) => marker.notice.is_some() && (row.shown || is_usable),
    };
    // What readers have seen is not embargoed again: it would vanish under their eyes.
    let embargo = row.embargo.filter(|&at| at > now && !row.shown);
    let expired = row.expires.is_some_and(|at| at <= now);
    let due = if !wanted { None } else { embargo.or(row.expires.filter(|&at| at > now)) };
    Due { visible: wanted && embargo.is_none() && !expired, due, is_embargoed: wanted && embargo.is_some() }
}

/// What the ledger says of an article that is listed in these sections.
fn ledger_line_in(row: &ArticleRow, sections: Vec<String>) -> Fact {
    Fact::Article {
        id: row.id.clone(),
        stated: row.stated,
        page: row.page.clone(),
        published: row.published,
        updated: row.updated,
        version: row.version,
        title: row.title.clone(),
        fingerprint: row.fingerprint.map(hex),
        source: row.source.map(hex),
        shown: row.shown,
        sections,
        ordered: row.ordered,
        withheld: row.status == Status::Withheld,
        released: row.released,
    }
}

/// Whether a claim keeps its article in the feeds.
fn is_live(claim: &Claim, presence: Presence) -> bool {
    claim.file.is_none() || presence != Presence::Gone
}

fn hex(hash: [u8; 32]) -> String {
    blake3::Hash::from_bytes(hash).to_hex().to_string()
}

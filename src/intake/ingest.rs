//! A file that was read → the record: where it stood before, what it holds now, what it held and no longer holds.

use chrono::{DateTime, NaiveDate, Utc};

use super::dating::{self, Dating};
use super::identity::Binding;
use super::place::Place;
use super::reading::FileRead;
use super::sections::Spelling;
use super::standing::Reads;
use super::{Batch, IntakeError, Story};
use crate::catalogue::{ArticleNo, Claim, FileKind, FileNo, FileRow, Presence};
use crate::dropped::{InboxPath, Look};
use crate::inbox::Share;
use crate::ledger::Fact;
use crate::rejection::Rejection;

/// The file that a story is of.
pub(super) struct Origin<'a> {
    /// Hash of its bytes.
    pub(super) hash: &'a [u8; 32],
    /// How many stories it holds.
    pub(super) stories: usize,
    /// Those before this one, as bound in this reading.
    pub(super) bound: &'a [Claim],
    /// Where the other files lie.
    pub(super) inbox: &'a Share,
}

/// A story with when it is published, and in which sections.
pub(super) struct Placing<'a> {
    pub(super) story: &'a Story,
    pub(super) dating: Dating,
    pub(super) sections: Vec<String>,
}

/// What became of a file's stories, in their order.
#[derive(Default)]
struct TakenUp {
    claims: Vec<Claim>,
    /// The articles, each with how it reads.
    changed: Vec<(ArticleNo, Reads)>,
    ids: Vec<String>,
    doubts: Vec<String>,
    /// The id of another article that one of them says nearly the same as.
    alike: Option<String>,
}

impl Batch<'_> {
    /// Takes in a file that was read. `arrival` is when it came, or its mtime when an inbox is imported; `inbox` says
    /// whether another file of the record is on the disk right now.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn ingest(
        &mut self,
        path: &InboxPath,
        read: &FileRead,
        names: &[String],
        arrival: DateTime<Utc>,
        inbox: &Share,
    ) -> Result<(), IntakeError> {
        let known = self.catalogue.file(path)?;
        let is_known = known.as_ref().is_some_and(|row| row.presence != Presence::Gone);
        let mut place = self.place(path, known, read, inbox)?;
        let no = place.row.no;
        place.is_told_anew = read.sidecar.is_some() && self.catalogue.sidecar_told(no)? != read.sidecar;
        if !place.is_new {
            self.catalogue.file_read(no, read.look, &read.hash)?;
        }
        if place.row.presence == Presence::Gone {
            self.live += 1;
        }
        if !is_known {
            self.stir(path)?;
        }
        let stories = match &read.stories {
            Ok(stories) => stories,
            Err(rejection) => return self.refuse(&place, rejection, None, &read.doubts),
        };
        if !(place.is_new && read.wants.is_empty()) {
            self.want(no, read)?;
        }
        let bindings = match self.bind(&place, stories, read, inbox)? {
            Ok(bindings) => bindings,
            Err((rejection, id)) => return self.refuse(&place, &rejection, Some(&id), &read.doubts),
        };
        let placings = match self.placings(stories, read, names, arrival, inbox)? {
            Ok(placings) => placings,
            Err(rejection) => return self.refuse(&place, &rejection, None, &read.doubts),
        };
        let taken = self.take_up(&place, bindings, placings, read, inbox)?;
        self.leave_behind(&place, &taken.claims, read)?;
        self.holds(&place, read, &taken)?;
        let TakenUp { claims, changed, ids, .. } = taken;
        if place.row.rejection.is_some() {
            self.committed.notices.push((path.clone(), None));
        }
        self.call_stories(path, stories, &claims)?;
        for (article, reads) in changed {
            self.stand_and_report(article, reads)?;
        }
        // The same bytes order nothing again: what was restored stays so.
        for canceled in stories.iter().filter_map(|story| story.draft().cancels.as_deref()).filter(|_| place.is_changed)
        {
            self.cancel(canceled, self.now_seconds())?;
        }
        // After the articles' lines, which it names.
        if !(claims.is_empty() && place.old.is_empty()) {
            self.facts.push(file_line(path, &read.hash, read.issue, ids, read.sidecar));
        }
        // What was refused for an id that this file states too may be a copy of it by now.
        for id in stories.iter().filter_map(|story| story.draft().id.as_deref()).filter(|_| place.is_changed) {
            for copy in self.catalogue.files_claiming(id)?.iter().filter(|file| file.hash == Some(read.hash)) {
                self.read_again(copy)?;
            }
        }
        self.let_go(&place, &claims)
    }

    /// When each of a file's stories is published and in which sections, or why one may be in none.
    fn placings<'a>(
        &mut self,
        stories: &'a [Story],
        read: &FileRead,
        names: &[String],
        arrival: DateTime<Utc>,
        inbox: &Share,
    ) -> Result<Result<Vec<Placing<'a>>, Rejection>, IntakeError> {
        let mut placings = Vec::with_capacity(stories.len());
        for story in stories {
            let dating = dating::date(story.draft(), read.issue, arrival, self.now, self.policy.time_zone);
            match self.sections_of(story, names, read.folio_section.as_deref(), &dating, inbox)? {
                Ok(sections) => placings.push(Placing { story, dating, sections }),
                Err(rejection) => return Ok(Err(rejection)),
            }
        }
        Ok(Ok(placings))
    }

    /// Writes what a file's stories say into the articles that they are.
    fn take_up(
        &mut self,
        place: &Place,
        bindings: Vec<Binding>,
        placings: Vec<Placing<'_>>,
        read: &FileRead,
        inbox: &Share,
    ) -> Result<TakenUp, IntakeError> {
        let mut taken = TakenUp { doubts: read.doubts.clone(), ..TakenUp::default() };
        let stories = placings.len();
        for (at, (placing, binding)) in placings.into_iter().zip(bindings).enumerate() {
            let position = u32::try_from(at).unwrap_or(u32::MAX);
            let origin = Origin { hash: &read.hash, stories, bound: &taken.claims, inbox };
            let (row, reads) = self.settle(place, binding, &placing, &origin, &mut taken.doubts)?;
            if let Some((id, file)) = self.earlier_version(place, &placing, &row)? {
                let doubt = format!("it says nearly the same as {file}, which is published: keep one of the two");
                if !taken.doubts.contains(&doubt) {
                    taken.doubts.push(doubt);
                }
                taken.alike = Some(id);
            }
            taken.claims.push(Claim {
                file: Some(place.row.no),
                position,
                article: row.no,
                sections: placing.sections,
            });
            taken.changed.push((row.no, reads));
            taken.ids.push(row.id);
        }
        Ok(taken)
    }

    /// What the file held and holds no more: whether it still stands, and who may speak for it now.
    fn let_go(&mut self, place: &Place, claims: &[Claim]) -> Result<(), IntakeError> {
        for (claim, row) in &place.old {
            if !claims.iter().any(|kept| kept.article == claim.article) {
                self.stand_and_report(row.no, Reads::AsBefore)?;
                self.retry_claimants_of(&row.id)?;
                self.ask_the_others(row, &place.row)?;
            }
        }
        Ok(())
    }

    /// What a file holds, and what its reader doubted. Of one that was not known, only what there is to say.
    fn holds(&mut self, place: &Place, read: &FileRead, taken: &TakenUp) -> Result<(), IntakeError> {
        let (no, issue, sidecar) = (place.row.no, read.issue, read.sidecar.as_ref());
        let TakenUp { claims, doubts, alike, .. } = taken;
        if !place.is_new {
            self.catalogue.set_claims(no, claims)?;
            self.catalogue.file_found(no, None, alike.as_deref(), issue, doubts)?;
            self.catalogue.set_sidecar_told(no, sidecar)?;
            self.catalogue.set_file_told(no, None)?;
            return Ok(());
        }
        self.catalogue.add_claims(claims)?;
        if issue.is_some() || !doubts.is_empty() {
            self.catalogue.file_found(no, None, alike.as_deref(), issue, doubts)?;
        }
        if sidecar.is_some() {
            self.catalogue.set_sidecar_told(no, sidecar)?;
        }
        Ok(())
    }

    /// Records what the stories of a file are called, before they stand: a marker may have come first.
    fn call_stories(&mut self, path: &InboxPath, stories: &[Story], claims: &[Claim]) -> Result<(), IntakeError> {
        let stem = path.stem();
        for (story, claim) in stories.iter().zip(claims) {
            let slug = story.draft().slug.as_deref().filter(|slug| !slug.is_empty()).unwrap_or(&story.title);
            let names: &[&str] = if slug == stem { &[slug] } else { &[slug, &stem] };
            self.call(claim.article, names)?;
        }
        Ok(())
    }

    /// Notes that a file looks otherwise than when it was read but holds the same bytes, and that it is there.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn same(&mut self, path: &InboxPath, look: Look, hash: &[u8; 32]) -> Result<(), IntakeError> {
        let Some(row) = self.catalogue.file(path)? else { return Ok(()) };
        self.catalogue.file_read(row.no, look, hash)?;
        self.returned(&row)
    }

    /// Notes that a file was emptied: not yet an article, and what it held stays. It says nothing that could be refused, and
    /// brings nothing back that went with its file.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn emptied(&mut self, path: &InboxPath, look: Look) -> Result<(), IntakeError> {
        let Some(row) = self.catalogue.file(path)?.filter(|row| row.presence != Presence::Gone) else { return Ok(()) };
        let Some(hash) = row.hash else { return Ok(()) };
        if row.rejection.is_none() {
            self.same(path, look, &hash)?;
            if row.look.is_none() {
                self.catalogue.set_unread(row.no)?;
            }
            return Ok(());
        }
        if self.catalogue.claims_of(row.no)?.is_empty() {
            return self.forget(&row);
        }
        // Should the refused bytes come again, they are to be read again.
        let told = self.taken_in(&row)?;
        self.catalogue.set_file_told(row.no, told.as_ref())?;
        self.catalogue.file_read(row.no, look, blake3::hash(b"").as_bytes())?;
        self.catalogue.file_found(row.no, None, None, row.issue, &[])?;
        self.committed.notices.push((path.clone(), None));
        self.returned(&FileRow { rejection: None, ..row })
    }

    /// What follows when a file that was missed is there again with the same bytes.
    pub(super) fn returned(&mut self, row: &FileRow) -> Result<(), IntakeError> {
        if row.presence == Presence::Present {
            return Ok(());
        }
        if row.presence == Presence::Gone {
            self.live += u64::from(row.kind == FileKind::Article);
            let ids = self.ids_of(row.no)?;
            if let (Some(hash), false) = (self.taken_in(row)?, ids.is_empty()) {
                let sidecar = self.catalogue.sidecar_told(row.no)?;
                self.facts.push(file_line(&row.path, &hash, row.issue, ids, sidecar));
            }
        }
        if row.rejection.is_some() {
            self.committed.notices.push((row.path.clone(), row.rejection.clone()));
        }
        for claim in self.catalogue.claims_of(row.no)? {
            if let Some(mut article) = self.catalogue.article(claim.article)? {
                let status = article.status;
                self.reclaim(&mut article, &claim.sections, status)?;
                self.catalogue.save_article(&article)?;
            }
            self.stand_and_report(claim.article, Reads::AsBefore)?;
        }
        Ok(())
    }

    pub(super) fn ids_of(&self, file: FileNo) -> Result<Vec<String>, IntakeError> {
        let mut ids = Vec::new();
        for claim in self.catalogue.claims_of(file)? {
            ids.extend(self.catalogue.article(claim.article)?.map(|article| article.id));
        }
        Ok(ids)
    }

    fn sections_of(
        &mut self,
        story: &Story,
        names: &[String],
        folio: Option<&str>,
        dating: &Dating,
        inbox: &Share,
    ) -> Result<Result<Vec<String>, Rejection>, IntakeError> {
        let first = Some(dating.published.timestamp().min(self.now_seconds()));
        let mut sections = Vec::new();
        let folder_is_whole = names.is_empty();
        let stated: Vec<&str> = if !story.draft().sections.is_empty() {
            story.draft().sections.iter().map(String::as_str).collect()
        } else {
            folio.filter(|_| folder_is_whole).into_iter().collect()
        };
        if stated.is_empty() {
            match self.section_for(names, first, Spelling::OfFolders(inbox))? {
                Ok(row) => sections.push(row.path),
                Err(error) => {
                    return Ok(Err(Rejection::new(error.to_string(), "move it to a folder at most 8 below the inbox")));
                }
            }
        }
        for name in stated {
            match self.section_named(name, first)? {
                Ok(row) if !sections.contains(&row.path) => sections.push(row.path),
                Ok(_) => {}
                Err(error) => return Ok(Err(Rejection::new(error.to_string(), "name a section at most 8 deep"))),
            }
        }
        Ok(Ok(sections))
    }

    /// What the file held before and does not hold now: cut from a page, or released when all of it is other news.
    fn leave_behind(&mut self, place: &Place, claims: &[Claim], read: &FileRead) -> Result<(), IntakeError> {
        let other_issue = place.row.issue.is_some() && read.issue.is_some() && place.row.issue != read.issue;
        let nothing_stayed = !place.old.iter().any(|(old, _)| claims.iter().any(|claim| claim.article == old.article));
        if !place.was_live || !(other_issue || nothing_stayed) {
            return Ok(());
        }
        for (claim, row) in &place.old {
            let is_kept = claims.iter().any(|kept| kept.article == row.no);
            if !is_kept && self.other_holders(row.no, place.row.no)?.is_empty() {
                self.release(row, claim)?;
            }
        }
        Ok(())
    }

    /// Refuses a file; what it held before stays as it was.
    fn refuse(
        &mut self,
        place: &Place,
        rejection: &Rejection,
        claimed: Option<&str>,
        doubts: &[String],
    ) -> Result<(), IntakeError> {
        let no = place.row.no;
        self.catalogue.file_found(no, Some(rejection), claimed, place.row.issue, doubts)?;
        if !place.old.is_empty() {
            self.catalogue.set_file_told(no, place.row.hash.as_ref().filter(|_| place.is_changed))?;
        }
        self.committed.notices.push((place.row.path.clone(), Some(rejection.clone())));
        for (_, article) in place.old.iter().filter(|(_, article)| !article.known) {
            self.ask_the_others(article, &place.row)?;
        }
        if place.row.presence != Presence::Present {
            for (_, article) in &place.old {
                self.stand_and_report(article.no, Reads::AsBefore)?;
            }
        }
        Ok(())
    }

    /// Files that say nearly the same as an article are read again: it says something else now, or is out of the feeds.
    pub(super) fn ask_versions_of(&mut self, id: &str) -> Result<(), IntakeError> {
        for file in self.catalogue.files_claiming(id)?.iter().filter(|file| file.rejection.is_none()) {
            self.read_again(file)?;
        }
        Ok(())
    }

    /// Files refused because of an id that may be free now are read again.
    pub(super) fn retry_claimants_of(&mut self, id: &str) -> Result<(), IntakeError> {
        for file in self.catalogue.files_claiming(id)? {
            self.read_again(&file)?;
        }
        Ok(())
    }
}

/// The ledger's line of what a file holds.
pub(super) fn file_line(
    path: &InboxPath,
    hash: &[u8; 32],
    issue: Option<NaiveDate>,
    articles: Vec<String>,
    sidecar: Option<[u8; 32]>,
) -> Fact {
    let hex = |hash: &[u8; 32]| blake3::Hash::from_bytes(*hash).to_hex().to_string();
    Fact::File {
        path: path.encoded(),
        hash: hex(hash),
        issue: issue.map(|day| day.to_string()),
        articles,
        sidecar: sidecar.as_ref().map(hex),
    }
}

//! Which article a draft is: by stated id, headline or likeness, by path, move or equal bytes; minted when it is none.

use chrono::{DateTime, NaiveDate, Utc};

use super::dating::{self, Dating};
use super::likeness::Likeness;
use super::reading::FileRead;
use super::sections::MAX_NAMESAKES;
use super::standing::ledger_line;
use super::{Batch, IntakeError, Story};
use crate::article::Status;
use crate::catalogue::{ArticleRow, Claim, Content, FileKind, FileNo, FileRow, Presence};
use crate::dropped::{InboxPath, Look};
use crate::ledger::Fact;
use crate::name;
use crate::rejection::Rejection;

/// A file's place in the record, and what it claimed so far.
struct Place {
    row: FileRow,
    /// Its articles as of the last reading.
    old: Vec<(Claim, ArticleRow)>,
    /// Whether it was there until now: then what it no longer holds is news that stays.
    was_live: bool,
    /// Whether its bytes are others than at the last reading.
    is_changed: bool,
}

/// Which article a draft is.
enum Binding {
    /// One that the record has.
    Known(Box<ArticleRow>),
    /// A new one, with the id it states.
    New,
}

impl Batch<'_> {
    /// Takes in a file that was read. `arrival` is when it came, or its mtime when an inbox is imported; `is_there` says
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
        is_there: &dyn Fn(&InboxPath) -> bool,
    ) -> Result<(), IntakeError> {
        let place = self.place(path, &read.hash, is_there)?;
        let no = place.row.no;
        let returned = place.row.presence == Presence::Gone;
        let held = matches!(place.row.presence, Presence::Missing | Presence::Held);
        self.catalogue.file_read(no, read.look, &read.hash)?;
        if returned {
            self.live += 1;
        }
        let stories = match &read.stories {
            Ok(stories) => stories,
            Err(rejection) => return self.refuse(&place, rejection, None, &read.doubts, returned || held),
        };
        self.want(no, read)?;
        let bindings = match self.bind(&place, stories, read, is_there)? {
            Ok(bindings) => bindings,
            Err((rejection, id)) => return self.refuse(&place, &rejection, Some(&id), &read.doubts, returned || held),
        };
        let mut doubts = read.doubts.clone();
        let mut claims = Vec::with_capacity(stories.len());
        let mut changed = Vec::with_capacity(stories.len());
        for (at, (story, binding)) in stories.iter().zip(bindings).enumerate() {
            let dating = dating::date(&story.draft, read.issue, arrival, self.now, self.policy.time_zone);
            let sections = match self.sections_of(story, names, read.folio_section.as_deref(), &dating)? {
                Ok(sections) => sections,
                Err(rejection) => return self.refuse(&place, &rejection, None, &read.doubts, returned || held),
            };
            let position = u32::try_from(at).unwrap_or(u32::MAX);
            let (article, revised) = self.settle(&place, story, binding, &dating, stories.len(), &mut doubts)?;
            claims.push(Claim { file: no, position, article, sections });
            changed.push((article, revised));
        }
        self.leave_behind(&place, &claims, read)?;
        self.catalogue.set_claims(no, &claims)?;
        self.catalogue.file_found(no, None, None, read.issue, &doubts)?;
        if place.row.rejection.is_some() {
            self.committed.notices.push((path.clone(), None));
        }
        self.bound_line(path, read, &claims)?;
        for (article, revised) in changed {
            self.stand_and_report(article, revised)?;
        }
        for (claim, row) in &place.old {
            if !claims.iter().any(|kept| kept.article == claim.article) {
                self.stand_and_report(row.no, false)?;
                self.retry_claimants_of(&row.id)?;
            }
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

    /// Notes that a file was emptied: not yet an article, and what it held stays.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn emptied(&mut self, path: &InboxPath, look: Look) -> Result<(), IntakeError> {
        match self.catalogue.file(path)? {
            Some(FileRow { hash: Some(hash), .. }) => self.same(path, look, &hash),
            _ => Ok(()),
        }
    }

    /// Notes what a file refers to, and how that looks: a change of it is a change of the article.
    fn want(&mut self, file: FileNo, read: &FileRead) -> Result<(), IntakeError> {
        self.catalogue.set_wants(file, read.wants.iter().map(|(source, _)| source))?;
        for (source, look) in &read.wants {
            if let Some(look) = look {
                self.saw_medium(source, *look)?;
            }
        }
        Ok(())
    }

    /// Notes how a medium looks; says whether that was news.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn saw_medium(&mut self, source: &InboxPath, look: Look) -> Result<bool, IntakeError> {
        let row = match self.catalogue.file(source)? {
            Some(row) => row,
            None => self.catalogue.add_file(source, FileKind::Media)?,
        };
        if row.look == Some(look) && row.presence == Presence::Present {
            return Ok(false);
        }
        self.catalogue.file_read(row.no, look, &[0; 32])?;
        Ok(true)
    }

    /// What follows when a file that was missed is there again with the same bytes.
    pub(super) fn returned(&mut self, row: &FileRow) -> Result<(), IntakeError> {
        if row.presence == Presence::Present {
            return Ok(());
        }
        if row.presence == Presence::Gone {
            self.live += u64::from(row.kind == FileKind::Article);
            let ids = self.ids_of(row.no)?;
            if let (Some(hash), false) = (row.hash, ids.is_empty()) {
                self.facts.push(file_line(&row.path, &hash, row.issue, ids));
            }
        }
        if row.rejection.is_some() {
            self.committed.notices.push((row.path.clone(), row.rejection.clone()));
        }
        for claim in self.catalogue.claims_of(row.no)? {
            if let Some(mut article) = self.catalogue.article(claim.article)? {
                self.reclaim(&mut article)?;
                self.catalogue.save_article(&article)?;
            }
            self.stand_and_report(claim.article, false)?;
        }
        Ok(())
    }

    fn ids_of(&self, file: FileNo) -> Result<Vec<String>, IntakeError> {
        let mut ids = Vec::new();
        for claim in self.catalogue.claims_of(file)? {
            ids.extend(self.catalogue.article(claim.article)?.map(|article| article.id));
        }
        Ok(ids)
    }

    /// The file's row: its own, that of a file with these bytes which is no longer where it was, or a new one.
    fn place(
        &mut self,
        path: &InboxPath,
        hash: &[u8; 32],
        is_there: &dyn Fn(&InboxPath) -> bool,
    ) -> Result<Place, IntakeError> {
        let own = self.catalogue.file(path)?;
        if let Some(row) = own {
            let old = self.held_by(row.no)?;
            if !old.is_empty() || row.rejection.is_some() {
                let was_live = row.presence != Presence::Gone;
                let is_changed = row.hash.as_ref() != Some(hash);
                return Ok(Place { row, old, was_live, is_changed });
            }
        }
        if let Some(from) = self.moved_from(path, hash, is_there)? {
            let old = self.held_by(from.no)?;
            self.catalogue.move_file(from.no, path)?;
            self.facts.push(Fact::Moved { from: from.path.encoded(), to: path.encoded() });
            let was_live = from.presence != Presence::Gone;
            return Ok(Place { row: FileRow { path: path.clone(), ..from }, old, was_live, is_changed: false });
        }
        let row = match self.catalogue.file(path)? {
            Some(row) => row,
            None => {
                self.live += 1;
                self.catalogue.add_file(path, FileKind::Article)?
            }
        };
        Ok(Place { row, old: Vec::new(), was_live: true, is_changed: true })
    }

    /// The one file with these bytes that is not there any more: it has been renamed.
    fn moved_from(
        &self,
        path: &InboxPath,
        hash: &[u8; 32],
        is_there: &dyn Fn(&InboxPath) -> bool,
    ) -> Result<Option<FileRow>, IntakeError> {
        let mut absent = Vec::new();
        for row in self.catalogue.files_with_hash(hash)? {
            if row.path != *path && !self.catalogue.claims_of(row.no)?.is_empty() && !is_there(&row.path) {
                absent.push(row);
            }
        }
        let recent: Vec<&FileRow> = absent.iter().filter(|row| row.presence != Presence::Gone).collect();
        Ok(match (recent.as_slice(), absent.as_slice()) {
            ([one], _) => Some((*one).clone()),
            ([], [one]) => Some(one.clone()),
            _ => None,
        })
    }

    fn held_by(&self, file: FileNo) -> Result<Vec<(Claim, ArticleRow)>, IntakeError> {
        let mut held = Vec::new();
        for claim in self.catalogue.claims_of(file)? {
            if let Some(article) = self.catalogue.article(claim.article)? {
                held.push((claim, article));
            }
        }
        Ok(held)
    }

    /// Finds each draft's article.
    #[expect(clippy::type_complexity, reason = "bindings, or the refusal with the id in use")]
    fn bind(
        &mut self,
        place: &Place,
        stories: &[Story],
        read: &FileRead,
        is_there: &dyn Fn(&InboxPath) -> bool,
    ) -> Result<Result<Vec<Binding>, (Rejection, String)>, IntakeError> {
        let mut bindings: Vec<Option<Binding>> = stories.iter().map(|_| None).collect();
        let same_issue = match (place.row.issue, read.issue) {
            (Some(before), Some(now)) => before == now,
            _ => true,
        };
        let mut free: Vec<&ArticleRow> = Vec::new();
        for (_, row) in &place.old {
            if same_issue && !self.diverged(place, row, is_there)? {
                free.push(row);
            }
        }
        for (at, story) in stories.iter().enumerate() {
            let Some(id) = &story.draft.id else { continue };
            let Some(row) = self.catalogue.article_by_id(id)? else { continue };
            let versioned = story.draft.version.is_some() || row.version.is_some();
            if !versioned && let Some(other) = self.living_claimant(place, &row, is_there)? {
                let reason = format!("the id {id:?} is already used by {other}");
                let hint = "give this article an id of its own, or remove the other file".to_owned();
                return Ok(Err((Rejection::new(reason, hint), id.clone())));
            }
            free.retain(|candidate| candidate.no != row.no);
            bindings[at] = Some(Binding::Known(Box::new(row)));
        }
        // The very same bytes as at the last reading (a lost catalogue, a moved file): place by place.
        if !place.is_changed && place.old.len() == stories.len() && free.len() == stories.len() {
            for (binding, (_, row)) in bindings.iter_mut().zip(&place.old) {
                binding.get_or_insert_with(|| Binding::Known(Box::new(row.clone())));
            }
            free.clear();
        }
        self.bind_alike(stories, &mut bindings, free)?;
        if place.old.is_empty() || bindings.iter().all(Option::is_none) {
            self.bind_twin(place, stories, read, &mut bindings, is_there)?;
        }
        Ok(Ok(bindings.into_iter().map(|binding| binding.unwrap_or(Binding::New)).collect()))
    }

    /// Pairs drafts and articles by headline and likeness, the likest first.
    fn bind_alike(
        &self,
        stories: &[Story],
        bindings: &mut [Option<Binding>],
        free: Vec<&ArticleRow>,
    ) -> Result<(), IntakeError> {
        if free.is_empty() {
            return Ok(());
        }
        let alone = stories.len() == 1 && free.len() == 1;
        let mut candidates = Vec::with_capacity(free.len());
        for row in free {
            let likeness = match self.catalogue.content(row.no)? {
                Some(content) => Likeness::of(&row.title, &content.draft),
                None => Likeness::of_title(&row.title),
            };
            candidates.push((row, likeness));
        }
        let mut ranked = Vec::new();
        for (at, story) in stories.iter().enumerate().filter(|(at, _)| bindings[*at].is_none()) {
            let likeness = Likeness::of(&story.title, &story.draft);
            for (which, (row, candidate)) in candidates.iter().enumerate() {
                // Two stated ids that differ are two articles, whatever they say.
                if row.stated && story.draft.id.is_some() {
                    continue;
                }
                // All that the ledger knows of an article alone in its file is its title: that its file is still there binds it.
                let rank = if alone && !row.known { Some(0) } else { likeness.rank(candidate) };
                if let Some(rank) = rank {
                    ranked.push((std::cmp::Reverse(rank), at, which));
                }
            }
        }
        ranked.sort_unstable();
        let mut taken = vec![false; candidates.len()];
        for (_, at, which) in ranked {
            if bindings[at].is_none() && !taken[which] {
                taken[which] = true;
                bindings[at] = Some(Binding::Known(Box::new(candidates[which].0.clone())));
            }
        }
        Ok(())
    }

    /// Binds a file whose content is new to its path by equal bytes: moved over another file, or copied.
    fn bind_twin(
        &mut self,
        place: &Place,
        stories: &[Story],
        read: &FileRead,
        bindings: &mut [Option<Binding>],
        is_there: &dyn Fn(&InboxPath) -> bool,
    ) -> Result<(), IntakeError> {
        let moved = if place.old.is_empty() { None } else { self.moved_from(&place.row.path, &read.hash, is_there)? };
        let twin = match moved {
            Some(row) => Some((row, true)),
            None => self
                .catalogue
                .files_with_hash(&read.hash)?
                .into_iter()
                .find(|row| row.no != place.row.no && row.presence != Presence::Gone && is_there(&row.path))
                .map(|row| (row, false)),
        };
        let Some((twin, is_moved)) = twin else { return Ok(()) };
        let held = self.held_by(twin.no)?;
        if held.len() != stories.len() {
            return Ok(());
        }
        for (binding, (_, row)) in bindings.iter_mut().zip(held) {
            binding.get_or_insert(Binding::Known(Box::new(row)));
        }
        if is_moved {
            self.catalogue.set_claims(twin.no, &[])?;
            self.catalogue.drop_file(twin.no)?;
            self.live = self.live.saturating_sub(1);
            self.facts.push(Fact::Gone { path: twin.path.encoded() });
        }
        Ok(())
    }

    /// Whether this file is a copy, in the same section, of an older one that is there and still has the bytes that both had:
    /// a copy made into something else must not drag the original along.
    fn diverged(
        &self,
        place: &Place,
        row: &ArticleRow,
        is_there: &dyn Fn(&InboxPath) -> bool,
    ) -> Result<bool, IntakeError> {
        if row.stated || place.row.hash.is_none() || !place.is_changed {
            return Ok(false);
        }
        let own = place.old.iter().find(|(claim, _)| claim.article == row.no).map(|(claim, _)| &claim.sections);
        for (claim, presence) in self.catalogue.claimants(row.no)? {
            let is_older = claim.file > 0 && claim.file < place.row.no && presence == Presence::Present;
            if is_older
                && own == Some(&claim.sections)
                && let Some(other) = self.catalogue.file_of(claim.file)?
                && other.hash == place.row.hash
                && is_there(&other.path)
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Another file that holds the article and is there.
    fn living_claimant(
        &self,
        place: &Place,
        row: &ArticleRow,
        is_there: &dyn Fn(&InboxPath) -> bool,
    ) -> Result<Option<InboxPath>, IntakeError> {
        for (claim, presence) in self.catalogue.claimants(row.no)? {
            if claim.file < 0 || claim.file == place.row.no || presence == Presence::Gone {
                continue;
            }
            if let Some(other) = self.catalogue.file_of(claim.file)?
                && other.hash != place.row.hash.filter(|_| !place.old.is_empty())
                && (is_there(&other.path) || presence != Presence::Present)
            {
                return Ok(Some(other.path));
            }
        }
        Ok(None)
    }

    fn sections_of(
        &mut self,
        story: &Story,
        names: &[String],
        folio: Option<&str>,
        dating: &Dating,
    ) -> Result<Result<Vec<String>, Rejection>, IntakeError> {
        let first = dating.published.timestamp().min(self.now_seconds());
        let mut sections = Vec::new();
        let folder_is_whole = names.is_empty();
        let stated: Vec<&str> = if !story.draft.sections.is_empty() {
            story.draft.sections.iter().map(String::as_str).collect()
        } else {
            folio.filter(|_| folder_is_whole).into_iter().collect()
        };
        if stated.is_empty() {
            match self.section_for(names, first)? {
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

    /// Writes what a draft says into its article; says whether a reader could see a difference.
    fn settle(
        &mut self,
        place: &Place,
        story: &Story,
        binding: Binding,
        dating: &Dating,
        items: usize,
        doubts: &mut Vec<String>,
    ) -> Result<(i64, bool), IntakeError> {
        doubts.extend(dating.doubts.iter().cloned());
        let mut row = match binding {
            Binding::Known(row) => *row,
            Binding::New => self.mint(place, story, dating, items)?,
        };
        if let Some(id) = &story.draft.id
            && *id != row.id
        {
            doubts.push(format!("the id {id:?} was added after publication; the article keeps {:?}", row.id));
        }
        let is_claimed_here = place.old.iter().any(|(claim, _)| claim.article == row.no);
        if let (Some(version), Some(have)) = (story.draft.version, row.version)
            && row.known
            && (version < have || (version == have && !is_claimed_here))
        {
            doubts.push(format!("version {version} of {:?} is not above {have}, which is published", row.id));
            self.reclaim(&mut row)?;
            self.catalogue.save_article(&row)?;
            return Ok((row.no, false));
        }
        let before = row.clone();
        self.reclaim(&mut row)?;
        if row.shown {
            if story.draft.date.is_some() && dating.published > self.now && dating.published.timestamp() != row.published {
                doubts.push("the date was moved into the future after publication; the article keeps its date".to_owned());
            }
        } else {
            row.published = dating.published.timestamp();
            row.embargo = dating.embargo.map(|at| at.timestamp());
        }
        row.expires = dating.expires.map(|at| at.timestamp());
        let mut status = story.draft.status;
        if status == Status::Withdrawn {
            // The same bytes order nothing again: a restored article stays restored until its file is edited.
            if place.is_changed || !row.shown && !before.known {
                row.ordered = true;
            } else if !row.ordered {
                status = Status::Usable;
            }
        }
        if story.draft.version > row.version && story.draft.status == Status::Usable && row.known {
            row.ordered = false;
        }
        row.status = status;
        row.version = row.version.max(story.draft.version);
        row.title.clone_from(&story.title);
        self.date_change(&mut row, &before, story, dating);
        if row.updated != before.updated || !row.shown {
            self.take_free_second(&mut row, dating)?;
        }
        row.fingerprint = Some(story.fingerprint);

        let content = Content {
            draft: story.draft.clone(),
            summary: story.summary.clone(),
            media: story.media.iter().map(|(medium, _)| medium.clone()).collect(),
        };
        let digest = digest(&row, &content)?;
        let revised = row.digest != Some(digest);
        if revised {
            row.digest = Some(digest);
            row.revision += 1;
            self.catalogue.store_content(row.no, &content)?;
            let former = self.catalogue.media_of(row.no)?;
            for (medium, source) in &story.media {
                self.catalogue.add_medium(medium, source)?;
            }
            self.catalogue.set_media_uses(row.no, story.media.iter().map(|(medium, _)| medium.path.as_str()))?;
            for path in former {
                self.drop_unused_medium(path)?;
            }
        }
        self.catalogue.save_article(&row)?;
        if ledger_line(&before) != ledger_line(&row) || !before.known {
            self.facts.push(ledger_line(&row));
        }
        Ok((row.no, revised))
    }

    /// `updated`: moves when title, body, media or authors changed, strictly; stays with the publication until it was shown.
    fn date_change(&self, row: &mut ArticleRow, before: &ArticleRow, story: &Story, dating: &Dating) {
        let stated = dating.updated.map(|at| at.timestamp()).filter(|&at| at >= row.published);
        if !row.shown {
            row.updated = stated.filter(|&at| at <= self.now_seconds()).unwrap_or(row.published);
        } else if before.fingerprint.is_some_and(|former| former != story.fingerprint) && !story.draft.minor {
            let moved = stated.filter(|&at| at > before.updated).unwrap_or(self.now_seconds());
            row.updated = moved.max(before.updated + 1);
        }
    }

    /// Two entries of one feed with the same `updated` confuse readers that merge by it: unless the file states it, the next
    /// second that no article has is taken. More than so many at one moment are an import, and stay as they are.
    fn take_free_second(&self, row: &mut ArticleRow, dating: &Dating) -> Result<(), IntakeError> {
        const MOST: i64 = 300;
        if dating.updated.is_none_or(|at| at.timestamp() != row.updated) {
            row.updated = self.catalogue.free_second(row.no, row.updated, MOST)?;
        }
        Ok(())
    }

    /// A new article with an id for ever.
    fn mint(
        &mut self,
        place: &Place,
        story: &Story,
        dating: &Dating,
        items: usize,
    ) -> Result<ArticleRow, IntakeError> {
        let mut row = ArticleRow { published: dating.published.timestamp(), ..ArticleRow::default() };
        row.updated = row.published;
        if let Some(id) = &story.draft.id
            && self.catalogue.article_by_id(id)?.is_none()
        {
            row.id.clone_from(id);
            row.stated = true;
        } else {
            let day = dating::day_of(row.published, self.policy.time_zone);
            let authority = self.authority()?;
            let mut plain = format!("tag:{authority},{day}:{}", place.row.path.encoded());
            if items > 1 {
                plain = format!("{plain}/{}", name::short_hash(&story.title));
            }
            row.id.clone_from(&plain);
            for number in 2..MAX_NAMESAKES {
                let Some(taken) = self.catalogue.article_by_id(&row.id)? else { break };
                // The same name, day and words, held by no file: it is that article come back.
                if self.is_free(&taken)? && self.resembles(&taken, story)? {
                    return Ok(taken);
                }
                row.id = format!("{plain}-{number}");
            }
        }
        row.no = self.catalogue.add_article(&row)?;
        Ok(row)
    }

    fn is_free(&self, row: &ArticleRow) -> Result<bool, IntakeError> {
        Ok(self.catalogue.claimants(row.no)?.iter().all(|(_, presence)| *presence == Presence::Gone))
    }

    fn resembles(&self, row: &ArticleRow, story: &Story) -> Result<bool, IntakeError> {
        let likeness = match self.catalogue.content(row.no)? {
            Some(content) => Likeness::of(&row.title, &content.draft),
            None => Likeness::of_title(&row.title),
        };
        Ok(likeness.rank(&Likeness::of(&story.title, &story.draft)).is_some())
    }

    /// What the file held before and does not hold now: cut from a page, or released when all of it is other news.
    fn leave_behind(&mut self, place: &Place, claims: &[Claim], read: &FileRead) -> Result<(), IntakeError> {
        let other_issue = place.row.issue.is_some() && read.issue.is_some() && place.row.issue != read.issue;
        let nothing_stayed = !place.old.iter().any(|(old, _)| claims.iter().any(|claim| claim.article == old.article));
        if !place.was_live || !(other_issue || nothing_stayed) {
            return Ok(());
        }
        for (claim, row) in &place.old {
            let others = self.catalogue.claimants(row.no)?;
            let is_last = others.iter().all(|(other, presence)| other.file == place.row.no || *presence == Presence::Gone);
            if is_last && !claims.iter().any(|kept| kept.article == row.no) && row.shown {
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
        returned: bool,
    ) -> Result<(), IntakeError> {
        let no = place.row.no;
        self.catalogue.file_found(no, Some(rejection), claimed, place.row.issue, doubts)?;
        self.committed.notices.push((place.row.path.clone(), Some(rejection.clone())));
        if returned {
            for (_, article) in &place.old {
                self.stand_and_report(article.no, false)?;
            }
        }
        Ok(())
    }

    /// Files refused because of an id that may be free now are read again.
    pub(super) fn retry_claimants_of(&mut self, id: &str) -> Result<(), IntakeError> {
        for file in self.catalogue.files_claiming(id)? {
            self.committed.retries.push(file.path);
        }
        Ok(())
    }

    fn bound_line(&mut self, path: &InboxPath, read: &FileRead, claims: &[Claim]) -> Result<(), IntakeError> {
        let mut ids = Vec::with_capacity(claims.len());
        for claim in claims {
            ids.extend(self.catalogue.article(claim.article)?.map(|row| row.id));
        }
        self.facts.push(file_line(path, &read.hash, read.issue, ids));
        Ok(())
    }

    /// Gives a file and what it holds another name, as a rename did on the disk. The file is to be read again: its folder
    /// and its name may say other things.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn rename(&mut self, from: &InboxPath, to: &InboxPath) -> Result<bool, IntakeError> {
        let Some(row) = self.catalogue.file(from)? else { return Ok(false) };
        // A path that has articles keeps them: what is renamed onto it is read as its new content.
        if let Some(target) = self.catalogue.file(to)?
            && target.presence != Presence::Gone
            && !self.catalogue.claims_of(target.no)?.is_empty()
        {
            return Ok(false);
        }
        self.catalogue.move_file(row.no, to)?;
        if row.rejection.is_some() {
            self.committed.notices.push((from.clone(), None));
            self.committed.notices.push((to.clone(), row.rejection.clone()));
        }
        if !self.catalogue.claims_of(row.no)?.is_empty() {
            self.facts.push(Fact::Moved { from: from.encoded(), to: to.encoded() });
        }
        Ok(true)
    }
}

/// The ledger's line of what a file holds.
pub(super) fn file_line(path: &InboxPath, hash: &[u8; 32], issue: Option<NaiveDate>, articles: Vec<String>) -> Fact {
    Fact::File {
        path: path.encoded(),
        hash: blake3::Hash::from_bytes(*hash).to_hex().to_string(),
        issue: issue.map(|day| day.to_string()),
        articles,
    }
}

/// Hash of everything that a reader can see of an article, wherever it stands.
fn digest(row: &ArticleRow, content: &Content) -> Result<[u8; 32], IntakeError> {
    let (record, body) = crate::catalogue::packed(content)?;
    let mut hasher = blake3::Hasher::new();
    for part in [record.as_str(), &body, &row.title] {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.update(&row.published.to_le_bytes());
    hasher.update(&row.updated.to_le_bytes());
    Ok(*hasher.finalize().as_bytes())
}

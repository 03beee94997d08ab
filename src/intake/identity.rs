//! Which article a draft is: by stated id, headline or likeness, by path, move or equal bytes; minted when it is none.

use super::dating;
use super::likeness::Likeness;
use super::place::Place;
use super::reading::FileRead;
use super::{Batch, IntakeError, Story};
use crate::catalogue::{ArticleRow, FileRow, Presence};
use crate::dropped::InboxPath;
use crate::inbox::{self, Share};
use crate::ledger::Fact;
use crate::rejection::Rejection;

/// Which article a draft is.
pub(super) enum Binding {
    /// One that the record has.
    Known(Box<ArticleRow>),
    /// A new one, with the id it states.
    New,
}

impl Batch<'_> {
    /// The one of the files with the bytes of this one that is not there any more: it has been renamed.
    pub(super) fn moved_from(
        &self,
        path: &InboxPath,
        twins: &[FileRow],
        inbox: &Share,
    ) -> Result<Option<FileRow>, IntakeError> {
        let mut absent = Vec::new();
        for row in twins {
            // Under a name of another sort it is another thing.
            let is_of_sort = row.path != *path && inbox::sort(&row.path) == inbox::sort(path);
            if is_of_sort && !self.catalogue.claims_of(row.no)?.is_empty() && !inbox.may_have(&row.path) {
                absent.push(row.clone());
            }
        }
        let recent: Vec<&FileRow> = absent.iter().filter(|row| row.presence != Presence::Gone).collect();
        Ok(match (recent.as_slice(), absent.as_slice()) {
            ([one], _) => Some((*one).clone()),
            ([], [one]) => Some(one.clone()),
            _ => None,
        })
    }

    /// Finds each draft's article.
    pub(super) fn bind(
        &mut self,
        place: &Place,
        stories: &[Story],
        read: &FileRead,
        inbox: &Share,
    ) -> Result<Result<Vec<Binding>, (Rejection, String)>, IntakeError> {
        let mut bindings: Vec<Option<Binding>> = stories.iter().map(|_| None).collect();
        let same_issue = match (place.row.issue, read.issue) {
            (Some(before), Some(now)) => before == now,
            _ => true,
        };
        let mut free: Vec<&ArticleRow> = Vec::new();
        for (_, row) in &place.old {
            if same_issue && !self.diverged(place, row, inbox)? {
                free.push(row);
            }
        }
        for (at, story) in stories.iter().enumerate() {
            let Some(id) = &story.draft().id else { continue };
            let Some(row) = self.catalogue.article_by_id(id)? else { continue };
            let versioned = story.draft().rank().is_some() || row.version.is_some();
            // Who takes an article back, or sends one that was taken back, wants no article of the same id.
            let is_order = story.draft().status.takes_out() || row.ordered;
            // A path that holds the article already keeps it, whatever another file says by now.
            if !versioned
                && !is_order
                && !place.held(row.no)
                && let Some(other) = self.living_claimant(place, &row, read, inbox)?
            {
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
            self.bind_twin(place, stories, read, &mut bindings, inbox)?;
        }
        self.bind_released(stories, read, &mut bindings)?;
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
            let likeness = Likeness::of(&story.title, story.draft());
            for (which, (row, candidate)) in candidates.iter().enumerate() {
                // Two stated ids that differ are two articles, whatever they say.
                if row.stated && story.draft().id.is_some() {
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
        let mut chosen: Vec<Option<usize>> = vec![None; candidates.len()];
        for (_, at, which) in ranked {
            if chosen[which].is_none() && !chosen.contains(&Some(at)) {
                chosen[which] = Some(at);
            }
        }
        // Those that say the same are told apart by their order alone: one that was edited stands where it stood.
        for which in 0..candidates.len() {
            for other in which + 1..candidates.len() {
                if candidates[which].1 == candidates[other].1
                    && let (Some(at), Some(later)) = (chosen[which], chosen[other])
                {
                    (chosen[which], chosen[other]) = (Some(at.min(later)), Some(at.max(later)));
                }
            }
        }
        for ((row, _), at) in candidates.into_iter().zip(chosen) {
            if let Some(at) = at {
                bindings[at] = Some(Binding::Known(Box::new(row.clone())));
            }
        }
        Ok(())
    }

    /// Binds a file whose content is new to its path as another with the same bytes: one that was moved over it, and so is
    /// where it was no more, or one that is there as well, of which it is a copy.
    fn bind_twin(
        &mut self,
        place: &Place,
        stories: &[Story],
        read: &FileRead,
        bindings: &mut [Option<Binding>],
        inbox: &Share,
    ) -> Result<(), IntakeError> {
        let asked = if place.is_new { Vec::new() } else { self.catalogue.files_with_hash(&read.hash)? };
        let twins = if place.is_new { &place.twins } else { &asked };
        // A path that held nothing has been given the row of what was moved there.
        let moved = if place.old.is_empty() { None } else { self.moved_from(&place.row.path, twins, inbox)? };
        let is_there =
            |row: &&FileRow| row.no != place.row.no && row.presence != Presence::Gone && inbox.may_have(&row.path);
        let Some(twin) = moved.as_ref().or_else(|| twins.iter().find(is_there)) else { return Ok(()) };
        let held = self.held_by(twin.no)?;
        if held.len() != stories.len() {
            return Ok(());
        }
        for (binding, (_, row)) in bindings.iter_mut().zip(held) {
            binding.get_or_insert(Binding::Known(Box::new(row)));
        }
        if let Some(from) = moved {
            self.forget(&from)?;
            self.facts.push(Fact::Gone { path: from.path.encoded() });
        }
        Ok(())
    }

    /// Binds what says word for word what a released article says: its text went from one name to another, as where the
    /// newest stories are kept under numbers, or a page under its date. A page of another day may repeat a notice; that is news.
    fn bind_released(
        &self,
        stories: &[Story],
        read: &FileRead,
        bindings: &mut [Option<Binding>],
    ) -> Result<(), IntakeError> {
        let is_of_issue =
            |row: &ArticleRow| read.issue.is_none_or(|day| dating::day_of(row.published, self.policy.time_zone) == day);
        for (at, story) in stories.iter().enumerate() {
            if bindings[at].is_some() || story.draft().id.is_some() {
                continue;
            }
            let is_bound = |row: &ArticleRow| {
                bindings.iter().flatten().any(|binding| matches!(binding, Binding::Known(known) if known.no == row.no))
            };
            let released = self.catalogue.released_with(&story.fingerprint)?;
            let found = released.into_iter().find(|row| !is_bound(row) && is_of_issue(row));
            bindings[at] = found.map(|row| Binding::Known(Box::new(row)));
        }
        Ok(())
    }

    /// Whether this file is a copy, in the same section, of an older one that is there and still has the bytes that both had:
    /// a copy made into something else must not drag the original along.
    fn diverged(&self, place: &Place, row: &ArticleRow, inbox: &Share) -> Result<bool, IntakeError> {
        if row.stated || place.row.hash.is_none() || !place.is_changed {
            return Ok(false);
        }
        let own = place.old.iter().find(|(claim, _)| claim.article == row.no).map(|(claim, _)| &claim.sections);
        Ok(self.other_holders(row.no, place.row.no)?.iter().any(|(claim, other)| {
            other.no < place.row.no
                && other.presence == Presence::Present
                && other.hash == place.row.hash
                && own == Some(&claim.sections)
                && is_as_read(inbox, other)
        }))
    }

    /// Another file that holds the article and is there, and says something else: copies, and what were copies until now,
    /// do not dispute an id.
    fn living_claimant(
        &self,
        place: &Place,
        row: &ArticleRow,
        read: &FileRead,
        inbox: &Share,
    ) -> Result<Option<InboxPath>, IntakeError> {
        let was = place.row.hash.filter(|_| !place.old.is_empty());
        let found = self.other_holders(row.no, place.row.no)?.into_iter().find(|(_, other)| {
            other.hash != Some(read.hash)
                && other.hash != was
                && (inbox.may_have(&other.path) || other.presence != Presence::Present)
        });
        Ok(found.map(|(_, other)| other.path))
    }
}

/// Whether a file on the disk has the bytes that the record knows. Another name of a file that was edited has not, before it is
/// read itself; nor has a copy that was edited alike.
fn is_as_read(inbox: &Share, file: &FileRow) -> bool {
    match inbox.look(&file.path) {
        Ok(Some(look)) if Some(look) != file.look => match inbox.read(&file.path, look.size) {
            Ok(inbox::Reading::Whole { bytes, .. }) => Some(*blake3::hash(&bytes).as_bytes()) == file.hash,
            Ok(_) => false,
            Err(_) => true,
        },
        Ok(None) => false,
        Ok(Some(_)) | Err(_) => true,
    }
}

//! A draft → its article: content, dates and `updated`; or a new article with an id for ever.

use super::dating::{self, Dating};
use super::identity::Binding;
use super::ingest::{Origin, Placing};
use super::likeness::{Likeness, may_be_versions};
use super::place::Place;
use super::sections::MAX_NAMESAKES;
use super::standing::Reads;
use super::{Batch, IntakeError, Story};
use crate::article::{APART, Status};
use crate::catalogue::{ArticleRow, Claim, Content};
use crate::clean;
use crate::dropped::InboxPath;
use crate::name;

/// Two entries of one feed with the same `updated` confuse readers that merge by it, so that each gets a second of its own. It is
/// less than a minute off, so that nobody is told of a change that was none; of more at one moment the rest stay as they are.
pub(super) const MOST_TAKEN: i64 = APART - 1;

/// What is said again in so many seconds is said again: a notice of every week.
const SELDOM: u64 = 3 * 86_400;

impl Batch<'_> {
    /// Writes what a draft says into its article: its row, and how it reads.
    pub(super) fn settle(
        &mut self,
        place: &Place,
        binding: Binding,
        placing: &Placing<'_>,
        origin: &Origin<'_>,
        doubts: &mut Vec<String>,
    ) -> Result<(ArticleRow, Reads), IntakeError> {
        let Placing { story, dating, sections } = placing;
        doubts.extend(dating.doubts.iter().cloned());
        let mut row = match binding {
            Binding::Known(row) => *row,
            Binding::New => self.mint(place, story, dating, origin)?,
        };
        if let Some(id) = &story.draft().id
            && *id != row.id
        {
            doubts.push(format!("the id {id:?} was added after publication; the article keeps {:?}", row.id));
        }
        if self.is_outranked(place, story, &row, doubts)? {
            let status = row.status;
            self.reclaim(&mut row, sections, status)?;
            self.catalogue.save_article(&row)?;
            return Ok((row, Reads::AsBefore));
        }
        // Asked last: reading the words of a body costs as much as cleaning it.
        if row.known && story.draft().status.takes_out() && clean::text(&story.draft().body).is_empty() {
            return self.take_out(place, story, row, sections);
        }
        if !place.is_news() && self.is_told_by_another(place, &row, origin.hash)? {
            return Ok((row, Reads::AsBefore));
        }
        let is_copy = self.is_copy(place, &row, origin)?;
        if is_copy && !row.known {
            // A lost catalogue: the first file is still to be read, and says when.
            return Ok((row, Reads::AsBefore));
        }
        let before = row.clone();
        self.reclaim(&mut row, sections, story.draft().status)?;
        row.source = Some(*origin.hash);
        // Of a copy's silence nothing follows.
        if row.shown {
            self.doubt_dates(&row, story, dating, doubts);
        } else if !is_copy || dating.embargo.is_some() {
            row.published = dating.published.timestamp();
            row.embargo = dating.embargo.map(|at| at.timestamp());
        }
        if !is_copy || dating.expires.is_some() {
            row.expires = dating.expires.map(|at| at.timestamp());
        }
        Self::restate(place, story, &mut row);
        row.title.clone_from(&story.title);
        row.linked = story.draft().link.is_some();
        self.date_change(&mut row, &before, story, dating);
        // Readers see none of it while a marker has taken it back.
        if row.shown && self.catalogue.is_marked(row.no)? {
            row.updated = before.updated;
        }
        if row.updated != before.updated || !row.shown {
            self.take_free_second(&mut row)?;
        }
        row.fingerprint = Some(story.fingerprint);
        let reads = self.write(&mut row, &before, story)?;
        Ok((row, reads))
    }

    /// Writes an article as a story has it, and tells the ledger; says how it reads.
    fn write(&mut self, row: &mut ArticleRow, before: &ArticleRow, story: &Story) -> Result<Reads, IntakeError> {
        let digest = digest(row, story.stored.record(), &story.stored.content().draft.body);
        if row.digest == Some(digest) {
            self.catalogue.save_article(row)?;
            self.tell_unrevised(row, before)?;
            return Ok(Reads::AsBefore);
        }
        let is_seen = !self.is_called_otherwise(row, before, story)?;
        row.digest = Some(digest);
        row.revision += 1;
        self.catalogue.save_told(row, &story.stored)?;
        // What was never read has none, unless the ledger kept its content.
        if before.known || !story.media.is_empty() {
            self.use_media(row, story)?;
        }
        // What stays where no file puts it is told with its present content.
        if row.released
            && let Some(kept) = self.catalogue.released_claim(row.no)?
        {
            let line = self.released_line(row, &kept, story.stored.content())?;
            self.facts.push(line);
        }
        if is_seen {
            return Ok(Reads::Otherwise);
        }
        self.tell_unrevised(row, before)?;
        Ok(Reads::AsBefore)
    }

    /// Tells the ledger of an article that reads as it did. One that was revised is told when it stands, with the sections that
    /// it is in then.
    fn tell_unrevised(&mut self, row: &ArticleRow, before: &ArticleRow) -> Result<(), IntakeError> {
        let line = self.ledger_line(row)?;
        if !before.known || self.ledger_line(before)? != line {
            self.facts.push(line);
        }
        Ok(())
    }

    /// Whether all that is new of an article is what its file is called: no reader sees that.
    fn is_called_otherwise(&self, row: &ArticleRow, before: &ArticleRow, story: &Story) -> Result<bool, IntakeError> {
        let seen = |row: &ArticleRow| (row.fingerprint, row.title.clone(), row.published, row.updated);
        if !before.known || seen(row) != seen(before) {
            return Ok(false);
        }
        let Some(was) = self.catalogue.content(row.no)? else { return Ok(false) };
        let (mut was, is) = (Content::clone(&was), story.stored.content());
        was.draft.slug.clone_from(&is.draft.slug);
        was.draft.date_in_name = is.draft.date_in_name;
        Ok(was == **is)
    }

    /// What a draft says of its article's dates that comes too late: what readers have seen keeps its date.
    fn doubt_dates(&self, row: &ArticleRow, story: &Story, dating: &Dating, doubts: &mut Vec<String>) {
        let is_moved = dating.published > self.now && dating.published.timestamp() != row.published;
        if story.draft().date.is_some() && is_moved {
            doubts.push("the date was moved into the future after publication; the article keeps its date".to_owned());
        }
        if story.draft().embargo.is_some() && dating.embargo.is_some() {
            doubts.push("the embargo was stated after publication; the article stays published".to_owned());
        }
    }

    /// Whether another file with the same bytes held the article before this one, and is there still: what that says of its time,
    /// perhaps in a sidecar, is not taken back by a copy that does not say it.
    fn is_copy(&self, place: &Place, row: &ArticleRow, origin: &Origin<'_>) -> Result<bool, IntakeError> {
        if place.is_new && place.twins.is_empty() {
            return Ok(false);
        }
        Ok(self.other_holders(row.no, place.row.no)?.iter().any(|(_, other)| {
            other.no < place.row.no && other.hash.as_ref() == Some(origin.hash) && origin.inbox.may_have(&other.path)
        }))
    }

    /// Whether a higher version stands, or will once its file is read: then this one has nothing to say. One that takes the
    /// very same version back is heard.
    fn is_outranked(
        &self,
        place: &Place,
        story: &Story,
        row: &ArticleRow,
        doubts: &mut Vec<String>,
    ) -> Result<bool, IntakeError> {
        let (Some(rank), Some(have)) = (story.draft().rank(), row.version) else { return Ok(false) };
        if !row.known {
            // A lost catalogue: another file is still to be read, and speaks for the version that the ledger tells of.
            return Ok(rank < have && !self.other_holders(row.no, place.row.no)?.is_empty());
        }
        let is_outranked = rank < have || (rank == have && !place.held(row.no) && !story.draft().status.takes_out());
        if is_outranked {
            let id = &row.id;
            doubts.push(match story.draft().version {
                Some(version) => format!("version {version} of {id:?} is not above {have}, which is published"),
                None => format!("this version of {id:?} is not later than the one that is published"),
            });
        }
        Ok(is_outranked)
    }

    /// Takes an article out on the word of a file that holds no text of its own: what was published stays recorded, for a
    /// `restore` or a later version.
    fn take_out(
        &mut self,
        place: &Place,
        story: &Story,
        mut row: ArticleRow,
        sections: &[String],
    ) -> Result<(ArticleRow, Reads), IntakeError> {
        let before = row.clone();
        self.reclaim(&mut row, sections, story.draft().status)?;
        Self::restate(place, story, &mut row);
        self.catalogue.save_article(&row)?;
        self.tell_unrevised(&row, &before)?;
        Ok((row, Reads::AsBefore))
    }

    /// What a draft orders, and what its version makes of earlier orders.
    fn restate(place: &Place, story: &Story, row: &mut ArticleRow) {
        let rank = story.draft().rank();
        let mut status = story.draft().status;
        if status.is_order() {
            // The same bytes order nothing again: a restored article stays restored until its file is edited.
            if place.is_news() {
                row.ordered = true;
            } else if !row.ordered {
                status = Status::Usable;
            }
        }
        // An id that was taken back before anybody saw it has no version to be above.
        if rank > row.version && status == Status::Usable && (row.known || row.version.is_some()) {
            row.ordered = false;
        }
        if rank.is_none() || rank >= row.version {
            row.status = status;
        }
        row.version = row.version.max(rank);
    }

    /// Whether the article's content is from another file that is still there, edited since both were copies of one: then a
    /// file that is as it was has nothing to say.
    fn is_told_by_another(&self, place: &Place, row: &ArticleRow, own: &[u8; 32]) -> Result<bool, IntakeError> {
        if row.source.is_none_or(|source| source == *own) {
            return Ok(false);
        }
        Ok(self.other_holders(row.no, place.row.no)?.iter().any(|(_, other)| other.hash == row.source))
    }

    /// `updated`: moves when title, body, media or authors changed, strictly; stays with the publication until it was shown.
    fn date_change(&self, row: &mut ArticleRow, before: &ArticleRow, story: &Story, dating: &Dating) {
        // A change that lies ahead has not happened: were it believed, no later one could be dated.
        let stated =
            dating.updated.map(|at| at.timestamp()).filter(|&at| at >= row.published && at <= self.now_seconds());
        if !row.shown {
            row.updated = stated.unwrap_or(row.published);
        } else if before.fingerprint.is_some_and(|former| former != story.fingerprint) && !story.draft().minor {
            let moved = stated.filter(|&at| at > before.updated).unwrap_or(self.now_seconds());
            row.updated = moved.max(before.updated + 1);
        }
    }

    /// The next second that no article has is taken, also where a file states the time: many state one day for all that was
    /// touched.
    fn take_free_second(&self, row: &mut ArticleRow) -> Result<(), IntakeError> {
        row.updated = self.catalogue.free_second(row.no, row.updated, MOST_TAKEN)?;
        Ok(())
    }

    /// A new article with an id for ever.
    fn mint(
        &mut self,
        place: &Place,
        story: &Story,
        dating: &Dating,
        origin: &Origin<'_>,
    ) -> Result<ArticleRow, IntakeError> {
        let mut row = ArticleRow { published: dating.published.timestamp(), ..ArticleRow::default() };
        row.updated = row.published;
        if let Some(id) = &story.draft().id
            && self.catalogue.article_by_id(id)?.is_none()
        {
            row.id.clone_from(id);
            row.stated = true;
        } else {
            let day = dating::day_of(row.published, self.policy.time_zone);
            let authority = self.authority()?;
            let mut plain = format!("tag:{authority},{day}:{}", place.row.path.composed());
            if origin.stories > 1 {
                plain = format!("{plain}/{}", name::short_hash(&story.mark));
            }
            row.id.clone_from(&plain);
            for number in 2..MAX_NAMESAKES {
                let Some(taken) = self.catalogue.article_by_id(&row.id)? else { break };
                // The same name, day and words, held by no file and no story before this one: it is that article come back.
                let is_bound = origin.bound.iter().any(|claim| claim.article == taken.no);
                if !is_bound && !self.is_held_by_a_file(taken.no)? && self.resembles(&taken, story)? {
                    return Ok(taken);
                }
                row.id = format!("{plain}-{number}");
            }
        }
        row.no = self.catalogue.add_article(&row)?;
        Ok(row)
    }

    /// An article that was there before this one and says nearly the same under the same headline in the same section, and the file that
    /// holds it: likely two versions of one, whatever person or program put them side by side.
    pub(super) fn earlier_version(
        &self,
        place: &Place,
        placing: &Placing<'_>,
        row: &ArticleRow,
    ) -> Result<Option<(String, InboxPath)>, IntakeError> {
        let Placing { story, sections, .. } = placing;
        if row.ordered || story.draft().status != Status::Usable {
            return Ok(None);
        }
        let mut own = None;
        for other in self.catalogue.titled_before(&row.title, row.no)? {
            if other.published.abs_diff(row.published) >= SELDOM {
                continue;
            }
            let holders = self.other_holders(other.no, place.row.no)?;
            let is_beside = |claim: &Claim| claim.sections.iter().any(|section| sections.contains(section));
            let Some((_, file)) = holders.into_iter().find(|(claim, _)| is_beside(claim)) else { continue };
            let Some(content) = self.catalogue.content(other.no)? else { continue };
            if !may_be_versions(&story.draft().body, &content.draft.body) {
                continue;
            }
            let own = own.get_or_insert_with(|| Likeness::of(&story.title, story.draft()));
            if own.is_version_of(&Likeness::of(&other.title, &content.draft)) {
                return Ok(Some((other.id, file.path)));
            }
        }
        Ok(None)
    }

    fn resembles(&self, row: &ArticleRow, story: &Story) -> Result<bool, IntakeError> {
        let likeness = match self.catalogue.content(row.no)? {
            Some(content) => Likeness::of(&row.title, &content.draft),
            None => Likeness::of_title(&row.title),
        };
        Ok(likeness.rank(&Likeness::of(&story.title, story.draft())).is_some())
    }
}

/// Hash of everything that a reader can see of an article, wherever it stands: of its row, and its content as it is stored.
pub(super) fn digest(row: &ArticleRow, record: &str, body: &str) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for part in [record, body, &row.title] {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.update(&row.published.to_le_bytes());
    hasher.update(&row.updated.to_le_bytes());
    *hasher.finalize().as_bytes()
}

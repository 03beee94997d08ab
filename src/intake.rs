//! Dropped file → catalogue, or a [`Rejection`]: identity, dates, sections, standing.
//!
//! The [`Record`] is the catalogue and the ledger together. Everything that changes them happens in a [`Batch`]: one
//! transaction, whose facts are appended to the ledger just before it commits. Reading files ([`reading`]) and comparing the
//! inbox with the catalogue ([`compare`]) change nothing and run beside it.

mod absence;
pub mod backlog;
pub mod beside;
pub mod companions;
pub mod compare;
pub mod dating;
mod episodes;
pub mod fault;
pub mod file_reader;
mod identity;
mod illustrate;
mod ingest;
pub mod likeness;
mod markers;
mod measure;
mod orders;
mod place;
pub mod reading;
mod rebuild;
mod references;
mod revision;
mod sections;
mod shown_media;
mod spelling;
mod standing;

pub use absence::Missed;

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::article::{ArticleId, Draft, Medium};
use crate::catalogue::{ArticleNo, ArticleRow, Catalogue, CatalogueError, Claim, Presence, SectionNo, Stored};
use crate::dropped::InboxPath;
use crate::ledger::{Fact, Ledger};
use crate::rejection::Rejection;
use crate::section::Section;

/// How far into the ledger the catalogue has seen, as remembered by it.
const LEDGER_SEEN: &str = "ledger_seen";

/// Where the catalogue remembers the notices that are to be written or removed.
const NOTICE: &str = "notice ";

/// What an intake did to one article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// It is in the feeds now.
    Published,
    /// It was in the feeds and reads differently now.
    Revised,
    /// Nothing a reader could see.
    Unchanged,
    /// It is no longer in the feeds.
    Withdrawn,
    /// It comes out later.
    Scheduled,
    /// Its file vanished together with too many others; it stays until a person decides.
    Held,
}

/// One change, for the log and the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What happened.
    pub change: Change,
    /// To which article.
    pub id: ArticleId,
    /// Its title.
    pub title: String,
    /// The sections it is or was in.
    pub sections: Vec<Section>,
    /// When it comes out, of scheduled ones.
    pub due: Option<DateTime<Utc>>,
}

/// What an intake needs to know of the configuration.
#[derive(Clone, Debug)]
pub struct Policy {
    /// In whose name ids are minted; empty: the host of `base_url`, given in `host`.
    pub authority: String,
    /// The host that readers' links start with.
    pub host: String,
    /// The zone of days in paths and ids.
    pub time_zone: Tz,
    /// Whether articles stay when their files go (`on_delete = "keep"`).
    pub keep: bool,
    /// The share of live files that may vanish within ten minutes before all are held.
    pub guard: f64,
    /// Sections that the configuration names.
    pub sections: Vec<String>,
}

/// The record could not be changed: the operator acts, and nothing was committed.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The catalogue failed.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// The ledger failed.
    #[error("the ledger, ledger.jsonl in the state folder, cannot be written or read: {0}")]
    Ledger(#[from] io::Error),
}

/// Catalogue and ledger, changed together.
#[derive(Debug)]
pub struct Record {
    catalogue: Catalogue,
    ledger: Ledger,
    policy: Policy,
    /// Article files that are not gone: what the guard's share is of.
    live: u64,
}

/// What became of a batch, for those who print, log and tidy up.
#[derive(Debug, Default)]
pub struct Committed {
    /// What happened to articles.
    pub reports: Vec<Report>,
    /// Documents that are no more: their files are to be removed.
    pub removals: Vec<String>,
    /// Files whose refusal began (with the reason) or ended.
    pub notices: Vec<(InboxPath, Option<Rejection>)>,
    /// Files to be read again: what they were refused for has changed, or they alone hold now what another held as well.
    pub retries: Vec<InboxPath>,
}

/// One transaction's worth of changes.
pub struct Batch<'a> {
    catalogue: &'a mut Catalogue,
    policy: &'a Policy,
    now: DateTime<Utc>,
    facts: Vec<Fact>,
    touched: BTreeSet<SectionNo>,
    outline_changed: bool,
    /// In whose name ids are minted, once it was asked.
    authority: Option<String>,
    live: u64,
    committed: Committed,
}

impl Record {
    /// Opens catalogue and ledger and brings the catalogue forward to the ledger's end. The texts say what had to be mended.
    ///
    /// # Errors
    /// When either cannot be opened, read or written.
    pub fn open(state: &Path, policy: Policy, now: DateTime<Utc>) -> Result<(Self, Vec<String>), IntakeError> {
        let catalogue = Catalogue::open(state)?;
        let (ledger, torn) = Ledger::open(state)?;
        let mut mended = Vec::new();
        if torn > 0 {
            mended.push(format!("the ledger's last line was torn; its {torn} bytes were cut off"));
        }
        let mut record = Self { catalogue, ledger, policy, live: 0 };
        record.catch_up(now, &mut mended)?;
        record.live = record.catalogue.live_files()?;
        Ok((record, mended))
    }

    /// Writes the ledger anew if what was written into it is lost; says whether it was.
    ///
    /// # Errors
    /// When it cannot be looked at or written.
    pub fn keep_ledger(&mut self, now: DateTime<Utc>) -> Result<bool, IntakeError> {
        if !self.ledger.is_lost()? {
            return Ok(false);
        }
        self.ledger.renew()?;
        self.commit(now, |batch| batch.write_whole_ledger())?;
        Ok(true)
    }

    /// Replays what the ledger holds beyond what the catalogue has seen; a ledger that lost lines is written anew.
    fn catch_up(&mut self, now: DateTime<Utc>, mended: &mut Vec<String>) -> Result<(), IntakeError> {
        let seen: u64 = self.catalogue.remembered(LEDGER_SEEN)?.and_then(|text| text.parse().ok()).unwrap_or(0);
        let length = self.ledger.length();
        if length < seen {
            mended.push(
                "the ledger is shorter than it was; what the catalogue knows was written into it again".to_owned(),
            );
            self.commit(now, |batch| batch.write_whole_ledger())?;
            return Ok(());
        }
        if length == seen {
            return Ok(());
        }
        let mut facts = Vec::new();
        let unreadable = self.ledger.replay::<IntakeError>(seen, |fact| {
            facts.push(fact);
            Ok(())
        })?;
        if unreadable > 0 {
            mended.push(format!("{unreadable} lines of the ledger cannot be read and were passed over"));
        }
        mended.push(format!("{} facts of the ledger were brought into the catalogue", facts.len()));
        let Self { catalogue, ledger, policy, .. } = self;
        catalogue.transaction(|catalogue| {
            let mut batch = Batch::new(catalogue, policy, now, 0);
            let mut told = BTreeSet::new();
            for fact in facts {
                if let Fact::Released { id, .. } | Fact::Article { id, .. } | Fact::Marker { id, .. } = &fact {
                    told.insert(id.clone());
                }
                batch.replay(fact)?;
            }
            batch.stand_told(&told)?;
            ledger.append(&batch.facts)?;
            owe_notices(batch.catalogue, &batch.committed)?;
            batch.catalogue.remember(LEDGER_SEEN, &ledger.length().to_string())?;
            Ok::<_, IntakeError>(())
        })
    }

    /// Runs `work` as one transaction; what it gives, and what became of it. On an error nothing of it is kept.
    ///
    /// # Errors
    /// What `work` returns, or that ledger or catalogue cannot be written.
    pub fn commit<T>(
        &mut self,
        now: DateTime<Utc>,
        work: impl FnOnce(&mut Batch<'_>) -> Result<T, IntakeError>,
    ) -> Result<(T, Committed), IntakeError> {
        let Self { catalogue, ledger, policy, live } = self;
        let before = *live;
        let (outcome, committed, after) = catalogue.transaction(|catalogue| {
            let mut batch = Batch::new(catalogue, policy, now, before);
            let outcome = work(&mut batch)?;
            batch.mark_touched()?;
            let Batch { facts, committed, live, .. } = batch;
            owe_notices(catalogue, &committed)?;
            ledger.append(&facts)?;
            if !facts.is_empty() {
                catalogue.remember(LEDGER_SEEN, &ledger.length().to_string())?;
            }
            Ok::<_, IntakeError>((outcome, committed, live))
        })?;
        *live = after;
        Ok((outcome, committed))
    }

    /// The notices that a program which ended too early neither wrote nor removed, each with what it is to say.
    ///
    /// # Errors
    /// When the catalogue cannot be read.
    pub fn owed_notices(&self) -> Result<Vec<(InboxPath, Option<Rejection>)>, IntakeError> {
        let owed = self.catalogue.remembered_under(NOTICE)?.into_iter().map(|(path, _)| InboxPath::decoded(&path));
        owed.map(|path| {
            let row = self.catalogue.file(&path)?.filter(|row| row.presence != Presence::Gone);
            Ok((path, row.and_then(|row| row.rejection)))
        })
        .collect()
    }

    /// The notice about a file is written or removed, as far as that can be done.
    ///
    /// # Errors
    /// When the catalogue cannot be written: then it is done once more at the next start.
    pub fn notice_done(&mut self, path: &InboxPath) -> Result<(), IntakeError> {
        Ok(self.catalogue.forget(&format!("{NOTICE}{}", path.encoded()))?)
    }

    /// The catalogue, for reading and for the publisher.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// Leaves the record at the end of the process.
    pub fn leave(self) {
        self.catalogue.leave();
    }

    /// The catalogue, for what concerns documents alone.
    pub fn catalogue_mut(&mut self) -> &mut Catalogue {
        &mut self.catalogue
    }

    /// The ledger.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Puts other settings in force.
    pub fn set_policy(&mut self, policy: Policy) {
        self.policy = policy;
    }
}

/// Remembers which notices are to be written or removed, until that is done.
fn owe_notices(catalogue: &mut Catalogue, committed: &Committed) -> Result<(), CatalogueError> {
    committed.notices.iter().try_for_each(|(path, _)| catalogue.remember(&format!("{NOTICE}{}", path.encoded()), ""))
}

impl<'a> Batch<'a> {
    fn new(catalogue: &'a mut Catalogue, policy: &'a Policy, now: DateTime<Utc>, live: u64) -> Self {
        Self {
            catalogue,
            policy,
            now,
            facts: Vec::new(),
            touched: BTreeSet::new(),
            outline_changed: false,
            authority: None,
            live,
            committed: Committed::default(),
        }
    }

    /// The catalogue as this batch sees it.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        self.catalogue
    }

    fn now_seconds(&self) -> i64 {
        self.now.timestamp()
    }

    fn report(&mut self, change: Change, no: ArticleNo) -> Result<(), IntakeError> {
        let Some(row) = self.catalogue.article(no)? else { return Ok(()) };
        let claims = self.catalogue.claimants(no)?;
        self.report_row(change, row, &claims);
        Ok(())
    }

    /// The same of an article's row, with those that claim it.
    fn report_row(&mut self, change: Change, row: ArticleRow, claims: &[(Claim, Presence)]) {
        let sections: BTreeSet<&String> = claims.iter().flat_map(|(claim, _)| &claim.sections).collect();
        self.committed.reports.push(Report {
            change,
            id: ArticleId(row.id),
            title: row.title,
            sections: sections.into_iter().cloned().map(Section::stored).collect(),
            due: row.due.filter(|_| change == Change::Scheduled).and_then(|at| DateTime::from_timestamp(at, 0)),
        });
    }
}

/// What a file says of one article, cleaned, with all that a person or the record is told of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// The title readers see.
    pub title: String,
    /// The title that the file itself gives it, whatever a sidecar calls it: ids of a page's items are minted from it.
    pub mark: String,
    /// Hash of what moves `updated`, taken before cleaning.
    pub fingerprint: [u8; 32],
    /// Media of ours, the lead picture first, each with where it was read.
    pub media: Vec<(Medium, InboxPath)>,
    /// What is stored of it.
    pub stored: Stored,
}

impl Story {
    /// The draft, cleaned.
    #[must_use]
    pub fn draft(&self) -> &Draft {
        &self.stored.content().draft
    }

    /// The summary readers see.
    #[must_use]
    pub fn summary(&self) -> &str {
        &self.stored.content().summary
    }
}

//! What happened, briefly and in words, for a terminal or a journal; and in fields named `syndicated.…`, for programs that read
//! the journal.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::desk::Turn;
use crate::intake::{Change, Report};

/// So many articles of one turn are named each; of more, only the numbers are told.
const NAMED: usize = 12;

/// How often the progress of a long import is told.
const PROGRESS: Duration = Duration::from_secs(1);

pub(super) struct Log {
    /// Articles published since the last line of progress.
    published: usize,
    total: usize,
    told: Instant,
}

impl Log {
    pub(super) fn new() -> Self {
        Self { published: 0, total: 0, told: Instant::now() }
    }

    /// Tells a turn. `took` is the time since what it did had come in.
    pub(super) fn turn(&mut self, turn: &Turn, waiting: usize, took: Duration) {
        for note in &turn.notes {
            tracing::warn!("{note}");
        }
        for (path, rejection) in &turn.refused {
            tracing::warn!(
                syndicated.change = "refused",
                syndicated.file = %path,
                syndicated.reason = %rejection.reason,
                "refused    {path}: {rejection}{}",
                hint(&rejection.hint)
            );
        }
        for path in &turn.mended {
            tracing::info!(syndicated.change = "accepted", syndicated.file = %path, "accepted   {path}: no longer refused");
        }
        let told: Vec<&Report> = turn.reports.iter().filter(|report| report.change != Change::Unchanged).collect();
        let published = told.iter().filter(|report| report.change == Change::Published).count();
        self.published += published;
        self.total += published;
        // The last few of an import are told with all before them.
        let is_import = turn.is_import && self.total > NAMED;
        if told.len() <= NAMED && self.published == published && !is_import {
            for report in told {
                name(report, took);
            }
            self.published = 0;
            return;
        }
        let is_due = self.told.elapsed() >= PROGRESS || waiting == 0;
        if self.published > 0 && is_due {
            let left = if waiting > 0 { format!(", {waiting} files to go") } else { String::new() };
            tracing::info!("published  {} articles ({} since the start{left})", self.published, self.total);
            self.published = 0;
            self.told = Instant::now();
        }
        let mut others: BTreeMap<Change, usize> = BTreeMap::new();
        for report in told.iter().filter(|report| report.change != Change::Published) {
            *others.entry(report.change).or_default() += 1;
        }
        for (change, count) in others {
            tracing::info!("{:<10} {count} articles", word(change));
        }
    }

    /// Tells the end of a single run.
    pub(super) fn ended(&self, took: Duration) {
        tracing::info!("up to date after {took:.1?}");
    }
}

fn name(report: &Report, took: Duration) {
    // What is in no section is in the whole publication, as everything is.
    let sections: Vec<&str> =
        report.sections.iter().filter(|section| !section.is_whole()).map(|section| section.as_str()).collect();
    let place = if sections.is_empty() { String::new() } else { format!(" in {}", sections.join(", ")) };
    let when = report.due.map(|due| format!(" for {}", due.to_rfc3339())).unwrap_or_default();
    let held = if report.change == Change::Held { "; its file vanished with too many others" } else { "" };
    tracing::info!(
        syndicated.change = word(report.change),
        syndicated.article = %report.id,
        syndicated.title = report.title,
        syndicated.sections = sections.join(" "),
        "{:<10} {}{place}{when}{held} ({:.1} ms)",
        word(report.change),
        report.title,
        took.as_secs_f64() * 1000.0
    );
}

/// The word for what became of an article.
pub(super) fn word(change: Change) -> &'static str {
    match change {
        Change::Published => "published",
        Change::Revised => "revised",
        Change::Unchanged => "unchanged",
        Change::Withdrawn => "withdrawn",
        Change::Scheduled => "scheduled",
        Change::Held => "held",
    }
}

fn hint(hint: &str) -> String {
    if hint.is_empty() { String::new() } else { format!("; {hint}") }
}

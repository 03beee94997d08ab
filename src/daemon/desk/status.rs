//! What is published, scheduled, refused, held and doubted → the answer to `status`, for people and for programs.

use chrono::{DateTime, SecondsFormat};
use serde_json::{Value, json};

use super::{Desk, DeskError};
use crate::catalogue::{Counts, DoubtRow, FileRow, Presence, PublishedRow, RefusalRow, ScheduleRow};
use crate::control::Reply;

/// How many rows of each kind a status names; the counts are of all.
const ROWS: usize = 100;

/// How many of the articles published last it names.
const LATEST: usize = 10;

/// What the record says of it.
struct Rows {
    counts: Counts,
    refusals: Vec<RefusalRow>,
    schedule: Vec<ScheduleRow>,
    held: Vec<FileRow>,
    doubts: Vec<DoubtRow>,
    latest: Vec<PublishedRow>,
    troubles: Vec<String>,
}

impl Desk {
    /// What is published, scheduled, refused, held and doubted.
    ///
    /// # Errors
    /// When the catalogue cannot be read.
    pub fn status(&self) -> Result<Reply, DeskError> {
        let catalogue = self.record.catalogue();
        let rows = Rows {
            counts: catalogue.counts()?,
            refusals: catalogue.refusals(ROWS)?,
            schedule: catalogue.schedule(ROWS)?,
            held: catalogue.files_by_presence(Presence::Held, ROWS)?,
            doubts: catalogue.doubts(ROWS)?,
            latest: catalogue.latest(LATEST)?,
            troubles: self.troubles(),
        };
        let needs_person = rows.counts.refused > 0 || rows.counts.held > 0 || !rows.troubles.is_empty();
        let text = self.status_text(&rows)?;
        Ok(Reply { code: i32::from(needs_person), value: self.status_value(&rows), text })
    }

    fn status_text(&self, rows: &Rows) -> Result<String, DeskError> {
        let mut text = format!(
            "{} published in {} section{}, {} scheduled, {} withdrawn by order, {} refused, {} held, {} doubted\n",
            rows.counts.published,
            rows.counts.sections,
            if rows.counts.sections == 1 { "" } else { "s" },
            rows.counts.scheduled,
            rows.counts.withdrawn,
            rows.counts.refused,
            rows.counts.held,
            rows.counts.doubted
        );
        for trouble in &rows.troubles {
            text += &format!("{trouble}\n");
        }
        for row in &rows.refusals {
            text += &format!("refused    {}: {}\n", row.path, row.rejection);
            if !row.rejection.hint.is_empty() {
                text += &format!("           {}\n", row.rejection.hint);
            }
        }
        for row in &rows.held {
            text += &format!("held       {}: missing together with too many others\n", row.path);
        }
        if !rows.held.is_empty() && self.is_away()? {
            let inbox = self.settings.inbox.path().display();
            text +=
                &format!("           another folder lies in the place of the inbox {inbox}: is its share mounted?\n");
        }
        if !rows.held.is_empty() {
            text += "           put the files back, or agree with: syndicated withdraw --missing\n";
        }
        for row in &rows.schedule {
            text += &format!("scheduled  {} for {}\n", row.title, time(row.embargo));
        }
        for row in &rows.doubts {
            for doubt in &row.doubts {
                text += &format!("doubted    {}: {doubt}\n", row.path);
            }
        }
        for path in &self.foreign {
            text += &format!(
                "foreign    {} in the feeds folder is not ours; it is left alone and not served\n",
                path.escape_debug()
            );
        }
        for row in &rows.latest {
            text += &format!("published  {}  {}\n", time(row.published), row.title);
        }
        Ok(text)
    }

    fn status_value(&self, rows: &Rows) -> Value {
        json!({
            "complete": self.is_current(),
            "suspended": self.troubles.inbox,
            "unwritten": self.troubles.feeds,
            "troubles": rows.troubles,
            "published": rows.counts.published,
            "sections": rows.counts.sections,
            "scheduled": rows.counts.scheduled,
            "withdrawn": rows.counts.withdrawn,
            "refused": rows.counts.refused,
            "held": rows.counts.held,
            "doubted": rows.counts.doubted,
            "waiting": self.waiting() + self.waiting.len(),
            "refusals": rows.refusals.iter().map(|row| json!({
                "file": row.path.as_path().to_string_lossy(), "line": row.rejection.line, "column": row.rejection.column,
                "byte": row.rejection.byte, "reason": row.rejection.reason, "hint": row.rejection.hint,
            })).collect::<Vec<_>>(),
            "holds": rows.held.iter().map(|row| json!({ "file": row.path.as_path().to_string_lossy(), "since": time(row.since) })).collect::<Vec<_>>(),
            "schedule": rows.schedule.iter().map(|row| json!({
                "id": row.id, "title": row.title, "embargo": time(row.embargo),
            })).collect::<Vec<_>>(),
            "doubts": rows.doubts.iter().map(|row| json!({ "file": row.path.as_path().to_string_lossy(), "doubts": row.doubts })).collect::<Vec<_>>(),
            "foreign": self.foreign,
            "latest": rows.latest.iter().map(|row| json!({
                "id": row.id, "title": row.title, "published": time(row.published),
            })).collect::<Vec<_>>(),
        })
    }
}

fn time(seconds: i64) -> String {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default().to_rfc3339_opts(SecondsFormat::Secs, true)
}

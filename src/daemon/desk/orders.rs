//! What commands ask of the desk: status, withdraw, restore.

use chrono::{DateTime, SecondsFormat};
use serde_json::{Value, json};

use super::{Desk, DeskError};
use crate::catalogue::Presence;
use crate::control::{Reply, Request};
use crate::dropped::InboxPath;
use crate::intake::{Batch, IntakeError};
use crate::moment::Moment;

/// How many rows of each kind a status names; the counts are of all.
const ROWS: usize = 100;

/// How many of the articles published last it names.
const LATEST: usize = 10;

/// How many held files one `withdraw --missing` agrees to.
const MAX_AGREED: usize = 1_000_000;

impl Desk {
    /// Does what a command asks.
    ///
    /// # Errors
    /// When the record cannot be read or changed.
    pub fn answer(&mut self, request: &Request, now: Moment) -> Result<Reply, DeskError> {
        match request {
            Request::Ping => Ok(Reply { code: 0, value: json!({}), text: String::new() }),
            Request::Status => self.status(),
            Request::Withdraw { targets, missing } => self.withdraw(targets, *missing, now),
            Request::Restore { targets } => self.restore(targets, now),
        }
    }

    /// What is published, scheduled, refused, held and doubted.
    ///
    /// # Errors
    /// When the catalogue cannot be read.
    pub fn status(&self) -> Result<Reply, DeskError> {
        let catalogue = self.record.catalogue();
        let counts = catalogue.counts()?;
        let time =
            |at: i64| DateTime::from_timestamp(at, 0).unwrap_or_default().to_rfc3339_opts(SecondsFormat::Secs, true);
        let refusals = catalogue.refusals(ROWS)?;
        let schedule = catalogue.schedule(ROWS)?;
        let held = catalogue.files_by_presence(Presence::Held, ROWS)?;
        let doubts = catalogue.doubts(ROWS)?;
        let latest = catalogue.latest(LATEST)?;
        let troubles = self.troubles();
        let needs_person = counts.refused > 0 || counts.held > 0 || !troubles.is_empty();

        let mut text = format!(
            "{} published in {} section{}, {} scheduled, {} withdrawn by order, {} refused, {} held, {} doubted\n",
            counts.published,
            counts.sections,
            if counts.sections == 1 { "" } else { "s" },
            counts.scheduled,
            counts.withdrawn,
            counts.refused,
            counts.held,
            counts.doubted
        );
        for trouble in &troubles {
            text += &format!("{trouble}\n");
        }
        for row in &refusals {
            text += &format!("refused    {}: {}\n", row.path, row.rejection);
            if !row.rejection.hint.is_empty() {
                text += &format!("           {}\n", row.rejection.hint);
            }
        }
        for row in &held {
            text += &format!("held       {}: missing together with too many others\n", row.path);
        }
        if !held.is_empty() && self.is_away()? {
            let inbox = self.settings.inbox.path().display();
            text +=
                &format!("           another folder lies in the place of the inbox {inbox}: is its share mounted?\n");
        }
        if !held.is_empty() {
            text += "           put the files back, or agree with: syndicated withdraw --missing\n";
        }
        for row in &schedule {
            text += &format!("scheduled  {} for {}\n", row.title, time(row.embargo));
        }
        for row in &doubts {
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
        for row in &latest {
            text += &format!("published  {}  {}\n", time(row.published), row.title);
        }
        let value = json!({
            "complete": self.is_current(),
            "suspended": self.troubles.inbox,
            "unwritten": self.troubles.feeds,
            "troubles": troubles,
            "published": counts.published,
            "sections": counts.sections,
            "scheduled": counts.scheduled,
            "withdrawn": counts.withdrawn,
            "refused": counts.refused,
            "held": counts.held,
            "doubted": counts.doubted,
            "waiting": self.waiting() + self.waiting.len(),
            "refusals": refusals.iter().map(|row| json!({
                "file": row.path.as_path().to_string_lossy(), "line": row.rejection.line, "column": row.rejection.column,
                "byte": row.rejection.byte, "reason": row.rejection.reason, "hint": row.rejection.hint,
            })).collect::<Vec<_>>(),
            "holds": held.iter().map(|row| json!({ "file": row.path.as_path().to_string_lossy(), "since": time(row.since) })).collect::<Vec<_>>(),
            "schedule": schedule.iter().map(|row| json!({
                "id": row.id, "title": row.title, "embargo": time(row.embargo),
            })).collect::<Vec<_>>(),
            "doubts": doubts.iter().map(|row| json!({ "file": row.path.as_path().to_string_lossy(), "doubts": row.doubts })).collect::<Vec<_>>(),
            "foreign": self.foreign,
            "latest": latest.iter().map(|row| json!({
                "id": row.id, "title": row.title, "published": time(row.published),
            })).collect::<Vec<_>>(),
        });
        Ok(Reply { code: i32::from(needs_person), value, text })
    }

    /// Takes articles back by order; with `missing` also agrees that what is held was meant to go.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn withdraw(&mut self, targets: &[String], missing: bool, now: Moment) -> Result<Reply, DeskError> {
        let mut agreed = 0;
        let mut reply =
            self.order(targets, now, "withdrawn", "was withdrawn already", |batch, article| batch.withdraw(article))?;
        if missing {
            let committed = self.record.commit(now.wall, |batch| {
                agreed = batch.agree(MAX_AGREED)?;
                Ok(())
            })?;
            self.missed.clear();
            self.after(committed, now);
            self.keep_orders()?;
            reply.text += &format!("{agreed} missing files were meant to go\n");
            reply.value["agreed"] = json!(agreed);
        }
        Ok(reply)
    }

    /// Undoes withdrawals by order.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn restore(&mut self, targets: &[String], now: Moment) -> Result<Reply, DeskError> {
        self.order(targets, now, "restored", "was not withdrawn by order", |batch, article| batch.restore(article))
    }

    /// An order that was confirmed outlasts a power cut: nothing in the inbox would tell it again.
    fn keep_orders(&self) -> Result<(), DeskError> {
        Ok(self.record.ledger().sync().map_err(IntakeError::from)?)
    }

    fn order(
        &mut self,
        targets: &[String],
        now: Moment,
        done: &str,
        already: &str,
        mut act: impl FnMut(&mut Batch<'_>, i64) -> Result<bool, IntakeError>,
    ) -> Result<Reply, DeskError> {
        let mut text = String::new();
        let mut rows: Vec<Value> = Vec::new();
        let mut code = 0;
        let inbox = self.settings.inbox.ask(|inbox| std::fs::canonicalize(inbox));
        let inbox = inbox.unwrap_or_else(|_| self.settings.inbox.path().to_owned());
        let committed = self.record.commit(now.wall, |batch| {
            for target in targets {
                let articles = match batch.meant(target)? {
                    found if found.is_empty() => match std::path::Path::new(target).strip_prefix(&inbox) {
                        Ok(below) => batch.meant_file(&InboxPath::new(below))?,
                        Err(_) => found,
                    },
                    found => found,
                };
                if articles.is_empty() {
                    code = 1;
                    text += &format!("{target} is neither the id of an article nor a file that holds one\n");
                    rows.push(json!({ "target": target, "found": false }));
                }
                for no in articles {
                    let changed = act(batch, no)?;
                    let Some(article) = batch.catalogue().article(no)? else { continue };
                    let what = if changed { done } else { already };
                    text += &format!("{} {what}: {}\n", article.id, article.title);
                    let markers = batch.marked_by(no)?;
                    if markers.is_empty() && !article.ordered && !article.visible {
                        text += "    it is not in the feeds: its file is gone from the inbox, or says that it is a draft, that its time is over or has not come\n";
                    }
                    for marker in markers {
                        text += &format!("    it is taken back by {marker} for as long as that lies in the inbox\n");
                    }
                    rows.push(json!({ "target": target, "found": true, "id": article.id, "title": article.title, "changed": changed }));
                }
            }
            Ok(())
        })?;
        self.after(committed, now);
        self.keep_orders()?;
        Ok(Reply { code, value: json!({ "articles": rows }), text })
    }
}

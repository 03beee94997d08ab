//! What commands ask of the desk: [`status`](super::status), withdraw, restore.

use serde_json::{Value, json};

use super::{Desk, DeskError};
use crate::control::{Reply, Request};
use crate::dropped::InboxPath;
use crate::intake::{Batch, IntakeError};
use crate::moment::Moment;

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

    /// Takes articles back by order; with `missing` also agrees that what is held was meant to go.
    ///
    /// # Errors
    /// When the record cannot be changed.
    pub fn withdraw(&mut self, targets: &[String], missing: bool, now: Moment) -> Result<Reply, DeskError> {
        let mut reply =
            self.order(targets, now, "withdrawn", "was withdrawn already", |batch, article| batch.withdraw(article))?;
        if missing {
            let agreed = self.commit(now, |batch| batch.agree(MAX_AGREED))?;
            self.missed.clear();
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
        self.commit(now, |batch| {
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
        self.keep_orders()?;
        Ok(Reply { code, value: json!({ "articles": rows }), text })
    }
}

//! An inbox that does not answer, as a share whose server is gone: nothing in it is read, written or missed until it does again,
//! and all else goes on.

use std::time::Duration;

use super::{Desk, DeskError};
use crate::dropped::InboxPath;
use crate::inbox::Root;
use crate::moment::Moment;

/// How often it is looked whether it answers again.
const LOOK: Duration = Duration::from_millis(500);

impl Desk {
    /// Asks the inbox for a sign of life.
    pub fn sound_inbox(&self) -> Root {
        self.settings.inbox.root()
    }

    /// Notices that the inbox does not answer, or does again.
    pub(super) fn listen(&mut self, now: Moment) -> Result<(), DeskError> {
        let is_silent = self.settings.inbox.is_silent();
        if is_silent {
            self.suspend(&Root::Silent);
        } else if self.listen_at.is_some() {
            // Nobody knows what went on meanwhile. That it is back, the comparison says.
            self.pending.to_compare.push(InboxPath::root());
            self.pay_notices()?;
        }
        self.listen_at = is_silent.then(|| now.tick + LOOK);
        Ok(())
    }
}

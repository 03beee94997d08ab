//! What the kernel said about the inbox, in our words. A hint changes when something is looked at, never what is found.

use crate::dropped::InboxPath;

/// Something in the inbox moved. Names that are never read or entered do not occur: a file renamed from such a name has
/// *arrived*, one renamed to such a name has *vanished*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hint {
    /// A file was closed after writing.
    Closed(InboxPath),
    /// A file appeared and was not closed yet: it is open, or came without a close.
    Created(InboxPath),
    /// A file is being written to: not ready before it is closed. Said once until then.
    Written(InboxPath),
    /// A file was renamed within the inbox: whole, and the same file.
    Moved {
        /// Its former path.
        from: InboxPath,
        /// Its path now.
        to: InboxPath,
    },
    /// A whole file came from elsewhere: renamed into the inbox or from a name that is never read, or linked.
    Arrived(InboxPath),
    /// A file was removed, or renamed out of the inbox.
    Vanished(InboxPath),
    /// A folder appeared: watch it, then compare all that is below it.
    Folder(InboxPath),
    /// A watched folder was renamed within the inbox: [`crate::inbox::Watch::moved`], then compare all that is below it.
    FolderMoved {
        /// Its former path.
        from: InboxPath,
        /// Its path now.
        to: InboxPath,
    },
    /// A folder was removed, renamed away, or replaced by another: [`crate::inbox::Watch::remove`], and if one of its name
    /// is there, as [`Hint::Folder`]. May come twice, from the folder and from its parent.
    FolderVanished(InboxPath),
    /// Events were lost, the watch failed or the inbox itself moved, for this reason: compare everything, and watch the
    /// inbox anew if it is there again.
    Everything(String),
}

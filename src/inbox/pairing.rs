//! The kernel's events → hints: two halves of a rename become one, a folder is told from a file, names that are never
//! read fall away. Knows no watcher and no clock; what it must look up on disk is a question it asks.

use std::collections::HashSet;

use crate::dropped::InboxPath;
use crate::inbox::hint::Hint;
use crate::inbox::names::{never_entered, never_read};

/// How many files may be open for writing before we forget that we said so: then it is said twice, which is harmless.
const MAX_OPEN: usize = 10_000;

/// One event, its path already relative to the inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// A new name: of a file just opened, or a link to one that was there.
    Created(InboxPath),
    Written(InboxPath),
    FolderCreated(InboxPath),
    Closed(InboxPath),
    MovedFrom {
        cookie: usize,
        path: InboxPath,
    },
    MovedTo {
        cookie: usize,
        path: InboxPath,
    },
    Removed(InboxPath),
    /// A watched folder itself was removed or renamed.
    FolderGone(InboxPath),
    Lost(String),
}

/// What lies at a path now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum There {
    Nothing,
    File {
        /// It has several names: it was linked here whole, and no close will follow.
        linked: bool,
    },
    Folder,
}

/// The first half of a rename waiting for its second, and what is open.
#[derive(Debug, Default)]
pub(super) struct Pairing {
    from: Option<(usize, InboxPath)>,
    open: HashSet<InboxPath>,
}

impl Pairing {
    /// Whether the first half of a rename waits; [`Self::flush`] when its second does not come.
    pub(super) fn is_waiting(&self) -> bool {
        self.from.is_some()
    }

    /// The second half did not come: the path left the inbox.
    pub(super) fn flush(&mut self, watched: impl Fn(&InboxPath) -> bool) -> Option<Hint> {
        let (_, path) = self.from.take()?;
        self.gone(path, watched)
    }

    /// The hints of one event, in order. `there` says what lies at a path, `watched` whether it is a watched folder.
    pub(super) fn take(
        &mut self,
        event: Event,
        there: impl Fn(&InboxPath) -> There,
        watched: impl Fn(&InboxPath) -> bool,
    ) -> Vec<Hint> {
        let mut hints = Vec::new();
        if let Event::MovedTo { cookie, path } = event {
            match self.from.take() {
                Some((first, from)) if first == cookie => return self.renamed(from, path, there, watched),
                Some((_, other)) => hints.extend(self.gone(other, &watched)),
                None => {}
            }
            hints.extend(arrived(path, &there));
            return hints;
        }
        // Another event between the two halves (of another process) does not part them; another first half does.
        if matches!(event, Event::MovedFrom { .. } | Event::Lost(_)) {
            hints.extend(self.flush(&watched));
        }
        match event {
            Event::Created(path) if there(&path) == (There::File { linked: true }) => {
                hints.extend(visible_file(&path).then_some(Hint::Arrived(path)));
            }
            Event::Created(path) => {
                let is_file = visible_file(&path) && matches!(there(&path), There::File { .. });
                hints.extend(is_file.then_some(Hint::Created(path)));
            }
            Event::Written(path) => hints.extend(self.written(path, &there)),
            Event::FolderCreated(path) => hints.extend(visible_folder(&path).then_some(Hint::Folder(path))),
            Event::Closed(path) => {
                self.open.remove(&path);
                hints.extend(visible_file(&path).then_some(Hint::Closed(path)));
            }
            Event::MovedFrom { cookie, path } => self.from = Some((cookie, path)),
            Event::Removed(path) => hints.extend(self.gone(path, &watched)),
            Event::FolderGone(path) => hints.extend(visible_folder(&path).then_some(Hint::FolderVanished(path))),
            Event::Lost(reason) => {
                // A close may be among what was lost.
                self.open.clear();
                hints.push(Hint::Everything(reason));
            }
            Event::MovedTo { .. } => {}
        }
        hints
    }

    fn written(&mut self, path: InboxPath, there: impl Fn(&InboxPath) -> There) -> Option<Hint> {
        if !visible_file(&path) || self.open.contains(&path) {
            return None;
        }
        // Else it is gone again, or a symlink, a pipe, a device.
        if !matches!(there(&path), There::File { .. }) {
            return None;
        }
        if self.open.len() >= MAX_OPEN {
            self.open.clear();
        }
        self.open.insert(path.clone());
        Some(Hint::Written(path))
    }

    fn gone(&mut self, path: InboxPath, watched: impl Fn(&InboxPath) -> bool) -> Option<Hint> {
        self.open.remove(&path);
        if watched(&path) {
            return Some(Hint::FolderVanished(path));
        }
        visible_file(&path).then_some(Hint::Vanished(path))
    }

    fn renamed(
        &mut self,
        from: InboxPath,
        to: InboxPath,
        there: impl Fn(&InboxPath) -> There,
        watched: impl Fn(&InboxPath) -> bool,
    ) -> Vec<Hint> {
        self.open.remove(&from);
        if watched(&from) {
            // What was watched is a folder, wherever it has gone on to since.
            let hint = if visible_folder(&to) { Hint::FolderMoved { from, to } } else { Hint::FolderVanished(from) };
            return vec![hint];
        }
        if there(&to) == There::Folder {
            return visible_folder(&to).then_some(Hint::Folder(to)).into_iter().collect();
        }
        let hint = match (visible_file(&from), visible_file(&to)) {
            (true, true) => Hint::Moved { from, to },
            (true, false) => Hint::Vanished(from),
            (false, true) => Hint::Arrived(to),
            (false, false) => return Vec::new(),
        };
        vec![hint]
    }
}

fn arrived(path: InboxPath, there: impl Fn(&InboxPath) -> There) -> Option<Hint> {
    match there(&path) {
        There::Folder => visible_folder(&path).then_some(Hint::Folder(path)),
        There::File { .. } | There::Nothing => visible_file(&path).then_some(Hint::Arrived(path)),
    }
}

fn visible_file(path: &InboxPath) -> bool {
    path.as_path().file_name().is_some_and(|name| !never_read(name))
}

fn visible_folder(path: &InboxPath) -> bool {
    path.as_path().file_name().is_some_and(|name| !never_entered(name))
}

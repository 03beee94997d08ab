//! The inbox's folders, one inotify watch each → hints. The only file that knows `notify`.
//!
//! Watches are never recursive: `notify` 8 gives up on a whole tree at one unreadable folder. The caller watches a folder
//! first and lists it then, so that nothing can slip in between.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind, RemoveKind, RenameMode};
use notify::{Config, ErrorKind, INotifyWatcher, RecursiveMode, Watcher};

use crate::dropped::InboxPath;
use crate::inbox::hint::Hint;
use crate::inbox::pairing::{Event, Pairing, There};

/// How long the first half of a rename waits for the second. The kernel writes both within microseconds; a deletion may
/// well be told this much later, since it counts only after `grace`.
const PAIR: Duration = Duration::from_millis(50);

/// Why a folder cannot be watched. The rest of the inbox is; this folder is looked at every `poll` instead.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// The user's inotify watches or instances are used up.
    #[error("the limit of inotify watches is reached (raise fs.inotify.max_user_watches and max_user_instances)")]
    Limit,
    /// There is no such folder (any more).
    #[error("{0:?} is no folder")]
    NoFolder(InboxPath),
    /// The system's refusal: a permission, a file system without inotify.
    #[error("{path:?} cannot be watched")]
    System {
        /// The folder.
        path: InboxPath,
        /// Why.
        source: io::Error,
    },
    /// The thread that watches could not be started.
    #[error("the watch cannot be started")]
    Start(#[source] io::Error),
}

/// Watched folders, shared with the thread that makes hints of events: the kernel does not say whether what was renamed
/// or removed was a folder. A lock, held for one look-up at a time; never while the watcher is asked for anything.
#[derive(Clone, Default)]
struct Folders(Arc<Mutex<BTreeSet<InboxPath>>>);

impl Folders {
    fn lock(&self) -> MutexGuard<'_, BTreeSet<InboxPath>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn contains(&self, path: &InboxPath) -> bool {
        self.lock().contains(path)
    }

    /// Takes out a folder and all below it.
    fn take_within(&self, folder: &InboxPath) -> Vec<InboxPath> {
        let mut folders = self.lock();
        let within: Vec<_> = folders.iter().filter(|f| f.is_within(folder)).cloned().collect();
        for path in &within {
            folders.remove(path);
        }
        within
    }
}

/// The watch on an inbox. It watches no folder before [`Watch::add`] is called, not even the inbox itself. Ends when dropped.
pub struct Watch {
    inbox: PathBuf,
    watcher: INotifyWatcher,
    folders: Folders,
}

impl Watch {
    /// Starts a watch whose hints go to `sink`, in order, on a thread of its own.
    ///
    /// # Errors
    /// When the inbox is not there, or inotify or the thread cannot be had.
    pub fn new(inbox: &Path, sink: impl Fn(Hint) + Send + 'static) -> Result<Self, WatchError> {
        let inbox = fs::canonicalize(inbox).map_err(WatchError::Start)?;
        let (events, received) = mpsc::channel();
        let root = inbox.clone();
        let config = Config::default().with_follow_symlinks(false);
        let folders = Folders::default();
        // Before the watcher: this thread ends by itself when there is none.
        let (of, known) = (inbox.clone(), folders.clone());
        thread::Builder::new()
            .name("inbox-hints".to_owned())
            .spawn(move || hints(&of, &known, &received, sink))
            .map_err(WatchError::Start)?;
        let mut watcher = INotifyWatcher::new(move |told| pass_on(&root, told, &events), config)
            .map_err(|e| watch_error(&InboxPath::root(), e))?;
        // The crate passes over a thread that it was refused, and panics at the next use, dropping included. This asks for
        // nothing but an answer; without one the watcher, by then an empty handle, is left alone.
        if let Err(error) = watcher.configure(config) {
            std::mem::forget(watcher);
            return Err(WatchError::Start(io::Error::other(error)));
        }
        Ok(Self { inbox, watcher, folders })
    }

    /// Whether it watches another folder than the one that a path leads to by now: a symlink was turned.
    #[must_use]
    pub fn is_elsewhere(&self, inbox: &Path) -> bool {
        fs::canonicalize(inbox).is_ok_and(|now| now != self.inbox)
    }

    /// Watches one folder, not what is below it. List it afterwards, and only then; a second call does no harm.
    ///
    /// # Errors
    /// See [`WatchError`]; the folder is then not watched.
    pub fn add(&mut self, folder: &InboxPath) -> Result<(), WatchError> {
        let path = folder.under(&self.inbox);
        // inotify would follow a symlink; the inbox itself is already resolved.
        if !fs::symlink_metadata(&path).is_ok_and(|meta| meta.is_dir()) {
            return Err(WatchError::NoFolder(folder.clone()));
        }
        self.folders.lock().insert(folder.clone());
        self.watcher.watch(&path, RecursiveMode::NonRecursive).map_err(|e| {
            self.folders.lock().remove(folder);
            watch_error(folder, e)
        })
    }

    /// Stops watching a folder and all below it. What is not watched (the kernel drops removed ones itself) is passed over.
    pub fn remove(&mut self, folder: &InboxPath) {
        for path in self.folders.take_within(folder) {
            // An error only says that it was not watched any more.
            let _gone = self.watcher.unwatch(&path.under(&self.inbox));
        }
    }

    /// After [`Hint::FolderMoved`]: watches under its new path what was watched under the former one. Compare all below
    /// `to` afterwards: what was written meanwhile was told under the former path, or not at all.
    ///
    /// # Errors
    /// The first folder that cannot be watched; the others are. One that is not there any more is no error.
    pub fn moved(&mut self, from: &InboxPath, to: &InboxPath) -> Result<(), WatchError> {
        let within = self.folders.take_within(from);
        for path in &within {
            let _gone = self.watcher.unwatch(&path.under(&self.inbox));
        }
        let mut first = Ok(());
        for path in within {
            let Ok(rest) = path.as_path().strip_prefix(from.as_path()) else { continue };
            let now = if rest.as_os_str().is_empty() { to.clone() } else { to.join(rest.as_os_str()) };
            match self.add(&now) {
                Ok(()) | Err(WatchError::NoFolder(_)) => {}
                failed => first = first.and(failed),
            }
        }
        first
    }

    /// How many folders are watched.
    #[must_use]
    pub fn watched(&self) -> usize {
        self.folders.lock().len()
    }
}

fn watch_error(path: &InboxPath, e: notify::Error) -> WatchError {
    match e.kind {
        ErrorKind::MaxFilesWatch => WatchError::Limit,
        ErrorKind::PathNotFound => WatchError::NoFolder(path.clone()),
        // EMFILE from inotify_init: the limit of instances.
        ErrorKind::Io(e) if e.raw_os_error() == Some(rustix::io::Errno::MFILE.raw_os_error()) => WatchError::Limit,
        ErrorKind::Io(source) => WatchError::System { path: path.clone(), source },
        other => WatchError::System { path: path.clone(), source: io::Error::other(format!("{other:?}")) },
    }
}

/// Runs on the thread of inotify: must be quick, so it only translates. Reads and changes of metadata, most of what the
/// kernel tells (our own reading included), end here.
fn pass_on(inbox: &Path, told: notify::Result<notify::Event>, events: &Sender<Event>) {
    let event = match told {
        // Overflow comes without a path.
        Ok(event) if event.need_rescan() => Some(Event::Lost("the kernel's event queue overflowed".to_owned())),
        Ok(event) => event.paths.first().and_then(|path| translate(inbox, path, &event)),
        Err(e) => Some(Event::Lost(format!("the watch failed: {e}"))),
    };
    if let Some(event) = event {
        // The receiver ends only with the process or after the watch itself.
        let _ended = events.send(event);
    }
}

fn translate(inbox: &Path, path: &Path, event: &notify::Event) -> Option<Event> {
    let path = InboxPath::new(path.strip_prefix(inbox).ok()?);
    if path.is_root() {
        return match event.kind {
            EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => {
                Some(Event::Lost("the inbox itself was moved or removed".to_owned()))
            }
            _ => None,
        };
    }
    let cookie = event.tracker();
    match event.kind {
        EventKind::Create(CreateKind::Folder) => Some(Event::FolderCreated(path)),
        EventKind::Create(_) => Some(Event::Created(path)),
        EventKind::Modify(ModifyKind::Data(_)) => Some(Event::Written(path)),
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(Event::Closed(path)),
        // Without a cookie a folder tells of itself what its parent tells as well. Only where the parent is not watched (the
        // limit) would that be news, and then the rescan finds it.
        EventKind::Modify(ModifyKind::Name(RenameMode::From)) => cookie.map(|cookie| Event::MovedFrom { cookie, path }),
        EventKind::Modify(ModifyKind::Name(RenameMode::To)) => cookie.map(|cookie| Event::MovedTo { cookie, path }),
        EventKind::Remove(RemoveKind::Folder) => Some(Event::FolderGone(path)),
        EventKind::Remove(_) => Some(Event::Removed(path)),
        _ => None,
    }
}

/// Makes hints of events until the watch is dropped.
fn hints(inbox: &Path, folders: &Folders, events: &Receiver<Event>, sink: impl Fn(Hint)) {
    let mut pairing = Pairing::default();
    let there = |path: &InboxPath| there(inbox, path);
    let watched = |path: &InboxPath| folders.contains(path);
    loop {
        let event = if pairing.is_waiting() {
            match events.recv_timeout(PAIR) {
                Ok(event) => Some(event),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        } else {
            match events.recv() {
                Ok(event) => Some(event),
                Err(_) => return,
            }
        };
        match event {
            Some(event) => pairing.take(event, there, watched).into_iter().for_each(&sink),
            None => pairing.flush(watched).into_iter().for_each(&sink),
        }
    }
}

fn there(inbox: &Path, path: &InboxPath) -> There {
    match fs::symlink_metadata(path.under(inbox)) {
        Ok(meta) if meta.is_dir() => There::Folder,
        Ok(meta) if meta.is_file() => There::File { linked: meta.nlink() > 1 },
        _ => There::Nothing,
    }
}

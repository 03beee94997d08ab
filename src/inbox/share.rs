//! The inbox, for whoever must not wait for it. On a share, whose server may be gone for hours, a call may never return: there
//! each is waited for only so long. On a disk of this machine they are made as they are.

use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::files::{self, Reading, Root, needs_polling, root_state};
use super::open_medium::{OpenMedium, open_medium};
use crate::dropped::{InboxPath, Look};
use crate::threads::caller::Caller;

/// How long a call is waited for: a disk that has to spin up takes longer once, and then all is done a moment later. An embargo
/// that ends meanwhile waits as long.
const PATIENCE: Duration = Duration::from_secs(2);

/// See the module.
#[derive(Debug)]
pub struct Share {
    inbox: PathBuf,
    /// Whether it lies on another machine, or that is not known.
    is_remote: AtomicBool,
    caller: Caller,
}

impl Share {
    /// An inbox of which nothing is known yet.
    #[must_use]
    pub fn new(inbox: PathBuf) -> Self {
        Self { inbox, is_remote: AtomicBool::new(true), caller: Caller::new("inbox", PATIENCE) }
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.inbox
    }

    /// Whether it has not answered a call yet that was waited for in vain. Until then all others fail at once.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.caller.is_away()
    }

    /// Makes a call.
    ///
    /// # Errors
    /// What the call fails with; `TimedOut` where the inbox does not answer.
    pub fn ask<T: Send + 'static>(&self, call: impl FnOnce(&Path) -> io::Result<T> + Send + 'static) -> io::Result<T> {
        if !self.is_remote.load(Ordering::Relaxed) {
            return call(&self.inbox);
        }
        let inbox = self.inbox.clone();
        let silence = || Err(io::Error::new(io::ErrorKind::TimedOut, "the share does not answer"));
        self.caller.call(move || call(&inbox)).unwrap_or_else(silence)
    }

    /// What became of the inbox itself. Whether it is a share is found out here; a disk that gave way to one would hang as well.
    #[must_use]
    pub fn root(&self) -> Root {
        let inbox = self.inbox.clone();
        let Some((root, is_remote)) = self.caller.call(move || (root_state(&inbox), needs_polling(&inbox))) else {
            return Root::Silent;
        };
        self.is_remote.store(is_remote, Ordering::Relaxed);
        root
    }

    /// A look at a file, as [`files::look`] has it; on a share, as its server has it.
    ///
    /// # Errors
    /// As [`files::look`], and [`Self::ask`].
    pub fn look(&self, file: &InboxPath) -> io::Result<Option<Look>> {
        let look = if self.is_remote.load(Ordering::Relaxed) { files::look_anew } else { files::look };
        let file = file.clone();
        self.ask(move |inbox| look(inbox, &file))
    }

    /// Whether a file may be there: what cannot be looked at may.
    #[must_use]
    pub fn may_have(&self, file: &InboxPath) -> bool {
        !matches!(self.look(file), Ok(None))
    }

    /// Reads a whole file, as [`files::read`] does.
    ///
    /// # Errors
    /// As [`files::read`], and [`Self::ask`].
    pub fn read(&self, file: &InboxPath, max: u64) -> io::Result<Reading> {
        let file = file.clone();
        self.ask(move |inbox| files::read(inbox, &file, max))
    }

    /// Opens a medium, as [`open_medium`] does.
    ///
    /// # Errors
    /// As [`open_medium`], and [`Self::ask`].
    pub fn open_medium(&self, source: &InboxPath) -> io::Result<SharedMedium<'_>> {
        let source = source.clone();
        let medium = self.ask(move |inbox| open_medium(inbox, &source))?;
        Ok(SharedMedium { share: self, medium: Arc::new(Mutex::new(medium)) })
    }
}

/// A medium in such an inbox.
#[derive(Debug)]
pub struct SharedMedium<'a> {
    share: &'a Share,
    medium: Arc<Mutex<OpenMedium>>,
}

impl SharedMedium<'_> {
    fn ask<T: Send + 'static>(
        &self,
        call: impl FnOnce(&mut OpenMedium) -> io::Result<T> + Send + 'static,
    ) -> io::Result<T> {
        let medium = Arc::clone(&self.medium);
        self.share.ask(move |_| call(&mut medium.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}

impl Read for SharedMedium<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // Bytes of its own for a call that may return when nobody is there any more.
        let mut bytes = vec![0; buffer.len()];
        let bytes = self.ask(move |medium| {
            let length = medium.read(&mut bytes)?;
            bytes.truncate(length);
            Ok(bytes)
        })?;
        buffer[..bytes.len()].copy_from_slice(&bytes);
        Ok(bytes.len())
    }
}

impl Seek for SharedMedium<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.ask(move |medium| medium.seek(to))
    }
}

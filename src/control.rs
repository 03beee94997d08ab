//! The control socket: what commands ask a running daemon. One JSON object a line each way, over a Unix socket in the
//! state folder that only the daemon's own user may open. Nothing here decides anything: the daemon answers.

use std::fs::File;
use std::future::Future;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::fd::AsRawFd;
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixStream as BlockingStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use rustix::fs::{AtFlags, Mode, OFlags};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tracing::{debug, info, warn};

use crate::reminder::Reminder;

/// The socket's name in the state folder.
pub const NAME: &str = "control.sock";

/// The name under which a socket is made before it takes the place of one that a killed daemon left.
const NEW_NAME: &str = "control.sock.new";

/// The longest path in bytes that a socket's address holds on Linux (`sun_path`, less its final zero).
const MAX_ADDRESS: usize = 107;

/// The longest request in bytes: a `withdraw` of ten thousand files with long names.
const MAX_REQUEST: u64 = 1 << 20;

/// The longest reply in bytes: the `status` of an inbox in which a hundred thousand files are refused.
const MAX_REPLY: u64 = 64 << 20;

/// How many commands are answered at one time: they are typed by people or come from a monitor.
const MAX_COMMANDS: usize = 16;

/// How long accepting rests after it failed, mostly for want of file descriptors: long enough not to spin, short enough that a
/// freed one is used at once. The log hears of it less often ([`crate::reminder`]).
pub const ACCEPT_REST: Duration = Duration::from_millis(100);

/// How long the other side may take to send a line or to read one.
const LINE_WAIT: Duration = Duration::from_secs(10);

/// How long commands under way may go on after the stop: less than the server gives its readers.
pub const STOP_WAIT: Duration = Duration::from_secs(5);

/// How long a command waits for its answer by default: withdrawing ten thousand articles renders their sections first.
pub const ANSWER_WAIT: Duration = Duration::from_secs(60);

/// What a command asks of a running daemon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "lowercase", deny_unknown_fields)]
pub enum Request {
    /// Whether anybody is there.
    Ping,
    /// What is published, scheduled, refused, held and doubted.
    Status,
    /// Take articles back.
    Withdraw {
        /// Ids, or files as the person named them, made absolute.
        targets: Vec<String>,
        /// Agree that the files now held as missing were meant to go.
        missing: bool,
    },
    /// Undo a withdrawal.
    Restore {
        /// Ids, or files as the person named them, made absolute.
        targets: Vec<String>,
    },
}

/// What the daemon answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// The exit code of the command: 0 done; 1 done, but something waits for a person; 2 wrong usage.
    pub code: i32,
    /// The answer for programs (`--json`).
    pub value: serde_json::Value,
    /// The answer for people, lines of text.
    pub text: String,
}

/// The bound socket. Dropped or at the end of [`Socket::serve`], it removes its file, unless a later daemon has replaced it.
#[derive(Debug)]
pub struct Socket {
    state: PathBuf,
    listener: UnixListener,
    folder: File,
    inode: u64,
}

impl Socket {
    /// Binds `control.sock` in the state folder, in place of one that a killed daemon left. The caller holds the state
    /// folder's lock, so that nobody listens on the old one. Needs a Tokio runtime.
    ///
    /// # Errors
    /// When the folder cannot be opened or written.
    pub fn bind(state: &Path) -> io::Result<Self> {
        let folder = open(state)?;
        match rustix::fs::unlinkat(&folder, NEW_NAME, AtFlags::empty()) {
            Err(rustix::io::Errno::NOENT) | Ok(()) => {}
            Err(error) => return Err(error.into()),
        }
        let address = address(state, &folder, NEW_NAME);
        let listener = UnixListener::bind(&address)?;
        let inode = std::fs::symlink_metadata(&address)?.ino();
        rustix::fs::chmodat(&folder, NEW_NAME, Mode::RUSR | Mode::WUSR, AtFlags::empty())?;
        rustix::fs::renameat(&folder, NEW_NAME, &folder, NAME)?;
        Ok(Self { state: state.to_owned(), listener, folder, inode })
    }

    /// Answers commands until `shutdown` resolves, then finishes those under way, for at most [`STOP_WAIT`].
    /// `answer` runs on a blocking thread, several at one time, and keeps a deadline of its own. Whenever `renew` is notified, a
    /// socket whose file was removed is made anew.
    pub async fn serve<A>(mut self, answer: A, renew: Arc<Notify>, shutdown: impl Future<Output = ()>)
    where
        A: Fn(Request) -> Reply + Send + Sync + 'static,
    {
        let answer = Arc::new(answer);
        let places = Arc::new(Semaphore::new(MAX_COMMANDS));
        let mut commands = JoinSet::new();
        let mut shutdown = std::pin::pin!(shutdown);
        let mut failures = Reminder::default();
        loop {
            let accepted = async {
                let place = Arc::clone(&places).acquire_owned().await;
                (self.listener.accept().await, place)
            };
            tokio::select! {
                () = shutdown.as_mut() => break,
                Some(_) = commands.join_next() => {}
                () = renew.notified() => self.renew(),
                (accepted, place) = accepted => match accepted {
                    Ok((stream, _)) => {
                        let answer = Arc::clone(&answer);
                        commands.spawn(async move {
                            if let Err(error) = converse(stream, answer).await {
                                debug!(%error, "a command went away");
                            }
                            drop(place);
                        });
                    }
                    Err(error) => {
                        if failures.is_due(&error.to_string(), Instant::now()) {
                            warn!(%error, "cannot accept commands");
                        }
                        tokio::time::sleep(ACCEPT_REST).await;
                    }
                },
            }
        }
        drop(self);
        let _ = timeout(STOP_WAIT, async { while commands.join_next().await.is_some() {} }).await;
    }

    /// Whether its file is where commands look for it. As long as it listens, no other file gets its inode.
    fn is_there(&self) -> bool {
        let there = rustix::fs::statat(&self.folder, NAME, AtFlags::SYMLINK_NOFOLLOW);
        there.is_ok_and(|stat| stat.st_ino == self.inode)
    }

    fn renew(&mut self) {
        if self.is_there() {
            return;
        }
        match Self::bind(&self.state) {
            Ok(socket) => {
                *self = socket;
                info!("the control socket was gone and is made anew");
            }
            Err(error) => warn!(%error, "the control socket is gone and cannot be made anew"),
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if self.is_there() {
            // Left behind it would only be a stale socket, which the next start replaces.
            let _ = rustix::fs::unlinkat(&self.folder, NAME, AtFlags::empty());
        }
    }
}

/// Asks the daemon that runs on this state folder, waiting at most `patience` for all of it; none where no daemon runs.
///
/// # Errors
/// When there is one that cannot be reached, or does not answer in time or sense.
pub fn ask(state: &Path, request: &Request, patience: Duration) -> io::Result<Option<Reply>> {
    let (state, line) = (state.to_owned(), line(request)?);
    let (sender, answer) = channel();
    // A thread of its own, because connecting to a full queue cannot be given a deadline; it ends with the command.
    std::thread::Builder::new().name("ask".to_owned()).spawn(move || sender.send(exchange(&state, &line, patience)))?;
    match answer.recv_timeout(patience) {
        Ok(answer) => answer,
        Err(RecvTimeoutError::Timeout) => Err(io::Error::new(
            io::ErrorKind::TimedOut,
            format!("the daemon did not answer within {} s", patience.as_secs_f32()),
        )),
        Err(RecvTimeoutError::Disconnected) => Err(io::Error::other("the question was not put")),
    }
}

fn exchange(state: &Path, line: &[u8], patience: Duration) -> io::Result<Option<Reply>> {
    let connected = open(state).and_then(|folder| BlockingStream::connect(address(state, &folder, NAME)));
    let mut stream = match connected {
        Ok(stream) => stream,
        Err(error) if nobody(&error) => return Ok(None),
        Err(error) => return Err(error),
    };
    stream.set_read_timeout(Some(patience))?;
    stream.set_write_timeout(Some(patience))?;
    stream.write_all(line)?;
    let mut answer = Vec::new();
    BufReader::new(stream).take(MAX_REPLY).read_until(b'\n', &mut answer)?;
    if answer.last() != Some(&b'\n') {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the daemon broke off its answer"));
    }
    Ok(Some(serde_json::from_slice(&answer)?))
}

fn nobody(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused)
}

/// Questions and answers of one connection, until the other side hangs up.
async fn converse<A>(stream: UnixStream, answer: Arc<A>) -> io::Result<()>
where
    A: Fn(Request) -> Reply + Send + Sync + 'static,
{
    // The file's mode says it too, but not yet in the instant between its making and its chmod.
    let asker = stream.peer_cred()?.uid();
    if asker != 0 && asker != rustix::process::geteuid().as_raw() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, format!("user {asker} may not ask")));
    }
    let (reading, mut writing) = stream.into_split();
    let mut reading = tokio::io::BufReader::new(reading);
    loop {
        let mut question = Vec::new();
        timeout(LINE_WAIT, (&mut reading).take(MAX_REQUEST).read_until(b'\n', &mut question)).await??;
        if question.is_empty() {
            return Ok(());
        }
        let whole = question.last() == Some(&b'\n');
        let reply = match serde_json::from_slice::<Request>(&question) {
            Ok(request) if whole => {
                let answer = Arc::clone(&answer);
                tokio::task::spawn_blocking(move || answer(request)).await.unwrap_or_else(|_| broken())
            }
            Ok(_) => misunderstood("it ends before its line does"),
            Err(error) => misunderstood(&error.to_string()),
        };
        timeout(LINE_WAIT, writing.write_all(&line(&reply)?)).await??;
        if !whole {
            return Ok(());
        }
    }
}

fn misunderstood(why: &str) -> Reply {
    Reply {
        code: 2,
        value: serde_json::Value::Null,
        text: format!("the daemon does not understand the request: {why}"),
    }
}

fn broken() -> Reply {
    let text = "the daemon failed to answer; its log says why".to_owned();
    Reply { code: 1, value: serde_json::Value::Null, text }
}

fn line(message: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(message)?;
    line.push(b'\n');
    Ok(line)
}

fn open(state: &Path) -> io::Result<File> {
    let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
    Ok(File::from(rustix::fs::open(state, flags, Mode::empty())?))
}

/// The path to give the kernel, which takes short ones only: a longer one goes by way of the opened folder.
fn address(state: &Path, folder: &File, name: &str) -> PathBuf {
    let path = state.join(name);
    if path.as_os_str().len() <= MAX_ADDRESS {
        return path;
    }
    PathBuf::from(format!("/proc/self/fd/{}/{name}", folder.as_raw_fd()))
}

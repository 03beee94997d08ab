//! Answers → lines of the access log, written by a thread of its own: no reader waits for a log. Whatever a client sent stands in
//! it escaped.

use std::fmt::Write as _;
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::net::Ipv4Addr;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use arc_swap::ArcSwapOption;
use chrono::{DateTime, SecondsFormat, Utc};
use http::Version;
use http::header::{HeaderName, REFERER, USER_AGENT};
use http::request::Parts;
use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};

use super::Peer;

/// How many lines may wait for the disk; more are counted and not written. At 200 bytes each it is two megabytes.
const MAX_WAITING: usize = 10_000;

/// How long a written line may stay in memory.
const FLUSH: Duration = Duration::from_secs(1);

/// The most bytes that a method, a target and a header take in a line as they are written there; of a longer one the beginning
/// stands. So no line reaches 4096 bytes, of which readers of logs (GoAccess) make two, and a pipe as well (`PIPE_BUF`).
const MAX_METHOD: usize = 64;
const MAX_TARGET: usize = 2048;
const MAX_HEADER: usize = 768;

/// What a line looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// As the first web servers wrote it.
    Common,
    /// The same, with referrer and user agent.
    Combined,
    /// An object of JSON a line.
    Json,
}

/// What became of one request.
pub(super) struct Visit<'r> {
    pub(super) client: Peer,
    pub(super) at: DateTime<Utc>,
    /// None where what came was no request.
    pub(super) request: Option<&'r Parts>,
    pub(super) status: u16,
    pub(super) bytes: u64,
    pub(super) took: Duration,
}

/// An access log that is being written.
#[derive(Debug)]
pub struct Access {
    shape: Shape,
    lines: SyncSender<String>,
    notes: Arc<Notes>,
}

/// What is told to the thread that writes, whether or not it keeps up with the lines.
#[derive(Debug, Default)]
struct Notes {
    /// Lines that were left out since it was last told.
    lost: AtomicU64,
    /// The file was moved away.
    is_moved: AtomicBool,
    /// Why lines are not written at present.
    trouble: ArcSwapOption<String>,
}

impl Access {
    /// Opens the log: a file that is added to, or standard output. Its thread ends when the log is dropped.
    ///
    /// # Errors
    /// When the file cannot be opened, or no thread be had.
    pub fn open(shape: Shape, file: Option<&Path>) -> io::Result<Self> {
        let place = file.map(Path::to_owned);
        let out = out(place.as_deref())?;
        let (lines, received) = sync_channel(MAX_WAITING);
        let notes = Arc::new(Notes::default());
        let told = Arc::clone(&notes);
        thread::Builder::new()
            .name("access".to_owned())
            .spawn(move || write(&received, out, place.as_deref(), &told))?;
        Ok(Self { shape, lines, notes })
    }

    pub(super) fn note(&self, visit: &Visit<'_>) {
        let line = match self.shape {
            Shape::Common => common(visit),
            Shape::Combined => combined(visit),
            Shape::Json => json(visit),
        };
        if self.lines.try_send(line).is_err() {
            self.notes.lost.fetch_add(1, Relaxed);
        }
    }

    /// Why lines are not written at present, if they are not.
    #[must_use]
    pub fn trouble(&self) -> Option<Arc<String>> {
        self.notes.trouble.load_full()
    }

    /// Opens the file anew: the former was moved away.
    pub fn reopen(&self) {
        self.notes.is_moved.store(true, Relaxed);
    }
}

type Out = BufWriter<Box<dyn Write + Send>>;

fn out(file: Option<&Path>) -> io::Result<Out> {
    Ok(BufWriter::new(match file {
        Some(file) => Box::new(append(file)?),
        None => Box::new(io::stdout()),
    }))
}

fn append(file: &Path) -> io::Result<File> {
    // A pipe that nobody reads is an error, and not waited for; one that somebody reads is written to at their pace.
    let flags = i32::try_from(OFlags::NONBLOCK.bits()).unwrap_or_default();
    let file = OpenOptions::new().append(true).create(true).custom_flags(flags).open(file)?;
    fcntl_setfl(&file, fcntl_getfl(&file)? - OFlags::NONBLOCK)?;
    Ok(file)
}

fn write(lines: &Receiver<String>, mut to: Out, place: Option<&Path>, notes: &Notes) {
    let name = place.map_or_else(|| "on standard output".to_owned(), |place| place.display().to_string());
    // Since when a line waits to be written to the file.
    let mut kept: Option<Instant> = None;
    loop {
        let next = lines.recv_timeout(kept.map_or(FLUSH, |since| FLUSH.saturating_sub(since.elapsed())));
        let opened = match notes.is_moved.swap(false, Relaxed) {
            true => {
                // What the former file does not take any more must not keep the next from being opened.
                let _ = to.flush();
                out(place).map(|opened| to = opened)
            }
            false => Ok(()),
        };
        if opened.is_err() {
            // What comes meanwhile goes where the former went.
            notes.is_moved.store(true, Relaxed);
        }
        let mut written = match &next {
            Ok(line) => to.write_all(line.as_bytes()),
            Err(_) => Ok(()),
        };
        if next.is_ok() {
            kept.get_or_insert_with(Instant::now);
        }
        let is_due = next.is_err() || kept.is_some_and(|since| since.elapsed() >= FLUSH);
        if is_due {
            kept = None;
            // At the end, what cannot be written is lost with the rest of the log.
            written = written.and(to.flush());
        }
        if next == Err(RecvTimeoutError::Disconnected) {
            return;
        }
        let missing = notes.lost.swap(0, Relaxed);
        if missing > 0 {
            tracing::warn!("{missing} lines of the access log were left out: the disk does not keep up");
        }
        match opened.and(written) {
            // What is kept in memory says nothing of the disk.
            Ok(()) if is_due => notes.trouble.store(None),
            Ok(()) => {}
            Err(error) => {
                let told = format!("the access log {name} cannot be written: {error}; lines are lost until it can be");
                if notes.trouble.load().is_none() {
                    tracing::warn!("{told}");
                }
                notes.trouble.store(Some(Arc::new(told)));
            }
        }
    }
}

/// `host - - [10/Oct/2000:13:55:36 +0000] "GET /rss.xml HTTP/1.1" 200 2326`
fn common(visit: &Visit<'_>) -> String {
    let mut line = opening(visit);
    line.push('\n');
    line
}

fn combined(visit: &Visit<'_>) -> String {
    let mut line = opening(visit);
    for name in [REFERER, USER_AGENT] {
        line.push_str(" \"");
        escape(&mut line, header(visit, &name).unwrap_or(b"-"), MAX_HEADER);
        line.push('"');
    }
    line.push('\n');
    line
}

fn opening(visit: &Visit<'_>) -> String {
    let mut line = String::with_capacity(200);
    line.push_str(&client(visit.client));
    let _ = write!(line, " - - [{}] \"", visit.at.format("%d/%b/%Y:%H:%M:%S %z"));
    match visit.request {
        Some(request) => {
            escape(&mut line, request.method.as_str().as_bytes(), MAX_METHOD);
            line.push(' ');
            escape(&mut line, target(request).as_bytes(), MAX_TARGET);
            line.push(' ');
            line.push_str(version(request.version));
        }
        None => line.push('-'),
    }
    let _ = write!(line, "\" {} ", visit.status);
    match visit.bytes {
        0 => line.push('-'),
        bytes => {
            let _ = write!(line, "{bytes}");
        }
    }
    line
}

fn json(visit: &Visit<'_>) -> String {
    let text = |name| header(visit, &name).map(|value| beginning(&String::from_utf8_lossy(value), MAX_HEADER));
    let mut line = serde_json::json!({
        "time": visit.at.to_rfc3339_opts(SecondsFormat::Millis, true),
        "client": client(visit.client),
        "method": visit.request.map(|request| beginning(request.method.as_str(), MAX_METHOD)),
        "target": visit.request.map(|request| beginning(&target(request), MAX_TARGET)),
        "version": visit.request.map(|request| version(request.version)),
        "status": visit.status,
        "bytes": visit.bytes,
        "seconds": visit.took.as_secs_f64(),
        "referer": text(REFERER),
        "user_agent": text(USER_AGENT),
    })
    .to_string();
    if !line.bytes().all(is_printable) {
        // Nothing of that stands outside a string.
        let units: Vec<u16> = line.encode_utf16().collect();
        line.clear();
        for unit in units {
            match u8::try_from(unit) {
                Ok(byte) if is_printable(byte) => line.push(char::from(byte)),
                _ => {
                    let _ = write!(line, "\\u{unit:04x}");
                }
            }
        }
    }
    line.push('\n');
    line
}

/// Whether a terminal shows it and does nothing else.
fn is_printable(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

/// Readers of logs want an address, and drop a line with anything else in its place.
fn client(peer: Peer) -> String {
    match peer {
        Peer::Ip(address) => address.to_string(),
        Peer::Local => Ipv4Addr::LOCALHOST.to_string(),
    }
}

fn target(request: &Parts) -> String {
    let uri = &request.uri;
    uri.path_and_query().map_or_else(|| uri.to_string(), ToString::to_string)
}

fn header<'r>(visit: &Visit<'r>, name: &HeaderName) -> Option<&'r [u8]> {
    Some(visit.request?.headers.get(name)?.as_bytes())
}

fn version(version: Version) -> &'static str {
    match version {
        Version::HTTP_2 => "HTTP/2.0",
        Version::HTTP_11 => "HTTP/1.1",
        _ => "HTTP/1.0",
    }
}

/// Adds as much as fits: quotes, backslashes and all that is not printable ASCII as nginx and Apache write them.
fn escape(line: &mut String, bytes: &[u8], most: usize) {
    let end = line.len() + most;
    for &byte in bytes {
        let is_plain = is_printable(byte) && !matches!(byte, b'"' | b'\\');
        if line.len() + if is_plain { 1 } else { r"\x00".len() } > end {
            return;
        }
        if is_plain {
            line.push(char::from(byte));
        } else {
            let _ = write!(line, "\\x{byte:02X}");
        }
    }
}

/// As much as fits when it is written as a string of JSON.
fn beginning(text: &str, most: usize) -> String {
    let lengths = text.chars().scan(0, |length, c| {
        *length += match c {
            '"' | '\\' => 2,
            ' '..='~' => 1,
            c => r"\u0000".len() * c.len_utf16(),
        };
        Some((*length, c))
    });
    lengths.take_while(|(length, _)| *length <= most).map(|(_, c)| c).collect()
}

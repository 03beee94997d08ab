//! A running `syndicated` with a folder and a port of its own. States are waited for with a deadline; it is killed when dropped.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;

/// No wait in these tests lasts anywhere near as long, unless what is waited for never comes.
pub const DEADLINE: Duration = Duration::from_secs(60);

/// How often a state is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// What makes a story short: missing files count soon. A comparison comes only at the start, so that what is seen was told by events.
pub const EVENTS: &str = "[intake]\ngrace = \"300ms\"\nrescan = \"1h\"\nmedia_wait = \"300ms\"\n";

/// The same without events.
pub const POLL: &str = "[intake]\ngrace = \"300ms\"\nwatch = \"poll\"\npoll = \"100ms\"\nmedia_wait = \"300ms\"\n";

/// Waits until `look` gives something.
#[track_caller]
pub fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let (_never, clock): (Sender<()>, Receiver<()>) = channel();
    let end = Instant::now() + DEADLINE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < end, "it never came: {what}");
        let _ = clock.recv_timeout(LOOK);
    }
}

/// Runs a command to its end in a folder.
pub fn command(dir: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_syndicated"));
    command.current_dir(dir).args(arguments).env_remove("RUST_LOG").stdin(Stdio::null()).output().unwrap()
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// An answer over HTTP.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

/// See the module.
pub struct Program {
    pub dir: TempDir,
    pub port: u16,
    /// What its environment has besides.
    pub environment: Vec<(String, String)>,
    child: Option<Child>,
    lines: Option<Receiver<String>>,
    /// What it has said so far.
    said: String,
}

impl Program {
    /// A folder with an empty inbox and a configuration, nothing running yet.
    pub fn closed(settings: &str) -> Self {
        let dir = TempDir::new().unwrap();
        fs::create_dir(dir.path().join("inbox")).unwrap();
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let program = Self { dir, port, environment: Vec::new(), child: None, lines: None, said: String::new() };
        program.configure("", settings);
        program
    }

    /// The same, running.
    pub fn new(settings: &str) -> Self {
        let mut program = Self::closed(settings);
        program.start();
        program
    }

    /// Writes the configuration: `top` before any table, `settings` after.
    pub fn configure(&self, top: &str, settings: &str) {
        let port = self.port;
        let text = format!(
            "base_url = \"http://127.0.0.1:{port}\"\n{top}{settings}[server]\nlisten = [\"127.0.0.1:{port}\"]\n"
        );
        fs::write(self.dir.path().join("syndicated.toml"), text).unwrap();
    }

    /// Starts it, and waits until the first comparison is complete.
    #[track_caller]
    pub fn start(&mut self) {
        self.spawn();
        until("a complete start", || (self.status().1["complete"] == true).then_some(()));
    }

    /// Starts it and does not wait.
    pub fn spawn(&mut self) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_syndicated"));
        command.stdin(Stdio::null());
        self.spawn_by(command);
    }

    /// Starts it as systemd does when it passes a socket, under this name; does not wait.
    pub fn spawn_with(&mut self, socket: &TcpListener, name: &str) {
        let mut shell = Command::new("sh");
        let script = "exec 3<&0 </dev/null; LISTEN_PID=$$ LISTEN_FDS=1 LISTEN_FDNAMES=$1 exec \"$0\"";
        shell.args(["-ec", script, env!("CARGO_BIN_EXE_syndicated"), name]);
        shell.stdin(OwnedFd::from(socket.try_clone().unwrap()));
        self.spawn_by(shell);
    }

    /// Starts it by another command, which becomes it; does not wait.
    pub fn spawn_by(&mut self, mut command: Command) {
        command.current_dir(self.dir.path()).env_remove("RUST_LOG").envs(self.environment.iter().cloned());
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let (told, lines) = channel();
        let reader = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || {
            for line in reader.lines().map_while(Result::ok) {
                if told.send(line).is_err() {
                    return;
                }
            }
        });
        self.child = Some(child);
        self.lines = Some(lines);
        self.said.clear();
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.as_ref().unwrap().id()
    }

    pub fn signal(&self, signal: Signal) {
        let id = self.id();
        kill_process(Pid::from_raw(i32::try_from(id).unwrap()).unwrap(), signal).unwrap();
    }

    /// Waits for its end.
    #[track_caller]
    pub fn ended(&mut self) -> ExitStatus {
        let status = until("its end", || self.child.as_mut().unwrap().try_wait().unwrap());
        self.child = None;
        status
    }

    /// Stops it as an operator does.
    #[track_caller]
    pub fn stop(&mut self) {
        self.signal(Signal::TERM);
        assert_eq!(self.ended().code(), Some(0), "{}", self.said());
    }

    /// Ends it as the kernel does when memory is short.
    pub fn kill(&mut self) {
        self.signal(Signal::KILL);
        self.ended();
    }

    /// Everything it said since the start.
    pub fn said(&mut self) -> &str {
        if let Some(lines) = &self.lines {
            for line in lines.try_iter() {
                self.said += &line;
                self.said.push('\n');
            }
        }
        &self.said
    }

    /// Waits until it has said something.
    #[track_caller]
    pub fn says(&mut self, words: &str) {
        let end = Instant::now() + DEADLINE;
        while !self.said().contains(words) {
            assert!(Instant::now() < end, "it never said {words:?}, but:\n{}", self.said);
            if let Some(Ok(line)) = self.lines.as_ref().map(|lines| lines.recv_timeout(LOOK)) {
                self.said += &line;
                self.said.push('\n');
            }
        }
    }

    pub fn inbox(&self, path: &str) -> PathBuf {
        self.dir.path().join("inbox").join(path)
    }

    pub fn feeds(&self, path: &str) -> PathBuf {
        self.dir.path().join("feeds").join(path)
    }

    /// Writes a file in one go, folders and all.
    pub fn put(&self, path: &str, content: impl AsRef<[u8]>) {
        let file = self.inbox(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, content).unwrap();
    }

    /// Runs a shell script in the inbox.
    #[track_caller]
    pub fn shell(&self, script: &str) {
        let done = Command::new("sh").args(["-ec", script]).current_dir(self.inbox("")).output().unwrap();
        assert!(done.status.success(), "{script}: {}", String::from_utf8_lossy(&done.stderr));
    }

    /// One of its commands.
    pub fn command(&self, arguments: &[&str]) -> Output {
        command(self.dir.path(), arguments)
    }

    /// `status --json`: the exit code, and what it says (null where nobody answers yet).
    pub fn status(&self) -> (i32, Value) {
        let output = self.command(&["status", "--json"]);
        let value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        (output.status.code().unwrap(), value)
    }

    /// Waits for a value of the status.
    #[track_caller]
    pub fn status_is(&self, key: &str, value: impl Into<Value>) {
        let value = value.into();
        let mut last = Value::Null;
        let came = until_or(|| {
            last = self.status().1;
            last[key] == value
        });
        assert!(came, "{key} never was {value}: {last:#}");
    }

    pub fn get(&self, path: &str) -> Answer {
        self.request("GET", path, "")
    }

    /// One request on a connection of its own; an answer of status 0 where nobody listens.
    pub fn request(&self, method: &str, path: &str, headers: &str) -> Answer {
        let nothing = Answer { status: 0, headers: BTreeMap::new(), body: String::new() };
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) else { return nothing };
        stream.set_read_timeout(Some(DEADLINE)).unwrap();
        let asked =
            format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n{headers}\r\n", self.port);
        let mut bytes = Vec::new();
        if stream.write_all(asked.as_bytes()).and_then(|()| stream.read_to_end(&mut bytes)).is_err() {
            return nothing;
        }
        answer(&bytes)
    }

    /// The titles of a section's feed, as a strict parser reads them over HTTP; none while there is no such feed.
    pub fn titles(&self, section: &str) -> Option<Vec<String>> {
        let slash = if section.is_empty() { "" } else { "/" };
        let answer = self.get(&format!("/{section}{slash}atom.xml"));
        if answer.status != 200 {
            return None;
        }
        let feed = feed_rs::parser::parse(answer.body.as_bytes()).unwrap();
        Some(feed.entries.into_iter().map(|entry| entry.title.unwrap().content).collect())
    }

    /// Waits until a section holds exactly these titles, in any order.
    #[track_caller]
    pub fn holds(&mut self, section: &str, titles: &[&str]) {
        let mut wanted: Vec<String> = titles.iter().map(|title| (*title).to_owned()).collect();
        wanted.sort();
        let mut last = None;
        let came = until_or(|| {
            last = self.titles(section).map(|mut titles| {
                titles.sort();
                titles
            });
            last.as_ref() == Some(&wanted)
        });
        assert!(came, "{section:?} never held {wanted:?}, but {last:?}\n{}", self.said());
    }

    /// The ids of the whole publication's feed.
    pub fn ids(&self) -> Vec<String> {
        // A command is answered when everything before it is printed.
        self.status();
        let feed: Value = serde_json::from_str(&self.get("/feed.json").body).unwrap();
        feed["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn until_or(mut look: impl FnMut() -> bool) -> bool {
    let (_never, clock): (Sender<()>, Receiver<()>) = channel();
    let end = Instant::now() + DEADLINE;
    while !look() {
        if Instant::now() >= end {
            return false;
        }
        let _ = clock.recv_timeout(LOOK);
    }
    true
}

fn answer(bytes: &[u8]) -> Answer {
    let text = String::from_utf8_lossy(bytes);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok()).unwrap_or(0);
    let headers = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    Answer { status, headers, body: body.to_owned() }
}

/// A Markdown article.
pub fn story(title: &str) -> String {
    format!("---\ntitle: {title}\n---\n\nThe town council met on Tuesday and spoke about {title}.\n")
}

//! The control socket: questions and answers, nobody there, a socket left behind, long paths, and who may ask.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use syndicated::control::{NAME, Reply, Request, Socket, ask};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;

/// No wait in these tests lasts anywhere near as long, unless what is waited for never comes.
const DEADLINE: Duration = Duration::from_secs(30);

struct Daemon {
    runtime: Runtime,
    renew: Arc<Notify>,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<()>,
}

impl Daemon {
    fn start(state: &Path) -> Self {
        let runtime = Runtime::new().unwrap();
        let socket = {
            let _entered = runtime.enter();
            Socket::bind(state).unwrap()
        };
        let (stop, stopped) = oneshot::channel();
        let renew = Arc::new(Notify::new());
        let ended = runtime.spawn(socket.serve(echo, Arc::clone(&renew), async {
            let _ = stopped.await;
        }));
        Self { runtime, renew, stop, ended }
    }

    fn stop(self) {
        self.stop.send(()).unwrap();
        self.runtime.block_on(async { tokio::time::timeout(DEADLINE, self.ended).await.unwrap().unwrap() });
    }
}

/// Answers with what was asked; fails at `Restore` of `panic`.
fn echo(request: Request) -> Reply {
    if let Request::Restore { targets } = &request {
        assert_ne!(targets[..], ["panic"]);
    }
    Reply { code: 1, value: serde_json::to_value(&request).unwrap(), text: format!("{request:?}\n") }
}

fn exchange(state: &Path, sent: &[u8]) -> Vec<Reply> {
    let mut stream = UnixStream::connect(state.join(NAME)).unwrap();
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    stream.write_all(sent).unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    BufReader::new(stream).lines().map(|line| serde_json::from_str(&line.unwrap()).unwrap()).collect()
}

#[test]
fn questions_and_answers() {
    let state = TempDir::new().unwrap();
    let daemon = Daemon::start(state.path());
    for (request, wire) in [
        (Request::Ping, json!({"ask": "ping"})),
        (Request::Status, json!({"ask": "status"})),
        (
            Request::Withdraw { targets: vec!["农业/丰收\n.md".to_owned()], missing: true },
            json!({"ask": "withdraw", "targets": ["农业/丰收\n.md"], "missing": true}),
        ),
        (Request::Restore { targets: vec![] }, json!({"ask": "restore", "targets": []})),
    ] {
        let reply = ask(state.path(), &request, DEADLINE).unwrap().unwrap();
        assert_eq!((reply.code, &reply.value), (1, &wire));
        assert_eq!(reply.text, format!("{request:?}\n"));
    }
    // A failing answer is told, and the next question is answered.
    let failed = ask(state.path(), &Request::Restore { targets: vec!["panic".to_owned()] }, DEADLINE).unwrap().unwrap();
    assert!(failed.code == 1 && failed.text.contains("log"), "{failed:?}");
    assert!(ask(state.path(), &Request::Ping, DEADLINE).unwrap().is_some());
    daemon.stop();
}

#[test]
fn lines_that_are_no_questions() {
    let state = TempDir::new().unwrap();
    let daemon = Daemon::start(state.path());
    for (sent, codes) in [
        (&b"{\"ask\":\"ping\"}\n{\"ask\":\"status\"}\n"[..], &[1, 1][..]),
        (b"", &[]),
        (b"\n", &[2]),
        (b"nonsense\n{\"ask\":\"ping\"}\n", &[2, 1]),
        (b"{\"ask\":\"format-disk\"}\n", &[2]),
        (b"{\"ask\":\"withdraw\",\"targets\":[\"a\"],\"mising\":true}\n", &[2]),
        (b"{\"ask\":\"ping\"}", &[2]),
        (b"\xff\xfe\n", &[2]),
    ] {
        let replies = exchange(state.path(), sent);
        let answered: Vec<_> = replies.iter().map(|reply| reply.code).collect();
        assert_eq!(answered, codes, "{} {replies:?}", String::from_utf8_lossy(sent));
    }
    daemon.stop();
}

#[test]
fn nobody_there() {
    let state = TempDir::new().unwrap();
    assert_eq!(ask(&state.path().join("missing"), &Request::Ping, DEADLINE).unwrap(), None);
    assert_eq!(ask(state.path(), &Request::Ping, DEADLINE).unwrap(), None);
    // A socket that a killed daemon left is nobody too, and the next daemon takes its place.
    drop(UnixListener::bind(state.path().join(NAME)).unwrap());
    assert_eq!(ask(state.path(), &Request::Ping, DEADLINE).unwrap(), None);
    let daemon = Daemon::start(state.path());
    assert!(ask(state.path(), &Request::Ping, DEADLINE).unwrap().is_some());
    daemon.stop();
    assert_eq!(std::fs::read_dir(state.path()).unwrap().count(), 0);
    assert_eq!(ask(state.path(), &Request::Ping, DEADLINE).unwrap(), None);
}

#[test]
fn somebody_who_does_not_answer() {
    let state = TempDir::new().unwrap();
    let _silent = UnixListener::bind(state.path().join(NAME)).unwrap();
    let error = ask(state.path(), &Request::Ping, Duration::from_millis(20)).unwrap_err();
    assert!(matches!(error.kind(), std::io::ErrorKind::TimedOut | std::io::ErrorKind::WouldBlock), "{error}");
}

#[test]
fn only_its_own_user_may_open_it() {
    let state = TempDir::new().unwrap();
    let daemon = Daemon::start(state.path());
    let mode = std::fs::metadata(state.path().join(NAME)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(std::fs::read_dir(state.path()).unwrap().count(), 1);
    daemon.stop();
}

#[test]
fn a_path_longer_than_an_address() {
    let root = TempDir::new().unwrap();
    let state: PathBuf = root.path().join("城市日报".repeat(10)).join("s".repeat(150));
    std::fs::create_dir_all(&state).unwrap();
    let daemon = Daemon::start(&state);
    assert!(ask(&state, &Request::Ping, DEADLINE).unwrap().is_some());
    daemon.stop();
    assert_eq!(ask(&state, &Request::Ping, DEADLINE).unwrap(), None);
}

/// A daemon that stops late leaves the socket of the one that came after it alone.
#[test]
fn a_successors_socket_stays() {
    let state = TempDir::new().unwrap();
    let first = Daemon::start(state.path());
    let second = Daemon::start(state.path());
    first.stop();
    assert!(ask(state.path(), &Request::Ping, DEADLINE).unwrap().is_some());
    second.stop();
}

/// One whose file somebody removed is made anew when it is asked for, and not otherwise.
#[test]
fn a_socket_that_was_removed_comes_back() {
    use std::os::unix::fs::MetadataExt;
    let state = TempDir::new().unwrap();
    let file = state.path().join(NAME);
    let daemon = Daemon::start(state.path());
    let inode = std::fs::metadata(&file).unwrap().ino();
    daemon.renew.notify_one();
    assert!(ask(state.path(), &Request::Ping, DEADLINE).unwrap().is_some());
    assert_eq!(std::fs::metadata(&file).unwrap().ino(), inode);
    std::fs::remove_file(&file).unwrap();
    daemon.renew.notify_one();
    while ask(state.path(), &Request::Ping, DEADLINE).unwrap().is_none() {}
    daemon.stop();
    assert!(!file.exists());
}

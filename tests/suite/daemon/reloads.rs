//! SIGHUP at any time: it ends no daemon, and what it asks for is done as soon as it can be. What of a configuration is not in
//! force is told until it is.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use super::program::{EVENTS, Program, stderr, story, until};
use super::supervised::Ears;

/// Replaces the configuration by a pipe: a process that opens it is reading its configuration, until it is written.
fn with_a_pipe(program: &Program) -> (PathBuf, String) {
    let file = program.dir.path().join("syndicated.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::remove_file(&file).unwrap();
    program.shell("mkfifo ../syndicated.toml");
    (file, text)
}

#[test]
fn one_that_comes_before_the_configuration_is_read_is_obeyed_later() {
    let mut program = Program::closed(EVENTS);
    let (file, text) = with_a_pipe(&program);
    program.spawn();
    let mut pipe = OpenOptions::new().write(true).open(&file).unwrap();
    program.signal(Signal::HUP);
    pipe.write_all(text.as_bytes()).unwrap();
    drop(pipe);
    program.says("serving on");
    program.configure("title = \"The Daily\"\n", EVENTS);
    until("the title", || program.get("/rss.xml").body.contains("<title>The Daily</title>").then_some(()));
    fs::remove_file(&file).unwrap();
    program.stop();
}

#[test]
fn a_command_that_does_not_reload_ends_with_its_terminal() {
    let program = Program::closed(EVENTS);
    let (file, _) = with_a_pipe(&program);
    let mut command = Command::new(env!("CARGO_BIN_EXE_syndicated"));
    command.arg("publish").current_dir(program.dir.path()).stdin(Stdio::null()).stderr(Stdio::null());
    let mut publish = command.spawn().unwrap();
    let pipe = OpenOptions::new().write(true).open(&file).unwrap();
    kill_process(Pid::from_raw(i32::try_from(publish.id()).unwrap()).unwrap(), Signal::HUP).unwrap();
    assert_eq!(publish.wait().unwrap().signal(), Some(1));
    drop(pipe);
}

#[test]
fn one_that_comes_while_a_predecessor_ends_is_obeyed_later() {
    let mut program = Program::closed(EVENTS);
    let ears = Ears::on(&mut program);
    fs::create_dir(program.dir.path().join(".syndicated")).unwrap();
    let predecessor = File::create(program.dir.path().join(".syndicated/lock")).unwrap();
    predecessor.lock().unwrap();
    program.spawn();
    ears.until("STATUS=Opening the record");
    program.signal(Signal::HUP);
    drop(predecessor);
    ears.until("READY=1");
    ears.until("RELOADING=1");
    ears.until("READY=1");
    program.stop();
}

#[test]
fn one_that_comes_while_the_record_cannot_be_opened_is_obeyed_at_once() {
    let mut program = Program::new(EVENTS);
    program.put("a.md", story("First"));
    program.holds("", &["First"]);
    program.stop();
    let catalogue = program.dir.path().join(".syndicated/catalogue.db");
    let away = program.dir.path().join("away.db");
    fs::rename(&catalogue, &away).unwrap();
    fs::create_dir(&catalogue).unwrap();
    program.spawn();
    program.says("intake begins when that is over");
    let socket = program.dir.path().join("http.sock");
    let file = program.dir.path().join("syndicated.toml");
    let redirect = format!("[server]\nredirect = [\"unix:{}\"]\n", socket.display());
    let text = fs::read_to_string(&file).unwrap().replace("[server]\n", &redirect);
    fs::write(&file, format!("title = \"The Daily\"\ninbox = \"elsewhere\"\n{text}")).unwrap();
    program.signal(Signal::HUP);
    program.says("the configuration was read again");
    assert!(socket.exists(), "what needs no record follows");
    fs::remove_dir(&catalogue).unwrap();
    fs::rename(&away, &catalogue).unwrap();
    until("the title", || program.get("/rss.xml").body.contains("<title>The Daily</title>").then_some(()));
    let (code, status) = program.status();
    assert_eq!(code, 1);
    assert!(status["troubles"][0].as_str().unwrap().contains("inbox cannot change"), "{status:#}");
    program.stop();
}

#[test]
fn one_that_the_record_refuses_is_obeyed_once_it_can_be() {
    let mut program = Program::new(EVENTS);
    program.put("a.md", story("First"));
    program.holds("", &["First"]);
    // An operator's `sqlite3` holds the record for longer than it is waited for.
    let operator = rusqlite::Connection::open(program.dir.path().join(".syndicated/catalogue.db")).unwrap();
    operator.busy_timeout(Duration::from_secs(30)).unwrap();
    operator.execute_batch("BEGIN IMMEDIATE").unwrap();
    program.configure("title = \"The Daily\"\n", EVENTS);
    program.signal(Signal::HUP);
    program.says("intake tries again every");
    program.says("the configuration was read again");
    let is_obeyed = |program: &Program| program.get("/rss.xml").body.contains("<title>The Daily</title>");
    assert!(!is_obeyed(&program));
    operator.execute_batch("COMMIT").unwrap();
    until("the title", || is_obeyed(&program).then_some(()));
    assert_eq!(program.status().0, 0);
    program.stop();
}

#[test]
fn what_is_not_in_force_is_told_until_it_is() {
    let mut program = Program::closed(EVENTS);
    let ears = Ears::on(&mut program);
    program.put("a.md", story("First"));
    program.spawn();
    ears.until("STATUS=1 published in 1 section");
    program.configure("titel = \"\"\n", EVENTS);
    program.signal(Signal::HUP);
    ears.until("the former configuration stays in force");
    ears.until("READY=1");
    // Also when there are news.
    program.put("b.md", story("Second"));
    let told = ears.until("2 published").pop().unwrap();
    assert!(told.contains("syndicated.toml:2:1") && told.contains("stays in force"), "{told}");
    let port = program.port;
    // The configuration that a command reads is mended by then.
    program.configure("", EVENTS);
    let (code, status) = program.status();
    assert_eq!(code, 1);
    assert!(status["troubles"][0].as_str().unwrap().contains("stays in force"), "{status:#}");
    until("the page", || {
        fs::read_to_string(program.inbox("_status.html"))
            .is_ok_and(|page| page.contains("stays in force"))
            .then_some(())
    });
    // An address that cannot be had is no better, nor one that waits for a restart.
    let file = program.dir.path().join("syndicated.toml");
    let other =
        format!("inbox = \"other\"\n{EVENTS}[server]\nlisten = [\"127.0.0.1:{port}\", \"unix:/nowhere/x.sock\"]\n");
    fs::write(&file, other).unwrap();
    program.signal(Signal::HUP);
    let told = ears.until("cannot listen on unix:/nowhere/x.sock").pop().unwrap();
    assert!(told.contains("inbox cannot change") && !told.contains("syndicated.toml:2:1"), "{told}");
    program.configure("", EVENTS);
    program.signal(Signal::HUP);
    let told = ears.until("STATUS=2 published").pop().unwrap();
    assert!(!told.contains("cannot"), "{told}");
    ears.until("READY=1");
    assert_eq!(program.status().0, 0);
    program.stop();
}

/// The answer to one request at a unix socket.
fn ask(socket: &Path) -> String {
    let mut stream = UnixStream::connect(socket).unwrap();
    stream.write_all(b"GET /rss.xml HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_sockets_file_that_was_removed_is_made_anew() {
    let mut program = Program::closed(EVENTS);
    let socket = program.dir.path().join("http.sock");
    let file = program.dir.path().join("syndicated.toml");
    let text = fs::read_to_string(&file).unwrap();
    let redirect = format!("[server]\nredirect = [\"unix:{}\"]\n", socket.display());
    fs::write(&file, text.replace("[server]\n", &redirect)).unwrap();
    program.start();
    let control = program.dir.path().join(".syndicated/control.sock");
    let inode = |file: &Path| fs::symlink_metadata(file).map(|there| there.ino()).ok();
    let before = (inode(&socket), inode(&control));
    let mut reloads = 0;
    let mut reload = |program: &mut Program| {
        reloads += 1;
        program.signal(Signal::HUP);
        until("the reload", || {
            (program.said().matches("the configuration was read again").count() == reloads).then_some(())
        });
    };
    reload(&mut program);
    assert_eq!((inode(&socket), inode(&control)), before, "what is there stays");
    fs::remove_file(&socket).unwrap();
    fs::remove_file(&control).unwrap();
    let unheard = program.command(&["status"]);
    assert!(unheard.status.code() == Some(2) && stderr(&unheard).contains("send it SIGHUP"), "{}", stderr(&unheard));
    reload(&mut program);
    assert!(ask(&socket).starts_with("HTTP/1.1 301"));
    program.says("the control socket was gone and is made anew");
    assert_eq!(program.status().1["running"], true);
    assert!(!program.said().contains("no longer listening"), "{}", program.said());
    // What another program put there is left to it: at the reload, which says so, and at the end.
    fs::remove_file(&socket).unwrap();
    let other = UnixListener::bind(&socket).unwrap();
    reload(&mut program);
    program.says("another program answers there");
    let others = inode(&socket);
    program.stop();
    assert!(others.is_some() && inode(&socket) == others);
    drop(other);
    assert!(!control.exists());
}

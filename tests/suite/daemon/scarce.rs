//! Few descriptors and little memory: idle readers make room for those who ask, and for the desk.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use rustix::process::{Pid, Resource, Rlimit, getrlimit, prlimit};

use super::program::{DEADLINE, EVENTS, Program, story, until};

/// Somebody who was answered and stays.
fn idle_reader(program: &Program) -> Option<TcpStream> {
    let mut stream = TcpStream::connect(("127.0.0.1", program.port)).ok()?;
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    stream.write_all(b"HEAD /rss.xml HTTP/1.1\r\nHost: h\r\n\r\n").ok()?;
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        answer.push(byte[0]);
    }
    Some(stream)
}

#[test]
fn connections_are_fewer_where_the_system_gives_few_files() {
    let mut program = Program::closed(&format!("{EVENTS}[server.limits]\nidle = \"1h\"\n"));
    let mut shell = Command::new("sh");
    shell.args(["-ec", "ulimit -n 64; exec \"$0\"", env!("CARGO_BIN_EXE_syndicated")]).stdin(Stdio::null());
    program.spawn_by(shell);
    program.says("at most 16 connections at one time, not 16384: the system gives the process 64 open files");
    program.put("a.md", story("First"));
    program.holds("", &["First"]);
    let readers: Vec<_> = (0..60).map(|_| idle_reader(&program).expect("an answer")).collect();
    program.put("b.md", story("Second"));
    program.holds("", &["First", "Second"]);
    assert!(!program.said().contains("cannot accept"), "{}", program.said());
    drop(readers);
    program.stop();
}

#[test]
fn idle_readers_make_room_where_no_file_is_left() {
    let mut program = Program::new(&format!("{EVENTS}[server.limits]\nidle = \"1h\"\n"));
    program.put("a.md", story("First"));
    program.holds("", &["First"]);
    let readers: Vec<_> = (0..10).map(|_| idle_reader(&program).expect("an answer")).collect();
    let pid = Pid::from_raw(i32::try_from(program.id()).unwrap()).unwrap();
    let taken = fs::read_dir(format!("/proc/{}/fd", program.id()))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_str().unwrap().parse::<u64>().unwrap());
    let most = taken.max().unwrap() + 1;
    let limit = Rlimit { current: Some(most), maximum: getrlimit(Resource::Nofile).maximum };
    prlimit(Some(pid), Resource::Nofile, limit).unwrap();
    // More than there can be gaps below.
    let late: Vec<_> = (0..most).map(|_| until("an answer", || idle_reader(&program))).collect();
    program.says("cannot accept connections");
    assert_eq!(program.said().matches("cannot accept connections").count(), 1, "{}", program.said());
    drop((readers, late));
    program.put("b.md", story("Second"));
    program.holds("", &["First", "Second"]);
    program.stop();
}

#[test]
fn an_idle_reader_takes_no_more_memory_where_http_2_is_looked_for() {
    let takes = ["false", "true"].map(|h2c| {
        let mut program = Program::closed(EVENTS);
        let configuration = program.dir.path().join("syndicated.toml");
        let text = fs::read_to_string(&configuration).unwrap() + &format!("h2c = {h2c}\n");
        fs::write(configuration, text).unwrap();
        program.start();
        let memory = || {
            let status = fs::read_to_string(format!("/proc/{}/status", program.id())).unwrap();
            let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap();
            line.trim().strip_suffix(" kB").unwrap().parse::<u64>().unwrap()
        };
        let before = memory();
        let readers: Vec<_> = (0..300).map(|_| idle_reader(&program).expect("an answer")).collect();
        (memory() - before) * 1024 / readers.len() as u64
    });
    assert!(takes[1] < takes[0] + 2048, "bytes of each, without and with: {takes:?}");
}

//! Sockets that systemd passes: they stand in the place of configured addresses, and outlive the program.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

use rustix::process::Signal;

use super::program::{EVENTS, Program, story, until};

#[test]
fn a_restart_loses_no_connection() {
    let mut program = Program::closed(EVENTS);
    // The port that is configured is left alone.
    let taken = TcpListener::bind(("127.0.0.1", program.port)).unwrap();
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    program.put("news/a.md", story("First"));
    program.spawn_with(&socket, "syndicated.socket");
    program.port = address.port();
    program.holds("news", &["First"]);
    program.says(&format!("serving on http://{address}/"));
    program.signal(Signal::HUP);
    program.says("the configuration was read again");
    program.holds("news", &["First"]);
    program.stop();
    // Whoever asks between two programs is answered by the second.
    let mut early = TcpStream::connect(address).unwrap();
    early.write_all(b"GET /news/atom.xml HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").unwrap();
    program.spawn_with(&socket, "");
    let mut answer = String::new();
    early.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("First"), "{answer}");
    program.stop();
    drop(taken);
}

#[test]
fn a_name_says_what_a_socket_is_for() {
    let mut program = Program::closed(EVENTS);
    let base_url = format!("http://127.0.0.1:{}", program.port);
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    program.spawn_with(&socket, "https");
    program.says("[server.tls] names no certificate and key");
    assert_eq!(program.ended().code(), Some(2));
    program.spawn_with(&socket, "redirect");
    program.port = socket.local_addr().unwrap().port();
    let answer = until("an answer", || Some(program.get("/x?y=z")).filter(|answer| answer.status != 0));
    assert_eq!((answer.status, answer.headers["location"].as_str()), (301, format!("{base_url}/x?y=z").as_str()));
    program.stop();
    // A connection, as a unit with Accept=yes passes, is no listener.
    let _client = TcpStream::connect(socket.local_addr().unwrap()).unwrap();
    let (connection, _) = socket.accept().unwrap();
    program.spawn_with(&TcpListener::from(std::os::fd::OwnedFd::from(connection)), "conn");
    program.says("\"conn\" that systemd passed cannot be used: it does not listen");
    assert_eq!(program.ended().code(), Some(2));
}

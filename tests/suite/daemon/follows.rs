//! What of `[server]` changes when the configuration is read again: all of it, without a restart and without a connection lost.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use rustix::process::Signal;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use super::program::{EVENTS, Program, story, until};

/// Has a configuration with this `[server]` read again.
fn server(program: &mut Program, server: &str) {
    let before = program.said().matches("the configuration was read again").count();
    let text = format!("base_url = \"http://127.0.0.1:{}\"\n{EVENTS}{server}", program.port);
    fs::write(program.dir.path().join("syndicated.toml"), text).unwrap();
    program.signal(Signal::HUP);
    until("the reload", || (program.said().matches("the configuration was read again").count() > before).then_some(()));
}

/// A running program with one article.
fn newsroom() -> Program {
    let mut program = Program::new(EVENTS);
    program.put("news/a.md", story("First"));
    program.holds("news", &["First"]);
    program
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn is_open(port: u16) -> bool {
    TcpStream::connect(("127.0.0.1", port)).is_ok()
}

/// The status line of the answer to one request on a connection that is kept.
fn ask(stream: &mut (impl Read + Write)) -> String {
    stream.write_all(b"HEAD /news/rss.xml HTTP/1.1\r\nHost: h\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        assert_eq!(stream.read(&mut byte).unwrap(), 1, "{}", String::from_utf8_lossy(&answer));
        answer.push(byte[0]);
    }
    String::from_utf8(answer).unwrap().lines().next().unwrap().to_owned()
}

#[test]
fn addresses() {
    let mut program = newsroom();
    let (first, second) = (program.port, free_port());
    let mut inside = TcpStream::connect(("127.0.0.1", first)).unwrap();
    assert_eq!(ask(&mut inside), "HTTP/1.1 200 OK");
    server(&mut program, &format!("[server]\nlisten = [\"127.0.0.1:{first}\", \"127.0.0.1:{second}\"]\n"));
    program.says(&format!("serving on http://127.0.0.1:{second}/"));
    assert!(is_open(first) && is_open(second));
    // Who came in stays when the listener is closed behind them.
    server(&mut program, &format!("[server]\nlisten = [\"127.0.0.1:{second}\"]\n"));
    program.says(&format!("no longer listening on 127.0.0.1:{first}"));
    assert!(!is_open(first) && is_open(second));
    assert_eq!(ask(&mut inside), "HTTP/1.1 200 OK");
    // The same port for everybody: the former address is in the way of the new one.
    server(&mut program, &format!("[server]\nlisten = [\"0.0.0.0:{second}\"]\n"));
    program.says(&format!("serving on http://0.0.0.0:{second}/"));
    program.says("set base_url to what readers ask for");
    assert!(is_open(second));
    // What cannot be had changes nothing about the addresses, and the rest is in force all the same.
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let log = program.dir.path().join("access.log");
    let port = taken.local_addr().unwrap().port();
    let text = format!(
        "[server]\nlisten = [\"127.0.0.1:{port}\"]\nadmin = [\"127.0.0.1:{first}\"]\n[server.log]\nformat = \"common\"\nfile = {log:?}\n"
    );
    server(&mut program, &text);
    program.says(&format!("cannot listen on 127.0.0.1:{port}"));
    program.says("what was in use for it stays so");
    assert!(is_open(second) && !is_open(first));
    assert!(log.exists());
    // Nor does an address that this machine has not; nobody is kept out meanwhile.
    server(&mut program, "[server]\nlisten = [\"192.0.2.1:80\"]\n");
    program.says("this machine has no such address");
    assert!(is_open(second) && !is_open(first));
    // It is tried again when it is said again.
    drop(taken);
    server(&mut program, &text);
    assert!(is_open(port) && is_open(first) && !is_open(second));
    // An address may be for something else from now on.
    server(&mut program, &format!("[server]\nlisten = [\"127.0.0.1:{first}\"]\nadmin = [\"127.0.0.1:{port}\"]\n"));
    assert_eq!(program.get("/news/rss.xml").status, 200);
    program.port = port;
    assert_eq!(program.get("/readyz").status, 200);
    program.stop();
}

#[test]
fn limits_log_and_cache() {
    let mut program = newsroom();
    let listen = format!("listen = [\"127.0.0.1:{}\"]\n", program.port);
    let asked = |program: &Program| {
        [1, 2].map(|_| program.request("GET", "/news/rss.xml", "X-Forwarded-For: 192.0.2.7\r\n").status)
    };
    server(&mut program, &format!("[server]\n{listen}cache = \"1 MiB\"\n[server.limits]\nfull_answers = 0\n"));
    assert_eq!(asked(&program), [200, 200]);
    server(&mut program, &format!("[server]\n{listen}[server.limits]\nfull_answers = 1\n"));
    until("only one is answered", || (asked(&program)[1] == 429).then_some(()));
    let log = program.dir.path().join("access.log");
    let listen = format!("{listen}[server.limits]\nfull_answers = 0\n");
    let lines = || fs::read_to_string(&log).unwrap_or_default();
    server(&mut program, &format!("[server]\n{listen}[server.log]\nformat = \"json\"\nfile = {log:?}\n"));
    assert_eq!(asked(&program), [200, 200]);
    until("a line of JSON", || lines().lines().any(|line| line.starts_with("{\"")).then_some(()));
    server(&mut program, &format!("[server]\n{listen}[server.log]\nformat = \"common\"\nfile = {log:?}\n"));
    assert_eq!(asked(&program), [200, 200]);
    until("a common line", || lines().lines().any(|line| line.starts_with("192.0.2.7 - - [")).then_some(()));
    // A pipe that nobody reads: nothing waits for it.
    let pipe = program.dir.path().join("pipe");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        &pipe,
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
        0,
    )
    .unwrap();
    server(&mut program, &format!("[server]\n{listen}[server.log]\nformat = \"common\"\nfile = {pipe:?}\n"));
    program.says("pipe: the access log cannot be written there: No such device or address");
    // One that cannot be opened.
    let folder = program.dir.path().to_owned();
    server(&mut program, &format!("[server]\n{listen}[server.log]\nformat = \"common\"\nfile = {folder:?}\n"));
    program.says("the access log cannot be written there: Is a directory");
    // One that every web server in front would show.
    let public = program.feeds("access.log");
    server(&mut program, &format!("[server]\n{listen}[server.log]\nformat = \"common\"\nfile = {public:?}\n"));
    program.says("lies in feeds");
    assert!(!public.exists());
    assert_eq!(asked(&program), [200, 200]);
    // What is kept back is written within a moment, also while more comes.
    until("the lines", || {
        program.get("/news/rss.xml");
        lines().contains("127.0.0.1").then_some(())
    });
    let noted = lines().lines().count();
    server(&mut program, &format!("[server]\n{listen}"));
    // What was noted is written before the log is let go; nothing is noted from then on.
    let all = until("all lines", || Some(lines()).filter(|all| all.ends_with('\n') && all.lines().count() >= noted));
    assert_eq!(asked(&program), [200, 200]);
    program.stop();
    assert!(!lines()[all.len()..].contains("192.0.2.7"), "{}", lines());
}

#[test]
fn certificates() {
    let mut program = newsroom();
    let port = free_port();
    let folder = program.dir.path().to_owned();
    let issue = |name: &str| {
        let key = rcgen::KeyPair::generate().unwrap();
        let params = rcgen::CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
        let certificate = params.self_signed(&key).unwrap();
        fs::write(folder.join(format!("{name}.pem")), certificate.pem()).unwrap();
        fs::write(folder.join(format!("{name}.key")), key.serialize_pem()).unwrap();
        certificate.der().clone()
    };
    let (one, two) = (issue("one"), issue("two"));
    let listen = format!("[server]\nlisten = [\"127.0.0.1:{}\"]\n", program.port);
    let tls = |name: &str| {
        format!(
            "{listen}[server.tls]\nlisten = [\"127.0.0.1:{port}\"]\ncertificate = \"{name}.pem\"\nkey = \"{name}.key\"\n"
        )
    };
    server(&mut program, &tls("one"));
    program.says(&format!("serving on https://127.0.0.1:{port}/"));
    let mut inside = encrypted(port, &one).unwrap();
    assert_eq!(ask(&mut inside), "HTTP/1.1 200 OK");
    server(&mut program, &tls("two"));
    assert_eq!(ask(&mut inside), "HTTP/1.1 200 OK");
    assert!(encrypted(port, &one).is_none());
    assert_eq!(ask(&mut encrypted(port, &two).unwrap()), "HTTP/1.1 200 OK");
    assert_eq!(program.said().matches("the certificate in ").count(), 2, "each is told once: {}", program.said());
    // One that is not there.
    server(&mut program, &tls("three"));
    program.says("three.pem cannot be read");
    assert_eq!(ask(&mut encrypted(port, &two).unwrap()), "HTTP/1.1 200 OK");
    // Its address is to be closed and cannot, because another cannot be had; then all is as before, and it is renewed still.
    server(&mut program, "[server]\nlisten = [\"192.0.2.1:80\"]\n");
    program.says("this machine has no such address");
    server(&mut program, &tls("two"));
    let renewed = issue("two");
    server(&mut program, &tls("two"));
    until("the renewed certificate", || encrypted(port, &renewed).map(|_| ()));
    // One that is no longer any is told until it is one again.
    fs::write(folder.join("two.pem"), "half a cert").unwrap();
    program.signal(Signal::HUP);
    let told = |program: &Program| program.status().1["troubles"][0].as_str().map(str::to_owned);
    let trouble = until("the trouble", || told(&program));
    assert!(trouble.contains("two.pem holds no certificate") && trouble.contains("stays in use"), "{trouble}");
    issue("two");
    program.signal(Signal::HUP);
    until("no trouble", || told(&program).is_none().then_some(()));
    // The address without TLS.
    let clear = format!("[server]\nlisten = [\"127.0.0.1:{port}\"]\n");
    server(&mut program, &clear);
    program.says(&format!("serving on http://127.0.0.1:{port}/"));
    assert_eq!(ask(&mut TcpStream::connect(("127.0.0.1", port)).unwrap()), "HTTP/1.1 200 OK");
    program.stop();
}

/// A connection of a client that trusts one certificate; none where the handshake fails.
fn encrypted(port: u16, trusted: &CertificateDer<'static>) -> Option<StreamOwned<ClientConnection, TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = config.with_root_certificates(roots).with_no_client_auth();
    let name = ServerName::try_from("127.0.0.1").unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let mut stream = StreamOwned::new(connection, TcpStream::connect(("127.0.0.1", port)).unwrap());
    stream.conn.complete_io(&mut stream.sock).ok()?;
    Some(stream)
}

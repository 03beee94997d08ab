//! What a service manager is told, and when the daemon counts as alive.

use std::io::ErrorKind;
use std::os::unix::net::UnixDatagram;
use std::time::Duration;

use rustix::process::Signal;
use rustix::time::{ClockId, clock_gettime};
use syndicated::daemon::watchdog::{LONGEST_OPENING, LONGEST_SILENCE, LONGEST_TURN, Phase, Pulse};

use super::program::{DEADLINE, EVENTS, Program, story, until};

/// The ears of a service manager.
pub(super) struct Ears(UnixDatagram);

impl Ears {
    pub(super) fn on(program: &mut Program) -> Self {
        let path = program.dir.path().join("notify.sock");
        let socket = UnixDatagram::bind(&path).unwrap();
        socket.set_read_timeout(Some(DEADLINE)).unwrap();
        program.environment = vec![
            ("NOTIFY_SOCKET".to_owned(), path.to_str().unwrap().to_owned()),
            ("WATCHDOG_USEC".to_owned(), "300000".to_owned()),
        ];
        Self(socket)
    }

    /// Everything that is told up to a message that holds these words.
    #[track_caller]
    pub(super) fn until(&self, words: &str) -> Vec<String> {
        let mut heard = Vec::new();
        let mut bytes = [0; 4096];
        loop {
            match self.0.recv(&mut bytes) {
                Ok(length) => heard.push(String::from_utf8(bytes[..length].to_vec()).unwrap()),
                Err(error) => {
                    assert!(matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut), "{error}");
                    panic!("{words:?} was never told, but {heard:?}");
                }
            }
            if heard.last().unwrap().contains(words) {
                return heard;
            }
        }
    }
}

#[test]
fn a_service_manager_is_told() {
    let mut program = Program::closed(EVENTS);
    let ears = Ears::on(&mut program);
    program.put("a.md", story("Told"));
    program.spawn();
    let heard = ears.until("READY=1");
    assert!(heard.iter().any(|message| message.starts_with("STATUS=Opening")), "{heard:?}");
    assert!(!heard.iter().any(|message| message == "WATCHDOG=1"), "{heard:?}");
    assert_ne!(program.get("/").status, 0, "the listener is open when it is ready");
    ears.until("STATUS=1 published in 1 section");
    for _ in 0..3 {
        ears.until("WATCHDOG=1");
    }
    // A reload: begun with the time, ended when the new configuration is in force.
    program.configure("title = \"Told otherwise\"\n", EVENTS);
    let before = clock_gettime(ClockId::Monotonic).tv_sec;
    program.signal(Signal::HUP);
    let told = ears.until("RELOADING=1").pop().unwrap();
    let at: i64 = told.strip_prefix("RELOADING=1\nMONOTONIC_USEC=").unwrap().trim().parse().unwrap();
    assert!((before..=clock_gettime(ClockId::Monotonic).tv_sec).contains(&(at / 1_000_000)), "{told}");
    ears.until("READY=1");
    program.says("the configuration was read again");
    // One that cannot be read ends too, and says so.
    program.configure("titel = \"\"\n", EVENTS);
    program.signal(Signal::HUP);
    let heard = ears.until("READY=1");
    let named = |words: &str| heard.iter().any(|message| message.contains(words));
    assert!(named("RELOADING=1") && named("the former configuration stays in force"), "{heard:?}");
    program.signal(Signal::TERM);
    ears.until("STOPPING=1");
    assert_eq!(program.ended().code(), Some(0));
    assert!(
        !program.said().contains("syndicated.change"),
        "fields for programs are not shown to people: {}",
        program.said()
    );
}

#[test]
fn a_service_manager_that_does_not_listen_holds_nobody_up() {
    let mut program = Program::closed(EVENTS);
    let _deaf = Ears::on(&mut program);
    program.start();
    // More than the queue of its socket holds, with the signs of life that come meanwhile.
    for number in 0..3 {
        program.signal(Signal::HUP);
        until("the reload", || {
            let told = program.said().matches("the configuration was read again").count();
            (told > number).then_some(())
        });
    }
    program.put("news/a.md", story("Told to nobody"));
    program.holds("news", &["Told to nobody"]);
    program.stop();
}

#[test]
fn both_the_desk_and_serving_must_keep_their_word() {
    let second = Duration::from_secs(1);
    let watchdog = 30 * second;
    let turn = watchdog * LONGEST_TURN;
    let pulse = Pulse::within(watchdog);
    // While it opens, serving has not begun.
    pulse.enter(Phase::Opening, Duration::ZERO);
    assert!(pulse.is_alive(LONGEST_OPENING) && !pulse.is_alive(LONGEST_OPENING + second));
    let mut now = LONGEST_OPENING / 2;
    pulse.enter(Phase::Running, now);
    assert_eq!(pulse.phase(), Phase::Running);
    assert!(pulse.is_alive(now));
    // Serving alone is not enough: the desk hangs in a turn.
    for _ in 0..=turn.as_secs() {
        assert!(pulse.is_alive(now));
        now += second;
        pulse.serving(now);
    }
    assert!(!pulse.is_alive(now));
    // A desk that rests says for how long; a long batch is no hanging.
    pulse.desk(now, 30 * second);
    assert!(pulse.is_alive(now));
    for _ in 0..(turn + 30 * second).as_secs() {
        now += second;
        pulse.serving(now);
        assert!(pulse.is_alive(now));
    }
    now += second;
    assert!(!pulse.is_alive(now));
    // Nor is the desk alone.
    pulse.desk(now, Duration::ZERO);
    pulse.serving(now);
    assert!(pulse.is_alive(now + LONGEST_SILENCE));
    assert!(!pulse.is_alive(now + LONGEST_SILENCE + second));
    // The end takes its time.
    pulse.enter(Phase::Opening, now);
    assert!(pulse.is_alive(now + LONGEST_SILENCE + second));
}

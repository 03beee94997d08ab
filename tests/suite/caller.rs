//! A thread for calls that may never return, and the inbox that is asked through it.

// Functions that tests call are not covered by `allow-unwrap-in-tests`.
#![allow(clippy::unwrap_used)]

use std::io::{Cursor, ErrorKind, Read, Seek, SeekFrom};
use std::sync::mpsc::channel;
use std::time::Duration;

use syndicated::dropped::InboxPath;
use syndicated::inbox::{Root, Share};
use syndicated::threads::caller::Caller;

/// Long enough for whatever does return.
const LONG: Duration = Duration::from_secs(600);

#[test]
fn what_a_call_gives_comes_back() {
    let caller = Caller::new("test", LONG);
    let threads: Vec<_> = (0..3).filter_map(|_| caller.call(|| std::thread::current().id())).collect();
    assert_eq!(threads, [threads[0]; 3], "one thread makes them all");
    assert_ne!(threads[0], std::thread::current().id());
    assert!(!caller.is_away());
}

#[test]
fn while_one_does_not_return_no_other_is_made() {
    let caller = Caller::new("test", Duration::from_millis(100));
    let (word, heard) = channel::<()>();
    assert_eq!(caller.call(move || heard.recv().is_err()), None);
    assert!(caller.is_away());
    assert_eq!(caller.call(|| 1), None, "it is not waited for a second time");
    drop(word);
    while caller.is_away() {
        std::thread::yield_now();
    }
    assert_eq!(caller.call(|| 2), Some(2), "another thread makes it");
}

#[test]
fn a_panic_reaches_whoever_asked_and_nobody_after() {
    let caller = Caller::new("test", LONG);
    let asked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| caller.call(|| panic!("it fails"))));
    assert_eq!(*asked.unwrap_err().downcast::<&str>().unwrap(), "it fails");
    assert_eq!(caller.call(|| 3), Some(3));
}

#[test]
fn an_inbox_that_does_not_answer_fails_at_once_and_is_not_taken_for_gone() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.md"), "# A\n\nText.\n").unwrap();
    let share = Share::new(dir.path().to_owned());
    let file = InboxPath::new("a.md");
    assert_eq!(share.look(&file).unwrap().unwrap().size, 11);
    let (word, heard) = channel::<()>();
    let asked = share.ask(move |_| {
        let _ = heard.recv();
        Ok(())
    });
    assert_eq!(asked.unwrap_err().kind(), ErrorKind::TimedOut);
    assert!(share.is_silent());
    assert_eq!(share.look(&InboxPath::new("none.md")).unwrap_err().kind(), ErrorKind::TimedOut);
    assert!(share.may_have(&file) && share.may_have(&InboxPath::new("none.md")), "nobody knows");
    assert_eq!(share.root(), Root::Silent);
    drop(word);
    while share.is_silent() {
        std::thread::yield_now();
    }
    assert!(matches!(share.root(), Root::Present { .. }));
    assert!(share.may_have(&file) && !share.may_have(&InboxPath::new("none.md")));
}

#[test]
fn a_medium_is_read_as_the_file_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let bytes: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
    std::fs::write(dir.path().join("a.mp3"), &bytes).unwrap();
    let share = Share::new(dir.path().to_owned());
    for turn in 0..2 {
        let mut medium = share.open_medium(&InboxPath::new("a.mp3")).unwrap();
        let mut plain = Cursor::new(&bytes);
        for place in [SeekFrom::Start(7), SeekFrom::Current(-3), SeekFrom::End(-100_000), SeekFrom::Start(0)] {
            assert_eq!(medium.seek(place).unwrap(), plain.seek(place).unwrap());
            let (mut some, mut expected) = ([0; 64], [0; 64]);
            medium.read_exact(&mut some).unwrap();
            plain.read_exact(&mut expected).unwrap();
            assert_eq!(some, expected);
        }
        let (mut rest, mut expected) = (Vec::new(), Vec::new());
        medium.read_to_end(&mut rest).unwrap();
        plain.read_to_end(&mut expected).unwrap();
        assert!(rest == expected, "round {turn}");
        // From now on it is known to lie on this machine.
        assert!(matches!(share.root(), Root::Present { .. }));
    }
    assert_eq!(share.open_medium(&InboxPath::new("b.mp3")).unwrap_err().kind(), ErrorKind::NotFound);
}

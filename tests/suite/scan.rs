//! The thread that compares, and when it is asked to: one thing at a time, a configuration read again in the middle, a library
//! that panics.

// Functions that tests call are not covered by `allow-unwrap-in-tests`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::cell::RefCell;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use syndicated::config::Config;
use syndicated::daemon::rescan::Rescan;
use syndicated::daemon::scan::{Comparison, Request, Scan, Scanned, attend};
use syndicated::dropped::InboxPath;
use syndicated::intake::compare::Compared;

const DAY: Duration = Duration::from_secs(24 * 3600);

fn config(watch: &str) -> Config {
    Config::parse(&format!("[intake]\nwatch = \"{watch}\"\n"), Path::new("syndicated.toml")).unwrap()
}

fn folder(path: &str) -> InboxPath {
    InboxPath::new(path)
}

/// What the thread has been asked since it was last looked.
fn asked(received: &Receiver<Request>) -> Vec<Request> {
    received.try_iter().collect()
}

fn compare(path: &str) -> Request {
    Request::Compare(if path.is_empty() { InboxPath::root() } else { folder(path) })
}

#[test]
fn one_comparison_at_a_time_and_none_twice() {
    let (requests, received) = channel();
    let mut scan = Scan::of(requests);
    scan.compare(folder("city"));
    assert_eq!(asked(&received), [compare("city")]);
    assert!(!scan.is_comparing(), "a folder is not everything");
    scan.compare(folder("sports/football"));
    scan.compare(folder("sports/football"));
    scan.compare(folder("sports"));
    scan.compare(folder("sports/tennis"));
    scan.compare(folder("city"));
    assert_eq!(asked(&received), [], "one is under way");
    scan.ended();
    assert_eq!(asked(&received), [compare("sports")], "what lies in it is compared with it");
    scan.ended();
    assert_eq!(asked(&received), [compare("city")], "it was asked for after the first had begun");
    scan.compare(folder("culture"));
    scan.sweep();
    scan.compare(InboxPath::root());
    assert!(scan.is_comparing());
    scan.compare(folder("city"));
    scan.ended();
    assert_eq!(asked(&received), [Request::Sweep]);
    scan.ended();
    assert_eq!(asked(&received), [compare("")]);
    assert!(scan.is_comparing());
    scan.ended();
    assert!(!scan.is_comparing());
    assert_eq!(asked(&received), []);
}

#[test]
fn too_many_folders_are_everything() {
    let (requests, received) = channel();
    let mut scan = Scan::of(requests);
    scan.compare(folder("under-way"));
    for number in 0..2000 {
        scan.compare(folder(&format!("f{number}")));
    }
    assert_eq!(asked(&received), [compare("under-way")]);
    assert!(scan.is_comparing());
    scan.ended();
    assert_eq!(asked(&received), [compare("")]);
    scan.ended();
    assert_eq!(asked(&received), []);
}

#[test]
fn a_configuration_read_again_in_the_middle_of_a_comparison() {
    let (requests, received) = channel();
    let mut scan = Scan::of(requests);
    let mut rescan = Rescan::default();
    let second = |number| Duration::from_secs(number);
    // As the daemon starts: everything is compared at once.
    assert_eq!(rescan.next(), Duration::ZERO);
    rescan.asked(second(0), second(5));
    scan.compare(InboxPath::root());
    assert_eq!(asked(&received), [compare("")]);
    // In the middle it is told to listen from now on.
    let events = config("events");
    scan.set(&events);
    rescan.reconfigured(second(2), scan.is_comparing());
    assert!(scan.is_comparing());
    assert_eq!(asked(&received), [Request::Set(Box::new(events.clone()))], "it does not wait for the comparison's end");
    // At its end another is due at once, though it took long and the next would be due in a day: this one listened to nothing.
    scan.ended();
    rescan.ended(second(10), second(10), DAY);
    assert_eq!((rescan.next(), scan.is_comparing()), (second(10), false));
    rescan.asked(second(10), second(5));
    scan.compare(InboxPath::root());
    assert_eq!(asked(&received), [compare("")]);
    // That one was told all, and is rested from.
    scan.ended();
    rescan.ended(second(20), second(10), DAY);
    assert_eq!(rescan.next(), second(20) + DAY);
    // A tenth of the time at most.
    rescan.ended(second(20), second(10), second(5));
    assert_eq!(rescan.next(), second(20 + 90));
    // With none under way the next one is told all.
    rescan.reconfigured(second(30), scan.is_comparing());
    assert_eq!(rescan.next(), second(30));
    rescan.ended(second(31), second(1), DAY);
    assert_eq!(rescan.next(), second(31) + DAY);
    // One that fails is no end of it either; the next is told all.
    rescan.reconfigured(second(40), true);
    rescan.failed(second(41));
    assert!(rescan.next() > second(41) && rescan.next() < second(60));
    rescan.ended(second(50), second(1), DAY);
    assert_eq!(rescan.next(), second(50) + DAY);
}

/// What is told while these requests are fulfilled by somebody who panics at some of them; and how often the watch was given up.
fn told(requests: Vec<Request>, panics: impl Fn(&Request) -> bool, give_up: impl Fn()) -> (Vec<Scanned>, usize) {
    let (ask, received) = channel();
    for request in requests {
        ask.send(request).unwrap();
    }
    drop(ask);
    let (told, given_up) = (RefCell::new(Vec::new()), RefCell::new(0));
    attend(
        &received,
        (),
        |(), request| {
            assert!(!panics(&request), "a library panics");
            match request {
                Request::Compare(folder) => Some(Scanned::Compared(Comparison {
                    folder,
                    took: DAY,
                    polls: false,
                    outcome: Ok(Compared::default()),
                })),
                Request::Sweep => Some(Scanned::Swept(Ok(Vec::new()))),
                _ => None,
            }
        },
        |()| {
            *given_up.borrow_mut() += 1;
            give_up();
        },
        |scanned| {
            told.borrow_mut().push(scanned);
            true
        },
    );
    (told.into_inner(), given_up.into_inner())
}

#[test]
fn a_library_that_panics_ends_only_what_it_was_at() {
    let failed = |scanned: &Scanned, of: &str| match scanned {
        Scanned::Compared(Comparison { folder, outcome: Err(reason), .. }) => {
            *folder.to_string() == *of && reason.contains("broke off")
        }
        Scanned::Swept(Err(reason)) => of == "feeds" && reason.contains("broke off"),
        Scanned::Unwatched(reason) => of == "watch" && reason.contains("broke off"),
        _ => false,
    };
    // Whoever waits is told that it failed, and what follows is done.
    let (said, given_up) = told(vec![compare("city"), compare("sports")], |asked| *asked == compare("city"), || {});
    assert!(failed(&said[0], "city"), "{said:?}");
    assert!(
        matches!(&said[1], Scanned::Compared(Comparison { folder, outcome: Ok(_), .. }) if *folder == self::folder("sports"))
    );
    assert_eq!((said.len(), given_up), (2, 1));
    let (said, _) = told(vec![Request::Sweep, compare("")], |asked| *asked == Request::Sweep, || {});
    assert!(
        failed(&said[0], "feeds") && matches!(&said[1], Scanned::Compared(Comparison { outcome: Ok(_), .. })),
        "{said:?}"
    );
    // Where nobody waits, it is told that the watch is gone.
    for request in [
        Request::Moved(folder("a"), folder("b")),
        Request::Removed(folder("a")),
        Request::Renew,
        Request::Set(Box::new(config("events"))),
    ] {
        let (said, given_up) = told(vec![request, compare("city")], |asked| *asked != compare("city"), || {});
        assert!(
            failed(&said[0], "watch") && matches!(&said[1], Scanned::Compared(Comparison { outcome: Ok(_), .. })),
            "{said:?}"
        );
        assert_eq!((said.len(), given_up), (2, 1));
    }
    // The watch may be what is broken, and panic when it is given up.
    let (said, given_up) = told(vec![compare("a"), compare("b"), Request::Sweep], |_| true, || panic!("it too"));
    assert!(failed(&said[0], "a") && failed(&said[1], "b") && failed(&said[2], "feeds"), "{said:?}");
    assert_eq!(given_up, 3);
}

#[test]
fn it_ends_when_nobody_listens() {
    let (ask, received) = channel();
    ask.send(Request::Sweep).unwrap();
    ask.send(Request::Sweep).unwrap();
    let swept = RefCell::new(0);
    attend(
        &received,
        (),
        |(), _| {
            *swept.borrow_mut() += 1;
            Some(Scanned::Swept(Ok(Vec::new())))
        },
        |()| {},
        |_| false,
    );
    assert_eq!(swept.into_inner(), 1);
}

//! The file of facts: what was appended is told again, whatever became of its end (DESIGN 2.4).

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use syndicated::ledger::{FILE_NAME, Fact, Ledger};
use tempfile::TempDir;

fn gone(path: &str) -> Fact {
    Fact::Gone { path: path.to_owned() }
}

/// The facts from a byte on, and how many lines were no facts.
fn facts(ledger: &Ledger, from: u64) -> (Vec<Fact>, u64) {
    let mut facts = Vec::new();
    let unreadable = ledger.replay::<io::Error>(from, |fact| {
        facts.push(fact);
        Ok(())
    });
    (facts, unreadable.unwrap())
}

fn write_behind(state: &Path, bytes: &[u8]) {
    OpenOptions::new().append(true).open(state.join(FILE_NAME)).unwrap().write_all(bytes).unwrap();
}

#[test]
fn facts_are_told_again_from_wherever_one_was() {
    let state = TempDir::new().unwrap();
    let (mut ledger, torn) = Ledger::open(state.path()).unwrap();
    assert_eq!((torn, ledger.length()), (0, 0));
    ledger.append(&[]).unwrap();
    ledger.append(&[gone("a"), gone("b")]).unwrap();
    let seen = ledger.length();
    ledger.append(&[gone("c")]).unwrap();
    assert_eq!(facts(&ledger, 0), (vec![gone("a"), gone("b"), gone("c")], 0));
    assert_eq!(facts(&ledger, seen), (vec![gone("c")], 0));
    assert_eq!(facts(&ledger, ledger.length()), (vec![], 0));
    assert_eq!(fs::metadata(state.path().join(FILE_NAME)).unwrap().len(), ledger.length());
    drop(ledger);
    let (ledger, torn) = Ledger::open(state.path()).unwrap();
    assert_eq!((torn, facts(&ledger, seen)), (0, (vec![gone("c")], 0)));
}

#[test]
fn a_torn_line_is_cut_off_however_long_it_is() {
    for torn in [1, 100, 64 * 1024 - 1, 64 * 1024, 200_000] {
        let state = TempDir::new().unwrap();
        let (mut ledger, _) = Ledger::open(state.path()).unwrap();
        ledger.append(&[gone("a"), gone(&"b".repeat(100_000))]).unwrap();
        let whole = ledger.length();
        drop(ledger);
        write_behind(state.path(), &vec![b'{'; torn]);
        let (mut ledger, cut) = Ledger::open(state.path()).unwrap();
        assert_eq!((cut, ledger.length()), (torn as u64, whole));
        ledger.append(&[gone("c")]).unwrap();
        let (told, unreadable) = facts(&ledger, 0);
        assert_eq!((told.len(), told.last(), unreadable), (3, Some(&gone("c")), 0), "{torn}");
    }
    // Nothing but half a line.
    let state = TempDir::new().unwrap();
    fs::write(state.path().join(FILE_NAME), "{\"fact\"").unwrap();
    let (ledger, cut) = Ledger::open(state.path()).unwrap();
    assert_eq!((cut, ledger.length(), facts(&ledger, 0)), (7, 0, (vec![], 0)));
}

#[test]
fn lines_that_are_no_facts_are_counted_and_keep_no_other_back() {
    let state = TempDir::new().unwrap();
    let (mut ledger, _) = Ledger::open(state.path()).unwrap();
    ledger.append(&[gone("a")]).unwrap();
    drop(ledger);
    write_behind(state.path(), b"not json\n{\"fact\":\"of a later program\"}\n\xFF\n");
    let (mut ledger, _) = Ledger::open(state.path()).unwrap();
    ledger.append(&[gone("b")]).unwrap();
    assert_eq!(facts(&ledger, 0), (vec![gone("a"), gone("b")], 3));
}

#[test]
fn a_ledger_that_was_taken_away_is_lost_and_one_whose_folder_was_moved_is_not() {
    let dir = TempDir::new().unwrap();
    let state = dir.path().join("state");
    let file = state.join(FILE_NAME);
    fs::create_dir(&state).unwrap();
    let mut ledger = Ledger::open(&state).unwrap().0;
    ledger.append(&[gone("a")]).unwrap();
    assert!(!ledger.is_lost().unwrap());

    fs::rename(&state, dir.path().join("away")).unwrap();
    assert!(!ledger.is_lost().unwrap(), "it may come back");
    fs::rename(dir.path().join("away"), &state).unwrap();

    // Somebody's log tool cuts it off.
    OpenOptions::new().write(true).open(&file).unwrap().set_len(ledger.length() - 1).unwrap();
    assert!(ledger.is_lost().unwrap());
    ledger.renew().unwrap();
    assert!(!ledger.is_lost().unwrap());
    assert_eq!(ledger.length(), 0);

    fs::remove_file(&file).unwrap();
    assert!(ledger.is_lost().unwrap());
    ledger.renew().unwrap();
    ledger.append(&[gone("b")]).unwrap();
    assert_eq!(facts(&ledger, 0), (vec![gone("b")], 0));

    // Another is laid in its place, the old one kept beside it.
    fs::rename(&file, state.join("old")).unwrap();
    fs::copy(state.join("old"), &file).unwrap();
    assert!(ledger.is_lost().unwrap());
    ledger.renew().unwrap();
    assert_eq!(facts(&ledger, 0), (vec![gone("b")], 0));
}

//! The database by itself: which rows are due, listed, counted and forgotten. Stories of the desk hardly meet the edges that
//! stand here.

use std::path::Path;

use syndicated::article::{Draft, Medium};
use syndicated::catalogue::{
    ArticleRow, Catalogue, CatalogueError, Claim, Content, DocumentKind, DocumentState, FileKind, FileNo, MarkerRow,
    Presence, Printed, Reader, Stored,
};
use syndicated::dropped::{InboxPath, Look};
use syndicated::rejection::Rejection;
use tempfile::TempDir;

fn catalogue() -> (TempDir, Catalogue) {
    let state = TempDir::new().unwrap();
    let catalogue = Catalogue::open(state.path()).unwrap();
    (state, catalogue)
}

fn reader(state: &TempDir) -> Reader {
    Reader::open(state.path()).unwrap()
}

fn told(body: &str, link: Option<&str>) -> Stored {
    let draft = Draft { body: body.to_owned(), link: link.map(str::to_owned), ..Draft::default() };
    Stored::of(Content { draft, summary: String::new(), media: Vec::new() }).unwrap()
}

/// An article as the rest of its row says.
fn article(catalogue: &mut Catalogue, id: &str, row: ArticleRow) -> ArticleRow {
    let mut row = ArticleRow { id: id.to_owned(), known: true, ..row };
    row.no = catalogue.add_article(&row).unwrap();
    catalogue.save_told(&row, &told("<p>Text.</p>", row.linked.then_some("https://elsewhere.example/"))).unwrap();
    row
}

fn file(catalogue: &mut Catalogue, path: &str, kind: FileKind) -> FileNo {
    let look = Look { size: 1, mtime_ns: 1, ctime_ns: 1, inode: 1 };
    catalogue.add_file(&InboxPath::new(path), kind, Some((look, [7; 32]))).unwrap().no
}

fn claim(file: FileNo, article: &ArticleRow, section: &str) -> Claim {
    Claim { file: Some(file), position: 0, article: article.no, sections: vec![section.to_owned()] }
}

fn print(catalogue: &mut Catalogue, path: &str, generation: &str, turn: i64) {
    catalogue.set_printed(&Printed { path, hash: [1; 32], size: 1, modified: 1, generation }, turn).unwrap();
}

#[track_caller]
fn states(catalogue: &Catalogue, expected: &[(&str, DocumentState)]) {
    for (path, state) in expected {
        assert_eq!(catalogue.document(path).unwrap().unwrap().state, *state, "{path}");
    }
}

#[test]
fn a_document_goes_from_state_to_state() {
    use DocumentState::{Gone, Kept, Stale, Suspect, Synced, Written};
    let (_state, mut catalogue) = catalogue();
    for path in ["one", "two", "new", "gone"] {
        catalogue.mark_stale(path, DocumentKind::Page, 1).unwrap();
    }
    states(&catalogue, &[("one", Suspect)]);
    print(&mut catalogue, "one", "g", 1);
    print(&mut catalogue, "two", "g", 2);
    print(&mut catalogue, "gone", "g", 2);
    catalogue.set_synced(1).unwrap();
    states(&catalogue, &[("one", Synced), ("two", Written), ("new", Suspect)]);
    assert!(catalogue.has_unsynced().unwrap());
    catalogue.suspect_unsynced().unwrap();
    states(&catalogue, &[("one", Synced), ("two", Suspect)]);
    catalogue.mark_stale("one", DocumentKind::Page, 1).unwrap();
    catalogue.mark_stale("two", DocumentKind::Page, 1).unwrap();
    states(&catalogue, &[("one", Stale), ("two", Suspect)]);
    // Whatever was printed may be lost with the folder, also what is to be printed again.
    assert_eq!(catalogue.suspect_all().unwrap(), 1);
    states(&catalogue, &[("one", Suspect)]);

    catalogue.set_gone("gone").unwrap();
    catalogue.suspect("gone").unwrap();
    states(&catalogue, &[("gone", Gone)]);
    catalogue.mark_stale("gone", DocumentKind::Page, 1).unwrap();
    states(&catalogue, &[("gone", Suspect)]);
    catalogue.set_gone("gone").unwrap();
    catalogue.add_stale("gone", DocumentKind::Page, 2).unwrap();
    states(&catalogue, &[("gone", Suspect)]);

    catalogue.keep_page("kept", 3).unwrap();
    catalogue.keep_page("read", 3).unwrap();
    states(&catalogue, &[("kept", Kept)]);
    catalogue.mark_stale("read", DocumentKind::Page, 3).unwrap();
    assert_eq!(catalogue.end_keeping().unwrap(), ["kept"]);
    states(&catalogue, &[("kept", Gone), ("read", Suspect)]);
    // What cannot be made is not tried again and again.
    catalogue.set_unprintable("new").unwrap();
    states(&catalogue, &[("new", Synced)]);
}

#[test]
fn another_program_prints_all_but_media_anew() {
    let (_state, mut catalogue) = catalogue();
    for (path, kind) in
        [("_media/1.png", DocumentKind::Media), ("page", DocumentKind::Page), ("rss", DocumentKind::Rss)]
    {
        catalogue.mark_stale(path, kind, 1).unwrap();
        print(&mut catalogue, path, if path == "rss" { "new" } else { "old" }, 1);
    }
    assert_eq!(catalogue.mark_generation("new").unwrap(), 1);
    states(
        &catalogue,
        &[("page", DocumentState::Stale), ("rss", DocumentState::Written), ("_media/1.png", DocumentState::Written)],
    );
}

#[test]
fn media_are_printed_first_and_of_pages_the_newest() {
    let (_state, mut catalogue) = catalogue();
    for (path, kind, owner) in [
        ("rss", DocumentKind::Rss, 1),
        ("old", DocumentKind::Page, 1),
        ("new", DocumentKind::Page, 2),
        ("_media/1.png", DocumentKind::Media, 0),
        ("style.css", DocumentKind::Style, 0),
    ] {
        catalogue.mark_stale(path, kind, owner).unwrap();
    }
    let due = |kinds, limit| -> Vec<String> {
        catalogue.documents_due(&kinds, limit).unwrap().into_iter().map(|row| row.path).collect()
    };
    assert_eq!(due(DocumentKind::Media..=DocumentKind::Page, 9), ["_media/1.png", "new", "old"]);
    assert_eq!(due(DocumentKind::Media..=DocumentKind::Style, 2), ["_media/1.png", "new"]);
    assert_eq!(due(DocumentKind::Rss..=DocumentKind::Style, 9), ["rss", "style.css"]);
}

#[test]
fn what_is_due_is_due_at_its_second() {
    let (_state, mut catalogue) = catalogue();
    assert_eq!(catalogue.next_due().unwrap(), None);
    let later = article(&mut catalogue, "later", ArticleRow { due: Some(200), ..ArticleRow::default() });
    let sooner = article(&mut catalogue, "sooner", ArticleRow { due: Some(100), ..ArticleRow::default() });
    article(&mut catalogue, "never", ArticleRow::default());
    assert_eq!(catalogue.next_due().unwrap(), Some(100));
    assert!(catalogue.articles_due(99, 9).unwrap().is_empty());
    assert_eq!(catalogue.articles_due(100, 9).unwrap(), [sooner.no]);
    assert_eq!(catalogue.articles_due(200, 9).unwrap(), [sooner.no, later.no]);
    medium(&mut catalogue, "_media/1.png", 10);
    assert!(catalogue.keep_former_media(later.no, &["_media/1.png".to_owned()], 50, 100).unwrap().is_empty());
    assert_eq!(catalogue.next_due().unwrap(), Some(50), "a medium is to go before");
    assert!(catalogue.end_former_media(49, 9).unwrap().is_empty());
    assert_eq!(catalogue.end_former_media(50, 9).unwrap(), ["_media/1.png"]);
}

fn medium(catalogue: &mut Catalogue, path: &str, bytes: u64) {
    let media_type = "image/png".to_owned();
    let medium = Medium { path: path.to_owned(), media_type, bytes, pixels: None, seconds: None, original: None };
    catalogue.add_medium(&medium, &InboxPath::new(path)).unwrap();
    catalogue.add_medium(&medium, &InboxPath::new("moved").join(path.as_ref())).unwrap();
    assert_eq!(catalogue.medium_source(path).unwrap(), Some(InboxPath::new(format!("moved/{path}"))));
}

#[test]
fn of_replaced_media_the_last_used_stay_and_of_equals_the_smaller() {
    let (_state, mut catalogue) = catalogue();
    let article = article(&mut catalogue, "one", ArticleRow::default());
    for (path, bytes) in [("a", 60), ("b", 30), ("c", 30), ("d", 200)] {
        medium(&mut catalogue, path, bytes);
    }
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert!(catalogue.keep_former_media(article.no, &names(&["b"]), 10, 100).unwrap().is_empty());
    assert_eq!(
        catalogue.keep_former_media(article.no, &names(&["a", "d"]), 20, 100).unwrap(),
        ["d"],
        "too large by itself"
    );
    assert_eq!(catalogue.keep_former_media(article.no, &names(&["c"]), 20, 100).unwrap(), ["b"], "it was used before");
}

#[test]
fn a_second_is_free_when_no_other_article_has_it() {
    let (_state, mut catalogue) = catalogue();
    let mut rows = Vec::new();
    for second in [100, 101, 101, 103] {
        let id = format!("{}", rows.len());
        rows.push(article(&mut catalogue, &id, ArticleRow { updated: second, ..ArticleRow::default() }));
    }
    let free = |no, from, most| catalogue.free_second(no, from, most).unwrap();
    assert_eq!((free(0, 99, 5), free(0, 100, 5), free(0, 102, 5), free(0, 103, 5)), (99, 102, 102, 104));
    assert_eq!(free(rows[0].no, 100, 5), 100, "its own is free");
    assert_eq!((free(0, 100, 1), free(0, 100, 2)), (100, 102), "none within so many: it stays");
}

#[test]
fn the_newest_released_articles_are_found_first_as_they_stood_on_their_page() {
    let (_state, mut catalogue) = catalogue();
    let row =
        |released, published| ArticleRow { fingerprint: Some([3; 32]), released, published, ..ArticleRow::default() };
    for (id, released, published, position) in
        [("newest", true, 20, 0), ("held", false, 30, 0), ("second", true, 10, 1), ("first", true, 10, 0)]
    {
        let row = article(&mut catalogue, id, row(released, published));
        catalogue.set_released(row.no, position, &["a".to_owned()]).unwrap();
    }
    // Only the line of the ledger that tells where it stays could not be read.
    article(&mut catalogue, "oldest", row(true, 5));
    let found: Vec<String> = catalogue.released_with(&[3; 32]).unwrap().into_iter().map(|row| row.id).collect();
    assert_eq!(found, ["newest", "first", "second", "oldest"]);
    assert!(catalogue.released_with(&[4; 32]).unwrap().is_empty());
}

#[test]
fn only_what_is_in_the_feeds_lives_elsewhere() {
    let (state, mut catalogue) = catalogue();
    let row = |visible, linked| ArticleRow { visible, linked, ..ArticleRow::default() };
    let there = article(&mut catalogue, "1", row(true, true));
    let taken_back = article(&mut catalogue, "2", row(false, true));
    let here = article(&mut catalogue, "3", row(true, false));
    let link = |row: &ArticleRow| reader(&state).link_of(row.no).unwrap();
    assert_eq!(link(&there).as_deref(), Some("https://elsewhere.example/"));
    assert_eq!((link(&taken_back), link(&here)), (None, None));
}

#[test]
fn what_was_taken_back_is_in_memory_no_more() {
    let (_state, mut catalogue) = catalogue();
    let row = article(&mut catalogue, "1", ArticleRow::default());
    let failed = catalogue.transaction(|catalogue| {
        catalogue.save_told(&row, &told("<p>Never kept.</p>", None))?;
        Err::<(), CatalogueError>(CatalogueError::Busy)
    });
    assert!(failed.is_err());
    assert_eq!(catalogue.content(row.no).unwrap().unwrap().draft.body, "<p>Text.</p>");
}

#[test]
fn a_file_that_takes_anothers_place_takes_its_row_as_well() {
    let (_state, mut catalogue) = catalogue();
    let (one, two) =
        (file(&mut catalogue, "a/one.md", FileKind::Article), file(&mut catalogue, "a/two.md", FileKind::Article));
    let row = article(&mut catalogue, "1", ArticleRow::default());
    catalogue.set_claims(two, &[claim(two, &row, "a")]).unwrap();
    catalogue.set_sidecar_told(two, Some(&[5; 32])).unwrap();
    catalogue.set_wants(two, [(&InboxPath::new("a/b.png"), true)].into_iter()).unwrap();
    catalogue.move_file(one, &InboxPath::new("a/two.md")).unwrap();
    assert_eq!(catalogue.file(&InboxPath::new("a/two.md")).unwrap().unwrap().no, one);
    assert_eq!(catalogue.file(&InboxPath::new("a/one.md")).unwrap(), None);
    assert_eq!(catalogue.file_of(two).unwrap(), None);
    assert!(catalogue.claims_of(two).unwrap().is_empty());
    assert_eq!(catalogue.sidecar_told(two).unwrap(), None);
    assert!(catalogue.is_unwanted(&InboxPath::new("a/b.png")).unwrap());
    let neighbours = |catalogue: &Catalogue, key: &str| -> Vec<FileNo> {
        catalogue.neighbours(&InboxPath::new("a"), key).unwrap().into_iter().map(|row| row.no).collect()
    };
    assert_eq!((neighbours(&catalogue, "one"), neighbours(&catalogue, "two")), (vec![], vec![one]));
    catalogue.set_presence(one, Presence::Gone, 1).unwrap();
    assert!(neighbours(&catalogue, "two").is_empty(), "what is gone goes with nothing");
}

#[test]
fn where_a_released_article_stays_is_no_files_claim() {
    let (_state, mut catalogue) = catalogue();
    let row = article(&mut catalogue, "1", ArticleRow::default());
    let no = file(&mut catalogue, "a/one.md", FileKind::Article);
    assert_eq!(no, row.no, "of one number, and still two");
    catalogue.set_released(row.no, 3, &["b".to_owned()]).unwrap();
    catalogue.set_claims(no, &[claim(no, &row, "a")]).unwrap();
    let stays = Claim { file: None, position: 3, article: row.no, sections: vec!["b".to_owned()] };
    let claimants = catalogue.claimants(row.no).unwrap();
    assert_eq!(claimants, [(claim(no, &row, "a"), Presence::Present), (stays.clone(), Presence::Gone)]);
    assert_eq!(catalogue.claims_of(no).unwrap(), [claim(no, &row, "a")]);
    assert_eq!(catalogue.released_claim(row.no).unwrap(), Some(stays.clone()));
    catalogue.drop_file(no).unwrap();
    assert_eq!(catalogue.claimants(row.no).unwrap(), [(stays, Presence::Gone)]);
    catalogue.set_released(row.no, 0, &["c".to_owned()]).unwrap();
    assert_eq!(catalogue.released_claim(row.no).unwrap().unwrap().sections, ["c"]);
    catalogue.end_released(row.no).unwrap();
    assert_eq!(catalogue.released_claim(row.no).unwrap(), None);
}

#[test]
fn below_a_folder_is_not_beside_it() {
    let (state, mut catalogue) = catalogue();
    for path in ["a/1.md", "a/b/2.md", "a-b/3.md", "ab/4.md", "a0/5.md", "6.md", "a/gone/7.md"] {
        let no = file(&mut catalogue, path, FileKind::Article);
        if path.contains("gone") {
            catalogue.set_presence(no, Presence::Gone, 1).unwrap();
        }
    }
    let folders = |folder: &str| -> Vec<String> {
        let mut found = reader(&state).folders_within(&InboxPath::new(folder)).unwrap();
        found.sort();
        found.iter().map(ToString::to_string).collect()
    };
    assert_eq!(folders("a"), ["a", "a/b"]);
    assert_eq!(folders(""), ["", "a", "a/b", "a-b", "a0", "ab"].map(str::to_owned));
    let within = catalogue.files_within(&InboxPath::new("a"), 9).unwrap();
    assert_eq!(within.iter().map(|row| row.path.to_string()).collect::<Vec<_>>(), ["a/1.md", "a/b/2.md"]);
}

#[test]
fn what_is_gone_is_counted_nowhere() {
    let (_state, mut catalogue) = catalogue();
    let rejection = Rejection::new("it is wrong", "mend it");
    for (path, kind, presence) in [
        ("a.md", FileKind::Article, Presence::Present),
        ("b.md", FileKind::Article, Presence::Missing),
        ("c.md", FileKind::Article, Presence::Gone),
        ("d.png", FileKind::Media, Presence::Missing),
    ] {
        let no = file(&mut catalogue, path, kind);
        catalogue.set_presence(no, presence, 100).unwrap();
        catalogue.file_found(no, Some(&rejection), None, None, &["is it so?".to_owned()]).unwrap();
    }
    let counts = catalogue.counts().unwrap();
    assert_eq!((counts.refused, counts.doubted, counts.held), (3, 3, 0));
    assert_eq!((catalogue.refusals(9).unwrap().len(), catalogue.doubts(9).unwrap().len()), (3, 3));
    let board = catalogue.board(9, 9, 9).unwrap();
    assert_eq!((board.refused, board.doubted, board.held), (3, 3, 0));
    let newest: Vec<String> = board.refusals.iter().map(|row| row.path.to_string()).collect();
    assert_eq!(newest, ["d.png", "b.md", "a.md"]);
    assert_eq!(board.doubts.iter().map(|row| row.path.to_string()).collect::<Vec<_>>(), newest);
    // The guard counts articles' files, those obeyed among them.
    assert_eq!((catalogue.live_files().unwrap(), catalogue.missed_since(100).unwrap()), (2, 2));
    assert_eq!((catalogue.waiting_since(100).unwrap(), catalogue.missed_since(101).unwrap()), (1, 0));
    assert!(!catalogue.has_untold_articles().unwrap());
    let gone = catalogue.file(&InboxPath::new("c.md")).unwrap().unwrap().no;
    catalogue.set_unread(gone).unwrap();
    assert!(!catalogue.has_untold_articles().unwrap(), "nobody will read what is gone");
    let missing = catalogue.file(&InboxPath::new("b.md")).unwrap().unwrap().no;
    catalogue.set_unread(missing).unwrap();
    assert!(catalogue.has_untold_articles().unwrap());
}

#[test]
fn scheduled_is_what_comes_and_withdrawn_what_somebody_ordered() {
    let (_state, mut catalogue) = catalogue();
    article(&mut catalogue, "comes", ArticleRow { embargo: Some(9), due: Some(9), ..ArticleRow::default() });
    let row = ArticleRow { embargo: Some(9), expires: Some(20), due: Some(20), ..ArticleRow::default() };
    article(&mut catalogue, "past its embargo, and a draft", row);
    article(&mut catalogue, "ordered", ArticleRow { ordered: true, ..ArticleRow::default() });
    let marked = article(&mut catalogue, "marked", ArticleRow { visible: true, ..ArticleRow::default() });
    marker(&mut catalogue, "a/marked.withdraw", Some(&marked), None);
    let counts = catalogue.counts().unwrap();
    assert_eq!((counts.scheduled, counts.withdrawn), (1, 2));
    assert_eq!(catalogue.schedule(9).unwrap().len(), 1);
    // Whoever asks is told the same.
    let board = catalogue.board(9, 9, 9).unwrap();
    assert_eq!((board.schedule, board.scheduled), (catalogue.schedule(9).unwrap(), 1));
    article(&mut catalogue, "in the feeds", ArticleRow { visible: true, ..ArticleRow::default() });
    let latest = catalogue.latest(9).unwrap();
    assert_eq!(latest.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["in the feeds"]);
    assert_eq!(catalogue.board(9, 9, 9).unwrap().latest, latest);
}

fn marker(catalogue: &mut Catalogue, path: &str, article: Option<&ArticleRow>, notice: Option<&str>) -> FileNo {
    let no = file(catalogue, path, FileKind::Marker);
    let name = Path::new(path).file_stem().unwrap().to_string_lossy().into_owned();
    let undated = name.trim_start_matches("2026-07-02-").to_owned();
    let content = notice.map(|body| Stored::clone(&told(body, None)).content().as_ref().clone());
    let article = article.map(|row| row.no);
    let marker = MarkerRow { file: no, section: "a".to_owned(), name, undated, since: 1, article, notice: content };
    catalogue.save_marker(&marker).unwrap();
    no
}

#[test]
fn a_marker_with_words_speaks_for_all_of_an_article() {
    let (_state, mut catalogue) = catalogue();
    let row = article(&mut catalogue, "1", ArticleRow::default());
    let silent = marker(&mut catalogue, "a/1.withdraw", Some(&row), None);
    let speaking = marker(&mut catalogue, "b/1.withdraw", Some(&row), Some("<p>It was wrong.</p>"));
    let order: Vec<FileNo> = catalogue.markers_of(row.no).unwrap().iter().map(|marker| marker.file).collect();
    assert_eq!(order, [speaking, silent]);
    let waiting = marker(&mut catalogue, "a/2026-07-02-late.withdraw", None, None);
    for name in ["2026-07-02-late", "late"] {
        let found: Vec<FileNo> = catalogue.waiting_markers(name).unwrap().iter().map(|marker| marker.file).collect();
        assert_eq!(found, [waiting], "{name}");
    }
    assert!(catalogue.waiting_markers("1").unwrap().is_empty(), "it has its article");
}

#[test]
fn an_article_is_found_by_its_name_in_its_section_or_below() {
    let (_state, mut catalogue) = catalogue();
    for (id, section) in [("1", "sports"), ("2", "sports/football"), ("3", "sportsmen")] {
        let no = file(&mut catalogue, &format!("{section}/final.md"), FileKind::Article);
        let row = article(&mut catalogue, id, ArticleRow { visible: true, ..ArticleRow::default() });
        catalogue.set_claims(no, &[claim(no, &row, section)]).unwrap();
        catalogue.call(row.no, "final").unwrap();
    }
    let named = |section: &str, below| -> Vec<i64> {
        catalogue.named("final", section, below).unwrap().into_iter().map(|named| named.article).collect()
    };
    assert_eq!((named("sports", false), named("sports", true)), (vec![1], vec![2]));
    assert_eq!(named("", true), [3, 2, 1]);
    let beside = |catalogue: &Catalogue| catalogue.beside(&InboxPath::new("sports"), b"final").unwrap();
    assert_eq!(beside(&catalogue), [1]);
    let no = catalogue.file(&InboxPath::new("sports/final.md")).unwrap().unwrap().no;
    catalogue.set_presence(no, Presence::Gone, 1).unwrap();
    assert!(beside(&catalogue).is_empty());
}

#[test]
fn feeds_list_the_newest_first_then_by_place_then_by_id() {
    let (state, mut catalogue) = catalogue();
    let section = catalogue.add_section("b", "b", "tag:b", 0).unwrap();
    let other = catalogue.add_section("a", "a", "tag:a", 0).unwrap();
    // Added against the order of their ids.
    for (id, published, position) in [("d", 10, 0), ("c", 20, 1), ("b", 20, 0), ("a", 20, 0)] {
        let row = article(&mut catalogue, id, ArticleRow { published, ..ArticleRow::default() });
        catalogue.list(section, true, &row, position).unwrap();
    }
    let mut listed = Vec::new();
    let take = |row: syndicated::catalogue::ListingRow| {
        listed.push(row.article);
        listed.len() < 4
    };
    catalogue.listing(section, 9, take).unwrap();
    assert_eq!(listed, [4, 3, 2, 1]);
    let first = catalogue.article(1).unwrap().unwrap();
    catalogue.list(other, true, &first, 0).unwrap();
    assert_eq!(reader(&state).first_section_of(1).unwrap().as_deref(), Some("a"));
    assert_eq!(catalogue.section("b").unwrap().unwrap().own, 4);
    catalogue.unlist(1).unwrap();
    assert_eq!(catalogue.section("b").unwrap().unwrap().own, 3);
    catalogue.touch_section(section, 50).unwrap();
    catalogue.touch_section(section, 40).unwrap();
    assert_eq!(catalogue.section("b").unwrap().unwrap().updated, 50, "never back");
}

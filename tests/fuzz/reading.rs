//! What every target does with its bytes: reads them as a dropped file of that name, cleans them, and makes sure that what
//! would be published may be.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::DateTime;
use syndicated::article::is_all_printable;
use syndicated::darkroom::Drawer;
use syndicated::dropped::InboxPath;
use syndicated::intake::beside::Beside;
use syndicated::intake::reading::{Job, Reading};

/// Reads bytes as the daemon reads a file of this name. Neither a refusal nor an article is a finding; a panic, a hang, or
/// an article that no feed may carry is.
pub fn read(name: &str, bytes: &[u8]) {
    let reading = Reading {
        inbox: PathBuf::from("/nonexistent"),
        time_zone: chrono_tz::Asia::Shanghai,
        encoding: None,
        language: "zh-CN".to_owned(),
        max_file: 16 << 20,
        drawer: Drawer::default(),
        pages: Arc::default(),
        folders: Arc::default(),
    };
    let arrival = DateTime::from_timestamp(1_782_979_200, 0).unwrap_or_default();
    let job = Job { path: InboxPath::new(name), known: None, beside: Beside::default(), hasty: false };
    let Ok(Some(read)) = reading.understand(&job, bytes, arrival) else { return };
    for story in read.stories.iter().flatten() {
        for text in [&story.title, &story.summary].into_iter().chain(&story.draft.headline) {
            assert!(is_all_printable(text), "{text:?}");
            assert!(!text.contains('\n'), "{text:?}");
        }
        // The placeholder of the base URL is the only forbidden character that a stored body holds.
        let body = story.draft.body.replace(syndicated::article::BASE, "");
        assert!(is_all_printable(&body), "{body:?}");
        let lower = body.to_lowercase();
        assert!(!lower.contains("<script") && !lower.contains("\"javascript:"), "{body:?}");
    }
}

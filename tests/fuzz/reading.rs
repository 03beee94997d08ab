//! What every target does with its bytes: reads them as a dropped file of that name, cleans them, and makes sure that what
//! would be published may be.

use std::io::Cursor;
use std::path::Path;
use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use syndicated::article::{BASE, is_all_printable};
use syndicated::config::Config;
use syndicated::dropped::InboxPath;
use syndicated::intake::reading::{FileReader, Haste, Job};
use syndicated::media;
use syndicated::parse::sidecar;

/// Where no file is, so that nothing is found that an article refers to.
const NOWHERE: &str = "/nonexistent/syndicated.toml";

static READER: LazyLock<FileReader> = LazyLock::new(|| {
    let text = "language = \"zh-CN\"\ntime_zone = \"Asia/Shanghai\"\n";
    let config = Config::parse(text, Path::new(NOWHERE)).unwrap_or_default();
    syndicated::daemon::reader(&config)
});

/// Reads bytes as the daemon reads a file of this name. Neither a refusal nor an article is a finding; a panic, a hang, or
/// an article that no feed may carry is.
pub fn read(name: &str, bytes: &[u8]) {
    let arrival: DateTime<Utc> = DateTime::from_timestamp(1_782_979_200, 0).unwrap_or_default();
    let job = Job { path: InboxPath::new(name), known: None, beside: Default::default(), haste: Haste::NobodyWaits };
    let Ok(Some(read)) = READER.understand(&job, bytes, arrival) else { return };
    for story in read.stories.iter().flatten() {
        for text in [story.title.as_str(), story.summary()].into_iter().chain(story.draft().headline.as_deref()) {
            assert!(is_all_printable(text), "{text:?}");
            assert!(!text.contains('\n'), "{text:?}");
        }
        // The placeholder of the base URL is the only forbidden character that a stored body holds.
        let body = story.draft().body.replace(BASE, "");
        assert!(is_all_printable(&body), "{body:?}");
        // In the text of an article these words may stand; in its tags they may not.
        let lower = body.to_lowercase();
        let mut tags = lower.split('<').skip(1).filter_map(|tag| tag.split('>').next());
        assert!(!tags.any(|tag| tag.starts_with("script") || tag.contains("\"javascript:")), "{body:?}");
    }
}

/// Reads bytes as a sidecar in each notation.
pub fn beside(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let zone = READER.time_zone;
    for extension in ["yaml", "json", "toml"] {
        let _ = sidecar::read(text, extension, zone);
    }
}

/// Takes out of a medium what is not published; what is left must be a medium that nothing need be taken out of.
pub fn develop(bytes: &[u8], media_type: &'static str, extension: &str) {
    let mut source = Cursor::new(bytes);
    let Ok(cut) = media::cut(&mut source, media_type, extension) else { return };
    let mut published = Vec::new();
    if cut.write(&mut source, &mut published).is_err() {
        return;
    }
    let mut again = Cursor::new(&published);
    let twice = media::cut(&mut again, cut.media_type, cut.extension);
    let mut same = Vec::new();
    let Ok(twice) = twice else { panic!("what was published is refused") };
    assert!(twice.write(&mut again, &mut same).is_ok());
    assert!(same == published, "what was published is published otherwise");
}

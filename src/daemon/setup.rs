//! Configuration → the values that each part needs; and the opening of the record, damaged or not.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::desk::{self, Desk, DeskError, Options};
use super::{DaemonError, sync};
use crate::catalogue::{self, Catalogue};
use crate::config::{Config, Icon, OnDelete};
use crate::edition::Edition;
use crate::inbox::Share;
use crate::intake::reading::FileReader;
use crate::intake::{IntakeError, Policy, Record};
use crate::media::PictureCache;
use crate::moment::Moment;
use crate::publish::{self, Layout, Settings};
use crate::render::Publication;
use crate::respond;

/// Remembered as `1` after an orderly end: then the database need not be examined at the next start.
const CLEAN: &str = "clean";

pub(super) fn policy(config: &Config) -> Policy {
    Policy {
        authority: config.authority.clone().unwrap_or_default(),
        host: config.authority(),
        time_zone: config.time_zone,
        keep: config.intake.on_delete == OnDelete::Keep,
        guard: config.intake.guard,
        sections: config.sections.keys().map(ToString::to_string).collect(),
    }
}

/// What printing and the desk need. The files of pictures that the configuration names are read here and nowhere else: in what
/// is returned a document's path stands for each.
pub(super) fn settings(config: &Config) -> (Settings, Options) {
    let mut icon_files = BTreeMap::new();
    let mut published = |icon: &Icon| match icon {
        Icon::Url(url) => Some(url.clone()),
        Icon::File(file) => match publish::icon_path(file) {
            Ok(path) => {
                icon_files.insert(path.clone(), Some(file.clone()));
                Some(path)
            }
            Err(fault) => {
                tracing::warn!("the picture {} is not published: {fault}", file.display());
                None
            }
        },
    };
    let icon = config.icon.as_ref().and_then(&mut published).unwrap_or_default();
    let mut entries = config.sections.clone();
    for podcast in entries.values_mut().filter_map(|section| section.podcast.as_mut()) {
        podcast.image = podcast.image.as_ref().and_then(&mut published).map(Icon::Url);
    }
    let count = |entries: u32| usize::try_from(entries).unwrap_or(usize::MAX);
    let layout = Layout {
        image: None,
        title: None,
        description: String::new(),
        language: None,
        entries: count(config.publish.entries),
        window: config.publish.window,
        max_entries: count(config.publish.max_entries),
        max_bytes: config.publish.max_bytes,
        full_text: config.publish.full_text,
        podcast: None,
    };
    let sections = entries.iter().map(|(path, section)| (path.to_string(), desk::layout(&layout, section))).collect();
    let settings = Settings {
        publication: Publication { icon, ..publication(config) },
        layout,
        sections,
        feeds: config.feeds.clone(),
        inbox: Arc::new(Share::new(config.inbox.clone())),
        icon_files,
        picture_cache: PictureCache::default(),
    };
    let options = Options {
        grace: config.intake.grace,
        media_wait: config.intake.media_wait,
        poll: config.intake.poll,
        settle: config.intake.settle,
        notices: config.intake.notices,
        sections: entries,
    };
    (settings, options)
}

/// The publication, without its icon.
#[must_use]
pub fn publication(config: &Config) -> Publication {
    Publication {
        title: config.title.clone(),
        base_url: config.base_url.clone(),
        site: config.site.clone().unwrap_or_default(),
        language: config.language.clone(),
        time_zone: config.time_zone,
        icon: String::new(),
        ttl: config.publish.ttl,
    }
}

/// What every answer to a reader depends on.
pub(super) fn answers(config: &Config) -> respond::Policy {
    respond::Policy::new(&config.base_url, config.publish.ttl).formerly(&config.server.former)
}

/// What reading a file needs; also for `check`.
#[must_use]
pub fn reader(config: &Config) -> FileReader {
    FileReader {
        inbox: config.inbox.clone(),
        time_zone: config.time_zone,
        encoding: config.intake.encoding,
        language: config.language.clone(),
        languages: Arc::new(
            config
                .sections
                .iter()
                .filter_map(|(section, entry)| Some((section.clone(), entry.language.clone()?)))
                .collect(),
        ),
        max_file: config.intake.max_file,
        picture_cache: PictureCache::default(),
        pages: Arc::new(config.pages.clone()),
        folders: Arc::default(),
    }
}

/// Opens the record and the desk on it. The caller holds the state folder.
///
/// # Errors
/// When the record cannot be opened.
pub fn open(config: &Config, edition: &Arc<Edition>, now: DateTime<Utc>) -> Result<Desk, DaemonError> {
    let (mut record, mended) = Record::open(&config.state, policy(config), now)?;
    for text in mended {
        tracing::warn!("{text}");
    }
    record.catalogue_mut().remember(CLEAN, "0").map_err(IntakeError::from)?;
    let (settings, options) = settings(config);
    Ok(Desk::open(record, settings, Arc::clone(edition), reader(config), options)?)
}

/// Brings everything to the disk at an orderly end, and remembers that it was one.
pub(super) fn put_away(config: &Config, desk: &mut Desk, now: Moment) -> Result<(), DaemonError> {
    desk.write_board(now)?;
    desk.remember_open()?;
    sync::to_disk(config)?;
    if let Some(turn) = desk.unsynced()? {
        desk.synced(turn)?;
    }
    mark_clean(desk)?;
    Ok(catalogue::checkpoint(&config.state).map_err(IntakeError::from)?)
}

/// Remembers that the end was orderly.
pub(super) fn mark_clean(desk: &mut Desk) -> Result<(), DeskError> {
    desk.remember(CLEAN, "1")
}

/// Sets a catalogue aside that was not left in order and is damaged. Where there is none yet, an empty one is made.
pub(super) fn mend_catalogue(config: &Config) -> Result<(), DaemonError> {
    let reason = match Catalogue::open(&config.state) {
        Ok(catalogue) => {
            let was_clean = catalogue.remembered(CLEAN).is_ok_and(|clean| clean.as_deref() == Some("1"));
            if was_clean || catalogue.is_sound().unwrap_or(false) {
                return Ok(());
            }
            "its pages do not fit together".to_owned()
        }
        Err(error) if error.is_damage() => error.to_string(),
        Err(error) => return Err(IntakeError::from(error).into()),
    };
    set_aside(config, &reason)
}

/// Sets a damaged catalogue aside, so that it is rebuilt from inbox and ledger. Under `on_delete = "keep"` the inbox cannot
/// tell it, so a person is called instead.
pub(super) fn set_aside(config: &Config, reason: &str) -> Result<(), DaemonError> {
    let file = config.state.join(catalogue::FILE_NAME);
    if config.intake.on_delete == OnDelete::Keep {
        let told = format!(
            "the catalogue is damaged ({reason}), and with on_delete = \"keep\" the inbox cannot tell what it held; restore it \
             from a backup, or move it away to begin anew from the inbox and the ledger"
        );
        return Err(DaemonError::at(&file)(io::Error::new(io::ErrorKind::InvalidData, told)));
    }
    tracing::error!("the catalogue is damaged ({reason}); it is set aside and rebuilt from the inbox and the ledger");
    let now = Utc::now().format("%Y%m%dT%H%M%S");
    for suffix in ["", "-wal", "-shm"] {
        let from = config.state.join(format!("{}{suffix}", catalogue::FILE_NAME));
        if from.exists() {
            let aside = config.state.join(format!("{}.damaged-{now}{suffix}", catalogue::FILE_NAME));
            fs::rename(&from, aside).map_err(DaemonError::at(&from))?;
        }
    }
    Ok(())
}

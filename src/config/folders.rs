//! Whether inbox, feeds and state can be what they are configured as, told in plain words with what to do.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::Config;

/// The file that says of a feeds folder that this program filled it.
const MARKER: &str = ".syndicated";

/// File systems of other machines, by the number `statfs(2)` tells: SQLite's locks and shared memory do not hold on
/// them. FUSE is not among them, as it is as often a local disk (NTFS, containers) as a remote one.
const NETWORK: [(u32, &str); 8] = [
    (0x6969, "NFS"),
    (0x517B, "SMB"),
    (0xFF53_4D42, "SMB"),
    (0xFE53_4D42, "SMB"),
    (0x0102_1997, "9P"),
    (0x5346_414F, "AFS"),
    (0x00C3_6400, "Ceph"),
    (0x0BD0_0BD0, "Lustre"),
];

/// The first reason why not.
pub(super) fn check(config: &Config) -> Result<(), String> {
    let folders = [("inbox", &config.inbox), ("feeds", &config.feeds), ("state", &config.state)];
    let mut real = Vec::with_capacity(folders.len());
    for (key, folder) in folders {
        if folder.exists() && !folder.is_dir() {
            return Err(format!("{key} = {folder:?} is a file; name a folder, or move the file away"));
        }
        real.push((key, real_path(folder)?));
    }
    for (key, folder) in &real {
        for (other_key, other) in &real {
            if key != other_key && folder.starts_with(other) {
                return Err(format!(
                    "{key} ({}) lies in {other_key} ({}), and would be taken for its contents; \
                     give inbox, feeds and state three folders of which none is inside another",
                    folder.display(),
                    other.display(),
                ));
            }
        }
    }
    on_a_local_disk(&config.state)?;
    empty_or_ours(&config.feeds)
}

/// The path with every link followed, as far as it exists; what does not exist yet is taken as it is written.
fn real_path(path: &Path) -> Result<PathBuf, String> {
    let absolute =
        std::path::absolute(path).map_err(|error| format!("cannot tell where {} is: {error}", path.display()))?;
    let mut real = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::ParentDir => {
                real.pop();
            }
            part => {
                real.push(part);
                if let Ok(followed) = real.canonicalize() {
                    real = followed;
                }
            }
        }
    }
    Ok(real)
}

/// The nearest folder above that exists tells on which file system the state will be.
#[cfg(target_os = "linux")]
fn on_a_local_disk(state: &Path) -> Result<(), String> {
    let real = real_path(state)?;
    let Some(found) = real.ancestors().find_map(|folder| rustix::fs::statfs(folder).ok()) else { return Ok(()) };
    // The number has 32 bits in every kernel, however wide and signed the field.
    let number = found.f_type as u32;
    match NETWORK.iter().find(|(known, _)| *known == number) {
        None => Ok(()),
        Some((_, name)) => Err(format!(
            "state ({}) is on a network file system ({name}), where a database can be damaged; \
             set state to a folder on a disk of this machine, like \"/var/lib/syndicated\"",
            real.display(),
        )),
    }
}

/// Elsewhere the system does not tell by number; the administrator knows.
#[cfg(not(target_os = "linux"))]
fn on_a_local_disk(_state: &Path) -> Result<(), String> {
    Ok(())
}

fn empty_or_ours(feeds: &Path) -> Result<(), String> {
    if !feeds.exists() || feeds.join(MARKER).is_file() {
        return Ok(());
    }
    let mut inside = fs::read_dir(feeds).map_err(|error| {
        format!("cannot read feeds ({}): {error}; let this user read and write it", feeds.display())
    })?;
    match inside.next() {
        None => Ok(()),
        Some(_) => Err(format!(
            "feeds ({}) holds files that syndicated did not make, and it will not write among them; \
             set feeds to a new or empty folder, or empty this one. If it is a feeds folder of syndicated that lost its \
             marker, create an empty file {MARKER} in it",
            feeds.display(),
        )),
    }
}

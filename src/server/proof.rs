//! What was laid ready for a certificate authority in the folder that the configuration names, by the token that it asks for.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::PATIENCE;
use crate::respond::CHALLENGES;

/// The most bytes that are shown of it: it is a token and a hash (RFC 8555 section 8.1).
const MAX_PROOF: u64 = 1024;

/// So many are read at one time: anybody may ask, and a disk that hangs must not take the threads that read documents along.
static READING: Semaphore = Semaphore::const_new(4);

/// Reads it; none where there is none, or the disk does not answer.
pub(super) async fn read(root: &Path, token: &str) -> Option<Vec<u8>> {
    let mut file = root.as_os_str().to_owned();
    file.extend([CHALLENGES, token].map(OsStr::new));
    let read = async {
        let permit = READING.acquire().await.ok()?;
        let read = move || {
            let _permit = permit;
            let mut proof = Vec::new();
            File::open(file)?.take(MAX_PROOF).read_to_end(&mut proof).map(|_| proof)
        };
        spawn_blocking(read).await.ok()?.ok()
    };
    timeout(PATIENCE, read).await.ok()?
}

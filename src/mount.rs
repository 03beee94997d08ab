//! Turns a path into what sort of file system it lies on: the one question that decides between events and polling for
//! the inbox, and whether the state folder may lie there at all. And whether it is where one is mounted.

use std::io;
use std::path::Path;

use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statfs, statx};

/// File systems whose other writers the kernel does not tell us of, and whose locks and shared memory are not dependable.
/// Numbers from statfs(2) and `linux/magic.h`; a FUSE mount may be local (ntfs-3g), but nothing tells that from sshfs.
const REMOTE: [(u32, &str); 15] = [
    (0x0000_6969, "NFS"),
    (0xFF53_4D42, "CIFS"),
    (0xFE53_4D42, "SMB"),
    (0x0000_517B, "SMB"),
    (0x6573_5546, "FUSE"),
    (0x0102_1997, "9p"),
    (0x786F_4256, "VirtualBox shared folder"),
    (0xBACB_ACBC, "VMware shared folder"),
    (0x7C7C_6673, "Parallels shared folder"),
    (0x5346_414F, "AFS"),
    (0x6B41_4653, "AFS"),
    (0x00C3_6400, "Ceph"),
    (0x0BD0_0BD0, "Lustre"),
    (0x0116_1970, "GFS2"),
    (0x7461_636F, "OCFS2"),
];

/// Whether something is mounted just there; false where the kernel does not tell (before 5.8).
///
/// # Errors
/// When the path cannot be examined.
pub fn is_root(path: &Path) -> io::Result<bool> {
    let there = statx(CWD, path, AtFlags::empty(), StatxFlags::empty())?;
    Ok(there.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

/// The name of the network (or FUSE, or shared) file system a path lies on; none for a local one.
///
/// # Errors
/// When the path cannot be examined (it does not exist, or a mount is dead).
pub fn remote(path: &Path) -> io::Result<Option<&'static str>> {
    let kind = statfs(path)?.f_type;
    // The magic is a 32-bit number in a field whose width and sign differ between architectures.
    let kind = (kind as u64 & 0xFFFF_FFFF) as u32;
    Ok(REMOTE.iter().find(|(magic, _)| *magic == kind).map(|(_, name)| *name))
}

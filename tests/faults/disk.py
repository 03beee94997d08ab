"""A file system in a file, for faults that need one of their own; only root can mount it."""

import contextlib
import fcntl
import os
import struct
import subprocess
import tempfile

from newsroom import Lost

# FS_IOC_SHUTDOWN (linux/fs.h), and its flag for going down without flushing even the journal.
SHUTDOWN = 0x8004587D
NO_LOG_FLUSH = 2

# FIFREEZE and FITHAW: nothing is written until it is thawed, and whoever wants to waits.
FREEZE = 0xC0045877
THAW = 0xC0045878

# The least that mkfs.xfs takes is 300 MiB; the file is sparse.
SIZE = 320 * 1024 * 1024


class Disk:
    """A file system in a file, that can lose its power, or answer nobody who writes."""

    def __init__(self, kind):
        self.kind = kind
        self.folder = tempfile.mkdtemp(prefix="syndicated-disk-")
        self.image, self.at = os.path.join(self.folder, "image"), os.path.join(self.folder, "at")
        with open(self.image, "wb") as file:
            file.truncate(SIZE)
        os.mkdir(self.at)
        call(f"mkfs.{kind}", "-q", self.image)
        self.mount()

    def mount(self):
        """Puts it in place; its journal is replayed."""
        call("mount", "-o", "loop", self.image, self.at)

    def control(self, request, argument):
        """Asks the file system itself for something."""
        folder = os.open(self.at, os.O_RDONLY)
        try:
            fcntl.ioctl(folder, request, argument)
        finally:
            os.close(folder)

    def cut(self):
        """Takes the power away."""
        self.control(SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))

    @contextlib.contextmanager
    def frozen(self):
        """Answers nobody who writes, for a while."""
        self.control(FREEZE, 0)
        try:
            yield
        finally:
            self.control(THAW, 0)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", "-l", self.at], check=False)
        os.remove(self.image)
        os.rmdir(self.at)
        os.rmdir(self.folder)


def call(*words):
    """Runs a command that must succeed."""
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        raise Lost(f"{' '.join(words)}: {done.stdout.decode(errors='replace')}")

"""The ears of a service manager, to which the daemon says that it is ready and lives (sd_notify(3))."""

import os
import socket
import threading

# What it is told while the daemon lives.
SIGN = "WATCHDOG=1"


class Manager:
    """Hears until the process ends."""

    def __init__(self, folder, watchdog):
        """`watchdog`: the time within which a sign of life is wanted, in seconds."""
        path = os.path.join(folder, "notify.sock")
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(path)
        self.environment = {"NOTIFY_SOCKET": path, "WATCHDOG_USEC": str(watchdog * 1_000_000)}
        self.signs = self.ready = 0
        threading.Thread(target=self.hear, daemon=True).start()

    def hear(self):
        """Counts what it is told."""
        while True:
            said = self.socket.recv(4096).decode(errors="replace").splitlines()
            self.signs += SIGN in said
            self.ready += "READY=1" in said

    def hears(self, newsroom):
        """Waits for a sign of life."""
        known = self.signs
        newsroom.wait("it is told that the daemon lives", lambda: self.signs > known)

    def hears_ready(self, newsroom):
        """Waits until it was told once that the daemon is ready."""
        newsroom.wait("it is told that the daemon is ready", lambda: self.ready > 0)

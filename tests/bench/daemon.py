"""Starts a daemon on a folder of its own, asks it over HTTP, measures it from outside, and stops it."""

import argparse
import http.client
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def arguments(description):
    """What every benchmark can be told."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--binary", default=os.path.join(ROOT, "target", "release", "syndicated"))
    parser.add_argument("--folder", help="where the temporary newsroom is built (default: the system's)")
    parser.add_argument("--seed", type=int, default=7)
    return parser


def pause(seconds):
    """Waits without asking anything."""
    select.select([], [], [], seconds)


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Daemon:
    """A daemon with an inbox, feeds and state below one temporary folder."""

    def __init__(self, options):
        if not os.access(options.binary, os.X_OK):
            sys.exit(f"{options.binary} is not there: cargo build --release")
        self.binary = os.path.abspath(options.binary)
        self.folder = tempfile.mkdtemp(prefix="syndicated-bench-", dir=options.folder)
        self.inbox = os.path.join(self.folder, "inbox")
        self.feeds = os.path.join(self.folder, "feeds")
        self.config = os.path.join(self.folder, "syndicated.toml")
        os.mkdir(self.inbox)
        self.port = free_port()
        with open(self.config, "w", encoding="utf-8") as file:
            file.write(f'title = "Bench"\nbase_url = "http://127.0.0.1:{self.port}"\n'
                       f'inbox = "{self.inbox}"\nfeeds = "{self.feeds}"\nstate = "{self.folder}/state"\n'
                       f'[server]\nlisten = ["127.0.0.1:{self.port}"]\n')
        self.process = None
        self.connection = None
        self.listed = {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, before=()):
        """Starts it, with these words before its command, and returns the time of the start."""
        self.log = open(os.path.join(self.folder, "log"), "ab")
        began = time.perf_counter()
        self.process = subprocess.Popen([*before, self.binary, "--config", self.config], stdin=subprocess.DEVNULL,
                                        stdout=self.log, stderr=self.log, cwd=self.folder)
        return began

    def stop(self):
        """Ends it in order; after half a minute in disorder."""
        if self.connection:
            self.connection.close()
            self.connection = None
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.process:
            self.log.close()
        self.process = None

    def get(self, path, headers=None):
        """(status, headers, body), over one connection that is kept."""
        for attempt in range(2):
            if not self.connection:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
                self.connection.connect()
                self.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                self.connection.request("GET", path, headers=headers or {})
                answer = self.connection.getresponse()
                return answer.status, answer.headers, answer.read()
            except (http.client.HTTPException, ConnectionError):
                self.connection.close()
                self.connection = None
                if attempt:
                    raise

    def wait(self, what, deadline, true, step=0.001):
        """Waits for a state by asking; ends the benchmark when it does not come, with the daemon's last words."""
        end = time.perf_counter() + deadline
        while time.perf_counter() < end:
            if self.process.poll() is not None:
                self.fail(f"the daemon left with {self.process.returncode} before {what}")
            try:
                if true():
                    return time.perf_counter()
            except OSError:
                self.connection = None
            pause(step)
        self.fail(f"not within {deadline} s: {what}")

    def fail(self, reason):
        """Says why, with the end of the log, and ends the benchmark."""
        with open(os.path.join(self.folder, "log"), encoding="utf-8", errors="replace") as file:
            print("".join(file.readlines()[-20:]), file=sys.stderr)
        sys.exit(reason)

    def wait_serving(self, deadline=120):
        """Until anything at all is answered."""
        return self.wait("it serves", deadline, lambda: self.get("/style.css")[0] == 200)

    def wait_complete(self, deadline=3600):
        """Until inbox and catalogue have been compared once: then an unknown path is 404, before it is 503."""
        return self.wait("it is up to date", deadline, lambda: self.get("/nothing-is-here")[0] == 404, 0.02)

    def pages(self, folder=None):
        """How many pages of articles lie under feeds/. A folder is listed again only where it changed, so that counting takes
        no time from what is measured."""
        folder = folder or self.feeds
        now = time.time_ns()
        changed = os.stat(folder).st_mtime_ns
        known = self.listed.get(folder)
        if not known or known[0] != changed:
            with os.scandir(folder) as entries:
                entries = list(entries)
            below = [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
            count = sum(1 for entry in entries if entry.name.endswith(".html") and entry.name != "index.html")
            # What changed a moment ago may change again within the same tick of the file system's clock.
            known = (changed if now - changed > 50_000_000 else 0, below, count)
            self.listed[folder] = known
        return known[2] + sum(self.pages(path) for path in known[1])

    def wait_printed(self, articles, deadline=3600):
        """Until the feeds are there and every article has its page."""
        printed = self.wait("every page is written", deadline, lambda: self.pages() >= articles, 0.05)
        if self.pages() != articles:
            self.fail(f"{self.pages()} pages for {articles} articles")
        return max(printed, self.wait("the feeds are there", deadline, lambda: self.get("/rss.xml")[0] == 200))

    def wait_said(self, *words, deadline=7200):
        """Until a line of its log holds all these words; when it does."""
        with open(os.path.join(self.folder, "log"), encoding="utf-8", errors="replace") as log:
            return self.wait(f"it says {words}", deadline, lambda: any(all(w in line for w in words) for line in log), 0.05)

    def wait_idle(self, deadline=3600):
        """Until it has used next to no processor time for a second: feeds/ has been compared too, and small forms are made."""
        end = time.perf_counter() + deadline
        while time.perf_counter() < end:
            used = self.cpu()
            pause(1)
            if self.cpu() - used < 0.03:
                return
        self.fail(f"busy after {deadline} s")

    def peak(self):
        """The largest resident set so far, MiB."""
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as file:
            for line in file:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) / 1024
        return 0.0

    def cpu(self):
        """Seconds of processor used so far."""
        with open(f"/proc/{self.process.pid}/stat", encoding="utf-8") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def written(self):
        """Bytes it has handed to the kernel to write, sockets included."""
        with open(f"/proc/{self.process.pid}/io", encoding="utf-8") as file:
            return int(next(line for line in file if line.startswith("wchar:")).split()[1])


def percentile(values, share):
    """The value that this share of them does not exceed."""
    values = sorted(values)
    return values[min(len(values) - 1, max(0, round(share * len(values) + 0.5) - 1))]


def report(name, rows):
    """A small table for people, one line of JSON for programs."""
    keys = list(rows[0])
    cells = [keys] + [[f"{row[key]:.2f}" if isinstance(row[key], float) else str(row[key]) for key in keys] for row in rows]
    widths = [max(len(line[column]) for line in cells) for column in range(len(keys))]
    for line in cells:
        print("  ".join(cell.rjust(width) for cell, width in zip(line, widths)))
    print(json.dumps({"bench": name, "cores": os.cpu_count(), "rows": rows}, ensure_ascii=False))

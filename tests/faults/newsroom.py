"""A newsroom under faults: an inbox with a model of what stands in it, a daemon on it, a reader that never stops reading,
and the question that every fault ends with: is everything published, once, whole, under the ids and addresses it had?"""

import argparse
import contextlib
import fcntl
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
import threading
import time
from urllib.parse import quote, unquote
from xml.etree import ElementTree

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ATOM = "{http://www.w3.org/2005/Atom}"

# How long a state may take to come about on a loaded machine before the fault counts as not survived.
DEADLINE = 60


def arguments(description):
    """What every fault can be told."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--binary", default=os.path.join(ROOT, "target", "release", "syndicated"))
    parser.add_argument("--long", action="store_true", help="every step instead of some")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("only", nargs="*", help="parts to run, by name; all without")
    options = parser.parse_args()
    options.binary = os.path.abspath(options.binary)
    if not os.access(options.binary, os.X_OK):
        sys.exit(f"{options.binary} is not there: cargo build --release")
    return options


def pause(seconds):
    """Lets others work between two looks."""
    select.select([], [], [], seconds)


@contextlib.contextmanager
def sysctl(name, value):
    """A kernel setting, put back afterwards. One at a time on the whole machine: faults run beside each other."""
    path = "/proc/sys/" + name.replace(".", "/")
    with open(os.path.join(tempfile.gettempdir(), "syndicated-sysctl.lock"), "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with open(path, encoding="ascii") as file:
            former = file.read()
        with open(path, "w", encoding="ascii") as file:
            file.write(str(value))
        try:
            yield
        finally:
            with open(path, "w", encoding="ascii") as file:
                file.write(former)


class Lost(Exception):
    """A promise that did not hold."""


def run(parts, options):
    """Runs the parts of a fault, tells of each how it went, and ends with 1 if a promise was broken."""
    broken = passed = 0
    # Told to end, it puts everything back first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    for part in parts:
        name = part.__name__.replace("_", " ")
        if options.only and part.__name__ not in options.only:
            continue
        began = time.monotonic()
        try:
            said = part(options) or ""
            passed += 1
            print(f"   holds: {name}{': ' if said else ''}{said} ({time.monotonic() - began:.1f} s)", flush=True)
        except Lost as lost:
            broken += 1
            print(f"   BROKEN: {name}: {lost}", flush=True)
    if not broken and not passed:
        sys.exit("no such part")
    sys.exit(1 if broken else 0)


class Newsroom:
    """An inbox, feeds and state below one temporary folder, and what the model says must be published."""

    def __init__(self, options, folder=None, settings="", inbox=None, feeds=None, state=None):
        self.binary = options.binary
        self.folder = folder or tempfile.mkdtemp(prefix="syndicated-fault-")
        self.inbox = inbox or os.path.join(self.folder, "inbox")
        self.feeds = feeds or os.path.join(self.folder, "feeds")
        self.state = state or os.path.join(self.folder, "state")
        self.config = os.path.join(self.folder, "syndicated.toml")
        self.logfile = os.path.join(self.folder, "log")
        os.makedirs(self.inbox, exist_ok=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.settings = settings or '[intake]\ngrace = "0s"\nguard = 1.0\n'
        self.configure()
        self.process = None
        # File in the inbox → title that its article has now.
        self.stands = {}
        # File → id and address, once seen.
        self.known = {}
        # Every section that ever held an article.
        self.sections = set()

    def configure(self, settings=None):
        """Writes the configuration."""
        if settings is not None:
            self.settings = settings
        with open(self.config, "w", encoding="utf-8") as file:
            file.write(f'title = "Faults"\nbase_url = "http://127.0.0.1:{self.port}"\n'
                       f'inbox = "{self.inbox}"\nfeeds = "{self.feeds}"\nstate = "{self.state}"\n'
                       f'{self.settings}[server]\nlisten = ["127.0.0.1:{self.port}"]\n')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    # ------------------------------------------------------------------------------------------ the inbox

    def path(self, name):
        """Where a file of the inbox lies."""
        return os.path.join(self.inbox, name)

    def drop(self, name, title, body=None, way="close"):
        """Writes an article; its old version, if any, is replaced."""
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        text = f"---\ntitle: {title}\n---\n{body or self.body(name)}\n"
        if way == "rename":
            with open(path + ".part", "w", encoding="utf-8") as file:
                file.write(text)
            os.rename(path + ".part", path)
        else:
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        self.stands[name] = title

    @staticmethod
    def body(name):
        """What an article says through all its revisions, so that it stays the same article."""
        stem = os.path.splitext(os.path.basename(name))[0]
        return f"This is the story of {stem}, which is told at some length so that it is known again. " * 6

    def move(self, name, to):
        """Renames a file: the same article."""
        os.makedirs(os.path.dirname(self.path(to)), exist_ok=True)
        os.rename(self.path(name), self.path(to))
        self.stands[to] = self.stands.pop(name)
        if name in self.known:
            self.known[to] = self.known.pop(name)

    def remove(self, name):
        """Deletes a file."""
        os.remove(self.path(name))
        del self.stands[name]
        self.known.pop(name, None)

    # ------------------------------------------------------------------------------------------ the program

    def start(self, before=(), environment=None):
        """Starts the daemon, below other commands if they are given."""
        self.log = open(self.logfile, "ab")
        self.process = subprocess.Popen([*before, self.binary, "--config", self.config], stdin=subprocess.DEVNULL,
                                        stdout=self.log, stderr=self.log, cwd=self.folder, start_new_session=True,
                                        env={**os.environ, **(environment or {})})
        return self

    def kill(self):
        """Ends it as a crash does."""
        if self.process:
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.log.close()
            self.process = None

    def stop(self):
        """Ends it in order."""
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(DEADLINE)
            except subprocess.TimeoutExpired:
                raise Lost("it does not stop") from None
            self.log.close()
            self.process = None

    def command(self, *words, before=()):
        """Runs another command of the program to its end; its exit code and what it said."""
        done = subprocess.run([*before, self.binary, "--config", self.config, *words], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=self.folder, timeout=DEADLINE * 2)
        return done.returncode, done.stdout.decode(errors="replace")

    def said(self):
        """All that the daemon has said."""
        with open(self.logfile, encoding="utf-8", errors="replace") as file:
            return file.read()

    def get(self, path):
        """(status, headers, body) over a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def wait(self, what, true, deadline=DEADLINE):
        """Waits for a state by looking; what the last look said goes into the failure."""
        end = time.monotonic() + deadline
        last = None
        while True:
            if self.process and self.process.poll() is not None:
                raise Lost(f"it left with {self.process.returncode} before {what}: {self.said()[-600:]}")
            try:
                if true():
                    return
            except (OSError, http.client.HTTPException, Lost) as error:
                last = error
            if time.monotonic() > end:
                raise Lost(f"not within {deadline} s: {what} ({last}); {self.said()[-600:]}")
            pause(0.01)

    def wait_complete(self, deadline=DEADLINE):
        """Until inbox and record were compared: then what is unknown is 404."""
        self.wait("it is up to date", lambda: self.get("/nothing-is-here")[0] == 404, deadline)

    def wait_published(self, deadline=DEADLINE):
        """Until what stands in the inbox is what is published."""
        self.wait("all of it is published", lambda: self.check() or True, deadline)

    # ------------------------------------------------------------------------------------------ the question

    def check(self, served=True):
        """Raises [`Lost`] unless every article of the model is published once, whole, under the id and address it had,
        nothing else is, and no temporary file is left."""
        fetch = (lambda path: self.fetched(path)) if served and self.process else self.on_disk
        entries = json.loads(fetch("/feed.json"))["items"]
        rss = ElementTree.fromstring(fetch("/rss.xml"))
        atom = ElementTree.fromstring(fetch("/atom.xml"))
        titles = sorted(entry["title"] for entry in entries)
        wanted = sorted(self.stands.values())
        if titles != wanted:
            missing = sorted(set(wanted) - set(titles))[:5]
            beyond = sorted(title for title in titles if title not in wanted or titles.count(title) > wanted.count(title))[:5]
            raise Lost(f"{len(titles)} published, {len(wanted)} stand in the inbox; missing {missing}, too many {beyond}")
        ids = [entry["id"] for entry in entries]
        if len(set(ids)) != len(ids):
            raise Lost("an id stands twice in the feed")
        if sorted(ids) != sorted(guid.text for guid in rss.iter("guid")) or \
                sorted(ids) != sorted(entry.findtext(f"{ATOM}id") for entry in atom.iter(f"{ATOM}entry")):
            raise Lost("the three formats differ in their ids")
        by_title = {entry["title"]: entry for entry in entries}
        for name, title in self.stands.items():
            entry = by_title[title]
            address = entry["url"].split(f":{self.port}", 1)[1]
            if self.known.setdefault(name, (entry["id"], address)) != (entry["id"], address):
                raise Lost(f"{name} was {self.known[name]} and is {(entry['id'], address)}")
            page = fetch(address).decode()
            if title not in page or "</html>" not in page:
                raise Lost(f"the page {address} is not the one of {title!r}")
        self.check_sections(fetch)
        left = [os.path.join(folder, name) for folder, _, names in os.walk(self.feeds) for name in names
                if name.endswith(".syndicated-tmp")]
        if left:
            raise Lost(f"left behind: {left}")

    def check_sections(self, fetch):
        """Raises [`Lost`] unless each section's feeds are whole and hold its articles and those of the sections below it."""
        wanted = {section: set() for section in self.sections}
        for name in self.stands:
            section = os.path.dirname(name)
            while section:
                wanted.setdefault(section, set()).add(self.known[name][0])
                section = os.path.dirname(section)
        self.sections |= set(wanted)
        for section, ids in wanted.items():
            # A blank of a folder's name is a hyphen in its address.
            path = quote(f"/{section.replace(' ', '-')}")
            for feed in ("rss.xml", "atom.xml"):
                whole(f"{path}/{feed}", fetch(f"{path}/{feed}"))
            found = {entry["id"] for entry in json.loads(fetch(f"{path}/feed.json"))["items"]}
            # A feed ends somewhere.
            if found - ids or len(found) < min(len(ids), 500):
                raise Lost(f"{section} holds {sorted(found - ids)[:3]} beyond and lacks {sorted(ids - found)[:3]}")

    def on_disk(self, path):
        """A document as it lies under feeds/."""
        with open(os.path.join(self.feeds, unquote(path.lstrip("/"))), "rb") as file:
            return file.read()

    def fetched(self, path):
        """A document as it is served."""
        status, _, body = self.get(path)
        if status != 200:
            raise Lost(f"{path} answers {status}")
        return body


def whole(path, body):
    """Raises unless a document is well formed."""
    try:
        if path.endswith(".xml"):
            ElementTree.fromstring(body)
        elif path.endswith(".json"):
            json.loads(body)
        elif not body.rstrip().endswith(b"</html>"):
            raise Lost(f"{path} is cut off")
    except (ElementTree.ParseError, ValueError) as error:
        raise Lost(f"{path} is broken: {error}") from None


class Reader:
    """Reads feeds without pause while something is done to the daemon, and keeps what it found wrong."""

    def __init__(self, newsroom, paths=("/rss.xml", "/atom.xml", "/feed.json", "/"), must_answer=False):
        self.newsroom, self.paths, self.must_answer = newsroom, paths, must_answer
        self.wrong, self.read = [], 0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.work, daemon=True)

    def work(self):
        """Fetches one after the other."""
        while not self.over.is_set():
            for path in self.paths:
                try:
                    status, headers, body = self.newsroom.get(path)
                except (OSError, http.client.HTTPException) as error:
                    # A daemon that was killed in the middle cuts the connection: a reader sees that the length is wrong.
                    if self.must_answer:
                        self.wrong.append(f"{path}: {error!r}")
                    pause(0.01)
                    continue
                self.read += 1
                try:
                    if status == 200:
                        self.judge(path, body)
                    elif status not in (404, 503) or self.must_answer:
                        raise Lost(f"{path} answers {status}")
                except Lost as lost:
                    self.wrong.append(str(lost))
            pause(0.002)

    def judge(self, path, body):
        """Raises [`Lost`] if a document is not what readers may be given."""
        whole(path if path != "/" else "/index.html", body)

    def __enter__(self):
        if self.must_answer:
            # At the first start documents are printed one after the other: from the first answer on there is always one.
            self.newsroom.wait("all is printed", lambda: all(self.newsroom.get(path)[0] == 200 for path in self.paths))
        self.thread.start()
        return self

    def __exit__(self, kind, *_):
        self.over.set()
        self.thread.join()
        if not kind and self.wrong:
            raise Lost(f"a reader got: {self.wrong[0]} ({len(self.wrong)} times)")
        if not kind and not self.read:
            raise Lost("no reader got anything")

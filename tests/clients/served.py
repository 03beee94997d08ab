"""What a running daemon serves: every document under its feeds folder, fetched over HTTP as a reader fetches it.

The clients beside this file are called as `CLIENT BASE_URL FEEDS_FOLDER INBOX_FOLDER`, print what they found wrong, one finding a
line, and leave with 1 if there was anything.
"""

import os
import sys
import threading
import urllib.error
import urllib.request
from xml.etree import ElementTree

# One answer must be there within this many seconds; everything here is on the same machine.
DEADLINE = 30

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"

FORMATS = {
    "rss.xml": "application/rss+xml; charset=utf-8",
    "atom.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
}


class Site:
    """A served publication, by its base URL and its feeds folder."""

    def __init__(self, base, folder, inbox=""):
        self.base = base.rstrip("/")
        self.folder = os.path.abspath(folder)
        # What a marker in the inbox takes back has a page that answers 410 and says why.
        self.taken_back = {os.path.splitext(name)[0] for _, _, names in os.walk(inbox) for name in names
                           if name.endswith(".withdraw")} if inbox else set()
        self.findings = []
        self.checked = 0

    def documents(self):
        """The paths of every document, sorted; marker files and the like, whose names begin with a dot, are none."""
        found = []
        for folder, folders, names in os.walk(self.folder):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                if not name.startswith("."):
                    found.append(os.path.relpath(os.path.join(folder, name), self.folder))
        return sorted(found)

    def sections(self):
        """Each section's path, the whole publication (the empty path) first."""
        return sorted(
            os.path.dirname(path) for path in self.documents() if os.path.basename(path) == "rss.xml"
        )

    def url(self, path):
        """The address of a document."""
        return f"{self.base}/{urllib.request.quote(path)}"

    def page_status(self, url):
        """What the page at an address is answered with."""
        return 410 if os.path.splitext(os.path.basename(url))[0] in self.taken_back else 200

    def get(self, path, headers=None):
        """(status, headers, body) of a path below the base, or of a whole URL."""
        url = path if "://" in path else self.url(path)
        request = urllib.request.Request(url, headers=headers or {})
        try:
            with urllib.request.urlopen(request, timeout=DEADLINE) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, answer.headers, answer.read()

    def feed(self, section, name):
        """The body of a section's feed; a finding where it is not served as it lies in the folder."""
        path = f"{section}/{name}" if section else name
        status, headers, body = self.get(path)
        self.expect(path, "status", status, 200)
        self.expect(path, "content type", headers.get("Content-Type"), FORMATS[name])
        with open(os.path.join(self.folder, path), "rb") as file:
            self.expect(path, "the file under feeds/ is what is served", body == file.read(), True)
        return path, body

    def find(self, path, what):
        """Notes a fault."""
        self.findings.append(f"{path}: {what}")

    def expect(self, path, what, got, wanted):
        """Notes a fault where two values differ."""
        self.checked += 1
        if got != wanted:
            self.find(path, f"{what}: {short(got)} instead of {short(wanted)}")

    def close(self, said):
        """Prints the outcome and ends the process."""
        for finding in self.findings:
            print(f"  {finding}")
        if not self.checked:
            print("  nothing was checked")
        print(f"  {said}; {self.checked} checks, {len(self.findings)} findings")
        sys.exit(1 if self.findings or not self.checked else 0)


def named():
    """The site named on the command line."""
    if len(sys.argv) < 3:
        sys.exit(f"usage: {sys.argv[0]} BASE_URL FEEDS_FOLDER [INBOX_FOLDER]")
    return Site(*sys.argv[1:4])


def soon(true, seconds=60):
    """Whether something comes true in time, by asking often."""
    pause = threading.Event()
    for _ in range(seconds * 20):
        if true():
            return True
        pause.wait(0.05)
    return False


def short(value):
    """A value for a message."""
    text = repr(value)
    return text if len(text) <= 300 else f"{text[:200]} … ({len(text)} characters)"


def tree(body):
    """An XML document read by expat, namespaces resolved."""
    return ElementTree.fromstring(body)

"""What programs on editors' Windows machines and Macs do with files on a share, call by call, by way of SMB itself."""

import contextlib
import io
import zipfile
from xml.sax.saxutils import escape

from newsroom import Lost, pause
from servers import PASSWORD, USER

try:
    import smbclient
except ImportError:
    smbclient = None

# The seconds that lie between the pieces of a slow copy: longer than a file rests after a close, and than two looks are apart.
SLOW = (0.2, 1.5, 0.2, 2.5, 0.2)

# A resource fork without anything in it, as the Finder lays beside a file (AppleDouble, RFC 1740).
APPLE_DOUBLE = bytes.fromhex("00051607000200004d6163204f5320582020202020202020") + bytes(2)


class Share:
    """A share on the loopback port of a Samba, as a machine sees it that is logged in there."""

    def __init__(self, port):
        if not smbclient:
            raise Lost("the Python package smbprotocol is not there: run it by target/clients/venv/bin/python")
        self.login = {"port": port, "username": USER, "password": PASSWORD}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        smbclient.reset_connection_cache(fail_on_error=False)

    @staticmethod
    def at(name):
        """A file's name on the network."""
        return f"//127.0.0.1/inbox/{name}"

    def open(self, name, mode="wb"):
        """Opens a file, so that others may read it only."""
        return smbclient.open_file(self.at(name), mode=mode, buffering=0, share_access="r", **self.login)

    def lay(self, name, content=b""):
        """Creates a file, writes into it, and closes it."""
        with self.open(name) as file:
            if content:
                file.write(content)

    def folder(self, name):
        """Makes a folder."""
        smbclient.mkdir(self.at(name), **self.login)

    def rename(self, name, to):
        """Renames a file to a name that is free."""
        smbclient.rename(self.at(name), self.at(to), **self.login)

    def replace(self, name, to):
        """Renames a file over another."""
        smbclient.replace(self.at(name), self.at(to), **self.login)

    def date(self, name):
        """Gives a file the time of its original, as copying does."""
        smbclient.utime(self.at(name), times=(1.6e9, 1.6e9), **self.login)

    def remove(self, name):
        """Deletes a file, as SMB does: it is opened, marked and closed."""
        smbclient.remove(self.at(name), **self.login)

    def copy_slowly(self, files, growing, meanwhile):
        """Copies files, all at once: each is created, or emptied if it is there, filled piece by piece, given the time of the
        original, and closed. Explorer makes it as long as it is to be before that; of those in `growing` nobody says how
        long they will be. Calls `meanwhile` between the pieces."""
        with contextlib.ExitStack() as stack:
            copies = [(name, stack.enter_context(self.open(name)), content) for name, content in files.items()]
            for name, file, content in copies:
                if name not in growing:
                    file.truncate(len(content))
            for number, seconds in enumerate(SLOW):
                for _, file, content in copies:
                    file.write(piece(content, number))
                pause(seconds)
                meanwhile()
            for name, file, content in copies:
                file.write(piece(content, len(SLOW)))
                self.date(name)

    def notepad_saves(self, name, content):
        """Writes over what is there, and cuts off what is left behind it."""
        with self.open(name, "r+b") as file:
            file.write(content)
            file.truncate(len(content))

    def word_saves(self, name, content):
        """Writes another file, renames the old one away and the new one into its place, and deletes the old one. A file
        beside it says meanwhile who has it open."""
        folder, _, own = name.rpartition("/")
        with self.open(f"{folder}/~${own[2:]}") as owner:
            owner.write(b"\x06editor".ljust(162, b" "))
            if not smbclient.path.exists(self.at(name), **self.login):
                # It tries whether it may.
                self.lay(name)
                self.remove(name)
                self.lay(f"{folder}/~WRD0000.tmp", content)
                self.rename(f"{folder}/~WRD0000.tmp", name)
            else:
                self.lay(f"{folder}/~WRD0001.tmp", content)
                self.rename(name, f"{folder}/~WRL0002.tmp")
                pause(0.3)
                self.rename(f"{folder}/~WRD0001.tmp", name)
                self.remove(f"{folder}/~WRL0002.tmp")
        self.remove(f"{folder}/~${own[2:]}")

    def finder_copies(self, name, content, rest):
        """Creates an empty file and closes it, lays what belongs to it beside it, and fills it after a while."""
        folder, _, own = name.rpartition("/")
        self.lay(name)
        self.lay(f"{folder}/.DS_Store", b"\x00\x00\x00\x01Bud1")
        self.lay(f"{folder}/._{own}", APPLE_DOUBLE)
        pause(rest)
        with self.open(name, "r+b") as file:
            file.write(content)


def piece(content, number):
    """One of as many pieces as a slow copy has."""
    size = len(content) // (len(SLOW) + 1) + 1
    return content[size * number:size * (number + 1)]


def docx(title, body):
    """A document of Word's: a title and a paragraph."""
    def paragraph(text, style):
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>'
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/'
                               f'vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
                               f'ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Target="word/document.xml" '
                       f'Type="{office}/relationships/officeDocument"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
                             f'{paragraph(title, "Title")}{paragraph(body, "Normal")}</w:body></w:document>',
    }
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return whole.getvalue()

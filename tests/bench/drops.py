"""Drops one article and waits for the feed that holds it, over HTTP."""

import os
import time


def drop(daemon, section, number, writer, renamed):
    """Milliseconds from just before its close (or rename) to the feed."""
    name = f"drop-{number}"
    title = f"Drop number {number} of the bench"
    path = os.path.join(daemon.inbox, section, f"{name}.md")
    text = writer.article(title).encode()
    status, headers, _ = daemon.get(f"/{section}/rss.xml")
    assert status == 200, status
    tag = headers["ETag"]
    if renamed:
        with open(f"{path}.part", "wb") as file:
            file.write(text)
        began = time.perf_counter()
        os.rename(f"{path}.part", path)
    else:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        os.write(file, text)
        began = time.perf_counter()
        os.close(file)
    wanted = f"<title>{title}</title>".encode()

    def there():
        nonlocal tag
        status, headers, body = daemon.get(f"/{section}/rss.xml", {"If-None-Match": tag})
        if status == 200:
            tag = headers["ETag"]
        return status == 200 and wanted in body

    return (daemon.wait("the drop is in the feed", 60, there, 0.0001) - began) * 1000

"""Writes an inbox of any size: Markdown articles of about five kilobytes, the same for the same seed."""

import os
import random

TITLE = ("Harbour", "Council", "Ferry", "Orchard", "Library", "Bridge", "Market", "Observatory", "Tram", "Reservoir",
         "Lighthouse", "School", "Quarry", "Theatre", "Canal", "Hospital", "Archive", "Vineyard", "Station", "Museum")
VERB = ("opens", "closes", "moves", "counts", "repairs", "forgets", "celebrates", "measures", "paints", "sells",
        "borrows", "defends", "explains", "postpones", "translates", "votes on", "inherits", "lights", "drains", "maps")
OBJECT = ("a bell", "its north gate", "forty benches", "the winter timetable", "a letter of 1911", "two cranes",
          "the old weighing stone", "a disputed hedge", "its own minutes", "the tide tables", "a borrowed piano",
          "the last gas lamp", "nine herons", "a new key", "the flood marks", "an unread petition")
SENTENCES = (
    "The clerk read the figures twice and then asked for the window to be opened.",
    "Nobody at the table could say when the practice had begun, or who had paid for it until now.",
    "A second survey, ordered in spring, found the foundations dry and the drawings wrong by a hand's breadth.",
    "It will cost less than the road and last longer than the people who object to it, the engineer said.",
    "Residents of the south bank have until the end of the month to object in writing, or aloud on Thursdays.",
    "By noon the queue had reached the corn exchange, where it met another queue and a short argument followed.",
    "The committee adjourned without a vote & will meet again when the river has fallen below four metres.",
    "“We kept the receipts,” the treasurer said, and produced them, in a biscuit tin, in order of size.",
    "Rain is expected from the west; the ferries will run, the balloon will not.",
    "记者在现场看到,新栈道比原先的岸线低了四十厘米,涨水的日子会被淹掉一截。",
    "市民可在本月底前提出意见,书面或者口头都可以,每周四下午有人值班。",
    "这项工程预计明年汛期前完工,届时两岸步道将在铁桥下相接。",
)


# When the files of an archive were last changed: 1 January 2026, UTC.
OLD = 1_767_225_600


class Writer:
    """A seeded author."""

    def __init__(self, seed=7):
        self.random = random.Random(seed)

    def title(self):
        """A headline; two may be alike, as in life."""
        pick = self.random.choice
        return f"{pick(TITLE)} {pick(VERB)} {pick(OBJECT)}"

    def body(self, length=5000):
        """Paragraphs with a link, a list and emphasis now and then, of about `length` bytes."""
        parts, size = [], 0
        while size < length:
            sentences = self.random.choices(SENTENCES, k=self.random.randint(3, 6))
            if self.random.random() < 0.2:
                paragraph = "\n".join(f"- *{sentence}*" for sentence in sentences)
            else:
                paragraph = " ".join(sentences)
            if self.random.random() < 0.15:
                paragraph += " [The minutes](https://archive.example/minutes?year=1911&page=4) are public."
            parts.append(paragraph)
            size += len(paragraph.encode()) + 2
        return "\n\n".join(parts) + "\n"

    def article(self, title, date=None, length=5000):
        """A whole file. Without a date it came out when it was dropped."""
        head = f'---\ntitle: "{title}"\nauthor: {self.random.choice(("Ida Marsh", "Tobias Quill", "岑牧野"))}\n'
        if date:
            head += f"date: {date}\n"
        return f"{head}tags: [{self.random.choice(TITLE).lower()}]\n---\n\n{self.body(length)}"


class Wordy(Writer):
    """An author whose bodies are half of sentences that recur and half of words that do not: they compress about as well as a
    newspaper's."""

    def body(self, length=5000):
        words = ("".join(self.random.choices("abcdefghijklmnoprstuvwy", k=self.random.randint(3, 9)))
                 for _ in range(length // 2 // 7))
        return f"{super().body(length // 2)}\n{' '.join(words)}.\n"


def fill(inbox, count, sections, seed=7):
    """`count` articles, dated from 2020 on, spread over the sections in folders by day."""
    def place(number):
        day = number // 40
        year, month, date = 2020 + day // 336 % 6, day % 336 // 28 + 1, day % 28 + 1
        return f"{sections[number % len(sections)]}/{year:04}/{month:02}/{date:02}", (year, month, date)
    write(inbox, count, place, seed)


def fill_archive(inbox, count, sections, seed=7):
    """`count` articles in as many sections, a hundred of which have a parent in common: each its own folder, ten a day."""
    def place(number):
        section, day = number % sections, number // sections // 10
        return f"region-{section // 100:03}/town-{section % 100:02}", (2020 + day // 336 % 6, day % 336 // 28 + 1, day % 28 + 1)
    write(inbox, count, place, seed)


def write(inbox, count, place, seed):
    """Writes articles to where `place` puts each by its number: a folder and a day."""
    writer = Writer(seed)
    # A stock of bodies: making each one afresh would take longer than the thing that is measured.
    stock = [writer.article("%TITLE%", "%DATE%") for _ in range(min(count, 500))]
    folders = set()
    for number in range(count):
        folder, (year, month, day) = place(number)
        folder = os.path.join(inbox, folder)
        if folder not in folders:
            os.makedirs(folder, exist_ok=True)
            folders.add(folder)
        second = number % 86400
        stamp = f"{year:04}-{month:02}-{day:02}T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z"
        text = stock[number % len(stock)].replace("%TITLE%", f"{writer.title()} ({number})").replace("%DATE%", stamp)
        path = os.path.join(folder, f"article-{number:06}.md")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        # A file changed a moment ago may still be being written, and is given time: these have lain here for long.
        os.utime(path, (OLD, OLD))

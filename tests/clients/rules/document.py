"""A document as the rules see it: its elements, the lines they stand on, and where its findings go."""

import xml.parsers.expat
from xml.etree import ElementTree

from rules.values import check_language
from served import ATOM, CONTENT, DC, MEDIA

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
XML = "{http://www.w3.org/XML/1998/namespace}"
# The prefix by which the service expects each namespace (ReservedPrefix, NonstdPrefix).
PREFIXES = {ATOM: "atom", CONTENT: "content", DC: "dc", MEDIA: "media", ITUNES: "itunes"}


class Document:
    """One XML document, read by expat."""

    def __init__(self, site, path, body):
        self.site = site
        self.path = path
        self.text = body.decode("utf-8")
        self.referring = [False] + ["&#x" in line for line in self.text.split("\n")]
        self.lines = {}
        self.root = self.read(body)
        self.kind = self.root.tag.rpartition("}")[2]

    def read(self, body):
        """The root element."""
        parser = xml.parsers.expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        builder = ElementTree.TreeBuilder()
        opened = []

        def named(name):
            return "{" + name if "}" in name else name

        def start(name, attributes):
            element = builder.start(named(name), {named(key): value for key, value in attributes.items()})
            opened.append((element, parser.CurrentLineNumber))

        def end(name):
            element, line = opened.pop()
            self.lines[element] = (line, parser.CurrentLineNumber)
            builder.end(named(name))

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = builder.data
        parser.Parse(body, True)
        return builder.close()

    def rule(self, where, name, holds, value=""):
        """A rule by its documented name, which holds or is a finding."""
        self.site.checked += 1
        if not holds:
            self.site.find(where, f"{name} {value!r:.200}" if value != "" else name)

    def refers_by_number(self, element):
        """Whether `&#x…;` stands on a line of the element: the service then takes its `&` and `<` for meant."""
        first, last = self.lines[element]
        return any(self.referring[first:last + 1])


def short(tag):
    """An element's name as people write it."""
    space, _, name = tag.rpartition("}")
    prefix = PREFIXES.get(space + "}")
    return f"{prefix}:{name}" if prefix else name


class May:
    """What an element may be where it stands: its checks, its attributes, whether it may stand again, and what of."""

    def __init__(self, *checks, attributes=(), again=False, twice="DuplicateElement", children=None):
        self.checks = checks
        self.attributes = set(attributes)
        self.again = again
        self.twice = twice
        self.children = children


def check_children(document, where, parent, grammar):
    """Every child is known, stands as often as it may, and keeps its own rules; there is no text between them."""
    seen = set()
    document.rule(where, "UnexpectedText", not (parent.text or "").strip(), parent.text)
    for child in parent:
        here = f"{where} {short(child.tag)}"
        document.rule(here, "UnexpectedText", not (child.tail or "").strip(), child.tail)
        may = grammar.get(child.tag)
        document.rule(here, "UndefinedElement", may is not None)
        if may is None:
            continue
        document.rule(here, may.twice, may.again or child.tag not in seen)
        seen.add(child.tag)
        unknown = {key for key in child.keys() if not key.startswith(XML)} - may.attributes
        document.rule(here, "UnexpectedAttribute", not unknown, unknown)
        if f"{XML}lang" in child.keys():
            check_language(document, f"{here} xml:lang", child.get(f"{XML}lang"))
        if may.children is not None:
            check_children(document, here, child, may.children)
        else:
            document.rule(here, "UndefinedElement", len(child) == 0, [short(c.tag) for c in child])
        for check in may.checks:
            check(document, here, child)


def check_need(document, where, parent, names, rule="MissingElement"):
    """Children that must be there."""
    for name in names:
        document.rule(where, f"{rule} {short(name)}", parent.find(name) is not None)

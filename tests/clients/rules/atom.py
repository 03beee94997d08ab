"""Rules for Atom 1.0 beyond its grammar, which is jing's business (`schemas`)."""

import re
from datetime import datetime

from rules.document import May, check_children, check_need
from rules.markup import check_html
from rules.media import ENTRY
from rules.values import (check_characters, check_filled, check_identifier, check_language, check_markup, check_mime,
                          check_name, check_number, check_plain, check_reference, check_reference_text, check_rfc3339)
from served import ATOM

# Registered, and known to the service.
RELATIONS = set("""alternate current describedby edit edit-media enclosure first hub last license next next-archive
    payment prev-archive previous related replies search self service up via""".split())
OF_FEEDS_ONLY = {"current", "first", "last", "next", "next-archive", "prev-archive", "previous"}
OF_FEEDS = {"application/atom+xml", "application/rss+xml", "application/rdf+xml"}
LINK_ATTRIBUTES = ("href", "rel", "type", "hreflang", "title", "length")


def check_link(document, where, link):
    relation = link.get("rel", "alternate")
    document.rule(where, "UnregisteredAtomLinkRel", relation in RELATIONS, relation)
    document.rule(where, "MissingHref", link.get("href") is not None)
    check_reference(document, f"{where} href", link.get("href"))
    if link.get("type") is not None:
        check_mime(document, where, link.get("type"))
        fits = relation != "self" or link.get("type").split(";")[0] in OF_FEEDS
        document.rule(where, "SelfNotAtom", fits, link.get("type"))
    if link.get("length") is not None:
        check_number(document, f"{where} length", link.get("length"), 0, "InvalidNonNegativeInteger")
    if link.get("hreflang") is not None:
        check_language(document, f"{where} hreflang", link.get("hreflang"))
    if link.get("title") is not None:
        document.rule(where, "AttrNotBlank title", bool(link.get("title")))
        check_markup(document, f"{where} title", link.get("title"), document.refers_by_number(link), "ContainsHTML")
    document.rule(where, "AtomLinkNotEmpty", not (link.text or "").strip())


def check_self(document, element, rule):
    """A feed links to itself, where it was fetched."""
    own = [link.get("href") for link in element.findall(f"{ATOM}link") if link.get("rel") == "self"]
    document.rule(document.path, rule, bool(own))
    for href in own:
        document.rule(document.path, "RelativeSelf", bool(re.match(r"^https?://[^/]", href or "")), href)
        document.rule(document.path, "SelfDoesntMatchLocation", href == document.site.url(document.path), href)


def check_alternates(document, where, element):
    kinds = [(link.get("type"), link.get("hreflang")) for link in element.findall(f"{ATOM}link")
             if link.get("rel", "alternate") == "alternate"]
    document.rule(where, "DuplicateAtomLink", len(set(kinds)) == len(kinds), kinds)


def check_text(document, where, element):
    """A text construct: plain unless it says that it is HTML. White space is part of it."""
    kind = element.get("type", "text")
    document.rule(where, "InvalidTextType", kind in ("text", "html"), kind)
    document.rule(where, "NotBlank", bool(element.text))
    if kind == "html":
        check_html(document, where, element.text or "")
    else:
        check_markup(document, where, element.text or "", document.refers_by_number(element), "ContainsUndeclaredHTML")


def check_term(document, where, element):
    document.rule(where, "NotBlank", bool(element.get("term")))
    check_characters(document, where, element.get("term", ""))
    if element.get("label") is not None:
        by_number = document.refers_by_number(element)
        check_markup(document, f"{where} label", element.get("label"), by_number, "ContainsHTML")


PERSON = {f"{ATOM}name": May(check_name), f"{ATOM}uri": May(check_reference_text)}
BOTH = {
    f"{ATOM}author": May(again=True, children=PERSON),
    f"{ATOM}contributor": May(again=True, children=PERSON),
    f"{ATOM}category": May(check_term, attributes=("term", "scheme", "label"), again=True),
    f"{ATOM}id": May(check_identifier),
    f"{ATOM}link": May(check_link, attributes=LINK_ATTRIBUTES, again=True),
    f"{ATOM}rights": May(check_text, attributes=("type",)),
    f"{ATOM}title": May(check_text, attributes=("type",)),
    f"{ATOM}updated": May(check_rfc3339),
}
ATOM_ENTRY = BOTH | ENTRY | {
    f"{ATOM}content": May(check_text, attributes=("type",)),
    f"{ATOM}published": May(check_rfc3339),
    f"{ATOM}summary": May(check_text, attributes=("type",)),
}
FEED = BOTH | {
    f"{ATOM}entry": May(again=True, children=ATOM_ENTRY),
    f"{ATOM}generator": May(check_plain, check_filled, attributes=("uri", "version")),
    f"{ATOM}icon": May(check_reference_text),
    f"{ATOM}logo": May(check_reference_text),
    f"{ATOM}subtitle": May(check_text, attributes=("type",)),
}


def check_atom(document):
    """A whole feed."""
    feed, where = document.root, document.path
    document.rule(where, "InvalidNamespace", feed.tag == f"{ATOM}feed", feed.tag)
    check_language(document, f"{where} xml:lang", feed.get("{http://www.w3.org/XML/1998/namespace}lang"))
    check_children(document, where, feed, FEED)
    check_need(document, where, feed, [f"{ATOM}title", f"{ATOM}id", f"{ATOM}updated", f"{ATOM}author"])
    check_self(document, feed, "MissingSelf")
    check_alternates(document, where, feed)
    for link in feed.findall(f"{ATOM}entry/{ATOM}link"):
        document.rule(where, "FeedHistoryRelInEntry", link.get("rel") not in OF_FEEDS_ONLY, link.get("rel"))
    tags = [child.tag for child in feed]
    if f"{ATOM}entry" in tags:
        document.rule(where, "MisplacedMetadata", set(tags[tags.index(f"{ATOM}entry"):]) == {f"{ATOM}entry"})
    entries = feed.findall(f"{ATOM}entry")
    for name, rule in ((f"{ATOM}id", "DuplicateEntries"), (f"{ATOM}updated", "DuplicateUpdated")):
        values = [entry.findtext(name) for entry in entries]
        document.rule(where, rule, len(set(values)) == len(values), sorted({v for v in values if values.count(v) > 1}))
    for entry in entries:
        check_entry(document, f"{where} {entry.findtext(f'{ATOM}id')}", entry)
    # Ours: a reader that asks for what is new since the feed's date misses nothing.
    times = [datetime.fromisoformat(entry.findtext(f"{ATOM}updated").replace("Z", "+00:00")) for entry in entries]
    updated = datetime.fromisoformat(feed.findtext(f"{ATOM}updated").replace("Z", "+00:00"))
    document.rule(where, "ours: the feed is as new as its newest entry", not times or updated >= max(times))


def check_entry(document, where, entry):
    """What the parts of an entry are to each other."""
    check_need(document, where, entry, [f"{ATOM}title", f"{ATOM}id", f"{ATOM}updated", f"{ATOM}author"])
    check_alternates(document, where, entry)
    for author in entry.findall(f"{ATOM}author"):
        check_need(document, f"{where} author", author, [f"{ATOM}name"])
    content = entry.find(f"{ATOM}content")
    if content is None:
        document.rule(where, "MissingTextualContent", entry.find(f"{ATOM}summary") is not None)
        alternates = [link for link in entry.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
        document.rule(where, "MissingContentOrAlternate", bool(alternates))
    # Ours: nothing is said twice.
    for name, texts in (("author", [n.text for n in entry.findall(f"{ATOM}author/{ATOM}name")]),
                        ("category", [c.get("term") for c in entry.findall(f"{ATOM}category")])):
        document.rule(where, f"ours: {name} twice", len(set(texts)) == len(texts), texts)

"""Rules for RSS 2.0."""

import re

from rules.atom import check_link, check_self
from rules.document import May, check_children, check_need
from rules.markup import check_html_text
from rules.media import ENTRY, EPISODE, PODCAST, check_podcast
from rules.values import (check_characters, check_filled, check_full, check_full_text, check_http, check_language_text,
                          check_mime, check_number, check_plain, check_positive, check_rfc3339, check_rfc822, value_of)
from served import ATOM, CONTENT, DC


def check_text(document, where, element):
    check_characters(document, where, value_of(element))


def check_picture(document, where, element):
    check_full_text(document, where, element)
    extension = value_of(element).rpartition(".")[2].lower()
    fits = not re.match(r"^\w+$", extension) or extension in ("jpg", "jpeg", "gif", "png")
    document.rule(where, "ImageUrlFormat", fits, element.text)


def check_side(most, rule):
    def check(document, where, element):
        value = value_of(element)
        document.rule(where, rule, value.isdigit() and 0 < int(value) <= most, value)
    return check


def check_guid(document, where, element):
    value = value_of(element)
    check_filled(document, where, element)
    permanent = element.get("isPermaLink", "true")
    document.rule(where, "InvalidBooleanAttribute", permanent in ("true", "false"), permanent)
    if permanent == "true":
        check_full(document, where, value, "InvalidHttpGUID")
        document.rule(where, "InvalidPermalink", not value.lower().startswith(("tag:", "urn:uuid:")), value)
    else:
        document.rule(where, "NotSufficientlyUnique", not (value.isdigit() and len(value) < 9), value)


def check_enclosure(document, where, element):
    check_http(document, f"{where} url", element.get("url"))
    check_number(document, f"{where} length", element.get("length"), 0, "InvalidIntegerAttribute")
    check_mime(document, f"{where} type", element.get("type"), "InvalidMIMEAttribute")


IMAGE = {
    "url": May(check_picture), "title": May(check_filled, check_plain), "link": May(check_full_text),
    "width": May(check_side(144, "InvalidWidth")), "height": May(check_side(400, "InvalidHeight")),
    "description": May(check_plain),
}
ITEM = ENTRY | EPISODE | {
    "title": May(check_plain, check_filled),
    "link": May(check_full_text),
    "description": May(check_html_text),
    "category": May(check_plain, check_filled, attributes=("domain",), again=True),
    "comments": May(check_full_text),
    "enclosure": May(check_enclosure, attributes=("url", "length", "type"), twice="DuplicateEnclosure"),
    "guid": May(check_guid, attributes=("isPermaLink",)),
    "pubDate": May(check_rfc822),
    f"{ATOM}link": May(check_link, attributes=("href", "rel", "type", "hreflang", "title", "length"), again=True),
    f"{ATOM}updated": May(check_rfc3339),
    f"{CONTENT}encoded": May(check_html_text),
    f"{DC}creator": May(check_text, again=True),
    f"{DC}contributor": May(check_text, again=True),
    f"{DC}language": May(check_language_text),
    f"{DC}rights": May(check_plain),
    # `author` is missing: it wants a mail address (InvalidContact, MissingRealName), and with `dc:creator` it says the
    # same twice (DuplicateItemSemantics).
}
CHANNEL = PODCAST | {
    "title": May(check_plain, check_filled),
    "link": May(check_full_text),
    "description": May(check_plain),
    "language": May(check_language_text),
    "copyright": May(check_plain),
    "pubDate": May(check_rfc822),
    "lastBuildDate": May(check_rfc822),
    "category": May(check_plain, attributes=("domain",), again=True),
    "generator": May(check_text),
    "docs": May(check_full_text),
    "ttl": May(check_positive, check_filled),
    "image": May(children=IMAGE),
    f"{ATOM}link": May(check_link, attributes=("href", "rel", "type", "hreflang", "title", "length"), again=True),
    "item": May(again=True, children=ITEM),
}


def check_rss(document):
    """A whole feed."""
    root, where = document.root, document.path
    document.rule(where, "InvalidRSSVersion", (root.tag, root.get("version")) == ("rss", "2.0"), root.get("version"))
    document.rule(where, "UnexpectedAttribute", set(root.keys()) == {"version"}, set(root.keys()))
    check_children(document, where, root, {"channel": May(children=CHANNEL)})
    check_need(document, where, root, ["channel"])
    channel = root.find("channel")
    check_need(document, where, channel, ["description", "link", "title", "language"])
    check_self(document, channel, "MissingAtomSelfLink")
    tags = [child.tag for child in channel]
    if "item" in tags:
        document.rule(where, "MisplacedItem", set(tags[tags.index("item"):]) == {"item"})
    image = channel.find("image")
    if image is not None:
        check_need(document, f"{where} image", image, ["url", "title", "link"])
        document.rule(where, "ImageLinkDoesntMatch", image.findtext("link") == channel.findtext("link"))
        document.rule(where, "ImageTitleDoesntMatch", image.findtext("title") == channel.findtext("title"))
    items = channel.findall("item")
    ids = [item.findtext("guid") for item in items]
    document.rule(where, "DuplicateValue guid", len(set(ids)) == len(ids))
    for item in items:
        check_item(document, f"{where} {item.findtext('guid')}", item)
    check_podcast(document, where, channel, items)


def check_item(document, where, item):
    """What the parts of an item are to each other."""
    tags = [child.tag for child in item]
    document.rule(where, "ItemMustContainTitleOrDescription", "title" in tags or "description" in tags)
    document.rule(where, "MissingGuid", "guid" in tags)
    if f"{CONTENT}encoded" in tags:
        before = tags[:tags.index(f"{CONTENT}encoded")]
        document.rule(where, "NeedDescriptionBeforeContent", "description" in before)
    # Ours: every item has these, and says nothing twice.
    document.rule(where, "ours: title, link and pubDate", {"title", "link", "pubDate"} <= set(tags))
    for name in ("category", f"{DC}creator"):
        texts = [element.text for element in item.findall(name)]
        document.rule(where, f"ours: {name} twice", len(set(texts)) == len(texts), texts)

"""Rules for the `media` and `itunes` namespaces, in whichever feed they stand."""

import re

from rules.document import ITUNES, May, check_need
from rules.markup import check_html
from rules.values import (check_filled, check_full, check_full_text, check_http, check_language, check_mime,
                          check_number, check_plain, check_positive, value_of)
from served import MEDIA

MEDIUMS = {"image", "audio", "video", "document", "executable"}
TIME = re.compile(r"^(now|\d+(\.\d+)?|\d+:\d\d:\d\d(\.\d+)?)$")
MAIL = re.compile(r"^[\w\-+.']+@([A-Za-z0-9\-]+\.)+[A-Za-z0-9][-A-Za-z0-9]*$")
DURATION = re.compile(r"^\d+(:[0-5]\d(:[0-5]\d)?)?$")
FORMATS = {"m4a", "mp3", "mov", "mp4", "m4v", "pdf", "epub"}
# The first level of Apple's list (podcasters.apple.com/support/1691); the service knows the second as well.
CATEGORIES = {"Arts", "Business", "Comedy", "Education", "Fiction", "Government", "History", "Health & Fitness",
              "Kids & Family", "Leisure", "Music", "News", "Religion & Spirituality", "Science", "Society & Culture",
              "Sports", "Technology", "True Crime", "TV & Film"}


def check_content(document, where, element):
    if element.get("url") is not None:
        check_full(document, f"{where} url", element.get("url"))
    for name in ("fileSize", "width", "height"):
        if element.get(name) is not None:
            check_number(document, f"{where} {name}", element.get(name), 1, "InvalidPositiveInteger")
    for name in ("bitrate", "duration", "framerate", "samplingrate"):
        value = element.get(name, "1")
        document.rule(f"{where} {name}", "InvalidFloat", bool(re.match(r"^\d+\.?\d*", value)), value)
    if element.get("channels") is not None:
        check_number(document, f"{where} channels", element.get("channels"), 0, "InvalidNonNegativeInteger")
    document.rule(where, "InvalidMediaMedium", element.get("medium", "image") in MEDIUMS, element.get("medium", ""))
    expression = element.get("expression", "full")
    document.rule(where, "InvalidMediaExpression", expression in ("sample", "full", "nonstop"), expression)
    document.rule(where, "InvalidTrueFalse", element.get("isDefault", "true").lower() in ("true", "false"))
    if element.get("type") is not None:
        check_mime(document, where, element.get("type"), "InvalidMIMEAttribute")
    if element.get("lang") is not None:
        check_language(document, where, element.get("lang"))


def check_words(document, where, element):
    """A title or description, plain unless it says that it is HTML."""
    kind = element.get("type", "plain")
    document.rule(where, "InvalidMediaTextType", kind in ("plain", "html"), kind)
    if kind == "html":
        check_html(document, where, element.text or "")
    else:
        check_plain(document, where, element, "ContainsUndeclaredHTML")


def check_thumbnail(document, where, element):
    check_full(document, f"{where} url", element.get("url"))
    for name in ("width", "height"):
        if element.get(name) is not None:
            check_number(document, f"{where} {name}", element.get(name), 1, "InvalidPositiveInteger")
    document.rule(where, "InvalidNPTTime", bool(TIME.match(element.get("time", "0"))), element.get("time", ""))


def check_role(document, where, element):
    """The EBU's roles: of them all we have cause to name these."""
    known = {"author", "photographer", "illustrator", "reporter", "editor", "producer", "camera operator", "composer"}
    role, scheme = element.get("role"), element.get("scheme", "urn:ebu")
    fits = role is None or role in known or (scheme != "urn:ebu" and role == role.lower())
    document.rule(where, "InvalidCreditRole", fits, role or "")


def check_group(document, where, element):
    contents = element.findall(f"{MEDIA}content")
    document.rule(where, "MediaGroupWithoutAlternatives", len(contents) >= 2)


DETAILS = {
    f"{MEDIA}title": May(check_words, attributes=("type",)),
    f"{MEDIA}description": May(check_words, attributes=("type",)),
    f"{MEDIA}credit": May(check_role, attributes=("role", "scheme"), again=True),
    f"{MEDIA}copyright": May(attributes=("url",)),
    f"{MEDIA}thumbnail": May(check_thumbnail, attributes=("url", "width", "height", "time"), again=True),
    f"{MEDIA}keywords": May(again=True),
}
CONTENT_ATTRIBUTES = ("url", "type", "medium", "fileSize", "width", "height", "duration", "lang", "bitrate", "channels",
                      "expression", "framerate", "isDefault", "samplingrate")
ENTRY = DETAILS | {
    f"{MEDIA}content": May(check_content, attributes=CONTENT_ATTRIBUTES, again=True, children=DETAILS),
    f"{MEDIA}group": May(check_group, again=True, children=DETAILS | {
        f"{MEDIA}content": May(check_content, attributes=CONTENT_ATTRIBUTES, again=True, children=DETAILS)}),
}


def of_length(most):
    """Plain text of so many characters at the most."""
    def check(document, where, element):
        document.rule(where, "TooLong", len(value_of(element)) <= most, len(value_of(element)))
        check_plain(document, where, element)
    return check


def one_of(rule, *values):
    def check(document, where, element):
        document.rule(where, rule, (element.text or "") in values, element.text)
    return check


def check_truth(document, where, element):
    document.rule(where, "InvalidTrueFalse", (element.text or "").lower() in ("true", "false"), element.text)


def check_block(document, where, element):
    document.rule(where, "InvalidYesNoClean", (element.text or "").lower() in ("yes", "no", "clean"), element.text)


def check_duration(document, where, element):
    document.rule(where, "InvalidDuration", bool(DURATION.match(value_of(element))), element.text)


def check_keywords(document, where, element):
    document.rule(where, "InvalidKeywords", " " not in value_of(element) or "," in value_of(element), element.text)


def check_image(document, where, element):
    check_http(document, f"{where} href", element.get("href"))


def check_mail(document, where, element):
    document.rule(where, "InvalidContact", bool(MAIL.match(value_of(element))), element.text)


def check_owner(document, where, element):
    check_need(document, where, element, [f"{ITUNES}email"])


def check_category(document, where, element):
    document.rule(where, "InvalidItunesCategory", element.get("text") in CATEGORIES, element.get("text"))


BOTH = {
    f"{ITUNES}author": May(of_length(255)),
    f"{ITUNES}block": May(check_block),
    f"{ITUNES}explicit": May(check_truth),
    f"{ITUNES}keywords": May(of_length(255), check_keywords),
    f"{ITUNES}subtitle": May(of_length(255)),
    f"{ITUNES}summary": May(of_length(4000)),
    f"{ITUNES}image": May(check_image, attributes=("href",)),
}
PODCAST = BOTH | {
    f"{ITUNES}owner": May(check_owner, children={
        f"{ITUNES}email": May(check_mail), f"{ITUNES}name": May(of_length(255))}),
    f"{ITUNES}category": May(check_category, attributes=("text",), again=True, children={
        f"{ITUNES}category": May(attributes=("text",))}),
    f"{ITUNES}new-feed-url": May(check_full_text),
    f"{ITUNES}type": May(one_of("InvalidItunesChannelType", "episodic", "serial")),
}
EPISODE = BOTH | {
    f"{ITUNES}title": May(check_filled),
    f"{ITUNES}duration": May(check_duration),
    f"{ITUNES}episode": May(check_positive),
    f"{ITUNES}season": May(check_positive),
    f"{ITUNES}episodeType": May(one_of("InvalidItunesEpisodeType", "full", "trailer", "bonus")),
}


def check_podcast(document, where, channel, items):
    """A feed with any element of this namespace has to have all that a directory asks for."""
    if not any(element.tag.startswith(ITUNES) for element in channel.iter()):
        return
    check_need(document, where, channel, [f"{ITUNES}category", f"{ITUNES}explicit"], "MissingItunesElement")
    check_need(document, where, channel, [f"{ITUNES}owner"], "MissingItunesEmail")
    if any(child.tag.startswith(ITUNES) for child in channel):
        return
    # Apple's formats are asked for only where the namespace first stands in an item.
    for item in items:
        for enclosure in item.findall("enclosure"):
            of_item = any(child.tag.startswith(ITUNES) for child in item)
            extension = enclosure.get("url", "").rpartition(".")[2]
            document.rule(where, "UnsupportedItunesFormat", not of_item or extension in FORMATS, enclosure.get("url"))

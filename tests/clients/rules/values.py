"""Rules for single values: addresses, identifiers, dates, languages, types, numbers, plain text."""

import html.entities
import re
import unicodedata
import urllib.parse
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from rules.names import TAGS

DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
RFC822 = re.compile(r"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
                    r"\d\d:\d\d:\d\d ([+-]\d\d[03]0|GMT)$")
RFC3339 = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
# RFC 2396 knows no brackets: the service refuses an IPv6 host wherever it wants a whole address.
CHARACTERS = r"([A-Za-z0-9\-._~:/?#@!$&'()*+,;=]|%[0-9A-Fa-f]{2})"
URI = re.compile(rf"^[A-Za-z][A-Za-z0-9+.-]*:{CHARACTERS}+$")
REFERENCE = re.compile(rf"^([A-Za-z][A-Za-z0-9+.-]*:)?/{{0,2}}(\[[0-9A-Fa-f:]+\])?{CHARACTERS}*$")
# A host has a point in it: a player is somewhere else, and finds no bare name.
HTTP = re.compile(r"^https?://(\d{1,3}\.\d{1,3}\.\d{1,3}\.|([a-z0-9\-]+\.)+)[a-z0-9][a-z0-9\-]*(:\d+)?(/|$)",
                  re.IGNORECASE)
TAG = re.compile(r"^tag:([a-z0-9\-._]+@)?[a-z0-9.\-]+,\d{4}(-\d\d(-\d\d)?)?:"
                 r"([0-9A-Za-z;/?:@&=+$.\-_!~*'(),#]|%[0-9A-Fa-f]{2})*$")
URN = re.compile(r"^urn:[a-z0-9][a-z0-9-]{1,31}:([a-z0-9()+,.:=@;$_!*'-]|%[0-9a-f]{2})+$", re.IGNORECASE)
UUID = re.compile(r"^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", re.IGNORECASE)
# Schemes that anything of ours has cause to begin with and the service knows.
SCHEMES = {"http", "https", "ftp", "mailto", "tel", "tag", "urn", "info", "news", "data", "cid", "mid"}
UNRESERVED = r"^[A-Za-z0-9\-._~]$"
PORTS = {"http": "80", "https": "443", "ftp": "21"}
MIME = re.compile(r"^[^\s()<>,;:\\\"/\[\]?=]+/[^\s()<>,;:\\\"/\[\]?=]+(\s*;\s*[^\s()<>,;:\\\"/\[\]?=]+="
                  r"(\"[^\"]*\"|[^\s()<>,;:\\\"/\[\]?=]+))*$")
LANGUAGE = re.compile(r"^([A-Za-z]{2,3}|x)(-[A-Za-z0-9]{1,8})*$")
# ISO 639-3 alone has these; the service knows ISO 639-1 and 639-2.
UNKNOWN_LANGUAGES = {"cdo", "cjy", "cmn", "cnp", "cpx", "csp", "czh", "czo", "gan", "hak", "hsn", "nan", "wuu", "yue",
                     "arb", "pes", "prs", "ckb", "kmr", "zsm", "ekk", "lvs", "swh", "uzn", "khk", "npi", "ory"}
MAIL = re.compile(r"<[A-Z0-9_\-+.']+@(\d{1,3}\.\d{1,3}\.\d{1,3}\.|([A-Z0-9\-]+\.)+)[A-Z0-9][-A-Z0-9]*>", re.IGNORECASE)
# Characters of Windows-1252 that were taken for Latin-1, and the mark of what could not be read.
MISREAD = re.compile("[\x80-\x9f\ufffd]")
TWICE = re.compile("[\xc2\xc3][\x80-\xbf]")

NOW = datetime.now(timezone.utc)
FIRST_FEEDS = datetime(1990, 1, 1, tzinfo=timezone.utc)


def value_of(element):
    """An element's text without the white space around it, which the service does not mind."""
    return (element.text or "").strip()


def check_characters(document, where, value):
    """Text that was not decoded as it was encoded."""
    document.rule(where, "BadCharacters", not MISREAD.search(value), MISREAD.findall(value))
    if TWICE.search(value):
        try:
            document.rule(where, "BadCharacters", value.encode("latin-1").decode("utf-8") is None, value)
        except UnicodeError:
            pass


def check_filled(document, where, element):
    document.rule(where, "NotBlank", bool(value_of(element)))


def check_tight(document, where, element):
    document.rule(where, "UnexpectedWhitespace", (element.text or "") == value_of(element), element.text)


def check_plain(document, where, element, rule="ContainsHTML"):
    """Plain text that a reader may take for HTML."""
    check_markup(document, where, value_of(element), document.refers_by_number(element), rule)


def check_markup(document, where, value, by_number, rule):
    """An end tag is never plain text; references and what looks like a tag are where they are written by number."""
    tags = [tag for tag in re.findall(r"</(\w+)>", value) if tag.lower() in TAGS]
    document.rule(where, rule, not tags, tags)
    references = [name for name in re.findall(r"&(#?\w+)", value)
                  if name in html.entities.name2codepoint or name == "apos" or not name.isalpha()]
    document.rule(where, rule, by_number or not references, references)
    if document.kind == "rss":
        document.rule(where, "CharacterData", by_number or not re.search(r"&#[x0-9]|<[/a-zA-Z]", value), value)
    check_characters(document, where, value)


def check_name(document, where, element):
    """A person's name."""
    check_plain(document, where, element)
    check_filled(document, where, element)
    document.rule(where, "ContainsEmail", not MAIL.search(value_of(element)), element.text)


def check_scheme(document, where, value):
    """What a scheme asks of what follows it."""
    scheme = value.partition(":")[0].lower()
    if scheme == "tag":
        document.rule(where, "InvalidTAG", bool(TAG.match(value)), value)
    elif scheme == "urn":
        document.rule(where, "InvalidUUID", bool(UUID.match(value)) or not value.lower().startswith("urn:uuid:"), value)
        document.rule(where, "InvalidURN", bool(URN.match(value)), value)
    elif scheme in ("http", "https", "ftp"):
        document.rule(where, "InvalidLink", bool(re.match(r"^\w+://[^/]", value)), value)
    elif ":" in value and scheme.isalpha():
        document.rule(where, "SchemeNotIANARegistered", scheme in SCHEMES, scheme)


def check_full(document, where, value, rule="InvalidFullLink"):
    """A whole address."""
    document.rule(where, rule, bool(URI.match(value or "")), value)
    check_scheme(document, where, value or "")


def check_full_text(document, where, element):
    check_full(document, where, value_of(element))


def check_reference(document, where, value, rule="InvalidIRI"):
    """An address that may be relative, may have an IPv6 host and may have a name that is not ASCII."""
    value = value or ""
    host = re.match(r"^(\w+://)([^/?#]+)(.*)$", value, re.DOTALL)
    if host:
        try:
            value = host[1] + host[2].encode("idna").decode("ascii") + host[3]
        except UnicodeError:
            pass
    document.rule(where, rule, bool(REFERENCE.match(value)), value)
    check_scheme(document, where, value)


def check_reference_text(document, where, element):
    check_filled(document, where, element)
    check_tight(document, where, element)
    check_reference(document, where, value_of(element))


def check_http(document, where, value):
    """An address that a player can fetch."""
    document.rule(where, "InvalidURLAttribute", bool(HTTP.match(value or "") and URI.match(value or "")), value)


def canonical(value):
    """An identifier in the one way of writing it (RFC 3986, section 6.2.2 and 6.2.3)."""
    parts = urllib.parse.urlsplit(value)
    path = parts.path
    if parts.netloc:
        segments = []
        for segment in path.split("/")[1:]:
            if segment == "..":
                segments[-1:] = []
            elif segment != ".":
                segments.append(segment)
        if path.split("/")[-1] in (".", ".."):
            segments.append("")
        path = "/" + "/".join(segments)
    user, at, host = parts.netloc.rpartition("@")
    name, colon, port = host.lower().partition(":")
    if colon and port in ("", PORTS.get(parts.scheme)):
        host = name
    else:
        host = host.lower()

    def written(text):
        """Escapes in capitals, and none that is not needed."""
        def best(escape):
            character = urllib.parse.unquote(escape[0])
            return character if re.match(UNRESERVED, character) else escape[0].upper()
        return re.sub(r"%[0-9A-Fa-f]{2}", best, text)

    query = "?" + written(parts.query) if "?" in value.partition("#")[0] else ""
    fragment = "#" + written(parts.fragment) if "#" in value else ""
    return f"{parts.scheme.lower()}:{'//' + user + at + host if parts.netloc else ''}{written(path)}{query}{fragment}"


def check_identifier(document, where, element):
    """An Atom id."""
    value = value_of(element)
    check_tight(document, where, element)
    check_full(document, where, value)
    document.rule(where, "NonCanonicalURI", canonical(value) == value, (value, canonical(value)))
    document.rule(where, "NonCanonicalURI", unicodedata.is_normalized("NFC", urllib.parse.unquote(value)), value)


def check_rfc822(document, where, element):
    """A date of RSS or OPML: its day of the week is right, and it is neither to come nor before there were feeds."""
    value = value_of(element)
    document.rule(where, "InvalidRFC2822Date", bool(RFC822.match(value)), value)
    if RFC822.match(value):
        when = parsedate_to_datetime(value)
        document.rule(where, "IncorrectDOW", value[:3] == DAYS[when.weekday()], value)
        document.rule(where, "ImplausibleDate", FIRST_FEEDS <= when <= NOW + timedelta(minutes=10), value)


def check_rfc3339(document, where, element):
    """A date of Atom."""
    value = value_of(element)
    check_tight(document, where, element)
    document.rule(where, "InvalidRFC3339Date", bool(RFC3339.match(value)), value)
    if RFC3339.match(value):
        when = datetime.fromisoformat(value.replace("Z", "+00:00"))
        document.rule(where, "ImplausibleDate", FIRST_FEEDS <= when <= NOW + timedelta(days=1), value)


def check_language(document, where, value):
    """The first part of a language tag is a code of ISO 639-1 or 639-2; `en_US` is none."""
    known = LANGUAGE.match(value or "") and value.split("-")[0].lower() not in UNKNOWN_LANGUAGES
    document.rule(where, "InvalidLanguage", bool(known), value)


def check_language_text(document, where, element):
    check_language(document, where, value_of(element))


def check_mime(document, where, value, rule="InvalidMIMEType"):
    document.rule(where, rule, bool(MIME.match(value or "")), value)


def check_number(document, where, value, least, rule):
    document.rule(where, rule, bool(re.match(r"^\d+$", value or "")) and int(value) >= least, value)


def check_positive(document, where, element):
    check_number(document, where, value_of(element), 1, "InvalidPositiveInteger")

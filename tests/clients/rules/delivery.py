"""Rules for how a document is sent, and for what stands before any element: types, encodings, namespaces."""

import re

from rules.document import PREFIXES

# What the service takes for a feed of each kind without a warning.
TYPES = {
    "rss": {"application/rss+xml", "application/xml", "text/xml"},
    "feed": {"application/atom+xml", "application/xml", "text/xml"},
    "opml": {"text/x-opml", "application/xml", "text/xml"},
}
MOST_BYTES = 5_000_000


def check_delivery(document, status, headers, body):
    """The answer and its first lines."""
    where, text = document.path, document.text
    document.rule(where, "HttpError", status == 200, status)
    document.rule(where, "UnexpectedContentType", headers.get_content_type() in TYPES.get(document.kind, ()),
                  headers.get("Content-Type"))
    document.rule(where, "HttpProtocolError", not [name for name in headers if " " in name])
    document.rule(where, "ValidatorLimit", len(body) <= MOST_BYTES, len(body))
    declared = re.match(r"""^<\?xml version="(1\.0)" encoding="([^"]+)"\?>""", text)
    document.rule(where, "BadXmlVersion, MissingEncoding", bool(declared), text[:60])
    document.rule(where, "EncodingMismatch, ObscureEncoding, NotUTF8", bool(declared) and
                  declared[2].lower() == (headers.get_content_charset() or "utf-8").lower() == "utf-8", text[:60])
    document.rule(where, "NonSpecificMediaType", f"<{document.kind}" in text[:512])
    document.rule(where, "InvalidDoctype", "<!DOCTYPE" not in text)
    check_namespaces(document)


def check_namespaces(document):
    """Each namespace once, known, by its usual prefix."""
    where = document.path
    declared = re.findall(r"""\sxmlns(?::([\w.-]+))?="([^"]*)\"""", re.sub(r">[^<]*<", "><", document.text))
    document.rule(where, "ours: a namespace is declared once", len(declared) == len(set(declared)), declared)
    for prefix, space in set(declared):
        expected = PREFIXES.get(f"{{{space}}}")
        document.rule(where, "UnknownNamespace", expected is not None, space)
        document.rule(where, "ReservedPrefix, NonstdPrefix", prefix in ("", expected), f"{prefix}={space}")
        if document.kind == "feed":
            document.rule(where, "AvoidNamespacePrefix", prefix not in ("atom", "xhtml"), prefix)

"""Rules for HTML in a body. The service parses it with html5lib and bears no parse error, and so do we."""

import re

import html5lib

from rules.names import SAFE_ATTRIBUTES, SAFE_ELEMENTS, TAGS, UNWANTED_ATTRIBUTES, UNWANTED_ELEMENTS
from rules.values import check_characters

ADDRESSES = {"href", "src", "cite", "longdesc", "usemap", "poster"}


def check_html(document, where, value):
    """Well-formed HTML of harmless elements with absolute addresses."""
    check_characters(document, where, value)
    document.rule(where, "SecurityRisk", "<?import " not in value.lower())
    try:
        tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(value)
    except html5lib.html5parser.ParseError as error:
        document.rule(where, "NotHtml", False, f"{error}: {value[:120]}")
        return
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag == "DOCUMENT_FRAGMENT":
            continue
        name = element.tag.rpartition("}")[2]
        here = f"{where} <{name}>"
        document.rule(here, "NotHtml", name in TAGS)
        document.rule(here, "SecurityRisk", name in SAFE_ELEMENTS)
        document.rule(here, "unwanted element", name not in UNWANTED_ELEMENTS)
        for attribute, address in element.attrib.items():
            document.rule(here, "DangerousStyleAttr", attribute != "style", address)
            safe = attribute in SAFE_ATTRIBUTES or attribute.startswith("data-")
            document.rule(here, "SecurityRiskAttr", safe or attribute == "style", attribute)
            document.rule(here, "unwanted attribute", attribute not in UNWANTED_ATTRIBUTES, attribute)
            if attribute in ADDRESSES:
                document.rule(here, "ContainsRelRef", bool(re.match(r"^\w+:", address.strip())), address)
                risky = re.match(r"^\s*(javascript|vbscript|data):", address, re.IGNORECASE)
                document.rule(here, "unwanted address", not risky, address[:60])


def check_html_text(document, where, element):
    check_html(document, where, element.text or "")

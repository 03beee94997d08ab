"""Rules for OPML 2.0. The service takes titles and texts for HTML."""

from rules.document import May, check_children, check_need
from rules.markup import check_html, check_html_text
from rules.values import check_full, check_rfc822

OUTLINE_ATTRIBUTES = ("category", "created", "description", "htmlUrl", "isBreakpoint", "isComment", "language", "text",
                      "title", "type", "url", "version", "xmlUrl")
MEANINGLESS_WITHOUT_TYPE = {"description", "htmlUrl", "language", "title", "version", "xmlUrl"}


def check_outline(document, where, outline):
    here = f"{where} {outline.get('text')}"
    document.rule(here, "MissingAttribute text", outline.get("text") is not None)
    for name in ("text", "title", "description"):
        if outline.get(name) is not None:
            check_html(document, f"{here} {name}", outline.get(name))
    kind = outline.get("type")
    if kind is None:
        meaningless = MEANINGLESS_WITHOUT_TYPE & set(outline.keys())
        document.rule(here, "MissingOutlineType", not meaningless, meaningless)
    else:
        document.rule(here, "InvalidOutlineType", kind == "rss", kind)
        document.rule(here, "MissingXmlURL", outline.get("xmlUrl") is not None)
        document.rule(here, "MissingTitleAttr", outline.get("title") is not None)
        check_full(document, f"{here} xmlUrl", outline.get("xmlUrl"))
    if outline.get("htmlUrl") is not None:
        check_full(document, f"{here} htmlUrl", outline.get("htmlUrl"))
    version = outline.get("version", "RSS2")
    document.rule(here, "InvalidOutlineVersion", version in ("RSS", "RSS1", "RSS2", "scriptingNews"), version)


OUTLINES = {"outline": May(check_outline, attributes=OUTLINE_ATTRIBUTES, again=True)}
OUTLINES["outline"].children = OUTLINES
HEAD = {
    "title": May(check_html_text), "dateCreated": May(check_rfc822), "dateModified": May(check_rfc822),
    "ownerName": May(check_html_text),
}


def check_opml(document):
    """The list of feeds."""
    root, where = document.root, document.path
    document.rule(where, "InvalidOPMLVersion", (root.tag, root.get("version")) == ("opml", "2.0"), root.get("version"))
    check_children(document, where, root, {"head": May(children=HEAD), "body": May(children=OUTLINES)})
    check_need(document, where, root, ["head", "body"])
    check_need(document, where, root.find("body"), ["outline"])

"""Documents with a fault each: a rule that no longer finds its own is a fault of the rules."""

from rules.atom import check_atom
from rules.document import Document
from rules.opml import check_opml
from rules.rss import check_rss

SPACES = ('xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
          'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" '
          'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"')
RSS = f"""<rss version="2.0" {SPACES}><channel>
<title>T</title><link>https://e.example/</link><description>D</description>
<language>en</language><lastBuildDate>Thu, 02 Jul 2026 08:00:00 +0000</lastBuildDate><!--channel-->
<atom:link href="https://e.example/rss.xml" rel="self" type="application/rss+xml"/>
<item><title>I</title><link>https://e.example/i</link><guid isPermaLink="false">tag:e.example,2026:i</guid>
<pubDate>Thu, 02 Jul 2026 08:00:00 +0000</pubDate><!--item--></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="en">
<title>T</title><id>tag:e.example,2026:f</id><updated>2026-07-02T08:00:00Z</updated><author><name>A</name></author><!--feed-->
<link rel="self" href="https://e.example/atom.xml" type="application/atom+xml"/>
<entry><title>E</title><id>tag:e.example,2026:e</id><updated>2026-07-02T07:00:00Z</updated>
<author><name>A</name></author><link href="https://e.example/e"/><published>2026-07-02T07:00:00Z</published><summary>S</summary><!--entry--></entry>
</feed>"""
OPML = """<opml version="2.0"><head><title>T</title></head><body>
<outline type="rss" text="O" title="O" xmlUrl="https://e.example/rss.xml"/><!--body--></body></opml>"""

# Kind, what is replaced, by what, and the rule that must say so.
FAULTS = [
    (RSS, "<title>I</title>", "<title>&lt;b&gt;I&lt;/b&gt;</title>", "ContainsHTML"),
    (RSS, "<title>I</title>", "<title>A &amp;amp; B</title>", "ContainsHTML"),
    (RSS, "<title>I</title>", "<title>A &lt;b</title>", "CharacterData"),
    (RSS, "<title>I</title>", "<title> </title>", "NotBlank"),
    (RSS, "<title>I</title>", "<title>a\x80b</title>", "BadCharacters"),
    (RSS, "<title>I</title>", "<title>I</title><title>I</title>", "DuplicateElement"),
    (RSS, "<!--item-->", "<description>&lt;p&gt;&lt;b&gt;&lt;/p&gt;</description>", "NotHtml"),
    (RSS, "<!--item-->", "<description>&lt;a href='/x'&gt;x&lt;/a&gt;</description>", "ContainsRelRef"),
    (RSS, "<!--item-->", "<description>&lt;iframe&gt;&lt;/iframe&gt;</description>", "SecurityRisk"),
    (RSS, "<!--item-->", "<description>&lt;video controls&gt;&lt;/video&gt;</description>", "SecurityRiskAttr"),
    (RSS, "<!--item-->", "<content:encoded>x</content:encoded>", "NeedDescriptionBeforeContent"),
    (RSS, "<!--item-->", "<author>A</author>", "UndefinedElement"),
    (RSS, "<!--item-->", "<dc:language>en_US</dc:language>", "InvalidLanguage"),
    (RSS, "<!--item-->", '<enclosure url="https://localhost/a" length="1" type="a/b"/>', "InvalidURLAttribute"),
    (RSS, "<!--item-->", '<media:content url="https://e.example/a" fileSize="0"/>', "InvalidPositiveInteger"),
    (RSS, "https://e.example/i<", "http://[::1]/<", "InvalidFullLink"),
    (RSS, "Thu, 02 Jul 2026", "Wed, 02 Jul 2026", "IncorrectDOW"),
    (RSS, "Thu, 02 Jul 2026", "Thu, 02 Jul 1970", "ImplausibleDate"),
    (RSS, 'rel="self"', 'rel="next"', "MissingAtomSelfLink"),
    (RSS, "<!--channel-->", "<image><url>https://e.example/i.svg</url><title>T</title></image>", "ImageUrlFormat"),
    (RSS, "<!--channel-->", "<itunes:author>A</itunes:author>", "MissingItunesElement"),
    (RSS, "<!--channel-->", '<itunes:category text="Gossip"/>', "InvalidItunesCategory"),
    (ATOM, "<title>E</title>", "<title>&lt;/p&gt;</title>", "ContainsUndeclaredHTML"),
    (ATOM, "<summary>S</summary>", "", "MissingTextualContent"),
    (ATOM, "<!--entry-->", "<content type='html'>&amp;nope;</content>", "NotHtml"),
    (ATOM, "tag:e.example,2026:e", "tag:E.example,2026:e", "InvalidTAG"),
    (ATOM, "tag:e.example,2026:e", "urn:uuid:1", "InvalidUUID"),
    (ATOM, "tag:e.example,2026:e", "https://E.example", "NonCanonicalURI"),
    (ATOM, "tag:e.example,2026:e", "https://e.example/%c3%a9", "NonCanonicalURI"),
    (ATOM, "tag:e.example,2026:e", " tag:e.example,2026:e", "UnexpectedWhitespace"),
    (ATOM, "<name>A</name>", "<name>A &lt;a@e.example&gt;</name>", "ContainsEmail"),
    (ATOM, "2026-07-02T08:00:00Z", "1970-01-01T00:00:00Z", "ImplausibleDate"),
    (ATOM, "<!--entry-->", "<category term=''/>", "NotBlank"),
    (OPML, 'type="rss" ', "", "MissingOutlineType"),
    (OPML, ' title="O"', "", "MissingTitleAttr"),
    (OPML, 'text="O"', 'text="R&amp;D"', "NotHtml"),
    (OPML, "<outline", "<!--<outline", "MissingElement"),
]
CHECKS = {RSS: (check_rss, "rss.xml"), ATOM: (check_atom, "atom.xml"), OPML: (check_opml, "opml.xml")}


class Nowhere:
    """A site that only keeps findings."""

    def __init__(self):
        self.checked = 0
        self.findings = []

    def find(self, where, what):
        self.findings.append(f"{where}: {what}")

    def url(self, path):
        return f"https://e.example/{path}"


def findings(whole, old, new):
    """What the rules say of a document with one thing replaced."""
    check, path = CHECKS[whole]
    nowhere = Nowhere()
    text = whole.replace(old, new, 1)
    if new.startswith("<!--<"):
        text = text.replace("/><!--", "/>--><!--")
    check(Document(nowhere, path, text.encode()))
    return nowhere.findings


def check_rules(site):
    """Each rule finds its fault, and nothing in what has none."""
    for whole in CHECKS:
        site.expect("the rules", "findings in a good document", findings(whole, "", ""), [])
    for whole, old, new, rule in FAULTS:
        said = findings(whole, old, new)
        site.expect("the rules", f"{rule} in {new!r}", any(f": {rule}" in finding for finding in said), True)

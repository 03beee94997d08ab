"""The names of elements and attributes as the service sorts them: its sanitiser's lists."""

import feedparser.sanitizer

SANITIZER = getattr(feedparser.sanitizer, "HTMLSanitizer", None) or feedparser.sanitizer._HTMLSanitizer
# Both programs began with the same lists; since then the service's has learned these, and never `controls`.
SAFE_ELEMENTS = set(SANITIZER.acceptable_elements) | {
    "bdi", "data", "hgroup", "main", "mark", "picture", "rp", "rt", "ruby", "summary", "template", "track", "wbr"}
SAFE_ATTRIBUTES = set(SANITIZER.acceptable_attributes) - {"controls", "style"} | {
    "decoding", "download", "itemprop", "itemscope", "itemtype", "kind", "loading", "muted", "playsinline",
    "referrerpolicy", "reversed", "sizes", "srclang", "srcset", "translate"}
# What the service lets pass and no article needs.
UNWANTED_ELEMENTS = {"form", "input", "button", "select", "textarea", "noscript", "template", "canvas"}
UNWANTED_ATTRIBUTES = {"action", "background", "dynsrc", "lowsrc", "ping", "autoplay", "id", "class", "name"}
# What it knows as names of elements, risky ones too: an end tag of one in plain text is markup.
TAGS = SAFE_ELEMENTS | set("""applet base basefont bdo body comment embed frame frameset head html iframe isindex link
    listing meta noframes object param plaintext script slot style title xmp""".split())

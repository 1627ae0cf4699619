"""Rich text as plain sentences, for finding and for the passages that results show."""

import re
from html import unescape

from django.utils.html import strip_tags

_CLOSING = ")»“”"
_BLOCK_END = re.compile(r"</(?:p|h\d|li|blockquote)>|<(?:br|hr)\s*/?>", re.IGNORECASE)


def plain_text(html: str) -> str:
    """Return the text of rich text, each of its blocks on a line; what is no sentence yet ends with a full stop.

    Wagtail's own function joins a heading with the sentence after it, which reads badly in a passage.
    """
    blocks = (" ".join(unescape(strip_tags(block)).split()) for block in _BLOCK_END.split(html))
    return "\n".join(as_sentence(block) for block in blocks if block)


def lines(*parts: str) -> str:
    """Return parts that stand apart on a page as a text: each on lines of its own, and each a sentence."""
    return "\n".join(as_sentence(line) for part in parts for line in map(str.strip, part.splitlines()) if line)


def as_sentence(text: str) -> str:
    """Return the text with a mark at its end; what stands in quotation marks or brackets as a whole needs none."""
    is_enclosed = text[:1] in {*"(«„“"} and text[-1:] in {*_CLOSING}
    has_end = text.rstrip(_CLOSING)[-1:] in {*".!?…:;,]"}
    return text if not text or has_end or is_enclosed else f"{text}."

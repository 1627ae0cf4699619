"""References: a number in square brackets in a text, which leads to the source with that number below it."""

import re
from html.parser import HTMLParser

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.rich_text import RichText

# A space before a reference never ends a line.
_REFERENCE = re.compile(r"( ?)\[([1-9][0-9]{0,2})\]")


def link_to(number: int) -> SafeString:
    """Return the link to a source."""
    return format_html('<a class="reference" href="#source-{}">[{}]</a>', number, number)


def in_text(text: str, count: int) -> SafeString:
    """Return a plain text as HTML in which the references to the first `count` sources are links."""
    return format_html_join("", "{}", ((part,) for part in _parts(text, count)))


def in_rich_text(source: str, count: int) -> RichText:
    """Return a rich text in which the references to the first `count` sources are links."""
    linker = _Linker(count)
    linker.feed(source)
    linker.close()
    return RichText("".join(linker.written))


def _parts(text: str, count: int) -> list[str]:
    """Return the text in parts: what stands between references, and their links."""
    parts: list[str] = []
    end = 0
    for match in _REFERENCE.finditer(text):
        number = int(match[2])
        if number <= count:
            parts += [text[end : match.start()], "\u00a0" if match[1] else "", link_to(number)]
            end = match.end()
    return [*parts, text[end:]]


class _Linker(HTMLParser):
    """Copies HTML as it is, but for the references in its texts, which become links; a link holds no other."""

    def __init__(self, count: int) -> None:
        super().__init__(convert_charrefs=False)
        self.count = count
        self.written: list[str] = []
        self.open_links = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open_links += tag == "a"
        self.written.append(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.written.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.open_links -= tag == "a"
        self.written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        # What is no tag and no character reference is text already written as HTML: nothing in it is escaped again.
        self.written += [data] if self.open_links else _parts(data, self.count)

    def handle_entityref(self, name: str) -> None:
        self.written.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.written.append(f"&#{name};")

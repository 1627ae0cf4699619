"""Reading pages as a visitor does: their HTML, and the links in each of their landmarks."""

from html.parser import HTMLParser

from django.test import Client


class Links(HTMLParser):
    """The links of a page with their words, by the landmark they stand in."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self._landmarks: list[str] = []
        self._open: tuple[str, str] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where we are and which link opens."""
        own = {name: value or "" for name, value in attrs}
        if tag in {"nav", "main", "footer", "header"}:
            self._landmarks.append(own.get("class", tag) or tag)
        if tag == "a":
            self._open = (self._landmarks[-1] if self._landmarks else "", own.get("href", ""))

    def handle_endtag(self, tag: str) -> None:
        """Come out of a landmark or a link."""
        if tag in {"nav", "main", "footer", "header"}:
            self._landmarks.pop()
        if tag == "a":
            self._open = None

    def handle_data(self, data: str) -> None:
        """Note the words of a link."""
        if self._open and data.strip():
            self.found.append((*self._open, data.strip()))

    def of(self, landmark: str) -> list[str]:
        """Return the words of the links in a landmark."""
        return [words for where, _, words in self.found if where == landmark]


def read(client: Client, address: str) -> str:
    """Return the HTML of an address that answers well."""
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()

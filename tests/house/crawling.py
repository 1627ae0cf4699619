"""A visitor without cookies who opens every address of the site once and remembers what came."""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

HOST = "testserver"
ASSETS = {"script": "src", "img": "src", "source": "src", "iframe": "src", "video": "src", "audio": "src",
          "object": "data", "embed": "src", "form": "action", "track": "src"}  # fmt: skip
ASSET_RELS = {"stylesheet", "icon", "apple-touch-icon", "preload", "modulepreload", "manifest", "prefetch"}


class Parts(HTMLParser):
    """What the tests ask of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.language = ""
        self.links: list[str] = []
        self.assets: list[str] = []
        self.alternates: dict[str, str] = {}
        self.anchors: list[str] = []
        self.headings: list[int] = []
        self.inline: list[str] = []
        self.said: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag names."""
        own = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = own.get("lang", "")
        if tag == "a" and own.get("href"):
            self.links.append(own["href"])
        if tag == "meta" and "name" in own:
            self.said[own["name"]] = own.get("content", "")
        if "id" in own:
            self.anchors.append(own["id"])
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.headings.append(int(tag[1]))
        self.inline += [name for name in own if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in own and own.get("type") != "application/ld+json"):
            self.inline.append(tag)
        self._note_assets(tag, own)

    def _note_assets(self, tag: str, own: dict[str, str]) -> None:
        """Note what the browser fetches by itself, and the page's other languages."""
        if (name := ASSETS.get(tag)) and own.get(name):
            self.assets.append(own[name])
        self.assets += [part.split()[0] for part in own.get("srcset", "").split(",") if part.strip()]
        rels = set(own.get("rel", "").split())
        if tag == "link" and rels & ASSET_RELS:
            self.assets.append(own["href"])
        if tag == "link" and "alternate" in rels and "hreflang" in own:
            self.alternates[own["hreflang"]] = own["href"]


@dataclass
class Visit:
    """What came from an address."""

    address: str
    status: int
    headers: dict[str, str]
    cookies: list[str]
    queries: list[str]
    body: bytes
    parts: Parts = field(default_factory=Parts)

    @property
    def is_page(self) -> bool:
        """Whether a page to read came."""
        return self.headers.get("Content-Type", "").startswith("text/html")

    @property
    def zipped(self) -> int:
        """How many bytes go over the line."""
        return len(gzip.compress(self.body))

    def links_within(self) -> set[str]:
        """Return the addresses of this site that the page links to, with their fragments."""
        absolute = {urljoin(f"http://{HOST}{self.address}", link) for link in self.parts.links}
        inside = [urlsplit(link) for link in absolute if urlsplit(link).netloc == HOST]
        return {f"{link.path}?{link.query}#{link.fragment}" for link in inside}


def visit(address: str) -> Visit:
    """Open an address as a visitor does who was never here before."""
    client = Client()
    connection.queries_log.clear()  # it holds some thousands, and a crawl asks more
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
        body = response.getvalue()
    seen = Visit(
        address, response.status_code, dict(response.headers), list(response.cookies),
        [query["sql"] for query in queries.captured_queries], body,
    )  # fmt: skip
    if seen.is_page:
        seen.parts.feed(body.decode())
    return seen


def addresses_of(pages: Iterable[Page]) -> list[str]:
    """Return the addresses of these pages."""
    return [page.url for page in pages]

"""What holds for every address that a visitor can open, on the site with its first content."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver, reverse
from pytest_django import DjangoDbBlocker
from wagtail.models import Page

from hub.models import EventPage, HomePage, OrganisationDirectoryPage
from practices.models import PracticePage
from tests import databases
from tests.conftest import another_database
from tests.house.crawling import Visit, addresses_of, visit

# One process crawls, the others do something else.
pytestmark = pytest.mark.xdist_group("addresses")

SEARCHES = [
    "/bg/search/", "/en/search/", "/bg/search/?q=бюджетите", "/en/search/?q=budgets", "/bg/search/?q=uchastie",
    "/bg/search/?q=щщщщщщ", "/bg/search/?q=бюджет&kind=practice", "/en/search/?q=people&page=2",
]  # fmt: skip
OTHERS = [
    f"/{language}/{path}"
    for language in ("bg", "en")
    for path in ("feeds/", "glossary/", "write/contact/", "write/barrier/", "files/downloads/", "files/collections/")
]
# A practice: ten, and four more where documents belong to it. Results: seven at rest, and more where the words were
# read otherwise or are asked for the first time.
MAX_QUERIES = {"home": 15, "practice": 14, "results": 18}
MAX_QUERIES_OF_ANY = 30
MAX_BYTES = 60_000
MIN_DESCRIPTION = 40  # characters: less says nothing that the title does not


class Crawl:
    """All visits, and which of them were to what."""

    def __init__(self) -> None:
        pages = Page.objects.live().public().filter(depth__gt=1)
        self.pages = addresses_of(pages)
        self.kinds = {
            "home": addresses_of(HomePage.objects.live()),
            "practice": addresses_of(PracticePage.objects.live()),
            "results": SEARCHES,
        }
        events, directories = EventPage.objects.live(), OrganisationDirectoryPage.objects.live()
        self.files = [page.url + page.reverse_subpage("calendar") for page in events]
        self.files += [page.url + page.reverse_subpage("csv") for page in directories]
        visit("/bg/")  # what a process remembers from its first answer on is no part of a page's price
        self.visits = {address: visit(address) for address in [*self.pages, *SEARCHES, *OTHERS, *self.files]}

    def pages_read(self) -> list[Visit]:
        """Return the visits to pages of HTML."""
        return [seen for seen in self.visits.values() if seen.is_page]


@pytest.fixture(scope="module")
def crawl(
    seeded_database: Path,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
    django_test_environment: None,
) -> Iterator[Crawl]:
    """Everything that a visitor can open, opened once."""
    target = tmp_path_factory.mktemp("crawl") / databases.DATABASE
    databases.copy_database(seeded_database, target)
    databases.fill_files(settings.FILES_DIR, seeded_database)
    with django_db_blocker.unblock(), another_database(target):
        cache.clear()
        yield Crawl()
    databases.fill_files(settings.FILES_DIR)


def test_every_name_of_an_address_resolves() -> None:
    patterns = get_resolver().reverse_dict
    plain = [name for name in patterns if isinstance(name, str) and not patterns.getlist(name)[0][0][0][1]]

    addresses = {name: reverse(name) for name in plain}

    assert {"live", "ready", "robots"} <= set(addresses)
    assert all(address.startswith("/") for address in addresses.values())


def test_every_page_answers_in_both_languages(crawl: Crawl) -> None:
    wrong = {seen.address: seen.status for seen in crawl.visits.values() if seen.status != 200}

    assert not wrong
    assert sum(address.startswith("/bg/") for address in crawl.pages) > 50
    assert sum(address.startswith("/en/") for address in crawl.pages) > 50


def test_no_visitor_is_given_a_cookie(crawl: Crawl) -> None:
    given = {seen.address: seen.cookies for seen in crawl.visits.values() if seen.cookies}

    assert not given


def test_every_answer_bears_the_public_policy(crawl: Crawl) -> None:
    wrong = [
        seen.address
        for seen in crawl.visits.values()
        if not seen.headers.get("Content-Security-Policy", "").startswith("default-src 'none'")
        or "unsafe" in seen.headers["Content-Security-Policy"]
        or seen.headers.get("X-Content-Type-Options") != "nosniff"
        or seen.headers.get("Cross-Origin-Opener-Policy") != "same-origin"
        or "Permissions-Policy" not in seen.headers
    ]

    assert not wrong


def test_every_page_says_its_language(crawl: Crawl) -> None:
    wrong = [seen.address for seen in crawl.pages_read() if seen.parts.language != seen.address[1:3]]

    assert not wrong


def test_every_page_names_its_other_language_and_is_named_by_it(crawl: Crawl) -> None:
    own = {f"http://testserver{address}" for address in crawl.pages}

    wrong = []
    for address in crawl.pages:
        alternates = crawl.visits[address].parts.alternates
        others = [
            crawl.visits[href.removeprefix("http://testserver")].parts.alternates
            for href in alternates.values()
            if href in own
        ]
        if set(alternates) != {"bg", "en", "x-default"} or any(other != alternates for other in others):
            wrong.append(address)

    assert not wrong


def test_no_page_fetches_anything_from_another_host(crawl: Crawl) -> None:
    foreign = [
        (seen.address, asset)
        for seen in crawl.pages_read()
        for asset in seen.parts.assets
        if not asset.startswith("/") or asset.startswith("//")
    ]

    assert not foreign


def test_no_page_holds_inline_script_or_style(crawl: Crawl) -> None:
    wrong = {seen.address: seen.parts.inline for seen in crawl.pages_read() if seen.parts.inline}

    assert not wrong


def test_every_page_for_search_engines_describes_itself(crawl: Crawl) -> None:
    open_to_all = [seen for seen in crawl.pages_read() if "noindex" not in seen.parts.said.get("robots", "")]

    silent = [seen.address for seen in open_to_all if len(seen.parts.said.get("description", "")) < MIN_DESCRIPTION]

    assert len(open_to_all) > len(crawl.pages)
    assert not silent


def test_a_list_of_results_is_left_to_the_archive_alone(crawl: Crawl) -> None:
    said = {address: crawl.visits[address].parts.said for address in SEARCHES}

    lists = {address for address, own in said.items() if own.get("robots") == "noindex, follow"}

    assert lists == {address for address in SEARCHES if "?" in address}
    assert all(said[address]["archive.org_bot"] == "all" for address in lists)


def test_headings_begin_with_one_of_the_first_level_and_never_skip(crawl: Crawl) -> None:
    wrong = {}
    for seen in crawl.pages_read():
        levels = seen.parts.headings
        skips = [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]
        if levels.count(1) != 1 or levels[0] != 1 or skips:
            wrong[seen.address] = levels

    assert not wrong


def test_no_page_uses_an_id_twice(crawl: Crawl) -> None:
    wrong = {
        seen.address: sorted({anchor for anchor in seen.parts.anchors if seen.parts.anchors.count(anchor) > 1})
        for seen in crawl.pages_read()
    }

    assert not {address: twice for address, twice in wrong.items() if twice}


@pytest.mark.parametrize("kind", MAX_QUERIES)
def test_pages_ask_the_database_no_more_than_was_promised(kind: str, crawl: Crawl) -> None:
    visits = [crawl.visits[address] for address in crawl.kinds[kind]]

    dearest = max(visits, key=lambda seen: len(seen.queries))

    assert len(dearest.queries) <= MAX_QUERIES[kind], dearest.address + "\n" + "\n".join(dearest.queries)


def test_no_page_asks_the_database_without_end(crawl: Crawl) -> None:
    dear = {seen.address: len(seen.queries) for seen in crawl.visits.values() if len(seen.queries) > MAX_QUERIES_OF_ANY}

    assert not dear


@pytest.mark.parametrize("kind", MAX_QUERIES)
def test_pages_are_light(kind: str, crawl: Crawl) -> None:
    heavy = {address: len(crawl.visits[address].body) for address in crawl.kinds[kind]}

    assert not {address: size for address, size in heavy.items() if size > MAX_BYTES}


def test_the_longest_texts_are_light_on_the_line(crawl: Crawl) -> None:
    heavy = {seen.address: seen.zipped for seen in crawl.pages_read() if seen.zipped > MAX_BYTES}

    assert not heavy


def test_no_link_leads_nowhere(crawl: Crawl) -> None:
    linked = {link: seen.address for seen in crawl.pages_read() for link in seen.links_within()}
    known = dict(crawl.visits)

    broken = {}
    for link, source in sorted(linked.items()):
        address, _, fragment = link.partition(":~:text=")[0].partition("#")
        address = address.removesuffix("?")
        if address not in known:
            known[address] = visit(address)
        target = known[address]
        lands = not fragment or fragment.startswith("page=") or fragment in target.parts.anchors
        if target.status not in {200, 302} or not lands:
            broken[link] = (source, target.status)

    assert len(linked) > 100
    assert not broken


def test_every_asset_of_a_page_is_there(crawl: Crawl) -> None:
    assets = {asset.partition("?")[0] for seen in crawl.pages_read() for asset in seen.parts.assets}

    missing = [asset for asset in assets if visit(asset).status not in {200, 302}]

    assert len(assets) > 5
    assert not missing


def test_robots_are_told_what_to_leave_out(client: Client) -> None:
    response = client.get("/robots.txt")

    assert response.status_code == 200
    assert "Disallow: /admin/" in response.content.decode()

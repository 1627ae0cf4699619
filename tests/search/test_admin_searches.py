"""The admin's own searches and choosers answer whatever is typed into them."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from modelsearch.query import PlainText
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from hub.models import NewsIndexPage, NewsPage, User
from search.admin_backend import MAX_WORDS, searchable
from tests.factories.hub import add_page, make_theme

EVIL = {
    "a quotation mark": '"',
    "an unbalanced quotation": '"общински',
    "two of them": '"" "',
    "NUL": "\x00",
    "a word with NUL": "бюджет\x00край",
    "a tab": "\t",
    "spaces": "   ",
    "three thousand words": "дума " * 3_000,
    "ten thousand letters": "я" * 10_000,
    "a minus": "-",
    "a bracket": "(",
    "an asterisk": "*",
    "FTS's own words": "NEAR(a b) AND OR NOT",
    "a column": "title : бюджет",
    "a percent sign": "%s %(x)s %",
    "a backslash": "\\",
    "an apostrophe": "' OR 1=1 --",
    "punctuation": "!?…",
    "a lone surrogate's place": "\ufffe",
    "an emoji": "🙂",
    "direction marks": "\u202eбюджет",
}

# What stock Wagtail fails at, on each list and chooser; the rest is tried on the backend alone.
WORST = (
    "an unbalanced quotation",
    "a word with NUL",
    "a tab",
    "spaces",
    "three thousand words",
    "ten thousand letters",
    "a minus",
)

# Lists and choosers ask for their rows alone when one types; these answers hold all that a search does.
ENDINGS = ("_results", ":search", "choose_page_search", ":listing", "wagtailredirects:index", "wagtaillocales:index")


def _views(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _views(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        elif pattern.name and f"{namespace}{pattern.name}".endswith(ENDINGS):
            with suppress(NoReverseMatch):
                reverse(f"{namespace}{pattern.name}")
                yield f"{namespace}{pattern.name}"


@pytest.fixture
def admin(client: Client, administrator: User, home: Page) -> Client:
    """A signed-in administrator, on a site with a page and a theme."""
    add_page(add_page(home, NewsIndexPage), NewsPage, title="Бюджет на общината")
    make_theme()
    client.force_login(administrator)
    return client


# The reports of wagtail-localize are without an order of their own.
@pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning")
def test_no_search_of_the_admin_is_an_error(admin: Client, subtests: pytest.Subtests) -> None:
    views = [view for view in _views(get_resolver()) if reverse(view).startswith("/admin/")]
    assert len(views) > 20

    for view in views:
        name = "search" if view.endswith(":listing") else "q"
        for case in WORST:
            with subtests.test(view=view, case=case):
                assert admin.get(reverse(view), {name: EVIL[case]}).status_code == 200


def test_pages_are_still_found(admin: Client) -> None:
    call_command("wagtail_update_index", verbosity=0)

    html = admin.get(reverse("wagtailadmin_pages:search"), {"q": 'бюдж "'}).content.decode()

    assert "Бюджет на общината" in html


@pytest.mark.django_db
@pytest.mark.parametrize("text", EVIL.values(), ids=EVIL)
def test_the_backend_takes_any_text(home: Page, text: str) -> None:
    backend = get_search_backend()

    for results in (
        backend.search(text, Page),
        backend.search(PlainText(text), Page),
        backend.autocomplete(text, Page),
    ):
        assert len(list(results)) == results.count()


def test_a_query_is_cut_to_its_first_words() -> None:
    assert searchable("дума " * 3_000) == " ".join(["дума"] * MAX_WORDS)


def test_wagtails_index_can_be_rebuilt_through_the_guard(home: Page) -> None:
    call_command("wagtail_update_index", verbosity=0)

    assert get_search_backend().search("Начало", Page).count() == 1

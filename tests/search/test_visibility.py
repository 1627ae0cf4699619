"""Nothing that an anonymous visitor may not open is ever found, whatever state the tree is in."""

import json
from datetime import timedelta
from itertools import count

from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page, PageViewRestriction

from hub.models import NewsIndexPage, NewsPage
from search import indexing
from search.models import IndexedRecord
from search.suggestions import MAX_TITLES
from search.visibility import current_state
from tests.factories.hub import add_page

WORD = "жребий"
_numbers = count(1)

FEED, SUGGESTIONS = "/bg/feeds/all.xml", f"/bg/search/suggestions/?q={WORD[:4]}"
TOLD = (FEED, SUGGESTIONS, "/sitemap-bg-1.xml", "/llms.txt")
STATES = ["public", "draft", "unpublished", "expired", "restricted", "under a restricted one", "alias", "deleted"]


def _add(home: Page, state: str, *, is_seen_by_signals: bool) -> Page:
    """Add a page in a state; where signals do not see it, the index still holds the page as it was when public."""
    title = f"{WORD} {next(_numbers)}"
    index = home.add_child(instance=NewsIndexPage(title="Новини", slug=f"novini-{next(_numbers)}", locale=home.locale))
    if state == "draft":
        return index.add_child(instance=NewsPage(title=title, locale=home.locale, live=False))
    page = add_page(index, NewsPage, title=title)
    if state == "alias":
        return page.create_alias(parent=home)
    if is_seen_by_signals:
        _change(index, page, state)
    else:
        _change_behind_the_index(index, page, state)
    return page


def _change(index: Page, page: Page, state: str) -> None:
    if state == "unpublished":
        page.unpublish()
    elif state == "deleted":
        page.delete()
    elif state == "expired":
        page.expire_at = timezone.now() - timedelta(minutes=1)
        page.save()
    elif state.endswith(("restricted", "restricted one")):
        above = index if state.startswith("under") else page
        PageViewRestriction.objects.create(page=above, restriction_type=PageViewRestriction.LOGIN)


def _change_behind_the_index(index: Page, page: Page, state: str) -> None:
    rows = Page.objects.filter(pk=page.pk)
    if state == "unpublished":
        rows.update(live=False)
    elif state == "deleted":
        held = list(IndexedRecord.objects.filter(page_id=page.pk).values())
        page.delete()
        IndexedRecord.objects.bulk_create(IndexedRecord(**row) for row in held)
    elif state == "expired":
        rows.update(expire_at=timezone.now() - timedelta(minutes=1))
    elif state.endswith(("restricted", "restricted one")):
        above = index if state.startswith("under") else page
        PageViewRestriction.objects.bulk_create(
            [PageViewRestriction(page_id=above.pk, restriction_type=PageViewRestriction.LOGIN)]
        )


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(STATES), st.booleans()), max_size=5))
def test_only_what_is_public_is_in_hits_totals_and_counts(home: Page, states: list[tuple[str, bool]]) -> None:
    home.refresh_from_db()
    Page.objects.filter(pk__in=home.get_descendants().values("pk")).delete()
    IndexedRecord.objects.all().delete()
    home.refresh_from_db()
    pages = [(state, _add(home, state, is_seen_by_signals=seen)) for state, seen in states]
    # An alias leaves its original, which is public.
    expected = sum(state in {"public", "alias"} for state, _ in pages)

    client = Client()
    response = client.get("/bg/search/", {"q": WORD})
    finder = response.context["results"]
    told = {address: client.get(address).content.decode() for address in TOLD}
    suggested = {one["text"] for one in json.loads(told[SUGGESTIONS])["suggestions"] if "url" in one}
    by_address = (told["/sitemap-bg-1.xml"], told["/llms.txt"])

    assert finder.total == expected
    assert len(finder.hits) == expected
    assert sum(c.count for facet in finder.facets if facet.name == "kind" for c in facet.choices) == expected
    assert len(suggested) == min(expected, MAX_TITLES)
    for state, page in pages:
        is_open = state in {"public", "alias"}
        listed = [page.title in text for text in (response.content.decode(), told["/llms.txt"], told[FEED])]
        assert listed == [is_open] * 3
        assert is_open or page.title not in suggested
        if state != "alias":  # which has an address of its own that nobody is told of
            assert [page.url_path.removeprefix(home.url_path) in text for text in by_address] == [is_open] * 2
            assert is_open or client.get(f"{page.url}index.md").status_code == 404


def test_a_mended_index_holds_public_pages_alone(home: Page) -> None:
    for state in STATES:
        _add(home, state, is_seen_by_signals=False)

    indexing.mend()

    assert IndexedRecord.objects.count() == sum(state in {"public", "alias"} for state in STATES)
    assert current_state().hidden == frozenset()


def test_a_page_that_expires_is_hidden_before_it_is_withdrawn(home: Page) -> None:
    page = add_page(home, NewsIndexPage)
    news = add_page(page, NewsPage)
    assert current_state().hidden == frozenset()

    NewsPage.objects.filter(pk=news.pk).update(expire_at=timezone.now() - timedelta(seconds=1))

    assert current_state().hidden == {f"page:{news.pk}"}


def test_what_is_hidden_is_asked_by_one_query_while_nothing_is(
    home: Page, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _add(home, "public", is_seen_by_signals=True)
    with django_assert_num_queries(1):
        assert not current_state().hidden

    _add(home, "under a restricted one", is_seen_by_signals=False)
    with django_assert_num_queries(2):
        assert len(current_state().hidden) == 1

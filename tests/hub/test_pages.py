"""The pages of the ground as a visitor gets them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.template.defaultfilters import filesizeformat
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from hub.models import ContentPage, EventIndexPage, HomePage, NewsIndexPage
from tests.factories.files import make_document, make_publication
from tests.factories.hub import (
    add_page,
    make_directory,
    make_event,
    make_municipality,
    make_news,
    make_organisation,
    make_project,
    restrict,
)
from tests.factories.practices import make_practice
from tests.factories.strategies import make_chapter, make_strategy
from tests.reading import Links, read

MaxQueries = Callable[[int], Any]
MAX_BYTES = 60_000


# Home


@pytest.fixture
def full_home(home: Page) -> Page:
    """A home page with something in each of its parts."""
    for number in range(8):
        make_practice(home, title=f"Практика {number}", summary="Какво беше направено. " * 12)
        make_news(home, title=f"Новина {number}", summary="Какво е ново.", date=date(2026, 1, number + 1))
        make_event(home, title=f"Събитие {number}")
        make_publication(home, title=f"Доклад {number}", live=True)
    strategy = make_strategy(home)
    for number in range(1, 9):
        make_chapter(strategy, number)
    make_project(home)
    for slug in ("burgas", "sliven", "stara-zagora", "yambol"):
        make_municipality(slug=slug, is_member=True)
    return home


@pytest.mark.parametrize("language", ["bg", "en"])
def test_the_home_page_is_made_of_few_questions_and_bytes(
    language: str, full_home: Page, client: Client, django_assert_max_num_queries: MaxQueries
) -> None:
    address = f"/{language}/"
    read(client, address)

    with django_assert_max_num_queries(14):
        html = read(client, address)

    assert len(html.encode()) <= MAX_BYTES


def test_the_home_page_shows_the_newest_of_everything(full_home: Page, client: Client) -> None:
    links = Links(read(client, full_home.url)).of("main")

    assert [words for words in links if words.startswith("Практика")] == [f"Практика {n}" for n in (7, 6, 5, 4, 3, 2)]
    assert [words for words in links if words.startswith("Новина")] == ["Новина 7", "Новина 6", "Новина 5"]
    assert sum(words.startswith("Събитие") for words in links) == 3
    assert sum(words.startswith("Глава") for words in links) == 8


def test_a_publication_on_the_home_page_says_what_it_is_and_how_long(home: Page, client: Client) -> None:
    publication = make_publication(home, title="Доклад", live=True)
    document = make_document(publication=publication)

    section = read(client, home.url).split('id="documents"')[1].split("</section>")[0]

    assert publication.kind.name in section
    assert "<span>PDF · 1 страница</span>" in section
    assert filesizeformat(document.file_size) in section


def test_the_home_page_leads_to_what_there_is_on_each_municipality(full_home: Page, client: Client) -> None:
    html = read(client, full_home.url)

    assert 'href="/bg/search/?municipality=sliven"' in html


def test_examples_of_queries_lead_to_their_results(home: Page, client: Client) -> None:
    home.search_examples = [("query", "обществено обсъждане")]
    home.save_revision().publish()

    html = read(client, home.url)

    assert 'href="/bg/search/?q=%D0%BE%D0%B1%D1%89' in html


def test_an_empty_home_page_shows_no_empty_parts(home: Page, client: Client) -> None:
    html = read(client, home.url)

    assert "<h2" not in html.split("<main")[1].split("</main>")[0]


def test_the_home_page_keeps_to_its_own_tree(home: HomePage, client: Client) -> None:
    make_news(home, title="Българска новина")

    assert "Българска новина" not in read(client, "/en/")


# Lists


def test_a_long_list_of_news_comes_in_pages(home: Page, client: Client) -> None:
    for number in range(NewsIndexPage.PER_PAGE + 1):
        index = make_news(home, title=f"Новина {number}", date=date(2026, 1, 1) + timedelta(days=number)).get_parent()

    first, second = read(client, index.url), read(client, f"{index.url}?page=2")

    assert "Новина 20" in first
    assert "Новина 0<" not in first
    assert "Новина 0<" in second
    assert 'href="?page=2"' in first


def test_past_events_come_in_pages_after_the_coming_ones(home: Page, client: Client) -> None:
    make_event(home, title="Предстои")
    for number in range(EventIndexPage.PER_PAGE + 1):
        start = timezone.now() - timedelta(days=number + 2)
        event = make_event(home, title=f"Минало {number}.", starts_at=start, ends_at=start + timedelta(hours=1))

    html = read(client, event.get_parent().url)

    assert html.index("Предстои") < html.index("Минало 0.")
    assert "Минало 20." not in html


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", ""])
def test_a_page_of_a_list_that_there_is_not_is_the_nearest_one(page: str, home: Page, client: Client) -> None:
    index = make_news(home, title="Новина").get_parent()

    assert "Новина" in read(client, f"{index.url}?page={page}")


# Events, the project, directories


def test_an_event_says_when_and_where_and_offers_its_calendar_file(home: Page, client: Client) -> None:
    start = datetime(2126, 6, 4, 14, 30, tzinfo=UTC)
    event = make_event(
        home, starts_at=start, ends_at=start + timedelta(hours=2), venue="Читалище „Зора“", address="ул. Първа 1"
    )

    html = read(client, event.url)

    assert '<time datetime="2126-06-04T17:30:00+03:00">' in html
    assert "17:30</time>" in html
    assert "Читалище „Зора“<br>ул. Първа 1" in html
    assert f'href="{event.url}{event.reverse_subpage("calendar")}"' in html


def test_an_event_of_several_days_names_its_last_day(home: Page, client: Client) -> None:
    start = datetime(2126, 6, 4, 6, 0, tzinfo=UTC)
    event = make_event(home, starts_at=start, ends_at=start + timedelta(days=2))

    html = read(client, event.url)

    assert "2126" in html.split('<time datetime="2126-06-06')[1].split("</time>")[0]


def test_a_past_event_offers_no_calendar_file(home: Page, client: Client) -> None:
    start = timezone.now() - timedelta(days=2)
    event = make_event(home, starts_at=start, ends_at=start + timedelta(hours=1))

    assert event.reverse_subpage("calendar") not in read(client, event.url)


def test_the_budget_of_a_project_in_leva_is_told_in_euro_too(home: Page, client: Client) -> None:
    project = make_project(home, budget_amount="87657.14", budget_currency="BGN")

    html = read(client, project.url)

    assert "87\u00a0657,14" in html
    assert "44\u00a0818,38\u00a0€" in html


def test_a_project_shows_each_of_its_lists_under_the_anchor_of_its_passage(home: Page, client: Client) -> None:
    project = make_project(
        home,
        needs=[("point", "Доверие")],
        target_groups=[("point", "Граждани")],
        activities=[("activity", {"title": "Проучване", "text": "На практики", "state": "done"})],
        expected_results=[("point", "Модел")],
    )

    html = read(client, project.url)

    assert all(f'id="{passage.anchor}"' in html for passage in project.passages() if passage.anchor)
    assert 'data-state="done"' in html


def test_a_project_lists_its_reports_that_a_visitor_may_open(home: Page, client: Client) -> None:
    first, closed = make_publication(home, title="Първи доклад"), make_publication(home, title="Затворен доклад")
    for page in (first, closed):
        page.save_revision().publish()
    restrict(closed)
    project = make_project(home, reports=[("publication", closed), ("publication", first)])

    links = Links(read(client, project.url)).of("main")

    assert "Първи доклад" in links
    assert "Затворен доклад" not in links


def test_each_row_of_a_directory_can_be_linked_to(home: Page, client: Client) -> None:
    directory = make_directory(home, make_municipality())
    row = make_organisation(directory.municipality, key="mladezhki-klub", is_sample=True, name_bg="Младежки клуб")

    html = read(client, directory.url)

    assert f'<tr id="{row.key}">' in html
    assert 'class="tag"' in html.split(f'id="{row.key}"')[1].split("</tr>")[0]
    assert f'href="{directory.url}{directory.reverse_subpage("csv")}"' in html


def test_a_directory_asks_the_same_few_questions_however_long_it_is(
    home: Page, client: Client, django_assert_max_num_queries: MaxQueries
) -> None:
    directory = make_directory(home, make_municipality())
    for _ in range(12):
        make_organisation(directory.municipality)
    read(client, directory.url)

    with django_assert_max_num_queries(14):
        read(client, directory.url)


def test_the_headings_of_a_text_have_the_anchors_of_their_passages(home: Page, client: Client) -> None:
    body = [
        ("heading", "Как започна"),
        ("paragraph", "<p>Така.</p>"),
        ("result", {"figure": "24", "meaning": "месеца"}),
    ]
    page = add_page(home, ContentPage, body=body)

    html = read(client, page.url)

    assert [f'id="{passage.anchor}"' in html for passage in page.passages()] == [True]
    assert '<span class="figure__value">24</span>' in html

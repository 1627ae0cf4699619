"""Views of pages: which are counted, that none is lost between threads, where they are shown."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from threading import Thread
from typing import Any

import openpyxl
import pytest
import time_machine
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from hub import readership
from hub.models import ContentPage, PageViewCount
from tests.factories.hub import add_page, make_event, make_news, make_stand_in, restrict
from tests.reading import Links, read

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Begin and end with nothing counted."""
    readership.buffer.take(older_than=0)
    yield
    readership.buffer.take(older_than=0)


@pytest.fixture
def page(home: Page) -> ContentPage:
    """A page to read."""
    return add_page(home, ContentPage, title="Страница")


def views(page: Page) -> int:
    """Return how often a page was read, with what is still kept."""
    readership.write()
    return sum(PageViewCount.objects.filter(page=page).values_list("number", flat=True))


def visit(client: Client, address: str, **headers: str) -> Any:
    """Open an address as a browser does."""
    return client.get(address, headers={"User-Agent": BROWSER, **headers})


# What is counted


def test_each_view_of_a_reader_is_counted_for_its_day(page: Page, client: Client) -> None:
    for _ in range(3):
        visit(client, page.url)

    assert views(page) == 3
    assert list(PageViewCount.objects.values_list("day", flat=True)) == [TODAY()]


def test_a_view_sets_no_cookie(page: Page, client: Client) -> None:
    assert not visit(client, page.url).cookies


@pytest.mark.parametrize(
    "headers",
    [{"User-Agent": "Googlebot/2.1"}, {"User-Agent": ""}, {"Sec-Purpose": "prefetch;prerender"}],
    ids=["robot", "nameless", "fetched ahead"],
)
def test_what_is_no_reading_is_not_counted(headers: dict[str, str], page: Page, client: Client) -> None:
    visit(client, page.url, **headers)

    assert views(page) == 0


def test_whoever_writes_pages_is_no_reader(page: Page, client: Client, administrator: Any) -> None:
    client.force_login(administrator)

    visit(client, page.url)

    assert views(page) == 0


def test_a_question_about_a_page_is_no_view(page: Page, client: Client) -> None:
    client.head(page.url, headers={"User-Agent": BROWSER})

    assert views(page) == 0


def test_a_file_of_a_page_and_a_refusal_are_no_views(home: Page, client: Client) -> None:
    event = make_event(home)
    closed = add_page(home, ContentPage)
    restrict(closed)

    visit(client, event.url + event.reverse_subpage("calendar"))
    visit(client, closed.url)

    assert views(event) == views(closed) == 0


def test_what_stands_in_for_a_page_is_not_counted(page: Page, client: Client) -> None:
    stand_in = make_stand_in(page)

    visit(client, stand_in.url)

    assert views(stand_in) == 0


# How it is kept


def test_a_view_asks_the_database_nothing(
    page: Page, client: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    read(client, page.url)
    with django_assert_num_queries(9):
        read(client, page.url)

    with django_assert_num_queries(9):
        visit(client, page.url)


def test_what_was_kept_long_enough_is_written_after_an_answer(page: Page, client: Client, settings: Any) -> None:
    settings.PAGE_VIEWS_KEPT_SECONDS = 0
    readership.buffer.add(page.pk, TODAY())

    readership.write_now_and_then()

    assert PageViewCount.objects.get().number == 1


def test_two_processes_add_to_the_same_number(page: Page) -> None:
    for number in (2, 3):
        PageViewCount.objects.add(Counter({(page.pk, TODAY()): number}))

    assert PageViewCount.objects.get().number == 5


def test_views_of_a_page_that_is_gone_cost_no_others(page: Page) -> None:
    PageViewCount.objects.add(Counter({(page.pk, TODAY()): 1, (page.pk + 999, TODAY()): 7}))

    assert PageViewCount.objects.get().number == 1


def test_no_view_is_lost_between_threads() -> None:
    buffer = readership.ViewBuffer()

    def read_often() -> None:
        for _ in range(2_000):
            buffer.add(1, TODAY())

    threads = [Thread(target=read_often) for _ in range(4)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert buffer.take(older_than=0)[1, TODAY()] == 8_000


def test_what_the_database_cannot_take_is_kept(
    page: Page, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: Any) -> None:
        raise DatabaseError("locked")

    readership.buffer.add(page.pk, TODAY())
    with monkeypatch.context() as patch:
        patch.setattr(type(PageViewCount.objects.all()), "add", refuse)
        patch.setattr(type(PageViewCount.objects), "add", refuse)
        readership.write()

    assert "Views were not written" in caplog.text
    assert views(page) == 1


# Where it is shown


def count(page: Page, number: int, days_ago: int = 0) -> None:
    """Note that a page was read so often on a day."""
    PageViewCount.objects.create(page=page, day=TODAY() - timedelta(days=days_ago), number=number)


def test_the_home_page_shows_what_was_read_most_this_month(home: Page, client: Client) -> None:
    known = [make_news(home, title=f"Новина {number}") for number in range(7)]
    for number, news in enumerate(known):
        count(news, number)
    count(known[0], 100, days_ago=31)
    count(known[0].get_parent(), 50)
    restrict(known[6])

    section = read(client, home.url).split('id="most-read"')[1].split("</section>")[0]

    assert Links(section).of("") == [f"Новина {number}" for number in (5, 4, 3, 2, 1)]


def test_a_home_page_that_nobody_has_read_shows_no_such_list(home: Page, client: Client) -> None:
    make_news(home)

    assert "most-read" not in read(client, home.url)


# The report


@pytest.fixture
def report(home: Page, client: Client, administrator: Any) -> Callable[..., Any]:
    """Return a function that opens the report as an administrator."""
    with time_machine.travel("2056-06-15 12:00"):
        client.force_login(administrator)
        news, event = make_news(home, title="Новина"), make_event(home, title="Събитие")
        for page, number, days_ago in ((news, 5, 0), (news, 2, 3), (event, 4, 1), (event, 90, 40)):
            count(page, number, days_ago)

    def ask(**query: str) -> Any:
        with time_machine.travel("2056-06-15 12:00"):
            client.force_login(administrator)
            return client.get("/admin/reports/readers/", query)

    return ask


def test_the_report_lists_what_was_read_in_the_last_thirty_days(report: Callable[..., Any]) -> None:
    response = report()

    assert [(page.title, page.reads) for page in response.context["object_list"]] == [("Новина", 7), ("Събитие", 4)]
    assert response.context["chart"].total == 11
    assert len(response.context["chart"].bars) == 30
    assert [number for _, number in response.context["kinds_read"]] == [7, 4]


def test_the_report_has_a_picture_with_its_figures_as_a_table(report: Callable[..., Any]) -> None:
    html = report().content.decode()

    assert 'role="img" aria-labelledby="readers-chart"' in html
    assert html.count('class="chart__bar"') == html.count('<td class="number">') == 30


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"first": "2056-05-01", "last": "2056-05-31"}, {"Събитие": 90}),
        ({"first": "2056-01-01"}, {"Събитие": 94, "Новина": 7}),
        ({"first": "2056-07-01", "last": "2056-06-15"}, {"Новина": 5}),
        ({"kind": "news"}, {"Новина": 7}),
        ({"language": "en"}, {}),
    ],
)
def test_the_report_is_of_a_period_of_kinds_and_of_languages(
    query: dict[str, str], found: dict[str, int], report: Callable[..., Any]
) -> None:
    response = report(**query)

    assert {page.title: page.reads for page in response.context["object_list"]} == found
    assert response.context["chart"].total == sum(found.values())


def test_a_long_period_is_shown_by_months(report: Callable[..., Any]) -> None:
    bars = report(first="2055-07-01").context["chart"].bars

    assert [bar.label for bar in bars][::11] == ["07.2055", "06.2056"]
    assert [bar.value for bar in bars][-2:] == [90, 11]


def test_the_report_goes_into_a_spreadsheet(report: Callable[..., Any]) -> None:
    text = report(export="csv").getvalue().decode()
    book = openpyxl.load_workbook(io.BytesIO(report(export="xlsx").getvalue()))

    rows = list(csv.reader(io.StringIO(text)))
    assert [row[0] for row in rows[1:]] == ["Новина", "Събитие"]
    assert [row[-1] for row in rows[1:]] == ["7", "4"]
    assert [cell.value for cell in book.active[2]][-1] == 7


def test_the_report_is_for_those_who_write_pages(home: Page, client: Client, editor: Any) -> None:
    client.force_login(editor)
    allowed = client.get("/admin/reports/readers/").status_code
    client.logout()

    assert allowed == 200
    assert client.get("/admin/reports/readers/").status_code == 302


def test_the_report_asks_few_questions_however_many_pages_it_lists(
    home: Page, client: Client, administrator: Any, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    client.force_login(administrator)
    for number in range(12):
        count(make_news(home, title=f"Новина {number}"), number + 1)
    client.get("/admin/reports/readers/results/")

    with django_assert_max_num_queries(16):
        client.get("/admin/reports/readers/results/")


def test_the_first_day_of_a_period_counts(home: Page) -> None:
    news = make_news(home)
    PageViewCount.objects.create(page=news, day=date(2056, 1, 1), number=1)

    assert PageViewCount.objects.between(date(2056, 1, 1), date(2056, 1, 1)).count() == 1

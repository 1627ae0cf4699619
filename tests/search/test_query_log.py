"""What is kept of the questions that visitors ask: counts of words by day, and nothing about who asked."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from search import query_log
from search.engines import engine
from search.models import AskedQuery, MissedNote
from search.models.log import Asking
from tests.factories.search import make_record, write

BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


@pytest.fixture(autouse=True)
def nothing_gathered() -> None:
    """Begin without what another test gathered."""
    query_log._gathered.clear()


def _ask(client: Client, query: str, language: str = "bg", headers: dict[str, str] = BROWSER, **more: Any) -> None:
    assert client.get(f"/{language}/search/", {"q": query, **more}, headers=headers).status_code in {200, 404}


def _kept() -> list[tuple[str, str, int, int]]:
    query_log.write()
    return sorted(AskedQuery.objects.values_list("language", "text", "times", "results"))


def test_a_query_is_counted_by_day_and_language_in_one_form(client: Client, home: Page) -> None:
    write(engine(), make_record(text="Граждански бюджет"))

    _ask(client, "Граждански  БЮДЖЕТ")
    _ask(client, "граждански бюджет ")
    _ask(client, "няматакова")
    _ask(client, "zebra", language="en")

    assert _kept() == [("bg", "граждански бюджет", 2, 1), ("bg", "няматакова", 1, 0), ("en", "zebra", 1, 0)]
    assert set(AskedQuery.objects.values_list("day", flat=True)) == {timezone.localdate()}


def test_counts_of_several_processes_add_up(db: None) -> None:
    asking = Asking("bg", "жребий", date(2026, 1, 1))

    AskedQuery.objects.add([(asking, 2, 7)])
    AskedQuery.objects.add([(asking, 3, 5)])

    assert list(AskedQuery.objects.values_list("times", "results")) == [(5, 5)]


@pytest.mark.parametrize(
    "more", [{"page": 2}, {"theme": "youth"}, {"sort": "date"}, {"literal": 1}, {"page": 1, "theme": "x"}]
)
def test_what_follows_a_query_is_no_query_of_its_own(client: Client, home: Page, more: dict[str, Any]) -> None:
    _ask(client, "бюджет", **more)

    assert _kept() == []


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User-Agent": ""},
        {**BROWSER, "Sec-Purpose": "prefetch"},
        {**BROWSER, "Cookie": "sessionid=x"},
    ],
    ids=["robot", "nameless", "ahead", "signed in"],
)
def test_only_people_who_read_are_counted(client: Client, home: Page, headers: dict[str, str]) -> None:
    _ask(client, "бюджет", headers=headers)

    assert _kept() == []


@pytest.mark.parametrize(
    "query",
    ["ivan.petrov@example.bg", "0888 123 456"],
)
def test_what_looks_like_somebodys_data_is_not_kept(client: Client, home: Page, query: str) -> None:
    _ask(client, query)

    assert _kept() == []


@pytest.mark.parametrize("query", ["бюджет 2021–2027", "87 657,14 лв."])
def test_usual_numbers_are_kept(client: Client, home: Page, query: str) -> None:
    _ask(client, query)

    assert [text for _, text, _, _ in _kept()] == [query]


@pytest.mark.parametrize("query", ["", "а", " ", "\x00"])
def test_what_is_hardly_a_word_is_not_kept(client: Client, home: Page, query: str) -> None:
    _ask(client, query)

    assert _kept() == []


def test_an_endless_query_is_cut(client: Client, home: Page) -> None:
    _ask(client, "дума " * 200)

    ((_, text, _, _),) = _kept()

    assert len(text) <= 100


def test_a_page_of_results_writes_nothing_itself(
    client: Client, home: Page, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _ask(client, "бюджет")

    assert not AskedQuery.objects.exists()
    with django_assert_num_queries(1):
        query_log.write()
    with django_assert_num_queries(0):
        query_log.write()
    assert AskedQuery.objects.count() == 1


def test_memory_stays_bounded_whatever_is_asked(client: Client, home: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query_log, "MOST_GATHERED", 2)

    for query in ("едно", "две", "три", "едно"):
        _ask(client, query)

    assert [(text, times) for _, text, times, _ in _kept()] == [("две", 1), ("едно", 2)]


def test_a_database_that_cannot_take_it_harms_nobody(
    client: Client, home: Page, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(type(AskedQuery.objects.all()), "add", fail)
    monkeypatch.setattr(AskedQuery.objects, "add", fail, raising=False)
    _ask(client, "бюджет")

    query_log.write()

    assert "Queries were not counted" in caplog.text


def test_rare_queries_are_forgotten_after_a_month_and_all_after_thirteen(db: None) -> None:
    today = timezone.localdate()

    def asked(text: str, days_ago: int, times: int) -> None:
        AskedQuery.objects.add([(Asking("bg", text, today - timedelta(days=days_ago)), times, 0)])

    asked("рядко", 31, 1)
    asked("рядко", 40, 1)
    asked("ново", 1, 1)
    asked("често", 40, 2)
    asked("често", 3, 1)
    asked("отдавна", 400, 50)
    MissedNote.objects.create(language="bg", day=today - timedelta(days=400), text="Старо")
    MissedNote.objects.create(language="bg", day=today - timedelta(days=40), text="Ново")

    query_log.forget()

    assert set(AskedQuery.objects.values_list("text", flat=True)) == {"ново", "често"}
    assert [note.text for note in MissedNote.objects.all()] == ["Ново"]


def test_forgetting_is_done_once_a_day(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    query_log.forget()

    with django_assert_num_queries(0):
        query_log.forget()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        AskedQuery.objects.add([(Asking("bg", "рядко", timezone.localdate() - timedelta(days=60)), 1, 0)])
        query_log.forget()
    assert not AskedQuery.objects.exists()

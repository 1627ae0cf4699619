"""What a visitor is offered while typing."""

from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest
from django.core.signals import request_started
from django.db import connections
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from hub.models import NewsIndexPage, NewsPage
from search import suggestions
from search.engines import engine
from search.models import GlossaryTerm, IndexState
from tests.factories.hub import add_page, restrict
from tests.factories.search import make_record, write


def _suggestions(client: Client, query: str, language: str = "bg", **more: str) -> list[dict[str, str]]:
    response: Any = client.get(f"/{language}/search/suggestions/", {"q": query, **more})
    assert response.status_code == 200
    found: list[dict[str, str]] = response.json()["suggestions"]
    return found


def _texts(client: Client, query: str, language: str = "bg", **more: str) -> list[str]:
    return [one["text"] for one in _suggestions(client, query, language, **more)]


@pytest.fixture
def records(home: Page) -> None:
    """Three records of two languages."""
    write(
        engine(),
        make_record(key="a", title="Граждански бюджет в Тарту", url="/bg/tartu/", summary="Хората гласуват."),
        make_record(key="b", title="Бюджетът на Бургас", url="/bg/burgas/", kind="news"),
        make_record(key="c", title="Participatory budget", url="/en/tartu/", language="en"),
    )


def test_the_beginning_of_a_word_is_completed_and_titles_that_hold_it_follow(client: Client, records: None) -> None:
    found = _suggestions(client, "бюдж")

    assert found == [
        {"text": "бюджет"},
        {"text": "Бюджетът на Бургас", "url": "/bg/burgas/", "kind": "Новина"},
        {"text": "Граждански бюджет в Тарту", "url": "/bg/tartu/", "kind": "Страница"},
    ]


def test_the_words_before_the_last_one_narrow_down(client: Client, records: None) -> None:
    assert _texts(client, "граждански бю") == ["граждански бюджет", "Граждански бюджет в Тарту"]
    assert _texts(client, "чудновато бю") == []


def test_another_form_of_a_finished_word_finds_the_title(client: Client, records: None) -> None:
    assert "Граждански бюджет в Тарту" in _texts(client, "гражданския бюджет")


def test_words_of_summaries_are_completed_too(client: Client, records: None) -> None:
    assert _texts(client, "гласу") == ["гласуват"]


def test_latin_letters_are_read_as_bulgarian(client: Client, records: None) -> None:
    assert _texts(client, "grazhdanski byu") == ["граждански бюджет", "Граждански бюджет в Тарту"]


@pytest.mark.parametrize("typed", ["byudzh", "byudj", "biudj", "bjudj", "b\\dv", "b`dx", "/zog"])
def test_a_beginning_is_understood_as_people_write_it_and_on_each_keyboard(
    client: Client, records: None, typed: str
) -> None:
    assert _texts(client, typed) == ["бюджет", "Бюджетът на Бургас", "Граждански бюджет в Тарту"]


@pytest.mark.parametrize("typed", ["партиц", "зьишсъ"])
def test_english_on_a_bulgarian_keyboard_is_understood(client: Client, records: None, typed: str) -> None:
    assert _texts(client, typed, "en") == ["participatory", "Participatory budget"]


def test_signs_that_stand_for_letters_are_read_in_terms_of_the_glossary_too(client: Client, home: Page) -> None:
    GlossaryTerm.objects.create(slug="lot", term_bg="шествие", term_en="march")

    assert _texts(client, "6estvi") == ["шествие"]


def test_each_language_suggests_its_own(client: Client, records: None) -> None:
    assert _texts(client, "partic", "en") == ["participatory", "Participatory budget"]
    assert _texts(client, "partic", "bg") == []


def test_a_list_of_one_kind_suggests_of_that_kind(client: Client, records: None) -> None:
    assert _texts(client, "бюдж", kind="news") == ["бюджетът", "Бюджетът на Бургас"]


def test_a_term_of_the_glossary_comes_first_by_any_of_its_names(client: Client, records: None) -> None:
    GlossaryTerm.objects.create(
        slug="pb", term_bg="граждански бюджет", term_en="participatory budget", synonyms_en="people’s budget"
    )

    assert _suggestions(client, "peop", "en") == [{"text": "participatory budget", "kind": "Glossary"}]
    assert _texts(client, "граждански") == ["граждански бюджет", "Граждански бюджет в Тарту"]


@pytest.mark.parametrize("query", ["бюджет на", "бюджет на ", "byudzhet na", "<b>"])
def test_a_function_word_and_a_sign_begin_no_word(client: Client, home: Page, query: str) -> None:
    write(engine(), make_record(title="Бюджет най-лесно, навременно, за населението"))

    assert _texts(client, query) == []


def test_a_function_word_stands_before_the_word_that_is_typed(client: Client, records: None) -> None:
    assert _texts(client, "бюджетът на") == ["Бюджетът на Бургас"]
    assert _texts(client, "бюджетът на бу")[0] == "бюджетът на Бургас"


def test_two_letters_alone_begin_a_word_though_they_are_one(client: Client, records: None) -> None:
    write(engine(), make_record(title="Населението решава"))

    assert "населението" in [text.lower() for text in _texts(client, "на")]
    assert "населението" not in [text.lower() for text in _texts(client, "на ")]


@pytest.mark.parametrize(("query", "text"), [("<бюд", "бюджет"), ("граждански (бюд", "граждански бюджет")])
def test_signs_before_a_word_are_not_suggested(client: Client, records: None, query: str, text: str) -> None:
    assert _texts(client, query)[0] == text


def test_what_was_typed_in_full_is_not_suggested_again(client: Client, records: None) -> None:
    assert "бюджет" not in _texts(client, "бюджет")


@pytest.mark.parametrize("query", ["", "б", "  ", "-", "и", "„", "\x00", "%", "бюджет " * 50, "я" * 5_000, "🙂🙂"])
def test_what_cannot_be_gone_on_with_has_no_suggestions(client: Client, records: None, query: str) -> None:
    assert _suggestions(client, query) == []


def test_a_new_title_is_suggested_at_once_and_an_old_one_no_more(client: Client, records: None) -> None:
    assert "Бюджетът на Бургас" in _texts(client, "бюдж")

    write(engine(), make_record(key="b", title="Бюджетна процедура"))

    assert "Бюджетна процедура" in _texts(client, "бюдж")
    assert "Бюджетът на Бургас" not in _texts(client, "бюдж")


def test_what_has_come_is_counted_with_what_was_there(client: Client, records: None) -> None:
    assert _texts(client, "бю")[0] == "бюджет"

    write(
        engine(),
        make_record(key="d", title="За бюрото", summary="Едно бюро."),
        make_record(key="e", title="На бюрото", summary="Друго бюро."),
        make_record(key="f", title="Бюджет"),
    )

    words, titles = ["бюджет", "бюро"], ["Бюджет", "Бюджетът на Бургас"]
    assert _texts(client, "бю") == [*words, *titles, "За бюрото", "На бюрото", "Граждански бюджет в Тарту"]
    assert _texts(client, "бю", kind="news") == ["бюджетът", "Бюджетът на Бургас"]


def test_a_new_term_of_the_glossary_is_suggested_at_once(client: Client, records: None) -> None:
    assert _texts(client, "жреб") == []

    term = GlossaryTerm.objects.create(slug="lot", term_bg="жребий", term_en="sortition")

    assert _suggestions(client, "жреб")[0] == {"text": "жребий", "kind": "Речник"}
    term.delete()
    assert _texts(client, "жреб") == []


def test_what_has_come_and_is_hidden_is_not_spoken_of(client: Client, home: Page, records: None) -> None:
    assert _texts(client, "жреб") == []
    news = add_page(home, NewsIndexPage, title="Новини")
    page = add_page(news, NewsPage, title="Жребият на квартала")
    assert _texts(client, "жреб") == ["жребият", "Жребият на квартала"]

    Page.objects.filter(pk=page.pk).update(live=False)  # the index has not been told

    assert _texts(client, "жреб") == []


def test_when_much_has_changed_the_old_outline_serves_without_it(
    client: Client, records: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    later: list[bool] = []
    assert "Бюджетът на Бургас" in _texts(client, "бюдж")
    monkeypatch.setattr(suggestions, "MOST_LATE", 0)
    monkeypatch.setattr(suggestions, "_load_later", lambda: later.append(True))

    write(engine(), make_record(key="b", title="Бюджетна процедура"))
    engine().delete(["a"])

    assert _texts(client, "бюдж") == []
    assert len(later) == 1
    monkeypatch.setattr(connections["default"], "close", lambda: None)
    suggestions._load_apart()
    assert _texts(client, "бюдж") == ["бюджетна", "Бюджетна процедура"]


def test_a_process_reads_what_it_suggests_at_its_first_request(
    client: Client, home: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[bool] = []
    monkeypatch.setattr(suggestions, "_load_later", lambda: begun.append(True))
    request_started.connect(suggestions.prepare, dispatch_uid=suggestions.PREPARING)

    client.get("/robots.txt")
    client.get("/robots.txt")

    assert begun == [True]


def test_who_types_while_a_thread_reads_waits_for_it(
    client: Client, records: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections["default"], "close", lambda: None)
    monkeypatch.setattr(suggestions, "_loader", SimpleNamespace(join=suggestions._load_apart))
    monkeypatch.setattr(suggestions, "_load", Mock(side_effect=[suggestions._load()]))

    assert "бюджет" in _texts(client, "бюдж")


def test_what_becomes_restricted_is_suggested_no_more_in_title_or_word(client: Client, home: Page) -> None:
    news = add_page(home, NewsIndexPage, title="Новини")
    page = add_page(news, NewsPage, title="Жребият на квартала", summary="Чудновато.")
    assert _texts(client, "жреб") == ["жребият", "Жребият на квартала"]

    restrict(page)

    assert _texts(client, "жреб") == _texts(client, "чудно") == []


def test_suggestions_may_be_kept_for_a_minute_and_set_no_cookie(client: Client, records: None) -> None:
    response = client.get("/bg/search/suggestions/", {"q": "бюдж"})

    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert client.post("/bg/search/suggestions/").status_code == 405


def test_what_is_typed_asks_one_query_and_two_or_three_after_a_change(
    client: Client, home: Page, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    news = add_page(home, NewsIndexPage, title="Новини")
    add_page(news, NewsPage, title="Бюджет")
    IndexState.renew_token()

    assert _suggestions(client, "бюдж")
    with django_assert_num_queries(1):
        assert _suggestions(client, "бюдж")

    IndexState.renew_token()
    with django_assert_num_queries(2):
        assert _suggestions(client, "бюдж")
    write(engine(), make_record(title="Друг бюджет"))
    with django_assert_num_queries(3):
        assert "Друг бюджет" in _texts(client, "бюдж")

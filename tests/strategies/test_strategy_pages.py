"""The strategy, its chapters and the case studies as a visitor gets them."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, Page

from hub.references import link_to
from strategies.models import StrategyPage
from tests.factories.hub import make_municipality
from tests.factories.practices import make_practice, source
from tests.factories.strategies import make_case, make_chapter, make_strategy, measure
from tests.reading import read

MaxQueries = Callable[[int], Any]


@pytest.fixture
def strategy(home: Page) -> StrategyPage:
    """A strategy with three chapters, planted out of order, and four measures."""
    strategy = make_strategy(home)
    make_chapter(strategy, 3)
    make_chapter(strategy, 1, body=[measure("1.1", status="done"), measure("1.2", status="done")])
    make_chapter(strategy, 2, body=[measure("2.1"), measure("2.2", status="at_risk")])
    return strategy


def test_chapters_stand_in_the_order_of_their_numbers(strategy: StrategyPage, client: Client) -> None:
    html = read(client, strategy.url)

    titles = re.findall(r">(Глава \d)</a>", html)
    assert titles == ["Глава 1", "Глава 2", "Глава 3"]


def test_a_strategy_counts_its_measures_by_their_state(strategy: StrategyPage) -> None:
    counts = {state: number for state, _, number in strategy.measures_by_status}

    assert counts == {"planned": 1, "at_risk": 1, "done": 2}
    assert list(counts) == ["planned", "at_risk", "done"]


def test_a_strategy_says_what_state_the_document_is_in(home: Page, client: Client) -> None:
    strategy = make_strategy(home, adopted_note="Работен текст за обсъждане.")

    html = read(client, strategy.url)

    assert '<div class="notice notice--proposed">' in html
    assert "Работен текст за обсъждане." in html


def test_a_strategy_is_made_of_few_questions_however_many_chapters_it_has(
    home: Page, client: Client, django_assert_max_num_queries: MaxQueries
) -> None:
    strategy = make_strategy(home)
    for number in range(12):
        make_chapter(strategy, number, body=[measure(f"{number}.1")])
    read(client, strategy.url)

    with django_assert_max_num_queries(11):
        read(client, strategy.url)


def test_a_chapter_leads_to_its_neighbours(strategy: StrategyPage, client: Client) -> None:
    first, second, third = strategy.chapters

    html = read(client, second.url)

    assert f'<a href="{first.url}" rel="prev">' in html
    assert f'<a href="{third.url}" rel="next">' in html


def test_each_part_of_a_measure_ends_once_where_it_is_searched(home: Page) -> None:
    parts = measure("2.3", "Отговор на всяко предложение", text="Отговаря се.", responsible="Общината", indicator="Дял")
    chapter = make_chapter(make_strategy(home), 2, body=[parts])

    (found,) = [passage for passage in chapter.passages() if passage.anchor == "measure-2.3"]

    assert found.text == "2.3 Отговор на всяко предложение.\nОтговаря се.\nОбщината.\nДял."


def test_the_first_chapter_has_none_before_it_and_the_last_none_after(strategy: StrategyPage, client: Client) -> None:
    first, _, last = strategy.chapters

    assert 'rel="prev"' not in read(client, first.url)
    assert 'rel="next"' not in read(client, last.url)


def test_a_draft_is_no_neighbour(strategy: StrategyPage, client: Client) -> None:
    first, second, third = strategy.chapters
    second.unpublish()

    assert f'<a href="{third.url}" rel="next">' in read(client, first.url)


def test_a_chapter_marks_itself_in_the_list_of_chapters(strategy: StrategyPage, client: Client) -> None:
    second = strategy.chapters[1]

    html = read(client, second.url)

    assert re.findall(r'<a href="([^"]+)" aria-current="page">', html) == [second.url]


def test_each_measure_stands_under_the_anchor_of_its_passage(home: Page, client: Client) -> None:
    body = [
        ("heading", "Какво предлагаме"),
        ("paragraph", "<p>Мерки.</p>"),
        measure("2.3", "Отговор на всяко предложение", responsible="Общината", indicator="Дял", status="in_progress"),
    ]
    chapter = make_chapter(make_strategy(home), 2, body=body)

    html = read(client, chapter.url)

    assert all(f'id="{passage.anchor}"' in html for passage in chapter.passages())
    assert 'data-state="in_progress"' in html
    assert "Отговор на всяко предложение" in html


def test_measures_that_open_a_chapter_have_a_heading_above_them(home: Page, client: Client) -> None:
    chapter = make_chapter(make_strategy(home), 1, body=[measure("1.1")])

    html = read(client, chapter.url)

    levels = [int(level) for level in re.findall(r"<h([1-6])", html.split("<main")[1].split("</main>")[0])]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_chapter_is_made_of_few_questions(
    strategy: StrategyPage, client: Client, django_assert_max_num_queries: MaxQueries
) -> None:
    chapter = strategy.chapters[1]
    read(client, chapter.url)

    with django_assert_max_num_queries(13):
        read(client, chapter.url)


# Case studies


def test_a_case_tells_its_parts_under_the_anchors_of_its_passages(home: Page, client: Client) -> None:
    texts = dict.fromkeys(["situation", "process", "outcome", "lessons", "questions"], "<p>Така. [1]</p>")
    case = make_case(home, sources=[source()], **texts)

    html = read(client, case.url)

    assert all(f'id="{passage.anchor}"' in html for passage in case.passages() if passage.anchor)
    assert html.count(link_to(1)) == 5


def test_a_case_leads_to_its_practice_in_the_language_of_the_reader(home: Page, client: Client) -> None:
    practice = make_practice(home, title="Парк „Бедечка“")
    practice.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    english = practice.get_translation(Locale.objects.get(language_code="en"))
    english.title, english.slug = "Bedechka Park", "bedechka-park"
    english.save_revision().publish()
    case = make_case(home.get_translation(english.locale), practice=practice)

    html = read(client, case.url)

    assert "Bedechka Park" in html
    assert "Бедечка" not in html


def test_a_case_says_nothing_of_a_practice_that_is_a_draft(home: Page, client: Client) -> None:
    practice = make_practice(home, title="Парк „Бедечка“")
    practice.unpublish()
    case = make_case(home, practice=practice)

    assert "Бедечка" not in read(client, case.url)


def test_the_list_of_cases_shows_where_and_when(home: Page, client: Client) -> None:
    municipality = make_municipality(code="SZR31", name_bg="Стара Загора")
    case = make_case(home, title="Казус", municipality=municipality, year_start=2017, year_end=2018)

    html = read(client, case.get_parent().url)

    assert 'data-city="SZR31"' in html
    assert "Стара Загора" in html
    assert "2017–2018" in html


def test_a_case_is_made_of_few_questions(home: Page, client: Client, django_assert_max_num_queries: MaxQueries) -> None:
    case = make_case(home, practice=make_practice(home), municipality=make_municipality(), sources=[source()])
    read(client, case.url)

    with django_assert_max_num_queries(14):
        read(client, case.url)

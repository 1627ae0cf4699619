"""A practice and the list of practices as a visitor gets them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, Page

from hub.references import link_to
from practices.models import PracticePage
from practices.origins import EvidenceGrade
from search.indexing import rebuild
from tests.factories.files import make_publication
from tests.factories.hub import make_municipality, make_theme
from tests.factories.practices import (
    figure,
    make_country,
    make_level,
    make_method,
    make_practice,
    make_practice_index,
    source,
)
from tests.reading import read

MaxQueries = Callable[[int], Any]
MAX_BYTES = 60_000


def facts_of(html: str) -> str:
    """Return the facts of a practice's page."""
    return html.split('<dl class="facts">')[1].split("</dl>", maxsplit=1)[0]


@pytest.fixture
def full_practice(home: Page) -> PracticePage:
    """A practice with something in each of its fields."""
    text = "<h3>Как</h3><p>" + "Съседите предлагат, общината строи. " * 40 + "[1]</p>"
    return make_practice(
        home,
        title="Тарту: малък граждански бюджет",
        municipality=make_municipality(name_bg="Ямбол", code="JAM26"),
        themes=[make_theme() for _ in range(4)],
        methods=[make_method(f"method-{number}") for number in range(3)],
        organiser="Общината [2]",
        period_note="От 2013 г. [1]",
        year_start=2013,
        legal_basis="Чл. 26 от ЗНА [2]",
        cost_amount="40000",
        cost_currency="BGN",
        cost_note="Планирани [1]",
        evidence=EvidenceGrade.DOCUMENTED,
        figures=[figure("5859", "гласували", 2), figure("12", "месеца", 7)],
        sources=[source(f"Източник {number}", url=f"https://example.org/{number}") for number in range(1, 9)],
        **dict.fromkeys(["story", "results", "lessons", "criticism", "gaps"], text),
    )


def test_a_practice_is_made_of_few_questions_and_bytes(
    full_practice: PracticePage, client: Client, django_assert_max_num_queries: MaxQueries
) -> None:
    read(client, full_practice.url)

    with django_assert_max_num_queries(12):
        html = read(client, full_practice.url)

    assert len(html.encode()) <= MAX_BYTES


def test_publications_cost_a_practice_no_more_however_many(
    home: Page, client: Client, django_assert_max_num_queries: MaxQueries
) -> None:
    publications = [make_publication(home, title=f"Доклад {number}") for number in range(5)]
    for publication in publications:
        publication.save_revision().publish()
    practice = make_practice(home, publications=[("publication", publication) for publication in publications])
    read(client, practice.url)

    with django_assert_max_num_queries(16):
        html = read(client, practice.url)

    assert html.count('class="document-item"') == 5


def test_facts_and_figures_are_found_as_lines_that_each_end_once(full_practice: PracticePage) -> None:
    full_practice.organiser, full_practice.legal_basis = "Община Сливен", "Решение на съвета."
    full_practice.figures = [("result", {"figure": "24", "meaning": "месеца работа", "source": None})] * 2

    passages = {passage.anchor: passage.text for passage in full_practice.passages()}

    assert "Община Сливен.\nРешение на съвета." in passages["facts"]
    assert passages["figures"] == "24\nмесеца работа.\n24\nмесеца работа."


def test_each_part_of_a_practice_stands_under_the_anchor_of_its_passage(
    full_practice: PracticePage, client: Client
) -> None:
    html = read(client, full_practice.url)

    anchors = {passage.anchor for passage in full_practice.passages() if passage.anchor}
    assert anchors == {"facts", "story", "results", "lessons", "criticism", "gaps", "figures"}
    assert all(html.count(f'id="{anchor}"') == 1 for anchor in anchors)


def test_a_part_that_nobody_wrote_is_left_out(home: Page, client: Client) -> None:
    practice = make_practice(home)

    html = read(client, practice.url)

    assert 'id="story"' in html
    assert not re.search('id="(results|lessons|criticism|gaps|figures|sources)"', html)


def test_sources_are_numbered_and_can_be_linked_to(full_practice: PracticePage, client: Client) -> None:
    html = read(client, full_practice.url)

    ids = re.findall(r'<li id="source-(\d+)">', html)
    assert ids == [str(number) for number in range(1, 9)]
    assert 'href="https://example.org/8"' in html


def test_numbers_in_brackets_lead_to_the_sources_in_texts_facts_and_figures(
    full_practice: PracticePage, client: Client
) -> None:
    html = read(client, full_practice.url)

    facts = facts_of(html)
    assert html.split('id="story"')[1].count(link_to(1)) >= 5
    assert all(f"{words}\u00a0{link_to(number)}" in facts for words, number in [
        ("Общината", 2), ("От 2013 г.", 1), ("Чл. 26 от ЗНА", 2), ("Планирани", 1),
    ])  # fmt: skip
    assert f"гласували\u00a0{link_to(2)}" in html


def test_every_reference_leads_to_a_source_that_is_there(full_practice: PracticePage, client: Client) -> None:
    html = read(client, full_practice.url)

    named = set(re.findall(r'href="#(source-\d+)"', html))
    assert named <= set(re.findall(r'id="(source-\d+)"', html))


def test_the_title_of_a_source_in_another_language_says_which(home: Page, client: Client) -> None:
    practice = make_practice(home, sources=[source("Bürgerdialog", language="de"), source("Доклад", language="bg")])

    html = read(client, practice.url)

    assert '<cite lang="de">Bürgerdialog</cite>' in html
    assert "<cite>Доклад</cite>" in html


def test_what_an_editor_types_is_never_markup(home: Page, client: Client) -> None:
    practice = make_practice(
        home, organiser="<b>x</b> [1]", sources=[source("<i>y</i>")], figures=[figure("<u>1</u>", "<s>z</s>", 1)]
    )

    html = read(client, practice.url)

    assert not re.search("<(b|i|u|s)>[xyz1]", html)
    assert "&lt;b&gt;x&lt;/b&gt;" in html


def test_a_cost_in_leva_is_told_in_euro_too(full_practice: PracticePage, client: Client) -> None:
    facts = facts_of(read(client, full_practice.url))

    assert "40\u00a0000" in facts
    assert "20\u00a0452\u00a0€" in facts


def test_terms_lead_to_the_results_with_their_facet(home: Page, client: Client) -> None:
    practice = make_practice(home, themes=[make_theme(slug="environment")], methods=[make_method("direct")])

    facts = facts_of(read(client, practice.url))

    for facet in ("theme=environment", "method=direct", "level=consult"):
        assert f'href="/bg/search/?kind=practice&amp;{facet}"' in facts


def test_terms_are_named_in_the_language_of_the_reader(home: Page, client: Client) -> None:
    english_home = home.get_translation(Locale.objects.get(language_code="en"))
    level = make_level("empower", name_bg="Овластяване", name_en="Empower", promise_en="We will do it.")
    practice = make_practice(english_home, level=level, themes=[make_theme(name_en="Environment")])

    facts = facts_of(read(client, practice.url))

    assert "Empower" in facts
    assert "We will do it." in facts
    assert "Environment" in facts
    assert "Овластяване" not in facts


@pytest.mark.parametrize(("language", "says"), [("bg", True), ("en", False)])
def test_a_proposed_name_is_told_to_those_who_read_it(language: str, says: bool, home: Page, client: Client) -> None:  # noqa: FBT001 - a case
    own_home = home if language == "bg" else home.get_translation(Locale.objects.get(language_code="en"))
    theme = make_theme(name_bg="Обсъждани имена", name_en="Names in question", is_proposed=True)
    practice = make_practice(own_home, themes=[theme])

    html = read(client, practice.url).partition("</head>")[2]

    assert (html.count(theme.name_bg if language == "bg" else theme.name_en) == 2) is says


def test_a_practice_abroad_bears_no_citys_colour(home: Page, client: Client) -> None:
    practice = make_practice(home, origin="international", country=make_country("EE"), place="Тарту, Естония")

    html = read(client, practice.url)

    assert 'data-city=""' in html


def test_publications_are_named_in_the_language_of_the_page_and_only_where_they_are_open(
    home: Page, client: Client
) -> None:
    open_one, draft = make_publication(home, title="Отворен доклад"), make_publication(home, title="Чернова")
    open_one.save_revision().publish()
    draft.unpublish()
    practice = make_practice(home, publications=[("publication", draft), ("publication", open_one)])

    html = read(client, practice.url)

    assert "Отворен доклад" in html
    assert "Чернова" not in html


# The list


def test_the_list_shows_practices_with_their_place_level_cost_and_years(home: Page, client: Client) -> None:
    practice = make_practice(
        home, title="Парк „Бедечка“", summary="Какво стана.", place="Стара Загора, България",
        municipality=make_municipality(code="SZR31"), cost_amount="141328", cost_currency="BGN", year_start=2017,
        year_end=2017,
    )  # fmt: skip
    rebuild()

    html = read(client, practice.get_parent().url)

    item = html.split('<article class="practice-item"')[1].split("</article>")[0]
    assert 'data-city="SZR31"' in item
    for words in (
        "Парк „Бедечка“",
        "Какво стана.",
        "Стара Загора, България",
        "Консултиране",
        "72\u00a0260\u00a0€",
        "2017",
    ):
        assert words in item


def test_the_list_is_the_finder_of_practices(home: Page, client: Client) -> None:
    found = make_practice(home, title="Референдум за парка")
    make_practice(home, title="Граждански бюджет")
    rebuild()

    html = read(client, f"{found.get_parent().url}?q=референдума")

    assert html.count('<article class="practice-item"') == 1
    assert "за парка" in html


def test_the_list_asks_the_same_few_questions_however_long_it_is(
    home: Page, client: Client, django_assert_max_num_queries: MaxQueries
) -> None:
    for _ in range(12):
        index = make_practice(home).get_parent()
    rebuild()
    read(client, index.url)

    with django_assert_max_num_queries(18):
        html = read(client, index.url)

    assert html.count('<article class="practice-item"') == 10
    assert len(html.encode()) <= MAX_BYTES


def test_a_page_of_the_list_that_there_is_not_is_not_found(home: Page, client: Client) -> None:
    practice = make_practice(home)
    rebuild()

    assert client.get(f"{practice.get_parent().url}?page=7").status_code == 404


def test_a_filtered_list_is_not_for_search_engines(home: Page, client: Client) -> None:
    index = make_practice_index(home)

    plain, filtered = read(client, index.url), read(client, f"{index.url}?theme=environment")

    assert "noindex" not in plain
    assert '<meta name="robots" content="noindex, follow">' in filtered

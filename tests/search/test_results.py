"""The page of results as a visitor sees it."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from hub.models import NewsIndexPage, NewsPage
from hub.searchable import Passage
from search.engines import engine
from search.finder import Finder
from search.models import IndexState
from search.query import MAX_WORDS
from tests.factories.hub import add_page, make_theme
from tests.factories.search import make_record, write


@pytest.fixture
def news(home: Page) -> NewsIndexPage:
    """The Bulgarian list of news."""
    return add_page(home, NewsIndexPage, title="Новини")


def _get(client: Client, language: str = "bg", **query: Any) -> Any:
    return client.get(f"/{language}/search/", query)


def _finder(client: Client, language: str = "bg", **query: Any) -> Finder:
    finder: Finder = _get(client, language, **query).context["results"]
    return finder


def _place(url: str) -> str:
    """Return an address without the words that a browser goes to."""
    return url.partition(":~:text=")[0]


def test_a_visitor_finds_another_form_of_the_word(client: Client, news: NewsIndexPage) -> None:
    page = add_page(news, NewsPage, title="Обсъждане", summary="Гражданите обсъдиха бюджетите на общините.")

    response = _get(client, q="бюджет община")

    html = response.content.decode()
    assert response.status_code == 200
    assert f'href="{page.url}#:~:text=' in html
    assert "<mark>бюджетите</mark> на <mark>общините</mark>" in html
    assert "Новини" in html


def test_the_link_opens_at_the_passage(client: Client, home: Page) -> None:
    passages = (Passage("Въведение.", "page=1", "стр. 1"), Passage("Тук има жребий.", "page=14", "стр. 14"))
    write(engine(), make_record(title="Доклад", url="/files/1/", passages=passages))

    (hit,) = _finder(client, q="жребият").hits

    assert _place(hit.url) == "/files/1/#page=14"
    assert [(fragment.label, _place(fragment.url)) for fragment in hit.fragments] == [("стр. 14", "/files/1/#page=14")]


def test_the_passage_with_most_of_the_words_comes_first(client: Client, home: Page) -> None:
    passages = (
        Passage("Бюджет, бюджет и пак бюджет.", "a"),
        Passage("Бюджет с участие на младежи.", "b"),
        Passage("Младежи.", "c"),
    )
    write(engine(), make_record(url="/x/", passages=passages))

    (hit,) = _finder(client, q="младежи бюджет").hits

    assert [_place(fragment.url) for fragment in hit.fragments] == ["/x/#b", "/x/#a"]


def test_a_quotation_shows_the_passage_that_holds_it(client: Client, home: Page) -> None:
    passages = (Passage("Съветът е общински. Но съвет, съвет.", "a"), Passage("Реши общински съвет.", "b"))
    write(engine(), make_record(url="/x/", passages=passages))

    (hit,) = _finder(client, q="„общински съвет“").hits

    assert _place(hit.url) == "/x/#b"


def test_a_match_in_the_title_alone_opens_at_the_top(client: Client, home: Page) -> None:
    write(engine(), make_record(title="Референдум", url="/x/", passages=(Passage("Нещо друго.", "a"),)))

    (hit,) = _finder(client, q="референдуми").hits

    assert hit.url == "/x/"
    assert hit.fragments[0].parts == (("Нещо друго.", False),)


def test_what_texts_hold_is_shown_as_text(client: Client, home: Page) -> None:
    write(engine(), make_record(title="<b>Едно</b>", text='<script>alert("жребий")</script>'))

    html = _get(client, q="жребий").content.decode()

    assert "<script>alert" not in html
    assert "&lt;b&gt;Едно" in html


def test_nothing_found_says_so_with_a_way_on(client: Client, home: Page) -> None:
    response = _get(client, q="няматаковачудо")

    assert response.status_code == 200
    assert response.context["results"].total == 0
    assert 'href="/bg/search/"' in response.content.decode()


def test_without_words_everything_is_shown_the_newest_first(client: Client, news: NewsIndexPage) -> None:
    old = add_page(news, NewsPage, date=date(2020, 1, 1))
    new = add_page(news, NewsPage, date=date(2024, 1, 1))

    assert [hit.title for hit in _finder(client).hits] == [new.title, old.title]


def test_facets_narrow_with_exact_counts_and_can_be_taken_back(client: Client, home: Page) -> None:
    make_theme(slug="youth", name_bg="Младежи", name_en="Youth")
    make_theme(slug="health", name_bg="Здраве", name_en="Health")
    write(
        engine(),
        make_record(title="Едно", text="текст", facets={"theme": ("youth",), "year": ("2020",)}),
        make_record(title="Друго", text="текст", facets={"theme": ("health",), "year": ("2021",)}),
    )

    finder = _finder(client, q="текст", theme=["youth"])

    assert [hit.title for hit in finder.hits] == ["Едно"]
    (theme,) = [facet for facet in finder.facets if facet.name == "theme"]
    assert {(choice.label, choice.count, choice.is_chosen) for choice in theme.choices} == {
        ("Младежи", 1, True),
        ("Здраве", 1, False),
    }
    (chosen,) = finder.chosen
    assert _finder_at(client, chosen.url).total == 2
    (other,) = [choice for choice in theme.choices if not choice.is_chosen]
    assert _finder_at(client, other.url).total == 2
    assert _finder_at(client, finder.clear_url).total == 2


def _finder_at(client: Client, url: str) -> Finder:
    response: Any = client.get(url)
    finder: Finder = response.context["results"]
    return finder


def test_facet_values_are_named_in_the_readers_language(client: Client, home: Page) -> None:
    make_theme(slug="youth", name_bg="Младежи", name_en="Youth")
    write(engine(), make_record(language="en", facets={"theme": ("youth",)}))

    html = _get(client, "en").content.decode()

    assert "Youth" in html
    assert "Младежи" not in html


@pytest.mark.parametrize("values", [{"theme": "no-such"}, {"kind": "<b>"}, {"year": "99999"}, {"no_such": "x"}])
def test_a_value_that_no_facet_knows_is_ignored(client: Client, home: Page, values: dict[str, str]) -> None:
    write(engine(), make_record(text="текст"))

    response = _get(client, q="текст", **values)

    assert response.status_code == 200
    assert response.context["results"].total == 1
    assert not response.context["results"].chosen


def test_more_results_stand_on_further_pages(client: Client, home: Page) -> None:
    write(engine(), *(make_record(key=f"k{number:02}", title=f"Т{number:02}", text="текст") for number in range(23)))

    third = _get(client, q="текст", page=3)

    assert third.status_code == 200
    assert [hit.title for hit in third.context["results"].hits] == ["Т20", "Т21", "Т22"]


def test_a_page_of_results_that_there_is_not_is_not_found_and_helps(client: Client, home: Page) -> None:
    write(engine(), make_record(text="текст"))

    response = _get(client, q="текст", page=2)

    assert response.status_code == 404
    assert 'href="?q=' in response.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "9" * 50, "１"])
def test_what_is_no_page_number_is_the_first_page(client: Client, home: Page, page: str) -> None:
    write(engine(), make_record(text="текст"))

    assert _get(client, q="текст", page=page).status_code == 200


def test_results_can_be_ordered_by_date(client: Client, home: Page) -> None:
    write(
        engine(),
        make_record(title="Текст", published_at=datetime(2019, 1, 1, tzinfo=UTC)),
        make_record(title="Друго", text="текст", published_at=datetime(2024, 1, 1, tzinfo=UTC)),
    )

    finder = _finder(client, q="текст")
    assert [hit.title for hit in finder.hits] == ["Текст", "Друго"]

    (by_date,) = [choice for choice in finder.sorts if not choice.is_chosen]
    assert [hit.title for hit in _finder_at(client, by_date.url).hits] == ["Друго", "Текст"]


def test_the_other_languages_results_follow_under_their_own_heading(client: Client, home: Page) -> None:
    write(engine(), make_record(language="en", text="Decidim in Barcelona"), make_record(text="Decidim"))

    finder = _finder(client, q="decidim")

    assert [[hit.language for hit in group.hits] for group in finder.groups] == [["bg"], ["en"]]
    assert all(group.label for group in finder.groups)
    assert finder.total == 2


def test_words_left_aside_are_named(client: Client, home: Page) -> None:
    write(engine(), make_record(text="граждански жребий"), make_record(text="граждански бюджет"))

    finder = _finder(client, q="жребий чудновато")

    assert finder.total == 1
    assert "„чудновато“" in finder.notices[0].text


def test_latin_letters_are_read_as_bulgarian_with_a_way_back(client: Client, home: Page) -> None:
    write(engine(), make_record(text="Участие на младите хора."))

    finder = _finder(client, q="uchastie na mladite")

    assert finder.total == 1
    assert "участие на младите" in finder.notices[0].text
    assert _finder_at(client, finder.notices[0].url).total == 0


def test_filters_keep_all_else_and_a_new_question_only_order_and_language(client: Client, home: Page) -> None:
    write(engine(), make_record(text="бюджет", kind="practice"), make_record(text="бюджет", kind="news"))

    html = _get(client, q="бюджет", lang="bg", literal="1", sort="date", kind="news", page="1").content.decode()

    assert _hidden(html, "facets") == {"q": "бюджет", "sort": "date", "lang": "bg", "literal": "1"}
    assert _hidden(html, "search-form") == {"sort": "date", "lang": "bg"}


def test_an_unknown_language_is_in_no_form(client: Client, home: Page) -> None:
    html = _get(client, q="бюджет", lang="de").content.decode()

    assert _hidden(html, "facets") == {"q": "бюджет"}


def _hidden(html: str, form: str) -> dict[str, str]:
    (inside,) = re.findall(rf'<form class="{form}".*?</form>', html, re.DOTALL)
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="(.*?)">', inside))


BAD = [
    "-", "--", '"', '"общински', "„", "\x00", "бюджет\x00", "\t", "   ", "\x01\x02\x1b", "и на в", "-бюджет", "(",
    "*", "%", "я" * 10_000, "дума " * 3_000, "' OR 1=1 --", "\ud7ff\ufffe", "🙂", "NEAR(", "a AND", "^x",
    "{", "\u202eбюджет",
]  # fmt: skip


@pytest.mark.parametrize("query", BAD, ids=lambda query: ascii(query[:12]))
@pytest.mark.parametrize("language", ["bg", "en"])
def test_no_query_is_an_error(client: Client, home: Page, query: str, language: str) -> None:
    write(engine(), make_record(text="бюджет"))

    response = _get(client, language, q=query)

    assert response.status_code == 200
    assert len(response.content) < 60_000


@pytest.mark.parametrize("raw", ["%00", "%ff%fe", "%", "%u0431", "q=%00&q=%00", "&&&", "=", "%F0%28%8C%28"])
def test_no_raw_query_string_is_an_error(client: Client, home: Page, raw: str) -> None:
    assert client.get("/bg/search/", QUERY_STRING=f"q={raw}").status_code == 200


def test_a_long_question_is_answered_by_its_first_words_and_says_so(client: Client, home: Page) -> None:
    words = " ".join(f"дума{number}" for number in range(MAX_WORDS))
    write(engine(), make_record(text=words))

    finder = _finder(client, q=f"{words} " + "още " * 2_000)

    assert finder.total == 1
    assert len(finder.notices) == 1


@pytest.mark.parametrize("query", ["-", "-бюджет", "!?"])
def test_a_query_without_words_is_explained_and_finds_nothing(client: Client, home: Page, query: str) -> None:
    write(engine(), make_record(text="бюджет"))

    finder = _finder(client, q=query)

    assert finder.total == 0
    assert len(finder.notices) == 1


def test_visitors_get_no_cookie_and_may_keep_the_page(client: Client, home: Page) -> None:
    response = _get(client, q="бюджет")

    assert not response.cookies
    assert "public" in response["Cache-Control"]
    assert "Cookie" not in response.get("Vary", "")


def test_only_reading_is_allowed(client: Client, home: Page) -> None:
    assert client.post("/bg/search/").status_code == 405


@pytest.mark.parametrize(
    ("query", "most"),
    [
        ("бюджет обсъждане", (16, 9)),
        ("", (10, 6)),
        ("„обсъждане на бюджета“ -спорт", (18, 12)),
        ("byudzhet", (22, 12)),
        ("budget", (22, 12)),
    ],
)
def test_a_page_of_results_asks_nine_queries_and_three_more_for_other_readings(
    client: Client,
    news: NewsIndexPage,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    query: str,
    most: tuple[int, int],
) -> None:
    after_a_change, afterwards = most
    for number in range(12):
        add_page(news, NewsPage, title=f"Бюджет {number}", summary="Обсъждане на бюджета.")
    _get(client)  # the site's settings are made on the first visit

    IndexState.renew_token()
    with django_assert_max_num_queries(after_a_change):
        _get(client, q=query)
    with django_assert_max_num_queries(afterwards):
        assert _get(client, q=query).status_code == 200


def test_a_full_page_of_results_is_light(client: Client, home: Page) -> None:
    themes = [make_theme() for _ in range(40)]
    text = "Обсъждане на бюджета с участието на гражданите от всички квартали. " * 30
    facets = {"theme": tuple(theme.slug for theme in themes), "year": tuple(map(str, range(1990, 2026)))}
    write(engine(), *(make_record(passages=(Passage(text, "a", "стр. 1"),) * 3, facets=facets) for _ in range(12)))

    response = _get(client, q="бюджет участие")

    assert len(response.context["results"].hits) == 10
    assert len(response.content) <= 60_000

"""What a hit shows and where it opens: the passages that say what was asked, the words that say it, the way to them."""

from typing import Any
from urllib.parse import quote, unquote

import pytest
from django.test import Client
from wagtail.models import Page

from hub.searchable import Passage
from search.analysis import analyse
from search.engines import Alternative, Clause, engine
from search.finder import Finder, ShownHit
from search.landing import text_directive
from search.marking import GAP, Marker, Part
from tests.factories.search import make_record, make_term, write


def finder(client: Client, query: str, language: str = "bg", **more: str) -> Finder:
    results: Finder = client.get(f"/{language}/search/", {"q": query, **more}).context["results"]
    return results


def marked(hit: ShownHit) -> list[list[str]]:
    """Return the marked words of each fragment of a hit."""
    return [[text for text, is_match in fragment.parts if is_match] for fragment in hit.fragments]


def anchors(hit: ShownHit) -> list[str]:
    return [fragment.url.partition("#")[2].partition(":~:")[0] for fragment in hit.fragments]


@pytest.fixture
def mayor(home: Page) -> None:
    make_term("кмет", synonyms_bg="кмет на община\nградоначалник")


@pytest.fixture
def volunteering(home: Page) -> None:
    make_term("доброволчество", synonyms_bg="доброволен труд\nработа без заплащане")


def record(*texts: str, **values: Any) -> None:
    """Write a record with a passage for each text, at anchors a, b, c …"""
    passages = tuple(Passage(text, anchor) for text, anchor in zip(texts, "abcdefghijkl", strict=False))
    write(engine(), make_record(url="/x/", passages=passages, **values))


def test_a_word_of_a_synonym_is_not_marked_by_itself(client: Client, mayor: None) -> None:
    record("Общината обяви, че кметът приема граждани.")

    (hit,) = finder(client, "кмет").hits

    assert marked(hit) == [["кметът"]]


def test_a_synonym_is_marked_as_a_whole(client: Client, mayor: None) -> None:
    record("Пред хората застана кметът на нашата община. Общината е малка.")

    (hit,) = finder(client, "градоначалник").hits

    assert marked(hit) == [["кметът", "община"]]


def test_a_passage_with_the_typed_word_is_shown_rather_than_words_of_a_synonym(client: Client, mayor: None) -> None:
    record(
        "Община до община, общините и пак общината.", "Кметът отговаря.", "Общинските съвети. Община.", "Приема кметът."
    )

    (hit,) = finder(client, "кмет").hits

    assert anchors(hit) == ["b", "d"]
    assert marked(hit) == [["Кметът"], ["кметът"]]


def test_typed_words_come_before_synonyms(client: Client, mayor: None) -> None:
    record("Градоначалникът отговаря.", "Приема градоначалникът.", "Кметът отговаря.")

    (hit,) = finder(client, "кмет").hits

    assert anchors(hit) == ["c", "a"]


def test_a_whole_synonym_is_shown_rather_than_its_words_here_and_there(client: Client, volunteering: None) -> None:
    record("Труд, труд и пак труд, а който дойде, е доброволен.", "Тук се полага доброволен труд.", "Трудът е платен.")

    (hit,) = finder(client, "доброволчество").hits

    assert anchors(hit) == ["b"]
    assert marked(hit) == [["доброволен", "труд"]]


def test_where_nothing_else_is_there_the_words_of_a_synonym_are_shown(client: Client, volunteering: None) -> None:
    record("Нищо.", "Участието е изцяло доброволно, а който иска, влага в градината и своя труд.", "Трудът е платен.")

    (hit,) = finder(client, "доброволчество").hits

    assert anchors(hit) == ["b"]
    assert marked(hit) == [["доброволно", "труд"]]


def test_a_typed_word_in_the_title_leaves_scattered_words_unmarked(client: Client, volunteering: None) -> None:
    record("Участието е доброволно, а който иска, влага в градината и своя собствен труд.", title="За доброволчеството")

    (hit,) = finder(client, "доброволчество").hits

    assert marked(hit) == [[]]
    assert hit.url == "/x/"


def test_each_word_of_a_typed_term_is_marked(client: Client, home: Page) -> None:
    make_term("граждански бюджет", synonyms_bg="бюджет на участието")
    record("Бюджетът е приет. Гражданските съвети мълчат.", "Граждански бюджет.")

    (hit,) = finder(client, "граждански бюджет").hits

    assert anchors(hit) == ["b", "a"]
    assert marked(hit) == [["Граждански", "бюджет"], ["Бюджетът", "Гражданските"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("кмет на община", ["кмет", "община"]),
        ("кметът на тази малка община", ["кметът", "община"]),
        ("кметът каза много други неща за тази община", []),
        ("общината има кмет", []),
    ],
    ids=["in a row", "nearly so", "too far", "another order"],
)
def test_words_of_a_name_stand_together(text: str, expected: list[str]) -> None:
    groups = tuple(token.terms for token in analyse("кмет община", "bg"))
    marker = Marker([Part.of(Clause("началник", ("началник",), alternatives=(Alternative(groups, 0.6),)))])
    tokens = analyse(text, "bg")

    found = marker.marks(tokens).found

    assert GAP == 2
    assert [tokens[place].word for place in found] == expected


def test_the_browser_is_sent_to_the_words(client: Client, home: Page) -> None:
    record("Първият ред.\nВ неделя гражданите на града – все пак – избират чрез жребий.\nТретият ред.")

    (hit,) = finder(client, "жребият").hits

    assert unquote(hit.url) == "/x/#a:~:text=все пак – избират чрез жребий"


@pytest.mark.parametrize(
    ("text", "word", "anchor", "expected"),
    [
        ("едно две три четири пет шест седем", "четири", "a", "две три четири пет шест"),
        ("едно две\nтри четири\nпет", "три", "a", "три четири"),
        ("едно\nдве\nтри", "две", "a", ""),
        ("едно\nдве\nтри", "две", "", "две"),
        ("едно две [12] три четири", "три", "a", "три четири"),
        ("едно, две-три & четири", "две", "a", "едно, две-три & четири"),
    ],
    ids=["two on each side", "one block", "a word alone", "no anchor", "a reference", "signs"],
)
def test_a_text_fragment_is_a_run_of_words_in_one_block(text: str, word: str, anchor: str, expected: str) -> None:
    tokens = analyse(text, "bg")
    place = next(place for place, token in enumerate(tokens) if token.word == word)

    directive = text_directive(text, tokens, place, has_anchor=bool(anchor))

    assert unquote(directive) == expected
    assert not set(",&-").intersection(directive)


def test_an_address_that_is_a_place_already_is_left_as_it_is(client: Client, home: Page) -> None:
    write(engine(), make_record(url="/речник/#жребий", summary="Избор чрез жребий сред всички."))

    (hit,) = finder(client, "жребий").hits

    assert hit.url == "/речник/#жребий"
    assert quote(":~:") not in hit.url

"""The best hits in the order of their closeness to the question, whatever engine found them."""

from collections.abc import Sequence

import pytest

from hub.searchable import Passage
from search.closeness import closest_first, slots
from search.engines import Question, engine
from search.families import families
from search.glossary import glossary
from search.models import IndexState
from search.query import parse, read
from tests.factories.search import find, make_record, make_term, write

pytestmark = pytest.mark.django_db

FILLING = "Времето е хубаво и хората се разхождат край реката. " * 3


def _closest(text: str, keys: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Return records by their closeness to a question, each with the words that it does without."""
    clauses = read(parse(text), "bg").clauses
    kin = families("bg", {term for clause in clauses for term in clause.terms})
    asked = slots(clauses, "bg", glossary(str(IndexState.current_token())), kin)
    rarity = find(engine(), Question("bg", some=asked, least=1)).rarity
    return [(close.key, close.without) for close in closest_first(keys, asked, "bg", rarity)]


def _order(text: str, keys: Sequence[str] = ("a", "b")) -> list[str]:
    return [key for key, _ in _closest(text, keys)]


def test_words_that_stand_together_come_before_words_that_stand_apart() -> None:
    apart = (Passage(f"Бюджетът на града. {FILLING}"), Passage(f"Проектът беше приет. {FILLING}"))
    together = (Passage(f"Бюджетът на проекта. {FILLING}"), Passage(f"Градът беше приет. {FILLING}"))
    write(engine(), make_record(key="a", passages=apart), make_record(key="b", passages=together))

    assert _order("бюджет на проекта") == ["b", "a"]


def test_words_stand_together_with_those_of_the_title() -> None:
    parts = (Passage(FILLING), Passage(f"Жребият избира. {FILLING}"))
    write(
        engine(),
        make_record(key="a", title="Друго", passages=(*parts, Passage(f"Съветът заседава. {FILLING}"))),
        make_record(key="b", title="Съветът", passages=(*parts, Passage(FILLING))),
    )

    assert _order("жребий съвет") == ["b", "a"]


def test_what_bears_the_name_that_was_asked_for_comes_first() -> None:
    write(
        engine(),
        make_record(key="a", title="Заместник-кмет", text="Кметът избира заместник. Кметът го освобождава."),
        make_record(key="b", title="Кмет", text=FILLING),
    )

    assert _order("кметове") == ["b", "a"]


def test_a_name_is_asked_for_with_its_function_words_or_without_them() -> None:
    make_term("обществен съвет", synonyms_bg="съвет на гражданите")
    write(
        engine(),
        make_record(
            key="a", kind="term", title="Обществен съвет", text="Съвет на гражданите, граждански съвет, съвет."
        ),
        make_record(key="b", kind="term", title="Съвет на гражданите", text=FILLING),
    )

    assert _order("съвет на гражданите") == _order("граждани съвет") == ["b", "a"]


def test_an_entry_of_the_glossary_that_only_mentions_the_words_comes_after_what_is_about_them() -> None:
    write(
        engine(),
        make_record(key="a", kind="term", text="Жребият избира съвета."),
        make_record(key="b", text="Жребият избира съвета."),
    )

    assert _order("жребий за съвет") == ["b", "a"]


def test_what_says_more_of_the_question_comes_first_and_what_is_missing_is_named() -> None:
    write(
        engine(),
        make_record(key="a", text="Видео и видео, пак видео."),
        make_record(key="b", text="Видео за обсъждането в съвета."),
        make_record(text="нищо"),
    )

    assert _closest("видео обсъждане съвет", ("a", "b")) == [("b", ()), ("a", ("обсъждане", "съвет"))]


def test_a_word_of_the_same_family_counts_but_less_than_the_word() -> None:
    write(
        engine(),
        make_record(key="a", text="Хората гласуваха вчера."),
        make_record(key="b", text="Вчера имаше гласуване."),
        make_record(key="c", text="Вчера валя дъжд."),
    )

    assert _closest("гласуване вчера", ("a", "b", "c")) == [("b", ()), ("a", ()), ("c", ("гласуване",))]


def test_a_synonym_of_several_words_stands_for_all_of_them() -> None:
    make_term("граждански бюджет", synonyms_bg="партиципативен бюджет")
    write(
        engine(),
        make_record(key="a", text="Бюджетът на селото."),
        make_record(key="b", text="Партиципативен бюджет на селото."),
        make_record(text="граждански"),
    )

    assert _closest("граждански бюджет в село", ("a", "b")) == [("b", ()), ("a", ("граждански",))]


def test_equal_records_come_in_the_order_of_their_keys() -> None:
    write(engine(), *(make_record(key=key, title="Едно", text="петиция за парка") for key in ("b", "c", "a")))

    assert _order("петиция парк", ("c", "b", "a")) == ["a", "b", "c"]


def test_what_is_no_longer_there_comes_last() -> None:
    write(engine(), make_record(key="a", text="петиция за парка"))

    assert _order("петиция парк", ("gone", "a")) == ["a", "gone"]


def test_a_family_is_what_begins_alike_and_is_about_as_long() -> None:
    write(engine(), make_record(text="гласувам гласуваш гласоподавател участник участвам учтив общински община общ"))

    kin = families("bg", {"гласуване", "участие", "община", "общ", "2024"})

    assert kin["гласуване"] == ("гласувам",)
    assert kin["участие"] == ("участвам", "участник")
    assert kin["община"] == ("общински",)
    assert "общ" not in kin

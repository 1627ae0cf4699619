"""Which reading of a query wins, and by what name it is shown."""

from collections.abc import Sequence

import pytest

from hub.searchable import Passage, Record
from search.asking import Found, Wish, ask
from search.engines.database import DatabaseEngine
from search.entries import Entry
from search.query import parse
from search.rewriting import COMPLETION

pytestmark = pytest.mark.django_db


def index(*texts: str, language: str = "bg") -> None:
    """Index some texts under their numbers."""
    records = [
        Record(key=str(number), language=language, kind="page", title="", url="/", passages=(Passage(text),))
        for number, text in enumerate(texts)
    ]
    DatabaseEngine().write(map(Entry.of, records))


def found(typed: str, language: str = "bg", *, is_literal: bool = False) -> Found:
    """Return what a query finds."""
    return ask(parse(typed), language, Wish(is_literal=is_literal))


def keys(typed: str, language: str = "bg") -> Sequence[str]:
    """Return the keys of what a query finds, in their order."""
    return [hit.key for hit in found(typed, language).answer.hits]


def shown(typed: str, language: str = "bg") -> str:
    """Return the query that the page names."""
    rewritten = found(typed, language).rewritten
    return rewritten.query.text if rewritten else ""


def test_what_is_found_as_typed_is_not_read_otherwise() -> None:
    index("Светът е малък.", "Съветът заседава.")

    assert keys("светът") == ["0"]
    assert found("светът").rewritten is None


def test_of_two_neighbours_that_one_counts_which_goes_with_the_other_words() -> None:
    index("Селската пещера е красива.", "Селската пещера и пещерата.", "Градската печена чушка.")

    assert keys("печера градската") == ["2"]
    assert shown("печера градската") == "печена градската"


def test_a_word_that_the_dictionary_knows_is_doubted_where_the_other_words_vouch_for_another() -> None:
    index("Гражданите получиха отговор на питането.", "Градините цъфтят.")

    assert keys("гражданите питанета") == ["0"]
    assert keys("гладините цъфтят") == ["1"]


def test_a_word_alone_that_the_dictionary_knows_is_taken_at_its_word() -> None:
    index("Отговор на питането.")

    assert keys("отговорник") == []


def test_the_last_word_is_a_beginning_too_but_the_word_itself_comes_first() -> None:
    index("Планината, планината и пак планината.", "План.", "Равнина.")

    assert keys("план") == ["1", "0"]
    assert found("план").rewritten is not None
    assert found("план").strain == 0


def test_a_beginning_is_completed_beside_the_words_before_it() -> None:
    index("Обществен съвет на младежите.", "Обществена баня.", "Младежки център.")

    assert keys("обществен младеж") == ["0"]
    assert keys("обществен мла") == ["0"]


@pytest.mark.parametrize("typed", ["„план“", "-план", "планета", "2"])
def test_quotations_exclusions_and_whole_words_are_not_completed(typed: str) -> None:
    index("Планината 2024 планетариум и планета.")

    rewritten = found(typed).rewritten
    assert rewritten is None or rewritten.rewriting != COMPLETION


def test_the_literal_search_is_literal() -> None:
    index("Читалище.")

    assert found("chitalishte").answer.total == 1
    assert found("chitalishte", is_literal=True).answer.total == 0


def test_where_no_reading_holds_all_words_the_one_that_holds_most_is_shown_with_what_it_left_aside() -> None:
    index("Читалището отвори врати за гостите.", "Градът.")

    answer = found("chitalishteto vrati xqzwk").answer

    assert [hit.key for hit in answer.hits] == ["0"]
    assert [clause.text for clause in answer.dropped] == ["xqzwk"]


def test_nonsense_finds_nothing() -> None:
    index("Читалището отвори врати.", "Градът.")

    assert [keys(typed) for typed in ("xqzvkjw", "щщъьжцхз", "фывапролдж", "0000000", "blargfwomp")] == [[]] * 5


def test_english_on_the_bulgarian_keyboard_is_found_in_english() -> None:
    index("Volunteers cleaned the river.", language="en")

    assert keys("жолунтеерс", "en") == ["0"]
    assert shown("жолунтеерс", "en") == "volunteers"


@pytest.mark.parametrize("typed", ["квазоръм б", "n.квазоръм", "б в квазоръм"])
def test_what_holds_single_letters_alone_of_what_was_asked_for_is_no_answer(typed: str) -> None:
    index("Точка б от плана n.")

    assert keys(typed) == []


@pytest.mark.parametrize("typed", ["при", "в при"])
def test_function_words_alone_are_no_beginning(typed: str) -> None:
    index(*["В тях и при нас."] * 3, "Приложение в закона.")

    assert sorted(keys(typed)) == ["0", "1", "2"]


def test_a_function_word_that_stands_nowhere_is_a_beginning() -> None:
    index("Приложение.", "Зад.")

    assert keys("при") == ["0"]


@pytest.mark.parametrize("typed", ["C++", "c", "ч", "[", "v s"])
def test_single_letters_alone_are_read_in_no_other_letters(typed: str) -> None:
    index("Договор с общината и в ч. първа.", "Вход в ш.")

    assert shown(typed) in {typed, ""}


@pytest.mark.parametrize("typed", ["obshtestven mla", "obshtestven mlade", "f/yeijlek ;.doe", "ob]estwen mladev"])
def test_the_last_word_in_other_letters_is_a_beginning_as_well(typed: str) -> None:
    index("Обществен съвет на младежите.", "Обществена баня.")

    assert keys(typed) == ["0"]


def test_a_word_that_stands_nowhere_is_a_beginning_even_if_the_dictionary_knows_it() -> None:
    index("Миниатюрни къщи.")

    assert keys("миниатюр") == ["0"]

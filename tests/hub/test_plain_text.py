"""Rich text as plain sentences."""

import pytest

from hub.plain_text import as_sentence, lines, plain_text


def test_a_heading_does_not_run_into_the_sentence_after_it() -> None:
    assert plain_text("<h3>Денят след вота</h3><p>Гласуват 22&nbsp;082 души.</p>") == (
        "Денят след вота.\nГласуват 22 082 души."
    )


def test_marks_within_a_word_do_not_part_it() -> None:
    assert plain_text("<p>са<b>мо</b>управление</p><ul><li>едно</li><li>две &amp; три</li></ul>") == (
        "самоуправление.\nедно.\nдве & три."
    )


@pytest.mark.parametrize("text", ["Край.", "Край?", "„Край“", "(край)", ""])
def test_what_has_an_end_gets_no_second_one(text: str) -> None:
    assert as_sentence(text) == text


def test_what_ends_with_a_quotation_or_in_brackets_is_a_sentence_with_a_stop() -> None:
    assert [as_sentence(text) for text in ("Клуб „Надежда“", "гласуват 24 (от 30)", "Казва „Не.“", "(Виж там.)")] == [
        "Клуб „Надежда“.", "гласуват 24 (от 30).", "Казва „Не.“", "(Виж там.)"
    ]  # fmt: skip


def test_parts_that_stand_apart_are_lines_and_empty_ones_are_left_out() -> None:
    assert lines("Сливен", "", " Община Сливен\n \nи други. ") == "Сливен.\nОбщина Сливен.\nи други."

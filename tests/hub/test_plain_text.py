"""Rich text as plain sentences."""

import pytest

from hub.plain_text import as_sentence, plain_text


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

"""The console form of the analysis."""

import io
import os

import pytest
from django.core.management import call_command


def output(monkeypatch: pytest.MonkeyPatch, lines: str, *arguments: str) -> list[list[str]]:
    """Return what the command writes for some lines, word and terms apart."""
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    out = io.StringIO()
    call_command("search_terms", *arguments, stdout=out)
    return [line.split("\t") for line in out.getvalue().splitlines()]


def test_each_line_comes_back_with_its_terms(monkeypatch: pytest.MonkeyPatch) -> None:
    assert output(monkeypatch, "чешмите\nхраните\n") == [["чешмите", "чешма"], ["храните", "храна храня"]]


def test_words_of_two_forms_share_a_term(monkeypatch: pytest.MonkeyPatch) -> None:
    (_, first), (_, second) = output(monkeypatch, "видеоконференциите\nвидеоконференция\n")

    assert set(first.split()) & set(second.split())


def test_a_line_without_words_has_no_terms(monkeypatch: pytest.MonkeyPatch) -> None:
    assert output(monkeypatch, "\n…\n") == [["", ""], ["…", ""]]


def test_the_language_decides_what_both_scripts_could_write(monkeypatch: pytest.MonkeyPatch) -> None:
    assert output(monkeypatch, "volunteers\n", "--language", "en") == [["volunteers", "volunt"]]


def test_a_tab_or_a_foreign_line_end_inside_a_line_never_looks_like_the_end_of_the_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = output(monkeypatch, "\tобщина\tсело \r\nчешма\r\n" + "щ" * 5000)

    assert lines[:2] == [["община село", "община село"], ["чешма", "чешма"]]
    assert [len(line) for line in lines] == [2, 2, 2]


def test_a_byte_order_mark_is_no_part_of_the_first_word(monkeypatch: pytest.MonkeyPatch) -> None:
    assert output(monkeypatch, "\ufeffчешмите\n") == [["чешмите", "чешма"]]


def test_whoever_has_read_enough_may_go(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    monkeypatch.setattr("sys.stdin", io.StringIO("чешмите\n" * 1_000))

    with os.fdopen(writing, "w", encoding="utf-8") as out:
        monkeypatch.setattr("sys.stdout", out)
        call_command("search_terms")
        out.write("whatever the end of the process flushes")

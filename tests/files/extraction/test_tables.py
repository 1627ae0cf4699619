"""Rows of a table as parts to land on."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from files.extraction.tables import MOST_COLUMNS, SINGLE_ROWS, label_of, stretches
from files.extraction.text import row_text

ROWS = st.lists(st.tuples(st.integers(1, 3), st.text(min_size=1, max_size=9)), max_size=50)


def test_rows_are_parts_of_their_own() -> None:
    parts = list(stretches([(1, ["а"]), (2, ["", " "]), (3, ["б", "", "в", ""])]))

    assert [(part.label, part.text) for part in parts] == [("1", "а"), ("3", "б | в")]
    assert [part.rows for part in parts] == [(("1", "а"),), (("3", "б", "", "в"),)]


def test_a_table_too_wide_to_be_shown_keeps_its_text_alone() -> None:
    wide = ["а"] * (MOST_COLUMNS + 1)

    (part,) = stretches([(1, wide)])

    assert part.rows == ()
    assert part.text.count("а") == len(wide)


def test_very_many_rows_come_in_stretches_that_lose_nothing() -> None:
    rows = [(number, f"ред {number}") for number in range(1, 100_001)]

    parts = list(stretches((number, [text]) for number, text in rows))

    assert len(parts) < SINGLE_ROWS + 2_000
    assert "\n".join(part.text for part in parts).split("\n") == [text for _, text in rows]
    assert all(before.numbers[-1] + 1 == after.first for before, after in pairwise(parts))
    assert parts[-1].numbers[-1] == 100_000


def test_a_part_is_labelled_by_its_rows() -> None:
    assert label_of(7, 7) == "7"
    assert label_of(7, 9) == "7–9"


@given(ROWS)
def test_each_row_of_a_short_table_keeps_its_number(steps: list[tuple[int, str]]) -> None:
    number, rows = 0, []
    for step, text in steps:
        number += step
        rows.append((number, text))

    parts = list(stretches((number, [text]) for number, text in rows))

    kept = [(number, text) for number, text in rows if row_text([text])]
    assert [(part.first, part.text) for part in parts] == [(number, row_text([text])) for number, text in kept]

"""Text as it leaves a file."""

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from files.extraction.text import Anchors, clean, one_line, pieces, row_text


@given(st.text())
def test_clean_text_is_nfc_and_has_no_control_characters(text: str) -> None:
    cleaned = clean(text)

    assert unicodedata.is_normalized("NFC", cleaned)
    assert {sign for sign in cleaned if unicodedata.category(sign) in ("Cc", "Cs")} <= {"\n", "\t"}


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_a_decomposed_letter_is_composed() -> None:
    assert clean("и\u0306") == "й"


def test_line_ends_of_every_system_are_one() -> None:
    assert clean("а\r\nб\rв\u2028г\x0bд") == "а\nб\nв\nг\nд"


def test_idle_white_space_goes() -> None:
    assert clean("\n\nа  \n \n\n\nб\t\n") == "а\n\nб"


def test_dots_that_lead_to_a_number_are_not_read_out() -> None:
    assert clean("Увод" + "." * 60 + "3\nИме: . . . . . . . .\nИ така...") == "Увод… 3\nИме: …\nИ така..."


def test_signs_that_turn_the_direction_of_the_line_go() -> None:
    assert clean("отчет\u202efdp.exe\u2066!") == "отчетfdp.exe!"


def test_ligatures_become_letters() -> None:
    assert clean("eﬃcient ﬁnance") == "efficient finance"


def test_a_soft_hyphen_stays_for_the_analysis() -> None:
    assert clean("бю\u00adджет") == "бю\u00adджет"


def test_a_label_is_one_line_of_bearable_length() -> None:
    label = one_line("Много\n" * 100)

    assert len(label) <= 120
    assert "\n" not in label
    assert label.endswith("…")


@given(st.text(alphabet="аб \u00ad", max_size=300), st.integers(1, 50))
def test_pieces_lose_nothing_and_are_never_too_long(line: str, length: int) -> None:
    parts = list(pieces(line, length=length))

    assert "".join(parts) == line
    assert max(len(part) for part in parts) <= length


def test_pieces_are_cut_between_words() -> None:
    assert list(pieces("участие на младите хора", length=12)) == ["участие на", " младите", " хора"]


def test_a_row_leaves_out_empty_cells() -> None:
    assert row_text(["а", " ", "б\nв"]) == "а | б в"


@given(st.lists(st.text(max_size=100), max_size=20))
def test_anchors_are_unique_and_fit_an_address(headings: list[str]) -> None:
    anchors = Anchors()

    given_out = [anchors.for_heading(heading) for heading in headings]

    assert len(set(given_out)) == len(given_out)
    assert all(re.fullmatch(r"[\w-]+", anchor) for anchor in given_out)

"""Periods of whole years."""

import pytest

from hub.periods import years


@pytest.mark.parametrize(
    ("first", "last", "shown"), [(2017, 2017, "2017"), (2017, 2019, "2017–2019"), (None, None, "")]
)
def test_a_period_is_shown_by_its_years(first: int | None, last: int | None, shown: str) -> None:
    assert years(first, last) == shown


def test_a_period_without_an_end_or_a_beginning_says_so_in_words() -> None:
    assert years(2013, None) != "2013"
    assert "2013" in years(2013, None)
    assert "2019" in years(None, 2019)

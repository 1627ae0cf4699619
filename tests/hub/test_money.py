"""Amounts in the two currencies."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from hub.money import Currency, in_euro, sum_of


@pytest.mark.parametrize(
    ("leva", "euro"),
    [
        ("1.95583", "1.00"),
        ("195.58", "100.00"),
        ("100.00", "51.13"),
        ("40000.00", "20451.68"),
        ("0.01", "0.01"),
        ("0.00", "0.00"),
    ],
)
def test_leva_become_euro_at_the_fixed_rate(leva: str, euro: str) -> None:
    amount = in_euro(Decimal(leva), Currency.BGN)

    assert str(amount) == euro


def test_half_a_cent_is_rounded_up() -> None:
    leva = Decimal("0.005") * Decimal("1.95583")

    amount = in_euro(leva, Currency.BGN)

    assert amount == Decimal("0.01")


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_euro_stay_as_they_are(amount: Decimal) -> None:
    assert in_euro(amount, Currency.EUR) == amount


@given(st.decimals(min_value=0, max_value=10**10, places=2))
def test_a_converted_amount_is_never_off_by_more_than_half_a_cent(leva: Decimal) -> None:
    amount = in_euro(leva, Currency.BGN)

    assert abs(amount * Decimal("1.95583") - leva) <= Decimal("0.005") * Decimal("1.95583")


@pytest.mark.parametrize(
    ("language", "amount", "currency", "shown"),
    [
        ("en", "200000.00", "EUR", "200,000\u00a0€"),
        ("en", "1234.50", "EUR", "1,234.50\u00a0€"),
        ("bg", "200000.00", "EUR", "200\u00a0000\u00a0€"),
        ("bg", "1234.50", "EUR", "1\u00a0234,50\u00a0€"),
        ("en", "5", "ISK", "5\u00a0ISK"),
    ],
)
def test_an_amount_is_written_as_its_language_does(language: str, amount: str, currency: str, shown: str) -> None:
    with translation.override(language):
        assert sum_of(Decimal(amount), currency) == shown


@pytest.mark.parametrize(
    ("leva", "euro"), [("87657.14", "44,818.38\u00a0€"), ("141328.00", "72,260\u00a0€"), ("40000", "20,452\u00a0€")]
)
def test_leva_are_followed_by_their_euro_as_exact_as_they_are(leva: str, euro: str) -> None:
    with translation.override("en"):
        assert sum_of(Decimal(leva), "BGN").endswith(f"({euro})")

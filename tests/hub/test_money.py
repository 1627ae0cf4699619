"""Amounts in the two currencies."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.money import Currency, in_euro


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

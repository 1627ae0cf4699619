"""Amounts of money in the two currencies of the hub's records."""

from decimal import ROUND_HALF_UP, Decimal

from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# Leva for one euro: the irrevocably fixed rate at which Bulgaria joined the euro on 1 January 2026.
LEVA_PER_EURO = Decimal("1.95583")


class Currency(models.TextChoices):
    """The currencies in which Bulgarian budgets are and were kept."""

    EUR = "EUR", _("euro")
    BGN = "BGN", _("leva")


def in_euro(amount: Decimal, currency: Currency) -> Decimal:
    """Return the amount in euro, rounded half up to the cent as the law on the euro asks."""
    if currency == Currency.EUR:
        return amount
    return (amount / LEVA_PER_EURO).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def written(amount: Decimal, currency: str) -> str:
    """Return an amount with its currency as one reads it, cents only where there are any: `200 000 €`."""
    sign = {"EUR": "€", "BGN": gettext("BGN")}.get(currency, currency)
    places = 0 if amount == amount.to_integral_value() else 2
    return gettext("%(amount)s\u00a0%(currency)s") % {
        "amount": number_format(amount, places, use_l10n=True, force_grouping=True),
        "currency": sign,
    }


def sum_of(amount: Decimal, currency: str) -> str:
    """Return an amount as one reads it, with its value in euro after leva, as exact as the amount: whole to whole."""
    own = written(amount, currency)
    if currency != Currency.BGN:
        return own
    euro = in_euro(amount, Currency.BGN)
    if amount == amount.to_integral_value():
        euro = euro.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return gettext("%(amount)s (%(euro)s)") % {"amount": own, "euro": written(euro, Currency.EUR)}

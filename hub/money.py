"""Amounts of money in the two currencies of the hub's records."""

from decimal import ROUND_HALF_UP, Decimal

from django.db import models
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

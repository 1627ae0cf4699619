"""Periods of whole years, as a reader sees them."""

from django.utils.translation import gettext


def years(first: int | None, last: int | None) -> str:
    """Return a period in years: `2017`, `2017–2019`, from a year on, until a year, or nothing."""
    if first and last:
        return str(first) if first == last else f"{first}–{last}"
    if first:
        return gettext("from %(year)s") % {"year": first}
    return gettext("until %(year)s") % {"year": last} if last else ""

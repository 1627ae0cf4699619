"""Working days: Monday to Friday. Public holidays are not known here, so a term may feel shorter around them."""

from datetime import date, timedelta

_SATURDAY = 5


def working_days_after(day: date, count: int) -> date:
    """Return the day that lies so many working days after another."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < _SATURDAY
    return day

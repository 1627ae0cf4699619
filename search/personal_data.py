"""Tells texts that seem to hold somebody's address or number from those that hold years, dates, sums and decisions."""

import re
from typing import Final

FEWEST: Final = 7  # digits of a telephone number; of fewer nobody is known
LONGEST: Final = 60  # signs of a row of years or sums; what is longer is not looked at more closely

_ADDRESS: Final = re.compile(r"\S@\S|://|www\.|\w\.(?:bg|com|org|net|eu)/\S", re.IGNORECASE)
# Digits with whatever people put between those of one number.
_DIGITS: Final = re.compile(r"\+?\d(?:[\s().,/\-–—\u2011]*\d)*")

_YEAR: Final = r"(?:1[89]|2[01])\d\d"
_DAY, _MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_DATE: Final = rf"{_DAY}[./-]\s?{_MONTH}[./-]\s?{_YEAR}|{_YEAR}-{_MONTH}-{_DAY}"
_NUMBERED: Final = "|".join(
    (  # decisions and laws
        rf"\d{{1,5}}(?:-\d{{1,4}})?\s?/\s?(?:{_DATE})",  # 31-2/28.11.2019
        rf"[1-9]\d{{0,4}}\s?[/-]\s?{_YEAR}",  # 1303/2013
        rf"{_YEAR}(?:\s?[/-]|\))\s?[1-9]\d{{0,3}}",  # 2016/679, COM(2020) 790
    )
)
_YEARS: Final = rf"{_YEAR}\s?[-–—\u2011/]\s?\d\d(?!\d)|{_YEAR}"  # 2018–20 too
_MILLIONS: Final = r"[1-9](?:[\s.,]\d{3}){2}(?!\d)"  # in threes: no telephone number is written so
_SUM: Final = r"[1-9]\d{0,2}(?:[\s.,]\d{3})+(?:[.,]\d\d?)?(?!\d)|[1-9]\d{0,8}(?:[.,]\d\d?)?(?!\d)"
_BETWEEN: Final = r"(?:\s?[,;/–—-]\s?|\)?\s)"


def _row_of(*items: str) -> re.Pattern[str]:
    """Return the pattern of such items in a row, with a number of at most two digits before or after them."""
    item = f"(?:{'|'.join(items)})"
    return re.compile(rf"(?:[1-9]\d?{_BETWEEN})?{item}(?:{_BETWEEN}{item})*(?:{_BETWEEN}\d\d?)?")


_COUNTED: Final = (_NUMBERED, _DATE, _YEARS, _MILLIONS)
_HARMLESS: Final = _row_of(*_COUNTED)
_HARMLESS_MONEY: Final = _row_of(*_COUNTED, _SUM)
_UNIT_AFTER: Final = re.compile(
    r"\s?(?:€|\$|%|(?:лв|лева|евро|щ\.\s?д|долара|хил|млн|млрд|eur|euros?|bgn|leva|lv|usd|million|billion)\b)",
    re.IGNORECASE,
)
_UNIT_BEFORE: Final = re.compile(r"(?:€|\$|\b(?:eur|bgn|usd))\s?$", re.IGNORECASE)


def is_personal(text: str) -> bool:
    """Return whether a text looks as if it held somebody's address or number."""
    if _ADDRESS.search(text):
        return True
    return any(not _is_harmless(match) for match in _DIGITS.finditer(text))


def _is_harmless(match: re.Match[str]) -> bool:
    """Return whether digits of a text are too few for a number of a person, or years, dates, sums or decisions."""
    digits = match[0]
    if sum(sign.isdigit() for sign in digits) < FEWEST:
        return True
    if len(digits) > LONGEST:
        return False
    before, after = match.string[max(match.start() - 5, 0) : match.start()], match.string[match.end() :]
    is_money = _UNIT_AFTER.match(after) or _UNIT_BEFORE.search(before)
    return bool((_HARMLESS_MONEY if is_money else _HARMLESS).fullmatch(digits))

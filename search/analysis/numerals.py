"""Reads numbers as Bulgarian and English write them, so that «87 657,14», 87,657.14 and 87657.14 are one word."""

import re
from typing import Final

type NumberToken = tuple[str, tuple[str, ...], int, int]
"""A word, its terms, and where it starts and ends in the number as written."""

_SHAPE: Final = re.compile("[0-9]+(?:[ \u00a0\u2007\u2009\u202f.,][0-9]+)+")
_DIGITS: Final = re.compile("[0-9]+")
_SEPARATORS: Final = re.compile("[^0-9]")
_GROUP: Final = 3
_PAIR: Final = 2


def tokens(written: str) -> tuple[NumberToken, ...]:
    """Return one token for a number, one for each part of a date or a section's number, none for anything else."""
    if not _SHAPE.fullmatch(written):
        return ()
    groups = _DIGITS.findall(written)
    separators = ["," if sign == "," else "." if sign == "." else " " for sign in _SEPARATORS.findall(written)]
    number = _value(groups, separators)
    if number is None:
        return tuple((part.group(), whole_terms(part.group()), *part.span()) for part in _DIGITS.finditer(written))
    whole, decimals = number
    if not decimals:
        return ((whole, whole_terms(whole), 0, len(written)),)
    terms = [f"{whole}.{decimals}"]
    if len(groups) == _PAIR and len(decimals) == _GROUP >= len(whole):
        terms.append(whole + decimals)
    if len(whole) > _GROUP:
        terms.append(whole)
    return ((terms[0], tuple(terms), 0, len(written)),)


def whole_terms(digits: str) -> tuple[str, ...]:
    """Return the terms of a whole number: itself, and itself without leading zeros."""
    shorter = digits.lstrip("0")
    return (digits,) if shorter in {"", digits} else (digits, shorter)


def _value(groups: list[str], separators: list[str]) -> tuple[str, str] | None:
    """Return a number's whole part and decimals, nothing where the groups are no one number."""
    decimals = ""
    if separators[-1] != " " and (len(groups) == _PAIR or separators[-1] != separators[0]):
        *groups, decimals = groups
        separators = separators[:-1]
    thousands = all(len(group) == _GROUP for group in groups[1:]) and len(groups[0]) <= _GROUP
    if len(groups) > 1 and not (thousands and len(set(separators)) == 1):
        return None
    return "".join(groups), decimals

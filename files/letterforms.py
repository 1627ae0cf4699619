"""What a recogniser makes of Bulgarian letterforms, mended by the dictionary.

Printed Bulgarian often has its own forms of letters: a т like an m, a п like an n, a к that reaches above its line.
A recogniser that has learnt the other ones reads Latin letters or capitals in the middle of words. Only a word that is
none becomes one that the dictionary has, and only among Cyrillic words.
"""

import re
from typing import Final

from search.analysis import is_known

# What each Latin letter, or digit, looks like among Bulgarian letterforms.
_LOOKS_LIKE: Final = str.maketrans(
    "ABEKMHOPCTXYNaeopcxynmukgrbw3h",
    "АвЕКМНОРСТХУПаеорсхуптикдгьшЗн",
)
_WORD: Final = re.compile(r"[A-Za-zА-Яа-яЍѝЁё3]+")
_CYRILLIC: Final = re.compile("[А-Яа-яѝЍ]")
_LATIN: Final = re.compile("[A-Za-z]")
_INNER_CAPITAL: Final = re.compile("(?<=[а-яѝ])[А-Я]|(?<=[А-Я])[КВ](?=[а-яѝ])")
_SENTENCE_END: Final = re.compile(r"(?:^|[.!?…:„\"(]|\n\s*\n)\s*$")
_MOSTLY: Final = 3  # so many Cyrillic letters for each Latin one make a Bulgarian page


def mended(text: str) -> str:
    """Return a recognised text with the words mended that only a misread letterform explains."""
    if len(_CYRILLIC.findall(text)) < _MOSTLY * len(_LATIN.findall(text)):
        return text
    has_bulgarian_forms = _INNER_CAPITAL.search(text) is not None
    return _WORD.sub(lambda match: _mended_word(match, has_bulgarian_forms=has_bulgarian_forms), text)


def _mended_word(match: re.Match[str], *, has_bulgarian_forms: bool) -> str:
    """Return a word, or what it was meant to be."""
    word = match.group()
    if not has_bulgarian_forms or word.isdigit():
        return word
    meant = word.translate(_LOOKS_LIKE) if _LATIN.search(word) else word
    if _INNER_CAPITAL.search(meant):
        meant = meant[0] + meant[1:].lower()
    starts = _SENTENCE_END.search(match.string, max(match.start() - 4, 0), match.start()) is not None
    if meant[0] in "КВ" and not starts and not meant.isupper():
        meant = meant.lower()
    return meant if meant == word or is_known(meant, "bg") else word

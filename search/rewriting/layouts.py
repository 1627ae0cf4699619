"""What was typed with the keyboard in the wrong layout: Bulgarian on Latin keys, English on Bulgarian ones.

A layout says which sign of the Bulgarian keyboard each key of the Latin one bears. Signs are letters there: «`» is ч on
the traditional phonetic keyboard and «,» is р on that of the standard. So this reads the text as it was typed, before
anything takes it for words.
"""

import re
from collections.abc import Iterator
from typing import Final

_KEYS: Final = r"`qwertyuiop[]\asdfghjkl;'zxcvbnm,./"
_SHIFTED: Final = r'~QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'

# What the Bulgarian keyboard has on each of the keys above; a space where it has a sign that no English word needs.
_LAYOUTS: Final = {
    # Phonetic as it has been used since the eighties: «ЯВЕРТЪ», by its first row.
    "phonetic_traditional": "чявертъуиопшщюасдфгхйкл  зьцжбнм   ",
    # БДС 5237, the layout of typewriters.
    "standard": " ,уеишщксдзц; ьяаожгтнвмчюйъэфхпрлб",
    # The phonetic layout of 2006: «ЧШЕРТЪ».
    "phonetic": "ючшертъуиопящьасдфгхйкл  зжцвбнм   ",
}

_SIGN_AT_WORD: Final = re.compile(r"(?<!\S)[,.;/\\\]`][^\W\d_]|[\u0400-\u04ff]'[\u0400-\u04ff]")  # nor Bulgarian ones
_SIGN_FROM_LETTER: Final = re.compile(r"[\[\]\\`;/]|[,.](?!\s|$)")  # what no English text has in a letter's place
_SIGN_IN_WORD: Final = re.compile(r"[^\W\d_][^\w\s'-]+[^\W\d_]")  # what no word has: it is another layout's letter

type Layout = dict[int, str]
"""From the code point of a sign to what the same key gives in the other layout."""


def _pairs(bulgarian: str) -> Iterator[tuple[str, str]]:
    """Yield the Latin and the Bulgarian sign of each key, of capitals too."""
    yield from zip(_KEYS, bulgarian, strict=True)
    yield from (pair for pair in zip(_SHIFTED, bulgarian.upper(), strict=True) if pair[1].isalpha())


_TO_BULGARIAN: Final[dict[str, Layout]] = {
    name: {ord(key): sign for key, sign in _pairs(bulgarian) if sign.isalpha()} for name, bulgarian in _LAYOUTS.items()
}
_TO_ENGLISH: Final[dict[str, Layout]] = {
    name: {ord(sign): key for key, sign in _pairs(bulgarian) if sign != " "} for name, bulgarian in _LAYOUTS.items()
}


def has_sign_in_word(text: str) -> bool:
    """Return whether a sign stands between two letters that is a letter of another layout, if anything."""
    return _SIGN_IN_WORD.search(text) is not None


def typed_on_the_other_layout(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each layout, and the text as it would have been with it, the most used one first."""
    for name, layout in (_TO_BULGARIAN if language == "bg" else _TO_ENGLISH).items():
        other = text.translate(layout)
        if other != text and _is_likely(text, other):
            yield name, other


def _is_likely(text: str, other: str) -> bool:
    """Return whether a text may be what was meant: no letter was a sign, and words have no signs in them."""
    if has_sign_in_word(other) or _SIGN_AT_WORD.search(other):
        return False
    return not any(typed.isalpha() and _SIGN_FROM_LETTER.match(other, place) for place, typed in enumerate(text))

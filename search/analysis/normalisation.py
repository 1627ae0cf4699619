"""Writes one word in the one way in which words are compared, whatever a keyboard, a PDF or a phone made of it."""

import re
import unicodedata
from typing import Final

IGNORABLE: Final = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Signs without width of their own, as a class of a regular expression: soft hyphens, joiners, direction marks."""

MARKS: Final = "\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
"""Signs that stand on the letter before them, as a class of a regular expression: accents, variation selectors."""

LINE_BREAK: Final = (
    rf"(?:[-\u2010\u2011][{IGNORABLE}]*+|(?<![{IGNORABLE}])[{IGNORABLE}]++(?<=\u00ad))"
    r"[ \t\r\f\v\u00a0]*+\n[ \t\r\f\v\u00a0]*+"
)
"""A hyphen at the end of a line, as a regular expression that also takes the next line's indent."""

_PLAIN_CYRILLIC: Final = re.compile("[а-яА-Я]+")
_CYRILLIC: Final = re.compile("[\u0400-\u052f]")
_LATIN: Final = re.compile("[A-Za-z\u00c0-\u024f]")
_INVISIBLE: Final = re.compile(rf"{LINE_BREAK}|[{IGNORABLE}]")
_ACCENT: Final = re.compile(rf"(?<!и)\u0306|(?!\u0306)[{MARKS}]")
_HYPHENS: Final = re.compile("[\u2010\u2011]")

_LATIN_TO_CYRILLIC: Final = str.maketrans("ABCEHKMOPTXYaceopxybhkmt", "АВСЕНКМОРТХУасеорхувнкмт")
_CYRILLIC_TO_LATIN: Final = str.maketrans("АВСЕНКМОРТХУІЈЅасеорхувнкмтіјѕ", "ABCEHKMOPTXYIJSaceopxybhkmtijs")


def is_cyrillic(word: str) -> bool:
    """Return whether any letter of the word is Cyrillic."""
    return _CYRILLIC.search(word) is not None


def is_mixed(word: str) -> bool:
    """Return whether the word holds both Cyrillic and Latin letters."""
    return _CYRILLIC.search(word) is not None and _LATIN.search(word) is not None


def fold(word: str, language: str = "bg") -> str:
    """Return one word composed, in lower case, without accents, invisible signs, line ends and look-alike letters."""
    if word.isascii() and "\n" not in word:
        return word.lower()
    if _PLAIN_CYRILLIC.fullmatch(word):
        return word.lower()
    while (folded := _fold_once(word, language)) != word:
        word = folded
    return folded


def fold_look_alikes(word: str, language: str = "bg") -> str:
    """Return a word of two scripts in the one that can write all of it.

    Where both can, the more frequent one wins, and between equals that of the language.
    """
    cyrillic, latin = _CYRILLIC.findall(word), _LATIN.findall(word)
    if not cyrillic or not latin:
        return word
    fits_cyrillic = all(ord(letter) in _LATIN_TO_CYRILLIC for letter in latin)
    fits_latin = all(ord(letter) in _CYRILLIC_TO_LATIN for letter in cyrillic)
    lead = len(cyrillic) - len(latin) or (1 if language == "bg" else -1)
    if fits_cyrillic and (not fits_latin or lead > 0):
        return word.translate(_LATIN_TO_CYRILLIC)
    return word.translate(_CYRILLIC_TO_LATIN) if fits_latin else word


def _fold_once(word: str, language: str) -> str:
    """Return the word after one pass of every rule; compositions can need a second."""
    word = _HYPHENS.sub("-", _INVISIBLE.sub("", word)).replace("\u2019", "'")
    word = "".join(map(_plain_letter, word))
    word = unicodedata.normalize("NFC", _ACCENT.sub("", unicodedata.normalize("NFD", word)))
    return unicodedata.normalize("NFC", fold_look_alikes(word, language).casefold())


def _plain_letter(sign: str) -> str:
    """Return what a ligature, a wide or a raised sign stands for, if that is letters and digits alone."""
    plain = unicodedata.normalize("NFKC", sign)
    return plain if plain.isalnum() else sign

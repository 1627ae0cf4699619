"""Text into words and terms, the same for whatever engine stores and ranks them: plain Python, no Django."""

from typing import Final

from . import bulgarian, dictionary, english
from .highlighting import Fragment, Match, excerpt, highlight
from .normalisation import fold, is_cyrillic
from .stop_words import ALL_STOP_WORDS, STOP_WORDS
from .tokens import Token, analyse, normalise, terms_of_word

RULES_VERSION: Final = 3
"""Raised with every change of the rules that gives a word other terms."""

ANALYSIS_VERSION: Final = f"{RULES_VERSION}-{english.RULES_VERSION}-{dictionary.data_fingerprint()}"
"""Names the rules and the data that terms come from: an index made with another version is to be made again."""

__all__ = [
    "ALL_STOP_WORDS",
    "ANALYSIS_VERSION",
    "STOP_WORDS",
    "Fragment",
    "Match",
    "Token",
    "analyse",
    "begins_known_word",
    "excerpt",
    "highlight",
    "is_cyrillic",
    "is_known",
    "normalise",
    "terms_of_word",
]


def is_known(word: str, language: str) -> bool:
    """Return whether the dictionary of the word's script has it; English has no dictionary but its function words."""
    folded = fold(word, language)
    if is_cyrillic(folded):
        return bulgarian.is_known(folded)
    return folded in STOP_WORDS["en"]


def begins_known_word(beginning: str) -> bool:
    """Return whether a word of the Bulgarian dictionary begins with these folded letters."""
    return bulgarian.begins_known_word(beginning)

"""Terms of an English word: the stem of Snowball's English algorithm."""

import threading
from importlib.metadata import version
from typing import Final

import snowballstemmer

RULES_VERSION: Final = version("snowballstemmer")
"""Version of the package whose rules are used: another one may give a word another stem."""


class _Stemmers(threading.local):
    """One stemmer for each thread, for a stemmer keeps the word that it works on."""

    def __init__(self) -> None:
        self.english = snowballstemmer.stemmer("english")


_STEMMERS = _Stemmers()


def terms(word: str) -> tuple[str, ...]:
    """Return the stem of a folded word."""
    stem: str = _STEMMERS.english.stemWord(word)
    return (stem or word,)

"""Reads the compiled dictionaries: words and short phrases of one language, each with its senses in the other.

A dictionary stays in memory as the bytes of its file, sorted by key, and is read by bisection: forty thousand lines
take two megabytes, and a look-up some microseconds.
"""

import functools
import gzip
from array import array
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple, Self

HEADER: Final = "hub bilingual dictionary 1"
"""First line of a compiled dictionary; another number means another format."""

DATA: Final = Path(__file__).parent / "data"

FILES: Final[Mapping[str, str]] = MappingProxyType({"bg": "bulgarian-english.txt.gz", "en": "english-bulgarian.txt.gz"})
"""The dictionary that translates from each language."""

SHORTEST_ROOT: Final = 5
ROOT_SHARE: Final = 0.65
LONGER_KIN: Final = 3
MOST_KIN: Final = 20
"""Words of one family have so much of their beginning in common, and are so many letters longer at most."""


class BilingualFormatError(ValueError):
    """Raised when a data file is not a compiled dictionary of this version."""


class Translation(NamedTuple):
    """What a headword may be called in the other language, and which of its senses that is, counted from 0."""

    headword: str
    text: str
    sense: int


class BilingualDictionary:
    """The headwords of one language under the terms that they are made of."""

    __slots__ = ("_data", "_starts")

    def __init__(self, data: bytes) -> None:
        """Take the lines of a compiled file, sorted by their keys."""
        self._data = data
        self._starts = array("I", _line_starts(data))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Return the dictionary of a compiled file."""
        header, _, data = gzip.decompress(path.read_bytes()).partition(b"\n")
        if header.decode() != HEADER:
            msg = f"{path.name} is not a compiled dictionary of this version"
            raise BilingualFormatError(msg)
        return cls(data)

    def senses(self, key: str) -> tuple[Translation, ...]:
        """Return what stands under a key, the headwords in their order and each one's senses in theirs."""
        number = self._place(key)
        if number == len(self._starts) or self._key(number) != key.encode():
            return ()
        start = self._starts[number]
        line = self._data[start : self._data.index(b"\n", start)].decode()
        return tuple(_translations(line.partition("\t")[2]))

    def kin(self, key: str) -> tuple[str, ...]:
        """Return the keys of single words that begin like a key and are about as long: most are of its family."""
        beginning = key[: max(SHORTEST_ROOT, round(len(key) * ROOT_SHARE))]
        if len(beginning) == len(key):
            return ()
        found: list[str] = []
        number = self._place(beginning)
        while number < len(self._starts) and len(found) < MOST_KIN:
            other = self._key(number).decode()
            if not other.startswith(beginning):
                break
            if other != key and " " not in other and len(other) <= len(key) + LONGER_KIN:
                found.append(other)
            number += 1
        return tuple(found)

    def _place(self, key: str) -> int:
        """Return the number of the first line whose key is not before this one."""
        wanted = key.encode()
        low, high = 0, len(self._starts)
        while low < high:
            middle = (low + high) // 2
            if self._key(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def _key(self, number: int) -> bytes:
        """Return the key of a line."""
        start = self._starts[number]
        return self._data[start : self._data.index(b"\t", start)]


def _line_starts(data: bytes) -> Iterator[int]:
    """Yield where each line begins."""
    start = 0
    while start < len(data):
        yield start
        start = data.index(b"\n", start) + 1


def _translations(written: str) -> Iterator[Translation]:
    """Yield the translations of a line: headwords between „|“, senses between „;“, ways to say one between „,“."""
    for entry in written.split("|"):
        headword, _, senses = entry.partition("=")
        for number, sense in enumerate(senses.split(";")):
            for text in sense.split(","):
                if text:
                    yield Translation(headword, text, number)


@functools.cache
def _dictionary(language: str) -> BilingualDictionary:
    """Return the dictionary that translates from a language, read when a process first needs it."""
    return BilingualDictionary.load(DATA / FILES[language])


def senses(keys: Iterable[str], language: str) -> tuple[Translation, ...]:
    """Return the translations of a word or phrase of a language that stands under any of the keys."""
    found = dict.fromkeys(one for key in keys for one in _dictionary(language).senses(key))
    return tuple(found)


def kindred_senses(keys: Iterable[str], language: str) -> tuple[Translation, ...]:
    """Return the first senses of the words that are likely of one family with a word."""
    dictionary = _dictionary(language)
    kin = dict.fromkeys(other for key in keys for other in dictionary.kin(key))
    return tuple(one for one in senses(kin, language) if not one.sense)

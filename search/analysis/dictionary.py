"""Reads the compiled dictionary: which lemmas a Bulgarian word form has, and which an unknown one may have.

The dictionary is kept as stems and the endings that each takes, as a grammar has it: eighty thousand stems stand for
nine hundred thousand forms, so that a worker holds some megabytes and a look-up is one question for each place where
the word can be cut.
"""

import functools
import gzip
import hashlib
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Self

HEADER: Final = "hub dictionary 1"
"""First line of a compiled dictionary; another number means another format."""

BULGARIAN_DATA: Final = Path(__file__).parent / "data" / "bulgarian.txt.gz"
"""The compiled dictionary of Bulgarian."""

LONGEST_ENDING: Final = 7
"""How many last letters of an unknown word are looked at, at most."""

RICH: Final = 4
"""Forms with which a word counts as one whose forms are known; of names often only one is."""


type Rule = tuple[int, str]
"""How a form becomes its lemma: how many last letters go, and what comes in their place."""


class DictionaryFormatError(ValueError):
    """Raised when a data file is not a compiled dictionary of this version."""


class Dictionary:
    """Word forms of one language and their lemmas."""

    __slots__ = (
        "_guesses",
        "_lemma_endings",
        "_longest",
        "_paradigms_by_beginning",
        "_paradigms_by_ending",
        "_paradigms_by_stem",
        "_rich",
        "_stems",
    )

    def __init__(self, rows: Iterator[str]) -> None:
        """Read the rows of a compiled file: paradigms, then stems, then guesses."""
        self._lemma_endings: list[str] = []
        by_ending: dict[str, list[int]] = {}
        rich: set[int] = set()
        for number, (lemma_ending, written) in enumerate(_section(rows)):
            self._lemma_endings.append(lemma_ending)
            endings = written.split(",")
            if len(endings) >= RICH:
                rich.add(number)
            for ending in endings:
                by_ending.setdefault(ending, []).append(number)
        self._rich = frozenset(rich)
        self._paradigms_by_ending = {ending: frozenset(numbers) for ending, numbers in by_ending.items()}
        self._longest = max(map(len, by_ending), default=0)
        paradigms = functools.cache(_numbers)
        self._paradigms_by_stem = {stem: paradigms(written) for stem, written in _section(rows)}
        rules = functools.cache(_rules)
        self._guesses = {ending: rules(written) for ending, written in _section(rows)}
        self._stems: list[str] = []  # in their order, and endings by their beginnings: made when first asked for
        self._paradigms_by_beginning: dict[str, set[int]] = {}

    @classmethod
    def load(cls, path: Path) -> Self:
        """Return the dictionary of a compiled file."""
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
            if file.readline() != f"{HEADER}\n":
                msg = f"{path.name} is not a compiled dictionary of this version"
                raise DictionaryFormatError(msg)
            return cls(line.rstrip("\n") for line in file)

    def lemmas(self, word: str) -> tuple[str, ...]:
        """Return every lemma of a folded word form in alphabetical order, nothing for an unknown one."""
        found: set[str] = set()
        by_stem, by_ending = self._paradigms_by_stem, self._paradigms_by_ending
        for cut in range(max(len(word) - self._longest, 0), len(word) + 1):
            of_stem = by_stem.get(word[:cut])
            if of_stem is None:
                continue
            of_ending = by_ending.get(word[cut:])
            if of_ending is not None:
                found.update(word[:cut] + self._lemma_endings[number] for number in of_stem & of_ending)
        return tuple(sorted(found)) if len(found) > 1 else tuple(found)

    def knows(self, word: str) -> bool:
        """Return whether it has a folded word form."""
        by_stem, by_ending = self._paradigms_by_stem, self._paradigms_by_ending
        for cut in range(max(len(word) - self._longest, 0), len(word) + 1):
            of_stem = by_stem.get(word[:cut])
            if of_stem is not None:
                of_ending = by_ending.get(word[cut:])
                if of_ending is not None and not of_stem.isdisjoint(of_ending):
                    return True
        return False

    def knows_forms_of(self, word: str) -> bool:
        """Return whether it has a folded word form together with other forms of the same word."""
        by_stem, by_ending = self._paradigms_by_stem, self._paradigms_by_ending
        for cut in range(max(len(word) - self._longest, 0), len(word) + 1):
            of_stem = by_stem.get(word[:cut])
            if of_stem is not None:
                of_ending = by_ending.get(word[cut:])
                if of_ending is not None and not self._rich.isdisjoint(of_stem & of_ending):
                    return True
        return False

    def forms(self) -> Iterator[str]:
        """Yield every word form that the dictionary has; a form of several stems comes several times."""
        endings: dict[int, list[str]] = {}
        for ending, numbers in self._paradigms_by_ending.items():
            for number in numbers:
                endings.setdefault(number, []).append(ending)
        for stem, numbers in self._paradigms_by_stem.items():
            for number in numbers:
                yield from (stem + ending for ending in endings[number])

    def begins(self, beginning: str) -> bool:
        """Return whether a word form begins so."""
        stems = self._stems or self._order()
        place = bisect_left(stems, beginning)
        if place < len(stems) and stems[place].startswith(beginning):
            return True
        for cut in range(max(len(beginning) - self._longest, 0), len(beginning)):
            of_stem = self._paradigms_by_stem.get(beginning[:cut])
            if of_stem and not of_stem.isdisjoint(self._paradigms_by_beginning.get(beginning[cut:], ())):
                return True
        return False

    def _order(self) -> list[str]:
        """Make ready what tells how words begin; only questions need it, and not each process answers any."""
        by_beginning: dict[str, set[int]] = {}
        for ending, numbers in self._paradigms_by_ending.items():
            for length in range(1, len(ending) + 1):
                by_beginning.setdefault(ending[:length], set()).update(numbers)
        self._paradigms_by_beginning = by_beginning
        self._stems = sorted(self._paradigms_by_stem)
        return self._stems

    def guess(self, word: str) -> tuple[str, ...]:
        """Return the likely lemmas of a word form that the dictionary lacks, judged by how known words end."""
        for length in range(min(LONGEST_ENDING, len(word) - 1), -1, -1):
            rules = self._guesses.get(word[len(word) - length :])
            if rules is not None:
                return tuple(word[: len(word) - strip] + add for strip, add in rules if len(word) - strip >= 2)
        return ()


def _section(lines: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Return the rows of two columns up to the next empty line."""
    for line in lines:
        if not line:
            return
        first, _, second = line.partition("\t")
        yield first, second


def _numbers(written: str) -> frozenset[int]:
    """Return the paradigms of one row."""
    return frozenset(map(int, written.split(",")))


def _rules(written: str) -> tuple[Rule, ...]:
    """Return the rules of one row."""
    return tuple((int(rule[0]), rule[1:]) for rule in written.split(",") if rule)


@functools.cache
def bulgarian() -> Dictionary:
    """Return the dictionary of Bulgarian, read once a process."""
    return Dictionary.load(BULGARIAN_DATA)


@functools.cache
def data_fingerprint() -> str:
    """Return a short sign of the dictionary data, which changes when they do."""
    return hashlib.sha256(BULGARIAN_DATA.read_bytes()).hexdigest()[:10]

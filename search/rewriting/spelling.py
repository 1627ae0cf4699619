"""Words a slip of the finger away from what was typed, the likelier the cheaper.

All strings at the distance of one slip are made, and compared with what the dictionary and the index have: no list of
neighbours has to be kept in memory, and the cost depends on the length of the word alone, not on that of the lists.
"""

import itertools
from collections.abc import Iterator
from typing import Final

SHORTEST: Final = 4  # letters: of a shorter word nearly everything is a neighbour
LONGEST: Final = 24

_ALPHABETS: Final = {"bg": "абвгдежзийклмнопрстуфхцчшщъьюя", "en": "abcdefghijklmnopqrstuvwxyz"}
# The rows of keys under each other: the phonetic and the standard Bulgarian keyboard, and the Latin one.
_KEYBOARDS: Final = (
    ("явертъуиопшщ", "асдфгхйкл", "зьцжбнм"),
    (" уеишщксдзц", "ьяаожгтнвмч", "юйъэфхпрлб"),
    ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
)
_ALIKE_WRITTEN: Final = "аъ оу еи ий бп вф гк дт жш зс шщ цс ая ую йь ck sz ie ea"


def _beside() -> Iterator[tuple[str, str]]:
    """Yield the keys that touch each other: in a row, and each with the two above it."""
    for rows in _KEYBOARDS:
        for row in rows:
            yield from itertools.pairwise(row)
        for above, below in itertools.pairwise(rows):
            yield from zip(below, above, strict=False)
            yield from zip(below, above[1:], strict=False)


_NEAR: Final = frozenset(pair for first, second in _beside() for pair in ((first, second), (second, first)))
_ALIKE: Final = frozenset(
    (first, second) for pair in _ALIKE_WRITTEN.split() for first, second in ((pair[0], pair[1]), (pair[1], pair[0]))
)

_DOUBLED, _SWAPPED, _ALIKE_COST, _NEAR_COST, _MISSING, _ADDED, _OTHER = 0.5, 0.6, 0.6, 0.7, 0.8, 0.8, 1.0
_FIRST: Final = 0.5  # more, where the first letter is wrong: people mostly get it right
_MOST: Final = {4: 0.7, 5: 0.8}  # of short words, by their letters: most are names, a slip away from anything


def neighbours(word: str, language: str) -> dict[str, float]:
    """Return every string one slip away from a folded word, with what it costs to believe in the slip."""
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
        return {}
    most = _MOST.get(len(word), 9.0)
    found: dict[str, float] = {}
    for text, cost in _slips(word, _ALPHABETS[language]):
        if cost <= most and cost < found.get(text, 9.0):
            found[text] = cost
    found.pop(word, None)
    return found


def _slips(word: str, alphabet: str) -> Iterator[tuple[str, float]]:
    """Yield the neighbours, some of them several times."""
    for place, letter in enumerate(word):
        before, after = word[:place], word[place + 1 :]
        first = 0 if place else _FIRST
        yield before + after, first + (_DOUBLED if before[-1:] == letter or after[:1] == letter else _ADDED)
        if after:
            yield before + after[0] + letter + after[1:], first + _SWAPPED
        for other in alphabet:
            yield before + other + after, first + _substitution(letter, other)
            yield before + other + letter + after, first + (_DOUBLED if other == letter else _MISSING)
    for other in alphabet:
        yield word + other, _MISSING


def _substitution(typed: str, meant: str) -> float:
    """Return the cost of one letter for another."""
    if (typed, meant) in _ALIKE:
        return _ALIKE_COST
    return _NEAR_COST if (typed, meant) in _NEAR else _OTHER

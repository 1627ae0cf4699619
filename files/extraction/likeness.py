"""How like two texts are: a small sketch of each, by which the share of common word sequences is estimated."""

import hashlib
import heapq
import re
from array import array
from collections.abc import Iterable, Iterator
from typing import Final

SHINGLE: Final = 5  # words
SIZE: Final = 256  # hashes that a sketch keeps
LEAST_WORDS: Final = 50  # a text that is shorter is like many others by chance
_WORD: Final = re.compile(r"\w+")


def sketch_of(texts: Iterable[str]) -> bytes:
    """Return the smallest hashes of all sequences of five words (a bottom-k sketch); empty for a very short text."""
    count, hashes = 0, set[int]()
    for count, shingle in enumerate(_shingles(texts), start=1):  # noqa: B007 - the last count is what is wanted
        digest = hashlib.blake2b(shingle.encode(), digest_size=8).digest()
        hashes.add(int.from_bytes(digest, "big"))
        if len(hashes) > 64 * SIZE:
            hashes = set(heapq.nsmallest(SIZE, hashes))
    if count < LEAST_WORDS - SHINGLE:
        return b""
    return array("Q", heapq.nsmallest(SIZE, hashes)).tobytes()


def likeness(one: bytes, other: bytes) -> float:
    """Return the estimated share of sequences that two texts have in common, from 0 to 1."""
    if not one or not other:
        return 0.0
    first, second = set(array("Q", one)), set(array("Q", other))
    smallest = heapq.nsmallest(SIZE, first | second)
    return sum(value in first and value in second for value in smallest) / len(smallest)


def _shingles(texts: Iterable[str]) -> Iterator[str]:
    """Yield each sequence of words, over the borders of pages too."""
    window: list[str] = []
    for text in texts:
        for match in _WORD.finditer(text.casefold()):
            window.append(match.group())
            if len(window) == SHINGLE:
                yield " ".join(window)
                del window[0]

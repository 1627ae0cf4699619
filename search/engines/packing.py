"""How numbers stand in the binary columns of the index: the same bytes on every machine and in every database.

One row for each term of each record would be millions of rows. So the postings of a term are kept in blocks of 256
records, three bytes a record; and what a record's text consists of is kept with the record.
"""

import functools
import sys
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

END = 0
"""What stands after the words of each passage; no word has this number."""

_REMEMBERED, _LARGEST_REMEMBERED = 128, 32_768  # texts, some ten MiB of them at most
_SHORT, _LONG = "H", "I"  # two and four bytes
_IS_BIG_ENDIAN = sys.byteorder == "big"


def pack_postings(weights: Mapping[int, int]) -> bytes:
    """Return the weights of records of one block, by their numbers there: all numbers in order, then all weights."""
    if len(weights) == 1:  # mostly, while an index is filled
        ((number, weight),) = weights.items()
        return bytes((number, weight & 255, weight >> 8))
    numbers = sorted(weights)
    return bytes(numbers) + _bytes(_SHORT, [weights[number] for number in numbers])


def unpack_postings(packed: bytes) -> tuple[bytes, Sequence[int]]:
    """Return the numbers of records in their block, and their weights in the same order."""
    count = len(packed) // 3
    return packed[:count], _numbers(_SHORT, packed[count:])


def pack_words(passages: Iterable[Iterable[int]]) -> bytes:
    """Return the words of passages by their numbers, an end after each passage."""
    stream = array(_LONG)
    for words in passages:
        stream.extend(words)
        stream.append(END)
    return _bytes(_LONG, stream)


def unpack_words(packed: bytes) -> list[list[int]]:
    """Return the words of each passage by their numbers."""
    passages: list[list[int]] = [[]]
    for number in _numbers(_LONG, packed):
        if number == END:
            passages.append([])
        else:
            passages[-1].append(number)
    return passages[:-1]


def distinct_words(packed: bytes) -> set[int]:
    """Return the numbers of the words that stand in the passages."""
    return {*_numbers(_LONG, packed)} - {END}


def pack_phrase(words: Iterable[int]) -> bytes:
    """Return words that follow each other as they stand in a record's."""
    return _bytes(_LONG, words)


def has_phrase(packed: bytes, phrase: bytes) -> bool:
    """Return whether a passage holds the words of a phrase one after the other."""
    return next(_starts(packed, phrase), -1) >= 0


def passages_with(packed: bytes, phrase: bytes) -> Iterator[int]:
    """Yield the number of a passage for each time that it holds a phrase."""
    passage = position = 0
    for start in _starts(packed, phrase):
        passage += _numbers(_LONG, packed[position:start]).count(END)
        position = start
        yield passage


def _starts(packed: bytes, phrase: bytes) -> Iterator[int]:
    """Yield where a phrase stands; where it seems to begin in the midst of a number it does not."""
    start = packed.find(phrase)
    while start >= 0:
        if start % 4 == 0:
            yield start
        start = packed.find(phrase, start + 1)


@dataclass(frozen=True)
class RecordTerms:
    """What stands in a record: each term by its number, with what it counts there, and how often in which passage."""

    weights: Mapping[int, int]
    passages: Sequence[Mapping[int, int]]  # term -> how often

    def packed(self) -> bytes:
        """Return all of it as bytes; compressed, for it is read of few records at a time."""
        index = {term: place for place, term in enumerate(self.weights)}
        code = _code(len(index))
        places, counts = array(code), bytearray()
        for terms in self.passages:
            places.extend([index[term] for term in terms])
            counts.extend([count if count < 256 else 255 for count in terms.values()])
        parts = (
            _bytes(_LONG, [len(index), len(self.passages), *map(len, self.passages), *index]),
            _bytes(_SHORT, self.weights.values()),
            _bytes(code, places),
            bytes(counts),
        )
        return zlib.compress(b"".join(parts), 1)


class PackedTerms:
    """What `RecordTerms` packed, unpacked only as far as it is asked for."""

    def __init__(self, packed: bytes) -> None:
        self._raw = _decompressed(packed)
        self._count, self._passages = _numbers(_LONG, self._raw[:8])

    @property
    def weights(self) -> dict[int, int]:
        """What each term counts in the record."""
        start = self._terms_start + 4 * self._count
        return dict(zip(self.terms, _numbers(_SHORT, self._raw[start : start + 2 * self._count]), strict=True))

    @cached_property
    def terms(self) -> Sequence[int]:
        """The terms that stand in the record."""
        return _numbers(_LONG, self._raw[self._terms_start : self._terms_start + 4 * self._count])

    def places(self, wanted: Iterable[int]) -> Iterator[tuple[int, int, int]]:
        """Yield passage, term and how often the term stands there, for each of the wanted terms."""
        for term in wanted:
            for passage, count in self.stands(term)[1].items():
                yield passage, term, count

    def stands(self, term: int) -> tuple[int, dict[int, int]]:
        """Return what a term counts in the record, and how often it stands in which passage.

        It is looked for as bytes among bytes: most records hold few of the wanted terms and hundreds of others.
        """
        raw, first = self._raw, self._terms_start
        found = next(_aligned(raw, term.to_bytes(4, "little"), first, first + 4 * self._count), None)
        if found is None:
            return 0, {}
        place = (found - first) // 4
        weights = first + 4 * self._count
        weight = int.from_bytes(raw[weights + 2 * place : weights + 2 * place + 2], "little")
        width = array(_code(self._count)).itemsize
        start = weights + 2 * self._count
        end = start + (self._ends[-1] if self._ends else 0) * width
        counts = {}
        for here in _aligned(raw, place.to_bytes(width, "little"), start, end):
            position = (here - start) // width
            counts[bisect_right(self._ends, position)] = raw[end + position]
        return weight, counts

    @cached_property
    def sizes(self) -> Sequence[int]:
        """How many different terms stand in each passage."""
        return _numbers(_LONG, self._raw[8 : self._terms_start])

    @cached_property
    def _ends(self) -> Sequence[int]:
        """Where each passage ends in the row of terms of all of them."""
        return [*accumulate(self.sizes)]

    @property
    def _terms_start(self) -> int:
        """Where the terms begin: after two numbers and the sizes of the passages."""
        return 8 + 4 * self._passages


def _aligned(raw: bytes, number: bytes, start: int, end: int) -> Iterator[int]:
    """Yield where a number stands in a row of numbers of its width; not where it seems to in the midst of two."""
    found = raw.find(number, start, end)
    while found >= 0:
        if (found - start) % len(number) == 0:
            yield found
        found = raw.find(number, found + 1, end)


def _decompressed(packed: bytes) -> bytes:
    """Return bytes as they were; those of the usual text from memory, for a page of results reads it twice."""
    return _remembered(packed) if len(packed) <= _LARGEST_REMEMBERED else zlib.decompress(packed)


_remembered = functools.lru_cache(_REMEMBERED)(zlib.decompress)


def _code(count: int) -> str:
    """Return the size of number that tells so many terms apart."""
    return _SHORT if count <= 1 << 16 else _LONG


def _bytes(code: str, numbers: Iterable[int]) -> bytes:
    """Return numbers as bytes, the lowest first."""
    packed = array(code, numbers)
    if _IS_BIG_ENDIAN:
        packed.byteswap()
    return packed.tobytes()


def _numbers(code: str, packed: bytes) -> "array[int]":
    """Return the numbers that stand in bytes."""
    numbers: array[int] = array(code)
    numbers.frombytes(packed)
    if _IS_BIG_ENDIAN:
        numbers.byteswap()
    return numbers

"""Rows of a table as parts to land on: each its own, until there are so many that only stretches can be kept."""

from collections.abc import Iterable, Iterator
from typing import Final

SINGLE_ROWS: Final = 5_000
STRETCH_CHARACTERS: Final = 1_000


def stretches(rows: Iterable[tuple[int, str]]) -> Iterator[tuple[int, int, str]]:
    """Yield first row, last row and text of each part of a table, given its numbered rows that hold anything."""
    first, last, length = 0, 0, 0
    lines: list[str] = []
    for count, (number, line) in enumerate(rows, start=1):
        first = first or number
        last = number
        lines.append(line)
        length += len(line)
        if count <= SINGLE_ROWS or length >= STRETCH_CHARACTERS:
            yield first, last, "\n".join(lines)
            first, length, lines = 0, 0, []
    if lines:
        yield first, last, "\n".join(lines)


def label_of(first: int, last: int) -> str:
    """Return the numbers of a part's rows as a reader writes them."""
    return str(first) if first == last else f"{first}–{last}"

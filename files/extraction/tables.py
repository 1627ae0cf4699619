"""Rows of a table as parts to land on: each its own, until there are so many that only stretches can be kept."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from .text import clean, row_text

SINGLE_ROWS: Final = 5_000
STRETCH_CHARACTERS: Final = 1_000
MOST_COLUMNS: Final = 100


@dataclass(slots=True)
class Stretch:
    """Some rows of a table, one after another."""

    numbers: list[int] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    length: int = 0

    def add(self, number: int, line: str, cells: Sequence[str]) -> None:
        """Put one more row into the stretch."""
        self.numbers.append(number)
        self.lines.append(line)
        self.cells.append([" ".join(clean(cell).split()) for cell in cells])
        self.length += len(line)

    @property
    def first(self) -> int:
        """The number of the first row."""
        return self.numbers[0]

    @property
    def label(self) -> str:
        """The numbers of the rows as a reader writes them."""
        return label_of(self.numbers[0], self.numbers[-1])

    @property
    def text(self) -> str:
        """The rows as lines."""
        return "\n".join(self.lines)

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The rows with their numbers before their cells; none for a table that is too wide to be shown as one."""
        if max(map(len, self.cells)) > MOST_COLUMNS:
            return ()
        return tuple((str(number), *_without_end(row)) for number, row in zip(self.numbers, self.cells, strict=True))


def stretches(rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[Stretch]:
    """Yield the parts of a table, given its numbered rows; those that hold nothing are left out."""
    stretch, count = Stretch(), 0
    for number, cells in rows:
        line = row_text(cells)
        if not line:
            continue
        count += 1
        stretch.add(number, line, cells)
        if count <= SINGLE_ROWS or stretch.length >= STRETCH_CHARACTERS:
            yield stretch
            stretch = Stretch()
    if stretch.lines:
        yield stretch


def _without_end(cells: list[str]) -> list[str]:
    """Return a row without the empty cells at its end."""
    last = max(place for place, cell in enumerate(cells) if cell)
    return cells[: last + 1]


def label_of(first: int, last: int) -> str:
    """Return the numbers of a part's rows as a reader writes them."""
    return str(first) if first == last else f"{first}–{last}"

"""The places of results: chosen ones, what leads, what is near, and on the first page the best of the other language.

Every result has exactly one place, on every page of the list and in every count.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from search.asking import Found, Wish
from search.closeness import Close
from search.engines import Clause

PAGE_SIZE = 10
KEPT = 4  # places of the first page that are the other language's, if it has as many results


class Way(StrEnum):
    """How a result comes to be on the list."""

    CHOSEN = "chosen"  # by editors
    WORDS = "words"
    MEANING = "meaning"  # by what the words mean in its language
    NEAR = "near"  # by some of the words alone


@dataclass(frozen=True, slots=True)
class Part:
    """Results that were found in one way, of one language where they were not chosen."""

    language: str
    found: Found
    way: Way = Way.WORDS
    offset: int = 0  # where among them the hits of the answer begin

    @property
    def total(self) -> int:
        """How many there are."""
        return self.found.answer.total


@dataclass(frozen=True, slots=True)
class Placed:
    """A result in its place on the list."""

    key: str
    part: Part
    without: tuple[str, ...] = ()  # the words that it does not hold


@dataclass(frozen=True, slots=True)
class Mixed:
    """What editors chose and what both languages hold, as one list."""

    leading: Part
    others: tuple[Part, ...]  # what was chosen, and what the other language has
    placed: tuple[Placed, ...]  # the wanted stretch of the list
    near: tuple[Placed, ...] = ()  # what holds some of the words alone; on no list, in no count
    closeness: Mapping[str, float] = field(default_factory=dict)  # of what leads and what is near, by key

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that the list is made of."""
        return (self.leading, *self.others)

    @property
    def shown(self) -> tuple[Placed, ...]:
        """The stretch of the list with what is near: among what leads, each where its closeness puts it."""
        if not self.near:
            return self.placed
        chosen = [placed for placed in self.placed if placed.part.way is Way.CHOSEN]
        leading = [placed for placed in self.placed if placed.part is self.leading]
        following = self.placed[len(chosen) + len(leading) :]
        return (*chosen, *_merged(leading, self.near, self.closeness), *following)

    @property
    def total(self) -> int:
        """How many results the list has."""
        return sum(part.total for part in self.parts)

    @property
    def facets(self) -> Mapping[str, Mapping[str, int]]:
        """The counts of all facet values."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for part in self.parts:
            for name, values in part.found.answer.facets.items():
                counts[name].update(values)
        return counts


def placed_parts(chosen: Part | None, leading: Part, following: Part | None, wish: Wish) -> Mixed:
    """Return the wanted stretch of the list that the parts make; a part without results is none."""
    following = following if following and following.total else None
    placed, position = [], 0
    for part, start, stop in _stretches(chosen, leading, following):
        first = max(wish.offset, position)
        last = min(wish.offset + wish.limit, position + stop - start)
        begin = start + first - position - part.offset
        hits = part.found.answer.hits[begin : begin + last - first] if last > first else ()
        placed += [Placed(hit.key, part) for hit in hits]
        position += stop - start
    return Mixed(leading, tuple(part for part in (chosen, following) if part), tuple(placed))


def with_near(mixed: Mixed, close: Sequence[Close], asked: tuple[Clause, ...]) -> Mixed:
    """Return the list with what is near, as much as the page has room for without the places of the other language.

    Some of it is there even on a full page, if it is closer than what is.
    """
    lead, held = mixed.leading, {hit.key for hit in mixed.leading.found.answer.hits}
    leading = [placed for placed in mixed.placed if placed.part is lead]
    room = PAGE_SIZE - len(leading) - min(len(mixed.placed) - len(leading), KEPT)
    candidates = [one for one in close if one.key not in held and one.score]
    least = min((one.score for one in close if one.key in {placed.key for placed in leading}), default=0.0)
    closer = sum(one.score > least for one in candidates)
    room = max(room, min(closer, KEPT))
    part = Part(lead.language, replace(lead.found, clauses=asked), Way.NEAR)
    near_ones = tuple(Placed(one.key, part, one.without) for one in candidates[: max(0, room)])
    return replace(mixed, near=near_ones, closeness={one.key: one.score for one in close})


def _merged(leading: Sequence[Placed], near_ones: Sequence[Placed], closeness: Mapping[str, float]) -> Sequence[Placed]:
    """Return what leads and what is near by their closeness."""
    return sorted((*leading, *near_ones), key=lambda placed: -closeness.get(placed.key, 0.0))


def _stretches(chosen: Part | None, leading: Part, following: Part | None) -> Iterator[tuple[Part, int, int]]:
    """Yield which results of which part come one after another on the whole list."""
    room = PAGE_SIZE
    if chosen:
        yield chosen, 0, chosen.total
        room = max(0, room - chosen.total)
    if following is None:
        yield leading, 0, leading.total
        return
    first = min(leading.total, max(0, room - min(following.total, KEPT)))
    second = min(following.total, room - first)
    yield leading, 0, first
    yield following, 0, second
    yield leading, first, leading.total
    yield following, second, following.total

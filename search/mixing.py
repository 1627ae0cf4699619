"""Both languages on one list: what holds the words as they were meant first, translations after it and labelled.

The language in which the words are found as they were typed leads, the reader's own before the other. The results of
the other language follow: the last places of the first page are kept for the best of them, the rest comes at the end.
So nothing that holds the words themselves is ever pushed from the top by a translation, what the other language has is
seen at once, and every result has exactly one place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from search.asking import LANGUAGES, Found, Wish, ask, question
from search.counterparts import keys_with_version_in
from search.engines import Answer, State, engine
from search.glossary import glossary
from search.query import Query, Reading, read
from search.translation import can_be_translated, loosened, translated
from search.visibility import current_state

PAGE_SIZE = 10
KEPT = 4  # places of the first page that are the other language's, if it has as many results


@dataclass(frozen=True, slots=True)
class Part:
    """The results of one language."""

    language: str
    found: Found
    is_translation: bool = False
    offset: int = 0  # where among them the hits of the answer begin

    @property
    def total(self) -> int:
        """How many there are."""
        return self.found.answer.total


@dataclass(frozen=True, slots=True)
class Placed:
    """A result in its place on the list."""

    key: str
    language: str
    is_translation: bool


@dataclass(frozen=True, slots=True)
class Mixed:
    """What both languages hold, as one list."""

    leading: Part
    following: Part | None
    placed: tuple[Placed, ...]  # the wanted stretch of the list

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that the list is made of."""
        return (self.leading, self.following) if self.following else (self.leading,)

    @property
    def total(self) -> int:
        """How many results the list has."""
        return sum(part.total for part in self.parts)

    @property
    def facets(self) -> Mapping[str, Mapping[str, int]]:
        """The counts of all facet values."""
        counts: dict[str, dict[str, int]] = {}
        for part in self.parts:
            for name, values in part.found.answer.facets.items():
                known = counts.setdefault(name, {})
                for value, count in values.items():
                    known[value] = known.get(value, 0) + count
        return counts


def ask_both(query: Query, language: str, wish: Wish, state: State | None = None) -> Mixed:
    """Return what both languages have, or the wished one alone; the reader's leads where the words are found in it."""
    state = state or current_state()
    leading = _leading(query, language, wish, state)
    if not query.text or wish.only == leading.language:
        return _mixed(leading, None, wish)
    if wish.only:
        return _mixed(_following(query, leading, wish, state), None, wish)
    hidden = keys_with_version_in(language, state) if leading.language == language else frozenset()
    rest = replace(wish, offset=max(0, wish.offset - leading.total))
    following = _following(query, leading, rest, State(state.token, state.hidden | hidden))
    return _mixed(leading, following if following.total else None, wish)


def _leading(query: Query, language: str, wish: Wish, state: State) -> Part:
    """Return what holds the words in the reader's language or, if only the other one holds them all, in that."""
    offset = max(0, wish.offset - KEPT)
    wish = replace(wish, offset=offset, limit=wish.limit + wish.offset - offset)
    own = ask(query, language, wish, state)
    if query.text and own.reading.can_be_asked and (not own.is_full or own.strain):
        there = ask(query, _other(language), wish, state)
        if _rank(there) < _rank(own):
            return Part(_other(language), there, offset=offset)
    return Part(language, own, offset=offset)


def _rank(found: Found) -> tuple[bool, int, float]:
    """Return how far a reading went from what was typed; the smaller, the nearer."""
    return not found.answer.total, len(found.answer.dropped), found.strain


def _following(query: Query, leading: Part, wish: Wish, state: State) -> Part:
    """Return what the language that does not lead has: the words as they were typed, and what they mean."""
    other, reading = _other(leading.language), leading.found.reading
    typed = read(query, other)
    readings = [typed] if typed.can_be_asked else []
    if can_be_translated(reading):
        terms = glossary(state.token)
        readings.append(translated(reading, leading.language, terms))
        # Where the words themselves are nowhere, what only comes near their meaning would be noise.
        nearer = loosened(reading, leading.language, terms, with_kin=bool(leading.total))
        found = _widest(readings, other, wish, state) or _first(nearer, other, wish, state)
    else:
        found = _first(readings, other, wish, state)
    if found is None:
        return Part(other, Found(Answer(total=0), typed), is_translation=True)
    return Part(other, found, is_translation=found.reading is not typed, offset=wish.offset)


def _widest(readings: Sequence[Reading], language: str, wish: Wish, state: State) -> Found | None:
    """Return the answer to the reading that finds most, the first of equals."""
    found = [one for one in _answered(readings, language, wish, state) if one.answer.total]
    return max(found, key=lambda one: one.answer.total, default=None)


def _first(readings: Sequence[Reading], language: str, wish: Wish, state: State) -> Found | None:
    """Return the answer to the first of some readings that finds anything."""
    return next((one for one in _answered(readings, language, wish, state) if one.answer.total), None)


def _answered(readings: Sequence[Reading], language: str, wish: Wish, state: State) -> list[Found]:
    """Return the answer to each of some readings, asked in one go."""
    questions = [question(reading, reading.clauses, language, wish) for reading in readings]
    answers = engine().find(questions, state) if questions else ()
    return [Found(answer, one, clauses=one.clauses) for one, answer in zip(readings, answers, strict=True)]


def _mixed(leading: Part, following: Part | None, wish: Wish) -> Mixed:
    """Return the wanted stretch of the list that the parts make."""
    placed, position = [], 0
    for part, start, stop in _stretches(leading, following):
        first = max(wish.offset, position)
        last = min(wish.offset + wish.limit, position + stop - start)
        begin = start + first - position - part.offset
        hits = part.found.answer.hits[begin : begin + last - first] if last > first else ()
        placed += [Placed(hit.key, part.language, part.is_translation) for hit in hits]
        position += stop - start
    return Mixed(leading, following, tuple(placed))


def _stretches(leading: Part, following: Part | None) -> list[tuple[Part, int, int]]:
    """Return which results of which part come one after another on the whole list."""
    if following is None:
        return [(leading, 0, leading.total)]
    first = min(leading.total, PAGE_SIZE - min(following.total, KEPT))
    second = min(following.total, PAGE_SIZE - first)
    return [
        (leading, 0, first),
        (following, 0, second),
        (leading, first, leading.total),
        (following, second, following.total),
    ]


def _other(language: str) -> str:
    """Return the other language."""
    return next(code for code in LANGUAGES if code != language)

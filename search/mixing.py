"""One list of what editors chose and both languages have: chosen results, the words themselves, then their meaning.

The language in which the words are found as they were typed leads, the reader's own before the other. The results of
the other language follow: the last places of the first page are kept for the best of them, the rest comes at the end.
So nothing that holds the words themselves is ever pushed from the top by a translation, what the other language has is
seen at once, and every result has exactly one place.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import inf

from search.asking import LANGUAGES, Found, Wish, ask, question
from search.closeness import WINDOW, Close, closest_first, slots
from search.counterparts import keys_with_version_in
from search.engines import Answer, Clause, Sort, State, engine
from search.families import families
from search.glossary import glossary
from search.nearby import near
from search.pinning import chosen_for, pinned
from search.query import Query, Reading, read
from search.translation import can_be_translated, is_sure, loosened, translated
from search.visibility import current_state

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


def ask_both(query: Query, language: str, wish: Wish, state: State | None = None) -> Mixed:
    """Return what both languages have, or the wished one alone; the reader's leads where the words are found in it."""
    asking = _Asking(query, language, wish, state or current_state())
    if not (keys := chosen_for(read(query, language), language, asking.state)):
        mixed = asking.mixed()
        rewritten = mixed.leading.found.rewritten and mixed.leading.language == language
        keys = chosen_for(mixed.leading.found.reading, language, asking.state) if rewritten else ()
        if not keys:
            return mixed
    answer, languages = pinned(keys, wish.filters, wish.only)
    asking.hidden |= set(languages)
    asking.chosen = Part(language, Found(answer, Reading()), Way.CHOSEN) if languages else None
    return asking.mixed()


class _Asking:
    """A query on its way to the list that it makes."""

    def __init__(self, query: Query, language: str, wish: Wish, state: State) -> None:
        self.query, self.language, self.wish, self.state = query, language, wish, state
        self.hidden = state.hidden  # and what was chosen, which has its place already
        self.chosen: Part | None = None

    def mixed(self) -> Mixed:
        """Return the wanted stretch of the list."""
        before = self.chosen.total if self.chosen else 0
        leading = self._leading(before)
        if self.wish.only not in {"", leading.language}:
            alone = self._following(leading, before, self.hidden)
            return _mixed(self.chosen, alone, None, self.wish)
        leading, close, asked = self._closest(leading)
        following = None
        if self.query.text and not self.wish.only:
            is_own = leading.language == self.language
            twice = keys_with_version_in(self.language, self.state) if is_own else frozenset()
            following = self._following(leading, before + leading.total, self.hidden | twice)
        mixed = _mixed(self.chosen, leading, following if following and following.total else None, self.wish)
        return _with_near(mixed, close, asked)

    def _closest(self, leading: Part) -> tuple[Part, list[Close], tuple[Clause, ...]]:
        """Return what leads with the closest to the question first, how close each is, and what was asked for.

        What is near is asked for on the first page and weighed together with what holds all the words.
        """
        found, language, wish = leading.found, leading.language, self.wish
        if not found.reading.can_be_asked or wish.is_literal or wish.sort is Sort.DATE:
            return leading, [], ()
        words, others = found.reading.clauses, Answer(total=0)
        may_be_near = not wish.offset and len(words) > 1
        kin = families(language, {term for one in words for term in one.terms}) if may_be_near else {}
        asked = slots(words, language, glossary(self.state.token), kin)
        if may_be_near:
            state = State(self.state.token, self.hidden)
            others = near(asked, found.reading, language, replace(wish, offset=0, limit=WINDOW), state)
        first = [] if leading.offset else [hit.key for hit in found.answer.hits[:WINDOW]]
        keys = dict.fromkeys((*first, *(hit.key for hit in others.hits)))
        if not asked or (len(keys) < 2 and not others.hits):
            return leading, [], ()
        close = closest_first(keys, asked, language, {**found.answer.rarity, **others.rarity})
        own = frozenset(first)
        hits = (*(one.hit for one in close if one.key in own), *found.answer.hits[len(first) :])
        return replace(leading, found=replace(found, answer=replace(found.answer, hits=hits))), close, asked

    def _leading(self, before: int) -> Part:
        """Return what holds the words in the reader's language or, if the other one does better, in that."""
        state, offset = State(self.state.token, self.hidden), max(0, self.wish.offset - KEPT - before)
        if self.wish.sort is Sort.RELEVANCE and offset < WINDOW:
            offset = 0
        limit = max(self.wish.limit + self.wish.offset - offset, 0 if offset else WINDOW)
        wish = replace(self.wish, offset=offset, limit=limit)
        own = ask(self.query, self.language, wish, state)
        if self.query.text and own.reading.can_be_asked and (not own.is_full or own.strain):
            strain = own.strain if own.is_full else inf
            there = ask(self.query, _other(self.language), wish, state, nearer_than=strain)
            if _rank(there) < _rank(own):
                return Part(_other(self.language), there, offset=offset)
        return Part(self.language, own, offset=offset)

    def _following(self, leading: Part, before: int, hidden: frozenset[str]) -> Part:
        """Return what the language that does not lead has: the words as they were typed, and what they mean."""
        other, reading = _other(leading.language), leading.found.reading
        state = State(self.state.token, hidden)
        wish = replace(self.wish, offset=max(0, self.wish.offset - before))
        typed = read(self.query, other)
        readings = [typed] if typed.can_be_asked else []
        if can_be_translated(reading):
            terms = glossary(self.state.token)
            # Where the words themselves are nowhere, what only comes near their meaning would be noise.
            if leading.total or is_sure(reading, leading.language, terms):
                readings.append(translated(reading, leading.language, terms))
            found = _widest(readings, other, wish, state)
            if found is None and leading.total:
                found = _first(loosened(reading, leading.language, terms), other, wish, state)
        else:
            found = _first(readings, other, wish, state)
        if found is None:
            return Part(other, Found(Answer(total=0), typed), Way.MEANING)
        return Part(other, found, Way.WORDS if found.reading is typed else Way.MEANING, wish.offset)


def _rank(found: Found) -> tuple[bool, int, float]:
    """Return how far a reading went from what was typed; the smaller, the nearer."""
    return not found.answer.total, len(found.answer.dropped), found.strain


def _widest(readings: Sequence[Reading], language: str, wish: Wish, state: State) -> Found | None:
    """Return the answer to the reading that finds most, the first of equals."""
    found = [one for one in _answered(readings, language, wish, state) if one.answer.total]
    return max(found, key=lambda one: one.answer.total, default=None)


def _first(readings: Sequence[Reading], language: str, wish: Wish, state: State) -> Found | None:
    """Return the answer to the first of some readings that finds anything."""
    return next((one for one in _answered(readings, language, wish, state) if one.answer.total), None)


def _answered(readings: Sequence[Reading], language: str, wish: Wish, state: State) -> list[Found]:
    """Return the answer to each of some readings, asked in one go; what asks for nothing is not asked."""
    readings = [reading for reading in readings if reading.can_be_asked]
    questions = [question(reading, reading.clauses, language, wish) for reading in readings]
    answers = engine().find(questions, state) if questions else ()
    return [Found(answer, one, clauses=one.clauses) for one, answer in zip(readings, answers, strict=True)]


def _mixed(chosen: Part | None, leading: Part, following: Part | None, wish: Wish) -> Mixed:
    """Return the wanted stretch of the list that the parts make."""
    placed, position = [], 0
    for part, start, stop in _stretches(chosen, leading, following):
        first = max(wish.offset, position)
        last = min(wish.offset + wish.limit, position + stop - start)
        begin = start + first - position - part.offset
        hits = part.found.answer.hits[begin : begin + last - first] if last > first else ()
        placed += [Placed(hit.key, part) for hit in hits]
        position += stop - start
    return Mixed(leading, tuple(part for part in (chosen, following) if part), tuple(placed))


def _with_near(mixed: Mixed, close: Sequence[Close], asked: tuple[Clause, ...]) -> Mixed:
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


def _other(language: str) -> str:
    """Return the other language."""
    return next(code for code in LANGUAGES if code != language)

"""One list of what editors chose and both languages have: chosen results, the words themselves, then their meaning.

The language in which the words are found as they were typed leads, the reader's own before the other. The results of
the other language follow: the last places of the first page are kept for the best of them, the rest comes at the end.
So nothing that holds the words themselves is ever pushed from the top by a translation, what the other language has is
seen at once, and every result has exactly one place.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import inf

from search.analysis import is_cyrillic
from search.asking import LANGUAGES, Found, Wish, ask, question
from search.closeness import WINDOW, Close, closest_first, slots
from search.counterparts import keys_with_version_in
from search.engines import Answer, Clause, Sort, State, engine
from search.families import families
from search.glossary import glossary
from search.nearby import near
from search.pinning import chosen_for, pinned
from search.placing import KEPT, Mixed, Part, Way, placed_parts, with_near
from search.query import Query, Reading, read
from search.translation import can_be_translated, is_sure, loosened, translated
from search.visibility import current_state


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
        leading, following = self._narrowed(before) if self.wish.filters != self.wish.preset else self._parts(before)
        leading, close, asked = self._closest(leading)
        return with_near(placed_parts(self.chosen, leading, following, self.wish), close, asked)

    def _parts(self, before: int) -> tuple[Part, Part | None]:
        """Return what leads and what follows it; what leads is the one language that is wanted, if one is."""
        leading = self._leading(before)
        if self.wish.only not in {"", leading.language}:
            return self._following(leading, before, self.hidden), None
        following = None
        if self.query.text and not self.wish.only:
            following = self._following(leading, before + leading.total, self.hidden | self._twice(leading))
        return leading, following

    def _narrowed(self, before: int) -> tuple[Part, Part | None]:
        """Return what filters leave of what leads and of what follows it.

        How the words are read, which language leads and what is left aside is decided without the filters: so every
        count that stands beside a value is what choosing it gives.
        """
        whole = _Asking(self.query, self.language, replace(self.wish, filters=self.wish.preset, offset=0), self.state)
        whole.hidden = self.hidden
        leading, following = whole._parts(0)
        state = State(self.state.token, self.hidden)
        narrowed = _again(leading, self._leading_wish(before), state)
        if following is None:
            return narrowed, None
        state = State(self.state.token, self.hidden | self._twice(leading))
        wish = replace(self.wish, offset=max(0, self.wish.offset - before - narrowed.total))
        return narrowed, _again(following, wish, state)

    def _twice(self, leading: Part) -> frozenset[str]:
        """Return the keys of what follows in the reader's other language and stands in the reader's own before."""
        is_own = leading.language == self.language
        return keys_with_version_in(self.language, self.state) if is_own else frozenset()

    def _closest(self, leading: Part) -> tuple[Part, list[Close], tuple[Clause, ...]]:
        """Return what leads with the closest to the question first, how close each is, and what was asked for.

        What is near is asked for on the first page and weighed together with what holds all the words.
        """
        found, language, wish = leading.found, leading.language, self.wish
        if leading.way is Way.MEANING or not found.reading.can_be_asked or wish.is_literal or wish.sort is Sort.DATE:
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
        state, wish, other = State(self.state.token, self.hidden), self._leading_wish(before), _other(self.language)
        own = ask(self.query, self.language, wish, state)
        is_foreign = _is_written_as(self.query.text, other)  # what stands here in its letters may do so by chance
        if own.reading.can_be_asked and self.query.text and (is_foreign or not own.is_full or own.strain):
            strain = own.strain if own.is_full else inf
            there = ask(self.query, other, wish, state, nearer_than=strain)
            has_more = is_foreign and there.answer.total > own.answer.total
            if (_rank(there), not has_more) < (_rank(own), True):
                return Part(other, there, offset=wish.offset)
        return Part(self.language, own, offset=wish.offset)

    def _leading_wish(self, before: int) -> Wish:
        """Return which stretch of what leads is wanted: as much as closeness looks at, wherever that may matter."""
        offset = max(0, self.wish.offset - KEPT - before)
        if self.wish.sort is Sort.RELEVANCE and offset < WINDOW:
            offset = 0
        limit = max(self.wish.limit + self.wish.offset - offset, 0 if offset else WINDOW)
        return replace(self.wish, offset=offset, limit=limit)

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


def _again(part: Part, wish: Wish, state: State) -> Part:
    """Return what filters leave of a part, its words read as they were without them."""
    found = part.found
    if not found.answer.total:
        return part
    kept = tuple(clause for clause in found.clauses if clause not in found.answer.dropped)
    (answer,) = engine().find([question(found.reading, kept, part.language, wish)], state)
    return replace(part, found=replace(found, answer=replace(answer, dropped=found.answer.dropped)), offset=wish.offset)


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


def _is_written_as(text: str, language: str) -> bool:
    """Return whether all words are in the letters of a language."""
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and all(is_cyrillic(letter) == (language == "bg") for letter in letters)


def _other(language: str) -> str:
    """Return the other language."""
    return next(code for code in LANGUAGES if code != language)

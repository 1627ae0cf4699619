"""Other ways to read what was typed, for where the typed form finds nothing.

A rewriting takes the typed query and proposes for each word what it may stand for: a Bulgarian word in Latin letters,
one typed with the wrong keyboard layout, one with a slip of the finger. What neither the index nor, by its dictionary,
the analysis knows is left aside at once; of the rest the engine is asked in one go. The reading that goes least far
from what was typed and finds all its words wins, and the page says so.
"""

import functools
from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from math import inf, log10

from search import known_words
from search.analysis import ALL_STOP_WORDS, Token, terms_of_word
from search.analysis.bulgarian import is_known
from search.query import Query

from .completing import COMPLETION, Words, beginnings_in, ended, unfinished
from .drafts import BASES, IN_OTHER_LETTERS, OTHER_WORDS, SPELLING, Draft, drafts, misspelt, other_words, with_slips
from .slots import Rewritten, Slot, SlottedPiece, slotted

__all__ = ["COMPLETION", "OTHER_WORDS", "Rewritten", "rewritings"]

MAX_CANDIDATES = 16
UNRESOLVED = 2.0  # the cost of a word of which nothing is known
_ABSENT = 0.4  # more, for a form of a word that the index has in other forms only
_FREQUENT = 0.1  # less, for each power of ten of the records that hold the word


def rewritings(
    query: Query, language: str, *, is_found: bool = False, nearer_than: float = inf
) -> Iterator[list[Rewritten]]:
    """Yield other readings of a query, those together that are to be asked together, the likelier ones first.

    Where the typed words are found, there is only more to find. What cannot be nearer than something that was found
    elsewhere is not looked for.
    """
    last = unfinished(query, language, is_found=is_found)
    proposed = [] if is_found else list(drafts(query, language))
    beginnings = [beginnings_in(draft) for draft in proposed]
    words = Words(language, [last.beginning if last else "", *chain.from_iterable(beginnings)])
    completion = last.completed(words) if last else None
    completions = [completion] if completion else []
    if is_found:
        yield completions
        return
    plain = _Settled(proposed, query, language, [words.beginning_with(group) for group in beginnings])
    yield [*completions, *plain.rewritten]
    if nearer_than > BASES[SPELLING]:
        slips = [draft for draft in (misspelt(query, language), *plain.with_slips()) if draft]
        yield _Settled(slips, query, language).rewritten
    if nearer_than > BASES[OTHER_WORDS] and (doubtful := other_words(query, language)):
        yield _Settled([doubtful], query, language).rewritten


class _Settled:
    """Drafts with those words that the index has."""

    def __init__(
        self, proposed: Sequence[Draft], query: Query, language: str, endings: Sequence[Sequence[str]] = ()
    ) -> None:
        self.language = language
        known = _Known(proposed, language)
        self._drafts = [
            (draft, ended(slotted(draft.pieces, language, functools.partial(known.slot, draft)), words))
            for draft, words in zip(proposed, endings or repeat(()), strict=False)
        ]
        self.rewritten = [
            Rewritten(draft.rewriting, query, language, pieces, draft.base)
            for draft, pieces in self._drafts
            if _says_something_new(draft, pieces, query)
        ]

    def with_slips(self) -> Iterator[Draft]:
        """Yield the drafts that made sense but for some words, with slips in these."""
        for draft, pieces in self._drafts:
            slots = [slot for piece in pieces for slot in piece.slots]
            unresolved = {slot.token.word for slot in slots if not slot.is_resolved}
            if unresolved and (not draft.must_resolve or 2 * len(unresolved) <= len(slots)):
                yield with_slips(draft, unresolved, self.language)


def _says_something_new(draft: Draft, pieces: Sequence[SlottedPiece], query: Query) -> bool:
    """Return whether a draft is another reading of the query, and one that makes sense."""
    slots = [slot for piece in pieces for slot in piece.slots]
    if draft.must_resolve and not (
        all(slot.is_resolved or is_known(slot.best) for slot in slots)
        and any(slot.is_resolved and not slot.is_common for slot in slots)
    ):
        return False
    if draft.rewriting in IN_OTHER_LETTERS and all(slot.is_common or len(slot.best) == 1 for slot in slots):
        return False  # one letter and a function word are read in other letters only beside a word
    is_typed = all(slot.is_typed for slot in slots)
    return bool(slots) and not (is_typed and draft.pieces == query.pieces)


class _Known:
    """Which of the words that drafts propose the index has, asked for all of them at once."""

    def __init__(self, proposed: Sequence[Draft], language: str) -> None:
        self.language = language
        words = {word for draft in proposed for costs in draft.proposals.values() for word in costs}
        self._counts = known_words.counts_of(language, words)
        absent = {word for word in words if word not in self._counts and is_known(word)} if language == "bg" else set()
        terms = {word: terms_of_word(word) for word in absent}
        present = known_words.present_terms(language, {term for group in terms.values() for term in group})
        self._in_other_forms = {word for word, group in terms.items() if not present.isdisjoint(group)}

    def slot(self, draft: Draft, token: Token) -> Slot:
        """Return the slot of a typed word."""
        costs = draft.proposals[token.word]
        ranked = sorted((self._cost(word, cost), word) for word, cost in costs.items() if self._has(word))
        if ranked:
            return Slot(token, tuple((word, cost) for cost, word in ranked[:MAX_CANDIDATES]))
        if token.word in ALL_STOP_WORDS or not any(map(str.isalpha, token.word)):
            return Slot(token, ((token.word, 0.0),))
        return Slot(token, ((min(costs, key=lambda word: (costs[word], word)), UNRESOLVED),), is_resolved=False)

    def _has(self, word: str) -> bool:
        """Return whether the index has a word, in this form or another."""
        return word in self._counts or word in self._in_other_forms

    def _cost(self, word: str, cost: float) -> float:
        """Return what it costs to believe in a word that the index has."""
        count = self._counts.get(word)
        return cost - _FREQUENT * log10(count) if count else cost + _ABSENT

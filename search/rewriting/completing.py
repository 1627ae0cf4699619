"""The last word of a query read as the beginning of a longer one, for those who have not typed it out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from typing import Final

from search import known_words
from search.analysis import ALL_STOP_WORDS, analyse, begins_known_word, is_known
from search.query import Query

from . import latin
from .drafts import LAYOUT, Draft
from .slots import Rewritten, Slot, SlottedPiece, slotted

COMPLETION: Final = "completion"
SHORTEST: Final = 2  # letters that are worth completing
LONGEST_KNOWN: Final = 5  # letters of a word that may be a beginning although it is a word itself
MOST: Final = 200  # words that one beginning is completed to
MOST_RECORDS: Final = 10_000  # postings that completions may cost
_SHORTEST_READ: Final = 3  # letters of a beginning that is worth reading in other letters
_MOST_READ: Final = 4  # ways to read it
_MOST_UNUSUAL: Final = 0.6  # more than the likeliest of them costs
_BASE: Final = 0.3
_LONGER: Final = 1.0  # what each completion costs, so that the word itself stays first


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What was typed, with a last word that may go on."""

    query: Query
    language: str
    pieces: tuple[SlottedPiece, ...]

    @property
    def beginning(self) -> str:
        """The last word, where it is worth completing."""
        return self._slot.token.word if _is_worth_completing(self._slot.token.word) else ""

    @property
    def _slot(self) -> Slot:
        """The last word's slot."""
        return self.pieces[-1].slots[-1]

    def completed(self, words: "Words") -> Rewritten | None:
        """Return the query with its last word completed in all the ways that the index has, if there is any."""
        if longer := words.beginning_with((self.beginning,)):
            pieces = ended(self.pieces, longer)
        elif len(word := self._slot.token.word) < SHORTEST and word.isalpha() and not self._is_alone():
            # A single letter says so little that the words before it are as good alone.
            *before, last = self.pieces
            pieces = (*before, replace(last, slots=last.slots[:-1]))
        else:
            return None
        return Rewritten(COMPLETION, self.query, self.language, pieces, _BASE)

    def _is_alone(self) -> bool:
        """Return whether nothing else that was typed decides."""
        given = [slot for piece in self.pieces if not piece.is_fixed for slot in piece.slots]
        return all(slot.is_common for slot in given[:-1])


class Words:
    """The words of the index with some beginnings, asked for at once."""

    def __init__(self, language: str, beginnings: Sequence[str]) -> None:
        self._counts: Mapping[str, int] = known_words.beginning_with(language, sorted({*beginnings} - {""}))

    def beginning_with(self, beginnings: tuple[str, ...]) -> list[str]:
        """Return the words that go on from one of the beginnings, the most frequent first."""
        skipped = ALL_STOP_WORDS.union(beginnings)
        fits = (word for word in self._counts if any(beginnings) and word.startswith(beginnings))
        longer = [(-self._counts[word], word) for word in fits if word not in skipped]
        found, records = [], 0
        for count, word in nsmallest(MOST, longer):
            if records - count <= MOST_RECORDS:
                found.append(word)
                records -= count
        return found


def unfinished(query: Query, language: str, *, is_found: bool) -> Unfinished | None:
    """Return a query whose last word may go on; a long word that the dictionary knows is whole where it is found."""
    pieces = slotted(query.pieces, language, lambda token: Slot(token, ((token.word, 0.0),)))
    if not pieces or pieces[-1].is_fixed or not pieces[-1].slots:
        return None
    if is_found and all(slot.is_common for piece in pieces for slot in piece.slots):
        return None  # function words alone are whole: nearly every text holds them, and the page says so
    token = pieces[-1].slots[-1].token
    is_whole = is_found and len(token.word) > LONGEST_KNOWN and is_known(token.word, language)
    return None if is_whole or token.end != len(pieces[-1].piece.text) else Unfinished(query, language, pieces)


def beginnings_in(draft: Draft) -> tuple[str, ...]:
    """Return what the last word of a draft in other letters may begin with; nothing where it is finished."""
    last = draft.pieces[-1]
    tokens = [token for token in analyse(last.text, "bg") if token.terms]
    if last.is_quotation or last.is_excluded or not tokens or tokens[-1].end != len(last.text):
        return ()
    word = tokens[-1].word
    if len(word) < _SHORTEST_READ or not word.isalpha():
        return ()
    if draft.rewriting == LAYOUT:
        return (word,)
    known = latin.beginnings(word, begins_known_word) if latin.WORD.fullmatch(word) else {}
    least = min(known.values(), default=0.0)
    return tuple(one for one, cost in known.items() if cost <= least + _MOST_UNUSUAL)[:_MOST_READ]


def ended(pieces: tuple[SlottedPiece, ...], words: Sequence[str]) -> tuple[SlottedPiece, ...]:
    """Return pieces in which the last word may go on as these words."""
    if not words:
        return pieces
    *before, last = pieces
    *others, slot = last.slots
    known = dict(slot.candidates) if slot.is_resolved else {}
    longer = {word: _LONGER for word in words if word not in known}
    slot = replace(slot, candidates=tuple((known | longer).items()), is_resolved=True)
    return (*before, replace(last, slots=(*others, slot)))


def _is_worth_completing(word: str) -> bool:
    """Return whether a word says enough of how it may go on."""
    return len(word) >= SHORTEST and word.isalpha()

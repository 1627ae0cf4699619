"""The last word of a query read as the beginning of a longer one, for those who have not typed it out."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from search import known_words
from search.analysis import STOP_WORDS, is_known
from search.query import Query

from .slots import Rewritten, Slot, slotted

COMPLETION: Final = "completion"
SHORTEST: Final = 2  # letters that are worth completing
LONGEST_KNOWN: Final = 5  # letters of a word that may be a beginning although it is a word itself
MOST: Final = 200  # words that one beginning is completed to
MOST_RECORDS: Final = 10_000  # postings that completions may cost
_BASE: Final = 0.3
_LONGER: Final = 1.0  # what each completion costs, so that the word itself stays first

_ALL_STOP_WORDS: Final = frozenset().union(*STOP_WORDS.values())


def completed(query: Query, language: str, *, is_found: bool) -> Iterator[Rewritten]:
    """Yield the query with its last word completed in all the ways that the index has, if there is any.

    A long word that the dictionary knows is a whole word, unless the words before it stand nowhere beside it.
    """
    pieces = slotted(query.pieces, language, lambda token: Slot(token, ((token.word, 0.0),)))
    if not pieces or pieces[-1].is_fixed or not pieces[-1].slots:
        return
    *before, last = pieces
    *others, slot = last.slots
    if slot.token.end != len(last.piece.text):
        return
    word, given = slot.token.word, [*others, *(one for piece in before for one in piece.slots if not piece.is_fixed)]
    is_alone = all(one.is_common for one in given)
    if (is_alone or is_found) and len(word) > LONGEST_KNOWN and is_known(word, language):
        return
    if len(word) < SHORTEST and word.isalpha() and not is_alone:
        # A single letter says so little that the words before it are as good alone.
        slots = tuple(others)
    elif words := _completions(word, language):
        slots = (*others, replace(slot, candidates=(*slot.candidates, *((longer, _LONGER) for longer in words))))
    else:
        return
    yield Rewritten(COMPLETION, query, language, (*before, replace(last, slots=slots)), _BASE)


def _completions(word: str, language: str) -> list[str]:
    """Return the words of the index that begin with what was typed, the most frequent first."""
    if len(word) < SHORTEST or not word.isalpha():
        return []
    found, records = [], 0
    for longer, count in known_words.beginning_with(language, word, MOST).items():
        if longer != word and longer not in _ALL_STOP_WORDS and records + count <= MOST_RECORDS:
            found.append(longer)
            records += count
    return found

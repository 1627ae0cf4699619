"""The last word of a query read as the beginning of a longer one, for those who have not typed it out."""

from collections.abc import Iterator
from typing import Final

from search import known_words
from search.analysis import STOP_WORDS, is_known
from search.query import Query

from .slots import Rewritten, Slot, SlottedPiece, slotted

COMPLETION: Final = "completion"
SHORTEST: Final = 2  # letters that are worth completing
LONGEST_KNOWN: Final = 6  # letters of a word that may be a beginning although it is a word itself
MOST: Final = 200  # words that one beginning is completed to
MOST_RECORDS: Final = 10_000  # postings that completions may cost
_BASE: Final = 0.3
_LONGER: Final = 1.0  # what each completion costs, so that the word itself stays first

_ALL_STOP_WORDS: Final = frozenset().union(*STOP_WORDS.values())


def completed(query: Query, language: str) -> Iterator[Rewritten]:
    """Yield the query with its last word completed in all the ways that the index has, if there is any."""
    pieces = list(slotted(query.pieces, language, lambda token: Slot(token, ((token.word, 0.0),))))
    last = pieces[-1] if pieces else None
    if last is None or last.piece.is_quotation or last.piece.is_excluded or not last.slots:
        return
    slot = last.slots[-1]
    if slot.token.end != len(last.piece.text):
        return
    if words := _completions(slot.token.word, language):
        candidates = ((slot.token.word, 0.0), *((word, _LONGER) for word in words))
        slots = (*last.slots[:-1], Slot(slot.token, candidates))
        pieces[-1] = SlottedPiece(last.piece, slots)
        yield Rewritten(COMPLETION, query, language, tuple(pieces), _BASE)


def _completions(word: str, language: str) -> list[str]:
    """Return the words of the index that begin with what was typed, the most frequent first."""
    if len(word) < SHORTEST or not word.isalpha() or (len(word) > LONGEST_KNOWN and is_known(word, language)):
        return []
    found, records = [], 0
    for longer, count in known_words.beginning_with(language, word, MOST).items():
        records += count
        if records > MOST_RECORDS:
            break
        if longer != word and longer not in _ALL_STOP_WORDS:
            found.append(longer)
    return found

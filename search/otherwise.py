"""What is found where the typed words are not found together, or seldom: by other readings of the query."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Protocol

from search.engines import Answer
from search.query import Query, Reading, Remark
from search.rewriting import COMPLETION, OTHER_WORDS, Rewritten, rewritings

FEW = 10  # results, one page: whoever finds fewer may have wanted more than the words say
_KEPT_SHARE = 0.5  # of the words that another reading must find together where it cannot find them all

type Better = tuple[Rewritten, Answer]


class Put(Protocol):
    """Puts readings to the engine."""

    def __call__(
        self, readings: Sequence[Reading], *, may_relax: bool = False, only_count: bool = False
    ) -> Sequence[Answer]:
        """Return an answer to each, perhaps with words left aside or without the hits."""
        ...


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, what it was read as in a language, and what was found by that."""

    query: Query
    language: str
    reading: Reading
    answer: Answer

    @property
    def in_full(self) -> int:
        """How many results hold all the words."""
        return 0 if self.answer.dropped else self.answer.total


def says_something(reading: Reading, answer: Answer) -> bool:
    """Return whether an answer that left words aside holds more than single letters of what was asked for."""
    kept = [clause for clause in reading.clauses if clause not in answer.dropped]
    return not answer.dropped or any(len(clause.text) > 1 for clause in kept)


def otherwise(typed: Typed, put: Put, nearer_than: float = inf) -> Better | None:
    """Return a better reading than the typed one with what it found, None where there is none so near."""
    in_full = typed.in_full
    if in_full >= FEW and Remark.ONLY_COMMON not in typed.reading.remarks:
        return None
    asked: list[Rewritten] = []
    for together in rewritings(typed.query, typed.language, is_found=bool(in_full), nearer_than=nearer_than):
        answers = put([other.reading for other in together]) if together else ()
        pairs = zip(together, answers, strict=True)
        if better := [(other, answer) for other, answer in pairs if answer.total > in_full]:
            other, answer = min(better, key=lambda one: one[0].strain)
            return _named(other, put), answer
        asked += [other for other in together if other.rewriting not in {COMPLETION, OTHER_WORDS}]
    return None if in_full or not asked or nearer_than < inf else _relaxed(asked, typed, put)


def _named(other: Rewritten, put: Put) -> Rewritten:
    """Return the reading shown with the likeliest of its words that really stand together in a record."""
    namings = [] if other.rewriting == COMPLETION else list(other.namings())
    if not namings:
        return other
    names: dict[str, str] = {}
    answers = put([reading for *_, reading in namings], only_count=True)
    for (word, name, _), answer in zip(namings, answers, strict=True):
        if answer.total:
            names.setdefault(word, name)
    return other.named(names)


def _relaxed(others: Sequence[Rewritten], typed: Typed, put: Put) -> Better | None:
    """Return the reading that finds most of its words together, if these are more than of the typed ones."""
    kept = len(typed.reading.clauses) - len(typed.answer.dropped) if typed.answer.total else 0
    best: Better | None = None
    answers = put([other.reading for other in others], may_relax=True)
    for other, answer in sorted(zip(others, answers, strict=True), key=lambda one: one[0].strain):
        words = len(other.reading.clauses)
        keeps = words - len(answer.dropped) if answer.total and says_something(other.reading, answer) else 0
        if keeps > kept and keeps >= _KEPT_SHARE * words:
            best, kept = (other, answer), keeps
    return best

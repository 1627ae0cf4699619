"""What is found where the typed words are not found together, or seldom: by other readings of the query."""

from collections.abc import Sequence
from typing import Protocol

from search.engines import Answer
from search.query import Query, Reading
from search.rewriting import COMPLETION, Rewritten, rewritings

FEW = 10  # results, one page: whoever finds fewer may have wanted more than the words say
_KEPT_SHARE = 0.5  # of the words that another reading must find together where it cannot find them all

type Better = tuple[Rewritten, Answer]


class Put(Protocol):
    """Puts readings to the engine."""

    def __call__(self, readings: Sequence[Reading], *, may_relax: bool = False) -> Sequence[Answer]:
        """Return an answer to each."""
        ...


def otherwise(query: Query, language: str, typed: Reading, found: Answer, put: Put) -> Better | None:
    """Return a better reading than the typed one with what it found, None where there is none."""
    in_full = 0 if found.dropped else found.total
    if in_full >= FEW:
        return None
    asked: list[Rewritten] = []
    for together in rewritings(query, language, is_found=bool(in_full)):
        answers = put([other.reading for other in together]) if together else ()
        pairs = zip(together, answers, strict=True)
        if better := [(other, answer) for other, answer in pairs if answer.total > in_full]:
            other, answer = min(better, key=lambda one: one[0].strain)
            return _named(other, put), answer
        asked += [other for other in together if other.rewriting != COMPLETION]
    return None if in_full or not asked else _relaxed(asked, typed, found, put)


def _named(other: Rewritten, put: Put) -> Rewritten:
    """Return the reading shown with the likeliest of its words that really stand together in a record."""
    namings = [] if other.rewriting == COMPLETION else list(other.namings())
    if not namings:
        return other
    names: dict[str, str] = {}
    for (typed, word, _), answer in zip(namings, put([reading for *_, reading in namings]), strict=True):
        if answer.total:
            names.setdefault(typed, word)
    return other.named(names)


def _relaxed(others: Sequence[Rewritten], typed: Reading, found: Answer, put: Put) -> Better | None:
    """Return the reading that finds most of its words together, if these are more than of the typed ones."""
    kept = len(typed.clauses) - len(found.dropped) if found.total else 0
    best: Better | None = None
    answers = put([other.reading for other in others], may_relax=True)
    for other, answer in sorted(zip(others, answers, strict=True), key=lambda one: one[0].strain):
        words = len(other.reading.clauses)
        keeps = words - len(answer.dropped) if answer.total else 0
        if keeps > kept and keeps >= _KEPT_SHARE * words:
            best, kept = (other, answer), keeps
    return best

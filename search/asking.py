"""A query put to the engine: as it was typed, as it may have been meant, and in the other language, in one go."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from search.engines import Answer, Question, Sort, State, engine
from search.query import Query, Reading, read
from search.rewriting import Rewritten, rewritten
from search.visibility import current_state

LANGUAGES = ("bg", "en")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for besides the words."""

    filters: Mapping[str, Collection[str]] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 10
    is_literal: bool = False  # the words as they were typed, and nothing else


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, and how the query had to be read for it."""

    answer: Answer
    reading: Reading
    rewritten: Rewritten | None = None
    elsewhere: int = 0  # results in the other language


def ask(query: Query, language: str, wish: Wish, state: State | None = None) -> Found:
    """Return the answer to all words as typed, else to another reading of them, else to as many as go together."""
    typed = read(query, language)
    if query.text and not typed.can_be_asked:
        return Found(Answer(total=0), typed)
    others = () if wish.is_literal else tuple(rewritten(query, language))
    readings = [typed, *(read(other.query, language) for other in others)]
    questions = [_question(reading, language, wish, may_relax=not place) for place, reading in enumerate(readings)]
    if query.text:
        elsewhere = next(code for code in LANGUAGES if code != language)
        questions.append(_question(read(query, elsewhere), elsewhere, Wish(filters=wish.filters, limit=0)))
    answers = engine().find(questions, state or current_state())
    chosen = _best(answers[: len(readings)])
    return Found(
        answer=answers[chosen],
        reading=readings[chosen],
        rewritten=others[chosen - 1] if chosen else None,
        elsewhere=answers[-1].total if query.text else 0,
    )


def _question(reading: Reading, language: str, wish: Wish, *, may_relax: bool = False) -> Question:
    """Return what is asked of the engine."""
    return Question(
        language=language,
        clauses=reading.clauses,
        excluded=reading.excluded,
        filters=wish.filters,
        sort=wish.sort,
        offset=wish.offset,
        limit=wish.limit,
        may_relax=may_relax,
    )


def _best(answers: Sequence[Answer]) -> int:
    """Return the place of the answer to show: the typed one if it holds all words, else the first that is not empty."""
    if answers[0].total and not answers[0].dropped:
        return 0
    return next((place for place, answer in enumerate(answers) if place and answer.total), 0)

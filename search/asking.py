"""A query put to the engine in one language: as it was typed and as it may have been meant, in one go."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf

from search.engines import Answer, Clause, Question, Sort, State, engine
from search.glossary import glossary
from search.otherwise import Typed, otherwise, says_something
from search.query import Query, Reading, read
from search.rewriting import Rewritten
from search.visibility import current_state

LANGUAGES = ("bg", "en")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for besides the words."""

    filters: Mapping[str, Collection[str]] = field(default_factory=dict)
    preset: Mapping[str, Collection[str]] = field(default_factory=dict)  # of the filters, those no visitor chose
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 10
    is_literal: bool = False  # the words as they were typed, and nothing else
    only: str = ""  # the one language whose results are wanted; empty for both


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, and how the query had to be read for it."""

    answer: Answer
    reading: Reading
    rewritten: Rewritten | None = None
    clauses: tuple[Clause, ...] = ()  # what was asked for: the reading's, with the synonyms of the glossary
    strain: float = 0.0  # how far the reading goes from what was typed

    @property
    def is_full(self) -> bool:
        """Whether something holds all the words."""
        return bool(self.answer.total and not self.answer.dropped)


def ask(query: Query, language: str, wish: Wish, state: State | None = None, *, nearer_than: float = inf) -> Found:
    """Return the answer to all words as typed, else to another reading of them, else to as many as go together.

    Other readings are left out that go as far from what was typed as one that was found already.
    """
    typed = read(query, language)
    if query.text and not typed.can_be_asked:
        return Found(Answer(total=0), typed)
    state = state or current_state()
    terms = glossary(state.token)
    said = terms.widened(typed.clauses, language)
    # A term of the glossary holds together; where nothing holds all words, each of them counts for itself.
    together = [question(typed, said, language, wish)] if said != typed.clauses else []
    apart = question(typed, typed.clauses, language, wish, may_relax=True)
    *whole, relaxed = engine().find([*together, apart], state)
    if not says_something(typed, relaxed):
        relaxed = Answer(total=0)
    is_whole = bool(whole and whole[0].total)
    found = Found(whole[0], typed, clauses=said) if is_whole else Found(relaxed, typed, clauses=typed.clauses)
    if wish.is_literal or not query.text:
        return found

    def put(readings: Sequence[Reading], *, may_relax: bool = False, only_count: bool = False) -> Sequence[Answer]:
        clauses = [one.clauses if may_relax else terms.widened(one.clauses, language) for one in readings]
        wanted = replace(wish, limit=0) if only_count else wish
        questions = zip(readings, clauses, strict=True)
        return engine().find([question(*one, language, wanted, may_relax=may_relax) for one in questions], state)

    better = otherwise(Typed(query, language, typed, found.answer), put, nearer_than)
    if better is None:
        return found
    other, answer = better
    clauses = other.reading.clauses if answer.dropped else terms.widened(other.reading.clauses, language)
    return Found(answer, other.reading, other, clauses, strain=0.0 if found.is_full else other.strain)


def question(
    reading: Reading, clauses: tuple[Clause, ...], language: str, wish: Wish, *, may_relax: bool = False
) -> Question:
    """Return what is asked of the engine."""
    return Question(
        language=language,
        clauses=clauses,
        excluded=reading.excluded,
        filters=wish.filters,
        sort=wish.sort,
        offset=wish.offset,
        limit=wish.limit,
        may_relax=may_relax,
    )

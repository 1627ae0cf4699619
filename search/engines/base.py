"""What every engine takes and gives, so that none is known by name outside its own file."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from search.entries import Entry


class Sort(StrEnum):
    """The orders in which hits may come."""

    RELEVANCE = "relevance"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way to say what a clause says: one term of each group must stand in the record.

    What it counts is a share of what the same words would count had they been typed.
    """

    groups: tuple[tuple[str, ...], ...]
    share: float


@dataclass(frozen=True, slots=True)
class Clause:
    """What must be said in a record, in one way or another: any of the terms will do, or any alternative as a whole.

    `phrase` holds the folded words of a quotation; its terms, and those of each of its words, then only narrow down
    where it is looked for. The way that counts most in a record is what the clause counts there.
    """

    text: str  # as the visitor wrote it
    terms: tuple[str, ...]
    phrase: tuple[str, ...] = ()
    phrase_terms: tuple[tuple[str, ...], ...] = ()
    alternatives: tuple[Alternative, ...] = ()

    @property
    def ways(self) -> tuple[Alternative, ...]:
        """All that satisfies a clause without a quotation: its own terms in full, and its alternatives."""
        own = (Alternative((self.terms,), 1.0),) if self.terms else ()
        return (*own, *self.alternatives)

    @property
    def all_terms(self) -> frozenset[str]:
        """Every term that may make a record match."""
        return frozenset(term for way in self.ways for group in way.groups for term in group).union(*self.phrase_terms)


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for, in one language."""

    language: str
    clauses: tuple[Clause, ...] = ()  # all of them must match
    some: tuple[Clause, ...] = ()  # of these, at least so many as `least` says
    least: int = 0
    excluded: tuple[Clause, ...] = ()  # none of them may
    filters: Mapping[str, Collection[str]] = field(default_factory=dict)  # OR within a facet, AND between them
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 10
    is_counted: bool = True  # else only the hits are wanted: the total is the number of these, and no facet has a value
    may_relax: bool = False  # where nothing holds all the words, look for as many as go together


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that answers a question."""

    key: str
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine found: how many, the wanted stretch of them, and the counts of every facet value.

    The counts of a facet leave its own filter aside: they say how many there would be with that value chosen.
    """

    total: int
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    dropped: tuple[Clause, ...] = ()  # what was left aside to find anything
    # How much each group of terms says: the inverse document frequency of BM25 among the visible records.
    rarity: Mapping[tuple[str, ...], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """How index and site are at the moment of a question."""

    token: str | None = None  # another after each change: what is remembered of the index is good for one token
    hidden: frozenset[str] = frozenset()  # the keys of what visitors may not open


class Engine(Protocol):
    """Stores entries and ranks them."""

    def write(self, entries: Iterable[Entry], *, anew: bool = False) -> None:
        """Store the entries, each in the place of what stood under its key, all or nothing.

        What is there already is left as it is, unless it is to be stored anew.
        """
        ...

    def delete(self, keys: Iterable[str]) -> None:
        """Forget the records with these keys; unknown keys are no error."""
        ...

    def clear(self) -> None:
        """Forget everything."""
        ...

    def tidy(self) -> None:
        """Let go of what no record needs any more."""
        ...

    def settle(self) -> None:
        """Have what was written anew answer; called once at the end of a rebuilding."""
        ...

    def held(self) -> Mapping[str, "Held"]:
        """Return what is stored, by key."""
        ...

    def find(self, questions: Sequence[Question], state: "State") -> tuple[Answer, ...]:
        """Return an answer to each question; the hidden records count as if they were not there."""
        ...


@dataclass(frozen=True, slots=True)
class Held:
    """What an engine holds of a record, as far as it tells whether it is up to date."""

    stamp: str
    fingerprint: str
    analysis_version: str

    def is_current(self, entry: Entry) -> bool:
        """Return whether the entry says nothing new."""
        return (self.stamp, self.fingerprint, self.analysis_version) == (
            entry.stamp,
            entry.fingerprint,
            entry.analysis_version,
        )

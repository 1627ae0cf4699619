"""Finding in one document, by the same analysis as in all: which parts hold the words, and where to mark them."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import batched

from django.core.cache import cache

from files.models import Version
from search.analysis import Token, analyse
from search.engines import Clause
from search.query import parse, read

# Parts that one question looks through; the answer says where it goes on.
MOST_SEARCHED = 2_000
_BATCH = 200
_KEPT = 600  # seconds

type Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for in a document."""

    text: str = ""
    language: str = "bg"
    clauses: tuple[Clause, ...] = ()

    @classmethod
    def of(cls, raw: str, language: str) -> "Question":
        """Return the question that was typed, as the document's language reads it."""
        query = parse(raw)
        return cls(query.text, language, _own_clauses(read(query, language).clauses, language))


@dataclass(frozen=True, slots=True)
class Found:
    """The numbers of the parts that hold what is looked for."""

    numbers: tuple[int, ...] = ()
    holds_all: bool = True  # whether each of them holds all the words, or only some
    searched_to: int = 0  # the last part that was looked through


def find(version: Version, question: Question, *, start: int = 1) -> Found:
    """Return the parts that hold all the words or, where no part does, those that hold some of them."""
    if not question.clauses:
        return Found()
    key = hashlib.sha256(f"{version.pk} {version.extracted_at} {start} {question!r}".encode()).hexdigest()
    found: Found | None = cache.get(f"found-in:{key}")
    if found is None:
        found = _look_through(version, question, start)
        cache.set(f"found-in:{key}", found, _KEPT)
    return found


def marked(text: str, question: Question) -> Pieces:
    """Return a text cut at the words that are looked for, each piece with whether it is one of them."""
    pieces: list[tuple[str, bool]] = []
    position = 0
    for token in sorted(_matches(analyse(text, question.language), question.clauses), key=lambda token: token.start):
        if token.start > position:
            pieces.append((text[position : token.start], False))
        pieces.append((text[token.start : token.end], True))
        position = token.end
    return (*pieces, (text[position:], False)) if position < len(text) or not pieces else tuple(pieces)


def _own_clauses(clauses: Sequence[Clause], language: str) -> tuple[Clause, ...]:
    """Return the clauses without the single words of quotations, which narrow down records and mean nothing here."""
    quoted = {word for clause in clauses for word in clause.phrase}
    return tuple(
        clause for clause in clauses
        if clause.phrase or quoted.isdisjoint(token.word for token in analyse(clause.text, language))
    )  # fmt: skip


def _look_through(version: Version, question: Question, start: int) -> Found:
    """Return what stands in the parts from a place on, as many as one question may look through."""
    complete: list[int] = []
    partial: list[int] = []
    last = start + MOST_SEARCHED - 1
    parts = version.pages.filter(number__gte=start, number__lte=last).order_by("number")
    for batch in batched(parts.values_list("number", "text").iterator(_BATCH), _BATCH):
        for number, text in batch:
            count = _clauses_in(text, question)
            if count:
                (complete if count == len(question.clauses) else partial).append(number)
    return Found(tuple(complete or partial), holds_all=bool(complete), searched_to=last)


def _clauses_in(text: str, question: Question) -> int:
    """Return how many of the clauses a text satisfies."""
    tokens = analyse(text, question.language)
    return sum(next(_matches(tokens, [clause]), None) is not None for clause in question.clauses)


def _matches(tokens: Sequence[Token], clauses: Sequence[Clause]) -> Iterator[Token]:
    """Yield, each once, the words that a clause asks for: by their terms, or in the order of a quotation."""
    terms = {term for clause in clauses if not clause.phrase for term in clause.all_terms}
    phrases = [clause.phrase for clause in clauses if clause.phrase]
    seen: set[int] = set()
    for place, token in enumerate(tokens):
        if place not in seen and not terms.isdisjoint(token.terms):
            seen.add(place)
            yield token
        for phrase in phrases:
            if token.word == phrase[0] and tuple(t.word for t in tokens[place : place + len(phrase)]) == phrase:
                own = range(place, place + len(phrase))
                yield from (tokens[number] for number in own if number not in seen)
                seen.update(own)

"""The glossary as finding reads it: which words of a query are a term, and what else says the same.

A term is recognised by the terms of its words, so in all their forms; of several that fit, the one of most words is
taken. What was typed keeps its full weight; synonyms count a share of it.
"""

import itertools
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from search.analysis import ALL_STOP_WORDS, analyse, normalise
from search.bilingual import senses
from search.engines import Alternative, Clause
from search.models import GlossaryTerm

LANGUAGES = ("bg", "en")
SYNONYM_SHARE = 0.6

type Groups = tuple[tuple[str, ...], ...]  # the terms of each word of a name


@dataclass(frozen=True, slots=True)
class Name:
    """A term or a synonym in one language, analysed."""

    text: str
    groups: Groups
    needs_capitals: bool  # an abbreviation that is a word as well: SEA


@dataclass(frozen=True, slots=True)
class Concept:
    """An entry of the glossary: its names in each language, the term first."""

    slug: str
    names: dict[str, tuple[Name, ...]]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some clauses in a row, and the concepts that their words name."""

    clauses: tuple[Clause, ...]
    concepts: tuple[Concept, ...] = ()

    def is_name(self, name: Name) -> bool:
        """Return whether these words are the name, in whatever form."""
        return (
            len(name.groups) == len(self.clauses)
            and all(
                not clause.phrase and not set(clause.terms).isdisjoint(group)
                for clause, group in zip(self.clauses, name.groups, strict=True)
            )
            and (not name.needs_capitals or all(clause.text.isupper() for clause in self.clauses))
        )


class Glossary:
    """All concepts, found by the words of their names."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self._named: dict[str, list[tuple[Name, Concept]]] = defaultdict(list)
        for concept in concepts:
            for name in itertools.chain(*concept.names.values()):
                for term in name.groups[0]:
                    self._named[term].append((name, concept))

    def stretches(self, clauses: Sequence[Clause]) -> Iterator[Stretch]:
        """Yield the clauses in their order, those in one piece that name a concept in either language, the longest."""
        place = 0
        while place < len(clauses):
            stretch = self._longest(clauses[place:])
            yield stretch
            place += len(stretch.clauses)

    def widened(self, clauses: Sequence[Clause], language: str) -> tuple[Clause, ...]:
        """Return the clauses with what a language has for the same, whichever language they are of, as alternatives."""
        return tuple(clause for stretch in self.stretches(clauses) for clause in _with_synonyms(stretch, language))

    def _longest(self, clauses: Sequence[Clause]) -> Stretch:
        """Return the longest stretch from the first clause on that names a concept, or the first clause alone."""
        candidates = [one for term in clauses[0].terms for one in self._named.get(term, ())]
        for name, _ in sorted(candidates, key=lambda one: -len(one[0].groups)):
            stretch = Stretch(tuple(clauses[: len(name.groups)]))
            if stretch.is_name(name):
                concepts = [concept for other, concept in candidates if stretch.is_name(other)]
                return replace(stretch, concepts=tuple({one.slug: one for one in concepts}.values()))
        return Stretch((clauses[0],))


def joined(clauses: Sequence[Clause], alternatives: Sequence[Alternative]) -> Clause:
    """Return one clause that is satisfied by all of some clauses, or by an alternative."""
    text = " ".join(clause.text for clause in clauses)
    if len(clauses) == 1:
        return replace(clauses[0], alternatives=(*clauses[0].alternatives, *alternatives))
    typed = Alternative(tuple(clause.terms for clause in clauses), 1.0)
    return Clause(text, (), alternatives=(typed, *alternatives))


def _with_synonyms(stretch: Stretch, language: str) -> tuple[Clause, ...]:
    """Return the clauses of a stretch, as one with its synonyms where it has any."""
    synonyms = [
        Alternative(name.groups, SYNONYM_SHARE)
        for concept in stretch.concepts
        for name in concept.names[language]
        if not stretch.is_name(name)
    ]
    return (joined(stretch.clauses, list(dict.fromkeys(synonyms))),) if synonyms else stretch.clauses


def namesake(text: str, language: str, terms: Iterable[GlossaryTerm]) -> GlossaryTerm | None:
    """Return the entry of which a term or synonym is the same as a text.

    Bulgarian words are so in any form; English ones as written, for those of one stem are often two terms: volunteer
    and volunteering.
    """
    name = analysed_name(text, language)
    return next((term for term in terms if any(_is_same(name, one, language) for one in term.names_in(language))), None)


def _is_same(name: Name, text: str, language: str) -> bool:
    """Return whether a name and a text are the same words in their order."""
    if language == "en":
        return normalise(name.text, language) == normalise(text, language)
    groups = analysed_name(text, language).groups
    return len(groups) == len(name.groups) and not any(
        set(own).isdisjoint(other) for own, other in zip(name.groups, groups, strict=True)
    )


_lock = threading.Lock()
_remembered: tuple[str | None, Glossary] | None = None


def glossary(token: str | None) -> Glossary:
    """Return the glossary, from memory while the token is the same; a change of the glossary renews it."""
    global _remembered  # noqa: PLW0603 - one for the process, as the engine's catalogue
    remembered = _remembered
    if remembered is None or token is None or remembered[0] != token:
        with _lock:
            remembered = _remembered = (token, Glossary([_concept(term) for term in GlossaryTerm.objects.all()]))
    return remembered[1]


def _concept(term: GlossaryTerm) -> Concept:
    """Return an entry with its names analysed."""
    names = {
        language: tuple(name for text in term.names_in(language) if (name := analysed_name(text, language)).groups)
        for language in LANGUAGES
    }
    return Concept(term.slug, names)


def analysed_name(text: str, language: str) -> Name:
    """Return a name with the terms of the words that decide."""
    tokens = [token for token in analyse(text, language) if token.terms]
    deciding = [token for token in tokens if token.word not in ALL_STOP_WORDS] or tokens
    is_abbreviation = len(tokens) == 1 and len(text) > 1 and text.isupper()
    return Name(
        text,
        tuple(token.terms for token in deciding),
        needs_capitals=is_abbreviation and bool(senses(deciding[0].terms, language)),
    )

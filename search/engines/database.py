"""The engine in the site's own database: postings in plain SQL, BM25 and facets in Python.

One query fetches the postings of all terms of all questions; what is ranked afterwards are numbers in memory. Tried
beside it: ranking in SQL with facets by GROUP BY, which costs more with each hit and could not say which word of a
question stands in its way.
"""

import heapq
import math
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from search import vocabulary
from search.entries import Entry
from search.models import IndexedPassage, IndexedRecord, Posting, Term, Word

from .base import Alternative, Answer, Clause, Held, Hit, Question, Sort, State
from .catalogue import Catalogue
from .database_writing import delete_records, held, write_entries

type Postings = Mapping[tuple[str, str], Mapping[int, float]]  # (language, term) -> place -> weight
type Quotations = Mapping[tuple[str, tuple[str, ...]], int]  # (language, phrase) -> set of places


@dataclass(frozen=True, slots=True)
class _Row:
    """A clause with the visible records that it matches, and what it counts for each."""

    clause: Clause
    scores: Mapping[int, float]
    members: int
    rarity: float


class DatabaseEngine:
    """Keeps the index in tables beside the content; the outline of it stays in memory while nothing changes."""

    _lock = threading.Lock()
    _remembered: tuple[str | None, Catalogue] | None = None

    def write(self, entries: Iterable[Entry], *, anew: bool = False) -> None:
        """Store the entries in one transaction."""
        write_entries(entries, anew=anew)

    def delete(self, keys: Iterable[str]) -> None:
        """Forget the records with these keys."""
        delete_records(IndexedRecord.objects.filter(key__in=list(keys)))

    def clear(self) -> None:
        """Forget everything, the terms too."""
        delete_records(IndexedRecord.objects.all())
        Term.objects.all().delete()
        Word.objects.all().delete()

    def tidy(self) -> None:
        """Delete the terms and words that stand nowhere any more."""
        vocabulary.tidy()
        Term.objects.filter(~Exists(Posting.objects.filter(term=OuterRef("pk")))).delete()

    def settle(self) -> None:
        """Do nothing: what is written here answers from the next moment on."""

    def held(self) -> dict[str, Held]:
        """Return what is stored, by key."""
        return held(IndexedRecord.objects.all())

    def find(self, questions: Sequence[Question], state: State) -> tuple[Answer, ...]:
        """Return an answer to each question."""
        catalogue = self._catalogue(state.token)
        postings = self._postings(catalogue, questions)
        quotations = self._quotations(catalogue, questions)
        shown = ~catalogue.set_of_keys(state.hidden)
        return tuple(_Search(catalogue, question, shown, postings, quotations).answer() for question in questions)

    @classmethod
    def _catalogue(cls, token: str | None) -> Catalogue:
        """Return the outline of the index, from memory if nothing has changed since."""
        remembered = cls._remembered
        if remembered is None or token is None or remembered[0] != token:
            with cls._lock:
                remembered = (token, Catalogue.load())
                cls._remembered = remembered
        return remembered[1]

    @staticmethod
    def _postings(catalogue: Catalogue, questions: Sequence[Question]) -> Postings:
        """Return the postings of all terms of all questions, by one query."""
        wanted: dict[str, set[str]] = defaultdict(set)
        for question in questions:
            for clause in (*question.clauses, *question.excluded):
                wanted[question.language].update(clause.all_terms)
        condition = Q()
        for language, terms in wanted.items():
            if terms:
                condition |= Q(term__language=language, term__text__in=terms)
        found: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
        if condition:
            rows = Posting.objects.filter(condition).values_list("term__language", "term__text", "record_id", "weight")
            for language, term, record_id, weight in rows:
                if (place := catalogue.place_of_id.get(record_id)) is not None:
                    found[language, term][place] = weight
        return found

    @staticmethod
    def _quotations(catalogue: Catalogue, questions: Sequence[Question]) -> Quotations:
        """Return which records hold each quotation word for word, by one query where there is any."""
        condition, wanted = Q(), set()
        for question in questions:
            for clause in (*question.clauses, *question.excluded):
                if clause.phrase:
                    wanted.add((question.language, clause.phrase))
                    holding = Posting.objects.filter(term__language=question.language, term__text__in=clause.terms)
                    condition |= Q(record__in=holding.values("record"), words__contains=_spaced(clause.phrase))
        places: dict[tuple[str, tuple[str, ...]], set[int]] = {quotation: set() for quotation in wanted}
        if condition:
            rows = IndexedPassage.objects.filter(condition).values_list("record_id", "record__language", "words")
            for record_id, language, words in rows:
                place = catalogue.place_of_id.get(record_id)
                for quotation, members in places.items():
                    if place is not None and quotation[0] == language and _spaced(quotation[1]) in words:
                        members.add(place)
        return {quotation: catalogue.set_of(members) for quotation, members in places.items()}


class _Search:
    """One question on its way to its answer."""

    def __init__(
        self, catalogue: Catalogue, question: Question, shown: int, postings: Postings, quotations: Quotations
    ) -> None:
        self.catalogue, self.question = catalogue, question
        self.postings, self.quotations = postings, quotations
        self.visible = catalogue.in_language(question.language) & shown

    def answer(self) -> Answer:
        """Return what matches, filtered, counted and ordered."""
        allowed = self.visible
        for clause in self.question.excluded:
            allowed &= ~self._row(clause).members
        rows = [self._row(clause) for clause in self.question.clauses]
        kept, matched = self._together(rows, allowed)
        filtered = {name: self.catalogue.with_values(name, values) for name, values in self.question.filters.items()}
        final = matched
        for members in filtered.values():
            final &= members
        return Answer(
            total=final.bit_count(),
            hits=self._hits(kept, final),
            facets={name: dict(self._counts(name, matched, filtered)) for name in self.catalogue.facets},
            dropped=tuple(row.clause for row in rows if row not in kept),
        )

    def _row(self, clause: Clause) -> _Row:
        """Return a clause with what it matches; of the ways to say it, a record's best one counts."""
        language = self.question.language
        if clause.phrase:
            members = self.quotations.get((language, clause.phrase), 0) & self.visible
            return _Row(clause, {}, members, rarity=0.0)
        scores: dict[int, float] = {}
        for way in clause.ways:
            for place, score in self._scores(way).items():
                if score > scores.get(place, 0.0):
                    scores[place] = score
        members = self.catalogue.set_of(scores) & self.visible
        return _Row(clause, scores, members, self._rarity(members))

    def _scores(self, way: Alternative) -> dict[int, float]:
        """Return what one way to say a clause counts, by place: for each record that holds a term of each group."""
        together: dict[int, float] | None = None
        for group in way.groups:
            weights = self._weights(group)
            share = way.share * self._rarity(self.catalogue.set_of(weights) & self.visible)
            together = {
                place: share * weight + (together[place] if together else 0.0)
                for place, weight in weights.items()
                if together is None or place in together
            }
        return together or {}

    def _weights(self, terms: Iterable[str]) -> dict[int, float]:
        """Return what terms weigh by place; of several in a record the best one counts."""
        weights: dict[int, float] = {}
        for term in terms:
            for place, weight in self.postings.get((self.question.language, term), {}).items():
                if weight > weights.get(place, 0.0):
                    weights[place] = weight
        return weights

    def _rarity(self, members: int) -> float:
        """Return how much a set of visible records says: the inverse document frequency of BM25."""
        count, total = members.bit_count(), self.visible.bit_count()
        return math.log1p((total - count + 0.5) / (count + 0.5))

    def _together(self, rows: list[_Row], allowed: int) -> tuple[list[_Row], int]:
        """Return the rows that go together and what matches all of them: every row, or as many as relaxing leaves."""
        matched = allowed
        for row in rows:
            matched &= row.members
        if matched or not self.question.may_relax or not rows:
            return rows, matched
        kept: list[_Row] = []
        matched = allowed
        # The rarest word says most; it stays, and what empties the list beside it goes.
        for row in sorted(rows, key=lambda row: -row.rarity):
            if narrowed := matched & row.members:
                kept.append(row)
                matched = narrowed
        return kept, matched if kept else 0

    def _hits(self, rows: list[_Row], final: int) -> tuple[Hit, ...]:
        """Return the wanted stretch of the matches, in the wanted order."""
        question, keys = self.question, self.catalogue.keys
        if not question.limit:
            return ()
        if question.sort is Sort.DATE or not rows:
            places = self.catalogue.newest(final, question.offset, question.limit)
            return tuple(Hit(keys[place], 0.0) for place in places)
        flags = self.catalogue.flags(final)
        scores: dict[int, float] = defaultdict(float)
        for row in rows:
            for place, score in row.scores.items():
                if flags[place >> 3] >> (place & 7) & 1:
                    scores[place] += score
        # Places follow the keys: equal scores come in the order of their keys on every engine.
        best = heapq.nsmallest(
            question.offset + question.limit, scores.items(), key=lambda item: (-round(item[1], 9), item[0])
        )
        return tuple(Hit(keys[place], score) for place, score in best[question.offset :])

    def _counts(self, name: str, matched: int, filtered: Mapping[str, int]) -> Iterable[tuple[str, int]]:
        """Return the counts of a facet under the filters of all others."""
        for other, members in filtered.items():
            if other != name:
                matched &= members
        return self.catalogue.counts(name, matched)


def _spaced(words: tuple[str, ...]) -> str:
    """Return words as they stand in a passage's column, bounded by spaces."""
    return f" {' '.join(words)} "

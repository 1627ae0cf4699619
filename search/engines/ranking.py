"""Answers from sets and weights: which records match, which are best, and how many have each facet value."""

import heapq
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import add

from .base import Alternative, Answer, Clause, Hit, Question, Sort
from .catalogue import Catalogue
from .weights import WEIGHT_UNIT

type Weights = Mapping[int, int]  # place -> weight, as it is stored
type Postings = Mapping[tuple[str, str], Weights]  # (language, term) -> its records
type Quotation = tuple[str, tuple[str, ...]]  # language and words
type Quotations = Mapping[Quotation, int]  # quotation -> set of places

TIE = 9  # digits: scores that are the same so far are equal, and come in the order of their keys


@dataclass(frozen=True, slots=True)
class _Group:
    """Terms of which one must stand in a record: what they weigh there, and how much the group says."""

    weights: Weights
    factor: float  # what a weight of one counts


@dataclass(frozen=True, slots=True)
class _Row:
    """A clause with the visible records that it matches; of the ways to say it, a record's best one counts."""

    clause: Clause
    ways: Sequence[Sequence[_Group]]
    members: int
    rarity: float

    def scores(self, places: Sequence[int]) -> Iterable[float]:
        """Return what the clause counts for each of some records that it matches."""
        best: Iterable[float] | None = None
        for way in self.ways:
            scores = _scores(way, places)
            best = scores if best is None else map(max, best, scores)
        return [0.0] * len(places) if best is None else best


class Search:
    """One question on its way to its answer."""

    def __init__(
        self, catalogue: Catalogue, question: Question, shown: int, postings: Postings, quotations: Quotations
    ) -> None:
        self.catalogue, self.question = catalogue, question
        self.postings, self.quotations = postings, quotations
        self.visible = catalogue.in_language(question.language) & shown
        self._groups: dict[tuple[str, ...], tuple[Weights, int, float]] = {}  # what is known of a group of terms

    def answer(self) -> Answer:
        """Return what matches, filtered, counted and ordered."""
        allowed = self.visible
        for clause in self.question.excluded:
            allowed &= ~self._row(clause).members
        rows = [self._row(clause) for clause in self.question.clauses]
        kept, matched = self._together(rows, allowed)
        some = [self._row(clause) for clause in self.question.some]
        if some:
            matched &= at_least(self.question.least, [row.members for row in some])
        filtered = {name: self.catalogue.with_values(name, values) for name, values in self.question.filters.items()}
        final = matched
        for members in filtered.values():
            final &= members
        hits = self._hits([*kept, *some], final)
        is_counted = self.question.is_counted
        return Answer(
            total=final.bit_count() if is_counted else len(hits),
            hits=hits,
            facets={
                name: dict(self._counts(name, matched, filtered)) if is_counted else {}
                for name in self.catalogue.facets
            },
            dropped=tuple(row.clause for row in rows if row not in kept),
            rarity={terms: rarity for terms, (_, _, rarity) in self._groups.items()},
        )

    def _row(self, clause: Clause) -> _Row:
        """Return a clause with what it matches."""
        if clause.phrase:
            members = self.quotations.get((self.question.language, clause.phrase), 0) & self.visible
            return _Row(clause, (), members, rarity=0.0)
        ways, members = [], 0
        for way in clause.ways:
            groups, of_way = self._way(way)
            ways.append(groups)
            members |= of_way
        return _Row(clause, ways, members, self._rarity(members))

    def _way(self, way: Alternative) -> tuple[list[_Group], int]:
        """Return the groups of one way to say a clause, and the visible records that hold a term of each."""
        together, groups = self.visible, []
        for terms in way.groups:
            weights, members, rarity = self._group(terms)
            together &= members
            groups.append(_Group(weights, way.share * rarity / WEIGHT_UNIT))
        return groups, together if groups else 0

    def _group(self, terms: tuple[str, ...]) -> tuple[Weights, int, float]:
        """Return what a group of terms weighs by place, the visible records that hold one of them, and its rarity."""
        known = self._groups.get(terms)
        if known is None:
            weights = self._weights(terms)
            members = self.catalogue.set_of(weights) & self.visible
            known = self._groups[terms] = weights, members, self._rarity(members)
        return known

    def _weights(self, terms: Iterable[str]) -> Weights:
        """Return what terms weigh by place; of several in a record the best one counts."""
        found = [weights for term in terms if (weights := self.postings.get((self.question.language, term)))]
        if len(found) <= 1:
            return found[0] if found else {}
        merged = dict(found[0])
        for weights in found[1:]:
            for place, weight in weights.items():
                if weight > merged.get(place, 0):
                    merged[place] = weight
        return merged

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
        if not question.limit or not final:
            return ()
        if question.sort is Sort.DATE or not rows:
            newest = self.catalogue.newest(final, question.offset, question.limit)
            return tuple(Hit(keys[place], 0.0) for place in newest)
        places = list(self.catalogue.places(final))
        scores = list(rows[0].scores(places))
        for row in rows[1:]:
            scores = list(map(add, scores, row.scores(places)))
        last = question.offset + question.limit
        # Only what can be among the wanted is put in order, for the order by keys costs most.
        least = heapq.nlargest(last, scores)[-1] - 10**-TIE
        best = sorted(
            (-round(score, TIE), keys[place], score)
            for place, score in zip(places, scores, strict=True)
            if score >= least
        )
        return tuple(Hit(key, score) for _, key, score in best[question.offset : last])

    def _counts(self, name: str, matched: int, filtered: Mapping[str, int]) -> Iterable[tuple[str, int]]:
        """Return the counts of a facet under the filters of all others."""
        for other, members in filtered.items():
            if other != name:
                matched &= members
        return self.catalogue.counts(name, matched)


def at_least(count: int, sets: Iterable[int]) -> int:
    """Return what is in at least so many of some sets."""
    reached = [-1, *[0] * count]  # by number: what is in so many of the sets, or in more
    for members in sets:
        for number in range(count, 0, -1):
            reached[number] |= reached[number - 1] & members
    return reached[count]


def _scores(way: Sequence[_Group], places: Sequence[int]) -> Iterable[float]:
    """Return what a way to say a clause counts for each record: nothing where a group is missing."""
    if len(way) == 1:
        weights, factor = way[0].weights, way[0].factor
        return [factor * weights.get(place, 0) for place in places]
    return [
        sum(group.factor * group.weights[place] for group in way)
        if all(place in group.weights for group in way)
        else 0.0
        for place in places
    ]

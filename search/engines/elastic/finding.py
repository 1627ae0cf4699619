"""Questions on their way through the cluster: first what the words' rarity needs is counted, then it is searched.

Two requests answer any number of questions. Where nothing holds all the words, one more for each word that has to be
left aside finds out which.
"""

import math
import time
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from search.engines.base import Answer, Clause, Hit, Question, Sort

from . import queries
from .connection import Cluster, IncompleteAnswerError

type Response = Mapping[str, Any]


def find(cluster: Cluster, asked: Sequence[Question], hidden: Collection[str]) -> tuple[Answer, ...]:
    """Return an answer to each question, within the time that one visitor is to wait."""
    deadline = time.monotonic() + cluster.access.budget
    searches = [Search(question, hidden) for question in asked]
    names, *counts = cluster.search([queries.NAMES, *(search.counting() for search in searches)], deadline)
    for search, count in zip(searches, counts, strict=True):
        search.take_counts(count)
    while relaxing := [search for search in searches if search.untried]:
        for search, chain in zip(relaxing, cluster.search([one.chain() for one in relaxing], deadline), strict=True):
            search.take_chain(chain)
    bodies = [None if search.is_empty else search.body() for search in searches]
    # The words as typed and the words that may be left aside are often the same search in the end.
    distinct = [body for place, body in enumerate(bodies) if body is not None and body not in bodies[:place]]
    found = cluster.search(distinct, deadline)
    known = [bucket["key"] for bucket in names["aggregations"]["names"]["buckets"]]
    return tuple(
        search.answer(None if body is None else found[distinct.index(body)], known)
        for search, body in zip(searches, bodies, strict=True)
    )


class Search:
    """One question, and what is known of its answer so far."""

    def __init__(self, question: Question, hidden: Collection[str]) -> None:
        self.question, self.hidden = question, hidden
        self.kept: list[int] = list(range(len(question.clauses)))  # places of clauses
        self.untried: list[int] = []
        self.is_empty = False
        scored = (*question.clauses, *question.some)
        self._groups = list({group for clause in scored for way in clause.ways for group in way.groups})
        self._rarity: dict[tuple[str, ...], float] = {}

    def counting(self) -> queries.Body:
        """Return the search for what rarity and relaxing need to know."""
        named = {f"group {number}": queries.group(group) for number, group in enumerate(self._groups)}
        if self.question.clauses or self.question.some:
            named["all"] = queries.matching(self.question, (), self.question.clauses)
        if self.question.may_relax:
            named |= {f"clause {place}": queries.clause(clause) for place, clause in enumerate(self.question.clauses)}
        return queries.counting(self.question, self.hidden, named)

    def take_counts(self, response: Response) -> None:
        """Learn how rare each group is and whether anything holds all words; if not, which words are to be tried."""
        question, total = self.question, response["hits"]["total"]["value"]
        if not question.clauses and not question.some:
            return
        counts = {name: one["doc_count"] for name, one in response["aggregations"]["counts"]["buckets"].items()}
        self._rarity = {group: _rarity(counts[f"group {number}"], total) for number, group in enumerate(self._groups)}
        if counts["all"]:
            return
        self.kept, self.is_empty = [], True
        if question.may_relax:
            self._begin_relaxing(counts, total)

    def _begin_relaxing(self, counts: Mapping[str, int], total: int) -> None:
        """Put the clauses in the order in which they are to be tried; one that nothing visible says needs no trial."""
        found = {place: counts[f"clause {place}"] for place in range(len(self.question.clauses))}
        rarities = {
            place: 0.0 if self.question.clauses[place].phrase else _rarity(count, total)
            for place, count in found.items()
            if count
        }
        # The rarest word says most; it stays, and what empties the list beside it goes.
        self.untried = sorted(rarities, key=lambda place: -rarities[place])
        if len(self.untried) == 1 and not self.question.excluded:
            self.kept, self.untried, self.is_empty = self.untried, [], False

    def chain(self) -> queries.Body:
        """Return the search for how many of the untried clauses go together with those that are kept."""
        return queries.chain(self.question, self.hidden, self._clauses(self.kept), self._clauses(self.untried))

    def take_chain(self, response: Response) -> None:
        """Keep the clauses up to the first that empties the list, and leave that one aside."""
        left: Response = response
        together = 0
        while (left := left.get("aggregations", left).get("next", {})) and left["doc_count"]:
            together += 1
        self.kept += self.untried[:together]
        self.untried = self.untried[together + 1 :]
        self.is_empty = not self.kept

    def body(self) -> queries.Body:
        """Return the search itself."""
        return queries.search(self.question, self.hidden, self._clauses(sorted(self.kept)), self._rarity)

    def answer(self, response: Response | None, names: Sequence[str]) -> Answer:
        """Return the answer that the search brought; without one, that nothing was found."""
        question = self.question
        dropped = tuple(clause for place, clause in enumerate(question.clauses) if place not in self.kept)
        if response is None:
            # What was not asked to be relaxed names nothing that it dropped.
            return Answer(0, facets={name: {} for name in names}, dropped=dropped if question.may_relax else ())
        scores = question.sort is not Sort.DATE and bool(self.kept or question.some)
        hits = [Hit(hit["sort"][1], float(hit["sort"][0]) if scores else 0.0) for hit in response["hits"]["hits"]]
        facets = _counts(response["aggregations"], question, names)
        return Answer(response["hits"]["total"]["value"], tuple(hits), facets, dropped, self._rarity)

    def _clauses(self, places: Sequence[int]) -> list[Clause]:
        """Return the clauses at some places."""
        return [self.question.clauses[place] for place in places]


def _rarity(count: int, total: int) -> float:
    """Return how much a set of visible records says: the inverse document frequency of BM25."""
    return math.log1p((total - count + 0.5) / (count + 0.5))


def _counts(aggregations: Response, question: Question, names: Sequence[str]) -> dict[str, dict[str, int]]:
    """Return the counts of every facet value."""
    counts: dict[str, dict[str, int]] = defaultdict(dict, {name: {} for name in names})
    for source, aggregation in aggregations.items():
        values = aggregation["values"]
        if values["sum_other_doc_count"]:
            raise IncompleteAnswerError(f"a facet has more than {queries.VALUES} values")
        for bucket in values["buckets"]:
            name, _, value = bucket["key"].partition("=")
            if source == f"={name}" or (source == "all" and name not in question.filters):
                counts[name][value] = bucket["doc_count"]
    return dict(counts)

"""Questions on their way through the cluster: first what the words' rarity needs is counted, then it is searched.

Two requests answer any number of questions, and one does where that was counted before. Where nothing holds all the
words, one more for each word that has to be left aside finds out which.
"""

import math
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from enum import Enum, auto
from typing import Any

from search.engines.base import Answer, Clause, Hit, Question, Sort

from . import queries
from .connection import Cluster, IncompleteAnswerError
from .remembering import Counted, Group

type Response = Mapping[str, Any]
type Counts = Mapping[object, int]


def find(cluster: Cluster, asked: Sequence[Question], hidden: Collection[str], counted: Counted) -> tuple[Answer, ...]:
    """Return an answer to each question, within the time that one visitor is to wait.

    Each request takes every question a step further, whichever that is for each.
    """
    deadline = time.monotonic() + cluster.access.budget
    searches = [Search(question, hidden, counted) for question in asked]
    while any(search.step is not Step.DONE for search in searches):
        request = _Request()
        if counted.names is None:
            request.add(queries.NAMES, counted.learn_names)
        for language in {search.question.language for search in searches if search.step is Step.COUNT}:
            _Counting(language, searches, counted).add_to(request, hidden)
        for search in searches:
            if search.step in {Step.LEAVE_ASIDE, Step.SEARCH}:
                request.add(search.body(), search.take)
        request.put(cluster, deadline)
    return tuple(search.answer() for search in searches)


class _Request:
    """What is asked of the cluster together, each search once, and who waits for what."""

    def __init__(self) -> None:
        self._bodies: list[queries.Body] = []
        self._waiting: list[tuple[int, Callable[[Response], None]]] = []

    def add(self, body: queries.Body, take: Callable[[Response], None]) -> None:
        """Ask for something, too: the words as typed and those that may be left aside are often the same search."""
        if body not in self._bodies:
            self._bodies.append(body)
        self._waiting.append((self._bodies.index(body), take))

    def put(self, cluster: Cluster, deadline: float) -> None:
        """Ask, and hand the answers over."""
        responses = cluster.search(self._bodies, deadline)
        for place, take in self._waiting:
            take(responses[place])


class Step(Enum):
    """What is to be asked of the cluster next."""

    COUNT = auto()  # what the words' rarity needs, and whether anything holds all of them
    LEAVE_ASIDE = auto()  # which words go together
    SEARCH = auto()
    DONE = auto()


class _Counting:
    """What searches in one language have to count, all in one search of its own."""

    def __init__(self, language: str, searches: Iterable["Search"], counted: Counted) -> None:
        self._language, self._counted = language, counted
        self._searches = [one for one in searches if one.step is Step.COUNT and one.question.language == language]
        self._groups: list[Group] = counted.lacks(
            language, {group: None for one in self._searches for group in one.groups}
        )
        self._queries: dict[object, queries.Body] = {group: queries.group(group) for group in self._groups}
        for search in self._searches:
            self._queries |= search.counting()

    def add_to(self, request: _Request, hidden: Collection[str]) -> None:
        """Ask for it."""
        named = {str(number): query for number, query in enumerate(self._queries.values())}
        request.add(queries.counting(self._language, hidden, named), self._take)

    def _take(self, response: Response) -> None:
        """Tell the searches."""
        buckets = response["aggregations"]["counts"]["buckets"]
        counts = {key: int(buckets[str(number)]["doc_count"]) for number, key in enumerate(self._queries)}
        total = response["hits"]["total"]["value"]
        self._counted.learn(self._language, total, {group: counts[group] for group in self._groups})
        for search in self._searches:
            search.take_counts(counts)


class Search:
    """One question, and what is known of its answer so far."""

    def __init__(self, question: Question, hidden: Collection[str], counted: Counted) -> None:
        self.question = question
        self._hidden, self._counted = hidden, counted
        self._kept: list[int] = list(range(len(question.clauses)))  # places of clauses
        self._untried: list[int] = []
        self._was_counted = False  # whether anything holds all the words
        self._response: Response | None = None  # to the search itself
        # What is only counted has no order, so that it need not be known how rare its words are.
        scored = (*question.clauses, *question.some) if question.limit else ()
        self.groups: Sequence[Group] = list({group: None for one in scored for way in one.ways for group in way.groups})
        is_known = not self.groups or counted.knows(question.language, self.groups)
        # Under a filter, an empty list does not tell whether anything holds all the words.
        self.step = Step.COUNT if not is_known or (self._relaxes and question.filters) else Step.SEARCH

    @property
    def _relaxes(self) -> bool:
        """Whether there are words that may be left aside."""
        return self.question.may_relax and bool(self.question.clauses)

    def counting(self) -> dict[object, queries.Body]:
        """Return what it wants to have counted besides its groups of terms.

        Enough of some words stand nearly always somewhere: to count the thousands where they do tells nothing.
        """
        question = self.question
        if question.some and not self._relaxes:
            return {}
        all_words = (question.clauses, question.some, question.least, question.excluded)
        wanted: dict[object, queries.Body] = {all_words: queries.matching(question, (), question.clauses)}
        if self._relaxes:
            wanted |= {(clause,): queries.clause(clause) for clause in question.clauses}
        return wanted

    def take_counts(self, counts: Counts) -> None:
        """Learn whether anything holds all words; if not, which words are to be tried."""
        question, self._was_counted = self.question, True
        if counts.get((question.clauses, question.some, question.least, question.excluded), 1):
            self.step = Step.SEARCH
            return
        self._kept, self.step = [], Step.DONE
        if self._relaxes:
            self._begin_relaxing([counts[clause,] for clause in question.clauses])

    def _begin_relaxing(self, counts: Sequence[int]) -> None:
        """Put the clauses in the order in which they are to be tried; one that nothing visible says needs no trial."""
        total, clauses = self._counted.totals[self.question.language], self.question.clauses
        rarities = {
            place: 0.0 if clauses[place].phrase else _rarity(count, total)
            for place, count in enumerate(counts)
            if count
        }
        # The rarest word says most; it stays, and what empties the list beside it goes.
        self._untried = sorted(rarities, key=lambda place: -rarities[place])
        if len(self._untried) == 1 and not self.question.excluded:
            self._kept, self._untried = self._untried, []
        self._go_on()

    def _go_on(self) -> None:
        """Try the words that are left; then search for those that go together."""
        self.step = Step.LEAVE_ASIDE if self._untried else Step.SEARCH if self._kept else Step.DONE

    def body(self) -> queries.Body:
        """Return what is to be asked."""
        if self.step is Step.LEAVE_ASIDE:
            kept, untried = self._clauses(self._kept), self._clauses(self._untried)
            return queries.chain(self.question, self._hidden, kept, untried)
        return queries.search(self.question, self._hidden, self._clauses(sorted(self._kept)), self._rarity)

    def take(self, response: Response) -> None:
        """Learn what was asked for."""
        if self.step is Step.LEAVE_ASIDE:
            self._take_chain(response)
        elif self._relaxes and not self._was_counted and not _total(response):
            self.step = Step.COUNT
        else:
            self._response, self.step = response, Step.DONE

    def _take_chain(self, response: Response) -> None:
        """Keep the clauses up to the first that empties the list, and leave that one aside."""
        left: Response = response
        together = 0
        while (left := left.get("aggregations", left).get("next", {})) and left["doc_count"]:
            together += 1
        self._kept += self._untried[:together]
        self._untried = self._untried[together + 1 :]
        self._go_on()

    def answer(self) -> Answer:
        """Return the answer that the search brought; where there was none to make, that nothing was found."""
        question, response, names = self.question, self._response, self._counted.names or ()
        dropped = tuple(clause for place, clause in enumerate(question.clauses) if place not in self._kept)
        if response is None:
            # What was not asked to be relaxed names nothing that it dropped.
            dropped = dropped if question.may_relax else ()
            return Answer(0, facets={name: {} for name in names}, dropped=dropped, rarity=self._rarity)
        scores = question.sort is not Sort.DATE and bool(self._kept or question.some)
        hits = [Hit(hit["sort"][1], float(hit["sort"][0]) if scores else 0.0) for hit in response["hits"]["hits"]]
        facets = _counts(response.get("aggregations", {}), question, names)
        return Answer(_total(response), tuple(hits), facets, dropped, self._rarity)

    @property
    def _rarity(self) -> Mapping[Group, float]:
        """How much each group of terms says."""
        if not self.groups:
            return {}
        total = self._counted.totals[self.question.language]
        return {group: _rarity(count, total) for group, count in self._counted.of(self.question.language, self.groups)}

    def _clauses(self, places: Sequence[int]) -> list[Clause]:
        """Return the clauses at some places."""
        return [self.question.clauses[place] for place in places]


def _total(response: Response) -> int:
    """Return how many records a search found; where nobody wants to know, how many it brought."""
    hits = response["hits"]
    return int(hits["total"]["value"]) if "total" in hits else len(hits["hits"])


def _rarity(count: int, total: int) -> float:
    """Return how much a set of visible records says: the inverse document frequency of BM25."""
    return math.log1p((total - count + 0.5) / (count + 0.5))


def _counts(aggregations: Response, question: Question, names: Sequence[str]) -> dict[str, dict[str, int]]:
    """Return the counts of every facet value."""
    counts: dict[str, dict[str, int]] = defaultdict(dict, {name: {} for name in names})
    for source, aggregation in aggregations.items():
        values = aggregation.get("values", aggregation)
        if values["sum_other_doc_count"]:
            raise IncompleteAnswerError(f"a facet has more than {queries.VALUES} values")
        for bucket in values["buckets"]:
            name, _, value = bucket["key"].partition("=")
            if source == f"={name}" or (source == "all" and name not in question.filters):
                counts[name][value] = bucket["doc_count"]
    return dict(counts)

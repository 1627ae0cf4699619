"""What was counted in the cluster, kept while nothing changes: how many visible records hold which terms."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from search.engines.base import State

ROOM = 50_000
"""So many terms are kept of a state at most, some five megabytes; where there is no room left, all of them go."""

STATES = 4
"""So many sets of hidden records are told apart at the same time."""

LONGEST = 300.0
"""Seconds for which anything is kept: somebody may put a cluster back from a backup, which no token tells."""

type Group = tuple[str, ...]


class Counted:
    """How many of the visible records of one state hold a term of each group, as far as anybody has asked."""

    def __init__(self, room: int = ROOM) -> None:
        self.names: tuple[str, ...] | None = None  # of all facets
        self.totals: dict[str, int] = {}  # by language
        self._groups: dict[tuple[str, Group], int] = {}
        self._room = room

    def knows(self, language: str, groups: Iterable[Group]) -> bool:
        """Return whether all is known that tells how rare some groups are."""
        return language in self.totals and not self.lacks(language, groups)

    def lacks(self, language: str, groups: Iterable[Group]) -> list[Group]:
        """Return those of some groups of which nothing is known."""
        return [group for group in groups if (language, group) not in self._groups]

    def of(self, language: str, groups: Iterable[Group]) -> Iterator[tuple[Group, int]]:
        """Yield groups, all of them known, with how many records hold a term of each."""
        return ((group, self._groups[language, group]) for group in groups)

    def learn(self, language: str, total: int, groups: Mapping[Group, int]) -> None:
        """Keep the number of records of a language, and how many of them hold a term of each group."""
        self.totals[language] = total
        for group, count in groups.items():
            self._groups[language, group] = count
            self._room -= len(group)

    def learn_names(self, response: Mapping[str, Any]) -> None:
        """Keep the names of all facets, as the cluster tells them."""
        self.names = tuple(bucket["key"] for bucket in response["aggregations"]["names"]["buckets"])

    @property
    def is_full(self) -> bool:
        """Whether there is no room for more."""
        return self._room <= 0


class Memory:
    """What a process knows of the index as it is under one token, for each of the last sets of hidden records.

    A page of results asks under several: what editors chose, and what has a version in the reader's language, is not
    to be found a second time.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._token: str | None = None
        self._kept: dict[frozenset[str], tuple[float, Counted]] = {}  # the one asked for last stands last

    def of(self, state: State) -> Counted:
        """Return what is known of a state; of a state without a token nothing is kept for the next question."""
        if state.token is None:
            return Counted()
        now = self._clock()
        with self._lock:
            if state.token != self._token:
                self._token, self._kept = state.token, {}
            since, counted = self._kept.pop(state.hidden, (now, None))
            if counted is None or counted.is_full or now - since > LONGEST:
                since, counted = now, Counted()
            self._kept[state.hidden] = since, counted
            if len(self._kept) > STATES:
                del self._kept[next(iter(self._kept))]
            return counted

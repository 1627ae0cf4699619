"""The way to the cluster: the client as the settings name it, within a time that no slow answer can stretch."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, TransportError

from .breaker import CircuitBreaker
from .documents import FORMAT
from .remembering import Memory

ATTEMPTS = 2  # at a question: when one node keeps silent, there is time left for another
_PATIENCE = threading.BoundedSemaphore(32)  # threads that may hang on a silent cluster at the same time


class OutOfTimeError(TimeoutError):
    """The cluster did not answer in time."""


class IncompleteAnswerError(RuntimeError):
    """The cluster answered, but not from all of the index."""


class RefusedQuestionError(RuntimeError):
    """The cluster is well and does not take this question: it has too many parts, for example."""


# What may go wrong between us and the cluster; anything else is a mistake of ours.
TROUBLES = (ApiError, TransportError, OutOfTimeError, IncompleteAnswerError)


@dataclass(frozen=True, slots=True)
class Access:
    """Where the cluster stands and how one gets in."""

    hosts: tuple[str, ...]
    api_key: str = ""
    authority: str = ""  # the file of a CA's certificate, or a certificate's SHA-256 fingerprint
    index: str = "hub"
    budget: float = 1.0  # seconds for a question in all

    @classmethod
    def of_settings(cls) -> Self:
        """Return what the settings say."""
        return cls(
            hosts=tuple(host.strip() for host in settings.ELASTICSEARCH_URL.split(",") if host.strip()),
            api_key=settings.ELASTICSEARCH_API_KEY,
            authority=settings.ELASTICSEARCH_CA,
            index=settings.ELASTICSEARCH_INDEX,
            budget=settings.ELASTICSEARCH_BUDGET,
        )

    def client(self) -> Elasticsearch:
        """Return a client that spreads requests over the hosts and leaves dead ones aside for a while."""
        options: dict[str, Any] = {}
        if self.api_key:
            options["api_key"] = self.api_key
        if Path(self.authority).is_file():
            options["ca_certs"] = self.authority
        elif self.authority:
            options["ssl_assert_fingerprint"] = self.authority
        return Elasticsearch(
            list(self.hosts),
            request_timeout=10,
            retry_on_timeout=True,
            max_retries=ATTEMPTS,
            dead_node_backoff_factor=0.5,
            max_dead_node_backoff=10,
            http_compress=not all("127.0.0.1" in host for host in self.hosts),
            **options,
        )


class Cluster:
    """The cluster of one way in, with the breaker and the memory that this process keeps for it."""

    def __init__(self, access: Access) -> None:
        self.access = access
        self.client = access.client()
        self.breaker = CircuitBreaker()
        self.memory = Memory()
        # Another format has other names: a process of an older release never reads what it does not understand.
        self.current = f"{access.index}-v{FORMAT}"
        self.next = f"{self.current}-next"

    def search(self, bodies: Sequence[Mapping[str, Any]], deadline: float) -> list[Mapping[str, Any]]:
        """Return the answers to several searches, each complete; raise where one is not."""
        if not bodies:
            return []
        left = max(deadline - time.monotonic(), 0.01)
        client = self.client.options(request_timeout=left / ATTEMPTS, max_retries=ATTEMPTS - 1)
        searches = [part for body in bodies for part in ({"allow_partial_search_results": False}, body)]
        answers: list[Mapping[str, Any]] = client.msearch(index=self.current, searches=searches)["responses"]
        for answer in answers:
            if _is_refusal(answer):
                raise RefusedQuestionError(str(answer["error"])[:500])
            if "error" in answer or answer["timed_out"] or answer["_shards"]["failed"]:
                raise IncompleteAnswerError(str(answer.get("error", answer.get("_shards")))[:500])
        return answers

    def try_again(self) -> None:
        """Try in the background whether the cluster answers questions again, if it is time for that."""
        if self.breaker.begin_trial():
            threading.Thread(target=self._try, daemon=True).start()

    def _try(self) -> None:
        """Ask for a count; its outcome opens or closes the breaker."""
        try:
            budget = self.access.budget
            within(budget, lambda: self.search([{"size": 0, "track_total_hits": False}], time.monotonic() + budget))
        except TROUBLES as error:
            self.breaker.fail(error)
        else:
            self.breaker.succeed()


def _is_refusal(answer: Mapping[str, Any]) -> bool:
    """Return whether an answer says that the question is at fault, and not the cluster."""
    causes = answer["error"].get("root_cause", ()) if "error" in answer else ()
    is_too_long = any(cause["type"] == "too_many_nested_clauses" for cause in causes)  # which comes with status 500
    return is_too_long or answer.get("status") == HTTPStatus.BAD_REQUEST


def cluster() -> Cluster:
    """Return the cluster that the settings name."""
    return _cluster(Access.of_settings())


@cache
def _cluster(access: Access) -> Cluster:
    """Return the cluster of a way in: one client a process, for it keeps connections open."""
    return Cluster(access)


def within[T](seconds: float, work: Callable[[], T]) -> T:
    """Return what the work returns; raise OutOfTimeError where it takes longer, whatever it is waiting for.

    A client's own time limits start anew with each byte that arrives: who dribbles is never too slow for them. So the
    work has a thread of its own, which is left behind when time is up and ends by itself.
    """
    patience = _PATIENCE  # what is taken here is given back here, however long the thread hangs
    if not patience.acquire(blocking=False):
        raise OutOfTimeError("too many requests hang already")
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - whatever it is, it belongs to the one who waits
            future.set_exception(error)
        finally:
            patience.release()

    threading.Thread(target=run, daemon=True, name="elasticsearch").start()
    try:
        return future.result(timeout=seconds)
    except TimeoutError as error:
        if future.done():
            raise
        raise OutOfTimeError(f"no answer within {seconds:.1f} s") from error

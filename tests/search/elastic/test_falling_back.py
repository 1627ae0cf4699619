"""The database answers where the cluster does not: absent, silent, slow, or without an index."""

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from search.engines import Alternative, Clause, Engine, Question
from search.engines.elastic import Cluster, ElasticEngine, cluster, connection, drop, examine, filling, keep
from search.engines.elastic.breaker import FAILURES
from search.models import ClusterState, Delivery
from tests.factories.search import find, keys, make_record, question, write

BUDGET = 0.3


@pytest.fixture
def port() -> Iterator[socket.socket]:
    """A listening socket to which a cluster may be thought to belong."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


@pytest.fixture
def engine(port: socket.socket, settings: Any, db: None) -> Iterator[ElasticEngine]:
    """The engine with its cluster at that socket, and a record in the database."""
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{port.getsockname()[1]}"
    settings.ELASTICSEARCH_INDEX = f"test-{port.getsockname()[1]}"
    settings.ELASTICSEARCH_BUDGET = BUDGET
    engine = ElasticEngine()
    write(engine, make_record(key="a", text="местен бюджет"))
    yield engine
    cluster().client.close()


def dribble(port: socket.socket, until: threading.Event) -> None:
    """Answer whoever comes with one byte after the other, each in good time, and never the last."""

    def serve(visitor: socket.socket) -> None:
        with visitor:
            visitor.recv(65_536)
            visitor.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n")
            while not until.wait(0.05):
                try:
                    visitor.sendall(b" ")
                except OSError:
                    return

    port.settimeout(0.1)
    while not until.is_set():
        try:
            visitor, _ = port.accept()
        except TimeoutError:
            continue
        threading.Thread(target=serve, args=(visitor,), daemon=True).start()


def seconds_for(engine: Engine) -> float:
    """Return how long a question takes; it must be answered."""
    started = time.monotonic()
    assert keys(find(engine, question("бюджет"))) == ["a"]
    return time.monotonic() - started


def test_nobody_waits_for_a_cluster_that_is_not_there(engine: ElasticEngine, port: socket.socket) -> None:
    port.close()

    assert seconds_for(engine) < BUDGET + 0.5


def test_a_cluster_that_never_answers_costs_no_more_than_the_budget(engine: ElasticEngine) -> None:
    assert seconds_for(engine) < BUDGET + 0.5


def test_a_cluster_that_dribbles_costs_no_more_than_the_budget(engine: ElasticEngine, port: socket.socket) -> None:
    over = threading.Event()
    server = threading.Thread(target=dribble, args=(port, over))
    server.start()

    seconds = seconds_for(engine)

    over.set()
    server.join()
    assert BUDGET / 2 < seconds < BUDGET + 0.5


def test_after_a_few_failures_the_cluster_is_not_asked_any_more(engine: ElasticEngine) -> None:
    for _ in range(FAILURES):
        seconds_for(engine)

    assert not cluster().breaker.is_closed
    assert seconds_for(engine) < BUDGET / 2


def test_a_change_is_stored_and_waits_while_the_cluster_is_silent(
    engine: ElasticEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.engines.elastic.delivering.AT_ONCE", 0.3)
    monkeypatch.setattr("django.db.transaction.on_commit", lambda work, **_: work())
    started = time.monotonic()

    write(engine, make_record(key="b", text="друг бюджет"))

    assert time.monotonic() - started < 2
    assert keys(find(engine, question("бюджет"))) == ["a", "b"]
    assert set(Delivery.objects.values_list("key", flat=True)) == {"a", "b"}


def test_readiness_says_that_the_database_answers_and_how_much_waits(
    engine: ElasticEngine, port: socket.socket
) -> None:
    port.close()

    detail = examine()

    assert detail.startswith("away, the database answers (ConnectionError); 1 wait, the oldest for ")


def test_the_minutes_work_goes_on_without_the_cluster(
    engine: ElasticEngine, port: socket.socket, caplog: pytest.LogCaptureFixture
) -> None:
    port.close()

    keep()

    assert "Elasticsearch is away" in caplog.messages
    assert Delivery.objects.count() == 1


def test_a_rebuilding_without_the_cluster_leaves_what_was_written_waiting(
    engine: ElasticEngine, port: socket.socket, caplog: pytest.LogCaptureFixture
) -> None:
    port.close()

    engine.settle()

    assert "No new index was filled; the changes wait" in caplog.messages
    assert Delivery.objects.count() == 1
    assert ClusterState.take_filling(filling.TERM)  # and nobody is kept from filling


@pytest.mark.elasticsearch
def test_without_an_index_the_database_answers(elastic_or_database: ElasticEngine, search_cluster: Cluster) -> None:
    write(elastic_or_database, make_record(key="a", text="местен бюджет"))
    drop(search_cluster)

    assert keys(find(elastic_or_database, question("бюджет"))) == ["a"]
    assert search_cluster.breaker.reason == "IncompleteAnswerError"


@pytest.mark.elasticsearch
def test_a_cluster_that_is_back_answers_again(
    elastic_or_database: ElasticEngine, search_cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(elastic_or_database, make_record(key="a", text="местен бюджет"))
    monkeypatch.setattr(search_cluster.breaker, "_pause", 0.0)
    for _ in range(FAILURES):
        search_cluster.breaker.fail(connection.OutOfTimeError())
    assert not search_cluster.breaker.is_closed

    find(elastic_or_database, question("бюджет"))  # the database answers, and a trial begins

    end = time.monotonic() + 10
    while not search_cluster.breaker.is_closed and time.monotonic() < end:
        time.sleep(0.02)
    assert search_cluster.breaker.is_closed
    assert keys(find(elastic_or_database, question("бюджет"))) == ["a"]


@pytest.mark.elasticsearch
def test_a_question_that_the_cluster_refuses_is_no_reason_to_leave_it_in_peace(
    elastic_or_database: ElasticEngine, search_cluster: Cluster
) -> None:
    write(elastic_or_database, make_record(key="a", text="местен бюджет"))
    ways = tuple(Alternative(((f"дума{number}", f"слово{number}"),), 0.5) for number in range(20_000))
    asked = Question("bg", (Clause("бюджет", ("бюджет",), alternatives=ways),))

    assert keys(find(elastic_or_database, asked)) == ["a"]

    assert search_cluster.breaker.reason == ""

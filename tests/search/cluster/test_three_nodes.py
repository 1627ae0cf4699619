"""Three nodes, of which the master is killed and then the one with the primary, while some read and others write."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from search.engines import Question, State
from search.engines.elastic import Cluster, ElasticEngine, cluster, finding
from search.engines.elastic.connection import TROUBLES, within
from search.engines.elastic.delivering import deliver
from search.engines.elastic.filling import refill
from search.engines.elastic.remembering import Counted
from search.models import Delivery, IndexedRecord, IndexState
from tests.factories.search import make_record, question, write
from tests.servers.elasticsearch import RUNNING, Servers

logger = logging.getLogger(__name__)

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db(transaction=True)]

READERS = 2
CALM = 2.0  # seconds of reading and writing before, between and after
RECOVERY = 90.0  # seconds within which what is left of the cluster must answer again


@pytest.fixture(scope="module")
def servers(elasticsearch_url: str) -> Iterator[Servers]:
    """Three nodes of their own."""
    servers = Servers(RUNNING[1], count=3, heap="384m")
    servers.stop()
    servers.start()
    yield servers
    servers.stop()


@pytest.fixture
def target(servers: Servers, settings: Any) -> Iterator[Cluster]:
    """The way to all three."""
    settings.ELASTICSEARCH_URL = ",".join(servers.urls)
    settings.ELASTICSEARCH_INDEX = "test"
    settings.SEARCH_ENGINE = "search.engines.elastic.ElasticEngine"
    target = cluster()
    refill()
    yield target
    target.client.close()


@dataclass
class Traffic:
    """What readers and a writer saw."""

    stop: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)
    reads: int = 0
    wrong_reads: list[object] = field(default_factory=list)
    by_cluster: list[float] = field(default_factory=list)  # when the cluster itself gave an answer
    written: list[str] = field(default_factory=list)
    failed_writes: list[BaseException] = field(default_factory=list)

    def begin(self, work: Callable[..., None], *arguments: object) -> None:
        """Begin some work beside all other."""
        self.threads.append(threading.Thread(target=work, args=arguments))
        self.threads[-1].start()

    def end(self) -> None:
        """End all work."""
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def read(self, engine: ElasticEngine, asked: Question) -> None:
        """Ask as visitors do; what was written before must be among what is found."""
        while not self.stop.is_set():
            try:
                (answer,) = engine.find([asked], State(str(IndexState.current_token())))
            except Exception as error:  # noqa: BLE001 - whatever it is, a visitor would have seen it
                self.wrong_reads.append(error)
            else:
                if answer.total < 50 or not answer.hits:
                    self.wrong_reads.append(answer)
            self.reads += 1
        connections.close_all()

    def watch(self, target: Cluster, asked: Question) -> None:
        """Ask the cluster alone, to know when it answers."""
        while not self.stop.is_set():
            try:
                within(1.0, lambda: finding.find(target, [asked], (), Counted()))
            except TROUBLES:
                pass
            else:
                self.by_cluster.append(time.monotonic())
            time.sleep(0.05)
        connections.close_all()

    def write(self, engine: ElasticEngine) -> None:
        """Publish as editors do; each record that was taken is remembered."""
        while not self.stop.is_set():
            key = f"new:{len(self.written):05}"
            try:
                write(engine, make_record(key=key, text="бюджет"))
            except Exception as error:  # noqa: BLE001 - whatever it is, an editor would have seen it
                self.failed_writes.append(error)
            else:
                self.written.append(key)
            time.sleep(0.02)
        connections.close_all()


@pytest.fixture
def traffic(target: Cluster) -> Iterator[Traffic]:
    """Readers, a watcher and a writer at work."""
    engine, asked, traffic = ElasticEngine(), question("бюджет"), Traffic()
    write(engine, *(make_record(key=f"old:{number:02}", text="бюджет") for number in range(50)))
    for _ in range(READERS):
        traffic.begin(traffic.read, engine, asked)
    traffic.begin(traffic.watch, target, asked)
    traffic.begin(traffic.write, engine)
    yield traffic
    traffic.end()


def master(target: Cluster) -> int:
    """Return the number of the node that is master."""
    found: Any
    (found,) = target.client.cat.master(format="json")
    return number_of(found["node"])


def holder_of_the_primary(target: Cluster) -> int:
    """Return the number of the node that takes the writes of the index."""
    shards: Any = target.client.cat.shards(index=target.current, format="json")
    (found,) = (shard["node"] for shard in shards if shard["prirep"] == "p")
    return number_of(found)


def number_of(name: str) -> int:
    """Return the number of a node by its name."""
    return int(name.removeprefix("node-"))


def wait_for_three(target: Cluster) -> None:
    """Wait until all nodes are there and each shard has its copy."""
    health = target.client.options(request_timeout=RECOVERY).cluster.health(
        wait_for_nodes="3", wait_for_status="green", timeout=f"{RECOVERY:.0f}s"
    )
    assert not health["timed_out"]


def seconds_until_it_answers(traffic: Traffic, since: float) -> float:
    """Return after how many seconds the cluster itself gave an answer again."""
    while time.monotonic() - since < RECOVERY:
        time.sleep(0.1)
        if answers := [moment for moment in traffic.by_cluster if moment > since + 0.3]:
            return answers[0] - since
    pytest.fail("what was left of the cluster did not answer again")


def test_no_read_fails_and_no_write_is_lost_when_nodes_are_killed(
    servers: Servers, target: Cluster, traffic: Traffic
) -> None:
    wait_for_three(target)
    time.sleep(CALM)
    for name, whose in (("master", master), ("primary", holder_of_the_primary)):
        victim, moment = whose(target), time.monotonic()
        servers.kill(victim)
        logger.info("%s killed: the cluster answers after %.1f s", name, seconds_until_it_answers(traffic, moment))
        time.sleep(CALM)
        servers.launch(victim)
        wait_for_three(target)
    time.sleep(CALM)
    traffic.end()
    while Delivery.objects.exists():
        Delivery.objects.update(due_at=timezone.now())
        deliver()

    target.client.indices.refresh(index=target.current)
    logger.info("%d reads, %d writes", traffic.reads, len(traffic.written))
    assert traffic.wrong_reads == []
    assert traffic.failed_writes == []
    assert len(traffic.written) > 20
    held = target.client.search(index=target.current, size=10_000, sort=[{"key": {"order": "asc"}}])["hits"]["hits"]
    assert {hit["_id"] for hit in held} == set(IndexedRecord.objects.values_list("key", flat=True))
    assert {hit["_id"] for hit in held} >= set(traffic.written)

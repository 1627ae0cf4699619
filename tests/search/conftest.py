"""A real Elasticsearch for the tests that need one."""

import os
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.db import transaction

from search.engines import Answer, Question, State
from search.engines.database import DatabaseEngine
from search.engines.elastic import Cluster, ElasticEngine, cluster, drop
from search.engines.elastic.filling import refill

SERVER = os.environ.get("HUB_TEST_ELASTICSEARCH", "")


@pytest.fixture(scope="session")
def elasticsearch_url() -> str:
    """The address of the server that was started for the tests (tests/servers/elasticsearch.py)."""
    if not SERVER:
        pytest.skip("HUB_TEST_ELASTICSEARCH names no server")
    return SERVER


@pytest.fixture
def search_cluster(elasticsearch_url: str, settings: Any, db: None) -> Iterator[Cluster]:
    """The server with indexes of this test's own; afterwards they are gone, and nothing is left open."""
    settings.ELASTICSEARCH_URL = elasticsearch_url
    settings.ELASTICSEARCH_CA = os.environ.get("HUB_TEST_ELASTICSEARCH_CA", "")
    settings.ELASTICSEARCH_INDEX = f"test-{uuid.uuid4().hex[:12]}"
    settings.ELASTICSEARCH_BUDGET = 20.0  # a busy machine is no failure
    settings.SEARCH_ENGINE = "search.engines.elastic.ElasticEngine"
    target = cluster()
    yield target
    drop(target)
    target.client.close()


class SilentDatabaseEngine(DatabaseEngine):
    """The database engine that is written and never asked: a test of the cluster must not be answered by it."""

    def find(self, questions: Sequence[Question], state: State) -> tuple[Answer, ...]:
        """Fail the test."""
        raise AssertionError("The database was asked in the place of the cluster")


@pytest.fixture
def told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cluster is told at once of what is written: a test's own transaction is never committed."""
    monkeypatch.setattr(transaction, "on_commit", lambda work, **_: work())


@pytest.fixture
def elastic(search_cluster: Cluster, told_at_once: None) -> ElasticEngine:
    """The engine on an empty index, and no other answers in its place."""
    refill()
    engine = ElasticEngine()
    engine.database = SilentDatabaseEngine()
    return engine


@pytest.fixture
def elastic_or_database(search_cluster: Cluster, told_at_once: None) -> ElasticEngine:
    """The engine on an empty index, with the database behind it."""
    refill()
    return ElasticEngine()

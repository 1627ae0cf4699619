"""A new index behind the one that answers."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from search.engines.elastic import Cluster, ElasticEngine, filling, keep
from search.engines.elastic.filling import AlreadyFillingError, FillingError, refill
from search.models import ClusterState, Delivery
from tests.factories.search import find, keys, make_record, question, write

pytestmark = pytest.mark.elasticsearch


def indexes(target: Cluster) -> list[str]:
    """Return the names of all indexes of the test."""
    return sorted(target.client.indices.get_alias(name=f"{target.current}*"))


def stopping_after(records: int, meanwhile: Callable[[], None]) -> Callable[..., int]:
    """Return a filling that does something in its midst, after so many records."""
    fill, seen = filling._fill, [0]

    def fill_and_do(target: Cluster, some: tuple[str, ...], version: int) -> int:
        if seen[0] <= records < seen[0] + len(some):
            meanwhile()
        seen[0] += len(some)
        return fill(target, some, version)

    return fill_and_do


def test_a_new_index_takes_the_place_of_the_old(elastic: ElasticEngine, search_cluster: Cluster) -> None:
    write(elastic, make_record(key="a", text="местен бюджет"))
    (old,) = indexes(search_cluster)

    assert refill() == 1

    (new,) = indexes(search_cluster)
    assert new != old
    assert keys(find(elastic, question("бюджет"))) == ["a"]


def test_the_old_index_answers_until_the_new_one_is_whole(
    elastic: ElasticEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(elastic, *(make_record(key=f"k{number:03}", text="бюджет") for number in range(120)))
    found: list[int] = []
    monkeypatch.setattr(
        filling, "_fill", stopping_after(60, lambda: found.append(find(elastic, question("бюджет")).total))
    )

    refill()

    assert found == [120]


def test_an_index_that_a_late_deletion_made_is_out_of_the_way(elastic: ElasticEngine, search_cluster: Cluster) -> None:
    write(elastic, make_record(key="a", text="бюджет"))
    late = {"delete": {"_index": search_cluster.next, "_id": "b", "version": 1, "version_type": "external"}}
    search_cluster.client.bulk(operations=[late], require_alias=True)
    assert search_cluster.client.indices.exists(index=search_cluster.next)

    refill()

    assert not search_cluster.client.indices.exists(index=search_cluster.next)
    assert keys(find(elastic, question("бюджет"))) == ["a"]


def test_a_new_index_answers_from_one_segment(elastic: ElasticEngine, search_cluster: Cluster) -> None:
    for key in ("a", "b", "c"):
        write(elastic, make_record(key=key, text="бюджет"))

    refill()

    (index,) = search_cluster.client.indices.segments(index=search_cluster.current)["indices"].values()
    assert [shard["num_search_segments"] for shards in index["shards"].values() for shard in shards] == [1]


@pytest.mark.parametrize("place", [0, 119])
def test_no_change_made_during_the_filling_is_lost(
    elastic: ElasticEngine, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    write(elastic, *(make_record(key=f"k{number:03}", text="бюджет") for number in range(120)))

    def change() -> None:
        write(elastic, make_record(key="k001", text="петиция"), make_record(key="k118", text="петиция"))
        write(elastic, make_record(key="new", text="петиция"))
        elastic.delete(["k002", "k117"])

    monkeypatch.setattr(filling, "_fill", stopping_after(place, change))

    refill()

    assert keys(find(elastic, question("петиция"))) == ["k001", "k118", "new"]
    assert find(elastic, question("бюджет")).total == 116
    assert not Delivery.objects.exists()


def test_what_changes_while_the_cluster_cannot_be_told_is_delivered_after_the_filling(
    elastic: ElasticEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(elastic, *(make_record(key=f"k{number:03}", text="бюджет") for number in range(60)))

    def change() -> None:
        with monkeypatch.context() as context:
            context.setattr("django.db.transaction.on_commit", lambda work, **_: None)
            write(elastic, make_record(key="k001", text="петиция"))

    monkeypatch.setattr(filling, "_fill", stopping_after(55, change))

    refill()

    assert keys(find(elastic, question("петиция"))) == ["k001"]
    assert not Delivery.objects.exists()


def test_a_filling_that_fails_leaves_the_old_index_and_the_next_one_clears_up(
    elastic: ElasticEngine, search_cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(elastic, make_record(key="a", text="местен бюджет"))

    def break_off(*_: Any) -> int:
        raise FillingError("no")

    with monkeypatch.context() as context:
        context.setattr(filling, "_fill", break_off)
        with pytest.raises(FillingError):
            refill()

    assert keys(find(elastic, question("бюджет"))) == ["a"]
    assert len(indexes(search_cluster)) == 2
    refill()
    assert len(indexes(search_cluster)) == 1
    assert keys(find(elastic, question("бюджет"))) == ["a"]


def test_while_one_fills_another_does_not(elastic: ElasticEngine) -> None:
    ClusterState.take_filling(filling.TERM)

    with pytest.raises(AlreadyFillingError):
        refill()

    keep()  # and the minute's work goes on


def test_an_index_of_another_version_is_replaced_by_the_minutes_work(
    elastic: ElasticEngine, search_cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(elastic, make_record(key="a", text="местен бюджет"))
    (old,) = indexes(search_cluster)
    keep()
    assert indexes(search_cluster) == [old]
    monkeypatch.setattr(filling, "VERSION", "another/1")

    keep()

    assert indexes(search_cluster) != [old]
    assert filling.version_of(search_cluster) == "another/1"
    assert keys(find(elastic, question("бюджет"))) == ["a"]


def test_a_rebuilding_is_answered_for_by_a_new_index(elastic: ElasticEngine, search_cluster: Cluster) -> None:
    write(elastic, make_record(key="a", text="местен бюджет"))
    (old,) = indexes(search_cluster)

    elastic.settle()

    assert indexes(search_cluster) != [old]


@pytest.fixture
def committing(search_cluster: Cluster, transactional_db: None) -> ElasticEngine:
    """The engine where transactions are really committed."""
    refill()
    return ElasticEngine()


def test_writers_that_never_pause_lose_nothing_to_a_rebuilding(committing: ElasticEngine) -> None:
    write(committing, *(make_record(key=f"k{number:03}", text="бюджет") for number in range(200)))
    over, written = threading.Event(), [0]

    def keep_writing() -> None:
        while not over.is_set():
            written[0] += 1
            write(committing, make_record(key=f"k{written[0] % 200:03}", text=f"бюджет петиция{written[0]}"))
            write(committing, make_record(key=f"new{written[0]}", text="жребий"))
            if written[0] % 3 == 0:
                committing.delete([f"new{written[0]}"])
        connections.close_all()

    writer = threading.Thread(target=keep_writing)
    writer.start()
    for _ in range(3):
        refill()
    over.set()
    writer.join()
    keep()

    assert written[0] > 5
    assert find(committing, question("бюджет")).total == 200
    assert find(committing, question("жребий")).total == written[0] - written[0] // 3
    last = {number % 200: number for number in range(1, written[0] + 1)}
    for place, number in sorted(last.items())[-20:]:
        assert keys(find(committing, question(f"петиция{number}"))) == [f"k{place:03}"]
    assert not Delivery.objects.exists()

"""Changes on their way to the cluster."""

from typing import Any

import pytest
from elasticsearch import NotFoundError

from search.engines.elastic import Cluster, ElasticEngine, cluster, delivering, keep
from search.engines.elastic.delivering import deliver
from search.engines.elastic.documents import documents_of
from search.models import ClusterState, Delivery
from tests.factories.search import find, keys, make_record, question, write

pytestmark = pytest.mark.elasticsearch


def held_by(target: Cluster) -> dict[str, int]:
    """Return what the index that answers holds, with its versions."""
    target.client.indices.refresh(index=target.current)
    found = target.client.search(index=target.current, size=100, version=True, sort=[{"key": {"order": "asc"}}])
    return {hit["_id"]: hit["_version"] for hit in found["hits"]["hits"]}


@pytest.fixture
def without_commits(elastic: ElasticEngine, monkeypatch: pytest.MonkeyPatch) -> ElasticEngine:
    """The engine, telling the cluster nothing by itself."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda work, **_: None)
    return elastic


def test_what_is_written_is_found_at_once_and_waits_no_more(elastic: ElasticEngine) -> None:
    write(elastic, make_record(key="a", text="местен бюджет"))

    assert not Delivery.objects.exists()
    assert set(held_by(cluster())) == {"a"}


def test_what_was_withdrawn_is_not_found_even_before_the_cluster_is_told(without_commits: ElasticEngine) -> None:
    write(without_commits, *(make_record(key=key, text="бюджет", facets={"theme": ("youth",)}) for key in ("a", "b")))
    deliver()

    without_commits.delete(["a"])

    answer = find(without_commits, question("бюджет"))
    assert set(held_by(cluster())) == {"a", "b"}
    assert (keys(answer), answer.total, answer.facets["theme"]) == (["b"], 1, {"youth": 1})


def test_delivering_twice_changes_nothing(without_commits: ElasticEngine) -> None:
    write(without_commits, make_record(key="a", text="местен бюджет"))
    row = Delivery.objects.get()
    deliver()
    before = held_by(cluster())
    row.pk = None
    row.save()

    delivered = deliver()

    assert (delivered, held_by(cluster())) == (1, before)


def test_an_older_change_that_comes_late_changes_nothing(without_commits: ElasticEngine) -> None:
    write(without_commits, make_record(key="a", text="старият текст"))
    late = Delivery.objects.get()
    without_commits.delete(["a"])
    deliver()
    # As a process would, that had read the record before it was deleted.
    write(without_commits, make_record(key="a", text="старият текст"))
    Delivery.objects.update(version=late.version)

    deliver()

    assert held_by(cluster()) == {}
    assert not Delivery.objects.exists()


def test_what_the_cluster_refuses_waits_and_holds_up_nothing_else(
    without_commits: ElasticEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(without_commits, *(make_record(key=key, text="бюджет") for key in ("a", "b", "c")))
    make = documents_of

    def with_a_broken_one(wanted: Any) -> Any:
        return {key: {**found, "published": "never"} if key == "b" else found for key, found in make(wanted).items()}

    monkeypatch.setattr(delivering, "documents_of", with_a_broken_one)

    delivered = deliver()

    (refused,) = Delivery.objects.all()
    assert (delivered, set(held_by(cluster()))) == (2, {"a", "c"})
    assert (refused.key, refused.attempts) == ("b", 1)
    assert "400" in refused.error


def test_what_waited_through_an_absence_is_delivered_by_the_minutes_work(without_commits: ElasticEngine) -> None:
    write(without_commits, *(make_record(key=f"k{number:03}", text="бюджет") for number in range(120)))
    without_commits.delete(["k007"])
    assert held_by(cluster()) == {}

    keep()

    assert not Delivery.objects.exists()
    assert find(without_commits, question("бюджет")).total == 119


def test_a_long_pause_after_a_refusal_is_respected(without_commits: ElasticEngine) -> None:
    write(without_commits, make_record(key="a", text="бюджет"))
    Delivery.objects.get().put_off("400 no")

    assert deliver() == 0
    assert held_by(cluster()) == {}


def test_a_change_never_makes_an_index_of_its_own(without_commits: ElasticEngine, search_cluster: Cluster) -> None:
    (index,) = search_cluster.client.indices.get_alias(name=search_cluster.current)
    search_cluster.client.indices.update_aliases(
        actions=[{"remove": {"index": index, "alias": search_cluster.current}}]
    )
    write(without_commits, make_record(key="a", text="бюджет"))

    deliver()

    assert Delivery.objects.count() == 1
    with pytest.raises(NotFoundError):
        search_cluster.client.indices.get(index=search_cluster.current)


def test_what_differs_in_the_cluster_is_found_and_mended(elastic: ElasticEngine, search_cluster: Cluster) -> None:
    write(elastic, *(make_record(key=key, text="бюджет") for key in ("a", "b", "c")))
    client, index = search_cluster.client, search_cluster.current
    client.delete(index=index, id="b", version=ClusterState.next_version(), version_type="external")
    stray = {"key": "stray", "state": "old", "language": "bg", "names": [], "facets": []}
    client.index(index=index, id="stray", document=stray, refresh=True)

    keep()
    keep()

    assert set(held_by(search_cluster)) == {"a", "b", "c"}
    assert not Delivery.objects.exists()
    assert keys(find(elastic, question("бюджет"))) == ["a", "b", "c"]


def test_comparing_goes_on_where_it_stopped(
    elastic: ElasticEngine, search_cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.engines.elastic.filling.SLICE", 2)
    write(elastic, *(make_record(key=key, text="бюджет") for key in "abcde"))
    for key in "be":
        version = ClusterState.next_version()
        search_cluster.client.delete(index=search_cluster.current, id=key, version=version, version_type="external")

    for _ in range(4):
        keep()

    assert set(held_by(search_cluster)) == set("abcde")

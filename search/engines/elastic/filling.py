"""A new index filled from the tables behind the one that answers, and the comparison that finds what went astray."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from itertools import batched
from typing import Any

from django.utils import timezone
from elasticsearch import ApiError, NotFoundError, TransportError

from search.entries import VERSION
from search.models import ClusterState, Delivery, IndexedRecord

from .connection import Cluster, cluster
from .delivering import BATCH, PATIENCE, bulk, deliver
from .documents import MAPPINGS, SETTINGS, documents_of, state

logger = logging.getLogger(__name__)

TERM = timedelta(minutes=5)  # without a sign of life for so long, another may fill
MERGING = 120.0  # seconds that a filling waits for its segments to be merged; the cluster goes on by itself
SLICE = 10_000  # records that one comparison looks at


class FillingError(RuntimeError):
    """The new index did not take in a record."""


class AlreadyFillingError(RuntimeError):
    """Another process fills a new index at the moment."""


def is_due(target: Cluster) -> bool:
    """Return whether the cluster lacks the index, or has one of another version of the analysis."""
    return version_of(target) != VERSION


def version_of(target: Cluster) -> str | None:
    """Return the version of the analysis by which the index that answers was filled; None where there is none."""
    try:
        (mapping,) = target.client.indices.get_mapping(index=target.current).values()
    except NotFoundError:
        return None
    return str(mapping["mappings"].get("_meta", {}).get("version"))


def refill() -> int:
    """Fill a new index, have it answer in the place of the old one, and return how many records it holds.

    Nobody waits for it: the old index goes on answering and hears of every change until the very moment in which the
    new one takes its name. What changes during the filling is delivered to both, under a later version than the
    filling's own; so whichever comes first, the later state stays.
    """
    with _alone():
        target, version = cluster(), ClusterState.next_version()
        name = _create(target)
        count = 0
        for batch in batched(list(IndexedRecord.objects.order_by("pk").values_list("key", flat=True)), BATCH):
            count += _fill(target, batch, version)
            ClusterState.keep_filling(TERM)
        _finish(target, name)
        _switch(target, name)
        # What had changed before the filling began is in the new index.
        Delivery.objects.filter(version__lt=version).delete()
        deliver()
    logger.info("A new index answers", extra={"index": name, "records": count})
    return count


@contextmanager
def _alone() -> Iterator[None]:
    """Let nobody else fill meanwhile."""
    if not ClusterState.take_filling(TERM):
        raise AlreadyFillingError("A new index is being filled already; try again later.")
    try:
        yield
    finally:
        ClusterState.keep_filling(None)


def _create(target: Cluster) -> str:
    """Create an empty index beside the one that answers, in the place of one that was left unfinished."""
    for unfinished in (*_holders(target, target.next), *_strays(target)):
        target.client.indices.delete(index=unfinished)
    moment = timezone.now().strftime("%Y%m%d%H%M%S%f")
    name = f"{target.current}-{state(VERSION, '')[:8]}-{moment}"
    target.client.options(request_timeout=PATIENCE).indices.create(
        index=name,
        mappings={**MAPPINGS, "_meta": {"version": VERSION}},
        settings={"index": dict(SETTINGS)},
        aliases={target.next: {}},
    )
    return name


def _fill(target: Cluster, keys: tuple[str, ...], version: int) -> int:
    """Tell the new index of some records; return of how many."""
    documents = documents_of(keys)
    action = {"_op_type": "index", "_index": target.next, "_version": version, "_version_type": "external"}
    bodies = ({**action, "_id": key, "_source": document} for key, document in documents.items())
    for result in bulk(target, bodies, PATIENCE):
        if result["status"] >= 300 and result["status"] != 409:
            raise FillingError(f"{result['_id']}: {result.get('error')}")
    return len(documents)


def _finish(target: Cluster, name: str) -> None:
    """Make a full index ready to answer: all of it in one segment, which halves what a question takes."""
    ClusterState.keep_filling(TERM)
    patient = target.client.options(request_timeout=PATIENCE, max_retries=0)
    patient.indices.put_settings(index=name, settings={"refresh_interval": None})
    try:
        target.client.options(request_timeout=MERGING, max_retries=0).indices.forcemerge(index=name, max_num_segments=1)
    except (ApiError, TransportError) as error:
        logger.warning("A new index answers with its segments unmerged", extra={"error": str(error)[:500]})
    patient.indices.refresh(index=name)


def _switch(target: Cluster, name: str) -> None:
    """Have the new index answer from one moment to the next, and remove all that were there before it."""
    old = _holders(target, target.current)
    target.client.options(request_timeout=PATIENCE).indices.update_aliases(
        actions=[
            *({"remove_index": {"index": index}} for index in old),
            {"remove": {"index": name, "alias": target.next}},
            {"add": {"index": name, "alias": target.current}},
        ]
    )


def _holders(target: Cluster, *aliases: str) -> list[str]:
    """Return the indexes that bear one of the aliases."""
    found = target.client.indices.get_alias(name=f"{target.current}*")
    return sorted(name for name, index in found.items() if not index["aliases"].keys().isdisjoint(aliases))


def _strays(target: Cluster) -> list[str]:
    """Return the indexes that bear as their own a name that is to be an alias.

    A deletion that arrives when its alias has just gone has the cluster make one.
    """
    return sorted({target.current, target.next} & target.client.indices.get_alias(index=f"{target.current}*").keys())


def drop(target: Cluster) -> None:
    """Remove this site's indexes from the cluster."""
    for name in (*_holders(target, target.current, target.next), *_strays(target)):
        target.client.indices.delete(index=name)


def compare() -> int:
    """Compare some records with what the cluster holds of them, and have delivered again whatever differs.

    Nothing should; but a cluster may have been put back from a backup, or the hub may have been without it for a time.
    """
    target = cluster()
    progress, _ = ClusterState.objects.get_or_create(pk=ClusterState.ONLY)
    columns = ("key", "fingerprint", "analysis_version")
    here = {key: state(*rest) for key, *rest in IndexedRecord.objects.values_list(*columns) if key > progress.cursor}
    wanted = dict(sorted(here.items())[:SLICE])
    last = next(reversed(wanted), "") if len(here) > SLICE else ""
    there = _states(target, progress.cursor, last)
    differing = {key for key in wanted.keys() | there.keys() if wanted.get(key) != there.get(key)}
    differing -= set(Delivery.objects.values_list("key", flat=True))
    if differing:
        logger.warning("The cluster held other records than the database", extra={"records": len(differing)})
        Delivery.objects.note(sorted(differing))
    ClusterState.objects.filter(pk=ClusterState.ONLY).update(cursor=last)
    return len(differing)


def _states(target: Cluster, after: str, last: str) -> Mapping[str, str]:
    """Return the states of the documents in a stretch of the keys."""
    target.client.indices.refresh(index=target.current)
    bounds = {"gt": after, **({"lte": last} if last else {})}
    states: dict[str, str] = {}
    position: list[Any] | None = None
    while True:
        page = target.client.options(request_timeout=PATIENCE).search(
            index=target.current,
            query={"range": {"key": bounds}},
            sort=[{"key": {"order": "asc"}}],
            size=SLICE,
            search_after=position,
            docvalue_fields=[{"field": "state"}],
            source=False,
            track_total_hits=False,
        )["hits"]["hits"]
        states |= {hit["sort"][0]: hit["fields"]["state"][0] for hit in page}
        if len(page) < SLICE:
            return states
        position = page[-1]["sort"]

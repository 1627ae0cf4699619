"""What waits for the cluster, delivered: in bulk, each record as the tables hold it now, under its change's version.

The cluster refuses what is older than what it holds, so nothing has to be delivered exactly once or by one process
alone: whoever comes late changes nothing. While a new index is being filled, it is told everything as well.
"""

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from elasticsearch import helpers

from search.models import Delivery

from .connection import TROUBLES, Cluster, cluster, within
from .documents import documents_of

logger = logging.getLogger(__name__)

BATCH = 50  # records in one request, at most
BYTES = 10 * 1024 * 1024  # of one request, at most
PATIENCE = 60.0  # seconds for a batch in the background
AT_ONCE = 2.0  # seconds that an editor waits for the cluster


class NoIndexError(RuntimeError):
    """No index answers yet: there is nothing that could be told of a change."""


@dataclass(frozen=True, slots=True)
class _Action:
    """One record told to one index."""

    row: Delivery
    body: dict[str, Any]

    @property
    def is_deletion(self) -> bool:
        """Whether the record is to be forgotten."""
        return bool(self.body["_op_type"] == "delete")


def deliver(*, patience: float = PATIENCE) -> int:
    """Deliver what is due, the oldest change first, and return how many records the cluster acknowledged.

    Stops at the first trouble on the way to the cluster, after which all that is left waits on.
    """
    target, end, delivered = cluster(), time.monotonic() + patience, 0
    while (left := end - time.monotonic()) > 0 and (rows := list(Delivery.objects.due()[:BATCH])):
        try:
            done = _deliver(target, rows, left)
        except NoIndexError:
            logger.debug("Changes wait until an index is filled")
            break
        except TROUBLES as error:
            target.breaker.fail(error)
            logger.warning("Changes wait for Elasticsearch", extra={"error": str(error)[:500], "records": len(rows)})
            break
        target.breaker.succeed()
        delivered += done
    return delivered


def deliver_at_once() -> None:
    """Deliver what an editor has just changed, if the cluster answers; whatever happens, the worker tries again."""
    if cluster().breaker.is_closed:
        deliver(patience=AT_ONCE)


def _deliver(target: Cluster, rows: Sequence[Delivery], patience: float) -> int:
    """Deliver one batch; return how many records of it were acknowledged."""
    # Asked after the rows were read: an index that comes into being later is filled with what they stand for.
    indexes = within(patience, lambda: _indexes(target))
    if target.current not in indexes:
        raise NoIndexError(target.current)
    documents = documents_of([row.key for row in rows])
    actions = [_Action(row, _body(index, row, documents.get(row.key))) for row in rows for index in indexes]
    refused = dict(within(patience, lambda: list(_refused(target, actions, patience))))
    for row in rows:
        if row.key in refused:
            row.put_off(refused[row.key])
    delivered = [row for row in rows if row.key not in refused]
    Delivery.objects.finish(delivered)
    if refused:
        logger.error("Elasticsearch refuses records", extra={"refused": dict(list(refused.items())[:5])})
    return len(delivered)


def _indexes(target: Cluster) -> list[str]:
    """Return the names under which an index is to be told of changes now."""
    aliases = target.client.indices.get_alias(name=f"{target.current}*")
    names = {name for index in aliases.values() for name in index["aliases"]}
    return sorted(names & {target.current, target.next})


def _body(index: str, row: Delivery, document: dict[str, Any] | None) -> dict[str, Any]:
    """Return what the cluster is told of a record."""
    action = {"_index": index, "_id": row.key, "_version": row.version, "_version_type": "external"}
    if document is None:
        return {**action, "_op_type": "delete"}
    return {**action, "_op_type": "index", "_source": document}


def _refused(target: Cluster, actions: Sequence[_Action], patience: float) -> Iterator[tuple[str, str]]:
    """Tell the cluster, and yield the keys of the records that it refuses, with its reasons."""
    results = bulk(target, (action.body for action in actions), patience, refresh=True)
    for action, result in zip(actions, results, strict=True):
        status, error = result["status"], result.get("error")
        is_known = status == 409  # it holds this version already, or a later one
        is_gone = status == 404 and (action.is_deletion or action.body["_index"] == target.next)
        if status >= 300 and not is_known and not is_gone:
            yield action.row.key, f"{status} {error}"


def bulk(
    target: Cluster, bodies: Iterable[dict[str, Any]], patience: float, **options: Any
) -> Iterator[dict[str, Any]]:
    """Tell the cluster many things and yield its answer to each, in their order."""
    client = target.client.options(request_timeout=patience, max_retries=1)
    results = helpers.streaming_bulk(
        client,
        bodies,
        chunk_size=BATCH,
        max_chunk_bytes=BYTES,
        raise_on_error=False,
        require_alias=True,
        **options,
    )
    for _, result in results:
        yield next(iter(result.values()))

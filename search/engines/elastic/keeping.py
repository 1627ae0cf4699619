"""What keeps the cluster in step, each minute; and how it is, for readiness and for the editors' desk."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.utils import timezone

from search.models import Delivery

from . import filling
from .connection import TROUBLES, cluster, within
from .delivering import deliver

logger = logging.getLogger(__name__)

GLANCE = 0.5  # seconds that readiness waits for the cluster
USUAL_WAIT = timedelta(minutes=3)  # what waits longer is worth a word to who can help


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the cluster has still to be told."""

    count: int
    since: datetime | None
    refused: int

    @property
    def is_long(self) -> bool:
        """Whether something waits for longer than is usual."""
        return self.since is not None and timezone.now() - self.since > USUAL_WAIT


def waiting() -> Waiting:
    """Return how much waits for the cluster, since when, and how much of it was refused; one query."""
    found = Delivery.objects.aggregate(count=Count("pk"), since=Min("waiting_since"))
    return Waiting(found["count"], found["since"], Delivery.objects.exclude(error="").count() if found["count"] else 0)


def keep() -> None:
    """Deliver what waits, then fill a new index where one is due, else compare some records with the cluster's."""
    target = cluster()
    try:
        deliver()
        if filling.is_due(target):
            filling.refill()
        else:
            filling.compare()
    except filling.AlreadyFillingError:
        logger.info("A new index is being filled by another process")
    except TROUBLES as error:
        target.breaker.fail(error)
        logger.warning("Elasticsearch is away", extra={"error": str(error)[:500]})


def examine() -> str:
    """Return how the cluster is; never a failure, since the database answers in its place."""
    target, left = cluster(), waiting()
    try:
        count = within(GLANCE, lambda: target.client.options(max_retries=0).count(index=target.current)["count"])
        found = f"{count} records" if target.breaker.is_closed else f"{count} records, on trial"
    except TROUBLES as error:
        found = f"away, the database answers ({type(error).__name__})"
    if left.since is None:
        return found
    age = round((timezone.now() - left.since).total_seconds())
    return f"{found}; {left.count} wait, the oldest for {age} s, {left.refused} refused"

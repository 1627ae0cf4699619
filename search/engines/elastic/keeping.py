"""What keeps the cluster in step, each minute; and how it is, for readiness."""

import logging

from wagtail import hooks

from hub import health, ticking

from . import filling
from .connection import TROUBLES, cluster, within
from .delivering import deliver
from .desk import add_to_the_desk
from .waiting import Waiting

logger = logging.getLogger(__name__)

GLANCE = 0.5  # seconds that readiness waits for the cluster


def register() -> None:
    """Have the cluster looked after each minute, examined by readiness, and spoken of on the editors' desk."""
    health.register("elasticsearch", examine)
    ticking.register("search cluster", keep)
    hooks.register("construct_homepage_panels", add_to_the_desk)


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
    target = cluster()
    try:
        count = within(GLANCE, lambda: target.client.options(max_retries=0).count(index=target.current)["count"])
    except TROUBLES as error:
        return f"away, the database answers ({type(error).__name__}); {Waiting.now()}"
    return f"{count} records; {Waiting.now()}"

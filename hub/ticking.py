"""The work of each minute: named functions of the rooms, run one after the other by `manage.py tick`."""

import logging
from collections.abc import Callable

from django.core.management import call_command

logger = logging.getLogger(__name__)

Work = Callable[[], object]
_works: dict[str, Work] = {}


def register(name: str, work: Work) -> None:
    """Have a function called each minute; a second one of the same name takes the first one's place."""
    _works[name] = work


def unregister(name: str) -> None:
    """Have a function called no more."""
    _works.pop(name, None)


def tick() -> list[str]:
    """Do the work of this minute and return the names of what failed; a failure is logged and stops nothing else."""
    failed = []
    for name, work in list(_works.items()):
        try:
            work()
        except Exception:  # whatever one room's work raises, the others' is still to be done
            logger.exception("The minute's work failed", extra={"work": name})
            failed.append(name)
    return failed


def publish_scheduled() -> None:
    """Publish and withdraw the pages whose time has come."""
    call_command("publish_scheduled", verbosity=0)


register("scheduled publishing", publish_scheduled)

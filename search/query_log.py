"""The log of what is asked: queries of readers, gathered in memory and written in one go, with nothing about who asked.

A page of results thus waits for no write, and a busy minute costs one. What looks like somebody's data is not kept, nor
are words that hardly anybody else types: after a month they are gone.
"""

import atexit
import logging
import threading
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest
from django.utils import timezone

from hub.readers import is_reader
from search.models import AskedQuery, MissedNote
from search.models.log import LONGEST_QUERY, Asking
from search.personal_data import is_personal
from search.query import clean

logger = logging.getLogger(__name__)

MOST_GATHERED = 1_000  # queries in memory: more than a process is asked before they are written
RARE = 3  # times: what was asked less often in all is dropped after a while
KEEP_RARE = timedelta(days=30)
KEEP = timedelta(days=396)  # thirteen months: a month can be set beside the same one a year ago

_lock = threading.Lock()
_gathered: dict[Asking, tuple[int, int]] = {}
_timer: threading.Timer | None = None


def note(request: HttpRequest, text: str, language: str, results: int) -> None:
    """Remember that a reader asked this; first pages alone, as they were typed, are a query of their own."""
    asking = Asking(language, normalised(text), timezone.localdate())
    if set(request.GET) - {"q"} or len(asking.text) < 2 or is_personal(asking.text) or not is_reader(request):
        return
    with _lock:
        times, _ = _gathered.get(asking, (0, 0))
        if times or len(_gathered) < MOST_GATHERED:
            _gathered[asking] = (times + 1, results)
        _write_soon()


def normalised(text: str) -> str:
    """Return a query as it is counted: in lower case, with single spaces, cut."""
    return clean(text[: 4 * LONGEST_QUERY]).casefold()[:LONGEST_QUERY].strip()


def write() -> None:
    """Write what was gathered; where the database cannot take it, it is lost, and the log says so."""
    with _lock:
        counts = [(asking, times, results) for asking, (times, results) in _gathered.items()]
        _gathered.clear()
    if not counts:
        return
    try:
        AskedQuery.objects.add(counts)
    except DatabaseError:
        logger.exception("Queries were not counted", extra={"queries": len(counts)})


def forget() -> None:
    """Delete what is too old, and what is rare after a month; once a day is enough."""
    today = timezone.localdate()
    if not cache.add(f"search:forgotten:{today}", value=True, timeout=86_400):
        return
    rare = AskedQuery.objects.rare_before(today - KEEP_RARE, RARE)
    AskedQuery.objects.filter(pk__in=list(rare.values_list("pk", flat=True))).delete()
    for model in (AskedQuery, MissedNote):
        model._default_manager.filter(day__lt=today - KEEP).delete()


def _write_soon() -> None:
    """Have what is gathered written in a while, by a thread of its own, and at the end of the process."""
    global _timer  # noqa: PLW0603 - one for the process
    if _timer is None and settings.SEARCH_LOG_SECONDS:
        atexit.unregister(write)
        atexit.register(write)
        _timer = threading.Timer(settings.SEARCH_LOG_SECONDS, _write_now)
        _timer.daemon = True
        _timer.start()


def _write_now() -> None:
    """Write in the timer's thread, whose connection nobody else closes."""
    global _timer  # noqa: PLW0603 - one for the process
    with _lock:
        _timer = None
    try:
        write()
    finally:
        connection.close()

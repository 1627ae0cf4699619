"""The counting of readers: a number for each page and day, without cookies, addresses or anything else about who reads.

No view waits for the database. Each process keeps its views in memory and adds them to the table after an answer has
gone out, at most every `PAGE_VIEWS_KEPT_SECONDS`; any request does it, the probes of health too. So a process that is
killed loses what it counted in those seconds, and one that is stopped loses nothing.
"""

import atexit
import logging
import time
from collections import Counter
from datetime import date
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.signals import request_finished
from django.db import DatabaseError
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from hub.models import HubPage, PageViewCount
from hub.readers import is_reader

logger = logging.getLogger(__name__)


class ViewBuffer:
    """The views that this process has counted and not written yet; safe between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: Counter[tuple[int, date]] = Counter()
        self._since = time.monotonic()

    def add(self, page_id: int, day: date) -> None:
        """Count one view."""
        with self._lock:
            self._counts[page_id, day] += 1

    def take(self, *, older_than: float) -> Counter[tuple[int, date]]:
        """Return what has been kept for so many seconds and keep it no more; nothing where it is younger."""
        with self._lock:
            if not self._counts or time.monotonic() - self._since < older_than:
                return Counter()
            taken, self._counts = self._counts, Counter()
            self._since = time.monotonic()
            return taken

    def put_back(self, counts: Counter[tuple[int, date]]) -> None:
        """Keep on keeping what could not be written."""
        with self._lock:
            self._counts.update(counts)


buffer = ViewBuffer()


def count(request: HttpRequest, page: Any, response: HttpResponseBase) -> None:
    """Count a view of a page, if a reader gets it to read: no robot, no editor, no file and no error."""
    is_read = request.method == "GET" and response.status_code == 200
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    if is_read and is_html and isinstance(page, HubPage) and not page.alias_of_id and is_reader(request):
        buffer.add(page.pk, timezone.localdate())


def write(*, older_than: float = 0) -> None:
    """Add what was counted to the table; what the database cannot take now is kept for the next time."""
    counts = buffer.take(older_than=older_than)
    if not counts:
        return
    try:
        PageViewCount.objects.add(counts)
    except DatabaseError:
        buffer.put_back(counts)
        logger.exception("Views were not written", extra={"views": counts.total()})


@receiver(request_finished)
def write_now_and_then(**_: Any) -> None:
    """Write after an answer has gone out, when the time has come."""
    write(older_than=settings.PAGE_VIEWS_KEPT_SECONDS)


atexit.register(write)

"""The counting of downloads: which requests are one, and that it is written down; nothing is kept about the reader."""

import logging
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from files.models import DownloadCount, Version
from files.serving import UnsatisfiableRangeError, parse_range

logger = logging.getLogger(__name__)

_ROBOTS = Path(__file__).parent.parent / "data" / "robots.txt"
_CARRIES_A_FILE = frozenset({200, 206})


def is_download(request: HttpRequest, response: HttpResponseBase, version: Version) -> bool:
    """Return whether a reader begins to receive a file: no robot, no editor, no question about it, no later part."""
    return (
        request.method == "GET"
        and response.status_code in _CARRIES_A_FILE
        and is_reader(request)
        and _starts_at_the_beginning(request.headers.get("Range", ""), version.blob.size)
    )


def is_reader(request: HttpRequest) -> bool:
    """Return whether a person asks who reads: no robot, no browser that fetches ahead, nobody who is signed in.

    The session itself is not looked at: that would make the answer differ by cookie for every cache on its way.
    """
    headers = request.headers
    fetches_ahead = "prefetch" in headers.get("Sec-Purpose", headers.get("Purpose", ""))
    return not (
        fetches_ahead or settings.SESSION_COOKIE_NAME in request.COOKIES or is_robot(headers.get("User-Agent", ""))
    )


def is_robot(user_agent: str) -> bool:
    """Return whether a program names itself as one that is known to be no reader's, or not at all."""
    return _robots().search(user_agent.strip()) is not None


def count(versions: Iterable[Version], *, kind: Literal["single", "bundled"] = "single") -> None:
    """Count a download of each of these versions today; a database that cannot take it costs no reader the file."""
    numbers = [version.pk for version in versions]
    try:
        DownloadCount.objects.add_one(numbers, timezone.localdate(), kind=kind)
    except DatabaseError:
        logger.exception("Downloads were not counted", extra={"versions": numbers})


def _starts_at_the_beginning(header: str, size: int) -> bool:
    """Return whether a request asks for the whole file or for a part that begins with its first byte."""
    try:
        part = parse_range(header, size)
    except UnsatisfiableRangeError:
        return False
    return part is None or part[0] == 0


@cache
def _robots() -> re.Pattern[str]:
    """Return one expression for all known robots."""
    lines = _ROBOTS.read_text(encoding="utf-8").splitlines()
    return re.compile("|".join(line for line in lines if line and not line.startswith("#")), re.IGNORECASE)

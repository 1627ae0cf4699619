"""The counting of downloads: which requests are one, and that it is written down; nothing is kept about the reader."""

import logging
from collections.abc import Iterable
from typing import Literal

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from files.models import DownloadCount, Version
from files.serving import UnsatisfiableRangeError, parse_range
from hub.readers import is_reader

logger = logging.getLogger(__name__)

_CARRIES_A_FILE = frozenset({200, 206, 302})  # 302: the storage sends it


def is_download(request: HttpRequest, response: HttpResponseBase, version: Version) -> bool:
    """Return whether a reader begins to receive a file: no robot, no editor, no question about it, no later part."""
    return (
        request.method == "GET"
        and response.status_code in _CARRIES_A_FILE
        and is_reader(request)
        and _starts_at_the_beginning(request.headers.get("Range", ""), version.blob.size)
    )


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

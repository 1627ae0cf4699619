"""The virus scanner, where a site has one: clamd, asked over its socket; without its word nothing is taken in."""

import logging
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO
from urllib.parse import urlsplit

from django.conf import settings

from files.extraction import ExtractionError

logger = logging.getLogger(__name__)

_CHUNK = 2**16
_SECONDS = 60
_CLEAN = "stream: OK"
_FOUND = " FOUND"


class InfectedFileError(ExtractionError):
    """The scanner knows the content as harmful; details: `found`."""

    code = "infected"


class NotScannedError(ExtractionError):
    """The scanner did not answer, or could not look at the content."""

    code = "not_scanned"


def scan(content: BinaryIO) -> None:
    """Return where the scanner finds nothing, or none is configured; raise a named error for anything else."""
    if not settings.FILES_CLAMD:
        return
    content.seek(0)
    try:
        with _connected(settings.FILES_CLAMD) as clamd:
            clamd.sendall(b"zINSTREAM\0")
            while chunk := content.read(_CHUNK):
                clamd.sendall(struct.pack("!L", len(chunk)) + chunk)
            clamd.sendall(struct.pack("!L", 0))
            answer = _answer(clamd)
    except OSError as error:
        logger.exception("The virus scanner cannot be asked")
        raise NotScannedError(str(error)) from error
    finally:
        content.seek(0)
    if answer.endswith(_FOUND):
        raise InfectedFileError(answer, found=answer.removeprefix("stream: ").removesuffix(_FOUND))
    if answer != _CLEAN:
        logger.error("The virus scanner did not look at a file", extra={"answer": answer})
        raise NotScannedError(answer)


@contextmanager
def _connected(address: str) -> Iterator[socket.socket]:
    """Give a connection to `unix:/path` or `tcp://host:port`."""
    parts = urlsplit(address)
    if parts.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        target: str | tuple[str, int] = parts.path
    else:
        connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        target = (parts.hostname or "127.0.0.1", parts.port or 3310)
    with connection:
        connection.settimeout(_SECONDS)
        connection.connect(target)
        yield connection


def _answer(clamd: socket.socket) -> str:
    """Return the scanner's answer, which ends with a zero."""
    received = b""
    while not received.endswith(b"\0") and (chunk := clamd.recv(_CHUNK)):
        received += chunk
    return received.rstrip(b"\0").decode(errors="replace")

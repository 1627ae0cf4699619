"""Reading in a process of its own, within limits of time and memory: a hostile file ends that process, nothing else."""

import base64
import json
import math
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Final

from .document import ExtractedPage, Extraction, OpenedDocument
from .errors import BY_CODE, ExtractionCrashedError, ExtractionError, ExtractionLimitError
from .inspection import DEFAULT_MAX_BYTES, Inspection
from .pictures import PagePictures
from .recognition import SECONDS_A_PAGE, RecognisedText
from .worker import EXTRACT, INSPECT, PICTURE, RECOGNISE

DEFAULT_SECONDS: Final = 180.0
DEFAULT_MEMORY_BYTES: Final = 1536 * 2**20
SECONDS_TO_RENDER: Final = 20

_ROOT: Final = Path(__file__).resolve().parents[2]
_LAST_WORDS: Final = 2000

type Message = dict[str, Any]


@contextmanager
def opened_in_subprocess(
    path: Path, media_type: str, *, seconds: float = DEFAULT_SECONDS, memory_bytes: int = DEFAULT_MEMORY_BYTES
) -> Iterator[OpenedDocument]:
    """Give the document while another process reads it; its parts come as they are read, and errors among them."""
    with _messages([EXTRACT, str(path.resolve()), media_type], seconds, memory_bytes) as messages:
        head = next(messages)["head"]
        yield OpenedDocument(**head, pages=(_page(**message["page"]) for message in messages))


def _page(rows: list[list[str]], **values: Any) -> ExtractedPage:
    """Return a part of which the rows came as JSON has them."""
    return ExtractedPage(**values, rows=tuple(map(tuple, rows)))


def extract_in_subprocess(
    path: Path, media_type: str, *, seconds: float = DEFAULT_SECONDS, memory_bytes: int = DEFAULT_MEMORY_BYTES
) -> Extraction:
    """Return all text of a file; raise ExtractionLimitError when reading it takes more than it may."""
    with opened_in_subprocess(path, media_type, seconds=seconds, memory_bytes=memory_bytes) as document:
        return Extraction(
            media_type=document.media_type,
            page_count=document.page_count,
            title=document.title,
            pages=tuple(document.pages),
        )


def inspect_in_subprocess(
    path: Path,
    name: str,
    *,
    max_bytes: int = DEFAULT_MAX_BYTES,
    seconds: float = DEFAULT_SECONDS,
    memory_bytes: int = DEFAULT_MEMORY_BYTES,
) -> Inspection:
    """Return what the file is; raise the same errors as `inspect`, or ExtractionLimitError."""
    order = [INSPECT, str(path.resolve()), name.replace("\0", ""), str(max_bytes)]
    with _messages(order, seconds, memory_bytes) as messages:
        inspection = Inspection(**next(messages)["inspection"])
        for message in messages:
            raise ExtractionCrashedError(f"unexpected {list(message)}")
        return inspection


@contextmanager
def recognised_in_subprocess(
    path: Path, numbers: Sequence[int], tesseract: str, *, memory_bytes: int = DEFAULT_MEMORY_BYTES
) -> Iterator[Iterator[RecognisedText]]:
    """Give what is read on these pages of a PDF by the recogniser, page by page."""
    order = [RECOGNISE, str(path.resolve()), _joined(numbers), tesseract]
    seconds = (SECONDS_A_PAGE + SECONDS_TO_RENDER) * len(numbers)
    with _messages(order, seconds, memory_bytes) as messages:
        yield (RecognisedText(**message["recognised"]) for message in messages)


@contextmanager
def pictured_in_subprocess(
    path: Path, numbers: Sequence[int], *, memory_bytes: int = DEFAULT_MEMORY_BYTES
) -> Iterator[Iterator[PagePictures]]:
    """Give the pictures of these pages of a PDF, page by page."""
    order = [PICTURE, str(path.resolve()), _joined(numbers)]
    with _messages(order, SECONDS_TO_RENDER * len(numbers), memory_bytes) as messages:
        yield (_pictures(**message["pictures"]) for message in messages)


def _joined(numbers: Sequence[int]) -> str:
    """Return numbers as one argument."""
    return ",".join(map(str, numbers))


def _pictures(reading: str, small: str, **values: int) -> PagePictures:
    """Return the pictures of a page that came as JSON has them."""
    return PagePictures(**values, reading=base64.b64decode(reading), small=base64.b64decode(small))


@contextmanager
def _messages(order: list[str], seconds: float, memory_bytes: int) -> Iterator[Iterator[Message]]:
    """Give the messages of a reading process, which is gone when the block ends, however it ends."""
    limits = [str(math.ceil(seconds)), str(memory_bytes)]
    with tempfile.TemporaryFile() as stderr:
        process = subprocess.Popen(  # noqa: S603 -- our own interpreter and module; the path is an argument, no shell
            [sys.executable, "-m", "files.extraction", *limits, *order],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
            cwd=_ROOT,
            env=_environment(),
            start_new_session=True,  # with whatever it starts, it can be ended as one
        )
        is_late = threading.Event()

        def expire() -> None:
            is_late.set()
            _end(process)

        timer = threading.Timer(seconds, expire)
        timer.start()
        try:
            yield _read(process, is_late, stderr, {"seconds": math.ceil(seconds), "memory_bytes": memory_bytes})
        finally:
            timer.cancel()
            _end(process)
            process.wait()
            if process.stdout:
                process.stdout.close()


def _environment() -> dict[str, str]:
    """Return the environment of a reading process: none of the site's secrets, and one thread for the recogniser."""
    own = {"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", "OMP_THREAD_LIMIT": "1"}
    return own | {name: os.environ[name] for name in ("TESSDATA_PREFIX",) if name in os.environ}


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it has started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _read(
    process: subprocess.Popen[bytes], is_late: threading.Event, stderr: IO[bytes], limits: dict[str, int]
) -> Iterator[Message]:
    """Yield the messages up to the one that says the end; raise a named error where that one does not come."""
    for line in process.stdout or ():
        if not line.endswith(b"\n"):  # cut off in the middle of a message
            break
        message: Message = json.loads(line)
        if "end" in message:
            return
        if "error" in message:
            raise _named_error(message["error"], limits)
        yield message
    status = process.wait()
    if status < 0:
        ended_by = "time" if is_late.is_set() else signal.Signals(-status).name
        raise ExtractionLimitError(f"ended by {ended_by}", **limits, ended_by=ended_by)
    stderr.seek(0)
    raise ExtractionCrashedError(stderr.read().decode(errors="replace")[-_LAST_WORDS:])


def _named_error(error: Message, limits: dict[str, int]) -> ExtractionError:
    """Return the error that the process has named; one about limits is told which they were."""
    named = BY_CODE[error["code"]]
    details = {**limits, **error["details"]} if named is ExtractionLimitError else error["details"]
    return named(error["message"], **details)

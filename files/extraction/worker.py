"""The inner side of a reading in a process of its own: it binds itself, then writes JSON, an object a line."""

import base64
import json
import os
import resource
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, TextIO

from .errors import ExtractionError, ExtractionLimitError
from .inspection import inspect
from .pictures import pictures
from .reading import opened
from .recognition import recognised

EXTRACT: Final = "extract"
INSPECT: Final = "inspect"
PICTURE: Final = "picture"
RECOGNISE: Final = "recognise"
_NICENESS: Final = 15
_MOST_WRITTEN: Final = 2**20  # for what a library may print or store on its own


def main(arguments: Sequence[str]) -> int:
    """Return the exit status of the process; `arguments` are seconds, bytes of memory and the order to `work`."""
    seconds, memory_bytes, *order = arguments
    # What a library prints must not get among the results: they leave by a descriptor that no library knows.
    results = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    limit_resources(int(seconds), int(memory_bytes))
    if order[0] != INSPECT:  # an editor waits for an inspection, and for nothing else
        os.nice(_NICENESS)
    with open(results, "w", encoding="utf-8", errors="backslashreplace") as out:  # noqa: PTH123 -- a descriptor
        work(order, out)
    return 0


def limit_resources(seconds: int, memory_bytes: int) -> None:
    """Bind this process for the rest of its life; the system ends it where a library does not heed a refusal."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_MOST_WRITTEN, _MOST_WRITTEN))
    if sys.platform == "linux":  # elsewhere the limit is refused or without effect
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


def work(order: Sequence[str], out: TextIO) -> None:
    """Carry out an order.

    One of `extract PATH MEDIA_TYPE`, `inspect PATH NAME MAX_BYTES`, `picture PATH NUMBERS` and
    `recognise PATH NUMBERS TESSERACT`, with numbers of pages between commas.
    """
    try:
        match order:
            case [verb, path, media_type] if verb == EXTRACT:
                _extract(Path(path), media_type, out)
            case [verb, path, numbers] if verb == PICTURE:
                _picture(Path(path), _numbers(numbers), out)
            case [verb, path, numbers, tesseract] if verb == RECOGNISE:
                _recognise(Path(path), _numbers(numbers), tesseract, out)
            case [verb, path, name, max_bytes] if verb == INSPECT:
                _inspect(Path(path), name, int(max_bytes), out)
    except ExtractionError as error:
        _write(out, error={"code": error.code, "message": str(error), "details": error.details})
    except MemoryError:
        code = ExtractionLimitError.code
        _write(out, error={"code": code, "message": "out of memory", "details": {"ended_by": "memory"}})
    else:
        _write(out, end=True)


def _extract(path: Path, media_type: str, out: TextIO) -> None:
    """Write what is known of the document, then each of its parts as it is read."""
    with opened(path, media_type) as document:
        head = {"media_type": document.media_type, "page_count": document.page_count, "title": document.title}
        _write(out, head=head)
        for page in document.pages:
            _write(out, page=asdict(page))


def _inspect(path: Path, name: str, max_bytes: int, out: TextIO) -> None:
    """Write the outcome of an inspection."""
    with path.open("rb") as stream:
        _write(out, inspection=asdict(inspect(stream, name, max_bytes=max_bytes)))


def _picture(path: Path, numbers: list[int], out: TextIO) -> None:
    """Write the pictures of pages, each page as it is done."""
    for made in pictures(path, numbers):
        encoded = {size: base64.b64encode(getattr(made, size)).decode("ascii") for size in ("reading", "small")}
        _write(out, pictures={"number": made.number, "width": made.width, "height": made.height, **encoded})
        out.flush()


def _recognise(path: Path, numbers: list[int], tesseract: str, out: TextIO) -> None:
    """Write what is read on pages, each page as it is done."""
    for read in recognised(path, numbers, tesseract):
        _write(out, recognised=asdict(read))
        out.flush()


def _numbers(joined: str) -> list[int]:
    """Return the numbers of an argument."""
    return [int(number) for number in joined.split(",")]


def _write(out: TextIO, **message: Any) -> None:
    """Write a message on a line of its own."""
    out.write(json.dumps(message, ensure_ascii=False))
    out.write("\n")

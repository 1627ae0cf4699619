"""The examination of an upload in a process of its own: a hostile file ends that process and never the server's."""

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile

from files.extraction import inspect_in_subprocess, opened_in_subprocess
from files.extraction.inspection import Inspection
from files.guessing import PARTS, language_of, title_of
from files.scanning import scan

# An editor waits for this; what takes longer is refused with the reason.
SECONDS = 60


@dataclass(frozen=True, slots=True)
class Examined:
    """What an upload is, and what was guessed of it."""

    inspection: Inspection
    language: str
    title: str


def examine(upload: UploadedFile[bytes]) -> Examined:
    """Return what an upload is, its likely language and title; raise a named error for one that must not be kept."""
    name = upload.name or ""
    with _on_disk(upload) as path:
        inspection = inspect_in_subprocess(path, name, max_bytes=settings.FILES_MAX_SIZE, seconds=SECONDS)
        with path.open("rb") as content:
            scan(content)
        with opened_in_subprocess(path, inspection.media_type, seconds=SECONDS) as text:
            parts = list(itertools.islice(text.pages, PARTS))
    return Examined(inspection, language_of(parts, Path(name).stem), title_of(parts, inspection.title))


@contextmanager
def _on_disk(upload: UploadedFile[bytes]) -> Iterator[Path]:
    """Give the place of the upload on the disk; a small one, which is in memory, is written there for the while."""
    if isinstance(upload, TemporaryUploadedFile):
        yield Path(upload.temporary_file_path())
        return
    with tempfile.NamedTemporaryFile() as copy:
        upload.seek(0)
        shutil.copyfileobj(upload, copy)
        copy.flush()
        upload.seek(0)
        yield Path(copy.name)

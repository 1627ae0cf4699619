"""The reading of a version's text: killed at any moment, it can begin again, and its outcome is always written down."""

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from files.extraction import EXTRACTOR_VERSION, ExtractedPage, Extraction, ExtractionError, extract_in_subprocess
from files.models import ExtractionState, RecognisedPage, Version, VersionPage
from files.refusals import MISSING, UNEXPECTED
from files.storage import BlobStorage
from hub import searchable

logger = logging.getLogger(__name__)

_BATCH = 500


def read_text(version: Version) -> str:
    """Read a version's text unless today's reader has done so; return the state in which that leaves it."""
    if version.is_read and version.extractor_version == EXTRACTOR_VERSION:
        return str(version.extraction_state)
    _set_state(version, ExtractionState.EXTRACTING)
    try:
        with on_disk(version) as path:
            extraction = extract_in_subprocess(path, version.media_type)
    except ExtractionError as error:
        _fail(version, error.code, str(error))
    except FileNotFoundError as error:
        _fail(version, MISSING, str(error))
    except Exception as error:
        _fail(version, UNEXPECTED, f"{type(error).__name__}: {error}")
        raise
    else:
        _keep(version, extraction)
    return str(version.extraction_state)


@contextmanager
def on_disk(version: Version) -> Iterator[Path]:
    """Give the place of the content on the disk, a copy where the storage is elsewhere."""
    storage = BlobStorage()
    try:
        place = Path(storage.path(version.blob.name))
    except NotImplementedError:
        with tempfile.NamedTemporaryFile(suffix=f".{version.extension}") as copy, version.blob.open() as content:
            shutil.copyfileobj(content, copy)
            copy.flush()
            yield Path(copy.name)
    else:
        if not place.exists():
            raise FileNotFoundError(version.blob.sha256)
        yield place


def _keep(version: Version, extraction: Extraction) -> None:
    """Write all pages at once, in place of an earlier reading's, with the work on them; announce the document."""
    from files.working import plan  # noqa: PLC0415 - the work uses what is here

    recognised = {page.number: page for page in RecognisedPage.objects.filter(blob=version.blob_id, failure="")}
    pages = [_page(version, page, recognised.get(page.number)) for page in extraction.pages]
    state = ExtractionState.TEXT if any(page.text for page in pages) else ExtractionState.NO_TEXT
    with transaction.atomic():
        version.pages.all().delete()
        VersionPage.objects.bulk_create(pages, batch_size=_BATCH)
        version.extracted_at, version.extractor_version = timezone.now(), extraction.extractor_version
        _set_state(version, state)
        plan(version)
    announce(version)


def _page(version: Version, page: ExtractedPage, recognised: RecognisedPage | None) -> VersionPage:
    """Return a page of a version; one without a text layer has what was recognised on it before."""
    own = VersionPage(version=version, number=page.number, label=page.label[:200], anchor=page.anchor[:200])
    own.text, own.rows = page.text, page.rows
    if not page.text and recognised:
        own.text, own.confidence = recognised.text, recognised.confidence
    return own


def _fail(version: Version, reason: str, detail: str) -> None:
    """Write why the reading failed; what an earlier reading left stays."""
    logger.warning("A text could not be read", extra={"version": version.pk, "reason": reason, "detail": detail})
    _set_state(version, ExtractionState.FAILED, reason, detail)
    announce(version)


def _set_state(version: Version, state: ExtractionState, reason: str = "", detail: str = "") -> None:
    """Write the state of the reading."""
    version.extraction_state, version.extraction_reason, version.extraction_detail = state, reason, detail
    version.save(
        update_fields=[
            "extraction_state",
            "extraction_reason",
            "extraction_detail",
            "extracted_at",
            "extractor_version",
        ]
    )


def announce(version: Version) -> None:
    """Have the document found anew."""
    searchable.changed.send(Version, keys=[f"document:{version.document_id}"])

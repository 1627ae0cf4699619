"""The work on a version's pages: in slices, each page kept as soon as it is done."""

import logging
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from files.extracting import announce, on_disk
from files.extraction import (
    PICTURES_VERSION,
    RECOGNISER_VERSION,
    ExtractionError,
    PagePictures,
    RecognisedText,
    RecogniserMissingError,
    find_tesseract,
    pictured_in_subprocess,
    recognised_in_subprocess,
)
from files.extraction.media_types import PDF
from files.letterforms import mended
from files.models import ExtractionState, PagePicture, RecognisedPage, Version, VersionPage, Work
from files.refusals import MISSING, PARTLY, UNEXPECTED

logger = logging.getLogger(__name__)

# Pages in one go: about as many seconds as another task may be kept waiting.
SLICES = {Work.Kind.PICTURES: 60, Work.Kind.RECOGNITION: 4}


def plan(version: Version) -> None:
    """Ask for the work that a version's pages need, now that its text was read."""
    if version.media_type != PDF:
        return
    for kind in Work.Kind:
        if missing := missing_pages(version, kind):
            total = len(missing) + _results(version, kind).count()
            work, _ = Work.objects.update_or_create(
                version=version, kind=kind, defaults={"state": Work.State.WAITING, "total": total}
            )
            work.ask()


def missing_pages(version: Version, kind: str) -> list[int]:
    """Return the numbers of the pages that are still to be worked on."""
    pages = version.pages.order_by("number").exclude(number__in=_results(version, kind).values("number"))
    if kind == Work.Kind.PICTURES:
        pages = pages.filter(number__lte=settings.FILES_MAX_PICTURES)
    else:
        pages = pages.filter(pk__in=without_text_layer(version))
    return list(pages.values_list("number", flat=True))


def without_text_layer(version: Version) -> Any:
    """Return the pages whose text does not come from the file."""
    return version.pages.filter(Q(text="") | Q(confidence__isnull=False))


def retry(work: Work) -> None:
    """Ask again for what failed: only the pages that could not be done are done anew."""
    _results(work.version, work.kind).exclude(failure="").delete()
    work.ask()


def go_on(work: Work) -> str:
    """Do the next slice and ask for the one after it; return the state in which that leaves the work."""
    version = work.version
    missing = missing_pages(version, work.kind)
    work.done, work.state = max(work.total - len(missing), 0), Work.State.RUNNING
    work.save()
    try:
        if missing:
            _do(work, missing[: SLICES[Work.Kind(work.kind)]])
    except RecogniserMissingError as error:
        work.end(Work.State.UNAVAILABLE, error.code, str(error))
    except FileNotFoundError as error:
        work.end(Work.State.FAILED, MISSING, str(error))
    except Exception as error:
        work.end(Work.State.FAILED, UNEXPECTED, f"{type(error).__name__}: {error}")
        raise
    else:
        _close_or_ask(work)
    return str(work.state)


def _do(work: Work, numbers: list[int]) -> None:
    """Do some pages; where the process ends over a page, that page has failed and the others come in the next slice."""
    is_drawing = work.kind == Work.Kind.PICTURES
    left = list(numbers)
    keep: Callable[[Version, Any], None] = _keep_pictures if is_drawing else _keep_words
    tesseract = "" if is_drawing else find_tesseract()
    with on_disk(work.version) as path:
        try:
            with _opened(path, left, tesseract) as results:
                for result in results:
                    keep(work.version, result)
                    left.remove(result.number)
        except ExtractionError as error:
            logger.warning("A page could not be done", extra={"work": str(work), "page": left[0], "reason": error.code})
            _keep_failure(work, left[0], error.code)


def _opened(path: Path, numbers: Collection[int], tesseract: str) -> Any:
    """Return the process that draws the pages or, with the recogniser's path, reads them."""
    pages = list(numbers)
    return recognised_in_subprocess(path, pages, tesseract) if tesseract else pictured_in_subprocess(path, pages)


def _keep_pictures(version: Version, made: PagePictures) -> None:
    """Store the pictures of a page, and then say that they are there."""
    picture = PagePicture(blob=version.blob, number=made.number)
    for size in PagePicture.SIZES:
        picture.put(size, getattr(made, size))
    values = {"width": made.width, "height": made.height, "made_by": PICTURES_VERSION, "failure": ""}
    PagePicture.objects.update_or_create(blob=version.blob, number=made.number, defaults=values)


def _keep_words(version: Version, read: RecognisedText) -> None:
    """Keep what was read on a page, for every version with this content."""
    text = mended(read.text)
    values = {
        "text": text, "confidence": read.confidence, "made_by": RECOGNISER_VERSION, "failure": read.failure,
    }  # fmt: skip
    with transaction.atomic():
        RecognisedPage.objects.update_or_create(blob=version.blob, number=read.number, defaults=values)
        if not read.failure:
            pages = VersionPage.objects.filter(version__blob=version.blob, number=read.number)
            pages.filter(confidence=None, text="").update(text=text, confidence=read.confidence)
            pages.exclude(confidence=None).update(text=text, confidence=read.confidence)


def _keep_failure(work: Work, number: int, code: str) -> None:
    """Keep that a page could not be done, so that the work goes on behind it."""
    if work.kind == Work.Kind.PICTURES:
        values: dict[str, Any] = {"width": 0, "height": 0, "made_by": PICTURES_VERSION, "failure": code}
        PagePicture.objects.update_or_create(blob=work.version.blob, number=number, defaults=values)
    else:
        _keep_words(work.version, RecognisedText(number, "", 0, failure=code))


def _close_or_ask(work: Work) -> None:
    """Ask for the next slice, or write how the work ended and have the document found with its new text."""
    missing = missing_pages(work.version, work.kind)
    work.done = max(work.total - len(missing), 0)
    if missing:
        work.ask()
        return
    failed = _failed(work)
    if failed:
        work.end(Work.State.FAILED, PARTLY, ", ".join(map(str, failed)))
    else:
        work.end(Work.State.DONE)
    if work.kind == Work.Kind.RECOGNITION:
        _have_found(work.version)


def _failed(work: Work) -> list[int]:
    """Return the numbers of the pages that could not be done."""
    pages = _results(work.version, work.kind).exclude(failure="")
    return list(pages.order_by("number").values_list("number", flat=True))


def _have_found(version: Version) -> None:
    """Say that the version has text now, and have its document found by it."""
    if version.extraction_state == ExtractionState.NO_TEXT and version.pages.exclude(text="").exists():
        version.extraction_state = ExtractionState.TEXT
        version.save(update_fields=["extraction_state"])
    announce(version)


def _results(version: Version, kind: str) -> QuerySet[Any]:
    """Return what was made of the pages of a version's content by programs of today."""
    if kind == Work.Kind.PICTURES:
        return PagePicture.objects.filter(blob=version.blob_id, made_by=PICTURES_VERSION)
    return RecognisedPage.objects.filter(blob=version.blob_id, made_by=RECOGNISER_VERSION)

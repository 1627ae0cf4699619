"""What editors and the worker do, in processes that are killed at a chosen moment; tells, as JSON, what is left of it.

Run as a program on a database of its own (HUB_TEST_DATABASE): each deed dies in a process that is forked from here.
"""

import json
import os
import signal
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

AT_ONCE = timedelta(seconds=-5)


def main() -> None:
    """Do every deed of every moment on a file of its own and write down what was left of each."""
    django.setup()
    os.write(1, json.dumps({name: aftermath(*moment) for name, moment in moments().items()}).encode())


def moments() -> dict[str, tuple[str, Any, str, bool]]:
    """Return the moments: the deed, and the call before which, or after which, its process is killed."""
    from pathlib import Path  # noqa: PLC0415 - like all others here, after Django was set up

    from django.core.files.storage import FileSystemStorage  # noqa: PLC0415
    from django.db.models.sql import DeleteQuery  # noqa: PLC0415
    from django_tasks_db import DatabaseBackend  # noqa: PLC0415

    from files import extracting, working  # noqa: PLC0415
    from files.models import Document, VersionPage  # noqa: PLC0415

    pages = VersionPage.objects.none().__class__
    return {
        "upload: the content is half there": ("upload", Path, "replace", False),
        "upload: the content is there": ("upload", Document, "_add_version", False),
        "upload: the version is written": ("upload", Document, "_add_version", True),
        "upload: the worker was not asked": ("upload", DatabaseBackend, "enqueue", False),
        "replacement: the content is half there": ("replacement", Path, "replace", False),
        "replacement: the content is there": ("replacement", Document, "_add_version", False),
        "replacement: the version is written": ("replacement", Document, "_add_version", True),
        "replacement: the worker was not asked": ("replacement", DatabaseBackend, "enqueue", False),
        "extraction: nothing is written": ("extraction", extracting, "_keep", False),
        "extraction: the pages are written": ("extraction", pages, "bulk_create", True),
        "extraction: the work is planned": ("extraction", working, "plan", True),
        "extraction: nobody was told": ("extraction", extracting, "announce", False),
        "deletion: half the rows are gone": ("deletion", DeleteQuery, "delete_batch", True),
        "deletion: the rows are gone": ("deletion", Document, "delete", True),
        "clearing: the content is still there": ("clearing", FileSystemStorage, "delete", False),
        "clearing: the content is gone": ("clearing", FileSystemStorage, "delete", True),
    }


def aftermath(deed: str, owner: Any, method: str, is_after: bool) -> dict[str, Any]:  # noqa: FBT001 - a table's column
    """Return what is left of a deed whose process was killed: at once, and after the minute's work."""
    from tests.factories.files import make_document, version_of  # noqa: PLC0415

    document = None if deed == "upload" else make_document(title=deed, is_public=True)
    before = version_of(document).number if document else 0
    if document and deed == "clearing":
        document.delete()
    was_killed = dies(lambda: act(deed, document), owner, method, is_after=is_after)
    return {"was_killed": was_killed, "at_once": state(before), **recovered(before)}


def act(deed: str, document: Any) -> None:
    """Do it."""
    from files.extracting import read_text  # noqa: PLC0415
    from files.orphans import remove_orphans  # noqa: PLC0415
    from tests.factories.files import make_document, replace, version_of  # noqa: PLC0415

    match deed:
        case "upload":
            make_document(title="upload", is_public=True)
        case "replacement":
            replace(document)
        case "extraction":
            read_text(version_of(document))
        case "deletion":
            document.delete()
        case "clearing":
            remove_orphans(older_than=AT_ONCE)


def dies(work: Callable[[], None], owner: Any, method: str, *, is_after: bool) -> bool:
    """Do some work in a process that kills itself when it comes to a call; return whether it came to it."""
    from django.db import connections  # noqa: PLC0415

    connections.close_all()
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    original = getattr(owner, method)

    def trap(*args: Any, **kwargs: Any) -> None:
        if is_after:
            original(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, method, trap)
    try:
        work()
    finally:
        os._exit(1)


def state(before: int) -> dict[str, Any]:
    """Return the versions there are, whether each is whole, and whether the one that counts is read or will be."""
    from files.models import Document, Version, VersionPage  # noqa: PLC0415

    versions = Version.objects.select_related("blob", "document")
    return {
        "before": before,
        "versions": sorted(version.number for version in versions),
        "is_whole": all(is_whole(version.blob) for version in versions),
        "documents_point_well": all(
            (current := own.current) and own.file.name == current.blob.name for own in Document.objects.all()
        ),
        "half_read": VersionPage.objects.exclude(version__extraction_state__in=["text", "no_text"]).count(),
        "states": sorted({version.extraction_state for version in versions}),
    }


def is_whole(blob: Any) -> bool:
    """Return whether the stored content is what its checksum says."""
    from files.storage import BlobStorage, checksum  # noqa: PLC0415

    if not BlobStorage().exists(blob.name):
        return False
    with blob.open() as content:
        return checksum(content) == blob.sha256


def recovered(before: int) -> dict[str, Any]:
    """Return the state after what is done each minute, an hour later; and leave nothing for the next moment."""
    from django.utils import timezone  # noqa: PLC0415

    from files.extracting import read_text  # noqa: PLC0415
    from files.models import Blob, Document, Version, Work  # noqa: PLC0415
    from files.orphans import remove_orphans  # noqa: PLC0415
    from files.tasks import ask_again_for_lost_work, ask_again_for_the_lost  # noqa: PLC0415

    past = timezone.now() - timedelta(hours=1)
    Version.objects.update(extraction_asked_at=past)
    Work.objects.update(asked_at=past)
    asked = ask_again_for_the_lost()
    for version in Version.objects.exclude(extraction_state="text"):
        read_text(version)
    Work.objects.update(asked_at=past)
    works = ask_again_for_lost_work()
    remove_orphans(older_than=AT_ONCE)
    found = {
        "later": state(before), "asked_again": asked, "works": works,
        "strays": sorted(set(stored()) - {blob.sha256 for blob in Blob.objects.exclude(versions=None)}),
        "unused_rows": Blob.objects.filter(versions=None).count(),
    }  # fmt: skip
    Document.objects.all().delete()
    remove_orphans(older_than=AT_ONCE)
    return found


def stored() -> list[str]:
    """Return the names of all stored contents, those half written among them."""
    from django.core.files.storage import storages  # noqa: PLC0415

    from files.orphans import _names  # noqa: PLC0415 - as it looks for them

    storage = storages["documents"]
    return [name.rpartition("/")[2] for folder in ("sha256", "incoming") for name in _names(storage, folder)]


if __name__ == "__main__":
    main()

"""Stored contents that nobody uses: left by deleted documents, refused forms, and uploads that were killed."""

from collections.abc import Iterator
from datetime import timedelta

from django.core.files.storage import Storage, storages
from django.db import transaction
from django.utils import timezone

from files.models import Blob
from files.models.pages import PICTURES_FOLDER, pictures_folder
from files.storage import FOLDER, INCOMING, blob_name

# An upload or a form that is open now may be about to use its content.
KEPT_FOR = timedelta(days=1)


def remove_orphans(*, older_than: timedelta = KEPT_FOR) -> int:
    """Remove the contents that no version uses and that are older than a while; return how many there were."""
    since = timezone.now() - older_than
    removed = 0
    for blob in Blob.objects.unused(since=since):
        removed += _remove_blob(blob)
    storage = storages["documents"]
    for name in _names(storage, FOLDER):
        if storage.get_modified_time(name) < since:
            removed += _remove_stray(storage, name)
    for name in _names(storage, INCOMING):
        if storage.get_modified_time(name) < since:
            storage.delete(name)
            removed += 1
    known = set(Blob.objects.values_list("sha256", flat=True))
    for name in _names(storage, PICTURES_FOLDER):
        if name.split("/")[-2] not in known and storage.get_modified_time(name) < since:
            storage.delete(name)
            removed += 1
    return removed


def _remove_blob(blob: Blob) -> int:
    """Remove a content with its row, unless a version has come to use it meanwhile."""
    with transaction.atomic():
        own = Blob.objects.select_for_update(of=("self",)).filter(pk=blob.pk, versions=None).first()
        if own is None:
            return 0
        own.delete()
        storage = storages["documents"]
        storage.delete(blob.name)
        for name in list(_names(storage, pictures_folder(blob.sha256))):
            storage.delete(name)
    return 1


def _remove_stray(storage: Storage, name: str) -> int:
    """Remove a file without a row; an upload makes the row, and takes its lock, before it writes the file."""
    with transaction.atomic():
        sha256 = name.rpartition("/")[2]
        if Blob.objects.select_for_update().filter(sha256=sha256).exists() and name == blob_name(sha256):
            return 0
        storage.delete(name)
    return 1


def _names(storage: Storage, folder: str) -> Iterator[str]:
    """Yield the names of all files under a folder of the storage."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{folder}/{name}"
    for name in folders:
        yield from _names(storage, f"{folder}/{name}")

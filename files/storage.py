"""Where the bytes of documents lie: apart from pictures, each content once, under its checksum."""

import errno
import hashlib
import os
import shutil
import uuid
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.db.models.fields.files import FieldFile, FileField
from django.utils.deconstruct import deconstructible

from files.extraction.names import clean_name

FOLDER = "sha256"
# What is being written; nothing stands under its checksum before it is whole.
INCOMING = "incoming"
_CHUNK = 2**20


class StoredContentError(OSError):
    """What the storage holds under a checksum is not the content of that checksum."""


def blob_name(sha256: str) -> str:
    """Return the place of a content in the storage of the documents."""
    return f"{FOLDER}/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def checksum(content: BinaryIO | File[bytes]) -> str:
    """Return the SHA-256 of a stream, in hexadecimal digits."""
    digest = hashlib.sha256()
    content.seek(0)
    while chunk := content.read(_CHUNK):
        digest.update(chunk)
    content.seek(0)
    return digest.hexdigest()


@deconstructible
class BlobStorage(Storage):
    """The storage `documents`, where a content's name is its checksum.

    A content is written once, however many files share it. `delete` does nothing: Wagtail deletes the file of a
    replaced or deleted document, which may belong to other versions here. `files.orphans` removes what nobody uses.
    """

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        """Write the content under its checksum, whatever `name` says, unless it is there; return the name."""
        place = blob_name(checksum(content))
        if self.exists(place):
            if self.size(place) == content.size:
                return place
            self._inner.delete(place)  # what a write left that was killed in the middle
        file = content if isinstance(content, File) else File(content)
        folder = self._folder()
        if folder is None:
            self._send(place, file)
        else:
            self._write(folder, place, file)
        return place

    def _folder(self) -> Path | None:
        """Return the folder of the storage, or None where it is elsewhere than on our disk."""
        try:
            return Path(self._inner.path(""))
        except NotImplementedError:
            return None

    def _write(self, folder: Path, place: str, content: File[bytes]) -> None:
        """Write a content beside its place and put it there when it is whole, so that nobody ever finds a half."""
        size, staged = content.size, folder / INCOMING / uuid.uuid4().hex
        staged.parent.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(folder).free < size + settings.FILES_ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
        try:
            self._inner.save(f"{INCOMING}/{staged.name}", content)
            # Django moves an upload from another disk without asking how much of its last piece was written.
            if staged.stat().st_size != size:
                raise StoredContentError(f"{place} was written in part")
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            staged.replace(folder / place)
        finally:
            staged.unlink(missing_ok=True)

    def _send(self, place: str, content: File[bytes]) -> None:
        """Send a content to a storage elsewhere, which shows it when it is whole."""
        written = self._inner.save(place, content)
        if written != place:  # somebody was faster with the same content
            self._inner.delete(written)
            if self.size(place) != content.size:
                raise StoredContentError(f"{place} was written twice at once; try again")

    def delete(self, name: str) -> None:
        """Do nothing: see the class."""

    def open(self, name: str, mode: str = "rb") -> File[bytes]:
        """Return the content, open for reading."""
        opened: File[bytes] = self._inner.open(name, mode)
        return opened

    def exists(self, name: str) -> bool:
        """Return whether there is a content of this name."""
        return self._inner.exists(name)

    def size(self, name: str) -> int:
        """Return the size in bytes."""
        return self._inner.size(name)

    def path(self, name: str) -> str:
        """Return the place on the disk, where the storage is on one."""
        return self._inner.path(name)

    @property
    def _inner(self) -> Storage:
        """The storage that the settings name."""
        return storages["documents"]


class BlobFile(FieldFile):
    """A document's file. Putting one in leaves its name with the document, which makes a version of it when saved."""

    _committed: bool
    instance: Any  # the document

    @property
    def is_new(self) -> bool:
        """Whether this file was put in since the document was loaded or saved."""
        return bool(self) and (not self._committed or bool(self.instance.uploaded_as))

    @property
    def upload_name(self) -> str:
        """The name that the file was uploaded under."""
        return self.instance.uploaded_as or clean_name(self.name or "") or "file"

    def save(self, name: str, content: Any, save: bool = True) -> None:  # noqa: FBT001, FBT002 - Django's signature
        """Store the content under its checksum."""
        self.instance.uploaded_as = clean_name(name) or "file"
        super().save(name, content, save=save)


class BlobField(FileField):
    """A file whose bytes lie under their checksum."""

    attr_class = BlobFile

"""Where the bytes of documents lie: apart from pictures, each content once, under its checksum."""

import hashlib
from typing import Any, BinaryIO

from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.db.models.fields.files import FieldFile, FileField
from django.utils.deconstruct import deconstructible

from files.extraction.names import clean_name

FOLDER = "sha256"
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
        written = self._inner.save(place, content if isinstance(content, File) else File(content))
        if written != place:  # somebody was faster with the same content
            self._inner.delete(written)
            if self.size(place) != content.size:
                raise StoredContentError(f"{place} was written twice at once; try again")
        return place

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

"""What is made of the pages of a stored content: their pictures, and the words that were recognised on them.

Both belong to the content and not to a version: equal files share them, and reading a version anew costs nothing twice.
"""

from typing import ClassVar

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import models

from .blob import Blob

PICTURES_FOLDER = "pages"


def pictures_folder(sha256: str) -> str:
    """Return the folder of a content's pictures, in the private storage of the documents."""
    return f"{PICTURES_FOLDER}/{sha256[:2]}/{sha256[2:4]}/{sha256}"


class PagePicture(models.Model):
    """The pictures of a page, in two sizes; a page that cannot be drawn has none and says why."""

    SIZES: ClassVar[tuple[str, ...]] = ("reading", "small")

    blob = models.ForeignKey(Blob, on_delete=models.CASCADE, related_name="pictures", db_index=False)
    number = models.PositiveIntegerField()
    width = models.PositiveIntegerField(default=0)  # of the one for reading, in pixels
    height = models.PositiveIntegerField(default=0)
    made_by = models.PositiveIntegerField()
    failure = models.CharField(max_length=40, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["blob", "number"], name="one_picture_a_page")]

    def __str__(self) -> str:
        return f"{self.blob_id}/{self.number}"

    def name(self, size: str) -> str:
        """Return the place of a size in the storage of the documents."""
        return f"{pictures_folder(self.blob.sha256)}/{self.number}-{size}.webp"

    def put(self, size: str, content: bytes) -> None:
        """Store a size in the place of what may be there."""
        storage, name = storages["documents"], self.name(size)
        if storage.exists(name):
            storage.delete(name)
        storage.save(name, ContentFile(content))


class RecognisedPage(models.Model):
    """What was read on a page without a text layer, and how sure the recogniser was."""

    blob = models.ForeignKey(Blob, on_delete=models.CASCADE, related_name="recognised", db_index=False)
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    confidence = models.PositiveSmallIntegerField(default=0)  # from 0 to 100
    made_by = models.PositiveIntegerField()
    failure = models.CharField(max_length=40, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["blob", "number"], name="one_recognition_a_page")]

    def __str__(self) -> str:
        return f"{self.blob_id}/{self.number}"

"""A stored content, shared by all versions that have it."""

from django.core.files.base import File
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from files.querysets import BlobQuerySet
from files.storage import BlobStorage, blob_name


class Damage(models.TextChoices):
    """What is wrong with a stored content."""

    MISSING = "missing", _("Missing")
    CHANGED = "changed", _("Changed")
    UNREADABLE = "unreadable", _("Unreadable")


class Blob(models.Model):
    """The bytes of a file, once, under their checksum. How many use it is asked of the versions, not counted."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(null=True)
    damage = models.CharField(max_length=12, choices=Damage, blank=True, db_index=True)

    objects = BlobQuerySet.as_manager()

    def __str__(self) -> str:
        return self.sha256

    @property
    def name(self) -> str:
        """The place in the storage of the documents."""
        return blob_name(self.sha256)

    def open(self) -> File[bytes]:
        """Return the content, open for reading."""
        return BlobStorage().open(self.name)

"""Which files have nearly the same text."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .version import Version


class TextSketch(models.Model):
    """A few hundred numbers that stand for the text of a version, by which others like it are found."""

    version = models.OneToOneField(Version, on_delete=models.CASCADE, related_name="sketch")
    hashes = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        verbose_name = _("sketch of a text")
        verbose_name_plural = _("sketches of texts")

    def __str__(self) -> str:
        return f"{self.version_id}"


class Likeness(models.Model):
    """Two versions of different documents with nearly the same text; the later one first."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="likenesses")
    other = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="+")
    percent = models.PositiveSmallIntegerField()

    class Meta:
        default_permissions = ()
        verbose_name = _("likeness of two files")
        verbose_name_plural = _("likenesses of files")
        ordering = ["-percent"]
        constraints = [models.UniqueConstraint(fields=["version", "other"], name="one_likeness_a_pair")]

    def __str__(self) -> str:
        return f"{self.version_id} ~ {self.other_id}: {self.percent} %"

"""How often files are downloaded: a number for each file and day, and nothing about who did."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from files.querysets import DownloadCountQuerySet

from .version import Version


class DownloadCount(models.Model):
    """The downloads of one version on one day, by itself and as a part of a bundle."""

    version = models.ForeignKey(
        Version, verbose_name=_("version"), on_delete=models.CASCADE, related_name="download_counts"
    )
    day = models.DateField(_("day"), db_index=True)
    single = models.PositiveIntegerField(_("downloads"), default=0)
    bundled = models.PositiveIntegerField(_("downloads in bundles"), default=0)

    objects = DownloadCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("downloads of a day")
        verbose_name_plural = _("downloads")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["version", "day"], name="one_download_count_a_day")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.day:%Y-%m-%d}: {self.single} + {self.bundled}"

"""What is asked and what is missed: counted by day, with nothing about who asked."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, Self

from django.db import connection, models
from django.db.models import OuterRef, Subquery, Sum
from django.utils.translation import gettext_lazy as _

LONGEST_QUERY = 100
LONGEST_NOTE = 1000


class Asking(NamedTuple):
    """A query as it is counted."""

    language: str
    text: str
    day: date


class AskedQueryQuerySet(models.QuerySet["AskedQuery"]):
    """Questions one may ask of what was asked."""

    def add(self, counts: Iterable[tuple[Asking, int, int]]) -> None:
        """Add to the counts of queries: each with how often it was asked and how many results it had last.

        The database adds, so that processes do not overwrite each other's counts.
        """
        table = self.model._meta.db_table
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} (language, text, day, times, results) VALUES (%s, %s, %s, %s, %s) "  # noqa: S608 - our own table's name
                "ON CONFLICT (language, text, day) DO UPDATE "
                f"SET times = {table}.times + excluded.times, results = excluded.results",
                [(*asking, times, results) for asking, times, results in counts],
            )

    def rare_before(self, day: date, times: int) -> Self:
        """Return what was asked before a day and, in all, less often than so many times."""
        total = AskedQuery.objects.filter(language=OuterRef("language"), text=OuterRef("text")).order_by()
        sums = total.values("text").annotate(total=Sum("times")).values("total")
        return self.filter(day__lt=day).annotate(total=Subquery(sums)).filter(total__lt=times)


class AskedQuery(models.Model):
    """How often a query was asked on one day, and how many results held all its words."""

    language = models.CharField(_("language"), max_length=2)
    text = models.CharField(_("query"), max_length=LONGEST_QUERY)
    day = models.DateField(_("day"), db_index=True)
    times = models.PositiveIntegerField(_("times"))
    results = models.PositiveIntegerField(_("results"))

    objects = AskedQueryQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("query that was asked")
        verbose_name_plural = _("queries that were asked")
        constraints = [models.UniqueConstraint(fields=["language", "text", "day"], name="search_asked_once_a_day")]

    def __str__(self) -> str:
        return self.text


class MissedNote(models.Model):
    """What a visitor looked for in vain, in their own words."""

    language = models.CharField(_("language"), max_length=2)
    day = models.DateField(_("day"), db_index=True)
    query = models.CharField(_("query"), max_length=LONGEST_QUERY, blank=True)
    text = models.TextField(_("what was missed"), max_length=LONGEST_NOTE)

    class Meta:
        default_permissions = ("delete",)
        verbose_name = _("note on what was missed")
        verbose_name_plural = _("notes on what was missed")
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return self.text[:60]

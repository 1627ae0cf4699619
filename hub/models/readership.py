"""How often pages are read: a number for each page and day, and nothing about who did."""

from collections.abc import Mapping
from datetime import date
from typing import Self

from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

Counts = Mapping[tuple[int, date], int]  # views by page and day


class PageViewCountQuerySet(models.QuerySet["PageViewCount"]):
    """Questions one may ask of the views."""

    def between(self, first: date, last: date) -> Self:
        """Return the counts of the days from the first to the last."""
        return self.filter(day__range=(first, last))

    def add(self, counts: Counts) -> None:
        """Add views to what is there, each in one statement, so that processes side by side lose none."""
        pages = self.model._meta.get_field("page").related_model
        known = set(pages._default_manager.filter(pk__in={page for page, _ in counts}).values_list("pk", flat=True))
        rows = sorted((page, day, number) for (page, day), number in counts.items() if page in known)
        table = connection.ops.quote_name(self.model._meta.db_table)
        statement = (
            f"INSERT INTO {table} (page_id, day, number) VALUES (%s, %s, %s) "  # noqa: S608 - a name of our own
            f"ON CONFLICT (page_id, day) DO UPDATE SET number = {table}.number + excluded.number"
        )
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(statement, rows)


class PageViewCount(models.Model):
    """How often a page was read on one day."""

    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="view_counts"
    )
    day = models.DateField(_("day"), db_index=True)
    number = models.PositiveIntegerField(_("views"))

    objects = PageViewCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("views of a day")
        verbose_name_plural = _("views")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["page", "day"], name="one_view_count_a_day")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.day:%Y-%m-%d}: {self.number}"

"""The downloads of a period, as editors and readers are shown them: a chart, its figures, and the files."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Sum
from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from files.models import Document, DownloadCount
from files.querysets import DownloadCountQuerySet
from hub.charts import BarChart, bar_chart

PERIODS = {30: _("30 days"), 90: _("90 days"), 365: _("12 months")}
BY_MONTH_FROM = 200  # days: more columns than that are too thin to be seen
MOST = 50


@dataclass(frozen=True, slots=True)
class FileDownloads:
    """How often a file was downloaded in the period."""

    pk: int
    title: str
    url: str
    format_label: str
    single: int
    bundled: int

    @property
    def total(self) -> int:
        """All downloads."""
        return self.single + self.bundled


@dataclass(frozen=True, slots=True)
class Statistics:
    """The downloads of a period."""

    days: int
    first: date
    last: date
    chart: BarChart
    files: tuple[FileDownloads, ...]


def statistics(days: int, document: Document | None = None, *, today: date | None = None) -> Statistics:
    """Return the downloads of public files in the last days, or those of one file."""
    last = today or timezone.localdate()
    first = last - timedelta(days=days - 1)
    if days >= BY_MONTH_FROM:
        first = _month_before(last, 11)
    counts = DownloadCount.objects.public().between(first, last)
    if document:
        counts = counts.filter(version__document=document)
    return Statistics(days, first, last, bar_chart(_figures(counts, first, last)), tuple(_files(counts)))


def _figures(counts: DownloadCountQuerySet, first: date, last: date) -> list[tuple[str, int]]:
    """Return the downloads of each day or month of the period, those without any too."""
    by_day = counts.by_day()
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    if len(days) < BY_MONTH_FROM:
        return [(formats.date_format(day, "d.m."), by_day.get(day, 0)) for day in days]
    by_month: Counter[date] = Counter({day.replace(day=1): 0 for day in days})
    for day, total in by_day.items():
        by_month[day.replace(day=1)] += total
    return [(formats.date_format(month, "m.Y"), total) for month, total in sorted(by_month.items())]


def _files(counts: DownloadCountQuerySet) -> list[FileDownloads]:
    """Return the files with the most downloads."""
    language = get_language() or "bg"
    totals = (
        counts.order_by()
        .values("version__document")
        .annotate(singly=Sum("single"), in_bundles=Sum("bundled"))
        .order_by(-(F("singly") + F("in_bundles")), "version__document")[:MOST]
    )
    rows = list(totals)
    documents = Document.objects.in_bulk([row["version__document"] for row in rows])
    return [
        FileDownloads(document.pk, document.title_in(language), document.url, document.extension.upper(),
                      row["singly"], row["in_bundles"])
        for row in rows
        if (document := documents[row["version__document"]])
    ]  # fmt: skip


def _month_before(day: date, months: int) -> date:
    """Return the first day of the month that lies so many months before a day's."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)

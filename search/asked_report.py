"""The editors' report: what is asked most, what nothing answers, and what visitors say they missed."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max, OuterRef, QuerySet, Subquery, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from hub.csv_cells import MARK, as_text
from search.analysis import is_cyrillic
from search.models import AskedQuery, MissedNote

PERIODS = {7: _("7 days"), 30: _("30 days"), 90: _("90 days"), 365: _("A year")}
DEFAULT_PERIOD = 30
SHOWN = 50  # rows of a table; the CSV has all of them
LANGUAGES = {"bg": _("Bulgarian"), "en": _("English")}


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A query over a period: how often it was asked, and how many results held all its words the last time."""

    language: str
    text: str
    times: int
    results: int
    last: date

    @property
    def language_name(self) -> str:
        """The language in which it was asked."""
        return str(LANGUAGES.get(self.language, self.language))

    @property
    def search_url(self) -> str:
        """Where its results are seen."""
        return _search_url(self.text, self.language)

    @property
    def glossary_url(self) -> str:
        """Where it becomes a term of the glossary."""
        script = "bg" if is_cyrillic(self.text) else "en"  # words are often asked on the other language's pages
        return f"{reverse('glossaryterm:add')}?{urlencode({f'term_{script}': self.text})}"

    @property
    def pin_url(self) -> str:
        """Where pages are pinned to it."""
        return f"{reverse('pin:add')}?{urlencode({'query': self.text, 'language': self.language})}"


def asked_since(day: date, *, in_vain: bool = False, limit: int | None = None) -> list[AskedRow]:
    """Return the queries since a day, the most frequent first; `in_vain`: those that nothing answered the last time."""
    last = AskedQuery.objects.filter(language=OuterRef("language"), text=OuterRef("text")).order_by("-day")
    groups = AskedQuery.objects.filter(day__gte=day).values("language", "text")
    rows = groups.annotate(
        sum=Sum("times"), latest=Max("day"), last_results=Subquery(last.values("results")[:1])
    ).order_by("-sum", "text", "language")
    if in_vain:
        rows = rows.filter(last_results=0)
    return [AskedRow(*row) for row in rows.values_list("language", "text", "sum", "last_results", "latest")[:limit]]


class AskedReport(WagtailAdminTemplateMixin, TemplateView):
    """What visitors ask and what they do not find, over a period."""

    page_title = _("What visitors search for")
    header_icon = "search"
    template_name = "search/admin/asked_report.html"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return where one is: the report stands by itself."""
        return [*self.breadcrumbs_items, {"url": "", "label": gettext("What visitors search for")}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the report, or with one of its tables as CSV."""
        tables = {"popular": self._popular, "in_vain": self._in_vain, "missed": self._missed}
        if table := tables.get(request.GET.get("csv", "")):
            return _as_csv(request.GET["csv"], table())
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def post(self, request: HttpRequest) -> HttpResponse:
        """Delete a note, for which one needs the permission."""
        if not request.user.has_perm("search.delete_missednote"):
            raise PermissionDenied
        get_object_or_404(MissedNote, pk=request.POST.get("note") or None).delete()
        messages.success(request, gettext("The note was deleted."))
        return HttpResponseRedirect(f"{request.path}?days={self.days}")

    @property
    def days(self) -> int:
        """How long the period is."""
        asked = self.request.GET.get("days", "")
        return next((days for days in PERIODS if str(days) == asked), DEFAULT_PERIOD)

    @property
    def since(self) -> date:
        """The first day of the period."""
        return timezone.localdate() - timedelta(days=self.days - 1)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context with the three tables."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "periods": [(f"?days={days}", label, days == self.days) for days, label in PERIODS.items()],
            "days": self.days,
            "popular": asked_since(self.since, limit=SHOWN),
            "in_vain": asked_since(self.since, in_vain=True, limit=SHOWN),
            "notes": self._notes()[:SHOWN],
            "may_delete": self.request.user.has_perm("search.delete_missednote"),
            "may_add_terms": self.request.user.has_perm("search.add_glossaryterm"),
            "may_pin": self.request.user.has_perm("search.add_pin"),
        }

    def _notes(self) -> QuerySet[MissedNote]:
        """Return the notes of the period, the newest first."""
        return MissedNote.objects.filter(day__gte=self.since)

    def _popular(self) -> Iterator[list[Any]]:
        """Yield the rows of the first table, after their headings."""
        yield [gettext("Query"), gettext("Language"), gettext("Times"), gettext("Results"), gettext("Last asked")]
        for row in asked_since(self.since):
            yield [row.text, row.language, row.times, row.results, row.last.isoformat()]

    def _in_vain(self) -> Iterator[list[Any]]:
        """Yield the rows of the second table, after their headings."""
        yield [gettext("Query"), gettext("Language"), gettext("Times"), gettext("Last asked")]
        for row in asked_since(self.since, in_vain=True):
            yield [row.text, row.language, row.times, row.last.isoformat()]

    def _missed(self) -> Iterator[list[Any]]:
        """Yield the rows of the third table, after their headings."""
        yield [gettext("Day"), gettext("Language"), gettext("Query"), gettext("What was missed")]
        for note in self._notes():
            yield [note.day.isoformat(), note.language, note.query, note.text]


def _search_url(text: str, language: str) -> str:
    """Return the address of a query's results."""
    with override(language):
        return f"{reverse('search:results')}?{urlencode({'q': text})}"


def _as_csv(name: str, rows: Iterator[list[Any]]) -> HttpResponse:
    """Return rows as a file that spreadsheets open."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate()}.csv"'
    response.write(MARK)
    csv.writer(response).writerows([as_text(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return response

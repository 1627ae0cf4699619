"""The report of readers: what was read in a period, by kind and language, for editors and for who funds the hub."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import formats, timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import AdminDateInput
from wagtail.coreutils import get_content_languages
from wagtail.models import Page
from wagtail.permissions import policy_registry

from hub.charts import BarChart, bar_chart
from hub.machines.pages import is_of_kinds, kinds_of_pages
from hub.models import PageViewCount
from hub.searchable import kinds

USUAL_DAYS = 30
MOST_DAYS = 92  # more columns than that are too thin to be seen: months then


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a report is about."""

    first: date
    last: date


def _kinds() -> list[tuple[str, Any]]:
    """Return the kinds of pages by their names."""
    return [(kind, kinds[kind].plural) for kind in kinds if kind in kinds_of_pages()]


class ReadershipFilterSet(WagtailFilterSet):
    """The filters of the report; the days narrow the views and not the pages, so the view reads them."""

    first = django_filters.DateFilter(label=_("From"), method="leave", widget=AdminDateInput)
    last = django_filters.DateFilter(label=_("To"), method="leave", widget=AdminDateInput)
    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind"), choices=_kinds, method="of_kinds", widget=forms.CheckboxSelectMultiple
    )
    language = django_filters.ChoiceFilter(
        label=_("Language"), choices=lambda: list(get_content_languages().items()), field_name="locale__language_code",
        empty_label=_("All"),
    )  # fmt: skip

    class Meta:
        model = Page
        fields: list[str] = []

    def leave(self, pages: "QuerySet[Page]", name: str, value: date) -> "QuerySet[Page]":
        """Return the pages as they are."""
        return pages

    def of_kinds(self, pages: "QuerySet[Page]", name: str, chosen: list[str]) -> "QuerySet[Page]":
        """Return the pages of the chosen kinds; all where none is chosen."""
        return pages.filter(is_of_kinds(chosen)) if chosen else pages


class ReadershipReport(ReportView):
    """Pages by how often they were read, with a chart of the days and the same figures as a table, CSV and XLSX."""

    page_title = _("Readers")
    header_icon = "view"
    results_template_name = "hub/admin/readership_results.html"
    index_url_name = "readership"
    index_results_url_name = "readership_results"
    model = Page
    filterset_class = ReadershipFilterSet
    any_permission_required = ["add", "change", "publish"]
    default_ordering = "-reads"
    list_export = ["title", "kind", "language", "address", "reads"]
    export_headings = {
        "title": _("Title"), "kind": _("Kind"), "language": _("Language"), "address": _("Address"),
        "reads": _("Views"),
    }  # fmt: skip

    @cached_property
    def permission_policy(self) -> Any:
        """Whoever may write pages may see how often they are read."""
        return policy_registry.get_by_type(Page)

    @cached_property
    def columns(self) -> list[Column]:
        """The columns of the list."""
        return [
            TitleColumn("title", label=_("Title"), get_url=lambda page: page.address or None, sort_key="title"),
            Column("kind", label=_("Kind")),
            Column("language", label=_("Language"), sort_key="locale__language_code"),
            Column("reads", label=_("Views"), sort_key="reads"),
        ]

    @cached_property
    def period(self) -> Period:
        """The chosen days; the last thirty where none are chosen."""
        chosen = self.filters.form.cleaned_data if self.filters and self.filters.form.is_valid() else {}
        last = chosen.get("last") or timezone.localdate()
        first = chosen.get("first") or last - timedelta(days=USUAL_DAYS - 1)
        return Period(min(first, last), last)

    def get_filename(self) -> str:
        """Return the name of an exported file, with its days."""
        return f"readers-{self.period.first:%Y-%m-%d}-{self.period.last:%Y-%m-%d}"

    def get_base_queryset(self) -> "QuerySet[Page]":
        """Return the pages with how often each was read in the period; those that nobody read are left out."""
        views = PageViewCount.objects.between(self.period.first, self.period.last)
        own = views.filter(page=OuterRef("pk")).order_by().values("page").annotate(total=Sum("number"))
        pages: QuerySet[Page] = Page.objects.select_related("locale", "content_type").annotate(
            reads=Coalesce(Subquery(own.values("total")), 0)
        )
        return pages.filter(reads__gt=0)

    def get_queryset(self) -> "QuerySet[Page]":
        """Return the pages of the period in the order that was asked for."""
        self.queryset = self.get_base_queryset()
        ordered: QuerySet[Page] = self.order_queryset(self.queryset)
        return ordered.order_by(*ordered.query.order_by, "pk")

    def decorate_paginated_queryset(self, pages: Any) -> Any:
        """Say of each page what kind it is, its language and address."""
        for page in pages:
            kind = kinds.get(getattr(page.specific_class, "search_kind", ""))
            page.kind = str(kind.label if kind else page.page_type_display_name)
            page.language = page.locale.get_display_name()
            page.address = page.full_url or ""
        return pages

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the context with the chart of the period over the pages that the filters leave."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        if not self.is_export:
            context |= {"period": self.period, "chart": self._chart(), "kinds_read": self._by_kind()}
        return context

    def _chart(self) -> BarChart:
        """Return the views of each day of the period, of each month of a long one."""
        totals = self._views().order_by().values_list("day").annotate(total=Sum("number"))
        by_day: dict[date, int] = dict(totals)
        first, last = self.period.first, self.period.last
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        if len(days) <= MOST_DAYS:
            return bar_chart([(formats.date_format(day, "d.m."), by_day.get(day, 0)) for day in days])
        months: Counter[date] = Counter({day.replace(day=1): 0 for day in days})
        for day, total in by_day.items():
            months[day.replace(day=1)] += total
        return bar_chart([(formats.date_format(month, "m.Y"), total) for month, total in sorted(months.items())])

    def _by_kind(self) -> list[tuple[str, int]]:
        """Return the views of each kind of pages, the most read first."""
        totals = self._views().order_by().values(
            app=F("page__content_type__app_label"), model=F("page__content_type__model")
        ).annotate(total=Sum("number"))  # fmt: skip
        names = {
            (model._meta.app_label, model._meta.model_name): str(kinds[kind].plural)
            for kind, models in kinds_of_pages().items()
            for model in models
        }
        sums: Counter[str] = Counter()
        for row in totals:
            sums[names.get((row["app"], row["model"]), str(_("Lists and home pages")))] += row["total"]
        return sums.most_common()

    def _views(self) -> Any:
        """Return the counts of the period for the pages that the filters leave."""
        pages = self.object_list.order_by().values("pk")
        return PageViewCount.objects.between(self.period.first, self.period.last).filter(page__in=pages)

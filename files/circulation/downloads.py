"""The pages that show how often files are downloaded: to readers, to machines, and to editors."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from files.circulation import open_data
from files.circulation.statistics import PERIODS, statistics
from files.serving import disposition

DEFAULT_PERIOD = 30


@require_safe
@cache_control(public=True, max_age=600)
def page(request: HttpRequest) -> HttpResponse:
    """Show the downloads of a period, of all files or of one, and where their figures are to be had."""
    return render(request, "files/downloads.html", _context(request))


@require_safe
@cache_control(public=True, max_age=600)
def as_csv(request: HttpRequest) -> HttpResponseBase:
    """Answer with the counts as CSV."""
    asked = open_data.PeriodForm(request.GET)
    if not asked.is_valid():
        return _misunderstood(asked)
    headers = {"Content-Disposition": disposition(f"{gettext('downloads')}.csv", as_attachment=True)}
    rows = open_data.as_csv(request, asked.counts())
    return StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
@cache_control(public=True, max_age=600)
def as_json(request: HttpRequest) -> HttpResponseBase:
    """Answer with the counts as JSON."""
    asked = open_data.PeriodForm(request.GET)
    if not asked.is_valid():
        return _misunderstood(asked)
    return StreamingHttpResponse(open_data.as_json(request, asked.counts()), content_type="application/json")


class DownloadsReport(WagtailAdminTemplateMixin, TemplateView):
    """The editors' report of downloads."""

    page_title = _("Downloads")
    header_icon = "download"
    template_name = "files/admin/downloads.html"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return where one is: the report stands by itself."""
        return [*self.breadcrumbs_items, {"url": "", "label": gettext("Downloads")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context with the chart and its figures."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | _context(self.request)


def _context(request: HttpRequest) -> dict[str, Any]:
    """Return what both pages show: a period out of the few that are offered, of one file where it is named."""
    asked = request.GET.get("days", "")
    days = next((days for days in PERIODS if str(days) == asked), DEFAULT_PERIOD)
    document = open_data.document_of(request)
    narrowed = f"&document={document.pk}" if document else ""
    return {
        "statistics": statistics(days, document),
        "document": document,
        "periods": [(f"?days={number}{narrowed}", label, number == days) for number, label in PERIODS.items()],
        "csv_url": reverse("documents:downloads_csv"),
        "json_url": reverse("documents:downloads_json"),
    }


def _misunderstood(asked: open_data.PeriodForm) -> JsonResponse:
    """Answer that the period was not understood."""
    return JsonResponse({"errors": asked.errors}, status=400, json_dumps_params={"ensure_ascii": False})

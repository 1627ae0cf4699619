"""The editors' report of stored files that are not what they were."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from files.models import Blob, Version


class FixityReport(WagtailAdminTemplateMixin, TemplateView):
    """Which files are damaged, and how far the checking is."""

    page_title = _("Damaged files")
    header_icon = "warning"
    template_name = "files/admin/fixity.html"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return where one is: the report stands by itself."""
        return [*self.breadcrumbs_items, {"url": "", "label": gettext("Damaged files")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the context with the damaged versions."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        used = Blob.objects.exclude(versions=None).distinct()
        damaged = Version.objects.exclude(blob__damage="").select_related("document", "blob")
        return context | {
            "damaged": damaged,
            "total": used.count(),
            "checked": used.exclude(checked_at=None).count(),
        }

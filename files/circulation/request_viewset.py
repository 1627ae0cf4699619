"""The editors' report of requests for accessible formats."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from files.models import AccessibleFormatRequest
from files.permissions import OfDocumentEditView


class RequestIndexView(generic.IndexView):
    """The requests about files that the person may edit."""

    default_ordering = "due_on"

    def get_base_queryset(self) -> QuerySet[AccessibleFormatRequest]:
        """Return the requests with their files."""
        own = self.permission_policy.instances_user_has_any_permission_for(self.request.user, ["view"])
        found: QuerySet[AccessibleFormatRequest] = own.select_related("document", "owner")
        return found


class AccessibleFormatRequestViewSet(ModelViewSet):
    """Requests: what is asked for, by when, who answers, and what came of it."""

    model = AccessibleFormatRequest
    name = "accessible_requests"
    url_prefix = "accessible-requests"
    icon = "group"
    menu_label = _("Accessible formats")
    menu_hook = "register_reports_menu_item"
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = RequestIndexView
    edit_view_class = OfDocumentEditView
    list_filter = ["state", "owner", "due_on"]
    search_fields = None
    exclude_form_fields: list[str] = []
    list_display = [
        "__str__",
        Column("state", label=_("State"), accessor="get_state_display"),
        Column("due_on", label=_("To be answered by"), accessor="due_label", sort_key="due_on"),
        Column("owner", label=_("Who answers"), accessor="owner"),
    ]

"""What the editors' desk says of the cluster."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from .waiting import Waiting


class WaitingForTheCluster(Component):
    """A word to administrators where changes wait for the cluster for longer than is usual."""

    order = 15
    template_name = "search/admin/waiting_for_the_cluster.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Return the context: what waits."""
        return {"waiting": Waiting.now()}


def add_to_the_desk(request: HttpRequest, panels: list[Component]) -> None:
    """Add the word to the first page of the admin, for who can help."""
    if request.user.is_superuser:
        panels.append(WaitingForTheCluster())

"""What an editor of a publication sees of its files."""

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel


class FilesPanel(Panel):
    """The files of a publication with their states, each a link to its form, and a link to add one.

    Files are rows of their own and no part of the page's drafts: replacing one does not wait for the page.
    """

    class BoundPanel(Panel.BoundPanel):
        """The panel of one publication."""

        template_name = "files/admin/files_panel.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            """Return the context with the documents of the publication."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            page = self.instance
            context["documents"] = page.documents if page.pk else []
            context["add_url"] = reverse("publication_file_add", args=[page.pk]) if page.pk else ""
            return context

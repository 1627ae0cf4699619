"""The list page of a room: the finder, preset to one kind."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from hub.models import HubPage
from search.finder import find_in


class FinderListPage(HubPage):
    """A page that lists the records of one kind, with search and filters."""

    listed_kind: ClassVar[str]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the context with what the finder finds among the records of the kind."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["results"] = find_in(request, self.listed_kind)
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the list; 404 for a page of results that there is not."""
        response: HttpResponse = super().serve(request, *args, **kwargs)
        if isinstance(response, TemplateResponse) and (results := (response.context_data or {}).get("results")):
            response.status_code = results.status
        return response

"""What templates of all rooms ask of citations and bundles."""

from typing import Any

from django import template
from django.template import RequestContext

from files.circulation.citing import FORMAT_LABELS, citations_of
from files.circulation.works import work_of_publication
from files.models import PublicationPage

register = template.Library()


@register.simple_tag(takes_context=True)
def publication_citations(context: RequestContext, page: PublicationPage) -> dict[str, Any]:
    """Return the citations of a publication in words, and the formats it can be downloaded in."""
    work = work_of_publication(context["request"], page)
    return {"texts": citations_of(work), "formats": FORMAT_LABELS.items()}

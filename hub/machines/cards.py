"""The addresses of share cards, and what is served there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from hub.models import HubPage, open_pages

from .share_cards import card_of, stored


def address_of(page: HubPage) -> str:
    """Return the address of a page's card; another title makes it another address."""
    return reverse("share_card", args=[page.pk, card_of(page).digest])


@require_safe
def share_card(request: HttpRequest, page_id: int, digest: str) -> HttpResponse:
    """Answer with the card of a page that every visitor may open; an outdated address leads to the new one."""
    found = open_pages(Page.objects.filter(pk=page_id)).select_related("locale").first()
    page = found.specific if found else None
    if not isinstance(page, HubPage):
        raise Http404(f"no open page {page_id}")
    if digest != card_of(page).digest:
        return redirect(address_of(page))
    response = HttpResponse(stored(page), content_type="image/png")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # it is made to be shown elsewhere
    return response

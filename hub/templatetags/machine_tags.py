"""What the head of a page tells machines: feeds, other forms, share card, linked data."""

from typing import Any

from django import template
from django.template import RequestContext
from django.utils.safestring import SafeString
from wagtail.models import Site

from hub.frame import frame_of
from hub.machines import cards, feeds, linked_data, markdown
from hub.machines.share_cards import SIZE
from hub.models import HubPage, Municipality, SiteSettings

register = template.Library()


@register.simple_tag(takes_context=True)
def announced_page(context: RequestContext) -> HubPage | None:
    """Return the page of the context, if it is one that machines are told of; previews and stand-ins are not."""
    page, request = context.get("page"), context["request"]
    if not isinstance(page, HubPage) or page.alias_of_id or getattr(request, "is_preview", False):
        return None
    known = next((own for own in frame_of(request, page).pages if own.pk == page.pk), None)
    if known is None:
        return None
    page.locale = known.locale  # the frame has brought it
    return page


@register.simple_tag
def feed_links(page: HubPage | None) -> list[feeds.FeedLink]:
    """Return the feeds that belong to a page: everything, its kind, its municipality where it is loaded."""
    links = [feeds.link_to_everything()]
    if page is None:
        return links
    if kind := page.feed_kind():
        links.append(feeds.link_to_kind(kind))
    if "municipality" in page._state.fields_cache and isinstance(page.municipality, Municipality):
        links.append(feeds.link_to_term("municipality", page.municipality))
    return links


@register.simple_tag(takes_context=True)
def markdown_address(context: RequestContext, page: HubPage) -> str:
    """Return the address of a page's Markdown form."""
    return markdown.address_of(page, context["request"])


@register.simple_tag(takes_context=True)
def share_card(context: RequestContext, page: HubPage) -> dict[str, Any]:
    """Return the absolute address of a page's share card, and its size."""
    width, height = SIZE
    return {
        "url": context["request"].build_absolute_uri(cards.address_of(page)),
        "width": width,
        "height": height,
    }


@register.simple_tag(takes_context=True)
def linked_data_of(context: RequestContext, page: HubPage) -> SafeString:
    """Return the block of linked data of a page: what it is, the way to it, and who publishes it."""
    request = context["request"]
    absolute = request.build_absolute_uri
    url, above = page.get_url(request), frame_of(request, page).above
    steps = [(step.title, step.get_url(request)) for step in above]
    settings = SiteSettings.for_request(request) if Site.find_for_request(request) else None
    publisher = linked_data.organisation(settings, absolute) if settings and settings.organisation else {}
    about: dict[str, Any] = {
        "@type": "WebPage",
        "@id": absolute(url),
        "url": absolute(url),
        "name": page.full_name,
        "description": page.summary,
        "inLanguage": page.locale.language_code,
        "datePublished": page.first_published_at,
        "dateModified": page.last_published_at,
        "image": absolute(cards.address_of(page)),
        "publisher": {"@id": publisher["@id"]} if publisher else None,
        **page.linked_data(absolute),
    }
    return linked_data.script(about, linked_data.breadcrumb_list([*steps, (page.title, url)], absolute), publisher)

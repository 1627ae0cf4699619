"""What every page's frame asks for: menu, languages, breadcrumbs, settings."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from django import template
from django.conf import settings
from django.core.cache import cache
from django.db.models import OuterRef, Subquery, Sum
from django.template import RequestContext
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.rich_text import RichText

from hub import references as references_in
from hub.blocks.body import anchor_of
from hub.frame import Frame, frame_of
from hub.machines.pages import is_of_kinds, kinds_of_pages
from hub.models import Municipality, PageViewCount, SiteSettings, open_pages
from hub.money import sum_of

register = template.Library()

MOST_READ_DAYS = 30
LONGEST_QUERY = 6_000  # characters of an address that is carried over to the other language
LANGUAGE_NAMES = {"bg": "Български", "en": "English"}


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A page of the main menu or of the footer."""

    title: str
    url: str
    is_active: bool = False


@dataclass(frozen=True, slots=True)
class City:
    """A municipality of the association, and the address of what the hub has on it."""

    code: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in one of the languages, or the nearest that there is."""

    code: str
    name: str
    url: str
    is_current: bool
    exists: bool


@dataclass(frozen=True, slots=True)
class Alternate:
    """A language version of the page, for search engines."""

    hreflang: str
    href: str


@register.simple_tag(takes_context=True)
def main_menu(context: RequestContext) -> list[MenuItem]:
    """Return the published pages that are shown in menus, under the home page of the language."""
    request, pages = context["request"], _frame(context).menu
    return [MenuItem(page.title, url := page.get_url(request), request.path.startswith(url)) for page in pages]


@register.simple_tag(takes_context=True)
def sections(context: RequestContext) -> dict[str, Page]:
    """Return the pages right under the home page by the names of their types: `sections.practiceindexpage`."""
    return {page.cached_content_type.model: page for page in reversed(_frame(context).sections)}


@register.simple_tag(takes_context=True)
def language_links(context: RequestContext) -> list[LanguageLink]:
    """Return a link to this page, with its query, in each language; not to its second page, which may be here alone."""
    current, parameters = get_language(), context["request"].GET.copy()
    parameters.pop("page", None)
    query = parameters.urlencode()
    if len(query) > LONGEST_QUERY:  # nobody asked that by hand
        query = ""
    links = []
    for code, _ in settings.LANGUAGES:
        url, exists = _address_in(code, context)
        links.append(
            LanguageLink(
                code, LANGUAGE_NAMES[code], f"{url}?{query}" if query and exists else url, code == current, exists
            )
        )
    return links


@register.simple_tag(takes_context=True)
def alternates(context: RequestContext) -> list[Alternate]:
    """Return the language versions of this page with absolute addresses, the Bulgarian one as the default too.

    They are the versions of the page itself, whatever the visitor has asked of it.
    """
    request = context["request"]
    frame = _frame(context)
    codes = [code for code, _ in settings.LANGUAGES if frame.page is None or code in frame.versions]
    links = [Alternate(code, request.build_absolute_uri(_address_in(code, context)[0])) for code in codes]
    default = next((link for link in links if link.hreflang == settings.LANGUAGE_CODE), None)
    return [*links, Alternate("x-default", default.href)] if default and len(links) > 1 else []


@register.simple_tag(takes_context=True)
def canonical(context: RequestContext) -> str:
    """Return the absolute address of the page, under the host that was asked; empty where the answer is no page."""
    request, page = context["request"], context.get("page")
    url = page.get_url(request) if isinstance(page, Page) else None
    return request.build_absolute_uri(url) if url else ""


@register.simple_tag(takes_context=True)
def breadcrumbs(context: RequestContext) -> list[MenuItem]:
    """Return the pages above this one, from the home page on."""
    return [MenuItem(above.title, above.get_url(context["request"])) for above in _frame(context).above]


@register.simple_tag(takes_context=True)
def site_settings(context: RequestContext) -> SiteSettings | None:
    """Return the settings of this site."""
    request = context["request"]
    return SiteSettings.for_request(request) if Site.find_for_request(request) else None


@register.simple_tag(takes_context=True)
def footer_links(context: RequestContext) -> list[MenuItem]:
    """Return the links of the footer in the reader's language."""
    return [MenuItem(page.title, page.get_url(context["request"])) for page in _frame(context).footer]


@register.filter
def money(amount: Any, currency: str) -> str:
    """Return an amount with its currency, and its value in euro where it is in leva."""
    return sum_of(amount, currency)


@register.simple_tag
def newest_under(index: Page | None, count: int) -> list[Page]:
    """Return the pages under a list of one type that came out last, for a list of another room's things."""
    if not index:  # an empty text where the template has none
        return []
    (model,) = index.cached_content_type.model_class().allowed_subpage_models()
    pages = open_pages(model._default_manager.child_of(index)).select_related(*model.shown_with)
    return list(pages.order_by("-first_published_at", "-pk")[:count])


@register.simple_tag
def member_cities() -> list[City]:
    """Return the municipalities of the association, by their order."""
    results = reverse("search:results")
    # A manager of terms knows no codes. Who is a member changes once in years: remembered for five minutes.
    members: Any = cache.get_or_set("members", lambda: list(Municipality.objects.filter(is_member=True)), 300)
    return [City(member.code, member.name, f"{results}?municipality={member.slug}") for member in members]


@register.simple_tag
def most_read(home: Page, count: int) -> list[Page]:
    """Return the pages of a language that were read most in the last thirty days; lists of pages are not among them."""
    last = timezone.localdate()
    views = PageViewCount.objects.between(last - timedelta(days=MOST_READ_DAYS - 1), last).filter(page=OuterRef("pk"))
    total = views.order_by().values("page").annotate(total=Sum("number")).values("total")
    pages = open_pages(Page.objects.descendant_of(home)).filter(is_of_kinds(kinds_of_pages()))
    read = pages.select_related("locale").annotate(reads=Subquery(total)).filter(reads__gt=0)
    return list(read.order_by("-reads", "-pk")[:count])


@register.filter
def references(text: str, sources: Collection[Any]) -> SafeString:
    """Return a plain text in which each [number] of one of the sources is a link to it."""
    return references_in.in_text(text, len(sources))


@register.filter
def rich_references(text: str, sources: Collection[Any]) -> RichText:
    """Return a rich text in which each [number] of one of the sources is a link to it."""
    return references_in.in_rich_text(text, len(sources))


@register.filter
def reference(number: int | None, sources: Collection[Any] | None) -> SafeString | str:
    """Return the link to a source by its number, after a space; nothing where there is no such source."""
    return references_in.in_text(f" [{number}]", len(sources)) if number and sources and number <= len(sources) else ""


@register.filter
def runs(body: Iterable[Any]) -> Iterator[tuple[str, list[Any]]]:
    """Yield the blocks of a body in runs of one type: figures that follow each other stand in one row."""
    for block_type, blocks in groupby(body, key=lambda block: str(block.block_type)):
        yield block_type, list(blocks)


@register.filter
def headings(body: Iterable[Any]) -> list[MenuItem]:
    """Return the headings of a body as links to their places on the page."""
    texts = [str(block.value) for block in body if block.block_type == "heading"]
    return [MenuItem(text, f"#{anchor_of(text)}") for text in texts]


def _frame(context: RequestContext) -> Frame:
    """Return the frame of the context's page."""
    page = context.get("page")
    return frame_of(context["request"], page if isinstance(page, Page) else None)


def _address_in(code: str, context: RequestContext) -> tuple[str, bool]:
    """Return the address of this page in a language, and whether it is this page and not just the nearest one."""
    request, frame = context["request"], _frame(context)
    if frame.page is None:
        match = request.resolver_match
        is_lost = match is None or match.url_name == "wagtail_serve"  # an address of a page that there is not
        address = f"/{code}/" if is_lost else translate_url(request.path, code)
        return (address, True) if address != request.path or code == get_language() else (f"/{code}/", False)
    versions = {} if getattr(request, "is_preview", False) else frame.versions
    if code in versions:
        return versions[code].get_url(request), True
    if stand_in := frame.stand_ins.get(code):
        return stand_in.get_url(request), False
    above = frame.versions_above.get(code)
    return (above[-1].get_url(request) if above else f"/{code}/"), False


@register.simple_tag(takes_context=True)
def has_session(context: RequestContext) -> bool:
    """Return whether the request bears a session, without looking into it: any cache may keep what visitors get."""
    return settings.SESSION_COOKIE_NAME in context["request"].COOKIES

"""What every page's frame asks for: menu, languages, breadcrumbs, settings."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import RequestContext
from django.urls import translate_url
from django.utils.translation import get_language, gettext
from wagtail.models import Page, Site

from hub.models import SiteSettings
from hub.money import Currency, in_euro

register = template.Library()

LANGUAGE_NAMES = {"bg": "Български", "en": "English"}


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A page of the main menu or of the footer."""

    title: str
    url: str
    is_active: bool = False


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
    request = context["request"]
    home = _home(request)
    if home is None:
        return []
    pages = home.get_children().live().public().in_menu().filter(alias_of=None)
    return [MenuItem(page.title, url := page.get_url(request), request.path.startswith(url)) for page in pages]


@register.simple_tag(takes_context=True)
def language_links(context: RequestContext) -> list[LanguageLink]:
    """Return a link to this page, with its query, in each language."""
    request, current = context["request"], get_language()
    versions = _versions(context)
    links = []
    for code, _ in settings.LANGUAGES:
        url, exists = _address_in(code, context, versions)
        query = request.META.get("QUERY_STRING", "")
        links.append(
            LanguageLink(
                code, LANGUAGE_NAMES[code], f"{url}?{query}" if query and exists else url, code == current, exists
            )
        )
    return links


@register.simple_tag(takes_context=True)
def alternates(context: RequestContext) -> list[Alternate]:
    """Return the language versions of this page with absolute addresses, the Bulgarian one as the default too."""
    request = context["request"]
    links = [
        Alternate(link.code, request.build_absolute_uri(link.url)) for link in language_links(context) if link.exists
    ]
    default = next((link for link in links if link.hreflang == settings.LANGUAGE_CODE), None)
    return [*links, Alternate("x-default", default.href)] if default and len(links) > 1 else []


@register.simple_tag(takes_context=True)
def breadcrumbs(context: RequestContext) -> list[MenuItem]:
    """Return the pages above this one, from the home page on."""
    page, request = context.get("page"), context["request"]
    if not isinstance(page, Page) or page.depth <= 2:
        return []
    return [MenuItem(above.title, above.get_url(request)) for above in page.get_ancestors().filter(depth__gt=1)]


@register.simple_tag(takes_context=True)
def site_settings(context: RequestContext) -> SiteSettings | None:
    """Return the settings of this site, with `footer_pages` in the reader's language."""
    request = context["request"]
    return SiteSettings.for_request(request) if Site.find_for_request(request) else None


@register.simple_tag(takes_context=True)
def footer_links(context: RequestContext) -> list[MenuItem]:
    """Return the links of the footer in the reader's language."""
    site = site_settings(context)
    if site is None:
        return []
    request, language = context["request"], get_language()
    keys = site.footer_links.values_list("page__translation_key", flat=True)
    pages = (
        Page.objects.filter(translation_key__in=list(keys), locale__language_code=language, alias_of=None)
        .live()
        .public()
    )
    order = {key: number for number, key in enumerate(keys)}
    return [MenuItem(p.title, p.get_url(request)) for p in sorted(pages, key=lambda p: order[p.translation_key])]


@register.filter
def euro(amount: Any, currency: str) -> Any:
    """Return an amount in euro, at the fixed rate where it is in leva."""
    return in_euro(amount, Currency(currency))


@register.filter
def currency_name(code: str) -> str:
    """Return the short sign or name of a currency, as it stands after an amount."""
    return {"EUR": "€", "BGN": gettext("BGN")}.get(code, code)


def _home(request: HttpRequest) -> Page | None:
    """Return the home page of the language of the moment."""
    site = Site.find_for_request(request)
    return site.root_page.localized if site else None


def _versions(context: RequestContext) -> dict[str, Page]:
    """Return the published, unrestricted versions of the context's page by language."""
    page = context.get("page")
    if not isinstance(page, Page) or getattr(context["request"], "is_preview", False):
        return {}
    pages = Page.objects.filter(translation_key=page.translation_key, alias_of=None).live().public()
    return {version.locale.language_code: version for version in pages.select_related("locale")}


def _address_in(code: str, context: RequestContext, versions: dict[str, Page]) -> tuple[str, bool]:
    """Return the address of this page in a language, and whether it is this page and not just the nearest one."""
    request, page = context["request"], context.get("page")
    if code in versions:
        return versions[code].get_url(request), True
    if isinstance(page, Page):
        for above in page.get_ancestors().filter(depth__gt=1).reverse():
            near = Page.objects.filter(translation_key=above.translation_key, locale__language_code=code, alias_of=None)
            if version := near.live().public().first():
                return version.get_url(request), False
        return f"/{code}/", False
    address = translate_url(request.path, code)
    return (address, True) if address != request.path or code == get_language() else (f"/{code}/", False)

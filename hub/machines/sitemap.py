"""The sitemap: an index, and for each language parts with the addresses of its pages and of their other languages."""

from collections import defaultdict
from math import ceil
from xml.etree import ElementTree as ET

from django.conf import settings
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from wagtail.models import Page

from .pages import LonePage, lone_pages, open_pages_of, site_of

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
PAGES_IN_A_PART = 10_000  # a fifth of what the protocol allows: with both languages' addresses a part stays small

ET.register_namespace("", SITEMAP)
ET.register_namespace("xhtml", XHTML)


@require_safe
@cache_control(public=True, max_age=3600)
@conditional_page
def index(request: HttpRequest) -> HttpResponse:
    """Answer with the list of parts, each with the day of its newest change."""
    root = ET.Element(f"{{{SITEMAP}}}sitemapindex")
    counts = open_pages_of(site_of(request)).order_by("locale__language_code").values("locale__language_code")
    for row in counts.annotate(number=Count("pk"), changed=Max("last_published_at")):
        for part in range(1, ceil(row["number"] / PAGES_IN_A_PART) + 1):
            entry = ET.SubElement(root, f"{{{SITEMAP}}}sitemap")
            address = reverse("sitemap_part", args=[row["locale__language_code"], part])
            _write(entry, "loc", request.build_absolute_uri(address))
            if row["changed"]:
                _write(entry, "lastmod", row["changed"].isoformat(timespec="seconds"))
    return _answer(root)


@require_safe
@cache_control(public=True, max_age=3600)
@conditional_page
def part(request: HttpRequest, language: str, number: int) -> HttpResponse:
    """Answer with one part of a language: addresses, days of the last change, and the other languages of each page.

    What stands beside the tree comes in the first part.
    """
    pages = open_pages_of(site_of(request)).defer("draft_title", "search_description", "seo_title")
    start = (number - 1) * PAGES_IN_A_PART
    own = list(pages.filter(locale__language_code=language)[start : start + PAGES_IN_A_PART]) if number else []
    if not own:
        raise Http404(f"no part {number} in {language}")
    versions: dict[object, dict[str, str]] = defaultdict(dict)
    for page in pages:
        versions[page.translation_key][page.locale.language_code] = _address(request, page)
    root = ET.Element(f"{{{SITEMAP}}}urlset")
    for page in own:
        entry = ET.SubElement(root, f"{{{SITEMAP}}}url")
        _write(entry, "loc", _address(request, page))
        if page.last_published_at:
            _write(entry, "lastmod", page.last_published_at.isoformat(timespec="seconds"))
        _write_languages(entry, versions[page.translation_key])
    for lone in lone_pages() if number == 1 else ():
        addresses = _addresses(request, lone)
        entry = ET.SubElement(root, f"{{{SITEMAP}}}url")
        _write(entry, "loc", addresses[language])
        _write_languages(entry, addresses)
    return _answer(root)


def _addresses(request: HttpRequest, lone: LonePage) -> dict[str, str]:
    """Return the addresses of a page beside the tree by language."""
    addresses = {}
    for code, _ in settings.LANGUAGES:
        with override(code):
            addresses[code] = request.build_absolute_uri(reverse(lone.name))
    return addresses


def _write_languages(entry: ET.Element, versions: dict[str, str]) -> None:
    """Write the language versions of a page that has more than one, the default language for everybody else too."""
    if len(versions) < 2:
        return
    default = versions.get(settings.LANGUAGE_CODE)
    for language, address in sorted(versions.items()) + ([("x-default", default)] if default else []):
        ET.SubElement(entry, f"{{{XHTML}}}link", rel="alternate", hreflang=language, href=address)


def _address(request: HttpRequest, page: Page) -> str:
    """Return the absolute address of a page."""
    return request.build_absolute_uri(page.get_url(request))


def _write(entry: ET.Element, name: str, text: str) -> None:
    """Write one value of an entry."""
    ET.SubElement(entry, f"{{{SITEMAP}}}{name}").text = text


def _answer(root: ET.Element) -> HttpResponse:
    """Return the answer with an XML document."""
    return HttpResponse(
        ET.tostring(root, encoding="utf-8", xml_declaration=True), content_type="application/xml; charset=utf-8"
    )

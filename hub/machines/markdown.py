"""A page as Markdown: what its visitors read, without what stands around it."""

import copy
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from bs4.element import Tag
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import resolve
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from markdownify import MarkdownConverter
from wagtail.models import Page

from hub.models import HubPage, open_pages

FILE = "index.md"
# What is there for acting on a page and not for reading it.
NOT_READ = "form, nav, svg, script, template, .visually-hidden, .facets-box, [data-act]"


@require_safe
@cache_control(public=True, max_age=900)
@conditional_page
def page_as_markdown(request: HttpRequest, path: str) -> HttpResponse:
    """Answer with the Markdown form of the page at an address, or 404 where a visitor gets no page there."""
    address = request.path.removesuffix(FILE)
    inner = _as_visitor(request, address)
    page, args, kwargs = Page.route_for_request(inner, path) or (None, [], {})
    if not isinstance(page, HubPage) or not open_pages(Page.objects.filter(pk=page.pk)).exists():
        raise Http404(f"no open page at {address}")
    answer: Any = page.serve(inner, *args, **kwargs)
    if answer.status_code != 200 or not answer.get("Content-Type", "").startswith("text/html"):
        raise Http404(f"what stands at {address} is no page to read")
    if hasattr(answer, "render"):
        answer.render()
    canonical = request.build_absolute_uri(address)
    text = f"{of_html(answer.content.decode(), canonical)}\n\n---\n\n{_facts(page, canonical)}\n"
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    response.headers["Link"] = f'<{canonical}>; rel="canonical"'
    response.headers["Content-Language"] = page.locale.language_code
    return response


def address_of(page: Page, request: HttpRequest) -> str:
    """Return the path of a page's Markdown form."""
    return f"{page.get_url(request)}{FILE}"


def of_html(html: str, address: str) -> str:
    """Return the main part of a page as Markdown; every link and picture with its absolute address."""
    main = BeautifulSoup(html, "html.parser").find(id="main")
    if not isinstance(main, Tag):
        return ""
    for part in main.select(NOT_READ):
        part.decompose()
    for name in ("href", "src"):
        for element in main.select(f"[{name}]"):
            element[name] = urljoin(address, str(element[name]))
    converter = MarkdownConverter(heading_style="ATX", bullets="-", escape_misc=False)
    lines = [line.rstrip() for line in converter.convert_soup(main).splitlines()]
    kept = [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
    return "\n".join(kept).strip()


def _facts(page: HubPage, canonical: str) -> str:
    """Return where the text comes from and of when it is."""
    facts = [(gettext("Address"), f"<{canonical}>"), (gettext("Language"), page.locale.language_name_local)]
    if page.last_published_at:
        facts.append((gettext("Last change"), date_format(page.last_published_at, "DATE_FORMAT")))
    return "\n".join(f"- {name}: {value}" for name, value in facts)


def _as_visitor(request: HttpRequest, address: str) -> HttpRequest:
    """Return the request as somebody's who asks for the page itself and has no account."""
    inner = copy.copy(request)
    inner.path = inner.path_info = address
    inner.META = {**request.META, "PATH_INFO": address, "QUERY_STRING": ""}
    inner.GET = QueryDict()
    inner.user = AnonymousUser()
    inner.method = "GET"
    inner.resolver_match = resolve(address)
    return inner

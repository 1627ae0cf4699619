"""`llms.txt`: what the hub is and where its texts lie as Markdown, for language models (llmstxt.org)."""

from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from wagtail.models import Page

from .markdown import address_of
from .pages import lone_pages, open_pages_of, site_of

MOST = 2_000  # entries of a language; the sitemap has them all


@require_safe
@cache_control(public=True, max_age=3600)
@conditional_page
def llms(request: HttpRequest) -> HttpResponse:
    """Answer with the list of all open pages by language and section."""
    pages: Any = open_pages_of(site_of(request))
    parts = []
    for code, _ in settings.LANGUAGES:
        with override(code):
            own = list(pages.filter(locale__language_code=code)[:MOST].specific())
            sections = [*_sections(own[1:], request), *_lone_sections(request)]
            context = {"home": own[0] if own else None, "sections": sections}
            parts.append(render_to_string("hub/llms.txt", context).strip())
    return HttpResponse("\n\n".join(parts) + "\n", content_type="text/plain; charset=utf-8")


def _sections(pages: list[Page], request: HttpRequest) -> list[dict[str, Any]]:
    """Return the pages by the part of the site that they stand in, each part under its first page's title."""
    top = min((page.depth for page in pages), default=0)
    parts = (list(part) for _, part in groupby(pages, key=lambda page: page.path[: top * Page.steplen]))
    return [{"title": part[0].title, "entries": [_entry(page, request) for page in part]} for part in parts]


def _lone_sections(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the pages beside the tree, each as a part of its own."""
    return [
        {
            "title": lone.title,
            "entries": [{"title": lone.title, "url": request.build_absolute_uri(reverse(lone.name)), "summary": ""}],
        }
        for lone in lone_pages()
    ]


def _entry(page: Page, request: HttpRequest) -> dict[str, str]:
    """Return a page as one line of the list."""
    summary = " ".join(getattr(page, "summary", "").split())
    return {"title": page.title, "url": request.build_absolute_uri(address_of(page, request)), "summary": summary}

"""The page of patterns, made of the very templates that visitors see: it cannot go stale."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import Template
from django.template.loader import get_template, render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page, Site, get_page_models

from .samples import samples

_NAMES = re.compile(r'\b(id|for|aria-labelledby|aria-describedby)="([^"]+)"')
_PREFIX = "blocks/"


@dataclass(frozen=True, slots=True)
class Shown:
    """One state of a pattern."""

    name: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class Pattern:
    """A template with its code and its states."""

    template: str
    code: str
    about: str = ""
    states: list[Shown] = field(default_factory=list)


class Drawn:
    """HTML of our own templates whose ids are its own: the same component stands on the page many times."""

    def __init__(self, html: str, prefix: str) -> None:
        self._html = _NAMES.sub(lambda match: _renamed(match, prefix), html)

    def __html__(self) -> str:
        """Return the HTML, which the templates have escaped."""
        return self._html


def patterns(request: HttpRequest) -> HttpResponse:
    """Answer with the page; Wagtail lets only those in who may enter the admin."""
    site = Site.find_for_request(request)
    page = site.root_page.localized.specific if site else None
    context = {"components": list(_components(request, page)), "blocks": list(_blocks(request, page))}
    return render(request, "hub/patterns.html", context)


def _components(request: HttpRequest, page: Page | None) -> Iterator[Pattern]:
    """Yield each component with its states."""
    for template, states in sorted(samples(request, page).items()):
        shown = [
            Shown(name, _drawn(render_to_string(template, context, request), f"{_stem(template)}-{number}"))
            for number, (name, context) in enumerate(states)
        ]
        yield Pattern(template, _code(template), states=shown)


def _blocks(request: HttpRequest, page: Page | None) -> Iterator[Pattern]:
    """Yield each block that has a template, drawn from the value of its own preview."""
    found: dict[str, blocks.Block] = {}
    for model in get_page_models():
        for own in model._meta.get_fields():
            if isinstance(own, StreamField):
                _gather(own.stream_block, found)
    for template, block in sorted(found.items()):
        value = _filled(block)
        html = block.render(value, context={"page": page, "request": request})
        states = [Shown("", _drawn(str(html), f"block-{_stem(template)}"))]
        yield Pattern(template, _code(template), str(block.meta.description or ""), states)


def _gather(block: blocks.Block, found: dict[str, blocks.Block]) -> None:
    """Note a block and those within it by their templates."""
    template = getattr(block.meta, "template", None)
    if template and template.startswith(_PREFIX):
        found.setdefault(template, block)
    for child in getattr(block, "child_blocks", {}).values():
        _gather(child, found)
    if isinstance(block, blocks.ListBlock):
        _gather(block.child_block, found)


def _filled(block: blocks.Block) -> Any:
    """Return the value of a block's preview; what it would choose from the library is chosen, so that it is seen.

    A stream of several kinds has no preview of its own: it is shown with those of all its blocks.
    """
    if isinstance(block, blocks.StreamBlock):
        return blocks.StreamValue(block, [(name, _filled(child)) for name, child in block.child_blocks.items()])
    value = block.get_preview_value()
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            if isinstance(child, ImageChooserBlock) and not value[name]:
                value[name] = child.model_class.objects.first()
            if isinstance(child, blocks.ListBlock) and isinstance(child.child_block, DocumentChooserBlock):
                documents = child.child_block.model_class.objects.order_by("pk")[:2]
                value[name] = child.normalize(list(documents))
    return value


def _drawn(html: str, prefix: str) -> SafeString:
    """Return HTML of our own templates with ids of its own."""
    return format_html("{}", Drawn(html, prefix))


def _code(template: str) -> str:
    """Return the source of a template."""
    loaded: Any = get_template(template)
    inner: Template = loaded.template
    return str(inner.source).strip()


def _stem(template: str) -> str:
    """Return a template's own name."""
    return template.rpartition("/")[2].removesuffix(".html").replace("_", "-")


def _renamed(match: re.Match[str], prefix: str) -> SafeString:
    """Return an attribute whose names are those of one state alone."""
    names = " ".join(f"{prefix}-{name}" for name in match[2].split())
    return format_html('{}="{}"', match[1], names)

"""Which pages machines are told of: those that every visitor may open."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Substr
from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from wagtail.models import Page, Site, get_page_models

from hub.models import HubPage, open_pages


@dataclass(frozen=True, slots=True)
class LonePage:
    """A page to read that stands beside the tree, by the name of its address; a room has it in each language."""

    name: str
    title: str | Promise
    is_there: Callable[[], bool]


_lone: dict[str, LonePage] = {}


def register_lone_page(name: str, title: str | Promise, *, is_there: Callable[[], bool]) -> None:
    """Have machines told of a page beside the tree while there is anything on it."""
    _lone[name] = LonePage(name, title, is_there)


def lone_pages() -> list[LonePage]:
    """Return the pages beside the tree that have anything on them now."""
    return [page for page in _lone.values() if page.is_there()]


def site_of(request: HttpRequest) -> Site:
    """Return the site that was asked; raise Http404 where there is none."""
    site: Site | None = Site.find_for_request(request)
    if site is None:
        raise Http404("no site has this address")
    return site


def open_pages_of(site: Site) -> "QuerySet[Page]":
    """Return what every visitor may open of a site, in all its languages, in the order of the tree."""
    root = site.root_page
    homes = Page.objects.filter(translation_key=root.translation_key, depth=root.depth).order_by()
    pages = Page.objects.annotate(home=Substr("path", 1, len(root.path))).filter(home__in=homes.values("path"))
    found: QuerySet[Page] = open_pages(pages).select_related("locale").order_by("path")
    return found


def kinds_of_pages() -> dict[str, list[type[HubPage]]]:
    """Return the page types by the kind of find that they are."""
    kinds: dict[str, list[type[HubPage]]] = {}
    for model in get_page_models():
        if issubclass(model, HubPage) and model.search_kind:
            kinds.setdefault(model.search_kind, []).append(model)
    return kinds


def is_of_kinds(kinds: Iterable[str]) -> Q:
    """Return the condition that a page is of one of these kinds."""
    known = kinds_of_pages()
    names = Q()
    for model in (model for kind in kinds for model in known[kind]):
        names |= Q(content_type__app_label=model._meta.app_label, content_type__model=model._meta.model_name)
    return names


def newest_first(pages: "QuerySet[Page]", count: int) -> Iterable[Page]:
    """Return the pages that came out last, each of its own type."""
    newest = pages.order_by(F("first_published_at").desc(nulls_last=True), "-pk")[:count]
    specific: Iterable[Page] = newest.specific()  # type: ignore[attr-defined]  # Wagtail's querysets are untyped
    return specific

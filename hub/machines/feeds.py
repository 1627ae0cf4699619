"""Atom feeds of what is new: of everything, of one kind, of one theme, of one municipality."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from wagtail.models import Page

from hub.models import HubPage, Municipality, SiteSettings, Term, Theme
from hub.searchable import kinds

from .pages import is_of_kinds, kinds_of_pages, newest_first, open_pages_of, site_of

ENTRIES = 30
# The vocabularies that have feeds, by the name of the pages' field and of the address.
VOCABULARIES: dict[str, type[Term]] = {"theme": Theme, "municipality": Municipality}
FIELDS = {"theme": "themes", "municipality": "municipality"}


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed by its name and address."""

    title: str
    url: str


class Feed(Atom1Feed):
    """An Atom feed whose date is that of its newest change, and not the hour at which it was asked for."""

    def latest_post_date(self) -> datetime:
        """Return when anything in the feed changed last."""
        changed: datetime = self.feed["changed"]
        return changed


def link_to_everything() -> FeedLink:
    """Return the feed of everything new."""
    return FeedLink(gettext("Everything new"), reverse("feed_of_everything"))


def link_to_kind(kind: str) -> FeedLink:
    """Return the feed of a kind of pages."""
    return FeedLink(str(kinds[kind].plural), reverse("feed", args=["kind", kind]))


def link_to_term(vocabulary: str, term: Term) -> FeedLink:
    """Return the feed of a theme or a municipality."""
    return FeedLink(term.name, reverse("feed", args=[vocabulary, term.slug]))


@require_safe
@cache_control(public=True, max_age=900)
def feeds(request: HttpRequest) -> HttpResponse:
    """Answer with the page that lists all feeds."""
    members: QuerySet[Any] = Municipality.objects.filter(is_member=True)  # a manager of terms knows no municipality
    context = {
        "everything": link_to_everything(),
        "kinds": [link_to_kind(kind) for kind in kinds if kind in kinds_of_pages()],
        "themes": sorted((link_to_term("theme", theme) for theme in Theme.objects.all()), key=lambda link: link.title),
        "municipalities": [link_to_term("municipality", member) for member in members],
    }
    return render(request, "hub/feeds.html", context)


@require_safe
@cache_control(public=True, max_age=900)
@conditional_page
def everything(request: HttpRequest) -> HttpResponse:
    """Answer with the feed of everything new."""
    pages = open_pages_of(site_of(request)).filter(is_of_kinds(kinds_of_pages()))
    return _answer(request, gettext("Everything new"), pages)


@require_safe
@cache_control(public=True, max_age=900)
@conditional_page
def feed(request: HttpRequest, facet: str, slug: str) -> HttpResponse:
    """Answer with the feed of a kind, a theme or a municipality; 404 for one that there is not."""
    pages, of_kinds = open_pages_of(site_of(request)), kinds_of_pages()
    if facet == "kind" and slug in of_kinds:
        return _answer(request, str(kinds[slug].plural), pages.filter(is_of_kinds([slug])))
    term = VOCABULARIES[facet].objects.filter(slug=slug).first() if facet in VOCABULARIES else None
    if term is None:
        raise Http404(f"no feed {facet}/{slug}")
    field = FIELDS[facet]
    about = Q()
    for model in (model for models in of_kinds.values() for model in models):
        if any(own.name == field for own in model._meta.get_fields()):
            about |= Q(pk__in=model._default_manager.filter(**{field: term}).order_by().values("pk"))
    return _answer(request, term.name, pages.filter(about))


def _answer(request: HttpRequest, title: str, pages: "QuerySet[Page]") -> HttpResponse:
    """Return the answer with the newest of these pages in the reader's language."""
    language = get_language() or "bg"
    own = pages.filter(locale__language_code=language)
    changed = own.aggregate(changed=Max("last_published_at"))["changed"] or datetime(2020, 1, 1, tzinfo=UTC)
    atom = Feed(
        title=f"{gettext('Citizen Participation')} – {title}",
        link=request.build_absolute_uri(f"/{language}/"),
        description="",
        subtitle=gettext("Knowledge hub of the South-East region"),
        language=language,
        author_name=_author(request),
        feed_url=request.build_absolute_uri(request.path),
        feed_guid=_identity(f"feed:{language}:{request.path}"),
        changed=changed,
    )
    for page in newest_first(own, ENTRIES):
        _add(atom, request, page, language)
    return HttpResponse(atom.writeString("utf-8"), content_type=Atom1Feed.content_type)


def _add(atom: Feed, request: HttpRequest, page: Page, language: str) -> None:
    """Add a page to a feed; its identity stays whatever becomes of its address."""
    first, last = page.first_published_at, page.last_published_at
    kind = kinds.get(page.search_kind) if isinstance(page, HubPage) else None
    atom.add_item(
        title=_without_controls(page.full_name),
        link=request.build_absolute_uri(page.get_url(request)),
        description=_without_controls(page.summary),
        unique_id=_identity(f"page:{language}:{page.translation_key}"),
        pubdate=first or last,
        updateddate=last or first or atom.feed["changed"],
        categories=[str(kind.label)] if kind else [],
    )


def _author(request: HttpRequest) -> str:
    """Return who publishes the feed: an entry without an author is no valid one."""
    return SiteSettings.for_request(request).organisation or gettext("Citizen Participation")


def _without_controls(text: str) -> str:
    """Return a text without the characters that no XML may hold, which come with what is pasted."""
    return text.translate(dict.fromkeys([*range(9), 11, 12, *range(14, 32)]))


def _identity(name: str) -> str:
    """Return a URN that is the same for ever, on whichever host."""
    return uuid.uuid5(uuid.NAMESPACE_OID, name).urn

"""The frame of a page: the menu above it, the way to it, its language versions and the footer, in one query."""

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now, Substr
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site

from hub.models import FooterLink
from hub.models.base import open_pages, restrictions_of


@dataclass(frozen=True)
class Frame:
    """What stands around a page. Its pages are what every visitor may open, but for the way to the page itself."""

    pages: list[Page] = field(default_factory=list)
    page: Page | None = None

    @cached_property
    def sections(self) -> list[Page]:
        """The pages right under the home page: on the home page all, elsewhere those of the menu."""
        return [page for page in self.pages if page.is_section and page.is_open and not page.alias_of_id]

    @cached_property
    def menu(self) -> list[Page]:
        """The pages of the main menu."""
        return [page for page in self.sections if page.show_in_menus]

    @cached_property
    def footer(self) -> list[Page]:
        """The pages that the footer links to, in the order of the settings."""
        linked = [page for page in self.pages if page.is_linked and page.is_open and not page.alias_of_id]
        return sorted(linked, key=lambda page: page.footer_order)

    @cached_property
    def above(self) -> list[Page]:
        """The pages above this one, from the home page on."""
        own = (self.page.path or "") if self.page else ""
        return [page for page in self.pages if own.startswith(page.path) and own != page.path]

    @cached_property
    def versions_above(self) -> dict[str, list[Page]]:
        """The versions of the pages above this one by their languages, the nearest last."""
        places = {page.translation_key: place for place, page in enumerate(self.above)}
        found = open_pages(Page.objects.filter(translation_key__in=places)).select_related("locale")
        versions: dict[str, list[Page]] = {}
        for page in sorted(found, key=lambda page: places[page.translation_key]):
            versions.setdefault(page.locale.language_code, []).append(page)
        return versions

    @cached_property
    def versions(self) -> dict[str, Page]:
        """The versions of this page by their languages."""
        return {page.locale.language_code: page for page in self._own if not page.alias_of_id}

    @cached_property
    def stand_ins(self) -> dict[str, Page]:
        """The pages that say that this one is not translated yet, by their languages."""
        return {page.locale.language_code: page for page in self._own if page.alias_of_id}

    @property
    def _own(self) -> list[Page]:
        """The open pages that are this one in some language, or stand in for it."""
        key = self.page.translation_key if self.page else None
        return [page for page in self.pages if page.translation_key == key and page.is_open]


def frame_of(request: HttpRequest, page: Page | None) -> Frame:
    """Return the frame of a page, or of an answer that is no page; asked for once a request and language."""
    language = get_language() or "bg"
    name = f"_frame_{language}_{page.pk if page else None}"
    frame: Frame | None = getattr(request, name, None)
    if frame is None:
        site = Site.find_for_request(request)
        frame = Frame(list(_pages(site, page, language)), page) if site else Frame()
        setattr(request, name, frame)
    return frame


def _pages(site: Site, page: Page | None, language: str) -> "QuerySet[Page]":
    """Return the pages of the frame in the order of the tree."""
    root = site.root_page
    homes = Page.objects.filter(translation_key=root.translation_key, locale__language_code=language)
    links = FooterLink.objects.filter(settings__site=site).order_by()
    orders = links.filter(page__translation_key=OuterRef("translation_key")).values("sort_order")[:1]
    is_home = page is not None and page.translation_key == root.translation_key
    in_menu = Q() if is_home else Q(show_in_menus=True)
    section = Q(home__in=homes.order_by().values("path"), depth=root.depth + 1) & in_menu
    linked = Q(translation_key__in=links.values("page__translation_key"), locale__language_code=language)
    needed = Q(section | linked, alias_of=None)
    if page is not None and page.path:
        steps = range(2 * Page.steplen, len(page.path), Page.steplen)
        needed |= Q(path__in=[page.path[:end] for end in steps], alias_of=None)
        needed |= Q(translation_key=page.translation_key)
    pages: QuerySet[Page] = (
        Page.objects.annotate(
            home=Substr("path", 1, len(root.path)),
            footer_order=Subquery(orders),
            is_open=~Exists(restrictions_of(OuterRef("path"))),
            is_section=ExpressionWrapper(section, BooleanField()),
            is_linked=ExpressionWrapper(linked, BooleanField()),
        )
        .filter(needed, Q(expire_at=None) | Q(expire_at__gt=Now()), live=True)
        .select_related("locale")
        .order_by("path")
    )
    return pages

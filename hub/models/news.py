"""News of the hub and of the project."""

from collections.abc import Callable, Iterator
from datetime import datetime, time
from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from hub.blocks import BodyBlock
from hub.blocks.body import passages_of
from hub.searchable import Passage

from .base import HubPage, open_pages


class NewsIndexPage(HubPage):
    """All news, the newest first."""

    PER_PAGE: ClassVar[int] = 20

    parent_page_types = ["hub.HomePage"]
    subpage_types = ["hub.NewsPage"]
    max_count_per_parent = 1
    page_description = _("All news, the newest first.")

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    @property
    def items(self) -> models.QuerySet["NewsPage"]:
        """The published news of this language, the newest first."""
        news: models.QuerySet[NewsPage] = open_pages(NewsPage.objects.child_of(self)).order_by("-date", "-pk")
        return news

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the context with one page of the list."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["page_obj"] = Paginator(self.items, self.PER_PAGE).get_page(request.GET.get("page"))
        return context


class NewsPage(HubPage):
    """A piece of news with its date."""

    search_kind: ClassVar[str] = "news"

    date = models.DateField(_("date"), default=timezone.localdate)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels = [*HubPage.content_panels, FieldPanel("date"), FieldPanel("body")]
    search_fields = [*HubPage.search_fields, index.SearchField("body"), index.FilterField("date")]

    parent_page_types = ["hub.NewsIndexPage"]
    subpage_types: list[str] = []
    page_description = _("A piece of news with its date.")

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    @property
    def published_on(self) -> datetime:
        """The date of the news."""
        return timezone.make_aware(datetime.combine(self.date, time()))

    def passages(self) -> Iterator[Passage]:
        """Yield the summary and the sections of the text."""
        yield from super().passages()
        yield from passages_of(self.body)

    def linked_data(self, absolute: Callable[[str], str]) -> dict[str, Any]:
        """Return the news as such, with its own date."""
        return {"@type": "NewsArticle", "headline": self.full_name, "datePublished": self.date}

    def facets(self) -> dict[str, tuple[str, ...]]:
        """Return the year."""
        return {"year": (str(self.date.year),)}

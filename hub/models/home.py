"""The home page of each language."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from .base import HubPage, open_pages
from .events import EventPage
from .news import NewsPage


class HomePage(HubPage):
    """What the hub is in one sentence, the search field, and the ways in."""

    headline = models.CharField(_("headline"), max_length=120, help_text=_("What the hub is, in a few words."))
    lead = models.TextField(_("lead"), max_length=300, help_text=_("One sentence under the headline."))
    search_examples = StreamField(
        [("query", CharBlock(label=_("Query"), max_length=60, description=_("A query that finds something"),
                             preview_value="обществено обсъждане", icon="search"))],
        verbose_name=_("examples of queries"),
        blank=True,
        max_num=4,
        help_text=_("Short queries under the search field, each of which finds something."),
    )  # fmt: skip

    content_panels = [
        *HubPage.content_panels,
        FieldPanel("headline"),
        FieldPanel("lead"),
        FieldPanel("search_examples"),
    ]

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "hub.ProjectPage",
        "hub.AccessibilityPage",
        "hub.ContentPage",
        "hub.NewsIndexPage",
        "hub.EventIndexPage",
        "hub.OrganisationIndexPage",
        "practices.PracticeIndexPage",
        "strategies.StrategyPage",
        "strategies.CaseStudyIndexPage",
        "files.PublicationIndexPage",
    ]
    max_count = 2
    page_description = _("The first page of a language.")

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Return the page of an address, found by the whole address and with what it shows; else level by level."""
        if path_components:
            page = Page.objects.filter(url_path=f"{self.url_path}{'/'.join(path_components)}/").first()
            if page is not None and issubclass(page.specific_class, HubPage):
                shown = page.specific_class.objects.select_related(*page.specific_class.shown_with).get(pk=page.pk)
                return shown.route(request, [])
        return super().route(request, path_components)

    def linked_data(self, absolute: Callable[[str], str]) -> dict[str, Any]:
        """Return the whole site, and how it is searched."""
        search = f"{absolute(reverse('search:results'))}?q={{search_term_string}}"
        target = {"@type": "EntryPoint", "urlTemplate": search}
        action = {"@type": "SearchAction", "target": target, "query-input": "required name=search_term_string"}
        return {"@type": "WebSite", "name": self.headline, "description": self.lead, "potentialAction": action}

    @property
    def latest_news(self) -> models.QuerySet[NewsPage]:
        """The newest three pieces of news."""
        news: models.QuerySet[NewsPage] = open_pages(NewsPage.objects.descendant_of(self)).order_by("-date", "-pk")
        return news[:3]

    @property
    def coming_events(self) -> models.QuerySet[EventPage]:
        """The next three events."""
        events: models.QuerySet[EventPage] = open_pages(EventPage.objects.descendant_of(self))
        events = events.filter(ends_at__gte=timezone.now()).select_related("municipality")
        return events.order_by("starts_at")[:3]

"""Events: public discussions, trainings, meetings."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from icalendar import Calendar, Event
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.fields import StreamField
from wagtail.search import index

from hub.blocks import BodyBlock
from hub.blocks.body import passages_of
from hub.panels import term_panel
from hub.plain_text import lines
from hub.searchable import Passage

from .base import HubPage, RoutedHubPage, open_pages


class EventIndexPage(HubPage):
    """The coming events and the past ones."""

    PER_PAGE: ClassVar[int] = 20

    parent_page_types = ["hub.HomePage"]
    subpage_types = ["hub.EventPage"]
    max_count_per_parent = 1
    page_description = _("The coming events and the past ones.")

    class Meta:
        verbose_name = _("list of events")
        verbose_name_plural = _("lists of events")

    @property
    def _events(self) -> models.QuerySet["EventPage"]:
        """The published events of this language."""
        events = open_pages(EventPage.objects.child_of(self))
        return events.select_related("municipality")  # type: ignore[no-any-return]  # Wagtail's managers are untyped

    @property
    def coming(self) -> models.QuerySet["EventPage"]:
        """Events that have not ended, the nearest first."""
        return self._events.filter(ends_at__gte=timezone.now()).order_by("starts_at")

    @property
    def past(self) -> models.QuerySet["EventPage"]:
        """Events that have ended, the latest first."""
        return self._events.filter(ends_at__lt=timezone.now()).order_by("-starts_at")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the context with one page of the past events."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["page_obj"] = Paginator(self.past, self.PER_PAGE).get_page(request.GET.get("page"))
        return context


class EventPage(RoutedHubPage):
    """An event with its place and times, and an iCalendar file of it."""

    search_kind: ClassVar[str] = "event"
    shown_with: ClassVar[tuple[str, ...]] = (*HubPage.shown_with, "municipality")

    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    municipality = models.ForeignKey(
        "hub.Municipality", verbose_name=_("municipality"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    venue = models.CharField(_("venue"), max_length=200, help_text=_("The hall or building, or “online”."))
    address = models.CharField(_("address"), max_length=250, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels = [
        *HubPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("starts_at"),
                FieldPanel("ends_at"),
                term_panel("municipality"),
                FieldPanel("venue"),
                FieldPanel("address"),
            ],
            heading=_("When and where"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [*HubPage.search_fields, index.SearchField("venue"), index.SearchField("body")]

    parent_page_types = ["hub.EventIndexPage"]
    subpage_types: list[str] = []
    page_description = _("An event with its place and times.")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    @property
    def published_on(self) -> datetime:
        """The day of the event."""
        return self.starts_at

    @property
    def is_on_one_day(self) -> bool:
        """Whether the event begins and ends on the same day."""
        return timezone.localdate(self.starts_at) == timezone.localdate(self.ends_at)

    @property
    def has_ended(self) -> bool:
        """Whether the event is over."""
        return self.ends_at < timezone.now()

    def clean(self) -> None:
        """Validate that the event ends after it starts."""
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The event ends before it starts. Choose a later end.")})

    def passages(self) -> Iterator[Passage]:
        """Yield the summary, the place, and the sections of the text."""
        yield from super().passages()
        yield Passage(text=lines(self.venue, self.address), anchor="facts")
        yield from passages_of(self.body)

    def facets(self) -> dict[str, tuple[str, ...]]:
        """Return the year and the municipality."""
        place = {"municipality": (self.municipality.slug,)} if self.municipality else {}
        return {"year": (str(timezone.localtime(self.starts_at).year),), **place}

    def linked_data(self, absolute: Callable[[str], str]) -> dict[str, Any]:
        """Return the event with its times and place."""
        place = {"@type": "Place", "name": self.venue, "address": self.address or str(self.municipality or "")}
        return {
            "@type": "Event",
            "startDate": timezone.localtime(self.starts_at),
            "endDate": timezone.localtime(self.ends_at),
            "eventStatus": "https://schema.org/EventScheduled",
            "location": place,
            "organizer": {"@id": absolute("/#organisation")},
        }

    @path("calendar/", name="calendar")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        """Return the event as an iCalendar file (RFC 5545)."""
        response = HttpResponse(self.to_ical(request), content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.slug}.ics"'
        return response

    def to_ical(self, request: HttpRequest) -> bytes:
        """Return the bytes of the iCalendar file; times are in UTC, so that no time zone table is needed."""
        event = Event()
        event.add("uid", f"{self.translation_key}@{request.get_host()}")
        event.add("dtstamp", (self.last_published_at or timezone.now()).astimezone(UTC))
        event.add("dtstart", self.starts_at.astimezone(UTC))
        event.add("dtend", self.ends_at.astimezone(UTC))
        event.add("summary", self.title)
        event.add("description", self.summary)
        event.add("location", ", ".join(part for part in (self.venue, self.address) if part))
        event.add("url", request.build_absolute_uri(self.get_url(request)))
        calendar = Calendar()
        calendar.add("prodid", "-//Civic participation hub//BG")
        calendar.add("version", "2.0")
        calendar.add_component(event)
        ical: bytes = calendar.to_ical()
        return ical

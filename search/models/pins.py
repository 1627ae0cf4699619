"""Pins: the pages that editors put before all other results of a query."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable

MOST_PINNED = 5  # pages of one query: what is chosen must leave room for what is found


class PinQuerySet(models.QuerySet["Pin"]):
    """Questions one may ask of the pins."""

    def with_pages(self) -> Self:
        """Return the pins with their pages, in as few queries as possible."""
        return self.prefetch_related("pages")


class Pin(ClusterableModel):
    """A query in one language, and the pages that answer it best."""

    class Language(models.TextChoices):
        """The languages in which one asks."""

        BULGARIAN = "bg", _("Bulgarian")
        ENGLISH = "en", _("English")

    language = models.CharField(_("language of the query"), max_length=2, choices=Language, default=Language.BULGARIAN)
    query = models.CharField(
        _("query"), max_length=200,
        help_text=_("What visitors type. Other forms and another order of the same words count as the same query."),
    )  # fmt: skip

    panels = [
        FieldRowPanel([FieldPanel("query"), FieldPanel("language")]),
        InlinePanel("pages", heading=_("Pages to show first"), label=_("Page"), min_num=1, max_num=MOST_PINNED),
    ]

    objects = PinQuerySet.as_manager()

    class Meta:
        verbose_name = _("chosen results of a query")
        verbose_name_plural = _("chosen results")
        ordering = ["query"]
        constraints = [models.UniqueConstraint(fields=["language", "query"], name="search_pin_query")]

    def __str__(self) -> str:
        return self.query


class PinnedPage(Orderable):
    """A page that is pinned to a query, in its place among the others."""

    pin = ParentalKey(Pin, on_delete=models.CASCADE, related_name="pages")
    page = models.ForeignKey("wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("page")]

    class Meta(Orderable.Meta):
        verbose_name = _("pinned page")
        verbose_name_plural = _("pinned pages")

    def __str__(self) -> str:
        return f"{self.pin_id}/{self.page_id}"

    def clean(self) -> None:
        """Validate that the page can be found at all: home pages and lists of a room are no results."""
        super().clean()
        page = self.page.specific_deferred if self.page_id else None
        if page is not None and not getattr(page, "search_kind", ""):
            raise ValidationError({"page": _("This page never stands among results. Choose one that does.")})

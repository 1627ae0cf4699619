"""Directories of civil organisations, one for each municipality."""

import csv
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from hub.blocks import BodyBlock
from hub.blocks.body import passages_of
from hub.csv_cells import MARK, as_text
from hub.panels import term_panel, terms_panel
from hub.plain_text import lines
from hub.searchable import Passage

from .base import HubPage, RoutedHubPage, open_pages


class Organisation(index.Indexed, ClusterableModel):
    """A civil organisation: one row with its texts in both languages."""

    key = models.SlugField(_("key"), unique=True, max_length=80, help_text=_("Stands in addresses and exports."))
    municipality = models.ForeignKey(
        "hub.Municipality", verbose_name=_("municipality"), on_delete=models.PROTECT, related_name="organisations"
    )
    name_bg = models.CharField(_("name in Bulgarian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    themes = ParentalManyToManyField("hub.Theme", verbose_name=_("themes"), blank=True, related_name="organisations")
    field_bg = models.CharField(_("field of activity in Bulgarian"), max_length=300)
    field_en = models.CharField(_("field of activity in English"), max_length=300)
    settlement_bg = models.CharField(_("settlement in Bulgarian"), max_length=80, blank=True)
    settlement_en = models.CharField(_("settlement in English"), max_length=80, blank=True)
    consent_recorded = models.BooleanField(
        _("consent to publish the contact is recorded"),
        default=False,
        help_text=_("Without it the contact stays unpublished, wherever the organisation is shown or exported."),
    )
    contact_email = models.EmailField(_("e-mail"), blank=True)
    contact_url = models.URLField(_("website"), blank=True)
    is_sample = models.BooleanField(_("sample row"), default=False)

    panels = [
        *(FieldPanel(name) for name in ("name_bg", "name_en", "key")),
        term_panel("municipality"),
        terms_panel("themes"),
        *(FieldPanel(name) for name in ("field_bg", "field_en", "settlement_bg", "settlement_en")),
        *(FieldPanel(name) for name in ("consent_recorded", "contact_email", "contact_url", "is_sample")),
    ]
    search_fields = [index.SearchField("name_bg"), index.SearchField("name_en"), index.AutocompleteField("name_bg")]

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name_bg"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the moment."""
        return self._in_language("name")

    @property
    def field(self) -> str:
        """The field of activity in the language of the moment."""
        return self._in_language("field")

    @property
    def settlement(self) -> str:
        """The settlement in the language of the moment."""
        return self._in_language("settlement")

    @property
    def public_email(self) -> str:
        """The e-mail, if consent to publish it is recorded."""
        return self.contact_email if self.consent_recorded else ""

    @property
    def public_url(self) -> str:
        """The website, if consent to publish the contact is recorded."""
        return self.contact_url if self.consent_recorded else ""

    def clean(self) -> None:
        """Validate that a contact comes with a recorded consent."""
        super().clean()
        if (self.contact_email or self.contact_url) and not self.consent_recorded:
            raise ValidationError(
                {"consent_recorded": _("Record the consent, or leave the contact out: it may not be kept without one.")}
            )

    def matches(self, theme: str, words: str) -> bool:
        """Return whether the row is about the theme and holds all the words; empty filters let everything through."""
        text = f"{self.name} {self.field} {self.settlement}".casefold()
        return all(word in text for word in words.casefold().split()) and (
            not theme or any(own.slug == theme for own in self.themes.all())
        )

    def _in_language(self, name: str) -> str:
        """Return one of the two texts by the language of the moment."""
        language = "en" if (get_language() or "bg").startswith("en") else "bg"
        text: str = getattr(self, f"{name}_{language}")
        return text


class OrganisationIndexPage(HubPage):
    """The way to the directories."""

    parent_page_types = ["hub.HomePage"]
    subpage_types = ["hub.OrganisationDirectoryPage"]
    max_count_per_parent = 1
    page_description = _("The way to the directories of organisations.")

    class Meta:
        verbose_name = _("list of directories")
        verbose_name_plural = _("lists of directories")

    @property
    def directories(self) -> models.QuerySet["OrganisationDirectoryPage"]:
        """The published directories of this language."""
        pages = open_pages(OrganisationDirectoryPage.objects.child_of(self))
        return pages.select_related("municipality")  # type: ignore[no-any-return]  # Wagtail's managers are untyped


class OrganisationDirectoryPage(RoutedHubPage):
    """The organisations of one municipality, as a table with filters and as CSV."""

    search_kind: ClassVar[str] = "directory"
    shown_with: ClassVar[tuple[str, ...]] = (*HubPage.shown_with, "municipality")

    municipality = models.ForeignKey(
        "hub.Municipality", verbose_name=_("municipality"), on_delete=models.PROTECT, related_name="+"
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels = [*HubPage.content_panels, term_panel("municipality"), FieldPanel("body")]
    override_translatable_fields = [
        SynchronizedField("municipality", overridable=False),
    ]

    parent_page_types = ["hub.OrganisationIndexPage"]
    subpage_types: list[str] = []
    page_description = _("The organisations of one municipality.")

    class Meta:
        verbose_name = _("directory of organisations")
        verbose_name_plural = _("directories of organisations")

    @property
    def organisations(self) -> models.QuerySet[Organisation]:
        """The organisations of the municipality, by name."""
        name = f"name_{self.locale.language_code}"
        rows: models.QuerySet[Organisation] = Organisation.objects.filter(municipality=self.municipality)
        return rows.order_by(name).prefetch_related("themes")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the context with the rows that the visitor's filters leave."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        rows = list(self.organisations)
        theme, words = request.GET.get("theme", ""), request.GET.get("name", "").strip()[:100]
        context |= {
            "themes": sorted({theme for row in rows for theme in row.themes.all()}, key=lambda theme: theme.name),
            "chosen_theme": theme,
            "words": words,
            "rows": [row for row in rows if row.matches(theme, words)],
            "total": len(rows),
        }
        return context

    @path("csv/", name="csv")
    def csv(self, request: HttpRequest) -> HttpResponse:
        """Return all rows as CSV (RFC 4180, UTF-8 with a mark, so that spreadsheets read the Cyrillic)."""
        response = HttpResponse(MARK, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.slug}.csv"'
        writer = csv.writer(response)
        headings = (_("Name"), _("Municipality"), _("Field of activity"), _("Settlement"), _("E-mail"), _("Website"))
        writer.writerow([str(heading) for heading in headings])
        for row in self.organisations:
            cells = (row.name, self.municipality.name, row.field, row.settlement, row.public_email, row.public_url)
            writer.writerow([as_text(cell) for cell in cells])
        return response

    def passages(self) -> Iterator[Passage]:
        """Yield the summary, the text, and each organisation as a row to land on."""
        yield from super().passages()
        yield from passages_of(self.body)
        language = self.locale.language_code
        for row in self.organisations:
            name, field, settlement = (getattr(row, f"{part}_{language}") for part in ("name", "field", "settlement"))
            yield Passage(text=lines(name, field, settlement), anchor=row.key, label=name)

    def linked_data(self, absolute: Callable[[str], str]) -> dict[str, Any]:
        """Return the directory as data that can be downloaded."""
        table = absolute(f"{self.url}{self.reverse_subpage('csv')}")
        return {
            "@type": "Dataset",
            "description": self.summary or self.full_name,
            "isAccessibleForFree": True,
            "creator": {"@id": absolute("/#organisation")},
            "spatialCoverage": self.municipality.name,
            "distribution": [{"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": table}],
        }

    def facets(self) -> dict[str, tuple[str, ...]]:
        """Return the municipality."""
        return {"municipality": (self.municipality.slug,)}

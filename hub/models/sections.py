"""Pages about what happened somewhere over some years, told in texts with headings: practices and case studies."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar, NamedTuple

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hub.models.base import HubPage
from hub.models.taxonomies import Municipality
from hub.periods import years
from hub.plain_text import plain_text
from hub.searchable import Passage


class Section(NamedTuple):
    """A rich text of a page: the field that holds it, its anchor on the page, its heading."""

    field: str
    anchor: str
    heading: Promise


class SectionedPage(HubPage):
    """A page with texts under headings, a period of years, perhaps a municipality, and its sources at the end."""

    section_fields: ClassVar[tuple[Section, ...]]

    municipality: Municipality | None
    year_start: int | None
    year_end: int | None
    sources: Any

    class Meta:
        abstract = True

    @property
    def published_on(self) -> datetime | None:
        """The first day of the first year, by which finders order; else when the page came out."""
        if self.year_start:
            return timezone.make_aware(datetime(self.year_start, 1, 1))
        return super().published_on

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The texts that there are, with their anchors and headings."""
        return [
            {"anchor": section.anchor, "heading": section.heading, "text": text}
            for section in self.section_fields
            if (text := getattr(self, section.field))
        ]

    @property
    def contents(self) -> list[dict[str, Any]]:
        """The sections of the page as links to their places, the sources last."""
        links = [{"title": section["heading"], "url": f"#{section['anchor']}"} for section in self.sections]
        return [*links, {"title": _("Sources"), "url": "#sources"}] if self.sources else links

    @property
    def city_code(self) -> str:
        """The code of the municipality; empty abroad, nationwide and where there is none."""
        return self.municipality.code if self.municipality else ""

    @property
    def period_label(self) -> str:
        """The years of it."""
        return years(self.year_start, self.year_end)

    def section_passages(self) -> Iterator[Passage]:
        """Yield each text with its anchor."""
        for section in self.sections:
            yield Passage(text=plain_text(section["text"]), anchor=section["anchor"], label=str(section["heading"]))

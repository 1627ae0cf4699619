"""Case studies: a practice told for learning, with questions to discuss."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from hub.blocks import RICH_TEXT, SourceBlock
from hub.models import HubPage, Section, SectionedPage, open_pages, open_versions
from hub.panels import term_panel
from hub.searchable import Passage

# The rich texts in reading order.
SECTIONS = (
    Section("situation", "situation", _("The situation")),
    Section("process", "process", _("What was done")),
    Section("outcome", "outcome", _("How it ended")),
    Section("lessons", "lessons", _("Lessons")),
    Section("questions", "questions", _("Questions to discuss")),
)
_FEATURES = ["h3", *RICH_TEXT]


class CaseStudyIndexPage(HubPage):
    """All case studies."""

    parent_page_types = ["hub.HomePage"]
    subpage_types = ["strategies.CaseStudyPage"]
    max_count_per_parent = 1
    page_description = _("All case studies.")

    class Meta:
        verbose_name = _("list of case studies")
        verbose_name_plural = _("lists of case studies")

    @property
    def items(self) -> models.QuerySet["CaseStudyPage"]:
        """The published case studies of this language, the newest first."""
        pages = open_pages(CaseStudyPage.objects.child_of(self))
        return pages.select_related("municipality").order_by("-year_start")  # type: ignore[no-any-return]  # untyped


class CaseStudyPage(SectionedPage):
    """What happened in one place, told so that others can learn from it."""

    section_fields: ClassVar[tuple[Section, ...]] = SECTIONS
    search_kind: ClassVar[str] = "case"
    shown_with: ClassVar[tuple[str, ...]] = (*HubPage.shown_with, "municipality", "practice")

    municipality = models.ForeignKey(
        "hub.Municipality", verbose_name=_("municipality"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    practice = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("practice"), on_delete=models.SET_NULL, null=True, blank=True,
        related_name="+", help_text=_("The practice that the case goes deeper into."),
    )  # fmt: skip
    year_start = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    year_end = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    situation = RichTextField(_("the situation"), features=_FEATURES)
    process = RichTextField(_("what was done"), features=_FEATURES, blank=True)
    outcome = RichTextField(_("how it ended"), features=_FEATURES, blank=True)
    lessons = RichTextField(_("lessons"), features=_FEATURES, blank=True)
    questions = RichTextField(_("questions to discuss"), features=_FEATURES, blank=True)
    sources = StreamField([("source", SourceBlock())], verbose_name=_("sources"), blank=True)

    content_panels = [
        *HubPage.content_panels,
        term_panel("municipality"),
        FieldPanel("year_start"),
        FieldPanel("year_end"),
        PageChooserPanel("practice", "practices.PracticePage"),
        *(FieldPanel(name) for name in ("situation", "process", "outcome", "lessons", "questions", "sources")),
    ]
    search_fields = [*HubPage.search_fields, *(index.SearchField(name) for name, _, _ in SECTIONS)]
    override_translatable_fields = [
        SynchronizedField("municipality", overridable=False),
        SynchronizedField("practice", overridable=False),
    ]

    parent_page_types = ["strategies.CaseStudyIndexPage"]
    subpage_types: list[str] = []
    page_description = _("What happened in one place, told for learning.")

    class Meta:
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")

    @property
    def public_practice(self) -> HubPage | None:
        """The practice in the reader's language, if a visitor may open it."""
        return next(iter(open_versions([self.practice] if self.practice else [], self.locale_id)), None)

    @property
    def place(self) -> str:
        """The name of the municipality; empty where there is none."""
        return self.municipality.name if self.municipality else ""

    def clean(self) -> None:
        """Validate the years."""
        super().clean()
        if self.year_start and self.year_end and self.year_end < self.year_start:
            raise ValidationError({"year_end": _("The last year comes before the first. Correct one of them.")})

    def passages(self) -> Iterator[Passage]:
        """Yield the summary and each text with its anchor."""
        yield from super().passages()
        yield from self.section_passages()

    def linked_data(self, absolute: Callable[[str], str]) -> dict[str, Any]:
        """Return the case as an article to learn from."""
        place = {"@type": "Place", "name": self.place} if self.place else None
        return {
            "@type": "Article",
            "headline": self.full_name,
            "learningResourceType": "case study",
            "contentLocation": place,
        }

    def facets(self) -> dict[str, tuple[str, ...]]:
        """Return the municipality and the first year."""
        return {
            **({"municipality": (self.municipality.slug,)} if self.municipality else {}),
            **({"year": (str(self.year_start),)} if self.year_start else {}),
        }

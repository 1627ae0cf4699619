"""The practice and the list of practices."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from hub.blocks import RICH_TEXT, ResultBlock, SourceBlock
from hub.models import HubPage, Section, SectionedPage, Term, open_versions
from hub.money import sum_of
from hub.panels import term_panel, terms_panel
from hub.plain_text import as_sentence, lines
from hub.searchable import Passage
from practices.origins import CostCurrency, EvidenceGrade, Origin
from practices.querysets import PracticeQuerySet
from search.lists import FinderListPage

# The rich texts of a practice in reading order.
SECTIONS = (
    Section("story", "story", _("How it works")),
    Section("results", "results", _("Results")),
    Section("lessons", "lessons", _("What we can take from it")),
    Section("criticism", "criticism", _("Criticism and limits")),
    Section("gaps", "gaps", _("What is not known")),
)
_FEATURES = ["h3", *RICH_TEXT]
_years = [MinValueValidator(1900), MaxValueValidator(2100)]


class PracticeIndexPage(FinderListPage):
    """All practices, with the finder preset to them."""

    listed_kind: ClassVar[str] = "practice"

    parent_page_types = ["hub.HomePage"]
    subpage_types = ["practices.PracticePage"]
    max_count_per_parent = 1
    page_description = _("All practices, with search and filters.")

    class Meta:
        verbose_name = _("list of practices")
        verbose_name_plural = _("lists of practices")


class PracticePage(SectionedPage):
    """A practice of citizen participation: what was done, what came of it, and how we know."""

    section_fields: ClassVar[tuple[Section, ...]] = SECTIONS
    search_kind: ClassVar[str] = PracticeIndexPage.listed_kind
    shown_with: ClassVar[tuple[str, ...]] = (*HubPage.shown_with, "municipality", "level")

    origin = models.CharField(_("origin"), max_length=20, choices=Origin, default=Origin.LOCAL)
    country = models.ForeignKey(
        "hub.Country", verbose_name=_("country"), on_delete=models.PROTECT, related_name="practices"
    )
    municipality = models.ForeignKey(
        "hub.Municipality", verbose_name=_("municipality"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="practices", help_text=_("For a Bulgarian practice; empty when it is nationwide."),
    )  # fmt: skip
    place = models.CharField(_("place"), max_length=120, help_text=_("As it stands in a sentence: Tartu, Estonia."))
    themes = ParentalManyToManyField("hub.Theme", verbose_name=_("themes"), related_name="practices")
    methods = ParentalManyToManyField("hub.Method", verbose_name=_("methods"), related_name="practices")
    level = models.ForeignKey(
        "hub.ParticipationLevel", verbose_name=_("level of participation"), on_delete=models.PROTECT,
        related_name="practices", help_text=_("In the editors' judgement, by the IAP2 spectrum."),
    )  # fmt: skip
    year_start = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True, validators=_years)
    year_end = models.PositiveSmallIntegerField(
        _("last year"), null=True, blank=True, validators=_years, help_text=_("Empty while it goes on, or if unknown.")
    )
    period_note = models.CharField(_("note on the period"), max_length=400, blank=True)
    organiser = models.CharField(_("who did it"), max_length=500)
    legal_basis = models.CharField(_("legal basis"), max_length=500, blank=True)
    cost_amount = models.DecimalField(_("cost"), max_digits=14, decimal_places=2, null=True, blank=True)
    cost_currency = models.CharField(_("currency"), max_length=3, choices=CostCurrency, default=CostCurrency.EUR)
    cost_note = models.CharField(_("note on the money"), max_length=500, blank=True)
    evidence = models.CharField(
        _("evidence"), max_length=1, choices=EvidenceGrade, default=EvidenceGrade.NONE,
        help_text=_("How well the results are evidenced, in the editors' judgement."),
    )  # fmt: skip
    story = RichTextField(_("how it works"), features=_FEATURES)
    figures = StreamField([("result", ResultBlock())], verbose_name=_("key figures"), blank=True, max_num=6)
    results = RichTextField(_("results"), features=_FEATURES, blank=True)
    lessons = RichTextField(_("what we can take from it"), features=_FEATURES, blank=True)
    criticism = RichTextField(_("criticism and limits"), features=_FEATURES, blank=True)
    gaps = RichTextField(_("what is not known"), features=_FEATURES, blank=True)
    sources = StreamField([("source", SourceBlock())], verbose_name=_("sources"), blank=True)
    publications = StreamField(
        [("publication", blocks.PageChooserBlock(
            page_type=["files.PublicationPage"], label=_("Publication"), icon="doc-full",
            description=_("A publication that belongs to the practice"), preview_value=None))],
        verbose_name=_("publications"),
        blank=True,
    )  # fmt: skip

    objects = PageManager.from_queryset(PracticeQuerySet)()

    content_panels = [
        *HubPage.content_panels,
        MultiFieldPanel(
            [FieldPanel("origin"), term_panel("country"), term_panel("municipality"), FieldPanel("place")],
            heading=_("Where"),
        ),
        MultiFieldPanel(
            [terms_panel("themes"), terms_panel("methods"), term_panel("level")], heading=_("What and how")
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("year_start", "year_end", "period_note", "organiser", "legal_basis")],
            heading=_("When and who"),
        ),
        MultiFieldPanel([FieldPanel(n) for n in ("cost_amount", "cost_currency", "cost_note")], heading=_("Money")),
        FieldPanel("story"),
        MultiFieldPanel([FieldPanel("figures"), FieldPanel("results"), FieldPanel("evidence")], heading=_("Results")),
        *(FieldPanel(name) for name in ("lessons", "criticism", "gaps", "sources", "publications")),
    ]
    search_fields = [
        *HubPage.search_fields,
        *(index.SearchField(name) for name in ("place", "organiser", "story", "results", "lessons")),
    ]
    # Many-to-many values are not copied to a translation unless they are named.
    override_translatable_fields = [
        SynchronizedField("themes", overridable=False),
        SynchronizedField("methods", overridable=False),
        SynchronizedField("municipality", overridable=False),
        SynchronizedField("country", overridable=False),
        SynchronizedField("level", overridable=False),
    ]

    parent_page_types = ["practices.PracticeIndexPage"]
    subpage_types: list[str] = []
    page_description = _("What was done somewhere, what came of it, and how we know.")

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")

    @property
    def public_publications(self) -> list[HubPage]:
        """The publications in the reader's language that a visitor may open."""
        return open_versions([child.value for child in self.publications if child.value], self.locale_id)

    @cached_property
    def shown_themes(self) -> list[Term]:
        """The themes, asked for once."""
        return list(self.themes.all())

    @cached_property
    def shown_methods(self) -> list[Term]:
        """The methods, asked for once."""
        return list(self.methods.all())

    @property
    def proposed_terms(self) -> list[Term]:
        """The terms of the practice whose Bulgarian names nobody has confirmed yet."""
        return [term for term in (self.level, *self.shown_themes, *self.shown_methods) if term.is_proposed]

    @property
    def level_label(self) -> str:
        """The level of participation in the language of the moment."""
        return str(self.level.name)

    @property
    def cost_label(self) -> str:
        """What it cost, in euro too where it was paid in leva; empty where that is not known."""
        return "" if self.cost_amount is None else sum_of(self.cost_amount, self.cost_currency)

    def clean(self) -> None:
        """Validate the place and the years."""
        super().clean()
        errors: dict[str, Any] = {}
        is_bulgarian = bool(self.country_id) and self.country.code == "BG"
        if self.origin == Origin.LOCAL and self.country_id and not is_bulgarian:
            errors["country"] = _("A Bulgarian practice has Bulgaria as its country.")
        if self.origin == Origin.INTERNATIONAL and is_bulgarian:
            errors["origin"] = _("A practice from Bulgaria is not international. Choose “Bulgarian”.")
        if self.origin == Origin.INTERNATIONAL and self.municipality_id:
            errors["municipality"] = _("Only a Bulgarian practice has a municipality. Leave this empty.")
        if self.year_start and self.year_end and self.year_end < self.year_start:
            errors["year_end"] = _("The last year comes before the first. Correct one of them.")
        if errors:
            raise ValidationError(errors)

    def passages(self) -> Iterator[Passage]:
        """Yield the summary, the facts, each text with its anchor, and the key figures."""
        yield from super().passages()
        yield Passage(
            text=lines(self.place, self.organiser, self.legal_basis, self.cost_note),
            anchor="facts",
            label=str(_("The practice in facts")),
        )
        yield from self.section_passages()
        figures = [f"{child.value['figure']}\n{as_sentence(child.value['meaning'])}" for child in self.figures]
        if figures:
            yield Passage(text="\n".join(figures), anchor="figures", label=str(_("Key figures")))

    def linked_data(self, absolute: Callable[[str], str]) -> dict[str, Any]:
        """Return the practice as an article about a place, with its themes."""
        return {
            "@type": "Article",
            "headline": self.full_name,
            "keywords": [theme.name for theme in self.shown_themes],
            "contentLocation": {"@type": "Place", "name": self.place},
        }

    def facets(self) -> dict[str, tuple[str, ...]]:
        """Return origin, place, themes, methods, level and first year."""
        return {
            "origin": (self.origin,),
            "country": (self.country.slug,),
            **({"municipality": (self.municipality.slug,)} if self.municipality else {}),
            "theme": tuple(theme.slug for theme in self.themes.all()),
            "method": tuple(method.slug for method in self.methods.all()),
            "level": (self.level.slug,),
            **({"year": (str(self.year_start),)} if self.year_start else {}),
        }

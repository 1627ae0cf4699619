"""The project out of which the hub grew."""

from collections.abc import Callable, Iterator
from datetime import datetime, time
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from hub.blocks import BodyBlock
from hub.blocks.body import passages_of
from hub.money import Currency
from hub.plain_text import lines
from hub.searchable import Passage

from .base import HubPage, open_versions


class ActivityState(models.TextChoices):
    """How far an activity of the project is."""

    PLANNED = "planned", _("Planned")
    IN_PROGRESS = "in_progress", _("In progress")
    DONE = "done", _("Done")


class ActivityValue(blocks.StructValue):
    """An activity as its template reads it."""

    @property
    def state_label(self) -> str:
        """The name of the state."""
        return str(ActivityState(self["state"]).label)


class ActivityBlock(blocks.StructBlock):
    """An activity of the project and how far it is."""

    title = blocks.CharBlock(label=_("Activity"), max_length=250)
    text = blocks.TextBlock(label=_("Description"), required=False)
    state = blocks.ChoiceBlock(label=_("State"), choices=ActivityState.choices, default=ActivityState.PLANNED)

    class Meta:
        icon = "tasks"
        label = _("Activity")
        description = _("What the project does, and how far it is")
        preview_value = {"title": _("Study of good practices"), "text": "", "state": ActivityState.DONE}
        template = "blocks/activity.html"
        label_format = "{title}"
        value_class = ActivityValue


class PointBlock(blocks.CharBlock):
    """One point of a list."""

    class Meta:
        icon = "list-ul"
        label = _("Point")
        description = _("One point of the list")
        preview_value = _("More trust in the local administration")


class ProjectPage(HubPage):
    """What a funded project is, does and reaches, with its money and its funding statement."""

    search_kind: ClassVar[str] = "project"

    official_name = models.CharField(
        _("official name"), max_length=400, blank=True, help_text=_("As in the contract, where the title is shorter.")
    )
    programme = models.CharField(_("programme"), max_length=200)
    fund = models.CharField(_("fund"), max_length=200)
    beneficiary = models.CharField(_("beneficiary"), max_length=250)
    partners = models.TextField(_("partners"), blank=True)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    budget_amount = models.DecimalField(_("budget"), max_digits=14, decimal_places=2)
    budget_currency = models.CharField(_("currency"), max_length=3, choices=Currency, default=Currency.EUR)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    needs = StreamField([("point", PointBlock(max_length=400))], verbose_name=_("what it addresses"), blank=True)
    target_groups = StreamField([("point", PointBlock(max_length=400))], verbose_name=_("target groups"), blank=True)
    activities = StreamField([("activity", ActivityBlock())], verbose_name=_("activities"), blank=True)
    expected_results = StreamField(
        [("point", PointBlock(max_length=400))], verbose_name=_("expected results"), blank=True
    )
    reports = StreamField(
        [("publication", blocks.PageChooserBlock(
            page_type=["files.PublicationPage"], label=_("Publication"), icon="doc-full",
            description=_("A report or another publication of the project"), preview_value=None))],
        verbose_name=_("reports and publications"),
        blank=True,
    )  # fmt: skip
    funding_statement = models.TextField(
        _("funding statement"),
        help_text=_("As the programme's rules on publicity ask; shown on each page of the site."),
    )

    content_panels = [
        *HubPage.content_panels,
        FieldPanel("official_name"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("programme", "fund", "beneficiary", "partners", "starts_on", "ends_on")],
            heading=_("Programme and period"),
        ),
        MultiFieldPanel([FieldPanel("budget_amount"), FieldPanel("budget_currency")], heading=_("Budget")),
        *(FieldPanel(name) for name in ("body", "needs", "target_groups", "activities", "expected_results", "reports")),
        FieldPanel("funding_statement"),
    ]
    search_fields = [*HubPage.search_fields, index.SearchField("body"), index.SearchField("beneficiary")]
    override_translatable_fields = [
        SynchronizedField("budget_currency", overridable=False),
        SynchronizedField("budget_amount", overridable=False),
        SynchronizedField("starts_on", overridable=False),
        SynchronizedField("ends_on", overridable=False),
    ]

    parent_page_types = ["hub.HomePage"]
    subpage_types: list[str] = []
    page_description = _("A funded project: programme, period, budget, activities, results, reports.")

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    @property
    def full_name(self) -> str:
        """The official name, or the title where there is none."""
        return self.official_name or str(self.title)

    @property
    def months(self) -> int:
        """Whole months from the first to the last day."""
        return (self.ends_on.year - self.starts_on.year) * 12 + self.ends_on.month - self.starts_on.month

    @property
    def public_reports(self) -> list[HubPage]:
        """The reports in the reader's language that a visitor may open."""
        return open_versions([child.value for child in self.reports if child.value], self.locale_id)

    @property
    def published_on(self) -> datetime:
        """The first day of the project."""
        return timezone.make_aware(datetime.combine(self.starts_on, time()))

    def clean(self) -> None:
        """Validate that the project ends after it starts."""
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on <= self.starts_on:
            raise ValidationError({"ends_on": _("The project ends before it starts. Choose a later day.")})

    def linked_data(self, absolute: Callable[[str], str]) -> dict[str, Any]:
        """Return the project with its days and who pays for it."""
        return {
            "@type": "Project",
            "foundingDate": self.starts_on,
            "dissolutionDate": self.ends_on,
            "parentOrganization": {"@type": "Organization", "name": self.beneficiary},
            "funding": {
                "@type": "Grant",
                "name": self.programme,
                "funder": {"@type": "Organization", "name": self.fund},
            },
        }

    def passages(self) -> Iterator[Passage]:
        """Yield the summary, the text, and each list of the page under its anchor."""
        yield from super().passages()
        yield from passages_of(self.body)
        yield Passage(text=lines(self.programme, self.fund, self.beneficiary, self.partners), anchor="facts")
        for anchor, points in (
            ("needs", [str(child.value) for child in self.needs]),
            ("target-groups", [str(child.value) for child in self.target_groups]),
            ("activities", [lines(child.value["title"], child.value["text"]) for child in self.activities]),
            ("results", [str(child.value) for child in self.expected_results]),
        ):
            if points:
                yield Passage(text="\n".join(points), anchor=anchor)

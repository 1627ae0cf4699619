"""The accessibility statement: the parts that the European model asks for, and what the last run of the tests found."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from hub.accessibility import AxeRun, last_run
from hub.blocks import BodyBlock
from hub.blocks.body import passages_of
from hub.searchable import Passage

from .base import HubPage


class Compliance(models.TextChoices):
    """How far the site follows the standard, in the three steps of the European model."""

    FULL = "full", _("fully compliant")
    PARTIAL = "partial", _("partially compliant")
    NONE = "none", _("not compliant")


class AccessibilityPage(HubPage):
    """The accessibility statement of the site, after the model in Implementing Decision (EU) 2018/1523."""

    search_kind: ClassVar[str] = "page"

    law = models.CharField(
        _("national law"), max_length=300, blank=True,
        help_text=_("The act by which Directive (EU) 2016/2102 holds here, as the association's lawyers name it."),
    )  # fmt: skip
    compliance = models.CharField(
        _("compliance"), max_length=10, choices=Compliance, default=Compliance.PARTIAL,
        help_text=_("Shown as “partially” at most while the tests find a problem."),
    )  # fmt: skip
    limits = StreamField(
        BodyBlock(), verbose_name=_("content that is not accessible"), blank=True,
        help_text=_("What no test finds: documents, maps, recordings; why, and what there is instead."),
    )  # fmt: skip
    measures = StreamField(BodyBlock(), verbose_name=_("what has been done"), blank=True)
    prepared_on = models.DateField(_("first prepared on"), default=timezone.localdate)
    enforcement = models.TextField(
        _("enforcement procedure"), blank=True,
        help_text=_("Whom one can turn to when an answer does not satisfy, with the address."),
    )  # fmt: skip

    content_panels = [
        *HubPage.content_panels,
        *(FieldPanel(name) for name in ("law", "compliance", "limits", "measures", "prepared_on", "enforcement")),
    ]
    search_fields = [*HubPage.search_fields, index.SearchField("limits"), index.SearchField("measures")]
    override_translatable_fields = [
        SynchronizedField("compliance", overridable=False),
        SynchronizedField("prepared_on", overridable=False),
    ]

    parent_page_types = ["hub.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    page_description = _("The accessibility statement, with the findings of the last test run.")

    class Meta:
        verbose_name = _("accessibility statement")
        verbose_name_plural = _("accessibility statements")

    @property
    def run(self) -> AxeRun | None:
        """The last run of the tests."""
        return last_run()

    @property
    def shown_compliance(self) -> Compliance:
        """The compliance that the editors state, but never more than the tests bear out."""
        chosen = Compliance(self.compliance)
        is_clean = self.run is not None and not self.run.problems
        return Compliance.PARTIAL if chosen == Compliance.FULL and not is_clean else chosen

    @property
    def reviewed_on(self) -> date:
        """When the statement was last looked at: by the tests, or by whoever published it last."""
        days = [self.prepared_on]
        if self.run:
            days.append(self.run.day)
        if self.last_published_at:
            days.append(timezone.localdate(self.last_published_at))
        return max(days)

    def passages(self) -> Iterator[Passage]:
        """Yield the summary and the sections of both texts."""
        yield from super().passages()
        yield from passages_of(self.limits)
        yield from passages_of(self.measures)

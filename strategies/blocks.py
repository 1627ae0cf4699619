"""What only a strategy's chapter has in its text."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from hub.blocks import BodyBlock


class MeasureStatus(models.TextChoices):
    """How far a measure of the strategy is."""

    PLANNED = "planned", _("Planned")
    IN_PROGRESS = "in_progress", _("In progress")
    AT_RISK = "at_risk", _("At risk")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped (with reason)")


class MeasureValue(blocks.StructValue):
    """A measure as its template reads it."""

    @property
    def status_label(self) -> str:
        """The name of the state."""
        return str(MeasureStatus(self["status"]).label)


class MeasureBlock(blocks.StructBlock):
    """What is to be done, by whom, until when, and how one sees that it is done."""

    code = blocks.CharBlock(label=_("Number"), max_length=12, help_text=_("Stands in the measure's address: 2.3"))
    title = blocks.CharBlock(label=_("Measure"), max_length=250)
    text = blocks.TextBlock(label=_("Description"), required=False)
    responsible = blocks.CharBlock(label=_("Responsible"), max_length=250, required=False)
    period = blocks.CharBlock(label=_("Period"), max_length=60, required=False)
    indicator = blocks.CharBlock(label=_("Indicator"), max_length=400, required=False)
    status = blocks.ChoiceBlock(label=_("State"), choices=MeasureStatus.choices, default=MeasureStatus.PLANNED)

    class Meta:
        icon = "tasks"
        label = _("Measure")
        description = _("A measure of the strategy with its indicator and state")
        preview_value = {
            "code": "2.3", "title": _("Answers in writing to every proposal"), "text": "", "responsible": "",
            "period": "", "indicator": "", "status": MeasureStatus.PLANNED,
        }  # fmt: skip
        template = "blocks/measure.html"
        label_format = "{code} {title}"
        value_class = MeasureValue


class ChapterBlock(BodyBlock):
    """The text of a chapter: what any text has, and measures."""

    measure = MeasureBlock()

    class Meta:
        template = "blocks/body.html"
        label = _("Text")
        icon = "doc-full"
        description = _("The text of the chapter")

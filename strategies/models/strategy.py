"""The strategy and its chapters."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from hub.blocks import BodyBlock
from hub.blocks.body import passages_of
from hub.models import HubPage, open_pages
from hub.plain_text import lines
from hub.searchable import Passage
from strategies.blocks import ChapterBlock, MeasureStatus


class StrategyPage(HubPage):
    """A strategy: what it is, its state, and its chapters in order."""

    search_kind: ClassVar[str] = "strategy"

    official_name = models.CharField(
        _("official name"), max_length=400, blank=True, help_text=_("As adopted, where the title is shorter.")
    )
    adopted_note = models.CharField(
        _("state of the document"),
        max_length=400,
        blank=True,
        help_text=_("When and by whom adopted, or that it is a draft."),
    )
    introduction = StreamField(BodyBlock(), verbose_name=_("introduction"), blank=True)

    content_panels = [
        *HubPage.content_panels,
        FieldPanel("official_name"),
        FieldPanel("adopted_note"),
        FieldPanel("introduction"),
    ]
    search_fields = [*HubPage.search_fields, index.SearchField("introduction")]

    parent_page_types = ["hub.HomePage"]
    subpage_types = ["strategies.StrategyChapterPage"]
    page_description = _("A strategy with its chapters and measures.")

    class Meta:
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")

    @property
    def full_name(self) -> str:
        """The official name, or the title where there is none."""
        return self.official_name or str(self.title)

    @cached_property
    def chapters(self) -> list["StrategyChapterPage"]:
        """The published chapters in the order of their numbers."""
        chapters = open_pages(StrategyChapterPage.objects.child_of(self))
        return list(chapters.order_by("number"))

    @property
    def measures_by_status(self) -> list[tuple[str, str, int]]:
        """Each state that measures are in, with its name and their number, in the order of the states."""
        counts = Counter(measure["status"] for chapter in self.chapters for measure in chapter.measures)
        return [(state.value, str(state.label), counts[state]) for state in MeasureStatus if counts[state]]

    def linked_data(self, absolute: Callable[[str], str]) -> dict[str, Any]:
        """Return the strategy as a report with its chapters."""
        chapters = [
            {"@type": "Chapter", "name": chapter.title, "url": absolute(chapter.url)} for chapter in self.chapters
        ]
        return {"@type": "Report", "headline": self.full_name, "hasPart": chapters}

    def passages(self) -> Iterator[Passage]:
        """Yield the summary and the sections of the introduction."""
        yield from super().passages()
        yield from passages_of(self.introduction)


class StrategyChapterPage(HubPage):
    """A chapter: a text with headings, and the measures that follow from it."""

    search_kind: ClassVar[str] = "chapter"

    number = models.PositiveSmallIntegerField(_("number"))
    body = StreamField(ChapterBlock(), verbose_name=_("text"), blank=True)

    content_panels = [*HubPage.content_panels, FieldPanel("number"), FieldPanel("body")]
    search_fields = [*HubPage.search_fields, index.SearchField("body")]
    override_translatable_fields = [SynchronizedField("number", overridable=False)]

    parent_page_types = ["strategies.StrategyPage"]
    subpage_types: list[str] = []
    page_description = _("A chapter of the strategy.")

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")

    @cached_property
    def strategy(self) -> StrategyPage:
        """The strategy that the chapter belongs to."""
        strategy: StrategyPage = self.get_parent().specific
        return strategy

    @property
    def previous(self) -> "StrategyChapterPage | None":
        """The chapter before this one."""
        return next((c for c in reversed(self.strategy.chapters) if c.number < self.number), None)

    @property
    def next(self) -> "StrategyChapterPage | None":
        """The chapter after this one."""
        return next((c for c in self.strategy.chapters if c.number > self.number), None)

    def linked_data(self, absolute: Callable[[str], str]) -> dict[str, Any]:
        """Return the chapter with its place in the strategy."""
        whole = {"@type": "Report", "name": self.strategy.full_name, "url": absolute(self.strategy.url)}
        return {"@type": "Chapter", "headline": self.full_name, "position": self.number, "isPartOf": whole}

    @property
    def measures(self) -> list[Any]:
        """The measures of the chapter, in order."""
        return [child.value for child in self.body if child.block_type == "measure"]

    @property
    def measures_done(self) -> int:
        """How many of the measures are done."""
        return sum(measure["status"] == MeasureStatus.DONE for measure in self.measures)

    def passages(self) -> Iterator[Passage]:
        """Yield the summary, the sections, and each measure under its own anchor."""
        yield from super().passages()
        yield from passages_of([child for child in self.body if child.block_type != "measure"])
        for measure in self.measures:
            title = f"{measure['code']} {measure['title']}"
            yield Passage(
                text=lines(title, measure["text"], measure["responsible"], measure["indicator"]),
                anchor=f"measure-{measure['code']}",
                label=title,
            )

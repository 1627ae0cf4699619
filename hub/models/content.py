"""The plain page: about, contact, privacy, accessibility."""

from collections.abc import Iterator
from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from hub.blocks import BodyBlock
from hub.blocks.body import passages_of
from hub.searchable import Passage

from .base import HubPage


class ContentPage(HubPage):
    """A page of running text."""

    search_kind: ClassVar[str] = "page"

    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels = [*HubPage.content_panels, FieldPanel("body")]
    search_fields = [*HubPage.search_fields, index.SearchField("body")]

    parent_page_types = ["hub.HomePage", "hub.ContentPage"]
    subpage_types = ["hub.ContentPage"]
    page_description = _("Running text: about, contact, privacy.")

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")

    def passages(self) -> Iterator[Passage]:
        """Yield the summary and the sections of the text."""
        yield from super().passages()
        yield from passages_of(self.body)

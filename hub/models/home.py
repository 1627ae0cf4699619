"""The home page of each language."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock
from wagtail.fields import StreamField

from .base import HubPage


class HomePage(HubPage):
    """What the hub is in one sentence, the search field, and the ways in."""

    headline = models.CharField(_("headline"), max_length=120, help_text=_("What the hub is, in a few words."))
    lead = models.TextField(_("lead"), max_length=300, help_text=_("One sentence under the headline."))
    search_examples = StreamField(
        [("query", CharBlock(label=_("Query"), max_length=60, description=_("A query that finds something"),
                             preview_value="обществено обсъждане", icon="search"))],
        verbose_name=_("examples of queries"),
        blank=True,
        max_num=4,
        help_text=_("Short queries under the search field, each of which finds something."),
    )  # fmt: skip

    content_panels = [
        *HubPage.content_panels,
        FieldPanel("headline"),
        FieldPanel("lead"),
        FieldPanel("search_examples"),
    ]

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "hub.ProjectPage",
        "hub.ContentPage",
        "hub.NewsIndexPage",
        "hub.EventIndexPage",
        "hub.OrganisationIndexPage",
        "practices.PracticeIndexPage",
        "strategies.StrategyPage",
        "strategies.CaseStudyIndexPage",
        "files.PublicationIndexPage",
    ]
    max_count = 2
    page_description = _("The first page of a language.")

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

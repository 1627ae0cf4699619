"""Publications: one work with its files in all languages, formats and versions."""

from collections.abc import Callable, Iterator
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from files.panels import FilesPanel
from files.querysets import DocumentQuerySet, PublicationQuerySet
from hub.blocks import BodyBlock
from hub.blocks.body import passages_of
from hub.models import HubPage
from hub.models.media import Licence
from hub.panels import term_panel, terms_panel
from hub.plain_text import lines
from hub.searchable import Passage
from search.lists import FinderListPage

if TYPE_CHECKING:
    from .document import Document


# How citations tell authors apart (files/circulation/citations.py).
AUTHORS_HELP = _(
    "As they are to be cited: a person as “Ivanova, Maria”, an organisation by its name; several with semicolons "
    "between."
)

# The formats of files that hold data to reckon with.
DATA_FORMATS = {"csv", "ods", "xlsx"}


class PublicationIndexPage(FinderListPage):
    """All publications, with the finder preset to them."""

    listed_kind: ClassVar[str] = "publication"

    parent_page_types = ["hub.HomePage"]
    subpage_types = ["files.PublicationPage"]
    max_count_per_parent = 1
    page_description = _("All publications, with search and filters.")

    class Meta:
        verbose_name = _("list of publications")
        verbose_name_plural = _("lists of publications")


class PublicationPage(HubPage):
    """A report, strategy, template or other work, with its files."""

    search_kind: ClassVar[str] = PublicationIndexPage.listed_kind
    shown_with: ClassVar[tuple[str, ...]] = (*HubPage.shown_with, "kind", "municipality", "locale")

    authors = models.CharField(_("authors"), max_length=300, blank=True, help_text=_("As they are to be cited."))
    publisher = models.CharField(_("publisher"), max_length=250, blank=True)
    date = models.DateField(_("date"), default=timezone.localdate)
    kind = models.ForeignKey(
        "files.PublicationKind", verbose_name=_("kind"), on_delete=models.PROTECT, related_name="+"
    )
    licence = models.CharField(
        _("licence"), max_length=30, choices=Licence, help_text=_("Under which terms readers may use the files again.")
    )
    municipality = models.ForeignKey(
        "hub.Municipality", verbose_name=_("municipality"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    themes = ParentalManyToManyField("hub.Theme", verbose_name=_("themes"), blank=True, related_name="publications")
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels = [
        *HubPage.content_panels,
        MultiFieldPanel(
            [
                term_panel("kind"),
                FieldPanel("authors", help_text=AUTHORS_HELP),
                *(FieldPanel(name) for name in ("publisher", "date", "licence")),
            ],
            heading=_("Publication"),
        ),
        MultiFieldPanel([term_panel("municipality"), terms_panel("themes")], heading=_("What it is about")),
        FilesPanel(heading=_("Files")),
        FieldPanel("body"),
    ]
    search_fields = [
        *HubPage.search_fields, index.SearchField("authors"), index.SearchField("body"), index.FilterField("date"),
    ]  # fmt: skip
    override_translatable_fields = [
        SynchronizedField(name, overridable=False) for name in ("date", "kind", "licence", "municipality", "themes")
    ]

    parent_page_types = ["files.PublicationIndexPage"]
    subpage_types: list[str] = []
    page_description = _("A work with its files in all languages, formats and versions.")

    objects = PageManager.from_queryset(PublicationQuerySet)()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")

    @property
    def published_on(self) -> datetime:
        """The date of the publication."""
        return timezone.make_aware(datetime.combine(self.date, time()))

    @cached_property
    def documents(self) -> "list[Document]":
        """The files in all languages, those of this page's language first; for editors."""
        return self._sorted(self._of_this())

    @cached_property
    def listed_documents(self) -> "list[Document]":
        """The files that the page tells of: what lies in a private collection is not even named."""
        return self._sorted(self._of_this().unrestricted())

    def _of_this(self) -> "DocumentQuerySet":
        """Return the files of the publication."""
        from .document import Document  # noqa: PLC0415 - documents name their publication

        documents: DocumentQuerySet = Document.objects.of([self.translation_key])
        return documents

    def _sorted(self, documents: "DocumentQuerySet") -> "list[Document]":
        """Return files with their versions, those of this page's language first."""
        own, found = self.locale.language_code, documents.with_versions().order_by("pk")
        return sorted(found, key=lambda document: (document.language != own, document.language))

    def passages(self) -> Iterator[Passage]:
        """Yield the summary, who made it, and the sections of the text."""
        yield from super().passages()
        if self.authors or self.publisher:
            yield Passage(text=lines(self.authors, self.publisher), anchor="facts")
        yield from passages_of(self.body)

    def linked_data(self, absolute: Callable[[str], str]) -> dict[str, Any]:
        """Return the publication with its files: a data set where all of them are tables, else a report."""
        author, files = self.authors or self.publisher, [own for own in self.listed_documents if own.current]
        is_data = bool(files) and all(document.extension in DATA_FORMATS for document in files)
        kind, place = ("DataDownload", "distribution") if is_data else ("MediaObject", "encoding")
        return {
            "@type": "Dataset" if is_data else "Report",
            "headline": "" if is_data else self.full_name,
            "author": {"@type": "Organization", "name": author} if author else None,
            "datePublished": self.date,
            "license": Licence(self.licence).url,
            place: [
                {
                    "@type": kind,
                    "name": document.title_in(self.locale.language_code),
                    "contentUrl": absolute(document.url),
                    "encodingFormat": document.media_type,
                    "inLanguage": document.language,
                }
                for document in files
            ],
        }

    def facets(self) -> dict[str, tuple[str, ...]]:
        """Return kind, themes, municipality, year, and the formats and languages of the files."""
        files = [document for document in self.listed_documents if document.current]
        return {
            "publication_kind": (self.kind.slug,),
            "theme": tuple(theme.slug for theme in self.themes.all()),
            "municipality": (self.municipality.slug,) if self.municipality else (),
            "year": (str(self.date.year),),
            "file_type": tuple(sorted({document.extension for document in files})),
            "language": tuple(sorted({document.language for document in files})),
        }

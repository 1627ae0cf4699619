"""Collections: files that an editor puts together, to be had as one."""

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from files.querysets import BundleQuerySet

from .document import Document


class Bundle(ClusterableModel):
    """A collection of files in both languages, with an address and a ZIP."""

    title_bg = models.CharField(_("title in Bulgarian"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200)
    slug = models.SlugField(
        _("slug"), max_length=100, unique=True,
        help_text=_("Stands in the address; do not change it once it is in use."),
    )  # fmt: skip
    introduction_bg = models.TextField(_("introduction in Bulgarian"), max_length=1000, blank=True)
    introduction_en = models.TextField(_("introduction in English"), max_length=1000, blank=True)
    is_public = models.BooleanField(
        _("public"), default=False,
        help_text=_("Readers see of it only the files that are public themselves."),
    )  # fmt: skip

    panels = [
        MultiFieldPanel(
            [FieldPanel(name) for name in ("title_bg", "title_en", "slug", "introduction_bg", "introduction_en",
                                           "is_public")],
            heading=_("Collection"),
        ),
        InlinePanel("items", heading=_("Files"), label=_("File")),
    ]  # fmt: skip

    objects = BundleQuerySet.as_manager()

    class Meta:
        verbose_name = _("collection of files")
        verbose_name_plural = _("collections of files")
        ordering = ["title_bg"]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the language of the moment."""
        return self.title_en if _is_english() else self.title_bg

    @property
    def introduction(self) -> str:
        """The introduction in the language of the moment."""
        return self.introduction_en if _is_english() else self.introduction_bg

    @property
    def url(self) -> str:
        """The address of the collection in the language of the moment."""
        return reverse("documents:collection", args=[self.slug])

    @property
    def document_ids(self) -> list[int]:
        """The files in the order in which the editor put them."""
        return list(self.items.order_by("sort_order").values_list("document_id", flat=True))


class BundleItem(Orderable):
    """A file of a collection."""

    bundle = ParentalKey(Bundle, on_delete=models.CASCADE, related_name="items")
    document = models.ForeignKey(Document, verbose_name=_("file"), on_delete=models.CASCADE, related_name="+")

    panels = [FieldPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = _("file of a collection")

    def __str__(self) -> str:
        return str(self.document)


def _is_english() -> bool:
    """Return whether the language of the moment is English."""
    return (get_language() or "bg").startswith("en")

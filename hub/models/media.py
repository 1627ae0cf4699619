"""Pictures: whoever publishes one says what it shows, who made it and under which licence."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition


class Licence(models.TextChoices):
    """Under which terms a work may be used again."""

    CC0 = "CC0-1.0", _("CC0 1.0")
    CC_BY = "CC-BY-4.0", _("CC BY 4.0")
    CC_BY_SA = "CC-BY-SA-4.0", _("CC BY-SA 4.0")
    CC_BY_NC = "CC-BY-NC-4.0", _("CC BY-NC 4.0")
    CC_BY_ND = "CC-BY-ND-4.0", _("CC BY-ND 4.0")
    RESERVED = "all-rights-reserved", _("All rights reserved")

    @property
    def url(self) -> str:
        """The address of the terms; empty where there are none to read."""
        if self is Licence.RESERVED:
            return ""
        if self is Licence.CC0:
            return "https://creativecommons.org/publicdomain/zero/1.0/"
        terms = self.value.removeprefix("CC-").removesuffix("-4.0").lower()
        return f"https://creativecommons.org/licenses/{terms}/4.0/"


class Picture(AbstractImage):
    """A picture with its alternative text in both languages, its author and its licence."""

    alt_bg = models.CharField(
        _("alternative text in Bulgarian"),
        max_length=250,
        help_text=_("What one sees, for those who do not see it."),
    )
    alt_en = models.CharField(_("alternative text in English"), max_length=250)
    credit = models.CharField(_("credit"), max_length=200, help_text=_("Who made it, as it is to be printed."))
    licence = models.CharField(_("licence"), max_length=30, choices=Licence)

    admin_form_fields = (
        "title", "file", "alt_bg", "alt_en", "credit", "licence", "collection", "tags",
        "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
    )  # fmt: skip

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @property
    def alt(self) -> str:
        """The alternative text in the language of the moment."""
        return self.alt_en if (get_language() or "bg").startswith("en") else self.alt_bg

    @property
    def default_alt_text(self) -> str:
        """What Wagtail's picture tags print as alternative text."""
        return self.alt


class PictureRendition(AbstractRendition):
    """A picture in one of the sizes and formats that pages use."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        unique_together = (("image", "filter_spec", "focal_point_key"),)

"""Controlled vocabularies: one row for a term, with both names and a slug that never changes."""

from typing import Self

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class TermQuerySet(models.QuerySet["Term"]):
    """Questions one may ask of a vocabulary."""

    def named(self, slugs: list[str]) -> Self:
        """Return the terms with these slugs."""
        return self.filter(slug__in=slugs)


class Term(models.Model):
    """A term of a vocabulary, the same row in both languages."""

    slug = models.SlugField(
        _("slug"), unique=True, help_text=_("Stands in addresses and exports; do not change it once it is in use.")
    )
    name_bg = models.CharField(_("name in Bulgarian"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_proposed = models.BooleanField(
        _("name is proposed"),
        default=False,
        help_text=_("The Bulgarian name is our own translation, until an editor of the association confirms it."),
    )

    panels = ["name_bg", "name_en", "slug", "order", "is_proposed"]

    objects = TermQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the moment."""
        return self.name_in(get_language() or "bg")

    def name_in(self, language: str) -> str:
        """Return the name in Bulgarian or English."""
        return self.name_en if language.startswith("en") else self.name_bg


class Theme(Term):
    """What a practice is about: Participedia's general issues."""

    class Meta(Term.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class Method(Term):
    """How people take part: Participedia's types of method."""

    class Meta(Term.Meta):
        verbose_name = _("method")
        verbose_name_plural = _("methods")


class ParticipationLevel(Term):
    """A level of the IAP2 spectrum, with a promise in our own words."""

    promise_bg = models.CharField(_("promise in Bulgarian"), max_length=250, blank=True)
    promise_en = models.CharField(_("promise in English"), max_length=250, blank=True)

    panels = [*Term.panels, "promise_bg", "promise_en"]

    class Meta(Term.Meta):
        verbose_name = _("level of participation")
        verbose_name_plural = _("levels of participation")

    @property
    def promise(self) -> str:
        """What a public body promises at this level, in the language of the moment."""
        return self.promise_en if (get_language() or "bg").startswith("en") else self.promise_bg


class Country(Term):
    """A country by its ISO 3166-1 alpha-2 code."""

    code = models.CharField(_("ISO code"), max_length=2, unique=True)

    panels = ["code", *Term.panels]

    class Meta(Term.Meta):
        verbose_name = _("country")
        verbose_name_plural = _("countries")


class Municipality(Term):
    """A Bulgarian municipality by its code in the national register of administrative units."""

    code = models.CharField(_("code"), max_length=5, unique=True, help_text=_("Three letters and two digits: BGS04."))
    district_bg = models.CharField(_("district in Bulgarian"), max_length=60)
    district_en = models.CharField(_("district in English"), max_length=60)
    is_member = models.BooleanField(_("member of the association"), default=False)

    panels = ["code", *Term.panels, "district_bg", "district_en", "is_member"]

    class Meta(Term.Meta):
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")

    @property
    def district(self) -> str:
        """The district (oblast) in the language of the moment."""
        return self.district_en if (get_language() or "bg").startswith("en") else self.district_bg

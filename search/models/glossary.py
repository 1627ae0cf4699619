"""The glossary: terms of the field with their synonyms and definitions in both languages.

Editors keep it. It is a page for readers, and it tells finding which words say the same, in one language and between
the two.
"""

import unicodedata
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

LONGEST = 160  # signs of a term or a synonym
MOST_SYNONYMS = 20


class GlossaryTermQuerySet(models.QuerySet["GlossaryTerm"]):
    """Questions one may ask of the glossary."""

    def by_name(self, language: str) -> Self:
        """Return the terms in the order of their names in a language."""
        return self.order_by(f"term_{language}", "slug")


class GlossaryTerm(models.Model):
    """A term: one row with its names, synonyms and definitions in both languages."""

    slug = models.SlugField(
        _("slug"), unique=True, max_length=120,
        help_text=_("Stands in addresses and exports; do not change it once it is in use."),
    )  # fmt: skip
    term_bg = models.CharField(_("term in Bulgarian"), max_length=LONGEST)
    term_en = models.CharField(_("term in English"), max_length=LONGEST)
    synonyms_bg = models.TextField(
        _("synonyms in Bulgarian"),
        blank=True,
        help_text=_("One a line. Whoever searches for one finds the others too."),
    )
    synonyms_en = models.TextField(
        _("synonyms in English"), blank=True, help_text=_("One a line. Whoever searches for one finds the others too.")
    )
    definition_bg = models.TextField(_("definition in Bulgarian"), blank=True)
    definition_en = models.TextField(_("definition in English"), blank=True)
    is_proposed = models.BooleanField(
        _("entry is proposed"),
        default=True,
        help_text=_("Until an editor of the association confirms the entry, readers see that it is a proposal."),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("term_bg"), FieldPanel("synonyms_bg"), FieldPanel("definition_bg")], _("Bulgarian")
        ),
        MultiFieldPanel([FieldPanel("term_en"), FieldPanel("synonyms_en"), FieldPanel("definition_en")], _("English")),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("is_proposed")]),
    ]

    objects = GlossaryTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term of the glossary")
        verbose_name_plural = _("glossary")
        ordering = ["term_bg", "slug"]

    def __str__(self) -> str:
        return self.term

    @property
    def term(self) -> str:
        """The term in the language of the moment."""
        return self.term_in(get_language() or "bg")

    @property
    def definition(self) -> str:
        """The definition in the language of the moment."""
        return self.definition_in(get_language() or "bg")

    @property
    def synonyms(self) -> str:
        """The synonyms in the language of the moment, on one line."""
        return ", ".join(self.synonyms_in(get_language() or "bg"))

    @property
    def counterpart(self) -> str:
        """The term in the other language."""
        return self.term_bg if (get_language() or "bg").startswith("en") else self.term_en

    def term_in(self, language: str) -> str:
        """Return the term in Bulgarian or English."""
        return self.term_en if language.startswith("en") else self.term_bg

    def definition_in(self, language: str) -> str:
        """Return the definition in Bulgarian or English; it may still be empty."""
        return self.definition_en if language.startswith("en") else self.definition_bg

    def synonyms_in(self, language: str) -> tuple[str, ...]:
        """Return the synonyms in Bulgarian or English."""
        return _lines(self.synonyms_en if language.startswith("en") else self.synonyms_bg)

    def names_in(self, language: str) -> tuple[str, ...]:
        """Return the term and its synonyms in one language, the term first."""
        return (self.term_in(language), *self.synonyms_in(language))

    def clean(self) -> None:
        """Compose all texts, and validate that the synonyms are words and not sentences."""
        super().clean()
        errors = {}
        for name in ("term_bg", "term_en", "definition_bg", "definition_en"):
            setattr(self, name, unicodedata.normalize("NFC", getattr(self, name)).strip())
        for name in ("synonyms_bg", "synonyms_en"):
            lines = _lines(unicodedata.normalize("NFC", getattr(self, name)))
            setattr(self, name, "\n".join(lines))
            if len(lines) > MOST_SYNONYMS or any(len(line) > LONGEST for line in lines):
                errors[name] = _("At most %(count)d synonyms of %(length)d signs each.") % {
                    "count": MOST_SYNONYMS,
                    "length": LONGEST,
                }
        if errors:
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the line ends of synonyms made alike, wherever they come from."""
        self.synonyms_bg, self.synonyms_en = ("\n".join(_lines(text)) for text in (self.synonyms_bg, self.synonyms_en))
        super().save(*args, **kwargs)


def _lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text that are not empty, each once."""
    return tuple(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))

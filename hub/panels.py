"""Panels of the editors' forms that several rooms use."""

from typing import Any

from django import forms
from wagtail.admin.panels import FieldPanel


def term_panel(name: str, **options: Any) -> FieldPanel:
    """Return the panel of one term of a vocabulary: a list to choose from, for there are few."""
    return FieldPanel(name, widget=forms.Select, **options)


def terms_panel(name: str, **options: Any) -> FieldPanel:
    """Return the panel of several terms of a vocabulary: boxes to tick."""
    return FieldPanel(name, widget=forms.CheckboxSelectMultiple, **options)

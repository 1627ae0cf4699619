"""The admin's forms of finding, which refuse what would be kept without ever being of use."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from search.glossary import namesake
from search.models import GlossaryTerm, Pin
from search.pinning import cleaned, reading_of, rival
from search.query import Reading


class PinForm(WagtailAdminModelForm):
    """The form of a pin: its query can be asked, and is asked in no other pin."""

    def clean(self) -> dict[str, Any]:
        """Return what was typed with the query as it is kept."""
        values: dict[str, Any] = super().clean()
        query, language = values.get("query"), values.get("language")
        if query and language:
            values["query"] = cleaned(query)
            if error := _never_answers(reading_of(query, language)):
                self.add_error("query", error)
            elif other := rival(Pin(pk=self.instance.pk, query=query, language=language)):
                text = _("These words have chosen pages already: {link}. Add yours to them.")
                self.add_error("query", ValidationError(_linked(text, other)))
        return values


class GlossaryTermForm(WagtailAdminModelForm):
    """The form of a term, which stands in the glossary once."""

    def clean(self) -> dict[str, Any]:
        """Return what was typed; a term that is there already is named."""
        values: dict[str, Any] = super().clean()
        for language in ("bg", "en"):
            name = f"term_{language}"
            if name not in self.changed_data or not (text := values.get(name)):
                continue
            if other := namesake(text, language, GlossaryTerm.objects.exclude(pk=self.instance.pk)):
                message = _("The glossary has this already: {link}. Add to that entry what is missing.")
                self.add_error(name, ValidationError(_linked(message, other)))
        return values


def _never_answers(reading: Reading) -> str:
    """Return why a query would never have its chosen pages; empty where it will."""
    if reading.excluded:
        return _("Take out the words with a minus before them: chosen pages answer to what is asked for alone.")
    if not reading.clauses:
        return _("There is no word in this query. Write at least one, as visitors type it.")
    return ""


def _linked(text: str, other: Model) -> SafeString:
    """Return a text with the name of another row in it, which leads to its form."""
    address = reverse(f"{other._meta.model_name}:edit", args=[other.pk])
    return format_html(text, link=format_html('<a href="{}">{}</a>', address, other))

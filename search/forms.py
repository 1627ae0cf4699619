"""The form in which a visitor says what was not found."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.anonymous_forms import AnonymousForm
from search.models import MissedNote
from search.models.log import LONGEST_NOTE, LONGEST_QUERY
from search.personal_data import is_personal
from search.query import clean
from search.query_log import normalised


class MissedForm(AnonymousForm):
    """What a visitor missed, and what was searched for in vain."""

    scope = "missed"

    q = forms.CharField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=_("What were you looking for?"),
        help_text=_("Write it in your own words, without names, addresses and phone numbers."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "missed-%s")
        super().__init__(*args, request=request, **kwargs)

    def clean_q(self) -> str:
        """Return the query as it may be kept."""
        query = normalised(self.cleaned_data["q"])
        return "" if is_personal(query) else query[:LONGEST_QUERY]

    def clean_text(self) -> str:
        """Return the note; what looks like somebody's address or number is not taken."""
        text = self.cleaned_data["text"].replace("\x00", "").strip()
        if is_personal(text):
            raise forms.ValidationError(
                _("This looks like an address or a number of a person. Leave it out: we keep no personal data here."),
                code="personal",
            )
        if not clean(text):
            raise forms.ValidationError(_("Write at least a word."), code="required")
        return str(text)

    def save(self, language: str) -> MissedNote:
        """Keep the note for the editors."""
        return MissedNote.objects.create(
            language=language,
            day=timezone.localdate(),
            query=self.cleaned_data["q"],
            text=self.cleaned_data["text"],
        )

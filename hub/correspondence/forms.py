"""The forms in which visitors write."""

from typing import Any, ClassVar

from django import forms
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from hub.anonymous_forms import AnonymousForm

_TEXT = forms.Textarea(attrs={"rows": 6})


class VoteForm(AnonymousForm):
    """Whether a page was useful: the two buttons at the end of each page."""

    scope: ClassVar[str] = "vote"

    # The views that ask and are no pages of the tree.
    ASKING: ClassVar[frozenset[str]] = frozenset({
        "search:results", "glossary:terms", "feeds", "documents:read", "documents:read_version", "documents:downloads",
        "documents:collections", "documents:collection",
    })  # fmt: skip

    page = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)
    address = forms.CharField(max_length=500, required=False, widget=forms.HiddenInput)
    useful = forms.ChoiceField(choices=[("yes", _("Yes")), ("no", _("No"))])

    def clean_address(self) -> str:
        """Return the address of a view that asks, or nothing: whatever else is sent is kept nowhere."""
        address: str = self.cleaned_data["address"]
        try:
            return address if address and resolve(address).view_name in self.ASKING else ""
        except Resolver404:
            return ""

    def clean(self) -> dict[str, Any]:
        """Return the answer; refuse one that is about nothing."""
        if not (self.cleaned_data.get("page") or self.cleaned_data.get("address")):
            raise forms.ValidationError(_("This field is required."), code="required")
        return super().clean()


class MissingForm(AnonymousForm):
    """What was missing on a page, or was good there: after one has said whether it was useful."""

    scope: ClassVar[str] = "missing"

    text = forms.CharField(
        label=_("What was missing, or what helped?"), max_length=4000, widget=_TEXT,
        help_text=_("Please write no personal data here: nobody can answer."),
    )  # fmt: skip


class ContactForm(AnonymousForm):
    """A letter to the association."""

    scope: ClassVar[str] = "contact"

    text = forms.CharField(label=_("Your message"), max_length=4000, widget=_TEXT)
    name = forms.CharField(
        label=_("Your name"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Only if you want an answer."),
    )  # fmt: skip


class BarrierForm(ContactForm):
    """A barrier that somebody met on the site."""

    scope: ClassVar[str] = "barrier"

    address = forms.CharField(
        label=_("Where did it happen?"), max_length=500, required=False,
        help_text=_("The address of the page, or what you were looking for."),
    )  # fmt: skip
    text = forms.CharField(
        label=_("What stood in your way?"), max_length=4000, widget=_TEXT,
        help_text=_("What you wanted to do, and what happened instead."),
    )  # fmt: skip
    tool = forms.CharField(
        label=_("With what device or assistive software?"), max_length=200, required=False,
        help_text=_("For example: telephone, screen reader NVDA, keyboard alone."),
    )  # fmt: skip

    field_order = ["address", "text", "tool", "name", "email"]

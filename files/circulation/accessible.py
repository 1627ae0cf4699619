"""The form in which a reader asks for a file in another form."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from files.access import document_for
from files.circulation.working_days import working_days_after
from files.models import AccessibleFormatRequest, Document
from files.models.accessible import AccessibleFormat
from files.views import withdrawn
from hub.anonymous_forms import AnonymousForm, anonymous_form


class AccessibleFormatForm(AnonymousForm):
    """What somebody needs, and where to send it."""

    scope = "accessible-format"

    wanted = forms.ChoiceField(label=_("Which format can you use?"), choices=AccessibleFormat)
    details = forms.CharField(
        label=_("Anything we should know"), required=False, max_length=1000,
        help_text=_("For example which pages you need first. Do not write about your health: we need not know."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Your e-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def clean(self) -> dict[str, Any]:
        """Return the fields; something else needs to be described."""
        cleaned = super().clean()
        if cleaned.get("wanted") == AccessibleFormat.OTHER and not cleaned.get("details"):
            self.add_error("details", _("Write what you need."))
        return cleaned

    def keep(self, document: Document) -> AccessibleFormatRequest:
        """Keep the request, with somebody who answers it and the day by which."""
        due_on = working_days_after(timezone.localdate(), settings.ACCESSIBLE_FORMAT_WORKING_DAYS)
        return AccessibleFormatRequest.objects.create(
            document=document,
            wanted=self.cleaned_data["wanted"],
            details=self.cleaned_data["details"],
            email=self.cleaned_data["email"],
            language=(get_language() or "bg")[:2],
            due_on=due_on,
            owner=_owner_of(document),
        )


@require_http_methods(["GET", "HEAD", "POST"])
@anonymous_form
def request_page(request: HttpRequest, document_id: int) -> HttpResponseBase:
    """Show the form, take it, and say when the answer is to be expected."""
    document, is_public = document_for(request, document_id)
    if document.current is None:  # what was withdrawn is given out in no form
        return withdrawn(request, document, document.latest, is_public=is_public)
    form = AccessibleFormatForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        form.keep(document)
        return redirect(f"{reverse('documents:accessible', args=[document.pk])}?sent")
    context = {
        "document": document,
        "form": form,
        "is_sent": "sent" in request.GET and request.method != "POST",
        "working_days": settings.ACCESSIBLE_FORMAT_WORKING_DAYS,
        "kept_days": settings.ACCESSIBLE_FORMAT_KEPT_DAYS,
    }
    return render(request, "files/accessible.html", context, status=form.status)


def _owner_of(document: Document) -> Any:
    """Return who answers for a file: whoever put in its latest version, or the document, and still works here."""
    latest = document.latest
    people = (latest.created_by if latest else None, document.uploaded_by_user)
    return next((person for person in people if person and person.is_active), None)

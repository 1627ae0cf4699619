"""The pages on which visitors write."""

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from hub.anonymous_forms import AnonymousForm, anonymous_form
from hub.models import VisitorMessage, open_pages
from hub.models.correspondence import MessageKind, MessageState

from .forms import BarrierForm, ContactForm, MissingForm, VoteForm

SALT = "hub.correspondence"
ADDED_WITHIN = 3600  # seconds after a vote in which its words may follow


@dataclass(frozen=True, slots=True)
class Desk:
    """A form that visitors write in, with the words above it."""

    kind: MessageKind
    form: type[AnonymousForm]
    title: str | Promise
    lead: str | Promise


DESKS = {
    "contact": Desk(
        MessageKind.CONTACT, ContactForm, _("Write to us"),
        _("About a mistake, a practice that belongs here, or anything else about the site."),
    ),
    "barrier": Desk(
        MessageKind.BARRIER, BarrierForm, _("Report a barrier"),
        _("Something on the site cannot be read, heard, reached or used? Tell us, and we will put it right or send you "
          "the content in another form."),
    ),
}  # fmt: skip


@anonymous_form
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Show a form, take it, or show it again with what is wrong and everything that was typed."""
    desk = DESKS.get(kind)
    if desk is None:
        raise Http404(f"nobody reads messages of the kind {kind}")
    page = _page(request.GET.get("page", ""))
    address = page.get_url(request) if page else request.GET.get("address", "")[:400]
    is_ours = bool(address) and url_has_allowed_host_and_scheme(address, None) and address.startswith("/")
    first = {"address": request.build_absolute_uri(address)} if is_ours else {}
    form = desk.form(request.POST or None, request=request, initial=first)
    if request.method == "POST" and form.is_valid():
        known = {name: form.cleaned_data.get(name, "") for name in ("address", "text", "tool", "name", "email")}
        VisitorMessage.objects.create(kind=desk.kind, language=_language(), page=page, **known)
        return _see_other(reverse("message_sent"))
    context = {"form": form, "title": desk.title, "lead": desk.lead, "keeps_contact": True}
    return render(request, "hub/message_form.html", context, status=form.status)


@anonymous_form
@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: HttpRequest) -> HttpResponseBase:
    """Take whether a page was useful, and lead to where one may say why; who only comes by may write a letter."""
    if request.method != "POST":
        return redirect("write", "contact")
    form = VoteForm(request.POST, request=request)
    if not form.is_valid():
        return render(request, "429.html" if form.status == 429 else "400.html", status=form.status)
    page, address = None, form.cleaned_data["address"]
    if number := form.cleaned_data["page"]:
        page = _page(str(number))
        if page is None:
            raise Http404("nobody may open this page")
        address = page.get_url(request) or ""
    message = VisitorMessage.objects.create(
        kind=MessageKind.FEEDBACK, language=_language(), page=page, address=address,
        is_useful=form.cleaned_data["useful"] == "yes", state=MessageState.DONE,
    )  # fmt: skip
    return _see_other(reverse("feedback", args=[signing.dumps(message.pk, salt=SALT)]))


@anonymous_form
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, token: str) -> HttpResponseBase:
    """Thank for the answer, and take the words that may follow it, once and within an hour."""
    try:
        number = signing.loads(token, salt=SALT, max_age=ADDED_WITHIN)
    except signing.BadSignature as error:
        raise Http404("no answer of the last hour") from error
    message = get_object_or_404(VisitorMessage, pk=number, kind=MessageKind.FEEDBACK, text="")
    form = MissingForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        message.text, message.state = form.cleaned_data["text"], MessageState.NEW
        message.save(update_fields=["text", "state", "closed_at"])
        return _see_other(reverse("message_sent"))
    context = {"form": form, "title": _("Thank you"), "lead": _("Your answer is noted."), "back": message.address}
    return render(request, "hub/message_form.html", context, status=form.status)


def sent(request: HttpRequest) -> HttpResponse:
    """Say that a message has arrived."""
    return render(request, "hub/message_sent.html")


def _page(number: str) -> Page | None:
    """Return the open page with a number, or None."""
    if not number.isdecimal() or len(number) > 9:
        return None
    page: Page | None = open_pages(Page.objects.filter(pk=int(number))).select_related("locale").first()
    return page


def _language() -> str:
    """Return the language in which the visitor reads."""
    return (get_language() or "bg")[:2]


def _see_other(address: str) -> HttpResponse:
    """Lead to another page, which a reload does not send again."""
    headers: dict[str, Any] = {"Location": address}
    return HttpResponse(status=303, headers=headers)

"""Forms that anybody may send, without an account and without a cookie.

Django's protection against forged requests sets a cookie. What it protects is a signed-in person's session; a visitor
has none. A visitor's form is taken when the browser itself says that it stands on a page of this site. Robots are kept
off by a field that people do not see and by a rate limit that keeps no addresses.
"""

import hmac
import ipaddress
import secrets
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, ClassVar, cast

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from hub.accounts import client_address
from hub.views import csrf_failure

View = Callable[..., HttpResponseBase]

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_MINUTE, _HOUR = 60, 3600
_IPV6_NETWORK = 64  # bits: what one household or one server is given


def anonymous_form(view: View) -> View:
    """Let a view take forms from visitors: from pages of this site alone, and from signed-in people with their token.

    The template writes `{% include "components/form_fields.html" %}`, which holds the token for whoever is signed in.
    """
    protected = csrf_protect(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in _SAFE_METHODS:
            return view(request, *args, **kwargs)
        if request.user.is_authenticated:
            response = protected(request, *args, **kwargs)
        elif is_same_origin(request):
            response = view(request, *args, **kwargs)
        else:
            response = csrf_failure(request, "not sent from a page of this site")
        add_never_cache_headers(response)
        return response

    return cast("View", csrf_exempt(guarded))


def is_same_origin(request: HttpRequest) -> bool:
    """Return whether the browser says that the request comes from a page of this site.

    A page of another site can write neither header. A browser that sends neither is older than 2020.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


class AnonymousForm(forms.Form):
    """A form of visitors: it has a trap for robots, and takes only so many in a minute.

    Neither loses what was typed: the form comes back with the reason. `scope` names the form in the rate limit.
    """

    TRAP: ClassVar[str] = "nickname"  # a name that robots fill in and browsers do not
    scope: ClassVar[str] = "form"

    nickname = forms.CharField(
        label=_("Leave this field empty"), required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows this form."""
        if not self.is_bound or self.is_valid():
            return 200
        return 429 if self.has_error(NON_FIELD_ERRORS, "too_many") else 422

    @property
    def needs_token(self) -> bool:
        """Whether the form is shown to somebody who is signed in; visitors' pages may be kept by any cache."""
        return settings.SESSION_COOKIE_NAME in self.request.COOKIES and self.request.user.is_authenticated

    def shown_fields(self) -> list[forms.BoundField]:
        """Return the fields that people see."""
        return [field for field in self.visible_fields() if field.name != self.TRAP]

    def trap(self) -> forms.BoundField:
        """Return the field that people do not see."""
        return self[self.TRAP]

    def clean(self) -> dict[str, Any]:
        """Return the fields; refuse what a robot filled in, and what comes too often."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get(self.TRAP):
            raise ValidationError(
                _("A hidden field was filled in, which only robots do. Reload the page and try again."), code="trap"
            )
        if not self.errors and not may_send(self.request, self.scope):
            raise ValidationError(
                _("Too many forms were sent just now. Wait a minute and send yours again: nothing of it is lost."),
                code="too_many",
            )
        return cleaned


def may_send(request: HttpRequest, scope: str) -> bool:
    """Count one sending and return whether it is within what one sender may send a minute, and all of them an hour."""
    now = int(time.time())
    own = _count(f"sender:{scope}:{_sender(request, now // _MINUTE)}", _MINUTE)
    if own > settings.ANONYMOUS_FORMS_A_MINUTE:
        return False
    return _count(f"all:{scope}:{now // _HOUR}", _HOUR) <= settings.ANONYMOUS_FORMS_AN_HOUR


def _sender(request: HttpRequest, minute: int) -> str:
    """Return a name for the sender that means nothing without this minute's salt, which nobody writes down."""
    salt = cache.get_or_set(f"anonymous-forms:salt:{minute}", secrets.token_hex, 2 * _MINUTE)
    return hmac.new(str(salt).encode(), _network(request).encode(), "sha256").hexdigest()


def _network(request: HttpRequest) -> str:
    """Return the sender's address; of IPv6 the network, since each of its senders has many addresses."""
    text = client_address(request) or ""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if address.version == 6 and not address.ipv4_mapped:
        return str(ipaddress.ip_network(f"{address}/{_IPV6_NETWORK}", strict=False))
    return str(address)


def _count(name: str, seconds: int) -> int:
    """Return how often this was counted, this time included."""
    key = f"anonymous-forms:{name}"
    cache.add(key, 0, 2 * seconds)
    try:
        return cache.incr(key)
    except ValueError:  # the cache was full and let go of it between the two lines
        return 1

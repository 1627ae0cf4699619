"""Who may open an account, and who is shut out for a while."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth import get_user_model
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Editors are invited by an administrator; the public form is shut."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: visitors need no account."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse who is locked out before anything else answers, so that each further attempt is told the same."""
        if not AxesProxyHandler.is_allowed(request, credentials):
            request.axes_locked_out = True  # type: ignore[attr-defined]  # read by the middleware of django-axes
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)


def attempted_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Return the account's name that failed attempts are counted by, whether it or its e-mail was typed."""
    given = credentials or {"login": request.POST.get("login", "")}
    typed = str(given.get("email") or given.get("username") or given.get("login") or "").strip()
    user = get_user_model()._default_manager.filter(email__iexact=typed).first() if "@" in typed else None
    return user.get_username() if user else typed.casefold()


def client_address(request: HttpRequest) -> str | None:
    """Return the visitor's address, as far as the proxies before us are trusted; None where no network was crossed."""
    if "REMOTE_ADDR" not in request.META:
        return None
    address: str = get_adapter(request).get_client_ip(request)
    return address

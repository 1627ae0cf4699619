"""Who may open an account: nobody but an administrator, in the admin."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Editors are invited by an administrator; the public form is shut."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: visitors need no account."""
        return False

"""Who may do what with things of the ground that are no pages."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class MessagePermissionPolicy(ModelPermissionPolicy):
    """Messages come from visitors: nobody adds one in the admin, not even who may do everything."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Return whether somebody may do this with messages."""
        return action != "add" and bool(super().user_has_permission(user, action))

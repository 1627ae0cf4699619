"""Who may do what with the versions of files: whoever may edit the document."""

from collections.abc import Iterable
from typing import Any

from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import policy_registry

from files.models import Document, Version
from files.querysets import VersionQuerySet


class VersionPermissionPolicy(BasePermissionPolicy):
    """Versions are seen, withdrawn and read anew by those who may edit their document; nobody adds or deletes one."""

    ACTIONS = frozenset({"view", "change"})

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Return whether there may be versions with which the person may do this."""
        return action in self.ACTIONS and self._documents.user_has_permission(user, "change")

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Version) -> bool:
        """Return whether the person may edit the version's document."""
        return action in self.ACTIONS and self._documents.user_has_permission_for_instance(
            user, "change", instance.document
        )

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> VersionQuerySet:
        """Return the versions of the documents that the person may edit."""
        if not self.ACTIONS & set(actions):
            return Version.objects.none()
        documents = self._documents.instances_user_has_any_permission_for(user, ["change"])
        return Version.objects.filter(document__in=documents.order_by().values("pk"))

    def users_with_any_permission(self, actions: Iterable[str]) -> Any:
        """Return the people who may edit documents."""
        return self._documents.users_with_any_permission(["change"] if self.ACTIONS & set(actions) else [])

    @property
    def _documents(self) -> Any:
        """The policy of the documents."""
        return policy_registry.get_by_type(Document)

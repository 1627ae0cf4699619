"""Who may do what with the versions of files, and with requests about them: whoever may edit the document."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from wagtail.admin.views import generic
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import policy_registry

from files.models import Document


class OfDocumentPermissionPolicy(BasePermissionPolicy):
    """What belongs to a document is seen and changed by those who may edit that; nobody adds or deletes it by hand."""

    ACTIONS = frozenset({"view", "change"})

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Return whether there may be something with which the person may do this."""
        return action in self.ACTIONS and self._documents.user_has_permission(user, "change")

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Return whether the person may edit its document."""
        return action in self.ACTIONS and self._documents.user_has_permission_for_instance(
            user, "change", instance.document
        )

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> Any:
        """Return what belongs to the documents that the person may edit."""
        if not self.ACTIONS & set(actions):
            return self.model._default_manager.none()
        documents = self._documents.instances_user_has_any_permission_for(user, ["change"])
        return self.model._default_manager.filter(document__in=documents.order_by().values("pk"))

    def users_with_any_permission(self, actions: Iterable[str]) -> Any:
        """Return the people who may edit documents."""
        return self._documents.users_with_any_permission(["change"] if self.ACTIONS & set(actions) else [])

    @property
    def _documents(self) -> Any:
        """The policy of the documents."""
        return policy_registry.get_by_type(Document)


class OfDocumentEditView(generic.EditView):
    """Wagtail's form, which asks for the right to change some of these things, and here for this one."""

    def get_object(self, queryset: Any = None) -> Any:
        """Return what is edited; refuse who may not edit its document."""
        found = super().get_object(queryset)
        if not self.permission_policy.user_has_permission_for_instance(self.request.user, "change", found):
            raise PermissionDenied
        return found

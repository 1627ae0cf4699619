"""What the editors' desk, the admin's first page, shows beside Wagtail's own."""

from datetime import timedelta
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.db.models import Count, Model, Q
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Site
from wagtail.permissions import policy_registry

from hub.models import VisitorMessage
from hub.models.correspondence import MessageKind, MessageState


class SecondFactorReminder(Component):
    """A friendly word to who signs in with a password alone."""

    order = 10
    template_name = "hub/admin/second_factor_reminder.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Return the context: whether the reminder is needed."""
        return {"is_needed": not is_mfa_enabled(parent_context["request"].user)}


class WaysIn(Component):
    """The ways to what an editor does most."""

    order = 20
    template_name = "hub/admin/ways_in.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Return the context: both trees of pages, and what may be uploaded."""
        site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        homes = site.root_page.get_translations(inclusive=True).select_related("locale") if site else []
        user = parent_context["request"].user
        return {
            "homes": sorted(homes, key=lambda home: home.locale.language_code),
            "add_picture": _address_of_adding(get_image_model(), "wagtailimages:add_multiple", user),
            "add_document": _address_of_adding(get_document_model(), "wagtaildocs:add_multiple", user),
        }


class MessagesWaiting(Component):
    """What visitors have written and nobody has finished yet, and whether pages were useful to them."""

    order = 15
    template_name = "hub/admin/messages_waiting.html"

    def render_html(self, parent_context: dict[str, Any]) -> str:
        """Return the panel, or nothing for who may not read messages."""
        policy = policy_registry.get_by_type(VisitorMessage)
        if not policy.user_has_any_permission(parent_context["request"].user, {"view", "change"}):
            return ""
        html: str = super().render_html(parent_context)
        return html

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Return the context: the numbers of waiting messages by kind, and of the answers of thirty days."""
        counts = VisitorMessage.objects.filter(state=MessageState.NEW).order_by("kind").values_list("kind")
        recent = VisitorMessage.objects.filter(created_at__gte=timezone.now() - timedelta(days=30))
        answers = recent.aggregate(
            useful=Count("pk", filter=Q(is_useful=True)), useless=Count("pk", filter=Q(is_useful=False))
        )
        waiting = counts.annotate(number=Count("pk"))
        return {
            "waiting": [{"kind": kind, "label": MessageKind(kind).label, "number": number} for kind, number in waiting],
            "address": reverse("visitormessage:index"),
            **answers,
        }


def _address_of_adding(model: type[Model], address: str, user: Any) -> str:
    """Return the address where the person adds such a thing, or an empty text where they may not."""
    return reverse(address) if policy_registry.get_by_type(model).user_has_permission(user, "add") else ""

"""What editors find in the admin about finding."""

from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from search.viewsets import GlossaryViewSet, PinViewSet


@hooks.register("register_admin_viewset")
def register_lists() -> list[ModelViewSet]:
    """Register the glossary and the chosen results."""
    return [GlossaryViewSet(), PinViewSet()]

"""What editors find in the admin about finding."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet

from search.asked_report import AskedReport
from search.viewsets import GlossaryViewSet, PinViewSet


@hooks.register("register_admin_viewset")
def register_lists() -> list[ModelViewSet]:
    """Register the glossary and the chosen results."""
    return [GlossaryViewSet(), PinViewSet()]


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLPattern]:
    """Register the report of what is asked."""
    return [path("reports/asked/", AskedReport.as_view(), name="search_asked")]


@hooks.register("register_reports_menu_item")
def register_asked() -> MenuItem:
    """Register the report of what is asked."""
    return MenuItem(_("What visitors search for"), reverse("search_asked"), name="asked", icon_name="search", order=910)

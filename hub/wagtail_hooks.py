"""What editors find in the admin beside Wagtail's own."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from hub import readership
from hub.desk import MessagesWaiting, SecondFactorReminder, WaysIn
from hub.models import VisitorMessage
from hub.patterns.views import patterns
from hub.permissions import MessagePermissionPolicy
from hub.readership_report import ReadershipReport
from hub.viewsets import VOCABULARIES, VOCABULARY_MENU, VisitorMessageViewSet

register_permission_policy(VisitorMessage, MessagePermissionPolicy(VisitorMessage))


@hooks.register("register_admin_viewset")
def register_vocabularies() -> list[ModelViewSet]:
    """Register the lists of the vocabularies, of the organisations and of the visitors' messages."""
    return [viewset() for viewset in (*VOCABULARIES, VisitorMessageViewSet)]


@hooks.register("register_admin_menu_item")
def register_vocabulary_menu() -> SubmenuMenuItem:
    """Register the menu that the vocabularies stand in, between the documents and the reports."""
    return SubmenuMenuItem(
        _("Vocabularies"), Menu(register_hook_name=VOCABULARY_MENU), name="vocabularies", icon_name="list-ul", order=500
    )


@hooks.register("register_account_menu_item")
def register_second_factor(request: HttpRequest) -> dict[str, str]:
    """Register the way to the second factor among the actions of one's own account."""
    return {
        "url": reverse("mfa_index"),
        "label": gettext("Two-factor protection"),
        "help_text": gettext("An app on your phone, a passkey or a security key beside the password."),
    }


@hooks.register("construct_homepage_panels")
def add_to_the_desk(request: HttpRequest, panels: list[Component]) -> None:
    """Add the reminder, the messages and the ways in to the first page of the admin."""
    panels += [SecondFactorReminder(), MessagesWaiting(), WaysIn()]


@hooks.register("on_serve_page")
def count_readers(serve_next: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Count who reads the page that is served."""

    def serve(page: Any, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]) -> HttpResponseBase:
        response = serve_next(page, request, args, kwargs)
        readership.count(request, page, response)
        return response

    return serve


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLPattern]:
    """Register the report of readers with its part that is renewed while one filters, and the page of patterns."""
    return [
        path("patterns/", patterns, name="patterns"),
        path("reports/readers/", ReadershipReport.as_view(), name="readership"),
        path("reports/readers/results/", ReadershipReport.as_view(results_only=True), name="readership_results"),
    ]


@hooks.register("register_reports_menu_item")
def register_readership() -> MenuItem:
    """Register the report of readers."""
    return MenuItem(_("Readers"), reverse("readership"), name="readers", icon_name="view", order=890)


@hooks.register("register_help_menu_item")
def register_patterns() -> MenuItem:
    """Register the page of patterns among the help."""
    return MenuItem(_("Patterns"), reverse("patterns"), name="patterns", icon_name="view", order=2000)

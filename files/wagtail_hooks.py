"""What editors find in the admin for publications and files."""

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from files.models import Version
from files.permissions import VersionPermissionPolicy
from files.viewsets import PublicationKindViewSet, VersionViewSet, add_publication_file

register_permission_policy(Version, VersionPermissionPolicy(Version))


@hooks.register("register_admin_viewset")
def register_lists() -> list[ModelViewSet]:
    """Register the kinds of publication, and the versions with the states of their reading."""
    return [PublicationKindViewSet(), VersionViewSet()]


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLPattern]:
    """Register the form that adds a file to a publication."""
    return [path("publications/<int:page_id>/files/add/", add_publication_file, name="publication_file_add")]

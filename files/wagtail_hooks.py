"""What editors find in the admin for publications and files."""

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from files.models import Version
from files.permissions import VersionPermissionPolicy
from files.viewsets import PublicationKindViewSet, add_publication_file, version_viewset

register_permission_policy(Version, VersionPermissionPolicy(Version))
register_snippet(PublicationKindViewSet)


@hooks.register("register_admin_viewset")
def register_versions() -> object:
    """Register the list of versions with the states of their reading."""
    return version_viewset


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLPattern]:
    """Register the form that adds a file to a publication."""
    return [path("publications/<int:page_id>/files/add/", add_publication_file, name="publication_file_add")]

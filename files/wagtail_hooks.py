"""What editors find in the admin for publications and files."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from files.circulation.downloads import DownloadsReport
from files.circulation.request_viewset import AccessibleFormatRequestViewSet
from files.fixity_report import FixityReport
from files.models import AccessibleFormatRequest, Document, PublicationPage, Version
from files.permissions import OfDocumentPermissionPolicy
from files.uploading import AddAgainView, AddSeveralView
from files.viewsets import BundleViewSet, PublicationKindViewSet, VersionViewSet, add_publication_file

register_permission_policy(Version, OfDocumentPermissionPolicy(Version))
register_permission_policy(AccessibleFormatRequest, OfDocumentPermissionPolicy(AccessibleFormatRequest))


@hooks.register("insert_global_admin_css")
def add_styles() -> str:
    """Return the link to the styles of our own pages in the admin."""
    return format_html('<link rel="stylesheet" href="{}">', static("hub/css/admin.css"))


@hooks.register("register_admin_viewset")
def register_lists() -> list[ModelViewSet]:
    """Register the kinds of publication, the collections, the versions, and the requests of readers."""
    return [PublicationKindViewSet(), BundleViewSet(), VersionViewSet(), AccessibleFormatRequestViewSet()]


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLPattern]:
    """Register the form that adds a file to a publication, and the report of downloads."""
    return [
        path("publications/<int:page_id>/files/add/", add_publication_file, name="publication_file_add"),
        path("reports/downloads/", DownloadsReport.as_view(), name="file_downloads"),
        path("reports/fixity/", FixityReport.as_view(), name="file_fixity"),
    ]


@hooks.register("register_admin_urls", order=-1)
def register_several() -> list[URLPattern]:
    """Register, before Wagtail's own at the same address, the view that takes several uploads."""
    return [
        path("documents/multiple/add/", AddSeveralView.as_view()),
        path("documents/multiple/again/", AddAgainView.as_view(), name="files_add_again"),
    ]


@hooks.register("register_reports_menu_item")
def register_downloads() -> MenuItem:
    """Register the report of downloads."""
    return MenuItem(_("Downloads"), reverse("file_downloads"), name="downloads", icon_name="download", order=900)


@hooks.register("register_reports_menu_item")
def register_fixity() -> MenuItem:
    """Register the report of damaged files."""
    return MenuItem(_("Damaged files"), reverse("file_fixity"), name="fixity", icon_name="warning", order=910)


@hooks.register("after_unpublish_page")
def tell_of_files_that_stay_public(request: HttpRequest, page: Page) -> None:
    """Tell who unpublishes one language of a publication that its files stay public with the other."""
    if not isinstance(page.specific, PublicationPage):
        return
    others = PublicationPage.objects.open().filter(translation_key=page.translation_key).exclude(pk=page.pk)
    if (other := others.first()) and Document.objects.public().of([page.translation_key]).exists():
        text = gettext(
            "The files of this publication stay public, because “%(title)s” in the other language is. Unpublish that "
            "page too, or withdraw the versions of the files."
        )
        messages.warning(request, text % {"title": other.title})

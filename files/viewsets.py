"""The admin's own views of files: kinds of publication, versions and their reading, the files of a publication."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.documents.views.documents import CreateView

from files.models import Bundle, Document, ExtractionState, PublicationKind, PublicationPage, Version
from files.permissions import OfDocumentEditView
from files.working import retry
from hub.viewsets import VocabularyViewSet, YesNoColumn

KEY_DIGITS = 18  # as many as always fit the databases' 64 bits


class PublicationKindViewSet(VocabularyViewSet):
    """The kinds of publication."""

    model = PublicationKind
    icon = "doc-full"
    menu_order = 250


class BundleViewSet(ModelViewSet):
    """The collections of files."""

    model = Bundle
    name = "file_collections"
    url_prefix = "file-collections"
    icon = "folder-open-inverse"
    menu_label = pgettext_lazy("menu", "Collections of files")  # the menu has room for a word or two
    menu_order = 310
    add_to_admin_menu = True
    copy_view_enabled = False
    search_fields = None
    list_display = ["__str__", "slug", YesNoColumn("is_public", label=_("Public"))]
    list_filter = ["is_public"]
    exclude_form_fields: list[str] = []


class WithdrawalForm(forms.ModelForm[Version]):
    """Withdraws a version by giving a reason, and restores it by taking the reason away."""

    class Meta:
        model = Version
        fields = ["withdrawal_reason"]
        widgets = {"withdrawal_reason": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "withdrawal_reason": _(
                "With a reason, the version can no longer be downloaded, and its address shows the reason. "
                "Without one, it is public again."
            )
        }

    def save(self, commit: bool = True) -> Version:  # noqa: FBT001, FBT002 - Django's signature
        """Withdraw or restore the version."""
        if reason := self.cleaned_data["withdrawal_reason"].strip():
            self.instance.withdraw(reason)
        else:
            self.instance.restore()
        return self.instance


class StateColumn(Column):
    """How far the reading is, why it failed, and a button to try again."""

    cell_template_name = "files/admin/state_cell.html"

    def get_cell_context_data(self, instance: Version, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Return the context with the address of the button and the form's token."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        retry_url = reverse("file_versions:retry", args=[instance.pk])
        return context | {"version": instance, "retry_url": retry_url, "csrf_token": parent_context.get("csrf_token")}


class VersionFilterSet(WagtailFilterSet):
    """The filters of the list of versions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the state of the work on the pages, in the person's language, and list a version with two works once."""
        super().__init__(*args, **kwargs)
        self.filters["works__state"].label = _("Work on the pages")
        self.filters["works__state"].distinct = True


class VersionIndexView(generic.IndexView):
    """The versions of all files that the person may edit, the newest first."""

    base_filterset_class = VersionFilterSet
    default_ordering = "-created_at"

    def get_base_queryset(self) -> QuerySet[Version]:
        """Return the versions with their documents, or those of one document."""
        versions = self.permission_policy.instances_user_has_any_permission_for(self.request.user, ["view"])
        number = self.request.GET.get("document", "")
        if number.isdecimal() and len(number) <= KEY_DIGITS:
            versions = versions.filter(document=number)
        found: QuerySet[Version] = versions.select_related("document", "blob").prefetch_related("works")
        return found


class VersionViewSet(ModelViewSet):
    """The versions of files: what could not be read and why, to be tried again; and their withdrawal."""

    model = Version
    name = "file_versions"
    url_prefix = "file-versions"
    icon = "history"
    menu_label = _("Versions of files")
    menu_hook = "register_reports_menu_item"
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = VersionIndexView
    edit_view_class = OfDocumentEditView
    list_filter = ["extraction_state", "works__state", "media_type"]
    search_fields = None
    list_display = [
        "__str__",
        Column("extension", label=_("Format")),
        StateColumn("extraction_state", label=_("Text"), accessor="get_extraction_state_display"),
        DateColumn("created_at", label=_("Uploaded"), sort_key="created_at"),
        DateColumn("withdrawn_at", label=_("Withdrawn"), sort_key="withdrawn_at"),
    ]

    def get_form_class(self, for_update: bool = False) -> type[WithdrawalForm]:  # noqa: FBT001, FBT002 - Wagtail's signature
        """Return the form that withdraws or restores."""
        return WithdrawalForm

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the addresses of the list, of the withdrawal, and of the button that tries again."""
        wanted = {"index", "index_results", "edit", "usage", "history", "history_results", "add", "delete"}
        own = [pattern for pattern in super().get_urlpatterns() if pattern.name in wanted]
        return [*own, path("<int:version_id>/retry/", self.retry, name="retry")]

    @method_decorator(require_POST)
    def retry(self, request: HttpRequest, version_id: int) -> HttpResponseBase:
        """Ask for a version's text to be read again."""
        version = get_object_or_404(Version.objects.select_related("document"), pk=version_id)
        if not self.permission_policy.user_has_permission_for_instance(request.user, "change", version):
            raise PermissionDenied
        if version.extraction_state == ExtractionState.FAILED:
            version.ask_for_reading()
        for work in version.works.all():
            if work.is_to_be_retried:
                retry(work)
        messages.success(
            request, gettext("The text of “%(title)s” will be read again.") % {"title": version.document.title}
        )
        return redirect(self.get_url_name("index"))


class PublicationFileView(CreateView):
    """Wagtail's form for a new document, with the publication already chosen."""

    publication: PublicationPage

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer for a publication that the person may edit."""
        self.publication = get_object_or_404(PublicationPage, pk=kwargs["page_id"])
        if not self.publication.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request)
        return response

    def get_initial_form_instance(self) -> Document:
        """Return a new document of the publication."""
        return Document(
            uploaded_by_user=self.request.user,
            publication_key=self.publication.translation_key,
            language=self.publication.locale.language_code,
        )

    def get_add_url(self) -> str:
        """Return the address to which the form is sent."""
        return reverse("publication_file_add", args=[self.publication.pk])

    def get_success_url(self) -> str:
        """Return to the publication."""
        return reverse("wagtailadmin_pages:edit", args=[self.publication.pk])


add_publication_file = PublicationFileView.as_view()

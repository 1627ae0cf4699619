"""The admin's own views of the ground: vocabularies, organisations, and the people who sign in."""

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry
from wagtail.users.views.users import CreateView, EditView, UserViewSet

from hub.models import Country, Method, Municipality, Organisation, ParticipationLevel, Theme, VisitorMessage
from hub.models.correspondence import MessageState

# What belongs to the vocabularies' menu registers with this hook, a room's own vocabulary too.
VOCABULARY_MENU = "register_vocabulary_menu_item"


class LetterCaseBlindIndexView(generic.IndexView):
    """A list in which a word is found in whatever case it is typed: SQLite's own search knows only Latin letters."""

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows that hold every word that is looked for, in any of the fields."""
        for word in (self.search_query or "").split():
            query = Q()
            for field in self.search_fields or []:
                query |= Q(**{f"{field}__iregex": re.escape(word)})
            queryset = queryset.filter(query)
        return queryset


class YesNoColumn(BooleanColumn):
    """A tick or a cross with a name in the editor's language, where Wagtail's own is “True” or “False”."""

    cell_template_name = "hub/admin/yes_no_cell.html"


class VocabularyViewSet(ModelViewSet):
    """A vocabulary: terms with both names, in the order in which visitors see them."""

    index_view_class = LetterCaseBlindIndexView
    menu_hook = VOCABULARY_MENU
    copy_view_enabled = False
    list_per_page = 50
    list_display = ["name_bg", "name_en", "slug", "order", YesNoColumn("is_proposed", label=_("Proposed"))]
    list_filter = ["is_proposed"]
    search_fields = ["name_bg", "name_en", "slug"]
    # The fields are the model's own panels.
    exclude_form_fields: list[str] = []


class ThemeViewSet(VocabularyViewSet):
    """What practices are about."""

    model = Theme
    icon = "tag"
    menu_order = 100


class MethodViewSet(VocabularyViewSet):
    """How people take part."""

    model = Method
    icon = "list-ul"
    menu_order = 200


class ParticipationLevelViewSet(VocabularyViewSet):
    """The levels of the spectrum."""

    model = ParticipationLevel
    icon = "order"
    menu_order = 300


class CountryViewSet(VocabularyViewSet):
    """The countries."""

    model = Country
    icon = "globe"
    menu_order = 400
    list_display = [*VocabularyViewSet.list_display[:3], "code"]
    search_fields = [*VocabularyViewSet.search_fields, "code"]
    list_filter: list[str] = []


class MunicipalityViewSet(VocabularyViewSet):
    """The municipalities."""

    model = Municipality
    icon = "site"
    menu_order = 500
    list_display = [
        *VocabularyViewSet.list_display[:3], "code", "district_bg", YesNoColumn("is_member", label=_("Member"))
    ]  # fmt: skip
    list_filter = ["is_member", "district_bg"]
    search_fields = [*VocabularyViewSet.search_fields, "code", "district_bg", "district_en"]


class OrganisationViewSet(ModelViewSet):
    """The organisations of all directories."""

    model = Organisation
    index_view_class = LetterCaseBlindIndexView
    icon = "group"
    menu_hook = VOCABULARY_MENU
    menu_order = 600
    copy_view_enabled = False
    list_per_page = 50
    list_display = [
        "name_bg", "name_en", "municipality",
        YesNoColumn("consent_recorded", label=_("Consent")), YesNoColumn("is_sample", label=_("Sample")),
    ]  # fmt: skip
    list_filter = ["municipality", "consent_recorded", "is_sample", "themes"]
    search_fields = ["name_bg", "name_en", "field_bg", "field_en", "settlement_bg", "settlement_en"]
    exclude_form_fields: list[str] = []


VOCABULARIES = (
    ThemeViewSet, MethodViewSet, ParticipationLevelViewSet, CountryViewSet, MunicipalityViewSet, OrganisationViewSet
)  # fmt: skip


class MessagesMenuItem(MenuItem):
    """The menu item of the messages, with the number of those that wait."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the person may read messages."""
        policy = policy_registry.get_by_type(VisitorMessage)
        return bool(policy.user_has_any_permission(request.user, {"view", "change"}))

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """Return the item as the side bar shows it."""
        component = super().render_component(request)
        if number := VisitorMessage.objects.filter(state=MessageState.NEW).count():
            component.label = f"{component.label} ({number})"
        return component


class VisitorMessageViewSet(ModelViewSet):
    """What visitors have written; an editor says what becomes of it."""

    model = VisitorMessage
    icon = "mail"
    add_to_admin_menu = True
    menu_label = _("Messages")
    menu_item_class = MessagesMenuItem
    menu_order = 450
    copy_view_enabled = False
    list_per_page = 50
    list_display = [
        "__str__",
        "state",
        YesNoColumn("is_useful", label=_("Was useful")),
        "beginning",
        "address",
        "language",
    ]
    list_filter = ["state", "kind", "is_useful", "language"]
    search_fields = ["text", "address", "note"]
    index_view_class = LetterCaseBlindIndexView
    # Not who wrote: what leaves the admin is nobody's personal data.
    list_export = ["created_at", "kind", "language", "address", "is_useful", "text", "state", "note"]
    exclude_form_fields: list[str] = []


def _shut_what_only_a_superuser_gives(form: BaseForm, request: HttpRequest) -> BaseForm:
    """Return the form, in which nobody can give away more than they have."""
    if "is_superuser" in form.fields and not request.user.is_superuser:
        form.fields["is_superuser"].disabled = True
    return form


class PersonCreateView(CreateView):
    """Makes an account; only a superuser makes another one."""

    def get_form(self, *args: Any, **kwargs: Any) -> BaseForm:
        """Return the form."""
        return _shut_what_only_a_superuser_gives(super().get_form(*args, **kwargs), self.request)


class PersonEditView(EditView):
    """Changes an account; only a superuser changes another one's, and makes one."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Refuse whoever would set a superuser's password without being one."""
        super().setup(request, *args, **kwargs)
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied

    def get_form(self, *args: Any, **kwargs: Any) -> BaseForm:
        """Return the form."""
        return _shut_what_only_a_superuser_gives(super().get_form(*args, **kwargs), self.request)


class PersonViewSet(UserViewSet):
    """The people who sign in."""

    add_view_class = PersonCreateView
    edit_view_class = PersonEditView

"""The admin's own views of finding: the glossary, and the results that are chosen for a query."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList
from wagtail.admin.views.generic import CreateView
from wagtail.admin.viewsets.model import ModelViewSet

from hub.viewsets import VOCABULARY_MENU, LetterCaseBlindIndexView, YesNoColumn
from search.admin_forms import GlossaryTermForm, PinForm
from search.models import GlossaryTerm, Pin


class PrefilledCreateView(CreateView):
    """A form that begins with what its address names: the report of what is asked leads here."""

    prefilled = ("term_bg", "term_en", "query", "language")

    def get_initial(self) -> dict[str, Any]:
        """Return the values with which the form begins."""
        given = {name: self.request.GET[name] for name in self.prefilled if name in self.request.GET}
        return {**super().get_initial(), **given}


class GlossaryViewSet(ModelViewSet):
    """The terms of the glossary."""

    model = GlossaryTerm
    add_view_class = PrefilledCreateView
    index_view_class = LetterCaseBlindIndexView
    icon = "openquote"
    menu_hook = VOCABULARY_MENU
    menu_order = 650
    menu_label = _("Glossary")
    copy_view_enabled = False
    list_per_page = 50
    list_display = ["term_bg", "term_en", YesNoColumn("is_proposed", label=_("Proposed"))]
    list_filter = ["is_proposed"]
    search_fields = ["term_bg", "term_en", "synonyms_bg", "synonyms_en"]
    # The fields are the model's own panels.
    edit_handler = ObjectList(GlossaryTerm.panels, base_form_class=GlossaryTermForm)
    exclude_form_fields: list[str] = []


class PinViewSet(ModelViewSet):
    """The pages that stand first for a query."""

    model = Pin
    add_view_class = PrefilledCreateView
    index_view_class = LetterCaseBlindIndexView
    icon = "pin"
    menu_hook = VOCABULARY_MENU
    menu_order = 660
    menu_label = _("Chosen results")
    copy_view_enabled = False
    list_per_page = 50
    list_display = ["query", "language"]
    list_filter = ["language"]
    search_fields = ["query"]
    edit_handler = ObjectList(Pin.panels, base_form_class=PinForm)
    exclude_form_fields: list[str] = []

"""What holds for every type of page."""

from typing import Any

import pytest
from django.apps import apps
from django.db.models import Field, Model
from django.template.loader import get_template
from django.utils.functional import Promise
from modelcluster.fields import ParentalKey
from wagtail.models import Page, get_page_models

PAGE_TYPES = [model for model in get_page_models() if model is not Page]
ROOMS = ("hub", "search", "practices", "strategies", "files")
OWN_MODELS = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
# Rows that no person ever edits or sees in a form.
UNSEEN = {"hub.SeedMark", "hub.PictureRendition", "hub.User", "files.Blob"}


def name_of(model: type[Model]) -> str:
    """Return a model's name as a test's id."""
    return model._meta.label


@pytest.mark.parametrize("model", PAGE_TYPES, ids=name_of)
@pytest.mark.parametrize("side", ["parent_page_types", "subpage_types"])
def test_a_page_type_states_its_place_in_the_tree_by_names(side: str, model: type[Page]) -> None:
    stated = vars(model).get(side)

    assert stated is not None
    assert all(isinstance(name, str) for name in stated)
    assert all(apps.get_model(name) for name in stated)


@pytest.mark.parametrize("model", PAGE_TYPES, ids=name_of)
def test_both_sides_of_the_tree_rules_agree(model: type[Page]) -> None:
    above = [apps.get_model(name) for name in model.parent_page_types]

    refusing = [parent for parent in above if parent is not Page and model not in parent.allowed_subpage_models()]

    assert not refusing


@pytest.mark.parametrize("model", PAGE_TYPES, ids=name_of)
def test_a_page_type_is_named_and_described_to_editors(model: type[Page]) -> None:
    said = [model._meta.verbose_name, model._meta.verbose_name_plural, model.page_description]

    assert all(isinstance(text, Promise) and str(text) for text in said)


@pytest.mark.parametrize("model", PAGE_TYPES, ids=name_of)
def test_a_page_type_has_its_template_where_wagtail_looks_for_it(model: type[Page]) -> None:
    template = (
        f"{model._meta.app_label}/{''.join(c if c.islower() else f'_{c.lower()}' for c in model.__name__)[1:]}.html"
    )

    assert model.template == template
    assert get_template(template)


@pytest.mark.parametrize("model", [model for model in OWN_MODELS if name_of(model) not in UNSEEN], ids=name_of)
def test_every_word_of_a_form_is_marked_for_translation(model: type[Model]) -> None:
    fields = [field for field in model._meta.local_fields if _is_own(model, field)]

    unmarked = [field.name for field in fields if not isinstance(field.verbose_name, Promise)]
    bare = [field.name for field in fields if field.help_text and not isinstance(field.help_text, Promise)]

    assert not unmarked
    assert not bare


def _is_own(model: type[Model], field: "Field[Any, Any]") -> bool:
    """Return whether a person fills in the field and we wrote it: not Django, and not a base class of Wagtail's."""
    is_plumbing = field.primary_key or isinstance(field, ParentalKey) or not field.editable
    if is_plumbing or not model._meta.default_permissions or getattr(field.remote_field, "parent_link", False):
        return False
    foreign = [base for base in model.__mro__ if hasattr(base, "_meta") and base.__module__.split(".")[0] not in ROOMS]
    return all(field.name not in {other.name for other in base._meta.local_fields} for base in foreign)


@pytest.mark.parametrize("model", PAGE_TYPES, ids=name_of)
def test_the_summary_says_where_it_will_stand(model: type[Page]) -> None:
    assert str(model._meta.get_field("summary").help_text)


@pytest.mark.parametrize("model", PAGE_TYPES, ids=name_of)
def test_each_planted_page_can_be_previewed(model: type[Page], seeded: None) -> None:
    page = model.objects.order_by("-numchild", "pk").first()

    assert page is not None, "the first content has none of these"
    for mode, _ in page.preview_modes:
        response = page.get_latest_revision_as_object().make_preview_request(preview_mode=mode)
        assert response.status_code == 200

"""What editors and administrators find in the admin beside Wagtail's own."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site
from wagtail.permissions import policy_registry
from wagtail.users.models import UserProfile

from hub.groups import GROUPS
from hub.models import (
    ContentPage,
    Country,
    Method,
    Municipality,
    Organisation,
    ParticipationLevel,
    Theme,
    User,
    VisitorMessage,
)
from tests.factories.hub import add_page, make_municipality, make_organisation, make_theme

VOCABULARIES = [Theme, Method, ParticipationLevel, Country, Municipality, Organisation]
PASSWORD = "a long password of words"


@pytest.fixture
def desk(client: Client, site: Site, administrator: User) -> Client:
    """A browser in which a superuser is signed in."""
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def head(site: Site, make_person: Any) -> Client:
    """A browser in which somebody of the administrators' group is signed in, who is no superuser."""
    client = Client()
    client.force_login(make_person("head", "Администратори"), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("model", VOCABULARIES, ids=lambda model: model.__name__)
def test_each_vocabulary_has_its_list_and_its_form(desk: Client, model: type) -> None:
    for view in ("index", "add"):
        response = desk.get(reverse(f"{model.__name__.lower()}:{view}"))

        assert response.status_code == 200


def test_the_vocabularies_stand_in_a_menu_of_their_own(desk: Client) -> None:
    page = desk.get("/admin/").text

    assert '"name": "vocabularies"' in page
    for model in VOCABULARIES:
        assert reverse(f"{model.__name__.lower()}:index") in page


@pytest.mark.parametrize(("is_proposed", "name"), [(True, "Да"), (False, "Не")])
def test_a_tick_in_a_list_is_named_in_the_editors_language(
    desk: Client, administrator: User, *, is_proposed: bool, name: str
) -> None:
    UserProfile.objects.update_or_create(user=administrator, defaults={"preferred_language": "bg"})
    make_theme(is_proposed=is_proposed)

    page = desk.get(reverse("theme:index")).text

    assert re.findall(r'<span class="w-sr-only">\s*(Да|Не|True|False)\s*</span>', page) == [name]


def test_a_message_says_whether_a_page_was_useful(desk: Client, administrator: User) -> None:
    UserProfile.objects.update_or_create(user=administrator, defaults={"preferred_language": "bg"})
    for is_useful in (True, False, None):
        VisitorMessage.objects.create(kind="feedback", language="bg", is_useful=is_useful)

    page = desk.get(reverse("visitormessage:index")).text

    assert re.findall(r'<span class="w-sr-only">\s*(Да|Не)\s*</span>|<td>\s*(–)\s*</td>', page) == [
        ("", "–"), ("Не", ""), ("Да", "")
    ]  # fmt: skip


def test_who_may_only_look_at_them_changes_nothing(client: Client, site: Site, editor: User) -> None:
    theme = make_theme()
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")

    answers = [client.get(reverse("theme:add")), client.post(reverse("theme:delete", args=[theme.pk]))]

    assert client.get(reverse("theme:index")).status_code == 200
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Theme.objects.filter(pk=theme.pk).exists()


@pytest.mark.parametrize("words", ["ПРОЗРАЧНОСТ", "прозрачност", "transpar"])
def test_a_term_is_found_in_whatever_case_it_is_typed(desk: Client, words: str) -> None:
    make_theme(name_bg="Прозрачност", name_en="Transparency")
    make_theme(name_bg="Бюджет", name_en="Budget")

    page = desk.get(reverse("theme:index_results"), {"q": words}).text

    assert "Прозрачност" in page
    assert "Бюджет" not in page


@pytest.mark.parametrize("query", ['"', "(", "\\", "%", "a" * 3000, "'; --", "\x00", "\t", "*", "[а-"])
def test_a_strange_search_is_answered(desk: Client, query: str) -> None:
    make_organisation(make_municipality())

    response = desk.get(reverse("organisation:index"), {"q": query})

    assert response.status_code == 200


def test_organisations_are_narrowed_to_a_municipality_and_to_a_consent(desk: Client) -> None:
    sliven, yambol = make_municipality(), make_municipality()
    wanted = make_organisation(sliven, consent_recorded=True)
    others = [make_organisation(sliven), make_organisation(yambol, consent_recorded=True)]

    page = desk.get(
        reverse("organisation:index_results"), {"municipality": str(sliven.pk), "consent_recorded": "true"}
    ).text

    assert wanted.name_bg in page
    assert not any(other.name_bg in page for other in others)


def test_an_editor_adds_an_organisation_with_its_themes(desk: Client) -> None:
    municipality, theme = make_municipality(), make_theme()
    values = {
        "key": "new", "municipality": municipality.pk, "name_bg": "Ново", "name_en": "New", "themes": [theme.pk],
        "field_bg": "Младежи", "field_en": "Youth",
    }  # fmt: skip

    response = desk.post(reverse("organisation:add"), values)

    assert response.status_code == 302
    assert list(Organisation.objects.get(key="new").themes.all()) == [theme]


def test_a_contact_without_consent_is_refused_beside_its_field(desk: Client) -> None:
    values = {
        "key": "new", "municipality": make_municipality().pk, "name_bg": "Ново", "name_en": "New",
        "field_bg": "Младежи", "field_en": "Youth", "contact_email": "x@example.org",
    }  # fmt: skip

    response = desk.post(reverse("organisation:add"), values)

    assert "consent_recorded" in response.context["form"].errors
    assert not Organisation.objects.filter(key="new").exists()


# People


def _person(**values: Any) -> dict[str, Any]:
    return {
        "username": "new", "email": "new@example.org", "first_name": "Нова", "last_name": "Редакторка",
        "password1": PASSWORD, "password2": PASSWORD, **values,
    }  # fmt: skip


def test_a_new_account_gets_the_bulgarian_admin(desk: Client, django_user_model: type[User]) -> None:
    group = Group.objects.create(name="Нова група")

    response = desk.post(reverse("wagtailusers_users:add"), _person(groups=[group.pk]))

    assert response.status_code == 302
    person = django_user_model.objects.get(username="new")
    assert UserProfile.get_for_user(person).preferred_language == "bg"
    assert list(person.groups.all()) == [group]


def test_an_account_is_changed(desk: Client, editor: User) -> None:
    values = {"username": "editor", "email": "e@example.org", "first_name": "Ана", "last_name": "А.", "is_active": "on"}

    response = desk.post(reverse("wagtailusers_users:edit", args=[editor.pk]), values)

    assert response.status_code == 302
    editor.refresh_from_db()
    assert editor.first_name == "Ана"
    assert editor.check_password(PASSWORD)


def test_an_administrator_makes_no_superuser(head: Client, django_user_model: type[User]) -> None:
    response = head.post(reverse("wagtailusers_users:add"), _person(is_superuser="on"))

    assert response.status_code == 302
    assert not django_user_model.objects.get(username="new").is_superuser


def test_an_administrator_does_not_set_a_superusers_password(head: Client, administrator: User) -> None:
    address = reverse("wagtailusers_users:edit", args=[administrator.pk])

    head.post(address, {"username": "administrator", "is_active": "on", "password1": "x" * 20, "password2": "x" * 20})

    administrator.refresh_from_db()
    assert administrator.check_password(PASSWORD)


def test_a_superuser_makes_another_one(desk: Client, django_user_model: type[User]) -> None:
    desk.post(reverse("wagtailusers_users:add"), _person(is_superuser="on"))

    assert django_user_model.objects.get(username="new").is_superuser


@pytest.mark.parametrize("model", [get_image_model(), get_document_model()])
def test_each_group_may_do_with_pictures_and_files_what_it_is_for(
    site: Site, make_person: Any, model: type[Any]
) -> None:
    policy = policy_registry.get_by_type(model)

    people = {group: make_person(group, group) for group in GROUPS}
    actions = ("add", "change", "choose", "delete")
    may = {
        group: {action for action in actions if policy.user_has_permission(person, action)}
        for group, person in people.items()
    }

    assert may["Редактори"] >= {"add", "choose"}
    assert may["Издатели"] >= {"add", "change", "choose"}
    assert may["Администратори"] == {"add", "change", "choose", "delete"}


# The desk


def test_the_desk_shows_both_trees_of_pages(desk: Client, site: Site) -> None:
    page = desk.get("/admin/").text

    for home in site.root_page.get_translations(inclusive=True):
        assert reverse("wagtailadmin_explore", args=[home.pk]) in page


def test_the_second_factor_is_offered_in_ones_own_account(desk: Client) -> None:
    assert reverse("mfa_index") in desk.get(reverse("wagtailadmin_account")).text


# Wagtail 8.0 sends its letters by a function that Django 6.1 calls outdated.
@pytest.mark.filterwarnings("ignore:get_connection")
def test_what_an_editor_submits_a_publisher_approves(home: Page, editor: User, publisher: User) -> None:
    page = add_page(home, ContentPage, title="Нова страница")
    page.unpublish()

    state = page.get_workflow().start(page, editor)

    task = state.current_task_state.task.specific
    actions = {user: [name for name, *_ in task.get_actions(page, user)] for user in (editor, publisher)}
    assert "approve" not in actions[editor]
    assert "approve" in actions[publisher]
    assert [letter.to for letter in mail.outbox] == [["publisher@example.org"]]

"""The groups of people who sign in: given what is new, never again what an administrator took away."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

from hub.groups import GROUPS, mark_of, plant_groups
from hub.models import SeedMark

pytestmark = pytest.mark.django_db

migration: Any = import_module("hub.migrations.0007_given_rights")


def rights(name: str) -> set[str]:
    """Return the rights of a group."""
    own = Group.objects.get(name=name).permissions.select_related("content_type")
    return {f"{one.content_type.app_label}.{one.codename}" for one in own}


def take_away(name: str, codename: str) -> None:
    Group.objects.get(name=name).permissions.remove(Permission.objects.get(codename=codename))


def test_a_group_that_stands_already_is_given_a_new_right() -> None:
    plant_groups()
    take_away("Издатели", "add_bundle")
    SeedMark.objects.get(key=mark_of("Издатели", "files.add_bundle")).delete()  # as if the model had come just now

    plant_groups()

    assert "files.add_bundle" in rights("Издатели")


def test_what_an_administrator_has_changed_stays_changed() -> None:
    plant_groups()
    take_away("Издатели", "add_bundle")
    own = Permission.objects.get(codename="delete_bundle")
    Group.objects.get(name="Редактори").permissions.add(own)

    plant_groups()

    assert "files.add_bundle" not in rights("Издатели")
    assert "files.delete_bundle" in rights("Редактори")


def test_the_second_time_asks_little_and_changes_nothing(django_assert_num_queries: Any) -> None:
    plant_groups()
    before = {name: rights(name) for name in GROUPS}

    with django_assert_num_queries(3 * len(GROUPS) + 3):
        plant_groups()

    assert {name: rights(name) for name in GROUPS} == before


def test_groups_of_the_first_days_are_given_only_what_has_come_since() -> None:
    plant_groups()
    SeedMark.objects.all().delete()
    take_away("Издатели", "add_theme")
    take_away("Издатели", "add_bundle")

    migration.mark(apps, None)
    plant_groups()

    assert "hub.add_theme" not in rights("Издатели")
    assert "files.add_bundle" in rights("Издатели")


@pytest.mark.parametrize("name", GROUPS)
def test_what_the_first_groups_were_given_is_a_part_of_what_they_are_given_now(name: str) -> None:
    plant_groups()

    assert set(migration.rights_of(name)) <= rights(name)


def test_the_way_back_forgets_the_marks() -> None:
    plant_groups()

    migration.forget(apps, None)

    assert not SeedMark.objects.filter(key__startswith="groups/").exists()

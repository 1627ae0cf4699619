"""Our own Bulgarian for Wagtail, its translation editor, the sign-in and Django; and what the admin makes of it."""

import importlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client
from django.utils import translation
from wagtail.models import Site
from wagtail.users.models import UserProfile

from hub.gathering import complaints, gather
from hub.models import User

FOLDER = settings.PROJECT_DIR / "hub" / "locale_wagtail" / "bg" / "LC_MESSAGES"
DJANGO = ["django.core", "django.template", "django.utils"]
PACKAGES = [*DJANGO, "wagtail", "wagtail_localize", "allauth", "axes", "taggit"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^>]+>")


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="bg")


def _key(message: Message) -> tuple[str | None, str]:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def _keys(catalogue: Catalog) -> set[tuple[str | None, str]]:
    return {_key(message) for message in catalogue if message.id}


def _folder(package: str) -> Path:
    return Path(str(importlib.import_module(package).__file__)).parent


def _messages(name: str) -> Iterator[Message]:
    return (message for message in _read(FOLDER / name) if message.id)


def _forms(message: Message) -> list[tuple[str, str]]:
    """Each text with its translation; a plural's second form with the second one."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return list(zip(message.id, message.string or (), strict=True))


@pytest.fixture(scope="module")
def installed() -> set[tuple[str | None, str]]:
    """What the installed packages' Python and templates ask a translation for."""
    sources = [
        path
        for package in PACKAGES
        for path in sorted(_folder(package).rglob("*"))
        if path.suffix in {".py", ".html", ".txt"} and not {"test", "tests", "migrations"} & set(path.parts)
    ]
    return _keys(gather(sources))


def test_each_of_our_translations_is_of_a_text_that_is_installed(installed: set[tuple[str | None, str]]) -> None:
    unknown = {_key(message) for message in _messages("django.po")} - installed

    assert not unknown


def test_each_of_our_translations_for_scripts_is_of_a_text_that_is_installed() -> None:
    known = set()
    for package in ("wagtail/admin", "wagtail_localize"):
        top, _, rest = package.partition("/")
        known |= _keys(_read(_folder(top) / rest / "locale" / "en" / "LC_MESSAGES" / "djangojs.po"))

    assert not {_key(message) for message in _messages("djangojs.po")} - known


def test_the_scripts_of_the_admin_have_no_text_without_bulgarian() -> None:
    ours = {_key(message) for message in _messages("djangojs.po")}

    for folder in (_folder("wagtail") / "admin", _folder("wagtail_localize")):
        asked = _keys(_read(folder / "locale" / "en" / "LC_MESSAGES" / "djangojs.po"))
        theirs = {_key(m) for m in _read(folder / "locale" / "bg" / "LC_MESSAGES" / "djangojs.po") if m.id and m.string}
        assert not asked - ours - theirs


@pytest.mark.parametrize("name", ["django.po", "djangojs.po"])
def test_no_entry_is_empty_or_fuzzy_or_has_other_placeholders(name: str) -> None:
    assert complaints((FOLDER / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", ["django.po", "djangojs.po"])
def test_placeholders_and_marks_are_those_of_the_text(name: str) -> None:
    wrong = [
        (text, ours)
        for message in _messages(name)
        for text, ours in _forms(message)
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(ours))
    ]

    assert not wrong


@pytest.mark.parametrize("name", ["django.po", "djangojs.po"])
def test_blanks_at_the_ends_are_kept(name: str) -> None:
    for message in _messages(name):
        for text, ours in _forms(message):
            assert (text[:1].isspace(), text[-1:].isspace()) == (ours[:1].isspace(), ours[-1:].isspace()), text


@pytest.mark.parametrize("name", ["django.po", "djangojs.po"])
def test_no_latin_letter_hides_in_a_bulgarian_word(name: str) -> None:
    mixed = re.compile(r"[а-яѝА-Я][a-zA-Z]|[a-zA-Z][а-яѝА-Я]")

    for message in _messages(name):
        for _, ours in _forms(message):
            plain = PLACEHOLDER.sub(" ", ours)
            assert not mixed.search(plain), ours


def test_both_plural_forms_are_there_by_the_rule_of_bulgarian() -> None:
    for name in ("django.po", "djangojs.po"):
        catalogue = _read(FOLDER / name)

        assert catalogue.num_plurals == 2
        assert catalogue.plural_expr == "(n != 1)"


# In the admin


def _script_messages(script: str) -> dict[str, Any]:
    """The messages that Django's script puts into the browser's catalogue."""
    found = re.search(r"const newcatalog = (\{.*?\});?\n", script, re.DOTALL)
    return dict(json.loads(found[1])) if found else {}


@pytest.fixture
def desk(client: Client, site: Site, administrator: User) -> Client:
    """A browser that asks for English, in which somebody with a Bulgarian admin is signed in."""
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.mark.parametrize("path", ["/admin/jsi18n/", "/admin/localize/jsi18n/"])
def test_the_scripts_get_the_language_of_the_person_not_of_the_browser(desk: Client, path: str) -> None:
    catalogue = _script_messages(desk.get(path).text)

    assert catalogue["Expand all"] == "Разгъване на всички"
    assert catalogue["Publish in "] == "Публикуване на "


def test_who_chose_english_gets_english(desk: Client, administrator: User) -> None:
    profile = UserProfile.get_for_user(administrator)
    profile.preferred_language = "en"
    profile.save()

    assert _script_messages(desk.get("/admin/jsi18n/").text).get("Expand all", "Expand all") == "Expand all"
    assert '<html lang="en"' in desk.get("/admin/").text


def test_the_dashboard_speaks_bulgarian_and_hands_its_scripts_bulgarian(desk: Client) -> None:
    page = desk.get("/admin/").text

    assert '<html lang="bg"' in page
    for text in ("Справки", "Избрани са %(objects)s страници", "Търсене във всички страници…"):
        assert text in page or json.dumps(text)[1:-1] in page, text


def test_our_bulgarian_wins_over_an_odd_one_of_theirs() -> None:
    with translation.override("bg"):
        assert translation.gettext("Snippets") == "Записи"
        assert translation.ngettext("%(count)s image", "%(count)s images", 2) == "%(count)s изображения"

"""What all tests share: databases, the smallest site, people who sign in, and no skip that nobody hears of."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache as django_cache
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.utils import translation
from pytest_django import DjangoDbBlocker
from wagtail.models import Locale, Page, Site

from hub.settings.test import database_at
from tests import databases

FORBID_SKIPS = os.environ.get("HUB_FORBID_SKIPS") == "1"


# Skipping


def chromium() -> str | None:
    """Return the path of the Chromium that browser tests run in, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@cache
def missing(need: str) -> str:
    """Return what this machine lacks for tests with the mark `browser` or `ocr`; an empty text where nothing is."""
    if need == "browser":
        return "" if chromium() else "Chromium is not installed"
    tesseract = shutil.which("tesseract")
    if tesseract is None:
        return "Tesseract is not installed"
    listed = subprocess.run([tesseract, "--list-langs"], capture_output=True, text=True, check=True).stdout.split()
    lacking = sorted({"bul", "eng"} - set(listed))
    return f"Tesseract lacks the languages {', '.join(lacking)}" if lacking else ""


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues before anything is translated."""
    from hub.catalogues import compile_catalogues  # noqa: PLC0415 - settings must be there

    compile_catalogues()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose need this machine does not meet, and say why."""
    for need in ("browser", "ocr"):
        if item.get_closest_marker(need) and (reason := missing(need)):
            pytest.skip(reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Turn a skipped test into a failed one where skips are forbidden."""
    report = yield
    return _without_skip(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Any:
    """Turn a skipped module into a failed one where skips are forbidden."""
    report = yield
    return _without_skip(report)


def _without_skip(report: Any) -> Any:
    """Return the report; a skip is a failure where skips are forbidden (an expected failure is no skip)."""
    if FORBID_SKIPS and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skips are forbidden here, and this one says: {report.longrepr}"
    return report


# Databases


@pytest.fixture(scope="session")
def migrated_database() -> Path:
    """The folder of a database with all migrations and no content."""
    return databases.migrated(settings.VAR_DIR)


@pytest.fixture(scope="session")
def seeded_database() -> Path:
    """The folder of a database with the first content, and of its files."""
    return databases.seeded(settings.VAR_DIR)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, migrated_database: Path) -> None:
    """Start each run, and each of its processes, from a copy of the migrated database."""
    databases.copy_database(migrated_database, _test_database())


def _test_database() -> Path:
    """Return the place of this process's database."""
    return Path(settings.DATABASES["default"]["TEST"]["NAME"])


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Any:
    """Put the migrated database back after a test that really committed: what is flushed lacks the root page."""
    result = yield
    marker = item.get_closest_marker("django_db")
    fixtures = set(getattr(item, "fixturenames", ()))
    if fixtures & {"transactional_db", "live_server"} or (marker and marker.kwargs.get("transaction")):
        connections.close_all()
        databases.copy_database(databases.migrated(settings.VAR_DIR), _test_database())
        ContentType.objects.clear_cache()
    return result


@contextmanager
def another_database(path: Path) -> Iterator[None]:
    """Have every thread of this process use another database file."""
    if connection.in_atomic_block:
        pytest.fail("This test asks for two databases: leave `django_db` out where it uses the first content.")
    before = connection.settings_dict["NAME"]
    connections.close_all()
    connection.settings_dict["NAME"] = database_at(path)
    _forget()
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = before
        _forget()


def _forget() -> None:
    """Forget what Django, Wagtail and the suggestions remember of a database."""
    from search import suggestions  # noqa: PLC0415 - settings must be there

    ContentType.objects.clear_cache()
    django_cache.clear()
    suggestions.forget()


@pytest.fixture(autouse=True)
def fresh_start() -> Iterator[None]:
    """Begin each test with an empty cache, in Bulgarian, and end it there."""
    django_cache.clear()
    with translation.override("bg"):
        yield


@pytest.fixture(scope="session")
def _worker_copy_of_the_seeded(
    seeded_database: Path, tmp_path_factory: pytest.TempPathFactory, django_test_environment: None
) -> Path:
    """This process's copy of the database with the first content."""
    target = tmp_path_factory.mktemp("seeded") / databases.DATABASE
    databases.copy_database(seeded_database, target)
    return target


@pytest.fixture
def seeded(
    _worker_copy_of_the_seeded: Path, seeded_database: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The whole first content in the database, and its files; what a test changes is rolled back."""
    databases.fill_files(settings.FILES_DIR, seeded_database)
    with django_db_blocker.unblock(), another_database(_worker_copy_of_the_seeded), transaction.atomic():
        yield
        transaction.set_rollback(True)
    databases.fill_files(settings.FILES_DIR)


@pytest.fixture
def seeded_file(
    tmp_path: Path, seeded_database: Path, django_db_blocker: DjangoDbBlocker, django_test_environment: None
) -> Iterator[Path]:
    """The whole first content in a database file of this test alone, where commits are real."""
    target = tmp_path / databases.DATABASE
    databases.copy_database(seeded_database, target)
    databases.fill_files(settings.FILES_DIR, seeded_database)
    with django_db_blocker.unblock(), another_database(target):
        yield target
    databases.fill_files(settings.FILES_DIR)


# The smallest site


@pytest.fixture
def site(db: None) -> Site:
    """The default site with a home page in each language."""
    from hub.models import HomePage  # noqa: PLC0415 - models are loaded after the settings

    bulgarian = Locale.objects.get(language_code="bg")
    english, _ = Locale.objects.get_or_create(language_code="en")
    texts = {"headline": "Опит", "lead": "Опитът на общините."}
    home = HomePage(title="Начало", slug="home-bg", locale=bulgarian, **texts)
    Page.get_first_root_node().add_child(instance=home)
    translated = home.copy_for_translation(english)
    translated.slug, translated.title = "home-en", "Home"
    translated.save_revision().publish()
    site = Site.objects.get(is_default_site=True)
    site.root_page = home
    site.save()
    return site


@pytest.fixture
def home(site: Site) -> Page:
    """The Bulgarian home page."""
    return site.root_page.specific


# People


@pytest.fixture
def make_person() -> Callable[..., Any]:
    """Return a function that makes somebody of a group, in whichever database the test uses."""
    from hub.groups import plant_groups  # noqa: PLC0415 - models are loaded after the settings
    from hub.models import User  # noqa: PLC0415

    def make(name: str, group: str) -> Any:
        plant_groups()
        person = User.objects.create_user(name, f"{name}@example.org", "a long password of words")
        person.groups.add(Group.objects.get(name=group))
        return person

    return make


@pytest.fixture
def editor(db: None, make_person: Callable[..., Any]) -> Any:
    """Somebody who writes pages and may not publish them."""
    return make_person("editor", "Редактори")


@pytest.fixture
def publisher(db: None, make_person: Callable[..., Any]) -> Any:
    """Somebody who publishes pages."""
    return make_person("publisher", "Издатели")


@pytest.fixture
def administrator(db: None, django_user_model: Any) -> Any:
    """Somebody who may do everything."""
    return django_user_model.objects.create_superuser(
        "administrator", "administrator@example.org", "a long password of words"
    )


# Tasks


@pytest.fixture
def run_tasks(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[Any]]:
    """Return a function that does the tasks that wait, and returns their results; a failed one fails the test."""
    from django_tasks_db.management.commands import db_worker  # noqa: PLC0415 - models are loaded after the settings
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 - the same

    # The worker's connection is the test's own here, as it is for the test client: neither closes it.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(db_worker.Worker, "configure_signals", lambda _: None)
    monkeypatch.setattr(db_worker.Worker, "reset_signals", lambda _: None)

    def run() -> list[Any]:
        waiting = list(DBTaskResult.objects.ready().values_list("pk", flat=True))
        call_command("db_worker", "--batch", "--interval=0", "--no-startup-delay", verbosity=0)
        results = list(DBTaskResult.objects.filter(pk__in=waiting))
        failed = [result for result in results if result.status == "FAILED"]
        assert not failed, failed[0].traceback
        return results

    return run

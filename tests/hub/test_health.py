"""Whether the process answers, and whether the site can serve visitors."""

import gc
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests import databases
from tests.conftest import another_database


@pytest.fixture
def broken_storage() -> Path:
    """A file where the folder of the documents should be."""
    databases.fill_files(settings.FILES_DIR)
    place = settings.FILES_DIR / "documents"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("not a folder", encoding="utf-8")
    return place


def test_a_process_that_answers_is_alive_without_asking_the_database(client: Client) -> None:
    response = client.get("/healthz/live")

    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


def test_a_site_with_database_index_and_storage_is_ready(seeded: None, client: Client) -> None:
    response = client.get("/healthz/ready")

    assert response.status_code == 200
    assert response.json()["status"] == "ok"
    assert set(response.json()["checks"]) >= {"database", "index", "storage"}


def test_readiness_leaves_nothing_in_the_storage(seeded: None, client: Client) -> None:
    client.get("/healthz/ready")

    assert not list((settings.FILES_DIR / "documents" / "health").glob("*"))


def test_a_site_that_cannot_store_is_not_ready(seeded: None, broken_storage: Path, client: Client) -> None:
    response = client.get("/healthz/ready")

    broken_storage.unlink()
    assert response.status_code == 503
    assert response.json()["checks"]["storage"]["ok"] is False
    assert response.json()["checks"]["database"]["ok"] is True


# Django lets go of a connection without closing it where a file turns out to be no database.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("content", [None, b"this is no database" * 1000])
def test_a_site_without_its_database_is_not_ready(
    content: bytes | None, tmp_path: Path, client: Client, django_db_blocker: DjangoDbBlocker
) -> None:
    place = tmp_path / "database.sqlite3" if content else tmp_path / "nowhere" / "database.sqlite3"
    if content:
        place.write_bytes(content)

    with django_db_blocker.unblock(), another_database(place):
        response = client.get("/healthz/ready")
        gc.collect()

    assert response.status_code == 503
    assert response.json()["status"] == "failing"
    assert response.json()["checks"]["database"]["ok"] is False


def test_readiness_tells_visitors_nothing_about_the_machine(seeded: None, broken_storage: Path, client: Client) -> None:
    response = client.get("/healthz/ready")

    broken_storage.unlink()
    assert str(settings.VAR_DIR) not in response.content.decode()


@pytest.mark.parametrize("address", ["/healthz/live", "/healthz/ready"])
def test_health_is_never_taken_from_a_cache(address: str, seeded: None, client: Client) -> None:
    response = client.get(address)

    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/healthz/live", "/healthz/ready"])
def test_health_is_asked_and_not_told(address: str, client: Client) -> None:
    response = client.post(address)

    assert response.status_code == 405

"""Contents that nobody uses are removed, and no others."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command

from files.models import Blob
from files.orphans import remove_orphans
from files.storage import INCOMING, BlobStorage
from tests.factories.files import make_document

pytestmark = pytest.mark.django_db

AT_ONCE = timedelta(seconds=-5)


@pytest.fixture(autouse=True)
def empty_storage() -> None:
    remove_orphans(older_than=AT_ONCE)


def test_the_content_of_a_deleted_file_is_removed_when_its_time_has_come() -> None:
    document = make_document()
    name = str(document.file.name)
    document.delete()

    assert remove_orphans() == 0
    assert remove_orphans(older_than=AT_ONCE) == 1

    assert not storages["documents"].exists(name)
    assert not Blob.objects.exists()


def test_what_a_version_uses_stays() -> None:
    document = make_document()

    assert remove_orphans(older_than=AT_ONCE) == 0

    assert storages["documents"].exists(str(document.file.name))


def test_what_a_refused_form_left_is_removed() -> None:
    name = BlobStorage().save("", ContentFile(b"left behind"))

    assert remove_orphans(older_than=AT_ONCE) == 1

    assert not storages["documents"].exists(name)


def test_what_was_being_written_when_the_server_was_killed_is_removed() -> None:
    name = storages["documents"].save(f"{INCOMING}/half", ContentFile(b"hal"))

    assert remove_orphans() == 0
    assert remove_orphans(older_than=AT_ONCE) == 1

    assert not storages["documents"].exists(name)


def test_the_command_says_how_many_there_were(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("remove_orphans")

    assert capsys.readouterr().out == "0 removed\n"

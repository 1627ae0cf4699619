"""Whether stored files are what they were, and whether a backup brings everything back."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from files.fixity import check_a_few, check_all
from files.models import Blob, Document
from hub.backup import BackupError, back_up, restore, verify
from tests.factories.files import make_document, make_publication, version_of


def damage(document: Document) -> Blob:
    """Change one byte of a stored content."""
    blob = version_of(document).blob
    path = Path(storages["documents"].path(blob.name))
    content = path.read_bytes()
    path.unlink()  # it may be a hard link
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    return blob


def lose(document: Document) -> Blob:
    """Take a stored content away."""
    blob = version_of(document).blob
    storages["documents"].delete(blob.name)
    return blob


# Fixity


def test_whole_contents_are_found_whole(home: Page, capsys: pytest.CaptureFixture[str]) -> None:
    make_document()

    call_command("fixity")

    assert "1 contents, every checksum right." in capsys.readouterr().out
    assert Blob.objects.get().checked_at is not None


def test_damaged_and_missing_contents_are_named_with_the_files_that_use_them(
    home: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    make_document(title="Цял")
    changed, missing = damage(make_document(title="Променен")), lose(make_document(title="Изчезнал"))

    with pytest.raises(CommandError, match="2 of 3"):
        call_command("fixity")

    told = capsys.readouterr().err
    assert f"{changed.sha256} changed: Променен" in told
    assert f"{missing.sha256} missing: Изчезнал" in told
    assert "Цял" not in told


def test_a_content_that_was_put_back_is_damaged_no_more(home: Page) -> None:
    document = make_document(b"")
    path = Path(storages["documents"].path(version_of(document).blob.name))
    content = path.read_bytes()
    damage(document)
    check_all()

    path.write_bytes(content)

    assert check_all() == (1, [])
    assert Blob.objects.get().damage == ""


def test_each_minute_looks_at_a_few_and_comes_back_after_a_month(home: Page, settings: Any) -> None:
    settings.FILES_FIXITY_BYTES = 10
    for _ in range(2):
        make_document()

    assert [check_a_few() for _ in range(3)] == [1, 1, 0]
    with time_machine.travel("2100-01-01"):
        assert check_a_few() == 1


def test_readiness_tells_of_damage_and_stays_ready(client: Client, home: Page) -> None:
    damage(make_document())
    check_all()

    answer = client.get("/healthz/ready").json()["checks"]["files"]

    assert answer == {"ok": True, "detail": "1 damaged, 0 not checked yet"}


def test_editors_see_which_files_are_damaged(client: Client, home: Page, publisher: Any) -> None:
    make_document(title="Цял")
    lose(make_document(title="Изчезнал"))
    client.force_login(publisher)
    before = client.get(reverse("file_fixity")).content.decode()
    check_all()

    after = client.get(reverse("file_fixity")).content.decode()

    assert "Изчезнал" not in before
    assert "Изчезнал" in after
    assert "Цял" not in after


# Backup


@pytest.fixture
def empty_storages() -> None:
    """No files of other tests: what is backed up is this test's own."""
    for name in ("documents", "default"):
        _empty(name)


def _empty(name: str, folder: str = "") -> None:
    storage = storages[name]
    if not storage.exists(folder or "."):
        return
    folders, files = storage.listdir(folder)
    for file in files:
        storage.delete(f"{folder}/{file}" if folder else file)
    for inner in folders:
        _empty(name, f"{folder}/{inner}" if folder else inner)


@pytest.mark.django_db(transaction=True)
def test_a_drill_brings_back_the_database_and_every_checksum(empty_storages: None, tmp_path: Path) -> None:
    documents = [make_document(title=f"Доклад {number}") for number in range(3)]
    storages["default"].save("original_images/picture.png", ContentFile(b"not really a picture"))
    folder = back_up(tmp_path)
    titles = list(Document.objects.order_by("pk").values_list("title", flat=True))

    lose(documents[0])
    damage(documents[1])
    storages["default"].delete("original_images/picture.png")
    Document.objects.all().delete()
    make_document(title="После")
    restored = restore(folder)

    assert restored == 3
    assert list(Document.objects.order_by("pk").values_list("title", flat=True)) == titles
    assert check_all() == (3, [])
    for entry in verify(folder):
        part, _, name = entry.path.partition("/")
        if part in {"documents", "media"}:
            with storages["documents" if part == "documents" else "default"].open(name) as stored:
                assert hashlib.sha256(stored.read()).hexdigest() == entry.sha256


@pytest.mark.django_db(transaction=True)
def test_a_file_that_comes_while_the_database_is_copied_is_in_the_backup(
    empty_storages: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hub import backup  # noqa: PLC0415 - patched below

    whole = backup._dump_database
    made: list[Document] = []

    def upload_first(folder: Path) -> str:
        made.append(make_document())
        return whole(folder)

    monkeypatch.setattr(backup, "_dump_database", upload_first)

    folder = back_up(tmp_path)

    assert (folder / "documents" / version_of(made[0]).blob.name).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("harm", ["change", "lose", "no manifest"])
def test_a_damaged_backup_is_not_restored(empty_storages: None, tmp_path: Path, harm: str) -> None:
    document = make_document(title="Преди")
    folder = back_up(tmp_path)
    path = folder / "documents" / version_of(document).blob.name
    Document.objects.update(title="След")

    if harm == "change":
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    elif harm == "lose":
        path.unlink()
    else:
        (folder / "manifest.json").unlink()

    with pytest.raises(BackupError):
        restore(folder)
    assert Document.objects.get().title == "След"


@pytest.mark.django_db(transaction=True)
def test_a_manifest_cannot_lead_out_of_the_backup(empty_storages: None, tmp_path: Path) -> None:
    folder = back_up(tmp_path)
    outside = tmp_path / "outside"
    outside.write_bytes(b"x")
    about = json.loads((folder / "manifest.json").read_text())
    about["files"].append({"path": "../outside", "size": 1, "sha256": hashlib.sha256(b"x").hexdigest()})
    (folder / "manifest.json").write_text(json.dumps(about))

    with pytest.raises(BackupError):
        verify(folder)


@pytest.mark.django_db(transaction=True)
def test_the_commands_say_what_they_did(
    empty_storages: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_document(title="Преди")
    call_command("backup", str(tmp_path))
    (folder,) = tmp_path.iterdir()
    Document.objects.update(title="След")

    monkeypatch.setattr("builtins.input", lambda _: "no")
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("restore", str(folder))
    assert Document.objects.get().title == "След"

    call_command("restore", str(folder), "--yes")
    assert Document.objects.get().title == "Преди"
    assert "every checksum right" in capsys.readouterr().out


def test_a_publication_goes_on_after_a_damage(client: Client, home: Page) -> None:
    publication = make_publication(home)
    lose(make_document(publication=publication))
    check_all()

    assert client.get(publication.url).status_code == 200

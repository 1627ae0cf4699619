"""The first publications: planted once, with files that can be found and downloaded at once."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from files import seed
from files.models import Document, ExtractionState, PublicationPage, Version
from files.sources import DocumentSource
from hub.seeding import Planter, find_page, read
from tests.factories.files import replace, version_of

FILES = [
    pytest.param(entry, id=f"{path.stem}/{entry['key']}")
    for path in sorted((seed.FOLDER / "publications").glob("*.toml"))
    for entry in read(path)["files"]
]


@pytest.mark.usefixtures("seeded")
def test_every_publication_is_there_in_both_languages() -> None:
    slugs = [path.stem for path in (seed.FOLDER / "publications").glob("*.toml")]

    for language in ("bg", "en"):
        pages = [find_page(f"files/{slug}", language) for slug in slugs]
        assert all(page is not None and page.live for page in pages)


@pytest.mark.usefixtures("seeded")
def test_every_file_has_been_read_and_is_found() -> None:
    documents = list(Document.objects.with_versions())
    records = list(DocumentSource().records(DocumentSource().keys()))
    scan = Document.objects.get(versions__original_name="invitation-scan.bg.pdf")

    states = {version_of(document).extraction_state for document in documents if document != scan}
    assert len(documents) == len(FILES)
    assert states == {ExtractionState.TEXT}
    assert len(records) == len(documents)
    assert all(record.passages for record in records if record.key != f"document:{scan.pk}")


@pytest.mark.ocr
@pytest.mark.usefixtures("seeded")
def test_the_scan_is_found_by_what_was_recognised_on_it() -> None:
    scan = Document.objects.get(versions__original_name="invitation-scan.bg.pdf")

    (record,) = DocumentSource().records([f"document:{scan.pk}"])

    assert "публично обсъждане" in " ".join(record.passages[0].text.split())
    assert version_of(scan).extraction_state == ExtractionState.TEXT


@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize("entry", FILES)
def test_every_file_is_downloaded_as_it_was_written(client: Client, entry: dict[str, Any]) -> None:
    path = Path(settings.PROJECT_DIR / entry["path"])
    document = Document.objects.get(title_bg=entry["title_bg"], language=entry["language"])

    response: Any = client.get(document.url)

    assert response.content_read == path.read_bytes()
    assert version_of(document).original_name == path.name


@pytest.mark.usefixtures("seeded")
def test_planting_again_changes_nothing() -> None:
    versions = Version.objects.count()
    planter = Planter()

    seed.plant(planter)

    assert set(planter.report) == {"unchanged"}
    assert Version.objects.count() == versions


@pytest.mark.usefixtures("seeded")
def test_a_file_that_an_editor_replaced_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document.objects.filter(media_type="application/pdf").earliest("pk")
    replace(document, note="Окончателен текст")
    document.title = "Заглавието на редактора"
    document.save()
    monkeypatch.setattr(seed, "checksum", lambda _: "another original")
    planter = Planter()

    seed.plant(planter)

    document.refresh_from_db()
    assert document.title == "Заглавието на редактора"
    assert version_of(document).note == "Окончателен текст"
    assert len(planter.left) == 1


@pytest.mark.usefixtures("seeded")
def test_publications_have_files_in_the_language_of_their_originals() -> None:
    for page in PublicationPage.objects.filter(locale__language_code="bg"):
        assert page.documents
        assert page.documents[0].language == "bg"

"""Documents, their versions, and the contents that these share."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from wagtail.tasks import delete_file_from_storage_task

from files.extraction import ActiveContentError, EmptyFileError, UnsupportedTypeError
from files.models import Blob, Document, FormatChangedError, Version, VersionIsImmutableError
from files.storage import BlobStorage
from tests.factories.files import make_document, pdf_with_script, replace, version_of
from tests.files.extraction.samples import docx_bytes, pdf_bytes

pytestmark = pytest.mark.django_db


def test_a_file_that_is_put_in_becomes_the_first_version() -> None:
    document = make_document(pdf_bytes("One", "Two"), "Доклад (окончателен).pdf")

    version = version_of(document)
    assert (version.number, version.page_count, version.media_type) == (1, 2, "application/pdf")
    assert version.original_name == "Доклад (окончателен).pdf"
    assert version.blob.size == document.file_size


def test_a_file_that_a_script_saves_becomes_a_version_too() -> None:
    document = Document(title="Протокол")

    document.file.save("протокол.txt", ContentFile("Решено беше единодушно.".encode()))

    document.refresh_from_db()
    assert [version.original_name for version in document.versions.all()] == ["протокол.txt"]
    assert document.language == "bg"
    assert len(document.file_hash) == 40


def test_saving_without_a_new_file_makes_no_version() -> None:
    document = make_document()

    document.title = "Друго заглавие"
    document.save()
    Document.objects.get(pk=document.pk).save()

    assert document.versions.count() == 1


def test_the_same_content_again_makes_no_version() -> None:
    content = pdf_bytes("The same")
    document = make_document(content)

    replace(document, content)

    assert document.versions.count() == 1


def test_equal_files_share_one_stored_content() -> None:
    content = pdf_bytes("Shared")

    documents = [make_document(content, "a.pdf"), make_document(content, "b.pdf")]

    assert Blob.objects.count() == 1
    assert documents[0].file.name == documents[1].file.name


def test_wagtails_clearing_up_after_a_deleted_file_leaves_the_content_to_its_twin() -> None:
    content = pdf_bytes("Shared")
    first, second = make_document(content), make_document(content)

    first.delete()
    storage: Any = first.file.storage
    delete_file_from_storage_task.call(storage.deconstruct(), first.file.name)

    with version_of(second).blob.open() as stored:
        assert stored.read() == content


def test_the_address_outlives_a_new_title_and_a_new_version() -> None:
    document = make_document(title="Първи доклад")
    address = document.url

    document.title = "Съвсем друго заглавие"
    replace(document)

    assert address == f"/files/{document.pk}/parvi-doklad.pdf"
    assert Document.objects.get(pk=document.pk).url == address


def test_wagtails_field_points_to_the_version_that_counts() -> None:
    document = make_document(pdf_bytes("Old"))
    old = version_of(document)

    replace(document, pdf_bytes("New"))
    new = version_of(document)
    assert document.file.name == new.blob.name

    new.withdraw("Сгрешен файл")
    document.refresh_from_db()
    assert document.file.name == old.blob.name
    assert document.file_size == old.blob.size


def test_a_version_never_changes() -> None:
    version = version_of(make_document())

    version.note = "Друго"

    with pytest.raises(VersionIsImmutableError):
        version.save()
    with pytest.raises(VersionIsImmutableError):
        version.save(update_fields=["note"])


def test_a_withdrawn_version_gives_way_to_the_one_before_and_can_come_back() -> None:
    document = make_document()
    first = version_of(document)
    replace(document)
    second = version_of(Document.objects.get(pk=document.pk))

    second.withdraw("Съдържа лични данни")
    after_withdrawal = version_of(Document.objects.get(pk=document.pk))
    second.restore()
    after_return = version_of(Document.objects.get(pk=document.pk))

    assert after_withdrawal == first
    assert after_return == second


def test_a_new_version_keeps_the_format_so_that_the_address_stays_true() -> None:
    document = make_document()

    with pytest.raises(FormatChangedError):
        replace(document, docx_bytes(lambda word: word.add_paragraph("Текст")), "доклад.docx")

    assert document.versions.count() == 1


@pytest.mark.parametrize(
    ("content", "name", "error"),
    [(b"", "a.pdf", EmptyFileError), (b"MZ", "a.exe", UnsupportedTypeError),
     (pdf_with_script(), "a.pdf", ActiveContentError)],
)  # fmt: skip
def test_no_way_leads_around_the_checks(content: bytes, name: str, error: type[Exception]) -> None:
    document = Document(title="Опасен", file=ContentFile(content, name=name))

    with pytest.raises(error):
        document.save()

    assert not Document.objects.exists()
    assert not Version.objects.exists()


@pytest.mark.parametrize(
    ("text", "language"), [("Решението беше взето от всички.", "bg"), ("The decision was taken by all.", "en")]
)
def test_the_language_is_guessed_from_the_text(text: str, language: str) -> None:
    document = make_document(text.encode(), "x.txt", language="", title="X")

    assert document.language == language


def test_what_a_killed_upload_left_is_written_anew() -> None:
    content = pdf_bytes("Whole")
    storage = BlobStorage()
    name = storage.save("", ContentFile(content))
    storages["documents"].delete(name)
    storages["documents"].save(name, ContentFile(content[:100]))

    assert storage.save("", ContentFile(content)) == name

    with storage.open(name) as stored:
        assert stored.read() == content


def test_the_title_on_a_page_of_the_other_language_is_its_own() -> None:
    document = make_document(title="Доклад", title_en="Report")

    assert (document.title_in("bg"), document.title_in("en")) == ("Доклад", "Report")

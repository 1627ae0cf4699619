"""What an editor meets in the admin when uploading, replacing and describing files."""

import json
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.defaultfilters import filesizeformat
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Collection, Page, UploadedFile
from wagtail.users.models import UserProfile

from files.models import Blob, Document, Version
from files.refusals import reason_for
from tests.factories.files import (
    make_document,
    make_publication,
    pdf_with_password,
    pdf_with_script,
    translate,
    version_of,
)
from tests.files.extraction.samples import docx_bytes, pdf_bytes, rezipped

ADD, ADD_MANY = "wagtaildocs:add", "wagtaildocs:add_multiple"

docx = docx_bytes(lambda word: word.add_paragraph("Текст"))
with_macro = rezipped(docx, {"word/vbaProject.bin": b"code"})
BAD_FILES = [
    pytest.param(b"", "празен.pdf", id="empty"),
    pytest.param(b"%PDF-1.7\nnothing else", "счупен.pdf", id="broken"),
    pytest.param(b"<!doctype html><script>alert(1)</script>", "страница.pdf", id="HTML that says it is a PDF"),
    pytest.param(b"MZ\x90\x00", "програма.exe", id="a program"),
    pytest.param(pdf_with_password(), "заключен.pdf", id="encrypted"),
    pytest.param(pdf_with_script(), "скрипт.pdf", id="script"),
    pytest.param(with_macro, "макрос.docx", id="macro"),
]


@pytest.fixture(autouse=True)
def signed_in(client: Client, administrator: Any) -> Any:
    client.force_login(administrator)
    return administrator


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def fields(**values: Any) -> dict[str, Any]:
    """Return what the form sends."""
    plain = {"title": "Доклад", "language": "bg", "title_bg": "", "title_en": "", "tags": "", "publication": ""}
    return {**plain, **values}


def stored_names() -> list[str]:
    """Return the first folders of the storage that hold a content."""
    storage = storages["documents"]
    return storage.listdir("sha256")[0] if storage.exists("sha256") else []


def test_an_upload_becomes_a_document_of_its_publication(client: Client, home: Page) -> None:
    publication = make_publication(home)
    sent = fields(file=upload(pdf_bytes("Words"), "доклад.pdf"), publication=publication.pk)

    response = client.post(reverse(ADD), sent)

    assert response.status_code == 302
    document = Document.objects.get()
    assert document.publication_key == publication.translation_key
    assert document.versions.get().original_name == "доклад.pdf"
    assert document.uploaded_by_user == document.versions.get().created_by


@pytest.mark.parametrize(("content", "name"), BAD_FILES)
def test_a_bad_file_is_refused_with_the_reason_and_kept_nowhere(
    client: Client, site: Any, content: bytes, name: str
) -> None:
    before = stored_names()

    response = client.post(reverse(ADD), fields(file=upload(content, name)))

    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    assert not Document.objects.exists()
    assert not Blob.objects.exists()
    assert not UploadedFile.objects.exists()
    assert stored_names() == before


@pytest.mark.parametrize("language", ["bg", "en"])
def test_the_reason_is_given_in_the_editors_language(client: Client, site: Any, signed_in: Any, language: str) -> None:
    UserProfile.objects.update_or_create(user=signed_in, defaults={"preferred_language": language})

    response = client.post(reverse(ADD), fields(file=upload(pdf_with_password(), "заключен.pdf")))

    (reason,) = response.context["form"].errors["file"]
    with translation.override(language):
        assert reason == reason_for("encrypted")


def test_a_file_over_the_limit_is_refused_with_the_limit(client: Client, site: Any, settings: Any) -> None:
    settings.FILES_MAX_SIZE = 500

    response = client.post(reverse(ADD), fields(file=upload(pdf_bytes("Words"), "голям.pdf")))

    (reason,) = response.context["form"].errors["file"]
    assert "500" in reason


def test_the_forms_say_what_is_taken_in_and_refuse_too_much_before_it_is_sent(client: Client, site: Any) -> None:
    one, several = client.get(reverse(ADD)).content.decode(), client.get(reverse(ADD_MANY)).content.decode()

    for page in (one, several):
        assert "PDF, DOCX" in page
        assert filesizeformat(100 * 2**20) in page
    assert 'data-max-file-size="104857600"' in several


def test_a_full_disk_is_a_message_and_no_failure(client: Client, site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", full)

    response = client.post(reverse(ADD), fields(file=upload(pdf_bytes("A file for a full disk"), "a.pdf")))

    assert response.context["form"].has_error("file", "not_stored")
    assert not Document.objects.exists()


def test_a_replaced_file_is_a_new_version_under_the_same_address(client: Client, home: Page, signed_in: Any) -> None:
    document = make_document(publication=make_publication(home))
    address, changed = document.url, pdf_bytes("Corrected")
    sent = fields(title="Ново заглавие", file=upload(changed, "поправен.pdf"), change_note="Поправена таблица 2")

    response = client.post(reverse("wagtaildocs:edit", args=[document.pk]), sent)

    assert response.status_code == 302
    document = Document.objects.get()
    assert document.url == address
    assert [version.number for version in document.versions.all()] == [2, 1]
    assert version_of(document).note == "Поправена таблица 2"
    assert version_of(document).created_by == signed_in


def test_a_file_cannot_be_replaced_by_another_format_or_by_itself(client: Client, home: Page) -> None:
    content = pdf_bytes("The same")
    document = make_document(content)
    address = reverse("wagtaildocs:edit", args=[document.pk])

    other = client.post(address, fields(file=upload(docx, "доклад.docx")))
    same = client.post(address, fields(file=upload(content, "пак.pdf")))

    assert other.context["form"].has_error("file", "format_changed")
    assert same.context["form"].has_error("file", "same_content")
    assert Version.objects.count() == 1


def test_the_form_shows_address_versions_and_the_state_of_their_reading(client: Client, home: Page) -> None:
    document = make_document(publication=make_publication(home))

    page = client.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()

    assert document.url in page
    assert reverse("file_versions:edit", args=[version_of(document).pk]) in page


def test_several_files_are_uploaded_at_once(client: Client, site: Any) -> None:
    sent = {"title": "X", "files[]": upload("Решено беше единодушно.".encode(), "протокол.txt")}

    response = client.post(reverse(ADD_MANY), sent, headers={"X-Requested-With": "XMLHttpRequest"})

    answer = json.loads(response.content)
    assert answer["success"] is True
    document = Document.objects.get(pk=answer["doc_id"])
    assert (document.language, document.versions.count()) == ("bg", 1)


def test_the_form_after_several_uploads_describes_the_file(client: Client, home: Page) -> None:
    publication, document = make_publication(home), make_document()
    prefix = f"doc-{document.pk}"
    sent = {f"{prefix}-{name}": value for name, value in fields(title="Друго", publication=publication.pk).items()}

    response = client.post(reverse("wagtaildocs:edit_multiple", args=[document.pk]), sent)

    assert json.loads(response.content)["success"] is True
    document.refresh_from_db()
    assert (document.title, document.publication_key) == ("Друго", publication.translation_key)
    assert document.versions.count() == 1


@pytest.mark.parametrize(("content", "name"), BAD_FILES)
def test_a_bad_file_among_several_is_refused_too(client: Client, site: Any, content: bytes, name: str) -> None:
    sent = {"title": name, "files[]": upload(content, name)}

    response = client.post(reverse(ADD_MANY), sent, headers={"X-Requested-With": "XMLHttpRequest"})

    answer = json.loads(response.content)
    assert (answer["success"], bool(answer["error_message"])) == (False, True)
    assert not Document.objects.exists()
    assert not UploadedFile.objects.exists()


def test_the_chooser_uploads_and_finds(client: Client, site: Any) -> None:
    sent = {
        f"document-chooser-upload-{name}": value
        for name, value in fields(file=upload(pdf_bytes("Words"), "доклад.pdf")).items()
    }

    made = client.post(reverse("wagtaildocs_chooser:create"), sent)
    listed = client.get(reverse("wagtaildocs_chooser:choose"))

    document = Document.objects.get()
    assert json.loads(made.content)["result"]["url"] == document.url
    assert document.title in json.loads(listed.content)["html"]


def test_the_lists_and_forms_open(client: Client, home: Page) -> None:
    publication = make_publication(home)
    make_document(publication=publication)
    for name in ("wagtaildocs:index", ADD, ADD_MANY, "file_versions:index"):
        assert client.get(reverse(name)).status_code == 200
    for name, page in (("wagtailadmin_pages:edit", publication), ("publication_file_add", publication)):
        assert client.get(reverse(name, args=[page.pk])).status_code == 200


def test_a_file_added_from_its_publication_belongs_to_it(client: Client, home: Page) -> None:
    publication = make_publication(home)
    address = reverse("publication_file_add", args=[publication.pk])
    offered = client.get(address).context["form"]

    response = client.post(
        address, fields(file=upload(docx, "доклад.docx"), publication=offered["publication"].value())
    )

    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[publication.pk])
    assert Document.objects.get().publication_key == publication.translation_key


def test_only_who_may_publish_a_publication_changes_its_public_files(
    client: Client, home: Page, editor: Any, publisher: Any
) -> None:
    publication = make_publication(home)
    document = make_document(publication=publication, uploaded_by_user=editor)
    address = reverse("wagtaildocs:edit", args=[document.pk])

    def replace() -> Any:
        sent = fields(file=upload(pdf_bytes("Corrected"), "доклад.pdf"), publication=publication.pk)
        return client.post(address, sent)

    client.force_login(editor)
    assert replace().status_code == 200
    assert document.versions.count() == 1
    client.force_login(publisher)
    assert replace().status_code == 302
    assert document.versions.count() == 2


def test_only_who_may_publish_makes_a_file_public_without_a_publication(
    client: Client, site: Any, editor: Any, publisher: Any
) -> None:
    def add() -> Any:
        return client.post(reverse(ADD), fields(file=upload(pdf_bytes("For all"), "за всички.pdf"), is_public="on"))

    client.force_login(editor)
    refused = add()
    client.force_login(publisher)
    accepted = add()

    assert refused.status_code == 200
    assert accepted.status_code == 302
    assert Document.objects.filter(is_public=True).count() == 1


def test_a_version_is_withdrawn_and_restored_in_the_admin(client: Client, home: Page) -> None:
    document = make_document(publication=make_publication(home))
    version = version_of(document)
    address = reverse("file_versions:edit", args=[version.pk])

    client.post(address, {"withdrawal_reason": "Съдържа лични данни"})
    withdrawn = client.get(document.url).status_code, Version.objects.get().withdrawal_reason
    client.post(address, {"withdrawal_reason": ""})

    assert withdrawn == (410, "Съдържа лични данни")
    assert client.get(document.url).status_code == 200


def test_failures_are_listed_with_their_reason_and_can_be_tried_again(client: Client, home: Page) -> None:
    version = version_of(make_document())
    Version.objects.update(extraction_state="failed", extraction_reason="limit_exceeded")
    retry = reverse("file_versions:retry", args=[version.pk])

    page = client.get(reverse("file_versions:index"), {"extraction_state": "failed"}).content.decode()
    assert retry in page
    assert Version.objects.get().failure in page

    assert client.get(retry).status_code == 405
    assert client.post(retry).status_code == 302
    assert Version.objects.get().extraction_state == "waiting"


def test_nobody_adds_or_deletes_a_version_by_hand(client: Client, home: Page) -> None:
    version = version_of(make_document())

    assert client.get(reverse("file_versions:add")).status_code == 302
    assert client.post(reverse("file_versions:delete", args=[version.pk])).status_code == 302
    assert Version.objects.count() == 1


def test_an_editor_of_another_collection_sees_no_versions_of_this_one(client: Client, home: Page, editor: Any) -> None:
    from wagtail.models import GroupCollectionPermission  # noqa: PLC0415 - one use

    own = Collection.get_first_root_node().add_child(name="Свои")
    GroupCollectionPermission.objects.filter(group__user=editor).update(collection=own)
    mine = make_document(title="Мой", collection=own, uploaded_by_user=editor)
    theirs = make_document(title="Чужд")
    client.force_login(editor)

    page = client.get(reverse("file_versions:index")).content.decode()

    assert mine.title in page
    assert theirs.title not in page
    assert client.post(reverse("file_versions:retry", args=[version_of(theirs).pk])).status_code in {302, 403}
    assert Version.objects.get(document=theirs).extraction_asked_at == version_of(theirs).extraction_asked_at
    withdrawal = reverse("file_versions:edit", args=[version_of(theirs).pk])
    assert client.post(withdrawal, {"withdrawal_reason": "Не ми харесва"}).status_code in {302, 403}
    assert not version_of(theirs).is_withdrawn


def test_a_name_full_of_tricks_becomes_a_plain_one(client: Client, site: Any) -> None:
    name = "../../etc/\u202eдоклад\u0007" + "я" * 300 + ".pdf"

    client.post(reverse(ADD), fields(file=upload(pdf_bytes("Words"), name)))

    kept = Version.objects.get().original_name
    assert kept.endswith("я.pdf")
    assert len(kept) <= 150
    assert not set(kept) & {"/", "\u202e", "\u0007"}


@pytest.mark.parametrize("has_other", [True, False])
def test_who_unpublishes_one_language_is_told_that_the_files_stay_public_with_the_other(
    client: Client, home: Page, *, has_other: bool
) -> None:
    publication = make_publication(home)
    document = make_document(publication=publication)
    if has_other:
        translate(publication, title="The English page")

    response = client.post(reverse("wagtailadmin_pages:unpublish", args=[publication.pk]), follow=True)

    assert ("The English page" in " ".join(str(said) for said in response.context["messages"])) is has_other
    assert document.is_open() is has_other

"""What is guessed of an upload, and what is told of files that are there already."""

import threading
from typing import Any

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from files.duplicates import look_for_likenesses
from files.extraction import ExtractedPage
from files.extraction.likeness import likeness, sketch_of
from files.guessing import title_of
from files.models import Document, ExtractionState, Likeness, TextSketch, Version, VersionPage
from tests.factories.files import make_document, make_publication, replace, version_of
from tests.files.extraction.samples import docx_bytes, pdf_bytes

ADD, ADD_MANY = "wagtaildocs:add", "wagtaildocs:add_multiple"
WORDS = [f"дума{number}" for number in range(600)]


@pytest.fixture(autouse=True)
def signed_in(client: Client, administrator: Any) -> Any:
    client.force_login(administrator)
    return administrator


def fields(content: bytes, name: str, **values: Any) -> dict[str, Any]:
    plain = {"title": "Доклад", "language": "", "title_bg": "", "title_en": "", "tags": "", "publication": ""}
    return {**plain, "file": SimpleUploadedFile(name, content), **values}


def docx(*lines: str) -> bytes:
    return docx_bytes(lambda word: [word.add_paragraph(line) for line in lines])


# Titles


def pages(text: str) -> list[ExtractedPage]:
    return [
        ExtractedPage(number=1, label="", anchor="", text=""),
        ExtractedPage(number=2, label="", anchor="", text=text),
    ]


@pytest.mark.parametrize(
    ("stated", "text", "title"),
    [("Годишен отчет", "Друго заглавие", "Годишен отчет"), ("", "Анализ на участието\nСливен", "Анализ на участието"),
     ("Microsoft Word - otchet.doc", "Анализ на участието", "Анализ на участието"), ("otchet_final.docx", "12\n5", ""),
     ("Untitled", "", ""), ("  Два \n реда ", "", "Два реда"), ("дума", "я" * 200 + " и още", ""),
     ("", "Име | Община | Хора", ""), ("", "Списък на сдруженията\nИме | Община", "Списък на сдруженията")],
)  # fmt: skip
def test_a_title_is_what_the_file_states_or_its_first_line(stated: str, text: str, title: str) -> None:
    assert title_of(pages(text), stated) == title


def test_a_title_that_is_only_the_name_of_the_file_gives_way_to_the_content(client: Client, site: Any) -> None:
    client.post(reverse(ADD), fields(docx("Анализ на участието в Сливен"), "scan_0012.docx", title="scan_0012"))

    document = Document.objects.get()
    assert (document.title, document.language) == ("Анализ на участието в Сливен", "bg")


def test_a_title_that_somebody_typed_stays(client: Client, site: Any) -> None:
    client.post(reverse(ADD), fields(docx("Анализ на участието в Сливен"), "scan_0012.docx", title="Мой доклад"))

    assert Document.objects.get().title == "Мой доклад"


def test_titles_of_several_uploads_are_guessed_too(client: Client, site: Any) -> None:
    sent = {"title": "scan_0012", "files[]": SimpleUploadedFile("scan_0012.docx", docx("Report on taking part"))}

    client.post(reverse(ADD_MANY), sent, headers={"X-Requested-With": "XMLHttpRequest"})

    document = Document.objects.get()
    assert (document.title, document.language) == ("Report on taking part", "en")


# The very same content


def test_a_file_that_is_there_already_is_offered_instead(client: Client, site: Any) -> None:
    content = pdf_bytes("The same words")
    there = make_document(content, title="Там <b>вече</b>")

    response = client.post(reverse(ADD), fields(content, "a.pdf"))

    page = response.content.decode()
    assert response.context["form"].has_error("file", "duplicate")
    assert f'href="{reverse("wagtaildocs:edit", args=[there.pk])}"' in page
    assert "<b>вече</b>" not in page
    assert Document.objects.count() == 1


def send_among_several(client: Client, content: bytes) -> Any:
    sent = {"title": "Още веднъж", "files[]": SimpleUploadedFile("a.pdf", content)}
    return client.post(reverse(ADD_MANY), sent, headers={"X-Requested-With": "XMLHttpRequest"}).json()


def order_in(answer: Any) -> str:
    return answer["error_message"].partition('name="order" value="')[2].partition('"')[0]


def test_among_several_uploads_the_link_is_offered_too(client: Client, site: Any) -> None:
    content = pdf_bytes("The same words")
    there = make_document(content, title="Там <b>вече</b>")

    answer = send_among_several(client, content)

    assert answer["success"] is False
    assert reverse("wagtaildocs:edit", args=[there.pk]) in answer["error_message"]
    assert "<b>вече</b>" not in answer["error_message"]


def test_among_several_uploads_one_may_insist_too(client: Client, site: Any) -> None:
    content = pdf_bytes("The same words")
    there = make_document(content)
    order = order_in(send_among_several(client, content))

    answer = client.post(reverse("files_add_again"), {"order": order}).json()

    again = Document.objects.exclude(pk=there.pk).get()
    assert again.title == "Още веднъж"
    assert version_of(again).blob == version_of(there).blob
    assert reverse("wagtaildocs:edit_multiple", args=[again.pk]) in answer["form"]


def test_a_checksum_alone_or_anothers_upload_opens_no_file(client: Client, site: Any, publisher: Any) -> None:
    content = pdf_bytes("The same words")
    sha256 = version_of(make_document(content)).blob.sha256
    order = order_in(send_among_several(client, content))
    client.force_login(publisher)

    sent = [order, sha256, order[:-1], signing.dumps({"sha256": sha256}), ""]
    answers = [client.post(reverse("files_add_again"), {"order": own}) for own in sent]

    assert all(answer.status_code in {302, 403} for answer in answers)
    assert Document.objects.count() == 1


def test_who_insists_uploads_it_once_more(client: Client, site: Any) -> None:
    content = pdf_bytes("The same words")
    make_document(content)

    client.post(reverse(ADD), fields(content, "a.pdf", keep_duplicate="on"))

    assert Document.objects.count() == 2


def test_what_an_editor_may_not_see_is_no_duplicate(client: Client, home: Page, editor: Any) -> None:
    from wagtail.models import Collection, GroupCollectionPermission  # noqa: PLC0415 - one use

    content = pdf_bytes("The same words")
    own = Collection.get_first_root_node().add_child(name="Свои")
    GroupCollectionPermission.objects.filter(group__user=editor).update(collection=own)
    make_document(content, title="Чужд")
    client.force_login(editor)

    response = client.post(reverse(ADD), fields(content, "a.pdf", collection=own.pk))

    assert "Чужд" not in response.content.decode()
    assert Document.objects.count() == 2


# Nearly the same text


def text_of(words: list[str]) -> Version:
    version = version_of(make_document())
    VersionPage.objects.create(version=version, number=1, text=" ".join(words))
    Version.objects.filter(pk=version.pk).update(extraction_state=ExtractionState.TEXT)
    return version


def test_nearly_the_same_text_is_named(client: Client, home: Page) -> None:
    first = text_of(WORDS)
    second = text_of([*WORDS[:580], "съвсем", "друг", "край"])
    text_of(WORDS[300:][::-1])

    look_for_likenesses()

    (pair,) = Likeness.objects.all()
    assert (pair.version, pair.other) == (second, first)
    assert 90 <= pair.percent < 100
    page = client.get(reverse("wagtaildocs:edit", args=[second.document_id])).content.decode()
    assert reverse("wagtaildocs:edit", args=[first.document_id]) in page


def test_versions_of_one_document_are_not_compared(home: Page) -> None:
    first = text_of(WORDS)
    second = version_of(replace(first.document))
    VersionPage.objects.create(version=second, number=1, text=" ".join(WORDS))
    Version.objects.filter(pk=second.pk).update(extraction_state=ExtractionState.TEXT)

    look_for_likenesses()

    assert TextSketch.objects.count() == 2
    assert not Likeness.objects.exists()


def test_each_text_is_sketched_once(home: Page) -> None:
    text_of(WORDS)

    assert [look_for_likenesses() for _ in range(2)] == [1, 0]


@pytest.mark.parametrize("kept", [1.0, 0.9, 0.5, 0.0])
def test_the_estimate_is_near_the_truth(kept: float) -> None:
    words = [f"w{number}" for number in range(20_000)]
    other = [*words[: int(len(words) * kept)], *(f"x{number}" for number in range(int(len(words) * (1 - kept))))]
    share = kept / (2 - kept)  # of the sequences of both texts together

    assert likeness(sketch_of([" ".join(words)]), sketch_of([" ".join(other)])) == pytest.approx(share, abs=0.08)


def test_short_texts_are_like_nothing() -> None:
    assert sketch_of(["няколко думи само"]) == b""
    assert likeness(b"", b"") == 0


def test_the_borders_of_pages_do_not_matter() -> None:
    assert sketch_of([" ".join(WORDS)]) == sketch_of([" ".join(WORDS[:99]), " ".join(WORDS[99:])])


# Two editors


def test_who_replaces_a_file_that_was_replaced_meanwhile_is_told_and_may_insist(
    client: Client, home: Page, publisher: Any
) -> None:
    document = make_document(publication=make_publication(home))
    address = reverse("wagtaildocs:edit", args=[document.pk])
    seen = client.get(address).context["form"]["seen_version"].value()
    document.changed_by = publisher
    replace(document)

    first = client.post(address, fields(pdf_bytes("My own"), "a.pdf", seen_version=seen, title="Моето заглавие"))
    again = first.context["form"]["seen_version"].value()
    second = client.post(address, fields(pdf_bytes("My own"), "a.pdf", seen_version=again))

    assert first.context["form"].has_error("file", "replaced_meanwhile")
    assert "publisher" in str(first.context["form"].errors["file"])
    assert "Моето заглавие" in first.content.decode()
    assert second.status_code == 302
    assert [version.number for version in document.versions.all()] == [3, 2, 1]


@pytest.mark.django_db(transaction=True)
def test_two_replacements_at_the_same_moment_are_two_versions() -> None:
    document = make_document()
    together, failures = threading.Barrier(2), []

    def put_in(text: str) -> None:
        try:
            own = Document.objects.get(pk=document.pk)
            together.wait(10)
            replace(own, pdf_bytes(text), note=text)
        except Exception as error:  # noqa: BLE001 - whatever happens in the thread is what the test is about
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=put_in, args=[text]) for text in ("One", "Two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not failures
    assert sorted(document.versions.values_list("number", flat=True)) == [1, 2, 3]
    assert set(document.versions.values_list("note", flat=True)) == {"", "One", "Two"}

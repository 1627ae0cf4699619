"""What finding is told of files."""

from typing import Any

import pytest
from wagtail.models import Page, PageViewRestriction

from files.extracting import read_text
from files.models import Document
from files.sources import DocumentSource
from hub import searchable
from hub.models import Municipality, Theme
from tests.factories.files import make_document, make_publication, replace, translate, version_of
from tests.files.extraction.samples import docx_bytes, pdf_bytes


def record_of(document: Document) -> searchable.Record:
    (record,) = DocumentSource().records([f"document:{document.pk}"])
    return record


@pytest.fixture
def announced() -> Any:
    """The keys that were announced as changed and as gone."""
    keys: dict[str, list[str]] = {"changed": [], "gone": []}

    def on_changed(sender: Any, **named: Any) -> None:
        keys["changed"] += named["keys"]

    def on_gone(sender: Any, **named: Any) -> None:
        keys["gone"] += named["keys"]

    searchable.changed.connect(on_changed)
    searchable.gone.connect(on_gone)
    yield keys
    searchable.changed.disconnect(on_changed)
    searchable.gone.disconnect(on_gone)


def test_a_hit_in_a_pdf_opens_at_its_page(home: Page) -> None:
    document = make_document(pdf_bytes("First words", "Second words"), publication=make_publication(home))
    read_text(version_of(document))

    record = record_of(document)

    assert (record.key, record.kind, record.language) == (f"document:{document.pk}", "file", "bg")
    assert [(p.anchor, p.label, p.text) for p in record.passages] == [
        ("page=1", record.passages[0].label, "First words"), ("page=2", record.passages[1].label, "Second words"),
    ]  # fmt: skip
    assert record.url == f"/bg/files/{document.pk}/read/"


def test_pages_are_named_in_the_language_of_the_file(home: Page) -> None:
    document = make_document(pdf_bytes("Words"), publication=make_publication(home), language="en")
    read_text(version_of(document))

    assert [passage.label for passage in record_of(document).passages] == ["p. 1"]


def test_a_hit_in_a_word_file_is_a_section(home: Page) -> None:
    def write(word: Any) -> None:
        word.add_heading("Изводи", 1)
        word.add_paragraph("Хората решават.")

    document = make_document(docx_bytes(write), "a.docx", make_publication(home))
    read_text(version_of(document))

    assert [(p.label, p.anchor) for p in record_of(document).passages] == [("Изводи", "изводи")]


def test_a_file_bears_the_facets_of_its_publication(home: Page) -> None:
    theme = Theme.objects.create(slug="planning", name_bg="Планиране", name_en="Planning")
    place = Municipality.objects.create(
        slug="sliven", code="SLV20", name_bg="Сливен", name_en="Sliven", district_bg="Сливен", district_en="Sliven"
    )
    publication = make_publication(home, municipality=place)
    publication.themes.add(theme)
    publication.save()
    document = make_document(publication=publication)

    assert record_of(document).facets == {
        "publication_kind": ("report",), "theme": ("planning",), "municipality": ("sliven",), "year": ("2024",),
        "file_type": ("pdf",), "language": ("bg",),
    }  # fmt: skip


def test_a_file_stands_under_the_page_in_its_own_language(home: Page) -> None:
    publication = make_publication(home)
    english = translate(publication, title="An English title")
    files = {language: make_document(publication=publication, language=language) for language in ("bg", "en")}

    assert record_of(files["en"]).page_id == english.pk
    assert record_of(files["en"]).breadcrumbs == ("An English title",)
    assert record_of(files["bg"]).page_id == publication.pk


def test_a_file_stands_under_the_other_language_where_its_own_is_not_public(home: Page) -> None:
    publication = make_publication(home)
    document = make_document(publication=publication, language="en")

    assert record_of(document).page_id == publication.pk


def test_only_the_version_that_counts_is_found(home: Page) -> None:
    document = make_document(pdf_bytes("Old words"), publication=make_publication(home))
    read_text(version_of(document))
    replace(document, pdf_bytes("New words"))
    read_text(version_of(Document.objects.get(pk=document.pk)))

    assert [passage.text for passage in record_of(document).passages] == ["New words"]


def test_keys_of_other_families_are_answered_by_nothing(home: Page) -> None:
    assert list(DocumentSource().records(["page:1", "document:", "document:x", "document:0"])) == []


def test_records_ask_the_database_for_little(home: Page, django_assert_num_queries: Any) -> None:
    publication = make_publication(home)
    documents = [make_document(publication=publication) for _ in range(5)]
    keys = [f"document:{document.pk}" for document in documents]

    with django_assert_num_queries(7 + len(documents)):  # and one for the pages of each, which are read one by one
        assert len(list(DocumentSource().records(keys))) == 5


def unpublish(publication: Any) -> None:
    publication.unpublish()


def publish(publication: Any) -> None:
    publication.save_revision().publish()


def restrict_above(publication: Any) -> None:
    PageViewRestriction.objects.create(page=publication.get_parent(), restriction_type="login")


def move(publication: Any) -> None:
    publication.move(publication.get_parent(), pos="first-child")


def delete(publication: Any) -> None:
    publication.delete()


@pytest.mark.parametrize("change", [publish, unpublish, restrict_above, move, delete])
def test_whatever_changes_who_may_see_a_file_announces_it(
    home: Page, announced: Any, change: Any, django_capture_on_commit_callbacks: Any
) -> None:
    publication = make_publication(home)
    document = make_document(publication=publication)
    announced["changed"].clear()

    with django_capture_on_commit_callbacks(execute=True):
        change(publication)

    assert f"document:{document.pk}" in announced["changed"]


def test_a_lifted_restriction_announces_the_files_under_it(
    home: Page, announced: Any, django_capture_on_commit_callbacks: Any
) -> None:
    publication = make_publication(home)
    document = make_document(publication=publication)
    restriction = PageViewRestriction.objects.create(page=home, restriction_type="login")
    announced["changed"].clear()

    with django_capture_on_commit_callbacks(execute=True):
        restriction.delete()

    assert announced["changed"] == [f"document:{document.pk}"]


def test_a_deleted_file_is_announced_as_gone(
    home: Page, announced: Any, django_capture_on_commit_callbacks: Any
) -> None:
    document = make_document(publication=make_publication(home))
    key = f"document:{document.pk}"

    with django_capture_on_commit_callbacks(execute=True):
        document.delete()

    assert announced["gone"] == [key]


def test_a_withdrawal_is_announced(home: Page, announced: Any, django_capture_on_commit_callbacks: Any) -> None:
    document = make_document(publication=make_publication(home))
    announced["changed"].clear()

    with django_capture_on_commit_callbacks(execute=True):
        version_of(document).withdraw("Грешка")

    assert f"document:{document.pk}" in announced["changed"]

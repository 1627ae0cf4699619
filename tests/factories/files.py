"""The least publications, documents and versions that a test can have."""

import datetime
import itertools
from typing import Any

import pikepdf
from django.core.files.base import ContentFile
from wagtail.models import Page

from files.extracting import read_text
from files.extraction import PICTURES_VERSION
from files.models import (
    Document,
    PagePicture,
    PublicationIndexPage,
    PublicationKind,
    PublicationPage,
    Version,
    VersionPage,
)
from files.tasks import go_on_with
from tests.files.extraction.samples import pdf_bytes

_numbers = itertools.count(1)


def make_kind(slug: str = "report") -> PublicationKind:
    """Return a kind of publication."""
    kind, _ = PublicationKind.objects.get_or_create(slug=slug, defaults={"name_bg": "Доклад", "name_en": "Report"})
    return kind


def make_index(home: Page) -> PublicationIndexPage:
    """Return the list of publications under a home page."""
    if found := list(PublicationIndexPage.objects.child_of(home)):
        return found[0]
    made = PublicationIndexPage(title="Публикации", slug="publikatsii", locale=home.locale)
    home.add_child(instance=made)
    return made


def make_publication(home: Page, **values: Any) -> PublicationPage:
    """Return a published publication."""
    number = next(_numbers)
    page = PublicationPage(
        **{
            "title": f"Доклад {number}",
            "slug": f"doklad-{number}",
            "kind": make_kind(),
            "licence": "CC-BY-4.0",
            "date": datetime.date(2024, 5, 17),
            "locale": home.locale,
            **values,
        }
    )
    make_index(home).add_child(instance=page)
    page.save_revision()
    return page


def translate(page: PublicationPage, **values: Any) -> PublicationPage:
    """Return the English version of a publication, published."""
    from wagtail.models import Locale  # noqa: PLC0415 - one use

    english = Locale.objects.get(language_code="en")
    index = page.get_parent().specific
    if not index.has_translation(english):
        index.copy_for_translation(english)
    translated: PublicationPage = page.copy_for_translation(english)
    for name, value in {"live": True, "title": "A report", **values}.items():
        setattr(translated, name, value)
    translated.save_revision().publish()
    return translated


def make_document(
    content: bytes = b"", name: str = "", publication: PublicationPage | None = None, **values: Any
) -> Document:
    """Return a document with one version, which waits for its text to be read."""
    document = Document(
        **{
            "title": "Доклад за участието",
            "language": "bg",
            "publication_key": publication.translation_key if publication else None,
            **values,
        }
    )
    return replace(document, content, name)


def replace(document: Document, content: bytes = b"", name: str = "", note: str = "") -> Document:
    """Return the document with a further version."""
    number = next(_numbers)
    document.file = ContentFile(content or pdf_bytes(f"Report number {number}"), name=name or "доклад.pdf")
    document.change_note = note
    document.save()
    return document


def version_of(document: Document) -> Version:
    """Return the version of a document that counts."""
    version = document.current
    assert version is not None
    return version


def pdf_with_script() -> bytes:
    """Return a PDF that would run a script when it is opened."""

    def act(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")

    return pdf_bytes("Harmless", change=act)


def pdf_with_password() -> bytes:
    """Return a PDF that asks for a password."""
    return pdf_bytes("Secret", encryption=pikepdf.Encryption(owner="owner", user="user"))


def make_read(content: bytes, name: str = "", publication: Any = None, **values: Any) -> Document:
    """Return a document whose text was read and whose pages were drawn."""
    document = make_document(content, name, publication, **values)
    read_and_draw(document)
    return document


def read_and_draw(document: Document) -> None:
    """Read the text of a document's last version and draw its pages, as the tasks do."""
    version = version_of(document)
    read_text(version)
    for work in version.works.filter(kind="pictures"):
        go_on_with.call(work.pk, work.ticket)


def put_pages(document: Document, texts: list[str]) -> None:
    """Give a document its pages and their pictures without the work of reading and drawing, which others test."""
    version = version_of(document)
    VersionPage.objects.bulk_create(
        VersionPage(version=version, number=n, label=str(n), anchor=f"page={n}", text=text)
        for n, text in enumerate(texts, start=1)
    )
    for number in range(1, len(texts) + 1):
        picture = PagePicture(blob=version.blob, number=number, width=900, height=900, made_by=PICTURES_VERSION)
        picture.save()
        for size in PagePicture.SIZES:
            picture.put(size, b"RIFF")
    version.__class__.objects.filter(pk=version.pk).update(extraction_state="text")

"""Who may read a file page by page, and what is left of it where nobody may."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import storages
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from files.models import Document, PagePicture
from tests.factories.files import make_publication, make_read, version_of
from tests.factories.hub import make_picture
from tests.files.extraction.samples import pdf_bytes


def everything(document: Document) -> list[str]:
    """Return every address at which something of a document may be seen."""
    number = version_of(document).number
    base = f"/files/{document.pk}"
    return [
        f"/bg{base}/read/", f"/en{base}/read/?q=citizen", f"/bg{base}/v{number}/read/",
        *(f"{base}/v{number}/pages/1-{size}.webp" for size in PagePicture.SIZES),
    ]  # fmt: skip


def unpublish(document: Document) -> None:
    assert document.publication
    document.publication.unpublish()


def restrict(document: Document) -> None:
    PageViewRestriction.objects.create(page=document.publication, restriction_type="login")


@pytest.mark.parametrize("hide", [unpublish, restrict])
def test_of_what_a_visitor_may_not_open_nothing_is_shown(
    client: Client, report: Document, hide: Callable[[Document], None]
) -> None:
    assert {client.get(address).status_code for address in everything(report)} == {200}

    hide(report)

    answers = [client.get(address) for address in everything(report)]
    assert {answer.status_code for answer in answers} == {404}
    assert not any(b"Citizens" in answer.content for answer in answers)


def test_an_editor_sees_the_pages_of_a_draft_and_no_cache_keeps_them(client: Client, home: Page, editor: Any) -> None:
    document = make_read(pdf_bytes("Secret words"), publication=make_publication(home, live=False))
    client.force_login(editor)

    answers = [client.get(address) for address in everything(document)]

    assert {(answer.status_code, answer["Cache-Control"]) for answer in answers} == {(200, "private, no-store")}


def test_of_a_withdrawn_version_only_the_reason_is_left(client: Client, report: Document) -> None:
    addresses = everything(report)
    version_of(report).withdraw("Съдържа лични данни.")

    pages = [client.get(address) for address in addresses[:3]]
    pictures = [client.get(address) for address in addresses[3:]]

    assert [page.status_code for page in pages] == [410, 410, 410]
    assert all("Съдържа лични данни." in page.content.decode() for page in pages)
    assert not any(b"Citizens" in page.content for page in pages)
    assert [picture.status_code for picture in pictures] == [404, 404]


def test_pictures_cannot_be_reached_by_their_place_in_the_storage(client: Client, report: Document) -> None:
    picture = PagePicture.objects.select_related("blob").filter(number=1).get()
    name = picture.name("reading")
    assert storages["documents"].exists(name)

    assert client.get(f"/media/{name}", follow=True).status_code == 404


@pytest.mark.parametrize("path", ["pages/99-small.webp", "pages/1-huge.webp", "pages/0-small.webp"])
def test_a_picture_that_there_is_not_is_not_found(client: Client, report: Document, path: str) -> None:
    assert client.get(f"/files/{report.pk}/v1/{path}").status_code == 404


def test_a_browser_that_has_a_picture_is_told_so(client: Client, report: Document) -> None:
    address = f"/files/{report.pk}/v1/pages/1-small.webp"
    etag = client.get(address)["ETag"]

    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


def test_the_first_page_is_the_cover_unless_the_editor_chose_a_picture(client: Client, report: Document) -> None:
    publication = report.publication
    assert publication
    cover = f'src="/files/{report.pk}/v1/pages/1-reading.webp" width="900" height="900"'
    assert cover in client.get(publication.url).content.decode()

    publication.picture = make_picture()
    publication.save()

    assert cover not in client.get(publication.url).content.decode()


def test_a_hidden_file_is_no_cover(client: Client, report: Document) -> None:
    publication = report.publication
    assert publication
    version_of(report).withdraw("Грешка")

    assert ".webp" not in client.get(publication.url).content.decode().partition("<main")[2]

"""What an editor sees of the reading of files, and of the work on their pages."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from files.extracting import read_text
from files.models import RecognisedPage, Version, Work
from files.tasks import go_on_with
from tests.factories.files import make_document, version_of
from tests.files.extraction.samples import pdf_bytes

LIST = "/admin/file-versions/"


@pytest.fixture
def version(home: Page) -> Version:
    """A version of two pages, the second a scan; its text was read and its pages wait."""
    made = version_of(make_document(pdf_bytes("Words", "")))
    read_text(made)
    return made


def seen_by(client: Client, person: Any) -> str:
    client.force_login(person)
    response = client.get(LIST, headers={"Accept-Language": "en"})
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def administrator(administrator: Any) -> Any:
    """Somebody who may do everything, in English."""
    from wagtail.users.models import UserProfile  # noqa: PLC0415 - one use

    UserProfile.objects.update_or_create(user=administrator, defaults={"preferred_language": "en"})
    return administrator


def test_work_under_way_shows_how_far_it_is(client: Client, version: Version, administrator: Any) -> None:
    version.works.filter(kind="recognition").update(state="running", done=3, total=9)

    page = seen_by(client, administrator)

    assert "Text recognition: under way (3 of 9 pages)" in page
    assert "Pictures of the pages: waiting (0 of 2 pages)" in page
    assert "Try again" not in page


def test_a_failure_shows_its_reason_and_a_button_that_tries_again(
    client: Client, version: Version, administrator: Any
) -> None:
    work = version.works.get(kind="recognition")
    RecognisedPage.objects.create(blob=version.blob, number=2, made_by=1, failure="crashed")
    work.end(Work.State.FAILED, "partly", "2")
    assert "Some pages could not be done. All others are. Pages: 2" in seen_by(client, administrator)

    client.post(f"{LIST}{version.pk}/retry/")

    work.refresh_from_db()
    assert (work.state, work.reason) == ("waiting", "")
    assert not RecognisedPage.objects.exists()
    assert Version.objects.get(pk=version.pk).extraction_state == "text"


def test_a_missing_recogniser_is_spoken_of(client: Client, version: Version, administrator: Any) -> None:
    version.works.get(kind="recognition").end(Work.State.UNAVAILABLE, "no_recogniser", "Tesseract is not installed")

    page = seen_by(client, administrator)

    assert "Text recognition: not possible here" in page
    assert "(Tesseract with Bulgarian and English) is not installed on the server" in page


def test_pages_that_were_guessed_are_named(client: Client, version: Version, administrator: Any) -> None:
    version.pages.filter(number=2).update(text="Нeяceн", confidence=40)

    assert "upload a better scan: 2." in seen_by(client, administrator)


def test_the_filter_by_the_work_on_pages_has_a_name_of_its_own(
    client: Client, version: Version, administrator: Any
) -> None:
    version.works.update(state="done")

    page = seen_by(client, administrator)
    found = client.get(LIST, {"works__state": "done"}).context["object_list"]

    assert "Work on the pages" in page
    assert "Works pages" not in page
    assert [one.pk for one in found] == [version.pk]


def test_a_list_of_many_versions_asks_no_more_than_of_few(
    client: Client, version: Version, administrator: Any, django_assert_max_num_queries: Any
) -> None:
    seen_by(client, administrator)
    with django_assert_max_num_queries(60) as few:
        client.get(LIST)
    for _ in range(5):
        more = version_of(make_document(pdf_bytes("Words")))
        work = Work.objects.create(version=more, kind="pictures")
        go_on_with.call(work.pk, "another ticket")

    with django_assert_max_num_queries(len(few)):
        client.get(LIST)

"""Asking for a file in another form: the form, its owner and term, the mails, and what is forgotten."""

from datetime import date, timedelta
from smtplib import SMTPException
from typing import Any

import pikepdf
import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Page

from files.circulation.answering import care_for_requests
from files.circulation.working_days import working_days_after
from files.models import AccessibleFormatRequest, Document
from hub.models import SiteSettings
from tests.factories.files import make_document, make_publication, version_of
from tests.files.extraction.samples import pdf_bytes
from tests.reading import read

OWN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def document(home: Page, publisher: Any) -> Document:
    return make_document(publication=make_publication(home), uploaded_by_user=publisher)


def ask(client: Client, document: Document, language: str = "bg", **values: str) -> Any:
    sent = {"wanted": "text", "details": "", "email": "reader@example.org", **values}
    return client.post(f"/{language}/files/{document.pk}/accessible/", sent, headers=OWN)


def make_request(document: Document, **values: Any) -> AccessibleFormatRequest:
    plain = {"wanted": "text", "email": "reader@example.org", "details": "Страница 3", "language": "bg"}
    return AccessibleFormatRequest.objects.create(
        **{"document": document, "due_on": timezone.localdate() + timedelta(days=14), **plain, **values}
    )


@pytest.mark.parametrize("language", ["bg", "en"])
def test_a_reader_asks_without_a_cookie_and_is_told_when_the_answer_comes(
    client: Client, document: Document, language: str
) -> None:
    with time_machine.travel("2026-03-05T12:00:00Z"):  # a Thursday
        response = ask(client, document, language)

    kept = AccessibleFormatRequest.objects.get()
    assert "10" in read(client, response["Location"])
    assert (kept.wanted, kept.language, kept.due_on) == ("text", language, date(2026, 3, 19))
    assert kept.owner == document.uploaded_by_user
    assert not client.cookies


def test_the_page_of_a_publication_leads_to_the_form(client: Client, document: Document) -> None:
    assert document.publication is not None
    assert f"/bg/files/{document.pk}/accessible/" in read(client, document.publication.url)


@pytest.mark.parametrize(
    ("wrong", "kept"),
    [({"email": "nobody"}, "nobody"), ({"wanted": "other", "email": "a@example.org"}, "a@example.org"),
     ({"wanted": "smell", "details": "Страница 3"}, "Страница 3"), ({"details": "я" * 1001}, "я" * 1001)],
)  # fmt: skip
def test_nothing_is_lost_when_a_field_is_wrong(
    client: Client, document: Document, wrong: dict[str, str], kept: str
) -> None:
    response = ask(client, document, **wrong)

    assert response.status_code == 422
    assert kept in response.content.decode()
    assert not AccessibleFormatRequest.objects.exists()


def test_a_form_of_another_site_is_refused(client: Client, document: Document) -> None:
    response = client.post(f"/bg/files/{document.pk}/accessible/", {}, headers={"Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 403


def test_what_nobody_may_open_cannot_be_asked_for(client: Client, home: Page) -> None:
    hidden = make_document(publication=make_publication(home, live=False))

    assert client.get(f"/bg/files/{hidden.pk}/accessible/").status_code == 404
    assert ask(client, hidden).status_code == 404


def test_what_was_withdrawn_cannot_be_asked_for(client: Client, document: Document) -> None:
    version_of(document).withdraw("Грешни данни")

    assert client.get(f"/bg/files/{document.pk}/accessible/").status_code == 410
    assert ask(client, document).status_code == 410
    assert not AccessibleFormatRequest.objects.exists()


def test_whoever_answers_is_told_once_and_the_mail_holds_nothing_of_the_reader(document: Document) -> None:
    request = make_request(document, owner=document.uploaded_by_user)

    care_for_requests()
    care_for_requests()

    (letter,) = mail.outbox
    assert letter.to == ["publisher@example.org"]
    assert reverse("accessible_requests:edit", args=[request.pk]) in letter.body
    assert "reader@example.org" not in letter.body
    assert "Страница 3" not in letter.body


def test_a_file_without_owner_is_answered_for_by_the_site_or_the_publishers(home: Page, publisher: Any) -> None:
    document = make_document(publication=make_publication(home))
    make_request(document)
    care_for_requests()

    SiteSettings.objects.create(site=home.get_site(), contact_email="office@example.org")
    make_request(document)
    care_for_requests()

    assert [letter.to for letter in mail.outbox] == [["publisher@example.org"], ["office@example.org"]]


def test_a_mail_that_does_not_go_out_is_tried_again(
    document: Document, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    make_request(document, owner=document.uploaded_by_user)

    def broken(*_: Any, **__: Any) -> None:
        raise SMTPException("no server")

    with monkeypatch.context() as patched:
        patched.setattr("files.circulation.answering.send_mail", broken)
        care_for_requests()
    care_for_requests()

    assert len(mail.outbox) == 1
    assert "was not sent" in caplog.text


def test_a_late_request_is_reminded_of_once(document: Document) -> None:
    make_request(document, owner=document.uploaded_by_user, notified_at=timezone.now(), due_on=timezone.localdate())
    make_request(document, notified_at=timezone.now(), due_on=timezone.localdate(), state="answered")

    care_for_requests()
    care_for_requests()

    assert len(mail.outbox) == 1


@time_machine.travel("2026-03-05T12:00:00Z")
def test_what_is_personal_is_deleted_a_term_after_the_answer(document: Document) -> None:
    ages = {"new": None, "fresh": 29, "old": 31}
    for name, days in ages.items():
        moment = timezone.now() - timedelta(days=days) if days else None
        state = "answered" if days else "new"
        make_request(document, note=name, state=state, closed_at=moment, notified_at=timezone.now())

    care_for_requests()

    kept = {request.note: request.email for request in AccessibleFormatRequest.objects.all()}
    assert kept == {"new": "reader@example.org", "fresh": "reader@example.org", "old": ""}
    assert AccessibleFormatRequest.objects.get(note="old").details == ""


def test_the_term_runs_from_the_first_answer(document: Document) -> None:
    request = make_request(document)
    request.state = "answered"
    request.save()
    first = request.closed_at

    request.note = "Изпратено"
    request.save()
    assert first == request.closed_at

    request.state = "in_progress"
    request.save()
    assert request.closed_at is None


def test_editors_see_requests_and_their_states(client: Client, document: Document, publisher: Any) -> None:
    request = make_request(document, due_on=timezone.localdate() - timedelta(days=1))
    client.force_login(publisher)
    edit = reverse("accessible_requests:edit", args=[request.pk])

    listed = read(client, reverse("accessible_requests:index"))
    shown = read(client, edit)
    client.post(edit, {"state": "answered", "owner": publisher.pk, "note": "Изпратен е DOCX"})

    assert edit in listed
    assert date_format(request.due_on) in listed
    assert "reader@example.org" in shown
    changed = AccessibleFormatRequest.objects.get()
    assert (changed.state, changed.owner, changed.email) == ("answered", publisher, "reader@example.org")
    assert changed.closed_at is not None


def test_an_editor_of_nothing_sees_no_requests(client: Client, document: Document, make_person: Any) -> None:
    stranger = make_person("stranger", "Редактори")
    request = make_request(document)
    client.force_login(stranger)

    assert document.title not in client.get(reverse("accessible_requests:index")).content.decode()
    assert client.get(reverse("accessible_requests:edit", args=[request.pk])).status_code in {302, 403, 404}


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [("2026-03-05", 1, "2026-03-06"), ("2026-03-06", 1, "2026-03-09"), ("2026-03-07", 1, "2026-03-09"),
     ("2026-03-05", 10, "2026-03-19"), ("2026-03-05", 0, "2026-03-05")],
)  # fmt: skip
def test_working_days_leave_weekends_out(start: str, count: int, end: str) -> None:
    assert working_days_after(date.fromisoformat(start), count) == date.fromisoformat(end)


def tagged(*, language: bool = True, title: bool = True) -> bytes:
    def mark(pdf: pikepdf.Pdf) -> None:
        pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        pdf.Root.StructTreeRoot = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
        if language:
            pdf.Root.Lang = pikepdf.String("bg")
        if title:
            pdf.docinfo["/Title"] = "Доклад"

    return pdf_bytes("Words", change=mark)


@pytest.mark.parametrize(
    ("content", "expected"),
    [(tagged(), (True, True, True)), (tagged(language=False), (True, False, True)),
     (tagged(title=False), (True, True, False)), (pdf_bytes("Words"), (False, False, False))],
)  # fmt: skip
def test_what_a_pdf_offers_to_screen_readers_is_kept_with_its_version(
    home: Page, content: bytes, expected: tuple[bool, ...]
) -> None:
    version = version_of(make_document(content))

    assert (version.is_tagged, version.names_language, version.names_title) == expected
    assert len(version.barriers) == expected.count(False)


def test_the_editor_is_told_of_barriers_at_upload_and_the_reader_of_the_state(
    client: Client, home: Page, administrator: Any
) -> None:
    publication = make_publication(home)
    document = make_document(pdf_bytes("Words"), publication=publication)
    reader = read(client, publication.url)
    client.force_login(administrator)

    form = read(client, reverse("wagtaildocs:edit", args=[document.pk]))
    panel = read(client, reverse("wagtailadmin_pages:edit", args=[publication.pk]))

    for barrier in version_of(document).barriers:
        assert barrier in form
        assert barrier in panel
    assert "screen readers" in reader or "екранни четци" in reader


def test_an_office_file_says_nothing_of_tags(home: Page) -> None:
    from tests.files.extraction.samples import docx_bytes  # noqa: PLC0415 - one use

    document = make_document(docx_bytes(lambda word: word.add_paragraph("Текст")), "доклад.docx")

    assert version_of(document).barriers == []

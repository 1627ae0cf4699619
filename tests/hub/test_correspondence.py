"""What visitors write: taken without a cookie, nothing lost, read by who may, forgotten in time."""

import html
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from hub.correspondence.forgetting import forget_outlived
from hub.models import ContentPage, VisitorMessage
from hub.models.correspondence import MessageKind, MessageState
from tests.factories.hub import add_page, make_stand_in, restrict
from tests.reading import read

OWN = {"Sec-Fetch-Site": "same-origin"}
LETTER = {"text": "Има грешка в датата.", "name": "Мария", "email": "maria@example.org"}


@pytest.fixture
def visitor() -> Client:
    """A visitor whose browser has no token."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def page(home: Page) -> ContentPage:
    """A page to have an opinion of."""
    return add_page(home, ContentPage, title="Страница")


def send(visitor: Client, to: str, /, **values: Any) -> Any:
    """Send a form from a page of the site."""
    return visitor.post(to, values, headers=OWN)


def make_message(**values: Any) -> VisitorMessage:
    """Return a message."""
    return VisitorMessage.objects.create(**{"kind": MessageKind.CONTACT, "language": "bg", **LETTER, **values})


# Was this useful?


def test_each_page_asks_whether_it_was_useful(page: Page, visitor: Client) -> None:
    html = read(visitor, page.url)

    assert '<form method="post" action="/bg/write/feedback/">' in html
    assert f'<input type="hidden" name="page" value="{page.pk}">' in html
    assert f'href="/bg/write/barrier/?page={page.pk}"' in html


def test_a_page_that_only_stands_in_for_another_does_not_ask(page: Page, visitor: Client) -> None:
    assert "/write/feedback/" not in read(visitor, make_stand_in(page).url)


@pytest.mark.parametrize(
    "address", ["/bg/feeds/", "/en/search/", "/bg/glossary/", "/en/files/downloads/", "/bg/files/collections/"]
)
def test_what_is_no_page_of_the_tree_asks_as_well(address: str, home: Page, visitor: Client) -> None:
    html = read(visitor, address)
    response = send(visitor, f"{address[:4]}write/feedback/", address=address, useful="no")

    message = VisitorMessage.objects.get()
    assert f'<input type="hidden" name="address" value="{address}">' in html
    assert f'value="http://testserver{address}"' in read(visitor, f"{address[:4]}write/barrier/?address={address}")
    assert (message.page, message.address, message.is_useful) == (None, address, False)
    assert f'href="{address}"' in read(visitor, response.headers["Location"])


@pytest.mark.parametrize("address", ["/bg/search/", "/bg/glossary/"])
def test_who_is_signed_in_gets_the_token_and_no_cache_keeps_it_for_others(
    address: str, home: Page, administrator: Any, visitor: Client
) -> None:
    alone = visitor.get(address)
    visitor.force_login(administrator)
    signed_in = visitor.get(address)

    assert ("csrfmiddlewaretoken" in alone.content.decode(), "Cookie" in alone.get("Vary", "")) == (False, False)
    assert ("csrfmiddlewaretoken" in signed_in.content.decode(), "Cookie" in signed_in["Vary"]) == (True, True)


@pytest.mark.parametrize(
    "address",
    ["https://example.org/bg/feeds/", "//example.org/bg/feeds/", "/bg/write/contact/", "/nowhere", "javascript:1"],
)
def test_an_answer_about_another_address_is_refused(address: str, home: Page, visitor: Client) -> None:
    assert send(visitor, "/bg/write/feedback/", address=address, useful="no").status_code == 422
    assert not VisitorMessage.objects.exists()


@pytest.mark.parametrize(("answer", "is_useful"), [("yes", True), ("no", False)])
def test_an_answer_is_noted_and_words_may_follow(
    answer: str,
    is_useful: object,
    page: Page,
    visitor: Client,
) -> None:
    response = send(visitor, "/bg/write/feedback/", page=page.pk, useful=answer)
    shown = read(visitor, response.headers["Location"])
    added = send(visitor, response.headers["Location"], text="Липсва таблица.")

    message = VisitorMessage.objects.get()
    assert (response.status_code, added.status_code) == (303, 303)
    assert 'name="text"' in shown
    assert (message.is_useful, message.text, message.page, message.state) == (
        is_useful, "Липсва таблица.", page.page_ptr, MessageState.NEW
    )  # fmt: skip
    assert not visitor.cookies


def test_an_answer_without_words_waits_for_nobody(page: Page, visitor: Client) -> None:
    send(visitor, "/bg/write/feedback/", page=page.pk, useful="yes")

    assert not VisitorMessage.objects.waiting().exists()


def test_words_are_added_once(page: Page, visitor: Client) -> None:
    address = send(visitor, "/bg/write/feedback/", page=page.pk, useful="no").headers["Location"]
    send(visitor, address, text="Първо")

    assert send(visitor, address, text="Второ").status_code == 404
    assert VisitorMessage.objects.get().text == "Първо"


def test_nobody_adds_words_to_another_answer(page: Page, visitor: Client) -> None:
    address = send(visitor, "/bg/write/feedback/", page=page.pk, useful="no").headers["Location"]

    assert send(visitor, f"{address[:-2]}x/", text="Чужди думи").status_code == 404


@pytest.mark.parametrize(
    ("values", "status"), [({"useful": "yes"}, 422), ({"useful": "perhaps", "page": "1"}, 422), ({}, 422)]
)
def test_an_answer_that_no_page_has_sent_is_refused(
    values: dict[str, str], status: int, page: Page, visitor: Client
) -> None:
    assert send(visitor, "/bg/write/feedback/", **values).status_code == status
    assert not VisitorMessage.objects.exists()


def test_nobody_has_an_opinion_of_a_page_that_is_not_open(page: Page, visitor: Client) -> None:
    restrict(page)

    assert send(visitor, "/bg/write/feedback/", page=page.pk, useful="yes").status_code == 404


def test_who_only_opens_the_address_of_the_answers_may_write_a_letter(home: Page, visitor: Client) -> None:
    assert visitor.get("/bg/write/feedback/").headers["Location"] == "/bg/write/contact/"


# Letters and barriers


@pytest.mark.parametrize("kind", ["contact", "barrier"])
@pytest.mark.parametrize("language", ["bg", "en"])
def test_a_message_arrives_without_a_cookie(kind: str, language: str, home: Page, visitor: Client) -> None:
    read(visitor, f"/{language}/write/{kind}/")

    response = send(visitor, f"/{language}/write/{kind}/", **LETTER)

    message = VisitorMessage.objects.get()
    assert response.headers["Location"] == f"/{language}/write/sent/"
    assert (message.kind, message.language, message.email) == (kind, language, "maria@example.org")
    assert message.state == MessageState.NEW
    assert not visitor.cookies


def test_the_report_of_a_barrier_knows_the_page_one_comes_from(page: Page, visitor: Client) -> None:
    address = f"/bg/write/barrier/?page={page.pk}"

    shown = read(visitor, address)
    send(visitor, address, address="http://testserver/bg/", tool="NVDA", **LETTER)

    message = VisitorMessage.objects.get()
    assert f'value="http://testserver{page.url}"' in shown
    assert (message.page, message.address, message.tool) == (page.page_ptr, "http://testserver/bg/", "NVDA")


@pytest.mark.parametrize(
    ("wrong", "field"), [({"email": "няма"}, "id_email"), ({"text": ""}, "id_text"), ({"text": "а" * 4001}, "id_text")]
)
def test_nothing_is_lost_when_a_field_is_wrong(wrong: dict[str, str], field: str, home: Page, visitor: Client) -> None:
    response = send(visitor, "/bg/write/contact/", **{**LETTER, **wrong})

    html = response.content.decode()
    assert response.status_code == 422
    assert f'<a href="#{field}">' in html
    assert 'value="Мария"' in html
    assert not VisitorMessage.objects.exists()


def test_the_title_says_first_that_something_is_wrong(home: Page, visitor: Client) -> None:
    response = send(visitor, "/en/write/contact/", **{**LETTER, "text": ""})

    assert "<title>Error: Write to us – " in response.content.decode()


def test_a_form_does_not_bear_the_address_of_another_site(home: Page, visitor: Client) -> None:
    response = visitor.get("/en/write/barrier/?address=//example.org/")

    assert response.context["form"].initial == {}


@pytest.mark.parametrize("kind", ["contact", "barrier"])
@pytest.mark.parametrize("language", ["bg", "en"])
def test_each_field_comes_back_as_it_was_typed(kind: str, language: str, home: Page, visitor: Client) -> None:
    typed = {"text": "Ред 1\nРед <2>", "name": "Мария & Ко", "email": "няма@"}
    typed |= {"address": "/bg/карта", "tool": 'NVDA "2026"'} if kind == "barrier" else {}

    response = send(visitor, f"/{language}/write/{kind}/", **typed)

    form = response.context["form"]
    shown = html.unescape(response.content.decode())
    assert set(form.errors) == {"email"}
    assert {name: form[name].value() for name in typed} == typed
    assert all(text in shown for text in typed.values())
    assert f'lang="{language}"' in shown


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_page_of_another_site_writes_nothing(headers: dict[str, str], home: Page, visitor: Client) -> None:
    response = visitor.post("/bg/write/contact/", LETTER, headers=headers)

    assert response.status_code == 403
    assert not VisitorMessage.objects.exists()


def test_who_writes_too_often_is_asked_to_wait_and_loses_nothing(home: Page, visitor: Client, settings: Any) -> None:
    settings.ANONYMOUS_FORMS_A_MINUTE = 1
    cache.clear()
    send(visitor, "/bg/write/contact/", **LETTER)

    response = send(visitor, "/bg/write/contact/", **LETTER)

    assert response.status_code == 429
    assert "Има грешка в датата." in response.content.decode()


def test_nobody_reads_messages_of_another_kind(home: Page, visitor: Client) -> None:
    assert visitor.get("/bg/write/praise/").status_code == 404


# The editors


def test_messages_are_read_by_who_may_change_them_and_by_nobody_else(
    home: Page, client: Client, editor: Any, publisher: Any
) -> None:
    make_message()
    seen = {}
    for person in (editor, publisher):
        client.force_login(person)
        seen[person.username] = client.get("/admin/visitormessage/").status_code
        desk = client.get("/admin/").content.decode()
        assert ("messages-waiting" in desk) is (person == publisher)

    assert seen == {"editor": 302, "publisher": 200}


def test_an_editor_says_what_becomes_of_a_message_and_changes_none_of_its_words(
    home: Page, client: Client, publisher: Any
) -> None:
    message = make_message()
    client.force_login(publisher)

    client.post(
        f"/admin/visitormessage/edit/{message.pk}/",
        {"state": "done", "note": "Поправено", "text": "Друго"},
        follow=True,
    )

    message.refresh_from_db()
    assert (message.state, message.note, message.text) == ("done", "Поправено", LETTER["text"])
    assert message.closed_at is not None


def test_nobody_adds_a_message_in_the_admin(home: Page, client: Client, administrator: Any) -> None:
    client.force_login(administrator)

    assert client.get("/admin/visitormessage/new/").status_code == 302


def test_the_desk_says_how_many_messages_wait_and_how_useful_pages_were(
    home: Page, client: Client, administrator: Any
) -> None:
    for kind in (MessageKind.BARRIER, MessageKind.BARRIER, MessageKind.CONTACT):
        make_message(kind=kind)
    make_message(kind=MessageKind.FEEDBACK, is_useful=True, state=MessageState.DONE)
    client.force_login(administrator)

    desk = client.get("/admin/").content.decode().partition('id="messages-waiting')[2]

    numbers = re.findall(r"kind=(\w+)\">[^<]*: (\d+)", desk)
    assert numbers == [("barrier", "2"), ("contact", "1")]


def test_the_menu_says_how_many_messages_wait(home: Page, client: Client, administrator: Any) -> None:
    client.force_login(administrator)
    before = client.get("/admin/").content.decode()
    make_message()
    make_message(state=MessageState.DONE)

    after = client.get("/admin/").content.decode()

    one, some = (json.dumps(text)[1:-1] for text in ("Съобщения (1)", "Съобщения ("))
    assert some not in before
    assert one in after


def test_an_export_holds_no_name_and_no_address(home: Page, client: Client, administrator: Any) -> None:
    make_message()
    client.force_login(administrator)

    text = client.get("/admin/visitormessage/?export=csv").getvalue().decode()

    assert LETTER["text"] in text
    assert LETTER["email"] not in text
    assert LETTER["name"] not in text


# Forgetting


@pytest.mark.parametrize(
    ("created", "closed", "is_kept"),
    [(1, None, True), (182, None, True), (184, None, False), (40, 31, False), (40, 29, True)],
)
def test_who_wrote_is_forgotten_in_time(created: int, closed: int | None, is_kept: object, db: None) -> None:
    now = timezone.now()
    message = make_message(created_at=now - timedelta(days=created))
    if closed is not None:
        VisitorMessage.objects.update(state=MessageState.DONE, closed_at=now - timedelta(days=closed))

    forget_outlived()

    message.refresh_from_db()
    assert bool(message.email and message.name) is is_kept
    assert message.text == LETTER["text"]


def test_a_message_is_deleted_after_two_years(db: None) -> None:
    kept = make_message(created_at=timezone.now() - timedelta(days=730))
    make_message(created_at=timezone.now() - timedelta(days=732))

    forget_outlived()

    assert list(VisitorMessage.objects.all()) == [kept]


def test_a_message_that_is_opened_again_is_done_no_more(db: None) -> None:
    message = make_message(state=MessageState.DONE)
    message.state = MessageState.IN_PROGRESS
    message.save()

    assert message.closed_at is None


def test_forgetting_is_a_work_of_each_minute(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from hub import ticking  # noqa: PLC0415 - one use

    make_message(created_at=timezone.now() - timedelta(days=999))

    for name, work in list(ticking._works.items()):
        if name == "messages to forget":
            work()

    assert not VisitorMessage.objects.exists()


def test_a_form_asks_few_questions(
    page: Page, visitor: Client, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    read(visitor, "/bg/write/contact/")

    with django_assert_max_num_queries(4):
        read(visitor, "/bg/write/contact/")

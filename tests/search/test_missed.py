"""The form in which a visitor says what was not found."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from search.models import MissedNote

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


def _send(client: Client, **values: str) -> Any:
    return client.post("/bg/search/missed/", {"text": "Как се иска референдум?", **values}, headers=SAME_ORIGIN)


def test_a_note_reaches_the_editors_with_the_query_and_without_a_cookie(client: Client, home: Page) -> None:
    response = _send(client, q="Искане за Референдум")

    assert response.status_code == 302
    assert response["Location"] == "/bg/search/missed/?sent"
    assert not response.cookies
    (note,) = MissedNote.objects.all()
    assert (note.language, note.query, note.text) == ("bg", "искане за референдум", "Как се иска референдум?")
    assert not client.get(response["Location"]).cookies


def test_zero_results_hold_the_form_with_the_query(client: Client, home: Page) -> None:
    html = client.get("/bg/search/", {"q": "няматакова"}).content.decode()

    assert 'action="/bg/search/missed/"' in html
    assert '<input type="hidden" name="q" value="няматакова"' in html


@pytest.mark.parametrize(("text", "status"), [("", 422), ("  ", 422), ("\x00", 422), ("x" * 1001, 422)])
def test_a_note_without_words_or_without_end_comes_back(client: Client, home: Page, text: str, status: int) -> None:
    assert _send(client, text=text).status_code == status
    assert not MissedNote.objects.exists()


def test_somebodys_data_is_not_taken_and_what_was_typed_comes_back(client: Client, home: Page) -> None:
    response = _send(client, text="Пишете ми на ivan@example.org за бюджета")

    assert response.status_code == 422
    assert "за бюджета" in response.content.decode()
    assert not MissedNote.objects.exists()


def test_years_and_sums_are_nobodys_data(client: Client, home: Page) -> None:
    text = "Стратегия на община Бургас 2021–2027 г., 87 657,14 лв."

    assert _send(client, text=text).status_code == 302
    assert MissedNote.objects.get().text == text


def test_somebodys_data_in_the_query_is_left_out(client: Client, home: Page) -> None:
    _send(client, q="ivan@example.org")

    assert MissedNote.objects.get().query == ""


def test_a_form_of_another_site_is_refused(client: Client, home: Page) -> None:
    response = client.post("/bg/search/missed/", {"text": "x"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 403
    assert not MissedNote.objects.exists()

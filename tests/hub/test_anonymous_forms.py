"""Forms of visitors: taken from this site's own pages, without a cookie, and not from robots."""

from typing import Any

import pytest
import time_machine
from django import forms
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.test import Client
from django.urls import path

from hub.anonymous_forms import AnonymousForm, anonymous_form
from tests.reading import read

OWN = {"Sec-Fetch-Site": "same-origin"}


class Letter(AnonymousForm):
    """A form with one field."""

    scope = "letter"

    text = forms.CharField(label="Писмо", max_length=20, help_text="Кратко")


@anonymous_form
def letter(request: HttpRequest) -> HttpResponse:
    form = Letter(request.POST or None, request=request)
    if form.is_bound and form.is_valid():
        return HttpResponse(f"thanks {form.cleaned_data['text']}")
    return render(request, "components/form_fields.html", {"form": form}, status=form.status)


@anonymous_form
def token(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_token(request))


urlpatterns = [path("letter/", letter), path("token/", token)]
pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.hub.test_anonymous_forms")]


@pytest.fixture
def client(settings: Any) -> Client:
    settings.AXES_ENABLED = False
    return Client(enforce_csrf_checks=True)


def send(client: Client, headers: dict[str, str] | None = None, **values: Any) -> Any:
    address = values.pop("address", "192.0.2.1")
    return client.post(
        "/letter/", {"text": "Здравейте", **values}, headers=OWN if headers is None else headers, REMOTE_ADDR=address
    )


def test_the_form_is_shown_and_taken_without_a_cookie(client: Client) -> None:
    read(client, "/letter/")

    sent = send(client)

    assert sent.content.decode() == "thanks Здравейте"
    assert not client.cookies
    assert "no-store" in sent["Cache-Control"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"Sec-Fetch-Site": "same-origin"}, 200), ({"Origin": "http://testserver"}, 200),
     ({"Sec-Fetch-Site": "cross-site"}, 403), ({"Sec-Fetch-Site": "same-site"}, 403), ({"Sec-Fetch-Site": "none"}, 403),
     ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, 403), ({"Origin": "http://evil.example"}, 403),
     ({"Origin": "null"}, 403), ({"Origin": "https://testserver"}, 403), ({}, 403)],
)  # fmt: skip
def test_only_a_page_of_this_site_sends_it(client: Client, headers: dict[str, str], status: int) -> None:
    assert send(client, headers).status_code == status


def test_who_is_signed_in_needs_the_token_of_the_session(client: Client, administrator: Any) -> None:
    client.force_login(administrator)

    without = send(client)
    given = client.get("/token/").content.decode()
    with_token = send(client, csrfmiddlewaretoken=given)

    assert (without.status_code, with_token.status_code) == (403, 200)
    assert "csrfmiddlewaretoken" in read(client, "/letter/")


def test_a_wrong_field_is_named_and_nothing_is_lost(client: Client) -> None:
    answer = send(client, text="Това писмо е твърде дълго за полето")

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Това писмо е твърде дълго за полето" in html
    assert 'href="#id_text"' in html
    assert "aria-invalid" in html


def test_a_robot_that_fills_everything_in_is_refused(client: Client) -> None:
    answer = send(client, nickname="Buy now")

    assert answer.status_code == 422
    assert "Здравейте" in answer.content.decode()


def test_a_sender_is_stopped_for_a_minute_and_others_are_not(client: Client, settings: Any) -> None:
    settings.ANONYMOUS_FORMS_A_MINUTE = 2
    with time_machine.travel("2026-03-01 10:00:05", tick=False) as clock:
        own = [send(client).status_code for _ in range(3)]
        other = send(client, address="192.0.2.2").status_code
        clock.shift(60)
        later = send(client).status_code

    assert (own, other, later) == ([200, 200, 429], 200, 200)


def test_addresses_of_one_network_of_ipv6_are_one_sender(client: Client, settings: Any) -> None:
    settings.ANONYMOUS_FORMS_A_MINUTE = 1

    with time_machine.travel("2026-03-01 10:00:05", tick=False):
        answers = [
            send(client, address=f"2001:db8:1:{net}::{host}").status_code for net, host in [(1, 1), (1, 2), (2, 1)]
        ]

    assert answers == [200, 429, 200]


def test_all_senders_together_are_stopped_at_the_limit_of_an_hour(client: Client, settings: Any) -> None:
    settings.ANONYMOUS_FORMS_AN_HOUR = 2

    with time_machine.travel("2026-03-01 10:00:05", tick=False):
        answers = [send(client, address=f"192.0.2.{number}").status_code for number in range(3)]

    assert answers == [200, 200, 429]


def test_what_was_too_much_comes_back_as_it_was_typed(client: Client, settings: Any) -> None:
    settings.ANONYMOUS_FORMS_A_MINUTE = 0

    answer = send(client)

    assert answer.status_code == 429
    assert "Здравейте" in answer.content.decode()


def test_no_address_is_kept(client: Client) -> None:
    send(client, address="192.0.2.77")

    kept = [*cache._cache, *map(str, cache._cache.values())]  # type: ignore[attr-defined]  # the cache of the tests

    assert any("anonymous-forms" in key for key in kept)
    assert not any("192.0.2.77" in entry for entry in kept)

"""Signing in: with a password, a second factor, too many failures; and what a visitor is spared."""

import re
import time
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Site

from hub.models import User

PASSWORD = "a long password of words"
LOGIN = "/bg/account/login/"


def _code(secret: str) -> str:
    """The six digits that an app would show now."""
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def _sign_in(client: Client, name: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"login": name, "password": password, **more})


def _with_totp(user: User) -> str:
    """Give somebody an authenticator app; return its key."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return secret


@pytest.fixture
def signed_in(client: Client, site: Site, editor: User) -> Client:
    """A browser in which an editor has just signed in."""
    _sign_in(client, "editor")
    return client


@pytest.fixture
def confirmed(signed_in: Client) -> Client:
    """The same browser, after the editor has entered the password once more."""
    signed_in.post("/bg/account/reauthenticate/", {"password": PASSWORD})
    return signed_in


# Visitors


@pytest.mark.parametrize("path", ["/bg/", "/en/", "/bg/nothing-here/"])
def test_a_visitor_gets_no_cookie_on_a_public_page(client: Client, site: Site, path: str) -> None:
    response = client.get(path)

    assert not response.cookies


@pytest.mark.parametrize("path", [LOGIN, "/en/account/password/reset/", "/bg/account/signup/"])
def test_the_pages_of_signing_in_have_the_policy_of_the_public_pages(client: Client, site: Site, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 200
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script(?![^>]*(?: src=|application/json))|<style| style=| on\w+=", response.text)


def test_the_page_of_signing_in_sets_no_session_cookie(client: Client, site: Site) -> None:
    response = client.get(LOGIN)

    assert settings.SESSION_COOKIE_NAME not in response.cookies


def test_nobody_can_open_an_account(client: Client, site: Site, django_user_model: type[User]) -> None:
    person = {"username": "x", "email": "x@example.org", "password1": PASSWORD, "password2": PASSWORD}

    client.post("/bg/account/signup/", person)

    assert not django_user_model.objects.filter(username="x").exists()


@pytest.mark.parametrize(("language", "heading"), [("bg", "Вход"), ("en", "Sign in")])
def test_the_page_of_signing_in_speaks_the_language_of_its_address(
    client: Client, site: Site, language: str, heading: str
) -> None:
    response = client.get(f"/{language}/account/login/")

    with translation.override(language):
        assert translation.gettext("Sign in") in response.text
    assert f'<html lang="{language}">' in response.text


def test_an_address_without_language_leads_to_the_visitors_own(client: Client, site: Site) -> None:
    response = client.get("/account/login/?next=/admin/pages/", headers={"accept-language": "en"})

    assert response.status_code == 302
    assert response["Location"] == "/en/account/login/?next=/admin/pages/"


# The way in


@pytest.mark.parametrize("path", ["/admin/login/", "/bg/_util/login/"])
def test_wagtails_own_forms_lead_to_the_one_way_in(client: Client, site: Site, path: str) -> None:
    response = client.get(f"{path}?next=/admin/pages/")

    assert response.status_code == 302
    assert response["Location"] == f"{LOGIN}?next=/admin/pages/"


@pytest.mark.parametrize("path", ["/admin/login/", "/bg/_util/login/"])
def test_wagtails_own_forms_sign_nobody_in(client: Client, site: Site, editor: User, path: str) -> None:
    client.post(path, {"username": "editor", "password": PASSWORD})

    assert "_auth_user_id" not in client.session


def test_the_admin_asks_to_sign_in_and_leads_back(client: Client, site: Site, editor: User) -> None:
    asked = client.get("/admin/reports/site-history/")
    response = client.post(
        asked["Location"], {"login": "editor", "password": PASSWORD, "next": "/admin/reports/site-history/"}
    )

    assert asked["Location"] == f"{LOGIN}?next=/admin/reports/site-history/"
    assert response.status_code == 302
    assert response["Location"] == "/admin/reports/site-history/"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_a_foreign_address_is_not_led_to(client: Client, site: Site, editor: User, target: str) -> None:
    response = _sign_in(client, "editor", next=target)

    assert response.status_code == 302
    assert response["Location"] == "/admin/"


@pytest.mark.parametrize("name", ["editor", "EDITOR@example.org"])
def test_an_editor_signs_in_by_name_or_by_e_mail(client: Client, site: Site, editor: User, name: str) -> None:
    response = _sign_in(client, name)

    assert response["Location"] == "/admin/"
    cookie = response.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_signing_out_leaves_no_session(signed_in: Client) -> None:
    response = signed_in.post("/bg/account/logout/")

    assert response.status_code == 302
    assert "_auth_user_id" not in signed_in.session
    assert not signed_in.cookies[settings.SESSION_COOKIE_NAME].value


def test_who_may_not_open_the_admin_is_told_so(client: Client, site: Site, django_user_model: type[User]) -> None:
    django_user_model.objects.create_user("reader", "reader@example.org", PASSWORD)
    _sign_in(client, "reader")

    response = client.get("/admin/", follow=True)

    assert response.redirect_chain == [(f"{LOGIN}?next=/admin/", 302)]
    assert "reader" in response.text


def test_a_new_password_comes_by_e_mail(client: Client, site: Site, editor: User) -> None:
    client.post("/bg/account/password/reset/", {"email": "editor@example.org"})
    link = re.search(r"http\S+/password/reset/key/\S+", str(mail.outbox[0].body))
    assert link
    page = client.get(link[0], follow=True)
    new = "another long password of words"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})

    assert page.status_code == 200
    assert _sign_in(client, "editor", new)["Location"] == "/admin/"


def test_wagtails_own_reset_of_passwords_is_shut(client: Client, site: Site) -> None:
    assert client.get("/admin/password_reset/", follow=True).status_code == 404


# Too many failures


def _fail(client: Client, times: int, name: str = "editor", address: str = "198.51.100.7") -> Any:
    for _ in range(times):
        response = client.post(LOGIN, {"login": name, "password": "wrong"}, REMOTE_ADDR=address)
    return response


def test_the_fifth_failure_locks_out_and_says_for_how_long(client: Client, site: Site, editor: User) -> None:
    before = _fail(client, 4)
    fifth = _fail(client, 1)

    assert before.status_code == 200
    assert fifth.status_code == 429
    assert "15" in fifth.text
    assert fifth.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "account/locked_out.html" in [template.name for template in fifth.templates]


def test_who_is_locked_out_hears_the_same_however_often_they_try(client: Client, site: Site, editor: User) -> None:
    answers = {_fail(client, 1).status_code for _ in range(5, 40) if _fail(client, 5)}

    assert answers == {429}


def test_the_right_password_does_not_open_during_the_lockout(client: Client, site: Site, editor: User) -> None:
    _fail(client, 5)

    response = client.post(LOGIN, {"login": "editor", "password": PASSWORD}, REMOTE_ADDR="198.51.100.7")

    assert response.status_code == 429
    assert "_auth_user_id" not in client.session


def test_name_and_e_mail_count_together(client: Client, site: Site, editor: User) -> None:
    _fail(client, 3)

    response = _fail(client, 2, name="Editor@Example.org")

    assert response.status_code == 429


def test_the_lockout_ends_after_a_quarter_of_an_hour(client: Client, site: Site, editor: User) -> None:
    _fail(client, 6)

    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=5), tick=False):
        response = client.post(LOGIN, {"login": "editor", "password": PASSWORD}, REMOTE_ADDR="198.51.100.7")

    assert response["Location"] == "/admin/"


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(("name", "address"), [("publisher", "198.51.100.7"), ("editor", "203.0.113.9")])
def test_another_name_or_another_address_is_not_locked_out(
    client: Client, editor: User, publisher: User, name: str, address: str
) -> None:
    _fail(client, 5)

    response = client.post(LOGIN, {"login": name, "password": PASSWORD}, REMOTE_ADDR=address)

    assert response["Location"] == "/admin/"


def test_behind_a_proxy_the_visitors_own_address_counts(
    client: Client, site: Site, editor: User, settings: Any
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for _ in range(5):
        client.post(LOGIN, {"login": "editor", "password": "wrong"}, headers={"x-forwarded-for": "198.51.100.7"})

    response = client.post(LOGIN, {"login": "editor", "password": PASSWORD}, headers={"x-forwarded-for": "203.0.113.9"})

    assert response["Location"] == "/admin/"


def test_too_many_names_from_one_address_are_slowed_down(client: Client, site: Site, editor: User) -> None:
    for number in range(30):
        client.post(LOGIN, {"login": f"name{number}", "password": "wrong"})

    response = _sign_in(client, "editor")

    assert "_auth_user_id" not in client.session
    assert response.status_code in {200, 429}


# The second factor


def test_a_second_factor_is_added_only_with_the_password_once_more(signed_in: Client) -> None:
    response = signed_in.get("/bg/account/2fa/totp/activate/")

    assert response["Location"] == "/bg/account/reauthenticate/?next=%2Fbg%2Faccount%2F2fa%2Ftotp%2Factivate%2F"


def test_an_editor_adds_an_authenticator_app_and_gets_recovery_codes(confirmed: Client, editor: User) -> None:
    page = confirmed.get("/bg/account/2fa/totp/activate/")
    secret = re.search(r'id="authenticator_secret"[^>]* value="([A-Z2-7]+)"', page.text)
    assert secret
    response = confirmed.post("/bg/account/2fa/totp/activate/", {"code": _code(secret[1])}, follow=True)

    assert "<svg" in page.text
    assert "data:image" not in page.text
    assert Authenticator.objects.filter(user=editor, type=Authenticator.Type.TOTP).exists()
    assert response.redirect_chain[-1][0] == "/bg/account/2fa/recovery-codes/"


def test_with_an_authenticator_app_the_password_alone_does_not_open(client: Client, site: Site, editor: User) -> None:
    secret = _with_totp(editor)

    asked = _sign_in(client, "editor", next="/admin/reports/site-history/")
    before = client.get("/admin/").status_code
    refused = client.post(asked["Location"], {"code": "000000"})
    response = client.post(asked["Location"], {"code": _code(secret)})

    assert asked["Location"].startswith("/bg/account/2fa/authenticate/")
    assert before == 302
    assert refused.status_code == 200
    assert response["Location"] == "/admin/reports/site-history/"
    assert client.get("/admin/").status_code == 200


def test_a_recovery_code_opens_once(client: Client, site: Site, editor: User) -> None:
    _with_totp(editor)
    code = RecoveryCodes.activate(editor).get_unused_codes()[0]

    first = client.post(_sign_in(client, "editor")["Location"], {"code": code})
    client.post("/bg/account/logout/")
    second = client.post(_sign_in(client, "editor")["Location"], {"code": code})

    assert first["Location"] == "/admin/"
    assert second.status_code == 200


@pytest.mark.parametrize(
    "name",
    ["mfa_index", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
     "mfa_deactivate_totp", "account_change_password", "account_logout", "account_email"],
)  # fmt: skip
@pytest.mark.parametrize("language", ["bg", "en"])
def test_the_pages_of_an_account_stand_on_the_frame_of_the_site(
    confirmed: Client, editor: User, name: str, language: str
) -> None:
    _with_totp(editor)
    RecoveryCodes.activate(editor)
    with translation.override(language):
        path = reverse(name)

    response = confirmed.get(path)

    assert response.status_code == 200
    assert response.text.count("<h1") == 1
    assert 'href="#main"' in response.text
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]*(?: src=|application/json))|<style| style=| on\w+=", response.text)


def test_a_failed_code_is_said_beside_its_field(client: Client, site: Site, editor: User) -> None:
    _with_totp(editor)
    asked = _sign_in(client, "editor")

    response = client.post(asked["Location"], {"code": "000000"})

    assert 'aria-invalid="true"' in response.text
    assert 'class="errorlist"' in response.text


def test_the_reminder_is_only_for_who_has_no_second_factor(signed_in: Client, editor: User) -> None:
    before = signed_in.get("/admin/").text
    _with_totp(editor)
    after = signed_in.get("/admin/").text

    assert 'href="/bg/account/2fa/"' in before
    assert "second-factor-reminder" in before
    assert "second-factor-reminder" not in after

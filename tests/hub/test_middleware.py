"""What stands between a request and the views."""

from urllib.parse import quote

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from hub.middleware import BadCharacterMiddleware


def query_as_seen(query: str) -> QueryDict:
    """Return the query that a view sees behind the middleware."""
    seen: list[QueryDict] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request.GET)
        return HttpResponse()

    BadCharacterMiddleware(view)(RequestFactory().get(f"/bg/search/?{query}"))
    return seen[0]


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("q=a%00b", "ab"),
        ("q=a%09b", "a b"),
        ("q=a%0D%0Ab", "a  b"),
        ("q=%1Ba%7Fb%C2%85", "ab"),
        ("q=%D0%B3%D1%80%D0%B0%D0%B4", "град"),
        ("q=100%25", "100%"),
        ("q=a+b", "a b"),
        ("q=%FF", "\ufffd"),
    ],
)
def test_control_characters_never_reach_a_view(query: str, value: str) -> None:
    seen = query_as_seen(query)

    assert seen["q"] == value


def test_repeated_and_empty_parameters_outlive_the_cleaning() -> None:
    seen = query_as_seen("theme=a%00&theme=b&q=&kind=page")

    assert (seen.getlist("theme"), seen["q"], seen["kind"]) == (["a", "b"], "", "page")


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_a_query_comes_through_but_for_its_control_characters(text: str) -> None:
    seen = str(query_as_seen(f"q={quote(text)}")["q"])

    assert [c for c in seen if ord(c) < 32 or 127 <= ord(c) < 160] == []
    assert seen.replace(" ", "") == "".join(c for c in text if not (ord(c) < 32 or 127 <= ord(c) < 160 or c == " "))


@pytest.mark.parametrize("address", ["/bg/", "/en/", "/bg/search/?q=град", "/bg/nyama/"])
def test_a_public_page_allows_only_what_is_its_own(address: str, seeded: None, client: Client) -> None:
    policy = client.get(address).headers["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert {"base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'"} <= set(policy.split("; "))


def test_the_policy_of_the_admin_is_for_the_admin_alone(seeded: None, client: Client) -> None:
    response = client.get("/admin/", follow=False)

    assert "'unsafe-inline'" in response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["/account/login/", "/bg/administration/", "/adminx/"])
def test_an_address_that_only_looks_like_the_admins_has_the_public_policy(
    address: str, seeded: None, client: Client
) -> None:
    response = client.get(address)

    assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_a_public_page_is_isolated_as_observatories_ask(seeded: None, client: Client) -> None:
    headers = client.get("/bg/").headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("address", ["/bg/%00/", "/bg/a%00b/", "/media/%00", "/files/%00/"])
def test_a_nul_in_a_path_is_an_unknown_address(address: str, seeded: None, client: Client) -> None:
    response = client.get(address)

    assert response.status_code == 404


def test_a_picture_cannot_climb_out_of_its_folder(seeded: None, client: Client) -> None:
    inside = settings.MEDIA_ROOT
    inside.mkdir(parents=True, exist_ok=True)
    (inside.parent / "secret.txt").write_text("secret", encoding="utf-8")

    response = client.get("/media/../secret.txt")

    assert response.status_code in {400, 404}
    assert b"secret" not in response.content


@pytest.mark.django_db
def test_a_form_without_its_token_is_answered_in_both_languages(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)

    response = strict.post("/bg/account/login/", {"login": "nobody"})

    assert response.status_code == 403
    assert "Това действие не е позволено" in response.content.decode()
    assert "This is not allowed" in response.content.decode()

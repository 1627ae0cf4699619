"""Old addresses: of pages that moved, and of the site before this one."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from hub.models import ContentPage, NewsIndexPage, NewsPage, User
from tests.factories.hub import add_page


@pytest.fixture(params=["bg", "en"])
def start(request: pytest.FixtureRequest, site: Site) -> Page:
    """The home page of each language, one after the other."""
    return site.root_page.get_translations(inclusive=True).get(locale__language_code=request.param).specific


@pytest.fixture
def desk(client: Client, site: Site, administrator: User) -> Client:
    """A browser in which a superuser is signed in."""
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _address(page: Page) -> str:
    return str(Page.objects.get(pk=page.pk).get_url())


@pytest.mark.django_db
def test_the_old_address_of_a_moved_page_leads_to_the_new_one(
    client: Client, start: Page, django_capture_on_commit_callbacks: Any
) -> None:
    old, new = add_page(start, NewsIndexPage, title="A"), add_page(start, NewsIndexPage, title="B")
    page = add_page(old, NewsPage, title="News")
    before = _address(page)

    with django_capture_on_commit_callbacks(execute=True):
        page.move(Page.objects.get(pk=new.pk), pos="last-child")
    response = client.get(before)

    assert response.status_code == 301
    assert response["Location"] == _address(page) != before


def test_the_old_addresses_of_the_pages_below_lead_on_too(
    client: Client, start: Page, django_capture_on_commit_callbacks: Any
) -> None:
    above = add_page(start, NewsIndexPage, title="A")
    below = add_page(above, NewsPage, title="News")
    before = _address(below)

    with django_capture_on_commit_callbacks(execute=True):
        above.slug = "renamed"
        above.save_revision().publish()
    response = client.get(before)

    assert response.status_code == 301
    assert response["Location"] == _address(below) != before


def test_a_list_of_old_addresses_is_imported_in_the_admin(desk: Client, home: Page) -> None:
    page = add_page(home, ContentPage, title="Contact")
    target = f"http://localhost{_address(page)}"
    rows = f"from,to\n/index.php?id=7,{target}\n/стара/страница/,https://example.org/new\n"
    upload = SimpleUploadedFile("old.csv", rows.encode(), content_type="text/csv")

    asked = desk.post(reverse("wagtailredirects:start_import"), {"import_file": upload, "input_format": "0"})
    form = asked.context["form"]
    answers = {name: form[name].value() for name in ("import_file_name", "input_format")}
    response = desk.post(
        reverse("wagtailredirects:process_import"),
        {**answers, "from_index": "0", "to_index": "1", "permanent": "on", "site": ""},
        follow=True,
    )

    assert response.status_code == 200
    assert Redirect.objects.count() == 2
    anonymous = Client()
    assert anonymous.get("/index.php?id=7").headers["Location"] == target
    moved = anonymous.get("/стара/страница/")
    assert (moved.status_code, moved.headers["Location"]) == (301, "https://example.org/new")


def test_an_old_address_that_nobody_knows_is_not_found(client: Client, site: Site) -> None:
    assert client.get("/index.php?id=8", follow=True).status_code == 404


@pytest.mark.parametrize(
    ("asked", "target", "expected"),
    [
        ("/staro/?q=1&page=2", "/bg/novo/", "/bg/novo/?q=1&page=2"),
        ("/staro/?q=1", "/bg/novo/#chast", "/bg/novo/?q=1#chast"),
        ("/staro/?q=1", "/bg/novo/?vid=2", "/bg/novo/?vid=2"),
        ("/staro/?id=7", "/bg/nov-sedem/", "/bg/nov-sedem/"),
    ],
    ids=["kept", "before the fragment", "not mixed", "a part of the old address"],
)
def test_what_was_asked_of_an_old_address_is_asked_of_the_new_one(
    asked: str, target: str, expected: str, client: Client, site: Site
) -> None:
    old = "/staro?id=7" if "id=7" in asked else "/staro"
    Redirect.objects.create(old_path=old, redirect_link=target, is_permanent=True)

    assert client.get(asked).headers["Location"] == expected

"""The editors' work in a real browser: nothing that the admin's policy forbids, no other host, no error."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from hub.models import NewsIndexPage, NewsPage, Picture, User
from search.models import AskedQuery
from search.models.log import Asking
from tests.browser.conftest import Recorder

pytestmark = pytest.mark.browser

PASSWORD = "a long password of words"
TITLE = "Пейки край реката"
# What Wagtail answers when it saves by itself what is not fit to be saved yet.
UNFINISHED = r"^400: .*/admin/pages/"
ROOMS = [
    "pages/", "images/", "images/multiple/add/", "documents/", "documents/multiple/add/", "theme/", "organisation/",
    "organisation/new/", "snippets/", "redirects/", "redirects/add/", "redirects/import/", "users/", "users/new/",
    "groups/", "groups/new/", "sites/", "locales/", "collections/", "workflows/list/", "reports/site-history/",
    "localize/reports/translations/", "account/",
]  # fmt: skip


@pytest.fixture
def desk(live_site: str, desktop: Page, make_person: Callable[..., AbstractUser]) -> Page:
    """The desktop of somebody who has signed in and may publish."""
    make_person("publisher", "Издатели")
    return _sign_in(desktop, "publisher")


@pytest.fixture
def office(live_site: str, desktop: Page) -> Page:
    """The desktop of a superuser who has signed in."""
    User.objects.create_superuser("office", "office@example.org", PASSWORD)
    return _sign_in(desktop, "office")


def _sign_in(page: Page, name: str) -> Page:
    page.goto("/admin/")
    page.get_by_label("Парола", exact=True).fill(PASSWORD)
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=login]").press("Enter")
    page.wait_for_url("**/admin/")
    return page


def _png() -> bytes:
    content = BytesIO()
    Image.new("RGB", (640, 400), (12, 98, 110)).save(content, "PNG")
    return content.getvalue()


def _add_picture(page: Page) -> None:
    """Upload a picture from inside the page's form."""
    page.get_by_role("button", name="Избор на изображение").first.click()
    page.get_by_role("tab", name="Качване").click()
    page.set_input_files(
        "[name=image-chooser-upload-file]", {"name": "benches.png", "mimeType": "image/png", "buffer": _png()}
    )
    for name in ("title", "alt_bg", "alt_en", "credit"):
        page.fill(f"[name=image-chooser-upload-{name}]", "Пейки" if name != "alt_en" else "Benches")
    page.select_option("[name=image-chooser-upload-licence]", index=1)
    page.locator(".modal form button[type=submit]:visible").last.click()
    expect(page.locator(".modal")).to_have_count(0)


def _add_paragraph(page: Page, text: str) -> None:
    """Insert a block of text and write into it."""
    page.get_by_role("button", name="Вмъкване на блок").first.click()
    page.get_by_role("option").nth(1).click()
    page.locator("[data-contentpath=body] .public-DraftEditor-content").last.click()
    page.keyboard.type(text)


def _publish(page: Page) -> None:
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    page.locator("button[name=action-publish]").click()


def _write_news(page: Page) -> NewsPage:
    """Write a piece of news with a picture and a paragraph, look at its preview, and publish it."""
    index = NewsIndexPage.objects.get(locale__language_code="bg")
    page.goto(f"/admin/pages/add/hub/newspage/{index.pk}/")
    page.fill("input[name=title]", TITLE)
    page.fill("textarea[name=summary]", "Кварталният съвет избра мястото им.")
    _add_picture(page)
    _add_paragraph(page, "Пейките бяха поставени през юни.")
    page.get_by_role("button", name="Показване или скриване на прегледа").click()
    preview = page.frame_locator("[data-w-preview-target=iframe], #w-preview-iframe, iframe").last
    expect(preview.locator("h1")).to_have_text(TITLE)
    _publish(page)
    page.wait_for_url(f"**/admin/pages/{index.pk}/")
    return NewsPage.objects.get(title=TITLE, locale__language_code="bg", alias_of=None)


def test_an_editor_writes_news_with_a_picture_and_it_is_on_the_site(desk: Page, recorder: Recorder) -> None:
    recorder.expect(UNFINISHED)

    news = _write_news(desk)

    assert news.live
    assert news.picture == Picture.objects.get(title="Пейки")
    desk.goto(str(news.url))
    expect(desk.locator("h1")).to_have_text(TITLE)
    expect(desk.locator("main")).to_contain_text("Пейките бяха поставени през юни.")


def test_a_page_is_translated_and_published_in_english(desk: Page, recorder: Recorder) -> None:
    recorder.expect(UNFINISHED)
    news = _write_news(desk)
    alias = news.get_translations().get().specific

    desk.goto(f"/admin/pages/{alias.pk}/edit/")
    desk.get_by_text("Превеждане на тази страница").first.click()
    desk.get_by_role("button", name="Изпращане").click()
    desk.wait_for_url(f"**/admin/pages/{alias.pk}/edit/")
    expect(desk.get_by_role("button", name=re.compile("Публикуване на"))).to_be_visible()
    _translate(desk, TITLE, "Benches by the river")
    _publish_translation(desk)

    desk.wait_for_load_state()
    translated = news.get_translations().get()
    assert translated.alias_of_id is None
    assert translated.title == "Benches by the river"
    assert translated.live


def _translate(page: Page, source: str, text: str) -> None:
    """Fill in the translation of one text."""
    segment = (
        page.locator("li, div")
        .filter(has=page.get_by_text(source, exact=True))
        .filter(has=page.get_by_role("button", name=re.compile("Превеждане|Редактиране")))
        .last
    )
    segment.get_by_role("button", name=re.compile("Превеждане|Редактиране")).click()
    page.locator("textarea:visible").last.fill(text)
    page.get_by_role("button", name="Записване").first.click()
    expect(page.get_by_text(text, exact=True).first).to_be_visible()


def _publish_translation(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Публикуване на")).click()


# The report of translations counts the pages of a list that it does not order.
@pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning")
def test_the_rooms_of_the_admin_open_without_trouble(office: Page) -> None:
    for path in ROOMS:
        office.goto(f"/admin/{path}")

        expect(office.locator("html"), path).to_have_attribute("lang", "bg")
        expect(office.locator("main h1, main h2").first, path).to_be_visible()


def test_what_one_does_about_a_long_query_is_within_reach(office: Page) -> None:
    AskedQuery.objects.add([(Asking("bg", "щ" * 100, timezone.localdate()), 3, 12)])
    office.set_viewport_size({"width": 1024, "height": 800})

    office.goto("/admin/reports/asked/")

    box = office.get_by_role("link", name="Избиране на страници").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 1024


def test_an_administrator_adds_a_person_and_a_redirect(office: Page) -> None:
    office.goto("/admin/users/new/")
    for name, text in {"username": "ana", "email": "ana@example.org", "first_name": "Ана", "last_name": "А."}.items():
        office.fill(f"input[name={name}]", text)
    for name in ("password1", "password2"):
        office.fill(f"input[name={name}]", PASSWORD)
    office.locator("main form button[type=submit]").last.click()
    office.wait_for_url("**/admin/users/")
    office.goto("/admin/redirects/add/")
    office.fill("input[name=old_path]", "/old")
    office.fill("input[name=redirect_link]", "https://example.org/")
    office.locator("main form button[type=submit]").last.click()
    office.wait_for_url("**/admin/redirects/")

    expect(office.get_by_text("/old").first).to_be_visible()


def test_a_second_factor_is_added_by_keyboard_alone(office: Page) -> None:
    from allauth.mfa.totp.internal import auth as totp  # noqa: PLC0415 - beside its only use

    office.goto("/bg/account/2fa/totp/activate/")
    office.locator("input[name=password]").fill(PASSWORD)
    office.keyboard.press("Enter")
    office.wait_for_url("**/totp/activate/")
    secret = office.locator("#authenticator_secret").input_value()
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    office.locator("input[name=code]").fill(totp.format_hotp_value(totp.hotp_value(secret, counter)))
    office.keyboard.press("Enter")
    office.wait_for_url("**/recovery-codes/")

    expect(office.locator("#recovery_codes")).to_have_value(re.compile(r"\w+\n\w+"))


def test_a_passkey_is_added_and_opens_the_admin(office: Page, recorder: Recorder) -> None:
    recorder.expect(r"^third party: http://localhost:")  # the same site by the name that passkeys may be made for
    devtools = office.context.new_cdp_session(office)
    devtools.send("WebAuthn.enable")
    options: dict[str, Any] = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    origin = office.url.partition("/admin/")[0].replace("127.0.0.1", "localhost")
    _sign_in_at(office, origin)
    office.goto(f"{origin}/bg/account/2fa/webauthn/add/")
    office.locator("input[name=password]").fill(PASSWORD)
    office.keyboard.press("Enter")
    office.wait_for_url("**/webauthn/add/")
    office.get_by_label("Вход без парола").check()
    office.locator("#mfa_webauthn_add").click()
    office.wait_for_url(re.compile("recovery-codes|webauthn/$"))
    office.context.clear_cookies()

    office.goto(f"{origin}/bg/account/login/?next=/admin/")
    office.locator("#passkey_login").click()
    office.wait_for_url("**/admin/")


def _sign_in_at(page: Page, origin: str) -> None:
    """Sign in at the name of the host that passkeys may be made for."""
    page.goto(f"{origin}/bg/account/login/")
    page.locator("input[name=login]").fill("office")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/admin/")

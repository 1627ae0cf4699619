"""Who uses the hub, one by one, from the first page to what they came for; each leaves pictures of the way."""

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify
from playwright.sync_api import Browser, Error, Page, expect

from files.models import Document
from hub.models import HomePage, PageViewCount, User, VisitorMessage
from tests.browser.conftest import Recorder

pytestmark = pytest.mark.browser

PASSWORD = "a long password of words"
BEDECHKA = {"bg": "Парк „Бедечка“: референдумът не е валиден", "en": "Bedechka Park"}


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Return a function that keeps a picture of a page under the test's name: what CI shows of the journeys."""
    folder = settings.VAR_DIR / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    way = slugify(request.node.name.removeprefix("test_").replace("_", "-").replace("[", "-"))

    def keep(page: Page, place: str) -> None:
        for attempt in range(5):  # on a busy machine Chromium may have no frame to give yet
            try:
                page.screenshot(path=folder / f"{way}-{place}.png")
            except Error as error:
                if "Unable to capture screenshot" not in error.message or attempt == 4:
                    raise
                page.wait_for_timeout(500)
            else:
                return

    return keep


@pytest.fixture
def without_scripts(browser: Browser, recorder: Recorder) -> Iterator[Page]:
    """A phone whose browser runs no scripts."""
    context = browser.new_context(
        base_url=recorder.origin, viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    recorder.watch(context)
    yield context.new_page()
    context.close()


def ask(page: Page, words: str) -> None:
    """Type a question into the search field of the home page and send it."""
    page.locator("main input[name=q]").fill(words)
    page.locator("main input[name=q]").press("Enter")
    page.wait_for_url("**/search/?q=*")


# A citizen on a phone


@pytest.mark.parametrize(
    ("language", "typed", "marked"),
    [
        ("bg", "участие на младите хора в бюджета", "млади"),
        ("bg", "uchastie na mladite", "млади"),
        ("bg", "w'dijre kd ;.dorje", "млади"),  # the same with a keyboard that was not switched to Bulgarian
        ("en", "young people and the budget", "young"),
    ],
    ids=["words", "latin", "keyboard", "english"],
)
def test_a_citizen_lands_on_what_answers(
    phone: Page, picture: Callable[[Page, str], None], language: str, typed: str, marked: str
) -> None:
    phone.goto(f"/{language}/")
    expect(phone.locator("main input[name=q]")).to_be_in_viewport()
    ask(phone, typed)
    passage = phone.locator(".hit__passage").first
    assert marked in " ".join(passage.locator("mark").all_inner_texts()).lower()
    picture(phone, "results")

    phone.locator(".hit h2 a, .hit h3 a").first.click()
    phone.wait_for_url(lambda address: "/search/" not in address)

    expect(phone.locator("h1")).to_be_visible()
    assert marked in phone.locator("main").inner_text().lower()
    assert phone.context.cookies() == []
    picture(phone, "answer")


def test_a_citizen_lands_on_the_page_of_the_pdf_that_answers(phone: Page, picture: Callable[[Page, str], None]) -> None:
    phone.goto("/bg/")
    ask(phone, "младите хора участват в обсъждането на бюджета")
    phone.locator(".hit a[href*='page%3D14']").first.click()

    fourteenth = phone.locator("[id='page=14']")
    expect(fourteenth).to_be_in_viewport()
    assert {"младите", "бюджета"} <= {text.lower() for text in fourteenth.locator("mark").all_inner_texts()}
    picture(phone, "page")


def test_a_citizen_without_scripts_finds_reads_and_says_what_was_missing(
    without_scripts: Page, recorder: Recorder, picture: Callable[[Page, str], None]
) -> None:
    recorder.expect(r"^422: .*/write/barrier/")
    page = without_scripts
    page.goto("/bg/")
    ask(page, "референдум за парк Бедечка")
    page.locator(".hit h2 a, .hit h3 a").first.click()
    page.get_by_role("button", name="Не", exact=True).click()
    page.locator("textarea[name=text]").fill("Кога е бил вотът?")
    page.locator("main form button[type=submit]").click()
    picture(page, "thanks")

    page.get_by_role("link", name="Съобщете за пречка").first.click()
    page.get_by_label("Какво ви попречи?").fill("Картата не се чете.")
    page.locator("input[name=email]").fill("няма")
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Какво ви попречи?")).to_have_value("Картата не се чете.")
    picture(page, "wrong-field")
    page.locator("input[name=email]").fill("")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/write/sent/")

    written = VisitorMessage.objects.order_by("pk").values_list("kind", "text")
    assert list(written) == [("feedback", "Кога е бил вотът?"), ("barrier", "Картата не се чете.")]
    assert page.context.cookies() == []


def test_a_citizen_with_a_keyboard_alone_goes_all_the_way(desktop: Page, picture: Callable[[Page, str], None]) -> None:
    desktop.goto("/bg/")
    desktop.keyboard.press("Tab")
    expect(desktop.locator(".skip-link")).to_be_focused()
    desktop.keyboard.press("Enter")
    desktop.keyboard.press("Tab")
    expect(desktop.locator("main input[name=q]")).to_be_focused()
    desktop.keyboard.type("граждански бюджет")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/search/?q=*")

    walk_to(desktop, "a.skip-link")
    desktop.keyboard.press("Enter")
    walk_to(desktop, ".hit h2 a, .hit h3 a")
    picture(desktop, "hit")
    title = desktop.locator(":focus").inner_text()
    desktop.keyboard.press("Enter")
    desktop.wait_for_url(lambda address: "/search/" not in address)

    expect(desktop.locator("main").get_by_text(title).first).to_be_in_viewport()
    picture(desktop, "answer")


def walk_to(page: Page, selector: str) -> None:
    """Press Tab until an element of the selector has the focus, which must be seen at every step."""
    for _ in range(80):
        page.keyboard.press("Tab")
        focus = page.evaluate(
            """selector => {
                const own = document.activeElement, field = own.closest('.search-form');
                const rings = [own, own.firstElementChild, field].filter(Boolean).map(e => getComputedStyle(e));
                return [own.matches(selector), rings.some(s => s.outlineStyle !== 'none'), own.outerHTML.slice(0, 120)];
            }""",
            selector,
        )
        assert focus[1], f"nobody sees the focus on {focus[2]}"
        if focus[0]:
            return
    pytest.fail(f"Tab does not lead to {selector}")


# An officer of an organisation


@pytest.mark.parametrize("language", ["bg", "en"])
def test_an_officer_of_an_organisation_takes_a_practice_with_everything_to_reuse_it(
    desktop: Page, picture: Callable[[Page, str], None], tmp_path: Path, language: str
) -> None:
    desktop.goto(f"/{language}/")
    desktop.locator(".doors a").first.click()
    desktop.locator("#facet-municipality").click()
    desktop.locator("input[name=municipality][value=stara-zagora]").check()
    desktop.locator(".facets button[type=submit]").click()
    desktop.wait_for_url("**municipality=stara-zagora**")
    picture(desktop, "narrowed")
    desktop.get_by_role("link", name=BEDECHKA[language]).first.click()

    facts = desktop.locator("aside .facts")
    for fact in {"bg": ("141 328", "Община Стара Загора", "чл. 32"), "en": ("141,328", "Stara Zagora", "32")}[language]:
        expect(facts).to_contain_text(fact)
    expect(desktop.locator("#criticism")).to_be_visible()
    picture(desktop, "practice")
    with desktop.expect_download() as download:
        desktop.locator("a[href*='zip']").click()
    bundle = zipfile.ZipFile(keep(download.value, tmp_path))
    assert {Path(name).suffix for name in bundle.namelist()} >= {".pdf", ".docx"}
    listed = json.loads(bundle.read("manifest.json"))["files"]
    assert all(file["licence"] == "CC-BY-4.0" and file["citation"] for file in listed)

    desktop.locator("#publications ~ ul a").first.click()
    expect(desktop.locator(".citations")).to_contain_text("ISO 690")
    with desktop.expect_download() as download:
        desktop.get_by_role("link", name="CSL-JSON").click()
    assert json.loads(keep(download.value, tmp_path).read_text(encoding="utf-8"))
    picture(desktop, "publication")


def keep(download: Any, folder: Path) -> Path:
    """Save a download and return where."""
    target = folder / download.suggested_filename
    download.save_as(target)
    return target


# An expert of a municipality


@pytest.fixture
def desk(live_site: str, desktop: Page) -> Page:
    """The desktop of somebody who has signed in to the admin."""
    User.objects.create_superuser("office", "office@example.org", PASSWORD)
    desktop.goto("/admin/")
    desktop.locator("input[name=login]").fill("office")
    desktop.locator("input[name=password]").fill(PASSWORD)
    desktop.locator("input[name=password]").press("Enter")
    desktop.wait_for_url("**/admin/")
    return desktop


def test_an_expert_replaces_a_file_and_no_link_breaks(
    desk: Page, run_tasks: Callable[[], list[Any]], picture: Callable[[Page, str], None]
) -> None:
    document = Document.objects.get(title="Първи доклад (примерен документ)")
    address, first = document.url, document.latest.url
    before = desk.request.get(address).body()
    after = printed(desk, "Новата редакция говори за бухалите.")

    desk.goto(f"/admin/documents/edit/{document.pk}/")
    desk.set_input_files("input[type=file]", {"name": "доклад.pdf", "mimeType": "application/pdf", "buffer": after})
    desk.locator("main form button[type=submit]").first.click()
    desk.wait_for_url("**/admin/documents/")
    picture(desk, "documents")
    run_tasks()

    assert desk.request.get(address).body() == after
    assert desk.request.get(first).body() == before
    desk.goto("/bg/search/?q=бухал")
    expect(desk.locator(".hit__passage").first).to_contain_text("бухалите")
    desk.goto(document.publication.url)
    expect(desk.locator(f"#file-{document.pk} .document-item__facts").first).to_contain_text("версия 2")
    picture(desk, "publication")


def printed(page: Page, text: str) -> bytes:
    """Return a text as a PDF."""
    sheet = page.context.new_page()
    sheet.set_content(f"<html lang=bg><title>Доклад</title><p>{text}</p></html>")
    content = sheet.pdf()
    sheet.close()
    return content


# The association


@pytest.mark.parametrize("language", ["bg", "en"])
def test_the_association_shows_what_the_project_did_and_how_far_the_strategy_is(
    desktop: Page, picture: Callable[[Page, str], None], language: str
) -> None:
    desktop.goto(f"/{language}/")
    desktop.locator(".doors a").last.click()
    expect(desktop.locator("#activities")).to_be_visible()
    expect(desktop.locator("#results")).to_be_visible()
    expect(desktop.locator("aside .facts")).to_contain_text("44 818" if language == "bg" else "44,818")
    expect(desktop.locator("#reports ~ ul, .section-head:has(#reports) ~ ul").first.locator("a")).to_have_count(3)
    picture(desktop, "project")

    desktop.locator(".menu a").nth(1).click()
    expect(desktop.locator(".states")).to_be_visible()
    desktop.locator(".chapter-list a").first.click()
    expect(desktop.locator(".measure .badge").first).to_be_visible()
    picture(desktop, "measures")


def test_the_association_gives_a_funder_the_report_of_readers(desk: Page, picture: Callable[[Page, str], None]) -> None:
    home = HomePage.objects.get(locale__language_code="bg")
    PageViewCount.objects.create(page=home, day=timezone.localdate(), number=7)

    desk.goto("/admin/reports/readers/")
    expect(desk.locator("main svg[role=img]")).to_be_visible()
    picture(desk, "readers")

    with desk.expect_download() as download:
        desk.get_by_role("button", name="Действия").first.click()
        desk.locator("a[href*='export=xlsx']").first.click()

    assert download.value.suggested_filename.endswith(".xlsx")

"""What the hub is for: an editor publishes; a visitor finds by other forms, lands on the page, and downloads."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from files.models import PublicationIndexPage, PublicationPage
from hub.seeding import translation_key
from tests.browser.conftest import Recorder

pytestmark = pytest.mark.browser

PASSWORD = "a long password of words"


@dataclass(frozen=True)
class Job:
    """What is published and looked for in one language."""

    language: str
    title: str
    first_page: str
    second_page: str
    query: str  # other forms of the words than the file has
    marked: list[str]  # the words of the file that the hit marks
    label: str


BULGARIAN = Job(
    "bg",
    "Гнездата в градските паркове",
    "Доклад на работната група. Съдържание на първата страница.",
    "Кварталните съвети наблюдават бухалите, които гнездят в старите паркове.",
    "квартален съвет бухал парк",
    ["Кварталните", "съвети", "бухалите", "паркове"],
    "стр. 2",
)
ENGLISH = Job(
    "en",
    "Nests in the city parks",
    "Report of the working group. Contents of the first page.",
    "Neighbourhood councils are watching the eagle owls that nest in the old parks.",
    "council watched owl nesting park",
    ["councils", "watching", "owls", "nest", "parks"],
    "p. 2",
)


@pytest.fixture
def print_pdf(browser: Browser) -> Callable[[Job], bytes]:
    """Return a function that prints a job's two pages as a PDF."""

    def print_job(job: Job) -> bytes:
        page = browser.new_page()
        page.set_content(
            f"<html lang={job.language}><title>{job.title}</title><p>{job.first_page}</p>"
            f"<p style='break-before: page'>{job.second_page}</p></html>"
        )
        content = page.pdf()
        page.close()
        return content

    return print_job


@pytest.fixture
def signed_in(live_site: str, desktop: Page, make_person: Callable[..., Any]) -> Page:
    """The desktop of somebody who may publish."""
    make_person("publisher", "Издатели")
    desktop.goto("/admin/")
    desktop.fill("input[name=login]", "publisher")
    desktop.fill("input[name=password]", PASSWORD)
    desktop.press("input[name=password]", "Enter")
    desktop.wait_for_url("**/admin/")
    return desktop


def publish_publication(admin: Page, job: Job) -> PublicationPage:
    """Write and publish a publication in the admin's form."""
    index = PublicationIndexPage.objects.get(locale__language_code="bg")
    admin.goto(f"/admin/pages/add/files/publicationpage/{index.pk}/")
    admin.fill("input[name=title]", job.title)
    admin.select_option("select[name=kind]", index=1)
    admin.fill("input[name=publisher]", "Работна група")
    admin.select_option("select[name=licence]", "CC-BY-4.0")
    admin.locator("footer [data-w-dropdown-target=toggle]").click()
    admin.locator("button[name=action-publish]").click()
    admin.wait_for_url(f"**/admin/pages/{index.pk}/")
    return PublicationPage.objects.get(title=job.title, locale__language_code="bg")


def add_file(admin: Page, publication: PublicationPage, job: Job, pdf: bytes) -> None:
    """Add the file from the publication's own form."""
    admin.goto(f"/admin/pages/{publication.pk}/edit/")
    admin.locator("a[href*='/files/add/']").click()
    admin.set_input_files(
        "input[type=file]", {"name": f"{job.title}.pdf", "mimeType": "application/pdf", "buffer": pdf}
    )
    admin.fill("input[name=title]", job.title)
    admin.select_option("select[name=language]", job.language)
    admin.locator("main form button[type=submit]").last.click()
    admin.wait_for_url(f"**/admin/pages/{publication.pk}/edit/")


def find_and_download(visitor: Page, job: Job, pdf: bytes, folder: Path) -> None:
    """Search as a visitor, land on the second page of the PDF, and download the file from its publication."""
    visitor.goto(f"/{job.language}/")
    visitor.locator("main input[name=q]").fill(job.query)
    visitor.locator("main input[name=q]").press("Enter")
    visitor.wait_for_url(f"**/{job.language}/search/?q=*")
    hit = visitor.locator(".hit").first
    expect(hit.locator("h2, h3").first).to_contain_text(job.title)
    passage = hit.locator(".hit__passage").first
    assert set(job.marked) <= set(passage.locator("mark").all_inner_texts())
    link = passage.get_by_role("link", name=job.label)
    address = link.get_attribute("href")
    assert address is not None
    assert address.endswith("#page=2")
    link.click()
    visitor.wait_for_url("**/read/?*#page=2")
    page = visitor.locator("[id='page=2']")
    expect(page).to_be_in_viewport()
    assert set(job.marked) <= set(page.locator("mark").all_inner_texts())
    expect(page.locator("figure img")).to_have_attribute("loading", "lazy")
    with visitor.expect_download() as download:
        visitor.locator(".reader-facts a[href$='?download']").click()
    target = folder / "download.pdf"
    download.value.save_as(target)
    assert target.read_bytes() == pdf
    assert visitor.context.cookies() == []


@pytest.fixture
def visitor(browser: Browser, recorder: Recorder) -> Any:
    """A visitor's phone, without an account and without cookies."""
    context = browser.new_context(
        base_url=recorder.origin, viewport={"width": 360, "height": 740}, accept_downloads=True
    )
    recorder.watch(context)
    yield context.new_page()
    context.close()


def test_a_new_publication_is_found_by_other_forms_of_its_words_and_downloaded(
    signed_in: Page,
    visitor: Page,
    print_pdf: Callable[[Job], bytes],
    run_tasks: Callable[[], list[Any]],
    tmp_path: Path,
) -> None:
    pdf = print_pdf(BULGARIAN)

    publication = publish_publication(signed_in, BULGARIAN)
    add_file(signed_in, publication, BULGARIAN, pdf)
    run_tasks()

    find_and_download(visitor, BULGARIAN, pdf, tmp_path)


def test_an_english_file_added_to_a_publication_is_found_in_english(
    signed_in: Page,
    visitor: Page,
    print_pdf: Callable[[Job], bytes],
    run_tasks: Callable[[], list[Any]],
    tmp_path: Path,
) -> None:
    pdf = print_pdf(ENGLISH)
    publication = PublicationPage.objects.get(
        translation_key=translation_key("files/first-report"), locale__language_code="bg"
    )

    add_file(signed_in, publication, ENGLISH, pdf)
    run_tasks()

    find_and_download(visitor, ENGLISH, pdf, tmp_path)

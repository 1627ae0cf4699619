"""Reading a document: from a hit to its page, from place to place, with and without pictures and scripts."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Recorder

pytestmark = pytest.mark.browser

QUESTION = "младите хора участват в обсъждането на бюджета"


def test_a_hit_opens_at_its_page_and_one_reads_on_from_there(desktop: Page) -> None:
    desktop.goto(f"/bg/search/?q={QUESTION}&kind=file")
    desktop.locator(".hit a[href*='page%3D14']").first.click()

    fourteenth = desktop.locator("[id='page=14']")
    expect(fourteenth).to_be_in_viewport()
    assert {"младите", "хора", "бюджета"} <= {text.lower() for text in fourteenth.locator("mark").all_inner_texts()}
    expect(fourteenth.locator("figure img")).to_have_js_property("naturalWidth", 900)

    desktop.locator("#find").fill("бюджетът")
    desktop.locator("#find").press("Enter")
    desktop.wait_for_url("**?q=*")
    desktop.locator("[data-hit=next]").click()
    expect(desktop.locator("mark:focus")).to_be_in_viewport()

    desktop.locator(".reader-facts a[href*='view=text']").click()
    desktop.wait_for_url("**view=text**")
    expect(desktop.locator("[data-part] img")).to_have_count(0)
    expect(desktop.locator("[data-part] mark").first).to_be_attached()
    assert desktop.context.cookies() == []


def test_further_pages_come_as_one_scrolls(phone: Page) -> None:
    phone.goto(f"/bg/search/?q={QUESTION}&kind=file")
    address = phone.locator(".hit a[href*='/read/']").first.get_attribute("href") or ""
    phone.goto(address.partition("?")[0])
    assert phone.locator("[data-part]").count() == 8

    phone.locator("[data-part]").last.scroll_into_view_if_needed()

    expect(phone.locator("[data-part]")).to_have_count(16)


def test_an_address_with_a_page_alone_opens_there(desktop: Page) -> None:
    desktop.goto(f"/bg/search/?q={QUESTION}&kind=file")
    address = desktop.locator(".hit a[href*='/read/']").first.get_attribute("href") or ""

    desktop.goto(address.partition("?")[0] + "?q=бюджет#page=14")

    desktop.wait_for_url("**at=page%3D14**")
    expect(desktop.locator("[id='page=14']")).to_be_in_viewport()
    expect(desktop.locator("[id='page=14'] mark").first).to_be_visible()


def test_without_scripts_a_hit_opens_at_its_page_and_the_next_place_is_a_link(
    browser: Browser, recorder: Recorder
) -> None:
    context = browser.new_context(base_url=recorder.origin, java_script_enabled=False)
    recorder.watch(context)
    page = context.new_page()
    page.goto(f"/bg/search/?q={QUESTION}&kind=file")
    page.locator(".hit a[href*='page%3D14']").first.click()

    expect(page.locator("[id='page=14'] mark").first).to_be_visible()
    expect(page.locator("[id='page=14']")).to_be_in_viewport()
    page.locator("#find").fill("бюджетът")
    page.locator("#find").press("Enter")
    page.wait_for_url("**?q=*")
    target = page.locator("[data-hit=next]").get_attribute("href") or ""
    page.locator("[data-hit=next]").click()
    page.wait_for_url(re.compile(re.escape(target.partition("#")[2]) + "$"))
    assert page.locator("[data-part] mark").count() > 0
    context.close()

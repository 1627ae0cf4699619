"""A hit on a page opens at its words, wherever on the page they stand."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_a_hit_in_the_facts_at_the_end_of_a_page_opens_there(phone: Page) -> None:
    phone.goto("/bg/search/?q=платформа&kind=practice")

    phone.locator(".hit a[href*='#facts:~:text=']").first.click()

    expect(phone.locator("#facts ~ dl").get_by_text("за самата платформа")).to_be_in_viewport()
    assert phone.evaluate("scrollY") > 2 * phone.evaluate("innerHeight")

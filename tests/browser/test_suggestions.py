"""Suggestions under a search field, by keyboard alone, in a real browser."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import told

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", ["phone", "desktop"])
def test_suggestions_are_chosen_by_keyboard_and_said_to_a_screen_reader(
    request: pytest.FixtureRequest, width: str
) -> None:
    page: Page = request.getfixturevalue(width)
    page.goto("/bg/")
    field = page.get_by_role("combobox").first
    options = page.get_by_role("option")

    field.focus()
    page.keyboard.type("граждански бю")
    expect(options.first).to_contain_text("граждански бюджет")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".search-form [role=status]").first).to_contain_text(str(options.count()))
    assert told(Axe().run(page).response["violations"]) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("window.innerWidth")

    page.keyboard.press("ArrowUp")  # through the field to the last one
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "")
    page.keyboard.press("Home")  # back in the text
    expect(options.first).to_have_attribute("aria-selected", "false")
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("граждански бю")

    page.keyboard.press("ArrowDown")  # open again
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/bg/search/\?q="))
    expect(page.locator("main input[type=search]")).to_have_value("граждански бюджет")


def test_a_suggested_title_is_opened_by_keyboard_and_by_pointer(desktop: Page) -> None:
    for choose in ("keyboard", "pointer"):
        desktop.goto("/en/search/")
        desktop.get_by_role("combobox").press_sequentially("oil pipeline")
        option = desktop.get_by_role("option", name="Pomorie")
        expect(option).to_be_visible()
        if choose == "pointer":
            option.click()
        else:
            while option.get_attribute("aria-selected") != "true":
                desktop.keyboard.press("ArrowDown")
            desktop.keyboard.press("Enter")
        desktop.wait_for_url("**/en/practices/pomorie-oil-pipeline-referendum-2009/")


def test_what_is_typed_on_is_asked_once_and_an_answer_that_comes_too_late_is_not_shown(desktop: Page) -> None:
    asked = []
    desktop.on("request", lambda request: asked.append(request.url) if "suggestions/" in request.url else None)
    desktop.goto("/bg/search/")

    desktop.get_by_role("combobox").press_sequentially("бюджет", delay=10)
    expect(desktop.get_by_role("option").first).to_be_visible()
    assert len(asked) == 1

    desktop.get_by_role("combobox").press("Enter")
    desktop.wait_for_url(re.compile(r"q="))
    expect(desktop.get_by_role("option")).to_have_count(0)

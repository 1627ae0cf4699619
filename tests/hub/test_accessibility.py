"""The accessibility statement tells what the tests found, and no more."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.formats import date_format
from wagtail.models import Page

from hub import accessibility
from hub.models import AccessibilityPage
from hub.models.accessibility import Compliance
from tests.factories.hub import add_page
from tests.reading import read

CONTRAST = {"id": "color-contrast", "help": "Elements must meet contrast", "helpUrl": "https://example.org/contrast"}


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A file of results of this test's own."""
    path = tmp_path / "accessibility.json"
    monkeypatch.setattr("hub.models.accessibility.last_run", lambda: accessibility.last_run(path))
    accessibility.last_run.cache_clear()
    yield path
    accessibility.last_run.cache_clear()


def found(results: Path, findings: dict[str, list[dict[str, Any]]]) -> None:
    """Record what a run found."""
    accessibility.record(findings, tool="axe-core 4.12", views=8, day=date(2056, 3, 4), to=results)


def statement(home: Page, **values: Any) -> AccessibilityPage:
    """Publish a statement."""
    return add_page(home, AccessibilityPage, title="Достъпност", **values)


def test_the_statement_names_each_problem_that_the_tests_found(home: Page, client: Client, results: Path) -> None:
    found(results, {"/bg/": [CONTRAST], "/en/": [CONTRAST], "/bg/a/": []})

    html = read(client, statement(home).url)

    assert "Elements must meet contrast" in html
    assert "<code>/bg/</code>, <code>/en/</code>" in html
    assert "<code>/bg/a/</code>" not in html
    assert date_format(date(2056, 3, 4), "DATE_FORMAT") in html
    assert "axe-core 4.12" in html


def test_a_clean_run_names_no_problem(home: Page, client: Client, results: Path) -> None:
    found(results, {"/bg/": []})

    html = read(client, statement(home).url)

    assert "color-contrast" not in html
    assert date_format(date(2056, 3, 4), "DATE_FORMAT") in html


@pytest.mark.parametrize(
    ("findings", "shown"), [({"/bg/": [CONTRAST]}, Compliance.PARTIAL), ({"/bg/": []}, Compliance.FULL)]
)
def test_nobody_can_state_more_than_the_tests_bear_out(
    findings: dict[str, list[dict[str, Any]]], shown: Compliance, home: Page, results: Path
) -> None:
    found(results, findings)

    assert statement(home, compliance=Compliance.FULL).shown_compliance == shown


def test_without_a_run_the_statement_says_so(home: Page, client: Client, results: Path) -> None:
    page = statement(home, compliance=Compliance.FULL)

    assert page.shown_compliance == Compliance.PARTIAL
    assert 'id="preparation"' in read(client, page.url)


def test_the_statement_leads_to_the_report_of_a_barrier(home: Page, client: Client, results: Path) -> None:
    main = read(client, statement(home, enforcement="Към комисията.").url).split("<main")[1].split("</main>")[0]

    assert 'href="/bg/write/barrier/"' in main
    assert "<p>Към комисията.</p>" in main


def test_two_runs_that_find_the_same_write_the_same(results: Path) -> None:
    found(results, {"/bg/": [CONTRAST], "/en/": [CONTRAST]})
    first = results.read_bytes()

    found(results, {"/en/": [CONTRAST], "/bg/": [CONTRAST]})

    assert results.read_bytes() == first


def test_the_committed_results_can_be_read() -> None:
    run = accessibility.last_run()

    assert run is not None
    assert run.pages > 30

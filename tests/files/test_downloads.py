"""How often files were downloaded, as readers, machines and editors are shown it."""

import csv
import datetime
import io
import json
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from files.circulation.statistics import statistics
from files.models import Document, DownloadCount, Version
from hub.charts import bar_chart, ticks_up_to
from tests.factories.files import make_document, make_publication, version_of
from tests.reading import read

TODAY = datetime.date(2026, 3, 15)


@pytest.fixture
def document(home: Page) -> Document:
    return make_document(publication=make_publication(home), title="Доклад", title_en="Report")


def add(version: Version, day: str, single: int = 1, bundled: int = 0) -> None:
    DownloadCount.objects.create(version=version, day=datetime.date.fromisoformat(day), single=single, bundled=bundled)


@pytest.fixture
def counted(document: Document) -> Document:
    add(version_of(document), "2026-03-14", single=3)
    add(version_of(document), "2026-01-05", single=2, bundled=4)
    return document


def test_a_chart_has_a_bar_for_each_day_those_without_downloads_too(counted: Document) -> None:
    shown = statistics(30, today=TODAY)

    assert [bar.value for bar in shown.chart.bars] == [0] * 28 + [3, 0]
    assert (shown.first, shown.last) == (datetime.date(2026, 2, 14), TODAY)
    assert (shown.chart.bars[-2].label, shown.chart.total) == ("14.03.", 3)


def test_a_year_is_shown_by_month(counted: Document) -> None:
    shown = statistics(365, today=TODAY)

    assert [(bar.label, bar.value) for bar in shown.chart.bars][-3:] == [("01.2026", 6), ("02.2026", 0), ("03.2026", 3)]
    assert len(shown.chart.bars) == 12
    (file,) = shown.files
    assert (file.single, file.bundled, file.total) == (5, 4, 9)


def test_the_files_with_most_downloads_come_first(counted: Document, home: Page) -> None:
    more = make_document(publication=make_publication(home))
    add(version_of(more), "2026-03-10", single=1, bundled=5)

    assert [file.pk for file in statistics(30, today=TODAY).files] == [more.pk, counted.pk]


def test_the_figures_of_one_file_are_its_own(counted: Document, home: Page) -> None:
    other = make_document(publication=make_publication(home))
    add(version_of(other), "2026-03-10", single=7)

    assert statistics(30, counted, today=TODAY).chart.total == 3


def test_what_is_not_public_is_in_no_figure(client: Client, counted: Document, home: Page) -> None:
    hidden = make_document(publication=make_publication(home, live=False), title="Таен")
    add(version_of(hidden), "2026-03-10", single=7)

    assert statistics(30, today=TODAY).chart.total == 3
    for name in ("downloads_csv", "downloads_json"):
        assert "Таен" not in text(client.get(reverse(f"documents:{name}")))


def text(response: Any) -> str:
    assert response.status_code == 200
    content: bytes = response.content_read if response.streaming else response.content
    return content.decode()


def test_a_csv_has_its_headings_in_the_language_of_its_address(client: Client, counted: Document) -> None:
    bulgarian = text(client.get("/bg/files/downloads.csv"))
    english = list(csv.DictReader(io.StringIO(text(client.get("/en/files/downloads.csv")).removeprefix("\ufeff"))))

    assert bulgarian.startswith("\ufeff")
    assert "Доклад" in bulgarian
    assert [(row["Title"], row["Downloads"], row["In bundles"]) for row in english] == [
        ("Report", "2", "4"),
        ("Report", "3", "0"),
    ]
    assert english[0]["Address"] == f"http://testserver{version_of(counted).url}"
    assert english[0]["SHA-256"] == version_of(counted).blob.sha256


def test_json_says_what_it_is(client: Client, counted: Document) -> None:
    answer = json.loads(text(client.get("/bg/files/downloads.json")))

    assert answer["licence"].startswith("https://creativecommons.org/")
    assert set(answer["columns"]) == set(answer["rows"][0])
    assert [(row["date"], row["downloads"], row["in_bundles"]) for row in answer["rows"]] == [
        ("2026-01-05", 2, 4),
        ("2026-03-14", 3, 0),
    ]


def test_json_of_nothing_is_json(client: Client, home: Page) -> None:
    assert json.loads(text(client.get("/bg/files/downloads.json")))["rows"] == []


@pytest.mark.parametrize(
    ("query", "days"),
    [("first=2026-02-01", ["2026-03-14"]), ("last=2026-02-01", ["2026-01-05"]), ("document=999999", []),
     ("first=2026-01-05&last=2026-01-05", ["2026-01-05"])],
)  # fmt: skip
def test_a_period_and_a_file_can_be_asked_for(client: Client, counted: Document, query: str, days: list[str]) -> None:
    answer = json.loads(text(client.get(f"/bg/files/downloads.json?{query}")))

    assert [row["date"] for row in answer["rows"]] == days


@pytest.mark.parametrize("query", ["first=yesterday", "document=x", f"document={2**64}"])
@pytest.mark.parametrize("name", ["csv", "json"])
def test_what_cannot_be_understood_is_said(client: Client, home: Page, query: str, name: str) -> None:
    response = client.get(f"/bg/files/downloads.{name}?{query}")

    assert response.status_code == 400
    assert query.partition("=")[0] in response.json()["errors"]


def test_a_title_that_looks_like_a_formula_is_text(client: Client, home: Page) -> None:
    add(version_of(make_document(publication=make_publication(home), title="=1+1")), "2026-03-14")

    assert "'=1+1" in text(client.get("/bg/files/downloads.csv"))


@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize("days", ["30", "90", "365", "x", ""])
def test_the_page_shows_the_chart_its_table_and_the_data(
    client: Client, counted: Document, language: str, days: str
) -> None:
    with time_machine.travel("2026-03-15T12:00:00Z", tick=False):
        html = read(client, f"/{language}/files/downloads/?days={days}")

    assert "<svg" in html
    assert f"/{language}/files/downloads.csv" in html
    assert counted.url in html
    assert 'style="' not in html


def test_the_page_asks_the_database_for_little(
    client: Client, counted: Document, django_assert_max_num_queries: Any
) -> None:
    read(client, "/bg/files/downloads/")
    with django_assert_max_num_queries(14):
        read(client, "/bg/files/downloads/?days=365")


def test_editors_find_the_report_and_the_figures_of_a_file(client: Client, counted: Document, editor: Any) -> None:
    client.force_login(editor)

    with time_machine.travel("2026-03-15T12:00:00Z"):
        report = read(client, reverse("file_downloads"))
        one = read(client, f"{reverse('file_downloads')}?days=365&document={counted.pk}")

    assert f"document={counted.pk}" in report
    assert reverse("wagtaildocs:edit", args=[counted.pk]) in one


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [(0, [0, 1]), (1, [0, 1]), (5, [0, 1, 2, 3, 4, 5]), (6, [0, 2, 4, 6]), (11, [0, 5, 10, 15]),
     (48, [0, 10, 20, 30, 40, 50]), (101, [0, 50, 100, 150])],
)  # fmt: skip
def test_a_scale_has_few_round_figures(highest: int, ticks: list[int]) -> None:
    assert ticks_up_to(highest) == ticks


def test_the_bars_stay_inside_the_picture() -> None:
    chart = bar_chart([("a", 0), ("b", 7), ("c", 10)])

    assert all(
        bar.x >= 0 and bar.x + bar.width <= chart.width and bar.y + bar.height <= chart.height for bar in chart.bars
    )
    assert chart.bars[0].height == 0

"""The editors' report of what is asked and what is missed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from search.asked_report import AskedRow
from search.models import AskedQuery, MissedNote
from search.models.log import Asking


@pytest.fixture
def asked(db: None) -> None:
    """Queries of this week and of last year."""
    today = timezone.localdate()
    AskedQuery.objects.add(
        [
            (Asking("bg", "бюджет", today), 3, 12),
            (Asking("bg", "бюджет", today - timedelta(days=5)), 4, 0),
            (Asking("en", "ombudsman", today), 5, 0),
            (Asking("bg", "=1+1", today), 1, 0),
            (Asking("bg", "миналогодишно", today - timedelta(days=300)), 9, 1),
        ]
    )
    MissedNote.objects.create(language="bg", day=today, query="кошове", text="Къде са правилата за кошовете?")


def test_the_report_orders_by_times_and_sets_apart_what_nothing_answers(
    client: Client, administrator: Any, site: Any, asked: None
) -> None:
    client.force_login(administrator)

    context: Any = client.get("/admin/reports/asked/").context

    assert [(row.text, row.times, row.results) for row in context["popular"]] == [
        ("бюджет", 7, 12), ("ombudsman", 5, 0), ("=1+1", 1, 0),
    ]  # fmt: skip
    assert [row.text for row in context["in_vain"]] == ["ombudsman", "=1+1"]
    assert [note.query for note in context["notes"]] == ["кошове"]


def test_the_period_can_be_chosen(client: Client, administrator: Any, site: Any, asked: None) -> None:
    client.force_login(administrator)

    context: Any = client.get("/admin/reports/asked/", {"days": 365}).context

    assert context["popular"][0].text == "миналогодишно"


def test_the_tables_are_given_as_csv_that_no_spreadsheet_takes_for_formulas(
    client: Client, administrator: Any, site: Any, asked: None
) -> None:
    client.force_login(administrator)

    lines = client.get("/admin/reports/asked/", {"csv": "in_vain"}).content.decode().splitlines()
    notes = client.get("/admin/reports/asked/", {"csv": "missed"}).content.decode()

    assert [line.split(",")[0] for line in lines[1:]] == ["ombudsman", "'=1+1"]
    assert "Къде са правилата за кошовете?" in notes
    assert client.get("/admin/reports/asked/", {"csv": "popular"}).content.decode().count("\n") == 4


def test_each_query_leads_to_the_glossary_and_to_its_pins(
    client: Client, administrator: Any, site: Any, asked: None
) -> None:
    client.force_login(administrator)

    row = client.get("/admin/reports/asked/").context["popular"][0]

    assert 'value="бюджет"' in client.get(row.pin_url).content.decode()
    assert 'value="бюджет"' in client.get(row.glossary_url).content.decode()


@pytest.mark.parametrize(("text", "field"), [("кошове", "term_bg"), ("bins", "term_en")])
def test_words_become_a_term_of_the_language_that_they_are_written_in(text: str, field: str) -> None:
    rows = [AskedRow(language, text, 1, 0, date(2026, 1, 1)) for language in ("bg", "en")]

    assert all(f"?{field}=" in row.glossary_url for row in rows)


def test_a_note_is_deleted_by_whoever_may(client: Client, administrator: Any, editor: Any, asked: None) -> None:
    note = MissedNote.objects.get()

    client.force_login(editor)
    assert client.post("/admin/reports/asked/", {"note": note.pk}).status_code in {302, 403}
    assert MissedNote.objects.exists()

    client.force_login(administrator)
    client.post("/admin/reports/asked/", {"note": note.pk})
    assert not MissedNote.objects.exists()


def test_visitors_do_not_see_the_report(client: Client, site: Any) -> None:
    assert client.get("/admin/reports/asked/").status_code == 302

"""The directories of organisations."""

import csv
import io

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation
from wagtail.models import Page

from hub.models import Organisation, OrganisationDirectoryPage
from tests.factories.hub import make_directory, make_municipality, make_organisation, make_theme


@pytest.fixture
def directory(home: Page) -> OrganisationDirectoryPage:
    """The directory of one municipality, empty."""
    return make_directory(home, make_municipality(name_bg="Сливен", slug="sliven"))


def rows_of(client: Client, directory: OrganisationDirectoryPage) -> list[list[str]]:
    """Return the rows of the directory's CSV file."""
    response = client.get(directory.url + directory.reverse_subpage("csv"))
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def shown(client: Client, directory: OrganisationDirectoryPage, **filters: str) -> list[str]:
    """Return the names of the organisations that the page shows."""
    return [row.name for row in client.get(directory.url, filters).context["rows"]]


def test_a_contact_without_consent_is_refused() -> None:
    row = Organisation(contact_email="office@example.org", consent_recorded=False)

    with pytest.raises(ValidationError) as refusal:
        row.clean()

    assert "consent_recorded" in refusal.value.message_dict


def test_a_contact_without_consent_is_nowhere_to_be_seen(directory: OrganisationDirectoryPage, client: Client) -> None:
    make_organisation(
        directory.municipality, contact_email="secret@example.org", contact_url="https://secret.example.org"
    )

    page = client.get(directory.url).content.decode()
    rows = rows_of(client, directory)

    assert "secret" not in page
    assert "secret" not in str(rows)


def test_a_contact_with_consent_is_published(directory: OrganisationDirectoryPage, client: Client) -> None:
    make_organisation(directory.municipality, contact_email="office@example.org", consent_recorded=True)

    page = client.get(directory.url).content.decode()
    rows = rows_of(client, directory)

    assert "office@example.org" in page
    assert "office@example.org" in rows[1]


def test_only_organisations_of_the_municipality_are_listed(
    directory: OrganisationDirectoryPage, client: Client
) -> None:
    make_organisation(directory.municipality, name_bg="Тукашно")
    make_organisation(make_municipality(), name_bg="Чуждо")

    names = shown(client, directory)

    assert names == ["Тукашно"]


def test_rows_are_narrowed_down_by_words_in_any_case(directory: OrganisationDirectoryPage, client: Client) -> None:
    make_organisation(directory.municipality, name_bg="Младежки клуб", field_bg="Спорт")
    make_organisation(directory.municipality, name_bg="Читалище", field_bg="Младежки театър")
    make_organisation(directory.municipality, name_bg="Развитие", field_bg="Екология")

    names = shown(client, directory, name="МЛАДЕЖКИ")

    assert sorted(names) == ["Младежки клуб", "Читалище"]


def test_rows_are_narrowed_down_by_theme(directory: OrganisationDirectoryPage, client: Client) -> None:
    theme = make_theme()
    make_organisation(directory.municipality, name_bg="С тема", themes=(theme,))
    make_organisation(directory.municipality, name_bg="Без тема")

    names = shown(client, directory, theme=theme.slug)

    assert names == ["С тема"]


@pytest.mark.parametrize("filters", [{"theme": "no-such-theme"}, {"name": "ъъъъ"}, {"name": "x" * 5000}])
def test_a_filter_that_fits_nothing_leaves_an_empty_table(
    filters: dict[str, str], directory: OrganisationDirectoryPage, client: Client
) -> None:
    make_organisation(directory.municipality)

    response = client.get(directory.url, filters)

    assert response.status_code == 200
    assert response.context["rows"] == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_of_the_csv_is_never_a_formula(start: str, directory: OrganisationDirectoryPage, client: Client) -> None:
    make_organisation(directory.municipality, name_bg=f"{start}HYPERLINK(1)")

    name = rows_of(client, directory)[1][0]

    assert name.startswith("'")


def test_the_csv_holds_every_row_whatever_the_filter(directory: OrganisationDirectoryPage, client: Client) -> None:
    for _ in range(3):
        make_organisation(directory.municipality)

    rows = rows_of(client, directory)

    assert len(rows) == 4
    assert rows[1][1] == "Сливен"


def test_names_follow_the_language_of_the_reader(directory: OrganisationDirectoryPage) -> None:
    row = make_organisation(directory.municipality, name_bg="Сдружение", name_en="Association")

    with translation.override("en"):
        english = row.name

    assert (row.name, english) == ("Сдружение", "Association")


def test_the_directory_is_found_by_each_of_its_rows(directory: OrganisationDirectoryPage) -> None:
    row = make_organisation(directory.municipality, name_bg="Клуб „Надежда“")

    passages = list(directory.passages())

    assert passages[-1].anchor == row.key
    assert "Надежда" in passages[-1].text


def test_a_row_that_is_gone_or_has_moved_is_not_found_where_it_was(
    directory: OrganisationDirectoryPage, home: Page, client: Client
) -> None:
    other = make_directory(home, make_municipality())
    deleted, moved = make_organisation(directory.municipality), make_organisation(directory.municipality)
    for number, row in enumerate((deleted, moved)):
        row.field_bg = f"Опазване на щъркели{number}"
        row.save()

    deleted.delete()
    moved.municipality = other.municipality
    moved.save()

    assert client.get("/bg/search/?q=щъркели0").context["results"].total == 0
    found = client.get("/bg/search/?q=щъркели1").context["results"]
    assert [hit.page_id for hit in found.hits] == [other.pk]

"""Citations in words and as data, of publications and files, down to a page."""

import json
from dataclasses import replace as changed
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from wagtail.models import Page

from files.circulation.citations import (
    Author,
    Work,
    as_bibtex,
    as_csl_json,
    as_ris,
    as_text,
    authors_in,
)
from files.models import PublicationPage
from tests.factories.files import make_document, make_publication, replace, translate, version_of
from tests.files.extraction.samples import docx_bytes, pdf_bytes
from tests.reading import read

WORK = Work(
    key="3v2",
    title="Доклад за участието",
    address="https://hub.example.org/files/3/v2/doklad.pdf#page=14",
    language="bg",
    accessed=date(2026, 3, 1),
    authors=(Author(family="Иванова", given="Мария"), Author(literal="Община Бургас")),
    publisher="Сдружение „Опит“",
    issued=date(2019, 6, 4),
    kind="report",
    genre="Доклад",
    version=2,
    page=14,
)
BARE = Work(key="7v1", title="Анализ", address="https://hub.example.org/x", language="bg", accessed=date(2026, 3, 1))


@pytest.mark.parametrize(
    ("style", "language", "parts"),
    [
        ("iso690", "bg", ["ИВАНОВА, Мария и ОБЩИНА БУРГАС. Доклад за участието [онлайн]. Версия 2. Сдружение „Опит“,",
                          "4 юни 2019, с. 14 [прегледан на 1 март 2026]. Достъпен на:", WORK.address]),
        ("iso690", "en", ["ИВАНОВА, Мария and ОБЩИНА БУРГАС. Доклад за участието [online].",
                          "Version 2. Сдружение „Опит“,",
                          "4 June 2019, p. 14 [viewed 1 March 2026]. Available from:", WORK.address]),
        ("apa", "bg", ["Иванова, М., & Община Бургас. (2019, юни 4). Доклад за участието (Версия 2; с. 14).",
                       "Сдружение „Опит“.", WORK.address]),
        ("apa", "en", ["Иванова, М., & Община Бургас. (2019, June 4). Доклад за участието (Version 2; p. 14).",
                       "Сдружение „Опит“.", WORK.address]),
    ],
)  # fmt: skip
def test_a_work_is_cited_in_words(style: str, language: str, parts: list[str]) -> None:
    assert as_text(WORK, style, language) == " ".join(parts)


@pytest.mark.parametrize(
    ("style", "language", "text"),
    [("iso690", "bg", "Анализ [онлайн]. [без дата] [прегледан на 1 март 2026]. Достъпен на: https://hub.example.org/x"),
     ("iso690", "en", "Анализ [online]. [no date] [viewed 1 March 2026]. Available from: https://hub.example.org/x"),
     ("apa", "bg", "Анализ. (б. д.). https://hub.example.org/x"),
     ("apa", "en", "Анализ. (n.d.). https://hub.example.org/x")],
)  # fmt: skip
def test_a_work_without_author_and_date_is_cited_too(style: str, language: str, text: str) -> None:
    assert as_text(BARE, style, language) == text


def test_who_published_his_own_work_is_named_once_in_apa() -> None:
    work = changed(WORK, authors=(Author(literal="Сдружение „Опит“"),))

    assert as_text(work, "apa", "bg").count("Сдружение") == 1


@pytest.mark.parametrize("style", ["iso690", "apa"])
@pytest.mark.parametrize("title", ["<b>&amp; {x} \\cmd", "“Quoted” & 100 %", "a\nb\x00c", "日本語 🙂", "x" * 3000])
def test_no_title_breaks_a_citation(style: str, title: str) -> None:
    work = changed(BARE, title=title)

    assert as_text(work, style, "bg").startswith(title.split("\n", maxsplit=1)[0].split("\x00", maxsplit=1)[0][:10])
    assert json.loads(as_csl_json(work))[0]["title"]
    assert as_ris(work).count("\r\n") == 6
    assert "\x00" not in as_bibtex(work) + as_ris(work) + as_csl_json(work)


def test_bibtex_obeys_nothing_in_a_title() -> None:
    entry = as_bibtex(changed(WORK, title="100 % & {x} \\input $a_b$ #1 ~^"))

    assert (
        r"title = {{100 \% \& \{x\} \textbackslash{}input \$a\_b\$ \#1 \textasciitilde{}\textasciicircum{}}}," in entry
    )


def test_bibtex_keeps_an_organisation_together_and_a_person_apart() -> None:
    entry = as_bibtex(WORK)

    assert entry.startswith("@techreport{ivanova2019-3v2,\n")
    assert "author = {Иванова, Мария and {Община Бургас}}," in entry
    assert "date = {2019-06-04}," in entry
    assert "pages = {14}," in entry
    assert entry.endswith("}\n")


def test_ris_has_a_tag_on_each_line_and_an_end() -> None:
    lines = as_ris(WORK).split("\r\n")

    assert lines[0] == "TY  - RPRT"
    assert lines[-2:] == ["ER  - ", ""]
    assert {"AU  - Иванова, Мария", "AU  - Община Бургас", "DA  - 2019/06/04", "SP  - 14"} <= set(lines)


def test_a_line_break_in_a_title_makes_no_tag_of_ris() -> None:
    assert "\r\nAU  - Evil" not in as_ris(changed(BARE, title="Анализ\r\nAU  - Evil"))


def test_a_law_is_called_one() -> None:
    law = changed(BARE, kind="law")

    assert json.loads(as_csl_json(law))[0]["type"] == "legislation"
    assert as_ris(law).startswith("TY  - STAT")


@pytest.mark.parametrize(
    ("text", "names"),
    [("", []), (" ; ", []), ("Сдружение „Опит“", ["Сдружение „Опит“"]),
     ("Иванова, Мария; Петров-Стоянов, Иван", ["Иванова, Мария", "Петров-Стоянов, Иван"]),
     ("Мария Иванова, Иван Петров", ["Мария Иванова, Иван Петров"]), ("Център, а, б", ["Център, а, б"])],
)  # fmt: skip
def test_authors_are_divided_by_semicolons(text: str, names: list[str]) -> None:
    assert [author.inverted for author in authors_in(text)] == names


@pytest.fixture
def publication(home: Page) -> PublicationPage:
    return make_publication(home, title="Първи доклад", authors="Иванова, Мария", publisher="Опит")


@time_machine.travel("2026-03-01T12:00:00Z")
@pytest.mark.parametrize(("language", "words"), [("bg", "прегледан на 1 март 2026"), ("en", "viewed 1 March 2026")])
def test_a_publication_page_cites_itself(
    client: Client, publication: PublicationPage, language: str, words: str
) -> None:
    page = publication if language == "bg" else translate(publication)

    html = read(client, page.url)

    assert words in html
    assert f"/{language}/files/publications/{page.pk}.bib" in html


@pytest.mark.parametrize(
    ("extension", "media_type", "beginning"),
    [("bib", "application/x-bibtex", "@techreport{ivanova2024-p"),
     ("ris", "application/x-research-info-systems", "TY  - RPRT"),
     ("json", "application/vnd.citationstyles.csl+json", "[\n")],
)  # fmt: skip
def test_a_citation_is_saved_for_programs(
    client: Client, publication: PublicationPage, extension: str, media_type: str, beginning: str
) -> None:
    response = client.get(f"/bg/files/publications/{publication.pk}.{extension}")

    assert response["Content-Type"] == f"{media_type}; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment; ")
    assert response.content.decode().startswith(beginning)


def test_a_page_of_a_file_is_cited_with_the_address_of_its_version(
    client: Client, publication: PublicationPage
) -> None:
    document = make_document(pdf_bytes("One", "Two", "Three"), publication=publication)
    replace(document, pdf_bytes("One", "Two", "Other"))

    html = read(client, f"/bg/files/{document.pk}/cite/?page=2")
    (item,) = json.loads(client.get(f"/bg/files/{document.pk}/cite.json?page=2").content)

    assert "с. 2" in html
    assert "cite.ris?page=2" in html
    assert item["URL"] == f"http://testserver{version_of(document).url}#page=2"
    assert (item["page"], item["version"], item["author"]) == ("2", "2", [{"family": "Иванова", "given": "Мария"}])


@pytest.mark.parametrize("asked", ["4", "0", "-1", "x", "²", "9" * 40])
def test_a_page_that_is_not_there_is_not_cited(client: Client, publication: PublicationPage, asked: str) -> None:
    document = make_document(pdf_bytes("One", "Two", "Three"), publication=publication)

    html = read(client, f"/bg/files/{document.pk}/cite/?page={asked}")

    assert "aria-invalid" in html
    assert "#page=" not in html


def test_a_file_without_pages_asks_for_none(client: Client, publication: PublicationPage) -> None:
    document = make_document(docx_bytes(lambda word: word.add_paragraph("Текст")), "доклад.docx", publication)

    assert 'name="page"' not in read(client, f"/bg/files/{document.pk}/cite/")


def test_a_file_without_publication_is_cited_by_what_is_known(client: Client, home: Page) -> None:
    document = make_document(title="Образец", is_public=True)

    (item,) = json.loads(client.get(f"/bg/files/{document.pk}/cite.json").content)

    assert (item["title"], "author" in item, "publisher" in item) == ("Образец", False, False)


def test_what_nobody_may_open_is_not_cited(client: Client, home: Page) -> None:
    hidden = make_publication(home, live=False)
    document = make_document(publication=hidden)

    for address in (f"publications/{hidden.pk}.bib", f"{document.pk}/cite/", f"{document.pk}/cite.ris"):
        assert client.get(f"/bg/files/{address}").status_code == 404


def test_a_format_that_is_not_there_is_not_found(client: Client, publication: PublicationPage) -> None:
    assert client.get(f"/bg/files/publications/{publication.pk}.docx").status_code == 404


def test_the_page_asks_the_database_for_little(
    client: Client, publication: PublicationPage, django_assert_max_num_queries: Any
) -> None:
    document = make_document(publication=publication)
    read(client, f"/bg/files/{document.pk}/cite/")

    with django_assert_max_num_queries(14):
        read(client, f"/bg/files/{document.pk}/cite/")

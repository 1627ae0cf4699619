"""The reader: what it shows of each kind of file, what it finds in it, and to whom."""

import re
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from files.models import Document, Version, VersionPage
from files.reader import finding
from files.reader.finding import Question, marked
from files.reader.parts import ShownPart
from tests.factories.files import (
    make_document,
    make_publication,
    make_read,
    put_pages,
    replace,
    translate,
    version_of,
)
from tests.files.extraction.samples import docx_bytes, pdf_bytes, xlsx_bytes


def read_in(client: Client, document: Document, query: str = "", language: str = "bg") -> str:
    response = client.get(f"/{language}/files/{document.pk}/read/{query}")
    assert response.status_code == 200
    return response.content.decode()


def headings(page: str) -> list[str]:
    return re.findall(r"<h2[^>]*>(?:<span[^>]*>)?([^<]*)", page)


def text_of(page: str) -> str:
    """Return the words of a page without its tags."""
    return " ".join(re.sub(r"<[^>]+>", "", page.partition("<main")[2]).split())


def test_a_pdf_is_read_some_pages_at_a_time(client: Client, report: Document) -> None:
    first, last = read_in(client, report, language="en"), read_in(client, report, "?page=40", "en")

    assert headings(first)[:8] == [f"Page {n}" for n in range(1, 9)]
    assert 'rel="prev"' not in first
    assert headings(last)[:8] == [f"Page {n}" for n in range(33, 41)]
    assert 'rel="next"' not in last


def test_each_page_has_its_picture_with_its_size_and_its_text(client: Client, report: Document) -> None:
    page = read_in(client, report, "?page=14")

    (picture,) = re.findall(r'<img src="([^"]*/14-reading.webp)"[^>]*loading="lazy"', page)
    assert re.search(r'14-reading.webp" width="900" height="900" loading="lazy"', page)
    assert "Citizens met in town 14." in text_of(page)
    assert client.get(picture)["Content-Type"] == "image/webp"
    assert client.get(picture.replace("reading", "small")).content[:4] == b"RIFF"


def test_the_address_of_a_hit_opens_at_its_page_with_the_words_marked(client: Client, report: Document) -> None:
    page = read_in(client, report, "?q=budget&at=page%3D14")

    section = page.partition('id="page=14"')[2].partition("</section>")[0]
    assert "<mark>budgets</mark>" in section
    assert 'id="page=9"' in page


def test_one_finds_other_forms_of_a_word_and_goes_from_place_to_place(client: Client, report: Document) -> None:
    page = read_in(client, report, "?q=budget", "en")

    assert "Found in 2 places" in text_of(page)
    assert 'id="page=14"' in page
    (following,) = re.findall(r'href="([^"]*)"[^>]*data-hit="next"', page)
    assert following.endswith("?q=budget&amp;page=30#page=30")
    assert "<mark>budget</mark>" in client.get(following.replace("&amp;", "&")).content.decode()


def test_where_no_page_holds_all_the_words_it_is_said(client: Client, report: Document) -> None:
    page = read_in(client, report, "?q=promise+discussed", "en")

    assert "no place holds all the words" in text_of(page)
    assert len(re.findall(r"<mark>(?:promise|discussed)</mark>", page)) >= 2


def test_a_quotation_is_marked_as_a_whole_and_nowhere_else() -> None:
    question = Question.of("„съветът на младите“", "bg")

    pieces = marked("Съветът на младите и съветът на общината на младите.", question)

    assert "".join(text for text, _ in pieces) == "Съветът на младите и съветът на общината на младите."
    assert [text for text, is_match in pieces if is_match] == ["Съветът", "на", "младите"]


def test_bulgarian_words_are_marked_in_all_their_forms() -> None:
    question = Question.of("бюджет община", "bg")

    pieces = marked("Бюджетите на общините. Бюджетната комисия не е община.", question)

    assert [text for text, is_match in pieces if is_match][:2] == ["Бюджетите", "общините"]


def test_a_question_looks_through_so_many_parts_and_says_where_to_go_on(
    client: Client, report: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST_SEARCHED", 20)
    monkeypatch.setattr("files.reader.page.MOST_SEARCHED", 20)

    page = read_in(client, report, "?q=budget", "en")

    assert "Found in 1 place" in text_of(page)
    assert "Parts 1–20 were looked through." in text_of(page)
    assert "from=21" in page
    assert "Found in 1 place" in text_of(read_in(client, report, "?q=budget&from=21", "en"))


def test_the_text_alone_has_no_pictures(client: Client, report: Document) -> None:
    page = read_in(client, report, "?view=text")

    assert ".webp" not in page
    assert "Citizens met in town 8." in text_of(page)
    assert "view=text" in page.partition('rel="next"')[0].rpartition("href=")[2]


@pytest.mark.parametrize("query", ["?page=0", "?page=9999999999999", "?page=-1", "?page=x", "?at=nowhere", "?q=%22",
                                   "?q=" + "a" * 3000, "?from=99999", "?q=budget&from=99999", "?view=x"])  # fmt: skip
def test_whatever_the_address_says_there_is_a_page(client: Client, report: Document, query: str) -> None:
    assert "<h1>" in read_in(client, report, query)


def test_the_address_without_a_language_leads_to_the_visitors_own(client: Client, report: Document) -> None:
    response = client.get(f"/files/{report.pk}/read/?q=budget", headers={"Accept-Language": "en"})

    assert response["Location"] == f"/en/files/{report.pk}/read/?q=budget"
    assert "Accept-Language" in response["Vary"]


def test_the_first_view_is_light(client: Client, home: Page) -> None:
    dense = "\n".join("some words of a dense page of text, line after line" for _ in range(60))
    document = make_document(publication=make_publication(home))
    put_pages(document, [dense] * 20)

    assert len(read_in(client, document).encode()) < 60_000


def test_a_view_asks_the_database_for_little(
    client: Client, report: Document, django_assert_max_num_queries: Any
) -> None:
    client.get("/bg/")
    address = f"/bg/files/{report.pk}/read/?q=budget&at=page%3D14"

    with django_assert_max_num_queries(16) as first:
        client.get(address)
    with django_assert_max_num_queries(len(first) - 1):  # what was found is remembered
        client.get(address)


def test_a_long_document_has_a_short_table_of_pages(client: Client, home: Page) -> None:
    document = make_document(publication=make_publication(home))
    version = version_of(document)
    VersionPage.objects.bulk_create(
        VersionPage(version=version, number=n, label=str(n), anchor=f"page={n}", text="Text") for n in range(1, 10_001)
    )

    page = read_in(client, document, "?page=9000")

    assert 'id="page=9000"' in page
    assert len(page.encode()) < 60_000


def test_a_word_file_is_read_by_its_headings(client: Client, home: Page) -> None:
    def write(word: Any) -> None:
        word.add_paragraph("Преди всичко")
        for number in range(1, 30):
            word.add_heading(f"Раздел {number}", 1)
            word.add_paragraph("Младите хора решават. " * 100)

    document = make_read(docx_bytes(write), "доклад.docx", make_publication(home))

    first = read_in(client, document)
    landed = read_in(client, document, "?q=младите&at=раздел-20")

    assert headings(first)[1:3] == ["Раздел 1", "Раздел 2"]
    assert 'rel="next"' in first
    assert headings(landed)[0] == "Раздел 20"
    assert 'id="раздел-20"' in landed
    assert "<mark>Младите</mark>" in landed
    assert 'rel="prev"' in landed


def test_a_workbook_is_shown_as_tables_with_its_columns(client: Client, home: Page) -> None:
    sheets = {"Бургас": [["Име", "Град"], ["Морски приятели", "Бургас"]], "Ямбол": [["Име"], ["Тунджа"]]}
    document = make_read(xlsx_bytes(sheets), "нпо.xlsx", make_publication(home))

    page = read_in(client, document)

    assert re.findall(r"<caption[^>]*>([^<]*)", page) == ["Бургас", "Ямбол"]
    assert re.findall(r'<th scope="col">([^<]+)</th>', page) == ["Име", "Град", "Име"]
    assert 'id="sheet=1&amp;row=2"' in page
    assert "Морски приятели" in page


def test_a_table_is_filtered_by_the_forms_of_a_word(client: Client, home: Page) -> None:
    rows = [["Име", "Дейност"], *[[f"Сдружение {n}", "спорт"] for n in range(2, 400)], ["Клуб", "младежки политики"]]
    document = make_read(xlsx_bytes({"Лист": rows}), "нпо.xlsx", make_publication(home))

    page = read_in(client, document, "?q=политика")

    assert re.findall(r'<td class="muted">(\d+)', page) == ["400"]
    assert "<mark>политики</mark>" in page
    assert re.findall(r'<th scope="col">([^<]+)</th>', page) == ["Име", "Дейност"]


def test_the_head_of_a_table_is_not_counted_among_the_rows_that_were_found(client: Client, home: Page) -> None:
    content = "Име;Община\nКлуб;Сливен\nПриятели на общините;Ямбол".encode()
    document = make_read(content, "нпо.csv", make_publication(home))

    page = read_in(client, document, "?q=община")

    assert re.findall(r'<td class="muted">(\d+)', page) == ["3"]
    assert "1 ред" in page
    assert "2 реда" not in page


def test_a_long_table_is_turned_over_and_opens_at_a_row(client: Client, home: Page) -> None:
    content = "\n".join(["име;град", *[f"Клуб {n};Сливен" for n in range(2, 300)]]).encode()
    document = make_read(content, "нпо.csv", make_publication(home))

    page = read_in(client, document, "?at=row%3D120")

    assert re.findall(r'<td class="muted">(\d+)', page)[0] == "101"
    assert 'id="row=120"' in page
    assert {'rel="prev"', 'rel="next"'} <= set(re.findall(r'rel="\w+"', page))


def test_a_table_without_such_a_row_is_empty_and_says_so(client: Client, home: Page) -> None:
    document = make_read("име;град\nКлуб;Сливен".encode(), "нпо.csv", make_publication(home))

    page = text_of(read_in(client, document, "?q=екология", "en"))

    assert "None of these words stands here" in page
    assert "Сливен" not in page


def test_the_lines_of_a_printed_page_flow_and_short_lines_end_where_they_end() -> None:
    lines = ["Глава първа", "Хората се събраха и гово-", "риха за бюджета на града", "през зимата.", "Край"]
    part = VersionPage(version=Version(media_type="application/pdf"), text="\n".join(lines))

    (pieces,) = ShownPart(part, Question.of("говори", "bg")).paragraphs

    text = "".join(piece for piece, _ in pieces)
    assert text == "Глава първа\nХората се събраха и гово-\u2060риха за бюджета на града през зимата.\nКрай"
    assert [piece for piece, is_match in pieces if is_match] == ["гово-\u2060риха"]


def test_scanned_pages_and_guessed_text_are_marked(client: Client, home: Page) -> None:
    document = make_read(pdf_bytes("One", "", "", ""), publication=make_publication(home))
    pages = version_of(document).pages
    pages.filter(number=2).update(text="Ясен текст", confidence=95)
    pages.filter(number=3).update(text="Нeясeн тeкcт", confidence=41)

    page = text_of(read_in(client, document, language="en"))

    assert "a program recognised its text (confidence 95 of 100)" in page
    assert "much of its text was guessed by a program (confidence 41 of 100)" in page
    assert "There is no text on this page" in page


def test_an_old_version_is_read_as_it_was_and_says_so(client: Client, report: Document) -> None:
    replace(report, pdf_bytes("The new text"))
    put_pages(report, ["The new text"])

    old = client.get(f"/en/files/{report.pk}/v1/read/?page=3").content.decode()

    assert "Citizens met in town 3." in text_of(old)
    assert "This is not the latest version." in text_of(old)
    assert "The new text" in text_of(read_in(client, report))


def test_the_way_back_leads_to_the_publication_in_the_readers_language(client: Client, report: Document) -> None:
    publication = report.publication
    assert publication
    translated = translate(publication, title="The report in English")

    assert f'href="{translated.url}"' in read_in(client, report, language="en")
    assert f'href="{publication.url}"' in read_in(client, report)


def test_a_page_can_be_cited_from_where_it_is_read(client: Client, report: Document) -> None:
    page = read_in(client, report, "?page=14")

    (address,) = re.findall(rf'href="(/bg/files/{report.pk}/cite/[^"]*)"', page)
    assert address.endswith("?page=14")
    assert client.get(address).status_code == 200


def test_a_file_that_was_not_read_yet_or_cannot_be_read_says_so(client: Client, home: Page) -> None:
    document = make_document(publication=make_publication(home))
    assert "is just being read" in text_of(read_in(client, document, language="en"))

    version_of(document).__class__.objects.update(extraction_state="failed", extraction_reason="crashed")
    assert "could not be read" in text_of(read_in(client, document, language="en"))

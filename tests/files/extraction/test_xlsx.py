"""XLSX, sheet by sheet and row by row."""

import datetime
import io

import openpyxl
import pytest

from files.extraction import BrokenFileError, EncryptedFileError, TooLargeError, extract
from files.extraction.media_types import XLSX
from tests.files.extraction.samples import xlsx_bytes


def test_each_row_that_holds_something_can_be_landed_on() -> None:
    data = xlsx_bytes(
        {"НПО": [["Име", "Община"], [None, None], ["Примерна организация 1", "Бургас"]], "Втори": [["x"]]}
    )

    extraction = extract(io.BytesIO(data), XLSX)

    assert extraction.page_count == 2
    assert [(page.number, page.label, page.anchor, page.text) for page in extraction.pages] == [
        (1, "НПО · 1", "sheet=1&row=1", "Име | Община"),
        (2, "НПО · 3", "sheet=1&row=3", "Примерна организация 1 | Бургас"),
        (3, "Втори · 1", "sheet=2&row=1", "x"),
    ]


def test_rows_are_numbered_from_the_top_of_the_sheet() -> None:
    workbook = openpyxl.Workbook()
    workbook.active["C5"] = "далеч"
    stream = io.BytesIO()
    workbook.save(stream)

    assert extract(stream, XLSX).pages[0].anchor == "sheet=1&row=5"


def test_values_are_written_as_they_are_read() -> None:
    moment = datetime.datetime(2020, 6, 11, 16, 19)
    data = xlsx_bytes({"А": [[3.0, 0.1, True, moment, moment.date(), "два\nреда"]]})

    extraction = extract(io.BytesIO(data), XLSX)

    assert extraction.pages[0].text == "3 | 0.1 | TRUE | 2020-06-11 16:19 | 2020-06-11 | два реда"


def test_a_hidden_sheet_is_not_read_and_keeps_its_number() -> None:
    data = xlsx_bytes({"Работен": [["вътрешно"]], "Списък": [["видимо"]]}, hidden="Работен")

    extraction = extract(io.BytesIO(data), XLSX)

    assert extraction.page_count == 1
    assert [(page.anchor, page.text) for page in extraction.pages] == [("sheet=2&row=1", "видимо")]


def test_many_empty_rows_cost_nothing() -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "горе"
    workbook.active["A900000"] = "долу"
    stream = io.BytesIO()
    workbook.save(stream)

    assert [page.anchor for page in extract(stream, XLSX).pages] == ["sheet=1&row=1", "sheet=1&row=900000"]


def test_cells_in_the_far_corners_are_too_large_a_sheet() -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = workbook.active["XFD1048576"] = "ъгъл"
    stream = io.BytesIO()
    workbook.save(stream)

    with pytest.raises(TooLargeError):
        extract(stream, XLSX)


def test_formatting_in_a_far_corner_does_no_harm() -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "текст"
    workbook.active["XFD1048576"].number_format = "0.00"
    stream = io.BytesIO()
    workbook.save(stream)

    assert [page.text for page in extract(stream, XLSX).pages] == ["текст"]


def test_a_workbook_with_a_password_is_named() -> None:
    with pytest.raises(EncryptedFileError):
        extract(io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), XLSX)


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"x", b"PK\x05\x06" + bytes(18)])
def test_what_does_not_open_is_broken(data: bytes) -> None:
    with pytest.raises(BrokenFileError):
        extract(io.BytesIO(data), XLSX)

"""XLSX, sheet by sheet and row by row, read by calamine."""

import datetime
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from .archives import opened_archive, opened_stream, read_chunks
from .document import ExtractedPage, OpenedDocument, Source
from .errors import BrokenFileError, TooLargeError
from .media_types import XLSX
from .tables import stretches
from .text import one_line

# calamine keeps a sheet as a full rectangle: one stray cell in the last corner would ask for 17 thousand million cells.
MAX_CELLS: Final = 20_000_000

# A cell with a formula, a text or a value; one that is only formatted takes no room.
_FILLED_CELL = re.compile(
    rb'<(?:\w+:)?c\b[^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>]*(?<!/)>\s*'
    rb"<(?:\w+:)?(?:f\b|is\b|v\b[^<>]*(?<!/)>[^<])"
)
_LONGEST_CELL_TAG = 256

type Cell = float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


@contextmanager
def opened(source: Source) -> Iterator[OpenedDocument]:
    """Give the workbook while it is open; hidden sheets are not read, for who made them did not mean to show them."""
    with opened_stream(source) as stream:
        _check_extents(stream)
        stream.seek(0)
        try:
            with CalamineWorkbook.from_filelike(stream) as workbook:
                sheets = _visible_sheets(workbook)
                yield OpenedDocument(media_type=XLSX, page_count=len(sheets), title="", pages=_parts(workbook, sheets))
        except CalamineError as error:
            raise BrokenFileError(str(error)) from error


def _visible_sheets(workbook: CalamineWorkbook) -> list[tuple[int, str]]:
    """Return position (from 1, hidden sheets counted) and name of the sheets that are shown."""
    return [
        (position, sheet.name)
        for position, sheet in enumerate(workbook.sheets_metadata, start=1)
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]


def _parts(workbook: CalamineWorkbook, sheets: list[tuple[int, str]]) -> Iterator[ExtractedPage]:
    """Yield the rows of all sheets that hold anything."""
    number = 0
    for position, name in sheets:
        for stretch in stretches(_rows(workbook, name)):
            number += 1
            label, anchor = f"{one_line(name)} · {stretch.label}", f"sheet={position}&row={stretch.first}"
            yield ExtractedPage(number, label, anchor, stretch.text, stretch.rows)


def _rows(workbook: CalamineWorkbook, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield number and cells of a sheet's rows."""
    for row, cells in enumerate(workbook.get_sheet_by_name(name).iter_rows(), start=1):
        yield row, [_cell_text(cell) for cell in cells]


def _cell_text(cell: Cell) -> str:
    """Return what a reader would call the cell's value, in no language."""
    match cell:
        case bool():
            return str(cell).upper()
        case float():
            return f"{cell:.15g}"
        case datetime.datetime():
            return cell.isoformat(sep=" ", timespec="minutes")
        case datetime.date():
            return cell.isoformat()
        case _:
            return str(cell)


def _check_extents(stream: BinaryIO) -> None:
    """Raise TooLargeError for a sheet whose filled cells lie too far apart to be held."""
    with opened_archive(stream) as archive:
        for name in archive.namelist():
            if not name.startswith("xl/worksheets/") or not name.endswith(".xml"):
                continue
            rows = columns = 0
            tail = b""
            for chunk in read_chunks(archive, name):
                for letters, digits in _FILLED_CELL.findall(tail + chunk):
                    rows, columns = max(rows, int(digits)), max(columns, _column(letters))
                tail = chunk[-_LONGEST_CELL_TAG:]
            if rows * columns > MAX_CELLS:
                raise TooLargeError(f"{name}: {rows} rows by {columns} columns", limit=MAX_CELLS)


def _column(letters: bytes) -> int:
    """Return the number of a column named by letters: A is 1, XFD is 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number

"""Reading in a process of its own."""

import io
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from files.extraction import (
    BY_EXTENSION,
    ContentMismatchError,
    EncryptedFileError,
    ExtractionCrashedError,
    ExtractionLimitError,
    extract,
    extract_in_subprocess,
    inspect,
    inspect_in_subprocess,
    opened_in_subprocess,
)
from files.extraction.media_types import DOCX, PDF, TXT
from files.extraction.worker import work
from tests.files.extraction.samples import docx_bytes, pdf_bytes

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "доклад с интервал.docx"
    path.write_bytes(docx_bytes(lambda document: document.add_heading("Младите хора и „бюджетът“", 1)))
    return path


def written(*order: str) -> list[dict[str, Any]]:
    out = io.StringIO()
    work(order, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_another_process_reads_the_same_text(report: Path) -> None:
    assert extract_in_subprocess(report, DOCX) == extract(report, DOCX)


def test_another_process_inspects_alike(report: Path) -> None:
    with report.open("rb") as stream:
        assert inspect_in_subprocess(report, report.name) == inspect(stream, report.name)


def test_a_named_error_comes_through_with_its_details(report: Path) -> None:
    with pytest.raises(ContentMismatchError) as caught:
        inspect_in_subprocess(report, "доклад.pdf")

    assert caught.value.details == {"extension": "pdf", "found": BY_EXTENSION["docx"]}


def test_an_error_while_opening_comes_through(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(OLE)

    with pytest.raises(EncryptedFileError):
        extract_in_subprocess(path, DOCX)


def test_too_little_time_is_named(report: Path) -> None:
    with pytest.raises(ExtractionLimitError) as caught:
        extract_in_subprocess(report, DOCX, seconds=0.05)

    assert caught.value.details["ended_by"] == "time"


def test_too_little_memory_is_named(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"word " * 12_000_000)

    with pytest.raises(ExtractionLimitError) as caught:
        extract_in_subprocess(path, TXT, memory_bytes=160 * 2**20)

    assert caught.value.details["ended_by"] == "memory"
    assert caught.value.details["memory_bytes"] == 160 * 2**20


def test_an_end_without_a_name_tells_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(ExtractionCrashedError, match="FileNotFoundError"):
        extract_in_subprocess(tmp_path / "missing.pdf", PDF)


def test_the_process_is_gone_when_the_reader_leaves_early(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Recorded(subprocess.Popen[bytes]):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Recorded)
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_bytes(*["page"] * 2000))

    with opened_in_subprocess(path, PDF) as document:
        first = next(document.pages)

    assert (first.number, document.page_count) == (1, 2000)
    assert started[0].returncode is not None


def test_nothing_of_the_sites_environment_is_handed_on(
    report: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PYTHONSTARTUP", "secret")
    monkeypatch.setenv("PYTHONHOME", str(tmp_path))  # would keep any Python from starting

    assert extract_in_subprocess(report, DOCX).pages


def test_a_reading_is_written_line_by_line(report: Path) -> None:
    head, page, end = written("extract", str(report), DOCX)

    assert head == {"head": {"media_type": DOCX, "page_count": None, "title": ""}}
    assert page["page"]["anchor"] == "младите-хора-и-бюджетът"
    assert end == {"end": True}


def test_an_inspection_is_written_on_one_line(report: Path) -> None:
    inspection, end = written("inspect", str(report), "a.docx", "100000")

    assert inspection["inspection"]["extension"] == "docx"
    assert end == {"end": True}


def test_an_error_is_written_by_its_code(report: Path) -> None:
    assert written("inspect", str(report), "a.docx", "10") == [
        {"error": {"code": "too_large", "message": "more than 10 bytes", "details": {"limit": 10}}}
    ]

"""The sample files of the first content: real files that say of themselves that they are samples."""

import importlib.util
import io
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from files.extraction import BY_EXTENSION, extract, find_tesseract, inspect, recognised_in_subprocess

SEED = Path(__file__).parents[3] / "files/seed"
ORIGINALS = sorted((SEED / "originals").iterdir())
SCAN = SEED / "originals/invitation-scan.bg.pdf"
PUBLICATIONS = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in (SEED / "publications").glob("*.toml")}
FOOTERS = {"bg": "ПРИМЕРЕН ДОКУМЕНТ – съдържанието е образец", "en": "SAMPLE DOCUMENT – the content is a specimen"}
SLUGS = {
    "first-report", "second-report", "third-report", "ngos-burgas", "ngos-sliven", "ngos-stara-zagora", "ngos-yambol",
    "strategy-document", "case-document",
}  # fmt: skip


def name(path: Path) -> str:
    return path.name


def text_of(path: Path) -> list[str]:
    return [page.text for page in extract(path, BY_EXTENSION[path.suffix[1:]]).pages]


@pytest.mark.parametrize("path", ORIGINALS, ids=name)
def test_an_original_would_be_let_in_as_an_upload(path: Path) -> None:
    with path.open("rb") as stream:
        inspection = inspect(stream, path.name)

    assert inspection.size <= 300_000
    assert inspection.is_tagged in ({False} if path == SCAN else {True, None})


@pytest.mark.parametrize("path", [path for path in ORIGINALS if path.suffix == ".pdf" and path != SCAN], ids=name)
def test_each_page_of_a_pdf_says_that_it_is_a_sample(path: Path) -> None:
    footer = FOOTERS[path.name.split(".")[1]]

    assert all(footer in text for text in text_of(path))


@pytest.mark.parametrize(
    "path", [path for path in ORIGINALS if "report" in path.name and path.suffix == ".pdf"], ids=name
)
def test_a_report_has_the_length_of_a_report(path: Path) -> None:
    assert 12 <= len(text_of(path)) <= 20


def test_the_scan_is_a_picture_alone() -> None:
    assert text_of(SCAN) == [""]


@pytest.mark.ocr
def test_the_scan_says_that_it_is_a_sample_and_is_read_as_it_was_typed() -> None:
    typed = (SEED / "texts/invitation-scan.bg.txt").read_text("utf-8").split()

    with recognised_in_subprocess(SCAN, [1], find_tesseract()) as pages:
        (page,) = pages

    read = page.text.split()
    assert "Съдържанието" in read
    assert len(set(typed) - set(read)) <= len(typed) // 20
    assert page.confidence >= 90


def test_the_budget_is_discussed_by_the_young_on_page_14_of_the_third_report() -> None:
    page = extract(SEED / "originals/third-report.bg.pdf", BY_EXTENSION["pdf"]).pages[13]

    assert page.anchor == "page=14"
    assert "младите хора участват в обсъждането на бюджета" in " ".join(page.text.split())


@pytest.mark.parametrize("path", [path for path in ORIGINALS if path.name.startswith("ngos")], ids=name)
def test_a_directory_holds_samples_only_and_an_address_only_with_consent(path: Path) -> None:
    rows = [text for text in text_of(path) if text.startswith("Примерна организация")]

    assert len(rows) >= 8
    assert all(("@example.org" in row) == ("| да |" in row) for row in rows if "@" in row)
    assert not re.search(r"@(?!example\.org)", "\n".join(text_of(path)))


def test_each_file_of_the_project_page_is_a_publication() -> None:
    assert set(PUBLICATIONS) == SLUGS
    assert all(data["slug"] == slug for slug, data in PUBLICATIONS.items())


def test_each_original_belongs_to_a_publication() -> None:
    named = {entry["path"] for data in PUBLICATIONS.values() for entry in data["files"]}

    assert named == {f"files/seed/originals/{path.name}" for path in ORIGINALS}


@pytest.mark.parametrize("slug", sorted(SLUGS))
def test_both_languages_of_a_publication_have_the_same_parts(slug: str) -> None:
    bulgarian, english = PUBLICATIONS[slug]["bg"], PUBLICATIONS[slug]["en"]

    assert bulgarian.keys() == english.keys()
    assert [line[:2] in ("- ", "##") for line in bulgarian["body"].splitlines() if line] == [
        line[:2] in ("- ", "##") for line in english["body"].splitlines() if line
    ]
    assert all(len(texts["summary"]) <= 300 and len(texts["title"]) <= 90 for texts in (bulgarian, english))


@pytest.fixture(scope="module")
def tool() -> Iterator[ModuleType]:
    try:
        import_module("weasyprint")
    except (ImportError, OSError) as missing:  # an OSError where Debian's pango is not installed
        pytest.skip(f"the originals are made with weasyprint, which cannot be loaded: {missing}")
    spec: Any = importlib.util.spec_from_file_location("make_originals", SEED / "make_originals.py")
    sys.modules[spec.name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def test_the_office_originals_are_what_their_sources_give(tool: ModuleType) -> None:
    made = {f"ngos-{city}.bg.xlsx": tool.xlsx_bytes(city) for city in tool.CITIES}
    made["ngos-burgas.bg.csv"] = tool.csv_bytes("burgas")
    made[SCAN.name] = tool.scan_bytes((SEED / "texts/invitation-scan.bg.txt").read_text("utf-8"))
    texts = [tool.read_text(SEED / "texts/first-report.bg.md"), tool.strategy_text(), tool.case_text()]
    made |= {f"{text.slug}.bg.docx": tool.docx_bytes(text) for text in texts}

    kinds = {original: BY_EXTENSION[original.rsplit(".", 1)[-1]] for original in made}
    stale = [
        original
        for original, data in made.items()
        if extract(io.BytesIO(data), kinds[original]) != extract(SEED / "originals" / original, kinds[original])
    ]

    assert stale == [], "run files/seed/make_originals.py"


@pytest.mark.parametrize("source", sorted((SEED / "texts").glob("*.md")), ids=name)
def test_a_pdf_holds_every_heading_of_its_source(source: Path, tool: ModuleType) -> None:
    text = tool.read_text(source)
    printed = " ".join(" ".join(text_of(SEED / f"originals/{text.slug}.{text.language}.pdf")).split())

    headings = re.findall(r"^#+ (.+)$", text.body, flags=re.MULTILINE)

    assert len(headings) >= 13
    assert all(heading in printed for heading in headings)

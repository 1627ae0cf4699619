#!/usr/bin/env python
"""Makes the sample files in `originals/` from the texts and the seed data: `python files/seed/make_originals.py`.

A tool for development: it needs weasyprint and openpyxl, and the same input gives the same bytes.
"""

import csv
import io
import logging
import os
import re
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import openpyxl
import weasyprint
from babel.dates import format_date
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from markdown_it import MarkdownIt
from markdown_it.token import Token
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image, ImageDraw, ImageFont
from weasyprint.text.fonts import FontConfiguration

SEED = Path(__file__).resolve().parent
PROJECT = SEED.parents[1]
ORIGINALS = SEED / "originals"
FONTS = PROJECT / "hub/static/hub/fonts"
CITIES = ("burgas", "sliven", "stara-zagora", "yambol")
MUNICIPALITIES = {"BGS04": "Бургас", "SLV20": "Сливен", "SZR31": "Стара Загора", "JAM26": "Ямбол"}
WORDS = {
    "bg": {
        "publisher": "Сдружение на Общините от Югоизточен регион",
        "footer": "ПРИМЕРЕН ДОКУМЕНТ – съдържанието е образец",
        "contents": "Съдържание",
    },
    "en": {
        "publisher": "Association of the Municipalities of the South-East Region",
        "footer": "SAMPLE DOCUMENT – the content is a specimen",
        "contents": "Contents",
    },
}
COLUMNS = ("Име", "Община", "Област на дейност", "Населено място", "Съгласие за публикуване", "Електронна поща")
CASE_PARTS = {
    "situation": "Ситуация",
    "process": "Ход на събитията",
    "outcome": "Резултат",
    "lessons": "Изводи",
    "questions": "Въпроси за обсъждане",
}
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
DIRECTORY_DATE = date(2020, 6, 11)
# A typed A4 page at 300 dots an inch.
SCAN_FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
SCAN_PAGE, SCAN_MARGIN, SCAN_LETTER = (2480, 3508), 300, 58
EPOCH = datetime(2020, 6, 11, 12, tzinfo=UTC)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Text:
    """A document before it has a format."""

    slug: str
    language: str
    date: date
    title: str
    subtitle: str
    body: str  # Markdown; each "## " begins a chapter, and a chapter a page

    @property
    def words(self) -> dict[str, str]:
        """Return the fixed words in the document's language."""
        return WORDS[self.language]

    @property
    def printed_date(self) -> str:
        """Return the date as it stands on the cover."""
        return format_date(self.date, "long", locale=self.language)


def main() -> None:
    """Write all originals anew."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    for talkative in ("fontTools", "weasyprint"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(EPOCH.timestamp()))  # the moment that fonts are stamped with
    ORIGINALS.mkdir(exist_ok=True)
    for path in sorted((SEED / "texts").glob("*.md")):
        text = read_text(path)
        _keep(f"{text.slug}.{text.language}.pdf", pdf_bytes(text))
        if path.name == "first-report.bg.md":
            _keep(f"{text.slug}.{text.language}.docx", docx_bytes(text))
    for text in (strategy_text(), case_text()):
        _keep(f"{text.slug}.{text.language}.pdf", pdf_bytes(text))
        _keep(f"{text.slug}.{text.language}.docx", docx_bytes(text))
    for city in CITIES:
        _keep(f"ngos-{city}.bg.xlsx", xlsx_bytes(city))
    _keep("ngos-burgas.bg.csv", csv_bytes("burgas"))
    _keep("invitation-scan.bg.pdf", scan_bytes((SEED / "texts/invitation-scan.bg.txt").read_text(encoding="utf-8")))


def _keep(name: str, data: bytes) -> None:
    """Write one original and say how large it is."""
    (ORIGINALS / name).write_bytes(data)
    logger.info("%s: %s bytes", name, len(data))


def read_text(path: Path) -> Text:
    """Return the text of a file: TOML between two lines of plus signs, then Markdown."""
    _, head, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    return Text(slug=path.name.split(".")[0], body=body.strip(), **tomllib.loads(head))


def strategy_text() -> Text:
    """Return the strategy with its chapters and measures, from the seed of the strategies."""
    folder = PROJECT / "strategies/seed"
    strategy = _toml(folder / "strategy.toml")["bg"]
    parts = ["## Въведение", strategy["introduction"], strategy["adopted_note"]]
    for path in sorted((folder / "chapters").glob("*.toml")):
        chapter = _toml(path)
        parts += [f"## {chapter['number']}. {chapter['bg']['title']}", chapter["bg"]["summary"]]
        parts += [_demoted(chapter["bg"]["body"]), "### Мерки", _measures(chapter["measures"])]
    subtitle = "Работен текст за обсъждане: осем глави с мерки, отговорници и показатели"
    return Text("strategy-document", "bg", date(2021, 6, 4), strategy["title"], subtitle, "\n\n".join(parts))


def _measures(measures: list[dict[str, Any]]) -> str:
    """Return the measures of a chapter as a table."""
    rows = [
        f"| {row['code']} | {row['title_bg']} | {row['period']} | {row['responsible_bg']} | {row['indicator_bg']} |"
        for row in measures
    ]
    return "\n".join(["| № | Мярка | Период | Отговорник | Показател |", "| --- | --- | --- | --- | --- |", *rows])


def case_text() -> Text:
    """Return the case study, from the seed of the strategies."""
    study = _toml(PROJECT / "strategies/seed/case-study.toml")
    case = study["bg"]
    parts = [f"## {heading}\n\n{_demoted(case[key])}" for key, heading in CASE_PARTS.items()]
    sources = [f"1. {row['title'].rstrip('.')}. {row['publisher']}." for row in study["sources"]]
    parts.append("## Източници\n\n" + "\n".join(sources))
    return Text("case-document", "bg", date(2021, 6, 4), case["title"], case["summary"], "\n\n".join(parts))


def _demoted(markdown: str) -> str:
    """Return the text with its headings one level lower."""
    return re.sub(r"^## ", "### ", markdown.strip(), flags=re.MULTILINE)


def _toml(path: Path) -> dict[str, Any]:
    """Return the data of a file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def pdf_bytes(text: Text) -> bytes:
    """Return a tagged PDF with a cover, a table of contents and a page for each chapter."""
    tokens = MARKDOWN.parse(text.body)
    entries: list[str] = []
    for token, content in pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            anchor = f"part-{len(entries) + 1}"
            token.attrSet("id", anchor)
            entries.append(f'<li><a href="#{anchor}">{escape(content.content)}</a></li>')
    words = text.words
    page = f"""<html lang="{text.language}"><head><title>{escape(text.title)}</title>
<meta name="author" content="{escape(words["publisher"])}"><meta name="description" content="{escape(text.subtitle)}">
<meta name="dcterms.created" content="{text.date}"></head><body>
<header><p>{escape(words["publisher"])}</p><h1>{escape(text.title)}</h1><p class="subtitle">{escape(text.subtitle)}</p>
<p>{escape(text.printed_date)}</p><p class="notice">{escape(words["footer"])}</p></header>
<nav><h2 class="contents">{escape(words["contents"])}</h2><ol>{"".join(entries)}</ol></nav>
<main>{MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})}</main></body></html>"""
    style = (SEED / "texts/print.css").read_text(encoding="utf-8").replace("FOOTER", words["footer"])
    with tempfile.TemporaryDirectory() as folder:
        _write_fonts(Path(folder))
        fonts = FontConfiguration()
        sheet = weasyprint.CSS(string=style, base_url=f"{Path(folder).as_uri()}/", font_config=fonts)
        result: bytes = weasyprint.HTML(string=page).write_pdf(
            stylesheets=[sheet],
            font_config=fonts,
            pdf_variant="pdf/ua-1",
            pdf_identifier=f"{text.slug}.{text.language}".encode(),
        )
    return result


def _write_fonts(folder: Path) -> None:
    """Write the site's own typeface whole, in two fixed weights: a PDF neither joins halves nor varies a weight."""
    for weight in (400, 700):
        halves = []
        for script in ("latin", "cyrillic"):
            font = TTFont(FONTS / f"sofia-sans-{script}.woff2")
            instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True)
            font.flavor = None
            halves.append(folder / f"{script}-{weight}.ttf")
            font.save(halves[-1])
        Merger().merge([str(half) for half in halves]).save(folder / f"sofia-sans-{weight}.ttf")


def docx_bytes(text: Text) -> bytes:
    """Return a DOCX with real headings, lists and tables."""
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.size = Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), {"bg": "bg-BG", "en": "en-GB"}[text.language])
    style.element.get_or_add_rPr().append(language)
    document.sections[0].footer.paragraphs[0].text = text.words["footer"]
    document.add_paragraph(text.title, style="Title")
    document.add_paragraph(text.subtitle, style="Subtitle")
    document.add_paragraph(f"{text.words['publisher']}, {text.printed_date}")
    _write_blocks(document, MARKDOWN.parse(text.body))
    properties = document.core_properties
    properties.title, properties.author = text.title, text.words["publisher"]
    properties.language = text.language
    properties.created = properties.modified = datetime.combine(text.date, time(12))
    stream = io.BytesIO()
    document.save(stream)
    return _without_clock(stream.getvalue(), text.date)


def _write_blocks(document: Document, tokens: list[Token]) -> None:
    """Write the blocks of a Markdown text one after another."""
    paragraph: Paragraph | None = None
    lists: list[tuple[str, int | None]] = []
    row: list[str] | None = None
    rows: list[list[str]] = []
    for token in tokens:
        match token.type:
            case "heading_open":
                paragraph = document.add_heading(level=int(token.tag[1]) - 1)
            case "ordered_list_open":
                lists.append(("List Number", _new_numbering(document)))
            case "bullet_list_open":
                lists.append(("List Bullet", None))
            case "ordered_list_close" | "bullet_list_close":
                lists.pop()
            case "tr_open":
                row = []
                rows.append(row)
            case "table_close":
                _write_table(document, rows)
                row, rows = None, []
            case "inline" if row is not None:
                row.append(token.content)
            case "inline":
                _write_runs(paragraph or _new_paragraph(document, lists), token)
                paragraph = None


def _new_paragraph(document: Document, lists: list[tuple[str, int | None]]) -> Paragraph:
    """Return a paragraph in the style of the list that it belongs to, if any."""
    style, numbering = lists[-1] if lists else ("Normal", None)
    paragraph = document.add_paragraph(style=style)
    if numbering is not None:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_numId().val = numbering
        properties.get_or_add_ilvl().val = 0
    return paragraph


def _new_numbering(document: Document) -> int:
    """Return the id of a numbering that starts at one again."""
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element
    first = style.pPr.numPr.numId.val
    pattern = next(num for num in numbering.num_lst if num.numId == first).abstractNumId.val
    num = numbering.add_num(pattern)
    num.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(num.numId)


def _write_runs(paragraph: Paragraph, inline: Token) -> None:
    """Write the words of a paragraph, the strong ones in bold."""
    is_strong = False
    for child in inline.children or []:
        if child.type in ("strong_open", "strong_close"):
            is_strong = child.type == "strong_open"
        elif child.content:
            paragraph.add_run(child.content).bold = is_strong or None


def _write_table(document: Document, rows: list[list[str]]) -> None:
    """Write a table whose first row is its head and is repeated on each page."""
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for cells in rows:
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    head = table.rows[0]
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in head.cells:
        cell.paragraphs[0].runs[0].bold = True
    document.add_paragraph()


def directory_rows(city: str) -> Iterator[tuple[str, ...]]:
    """Yield the sample organisations of a city; an address only where the seed records consent."""
    data = _toml(PROJECT / f"hub/seed/organisations/{city}.toml")
    for row in data["organisations"]:
        consent = bool(row["consent"])
        email = row["contact_email"] if consent else ""
        where = MUNICIPALITIES[data["municipality"]], row["field_bg"], row["settlement_bg"]
        yield row["name_bg"], *where, "да" if consent else "не", email


def csv_bytes(city: str) -> bytes:
    """Return the directory as CSV, as a spreadsheet program opens it in Bulgaria: semicolons, UTF-8 with its mark."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";").writerows([COLUMNS, *directory_rows(city)])
    return stream.getvalue().encode("utf-8-sig")


def xlsx_bytes(city: str) -> bytes:
    """Return the directory as a workbook with one sheet of rows and one that says what they are."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    rows = list(directory_rows(city))
    sheet.title = f"НПО {rows[0][1]}"
    for row in (COLUMNS, *rows):
        sheet.append(row)
    _lay_out(sheet)
    about = workbook.create_sheet("За файла")
    about.append(["ПРИМЕРЕН ДОКУМЕНТ – съдържанието е образец."])
    about.append(["Организациите са измислени; адресите на example.org не водят доникъде."])
    about.append(["Електронна поща се публикува само със записано съгласие на организацията."])
    about.column_dimensions["A"].width = 90
    properties = workbook.properties
    properties.title = f"Неправителствени организации – {rows[0][1]} (образец)"
    properties.creator, properties.language = WORDS["bg"]["publisher"], "bg"
    stream = io.BytesIO()
    workbook.save(stream)
    return _without_clock(stream.getvalue(), DIRECTORY_DATE)


def _lay_out(sheet: Worksheet) -> None:
    """Give the sheet a head that stays in view, a filter, and columns wide enough to read."""
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE6ED")
    for letter, width in zip("ABCDEF", (46, 16, 62, 24, 26, 40), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.oddFooter.center.text = WORDS["bg"]["footer"]


def _without_clock(data: bytes, day: date) -> bytes:
    """Return the office file with the day in place of the moment at which it was made."""
    stamp = datetime.combine(day, time(12), tzinfo=UTC)
    moment = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = moment.sub(rb"\g<1>" + stamp.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), content)
            new.writestr(zipfile.ZipInfo(name, stamp.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def scan_bytes(text: str) -> bytes:
    """Return a PDF that is a picture of a typed page, as a scanner makes it: black and white, without a text layer."""
    letters = ImageFont.truetype(str(SCAN_FONT), SCAN_LETTER)
    page = Image.new("1", SCAN_PAGE, 1)
    draw = ImageDraw.Draw(page)
    draw.fontmode = "1"
    for number, line in enumerate(text.splitlines()):
        draw.text((SCAN_MARGIN, SCAN_MARGIN + number * SCAN_LETTER * 1.7), line, font=letters, fill=0)
    stream = io.BytesIO()
    title = "Покана (примерен документ)"
    page.save(stream, "PDF", resolution=300, title=title, creationDate=None, modDate=None, producer=None)
    return stream.getvalue()


if __name__ == "__main__":
    main()

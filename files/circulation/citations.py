"""Citations of publications and files: in words by CSL styles, and as data for programs, down to a page."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from django.core.cache import cache

from hub.transliteration import slug_from

STYLES: Final = {"iso690": "iso-690.csl", "apa": "apa.csl"}
_FOLDER = Path(__file__).parent.parent / "data" / "csl"
_LOCALES = {"bg": "bg-BG", "en": "en-GB"}
_DAY = 24 * 60 * 60
_LAW = "law"

# What BibTeX reads as a command, and how it is said instead.
_BIBTEX = str.maketrans(
    {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_", "$": r"\$",
     "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)  # fmt: skip
_BIBTEX_LANGUAGES = {"bg": "bulgarian", "en": "english"}
_RIS_TYPES = {"report": "RPRT", "legislation": "STAT"}


@dataclass(frozen=True, slots=True)
class Author:
    """Who made a work: a person with a family name, or whoever is named as a whole."""

    literal: str = ""
    family: str = ""
    given: str = ""

    @property
    def inverted(self) -> str:
        """The family name first, or the whole name."""
        return f"{self.family}, {self.given}" if self.family else self.literal


@dataclass(frozen=True, slots=True)
class Work:
    """What is cited."""

    key: str
    title: str
    address: str
    language: str
    accessed: date
    authors: tuple[Author, ...] = ()
    publisher: str = ""
    issued: date | None = None
    kind: str = ""
    genre: str = ""
    version: int = 1
    page: int | None = None

    @property
    def csl_type(self) -> str:
        """The type of the work, as CSL names it."""
        return "legislation" if self.kind == _LAW else "report"

    @property
    def cite_key(self) -> str:
        """A name for the work that BibTeX takes: author, year, number."""
        author = self.authors[0] if self.authors else Author(literal=self.title)
        name = slug_from((author.family or author.literal).split(" ")[0]) or "work"
        year = str(self.issued.year) if self.issued else "nd"
        return re.sub(r"[^a-z0-9-]", "", f"{name}{year}-{self.key}")


def authors_in(text: str) -> tuple[Author, ...]:
    """Return the authors of a line: divided by semicolons, a person as "Family, Given", others as they stand."""
    return tuple(_author(part) for name in text.split(";") if (part := _plain(name)))


def as_text(work: Work, style: str, language: str) -> str:
    """Return the citation in words, in one of the styles, with the small words of a language."""
    asked = json.dumps([style, language, csl_item(work)], sort_keys=True)
    key = f"citation:{hashlib.sha256(asked.encode()).hexdigest()}"
    return str(cache.get_or_set(key, lambda: as_texts([work], style, language)[0], _DAY))


def as_texts(works: Sequence[Work], style: str, language: str) -> list[str]:
    """Return the citations of many works at once, which costs less than one after the other."""
    items = [_item_for(style, work) for work in works]
    rules = CitationStylesStyle(str(_FOLDER / STYLES[style]), locale=_LOCALES[language], validate=False)
    bibliography = CitationStylesBibliography(rules, CiteProcJSON(items), formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    return [str(entry) for entry in bibliography.bibliography()]


def csl_item(work: Work) -> dict[str, Any]:
    """Return the work as an item of CSL-JSON; what is not known is not in it."""
    item: dict[str, Any] = {
        "id": work.key,
        "type": work.csl_type,
        "title": _plain(work.title),
        "author": [_csl_name(author) for author in work.authors],
        "publisher": _plain(work.publisher),
        "genre": _plain(work.genre),
        "language": work.language,
        "version": str(work.version) if work.version > 1 else "",
        "page": str(work.page) if work.page else "",
        "URL": work.address,
        "issued": _csl_date(work.issued),
        "accessed": _csl_date(work.accessed),
    }
    return {name: value for name, value in item.items() if value}


def as_csl_json(work: Work) -> str:
    """Return the work as CSL-JSON, which citation programs read."""
    return json.dumps([csl_item(work)], ensure_ascii=False, indent=2) + "\n"


def as_bibtex(work: Work) -> str:
    """Return the work as an entry of BibTeX (biblatex's names of fields where BibTeX has none)."""
    issued = work.issued
    fields = {
        "author": " and ".join(_bibtex_name(author) for author in work.authors),
        "title": f"{{{_bibtex(work.title)}}}",
        "institution": _bibtex(work.publisher),
        "type": _bibtex(work.genre),
        "year": str(issued.year) if issued else "",
        "date": issued.isoformat() if issued else "",
        "version": str(work.version) if work.version > 1 else "",
        "pages": str(work.page) if work.page else "",
        "language": _BIBTEX_LANGUAGES.get(work.language, ""),
        "url": work.address,
        "urldate": work.accessed.isoformat(),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@techreport{{{work.cite_key},", *lines, "}", ""])


def as_ris(work: Work) -> str:
    """Return the work in the format RIS, a tag on each line."""
    issued = work.issued
    tags = [
        ("TY", _RIS_TYPES[work.csl_type]),
        *(("AU", author.inverted) for author in work.authors),
        ("TI", work.title),
        ("PB", work.publisher),
        ("M3", work.genre),
        ("PY", str(issued.year) if issued else ""),
        ("DA", issued.strftime("%Y/%m/%d") if issued else ""),
        ("ET", str(work.version) if work.version > 1 else ""),
        ("SP", str(work.page) if work.page else ""),
        ("LA", work.language),
        ("UR", work.address),
        ("Y2", work.accessed.strftime("%Y/%m/%d")),
    ]
    lines = [f"{tag}  - {_plain(value)}" for tag, value in tags if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def _item_for(style: str, work: Work) -> dict[str, Any]:
    """Return the item that a style is given: in APA, who published his own work is named once."""
    item = csl_item(work)
    if style == "apa" and len(work.authors) == 1 and work.authors[0].literal == work.publisher:
        item.pop("publisher", None)
    return item


def _author(name: str) -> Author:
    """Return an author: one word before the only comma is a family name."""
    family, comma, given = name.partition(", ")
    if comma and given and " " not in family and "," not in given:
        return Author(family=family, given=given)
    return Author(literal=name)


def _csl_name(author: Author) -> dict[str, str]:
    """Return a name as CSL-JSON has it."""
    return {"family": author.family, "given": author.given} if author.family else {"literal": author.literal}


def _csl_date(day: date | None) -> dict[str, list[list[int]]] | None:
    """Return a date as CSL-JSON has it."""
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None


def _bibtex_name(author: Author) -> str:
    """Return a name; one that is no person's in braces of its own, so that it is not taken apart."""
    return _bibtex(author.inverted) if author.family else f"{{{_bibtex(author.literal)}}}"


def _bibtex(text: str) -> str:
    """Return a text without anything that BibTeX would obey."""
    return _plain(text).translate(_BIBTEX)


def _plain(text: str) -> str:
    """Return a text on one line, without control characters."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())

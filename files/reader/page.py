"""What the reader's page shows: one view of a version, what was looked for in it, and the ways on from there."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from files.models import Document, Version, VersionPage
from files.reader.finding import MOST_SEARCHED, Found, Question, find
from files.reader.parts import (
    PAGES,
    ShownPart,
    ShownTable,
    Window,
    first_parts,
    kind_of,
    lone_heads,
    sheet_of,
    shown_parts,
    shown_tables,
    window_at,
)
from search.analysis import highlight
from search.query import cut

MOST_DIGITS = 9
MOST_RANGES = 60  # links in the table of pages
LISTED = 10  # hits that are listed around the one in view
SNIPPET = 120  # signs of a hit in the list
TEXT_ONLY = "text"


@dataclass(frozen=True, slots=True)
class Hit:
    """A part that holds what was looked for: its name, its address, and the words around the match."""

    label: str
    url: str
    pieces: Sequence[tuple[str, bool]]
    is_here: bool


@dataclass(frozen=True, slots=True)
class Range:
    """An entry of the table of pages."""

    first: int
    last: int
    url: str
    is_here: bool


class ReaderPage:
    """One view of a version, as the address asks for it."""

    def __init__(self, request: HttpRequest, document: Document, version: Version, base: str) -> None:
        self.document, self.version, self.base = document, version, base
        self.kind = kind_of(version)
        self.is_text_only = request.GET.get("view") == TEXT_ONLY
        self.question = Question.of(cut(request.GET.get("q", "")), document.language)
        self.search_from = _number(request.GET.get("from", "")) or 1
        self._asked_anchor = request.GET.get("at", "")[:200]
        self._asked_number = _number(request.GET.get("page", ""))

    @cached_property
    def found(self) -> Found:
        """The parts that hold what was looked for; of a table its rows, and a head that was asked for or is alone."""
        found = find(self.version, self.question, start=self.search_from)
        if self.kind != "table" or not found.numbers:
            return found
        heads = lone_heads(self.version) - {self._asked_part}
        rows = tuple(number for number in found.numbers if number not in heads)
        return replace(found, numbers=rows or found.numbers)

    @cached_property
    def number(self) -> int:
        """The part at which the view opens: the asked one, else the first hit, else the beginning."""
        if self._asked_part:
            return self._asked_part
        if self._asked_number:
            return self._asked_number
        return self.found.numbers[0] if self.found.numbers else 1

    @cached_property
    def window(self) -> Window:
        """The view; a table shows the rows alone that hold what was looked for."""
        among = self.found.numbers if self.kind == "table" else ()
        return window_at(self.version, self.number, among)

    @cached_property
    def parts(self) -> list[ShownPart]:
        """The pages or sections of the view."""
        return shown_parts(
            self.version, self.window, self.question, with_pictures=self.kind == "pages" and not self.is_text_only
        )

    @cached_property
    def tables(self) -> list[ShownTable]:
        """The tables of the view."""
        if self.question.clauses and not self.found.numbers:
            return []
        return shown_tables(self.version, self.window, self.question)

    @cached_property
    def sheets(self) -> list[Range]:
        """The sheets of a workbook that has several."""
        if self.kind != "table":
            return []
        firsts = first_parts(self.version)
        here = {sheet_of(part) for part in self.window.parts}
        return [Range(n, n, self.at(n), sheet in here) for sheet, n in firsts] if len(firsts) > 1 else []

    @cached_property
    def hits(self) -> list[Hit]:
        """The hits around the view, in the order of the document."""
        numbers = self.found.numbers
        place = min(bisect_left(numbers, self.number), max(len(numbers) - 1, 0))
        start = max(0, min(place - LISTED // 2, len(numbers) - LISTED))
        listed = self.version.pages.filter(number__in=numbers[start : start + LISTED]).order_by("number")
        return [self._hit(part) for part in listed]

    @cached_property
    def previous_hit(self) -> str:
        """The address of the last hit before the view; empty where there is none."""
        place = bisect_left(self.found.numbers, self.number)
        return self.at(self.found.numbers[place - 1], jumps=True) if place else ""

    @cached_property
    def next_hit(self) -> str:
        """The address of the first hit behind the one at which the view opens; empty where there is none."""
        place = bisect_right(self.found.numbers, self.number)
        return self.at(self.found.numbers[place], jumps=True) if place < len(self.found.numbers) else ""

    @property
    def search_on(self) -> str:
        """The address that looks through the parts behind those that were looked through; empty at the end."""
        if not self.question.clauses or self.found.searched_to >= self._last:
            return ""
        return self.address(**{"from": self.found.searched_to + 1})

    @property
    def searched(self) -> tuple[int, int]:
        """The first and the last part that were looked through."""
        return self.search_from, min(self.search_from + MOST_SEARCHED - 1, self._last)

    @property
    def before(self) -> str:
        """The address of the view before this one."""
        return self.at(self.window.before) if self.window.before else ""

    @property
    def after(self) -> str:
        """The address of the view behind this one."""
        return self.at(self.window.after) if self.window.after else ""

    @property
    def other_view(self) -> str:
        """The address of the same place as text alone, or with pictures again."""
        return self.address(page=self.window.first or None, view=None if self.is_text_only else TEXT_ONLY)

    @cached_property
    def ranges(self) -> list[Range]:
        """The table of pages: some at a time, so that even a very long document has a short one."""
        total = self.window.total
        if self.kind != "pages" or total <= PAGES:
            return []
        step = -(-total // (MOST_RANGES * PAGES)) * PAGES
        return [
            Range(first, min(first + step - 1, total), self.at(first), first <= self.window.first < first + step)
            for first in range(1, total + 1, step)
        ]

    def at(self, number: int, *, jumps: bool = False) -> str:
        """Return the address of the view in which a part stands; one that jumps opens at the part itself."""
        address = self.address(page=number)
        return f"{address}#{self._anchor(number)}" if jumps else address

    def address(self, **changes: object) -> str:
        """Return this address with some parameters changed, None leaving one out."""
        own: dict[str, object] = {"q": self.question.text, "view": TEXT_ONLY if self.is_text_only else None}
        own["from"] = self.search_from if self.search_from > 1 else None
        wanted = {name: value for name, value in {**own, **changes}.items() if value}
        return f"{self.base}?{urlencode(wanted)}" if wanted else self.base

    @cached_property
    def _asked_part(self) -> int:
        """The part that the address names by its anchor; 0 if there is none."""
        if not self._asked_anchor:
            return 0
        part = self.version.pages.filter(anchor=self._asked_anchor).values_list("number", flat=True).first()
        return part or 0

    @cached_property
    def _last(self) -> int:
        """The number of the last part of all."""
        last = self.version.pages.order_by("-number").values_list("number", flat=True).first()
        return last or 0

    def _anchor(self, number: int) -> str:
        """Return the address fragment of a part, which only pages have by their number."""
        if self.kind == "pages":
            return f"page={number}"
        anchor = self.version.pages.filter(number=number).values_list("anchor", flat=True).first()
        return anchor or ""

    def _hit(self, part: VersionPage) -> Hit:
        """Return a hit of the list."""
        terms = {term for clause in self.question.clauses for term in clause.all_terms}
        pieces = highlight(part.text, self.document.language, terms, (), length=SNIPPET)
        address = f"{self.address(page=part.number)}#{part.anchor}"
        return Hit(part.label, address, [(piece.text, piece.is_match) for piece in pieces], part.number == self.number)


def address_of(document: Document, version: Version) -> str:
    """Return the address of a version's reader in the language of the moment; the latest one has the document's."""
    if version == document.current:
        return reverse("documents:read", args=[document.pk])
    return reverse("documents:read_version", args=[document.pk, version.number])


def _number(text: str) -> int:
    """Return a number from the address; 0 for anything that is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0

"""The parts of a version as the reader shows them: some pages, sections or rows at a time, however many there are."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Max, Min, Value
from django.db.models.functions import StrIndex, Substr
from django.urls import reverse

from files.extraction.media_types import CSV, PDF, XLSX
from files.extraction.pictures import SMALL_WIDTH
from files.models import PagePicture, Version, VersionPage
from files.reader.finding import Pieces, Question, marked

# Parts in one view, by the kind of document: about as much text as one reads before turning over.
PAGES, ROWS, SECTIONS = 8, 50, 8
FULL_LINE = 0.7  # of the longest line of a page
MOST_CHARACTERS = 20_000  # of sections, which may be short or long


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """The pictures of a page: their addresses and the size of the large one."""

    url: str
    small_url: str
    width: int
    height: int

    @property
    def small_height(self) -> int:
        """The height of the small one."""
        return round(SMALL_WIDTH * self.height / self.width)


@dataclass(frozen=True)
class ShownPart:
    """A page or a section."""

    part: VersionPage
    question: Question
    picture: ShownPicture | None = None

    @property
    def heading(self) -> str:
        """The first line, where it is the heading by which the file itself calls the section."""
        first, _, _ = self.part.text.partition("\n")
        return first if self.part.label and first == self.part.label else ""

    @cached_property
    def paragraphs(self) -> list[Pieces]:
        """The text without its heading, with the words marked that are looked for."""
        text = self.part.text[len(self.heading) :].strip("\n")
        paragraphs = [marked(paragraph, self.question) for paragraph in text.split("\n\n") if paragraph]
        if self.part.version.media_type != PDF:
            return paragraphs
        longest = max(map(len, text.split("\n")))
        return [_flowing(pieces, longest) for pieces in paragraphs]

    @cached_property
    def heading_pieces(self) -> Pieces:
        """The heading with the words marked that are looked for."""
        return marked(self.heading, self.question)


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of a table: where it lies, its number, and its cells with the words marked."""

    anchor: str
    number: str
    cells: Sequence[Pieces]


@dataclass(frozen=True)
class ShownTable:
    """Rows of one sheet under the head of its columns."""

    name: str
    anchor: str  # of the head of the columns
    columns: Sequence[Pieces]  # nothing for a column without a name
    rows: list[ShownRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Window:
    """The parts of one view, and where the views before and after it begin; 0 where there is none."""

    parts: Sequence[VersionPage]
    total: int
    before: int = 0
    after: int = 0

    @property
    def first(self) -> int:
        """The number of the first part."""
        return self.parts[0].number if self.parts else 0

    @property
    def last(self) -> int:
        """The number of the last part."""
        return self.parts[-1].number if self.parts else 0


def _flowing(pieces: Pieces, longest: int) -> Pieces:
    """Return a paragraph of a printed page with the ends of its full lines undone, which mean nothing on a screen.

    A line that is clearly shorter than the page's longest one ends where its writer wanted it to end.
    """
    text = "".join(piece for piece, _ in pieces)
    lines = text.split("\n")
    full = [len(line) >= FULL_LINE * longest for line in lines[:-1]]
    signs = {True: " ", False: "\n"}
    ends = ("\u2060" if line.endswith("-") else signs[is_full] for line, is_full in zip(lines, full, strict=False))
    flowing = "".join(line + end for line, end in zip(lines, [*ends, ""], strict=True))
    shown, position = [], 0
    for piece, is_match in pieces:
        shown.append((flowing[position : position + len(piece)], is_match))
        position += len(piece)
    return tuple(shown)


def kind_of(version: Version) -> str:
    """Return how a version is shown: as pages, as tables or as running text."""
    if version.media_type == PDF:
        return "pages"
    return "table" if version.media_type in {XLSX, CSV} else "text"


def window_at(version: Version, number: int, among: Sequence[int] = ()) -> Window:
    """Return the view in which a part stands; of a filtered table, the view among the rows that are left."""
    kind = kind_of(version)
    total = version.pages.aggregate(last=Max("number"))["last"] or 0
    number = min(max(number, 1), max(total, 1))
    if among:
        return _among(version, number, among)
    if kind == "text":
        return _sections(version, number, total)
    step = PAGES if kind == "pages" else ROWS
    first = (number - 1) // step * step + 1
    parts = list(version.pages.filter(number__gte=first, number__lt=first + step).order_by("number"))
    return Window(parts, total, max(first - step, 0), first + step if first + step <= total else 0)


def _among(version: Version, number: int, among: Sequence[int]) -> Window:
    """Return a view of some parts of a table."""
    first = min(bisect_left(among, number), len(among) - 1) // ROWS * ROWS
    own = among[first : first + ROWS]
    parts = list(version.pages.filter(number__in=own).order_by("number"))
    after = among[first + ROWS] if first + ROWS < len(among) else 0
    return Window(parts, len(among), among[first - ROWS] if first else 0, after)


def _sections(version: Version, number: int, total: int) -> Window:
    """Return a view of running text that begins with a section, as long as is good to read."""
    parts = _bearable(version.pages.filter(number__gte=number).order_by("number")[:SECTIONS])
    earlier = _bearable(version.pages.filter(number__lt=number).order_by("-number")[:SECTIONS])
    after = parts[-1].number + 1 if parts and parts[-1].number < total else 0
    return Window(parts, total, earlier[-1].number if earlier else 0, after)


def _bearable(parts: Iterable[VersionPage]) -> list[VersionPage]:
    """Return the first of these parts, until their text is enough for one view."""
    taken: list[VersionPage] = []
    characters = 0
    for part in parts:
        characters += len(part.text)
        if taken and characters > MOST_CHARACTERS:
            break
        taken.append(part)
    return taken


def shown_parts(version: Version, window: Window, question: Question, *, with_pictures: bool) -> list[ShownPart]:
    """Return the pages or sections of a view, with their pictures where they are wanted and made."""
    pictures: dict[int, ShownPicture] = {}
    if with_pictures and window.parts:
        numbers = [part.number for part in window.parts]
        made = PagePicture.objects.filter(blob=version.blob_id, number__in=numbers, width__gt=0)
        pictures = {picture.number: shown_picture(version, picture) for picture in made}
    for part in window.parts:
        part.version = version
    return [ShownPart(part, question, pictures.get(part.number)) for part in window.parts]


def shown_picture(version: Version, picture: PagePicture) -> ShownPicture:
    """Return the addresses of a page's pictures."""
    large, small = (
        reverse("files:picture", args=[version.document_id, version.number, picture.number, size])
        for size in PagePicture.SIZES
    )
    return ShownPicture(large, small, picture.width, picture.height)


def shown_tables(version: Version, window: Window, question: Question) -> list[ShownTable]:
    """Return the rows of a view, sheet by sheet; the first row of a sheet is the head of its columns."""
    tables: dict[str, ShownTable] = {}
    heads = _heads(version, {sheet_of(part) for part in window.parts})
    for part in window.parts:
        sheet = sheet_of(part)
        head = heads.get(sheet)
        if sheet not in tables:
            anchor, names = (head.anchor, head.rows[0][1:]) if head and head.rows else ("", ())
            columns = [marked(name, question) if name else () for name in names]
            tables[sheet] = ShownTable(part.label.rpartition(" · ")[0], anchor, columns)
        for place, row in enumerate(part.rows or [["", part.text]]):
            if head and head.number == part.number and place == 0 and head.rows:
                continue
            width = max(len(tables[sheet].columns), len(row) - 1)
            cells = [marked(cell, question) for cell in (*row[1:], *[""] * (width - len(row) + 1))]
            tables[sheet].rows.append(ShownRow(part.anchor if place == 0 else "", row[0], cells))
    return list(tables.values())


def sheet_of(part: VersionPage) -> str:
    """Return what the anchors of a part's sheet begin with; empty for a file that has but one table."""
    sheet, divider, _ = part.anchor.partition("&")
    return sheet if divider else ""


def _heads(version: Version, sheets: set[str]) -> dict[str, VersionPage]:
    """Return the first parts of these sheets."""
    first = {sheet: number for sheet, number in first_parts(version) if sheet in sheets}
    by_number = {part.number: part for part in version.pages.filter(number__in=first.values())}
    return {sheet: by_number[number] for sheet, number in first.items() if number in by_number}


def lone_heads(version: Version) -> set[int]:
    """Return the numbers of the parts that hold the head of a table and none of its rows."""
    firsts = [number for _, number in first_parts(version)]
    return {part.number for part in version.pages.filter(number__in=firsts) if len(part.rows) == 1}


def first_parts(version: Version) -> list[tuple[str, int]]:
    """Return the sheets of a version, by what their anchors begin with, and the number of the first part of each."""
    sheet = Substr("anchor", 1, StrIndex("anchor", Value("&")))
    rows = version.pages.order_by().annotate(sheet=sheet).values("sheet").annotate(first=Min("number"))
    return sorted(((str(row["sheet"]).removesuffix("&"), row["first"]) for row in rows), key=lambda pair: pair[1])

"""What a PDF offers to screen readers: marked structure, a language, a title."""

from dataclasses import dataclass
from typing import Any, BinaryIO

import pikepdf

from .errors import BrokenFileError


@dataclass(frozen=True, slots=True)
class Accessibility:
    """What the file says of itself; all three are what PDF/UA asks for first."""

    is_tagged: bool
    names_language: bool
    names_title: bool


def accessibility_of(stream: BinaryIO) -> Accessibility:
    """Return what a PDF that has passed the gate offers."""
    stream.seek(0)
    try:
        with pikepdf.open(stream) as pdf:
            marks, root = pdf.Root.get("/MarkInfo"), pdf.Root
            is_marked = isinstance(marks, pikepdf.Dictionary) and bool(marks.get("/Marked"))
            return Accessibility(
                is_tagged=is_marked and isinstance(root.get("/StructTreeRoot"), pikepdf.Dictionary),
                names_language=_has_text(root.get("/Lang")),
                names_title=_has_title(pdf),
            )
    except (pikepdf.PdfError, AttributeError, LookupError, RuntimeError, TypeError, ValueError) as error:
        raise BrokenFileError(str(error)) from error


def _has_title(pdf: pikepdf.Pdf) -> bool:
    """Return whether the file's own description, the old or the new one, holds a title."""
    info = pdf.trailer.get("/Info")
    if isinstance(info, pikepdf.Dictionary) and _has_text(info.get("/Title")):
        return True
    if "/Metadata" not in pdf.Root:
        return False
    with pdf.open_metadata(update_docinfo=False) as description:
        return bool(str(description.get("dc:title", "")).strip())


def _has_text(item: Any) -> bool:
    """Return whether an entry is a text that says something."""
    return isinstance(item, pikepdf.String) and bool(str(item).strip())

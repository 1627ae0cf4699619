"""What a document would do besides being read: scripts, programs, attachments. None of it is taken in."""

import re
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO, Final
from xml.etree.ElementTree import Element

import pikepdf

from .archives import opened_archive, read_chunks, read_xml
from .content_type import declared_types
from .errors import ActiveContentError, BrokenFileError, EncryptedFileError, EntityError, MacroError

# Actions that run something or write to the reader's machine; following a link is none of them.
_ACTIONS: Final = {"/JavaScript": "JavaScript", "/Launch": "Launch", "/ImportData": "ImportData", "/GoToE": "GoToE"}
_ENTRIES: Final = {"/JS": "JavaScript", "/JavaScript": "JavaScript", "/EF": "EmbeddedFile", "/XFA": "XFA"}
_KINDS: Final = {"/EmbeddedFile": "EmbeddedFile", "/RichMedia": "RichMedia", "/FileAttachment": "EmbeddedFile"}

_MACRO_TYPES: Final = ("macroenabled", "vbaproject", "macrosheet", "activex")
_MACRO_PARTS: Final = re.compile(r"(?:vbaproject[^/]*\.bin|/activex/.*|^basic/.+|^scripts/.+)$", re.IGNORECASE)
_DECLARATION: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_PACKAGE: Final = "Ole10Native".encode("utf-16-le")  # a whole file, of any kind, behind an icon in the text
_OVERLAP: Final = 64
_LOADED_RELATIONS: Final = frozenset({"attachedTemplate", "oleObject", "subDocument", "frame"})
_ELSEWHERE: Final = re.compile(
    r"(?:https?:|ftp:|mhtml:|//|\\\\|file:(?:/*\\\\|/{4,}|//(?![a-z]:)[^/\\]))", re.IGNORECASE
)


def check_pdf(stream: BinaryIO) -> bool:
    """Raise a named error for a PDF that is encrypted or would act; return whether it is tagged."""
    stream.seek(0)
    try:
        with pikepdf.open(stream) as pdf:
            if pdf.is_encrypted:
                raise EncryptedFileError("permissions are restricted")
            if found := next(_active_entries(pdf), None):
                raise ActiveContentError(f"the PDF holds {found}", found=found)
            marks = pdf.Root.get("/MarkInfo")
            return isinstance(marks, pikepdf.Dictionary) and bool(marks.get("/Marked"))
    except pikepdf.PasswordError as error:
        raise EncryptedFileError("a password is needed") from error
    except (pikepdf.PdfError, AttributeError, LookupError, RuntimeError, TypeError, ValueError) as error:
        raise BrokenFileError(str(error)) from error


def _active_entries(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Yield the names of what would act, from all objects of the file, whether or not a page leads to them."""
    for whole in pdf.objects:
        waiting: list[Any] = [whole]
        while waiting:
            item = waiting.pop()
            if isinstance(item, pikepdf.Array):
                waiting.extend(part for part in item if _is_direct_container(part))
            elif isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
                entries = dict(item.items())
                yield from _dangers(entries)
                waiting.extend(part for part in entries.values() if _is_direct_container(part))


def _dangers(entries: dict[str, Any]) -> Iterator[str]:
    """Yield what one dictionary would do."""
    for key, name in _ENTRIES.items():
        if key in entries:
            yield name
    action = entries.get("/S")
    if isinstance(action, pikepdf.Name) and str(action) in _ACTIONS:
        yield _ACTIONS[str(action)]
    for key in ("/Type", "/Subtype"):
        kind = entries.get(key)
        if isinstance(kind, pikepdf.Name) and str(kind) in _KINDS:
            yield _KINDS[str(kind)]


def _is_direct_container(item: object) -> bool:
    """Return whether the object stands in its parent itself; one that is referred to has its own turn."""
    return isinstance(item, (pikepdf.Array, pikepdf.Dictionary)) and not item.is_indirect


def check_office(stream: BinaryIO) -> None:
    """Raise a named error for an office file with program code, entities, or parts loaded from elsewhere."""
    with opened_archive(stream) as archive:
        for declared in sorted(declared_types(archive)):
            if any(sign in declared for sign in _MACRO_TYPES):
                raise MacroError(f"a part is declared as {declared}", found=declared)
        for name in archive.namelist():
            if _MACRO_PARTS.search(name):
                raise MacroError(f"the archive holds {name}", found=name)
            _check_part(archive, name)
            if name.endswith(".rels"):
                _check_relations(read_xml(archive, name))


def _check_part(archive: zipfile.ZipFile, name: str) -> None:
    """Read a part to its end, which proves that it unfolds as promised; raise for entities or a packed file in it."""
    is_xml = name.lower().endswith((".xml", ".rels"))
    tail = b""
    for chunk in read_chunks(archive, name):
        seen = tail + chunk
        # Without its zero bytes, XML in UTF-16 and UTF-32 reads as the plain one does.
        if is_xml and _DECLARATION.search(seen.replace(b"\0", b"")):
            raise EntityError(f"{name} declares a document type or entities", part=name)
        if not is_xml and _PACKAGE in seen:
            raise ActiveContentError(f"{name} is a packed file", found="OLE package")
        tail = seen[-_OVERLAP:]


def _check_relations(relations: Element) -> None:
    """Raise ActiveContentError for a template or an object that an office program would load from another machine."""
    for relation in relations:
        kind = relation.get("Type", "").rsplit("/", 1)[-1]
        is_external = relation.get("TargetMode", "") == "External"
        if is_external and kind in _LOADED_RELATIONS and _ELSEWHERE.match(relation.get("Target", "")):
            raise ActiveContentError(f"{kind} is loaded from elsewhere", found=kind)

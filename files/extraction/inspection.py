"""The gate: what a file really is, and whether it may be kept and shown. Nothing is stored before it has passed."""

import hashlib
from dataclasses import dataclass
from typing import BinaryIO, Final

from .accessibility import accessibility_of
from .active_content import check_office, check_pdf
from .archives import CHUNK
from .charset import detect
from .content_type import PROTECTED_OFFICE, content_type
from .errors import (
    BrokenFileError,
    ContentMismatchError,
    EmptyFileError,
    EncryptedFileError,
    TooLargeError,
    UnsupportedTypeError,
)
from .media_types import BY_EXTENSION, CSV, DOCX, ODT, PDF, TXT, XLSX
from .names import extension_of
from .reading import opened

DEFAULT_MAX_BYTES: Final = 100 * 2**20
_OFFICE = frozenset({DOCX, XLSX, ODT})
_TEXT = frozenset({TXT, CSV})


@dataclass(frozen=True, slots=True)
class Inspection:
    """What is known of a file that has passed."""

    media_type: str
    extension: str
    size: int
    sha256: str
    page_count: int | None  # as in Extraction
    title: str  # as the file's own metadata has it
    is_tagged: bool | None = None  # of a PDF: whether its structure is marked for screen readers
    names_language: bool | None = None  # of a PDF: whether it says its language, and its title
    names_title: bool | None = None
    charset: str = ""  # of a plain text


def inspect(stream: BinaryIO, name: str, *, max_bytes: int = DEFAULT_MAX_BYTES) -> Inspection:
    """Return what the file is; raise a named error for one that must not be taken in."""
    extension = extension_of(name)
    claimed = BY_EXTENSION.get(extension)
    size, sha256 = _fingerprint(stream, max_bytes)
    if claimed is None:
        raise UnsupportedTypeError(f"no files of kind {extension!r}", extension=extension)
    _check_type(stream, extension, claimed)
    offered = None
    if claimed == PDF:
        check_pdf(stream)
        offered = accessibility_of(stream)
    if claimed in _OFFICE:
        check_office(stream)
    with opened(stream, claimed) as document:
        return Inspection(
            media_type=claimed,
            extension=extension,
            size=size,
            sha256=sha256,
            page_count=document.page_count,
            title=document.title,
            is_tagged=offered.is_tagged if offered else None,
            names_language=offered.names_language if offered else None,
            names_title=offered.names_title if offered else None,
            charset=_charset(stream) if claimed in _TEXT else "",
        )


def _fingerprint(stream: BinaryIO, max_bytes: int) -> tuple[int, str]:
    """Return size and checksum; reading ends where the limit is passed."""
    stream.seek(0)
    digest = hashlib.sha256()
    size = 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > max_bytes:
            raise TooLargeError(f"more than {max_bytes} bytes", limit=max_bytes)
        digest.update(chunk)
    if size == 0:
        raise EmptyFileError
    return size, digest.hexdigest()


def _check_type(stream: BinaryIO, extension: str, claimed: str) -> None:
    """Raise a named error when the content is not what the extension says."""
    try:
        found = content_type(stream)
    except BrokenFileError:
        if claimed in _OFFICE:
            raise
        raise ContentMismatchError("an archive", extension=extension, found="application/zip") from None
    if found == PROTECTED_OFFICE:
        raise EncryptedFileError("an office file behind a password")
    if found != (TXT if claimed in _TEXT else claimed):
        raise ContentMismatchError(f"{extension} is {found}", extension=extension, found=found)


def _charset(stream: BinaryIO) -> str:
    """Return the encoding of a plain text."""
    stream.seek(0)
    return detect(stream.read())

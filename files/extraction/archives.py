"""Office files are ZIP archives: opened only when what they claim to unfold to is reasonable, and read within it."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final
from xml.etree import ElementTree

from .document import Source
from .errors import ArchiveBombError, BrokenFileError, EncryptedFileError, EntityError

MAX_ENTRIES: Final = 5_000
MAX_UNFOLDED_BYTES: Final = 400 * 2**20
# A sheet of equal rows is honestly squeezed a hundredfold; a bomb a thousandfold. Small parts are left alone.
MAX_RATIO: Final = 250
RATIO_FROM_BYTES: Final = 8 * 2**20
CHUNK: Final = 2**16

OLE_SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_FLAG = 0x1
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError)


@contextmanager
def opened_stream(source: Source) -> Iterator[BinaryIO]:
    """Give a stream at its beginning for a path or a stream; a path's stream is closed, a given one stays open."""
    if isinstance(source, Path):
        with source.open("rb") as stream:
            yield stream
    else:
        source.seek(0)
        yield source


@contextmanager
def opened_archive(stream: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """Give the archive, its table of contents checked; raise a named error for what is none, or is a bomb."""
    stream.seek(0)
    if stream.read(len(OLE_SIGNATURE)) == OLE_SIGNATURE:
        raise EncryptedFileError("an OLE container where a ZIP archive is expected")
    try:
        archive = zipfile.ZipFile(stream)
    except _ZIP_ERRORS as error:
        raise BrokenFileError(f"no readable archive: {error}") from error
    with archive:
        _check_contents(archive, _size(stream))
        yield archive


def read_chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield a member piece by piece; it ends where its promised size ends, and one that goes on is broken."""
    try:
        with archive.open(name) as member:
            while chunk := member.read(CHUNK):
                yield chunk
    except KeyError as error:
        raise BrokenFileError(f"the archive has no {name}") from error
    except _ZIP_ERRORS as error:
        raise BrokenFileError(f"{name} cannot be read: {error}") from error


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a member's bytes."""
    return b"".join(read_chunks(archive, name))


def read_xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """Return the root of an XML member; raise EntityError for one that declares a document type."""
    return parse_xml(read_member(archive, name), part=name)


def parse_xml(data: bytes, *, part: str) -> ElementTree.Element:
    """Return the root element; a document type ends the parsing before any entity could be expanded."""
    parser = ElementTree.XMLParser(target=_PlainTree(part))  # noqa: S314 -- the target refuses document types
    try:
        parser.feed(data)
        root: ElementTree.Element = parser.close()
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise BrokenFileError(f"{part} is not well-formed: {error}") from error
    return root


class _PlainTree(ElementTree.TreeBuilder):
    """Builds elements and refuses a document type, and with it every entity."""

    def __init__(self, part: str) -> None:
        super().__init__()
        self._part = part

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Refuse the document type that the parser has just met."""
        raise EntityError(f"{self._part} declares a document type", part=self._part)


def _check_contents(archive: zipfile.ZipFile, file_size: int) -> None:
    """Raise a named error when the table of contents promises more than a document needs, or members with passwords."""
    members = archive.infolist()
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        raise EncryptedFileError("a member of the archive is encrypted")
    if len({member.filename for member in members}) < len(members):
        raise BrokenFileError("two members have one name: programs would differ over which one is meant")
    if len(members) > MAX_ENTRIES:
        raise ArchiveBombError(f"{len(members)} members", limit=MAX_ENTRIES)
    if sum(member.compress_size for member in members) > file_size:
        raise ArchiveBombError("members share their bytes", limit=file_size)
    if sum(member.file_size for member in members) > MAX_UNFOLDED_BYTES:
        raise ArchiveBombError("the members are too large together", limit=MAX_UNFOLDED_BYTES)
    for member in members:
        if member.file_size > RATIO_FROM_BYTES and member.file_size > MAX_RATIO * max(member.compress_size, 1):
            raise ArchiveBombError(f"{member.filename!r} is squeezed too far", limit=MAX_RATIO)


def _size(stream: BinaryIO) -> int:
    """Return how many bytes the stream has."""
    size = stream.seek(0, 2)
    stream.seek(0)
    return size

"""What a file is by its content, whatever its name says."""

import codecs
import zipfile
from typing import BinaryIO, Final

import puremagic

from .archives import CHUNK, OLE_SIGNATURE, opened_archive, read_member, read_xml
from .media_types import DOCX, ODT, PDF, TXT, XLSX

UNKNOWN: Final = "application/octet-stream"
ARCHIVE: Final = "application/zip"
HTML: Final = "text/html"
OLE: Final = "application/x-ole-storage"  # an old office file, or a new one behind a password
PROTECTED_OFFICE: Final = "application/encrypted"
CONTENT_TYPES: Final = "[Content_Types].xml"

_HEAD = 8192
_IDLE = b"\xef\xbb\xbf \t\r\n"
_PDF_HEADER = b"%PDF-"
_ZIP_HEADER = b"PK\x03\x04"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_MARKUP = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?xml", b"<?php", b"<iframe")
_OTHER_TEXT = {b"{\\rtf": "application/rtf", b"%!ps": "application/postscript", b"gif8": "image/gif"}
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_CONTROL = bytes(byte for byte in range(0x20) if byte not in b"\t\n\x0b\x0c\r\x1a\x1b") + b"\x7f"
_MAIN_PARTS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": DOCX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": XLSX,
    "application/vnd.ms-word.document.macroenabled.main+xml": DOCX,
    "application/vnd.ms-excel.sheet.macroenabled.main+xml": XLSX,
}


def content_type(stream: BinaryIO) -> str:
    """Return the media type of the content: one that is taken in, or the name of what it is instead."""
    stream.seek(0)
    head = stream.read(_HEAD)
    start = head.lstrip(_IDLE)
    if start.startswith(_PDF_HEADER):
        return ARCHIVE if zipfile.is_zipfile(stream) else PDF  # a file that is both is meant to deceive
    if head.startswith(_ZIP_HEADER):
        return _archive_type(stream)
    if head.startswith(OLE_SIGNATURE):
        return PROTECTED_OFFICE if _holds(stream, _ENCRYPTED_STREAM) else OLE
    if start[:16].lower().startswith(_MARKUP):
        return HTML
    for signature, media_type in _OTHER_TEXT.items():
        if start.lower().startswith(signature):
            return media_type
    return TXT if _is_text(stream) else _guess(head)


def declared_types(archive: zipfile.ZipFile) -> frozenset[str]:
    """Return the content types that an office file declares for its parts, in small letters."""
    if CONTENT_TYPES not in archive.namelist():
        return frozenset()
    return frozenset(element.get("ContentType", "").lower() for element in read_xml(archive, CONTENT_TYPES).iter())


def _archive_type(stream: BinaryIO) -> str:
    """Return which office file the archive is."""
    with opened_archive(stream) as archive:
        if "mimetype" in archive.namelist():
            is_text = read_member(archive, "mimetype").strip() == ODT.encode()
            return ODT if is_text else ARCHIVE
        found = {_MAIN_PARTS[declared] for declared in declared_types(archive) & _MAIN_PARTS.keys()}
    return found.pop() if len(found) == 1 else ARCHIVE


def _is_text(stream: BinaryIO) -> bool:
    """Return whether the file holds signs that a plain text may hold, from its first byte to its last."""
    stream.seek(0)
    chunk = stream.read(CHUNK)
    if chunk.startswith(_WIDE):
        return True
    while chunk:
        if len(chunk.translate(None, _CONTROL)) != len(chunk):
            return False
        chunk = stream.read(CHUNK)
    return True


def _holds(stream: BinaryIO, wanted: bytes) -> bool:
    """Return whether the bytes stand anywhere in the file."""
    stream.seek(0)
    tail = b""
    while chunk := stream.read(CHUNK):
        if wanted in tail + chunk:
            return True
        tail = chunk[-len(wanted) :]
    return False


def _guess(head: bytes) -> str:
    """Return what the first bytes are known for."""
    try:
        return puremagic.from_string(head, mime=True) or UNKNOWN
    except (puremagic.PureError, ValueError):
        return UNKNOWN

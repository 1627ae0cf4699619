"""Answers that carry a file: what HTTP asks of names, ranges and freshness."""

from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import storages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from files.extraction.media_types import PDF
from files.extraction.names import name_from
from files.models import Version
from hub.transliteration import transliterate

CHUNK = 2**16
_DIGITS = 18  # of the size of any file that will ever be; Python reads no number of thousands of digits
# Nothing in a file may act in the reader's browser. A PDF has no sandbox: Chromium 156 shows it in one, but not every
# browser does; what its own viewer asks for is allowed, and what could act was refused when the file was taken in.
SANDBOX = "default-src 'none'; sandbox"
PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"
_CHARSETS = {
    "cp1251": "windows-1251",
    "cp1252": "windows-1252",
    "cp866": "IBM866",
    "utf-8-sig": "utf-8",
    "ascii": "utf-8",
}


class UnsatisfiableRangeError(ValueError):
    """The asked part of a file lies behind its end."""


class FileStretch:
    """Bytes of an open file from a place on, piece by piece; the file is closed with the response."""

    def __init__(self, file: File[bytes], start: int, length: int) -> None:
        self._file, self._start, self._length = file, start, length

    def __iter__(self) -> Iterator[bytes]:
        self._file.seek(self._start)
        left = self._length
        while left and (chunk := self._file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def file_response(request: HttpRequest, version: Version, *, cache: str, as_attachment: bool) -> HttpResponseBase:
    """Return the version's content, or the part that is asked for, or that the browser's copy is still good."""
    headers = _headers(version, cache=cache, as_attachment=as_attachment)
    modified = int(version.created_at.timestamp())
    empty = HttpResponse(headers=headers)
    answer = get_conditional_response(request, etag=headers["ETag"], last_modified=modified, response=empty)
    if answer is not None and answer is not empty:
        return answer
    size = version.blob.size
    try:
        part = _part(request, headers, size)
    except UnsatisfiableRangeError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}", "Cache-Control": cache})
    if request.method == "GET" and (elsewhere := _handed_over(request, version, headers)):
        return elsewhere
    start, length = part or (0, size)
    headers["Content-Length"] = str(length)
    if part:
        headers["Content-Range"] = f"bytes {start}-{start + length - 1}/{size}"
    status = 206 if part else 200
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    return StreamingHttpResponse(FileStretch(version.blob.open(), start, length), status=status, headers=headers)


def _handed_over(request: HttpRequest, version: Version, headers: dict[str, Any]) -> HttpResponse | None:
    """Return an answer that has somebody else send the bytes: the web server before us, or the S3 storage.

    nginx cuts the parts of a file itself, but compares If-Range with a tag of its own: such a request stays here.
    """
    if settings.FILES_ACCEL_PREFIX and "If-Range" not in request.headers:
        return HttpResponse(headers={**headers, "X-Accel-Redirect": settings.FILES_ACCEL_PREFIX + version.blob.name})
    storage: Any = storages["documents"]
    if not getattr(storage, "querystring_auth", False):
        return None
    asked = {f"Response{name.replace('-', '')}": headers[name] for name in ("Content-Type", "Content-Disposition")}
    address = storage.url(version.blob.name, parameters=asked, expire=settings.FILES_SIGNED_FOR)
    return HttpResponse(status=302, headers={"Location": address, "Cache-Control": "private, no-store"})


def parse_range(header: str, size: int) -> tuple[int, int] | None:
    """Return start and length of the one range that is asked for; None for the whole (RFC 9110, section 14).

    Several ranges, other units and malformed ones may be answered by the whole, and are.
    """
    unit, _, ranges = header.partition("=")
    first, dash, last = ranges.strip().partition("-")
    if unit.strip().lower() != "bytes" or not dash or "," in ranges:
        return None
    if not all(part == "" or (part.isascii() and part.isdecimal()) for part in (first, last)) or not (first or last):
        return None
    if not first:
        length = min(_number(last), size)
        if length == 0:
            raise UnsatisfiableRangeError(header)
        return size - length, length
    start, end = _number(first), min(_number(last), size - 1) if last else size - 1
    if last and _number(last) < start:
        return None
    if start >= size:
        raise UnsatisfiableRangeError(header)
    return start, end - start + 1


def _number(digits: str) -> int:
    """Return a number of a range; of one with more digits than any file has bytes, the largest that counts."""
    return int(digits.lstrip("0")[:_DIGITS] or 0)


def disposition(name: str, *, as_attachment: bool) -> str:
    """Return a Content-Disposition with the name in its own letters and, for old programs, in Latin ones (RFC 6266)."""
    latin = (
        transliterate(name).encode("ascii", "ignore").decode().replace("\\", "_").replace('"', "'").strip() or "file"
    )
    kind = "attachment" if as_attachment else "inline"
    return f"{kind}; filename=\"{latin}\"; filename*=UTF-8''{quote(name, safe='')}"


def _headers(version: Version, *, cache: str, as_attachment: bool) -> dict[str, Any]:
    """Return what is said of the whole file."""
    document, is_pdf = version.document, version.media_type == PDF
    charset = _CHARSETS.get(version.charset, version.charset)
    title = document.title_in(document.language).removesuffix(f".{version.extension}")
    number = "" if version == document.latest else f" (v{version.number})"
    return {
        "Content-Type": f"{version.media_type}; charset={charset}" if charset else version.media_type,
        "Content-Language": document.language,
        "Content-Disposition": disposition(
            f"{name_from(title) or document.slug}{number}.{version.extension}",
            as_attachment=as_attachment or not is_pdf,
        ),
        "ETag": f'"{version.blob.sha256}"',
        "Last-Modified": http_date(version.created_at.timestamp()),
        "Cache-Control": cache,
        "Accept-Ranges": "bytes",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": PDF_POLICY if is_pdf else SANDBOX,
    }


def _part(request: HttpRequest, headers: dict[str, Any], size: int) -> tuple[int, int] | None:
    """Return the part that is asked for, unless If-Range names another content than this."""
    asked = request.headers.get("Range", "")
    condition = request.headers.get("If-Range", "").strip()
    if not asked or request.method != "GET" or (condition and not _is_current(condition, headers)):
        return None
    return parse_range(asked, size)


def _is_current(condition: str, headers: dict[str, Any]) -> bool:
    """Return whether an If-Range, a strong tag or a date, names this content."""
    if condition.startswith(('"', "W/")):
        return condition == str(headers["ETag"])
    try:
        return parsedate_to_datetime(condition) == parsedate_to_datetime(str(headers["Last-Modified"]))
    except (ValueError, OverflowError):  # the latter for a time zone of very many digits
        return False

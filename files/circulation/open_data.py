"""The counts of downloads as open data: CSV and JSON, row by row as they come from the database."""

import csv
import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from files.models import Document, DownloadCount
from files.querysets import DownloadCountQuerySet
from hub.csv_cells import MARK, as_text

LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
_BATCH = 2000

# The columns: the name in JSON, and what stands above it in CSV.
COLUMNS = {
    "date": _("Day"),
    "document": _("Document"),
    "version": _("Version"),
    "title": _("Title"),
    "language": _("Language"),
    "format": _("Format"),
    "downloads": _("Downloads"),
    "in_bundles": _("In bundles"),
    "address": _("Address"),
    "sha256": _("SHA-256"),
}


class PeriodForm(forms.Form):
    """What one may ask for: a period, and one document."""

    first = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    last = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    document = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)

    def counts(self) -> DownloadCountQuerySet:
        """Return the counts that are asked for."""
        asked = self.cleaned_data
        counts = DownloadCount.objects.public().between(asked["first"], asked["last"])
        return counts.filter(version__document=asked["document"]) if asked["document"] else counts


def as_csv(request: HttpRequest, counts: DownloadCountQuerySet) -> Iterator[str]:
    """Yield the lines of the CSV (RFC 4180, UTF-8 with a mark), its headings in the language of the address."""
    writer = csv.writer(_Echo())
    yield MARK + writer.writerow([str(heading) for heading in COLUMNS.values()])
    for row in _rows(request, counts):
        yield writer.writerow([as_text(cell) if isinstance(cell, str) else cell for cell in row.values()])


def as_json(request: HttpRequest, counts: DownloadCountQuerySet) -> Iterator[str]:
    """Yield the pieces of a JSON object that says what it is and holds the rows."""
    about = {
        "title": gettext("Downloads of the hub's files"),
        "language": get_language(),
        "licence": LICENCE,
        "columns": {name: str(heading) for name, heading in COLUMNS.items()},
    }
    yield json.dumps(about, ensure_ascii=False)[:-1] + ', "rows": ['
    separator = "\n"
    for row in _rows(request, counts):
        yield separator + json.dumps(row, ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def _rows(request: HttpRequest, counts: DownloadCountQuerySet) -> Iterator[dict[str, Any]]:
    """Yield the counts, the oldest first."""
    language = get_language() or "bg"
    found = counts.select_related("version__blob", "version__document").order_by("day", "version")
    for one in found.iterator(chunk_size=_BATCH):
        version, document = one.version, one.version.document
        cells = (
            one.day.isoformat(), document.pk, version.number, document.title_in(language), document.language,
            version.extension, one.single, one.bundled, request.build_absolute_uri(version.url), version.blob.sha256,
        )  # fmt: skip
        yield dict(zip(COLUMNS, cells, strict=True))


class _Echo:
    """A file that gives back what is written into it."""

    def write(self, text: str) -> str:
        """Return the text."""
        return text


def document_of(request: HttpRequest) -> Document | None:
    """Return the public document that the address names, or None."""
    number = request.GET.get("document", "")
    known = number.isascii() and number.isdecimal() and len(number) <= 18
    return Document.objects.public().filter(pk=number).first() if known else None

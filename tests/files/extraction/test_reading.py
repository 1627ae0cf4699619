"""The one door to all readers."""

import io
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from files.extraction import (
    BY_EXTENSION,
    EmptyFileError,
    ExtractionError,
    TooLargeError,
    UnsupportedTypeError,
    errors,
    extract,
    opened,
    reading,
)
from files.extraction.media_types import CSV, PDF, TXT
from tests.files.extraction.samples import docx_bytes, odt_bytes, pdf_bytes, xlsx_bytes

WHOLE = {
    "pdf": pdf_bytes("One", "Two"),
    "docx": docx_bytes(lambda document: document.add_heading("Увод", 1)),
    "xlsx": xlsx_bytes({"А": [["x", 1]]}),
    "odt": odt_bytes("<text:h>Увод</text:h>"),
}
MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("media_type", BY_EXTENSION.values())
def test_an_empty_file_is_named(media_type: str) -> None:
    with pytest.raises(EmptyFileError):
        extract(io.BytesIO(), media_type)


def test_a_type_without_a_reader_is_named() -> None:
    with pytest.raises(UnsupportedTypeError) as caught:
        extract(io.BytesIO(b"GIF89a"), "image/gif")

    assert caught.value.details == {"found": "image/gif"}


def test_pages_are_read_only_as_they_are_asked_for() -> None:
    with opened(io.BytesIO(pdf_bytes("One", "Two", "Three")), PDF) as document:
        first = next(document.pages)

    assert document.page_count == 3
    assert first.text == "One"


def test_too_much_text_is_named_and_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_CHARACTERS", 100)

    with pytest.raises(TooLargeError):
        extract(io.BytesIO(b"word " * 21), TXT)


def test_too_many_parts_are_named_and_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_PARTS", 2)

    with pytest.raises(TooLargeError):
        extract(io.BytesIO(b"a;b\n" * 3), CSV)


@pytest.mark.parametrize("extension", BY_EXTENSION)
@MANY
@given(data=st.binary(max_size=2000))
def test_random_bytes_raise_nothing_but_named_errors(extension: str, data: bytes) -> None:
    with suppress(ExtractionError):
        extract(io.BytesIO(data), BY_EXTENSION[extension])


@pytest.mark.parametrize("extension", WHOLE)
@MANY
@given(data=st.data())
def test_a_damaged_file_raises_nothing_but_named_errors(extension: str, data: st.DataObject) -> None:
    damaged = bytearray(WHOLE[extension])
    for position in data.draw(st.lists(st.integers(0, len(damaged) - 1), max_size=20)):
        damaged[position] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(damaged)))

    with suppress(ExtractionError):
        extract(io.BytesIO(damaged[:cut] if data.draw(st.booleans()) else damaged), BY_EXTENSION[extension])


def test_each_error_has_a_code_of_its_own() -> None:
    defined = {
        error for error in vars(errors).values() if isinstance(error, type) and issubclass(error, ExtractionError)
    }

    assert set(errors.ERRORS) == defined
    assert len(errors.BY_CODE) == len(defined)

"""Archives that promise too much, or hold what they do not promise."""

import io
import struct
import zipfile

import pytest

from files.extraction import ArchiveBombError, BrokenFileError, EncryptedFileError, archives, inspect
from files.extraction.archives import opened_archive, read_member
from tests.files.extraction.samples import docx_bytes, rezipped, zip_bytes

DOCX = docx_bytes(lambda document: document.add_paragraph("Текст"))
SIZE_IN_DIRECTORY = 24  # offset of the unfolded size in a record of the central directory


def test_a_member_squeezed_a_thousandfold_is_a_bomb() -> None:
    data = rezipped(DOCX, {"word/media/image1.bmp": bytes(20 * 2**20)})

    with pytest.raises(ArchiveBombError):
        inspect(io.BytesIO(data), "a.docx")


def test_members_too_large_together_are_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_UNFOLDED_BYTES", 1000)

    with pytest.raises(ArchiveBombError):
        inspect(io.BytesIO(zip_bytes({"a": b"x" * 600, "b": b"y" * 600})), "a.docx")


def test_too_many_members_are_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_ENTRIES", 3)

    with pytest.raises(ArchiveBombError):
        inspect(io.BytesIO(zip_bytes({str(number): b"" for number in range(4)})), "a.docx")


def test_members_that_share_their_bytes_are_a_bomb() -> None:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a", b"x" * 10_000)
    data = stored.getvalue()
    directory = data.rindex(b"PK\x01\x02")
    end = data.rindex(b"PK\x05\x06")
    record = data[directory:end]
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, 2 * len(record), directory, 0)

    with (
        pytest.raises(ArchiveBombError),
        opened_archive(io.BytesIO(data[:directory] + record + record[:-1] + b"b" + tail)),
    ):
        pass


def test_a_member_that_lies_about_its_size_is_not_read_beyond_it() -> None:
    data = bytearray(zip_bytes({"a": b"x" * 10_000}))
    record = data.rindex(b"PK\x01\x02")
    data[record + SIZE_IN_DIRECTORY : record + SIZE_IN_DIRECTORY + 4] = struct.pack("<L", 10)

    with opened_archive(io.BytesIO(data)) as archive, pytest.raises(BrokenFileError):
        read_member(archive, "a")


def test_two_members_of_one_name_make_the_file_broken() -> None:
    data = zip_bytes({"word/document.xml": b"innocent", "word/document.xmm": b"other"})

    with pytest.raises(BrokenFileError), opened_archive(io.BytesIO(data.replace(b".xmm", b".xml"))):
        pass


def test_a_member_that_is_missing_makes_the_file_broken() -> None:
    with opened_archive(io.BytesIO(DOCX)) as archive, pytest.raises(BrokenFileError):
        read_member(archive, "word/nothing.xml")


def test_an_encrypted_member_is_named() -> None:
    data = bytearray(zip_bytes({"word/document.xml": b"x"}))
    record = data.rindex(b"PK\x01\x02")
    data[record + 8] |= 1

    with pytest.raises(EncryptedFileError), opened_archive(io.BytesIO(data)):
        pass


def test_equal_rows_of_a_long_sheet_are_no_bomb() -> None:
    rows = b"<sheetData>" + b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(300_000))

    with opened_archive(io.BytesIO(zip_bytes({"xl/worksheets/sheet1.xml": rows}))) as archive:
        assert archives.read_member(archive, "xl/worksheets/sheet1.xml") == rows

"""The work on pages: kept page by page, begun again after a death, and never silent about a failure."""

import datetime
from typing import Any

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from files import tasks, working
from files.extracting import read_text
from files.extraction import (
    ExtractionCrashedError,
    RecognisedText,
    RecogniserMissingError,
    find_tesseract,
)
from files.models import PagePicture, RecognisedPage, Version, Work
from files.orphans import remove_orphans
from files.tasks import ask_again_for_lost_work, go_on_with, read_again_what_is_outdated
from hub import searchable
from tests.factories.files import make_document, version_of
from tests.files.extraction.samples import docx_bytes, pdf_bytes
from tests.files.scans import scan_of

pytestmark = pytest.mark.django_db


def read_version(content: bytes, name: str = "") -> Version:
    """Return a version whose text was read, so that the work on its pages waits."""
    version = version_of(make_document(content, name))
    read_text(version)
    return version


def work_of(version: Version, kind: str) -> Work:
    return version.works.get(kind=kind)


def go_on(work: Work) -> str:
    """Do the next slice, as the task that was enqueued last."""
    work.refresh_from_db()
    state: str = go_on_with.call(work.pk, work.ticket)
    work.refresh_from_db()
    return state


@pytest.fixture
def recogniser(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A recogniser that reads "Дума N" on page N; a test names the pages over which its process ends."""
    fatal: list[int] = []

    class Process:
        def __init__(self, path: Any, numbers: list[int], tesseract: str) -> None:
            self.numbers = numbers

        def __enter__(self) -> Any:
            return self._read()

        def __exit__(self, *_: object) -> None:
            return None

        def _read(self) -> Any:
            for number in self.numbers:
                if number in fatal:
                    raise ExtractionCrashedError("killed")
                yield RecognisedText(number, f"Дума {number}", 91)

    monkeypatch.setattr(working, "recognised_in_subprocess", Process)
    monkeypatch.setattr(working, "find_tesseract", lambda: "/usr/bin/tesseract")
    return fatal


def test_a_pdf_asks_for_pictures_and_only_a_scan_for_recognition() -> None:
    printed, scanned, word = (
        read_version(pdf_bytes("Words")),
        read_version(pdf_bytes("Words", "")),
        read_version(docx_bytes(lambda file: file.add_paragraph("Текст")), "a.docx"),
    )

    assert [work.kind for work in printed.works.all()] == ["pictures"]
    assert [(work.kind, work.total) for work in scanned.works.all()] == [("pictures", 2), ("recognition", 1)]
    assert not word.works.exists()


def test_pictures_lie_in_the_private_storage_with_their_sizes_known() -> None:
    version = read_version(pdf_bytes("One", "Two"))

    assert go_on(work_of(version, "pictures")) == "done"

    pictures = list(PagePicture.objects.filter(blob=version.blob).order_by("number"))
    assert [(picture.number, picture.width, picture.height) for picture in pictures] == [(1, 900, 900), (2, 900, 900)]
    for picture in pictures:
        for size in PagePicture.SIZES:
            with storages["documents"].open(picture.name(size)) as stored:
                assert stored.read(4) == b"RIFF"


def test_work_goes_on_slice_by_slice(monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any) -> None:
    monkeypatch.setitem(working.SLICES, Work.Kind.PICTURES, 2)
    version = read_version(pdf_bytes("One", "Two", "Three"))
    work = work_of(version, "pictures")

    with django_capture_on_commit_callbacks() as asked:
        states = [go_on(work)]
    states.append(go_on(work))

    assert states == ["running", "done"]
    assert len(asked) == 1
    assert (work.done, work.total) == (3, 3)


def test_only_the_task_that_was_asked_for_last_works() -> None:
    version = read_version(pdf_bytes("One"))
    work = work_of(version, "pictures")
    old = work.ticket
    work.ask()

    assert go_on_with.call(work.pk, old) == "gone"

    assert not PagePicture.objects.exists()


def test_equal_contents_share_their_pictures() -> None:
    content = pdf_bytes("One")
    first = read_version(content)
    go_on(work_of(first, "pictures"))

    second = read_version(content)

    assert second.blob == first.blob
    assert not second.works.exists()


def test_what_was_recognised_is_the_text_of_the_page(recogniser: list[int]) -> None:
    version = read_version(pdf_bytes("", "Words"))
    work = work_of(version, "recognition")
    assert version.extraction_state == "text"

    assert go_on(work) == "done"

    assert list(version.pages.values_list("text", "confidence")) == [("Дума 1", 91), ("Words", None)]


def test_a_scan_has_text_when_it_was_recognised_and_is_announced(recogniser: list[int]) -> None:
    version = read_version(pdf_bytes(""))
    assert version.extraction_state == "no_text"
    announced: list[str] = []

    def hear(sender: Any, keys: list[str], **_: Any) -> None:
        announced.extend(keys)

    searchable.changed.connect(hear)
    go_on(work_of(version, "recognition"))
    searchable.changed.disconnect(hear)

    assert Version.objects.get(pk=version.pk).extraction_state == "text"
    assert announced == [f"document:{version.document_id}"]


def test_pages_that_were_recognised_are_kept_when_the_worker_is_killed(
    recogniser: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    version = read_version(pdf_bytes("", "", ""))
    work = work_of(version, "recognition")
    keep = working._keep_words
    kept: list[Any] = []

    def keep_one(*arguments: Any) -> None:
        if kept:
            raise KeyboardInterrupt  # no exception that anybody catches: the process dies
        kept.append(arguments)
        keep(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(working, "_keep_words", keep_one)
        with pytest.raises(KeyboardInterrupt):
            go_on_with.call(work.pk, work.ticket)

    assert list(version.pages.values_list("text", flat=True)) == ["Дума 1", "", ""]
    Work.objects.filter(pk=work.pk).update(asked_at=timezone.now() - datetime.timedelta(hours=1))
    assert ask_again_for_lost_work() == 1
    assert go_on(work) == "done"
    assert list(version.pages.values_list("text", flat=True)) == ["Дума 1", "Дума 2", "Дума 3"]


def test_a_page_that_ends_the_process_costs_no_other_page(recogniser: list[int]) -> None:
    recogniser.append(2)
    version = read_version(pdf_bytes("", "", ""))
    work = work_of(version, "recognition")

    states = [go_on(work), go_on(work)]

    assert states == ["running", "failed"]
    assert (work.reason, work.detail) == ("partly", "2")
    assert work.failure
    assert list(version.pages.values_list("text", flat=True)) == ["Дума 1", "", "Дума 3"]


def test_a_retry_does_only_what_failed(recogniser: list[int]) -> None:
    recogniser.append(2)
    version = read_version(pdf_bytes("", "", ""))
    work = work_of(version, "recognition")
    go_on(work)
    go_on(work)
    assert version.needs_retry
    recogniser.clear()

    working.retry(work)

    assert working.missing_pages(version, "recognition") == [2]
    assert go_on(work) == "done"
    assert not Version.objects.get(pk=version.pk).needs_retry


def test_reading_the_text_anew_recognises_no_page_twice(recogniser: list[int]) -> None:
    version = read_version(pdf_bytes("", "Words"))
    go_on(work_of(version, "recognition"))
    Version.objects.filter(pk=version.pk).update(extractor_version=0)

    read_text(Version.objects.get(pk=version.pk))

    assert list(version.pages.values_list("text", "confidence")) == [("Дума 1", 91), ("Words", None)]
    assert working.missing_pages(version, "recognition") == []


def test_without_the_recogniser_the_queue_says_so_and_it_is_asked_again_when_it_is_there(
    recogniser: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacking() -> str:
        raise RecogniserMissingError("Tesseract is not installed", lacking="tesseract")

    version = read_version(pdf_bytes("", "Words"))
    work = work_of(version, "recognition")
    with monkeypatch.context() as patched:
        patched.setattr(working, "find_tesseract", lacking)
        patched.setattr(tasks, "find_tesseract", lacking)
        assert go_on(work) == "unavailable"
        assert ask_again_for_lost_work() == 0
    assert "Tesseract" in work.failure
    assert list(version.pages.values_list("text", flat=True)) == ["", "Words"]

    monkeypatch.setattr(tasks, "find_tesseract", lambda: "/usr/bin/tesseract")
    assert ask_again_for_lost_work() == 1
    assert go_on(work) == "done"


def test_a_lost_content_is_a_failure_with_a_reason() -> None:
    version = read_version(pdf_bytes("One"))
    storages["documents"].delete(version.blob.name)

    assert go_on(work_of(version, "pictures")) == "failed"

    assert work_of(version, "pictures").reason == "missing"


def test_pictures_are_made_of_so_many_pages_and_no_more(settings: Any) -> None:
    settings.FILES_MAX_PICTURES = 1

    version = read_version(pdf_bytes("One", "Two"))

    assert work_of(version, "pictures").total == 1


def test_what_an_older_extractor_has_read_is_read_again_bit_by_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "READ_AGAIN", 1)
    old = [read_version(pdf_bytes(f"File {number}")) for number in range(2)]
    Version.objects.filter(pk__in=[version.pk for version in old]).update(extractor_version=1)

    assert [read_again_what_is_outdated(), read_again_what_is_outdated(), read_again_what_is_outdated()] == [1, 1, 0]


def test_pictures_go_when_their_content_goes() -> None:
    version = read_version(pdf_bytes("One"))
    go_on(work_of(version, "pictures"))
    picture = PagePicture.objects.select_related("blob").get()
    version.document.delete()

    remove_orphans(older_than=datetime.timedelta(seconds=-5))

    assert not PagePicture.objects.exists()
    assert not any(storages["documents"].exists(picture.name(size)) for size in PagePicture.SIZES)


@pytest.mark.ocr
def test_a_scan_in_bulgarian_and_english_is_read() -> None:
    lines = ["Общественото обсъждане на бюджета", "събра двеста жители на Ямбол.", "Annual report, May 2024."]
    version = read_version(scan_of(lines, ["Втора страница"], size=(1800, 800)))

    assert go_on(work_of(version, "recognition")) == "done"

    first, second = version.pages.order_by("number")
    assert first.text.split("\n") == lines
    assert second.text == "Втора страница"
    assert first.confidence is not None
    assert first.confidence >= 80
    assert not first.is_uncertain
    assert RecognisedPage.objects.count() == 2
    assert find_tesseract().endswith("tesseract")

"""The reading of texts: begun again after a death, and never silent about a failure."""

import datetime
from typing import Any

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from files import extracting
from files.extracting import read_text
from files.extraction import EXTRACTOR_VERSION, ExtractionLimitError
from files.models import ExtractionState, Version
from files.tasks import ask_again_for_the_lost, extract_version
from tests.factories.files import make_document, version_of
from tests.files.extraction.samples import docx_bytes, pdf_bytes

pytestmark = pytest.mark.django_db


def fresh(version: Version) -> Version:
    return Version.objects.get(pk=version.pk)


def make_version(*texts: str) -> Version:
    return version_of(make_document(pdf_bytes(*texts)))


def fail_with(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Let the reading process end with an error: what a hostile file does."""

    def refuse(*_: Any, **__: Any) -> Any:
        raise error

    monkeypatch.setattr(extracting, "extract_in_subprocess", refuse)


def test_a_new_version_waits_and_is_enqueued_when_it_is_committed(django_capture_on_commit_callbacks: Any) -> None:
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 - one use

    with django_capture_on_commit_callbacks(execute=True):
        version = make_version("Words")

    assert version.extraction_state == ExtractionState.WAITING
    asked = DBTaskResult.objects.filter(task_path="files.tasks.extract_version")
    assert [task.args_kwargs["args"] for task in asked] == [[version.pk]]


def test_the_text_is_kept_page_by_page() -> None:
    version = make_version("First words", "", "Third words")

    assert extract_version.call(version.pk) == "text"

    pages = list(version.pages.values_list("number", "anchor", "text"))
    assert pages == [(1, "page=1", "First words"), (2, "page=2", ""), (3, "page=3", "Third words")]
    assert fresh(version).extractor_version == EXTRACTOR_VERSION
    assert fresh(version).extracted_at is not None


def test_the_same_version_read_twice_has_its_pages_once() -> None:
    version = make_version("One", "Two")

    extract_version.call(version.pk)
    extract_version.call(version.pk)

    assert version.pages.count() == 2


def test_a_reading_that_was_killed_begins_again() -> None:
    version = make_version("One", "Two")
    Version.objects.filter(pk=version.pk).update(extraction_state=ExtractionState.EXTRACTING)
    version.pages.create(number=1, anchor="page=1", text="Half of it")

    assert extract_version.call(version.pk) == "text"

    assert list(version.pages.values_list("text", flat=True)) == ["One", "Two"]


def test_a_better_extractor_reads_again() -> None:
    version = make_version("Words")
    extract_version.call(version.pk)
    Version.objects.filter(pk=version.pk).update(extractor_version=EXTRACTOR_VERSION - 1)
    version.pages.update(text="Old reading")

    extract_version.call(version.pk)

    assert list(version.pages.values_list("text", flat=True)) == ["Words"]


def test_a_scan_is_said_to_have_no_text() -> None:
    version = make_version("")

    assert extract_version.call(version.pk) == "no_text"


def test_a_failure_stands_on_the_row_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    version = make_version("Words")
    fail_with(monkeypatch, ExtractionLimitError("60 seconds", seconds=60))

    assert extract_version.call(version.pk) == "failed"

    failed = fresh(version)
    assert (failed.extraction_reason, failed.extraction_detail) == ("limit_exceeded", "60 seconds")
    assert failed.failure


def test_what_nobody_foresaw_stands_on_the_row_and_in_the_log_of_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    version = make_version("Words")
    fail_with(monkeypatch, ZeroDivisionError("nobody foresaw this"))

    with pytest.raises(ZeroDivisionError):
        extract_version.call(version.pk)

    assert fresh(version).extraction_reason == "unexpected"


def test_a_lost_content_is_a_failure_with_a_reason() -> None:
    version = make_version("Words")
    storages["documents"].delete(version.blob.name)

    assert extract_version.call(version.pk) == "failed"

    assert fresh(version).extraction_reason == "missing"


def test_a_failed_reading_can_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    version = make_version("Words")
    with monkeypatch.context() as patched:
        fail_with(patched, ExtractionLimitError())
        extract_version.call(version.pk)

    fresh(version).ask_for_reading()
    extract_version.call(version.pk)

    assert fresh(version).extraction_state == ExtractionState.TEXT
    assert fresh(version).failure == ""


def test_a_version_that_is_no_more_is_nothing_to_read() -> None:
    assert extract_version.call(0) == "gone"


def test_lost_readings_are_asked_for_again_and_fresh_ones_are_left() -> None:
    lost, fresh_one, read = make_version("Lost"), make_version("Fresh"), make_version("Read")
    read_text(read)
    hours_ago = timezone.now() - datetime.timedelta(hours=2)
    Version.objects.filter(pk__in=[lost.pk, read.pk]).update(extraction_asked_at=hours_ago)
    Version.objects.filter(pk=lost.pk).update(extraction_state=ExtractionState.EXTRACTING)

    assert ask_again_for_the_lost() == 1

    assert fresh(lost).extraction_state == ExtractionState.WAITING
    assert fresh(fresh_one).extraction_asked_at == fresh_one.extraction_asked_at


def test_a_copy_is_read_where_the_storage_has_no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    version = version_of(make_document(docx_bytes(lambda word: word.add_paragraph("Хората решават.")), "a.docx"))

    def no_path(*_: Any) -> str:
        raise NotImplementedError

    monkeypatch.setattr("files.storage.BlobStorage.path", no_path)

    assert extract_version.call(version.pk) == "text"
    assert version.pages.get().text == "Хората решават."

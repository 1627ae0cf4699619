"""Several writers and readers of the index at once, each with a connection of its own."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connections

from search.engines.database import DatabaseEngine
from search.engines.packing import PackedTerms, distinct_words, unpack_postings
from search.engines.posting_blocks import BLOCK
from search.entries import Entry
from search.models import IndexedPassage, IndexedRecord, PostingBlock, RecordText, Word
from search.visibility import current_state
from tests.factories.search import keys, make_record, question, write

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 5


def _at_once(*works: Callable[[], object]) -> None:
    """Do each work in a thread of its own, all begun at the same moment; a failure of one is the test's."""
    start = Barrier(len(works))

    def run(work: Callable[[], object]) -> None:
        try:
            start.wait(10)
            work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as threads:
        for done in [threads.submit(run, work) for work in works]:
            done.result()


def _stored_weights() -> Iterator[tuple[int, int, int]]:
    """Yield record, term and weight as the records' own texts have them."""
    for record_id, terms, _ in RecordText.objects.values_list():
        for term, weight in PackedTerms(bytes(terms)).weights.items():
            yield record_id, term, weight


def _posted_weights() -> Iterator[tuple[int, int, int]]:
    """Yield record, term and weight as the postings have them."""
    for term, block, postings in PostingBlock.objects.values_list("term_id", "block", "postings"):
        for number, weight in zip(*unpack_postings(bytes(postings)), strict=True):
            yield block * BLOCK + number, term, weight


def _assert_consistent() -> None:
    """Check that all tables tell the same of the same records."""
    assert sorted(_posted_weights()) == sorted(_stored_weights())
    counts: Counter[int] = Counter()
    for words in RecordText.objects.values_list("words", flat=True):
        counts.update(distinct_words(bytes(words)))
    assert dict(Word.objects.exclude(records=0).values_list("id", "records")) == dict(counts)
    with_text = set(RecordText.objects.values_list("record_id", flat=True))
    assert with_text == set(IndexedRecord.objects.values_list("id", flat=True))
    assert with_text == set(IndexedPassage.objects.values_list("record_id", flat=True))


def _found(text: str) -> list[str]:
    """Return the keys of what is found now."""
    (answer,) = DatabaseEngine().find([question(text, limit=100)], current_state())
    return keys(answer)


def test_two_writers_of_one_record_leave_one_of_their_texts() -> None:
    def writer(text: str) -> Callable[[], None]:
        return lambda: write(DatabaseEngine(), make_record(key="a", title="Чешма", text=text))

    for _ in range(ROUNDS):
        _at_once(writer("Липата цъфти."), writer("Брезата цъфти."))

        assert sorted([*_found("липа"), *_found("бреза")]) == ["a"]
        assert _found("цъфтя") == ["a"]
        _assert_consistent()


def test_writers_of_different_records_lose_nothing_of_each_other() -> None:
    def writer(name: str) -> Callable[[], None]:
        def work() -> None:
            for number in range(ROUNDS):
                write(DatabaseEngine(), make_record(key=f"{name}{number}", title="Чешма", text="Липата цъфти."))

        return work

    _at_once(writer("a"), writer("b"), writer("c"))

    assert len(_found("липа")) == 3 * ROUNDS
    _assert_consistent()


def test_a_reader_finds_a_record_all_the_while_it_is_written() -> None:
    write(DatabaseEngine(), make_record(key="a", title="Чешма", text="Липата цъфти."))
    is_over = Event()
    seen: list[list[str]] = []

    def read() -> None:
        while not is_over.is_set() or not seen:
            seen.append(_found("цъфтя"))

    def rewrite() -> None:
        try:
            for number in range(2 * ROUNDS):
                write(DatabaseEngine(), make_record(key="a", title="Чешма", text=f"Липа {number} цъфти."))
        finally:
            is_over.set()

    _at_once(read, rewrite)

    assert {tuple(found) for found in seen} == {("a",)}


def test_an_index_written_anew_while_others_write_and_delete_holds_the_last_of_all() -> None:
    old = [make_record(key=f"old:{number}", title="Чешма", text="Липата цъфти.") for number in range(ROUNDS)]
    write(DatabaseEngine(), *old)

    def rebuild() -> None:
        for record in old[1:]:
            DatabaseEngine().write([Entry.of(record)], anew=True)

    def publish() -> None:
        for number in range(ROUNDS):
            write(DatabaseEngine(), make_record(key=f"new:{number}", title="Чешма", text="Липата цъфти."))

    _at_once(rebuild, publish, lambda: DatabaseEngine().delete(["old:0"]))

    assert sorted(_found("липа")) == sorted(
        [f"new:{n}" for n in range(ROUNDS)] + [f"old:{n}" for n in range(1, ROUNDS)]
    )
    _assert_consistent()

"""The postings in the tables: in which records a term stands, 256 records to a row.

A change of one record touches a row of each of its terms, whatever the number of records that hold the term. Writers
come one after the other (they hold the row of `IndexState`), so that a row may be read, changed and written back.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import batched

from django.db import connection

from search.models import PostingBlock

from .packing import pack_postings, unpack_postings

BLOCK = 256  # records of a block: a record's number in it takes one byte
GONE = 0  # the weight of a term that no longer stands in a record
CHUNK = 5_000  # values in one statement: far below what either database takes


class Changes:
    """What is to be changed, gathered by block, so that each row is read and written once."""

    def __init__(self) -> None:
        self._blocks: defaultdict[int, defaultdict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))

    def remove(self, record_id: int, terms: Iterable[int]) -> None:
        """Take a record out of the postings of terms."""
        block, number = divmod(record_id, BLOCK)
        by_term = self._blocks[block]
        for term in terms:
            by_term[term][number] = GONE

    def add(self, record_id: int, weights: Mapping[int, int]) -> None:
        """Put a record into the postings of terms, or give it other weights there."""
        block, number = divmod(record_id, BLOCK)
        by_term = self._blocks[block]
        for term, weight in weights.items():
            by_term[term][number] = weight

    def apply(self) -> None:
        """Change the tables; belongs into the transaction that changes the records."""
        for block, by_term in sorted(self._blocks.items()):
            for terms in batched(sorted(by_term), CHUNK):
                _change(block, {term: by_term[term] for term in terms})
        self._blocks.clear()


def _change(block: int, by_term: Mapping[int, Mapping[int, int]]) -> None:
    """Change the rows of one block."""
    table, places = PostingBlock._meta.db_table, ", ".join(["%s"] * len(by_term))
    with connection.cursor() as cursor:  # by hand, for the ORM looks at each value many times
        cursor.execute(
            f"SELECT term_id, postings FROM {table} WHERE block = %s AND term_id IN ({places})",  # noqa: S608 - our own table's name
            [block, *by_term],
        )
        stored = {term: bytes(postings) for term, postings in cursor.fetchall()}
    written, emptied = [], []
    for term, change in by_term.items():
        before = stored.get(term, b"")
        after = _changed(before, change)
        if after and after != before:
            written.append((term, block, after))
        elif before and not after:
            emptied.append(term)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (term_id, block, postings) VALUES (%s, %s, %s)"  # noqa: S608 - our own table's name
            " ON CONFLICT (term_id, block) DO UPDATE SET postings = excluded.postings",
            written,
        )
    if emptied:
        PostingBlock.objects.filter(block=block, term__in=emptied).delete()


def _changed(before: bytes, change: Mapping[int, int]) -> bytes:
    """Return packed postings after a change; empty where nothing is left."""
    count = len(before) // 3
    if (not count or before[count - 1] < min(change)) and GONE not in change.values():
        behind = pack_postings(change)  # the usual case while an index is filled
        return before[:count] + behind[: len(change)] + before[count:] + behind[len(change) :]
    numbers, weights = unpack_postings(before)
    merged = dict(zip(numbers, weights, strict=True))
    merged.update(change)
    return pack_postings({number: weight for number, weight in merged.items() if weight != GONE})

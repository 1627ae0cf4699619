"""The words of the index as they are written, each with the number of records that hold it.

What a visitor mistyped is compared with them, and what is half typed is completed by them. The counts are kept while
records come and go; nothing of the table stays in memory.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import batched

from django.db import connection

from search.entries import Entry
from search.models import IndexedPassage, Word

LONGEST = 64  # signs: what is longer is no word that anybody mistypes or completes
_CHUNK = 5_000  # values in one statement: far below what either database takes

type Counts = Counter[tuple[str, str]]  # (language, word) -> records


def learn(entries: Iterable[Entry]) -> None:
    """Count the words of records that were stored; belongs into the transaction of the change."""
    counts: Counts = Counter()
    for entry in entries:
        words = {word for passage in entry.passages for word in passage.analysed.words}
        counts.update((entry.record.language, word) for word in words if _is_kept(word))
    _add(counts)


def forget(record_ids: Collection[int]) -> None:
    """Count the words of records out again, before their passages are deleted."""
    words_of: dict[tuple[int, str], set[str]] = {}
    rows = IndexedPassage.objects.filter(record__in=record_ids).values_list("record_id", "record__language", "words")
    for record_id, language, words in rows:
        words_of.setdefault((record_id, language), set()).update(words.split())
    counts: Counts = Counter()
    for (_, language), words in words_of.items():
        counts.update((language, word) for word in words if _is_kept(word))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {Word._meta.db_table} SET records = records - %s WHERE language = %s AND text = %s",  # noqa: S608 - our own table's name
            [(count, *key) for key, count in sorted(counts.items())],
        )


def tidy() -> None:
    """Let go of the words that stand nowhere any more."""
    Word.objects.filter(records__lte=0).delete()


def counts_of(language: str, words: Iterable[str]) -> dict[str, int]:
    """Return in how many records each word stands, without those that stand in none."""
    found: dict[str, int] = {}
    for chunk in batched(words, _CHUNK):
        rows = Word.objects.filter(language=language, text__in=chunk, records__gt=0)
        found |= dict(rows.values_list("text", "records"))
    return found


def beginning_with(language: str, beginning: str, limit: int) -> Mapping[str, int]:
    """Return the most frequent words that begin so, the most frequent first."""
    rows = Word.objects.filter(
        language=language, text__gte=beginning, text__lt=beginning[:-1] + chr(ord(beginning[-1]) + 1), records__gt=0
    )
    found = rows.order_by("-records", "text").values_list("text", "records")[:limit]
    return {text: records for text, records in found if text.startswith(beginning)}


def _add(counts: Counts) -> None:
    """Add to the counts of words; a word that is new gets its row."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {Word._meta.db_table} AS known (language, text, records) VALUES (%s, %s, %s)"  # noqa: S608 - our own table's name
            " ON CONFLICT (language, text) DO UPDATE SET records = known.records + excluded.records",
            [(*key, count) for key, count in sorted(counts.items())],
        )


def _is_kept(word: str) -> bool:
    """Return whether a word can be mistyped: numbers cannot, and no one types what is endless."""
    return len(word) <= LONGEST and not word.isdigit()

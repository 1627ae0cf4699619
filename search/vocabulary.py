"""The words of the index as they are written, each with the number of records that hold it.

What a visitor mistyped is compared with them, and what is half typed is completed by them. The counts are kept while
records come and go; nothing of the table stays in memory.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import batched, groupby
from operator import itemgetter

from django.db import connection
from django.db.models import Q

from search.entries import Entry
from search.models import Term, Word

LONGEST = 64  # signs: what is longer is no word that anybody mistypes or completes
_CHUNK = 5_000  # values in one statement: far below what either database takes
_ROWS = 500  # rows in one statement

type Ids = dict[str, dict[str, int]]  # language -> word -> its number


def learn(entries: Iterable[Entry]) -> Ids:
    """Count the words of records that are stored, and return their numbers; belongs into the transaction of it."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        counts[entry.record.language].update({word for part in entry.passages for word in part.analysed.words})
    return {language: _add(language, of_language) for language, of_language in counts.items()}


def forget(records: Iterable[Collection[int]]) -> None:
    """Count the words of records out again, of each the numbers of its words."""
    counts: Counter[int] = Counter()
    for words in records:
        counts.update(words)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {Word._meta.db_table} SET records = records - %s WHERE id = %s",  # noqa: S608 - our own table's name
            [(count, word) for word, count in sorted(counts.items())],
        )


def clear() -> None:
    """Let go of all words."""
    rows = Word.objects.all()
    rows._raw_delete(rows.db)


def tidy() -> None:
    """Let go of the words that stand nowhere any more."""
    Word.objects.filter(records__lte=0).delete()


def numbers_of(words: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Return the numbers of words, each with its language, without those that the index has never seen."""
    condition = Q()
    for language, group in groupby(sorted(words), key=itemgetter(0)):
        condition |= Q(language=language, text__in=[word for _, word in group])
    rows = Word.objects.filter(condition).values_list("language", "text", "id") if condition else ()
    return {(language, text): number for language, text, number in rows}


def counts_of(language: str, words: Iterable[str]) -> dict[str, int]:
    """Return in how many records each word stands, without those that stand in none."""
    found: dict[str, int] = {}
    for chunk in batched(filter(_is_asked_for, words), _CHUNK):
        rows = Word.objects.filter(language=language, text__in=chunk, records__gt=0)
        found |= dict(rows.values_list("text", "records"))
    return found


def present_terms(language: str, terms: Iterable[str]) -> set[str]:
    """Return which of the terms stand in a record; one that stood there a while ago may still be among them."""
    found: set[str] = set()
    for chunk in batched(terms, _CHUNK):
        found.update(Term.objects.filter(language=language, text__in=chunk).values_list("text", flat=True))
    return found


def beginning_with(language: str, beginning: str, limit: int) -> Mapping[str, int]:
    """Return the most frequent words that begin so, the most frequent first."""
    rows = Word.objects.filter(
        language=language, text__gte=beginning, text__lt=beginning[:-1] + chr(ord(beginning[-1]) + 1), records__gt=0
    )
    found = rows.order_by("-records", "text").values_list("text", "records")[:limit]
    return {text: records for text, records in found if text.startswith(beginning) and _is_asked_for(text)}


def _add(language: str, counts: Mapping[str, int]) -> dict[str, int]:
    """Add to the counts of words, and return their numbers; a word that is new gets its row."""
    ids: dict[str, int] = {}
    with connection.cursor() as cursor:
        for chunk in batched(sorted(counts.items()), _ROWS):
            cursor.execute(
                f"INSERT INTO {Word._meta.db_table} AS known (language, text, records) VALUES "  # noqa: S608 - our own table's name
                + ", ".join(["(%s, %s, %s)"] * len(chunk))
                + " ON CONFLICT (language, text) DO UPDATE SET records = known.records + excluded.records"
                " RETURNING text, id",
                [value for word, count in chunk for value in (language, word, count)],
            )
            ids |= dict(cursor.fetchall())
    return ids


def _is_asked_for(word: str) -> bool:
    """Return whether a word can be mistyped: numbers cannot, and no one types what is endless."""
    return len(word) <= LONGEST and not word.isdigit()

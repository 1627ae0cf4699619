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
from search.models import Word

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

"""What the index knows of words: in how many records each stands, which begin so, and which terms there are.

A misspelt word has hundreds of neighbours, all asked for at once: plain SQL, for the ORM takes longer over so many
values than the database does.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import batched
from typing import Any

from django.db import connection

from search.models import Term, Word

_CHUNK = 5_000  # values in one statement: far below what either database takes
_COUNTS = f"SELECT text, records FROM {Word._meta.db_table} WHERE records > 0 AND language = %s AND text IN "  # noqa: S608 - our own table's name
_TERMS = f"SELECT text FROM {Term._meta.db_table} WHERE language = %s AND text IN "  # noqa: S608 - our own table's name


def counts_of(language: str, words: Iterable[str]) -> dict[str, int]:
    """Return in how many records each word stands, without those that stand in none."""
    return dict(_rows(_COUNTS, language, words))


def present_terms(language: str, terms: Iterable[str]) -> set[str]:
    """Return which of the terms stand in a record; one that stood there a while ago may still be among them."""
    return {term for (term,) in _rows(_TERMS, language, terms)}


def beginning_with(language: str, beginning: str, limit: int) -> Mapping[str, int]:
    """Return the most frequent words that begin so, the most frequent first."""
    after = beginning[:-1] + chr(ord(beginning[-1]) + 1)
    rows = Word.objects.filter(language=language, text__gte=beginning, text__lt=after, records__gt=0)
    found = rows.order_by("-records", "text").values_list("text", "records")[:limit]
    return {text: records for text, records in found if text.startswith(beginning)}


def _rows(question: str, language: str, texts: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows that a question has for texts."""
    with connection.cursor() as cursor:
        for chunk in batched(texts, _CHUNK):
            cursor.execute(f"{question}({', '.join(['%s'] * len(chunk))})", [language, *chunk])
            yield from cursor.fetchall()

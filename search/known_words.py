"""What the index knows of words: in how many records each stands, which begin so, and which terms there are.

A misspelt word has hundreds of neighbours, all asked for at once: plain SQL, for the ORM takes longer over so many
values than the database does.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import batched
from typing import Any

from django.db import connection

from search.models import Term, Word

_CHUNK = 5_000  # values in one statement: far below what either database takes
_LOOKED_AT = 1_000  # words with one beginning: two letters begin thousands, and say nothing
_COUNTS = f"SELECT text, records FROM {Word._meta.db_table} WHERE records > 0 AND language = %s AND text IN "  # noqa: S608 - our own table's name
_BEGINNING = (
    f"SELECT text, records FROM {Word._meta.db_table}"  # noqa: S608 - our own table's name
    f" WHERE records > 0 AND language = %s AND text >= %s AND text < %s LIMIT {_LOOKED_AT}"
)
_TERMS_LOOKED_AT = 200
_TERMS_BEGINNING = (
    f"SELECT text FROM {Term._meta.db_table} WHERE language = %s AND text >= %s AND text < %s"  # noqa: S608 - our own table's name
    f" ORDER BY text LIMIT {_TERMS_LOOKED_AT}"
)
_TERMS = f"SELECT text FROM {Term._meta.db_table} WHERE language = %s AND text IN "  # noqa: S608 - our own table's name


def counts_of(language: str, words: Iterable[str]) -> dict[str, int]:
    """Return in how many records each word stands, without those that stand in none."""
    return dict(_rows(_COUNTS, language, words))


def present_terms(language: str, terms: Iterable[str]) -> set[str]:
    """Return which of the terms stand in a record; one that stood there a while ago may still be among them."""
    return {term for (term,) in _rows(_TERMS, language, terms)}


def beginning_with(language: str, beginnings: Sequence[str]) -> dict[str, int]:
    """Return the words with any of some beginnings and in how many records each stands, of very many not all.

    One query.
    """
    rows = _rows_beginning(_BEGINNING, language, beginnings)
    return {word: records for word, records in rows if word.startswith(tuple(beginnings))}


def terms_beginning_with(language: str, beginnings: Sequence[str]) -> set[str]:
    """Return the terms with any of some beginnings, of very many not all; one query."""
    return {text for (text,) in _rows_beginning(_TERMS_BEGINNING, language, beginnings)}


def _rows_beginning(question: str, language: str, beginnings: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return the rows that a question has for each of some beginnings."""
    if not beginnings:
        return []
    parts = " UNION ALL ".join([f"SELECT * FROM ({question}) AS part"] * len(beginnings))  # noqa: S608 - our own questions
    values = [value for one in beginnings for value in (language, one, _after(one))]
    with connection.cursor() as cursor:
        cursor.execute(parts, values)
        return list(cursor.fetchall())


def _after(beginning: str) -> str:
    """Return what comes right after all that begins so."""
    return beginning[:-1] + chr(ord(beginning[-1]) + 1)


def _rows(question: str, language: str, texts: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows that a question has for texts."""
    with connection.cursor() as cursor:
        for chunk in batched(texts, _CHUNK):
            cursor.execute(f"{question}({', '.join(['%s'] * len(chunk))})", [language, *chunk])
            yield from cursor.fetchall()

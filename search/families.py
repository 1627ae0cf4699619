"""Words of one family: what begins alike and is of about the same length, as „гласуване“, „гласувам“ and „гласуващ“.

The analysis joins the forms of a word and no more, which is right where a word is asked for. Where few records hold all
words, a record that says the same by another word of the family is near the question all the same.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import takewhile

from django.db import connection

from search.models import Term

ALIKE = 0.6  # of the longer word, the letters from the beginning that two of a family have in common
LEAST = 5  # letters that they must have in common: fewer begin too many words
MOST = 200  # terms with one beginning that are looked at

_BEGINNING = (
    f"SELECT text FROM {Term._meta.db_table} WHERE language = %s AND text >= %s AND text < %s"  # noqa: S608 - our own table's name
    f" ORDER BY text LIMIT {MOST}"
)


def families(language: str, terms: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """Return what the index has of the family of each term, the term itself left out; one query."""
    beginnings = {term: term[: _common(term)] for term in terms if len(term) >= LEAST and term.isalpha()}
    if not beginnings:
        return {}
    known = _beginning_with(language, sorted({*beginnings.values()}))
    return {term: kin for term, beginning in beginnings.items() if (kin := tuple(_kin(term, beginning, known)))}


def _beginning_with(language: str, beginnings: Sequence[str]) -> set[str]:
    """Return the terms of the index that begin in one of some ways, of very many not all."""
    parts = [f"SELECT text FROM ({_BEGINNING}) AS part"] * len(beginnings)  # noqa: S608 - our own table's name
    values = [value for one in beginnings for value in (language, one, one[:-1] + chr(ord(one[-1]) + 1))]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return {text for (text,) in cursor.fetchall()}


def _common(term: str) -> int:
    """Return how many letters a word must share with others of its family at least."""
    return max(LEAST, math.ceil(ALIKE * len(term)))


def _kin(term: str, beginning: str, known: Iterable[str]) -> Iterable[str]:
    """Yield the words that are of a term's family, in their order."""
    for other in sorted(known):
        if other == term or not other.startswith(beginning) or not other.isalpha():
            continue
        common = sum(1 for _ in takewhile(lambda letters: letters[0] == letters[1], zip(term, other, strict=False)))
        if common >= ALIKE * max(len(term), len(other)):
            yield other

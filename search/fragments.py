"""The passages that show best why a record was found, with the words marked: for the few records on one page alone."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from search.analysis import Match, analyse, excerpt
from search.candidates import Candidates, Sought
from search.engines import Clause
from search.engines.packing import pack_phrase
from search.landing import address_of, is_reader, text_directive, words_to_mark
from search.marking import Marks
from search.models import IndexedPassage, IndexedRecord, Term, Word
from search.query import deciding

SHOWN = 2  # fragments of one record
LENGTH = 240  # signs of a fragment

type Place = tuple[int, int]  # record and number of a passage

_TERMS, _WORDS = Term._meta.db_table, Word._meta.db_table


@dataclass(frozen=True, slots=True)
class ShownFragment:
    """A piece of a passage as a hit shows it: where it is, and its text cut at the words that match."""

    label: str
    url: str
    parts: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Records that are shown together, and what was asked for in their language."""

    keys: Sequence[str]
    language: str
    clauses: Sequence[Clause] = ()


def fragments_of(groups: Sequence[Wanted]) -> dict[str, tuple[IndexedRecord, list[ShownFragment]]]:
    """Return the records with their fragments by key, the best first; without clauses, how a record begins.

    Three queries for all groups together.
    """
    records = {record.key: record for record in _records(key for group in groups for key in group.keys)}
    numbers = _Numbers(groups)
    candidates = []
    for group in groups:
        sought = numbers.of(group)
        candidates += [(Candidates.of(records[key], sought), group) for key in group.keys if key in records]
    passages = _passages([(one.record.pk, number) for one, _ in candidates for number in one.numbers])
    return {one.record.key: (one.record, _fragments(one, group, passages)) for one, group in candidates}


def _fragments(one: Candidates, group: Wanted, passages: Mapping[Place, IndexedPassage]) -> list[ShownFragment]:
    """Return the best passages of a record as its hit shows them."""
    record = one.record
    texts = {
        number: analyse(passage.text, record.language)
        for number in one.numbers
        if (passage := passages.get((record.pk, number)))
    }
    return [
        _fragment(record, passages[record.pk, number], group.clauses, one.sought, marks)
        for number, marks in one.best(texts, SHOWN).items()
    ]


def _records(keys: Iterable[str]) -> Iterable[IndexedRecord]:
    """Return the records with these keys and what their texts consist of; one query."""
    return IndexedRecord.objects.filter(key__in=list(keys), text__isnull=False).select_related("text")


def _passages(places: Sequence[Place]) -> dict[Place, IndexedPassage]:
    """Return passages by their places; one query, by hand, for the ORM knows no list of pairs.

    A join, for SQLite reads the whole table where pairs are compared with a list of them.
    """
    if not places:
        return {}
    pairs = ", ".join(["(%s, %s)"] * len(places))
    rows = IndexedPassage.objects.raw(
        f"WITH wanted (record_id, number) AS (VALUES {pairs})"  # noqa: S608 - our own table's name
        f" SELECT passage.* FROM wanted JOIN {IndexedPassage._meta.db_table} AS passage USING (record_id, number)",
        [value for place in places for value in place],
    )
    return {(passage.record_id, passage.number): passage for passage in rows}


class _Numbers:
    """The numbers of the terms and words that groups ask for, as far as the index knows them; one query."""

    def __init__(self, groups: Sequence[Wanted]) -> None:
        wanted: dict[tuple[str, str], set[str]] = defaultdict(set)  # (table, language) -> texts
        for group in groups:
            for clause in group.clauses:
                table, texts = (_WORDS, clause.phrase) if clause.phrase else (_TERMS, clause.all_terms)
                wanted[table, group.language].update(texts)
        self._numbers = _numbers({place: texts for place, texts in wanted.items() if texts})

    def of(self, group: Wanted) -> Sought:
        """Return what is looked for in a group's records."""
        terms, words = (self._numbers[table, group.language] for table in (_TERMS, _WORDS))
        phrases = [
            pack_phrase(words[word] for word in clause.phrase)
            for clause in group.clauses
            if clause.phrase and words.keys() >= set(clause.phrase)
        ]
        return Sought.of(deciding(group.clauses), terms, phrases)


def _numbers(wanted: Mapping[tuple[str, str], Collection[str]]) -> Mapping[tuple[str, str], Mapping[str, int]]:
    """Return the numbers of texts by table and language; one query, of a part for each so that an index serves it."""
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    if wanted:
        parts = (
            f"SELECT '{table}', language, text, id FROM {table}"  # noqa: S608 - our own tables' names
            f" WHERE language = %s AND text IN ({', '.join(['%s'] * len(texts))})"
            for (table, _), texts in wanted.items()
        )
        with connection.cursor() as cursor:
            values = [value for (_, language), texts in wanted.items() for value in (language, *texts)]
            cursor.execute(" UNION ALL ".join(parts), values)
            for table, language, text, number in cursor.fetchall():
                found[table, language][text] = number
    return found


def _fragment(
    record: IndexedRecord, passage: IndexedPassage, clauses: Sequence[Clause], sought: Sought, marks: Marks
) -> ShownFragment:
    """Return a passage's best stretch for the clauses, and where it opens."""
    tokens = marks.tokens
    matches = [Match(tokens[place], _reasons(marks, place)) for place in marks.found]
    stretch = excerpt(passage.text, tokens, matches, LENGTH)
    words = directive = ""
    if is_reader(record):
        words = words_to_mark(clauses, sought.parts, marks, record.language)
    elif (first := next((place for place in marks.found if tokens[place].start >= stretch.start), None)) is not None:
        directive = text_directive(passage.text, tokens, first, has_anchor=bool(passage.anchor))
    shown = tuple((piece.text, piece.is_match) for piece in stretch.pieces)
    return ShownFragment(passage.label, address_of(record, passage, words, directive), shown)


def _reasons(marks: Marks, place: int) -> frozenset[tuple[int, int]]:
    """Return what speaks for a word in a stretch: each part of the question once, and a typed word once more."""
    return frozenset({(mark.part, word) for mark in marks.found[place] for word in (mark.word, -1)})

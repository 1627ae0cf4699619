"""The passages that show best why a record was found, with the words marked: for the few records on one page alone."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from urllib.parse import urlencode

from django.db import connection

from hub.searchable import kinds
from search.analysis import highlight
from search.engines import Clause
from search.engines.packing import PackedTerms, pack_phrase, passages_with
from search.models import IndexedPassage, IndexedRecord, Term, Word

SHOWN = 2  # fragments of one record
QUOTATION = 100.0  # more than any number of words
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
    chosen = [
        (records[key], group, _best_passages(records[key], numbers.of(group)))
        for group in groups
        for key in group.keys
        if key in records
    ]
    passages = _passages([(record.pk, number) for record, _, best in chosen for number in best])
    return {
        record.key: (
            record,
            [
                _fragment(record, passages[record.pk, number], group.clauses)
                for number in best
                if (record.pk, number) in passages
            ],
        )
        for record, group, best in chosen
    }


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


@dataclass(frozen=True, slots=True)
class _Sought:
    """What is looked for in the texts of records of one group, by the numbers that stand there."""

    clauses_of: Mapping[int, Sequence[int]]  # term -> the places of the clauses that it is of
    phrases: Sequence[bytes] = ()


class _Numbers:
    """The numbers of the terms and words that groups ask for, as far as the index knows them; one query."""

    def __init__(self, groups: Sequence[Wanted]) -> None:
        wanted: dict[tuple[str, str], set[str]] = defaultdict(set)  # (table, language) -> texts
        for group in groups:
            for clause in group.clauses:
                table, texts = (_WORDS, clause.phrase) if clause.phrase else (_TERMS, clause.all_terms)
                wanted[table, group.language].update(texts)
        self._numbers = _numbers({place: texts for place, texts in wanted.items() if texts})

    def of(self, group: Wanted) -> _Sought:
        """Return what is looked for in a group's records."""
        terms, words = (self._numbers[table, group.language] for table in (_TERMS, _WORDS))
        clauses_of: dict[int, list[int]] = defaultdict(list)
        phrases = []
        for place, clause in enumerate(group.clauses):
            if clause.phrase:
                if words.keys() >= set(clause.phrase):
                    phrases.append(pack_phrase(words[word] for word in clause.phrase))
            else:
                for term in clause.all_terms & terms.keys():
                    clauses_of[terms[term]].append(place)
        return _Sought(clauses_of, phrases)


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


def _best_passages(record: IndexedRecord, sought: _Sought) -> Sequence[int]:
    """Return the numbers of the passages that answer best.

    What holds a quotation comes first, then what holds more of the words, then what holds them more often.
    """
    if not sought.clauses_of and not sought.phrases:
        return (1,)
    counts: dict[int, dict[int, int]] = defaultdict(dict)
    for passage, term, count in PackedTerms(bytes(record.text.terms)).places(sought.clauses_of):
        of_clause = counts[passage]
        for clause in sought.clauses_of[term]:
            of_clause[clause] = max(of_clause.get(clause, 0), count)
    scores = {passage: sum(1 + n / (n + 1) for n in of_clauses.values()) for passage, of_clauses in counts.items()}
    words = bytes(record.text.words)
    for passage in chain.from_iterable(passages_with(words, phrase) for phrase in sought.phrases):
        scores[passage] = scores.get(passage, 0.0) + QUOTATION
    scores.pop(0, None)  # the title, which is shown anyway
    best = sorted(scores, key=lambda number: (-scores[number], number))[:SHOWN]
    return best or (1,)


def _fragment(record: IndexedRecord, passage: IndexedPassage, clauses: Sequence[Clause]) -> ShownFragment:
    """Return a passage's best stretch for the clauses."""
    terms = {term for clause in clauses if not clause.phrase for term in clause.all_terms}
    parts = highlight(passage.text, record.language, terms, (), length=LENGTH)
    shown = tuple((part.text, part.is_match) for part in parts)
    return ShownFragment(passage.label, _address(record, passage.anchor, _words_to_mark(clauses, shown)), shown)


def _address(record: IndexedRecord, anchor: str, words: str) -> str:
    """Return where a passage opens; a reader is also told so in a way that reaches the server, and what to mark."""
    kind = kinds.get(record.kind)
    place = f"#{anchor}" if anchor else ""
    if kind is None or not kind.is_reader:
        return f"{record.url}{place}"
    told = urlencode({name: value for name, value in (("q", words), ("at", anchor)) if value})
    return f"{record.url}?{told}{place}" if told else record.url


def _words_to_mark(clauses: Sequence[Clause], shown: Sequence[tuple[str, bool]]) -> str:
    """Return the words as they were typed; where others were found in their stead, those, as they stand there."""
    if all(clause.terms for clause in clauses):
        quoted = " ".join(clause.text for clause in clauses if clause.phrase)
        return " ".join(clause.text for clause in clauses if clause.phrase or clause.text not in quoted)
    return " ".join(dict.fromkeys(text.casefold() for text, is_match in shown if is_match))

"""The passages that show best why a record was found, with the words marked: for the few records on one page alone."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from urllib.parse import urlencode

from django.db.models import Value

from hub.searchable import kinds
from search.analysis import highlight
from search.engines import Clause
from search.engines.packing import PackedTerms, pack_phrase, passages_with
from search.models import IndexedPassage, IndexedRecord, Term, Word

SHOWN = 2  # fragments of one record
QUOTATION = 100.0  # more than any number of words
LENGTH = 240  # signs of a fragment

type Place = tuple[int, int]  # record and number of a passage


@dataclass(frozen=True, slots=True)
class ShownFragment:
    """A piece of a passage as a hit shows it: where it is, and its text cut at the words that match."""

    label: str
    url: str
    parts: tuple[tuple[str, bool], ...]


def fragments_of(
    keys: Sequence[str], language: str, clauses: Sequence[Clause]
) -> dict[str, tuple[IndexedRecord, list[ShownFragment]]]:
    """Return the records with these keys, each with its fragments, the best first; without clauses, how it begins."""
    records = list(IndexedRecord.objects.filter(key__in=keys, text__isnull=False).select_related("text"))
    ranked = _ranked(records, language, clauses)
    places: dict[int, list[Place]] = {}
    for record in records:
        scores = ranked.get(record.pk) or {1: 0.0}
        best = sorted(scores, key=lambda number: (-scores[number], number))[:SHOWN]
        places[record.pk] = [(record.pk, number) for number in best]
    passages = _passages([place for of_record in places.values() for place in of_record])
    return {
        record.key: (
            record,
            [_fragment(record, passages[place], clauses) for place in places[record.pk] if place in passages],
        )
        for record in records
    }


def _passages(places: Sequence[Place]) -> dict[Place, IndexedPassage]:
    """Return passages by their places; one query, by hand, for the ORM knows no list of pairs."""
    if not places:
        return {}
    pairs = ", ".join(["(%s, %s)"] * len(places))
    rows = IndexedPassage.objects.raw(
        f"SELECT * FROM {IndexedPassage._meta.db_table} WHERE (record_id, number) IN (VALUES {pairs})",  # noqa: S608 - our own table's name
        [value for place in places for value in place],
    )
    return {(passage.record_id, passage.number): passage for passage in rows}


def _ranked(
    records: Sequence[IndexedRecord], language: str, clauses: Sequence[Clause]
) -> Mapping[int, Mapping[int, float]]:
    """Return how well each passage answers, by record and number.

    What holds a quotation comes first, then what holds more of the words, then what holds them more often.
    """
    if not clauses or not records:
        return {}
    clauses_of: dict[str, list[int]] = defaultdict(list)
    for number, clause in enumerate(clauses):
        for term in () if clause.phrase else clause.all_terms:
            clauses_of[term].append(number)
    words = {word for clause in clauses for word in clause.phrase}
    terms, numbers = _numbers(language, clauses_of, words)
    phrases = [
        pack_phrase(numbers[word] for word in clause.phrase)
        for clause in clauses
        if clause.phrase and numbers.keys() >= set(clause.phrase)
    ]
    ranked: dict[int, dict[int, float]] = {}
    for record in records:
        counts: dict[int, dict[int, int]] = defaultdict(dict)
        for passage, term_id, count in PackedTerms(bytes(record.text.terms)).places(terms):
            of_clause = counts[passage]
            for number in clauses_of[terms[term_id]]:
                of_clause[number] = max(of_clause.get(number, 0), count)
        scores = {passage: sum(1 + n / (n + 1) for n in of_clauses.values()) for passage, of_clauses in counts.items()}
        for passage in chain.from_iterable(passages_with(bytes(record.text.words), phrase) for phrase in phrases):
            scores[passage] = scores.get(passage, 0.0) + QUOTATION
        scores.pop(0, None)  # the title, which is shown anyway
        ranked[record.pk] = scores
    return ranked


def _numbers(language: str, terms: Iterable[str], words: Collection[str]) -> tuple[dict[int, str], dict[str, int]]:
    """Return terms by their numbers, and the numbers of words, as far as the index knows them; one query."""
    rows = Term.objects.filter(language=language, text__in=list(terms)).values_list(Value("term"), "text", "id")
    if words:
        of_words = Word.objects.filter(language=language, text__in=words).values_list(Value("word"), "text", "id")
        rows = rows.union(of_words, all=True)
    found = list(rows)
    return (
        {number: text for what, text, number in found if what == "term"},
        {text: number for what, text, number in found if what == "word"},
    )


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

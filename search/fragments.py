"""The passages that show best why a record was found, with the words marked: for the few records on one page alone."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from search.analysis import highlight
from search.engines import Clause
from search.models import IndexedPassage, IndexedRecord, Posting

SHOWN = 2  # fragments of one record
CANDIDATES = 6  # passages of one record whose text is read
LENGTH = 240  # signs of a fragment


@dataclass(frozen=True, slots=True)
class ShownFragment:
    """A piece of a passage as a hit shows it: where it is, and its text cut at the words that match."""

    label: str
    url: str
    parts: tuple[tuple[str, bool], ...]


def fragments_of(records: Sequence[IndexedRecord], clauses: Sequence[Clause]) -> dict[str, list[ShownFragment]]:
    """Return the fragments of each record by its key, the best first; without clauses, how it begins."""
    ranked = _ranked(records, clauses)
    wanted = Q()
    for record in records:
        numbers = ranked.get(record.pk, {1: 0.0})
        best = sorted(numbers, key=lambda number: (-numbers[number], number))[:CANDIDATES]
        wanted |= Q(record=record.pk, number__in=best)
    by_record: dict[int, list[IndexedPassage]] = defaultdict(list)
    if wanted:
        for passage in IndexedPassage.objects.filter(wanted):
            by_record[passage.record_id].append(passage)
    phrases = [f" {' '.join(clause.phrase)} " for clause in clauses if clause.phrase]
    shown = {}
    for record in records:
        scores = ranked.get(record.pk, {})
        passages = sorted(
            by_record[record.pk],
            key=lambda p: (-sum(phrase in p.words for phrase in phrases), -scores.get(p.number, 0.0), p.number),
        )
        shown[record.key] = [_fragment(record, passage, clauses) for passage in passages[:SHOWN]]
    return shown


def _ranked(records: Sequence[IndexedRecord], clauses: Sequence[Clause]) -> Mapping[int, Mapping[int, float]]:
    """Return how well each passage answers, by record and number: first by how many of the words, then how often."""
    clauses_of: dict[str, list[int]] = defaultdict(list)
    for number, clause in enumerate(clauses):
        for term in () if clause.phrase else clause.terms:
            clauses_of[term].append(number)
    counts: dict[tuple[int, int], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    if clauses_of and records:
        postings = Posting.objects.filter(
            record__in=[record.pk for record in records], term__text__in=clauses_of, term__language=records[0].language
        )
        for record_id, term, places in postings.exclude(places="").values_list("record_id", "term__text", "places"):
            for place in places.split(","):
                passage, _, count = place.partition(":")
                for clause in clauses_of[term]:
                    found = counts[record_id, int(passage)]
                    found[clause] = max(found[clause], int(count))
    ranked: dict[int, dict[int, float]] = defaultdict(dict)
    for (record_id, passage), by_clause in counts.items():
        ranked[record_id][passage] = sum(1 + count / (count + 1) for count in by_clause.values())
    return ranked


def _fragment(record: IndexedRecord, passage: IndexedPassage, clauses: Sequence[Clause]) -> ShownFragment:
    """Return a passage's best stretch for the clauses."""
    terms = {term for clause in clauses if not clause.phrase for term in clause.terms}
    parts = highlight(passage.text, record.language, terms, (), length=LENGTH)
    url = f"{record.url}#{passage.anchor}" if passage.anchor else record.url
    return ShownFragment(passage.label, url, tuple((part.text, part.is_match) for part in parts))

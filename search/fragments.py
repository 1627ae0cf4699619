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


def fragments_of(
    keys: Sequence[str], language: str, clauses: Sequence[Clause]
) -> dict[str, tuple[IndexedRecord, list[ShownFragment]]]:
    """Return the records with these keys, each with its fragments, the best first; without clauses, how it begins."""
    ranked = _ranked(keys, language, clauses)
    wanted = Q()
    for key in keys:
        scores = ranked.get(key, {1: 0.0})
        best = sorted(scores, key=lambda number: (-scores[number], number))[:CANDIDATES]
        wanted |= Q(record__key=key, number__in=[0, *best])  # the title is always there, and its record with it
    passages: dict[str, list[IndexedPassage]] = defaultdict(list)
    if wanted:
        for passage in IndexedPassage.objects.filter(wanted).select_related("record").order_by("number"):
            passages[passage.record.key].append(passage)
    phrases = [f" {' '.join(clause.phrase)} " for clause in clauses if clause.phrase]
    shown = {}
    for key, (title, *others) in passages.items():
        scores = ranked.get(key, {})
        others.sort(key=lambda p: (-sum(phrase in p.words for phrase in phrases), -scores.get(p.number, 0.0), p.number))
        shown[key] = title.record, [_fragment(title.record, passage, clauses) for passage in others[:SHOWN]]
    return shown


def _ranked(keys: Sequence[str], language: str, clauses: Sequence[Clause]) -> Mapping[str, Mapping[int, float]]:
    """Return how well each passage answers, by key and number: first by how many of the words, then by how often."""
    clauses_of: dict[str, list[int]] = defaultdict(list)
    for number, clause in enumerate(clauses):
        for term in () if clause.phrase else clause.all_terms:
            clauses_of[term].append(number)
    counts: dict[tuple[str, int], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    if clauses_of and keys:
        postings = Posting.objects.filter(record__key__in=keys, term__text__in=clauses_of, term__language=language)
        for key, term, places in postings.exclude(places="").values_list("record__key", "term__text", "places"):
            for place in places.split(","):
                passage, _, count = place.partition(":")
                found = counts[key, int(passage)]
                for number in clauses_of[term]:
                    found[number] = max(found[number], int(count))
    ranked: dict[str, dict[int, float]] = defaultdict(dict)
    for (key, number), by_clause in counts.items():
        ranked[key][number] = sum(1 + count / (count + 1) for count in by_clause.values())
    return ranked


def _fragment(record: IndexedRecord, passage: IndexedPassage, clauses: Sequence[Clause]) -> ShownFragment:
    """Return a passage's best stretch for the clauses."""
    terms = {term for clause in clauses if not clause.phrase for term in clause.all_terms}
    parts = highlight(passage.text, record.language, terms, (), length=LENGTH)
    url = f"{record.url}#{passage.anchor}" if passage.anchor else record.url
    return ShownFragment(passage.label, url, tuple((part.text, part.is_match) for part in parts))

"""How close the best hits come to a question: engines say what words count in a record, this looks where they stand.

A word of the question is a *slot*: it may be filled by the word itself, by a synonym of the glossary, by another word
of its family. Three things make a record close: what fills the slots counts much there and in its best passage; much
of the question is said at all; and it is said together, in one passage under its title, rather than here and there.

Only the best hits of an engine are looked at, and alike for every engine: what stands where is read from the database.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from django.db import connection

from search.analysis import STOP_WORDS, analyse
from search.engines import Alternative, Clause, Hit
from search.engines.packing import PackedTerms
from search.engines.weights import WEIGHT_UNIT
from search.glossary import SYNONYM_SHARE, Glossary
from search.glossary_source import KIND as GLOSSARY
from search.models import IndexedRecord, RecordText, Term

WINDOW = 30
"""So many hits are looked at: three pages of results. More change nothing that is seen, and each takes a tenth of a
millisecond."""

KIN_SHARE = 0.6  # of another word of the family
EXPLAINS = 0.7  # times, of an entry of the glossary that is not asked for by its name: it explains, it does not answer
NAMED = 1.5  # times, where the question holds the whole title: “кмет” is nearer to “кмет” than “заместник-кмет” is
USUAL_PASSAGE = 60  # different terms
LENGTH_MATTERS = 0.3
TIE = 9  # digits: what is as close as that comes in the order of its keys

_TEXTS = (
    f"SELECT record.key, 0, record.kind, record.title, held.terms FROM {IndexedRecord._meta.db_table} AS record"  # noqa: S608 - our own tables' names
    f" JOIN {RecordText._meta.db_table} AS held ON held.record_id = record.id WHERE record.key IN "
)
_NUMBERS = (
    f"SELECT text, id, NULL, NULL, NULL FROM {Term._meta.db_table}"  # noqa: S608 - our own table's name
    " WHERE language = %s AND text IN "
)

type Groups = tuple[tuple[str, ...], ...]


def slots(
    clauses: Iterable[Clause], language: str, glossary: Glossary, kin: Mapping[str, Sequence[str]]
) -> tuple[Clause, ...]:
    """Return the words of a question, quotations left out, each with all that may stand for it.

    What says the same as several words together stands for each of them with its part.
    """
    found = []
    for stretch in glossary.stretches([clause for clause in clauses if not clause.phrase]):
        said = {
            name.groups: SYNONYM_SHARE / len(stretch.clauses)
            for concept in stretch.concepts
            for name in concept.names[language]
            if not stretch.is_name(name)
        }
        synonyms = [Alternative(groups, share) for groups, share in said.items()]
        for clause in stretch.clauses:
            family = dict.fromkeys(other for term in clause.terms for other in kin.get(term, ()))
            akin = [Alternative(((*clause.terms, *family),), KIN_SHARE)] if family else []
            ways = (*clause.alternatives, *synonyms, *akin)
            found.append(Clause(clause.text, clause.terms, alternatives=ways))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Close:
    """How close a record comes to a question, and which of its words it does without."""

    key: str
    score: float = 0.0
    without: tuple[str, ...] = ()

    @property
    def hit(self) -> Hit:
        """The record as a hit."""
        return Hit(self.key, self.score)


def closest_first(
    keys: Collection[str], asked: Sequence[Clause], language: str, rarity: Mapping[tuple[str, ...], float]
) -> list[Close]:
    """Return records by their closeness to the slots of a question; one query.

    The rarity of groups of terms is what engines say of them; what no engine was asked for is left aside.
    """
    known = [slot for clause in asked if (slot := _Slot.of(clause, rarity))]
    texts, numbers = _read([*keys], language, {term for slot in known for term in slot.terms})
    own = {term for slot in known for term in slot.own_terms}
    found = []
    for key in keys:
        if (text := texts.get(key)) is None:
            found.append(Close(key))
            continue
        close = _close(key, text.packed, known, numbers)
        found.append(replace(close, score=close.score * _standing(text, language, own)))
    return sorted(found, key=lambda close: (-round(close.score, TIE), close.key))


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to fill a slot: one term of each group, with the rarity of each group."""

    groups: Sequence[tuple[tuple[str, ...], float]]
    share: float


@dataclass(frozen=True, slots=True)
class _Slot:
    """A word of the question and all that may stand for it."""

    text: str
    ways: Sequence[_Way]
    rarity: float

    @classmethod
    def of(cls, clause: Clause, rarity: Mapping[tuple[str, ...], float]) -> "_Slot | None":
        """Return the slot of a clause, as far as the rarity of its groups is known."""
        ways = [
            _Way([(group, rarity[group]) for group in way.groups], way.share)
            for way in clause.ways
            if way.groups and all(group in rarity for group in way.groups)
        ]
        return cls(clause.text, ways, sum(number for _, number in ways[0].groups)) if ways else None

    @property
    def own_terms(self) -> Iterable[str]:
        """The terms of the word itself."""
        return (term for way in self.ways if way.share == 1 for group, _ in way.groups for term in group)

    @property
    def terms(self) -> Iterable[str]:
        """All terms that may fill it."""
        return (term for way in self.ways for group, _ in way.groups for term in group)


@dataclass(slots=True)
class _Filled:
    """What fills a slot in a record."""

    counts: float = 0.0  # in the whole record
    said: float = 0.0  # as far as it says the same


class _Record:
    """The terms of a record that matter to a question."""

    def __init__(self, packed: bytes, numbers: Mapping[str, int]) -> None:
        held = PackedTerms(packed)
        self.sizes = held.sizes
        self.weights: dict[str, float] = {}
        self.places: dict[str, Mapping[int, int]] = {}
        for term, number in numbers.items():
            weight, places = held.stands(number)
            if weight:
                self.weights[term], self.places[term] = weight / WEIGHT_UNIT, places

    def group(self, terms: Sequence[str]) -> tuple[float, Mapping[int, int]]:
        """Return what the best of some terms counts, and how often one stands in which passage."""
        here = [term for term in terms if term in self.weights]
        if len(here) == 1:
            return self.weights[here[0]], self.places[here[0]]
        places: dict[int, int] = {}
        for term in here:
            for passage, count in self.places[term].items():
                places[passage] = max(count, places.get(passage, 0))
        return max((self.weights[term] for term in here), default=0.0), places


def _close(key: str, packed: bytes, asked: Sequence[_Slot], numbers: Mapping[str, int]) -> Close:
    """Return how close a record comes to a question."""
    record = _Record(packed, numbers)
    counts = said = in_title = 0.0
    without = []
    best: dict[int, float] = {}  # passage -> what the words count there
    together: dict[int, float] = {}  # passage -> how much of the question it says beside the title
    for slot in asked:
        filled, of_passage = _filled(record, slot)
        if not filled.said:
            without.append(slot.text)
        counts += filled.counts
        said += filled.said * slot.rarity
        title = of_passage.get(0, (0.0, 0.0))[1]
        in_title += title * slot.rarity
        for passage, (value, share) in of_passage.items():
            best[passage] = best.get(passage, 0.0) + value
            together[passage] = together.get(passage, 0.0) + max(0.0, share - title) * slot.rarity
    whole = sum(slot.rarity for slot in asked)
    if not whole:
        return Close(key)
    coherence = min(1.0, (in_title + max(together.values(), default=0.0)) / whole)
    score = (counts + max(best.values(), default=0.0)) * math.sqrt(said / whole) * coherence
    return Close(key, score, tuple(without))


def _standing(text: "_Text", language: str, terms: Collection[str]) -> float:
    """Return what the closeness of a record is to be taken by for being what it is."""
    words = _words_of_title(text.title, language)
    if words and all(not word.isdisjoint(terms) for word in words):
        return NAMED
    return EXPLAINS if text.kind == GLOSSARY else 1.0


@lru_cache(maxsize=10_000)
def _words_of_title(title: str, language: str) -> Sequence[frozenset[str]]:
    """Return the terms of each word of a title but function words."""
    tokens = (token for token in analyse(title, language) if token.word not in STOP_WORDS[language])
    return [frozenset(token.terms) for token in tokens]


def _filled(record: _Record, slot: _Slot) -> tuple[_Filled, Mapping[int, tuple[float, float]]]:
    """Return what fills a slot in a record; and in each passage what it counts there and how far it says the same."""
    filled = _Filled()
    passages: dict[int, tuple[float, float]] = {}
    for way in slot.ways:
        groups = [(*record.group(terms), rarity) for terms, rarity in way.groups]
        if not all(weight for weight, _, _ in groups):
            continue
        said = math.sqrt(way.share)
        filled.counts = max(filled.counts, way.share * sum(weight * rarity for weight, _, rarity in groups))
        filled.said = max(filled.said, said)
        for passage in {passage for _, places, _ in groups for passage in places}:
            value = way.share * sum(
                rarity * _in_passage(places.get(passage, 0), record.sizes[passage]) for _, places, rarity in groups
            )
            share = said if all(passage in places for _, places, _ in groups) else 0.0
            before = passages.get(passage, (0.0, 0.0))
            passages[passage] = max(value, before[0]), max(share, before[1])
    return filled, passages


def _in_passage(count: int, size: int) -> float:
    """Return what a term counts in a passage of some size: it saturates at two."""
    return 2 * count / (count + 1 - LENGTH_MATTERS + LENGTH_MATTERS * size / USUAL_PASSAGE) if count else 0.0


class _Text(NamedTuple):
    """What is read of a record."""

    kind: str
    title: str
    packed: bytes  # its terms


def _read(keys: Sequence[str], language: str, terms: Iterable[str]) -> tuple[dict[str, _Text], dict[str, int]]:
    """Return the texts of records by key, and the numbers of terms; one query, by hand for its two halves."""
    wanted = sorted({*terms})
    texts: dict[str, _Text] = {}
    numbers: dict[str, int] = {}
    if not keys or not wanted:
        return texts, numbers
    sql = f"{_TEXTS}({_marks(keys)}) UNION ALL {_NUMBERS}({_marks(wanted)})"
    with connection.cursor() as cursor:
        cursor.execute(sql, [*keys, language, *wanted])
        for name, number, kind, title, packed in cursor.fetchall():
            if packed is None:
                numbers[name] = number
            else:
                texts[name] = _Text(kind, title, bytes(packed))
    return texts, numbers


def _marks(values: Sequence[str]) -> str:
    """Return a mark for each value."""
    return ", ".join(["%s"] * len(values))

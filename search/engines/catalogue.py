"""The whole index in outline, held in memory: enough to filter, count and order without asking the database.

A set of records is one integer whose bits are their places in the catalogue. Counting a facet value is then one `&` and
one `bit_count()`, whatever the number of hits: exact counts of all values cost less than a millisecond.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import batched, compress, islice
from typing import NamedTuple, Self

from django.db.models import QuerySet

from search.models import IndexedRecord

from .posting_blocks import BLOCK, CHUNK

NOWHERE = -1
"""The place of a record that the catalogue does not know."""

SMALL = 1_000
"""So many records are read anew sooner than compared."""

REMEMBERED = 100_000
"""So many postings are kept in memory at most: a page asks several times for the same ones, and visitors ask alike."""

_IN, _OUT = b"1", b"0"
_AS_FLAGS = bytes.maketrans(_OUT + _IN, b"\x00\x01")


class Outline(NamedTuple):
    """What the catalogue takes in of a record."""

    id: int
    fingerprint: str
    key: str
    language: str
    kind: str
    facets: Mapping[str, Collection[str]]
    published_at: datetime | None


class Catalogue:
    """The records by their places, and as sets by language and facet value.

    Once made, its records do not change: a question may be answered from it while another thread makes the next one.
    A key keeps its place for good; what is gone leaves a hole.
    """

    def __init__(self) -> None:
        self.keys: list[str] = []  # by place
        self.facets: dict[str, dict[str, int]] = {}
        self._languages: dict[str, int] = {}
        self._record_ids: list[int] = []  # by place
        self._fingerprints: dict[int, str] = {}  # by record
        self._place_of_key: dict[str, int] = {}
        self._blocks: dict[int, list[int]] = {}  # the places of each block of postings
        self.postings: dict[tuple[str, str], dict[int, int]] = {}  # what was asked for: (language, term) -> its records
        self._room = REMEMBERED
        self._newest: list[tuple[float, str, int]] = []  # age, key and place: the newest first, the undated last

    @classmethod
    def load(cls) -> Self:
        """Return the catalogue of what the tables hold now; one query."""
        catalogue = cls()
        catalogue._put(_outlines(IndexedRecord.objects.all()))
        return catalogue

    def brought_up_to_date(self) -> Self:
        """Return the catalogue of what the tables hold now; of what is as it was, only the fingerprint is read."""
        before = self._fingerprints
        if len(before) < SMALL:
            return self.load()
        now = dict(IndexedRecord.objects.values_list("id", "fingerprint"))
        if len(self.keys) > 2 * len(now):  # more holes than records
            return self.load()
        copy = self._copy()
        copy._take_out([record_id for record_id, known in before.items() if now.get(record_id) != known])
        new = [record_id for record_id, fingerprint in now.items() if before.get(record_id) != fingerprint]
        for chunk in batched(new, CHUNK):
            copy._put(_outlines(IndexedRecord.objects.filter(pk__in=chunk)))
        return copy

    def set_of(self, places: Iterable[int]) -> int:
        """Return the places as a set."""
        flags = bytearray(_OUT * (len(self.keys) + 1))
        member = _IN[0]
        for place in places:
            flags[place] = member
        flags[NOWHERE] = _OUT[0]
        flags.reverse()
        return int(flags, 2)

    def places(self, members: int) -> Iterator[int]:
        """Yield the places of a set, in their order."""
        flags = bin(members)[:1:-1].encode().translate(_AS_FLAGS)
        return compress(range(len(flags)), flags)

    def places_in_block(self, block: int, numbers: Iterable[int]) -> Iterable[int]:
        """Return the places of records by their numbers in a block."""
        places = self._blocks.get(block)
        return map(places.__getitem__, numbers) if places is not None else (NOWHERE for _ in numbers)

    def place_of(self, record_id: int) -> int:
        """Return the place of a record."""
        block, number = divmod(record_id, BLOCK)
        return next(iter(self.places_in_block(block, (number,))))

    def record_ids(self, members: int) -> list[int]:
        """Return the ids of the records in a set."""
        return [self._record_ids[place] for place in self.places(members)]

    def remember(self, term: tuple[str, str], postings: dict[int, int]) -> None:
        """Keep the postings of a term; where there is no room left, those of all others go."""
        self._room -= len(postings) + 1
        if self._room < 0:
            self.postings, self._room = {}, REMEMBERED
        self.postings[term] = postings

    def set_of_keys(self, keys: Iterable[str]) -> int:
        """Return the records with these keys as a set; unknown keys are left out."""
        return self.set_of(self._place_of_key.get(key, NOWHERE) for key in keys)

    def in_language(self, language: str) -> int:
        """Return the records of a language as a set."""
        return self._languages.get(language, 0)

    def with_values(self, name: str, values: Iterable[str]) -> int:
        """Return the records that have one of the values of a facet, as a set."""
        known, members = self.facets.get(name, {}), 0
        for value in values:
            members |= known.get(value, 0)
        return members

    def newest(self, members: int, offset: int, limit: int) -> list[int]:
        """Return a stretch of the members' places, the newest first."""
        among = {*self.places(members)}
        return list(islice((place for _, _, place in self._newest if place in among), offset, offset + limit))

    def counts(self, name: str, members: int) -> Iterator[tuple[str, int]]:
        """Yield the values of a facet that some members have, with how many do."""
        for value, having in self.facets[name].items():
            if count := (having & members).bit_count():
                yield value, count

    def _copy(self) -> Self:
        """Return a catalogue of the same records, to be changed."""
        copy = type(self)()
        copy.keys, copy._record_ids, copy._newest = [*self.keys], [*self._record_ids], self._newest
        copy.facets = {name: dict(values) for name, values in self.facets.items()}
        copy._languages, copy._fingerprints = dict(self._languages), dict(self._fingerprints)
        copy._place_of_key = dict(self._place_of_key)
        copy._blocks = {block: [*places] for block, places in self._blocks.items()}
        return copy

    def _put(self, outlines: Iterable[Outline]) -> None:
        """Take records in, a new key at a new place."""
        members: dict[tuple[str, str], list[int]] = defaultdict(list)
        languages: dict[str, list[int]] = defaultdict(list)
        newest = [*self._newest]
        for one in outlines:
            place = self._place_for(one)
            languages[one.language].append(place)
            members["kind", one.kind].append(place)
            for name, values in one.facets.items():
                for value in values:
                    members[name, value].append(place)
            newest.append((_age(one.published_at), one.key, place))
        for language, places in languages.items():
            self._languages[language] = self._languages.get(language, 0) | self.set_of(places)
        for (name, value), places in members.items():
            known = self.facets.setdefault(name, {})
            known[value] = known.get(value, 0) | self.set_of(places)
        self._newest = sorted(newest)

    def _place_for(self, one: Outline) -> int:
        """Return the place of a record, which is now known there."""
        place = self._place_of_key.setdefault(one.key, len(self.keys))
        if place == len(self.keys):
            self.keys.append(one.key)
            self._record_ids.append(one.id)
        self._record_ids[place] = one.id
        self._fingerprints[one.id] = one.fingerprint
        block, number = divmod(one.id, BLOCK)
        self._blocks.setdefault(block, [NOWHERE] * BLOCK)[number] = place
        return place

    def _take_out(self, record_ids: Collection[int]) -> None:
        """Let go of records."""
        places = {self.place_of(record_id) for record_id in record_ids}
        others = ~self.set_of(places)
        for values in (self._languages, *self.facets.values()):
            for value, members in values.items():
                values[value] = members & others
        for record_id in record_ids:
            block, number = divmod(record_id, BLOCK)
            self._blocks[block][number] = NOWHERE
            del self._fingerprints[record_id]
        self._newest = [row for row in self._newest if row[2] not in places]


def _outlines(records: "QuerySet[IndexedRecord]") -> Iterator[Outline]:
    """Yield the outlines of records."""
    return map(Outline._make, records.values_list(*Outline._fields))


def _age(published_at: datetime | None) -> float:
    """Return a number that is the smaller the newer something is."""
    return float("inf") if published_at is None else -published_at.timestamp()

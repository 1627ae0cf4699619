"""The whole index in outline, held in memory: enough to filter, count and order without asking the database.

A set of records is one integer whose bits are their places in the catalogue. Counting a facet value is then one `&` and
one `bit_count()`, whatever the number of hits: exact counts of all values cost less than a millisecond.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import NamedTuple, Self

from search.models import IndexedRecord


class Outline(NamedTuple):
    """What the catalogue keeps of a record."""

    record_id: int
    key: str
    language: str
    kind: str
    facets: Mapping[str, Collection[str]]
    published_at: datetime | None


class Catalogue:
    """The records in the order of their keys, and as sets of bits by language and facet value."""

    def __init__(self, outlines: Iterable[Outline]) -> None:
        records = sorted(outlines, key=lambda outline: outline.key)
        self.keys = [record.key for record in records]
        self.place_of_id = {record.record_id: place for place, record in enumerate(records)}
        self._place_of_key = {record.key: place for place, record in enumerate(records)}
        places: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, record in enumerate(records):
            places["language", record.language].append(place)
            places["facet:kind", record.kind].append(place)
            for name, values in record.facets.items():
                for value in values:
                    places[f"facet:{name}", value].append(place)
        self._languages: dict[str, int] = {}
        self.facets: dict[str, dict[str, int]] = defaultdict(dict)
        for (name, value), members in places.items():
            if name == "language":
                self._languages[value] = self.set_of(members)
            else:
                self.facets[name.removeprefix("facet:")][value] = self.set_of(members)
        # The newest first, the undated last, ties by key.
        self._newest = sorted(range(len(records)), key=lambda place: _age(records[place].published_at))

    @classmethod
    def load(cls) -> Self:
        """Return the catalogue of what the tables hold now; one query."""
        columns = ("id", "key", "language", "kind", "facets", "published_at")
        return cls(Outline(*row) for row in IndexedRecord.objects.values_list(*columns))

    def set_of(self, places: Iterable[int]) -> int:
        """Return the places as a set."""
        buffer = bytearray(len(self.keys) // 8 + 1)
        for place in places:
            buffer[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(buffer, "little")

    def set_of_keys(self, keys: Iterable[str]) -> int:
        """Return the records with these keys as a set; unknown keys are left out."""
        return self.set_of(self._place_of_key[key] for key in keys if key in self._place_of_key)

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
        flags = self.flags(members)
        return list(
            islice((place for place in self._newest if flags[place >> 3] >> (place & 7) & 1), offset, offset + limit)
        )

    def flags(self, members: int) -> bytes:
        """Return a set as bytes, in which a place is looked up in no time."""
        return members.to_bytes(len(self.keys) // 8 + 1, "little")

    def counts(self, name: str, members: int) -> Iterator[tuple[str, int]]:
        """Yield the values of a facet that some members have, with how many do."""
        for value, having in self.facets[name].items():
            if count := (having & members).bit_count():
                yield value, count


def _age(published_at: datetime | None) -> float:
    """Return a number that is the smaller the newer something is."""
    return float("inf") if published_at is None else -published_at.timestamp()

"""What it means that something can be found: records, the sources that yield them, and the signals of change.

A room announces its findable things here; `search` listens. Nothing in this module knows how finding works.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable

from django.dispatch import Signal
from django.utils.functional import Promise

# Sent with `keys`: the records with these keys are new or have changed, or are no more.
changed = Signal()
gone = Signal()


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a record that a reader can land on: its text, and the address fragment that opens there."""

    text: str
    anchor: str = ""  # after the "#" of the record's address: "page=14", "results"; empty for the whole
    label: str = ""  # what a hit calls it: "стр. 14", the heading of a section


@dataclass(frozen=True, slots=True)
class Record:
    """Something that can be found, in one language."""

    key: str  # stable and unique: "page:12", "document:7"
    language: str  # "bg" or "en"
    kind: str  # a key of `kinds`
    title: str
    url: str  # path on this site
    summary: str = ""
    breadcrumbs: tuple[str, ...] = ()
    page_id: int | None = None  # the page whose visibility is this record's own; None: public while it exists
    translation_key: str = ""  # shared by the language versions of one work
    published_at: datetime | None = None
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # {"theme": ("environment",)}
    passages: tuple[Passage, ...] = ()


@runtime_checkable
class Searchable(Protocol):
    """A published thing that yields its own record."""

    def search_record(self) -> Record | None:
        """Return the record, or None where this thing is not to be found on its own."""
        ...


class Source(Protocol):
    """A family of findable things that are no pages."""

    prefix: str  # the part of the keys before the colon

    def keys(self) -> Iterable[str]:
        """Return the keys of everything that may be found now."""
        ...

    def records(self, keys: Iterable[str]) -> Iterator[Record]:
        """Yield the records of those keys that may be found now, and nothing for the others."""
        ...


@dataclass(frozen=True, slots=True)
class Kind:
    """What a record is, in words that a visitor reads."""

    key: str
    label: str | Promise
    plural: str | Promise
    is_reader: bool = False  # whether the record's address takes what was asked (`q`) and where to open (`at`)


class UnknownKindError(LookupError):
    """A record names a kind that no room has registered."""


kinds: dict[str, Kind] = {}
sources: dict[str, Source] = {}


def register_kind(key: str, *, label: str | Promise, plural: str | Promise, is_reader: bool = False) -> None:
    """Make a kind known; facets list the kinds in the order of registration."""
    kinds[key] = Kind(key, label, plural, is_reader)


def register_source(source: Source) -> None:
    """Make a family of findable things known under its prefix."""
    sources[source.prefix] = source

"""Results that editors chose for a query: they stand before all others, once, and count like any result.

A pin answers to the whole query, in whatever forms and order its words are typed. What a visitor may not open, or what
a filter leaves out, is not shown however it was chosen.
"""

import threading
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.engines import Answer, Clause, Hit, State
from search.indexing import PAGE
from search.models import IndexedRecord, Pin
from search.models.pins import MOST_PINNED
from search.query import QUOTES, Reading, clean, deciding, parse, read

type Filters = Mapping[str, Collection[str]]
type Words = Sequence[frozenset[str]]
"""The terms of each word of a query."""

_WITHOUT_QUOTES = str.maketrans(dict.fromkeys(QUOTES, " "))


@dataclass(frozen=True, slots=True)
class Chosen:
    """The pages chosen for a query, in their order."""

    words: Words
    keys: tuple[str, ...]


def cleaned(query: str) -> str:
    """Return the query of a pin as it is kept: without quotation marks, for it answers to its words in any order."""
    return clean(query.translate(_WITHOUT_QUOTES))


def reading_of(query: str, language: str) -> Reading:
    """Return the query of a pin as it is read."""
    return read(parse(cleaned(query)), language)


def rival(pin: Pin) -> Pin | None:
    """Return another pin of the same language that answers to the same words."""
    words = _words(reading_of(pin.query, pin.language).clauses)
    for other in Pin.objects.filter(language=pin.language).exclude(pk=pin.pk):
        theirs = _words(reading_of(other.query, other.language).clauses)
        if _are_the_same(words, theirs) or _are_the_same(theirs, words):
            return other
    return None


def chosen_for(reading: Reading, language: str, state: State) -> tuple[str, ...]:
    """Return the keys of the pages chosen for a reading of one language; nothing where it leaves something out."""
    if not reading.clauses or reading.excluded:
        return ()
    words = _words(reading.clauses)
    found = (one for one in _chosen(state.token).get(language, ()) if _are_the_same(one.words, words))
    return tuple(dict.fromkeys(key for one in found for key in one.keys if key not in state.hidden))[:MOST_PINNED]


def pinned(keys: Sequence[str], filters: Filters, only: str = "") -> tuple[Answer, Mapping[str, str]]:
    """Return the answer that chosen pages make under filters, and the language of each page that can be found."""
    records = {one.key: one for one in IndexedRecord.objects.filter(key__in=keys)}
    known = [records[key] for key in keys if key in records and only in {"", records[key].language}]
    shown = [record for record in known if _passes(record, filters)]
    answer = Answer(len(shown), tuple(Hit(record.key, 0.0) for record in shown), _counts(known, filters))
    return answer, {record.key: record.language for record in known}


def _words(clauses: Iterable[Clause]) -> Words:
    """Return the words of clauses; a quotation is its words, of which the function words do not decide."""
    return tuple(frozenset(clause.terms) for clause in deciding(clauses))


def _are_the_same(words: Words, others: Words) -> bool:
    """Return whether two queries are one: as many words, each a form of another one of the words."""
    left = list(words)
    for other in others:
        own = next((word for word in left if not word.isdisjoint(other)), None)
        if own is None:
            return False
        left.remove(own)
    return not left


def _values(record: IndexedRecord) -> dict[str, list[str]]:
    """Return the values of all facets of a record."""
    return {**record.facets, "kind": [record.kind]}


def _passes(record: IndexedRecord, filters: Filters, *, but: str = "") -> bool:
    """Return whether a record has one of the values of every filter but one."""
    values = _values(record)
    return all(name == but or not set(values.get(name, ())).isdisjoint(wanted) for name, wanted in filters.items())


def _counts(records: Iterable[IndexedRecord], filters: Filters) -> Mapping[str, Mapping[str, int]]:
    """Return the counts of facet values, each facet's own filter left aside."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for record in records:
        for name, values in _values(record).items():
            if _passes(record, filters, but=name):
                counts[name].update(values)
    return counts


_lock = threading.Lock()
_remembered: tuple[str | None, Mapping[str, Sequence[Chosen]]] | None = None


def _chosen(token: str | None) -> Mapping[str, Sequence[Chosen]]:
    """Return what was chosen by language, from memory while the token is the same; a change of a pin renews it."""
    global _remembered  # noqa: PLW0603 - one for the process, as the engine's catalogue
    remembered = _remembered
    if remembered is None or token is None or remembered[0] != token:
        with _lock:
            remembered = _remembered = (token, _load())
    return remembered[1]


def _load() -> Mapping[str, Sequence[Chosen]]:
    """Return what was chosen; two queries, one where nothing is."""
    chosen: dict[str, list[Chosen]] = defaultdict(list)
    for pin in Pin.objects.with_pages().order_by("pk"):
        words = _words(reading_of(pin.query, pin.language).clauses)
        keys = tuple(f"{PAGE}:{page.page_id}" for page in pin.pages.all())
        if words and keys:
            chosen[pin.language].append(Chosen(words, keys))
    return chosen

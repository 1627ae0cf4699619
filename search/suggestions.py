"""Suggestions as one types: words that go on from what was typed, terms of the glossary, and titles that hold it.

They come from an outline of titles, summaries and terms that each process holds for one token of the index, so that a
key pressed costs one query, which asks what is hidden. Nothing comes from what others have typed.
"""

import heapq
import re
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.signals import request_started
from django.db import connection
from django.utils.translation import gettext as _

from hub.searchable import kinds
from search.asking import LANGUAGES
from search.glossary_source import KIND
from search.models import GlossaryTerm, IndexedRecord
from search.prefixes import Allowed, Prefixes, Rank, Row, Typed, Word
from search.query import clean
from search.rewriting.layouts import typed_on_the_other_layout
from search.visibility import current_state

MIN_LENGTH = 2  # signs: one letter begins nearly everything
MAX_LENGTH = 100  # signs: nobody waits for suggestions to a whole sentence
MOST_LATE = 100  # records that are read while somebody waits
MAX_WORDS = 4
MAX_TERMS = 2
MAX_TITLES = 6
PREPARING = "search.prepare_suggestions"

_LATIN_LETTER = re.compile("[A-Za-z]")
_CYRILLIC_LETTER = re.compile("[\u0400-\u04ff]")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to search for or, with an address, to go to."""

    text: str
    url: str = ""
    kind: str = ""  # what it is, in the reader's language; empty for words

    def as_json(self) -> dict[str, str]:
        """Return the suggestion as the script of the page reads it."""
        return {name: value for name in ("text", "url", "kind") if (value := getattr(self, name))}


@dataclass(frozen=True, slots=True)
class Outline:
    """What can be suggested in one language."""

    records: Prefixes
    names: Prefixes  # of the glossary: terms and synonyms
    terms: Mapping[str, str]  # of the glossary, by slug


@dataclass(frozen=True, slots=True)
class _Held:
    """The outlines in memory, and what has come and gone since they were made."""

    token: str | None = None  # of the index that they were last compared with
    outlines: Mapping[str, Outline] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)  # fingerprints of the records in the outlines
    terms: Mapping[str, str] = field(default_factory=dict)  # fingerprints of the glossary's records
    gone: frozenset[str] = frozenset()  # the keys of what is no longer as the outlines say
    come: Mapping[str, str] = field(default_factory=dict)  # fingerprints of what is new
    late: Mapping[str, Prefixes] = field(default_factory=dict)  # what is new, as far as it is not too much


_lock = threading.Lock()
_held = _Held()
_loader: threading.Thread | None = None

type Reading = Callable[[Prefixes], Typed | None]
type Source = tuple[Prefixes, Allowed]


def suggest(raw: str, language: str, kind: str = "") -> list[Suggestion]:
    """Return how a visitor may go on; with a kind, from the records of that kind alone."""
    text = clean(raw[: 2 * MAX_LENGTH])
    if not MIN_LENGTH <= len(text) <= MAX_LENGTH:
        return []
    state = current_state()
    held = _outlines(state.token)
    if (outline := held.outlines.get(language)) is None:
        return []
    sources = [(outline.records, outline.records.allowed(state.hidden | held.gone, kind))]
    if late := held.late.get(language):
        sources.append((late, late.allowed(state.hidden, kind)))
    readings = list(_readings(f"{text} " if raw[-1:].isspace() else text, language))
    words_and_titles = next(filter(None, (_found(sources, reading) for reading in readings)), [])
    terms = [] if kind else next(filter(None, (_terms(outline, reading) for reading in readings)), [])
    said = {text.casefold(), *(term.text.casefold() for term in terms)}
    return terms + [one for one in words_and_titles if one.url or one.text.casefold() not in said]


def prepare(**_: object) -> None:
    """Begin to read what is suggested before anybody has typed: the first request that a process answers calls this."""
    request_started.disconnect(dispatch_uid=PREPARING)
    _load_later()


def forget() -> None:
    """Forget the outlines: whoever turns to another database begins without those of the last."""
    global _held  # noqa: PLW0603 - one for the process, swapped as a whole
    with _lock:
        _held = _Held()


def _readings(text: str, language: str) -> Iterator[Reading]:
    """Yield the ways in which what was typed can be read: as it stands, in Latin letters, on another keyboard."""
    yield lambda prefixes: prefixes.read(text)
    yield lambda prefixes: prefixes.read_latin(text)
    latin, cyrillic = _LATIN_LETTER.search(text), _CYRILLIC_LETTER.search(text)
    if not (latin if language == "en" else cyrillic):
        for _layout, other in typed_on_the_other_layout(text, language):
            yield lambda prefixes, other=other: prefixes.read(other)  # type: ignore[misc]  # no type can be written beside a default


def _terms(outline: Outline, reading: Reading) -> list[Suggestion]:
    """Return the terms of the glossary of which a name goes on from what was typed."""
    names = outline.names
    if (typed := reading(names)) is None:
        return []
    keys = dict.fromkeys(row.key for _rank, row in names.titles(typed, MAX_TERMS, names.allowed(())))
    return [Suggestion(outline.terms[key], kind=_("Glossary")) for key in keys]


def _found(sources: Sequence[Source], reading: Reading) -> list[Suggestion]:
    """Return the words and titles for one way to read what was typed, those of all sources together."""
    words: dict[Word, tuple[int, str]] = {}
    titles: list[tuple[Rank, Row]] = []
    for prefixes, allowed in sources:
        if (typed := reading(prefixes)) is not None:
            for word, (count, shown) in prefixes.words(typed, allowed).items():
                known, name = words.get(word, (0, shown))
                words[word] = known + count, name
            titles += prefixes.titles(typed, 2 * MAX_TITLES, allowed)
    rows = [row for _rank, row in sorted(titles) if row.kind != KIND][:MAX_TITLES]
    return [Suggestion(word) for word in _best(words)] + [
        Suggestion(row.title, row.url, _label(row.kind)) for row in rows
    ]


def _best(words: Mapping[Word, tuple[int, str]]) -> list[str]:
    """Return the words that stand in most records, of each lemma the form that does."""
    best: dict[str, tuple[int, str]] = {}
    for (_fold, lemma), (count, shown) in words.items():
        if (-count, shown) < best.get(lemma, (0, "")):
            best[lemma] = (-count, shown)
    return [shown for _count, shown in heapq.nsmallest(MAX_WORDS, best.values())]


def _label(kind: str) -> str:
    """Return what a kind is called."""
    return str(kinds[kind].label) if kind in kinds else ""


def _outlines(token: str | None) -> _Held:
    """Return the outlines, after a change with what has come and without what has gone since they were made.

    Where that has become much, they are made anew by a thread of its own, and what has come waits for it. Where there
    are none yet, the first question of a process waits for them: an empty answer would be kept by browsers.
    """
    global _held  # noqa: PLW0603 - one for the process, swapped as a whole
    if not _held.outlines and (loader := _loader) is not None:
        loader.join()
    held = _held
    if token is not None and held.token == token:
        return held
    with _lock:
        if token is None or _held.token != token:
            current = _fingerprints()
            if _held.outlines:
                _held = _brought_up_to_date(_held, token, current)
            else:
                _held = _Held(token, _load(), current, _of_terms(current))
        return _held


def _brought_up_to_date(held: _Held, token: str | None, current: Mapping[str, str]) -> _Held:
    """Return the outlines with what has changed since they were made; a query where something has come."""
    come = dict(current.items() - held.known.items())
    gone = frozenset(key for key, _mark in held.known.items() - current.items())
    outlines, late, terms = held.outlines, held.late, _of_terms(current)
    if len(come) > MOST_LATE:
        late = {}
        _load_later()
    elif come != held.come:
        late = {language: Prefixes(language, rows) for language, rows in _rows(list(come)).items()} if come else {}
    if terms != held.terms:
        glossary = _glossary()
        outlines = {language: Outline(one.records, *_names(language, glossary)) for language, one in outlines.items()}
    return _Held(token, outlines, held.known, terms, gone, come, late)


def _load_later() -> None:
    """Have the outlines made anew by a thread, unless one is at it; it is then compared with what has changed again."""
    global _loader  # noqa: PLW0603 - one for the process
    if _loader is None or not _loader.is_alive():
        _loader = threading.Thread(target=_load_apart, daemon=True, name="suggestions")
        _loader.start()


def _load_apart() -> None:
    """Make the outlines in a thread, whose connection nobody else closes."""
    global _held  # noqa: PLW0603 - one for the process, swapped as a whole
    try:
        known, outlines = _fingerprints(), _load()
        with _lock:
            # What changed while they were made shows at the next question, which compares them again.
            _held = _Held(None, outlines, known, _of_terms(known))
    finally:
        connection.close()


def _load() -> dict[str, Outline]:
    """Return the outlines of what index and glossary hold now; two queries."""
    rows, glossary = _rows(), _glossary()
    return {
        language: Outline(Prefixes(language, rows.get(language, ())), *_names(language, glossary))
        for language in LANGUAGES
    }


def _rows(keys: Sequence[str] | None = None) -> dict[str, list[Row]]:
    """Return what is known of records by language, of all of them or of those with these keys; one query."""
    records = IndexedRecord.objects.order_by("key")
    if keys is not None:
        records = records.filter(key__in=keys)
    rows: dict[str, list[Row]] = defaultdict(list)
    for language, *row in records.values_list("language", *Row._fields):
        rows[language].append(Row(*row))
    return rows


def _fingerprints() -> dict[str, str]:
    """Return the fingerprints of all records by key; by hand, for there are many of them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT key, fingerprint FROM {IndexedRecord._meta.db_table}")  # noqa: S608 - our own table's name
        return dict(cursor.fetchall())


def _of_terms(fingerprints: Mapping[str, str]) -> dict[str, str]:
    """Return the fingerprints of the glossary's records among those of all."""
    return {key: mark for key, mark in fingerprints.items() if key.startswith(f"{KIND}:")}


def _glossary() -> list[GlossaryTerm]:
    """Return the terms of the glossary; one query."""
    return list(GlossaryTerm.objects.order_by("slug"))


def _names(language: str, glossary: Iterable[GlossaryTerm]) -> tuple[Prefixes, Mapping[str, str]]:
    """Return the names that the glossary has in one language, and its terms by slug."""
    glossary = list(glossary)
    rows = [Row(term.slug, "", name, "", "") for term in glossary for name in term.names_in(language)]
    return Prefixes(language, rows), {term.slug: term.term_in(language) for term in glossary}

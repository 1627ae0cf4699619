"""Suggestions as one types: words that go on from what was typed, terms of the glossary, and titles that hold it.

They come from an outline of titles, summaries and terms that each process holds for one token of the index, so that a
key pressed costs one query, which asks what is hidden. Nothing comes from what others have typed.
"""

import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.db import connection
from django.utils.translation import gettext as _

from hub.searchable import kinds
from search.asking import LANGUAGES
from search.glossary_source import KIND
from search.models import GlossaryTerm, IndexedRecord
from search.prefixes import Allowed, Prefixes, Row, Typed
from search.query import clean
from search.visibility import current_state

MIN_LENGTH = 2  # signs: one letter begins nearly everything
MAX_LENGTH = 100  # signs: nobody waits for suggestions to a whole sentence
AT_ONCE = 300  # records that are read while somebody waits
MAX_WORDS = 4
MAX_TERMS = 2
MAX_TITLES = 6


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
    terms: dict[str, str]  # of the glossary, by slug


@dataclass(frozen=True, slots=True)
class _Held:
    """The outlines in memory; what has changed since they were made is not spoken of until they are made anew."""

    token: str | None = None  # of the index that they were last compared with
    outlines: Mapping[str, Outline] = field(default_factory=dict)
    changed: Mapping[str, frozenset[int]] = field(default_factory=dict)


_lock = threading.Lock()
_held = _Held()
_is_loading = threading.Event()


def suggest(raw: str, language: str, kind: str = "") -> list[Suggestion]:
    """Return how a visitor may go on; with a kind, from the records of that kind alone."""
    text = clean(raw[: 2 * MAX_LENGTH])
    if not MIN_LENGTH <= len(text) <= MAX_LENGTH:
        return []
    state = current_state()
    held = _outlines(state.token)
    if (outline := held.outlines.get(language)) is None:
        return []
    hidden = outline.records.places_of(state.hidden) | held.changed.get(language, frozenset())
    allowed = Allowed(outline.records, hidden, kind)
    words_and_titles = next(filter(None, _found(outline.records, text, allowed)), [])
    terms = [] if kind else _terms(outline, text)
    said = {text.casefold(), *(term.text.casefold() for term in terms)}
    return terms + [one for one in words_and_titles if one.url or one.text.casefold() not in said]


def forget() -> None:
    """Forget the outlines: whoever turns to another database begins without those of the last."""
    global _held  # noqa: PLW0603 - one for the process, swapped as a whole
    with _lock:
        _held = _Held()


def _terms(outline: Outline, text: str) -> list[Suggestion]:
    """Return the terms of the glossary of which a name goes on from what was typed."""
    rows = [
        row
        for typed in _readings(outline.names, text)
        for row in outline.names.titles(typed, MAX_TERMS, Allowed(outline.names, frozenset()))
    ]
    return [Suggestion(outline.terms[key], kind=_("Glossary")) for key in dict.fromkeys(row.key for row in rows)]


def _found(records: Prefixes, text: str, allowed: Allowed) -> Iterator[list[Suggestion]]:
    """Yield the words and titles for each way to read what was typed."""
    for typed in _readings(records, text):
        words = [Suggestion(word) for word in records.words(typed, MAX_WORDS, allowed)]
        rows = [row for row in records.titles(typed, 2 * MAX_TITLES, allowed) if row.kind != KIND][:MAX_TITLES]
        yield words + [Suggestion(row.title, row.url, _label(row.kind)) for row in rows]


def _readings(prefixes: Prefixes, text: str) -> Iterator[Typed]:
    """Yield what was typed in the ways in which it can be read, as it stands first."""
    for read in (prefixes.read, prefixes.read_latin):
        if (typed := read(text)) is not None:
            yield typed


def _label(kind: str) -> str:
    """Return what a kind is called."""
    return str(kinds[kind].label) if kind in kinds else ""


def _outlines(token: str | None) -> _Held:
    """Return the outlines; after a change few records are read at once, and many by a thread of their own.

    Meanwhile the old outlines serve, without the records that have changed or gone since. Where there are none yet, the
    first question of a process waits for them: an empty answer would be kept by browsers.
    """
    global _held  # noqa: PLW0603 - one for the process, swapped as a whole
    held = _held
    if token is not None and held.token == token:
        return held
    with _lock:
        if token is None or _held.token != token:
            current = dict(IndexedRecord.objects.values_list("key", "fingerprint"))
            if len(current) <= AT_ONCE or not _held.outlines:
                _held = _Held(token, _load())
            else:
                changed = {language: one.records.changed(current) for language, one in _held.outlines.items()}
                _held = _Held(token, _held.outlines, changed)
                _load_later(token)
        return _held


def _load_later(token: str | None) -> None:
    """Have the outlines made anew by a thread, unless one is at it; it is then compared with what has changed again."""
    if not _is_loading.is_set():
        _is_loading.set()
        threading.Thread(target=_load_apart, args=(token,), daemon=True).start()


def _load_apart(token: str | None) -> None:
    """Make the outlines in a thread, whose connection nobody else closes."""
    global _held  # noqa: PLW0603 - one for the process, swapped as a whole
    try:
        outlines = _load()
        with _lock:
            # What changed while they were made shows at the next question, which brings another token.
            _held = _Held(token if _held.token == token else None, outlines)
    finally:
        _is_loading.clear()
        connection.close()


def _load() -> dict[str, Outline]:
    """Return the outlines of what index and glossary hold now; two queries."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for language, *row in IndexedRecord.objects.order_by("key").values_list("language", *Row._fields):
        rows[language].append(Row(*row))
    glossary = list(GlossaryTerm.objects.order_by("slug"))
    return {language: _outline(language, rows[language], glossary) for language in LANGUAGES}


def _outline(language: str, rows: list[Row], glossary: list[GlossaryTerm]) -> Outline:
    """Return what can be suggested in one language."""
    names = [Row(term.slug, "", name, "", "") for term in glossary for name in term.names_in(language)]
    terms = {term.slug: term.term_in(language) for term in glossary}
    return Outline(Prefixes(language, rows), Prefixes(language, names), terms)

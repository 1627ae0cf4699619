"""Suggestions as one types: words that go on from what was typed, terms of the glossary, and titles that hold it.

They come from an outline of titles, summaries and terms that each process holds for one token of the index, so that a
key pressed costs one query, which asks what is hidden. Nothing comes from what others have typed.
"""

import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

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


type Outlines = dict[str, Outline]  # by language

_lock = threading.Lock()
_remembered: tuple[str | None, Outlines] = (None, {})


def suggest(raw: str, language: str, kind: str = "") -> list[Suggestion]:
    """Return how a visitor may go on; with a kind, from the records of that kind alone."""
    text = clean(raw[: 2 * MAX_LENGTH])
    if not MIN_LENGTH <= len(text) <= MAX_LENGTH:
        return []
    state = current_state()
    outline = _outlines(state.token)[language]
    allowed = Allowed(outline.records, outline.records.places_of(state.hidden), kind)
    words_and_titles = next(filter(None, _found(outline.records, text, allowed)), [])
    terms = [] if kind else _terms(outline, text)
    said = {text.casefold(), *(term.text.casefold() for term in terms)}
    return terms + [one for one in words_and_titles if one.url or one.text.casefold() not in said]


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


def _outlines(token: str | None) -> Outlines:
    """Return the outlines by language, from memory while the index is the same."""
    global _remembered  # noqa: PLW0603 - one for the process, swapped as a whole
    remembered = _remembered
    if token is None or remembered[0] != token:
        with _lock:
            remembered = _remembered
            if token is None or remembered[0] != token:
                remembered = _remembered = (token, _load())
    return remembered[1]


def _load() -> Outlines:
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

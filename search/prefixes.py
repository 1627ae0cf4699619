"""Titles and summaries of one language by the beginnings of their words, held in memory.

Each word in its folded form has the places of the records that hold it, in arrays of four bytes a place; a beginning is
a stretch of the sorted words.
"""

import heapq
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from hub.transliteration import transliterate
from search.analysis import STOP_WORDS, Token, analyse, is_known

MIN_WORD = 3  # letters of a word that is worth completing
_AFTER_ALL = "\U0010ffff"
_STOP_WORDS = frozenset().union(*STOP_WORDS.values())


class Row(NamedTuple):
    """What is known of a record."""

    key: str
    kind: str
    title: str
    url: str
    summary: str
    fingerprint: str = ""


@dataclass(slots=True)
class _Word:
    """A word as it is shown, what it may be a form of, and the places of the records that hold it."""

    shown: str
    terms: tuple[str, ...]
    is_sure: bool = False  # whether it was seen inside a text, where a capital letter means a name
    everywhere: "array[int]" = field(default_factory=lambda: array("I"))
    titles: "array[int]" = field(default_factory=lambda: array("I"))


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, as the numbers of the words that it may stand for; the last one is still being typed."""

    before: str  # the words that are finished, as they are shown
    parts: tuple[Collection[int], ...]  # for each word those that begin with it or are forms of it
    endings: Sequence[int]  # the words that begin with the last one
    start: str  # all of it, folded


class Prefixes:
    """What can be said of the records of a language before a word is finished."""

    def __init__(self, language: str, rows: Iterable[Row]) -> None:
        self.language = language
        self._rows: list[Row] = []  # without their summaries
        self._folded: list[str] = []  # the titles
        words: dict[str, _Word] = {}
        for place, row in enumerate(rows):
            self._rows.append(row._replace(summary=""))
            self._folded.append(" ".join(self._gather(words, row.title, place, is_title=True)))
            self._gather(words, row.summary, place, is_title=False)
        self._place_of = {row.key: place for place, row in enumerate(self._rows)}
        self._folds = sorted(words)
        self._words = [words[fold] for fold in self._folds]
        self._forms: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(self._words):
            for term in word.terms:
                self._forms[term].append(number)
        latin = sorted((transliterate(fold), number) for number, fold in enumerate(self._folds) if language == "bg")
        self._latin, self._latin_numbers = [fold for fold, _ in latin], array("I", [number for _, number in latin])

    def places_of(self, keys: Iterable[str]) -> frozenset[int]:
        """Return the places of the records with these keys; unknown keys are left out."""
        return frozenset(self._place_of[key] for key in keys if key in self._place_of)

    def changed(self, current: Mapping[str, str]) -> frozenset[int]:
        """Return the places of the records that are no longer as they were, by the fingerprints of the moment."""
        return frozenset(place for place, row in enumerate(self._rows) if current.get(row.key) != row.fingerprint)

    def read(self, text: str) -> Typed | None:
        """Return what was typed as the words of these texts; None where one of them stands nowhere."""
        tokens = analyse(text, self.language)
        if not tokens:
            return None
        endings = self._beginning(tokens[-1].word)
        parts = tuple({*self._beginning(token.word), *self._forms_of(token)} for token in tokens)
        before = text[: tokens[-1].start]
        return Typed(before, parts, endings, " ".join(token.word for token in tokens)) if all(parts) else None

    def read_latin(self, text: str) -> Typed | None:
        """Return what was typed as Cyrillic words in the official Latin letters."""
        folds = text.lower().split()
        if self.language != "bg" or not folds or not all(fold.isascii() and fold.isalpha() for fold in folds):
            return None
        parts = tuple(self._latin_beginning(fold) for fold in folds)
        if not all(parts):
            return None
        *finished, _ = [max(part, key=lambda number: len(self._words[number].everywhere)) for part in parts]
        before = "".join(f"{self._words[number].shown} " for number in finished)
        return Typed(before, parts, parts[-1], before.lower() + self._folds[parts[-1][0]])

    def words(self, typed: Typed, limit: int, allowed: "Allowed") -> list[str]:
        """Return what the last word may become, the most frequent first, each with the words before it."""
        together = self._together(typed.parts[:-1], in_titles=False)
        best: dict[str, tuple[int, str]] = {}
        for number in typed.endings:
            word, fold = self._words[number], self._folds[number]
            if len(fold) < MIN_WORD or fold in _STOP_WORDS or not fold[-1].isalpha():
                continue
            count = allowed.count(word.everywhere, together)
            lemma = word.terms[0] if word.terms else fold
            if count and (-count, word.shown) < best.get(lemma, (0, "")):
                best[lemma] = (-count, word.shown)
        return [typed.before + shown for _, shown in heapq.nsmallest(limit, best.values())]

    def titles(self, typed: Typed, limit: int, allowed: "Allowed") -> list[Row]:
        """Return the records whose titles hold all that was typed, those that begin with it first."""
        places = self._together(typed.parts, in_titles=True) or set()
        found = heapq.nsmallest(limit, filter(allowed, places), key=lambda place: self._rank(place, typed.start))
        return [self._rows[place] for place in found]

    def kinds_at(self, place: int) -> str:
        """Return what the record at a place is."""
        return self._rows[place].kind

    def _rank(self, place: int, start: str) -> tuple[bool, bool, int, int]:
        """Return by what titles are ordered: beginning so, holding all in a row, shortness, and the place."""
        folded = self._folded[place]
        return not folded.startswith(start), f" {start}" not in folded, len(folded), place

    def _together(self, parts: Iterable[Iterable[int]], *, in_titles: bool) -> set[int] | None:
        """Return the places that hold a word of each part; None where there is no part."""
        together: set[int] | None = None
        for part in parts:
            places: set[int] = set()
            for number in part:
                places.update(self._words[number].titles if in_titles else self._words[number].everywhere)
            together = places if together is None else together & places
        return together

    def _beginning(self, fold: str) -> range:
        """Return the numbers of the words that begin so."""
        return range(bisect_left(self._folds, fold), bisect_left(self._folds, fold + _AFTER_ALL))

    def _latin_beginning(self, fold: str) -> "array[int]":
        """Return the numbers of the words that begin so in Latin letters."""
        start, end = bisect_left(self._latin, fold), bisect_left(self._latin, fold + _AFTER_ALL)
        return self._latin_numbers[start:end]

    def _forms_of(self, token: Token) -> Iterator[int]:
        """Yield the numbers of the words that share a term with a token."""
        for term in token.terms:
            yield from self._forms.get(term, ())

    def _gather(self, words: dict[str, _Word], text: str, place: int, *, is_title: bool) -> list[str]:
        """Note the words of a text and return them folded."""
        tokens = analyse(text, self.language)
        for token in tokens:
            shown, is_inside = text[token.start : token.end], token.start > 0
            if not is_inside and (self.language != "bg" or is_known(shown, "bg")):
                shown = shown.lower()
            word = words.setdefault(token.word, _Word(shown, token.terms))
            if is_inside and (not word.is_sure or shown.islower()):
                word.shown, word.is_sure = shown, True
            for places in (word.everywhere, word.titles) if is_title else (word.everywhere,):
                if not places or places[-1] != place:
                    places.append(place)
        return [token.word for token in tokens]


@dataclass(frozen=True, slots=True)
class Allowed:
    """Which places may be spoken of: those that are not hidden and, where a kind is asked for, are of it."""

    prefixes: Prefixes
    hidden: frozenset[int]
    kind: str = ""

    def __call__(self, place: int) -> bool:
        """Return whether a place may be spoken of."""
        return place not in self.hidden and (not self.kind or self.prefixes.kinds_at(place) == self.kind)

    def count(self, places: "array[int]", together: set[int] | None) -> int:
        """Return how many of the places may be spoken of and are among those that the other words leave."""
        if together is None and not self.hidden and not self.kind:
            return len(places)
        return sum((together is None or place in together) and self(place) for place in places)

"""Titles and summaries of one language by the beginnings of their words, held in memory.

Each word in its folded form has the places of the records that hold it, in arrays of four bytes a place; a beginning is
a stretch of the sorted words.
"""

import heapq
import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from search.analysis import ALL_STOP_WORDS, Token, analyse, is_known
from search.rewriting import latin

MIN_TYPED = 2  # letters: one begins nearly everything, whatever signs stand about it
MIN_WORD = 3  # letters of a word that is worth completing
LATIN_DOUBT = 0.5  # how much less likely than the best another reading of Latin letters may be
_AFTER_ALL = "\U0010ffff"
_SIGNS = re.compile(r"[^\w\s„“”«\"'’-]+$")  # what stands before a word and is nothing that one searches with


class Row(NamedTuple):
    """What is known of a record."""

    key: str
    kind: str
    title: str
    url: str
    summary: str


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


type Word = tuple[str, str]
"""A word as it is written, folded, and the lemma that it may be a form of."""

type Rank = tuple[bool, bool, int, str]
"""By what titles are ordered: beginning so, holding all in a row, shortness, and the key."""


def is_whole(fold: str, text: str, *, is_alone: bool) -> bool:
    """Return whether the last word of a text is a function word that nobody means to go on with.

    Whoever has typed but two or three letters may; not so after a space, or after other words.
    """
    return fold in ALL_STOP_WORDS and (not is_alone or text[-1:].isspace())


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
        self._of_kind = {
            kind: frozenset(place for place, row in enumerate(self._rows) if row.kind == kind)
            for kind in {row.kind for row in self._rows}
        }

    def allowed(self, shut: Iterable[str], kind: str = "") -> "Allowed":
        """Return which places may be spoken of: all but those of some keys and, where a kind is asked for, of it."""
        places = frozenset(self._place_of[key] for key in shut if key in self._place_of)
        return Allowed(places, self._of_kind.get(kind, frozenset()) - places if kind else None)

    def read(self, text: str) -> Typed | None:
        """Return what was typed as the words of these texts; None where one of them stands nowhere."""
        tokens = analyse(text, self.language)
        if sum(len(token.word) for token in tokens) < MIN_TYPED:
            return None
        parts = [{*self._beginning(token.word), *self._forms_of(token)} for token in tokens]
        endings: Sequence[int] = self._beginning(tokens[-1].word)
        if is_whole(tokens[-1].word, text, is_alone=len(tokens) == 1):
            parts[-1], endings = self._exactly(tokens[-1].word), ()
        before = _SIGNS.sub("", text[: tokens[-1].start])
        start = " ".join(token.word for token in tokens)
        return Typed(before, tuple(parts), endings, start) if all(parts) else None

    def read_latin(self, text: str) -> Typed | None:
        """Return what was typed as Cyrillic words in Latin letters, by the law or as people write them."""
        words = text.split()
        if self.language != "bg" or not words or not all(map(latin.WORD.fullmatch, words)):
            return None
        parts, near = [], []
        for word in words:
            likely = latin.beginnings(word, self._begins)
            near = [fold for fold, cost in likely.items() if cost <= min(likely.values()) + LATIN_DOUBT]
            parts.append(sorted({number for fold in near for number in self._beginning(fold)}))
        if not all(parts) or any(is_whole(fold, text, is_alone=len(words) == 1) for fold in near):
            return None
        *finished, _ = [max(part, key=lambda number: len(self._words[number].everywhere)) for part in parts]
        before = "".join(f"{self._words[number].shown} " for number in finished)
        return Typed(before, tuple(parts), parts[-1], before.lower() + self._folds[parts[-1][0]])

    def words(self, typed: Typed, allowed: "Allowed") -> dict[Word, tuple[int, str]]:
        """Return what the last word may become: in how many records it stands, and how it is shown."""
        together = self._together(typed.parts[:-1], in_titles=False)
        among = None if together is None else allowed.among(together)
        found = {}
        for number in typed.endings:
            word, fold = self._words[number], self._folds[number]
            if len(fold) < MIN_WORD or fold in ALL_STOP_WORDS or not fold[-1].isalpha():
                continue
            if count := allowed.count(word.everywhere) if among is None else len(among.intersection(word.everywhere)):
                found[fold, word.terms[0] if word.terms else fold] = count, typed.before + word.shown
        return found

    def titles(self, typed: Typed, limit: int, allowed: "Allowed") -> list[tuple[Rank, Row]]:
        """Return the records whose titles hold all that was typed, those that begin with it first."""
        places = allowed.among(self._together(typed.parts, in_titles=True) or set())
        return heapq.nsmallest(limit, ((self._rank(place, typed.start), self._rows[place]) for place in places))

    def _rank(self, place: int, start: str) -> Rank:
        """Return by what a title is ordered."""
        folded = self._folded[place]
        return not folded.startswith(start), f" {start}" not in folded, len(folded), self._rows[place].key

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

    def _exactly(self, fold: str) -> set[int]:
        """Return the number of this word."""
        place = bisect_left(self._folds, fold)
        return {place} if self._folds[place : place + 1] == [fold] else set()

    def _begins(self, fold: str) -> bool:
        """Return whether a word begins so."""
        place = bisect_left(self._folds, fold)
        return place < len(self._folds) and self._folds[place].startswith(fold)

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
    """Which places may be spoken of: those of `only` or, where nothing narrows them down, all but what is shut."""

    shut: frozenset[int]
    only: frozenset[int] | None = None

    def among(self, places: "set[int]") -> set[int] | frozenset[int]:
        """Return those of some places that may be spoken of."""
        return places - self.shut if self.only is None else places & self.only

    def count(self, places: "array[int]") -> int:
        """Return how many of some places may be spoken of."""
        if self.only is not None:
            return len(self.only.intersection(places))
        return len(places) - len(self.shut.intersection(places)) if self.shut else len(places)

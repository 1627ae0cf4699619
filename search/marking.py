"""Which words of a text answer to a question: those that were typed, what says the same, and nothing by the way.

A synonym of several words is one thing: „кмет на община“ stands for “кмет” where these words stand together, and
„община“ alone does not. Only where a record says a part of the question in no better way, single words of the synonyms
are marked, for a hit must show why it is one.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from search.analysis import ALL_STOP_WORDS, Token
from search.engines import Clause

GAP = 2  # words that may stand among those of a name, function words not counted

type Group = frozenset[str]
type Groups = tuple[Group, ...]


class Name(NamedTuple):
    """Several words that say together what was asked for, and how far they do."""

    groups: Groups
    share: float


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a question, quotations left out: the words that were typed, and what else says the same."""

    text: str
    own: Groups  # the terms of each typed word; each of them is marked wherever it stands
    others: tuple[tuple[Group, float], ...] = ()  # single words
    names: tuple[Name, ...] = ()

    @classmethod
    def of(cls, clause: Clause) -> "Part":
        """Return a clause as texts are looked at for it."""
        ways = clause.ways
        count = len(clause.text.split()) if not clause.terms else 1
        typed = next((way for way in ways if way.share == 1.0 and len(way.groups) == count), None)
        rest = [way for way in ways if way is not typed and way.groups]
        return cls(
            clause.text,
            tuple(frozenset(group) for group in typed.groups) if typed else (),
            tuple((frozenset(way.groups[0]), way.share) for way in rest if len(way.groups) == 1),
            tuple(Name(tuple(map(frozenset, way.groups)), way.share) for way in rest if len(way.groups) > 1),
        )

    @property
    def size(self) -> int:
        """How many words it has."""
        return max(1, len(self.own))


class Mark(NamedTuple):
    """A word of a text that answers to a part of the question: the number of the part, and which typed word it is."""

    part: int
    word: int = -1  # -1: something that says the same


@dataclass(frozen=True, slots=True)
class Marks:
    """What of a text answers to a question, by the places of the words."""

    tokens: tuple[Token, ...]
    found: Mapping[int, frozenset[Mark]]
    whole: Mapping[int, float]  # part -> the share of the best name that stands there as a whole
    typed: frozenset[int] = frozenset()  # the parts of several words of which the typed ones stand together


class Marker:
    """The parts of a question, ready to be looked for in texts."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self._of_term: dict[str, set[Mark]] = defaultdict(set)
        several = [name.groups for part in parts for name in part.names]
        several += [part.own for part in parts if len(part.own) > 1]
        self._named = {term for groups in several for group in groups for term in group}
        for number, part in enumerate(parts):
            for word, group in enumerate(part.own):
                for term in group:
                    self._of_term[term].add(Mark(number, word))
            for group, _ in part.others:
                for term in group:
                    self._of_term[term].add(Mark(number))

    def marks(self, tokens: tuple[Token, ...], loose: Collection[int] = ()) -> Marks:
        """Return what answers to the question; of the loose parts, the single words of their names do so too."""
        found: dict[int, set[Mark]] = defaultdict(set)
        named: dict[str, list[int]] = defaultdict(list)
        for place, token in enumerate(tokens):
            for term in token.terms:
                if term in self._of_term:
                    found[place] |= self._of_term[term]
                if term in self._named:
                    named[term].append(place)
        whole: dict[int, float] = {}
        for number, part in enumerate(self.parts):
            for name in part.names:
                places = _places(name.groups, named)
                if together := {*places_together(tokens, places)}:
                    whole[number] = max(name.share, whole.get(number, 0.0))
                for place in together or (chain.from_iterable(places) if number in loose else ()):
                    found[place].add(Mark(number))
        typed = frozenset(
            number
            for number, part in enumerate(self.parts)
            if len(part.own) > 1 and any(places_together(tokens, _places(part.own, named)))
        )
        return Marks(tokens, {place: frozenset(found[place]) for place in sorted(found)}, whole, typed)


def _places(groups: Groups, places_of: Mapping[str, list[int]]) -> Sequence[list[int]]:
    """Return where a word of each group stands."""
    return [sorted({place for term in group for place in places_of.get(term, ())}) for group in groups]


def places_together(tokens: Sequence[Token], places: Sequence[list[int]]) -> Iterator[int]:
    """Yield the places at which words of all groups follow each other, in a row or nearly so."""
    if not all(places):
        return
    for start in places[0]:
        taken = [start]
        for group in places[1:]:
            following = bisect_right(group, taken[-1])
            if following == len(group):
                return
            taken.append(group[following])
        if _deciding(tokens[start : taken[-1] + 1]) <= len(places) + GAP:
            yield from taken


def _deciding(tokens: Iterable[Token]) -> int:
    """Return how many words there are besides function words."""
    return sum(token.word not in ALL_STOP_WORDS for token in tokens)

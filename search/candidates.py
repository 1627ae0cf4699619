"""Which passages of a record may be shown: told by what the index holds of it, then by the texts of those few."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from search.analysis import Token, analyse
from search.engines import Clause
from search.engines.packing import PackedTerms, passages_with
from search.marking import Group, Marker, Marks, Name, Part
from search.models import IndexedRecord

QUOTATION = 100.0  # more than any number of words
WHOLE = 1.5  # a name, as a word that stands there once
TOGETHER = 0.5  # the words of a term that were typed, where they stand together
SCATTERED = 0.3  # of a name whose words do not stand together
CERTAIN = 2  # passages whose texts are read because of single words, and one more where these may stand together
UNCERTAIN = 2  # … because a name may stand there as a whole
LONE = 6  # … if nothing else says that part of the question

type Values = dict[int, float]  # passage -> what something counts there


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for in the texts of records of one language."""

    parts: Sequence[Part]
    marker: Marker
    numbers: Mapping[str, int]  # of the terms that the index knows
    phrases: Sequence[bytes]

    @classmethod
    def of(cls, clauses: Iterable[Clause], numbers: Mapping[str, int], phrases: Sequence[bytes]) -> "Sought":
        """Return what clauses without quotations and quotations are looked for by."""
        parts = [Part.of(clause) for clause in clauses]
        return cls(parts, Marker(parts), numbers, phrases)


@dataclass(slots=True)
class Candidates:
    """The passages of a record that may answer best, and what is known of them without their texts."""

    record: IndexedRecord
    sought: Sought
    numbers: Sequence[int] = ()
    quoted: Values = field(default_factory=dict)
    certain: list[Values] = field(default_factory=list)  # of each part, by words that stand for themselves
    scattered: dict[int, Values] = field(default_factory=dict)  # of the parts that only names may say

    @classmethod
    def of(cls, record: IndexedRecord, sought: Sought) -> "Candidates":
        """Return the candidates of a record."""
        found = cls(record, sought)
        words = bytes(record.text.words) if sought.phrases else b""
        for phrase in sought.phrases:
            for passage in passages_with(words, phrase):
                found.quoted[passage] = found.quoted.get(passage, 0.0) + QUOTATION
        held = _Held(bytes(record.text.terms), sought.numbers)
        possible = []
        for number, part in enumerate(sought.parts):
            certain = held.certain(part)
            names = held.together(part)
            if not certain and (scattered := held.scattered(part)):
                found.scattered[number] = scattered
            found.certain.append(certain)
            possible.append(_highest(certain, names))
        found.numbers = found._worth_reading(possible)
        return found

    def _worth_reading(self, possible: Sequence[Values]) -> Sequence[int]:
        """Return the numbers of the passages whose texts tell the rest."""
        surely, perhaps = _sum(self.quoted, *self.certain), _sum(self.quoted, *possible)
        chosen = _best(surely)[: CERTAIN + any(len(part.own) > 1 for part in self.sought.parts)]
        least = surely[chosen[CERTAIN - 1]] if len(chosen) >= CERTAIN else 0.0
        most = LONE if self.scattered else UNCERTAIN
        chosen += [number for number in _best(perhaps)[:most] if perhaps[number] > max(least, surely.get(number, 0))]
        chosen += _best(_sum(*self.scattered.values()))[:CERTAIN]
        return list(dict.fromkeys(chosen if surely.keys() - {0} else [*chosen, 1]))

    def best(self, texts: Mapping[int, tuple[Token, ...]], count: int) -> dict[int, Marks]:
        """Return the best of the passages, read, with what answers there; how the record begins if nothing does.

        Of parts of the question that are said in no better way, single words of names must do.
        """
        marker = self.sought.marker
        marks = {number: marker.marks(tokens) for number, tokens in texts.items()}
        said = {part for of_passage in marks.values() for part in of_passage.whole}
        loose = self.scattered.keys() - said
        if loose:
            loose -= marker.marks(analyse(self.record.title, self.record.language)).whole.keys()
        scores: Values = {}
        for number in texts:
            scores[number] = self.quoted.get(number, 0.0)
            for place, part in enumerate(self.sought.parts):
                together = TOGETHER if place in marks[number].typed else 0.0
                ways = [
                    self.certain[place].get(number, 0.0) + together,
                    WHOLE * marks[number].whole.get(place, 0.0) * part.size,
                ]
                if place in loose:
                    ways.append(self.scattered[place].get(number, 0.0))
                scores[number] += max(ways)
        best = _best(scores)[:count] or sorted(texts)[:1]
        return {number: marker.marks(texts[number], loose) if loose else marks[number] for number in best}


class _Held:
    """What a record holds of the words that are looked for, by passage."""

    def __init__(self, packed: bytes, numbers: Mapping[str, int]) -> None:
        self._held, self._numbers = PackedTerms(packed), numbers
        self._known: dict[str, Mapping[int, int]] = {}

    def certain(self, part: Part) -> Values:
        """Return what the words of a part count that say something by themselves."""
        found: Values = defaultdict(float)
        for group in part.own:
            for passage, count in self._group(group).items():
                found[passage] += _often(count)
        for group, share in part.others:
            for passage, count in self._group(group).items():
                found[passage] = max(found[passage], share * part.size * _often(count))
        return dict(found)

    def together(self, part: Part) -> Values:
        """Return what names count of which all words stand in a passage."""
        found: Values = {}
        for name in part.names:
            groups = self._groups(name)
            for passage in set(groups[0]).intersection(*groups[1:]):
                value = name.share * part.size * _often(min(group[passage] for group in groups))
                found[passage] = max(value, found.get(passage, 0.0))
        return found

    def scattered(self, part: Part) -> Values:
        """Return what names count of which all words stand somewhere in the record: where most of them do."""
        found: Values = {}
        for name in part.names:
            groups = self._groups(name)
            if all(groups):
                for passage in set().union(*groups):
                    here = sum(passage in group for group in groups)
                    value = SCATTERED * name.share * part.size * here / len(groups)
                    found[passage] = max(value, found.get(passage, 0.0))
        most = max((value for passage, value in found.items() if passage), default=0.0)
        return {passage: value for passage, value in found.items() if passage and value == most}

    def _groups(self, name: Name) -> Sequence[Mapping[int, int]]:
        """Return how often the words of a name stand in which passage."""
        return [self._group(group) for group in name.groups]

    def _group(self, terms: Group) -> Mapping[int, int]:
        """Return how often the most frequent of some terms stands in which passage."""
        places: dict[int, int] = {}
        for term in terms:
            for passage, count in self._term(term).items():
                places[passage] = max(count, places.get(passage, 0))
        return places

    def _term(self, term: str) -> Mapping[int, int]:
        """Return how often a term stands in which passage."""
        if term not in self._known:
            number = self._numbers.get(term)
            self._known[term] = {} if number is None else self._held.stands(number)[1]
        return self._known[term]


def _often(count: int) -> float:
    """Return what a word counts that stands somewhere so many times."""
    return 1 + count / (count + 1)


def _highest(*values: Values) -> Values:
    """Return the highest of some values of each passage."""
    return {passage: max(one.get(passage, 0.0) for one in values) for passage in {p for one in values for p in one}}


def _sum(*values: Values) -> Values:
    """Return the sum of some values of each passage."""
    return {passage: sum(one.get(passage, 0.0) for one in values) for passage in {p for one in values for p in one}}


def _best(values: Values) -> list[int]:
    """Return the passages from the best down, without the title, which is shown anyway."""
    worthy = (number for number, value in values.items() if value > 0 and number)
    return sorted(worthy, key=lambda number: (-values[number], number))

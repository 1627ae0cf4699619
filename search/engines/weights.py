"""What a term counts for a record: BM25 without the rarity, which is asked of the index at each question."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.entries import AnalysedText, Entry


@dataclass(frozen=True, slots=True)
class Field:
    """How much a field counts, the length that is usual for it, and how much its length matters."""

    weight: float
    usual_length: int
    length_matters: float


# Usual lengths are fixed and not averages of the moment: a record's weights then depend on itself alone, and stay
# right while others come and go.
TITLE = Field(weight=3.0, usual_length=8, length_matters=0.5)
SUMMARY = Field(weight=1.5, usual_length=30, length_matters=0.5)
BODY = Field(weight=1.0, usual_length=400, length_matters=0.75)
WEIGHT_UNIT = 10_000
"""A weight is stored as so many parts of one: the greatest possible, 5.5, fits into two bytes."""

SATURATION = 1.2  # BM25's k1: how soon a term's repetition in one field stops counting


def weights(entry: Entry) -> Mapping[str, float]:
    """Return what each term counts for the record, summed over the fields.

    Each field saturates for itself: however often a long text holds a word, one in the title says more.
    """
    body = [passage.analysed for passage in entry.passages[1:]]
    summed = defaultdict[str, float](float)
    for field, texts in ((TITLE, [entry.passages[0].analysed]), (SUMMARY, [entry.summary]), (BODY, body)):
        room = SATURATION * _norm(field, texts)
        for term, count in _counts(texts).items():
            summed[term] += field.weight * count / (count + room)
    return summed


def _norm(field: Field, texts: Sequence[AnalysedText]) -> float:
    """Return how much longer than usual a field is, as far as that matters."""
    length = sum(len(text.words) for text in texts)
    return 1 - field.length_matters + field.length_matters * length / field.usual_length


def _counts(texts: Sequence[AnalysedText]) -> Mapping[str, int]:
    """Return how often each term stands in texts."""
    if len(texts) == 1:
        return texts[0].terms
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(text.terms.elements())  # counted in C, unlike the sum of two counters
    return counts

"""What the tables hold of records' texts, spelled out again: for who passes it on, not for answering."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import batched

from django.db.models import Model

from search.models import RecordText, Term, Word

from .packing import PackedTerms, unpack_words
from .posting_blocks import CHUNK
from .weights import WEIGHT_UNIT


@dataclass(frozen=True, slots=True)
class StoredText:
    """The folded words of each passage in their order, the title first, and what each term counts in the record."""

    passages: list[list[str]]
    weights: dict[str, float]


def stored_texts(record_ids: Collection[int]) -> dict[int, StoredText]:
    """Return the texts of records by their ids; three queries."""
    words, weights = {}, {}
    for record_id, packed_terms, packed_words in RecordText.objects.filter(pk__in=record_ids).values_list():
        words[record_id] = unpack_words(bytes(packed_words))
        weights[record_id] = PackedTerms(bytes(packed_terms)).weights
    spelled = _spelled(Word, {number for passages in words.values() for passage in passages for number in passage})
    terms = _spelled(Term, {number for of_record in weights.values() for number in of_record})
    return {
        record_id: StoredText(
            [[spelled[number] for number in passage] for passage in passages],
            {terms[number]: weight / WEIGHT_UNIT for number, weight in weights[record_id].items()},
        )
        for record_id, passages in words.items()
    }


def _spelled(model: type[Model], numbers: Iterable[int]) -> dict[int, str]:
    """Return the texts of words or terms by their numbers."""
    texts: dict[int, str] = {}
    for chunk in batched(sorted(numbers), CHUNK):
        texts |= dict(model._default_manager.filter(pk__in=chunk).values_list("pk", "text"))
    return texts

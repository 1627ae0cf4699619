"""Words of one family: what begins alike and is of about the same length, as „гласуване“, „гласувам“ and „гласуващ“.

The analysis joins the forms of a word and no more, which is right where a word is asked for. Where few records hold all
words, a record that says the same by another word of the family is near the question all the same.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from itertools import takewhile

from search.known_words import terms_beginning_with

ALIKE = 0.6  # of the longer word, the letters from the beginning that two of a family have in common
LEAST = 5  # letters that they must have in common: fewer begin too many words


def families(language: str, terms: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """Return what the index has of the family of each term, the term itself left out; one query."""
    beginnings = {term: term[: _common(term)] for term in terms if len(term) >= LEAST and term.isalpha()}
    if not beginnings:
        return {}
    known = terms_beginning_with(language, sorted({*beginnings.values()}))
    return {term: kin for term, beginning in beginnings.items() if (kin := tuple(_kin(term, beginning, known)))}


def _common(term: str) -> int:
    """Return how many letters a word must share with others of its family at least."""
    return max(LEAST, math.ceil(ALIKE * len(term)))


def _kin(term: str, beginning: str, known: Iterable[str]) -> Iterable[str]:
    """Yield the words that are of a term's family, in their order."""
    for other in sorted(known):
        if other == term or not other.startswith(beginning) or not other.isalpha():
            continue
        common = sum(1 for _ in takewhile(lambda letters: letters[0] == letters[1], zip(term, other, strict=False)))
        if common >= ALIKE * max(len(term), len(other)):
            yield other

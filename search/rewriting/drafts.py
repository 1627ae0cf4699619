"""What each word of a query may stand for by one way of reading it, before the index has been asked for any of it."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from search.analysis import ALL_STOP_WORDS, analyse, is_known, terms_of_word
from search.bilingual import senses
from search.query import Piece, Query

from . import latin, layouts, spelling
from .slots import Costs

TRANSLITERATION: Final = "transliteration"
LAYOUT: Final = "layout"
SPELLING: Final = "spelling"
OTHER_WORDS: Final = "other_words"

IN_OTHER_LETTERS: Final = frozenset({TRANSLITERATION, LAYOUT})

BASES: Final = {TRANSLITERATION: 0.2, LAYOUT: 0.5, SPELLING: 1.0, OTHER_WORDS: 2.5}
"""How far each way goes from what was typed: the order in which they are believed where nothing else decides."""

_SIGN_IN_WORD: Final = 1.0  # more, for Latin letters with signs between them that are letters of another layout
_SECOND_SLIP: Final = 1.0  # more, for a slip in a word that is in Latin letters or another layout besides
_READINGS_WITH_SLIPS: Final = 2  # of a Latin word
_SURE: Final = 0.5  # what a Latin word's reading costs at most that is surely the word meant
_UNUSUAL: Final = 1.0  # so much more costs what nobody means who writes a word that is sure
_NO_DICTIONARY: Final = 0.3  # more, for a Latin word that only the index has
_DOUBT: Final = 1.0  # more, for another word in the place of one that is right in itself
_LATER: Final = 0.1  # more, for each layout that is less used than the first
_WITNESSES: Final = 2  # words that a query must have before one that is right in itself is doubted
_MOST_MENDED: Final = 8  # words of a query in which slips are looked for

# How the regular forms of an English headword end, by the ending of its own that they take the place of.
_FORMS: Final = {
    "": ("", "s", "es", "d", "ed", "ing", "r", "er", "ers", "ly"),
    "e": ("ing", "ings"),
    "y": ("ies", "ied", "ier", "iest"),
}

_LATIN_LETTER: Final = re.compile("[A-Za-z]")
_CYRILLIC_LETTER: Final = re.compile("[\u0400-\u04ff]")
_SCRIPTS: Final = {"bg": _CYRILLIC_LETTER, "en": _LATIN_LETTER}


@dataclass(frozen=True, slots=True)
class Draft:
    """One way to read a query: its pieces, and for each folded word what it may stand for."""

    rewriting: str
    base: float
    pieces: Sequence[Piece]
    proposals: Mapping[str, Costs]
    must_resolve: bool = False  # whether a word of which nothing is known spoils it all


def drafts(query: Query, language: str) -> Iterator[Draft]:
    """Yield the query in other letters, as another keyboard or a Latin one would have written it."""
    latin_letters, cyrillic = _LATIN_LETTER.search(query.text), _CYRILLIC_LETTER.search(query.text)
    if latin_letters and language == "bg":
        proposals = _proposals(query.pieces, language, _from_latin)
        is_odd = layouts.has_sign_in_word(query.text)
        base = BASES[TRANSLITERATION] + (_SIGN_IN_WORD if is_odd else 0.0)
        yield Draft(TRANSLITERATION, base, query.pieces, proposals, must_resolve=is_odd)
    if (cyrillic and not latin_letters) if language == "en" else not cyrillic:
        for place, (_, text) in enumerate(layouts.typed_on_the_other_layout(query.text, language)):
            pieces = (Piece(text),)
            proposals = _proposals(pieces, language, _itself)
            yield Draft(LAYOUT, BASES[LAYOUT] + _LATER * place, pieces, proposals, must_resolve=True)


def misspelt(query: Query, language: str) -> Draft | None:
    """Return the query with slips in the words that nobody knows."""
    if not _SCRIPTS[language].search(query.text):
        return None
    proposals = _with_few_slips(query, language)
    return Draft(SPELLING, BASES[SPELLING], query.pieces, proposals)


def with_slips(draft: Draft, words: Collection[str], language: str) -> Draft:
    """Return a draft with slips in some of its words besides."""
    proposals = dict(draft.proposals)
    wrong = (word for word in words if not _is_right(word, language))
    for word in islice(wrong, _MOST_MENDED):
        meant = list(islice(proposals[word].items(), _READINGS_WITH_SLIPS))
        slips: dict[str, float] = {}
        for text, least in reversed(meant):
            slips |= {other: cost + least + _SECOND_SLIP for other, cost in spelling.neighbours(text, language).items()}
        proposals[word] = slips | dict(draft.proposals[word])
    return replace(draft, proposals=proposals)


def other_words(query: Query, language: str) -> Draft | None:
    """Return the query with its words in doubt too that the dictionary knows, if others are there to vouch for them."""
    if not _SCRIPTS[language].search(query.text):
        return None
    proposals = _with_few_slips(query, language, doubt=_DOUBT)
    if sum(word.isalpha() and word not in ALL_STOP_WORDS for word in proposals) < _WITNESSES:
        return None
    return Draft(OTHER_WORDS, BASES[OTHER_WORDS], query.pieces, proposals)


def _proposals(pieces: Sequence[Piece], language: str, propose: Callable[[str], Costs]) -> dict[str, Costs]:
    """Return what the words of pieces may stand for."""
    words = dict.fromkeys(token.word for piece in pieces for token in analyse(piece.text, language) if token.terms)
    return {word: propose(word) for word in words}


def _with_few_slips(query: Query, language: str, doubt: float = 0.0) -> dict[str, Costs]:
    """Return what the words of a query may stand for, with slips in the first of those that may have one."""
    proposals = _proposals(query.pieces, language, _itself)
    wrong = (word for word in proposals if word not in ALL_STOP_WORDS and (doubt or not _is_right(word, language)))
    for word in islice(wrong, _MOST_MENDED):
        slips = spelling.neighbours(word, language)
        proposals[word] = {other: cost + doubt for other, cost in slips.items()} | {word: 0.0}
    return proposals


def _is_right(word: str, language: str) -> bool:
    """Return whether a word is one that a dictionary has, in its own letters or, if those are Latin, in Bulgarian ones.

    Such a word stands nowhere because nobody wrote of it, and not because of a slip.
    """
    if is_known(word, language):
        return True
    if not latin.WORD.fullmatch(word):
        return False
    headwords = (one.headword.lower() for one in senses(terms_of_word(word), "en"))
    if any(_is_form(word, headword) for headword in headwords):
        return True
    return any(cost <= _SURE for cost in latin.known_readings(word).values())


def _is_form(word: str, headword: str) -> bool:
    """Return whether an English word is a headword or a regular form of it."""
    return any(
        word == headword[: len(headword) - len(own)] + ending
        for own, endings in _FORMS.items()
        if headword.endswith(own)
        for ending in endings
    )


def _from_latin(word: str) -> Costs:
    """Return the Bulgarian words that a Latin one may stand for, itself among them: it may be a name."""
    if not latin.WORD.fullmatch(word):
        return {word: 0.0}
    likely = {text: cost + _NO_DICTIONARY for text, cost in latin.likely_readings(word).items()}
    known = latin.known_readings(word)
    if any(cost <= _SURE for cost in known.values()):
        known = {text: cost for text, cost in known.items() if cost <= _SURE + _UNUSUAL}
    return likely | known | {word: 0.0}


def _itself(word: str) -> Costs:
    """Return the word as it stands."""
    return {word: 0.0}

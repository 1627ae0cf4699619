"""Terms of a Bulgarian word: all its lemmas, or what its endings make likely where no dictionary knows it."""

from typing import Final

from .dictionary import bulgarian

_WRITTEN_ENDINGS: Final = "овете евете ищата ове еве ища ите ата ята ото ето ия ът ят та то те а я и е о й"
_NOUN_ENDINGS: Final = tuple(sorted(_WRITTEN_ENDINGS.split(), key=len, reverse=True))
_PLURALS: Final = frozenset({"и", "ите"})
_SOFTENED: Final = {"ц": "к", "з": "г", "с": "х"}
_SHORTEST_STEM: Final = 3
_LONGEST_CHECKED: Final = 6
"""Letters of a guess that a known word may be by chance; longer words are too rare for that to matter."""
_SHORTEST_TAIL: Final = 5
_SHORTEST_HEAD: Final = 3


def is_known(word: str) -> bool:
    """Return whether the dictionary has the folded word."""
    return bulgarian().knows(word)


def begins_known_word(beginning: str) -> bool:
    """Return whether a word of the dictionary begins so."""
    return bulgarian().begins(beginning)


def terms(word: str) -> tuple[str, ...]:
    """Return every lemma of a folded word; of an unknown one its likely lemmas and its stem."""
    return bulgarian().lemmas(word) or _terms_of_unknown(word)


def _terms_of_unknown(word: str) -> tuple[str, ...]:
    """Return the word itself, the lemmas that its ending or its known last part make likely, and its stem.

    Each alone misses forms that another joins; together they join all forms of nearly every new noun, adjective and
    verb. Of a word whose forms are known, an unknown one is none: «майкъл» does not belong to «майка».
    """
    if len(word) <= _SHORTEST_STEM:
        return (word,)
    likely = {guess for guess in (*bulgarian().guess(word), *_stems(word)) if _may_be_lemma(guess)}
    return tuple(sorted({word, *likely, *_compound_lemmas(word)}))


def _may_be_lemma(guess: str) -> bool:
    """Return whether an unknown word may be a form of another, or have this stem."""
    if len(guess) < _SHORTEST_STEM:
        return False
    return len(guess) > _LONGEST_CHECKED or not bulgarian().knows_forms_of(guess)


def _stems(word: str) -> set[str]:
    """Return the word without each ending that a noun may have, and so that a softened consonant is hard again."""
    stems = set()
    for ending in _NOUN_ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST_STEM:
            stems.add(stem)
            if ending in _PLURALS and stem[-1] in _SOFTENED:
                stems.add(stem[:-1] + _SOFTENED[stem[-1]])
    return stems or {word}


def _compound_lemmas(word: str) -> set[str]:
    """Return the lemmas of a compound («видеоконференциите») by those of the longest known word at its end."""
    for cut in range(_SHORTEST_HEAD, len(word) - _SHORTEST_TAIL + 1):
        lemmas = bulgarian().lemmas(word[cut:])
        if lemmas:
            return {word[:cut] + lemma for lemma in lemmas}
    return set()

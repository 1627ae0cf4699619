"""A question of one language put in the other: by the glossary, by the general dictionary, and letter by letter.

All that a word may mean is asked for at once: what it means first counts in full, further senses less. What neither
knows is a name or a number: it is kept as it is, and its letters are written in the other script as well.
"""

import itertools
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from hub.transliteration import LETTERS, transliterate
from search.analysis import ALL_STOP_WORDS, analyse
from search.bilingual import Translation, kindred_senses, senses
from search.engines import Alternative, Clause
from search.glossary import Glossary, Groups, Stretch
from search.query import Reading

SYNONYM_SHARE = 0.9  # of the other language's synonyms of a term of the glossary
WORD_BY_WORD_SHARE = 0.6  # of a term of several words taken apart
SENSE_SHARES = (1.0, 0.8, 0.65, 0.5)  # by the place of a sense; the last is that of all further ones
KIN_SHARE = 0.3  # of a word of the same family
KINDRED_SHARE = 0.6  # of a headword that is another form or another word of the same stem
LETTERS_SHARE = 0.8  # of a name written in the other script
LONGEST_PHRASE = 3  # words that are looked up together
MOST_CHOSEN = 5  # words of which some are chosen
MAX_SPELLINGS = 16
MAX_KEYS = 16

_CYRILLIC = re.compile("[а-я]")
# The official system, backwards: the longest Latin group first; one group may stand for several letters.
_GROUPS: dict[str, tuple[str, ...]] = defaultdict(tuple)
for _letter, _latin in LETTERS.items():
    _GROUPS[_latin] = (*_GROUPS[_latin], _letter)
_GROUP = re.compile("|".join(sorted(map(re.escape, _GROUPS), key=lambda group: -len(group))))


def translated(reading: Reading, language: str, glossary: Glossary) -> Reading:
    """Return what a reading asks for in the other language: terms of the glossary first, then phrases, then words."""
    return Reading(
        tuple(_together(reading.clauses, language, glossary)),
        tuple(_together([one for one in reading.excluded if not one.phrase], language, glossary)),
    )


def loosened(reading: Reading, language: str, glossary: Glossary) -> list[Reading]:
    """Return what comes near a reading in the other language, the nearest first.

    All words, perhaps by others of their families; then as many words together as can be, down to the half of them.
    """
    excluded = translated(replace(reading, clauses=()), language, glossary).excluded
    words = [_of_word(clause, language) for clause in reading.clauses]
    kin = [list(_of_kin(clause, language)) for clause in reading.clauses]
    near = [_clause([clause], [*own, *more]) for clause, own, more in zip(reading.clauses, words, kin, strict=True)]
    readings = [Reading(tuple(near), excluded)]
    if len(words) <= MOST_CHOSEN:
        typed = [clause.terms for clause in reading.clauses]
        direct = [(*own, *_united(ways)) for own, ways in zip(typed, words, strict=True)]
        wider = [(*own, *_united(more)) for own, more in zip(direct, kin, strict=True)]
        for size in range(len(words) - 1, math.ceil(len(words) / 2) - 1, -1):
            ways = [*_some_of(direct, size, 1.0), *_some_of(wider, size, KIN_SHARE)]
            readings.append(Reading((_clause(reading.clauses, ways),), excluded))
    if halves := list(_of_half_terms(reading.clauses, language, glossary)):
        last = readings.pop().clauses if len(words) > 1 and readings else ()
        known = [way for clause in last for way in clause.alternatives]
        readings.append(Reading((_clause(reading.clauses, [*known, *halves]),), excluded))
    return readings


def can_be_translated(reading: Reading) -> bool:
    """Return whether a reading means more than its very words: a quotation asks for those and nothing else."""
    return bool(reading.clauses) and not any(clause.phrase for clause in reading.clauses)


def is_sure(reading: Reading, language: str, glossary: Glossary) -> bool:
    """Return whether nobody can have meant another thing by a reading.

    Several words vouch for each other, and a term of the glossary or a name is one thing; any other word has senses
    that were not meant, and with nothing else on the list these would be noise.
    """
    if len(reading.clauses) != 1 or any(stretch.concepts for stretch in glossary.stretches(reading.clauses)):
        return True
    return not any(one.headword.islower() for one in senses(reading.clauses[0].terms[:MAX_KEYS], language))


def _together(clauses: Sequence[Clause], language: str, glossary: Glossary) -> Iterator[Clause]:
    """Yield the translated clauses, those in one that are one term or phrase."""
    words: list[Clause] = []
    for stretch in glossary.stretches(clauses):
        if stretch.concepts:
            yield from _of_words(words, language)
            words = []
            yield _clause(stretch.clauses, [*_of_concepts(stretch, language), *_apart(stretch.clauses, language)])
        else:
            words += stretch.clauses
    yield from _of_words(words, language)


def _of_words(clauses: Sequence[Clause], language: str) -> Iterator[Clause]:
    """Yield the translated clauses of words that are no term: phrases that the dictionary knows, and single words."""
    place = 0
    while place < len(clauses):
        for length in range(min(LONGEST_PHRASE, len(clauses) - place), 0, -1):
            words = clauses[place : place + length]
            phrase = list(_of_phrase(words, language)) if length > 1 else _of_word(words[0], language)
            if phrase or length == 1:
                yield _clause(words, phrase if length == 1 else [*phrase, *_apart(words, language)])
                break
        place += length


def _of_phrase(clauses: Sequence[Clause], language: str) -> Iterator[Alternative]:
    """Yield what the dictionary has for a phrase."""
    choices = itertools.product(*(clause.terms for clause in clauses))
    keys = [" ".join(terms) for terms in itertools.islice(choices, MAX_KEYS)]
    for one in senses(keys, language):
        if groups := _groups(one, language):
            yield Alternative(groups, _share(one))


def _of_concepts(stretch: Stretch, language: str) -> Iterator[Alternative]:
    """Yield the names of concepts in the other language."""
    for concept in stretch.concepts:
        for place, name in enumerate(concept.names[_other(language)]):
            yield Alternative(name.groups, SYNONYM_SHARE if place else 1.0)


def _apart(clauses: Sequence[Clause], language: str) -> Iterator[Alternative]:
    """Yield a term or a phrase said word by word."""
    if len(clauses) == 1:
        yield from _of_dictionary(clauses[0], language)
        return
    yield Alternative(
        tuple((*clause.terms, *_united(_of_word(clause, language))) for clause in clauses), WORD_BY_WORD_SHARE
    )


def _of_word(clause: Clause, language: str) -> list[Alternative]:
    """Return all ways to say a word: what the dictionary has, else the word in the other script."""
    return list(_of_dictionary(clause, language)) or list(_of_name(clause, language))


def _of_dictionary(clause: Clause, language: str) -> Iterator[Alternative]:
    """Yield what the dictionary has for a word, by the sense and by how near the headword is to what was typed."""
    found = senses(clause.terms[:MAX_KEYS], language)
    word = clause.text.lower()
    is_exact = any(one.headword.lower() == word for one in found)
    has_common = any(one.headword.islower() for one in found)
    for one in found:
        share = _share(one)
        if language == "en" and is_exact and one.headword.lower() != word:
            share *= KINDRED_SHARE
        if has_common and not one.headword.islower():
            share *= KINDRED_SHARE
        if groups := _groups(one, language):
            yield Alternative(groups, share)


def _of_half_terms(clauses: Sequence[Clause], language: str, glossary: Glossary) -> Iterator[Alternative]:
    """Yield the half of the words of each name that terms of the glossary have in the other language."""
    for stretch in glossary.stretches(clauses):
        for way in _of_concepts(stretch, language):
            if 1 < len(way.groups) <= MOST_CHOSEN:
                yield from _some_of(way.groups, math.ceil(len(way.groups) / 2), way.share)


def _some_of(groups: Sequence[tuple[str, ...]], size: int, share: float) -> Iterator[Alternative]:
    """Yield each choice of so many of the groups."""
    for chosen in itertools.combinations(groups, size):
        if all(chosen):
            yield Alternative(tuple(chosen), share)


def _united(ways: Iterable[Alternative]) -> tuple[str, ...]:
    """Return the terms of all translations that are one word."""
    return tuple(dict.fromkeys(term for way in ways if len(way.groups) == 1 for term in way.groups[0]))


def _of_kin(clause: Clause, language: str) -> Iterator[Alternative]:
    """Yield what the dictionary has for words of the same family."""
    for one in kindred_senses(clause.terms[:MAX_KEYS], language):
        if len(groups := _groups(one, language)) == 1:
            yield Alternative(groups, KIN_SHARE)


def _share(translation: Translation) -> float:
    """Return what a translation counts by the place of its sense."""
    return SENSE_SHARES[min(translation.sense, len(SENSE_SHARES) - 1)]


def _groups(translation: Translation, language: str) -> Groups:
    """Return the terms of a translation's words, function words left out."""
    tokens = [token for token in analyse(translation.text, _other(language)) if token.terms]
    return tuple(token.terms for token in tokens if token.word not in ALL_STOP_WORDS)


def _of_name(clause: Clause, language: str) -> Iterator[Alternative]:
    """Yield a word that no dictionary knows in the letters of the other script."""
    word = clause.text.lower()
    spellings = [transliterate(word)] if _CYRILLIC.search(word) else list(_cyrillic(word))
    for spelling in spellings:
        if spelling != word and (terms := _terms(spelling, _other(language))):
            yield Alternative((terms,), LETTERS_SHARE)


def _cyrillic(word: str) -> Iterator[str]:
    """Yield the Cyrillic spellings that the official system writes as a Latin word."""
    stem, ending = (word[:-2], "ия") if word.endswith("ia") else (word, "")
    groups = _GROUP.findall(stem)
    if "".join(groups) == stem:
        for letters in itertools.islice(itertools.product(*(_GROUPS[group] for group in groups)), MAX_SPELLINGS):
            yield "".join(letters) + ending


def _terms(text: str, language: str) -> tuple[str, ...]:
    """Return the terms of one word; nothing for letters that make several."""
    tokens = analyse(text, language)
    return tokens[0].terms if len(tokens) == 1 else ()


def _clause(typed: Sequence[Clause], ways: Iterable[Alternative]) -> Clause:
    """Return one clause for all ways, the words as they were typed among them.

    Single words are put together from the best sense down: a word that is rare in these texts must not win over
    another translation because it is rare.
    """
    words: dict[float, list[str]] = defaultdict(list)
    phrases: dict[Groups, float] = {}
    typed_way = Alternative(tuple(clause.terms for clause in typed), 1.0)
    for way in (typed_way, *ways):
        if len(way.groups) == 1:
            words[round(way.share, 3)] += way.groups[0]
        elif way.share > phrases.get(way.groups, 0.0):
            phrases[way.groups] = way.share
    alternatives, known = [], dict[str, None]()
    for share in sorted(words, reverse=True):
        known |= dict.fromkeys(words[share])
        alternatives.append(Alternative((tuple(known),), share))
    alternatives += [Alternative(groups, share) for groups, share in phrases.items()]
    return Clause(" ".join(clause.text for clause in typed), (), alternatives=tuple(alternatives))


def _other(language: str) -> str:
    """Return the other language."""
    return "en" if language == "bg" else "bg"

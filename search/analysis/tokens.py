"""Cuts text into words, each with its terms and its place in the text as the reader sees it."""

import functools
import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from . import bulgarian, english, numerals
from .normalisation import IGNORABLE, LINE_BREAK, MARKS, fold, is_cyrillic, is_mixed
from .stop_words import STOP_WORDS

type Terms = tuple[str, ...]


class Token(NamedTuple):
    """A word of a text: as it is compared, all that it may be a form of, and where it stands in the original."""

    word: str
    terms: Terms
    start: int
    end: int


class Part(NamedTuple):
    """A piece of a chunk, and how it hangs together with the one before."""

    raw: str
    start: int
    end: int


_LETTER: Final = r"[^\W_]"
_INSIDE: Final = f"[{IGNORABLE}{MARKS}]"
_HYPHEN: Final = "[-\u2010\u2011]"
_APOSTROPHE: Final = "['\u2019]"
_GAP: Final = "[ \u00a0\u2007\u2009\u202f]"
_NUMBER: Final = rf"[0-9]{{1,3}}(?:{_GAP}[0-9]{{3}})+(?![0-9])(?:[.,][0-9]+)?(?![.,]?[0-9])|[0-9]+(?:[.,][0-9]+)+"
_WORD: Final = (
    rf"{_LETTER}+(?:(?:[{MARKS}]*+{LINE_BREAK}(?=[^\W\d_])|{_INSIDE}*+{_HYPHEN}{_INSIDE}*+|{_INSIDE}++"
    rf"|{_INSIDE}*+{_APOSTROPHE}(?=[^\W\d_])){_LETTER}+)*+[{MARKS}]*+"
)
CHUNK: Final = re.compile(f"{_NUMBER}|{_WORD}")
"""A number, or letters and digits with whatever may stand inside a word: accents, soft hyphens, hyphens, line ends."""

_SEPARATOR: Final = re.compile(f"(?P<line_end>{LINE_BREAK})|{_HYPHEN}")
_LINE_END: Final = re.compile(LINE_BREAK)
_PLAIN: Final = re.compile("[A-Za-z]+|[а-яА-Я]+")
_RUN: Final = re.compile(f"[\u0400-\u052f{MARKS}]+|[^\u0400-\u052f]+")
_NUMBERED: Final = re.compile(f"([0-9]+)([\u0400-\u052f][\u0400-\u052f{MARKS}{IGNORABLE}]*)")
_LATIN: Final = re.compile("[a-z]")

_BETWEEN_APOSTROPHES: Final = re.compile("[^'\u2019]+")
_MARK: Final = re.compile(f"[{MARKS}]")

_DEGREES: Final = frozenset({"по", "най"})
_WRITTEN_ENDINGS: Final = """
а ата ва вата ви вия вият во вото и ите ия ият ма мата ми мия мият мо мото на ната ни ният но ното о от ото
ри рия рият ро рото та те ти тия тият то тото ът я ят
"""
_ENDINGS: Final = frozenset(_WRITTEN_ENDINGS.split())
"""What an abbreviation or a number takes: «НПО-то», «20-те» and «1-ви»."""

_CONTRACTION: Final = re.compile("[бвгджзйклмнпрстфхцчшщ]-[а-я]{1,4}")
"""What may be a word of which a hyphen leaves the first letter and the last ones: «г-н», «д-р», «м-во», «г-жата»."""

_SHORTEST_PART: Final = 3
"""Letters after a hyphen that may be a word of their own: «х-лъч»."""

LONGEST: Final = 255
"""Signs of a word or a term that an index keeps; a number alone can have more."""

_LONGEST_PART: Final = 128
_LONGEST_CACHED: Final = 48
_CACHED_CHUNKS: Final = 16_384


def analyse(text: str, language: str) -> tuple[Token, ...]:
    """Return the words of a text in their order.

    A word is analysed by its script, so that English names in Bulgarian text and Bulgarian names in English text are
    found in all their forms; the language decides only where both scripts can write a word.
    """
    tokens: list[Token] = []
    for match in CHUNK.finditer(text):
        chunk, offset = match.group(), match.start()
        found = _cached_tokens(chunk, language) if len(chunk) <= _LONGEST_CACHED else _chunk_tokens(chunk, language)
        for word, terms, start, end in found:
            tokens.append(Token(word, terms, offset + start, offset + end))
    return tuple(tokens)


def words_and_terms(text: str, language: str) -> tuple[list[str], list[str]]:
    """Return the folded words of a text in their order, and all their terms: what an index keeps, without the places.

    The same as `analyse` gives, in a third of the time; only what is endless is cut.
    """
    words: list[str] = []
    terms: list[str] = []
    for chunk in CHUNK.findall(text):
        found = _cached_content(chunk, language) if len(chunk) <= _LONGEST_CACHED else _chunk_content(chunk, language)
        words += found[0]
        terms += found[1]
    return words, terms


def normalise(text: str, language: str = "bg") -> str:
    """Return the text with each word as it is compared, and what stands between the words kept, but for line ends."""
    pieces: list[str] = []
    position = 0
    for token in analyse(text, language):
        gap = text[position : token.start]
        pieces += "-" if position and _LINE_END.fullmatch(gap) else gap, token.word
        position = token.end
    return unicodedata.normalize("NFC", "".join([*pieces, text[position:]]))


def terms_of_word(word: str) -> Terms:
    """Return the terms of one folded word, by its script."""
    if word.isdigit():
        return numerals.whole_terms(word)
    if any(map(str.isdigit, word)):
        return (word,)
    if is_cyrillic(word):
        return bulgarian.terms(word)
    return english.terms(word) if _LATIN.search(word) else (word,)


def _chunk_tokens(chunk: str, language: str) -> tuple[Token, ...]:
    """Return the tokens of one chunk, with places counted from its start."""
    if _PLAIN.fullmatch(chunk) and len(chunk) <= _LONGEST_PART:
        word = chunk if chunk.islower() else chunk.lower()
        return (Token(word, terms_of_word(word), 0, len(chunk)),)
    if number_tokens := numerals.tokens(chunk):
        return tuple(Token(*token) for token in number_tokens)
    return tuple(_compound_tokens(_parts(chunk, language), language))


_cached_tokens = functools.lru_cache(_CACHED_CHUNKS)(_chunk_tokens)


def _chunk_content(chunk: str, language: str) -> tuple[Terms, Terms]:
    """Return the words and the terms of one chunk, none longer than an index takes."""
    tokens = _chunk_tokens(chunk, language)
    return (
        tuple(token.word[:LONGEST] for token in tokens),
        tuple(term[:LONGEST] for token in tokens for term in token.terms),
    )


_cached_content = functools.lru_cache(_CACHED_CHUNKS)(_chunk_content)


def _parts(chunk: str, language: str) -> list[Part]:
    """Return the parts of a chunk between its hyphens, joined again where the hyphen only ended a line."""
    parts: list[Part] = []
    start, joins = 0, False
    for separator in [*_SEPARATOR.finditer(chunk), None]:
        end = separator.start() if separator else len(chunk)
        part = _trimmed(chunk[start:end], start)
        if joins and _is_one_word(parts[-1], part, chunk[parts[-1].end : part.start], language):
            first = parts.pop()
            part = _trimmed(chunk[first.start : end], first.start)
        parts.append(part)
        if separator:
            start, joins = separator.end(), separator["line_end"] is not None
    return parts


def _trimmed(raw: str, start: int) -> Part:
    """Return a part without the signs about it, which belong to no word, but with its last letter's marks."""
    first, last = 0, len(raw)
    while first < last and not raw[first].isalnum():
        first += 1
    while last > first and not raw[last - 1].isalnum():
        last -= 1
    while last < len(raw) and _MARK.match(raw, last):
        last += 1
    return Part(raw[first:last], start + first, start + last)


def _is_one_word(first: Part, second: Part, between: str, language: str) -> bool:
    """Return whether a hyphen at a line's end divides one word, rather than joining two."""
    if "\u00ad" in between:
        return True
    if not second.raw[0].islower():
        return False
    left, right = fold(first.raw, language), fold(second.raw, language)
    return bulgarian.is_known(left + right) or not (bulgarian.is_known(left) and bulgarian.is_known(right))


def _compound_tokens(parts: list[Part], language: str) -> Iterator[Token]:
    """Return the tokens of parts that hyphens join: a degree and an ending belong to their word, others stand alone."""
    words = [fold(part.raw, language) for part in parts]
    position = 0
    while position < len(parts):
        part, word = parts[position], words[position]
        follower = words[position + 1] if position + 1 < len(parts) else ""
        is_degree = word in _DEGREES and follower.isalpha() and is_cyrillic(follower) and not is_mixed(follower)
        if len(parts) == 2 and _is_contraction(word, follower):
            yield Token(f"{word}-{follower}", terms_of_word(word + follower), part.start, parts[1].end)
            return
        if is_degree or (position + 2 == len(parts) and _takes_ending(word, follower)):
            terms = terms_of_word(follower if is_degree else word)
            yield Token(f"{word}-{follower}", terms, part.start, parts[position + 1].end)
            position += 2
            continue
        tokens = list(_part_tokens(part, language))
        if position == 1 and len(parts) == 2 and tokens and words[0][:1].isalpha():
            last = tokens[-1]
            joined = terms_of_word("".join(words))
            tokens[-1] = last._replace(terms=tuple(dict.fromkeys(last.terms + joined)))
        yield from tokens
        position += 1


def _is_contraction(word: str, rest: str) -> bool:
    """Return whether a hyphen stands for the middle of a word, rather than before an ending: «г-на», not «Б-то»."""
    if not _CONTRACTION.fullmatch(f"{word}-{rest}"):
        return False
    return bulgarian.is_known(word + rest) or (len(rest) < _SHORTEST_PART and rest not in _ENDINGS)


def _takes_ending(word: str, ending: str) -> bool:
    """Return whether a hyphen joins a number or an abbreviation to its article or plural: «20-те», «НПО-то»."""
    return ending in _ENDINGS and not is_mixed(word) and word not in STOP_WORDS["bg"]


def _part_tokens(part: Part, language: str) -> Iterator[Token]:
    """Return the tokens of a part without hyphens: one, unless a number or another script begins inside it."""
    if part.end - part.start > _LONGEST_PART:
        yield from _slices(part, language)
        return
    pieces = [_trimmed(piece.group(), part.start + piece.start()) for piece in _BETWEEN_APOSTROPHES.finditer(part.raw)]
    words = [fold(piece.raw, language) for piece in pieces]
    word = "'".join(words)
    if len(pieces) > 1 and is_cyrillic(word):
        for piece in pieces:
            yield from _part_tokens(piece, language)
    elif numbered := _NUMBERED.fullmatch(part.raw):
        yield from _numbered_tokens(numbered[1], _trimmed(numbered[2], part.start + len(numbered[1])), word, language)
    elif is_mixed(word):
        yield from _run_tokens(part, word, language)
    elif word:
        yield Token(word, terms_of_word(word), part.start, part.end)


def _numbered_tokens(number: str, unit: Part, word: str, language: str) -> Iterator[Token]:
    """Return a number and its unit apart («2024г»), or one token where its ending or a letter follows («5а»)."""
    rest = fold(unit.raw, language)
    middle = unit.start
    if rest in _ENDINGS:
        yield Token(word, (*terms_of_word(number), word), middle - len(number), unit.end)
    else:
        yield Token(number, terms_of_word(number), middle - len(number), middle)
        yield Token(rest, terms_of_word(rest), middle, unit.end)


def _run_tokens(part: Part, word: str, language: str) -> Iterator[Token]:
    """Return a token for each script of a part, or one where the second is only an ending: «PRът»."""
    runs = [_trimmed(run.group(), part.start + run.start()) for run in _RUN.finditer(part.raw)]
    if len(runs) == 2 and fold(runs[1].raw, language) in _ENDINGS:
        yield Token(word, terms_of_word(fold(runs[0].raw, language)), part.start, part.end)
        return
    for run in runs:
        if piece := fold(run.raw, language):
            yield Token(piece, terms_of_word(piece), run.start, run.end)


def _slices(part: Part, language: str) -> Iterator[Token]:
    """Return the tokens of an endless run of letters in pieces that an index can hold."""
    for start in range(0, len(part.raw), _LONGEST_PART):
        piece = _trimmed(part.raw[start : start + _LONGEST_PART], part.start + start)
        if piece.raw:
            yield from _part_tokens(piece, language)

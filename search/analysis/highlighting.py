"""Finds the part of a passage that shows best why it was found, and marks the words in it that match."""

import re
from bisect import bisect_left
from collections.abc import Collection, Hashable, Iterator, Sequence
from typing import Final, NamedTuple

from .tokens import Token, analyse

ELLIPSIS: Final = "…"
_LEAD: Final = 4
"""A fragment begins this part of its length before the first match, if the text reaches so far."""

_SENTENCE_START: Final = re.compile(r"[.!?…][\"“”»)]?\s+|\n\s*")
_OPENING: Final = frozenset("„“\"«‘'([")


class Fragment(NamedTuple):
    """A piece of text as the reader sees it, and whether it matches what was asked."""

    text: str
    is_match: bool


class Match(NamedTuple):
    """A word that matches, and all that it answers to; the more different answers, the better is a stretch of text."""

    token: Token
    reasons: frozenset[Hashable]


def highlight(
    text: str, language: str, terms: Collection[str], words: Collection[str], *, length: int = 240
) -> tuple[Fragment, ...]:
    """Return the best stretch of a text, of about `length` signs, cut into matching and other pieces.

    The best stretch holds the most different matches, then the most matches, and is the earliest of these. Joined, the
    pieces are a part of the text, with an ellipsis where something was left out.
    """
    wanted_terms, wanted_words = frozenset(terms), frozenset(words)
    tokens = analyse(text, language)
    found = (
        (token, wanted_terms.intersection(token.terms) | wanted_words.intersection({token.word})) for token in tokens
    )
    return excerpt(
        text, tokens, [Match(token, frozenset(reasons)) for token, reasons in found if reasons], length
    ).pieces


class Excerpt(NamedTuple):
    """The best stretch of a text: its pieces, and where it stands."""

    pieces: tuple[Fragment, ...]
    start: int
    end: int


def excerpt(text: str, tokens: tuple[Token, ...], matches: Sequence[Match], length: int) -> Excerpt:
    """Return the best stretch of a text of which the words and the matches among them are known, in their order."""
    start, end = _bounds(text, tokens, _best_start(matches, length), length)
    shown = [match.token for match in matches if match.token.start >= start and match.token.end <= end]
    return Excerpt(tuple(_pieces(text, shown, start, end)), start, end)


def _best_start(matches: Sequence[Match], length: int) -> tuple[int, int] | None:
    """Return where the first and the last match of the best stretch begin and end."""
    best: tuple[int, int, int, int] | None = None
    last = 0
    counts: dict[Hashable, int] = {}
    for first, (token, own) in enumerate(matches):
        while last < len(matches) and (matches[last].token.end - token.start <= length or last == first):
            for reason in matches[last].reasons:
                counts[reason] = counts.get(reason, 0) + 1
            last += 1
        if best is None or (len(counts), last - first) > best[:2]:
            best = len(counts), last - first, token.start, matches[last - 1].token.end
        for reason in own:
            counts[reason] -= 1
            if not counts[reason]:
                del counts[reason]
    return best and best[2:]


def _bounds(text: str, tokens: tuple[Token, ...], matched: tuple[int, int] | None, length: int) -> tuple[int, int]:
    """Return where the fragment begins and ends: around the matches, at words, at a sentence's start if one is near."""
    if len(text) <= length or not tokens:
        return 0, len(text) if len(text) <= length else max(length, 0)
    first, last = matched or (tokens[0].start, tokens[0].start)
    lead = max(0, min((length - (last - first)), length // _LEAD))
    earliest = max(0, min(first - lead, len(text) - length))
    start = _start_at_word(text, tokens, earliest, first)
    limit = max(start + length, last)
    if limit >= len(text):
        return start, len(text)
    ends = bisect_left(tokens, limit + 1, key=lambda token: token.end)
    end = max(tokens[ends - 1].end if ends else limit, last)
    return start, end if end > start else limit


def _start_at_word(text: str, tokens: tuple[Token, ...], earliest: int, first: int) -> int:
    """Return the start of a sentence between two places, or else of a word, with an opening mark before it."""
    if earliest == 0:
        return 0
    sentence = _SENTENCE_START.search(text, earliest, first)
    start = sentence.end() if sentence else min(tokens[_index_from(tokens, earliest)].start, first)
    while start > earliest and text[start - 1] in _OPENING:
        start -= 1
    return start


def _index_from(tokens: tuple[Token, ...], position: int) -> int:
    """Return the number of the first token that begins at a place or after it, the last one if none does."""
    return min(bisect_left(tokens, position, key=lambda token: token.start), len(tokens) - 1)


def _pieces(text: str, matches: list[Token], start: int, end: int) -> Iterator[Fragment]:
    """Return the pieces of a stretch of text around the matches in it."""
    position = start
    before = ELLIPSIS if text[:start].strip() else ""
    for match in matches:
        if plain := before + text[position : match.start]:
            yield Fragment(plain, is_match=False)
        yield Fragment(text[match.start : match.end], is_match=True)
        position, before = match.end, ""
    after = ELLIPSIS if text[end:].strip() else ""
    if plain := before + text[position:end] + after:
        yield Fragment(plain, is_match=False)

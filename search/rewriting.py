"""Other ways to read what was typed, tried in their order where the typed form finds nothing.

A rewriting takes the typed query and returns it as the visitor may have meant it, or None where it has nothing to say.
All are asked together with the typed query, in one go; the first that finds something wins, and the page says so.
"""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from hub.transliteration import LETTERS
from search.analysis import is_known
from search.query import Piece, Query

MAX_SPELLINGS = 64

type Rewriting = Callable[[Query, str], Query | None]

# The official system, backwards: the longest Latin group first; one group may stand for several letters.
_GROUPS: dict[str, tuple[str, ...]] = {}
for _letter, _latin in LETTERS.items():
    _GROUPS[_latin] = (*_GROUPS.get(_latin, ()), _letter)
_GROUP = re.compile("|".join(sorted(map(re.escape, _GROUPS), key=lambda group: -len(group))), re.IGNORECASE)
_CUSTOMARY = {"bulgaria": "българия"}  # written by custom and not by the system (article 6)
_LATIN_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A query as a rewriting reads it."""

    query: Query
    rewriting: str  # the name of the rewriting


def rewritten(query: Query, language: str) -> Iterator[Rewritten]:
    """Yield the query as each rewriting reads it, in the order in which they are to be believed."""
    for name, rewriting in _rewritings.items():
        if (other := rewriting(query, language)) is not None:
            yield Rewritten(other, name)


def from_latin(query: Query, language: str) -> Query | None:
    """Return the query with Bulgarian words typed in the official Latin letters written back in Cyrillic."""
    if language != "bg":
        return None
    pieces = tuple(replace(piece, text=_cyrillic(piece.text)) for piece in query.pieces)
    return (
        replace(query, text=" ".join(_typed(piece) for piece in pieces), pieces=pieces)
        if pieces != query.pieces
        else None
    )


def _cyrillic(text: str) -> str:
    """Return a text with each Latin word that the dictionary knows in Cyrillic; other words stay as they are."""
    return _LATIN_WORD.sub(lambda match: _spelling(match.group()) or match.group(), text)


def _spelling(word: str) -> str | None:
    """Return the Cyrillic word that a Latin one stands for, if the dictionary knows one."""
    folded = word.lower()
    if folded in _CUSTOMARY:
        return _CUSTOMARY[folded]
    stem, ending = (folded[:-2], "ия") if folded.endswith("ia") else (folded, "")
    groups = _GROUP.findall(stem)
    if "".join(groups) != stem:
        return None
    choices = itertools.product(*(_GROUPS[group] for group in groups))
    spellings = ("".join(letters) + ending for letters in itertools.islice(choices, MAX_SPELLINGS))
    return next((spelling for spelling in spellings if is_known(spelling, "bg")), None)


def _typed(piece: Piece) -> str:
    """Return a piece as one types it."""
    text = f"„{piece.text}“" if piece.is_quotation else piece.text
    return f"-{text}" if piece.is_excluded else text


_rewritings: dict[str, Rewriting] = {"transliteration": from_latin}

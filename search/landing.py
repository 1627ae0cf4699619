"""Where a hit opens: at its passage, and there at the words themselves.

A reader of files is told what to mark. A page is told nothing: the browser goes to the words by a text fragment
(`#results:~:text=…`), and one that knows none goes to the anchor.
"""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote, urlencode

from hub.searchable import kinds
from search.analysis import Token, analyse
from search.engines import Clause
from search.marking import Marks, Part
from search.models import IndexedPassage, IndexedRecord

MOST_WORDS = 20  # that a reader is told to mark
RUN = 5  # words of a text fragment
LONGEST_RUN = 120  # signs

_BORDER = re.compile(r"[\n\[\]|]")  # the end of a block of text, or a reference to a source


def address_of(record: IndexedRecord, passage: IndexedPassage, words: str, directive: str) -> str:
    """Return where a passage opens; a reader is also told so in a way that reaches the server, and what to mark."""
    kind = kinds.get(record.kind)
    place = f"#{passage.anchor}" if passage.anchor else ""
    if kind is None or not kind.is_reader:
        if not directive or "#" in record.url:  # an address that is a place on a page already
            return f"{record.url}{place}"
        return f"{record.url}{place or '#'}:~:text={directive}"
    told = urlencode({name: value for name, value in (("q", words), ("at", passage.anchor)) if value})
    return f"{record.url}?{told}{place}" if told else record.url


def is_reader(record: IndexedRecord) -> bool:
    """Return whether the address of a record takes what was asked."""
    kind = kinds.get(record.kind)
    return kind is not None and kind.is_reader


def words_to_mark(clauses: Sequence[Clause], parts: Sequence[Part], marks: Marks, language: str) -> str:
    """Return what a reader will find where a passage stands: quotations and words as they were typed.

    Where another word stands for a typed one, it is that.
    """
    quoted = " ".join(clause.text for clause in clauses if clause.phrase and _stands(clause.phrase, marks.tokens))
    words = [quoted] if quoted else []
    for number, part in enumerate(parts):
        said = [marks.tokens[place] for place, own in marks.found.items() if any(mark.part == number for mark in own)]
        words += list(_typed(part.text, said, language)) or list(_as_they_stand(said))
    return " ".join(list(dict.fromkeys(word for word in words if word == quoted or word not in quoted))[:MOST_WORDS])


def _stands(phrase: Sequence[str], tokens: Sequence[Token]) -> bool:
    """Return whether a quotation stands among words."""
    words, wanted = [token.word for token in tokens], list(phrase)
    return any(words[start : start + len(wanted)] == wanted for start in range(len(words) - len(wanted) + 1))


def _typed(text: str, said: Sequence[Token], language: str) -> Iterator[str]:
    """Yield the typed words of which a form is among some words."""
    for token in analyse(text, language):
        if any(not set(token.terms).isdisjoint(one.terms) for one in said):
            yield text[token.start : token.end]


def _as_they_stand(said: Sequence[Token]) -> Iterator[str]:
    """Yield words of a text, each in one of its forms."""
    seen: set[tuple[str, ...]] = set()
    for token in said:
        if token.terms not in seen:
            seen.add(token.terms)
            yield token.word


def text_directive(text: str, tokens: Sequence[Token], place: int, *, has_anchor: bool) -> str:
    """Return the words about a place as a browser looks for them: a few in a row within one block of text, encoded.

    A single word may stand anywhere on the page, so that an anchor is better.
    """
    first = last = place
    while last - first + 1 < RUN:
        before = first > 0 and _is_one_block(text, tokens[first - 1], tokens[first])
        after = last + 1 < len(tokens) and _is_one_block(text, tokens[last], tokens[last + 1])
        if after and (last - place <= place - first or not before):
            last += 1
        elif before:
            first -= 1
        else:
            break
    run = text[tokens[first].start : tokens[last].end]
    if (first == last and has_anchor) or len(run) > LONGEST_RUN or _BORDER.search(run):
        return ""
    return quote(run, safe="").replace("-", "%2D")


def _is_one_block(text: str, one: Token, other: Token) -> bool:
    """Return whether two words that follow each other stand in one block of text."""
    return _BORDER.search(text, one.end, other.start) is None

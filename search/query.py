"""What a visitor types, understood: quotations, a leading minus, words that decide and words that do not."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from search.analysis import ALL_STOP_WORDS, Token, analyse, is_known
from search.analysis.normalisation import LINE_BREAK
from search.engines import Clause

MAX_WORDS = 32
MAX_LENGTH = 400  # characters: as many words of the usual length
_READ = 20 * MAX_LENGTH  # what is looked at of an endless text: spaces and controls may fill its beginning

_OPENING, _CLOSING = '"„“”«', '"“”»'
QUOTES = frozenset(_OPENING + _CLOSING)
# A number as it is written in groups of three digits: one word, although spaces stand in it.
_NUMBER = r"[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?(?![.,]?\w)"
# A quotation or a word, each perhaps after a minus that stands at its beginning.
_PIECE = re.compile(
    rf"(?<!\S)(?P<minus>[-−–](?=[^\s\-−–]))?"
    rf"(?:[{_OPENING}](?P<quotation>[^{_OPENING}{_CLOSING}]+)[{_CLOSING}]|(?P<word>{_NUMBER}|\S+))"
)
# Two parts of one word about a hyphen, or about one at the end of a line.
_DIVIDED = re.compile(
    rf"(?<![\w-])(?P<first>[^\W\d_]{{2,}})(?P<hyphen>{LINE_BREAK}|[-\u2010\u2011] ?)(?P<second>[^\W\d_]{{2,}})(?![\w-])"
)


class Remark(StrEnum):
    """What is to be said about a query as it was typed."""

    SHORTENED = "shortened"
    ONLY_EXCLUDED = "only_excluded"
    ONLY_COMMON = "only_common"
    NO_WORDS = "no_words"


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or a quotation as it was typed."""

    text: str
    is_quotation: bool = False
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was typed, cleaned and cut into pieces."""

    text: str
    pieces: tuple[Piece, ...] = ()
    is_shortened: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A query as one language reads it."""

    clauses: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def can_be_asked(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.clauses)


def deciding(clauses: Iterable[Clause]) -> list[Clause]:
    """Return the clauses of single words that decide: function words do so only where there are no others."""
    single = [clause for clause in clauses if not clause.phrase]
    return [clause for clause in single if clause.text.casefold() not in ALL_STOP_WORDS] or single


def clean(raw: str) -> str:
    """Return a text composed (NFC), with each control character, line end and run of spaces as one space.

    Words that a line's end divided, as they come from a PDF, are whole again.
    """
    text = _DIVIDED.sub(_joined, unicodedata.normalize("NFC", raw))
    text = "".join(" " if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} else sign for sign in text)
    return " ".join(unicodedata.normalize("NFC", text).split())


def _joined(match: re.Match[str]) -> str:
    """Return the two parts about a hyphen as one word, where it did no more than divide it.

    A field of one line leaves the line's end out: then the dictionary has to know the word.
    """
    first, hyphen, second = match.group("first", "hyphen", "second")
    ends_line = "\n" in hyphen
    if second[0].islower():
        is_word, are_words = is_known(first + second, "bg"), is_known(first, "bg") and is_known(second, "bg")
        if "\u00ad" in hyphen or (ends_line and is_word) or (not are_words and (ends_line or is_word)):
            return first + second
    return f"{first}-{second}" if ends_line else match[0]


def cut(raw: str) -> str:
    """Return so much of an endless text that one still sees that it was too long."""
    return " ".join(clean(raw[:_READ]).split(" ")[: MAX_WORDS + 1])[: MAX_LENGTH + 1]


def parse(raw: str) -> Query:
    """Return the query that was typed; no text whatever is an error."""
    text = clean(raw[:_READ])
    words = text.split(" ")
    short = " ".join(words[:MAX_WORDS])[:MAX_LENGTH].rstrip()
    pieces = tuple(
        Piece(
            text=match["quotation"] or match["word"],
            is_quotation=match["quotation"] is not None,
            is_excluded=match["minus"] is not None,
        )
        for match in _PIECE.finditer(short)
    )
    return Query(short, pieces, is_shortened=len(short) < len(text) or len(raw) > _READ)


def read(query: Query, language: str) -> Reading:
    """Return what the query asks for in a language; function words decide only where there is nothing else."""
    wanted = list(_clauses([piece for piece in query.pieces if not piece.is_excluded], language))
    excluded = list(_clauses([piece for piece in query.pieces if piece.is_excluded], language))
    deciding = [clause for clause, is_common in wanted if not is_common]
    remarks = [Remark.SHORTENED] if query.is_shortened else []
    if query.text and not wanted:
        remarks.append(Remark.ONLY_EXCLUDED if excluded else Remark.NO_WORDS)
    elif wanted and not deciding:
        remarks.append(Remark.ONLY_COMMON)
    clauses = deciding or [clause for clause, _ in wanted]
    return Reading(_distinct(clauses), _distinct([clause for clause, _ in excluded]), tuple(remarks))


def _clauses(pieces: Sequence[Piece], language: str) -> Iterator[tuple[Clause, bool]]:
    """Yield the clauses of pieces, and whether each is a function word that was not quoted."""
    for piece in pieces:
        tokens = [token for token in analyse(piece.text, language) if token.terms]
        if not tokens:
            continue
        if piece.is_quotation:
            yield _quotation(piece, tokens), False
            if piece.is_excluded:
                continue  # what holds the words, but not the quotation, is not excluded
        for token in tokens:
            is_common = token.word in ALL_STOP_WORDS and not piece.is_quotation
            yield Clause(piece.text[token.start : token.end], token.terms), is_common


def _quotation(piece: Piece, tokens: Sequence[Token]) -> Clause:
    """Return the clause of a quotation; its longest word's terms narrow down where it is looked for."""
    rarest = max(tokens, key=lambda token: len(token.word))
    phrase, terms = tuple(token.word for token in tokens), tuple(token.terms for token in tokens)
    return Clause(f"„{piece.text}“", rarest.terms, phrase=phrase, phrase_terms=terms)


def _distinct(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """Return the clauses without those that ask for the same a second time."""
    return tuple({(clause.terms, clause.phrase): clause for clause in reversed(clauses)}.values())[::-1]

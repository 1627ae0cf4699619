"""A rewritten query while it is made: words that may stand in each other's place, between what stays as it is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from search.analysis import ALL_STOP_WORDS, Token, analyse, terms_of_word
from search.engines import Alternative, Clause
from search.query import Piece, Query, Reading, Remark, read

HALVING = 0.5  # so much more cost halves what a word counts
MAX_NAMED = 4  # words in one place that are tried for the name of what was found

type Costs = Mapping[str, float]
"""Folded words with what it costs to believe in them."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What one typed word may stand for, the likeliest first."""

    token: Token
    candidates: tuple[tuple[str, float], ...]
    is_resolved: bool = True  # whether the index has any of them

    @property
    def best(self) -> str:
        """The likeliest word."""
        return self.candidates[0][0]

    @property
    def is_typed(self) -> bool:
        """Whether it stands for what was typed and for nothing else."""
        return len(self.candidates) == 1 and self.best == self.token.word

    @property
    def is_common(self) -> bool:
        """Whether it is a function word, which does not decide."""
        return self.best in ALL_STOP_WORDS

    @property
    def clause(self) -> Clause:
        """What is asked for: the likeliest word in full, the others for as much as they are likely."""
        (best, least), *others = self.candidates
        terms = terms_of_word(best)
        groups = {terms: 1.0}
        for word, cost in others:
            groups.setdefault(terms_of_word(word), HALVING ** ((cost - least) / HALVING))
        del groups[terms]
        return Clause(best, terms, alternatives=tuple(Alternative((group,), share) for group, share in groups.items()))


@dataclass(frozen=True, slots=True)
class SlottedPiece:
    """A piece of the query with its words in slots."""

    piece: Piece
    slots: tuple[Slot, ...]

    @property
    def is_fixed(self) -> bool:
        """Whether its words are taken at their likeliest: in a quotation, and in what is excluded."""
        return self.piece.is_quotation or self.piece.is_excluded

    def meant(self, names: Mapping[str, str]) -> Piece:
        """Return the piece as it was meant, each typed word with its name or the likeliest word in its place."""
        written: list[str] = []
        position = 0
        for slot in self.slots:
            word, typed = slot.token.word, self.piece.text[slot.token.start : slot.token.end]
            name = names.get(word, slot.best)
            written += self.piece.text[position : slot.token.start], typed if name == word else name
            position = slot.token.end
        return replace(self.piece, text="".join([*written, self.piece.text[position:]]))


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A query as a rewriting reads it."""

    rewriting: str  # the name of the rewriting
    typed: Query
    language: str
    pieces: tuple[SlottedPiece, ...]
    base: float  # how far the rewriting as such goes from what was typed
    names: Mapping[str, str] = field(default_factory=dict)  # by what words are shown that may stand for several

    @property
    def query(self) -> Query:
        """The query as one would have typed it."""
        meant = tuple(piece.meant(self.names) for piece in self.pieces)
        return replace(self.typed, text=" ".join(map(_typed, meant)), pieces=meant)

    @property
    def strain(self) -> float:
        """How far it goes from what was typed."""
        slots = [slot for piece in self.pieces for slot in piece.slots]
        return self.base + sum(slot.candidates[0][1] for slot in slots) / max(len(slots), 1)

    @property
    def reading(self) -> Reading:
        """What is asked for."""
        pieces = tuple(piece.meant({}) for piece in self.pieces if piece.is_fixed)
        fixed = read(replace(self.typed, pieces=pieces), self.language)
        slots = [slot for piece in self.pieces if not piece.is_fixed for slot in piece.slots]
        deciding = [slot for slot in slots if not slot.is_common] or ([] if fixed.clauses else slots)
        clauses = {clause.terms: clause for clause in [slot.clause for slot in deciding]}
        remarks = (Remark.SHORTENED,) if self.typed.is_shortened else ()
        return Reading((*fixed.clauses, *clauses.values()), fixed.excluded, remarks)

    def named(self, names: Mapping[str, str]) -> "Rewritten":
        """Return the same, shown with these names of typed words."""
        return replace(self, names=names)

    def namings(self) -> Iterator[tuple[str, str, Reading]]:
        """Yield each word that may stand for several, with the likeliest of them and the reading with that alone."""
        for number, piece in enumerate(self.pieces):
            for slot in piece.slots:
                if piece.is_fixed or slot.is_common or not slot.clause.alternatives:
                    continue
                for candidate in slot.candidates[:MAX_NAMED]:
                    alone = replace(slot, candidates=(candidate,))
                    changed = replace(piece, slots=tuple(alone if one is slot else one for one in piece.slots))
                    pieces = (*self.pieces[:number], changed, *self.pieces[number + 1 :])
                    yield slot.token.word, candidate[0], replace(self, pieces=pieces).reading


def slotted(pieces: Sequence[Piece], language: str, fill: Callable[[Token], Slot]) -> tuple[SlottedPiece, ...]:
    """Return the pieces with each word in a slot."""
    return tuple(
        SlottedPiece(piece, tuple(fill(token) for token in analyse(piece.text, language) if token.terms))
        for piece in pieces
    )


def _typed(piece: Piece) -> str:
    """Return a piece as one types it."""
    text = f"„{piece.text}“" if piece.is_quotation else piece.text
    return f"-{text}" if piece.is_excluded else text

"""What the room keeps: the index of the database engine, and what editors say about words and results."""

from .glossary import GlossaryTerm
from .index import IndexedPassage, IndexedRecord, IndexState, Posting, Term, Word
from .pins import Pin, PinnedPage

__all__ = [
    "GlossaryTerm",
    "IndexState",
    "IndexedPassage",
    "IndexedRecord",
    "Pin",
    "PinnedPage",
    "Posting",
    "Term",
    "Word",
]

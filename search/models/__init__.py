"""What the room keeps: the index of the database engine, and what editors say about words and results."""

from .index import IndexedPassage, IndexedRecord, IndexState, Posting, Term

__all__ = ["IndexState", "IndexedPassage", "IndexedRecord", "Posting", "Term"]

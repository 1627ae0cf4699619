"""What the room keeps: the index, what waits for the cluster, and what editors say about words and results."""

from .glossary import GlossaryTerm
from .index import IndexedPassage, IndexedRecord, IndexState, PostingBlock, RecordText, Term, Word
from .log import AskedQuery, MissedNote
from .outbox import ClusterState, Delivery
from .pins import Pin, PinnedPage

__all__ = [
    "AskedQuery",
    "ClusterState",
    "Delivery",
    "GlossaryTerm",
    "IndexState",
    "IndexedPassage",
    "IndexedRecord",
    "MissedNote",
    "Pin",
    "PinnedPage",
    "PostingBlock",
    "RecordText",
    "Term",
    "Word",
]

"""Blocks that more than one room uses."""

from .body import RICH_TEXT, BodyBlock, HeadingBlock, PictureBlock, QuoteBlock, ResultBlock
from .documents import DocumentListBlock
from .sources import SourceBlock

__all__ = [
    "RICH_TEXT",
    "BodyBlock",
    "DocumentListBlock",
    "HeadingBlock",
    "PictureBlock",
    "QuoteBlock",
    "ResultBlock",
    "SourceBlock",
]

"""Text out of files, for finding and reading: plain Python that knows neither a framework nor a database."""

from .document import EXTRACTOR_VERSION, ExtractedPage, Extraction, OpenedDocument, Source
from .errors import (
    ActiveContentError,
    ArchiveBombError,
    BrokenFileError,
    ContentMismatchError,
    EmptyFileError,
    EncryptedFileError,
    EntityError,
    ExtractionCrashedError,
    ExtractionError,
    ExtractionLimitError,
    MacroError,
    TooLargeError,
    UnsupportedTypeError,
)
from .media_types import BY_EXTENSION
from .reading import extract, opened

__all__ = [
    "BY_EXTENSION",
    "EXTRACTOR_VERSION",
    "ActiveContentError",
    "ArchiveBombError",
    "BrokenFileError",
    "ContentMismatchError",
    "EmptyFileError",
    "EncryptedFileError",
    "EntityError",
    "ExtractedPage",
    "Extraction",
    "ExtractionCrashedError",
    "ExtractionError",
    "ExtractionLimitError",
    "MacroError",
    "OpenedDocument",
    "Source",
    "TooLargeError",
    "UnsupportedTypeError",
    "extract",
    "opened",
]

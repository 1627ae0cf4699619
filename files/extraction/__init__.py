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
from .inspection import DEFAULT_MAX_BYTES, Inspection, inspect
from .media_types import BY_EXTENSION
from .names import clean_name
from .process import extract_in_subprocess, inspect_in_subprocess, opened_in_subprocess
from .reading import extract, opened

__all__ = [
    "BY_EXTENSION",
    "DEFAULT_MAX_BYTES",
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
    "Inspection",
    "MacroError",
    "OpenedDocument",
    "Source",
    "TooLargeError",
    "UnsupportedTypeError",
    "clean_name",
    "extract",
    "extract_in_subprocess",
    "inspect",
    "inspect_in_subprocess",
    "opened",
    "opened_in_subprocess",
]

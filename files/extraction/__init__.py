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
    RecogniserMissingError,
    TooLargeError,
    UnsupportedTypeError,
)
from .inspection import DEFAULT_MAX_BYTES, Inspection, inspect
from .media_types import BY_EXTENSION
from .names import clean_name
from .pictures import PICTURES_VERSION, PagePictures
from .process import (
    extract_in_subprocess,
    inspect_in_subprocess,
    opened_in_subprocess,
    pictured_in_subprocess,
    recognised_in_subprocess,
)
from .reading import extract, opened
from .recognition import RECOGNISER_VERSION, RecognisedText, find_tesseract

__all__ = [
    "BY_EXTENSION",
    "DEFAULT_MAX_BYTES",
    "EXTRACTOR_VERSION",
    "PICTURES_VERSION",
    "RECOGNISER_VERSION",
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
    "PagePictures",
    "RecognisedText",
    "RecogniserMissingError",
    "Source",
    "TooLargeError",
    "UnsupportedTypeError",
    "clean_name",
    "extract",
    "extract_in_subprocess",
    "find_tesseract",
    "inspect",
    "inspect_in_subprocess",
    "opened",
    "opened_in_subprocess",
    "pictured_in_subprocess",
    "recognised_in_subprocess",
]

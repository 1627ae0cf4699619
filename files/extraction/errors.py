"""What can be wrong with a file: named errors, each with a stable code that the caller turns into a sentence."""

from typing import ClassVar


class ExtractionError(Exception):
    """A file cannot be taken in or read; `code` says why and `details` fill the sentence that a person reads."""

    code: ClassVar[str] = "unreadable"

    def __init__(self, message: str = "", **details: str | int) -> None:
        super().__init__(message or self.code)
        self.details = details


class EmptyFileError(ExtractionError):
    """The file holds no bytes, or nothing but white space."""

    code = "empty"


class BrokenFileError(ExtractionError):
    """The file is of the kind it says, but cannot be opened."""

    code = "broken"


class EncryptedFileError(ExtractionError):
    """The file is protected by a password or by permissions."""

    code = "encrypted"


class UnsupportedTypeError(ExtractionError):
    """The file is of a kind that is not taken in; details: `extension` or `found`."""

    code = "unsupported_type"


class ContentMismatchError(ExtractionError):
    """The content is not what the name says; details: `extension`, `found`."""

    code = "content_mismatch"


class TooLargeError(ExtractionError):
    """The file, or what comes out of it, is over a limit; details: `limit`."""

    code = "too_large"


class ActiveContentError(ExtractionError):
    """The file would run, open or fetch something; details: `found`."""

    code = "active_content"


class MacroError(ActiveContentError):
    """The office file carries program code; details: `found`."""

    code = "macros"


class ArchiveBombError(ExtractionError):
    """The compressed file unfolds to far more than a document needs; details: `limit`."""

    code = "archive_bomb"


class EntityError(ExtractionError):
    """A part of the file declares a document type or entities, which no office program writes; details: `part`."""

    code = "entities"


class ExtractionLimitError(ExtractionError):
    """Reading the file took more time or memory than it may; details: `seconds`, `memory_bytes`, `ended_by`."""

    code = "limit_exceeded"


class ExtractionCrashedError(ExtractionError):
    """The reading process ended in a way that it has no name for; the message holds its last words."""

    code = "crashed"


class RecogniserMissingError(ExtractionError):
    """Tesseract, or one of its languages, is not installed here; details: `lacking`."""

    code = "no_recogniser"


ERRORS: tuple[type[ExtractionError], ...] = (
    ExtractionError,
    EmptyFileError,
    BrokenFileError,
    EncryptedFileError,
    UnsupportedTypeError,
    ContentMismatchError,
    TooLargeError,
    ActiveContentError,
    MacroError,
    ArchiveBombError,
    EntityError,
    ExtractionLimitError,
    ExtractionCrashedError,
    RecogniserMissingError,
)
BY_CODE = {error.code: error for error in ERRORS}

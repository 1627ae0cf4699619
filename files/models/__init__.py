"""The files' models, by their public names."""

from .blob import Blob
from .document import Document, FormatChangedError, Language
from .downloads import DownloadCount
from .kinds import PublicationKind
from .publication import PublicationIndexPage, PublicationPage
from .version import ExtractionState, Version, VersionIsImmutableError, VersionPage

__all__ = [
    "Blob",
    "Document",
    "DownloadCount",
    "ExtractionState",
    "FormatChangedError",
    "Language",
    "PublicationIndexPage",
    "PublicationKind",
    "PublicationPage",
    "Version",
    "VersionIsImmutableError",
    "VersionPage",
]

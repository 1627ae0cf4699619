"""The files' models, by their public names."""

from .accessible import AccessibleFormatRequest
from .blob import Blob, Damage
from .bundle import Bundle, BundleItem
from .document import Document, FormatChangedError, Language
from .downloads import DownloadCount
from .kinds import PublicationKind
from .likeness import Likeness, TextSketch
from .pages import PagePicture, RecognisedPage
from .publication import PublicationIndexPage, PublicationPage
from .version import ExtractionState, Version, VersionIsImmutableError, VersionPage
from .work import Work

__all__ = [
    "AccessibleFormatRequest",
    "Blob",
    "Bundle",
    "BundleItem",
    "Damage",
    "Document",
    "DownloadCount",
    "ExtractionState",
    "FormatChangedError",
    "Language",
    "Likeness",
    "PagePicture",
    "PublicationIndexPage",
    "PublicationKind",
    "PublicationPage",
    "RecognisedPage",
    "TextSketch",
    "Version",
    "VersionIsImmutableError",
    "VersionPage",
    "Work",
]

"""Why a file is refused or cannot be read, in sentences that tell an editor what to do."""

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from files.extraction import ExtractionError
from files.extraction.media_types import BY_EXTENSION

MISSING = "missing"
UNEXPECTED = "unexpected"
PARTLY = "partly"

REASONS: dict[str, Promise | str] = {
    "empty": _("The file is empty. Choose the file again."),
    "broken": _("The file is damaged and cannot be opened. Save it anew in the program that made it, and upload that."),
    "encrypted": _("The file is protected by a password or by permissions. Remove the protection and upload it again."),
    "unsupported_type": _("Files of this kind are not taken in. Upload one of: %(kinds)s."),
    "content_mismatch": _("The content of the file is not what its name says. Save it in the right format."),
    "too_large": _("The file is too large. Make it smaller or divide it."),
    "active_content": _(
        "The file holds active content (a script, a program or an embedded file), which could harm readers. "
        "Export it anew as a plain PDF."
    ),
    "macros": _("The file holds macros, which could harm readers. Save it without macros and upload that."),
    "archive_bomb": _("The file unfolds to far more than a document needs, and is refused as dangerous."),
    "entities": _("The file holds declarations that no office program writes, and is refused as dangerous."),
    "limit_exceeded": _("Reading the file took too much time or memory. Divide it into smaller files."),
    "crashed": _("Reading the file broke off. Save it anew in the program that made it, and upload that."),
    "format_changed": _(
        "A new version has the format of the old one, so that the address stays true. "
        "Upload this file as a document of its own."
    ),
    "same_content": _("This is the same file as the current version. Nothing was replaced."),
    "not_stored": _("The file could not be stored. Try again later; if it happens again, tell the administrator."),
    "no_recogniser": _(
        "The program that reads scanned pages (Tesseract with Bulgarian and English) is not installed on the server. "
        "Tell the administrator; once it is there, the pages are read by themselves."
    ),
    PARTLY: _("Some pages could not be done. All others are."),
    "infected": _("The virus scanner recognised the file as harmful. Do not pass it on; tell the administrator."),
    "not_scanned": _("The virus scanner does not answer, and without it nothing is taken in. Try again later."),
    MISSING: _("The stored file cannot be found. Tell the administrator."),
    UNEXPECTED: _("Something unforeseen happened. The details stand in the log."),
}  # fmt: skip


# What keeps a PDF from those who have it read out; it is taken in nevertheless.
BARRIERS: dict[str, Promise] = {
    "tags": _(
        "The PDF is not tagged: screen readers cannot tell headings, lists and tables from other text. Export it anew "
        "with the option for an accessible or tagged PDF."
    ),
    "language": _("The PDF does not state its language, so screen readers may read it with the wrong voice."),
    "title": _("The PDF does not state its title; its windows and tabs show the name of the file."),
}


def reason_for(code: str) -> str:
    """Return the sentence of a code in the language of the moment."""
    reason = str(REASONS.get(code, REASONS["broken"]))
    return reason % {"kinds": kinds()} if code == "unsupported_type" else reason


def sentence(error: ExtractionError) -> str:
    """Return why this file is refused, in the language of the moment."""
    limit = error.details.get("limit")
    if error.code == "too_large" and limit == settings.FILES_MAX_SIZE:
        return too_large(filesizeformat(limit))
    return reason_for(error.code)


def too_large(limit: str) -> str:
    """Return that a file is larger than any may be."""
    return gettext("The file is too large: the most that is taken in is %(limit)s.") % {"limit": limit}


def kinds() -> str:
    """Return the extensions of the kinds of file that are taken in."""
    return ", ".join(extension.upper() for extension in BY_EXTENSION)

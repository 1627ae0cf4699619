"""Uploads that the disk has no room for: the form that takes them says so, and keeps all else that was typed."""

import io
import logging
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)


class LostUpload(UploadedFile[bytes]):
    """Stands for an upload that could not be kept. Every form asks for its size first, and is told why."""

    def __init__(self, name: str | None, reason: ValidationError) -> None:
        self.reason = reason
        super().__init__(io.BytesIO(), name)

    @property
    def size(self) -> int:
        """Raise the reason, which becomes the error of the form's field."""
        raise self.reason

    @size.setter
    def size(self, value: Any) -> None:
        """Take no size: there is none."""


class DiskUploadHandler(TemporaryFileUploadHandler):
    """Writes an upload to the temporary folder; what does not fit there, or is too large for us, is read and dropped.

    Django's own lets a full disk end the request, and with it goes everything else that the form holds.
    """

    file: Any
    lost: LostUpload | None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        self.lost = None
        try:
            super().new_file(*args, **kwargs)
        except OSError:
            self._give_up(_not_stored())

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Write a piece; after the first that cannot be written, none."""
        if self.lost is None and start + len(raw_data) > settings.FILES_MAX_SIZE:
            self._give_up(_too_large())
        if self.lost is None:
            try:
                self.file.write(raw_data)
            except OSError:
                self._give_up(_not_stored())
        return None

    def file_complete(self, file_size: int) -> Any:
        """Return the file or, where it is lost, what stands for it."""
        if self.lost is None:
            try:
                return super().file_complete(file_size)
            except OSError:  # the last piece was written only now
                self._give_up(_not_stored())
        return self.lost

    def _give_up(self, reason: ValidationError) -> None:
        """Give back the room of what was written, and keep the reason."""
        logger.warning(
            "An upload could not be kept", extra={"reason": reason.code}, exc_info=reason.code != "too_large"
        )
        self.lost = LostUpload(self.file_name, reason)
        if "file" in self.__dict__:
            with suppress(OSError):  # what is still to be written does not fit either; the file is closed all the same
                self.file.close()
            del self.file


def _not_stored() -> ValidationError:
    """Return that there is no room."""
    return ValidationError(
        _("The file could not be stored. Try again later; if it happens again, tell the administrator."),
        code="not_stored",
    )


def _too_large() -> ValidationError:
    """Return that no file may be so large."""
    return ValidationError(
        _("The file is too large: the most that is taken in is %(limit)s."),
        code="too_large",
        params={"limit": filesizeformat(settings.FILES_MAX_SIZE)},
    )

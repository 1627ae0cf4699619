"""A document: one language and one format of a publication, with an address that never changes."""

import itertools
import uuid
from typing import Any, ClassVar, cast

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument

from files.extraction import ExtractionError, opened
from files.extraction.inspection import Inspection, inspect
from files.extraction.media_types import EXTENSIONS
from files.guessing import PARTS, language_of
from files.querysets import DocumentQuerySet
from files.scanning import scan
from files.storage import BlobField, BlobFile, BlobStorage
from hub.transliteration import slug_from

from .blob import Blob
from .publication import PublicationPage
from .version import Version


class Language(models.TextChoices):
    """The language in which a file is written."""

    BULGARIAN = "bg", _("Bulgarian")
    ENGLISH = "en", _("English")


class FormatChangedError(ExtractionError):
    """A new version is of another format than the document."""

    code = "format_changed"


class Document(AbstractDocument):
    """A file that readers download: its versions, its language, and what makes it public.

    `file` is Wagtail's own field and always points to the content of the version that counts. Whatever puts a file into
    it (a form of the admin, a seed, a script) makes a `Version` when the document is saved.
    """

    # Wagtail's own fields again: its unused document model bears the same name and would share our reverse accessors.
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), on_delete=models.SET_NULL, null=True, blank=True,
        editable=False, related_name="uploaded_files",
    )  # fmt: skip
    uploaded_by_user.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]  # as Wagtail's own does
    tags = TaggableManager(_("tags"), help_text=None, blank=True, related_name="tagged_files")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = BlobField(_("file"), upload_to="incoming", storage=BlobStorage())
    language = models.CharField(
        _("language of the file"), max_length=2, choices=Language, blank=True,
        help_text=_("Left empty, it is guessed from the text of the file."),
    )  # fmt: skip
    title_bg = models.CharField(
        _("title on Bulgarian pages"),
        max_length=255,
        blank=True,
        help_text=_("Where it is another than the title above."),
    )
    title_en = models.CharField(_("title on English pages"), max_length=255, blank=True)
    media_type = models.CharField(_("format"), max_length=100, editable=False)
    slug = models.CharField(_("name in the address"), max_length=100, editable=False)
    # The translation key of a publication: all its language versions share its files (docs/decisions/0002).
    publication_key = models.UUIDField(_("publication"), null=True, blank=True, editable=False, db_index=True)
    is_public = models.BooleanField(
        _("public without a publication"), default=False,
        help_text=_("A file of a publication is public while its publication is; this mark is for other files."),
    )  # fmt: skip

    admin_form_fields = ("title", "file", "language", "title_bg", "title_en", "is_public", "collection", "tags")

    objects = DocumentQuerySet.as_manager()

    # What was put in since the last save, by whom, and what is new in it: for the version that the next save makes.
    uploaded_as: str = ""
    change_note: str = ""
    changed_by: Any = None
    inspection: Inspection | None = None

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions: ClassVar = [("choose_document", "Can choose document")]

    @property
    def url(self) -> str:
        """The address of the latest version, for ever."""
        return reverse("files:latest", args=[self.pk, self.filename])

    @property
    def filename(self) -> str:
        """The last part of the addresses."""
        return f"{self.slug or 'file'}.{self.extension}"

    @property
    def extension(self) -> str:
        """The extension of the format, without a dot."""
        return EXTENSIONS.get(self.media_type, "bin")

    @property
    def file_extension(self) -> str:
        """The extension of the format, as Wagtail asks for it."""
        return self.extension

    @property
    def content_type(self) -> str:
        """The media type, as Wagtail asks for it."""
        return self.media_type

    @property
    def current(self) -> Version | None:
        """The latest version that was not withdrawn; None where all were."""
        return next((version for version in self._newest_first if not version.is_withdrawn), None)

    @property
    def latest(self) -> Version | None:
        """The version with the highest number, withdrawn or not."""
        return next(iter(self._newest_first), None)

    @cached_property
    def publication(self) -> PublicationPage | None:
        """The open page of the publication, in the file's own language where there is one."""
        if self.publication_key is None:
            return None
        pages = PublicationPage.objects.open().filter(translation_key=self.publication_key).select_related("locale")
        return min(pages, key=lambda page: page.locale.language_code != self.language, default=None)

    @property
    def _blob_file(self) -> BlobFile:
        """The file as what it is: it knows whether it is new, and the name it was uploaded under."""
        return cast("BlobFile", self.file)

    @property
    def _newest_first(self) -> list[Version]:
        """All versions; asks nothing where `with_versions` has brought them."""
        if "versions" in getattr(self, "_prefetched_objects_cache", {}):
            return list(self.versions.all())
        return list(self.versions.select_related("blob").order_by("-number"))

    def title_in(self, language: str) -> str:
        """Return the title on pages of a language."""
        return (self.title_en if language.startswith("en") else self.title_bg) or self.title

    def is_open(self) -> bool:
        """Return whether an anonymous visitor may download the file."""
        return self.pk is not None and type(self).objects.public().filter(pk=self.pk).exists()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a file that was put in is checked, stored once under its checksum, and kept as a version."""
        if not self._blob_file.is_new:
            super().save(*args, **kwargs)
            return
        inspection = self._inspected()
        with transaction.atomic():
            blob = Blob.objects.lock(inspection.sha256, inspection.size)
            self._describe(inspection)
            super().save(*args, **kwargs)
            self._add_version(blob, inspection)
        self.inspection = None
        self.file.close()

    def accept(self, inspection: Inspection) -> None:
        """Keep what was found of the file that is put in; raise a named error where it cannot be the next version."""
        if self.media_type and inspection.media_type != self.media_type:
            raise FormatChangedError(f"{self.media_type} became {inspection.media_type}")
        self.inspection = inspection

    def _inspected(self) -> Inspection:
        """Return what the new file is, looking at it where no form has done so; raise a named error for a bad one."""
        if self.inspection is None:
            name = self._blob_file.upload_name
            self.accept(inspect(_stream(self.file), name, max_bytes=settings.FILES_MAX_SIZE))
            scan(_stream(self.file))
        return cast("Inspection", self.inspection)

    def point_to_current(self) -> None:
        """Let Wagtail's field point to the version that counts, or to the last one where all were withdrawn."""
        self.__dict__.pop("_prefetched_objects_cache", None)
        if version := self.current or self.latest:
            self.file.name, self.file_size, self.file_hash = (
                version.blob.name,
                version.blob.size,
                version.blob.sha256[:40],
            )
            self.save(update_fields=["file", "file_size", "file_hash"])

    def _describe(self, inspection: Inspection) -> None:
        """Write what the content says about itself; the name in the address is given once."""
        self.media_type = inspection.media_type
        self.file_size, self.file_hash = inspection.size, inspection.sha256[:40]
        if not self.language:
            with opened(_stream(self.file), inspection.media_type) as text:
                self.language = language_of(list(itertools.islice(text.pages, PARTS)), self.title)
        if not self.slug:
            title = self.title.removesuffix(f".{inspection.extension}")
            self.slug = slug_from(title)[:100].strip("-") or "file"

    def _add_version(self, blob: Blob, inspection: Inspection) -> None:
        """Keep the stored file as a version, unless it is the one that counts already."""
        name, self.uploaded_as = self._blob_file.upload_name, ""
        self.__dict__.pop("_prefetched_objects_cache", None)
        current, latest = self.current, self.latest
        if current and current.blob_id == blob.pk:
            return
        version = self.versions.create(
            number=latest.number + 1 if latest else 1, blob=blob, original_name=name, note=self.change_note,
            created_by=self.changed_by or self.uploaded_by_user, media_type=inspection.media_type,
            charset=inspection.charset, page_count=inspection.page_count, is_tagged=inspection.is_tagged,
            names_language=inspection.names_language, names_title=inspection.names_title,
        )  # fmt: skip
        version.ask_for_reading()
        self.change_note, self.changed_by = "", None

    def _set_document_file_metadata(self) -> None:
        """Write size and checksum, as Wagtail asks before it saves; SHA-256 in the forty signs that its field has."""
        inspection = self._inspected()
        self.file_size, self.file_hash = inspection.size, inspection.sha256[:40]

    def _set_file_hash(self) -> None:
        """Write the checksum, as Wagtail asks where it is missing."""
        if version := self.current or self.latest:
            self.file_hash = version.blob.sha256[:40]


def _stream(file: Any) -> Any:
    """Return the plain stream under Django's wrappers, at its beginning."""
    stream = file
    while (inner := getattr(stream, "file", None)) is not None:
        stream = inner
    stream.seek(0)
    return stream

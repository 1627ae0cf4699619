"""The versions of a document, which never change, and the text that was read out of them."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from files.extraction.media_types import EXTENSIONS
from files.querysets import VersionQuerySet
from files.refusals import BARRIERS, reason_for

from .blob import Blob

if TYPE_CHECKING:
    from .document import Document


class VersionIsImmutableError(TypeError):
    """Somebody tried to change what a version is; upload a new version instead."""


class ExtractionState(models.TextChoices):
    """How far the reading of a version's text is."""

    WAITING = "waiting", _("Waiting")
    EXTRACTING = "extracting", _("Being read")
    TEXT = "text", _("Text")
    NO_TEXT = "no_text", _("No text")
    FAILED = "failed", _("Failed")


class Version(models.Model):
    """A file as it was at one time. Only its withdrawal and the state of its reading change."""

    document = models.ForeignKey(
        "files.Document", verbose_name=_("document"), on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveIntegerField(_("number"))
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="versions")
    original_name = models.CharField(_("name of the uploaded file"), max_length=255)
    media_type = models.CharField(_("media type"), max_length=100)
    charset = models.CharField(_("encoding"), max_length=40, blank=True)
    page_count = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    is_tagged = models.BooleanField(_("marked up for screen readers"), null=True)
    names_language = models.BooleanField(_("states its language"), null=True)
    names_title = models.BooleanField(_("states its title"), null=True)
    note = models.CharField(_("what is new"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("uploaded at"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), on_delete=models.SET_NULL, null=True, related_name="+"
    )

    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawal_reason = models.TextField(
        _("reason for the withdrawal"), blank=True, max_length=600, help_text=_("Shown to whoever opens its address.")
    )

    extraction_state = models.CharField(
        _("text"), max_length=12, choices=ExtractionState, default=ExtractionState.WAITING, db_index=True
    )
    extraction_reason = models.CharField(_("reason of the failure"), max_length=40, blank=True)
    extraction_detail = models.TextField(_("detail of the failure"), blank=True)
    extraction_asked_at = models.DateTimeField(_("reading asked for at"), default=timezone.now)
    extracted_at = models.DateTimeField(_("read at"), null=True, blank=True)
    extractor_version = models.PositiveIntegerField(null=True, blank=True)

    MUTABLE: ClassVar[frozenset[str]] = frozenset(
        {"withdrawn_at", "withdrawal_reason", "extraction_state", "extraction_reason", "extraction_detail",
         "extraction_asked_at", "extracted_at", "extractor_version"}
    )  # fmt: skip

    MOST_NAMED: ClassVar[int] = 30

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a file")
        verbose_name_plural = _("versions of files")
        default_permissions = ()
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="one_version_a_number")]

    def __str__(self) -> str:
        return gettext("%(title)s, version %(number)s") % {"title": self.document.title, "number": self.number}

    @property
    def is_withdrawn(self) -> bool:
        """Whether the version may no longer be downloaded."""
        return self.withdrawn_at is not None

    @property
    def is_read(self) -> bool:
        """Whether the reading has come to a good end."""
        return self.extraction_state in {ExtractionState.TEXT, ExtractionState.NO_TEXT}

    @property
    def extension(self) -> str:
        """The extension of the format, without a dot."""
        return EXTENSIONS.get(self.media_type, "bin")

    @property
    def url(self) -> str:
        """The address of this version, for ever."""
        return reverse("files:version", args=[self.document_id, self.number, self.document.filename])

    @property
    def failure(self) -> str:
        """Why the reading failed, in a sentence for editors; empty where it did not."""
        return str(reason_for(self.extraction_reason)) if self.extraction_state == ExtractionState.FAILED else ""

    @property
    def needs_retry(self) -> bool:
        """Whether its reading, or the work on its pages, failed and may be asked for again."""
        return self.extraction_state == ExtractionState.FAILED or any(
            work.is_to_be_retried for work in self.works.all()
        )

    @property
    def uncertain_pages(self) -> list[str]:
        """The labels of scanned pages whose text was guessed to a large part; the first ones of very many."""
        if not any(work.kind == work.Kind.RECOGNITION for work in self.works.all()):
            return []
        uncertain = self.pages.filter(confidence__lt=VersionPage.UNCERTAIN_BELOW).exclude(text="")
        return list(uncertain.order_by("number").values_list("label", flat=True)[: self.MOST_NAMED])

    @property
    def near_duplicates(self) -> list[tuple["Document", int]]:
        """The documents with nearly the same text, each with the percentage that they share, the nearest first."""
        near = self.likenesses.filter(other__withdrawn_at=None).select_related("other__document")
        return [(one.other.document, one.percent) for one in near]

    @property
    def barriers(self) -> list[str]:
        """What keeps a PDF from those who have it read out, in sentences for editors; empty where nothing is known."""
        found = {
            "tags": self.is_tagged is False,
            "language": self.names_language is False,
            "title": self.names_title is False,
        }
        return [str(BARRIERS[name]) for name, is_there in found.items() if is_there]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a new version, or those fields of an old one that may change."""
        fields = kwargs.get("update_fields")
        if not self._state.adding and (fields is None or not self.MUTABLE.issuperset(fields)):
            raise VersionIsImmutableError(f"version {self.pk}")
        super().save(*args, **kwargs)

    def withdraw(self, reason: str) -> None:
        """Take the version out of the public's reach; its address goes on saying why."""
        self._set_withdrawal(timezone.now(), reason)

    def restore(self) -> None:
        """Give a withdrawn version back to the public."""
        self._set_withdrawal(None, "")

    def ask_for_reading(self) -> None:
        """Have the text read by the worker, from the start."""
        from files.tasks import extract_version  # noqa: PLC0415 - the task needs this model

        self.extraction_state, self.extraction_asked_at = ExtractionState.WAITING, timezone.now()
        self.save(update_fields=["extraction_state", "extraction_asked_at"])
        transaction.on_commit(lambda: extract_version.enqueue(self.pk))

    def _set_withdrawal(self, moment: Any, reason: str) -> None:
        """Write the withdrawal and let the document point to the version that counts now."""
        with transaction.atomic():
            self.withdrawn_at, self.withdrawal_reason = moment, reason
            self.save(update_fields=["withdrawn_at", "withdrawal_reason"])
            self.document.point_to_current()


class VersionPage(models.Model):
    """A part of a version that a reader can land on, with its text: a page, a section, a row."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=200, blank=True)
    anchor = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    # How sure the recogniser was of a page without a text layer, from 0 to 100; None where the text is the file's own.
    confidence = models.PositiveSmallIntegerField(null=True)
    # Of a table: rows of cells, each after its row's number; empty for all else.
    rows = models.JSONField(default=list)

    UNCERTAIN_BELOW: ClassVar[int] = 80

    class Meta:
        default_permissions = ()
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="one_page_a_number")]

    def __str__(self) -> str:
        return f"{self.version_id}/{self.number}"

    @property
    def is_uncertain(self) -> bool:
        """Whether so much of the text was guessed that a reader has to be told."""
        return bool(self.text) and self.confidence is not None and self.confidence < self.UNCERTAIN_BELOW

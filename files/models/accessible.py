"""Requests for an accessible format: who asked for what of which file, until when, and what came of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import formats, timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from files.querysets import AccessibleFormatRequestQuerySet

from .document import Document


class AccessibleFormat(models.TextChoices):
    """In which form somebody can read a file."""

    TAGGED_PDF = "tagged_pdf", _("PDF for a screen reader")
    TEXT = "text", _("Plain text or a Word document")
    LARGE_PRINT = "large_print", _("Large print")
    EASY = "easy", _("Easy-to-read summary")
    AUDIO = "audio", _("Sound recording")
    OTHER = "other", _("Something else, described below")


class RequestState(models.TextChoices):
    """What became of a request."""

    NEW = "new", _("New")
    IN_PROGRESS = "in_progress", _("Being worked on")
    ANSWERED = "answered", _("Answered")
    REFUSED = "refused", _("Cannot be met")


class AccessibleFormatRequest(models.Model):
    """A request for a file in a form that the reader can use. What is personal in it is deleted after the answer."""

    CLOSED: ClassVar[frozenset[str]] = frozenset({RequestState.ANSWERED, RequestState.REFUSED})

    document = models.ForeignKey(
        Document, verbose_name=_("file"), on_delete=models.CASCADE, related_name="accessible_format_requests"
    )
    wanted = models.CharField(_("format"), max_length=20, choices=AccessibleFormat)
    details = models.TextField(_("details"), max_length=1000, blank=True)
    email = models.EmailField(_("e-mail for the answer"), blank=True)
    language = models.CharField(_("language of the answer"), max_length=2, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(_("asked at"), default=timezone.now)
    due_on = models.DateField(_("to be answered by"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who answers"), on_delete=models.SET_NULL, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=12, choices=RequestState, default=RequestState.NEW, db_index=True)
    note = models.TextField(
        _("note"), max_length=1000, blank=True,
        help_text=_("For editors: what was sent, or why it cannot be done. Write no personal data here."),
    )  # fmt: skip
    notified_at = models.DateTimeField(null=True, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)

    panels = [
        MultiFieldPanel(
            [FieldPanel(name, read_only=True)
             for name in ("document", "wanted", "details", "email", "language", "created_at", "due_on")],
            heading=_("Request"),
        ),
        MultiFieldPanel([FieldPanel(name) for name in ("state", "owner", "note")], heading=_("Answer")),
    ]  # fmt: skip

    objects = AccessibleFormatRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for an accessible format")
        verbose_name_plural = _("requests for an accessible format")
        default_permissions = ()
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return gettext("%(format)s of “%(title)s”") % {
            "format": self.get_wanted_display(),
            "title": self.document.title,
        }

    @property
    def is_closed(self) -> bool:
        """Whether it was answered, in whichever way."""
        return self.state in self.CLOSED

    @property
    def is_late(self) -> bool:
        """Whether its day has passed without an answer."""
        return not self.is_closed and self.due_on < timezone.localdate()

    @property
    def due_label(self) -> str:
        """The day, and whether it has passed."""
        day = formats.date_format(self.due_on)
        return gettext("%(day)s – late") % {"day": day} if self.is_late else day

    def save(self, *args: object, **kwargs: object) -> None:
        """Save; the moment of the answer is when the state first says so."""
        if not self.is_closed:
            self.closed_at = None
        elif self.closed_at is None:
            self.closed_at = timezone.now()
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came

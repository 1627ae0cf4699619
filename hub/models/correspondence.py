"""What visitors write: whether a page was useful, letters, and barriers that they met."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel


class MessageKind(models.TextChoices):
    """What a visitor writes about."""

    FEEDBACK = "feedback", _("Was this useful?")
    CONTACT = "contact", _("Letter")
    BARRIER = "barrier", _("Barrier")


class MessageState(models.TextChoices):
    """How far the answer to a message is."""

    NEW = "new", _("New")
    IN_PROGRESS = "in_progress", _("In progress")
    DONE = "done", _("Done")


class VisitorMessageQuerySet(models.QuerySet["VisitorMessage"]):
    """Questions one may ask of the messages."""

    def waiting(self) -> Self:
        """Return those that nobody has finished."""
        return self.exclude(state=MessageState.DONE)

    def with_outlived_contact(self, now: datetime) -> Self:
        """Return those whose sender's name and address are needed no more."""
        since_done = now - timedelta(days=settings.MESSAGE_CONTACT_DAYS_AFTER_DONE)
        is_over = Q(closed_at__lt=since_done) | Q(created_at__lt=now - timedelta(days=settings.MESSAGE_CONTACT_DAYS))
        return self.filter(is_over).exclude(name="", email="")

    def outlived(self, now: datetime) -> Self:
        """Return those that are kept no longer."""
        return self.filter(created_at__lt=now - timedelta(days=settings.MESSAGE_DAYS))


class VisitorMessage(models.Model):
    """A message of a visitor, and what became of it."""

    kind = models.CharField(_("kind"), max_length=10, choices=MessageKind)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    address = models.CharField(_("address of the page"), max_length=500, blank=True)
    is_useful = models.BooleanField(_("was useful"), null=True)
    text = models.TextField(_("text"), max_length=4000, blank=True)
    tool = models.CharField(_("device and assistive software"), max_length=200, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    created_at = models.DateTimeField(_("received"), default=timezone.now)

    state = models.CharField(_("state"), max_length=12, choices=MessageState, default=MessageState.NEW)
    note = models.TextField(_("note of the editors"), blank=True, help_text=_("Not shown to the sender."))
    closed_at = models.DateTimeField(_("done at"), null=True, blank=True, editable=False)

    panels = [
        MultiFieldPanel([FieldPanel("state"), FieldPanel("note")], heading=_("What becomes of it")),
        MultiFieldPanel(
            [FieldPanel(name, read_only=True) for name in ("kind", "created_at", "address", "is_useful", "text", "tool",
                                                           "name", "email", "language")],
            heading=_("What was written"),
        ),
    ]  # fmt: skip

    objects = VisitorMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message of a visitor")
        verbose_name_plural = _("messages of visitors")
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view", "change", "delete")  # visitors alone add
        indexes = [models.Index(fields=["state", "kind"], name="messages_by_state")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {timezone.localtime(self.created_at):%d.%m.%Y %H:%M}"

    @property
    def beginning(self) -> str:
        """The first words of the text, for a list."""
        return self.text if len(self.text) <= 80 else f"{self.text[:79].rstrip()}…"

    def save(self, *args: object, **kwargs: object) -> None:
        """Save; remember since when the message is done, for from then on its sender's contact is kept a short time."""
        if self.state != MessageState.DONE:
            self.closed_at = None
        elif self.closed_at is None:
            self.closed_at = timezone.now()
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # whatever Django takes

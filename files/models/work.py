"""What is still to be done with a version after its text was read: pictures of its pages, and recognising scans."""

from typing import ClassVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from files.querysets import WorkQuerySet
from files.refusals import reason_for

from .version import Version


class Work(models.Model):
    """A kind of work on the pages of a version, done in slices, so that it may be killed at any moment and goes on."""

    class Kind(models.TextChoices):
        """What is done."""

        PICTURES = "pictures", _("pictures of the pages")
        RECOGNITION = "recognition", _("text recognition")

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("under way")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        UNAVAILABLE = "unavailable", _("not possible here")

    # Below the reading of texts, which visitors wait for.
    PRIORITIES: ClassVar[dict[str, int]] = {Kind.PICTURES: -10, Kind.RECOGNITION: -20}

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="works")
    kind = models.CharField(max_length=12, choices=Kind)
    state = models.CharField(_("pages"), max_length=12, choices=State, default=State.WAITING, db_index=True)
    total = models.PositiveIntegerField(default=0)  # pages to be worked on
    done = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=40, blank=True)
    detail = models.TextField(blank=True)
    asked_at = models.DateTimeField(default=timezone.now)

    objects = WorkQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["kind"]
        constraints = [models.UniqueConstraint(fields=["version", "kind"], name="one_work_a_kind")]

    def __str__(self) -> str:
        return f"{self.version_id}/{self.kind}"

    @property
    def ticket(self) -> str:
        """What the task must show: another one after each asking, so that of two tasks only the last one works."""
        return self.asked_at.isoformat()

    @property
    def failure(self) -> str:
        """Why it failed or cannot be done, in a sentence for editors; empty where nothing is wrong."""
        return str(reason_for(self.reason)) if self.state in {self.State.FAILED, self.State.UNAVAILABLE} else ""

    @property
    def progress(self) -> str:
        """How many of how many pages are done."""
        return ngettext("%(done)s of %(total)s page", "%(done)s of %(total)s pages", self.total) % {
            "done": self.done,
            "total": self.total,
        }

    @property
    def is_to_be_retried(self) -> bool:
        """Whether an editor may ask for it again."""
        return self.state in {self.State.FAILED, self.State.UNAVAILABLE}

    def ask(self) -> None:
        """Have the next slice done by the worker."""
        from files.tasks import go_on_with  # noqa: PLC0415 - the task needs this model

        self.asked_at = timezone.now()
        if self.state != self.State.RUNNING:
            self.state, self.reason, self.detail = self.State.WAITING, "", ""
        self.save()
        priority, ticket = self.PRIORITIES[self.kind], self.ticket
        transaction.on_commit(lambda: go_on_with.using(priority=priority).enqueue(self.pk, ticket))

    def end(self, state: str, reason: str = "", detail: str = "") -> None:
        """Write how it came to its end."""
        self.state, self.reason, self.detail = state, reason, detail
        self.save()

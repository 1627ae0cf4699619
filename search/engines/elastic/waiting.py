"""How much the cluster has still to be told, for readiness and for the editors' desk."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from django.db.models import Count, Min, Q
from django.utils import timezone

from search.models import Delivery

USUAL = timedelta(minutes=3)  # what waits longer is worth a word to who can help


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the cluster has still to be told."""

    count: int
    since: datetime | None
    refused: int

    @classmethod
    def now(cls) -> Self:
        """Return what waits at the moment; one query."""
        return cls(
            **Delivery.objects.aggregate(
                count=Count("pk"), since=Min("waiting_since"), refused=Count("pk", filter=~Q(error=""))
            )
        )

    @property
    def is_long(self) -> bool:
        """Whether something waits for longer than is usual."""
        return self.since is not None and timezone.now() - self.since > USUAL

    def __str__(self) -> str:
        if self.since is None:
            return "nothing waits"
        age = round((timezone.now() - self.since).total_seconds())
        return f"{self.count} wait, the oldest for {age} s, {self.refused} refused"

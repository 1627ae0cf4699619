"""What the search cluster has still to be told: one row for each record that changed since it last took it in.

A row comes in the transaction of the change itself, so nothing is lost while the cluster is away; it goes when the
cluster has acknowledged the record as it then stood. A record that changes again keeps its row, under a later version.
"""

import time
from collections.abc import Collection
from datetime import timedelta
from functools import cache
from itertools import batched
from typing import Any, Self

from django.db import connection, models, transaction
from django.utils import timezone

from .index import IndexedRecord

CHUNK = 5_000  # keys in one statement
LONGEST_PAUSE = timedelta(minutes=10)


class ClusterState(models.Model):
    """The one row about the search cluster: the latest version that a change was given, and how far its check is."""

    ONLY = 1

    # Microseconds since 1970, and never the same twice: a database that is put back from a backup goes on above them.
    version = models.BigIntegerField(default=0)
    # The key after which the comparison with the cluster goes on.
    cursor = models.CharField(max_length=100, blank=True)
    # Until when whoever fills a new index has it for himself.
    filling_until = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.version)

    @classmethod
    def locked(cls) -> Self:
        """Return the row, which nobody else may change until the transaction ends."""
        return cls.objects.select_for_update().get_or_create(pk=cls.ONLY)[0]

    @classmethod
    def next_version(cls) -> int:
        """Return a version above all others, in the order of the transactions that take one."""
        with transaction.atomic():
            state = cls.locked()
            state.version = max(state.version + 1, time.time_ns() // 1_000)
            state.save(update_fields=["version"])
            return state.version

    @classmethod
    def take_filling(cls, term: timedelta) -> bool:
        """Return whether nobody fills a new index now; if so, it is the caller's for so long."""
        with transaction.atomic():
            state, now = cls.locked(), timezone.now()
            if state.filling_until is not None and state.filling_until > now:
                return False
            state.filling_until = now + term
            state.save(update_fields=["filling_until"])
            return True

    @classmethod
    def keep_filling(cls, term: timedelta | None) -> None:
        """Prolong the time for which filling is the caller's; end it where there is none."""
        cls.objects.filter(pk=cls.ONLY).update(filling_until=None if term is None else timezone.now() + term)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Questions one may ask of what waits."""

    def due(self) -> Self:
        """Return what is to be tried now, the oldest change first."""
        return self.filter(due_at__lte=timezone.now()).order_by("version")

    def note(self, keys: Collection[str]) -> None:
        """Have the records with these keys delivered; belongs into the transaction that changed them."""
        if not keys:
            return
        version, now = ClusterState.next_version(), timezone.now()
        for chunk in batched(dict.fromkeys(keys), CHUNK):
            self.bulk_create(
                [self.model(key=key, version=version, waiting_since=now, due_at=now) for key in chunk],
                update_conflicts=True,
                unique_fields=["key"],
                update_fields=["version", "due_at"],
                batch_size=500,
            )

    def finish(self, delivered: Collection["Delivery"]) -> None:
        """Let go of what was acknowledged; what has changed again meanwhile stays."""
        for chunk in batched(delivered, 200):
            condition = models.Q()
            for row in chunk:
                condition |= models.Q(pk=row.pk, version=row.version)
            self.filter(condition).delete()


class Delivery(models.Model):
    """A record that the cluster holds otherwise than the database does, or may."""

    key = models.CharField(max_length=100, unique=True)
    version = models.BigIntegerField()
    waiting_since = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["version"], name="search_delivery_version")]

    def __str__(self) -> str:
        return f"{self.key}@{self.version}"

    @staticmethod
    def waiting() -> tuple[bool, frozenset[str]]:
        """Return whether anything waits, and the keys of what is no more and the cluster has not been told of."""
        with connection.cursor() as cursor:
            cursor.execute(*_waiting_query(connection.vendor))
            found = cursor.fetchall()
        return bool(found), frozenset(key for key, is_withdrawn in found if is_withdrawn)

    def put_off(self, error: str) -> None:
        """Note that the cluster refused it; each refusal doubles the pause before the next attempt."""
        pause = min(timedelta(seconds=2 ** min(self.attempts, 10)), LONGEST_PAUSE)
        Delivery.objects.filter(pk=self.pk, version=self.version).update(
            attempts=self.attempts + 1, due_at=timezone.now() + pause, error=error[:500]
        )


@cache
def _waiting_query(_vendor: str) -> tuple[str, tuple[Any, ...]]:
    """Return the query for what was withdrawn and one row more: made once, for each question asks it."""
    is_withdrawn = ~models.Exists(IndexedRecord.objects.filter(key=models.OuterRef("key")))
    any_row = models.Subquery(Delivery.objects.order_by("pk").values("pk")[:1])
    rows = Delivery.objects.annotate(is_withdrawn=is_withdrawn).filter(
        models.Q(is_withdrawn=True) | models.Q(pk=any_row)
    )
    sql, parameters = rows.values_list("key", "is_withdrawn").query.sql_with_params()
    return sql, tuple(parameters)

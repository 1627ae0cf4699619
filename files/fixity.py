"""Whether the stored contents are still what their checksums say."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from files.models import Blob, Damage
from files.storage import checksum

logger = logging.getLogger(__name__)

# After so long, a content is due for the next look.
AGAIN_AFTER = timedelta(days=30)


def check(blob: Blob) -> str:
    """Read a content to its end, note whether it is whole, and return the damage: empty, missing or changed."""
    try:
        with blob.open() as content:
            damage = "" if checksum(content) == blob.sha256 else Damage.CHANGED
    except FileNotFoundError:
        damage = Damage.MISSING
    except OSError:
        logger.exception("A stored content cannot be read", extra={"sha256": blob.sha256})
        damage = Damage.UNREADABLE
    if damage:
        logger.error("A stored content is damaged", extra={"sha256": blob.sha256, "damage": damage})
    Blob.objects.filter(pk=blob.pk).update(checked_at=timezone.now(), damage=damage)
    return damage


def check_all() -> tuple[int, list[Blob]]:
    """Check every content that a version uses; return how many there were, and the damaged ones."""
    used = Blob.objects.exclude(versions=None).order_by("pk")
    count, damaged = 0, []
    for blob in used.iterator():
        count += 1
        if check(blob):
            damaged.append(blob)
    return count, damaged


def check_a_few() -> int:
    """Check the contents that were not looked at for the longest time, as many as one minute's work may read."""
    due = Q(checked_at=None) | Q(checked_at__lt=timezone.now() - AGAIN_AFTER)
    waiting = Blob.objects.filter(due).exclude(versions=None).order_by(F("checked_at").asc(nulls_first=True), "pk")
    read = count = 0
    for blob in waiting.distinct()[:200]:
        if count and read + blob.size > settings.FILES_FIXITY_BYTES:
            break
        check(blob)
        read, count = read + blob.size, count + 1
    return count


def report() -> str:
    """Return a line for readiness. A damaged file is told of and keeps no visitor from the rest of the site."""
    damaged = Blob.objects.exclude(damage="").count()
    unchecked = Blob.objects.filter(checked_at=None).exclude(versions=None).count()
    return f"{damaged} damaged, {unchecked} not checked yet"

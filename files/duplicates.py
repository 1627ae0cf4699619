"""Files that are there already: the very same content, and nearly the same text."""

from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from wagtail.permissions import policy_registry

from files.extraction.likeness import likeness, sketch_of
from files.models import Document, ExtractionState, Likeness, TextSketch, Version

NEAR = 0.8
A_MINUTE = 20  # versions that are sketched in one minute's work


def duplicate_of(sha256: str, document: Document, user: Any) -> Document | None:
    """Return another document with this content that the person may choose or edit, or None."""
    policy = policy_registry.get_by_type(Document)
    seen = Document.objects.all()
    if user is not None:
        seen = policy.instances_user_has_any_permission_for(user, ["choose", "change", "delete"])
    standing = Version.objects.standing().filter(blob__sha256=sha256).exclude(document=document.pk)
    found: Document | None = seen.filter(pk__in=standing.values("document")).order_by("pk").first()
    return found


def look_for_likenesses() -> int:
    """Sketch the texts that have been read since the last time, and note which are nearly the same; return how many."""
    unsketched = Q(sketch=None) | Q(sketch__made_at__lt=F("extracted_at"))
    waiting = Version.objects.filter(unsketched, extraction_state=ExtractionState.TEXT).order_by("pk")
    versions = list(waiting[:A_MINUTE])
    for version in versions:
        _sketch(version)
    return len(versions)


def _sketch(version: Version) -> None:
    """Keep a version's sketch and its likenesses with the versions of other documents."""
    hashes = sketch_of(version.pages.order_by("number").values_list("text", flat=True).iterator())
    others = TextSketch.objects.filter(version__withdrawn_at=None).exclude(version__document=version.document_id)
    found = []
    if hashes:
        for other, own in others.exclude(hashes=b"").values_list("version", "hashes").iterator():
            if (share := likeness(hashes, bytes(own))) >= NEAR:
                found.append(Likeness(version=version, other_id=other, percent=round(share * 100)))
    with transaction.atomic():
        TextSketch.objects.update_or_create(version=version, defaults={"hashes": hashes, "made_at": timezone.now()})
        version.likenesses.all().delete()
        Likeness.objects.bulk_create(found)

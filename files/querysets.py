"""Questions one may ask of publications, documents and their versions."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.utils import timezone
from wagtail.documents.models import DocumentQuerySet as WagtailDocumentQuerySet
from wagtail.models import Collection, CollectionViewRestriction
from wagtail.query import PageQuerySet

if TYPE_CHECKING:
    from files.models import AccessibleFormatRequest, Blob, Bundle, DownloadCount, Version, Work  # noqa: F401 - named by a string below


class PublicationQuerySet(PageQuerySet):
    """Questions one may ask of the publications."""

    def published(self) -> Self:
        """Return those that are published now, to whomever; an expired one is not, even before the minute's work."""
        not_expired = models.Q(expire_at=None) | models.Q(expire_at__gt=timezone.now())
        pages: Self = self.live().filter(not_expired, alias_of=None)
        return pages

    def open(self) -> Self:
        """Return those that an anonymous visitor may read now."""
        pages: Self = self.published().public()
        return pages


class DocumentQuerySet(WagtailDocumentQuerySet):
    """Questions one may ask of the documents."""

    def public(self) -> Self:
        """Return those that an anonymous visitor may download: by their publication or, without one, by their mark."""
        pages = apps.get_model("files", "PublicationPage").objects.open()
        visible = models.Q(publication_key__in=pages.order_by().values("translation_key"))
        visible |= models.Q(publication_key=None, is_public=True)
        documents: Self = self.filter(visible)
        return documents.unrestricted()

    def unrestricted(self) -> Self:
        """Return those that lie in no private collection."""
        documents: Self = self.exclude(collection__in=_restricted_collections())
        return documents

    def of(self, keys: Iterable[UUID]) -> Self:
        """Return the documents of the publications with these translation keys."""
        documents: Self = self.filter(publication_key__in=list(keys))
        return documents

    def with_versions(self) -> Self:
        """Return the documents with all that lists and addresses ask of their versions."""
        versions = apps.get_model("files", "Version").objects.select_related("blob").order_by("-number")
        documents: Self = self.prefetch_related(models.Prefetch("versions", queryset=versions))
        return documents


class VersionQuerySet(models.QuerySet["Version"]):
    """Questions one may ask of the versions."""

    def standing(self) -> Self:
        """Return those that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def unread(self, *, since: datetime) -> Self:
        """Return those whose extraction was asked for before a moment and has not come to an end."""
        return self.filter(extraction_state__in=["waiting", "extracting"], extraction_asked_at__lt=since)

    def outdated(self, extractor_version: int) -> Self:
        """Return those that an older extractor has read, the newest uploads first."""
        read = self.filter(extraction_state__in=["text", "no_text"])
        return read.exclude(extractor_version=extractor_version).order_by("-created_at")


class WorkQuerySet(models.QuerySet["Work"]):
    """Questions one may ask of the work on pages."""

    def lost(self, *, since: datetime) -> Self:
        """Return what was asked for before a moment and has neither come to an end nor asked for its next slice."""
        return self.filter(state__in=["waiting", "running"], asked_at__lt=since)


class BlobQuerySet(models.QuerySet["Blob"]):
    """Questions one may ask of the stored contents."""

    def lock(self, sha256: str, size: int) -> "Blob":
        """Return the row of a content, made if needed, and keep it from being removed until the transaction ends."""
        blob, _ = self.select_for_update().get_or_create(sha256=sha256, defaults={"size": size})
        return blob

    def unused(self, *, since: datetime) -> Self:
        """Return the contents that no version uses, made before a moment."""
        return self.filter(versions=None, created_at__lt=since)


class DownloadCountQuerySet(models.QuerySet["DownloadCount"]):
    """Questions one may ask of the downloads, and the adding to them."""

    def add_one(self, versions: Iterable[int], day: date, *, kind: Literal["single", "bundled"] = "single") -> None:
        """Count one more download of each of these versions.

        The database adds, not we: however many requests come at once, none is lost. A day's first one makes the row.
        """
        wanted = sorted(set(versions))
        rows = self.filter(version__in=wanted, day=day)
        if len(wanted) == 1 and rows.update(**{kind: models.F(kind) + 1}):
            return
        self.bulk_create((self.model(version_id=pk, day=day) for pk in wanted), ignore_conflicts=True)
        rows.update(**{kind: models.F(kind) + 1})

    def public(self) -> Self:
        """Return the counts of files that an anonymous visitor may download."""
        return self.filter(version__document__in=apps.get_model("files", "Document").objects.public().order_by())

    def between(self, first: date | None, last: date | None) -> Self:
        """Return the counts of a period, both days included; None leaves an end open."""
        counts = self.filter(day__gte=first) if first else self
        return counts.filter(day__lte=last) if last else counts

    def by_day(self) -> dict[date, int]:
        """Return all downloads of each day that had any."""
        total = models.Sum(models.F("single") + models.F("bundled"))
        return dict(self.order_by("day").values("day").annotate(total=total).values_list("day", "total"))


class BundleQuerySet(models.QuerySet["Bundle"]):
    """Questions one may ask of the collections."""

    def public(self) -> Self:
        """Return those that readers may see."""
        return self.filter(is_public=True)


class AccessibleFormatRequestQuerySet(models.QuerySet["AccessibleFormatRequest"]):
    """Questions one may ask of the requests for accessible formats."""

    def open(self) -> Self:
        """Return those that were not answered yet."""
        return self.exclude(state__in=self.model.CLOSED)

    def forget(self, *, closed_before: datetime) -> int:
        """Delete what is personal in requests that were closed before a moment; return how many there were."""
        old = self.filter(closed_at__lt=closed_before).exclude(email="", details="")
        return old.update(email="", details="")


def _restricted_collections() -> Any:
    """Return the collections that are private themselves or lie in a private one."""
    restrictions = CollectionViewRestriction.objects.select_related("collection")
    inside = models.Q(pk__in=[])
    for restriction in restrictions:
        inside |= models.Q(path__startswith=restriction.collection.path)
    return Collection.objects.filter(inside)

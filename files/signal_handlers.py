"""What the room does when publications, documents, or the restrictions over them change."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move
from wagtail_localize.models import TranslationSource

from files.models import Document, PublicationPage
from files.sources import key_of
from hub import searchable


@receiver(post_save, sender=Document)
def announce_document(instance: Document, *, raw: bool = False, **_: Any) -> None:
    """Have a new or changed document found."""
    if not raw:
        _announce([instance.pk])


@receiver(post_delete, sender=Document)
def retract_document(instance: Document, **_: Any) -> None:
    """Have a deleted document found no more."""
    transaction.on_commit(partial(searchable.gone.send, Document, keys=[key_of(instance.pk)]))


@receiver(page_published, sender=PublicationPage)
def announce_published(instance: PublicationPage, **_: Any) -> None:
    """Have the files of a publication found, under its title and facets of now."""
    _keep_themes_alike(instance)
    _announce_publications([instance.translation_key])


@receiver(page_unpublished, sender=PublicationPage)
@receiver(post_delete, sender=PublicationPage)
def announce_unpublished(instance: PublicationPage, **_: Any) -> None:
    """Have the files of a publication that is no longer public found no more, unless its other language still is."""
    _announce_publications([instance.translation_key])


@receiver(post_page_move)
def announce_moved(instance: Page, **_: Any) -> None:
    """Have the files of moved publications looked at again: they may have come under a restriction or out of one."""
    _announce_below(instance)


@receiver(post_save, sender=PageViewRestriction)
@receiver(post_delete, sender=PageViewRestriction)
def announce_restricted(instance: PageViewRestriction, **_: Any) -> None:
    """Have the files under a new or lifted restriction looked at again."""
    _announce_below(instance.page)


@receiver(post_save, sender=CollectionViewRestriction)
@receiver(post_delete, sender=CollectionViewRestriction)
def announce_restricted_collection(instance: CollectionViewRestriction, **_: Any) -> None:
    """Have the files of a collection looked at again whose privacy changed."""
    inside = Document.objects.filter(collection__path__startswith=instance.collection.path)
    _announce(inside.values_list("pk", flat=True))


def _announce_below(page: Page) -> None:
    """Announce the files of all publications of a subtree."""
    publications = PublicationPage.objects.filter(path__startswith=page.path)
    _announce_publications(publications.values_list("translation_key", flat=True))


def _announce_publications(keys: Iterable[UUID]) -> None:
    """Announce the files of publications."""
    _announce(Document.objects.of(keys).values_list("pk", flat=True))


def _announce(numbers: Iterable[int]) -> None:
    """Say, when the change stands in the database, that these documents have changed."""
    if keys := [key_of(number) for number in numbers]:
        transaction.on_commit(partial(searchable.changed.send, Document, keys=keys))


def _keep_themes_alike(page: PublicationPage) -> None:
    """Give the translations of a publication the themes of its original.

    wagtail-localize carries additions of a many-to-many field to a translation, but not its clearing.
    """
    source = TranslationSource.objects.filter(object_id=page.translation_key).first()
    if source is None:
        return
    versions = {version.locale_id: version for version in page.get_translations(inclusive=True).filter(alias_of=None)}
    original = versions.pop(source.locale_id, None)
    if original is None:
        return
    own = set(original.themes.values_list("pk", flat=True))
    for translated in versions.values():
        if own != set(translated.themes.values_list("pk", flat=True)):
            translated.themes.set(own)
            translated.save(clean=False)

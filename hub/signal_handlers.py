"""What the ground does when something of its own changes."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.signals import page_published
from wagtail.users.models import UserProfile

from hub import searchable, seeding
from hub.models import HubPage, Organisation, OrganisationDirectoryPage, Picture, User
from hub.tasks import make_renditions, make_share_card


@receiver(post_save, sender=User)
def speak_bulgarian(instance: User, *, created: bool, raw: bool = False, **_: Any) -> None:
    """Give a new account the Bulgarian admin; its owner may choose English."""
    if created and not raw:
        profile = UserProfile.get_for_user(instance)
        profile.preferred_language = "bg"
        profile.save(update_fields=["preferred_language"])


@receiver(post_save, sender=Picture)
def make_renditions_ahead(instance: Picture, *, raw: bool = False, **_: Any) -> None:
    """Have the renditions of a new or changed picture made before a visitor asks for them."""
    if not raw:
        make_renditions.enqueue(instance.pk)


@receiver(page_published)
def make_share_card_ahead(instance: Any, **_: Any) -> None:
    """Have the share card of a published page made before it is shared; those of a planting wait to be asked for."""
    if isinstance(instance, HubPage) and not instance.alias_of_id and not seeding.is_planting():
        make_share_card.enqueue(instance.pk)


@receiver([post_save, post_delete], sender=Organisation)
def announce_organisation(*, raw: bool = False, **_: Any) -> None:
    """Have the directories found by their rows as they are now, the one that a row has left too."""
    if not raw:
        pages = OrganisationDirectoryPage.objects.filter(live=True)
        searchable.changed.send(Organisation, keys=[f"page:{pk}" for pk in pages.values_list("pk", flat=True)])

"""What the room does when a practice changes."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from practices.models import PracticePage


@receiver(page_published, sender=PracticePage)
def clear_terms_of_translations(instance: PracticePage, **_: Any) -> None:
    """Take from the translations the themes and methods that the original no longer has.

    wagtail-localize carries additions of a many-to-many field to a translation, but not its clearing.
    """
    if instance.locale.language_code != "bg":
        return
    for translation in instance.get_translations():
        for name in ("themes", "methods"):
            own = {term.pk for term in getattr(instance, name).all()}
            there = {term.pk for term in getattr(translation, name).all()}
            if own != there:
                getattr(translation, name).set(getattr(instance, name).all())
                translation.save()

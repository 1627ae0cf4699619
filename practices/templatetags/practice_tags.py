"""What templates of all rooms ask of practices."""

from collections.abc import Iterable, Sequence

from django import template
from django.db.models import Count, Window
from wagtail.models import Page

from practices.models import PracticePage
from search.finder import ShownHit

register = template.Library()


@register.simple_tag
def newest_practices(index: Page | None, count: int) -> Sequence[PracticePage]:
    """Return the practices of a list that came out last, each knowing by `total` how many the list has."""
    if not index:  # an empty text where the template has none
        return ()
    practices = PracticePage.objects.child_of(index).published().annotate(total=Window(Count("pk")))
    return list(practices.select_related("municipality", "level").order_by("-first_published_at", "-pk")[:count])


@register.simple_tag
def practices_of(hits: Iterable[ShownHit], index: Page) -> list[tuple[ShownHit, PracticePage | None]]:
    """Return each hit with its practice; None where it is gone since."""
    found = list(hits)
    practices = PracticePage.objects.child_of(index).filter(pk__in=[hit.page_id for hit in found])
    by_pk = {practice.pk: practice for practice in practices.select_related("municipality", "level")}
    return [(hit, by_pk.get(hit.page_id)) for hit in found]

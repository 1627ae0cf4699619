"""What templates of all rooms ask of practices."""

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

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
    """Return each hit with its practice, known by the last part of its address; None where it is gone since."""
    found = [(hit, urlsplit(hit.url).path.rstrip("/").rpartition("/")[2]) for hit in hits]
    practices = PracticePage.objects.child_of(index).filter(slug__in=[slug for _, slug in found])
    by_slug = {practice.slug: practice for practice in practices.select_related("municipality", "level")}
    return [(hit, by_slug.get(slug)) for hit, slug in found]

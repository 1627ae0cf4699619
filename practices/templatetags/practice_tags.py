"""What templates of all rooms ask of practices."""

from collections.abc import Sequence

from django import template
from django.db.models import Count, Window
from wagtail.models import Page

from practices.models import PracticePage

register = template.Library()


@register.simple_tag
def newest_practices(index: Page | None, count: int) -> Sequence[PracticePage]:
    """Return the practices of a list that came out last, each knowing by `total` how many the list has."""
    if index is None:
        return ()
    practices = PracticePage.objects.child_of(index).published().annotate(total=Window(Count("pk")))
    return list(practices.select_related("municipality", "level").order_by("-first_published_at", "-pk")[:count])

"""What templates of all rooms ask of strategies."""

from collections.abc import Sequence

from django import template
from wagtail.models import Page

from strategies.models import StrategyChapterPage, StrategyPage

register = template.Library()


@register.simple_tag
def chapters_of(strategy: Page | None) -> Sequence[StrategyChapterPage]:
    """Return the published chapters of a strategy in the order of their numbers."""
    return StrategyPage(pk=strategy.pk, path=strategy.path, depth=strategy.depth).chapters if strategy else ()

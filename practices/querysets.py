"""Questions one may ask of the practices."""

from typing import TYPE_CHECKING, Self

from wagtail.query import PageQuerySet

from hub.models.base import open_pages
from practices.origins import Origin

if TYPE_CHECKING:
    from hub.models import Municipality


class PracticeQuerySet(PageQuerySet):
    """Questions one may ask of the practices."""

    def published(self) -> Self:
        """Return what every visitor may open, without aliases of pages that are not translated."""
        return open_pages(self)

    def from_abroad(self) -> Self:
        """Return the practices that come from other countries."""
        pages: Self = self.filter(origin=Origin.INTERNATIONAL)
        return pages

    def of_municipality(self, municipality: "Municipality") -> Self:
        """Return the practices of one municipality."""
        pages: Self = self.filter(municipality=municipality)
        return pages

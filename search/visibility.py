"""What an anonymous visitor may open, asked of the live tables at the moment of the question."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Length, Now, Substr
from wagtail.models import Page, PageViewRestriction

from search.models import IndexedRecord


def public_pages() -> "QuerySet[Page]":
    """Return the pages that are published, not expired, no copies, and restricted neither themselves nor from above."""
    restrictions = PageViewRestriction.objects.filter(
        page__path=Substr(OuterRef("path"), 1, Length("page__path")),
    )
    pages: QuerySet[Page] = Page.objects.filter(
        Q(expire_at=None) | Q(expire_at__gt=Now()), ~Exists(restrictions), live=True, alias_of=None
    )
    return pages


def hidden_keys() -> frozenset[str]:
    """Return the keys of the indexed records whose page a visitor may not open now; one query."""
    page = public_pages().filter(pk=OuterRef("page_id")).order_by()
    hidden = IndexedRecord.objects.filter(~Exists(page), ~Q(page_id=None))
    return frozenset(hidden.values_list(F("key"), flat=True))

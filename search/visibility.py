"""What an anonymous visitor may open, asked of the live tables at the moment of the question."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length, Now, Substr
from wagtail.models import Page, PageViewRestriction

from search.engines import State
from search.models import IndexedRecord, IndexState


def public_pages() -> "QuerySet[Page]":
    """Return the pages that are published, not expired, no copies, and restricted neither themselves nor from above."""
    restrictions = PageViewRestriction.objects.filter(
        page__path=Substr(OuterRef("path"), 1, Length("page__path")),
    )
    pages: QuerySet[Page] = Page.objects.filter(
        Q(expire_at=None) | Q(expire_at__gt=Now()), ~Exists(restrictions), live=True, alias_of=None
    )
    return pages


def current_state() -> State:
    """Return the token of the index and what in it visitors may not open now; one query while nothing is hidden."""
    hidden = _hidden()
    row = (
        IndexState.objects.filter(pk=IndexState.ONLY)
        .annotate(is_hiding=Exists(hidden))
        .values_list("token", "is_hiding")
    )
    token, is_hiding = row.first() or (None, True)
    return State(token, frozenset(hidden.values_list("key", flat=True)) if is_hiding else frozenset())


def _hidden() -> "QuerySet[IndexedRecord]":
    """Return the indexed records whose page a visitor may not open now."""
    page = public_pages().filter(pk=OuterRef("page_id")).order_by()
    return IndexedRecord.objects.filter(~Exists(page), ~Q(page_id=None))

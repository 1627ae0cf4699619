"""What an anonymous visitor may open, asked of the live tables at the moment of the question."""

from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page

from hub.models import open_pages
from search.engines import State
from search.models import IndexedRecord, IndexState


def public_pages() -> "QuerySet[Page]":
    """Return the pages that are published, not expired, no copies, and restricted neither themselves nor from above."""
    return open_pages(Page.objects.all())


def current_state() -> State:
    """Return the token of the index and what in it visitors may not open now; one query while nothing is hidden."""
    with connection.cursor() as cursor:
        cursor.execute(*_state_query(connection.vendor))
        token, is_hiding = cursor.fetchone() or (None, True)
    hidden = frozenset(_hidden().values_list("key", flat=True)) if is_hiding else frozenset()
    return State(token and str(token), hidden)


@cache
def _state_query(_vendor: str) -> tuple[str, tuple[Any, ...]]:
    """Return the query for token and hiding as SQL: made once, for making it costs ten times as much as asking it."""
    row = IndexState.objects.filter(pk=IndexState.ONLY).annotate(is_hiding=Exists(_hidden()))
    sql, parameters = row.values_list("token", "is_hiding").query.sql_with_params()
    return sql, tuple(parameters)


def _hidden() -> "QuerySet[IndexedRecord]":
    """Return the indexed records whose page a visitor may not open now."""
    page = public_pages().filter(pk=OuterRef("page_id")).order_by()
    return IndexedRecord.objects.filter(~Exists(page), ~Q(page_id=None))

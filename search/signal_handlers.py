"""What the index does when something changes.

A page is live even where its indexing fails, so a failure here must never reach the editor as if publishing had failed:
it is logged, and the minute's check mends it.
"""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from hub import searchable
from hub.models import Term
from search import indexing
from search.glossary_source import keys_of
from search.models import GlossaryTerm, IndexedRecord, IndexState, Pin, PinnedPage
from search.tasks import index_later

logger = logging.getLogger(__name__)

AT_ONCE = 20  # more records than these are brought up to date in the background


def connect() -> None:
    """Connect the receivers; a second call changes nothing."""
    receivers: list[tuple[Any, Callable[..., None], dict[str, Any]]] = [
        (page_published, index_page, {}),
        (page_unpublished, forget_page, {}),
        (post_delete, forget_page, {"sender": Page}),
        (post_page_move, index_subtree, {}),
        (page_slug_changed, index_subtree, {}),
        (post_save, index_restricted, {"sender": PageViewRestriction}),
        (post_delete, index_restricted, {"sender": PageViewRestriction}),
        (searchable.changed, index_announced, {}),
        (searchable.gone, forget_announced, {}),
        (post_save, index_term, {"sender": GlossaryTerm}),
        (post_delete, forget_term, {"sender": GlossaryTerm}),
        *((signal, renew, {"sender": model}) for signal in (post_save, post_delete) for model in (Pin, PinnedPage)),
    ]
    for vocabulary in Term.__subclasses__():
        receivers += [
            (post_save, renew, {"sender": vocabulary}),
            (post_delete, renew, {"sender": vocabulary}),
        ]
    for signal, receiver, options in receivers:
        signal.connect(receiver, dispatch_uid=f"search.{receiver.__name__}.{options.get('sender')}", **options)


def index_page(instance: Page, **_: Any) -> None:
    """Index a page that was published, and what lies under it where its title in their breadcrumbs is an old one."""
    pages = [instance]
    if instance.numchild:
        below = instance.get_descendants()
        crumbs = (
            IndexedRecord.objects.filter(page_id__in=below.values("pk")).values_list("breadcrumbs", flat=True).first()
        )
        if crumbs is not None and instance.title not in crumbs:
            pages += below
    _index(indexing.keys_of_pages(pages))


def forget_page(instance: Page, **_: Any) -> None:
    """Forget a page that was withdrawn or deleted."""
    _reliably(indexing.remove, indexing.keys_of_pages([instance]))


def index_subtree(instance: Page, **_: Any) -> None:
    """Index a page that was moved or renamed, with all that lies under it: their addresses are new."""
    page = Page.objects.filter(pk=instance.pk).first()  # the signal's own copy may hold the old place
    if page is not None:
        _index(indexing.keys_of_pages(page.get_descendants(inclusive=True)))


def index_restricted(instance: PageViewRestriction, **_: Any) -> None:
    """Index or forget what lies under a restriction that came, changed or went."""
    if (page := Page.objects.filter(pk=instance.page_id).first()) is not None:
        _index(indexing.keys_of_pages(page.get_descendants(inclusive=True)))


def index_announced(keys: Iterable[str], **_: Any) -> None:
    """Index what a room announces as new or changed."""
    _index(list(keys))


def forget_announced(keys: Iterable[str], **_: Any) -> None:
    """Forget what a room announces as gone."""
    _reliably(indexing.remove, list(keys))


def index_term(instance: GlossaryTerm, **_: Any) -> None:
    """Index a term of the glossary, and have its words read again by finding."""
    _index(keys_of(instance.pk))
    renew()


def forget_term(instance: GlossaryTerm, **_: Any) -> None:
    """Forget a term that was deleted, as a thing to be found and as words that widen a query."""
    _reliably(indexing.remove, keys_of(instance.pk))
    renew()


def renew(**_: Any) -> None:
    """Have read again what is remembered for a token: names of facet values, the glossary, chosen results."""
    IndexState.renew_token()


def _index(keys: list[str]) -> None:
    """Index few records at once and many in the background."""
    if len(keys) > AT_ONCE:
        index_later.enqueue(keys)
    else:
        _reliably(indexing.index_keys, keys)


def _reliably(work: Callable[[list[str]], object], keys: list[str]) -> None:
    """Do the work; a failure is logged, and the minute's check does it again."""
    try:
        work(keys)
    except Exception:  # whatever fails here, the page is live, and its editor must be told so
        logger.exception("The index could not be brought up to date", extra={"keys": keys})

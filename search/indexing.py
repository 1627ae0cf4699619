"""Keeps the index in step with what is published: by key when something changes, and by a check each minute."""

import hashlib
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import batched

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone, translation
from wagtail.models import Page, get_page_models

from hub.searchable import Record, Searchable, sources
from search.engines import engine
from search.entries import VERSION, Entry
from search.models import IndexState
from search.visibility import public_pages

logger = logging.getLogger(__name__)

PAGE = "page"  # the prefix of the pages' keys; all others belong to registered sources
BATCH = 50  # records that are read at once
PORTION = 250_000  # signs of their texts that are written at once: half a second, for the lock lets one writer in
ROUND = 25  # records that each minute's check reads again in full


class StaleIndexError(RuntimeError):
    """The index does not hold what it should."""


@dataclass
class Outcome:
    """What became of keys that were to be indexed."""

    found: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)  # nothing to be found under them; forgotten
    failed: list[str] = field(default_factory=list)


def index_keys(keys: Iterable[str], *, anew: bool = False) -> Outcome:
    """Bring the index up to date for these keys, and say what became of them."""
    outcome = Outcome()
    for batch in batched(dict.fromkeys(keys), BATCH):
        entries = list(_entries(batch, outcome))
        for portion in portions(entries):
            engine().write(portion, anew=anew)
        outcome.found += [entry.record.key for entry in entries]
        known = {*outcome.found, *outcome.failed}
        absent = [key for key in batch if key not in known]
        engine().delete(absent)
        outcome.absent += absent
    return outcome


def portions(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Yield the entries in portions that are each written in one go: many short texts, or a few long ones."""
    portion: list[Entry] = []
    size = 0
    for entry in entries:
        length = sum(len(passage.text) for passage in entry.record.passages)
        if portion and size + length > PORTION:
            yield portion
            portion, size = [], 0
        portion.append(entry)
        size += length
    if portion:
        yield portion


def remove(keys: Iterable[str]) -> None:
    """Forget the records with these keys."""
    engine().delete(keys)


def rebuild() -> Outcome:
    """Write every record anew, each in the place of its old self, so that visitors find all the while."""
    expected = _stamps()
    outcome = index_keys(expected, anew=True)
    remove(key for key in engine().held() if key not in expected)
    engine().tidy()
    engine().settle()
    _note(outcome)
    return outcome


def mend() -> Outcome:
    """Compare what should be findable with what is indexed, and mend the difference.

    Pages are compared by a stamp of their publication, other sources by their keys, everything by the version of the
    analysis. What no stamp shows is found by a round that reads some records in full each time.
    """
    expected, held = _stamps(), engine().held()
    gone = [key for key in held if key not in expected]
    wrong = [
        key
        for key, stamp in expected.items()
        if key not in held or (held[key].stamp, held[key].analysis_version) != (stamp, VERSION)
    ]
    if gone or wrong:
        logger.info("Mending the index", extra={"gone": len(gone), "wrong": len(wrong)})
    remove(gone)
    outcome = index_keys([*wrong, *_next_of_round(sorted(expected))])
    if gone:
        engine().tidy()
    _note(outcome)
    return outcome


def examine() -> str:
    """Return how many records the index holds; raise where they are not what they should be."""
    state = IndexState.objects.filter(pk=IndexState.ONLY).first()
    held = engine().held()
    if state is not None and state.unmended:
        raise StaleIndexError(f"{state.unmended} records could not be brought up to date")
    if old := sum(one.analysis_version != VERSION for one in held.values()):
        raise StaleIndexError(f"{old} records are of another version of the analysis")
    return f"{len(held)} records"


def keys_of_pages(pages: Iterable[Page]) -> list[str]:
    """Return the keys under which pages are indexed."""
    return [f"{PAGE}:{page.pk}" for page in pages]


def _entries(keys: Sequence[str], outcome: Outcome) -> Iterator[Entry]:
    """Yield the entries of those keys that may be found; a failure is noted and stops no other."""
    by_prefix: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        by_prefix[key.partition(":")[0]].append(key)
    # Read before the records: what changes in between leaves an old stamp, and the next check sees it.
    stamps = _page_stamps([int(key.partition(":")[2]) for key in by_prefix.get(PAGE, ())])
    for prefix, own in by_prefix.items():
        found = _page_records(list(stamps), outcome) if prefix == PAGE else _source_records(prefix, own, outcome)
        for record in found:
            try:
                yield Entry.of(record, stamps.get(record.key, ""))
            except LookupError:
                logger.exception("A record cannot be indexed", extra={"key": record.key})
                outcome.failed.append(record.key)


def _page_records(keys: Iterable[str], outcome: Outcome) -> Iterator[Record]:
    """Yield the records of public pages, each made in the language of its page."""
    pages: Iterable[Page] = Page.objects.filter(pk__in=[key.partition(":")[2] for key in keys]).specific()
    for page in pages:
        try:
            with translation.override(page.locale.language_code):
                record = page.search_record() if isinstance(page, Searchable) else None
        except Exception:  # one page's trouble is logged and counted; the others go on
            logger.exception("A page yields no record", extra={"page": page.pk})
            outcome.failed.append(f"{PAGE}:{page.pk}")
        else:
            if record is not None:
                yield record


def _source_records(prefix: str, keys: list[str], outcome: Outcome) -> Iterator[Record]:
    """Yield the records of a source; where it fails, all its keys count as failed."""
    if prefix not in sources:
        return
    try:
        yield from sources[prefix].records(keys)
    except Exception:  # one source's trouble is logged and counted; the others go on
        logger.exception("A source yields no records", extra={"source": prefix})
        outcome.failed += keys


def _stamps() -> dict[str, str]:
    """Return the keys of all that should be findable now, with the stamps of their state."""
    keys = {key: "" for source in sources.values() for key in source.keys()}  # noqa: SIM118 - no mapping
    return _page_stamps() | keys


def _page_stamps(page_ids: Iterable[int] | None = None) -> dict[str, str]:
    """Return the keys of public pages that are a find of their own, with the state of their publication."""
    models = [model for model in get_page_models() if getattr(model, "search_kind", "")]
    types = ContentType.objects.get_for_models(*models).values()
    pages = public_pages().filter(content_type__in=[kind.pk for kind in types])
    if page_ids is not None:
        pages = pages.filter(pk__in=page_ids)
    columns = ("pk", "url_path", "last_published_at", "live_revision_id")
    return {f"{PAGE}:{pk}": _digest(*state) for pk, *state in pages.order_by("pk").values_list(*columns)}


def _digest(*state: object) -> str:
    """Return a short digest of a state."""
    return hashlib.blake2b(repr(state).encode(), digest_size=16).hexdigest()


def _next_of_round(keys: Sequence[str]) -> Sequence[str]:
    """Return the keys that are next to be read in full."""
    state = IndexState.objects.filter(pk=IndexState.ONLY).first()
    after = [key for key in keys if state is None or key > state.cursor][:ROUND]
    IndexState.objects.filter(pk=IndexState.ONLY).update(cursor=after[-1] if len(after) == ROUND else "")
    return after


def _note(outcome: Outcome) -> None:
    """Remember for readiness how the check went."""
    if outcome.failed:
        logger.error("Records could not be indexed", extra={"keys": outcome.failed[:20]})
    defaults = {"checked_at": timezone.now(), "unmended": len(outcome.failed)}
    IndexState.objects.update_or_create(pk=IndexState.ONLY, defaults=defaults)

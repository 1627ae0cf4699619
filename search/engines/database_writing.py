"""Writing to the index tables: a record at a time in the place of its old self, in short transactions."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import batched
from operator import attrgetter
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import QuerySet

from search import vocabulary
from search.entries import Entry
from search.models import IndexedPassage, IndexedRecord, IndexState, PostingBlock, RecordText, Term

from .base import Held
from .packing import PackedTerms, RecordTerms, distinct_words, pack_words
from .posting_blocks import CHUNK, Changes
from .weights import WEIGHT_UNIT, weights

ROWS = 500  # of one statement that inserts
RECORD_COLUMNS = [field.name for field in IndexedRecord._meta.concrete_fields if field.name not in {"id", "key"}]


class _Text(NamedTuple):
    """A record's text on its way into the tables."""

    record_id: int
    entry: Entry
    weights: Mapping[str, float]


def held(records: "QuerySet[IndexedRecord]") -> dict[str, Held]:
    """Return what is stored of records, by key."""
    columns = ("key", "stamp", "fingerprint", "analysis_version")
    return {key: Held(*rest) for key, *rest in records.values_list(*columns)}


def write_entries(
    entries: Iterable[Entry], *, anew: bool, also: Callable[[Sequence[str]], None] = lambda _keys: None
) -> None:
    """Store the entries in one transaction, after which what was remembered of the index is void.

    What else is to be done about the keys of what is stored, in the same transaction, is handed in.
    """
    entries = list({entry.record.key: entry for entry in entries}.values())  # of one key the last
    if not anew:
        before = held(IndexedRecord.objects.filter(key__in=[entry.record.key for entry in entries]))
        entries = [e for e in entries if e.record.key not in before or not before[e.record.key].is_current(e)]
    if not entries:
        return
    # The analysis comes first, for nobody is to wait for the lock meanwhile.
    weighed = {entry.record.key: weights(entry) for entry in _with_new_text(entries, anew=anew)}
    with transaction.atomic():
        IndexState.renew_token()  # first: on PostgreSQL this row's lock lets one writer in at a time
        changed = _with_new_text(entries, anew=anew)
        ids = _store_records(entries)
        changes = Changes()
        _forget_texts([ids[entry.record.key] for entry in changed], changes)
        key = attrgetter("record.key")
        _store_texts([_Text(ids[key(one)], one, weighed.get(key(one)) or weights(one)) for one in changed], changes)
        changes.apply()
        also([entry.record.key for entry in entries])


def delete_records(records: "QuerySet[IndexedRecord]") -> None:
    """Delete records with all that hangs on them."""
    with transaction.atomic():
        if not records.exists():
            return
        IndexState.renew_token()
        ids = list(records.values_list("id", flat=True))
        for chunk in batched(ids, CHUNK):
            changes = Changes()
            _forget_texts(chunk, changes)
            changes.apply()
            IndexedRecord.objects.filter(id__in=chunk).delete()


def delete_everything() -> None:
    """Empty the tables."""
    with transaction.atomic():
        IndexState.renew_token()
        for model in (PostingBlock, RecordText, IndexedPassage, IndexedRecord, Term):
            rows = model._default_manager.all()
            rows._raw_delete(rows.db)
        vocabulary.clear()


def _with_new_text(entries: Sequence[Entry], *, anew: bool) -> list[Entry]:
    """Return the entries whose text is not the stored one."""
    if anew:
        return list(entries)
    rows = IndexedRecord.objects.filter(key__in=[entry.record.key for entry in entries])
    known = dict(rows.values_list("key", "text_fingerprint"))
    return [entry for entry in entries if known.get(entry.record.key) != entry.text_fingerprint]


def _store_records(entries: Sequence[Entry]) -> dict[str, int]:
    """Store the records themselves and return their ids by key."""
    rows = IndexedRecord.objects.bulk_create(
        [_row(entry) for entry in entries],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=RECORD_COLUMNS,
    )
    return {row.key: row.pk for row in rows}


def _row(entry: Entry) -> IndexedRecord:
    """Return the row of a record."""
    found = entry.record
    return IndexedRecord(
        key=found.key,
        language=found.language,
        kind=found.kind,
        title=found.title,
        summary=found.summary,
        url=found.url,
        breadcrumbs=list(found.breadcrumbs),
        page_id=found.page_id,
        translation_key=found.translation_key,
        published_at=found.published_at,
        facets={name: list(values) for name, values in found.facets.items()},
        stamp=entry.stamp,
        fingerprint=entry.fingerprint,
        text_fingerprint=entry.text_fingerprint,
        analysis_version=entry.analysis_version,
    )


def _forget_texts(record_ids: Collection[int], changes: Changes) -> None:
    """Delete the passages of records, and count them out of words and postings."""
    words = []
    for record_id, packed_terms, packed_words in RecordText.objects.filter(pk__in=record_ids).values_list():
        changes.remove(record_id, PackedTerms(bytes(packed_terms)).terms)
        words.append(distinct_words(bytes(packed_words)))
    vocabulary.forget(words)
    for model in (RecordText, IndexedPassage):
        rows = model._default_manager.filter(record__in=record_ids)
        rows._raw_delete(rows.db)


def _store_texts(texts: Sequence[_Text], changes: Changes) -> None:
    """Store the passages of records, and what stands in them."""
    word_ids = vocabulary.learn(text.entry for text in texts)
    term_ids = _ids_of_terms(texts)
    packed, passages = [], []
    for record_id, entry, weighed in texts:
        of_word, of_term = word_ids[entry.record.language], term_ids[entry.record.language]
        counted = {of_term[term]: max(1, round(weight * WEIGHT_UNIT)) for term, weight in weighed.items()}
        changes.add(record_id, counted)
        terms = RecordTerms(counted, [_numbered(part.analysed.terms, of_term) for part in entry.passages])
        words = pack_words([of_word[word] for word in part.analysed.words] for part in entry.passages)
        packed.append((record_id, terms.packed(), words))
        passages += [
            (record_id, part.number, part.passage.anchor, part.passage.label, part.passage.text)
            for part in entry.passages
        ]
    _insert(RecordText._meta.db_table, ("record_id", "terms", "words"), packed)
    _insert(IndexedPassage._meta.db_table, ("record_id", "number", "anchor", "label", "text"), passages)


def _numbered(counts: Mapping[str, int], ids: Mapping[str, int]) -> dict[int, int]:
    """Return the counts of terms by their ids."""
    return dict(zip(map(ids.__getitem__, counts), counts.values(), strict=True))


def _insert(table: str, columns: Sequence[str], rows: Sequence[tuple[str | int | bytes, ...]]) -> None:
    """Insert rows; by hand, for there are many of them and the ORM makes an object of each."""
    places = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)  # noqa: S608 - our own names


def _ids_of_terms(texts: Sequence[_Text]) -> dict[str, dict[str, int]]:
    """Return the ids of all terms of records, by language; those that are new get one."""
    terms: dict[str, set[str]] = {}
    for text in texts:
        terms.setdefault(text.entry.record.language, set()).update(text.weights)
    return {language: _term_ids(language, of_language) for language, of_language in terms.items()}


def _term_ids(language: str, terms: Iterable[str]) -> dict[str, int]:
    """Return the ids of the terms of one language."""
    ids: dict[str, int] = {}
    for chunk in batched(sorted(terms), CHUNK):
        ids |= _known_ids(language, chunk)
        for missing in batched([term for term in chunk if term not in ids], ROWS):
            ids |= _new_ids(language, missing)
    return ids


def _known_ids(language: str, terms: Sequence[str]) -> dict[str, int]:
    """Return the ids of those terms that have one; by hand, for the ORM looks at each value many times."""
    places = ", ".join(["%s"] * len(terms))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT text, id FROM {Term._meta.db_table} WHERE language = %s AND text IN ({places})",  # noqa: S608 - our own table's name
            [language, *terms],
        )
        return dict(cursor.fetchall())


def _new_ids(language: str, terms: Sequence[str]) -> dict[str, int]:
    """Return the ids of terms that have none yet; by hand as well."""
    rows = ", ".join(["(%s, %s)"] * len(terms))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Term._meta.db_table} (language, text) VALUES {rows}"  # noqa: S608 - our own table's name
            " ON CONFLICT (language, text) DO UPDATE SET text = excluded.text RETURNING text, id",
            [value for term in terms for value in (language, term)],
        )
        return dict(cursor.fetchall())

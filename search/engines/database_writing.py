"""Writing to the index tables: a record at a time in the place of its old self, in short transactions."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched

from django.db import connection, transaction
from django.db.models import QuerySet

from search import vocabulary
from search.entries import AnalysedText, Entry
from search.models import IndexedPassage, IndexedRecord, IndexState, Posting, Term

from .base import Held

TERM_LENGTH = 255
CHUNK = 5_000  # values in one statement: far below what either database takes
RECORD_COLUMNS = [field.name for field in IndexedRecord._meta.concrete_fields if field.name not in {"id", "key"}]


@dataclass(frozen=True, slots=True)
class Field:
    """How much a field counts, the length that is usual for it, and how much its length matters."""

    weight: float
    usual_length: int
    length_matters: float


# Usual lengths are fixed and not averages of the moment: a record's weights then depend on itself alone, and stay
# right while others come and go.
TITLE = Field(weight=3.0, usual_length=8, length_matters=0.5)
SUMMARY = Field(weight=1.5, usual_length=30, length_matters=0.5)
BODY = Field(weight=1.0, usual_length=400, length_matters=0.75)
SATURATION = 1.2  # BM25's k1: how soon a term's repetition in one field stops counting


def held(records: "QuerySet[IndexedRecord]") -> dict[str, Held]:
    """Return what is stored of records, by key."""
    columns = ("key", "stamp", "fingerprint", "analysis_version")
    return {key: Held(*rest) for key, *rest in records.values_list(*columns)}


def write_entries(entries: Iterable[Entry], *, anew: bool) -> None:
    """Store the entries in one transaction, after which what was remembered of the index is void."""
    entries = list(entries)
    if not anew:
        before = held(IndexedRecord.objects.filter(key__in=[entry.record.key for entry in entries]))
        entries = [e for e in entries if e.record.key not in before or not before[e.record.key].is_current(e)]
    if not entries:
        return
    with transaction.atomic():
        IndexState.renew_token()  # first: on PostgreSQL this row's lock lets one writer in at a time
        keys = [entry.record.key for entry in entries]
        known = dict(IndexedRecord.objects.filter(key__in=keys).values_list("key", "text_fingerprint"))
        ids = _store_records(entries)
        changed = [entry for entry in entries if anew or known.get(entry.record.key) != entry.text_fingerprint]
        _delete_texts(ids[entry.record.key] for entry in changed if entry.record.key in known)
        _store_passages(changed, ids)
        _store_postings(changed, ids)
        vocabulary.learn(changed)


def delete_records(records: "QuerySet[IndexedRecord]") -> None:
    """Delete records with all that hangs on them."""
    with transaction.atomic():
        ids = list(records.values_list("id", flat=True))
        if not ids:
            return
        IndexState.renew_token()
        _delete_texts(ids)
        for chunk in batched(ids, CHUNK):
            IndexedRecord.objects.filter(id__in=chunk).delete()


def _delete_texts(record_ids: Iterable[int]) -> None:
    """Delete the passages and postings of records."""
    for chunk in batched(record_ids, CHUNK):
        vocabulary.forget(chunk)
        for model in (Posting, IndexedPassage):
            rows = model._default_manager.filter(record__in=chunk)
            rows._raw_delete(rows.db)


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


def _store_passages(entries: Iterable[Entry], ids: Mapping[str, int]) -> None:
    """Store the passages of records."""
    IndexedPassage.objects.bulk_create(
        (
            IndexedPassage(
                record_id=ids[entry.record.key],
                number=passage.number,
                anchor=passage.passage.anchor,
                label=passage.passage.label,
                text=passage.passage.text,
                words=f" {' '.join(passage.analysed.words)} ",
            )
            for entry in entries
            for passage in entry.passages
        ),
        batch_size=500,
    )


def _store_postings(entries: Sequence[Entry], ids: Mapping[str, int]) -> None:
    """Store what each term counts for each record and where it stands there."""
    weights = {entry.record.key: _weights(entry) for entry in entries}
    terms: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        terms[entry.record.language].update(weights[entry.record.key])
    term_ids = {language: _term_ids(language, sorted(of_language)) for language, of_language in terms.items()}
    rows = []
    for entry in entries:
        key, of_language, places = entry.record.key, term_ids[entry.record.language], _places(entry)
        rows += [(of_language[term], ids[key], weight, places.get(term, "")) for term, weight in weights[key].items()]
    table = Posting._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (term_id, record_id, weight, places) VALUES (%s, %s, %s, %s)",  # noqa: S608 - our own table's name
            rows,
        )


def _weights(entry: Entry) -> dict[str, float]:
    """Return what each term counts for the record: BM25 without the rarity, summed over the fields.

    Each field saturates for itself: however often a long text holds a word, one in the title says more.
    """
    body = [passage.analysed for passage in entry.passages[1:]]
    title, weights = entry.passages[0].analysed, defaultdict[str, float](float)
    for field, texts in ((TITLE, [title]), (SUMMARY, [entry.summary]), (BODY, body)):
        length = sum(len(text.words) for text in texts)
        norm = 1 - field.length_matters + field.length_matters * length / field.usual_length
        counts: Counter[str] = Counter()
        for term, count in _terms(texts):
            counts[term] += count
        for term, count in counts.items():
            weights[term] += field.weight * count / (count + SATURATION * norm)
    return weights


def _places(entry: Entry) -> dict[str, str]:
    """Return the passages in which each term stands, packed into one text a term."""
    places: dict[str, list[str]] = defaultdict(list)
    for passage in entry.passages[1:]:
        for term, count in _terms([passage.analysed]):
            places[term].append(f"{passage.number}:{count}")
    return {term: ",".join(numbers) for term, numbers in places.items()}


def _terms(texts: Sequence[AnalysedText]) -> Iterator[tuple[str, int]]:
    """Yield the terms of texts with their counts, none longer than the table takes."""
    for text in texts:
        for term, count in text.terms.items():
            yield term[:TERM_LENGTH], count


def _term_ids(language: str, terms: Sequence[str]) -> dict[str, int]:
    """Return the ids of terms; those that are new get one."""
    ids: dict[str, int] = {}
    for chunk in batched(terms, CHUNK):
        known = dict(Term.objects.filter(language=language, text__in=chunk).values_list("text", "id"))
        if missing := [term for term in chunk if term not in known]:
            Term.objects.bulk_create(
                [Term(language=language, text=term) for term in missing], ignore_conflicts=True, batch_size=CHUNK
            )
            known |= dict(Term.objects.filter(language=language, text__in=missing).values_list("text", "id"))
        ids |= known
    return ids

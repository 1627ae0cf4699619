"""Records as the cluster holds them: made from the tables, so that both engines rank by the same numbers.

A `sparse_vector` keeps a number for each term of a document, and a `term` query on it scores by that number alone: no
statistics of the cluster's own come in. The number has nine significant bits; what they leave over stands in a second
vector, and together they are as exact as the scores themselves.
"""

import hashlib
import math
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from search.engines.stored_texts import stored_texts
from search.models import IndexedRecord

FORMAT = 1
"""Raised with every change of what a document holds or how it is mapped; each format has indexes of its own."""

type Document = dict[str, Any]

MAPPINGS: Mapping[str, Any] = {
    "dynamic": "strict",
    "_source": {"enabled": False},  # the database has it all
    "properties": {
        "key": {"type": "keyword"},
        "state": {"type": "keyword", "index": False},  # what tells a document of an old state from a new one
        "language": {"type": "keyword"},
        "published": {"type": "long"},
        "names": {"type": "keyword"},  # of the facets
        "facets": {"type": "keyword"},  # "theme=youth"
        "weights": {"type": "sparse_vector"},
        "rests": {"type": "sparse_vector"},
        "words": {"type": "text", "analyzer": "whitespace", "norms": False, "position_increment_gap": 100},
    },
}
SETTINGS: Mapping[str, Any] = {
    "number_of_shards": 1,  # a hub's records fit into one, and counts over one are exact
    "auto_expand_replicas": "0-1",
    "refresh_interval": "-1",  # while it is filled
    "gc_deletes": "1h",  # so long a deletion is remembered, and an older version of the record refused
    "max_result_window": 1_000_000,
    "max_terms_count": 65_536,
    "mapping.total_fields.limit": 50,
}


def facet(name: str, value: str) -> str:
    """Return a facet's value as one word."""
    return f"{name}={value}"


def state(fingerprint: str, analysis_version: str) -> str:
    """Return what is another for any change of a document."""
    return hashlib.blake2b(f"{fingerprint}/{analysis_version}".encode(), digest_size=12).hexdigest()


def documents_of(keys: Collection[str]) -> dict[str, Document]:
    """Return the documents of the records that there are under these keys; four queries."""
    records = list(IndexedRecord.objects.filter(key__in=keys))
    ids = [record.pk for record in records]
    texts = stored_texts(ids)
    return {
        record.key: _document(record, [" ".join(words) for words in texts[record.pk].passages], texts[record.pk].weights)
        for record in records
        if record.pk in texts
    }


def _document(record: IndexedRecord, words: list[str], weights: Mapping[str, float]) -> Document:
    """Return a record's document."""
    facets = {"kind": [record.kind], **record.facets}
    document: Document = {
        "key": record.key,
        "state": state(record.fingerprint, record.analysis_version),
        "language": record.language,
        "names": [name for name, values in facets.items() if values],
        "facets": [facet(name, value) for name, values in facets.items() for value in values],
        "words": words,
        **_vectors(weights.items()),
    }
    if record.published_at is not None:
        document["published"] = round(record.published_at.timestamp() * 1_000_000)
    return document


def _vectors(weights: Iterable[tuple[str, float]]) -> dict[str, dict[str, float]]:
    """Return weights as two vectors: nine bits of each, and what they leave over."""
    whole: dict[str, float] = {}
    rests: dict[str, float] = {}
    for term, weight in weights:
        fraction, exponent = math.frexp(weight)
        whole[term] = coarse = math.ldexp(int(fraction * 512), exponent - 9)
        if weight - coarse > 1e-9:
            rests[term] = weight - coarse
    return {"weights": whole, "rests": rests}

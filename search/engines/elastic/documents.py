"""Records as the cluster holds them: made from the tables, so that both engines rank by the same numbers.

A `sparse_vector` keeps a number for each term of a document, and a `term` query on it scores by that number alone: no
statistics of the cluster's own come in. The number has nine significant bits; what they leave over of a weight stands
in a second vector, and together they are exact.
"""

import hashlib
from collections.abc import Collection, Mapping
from typing import Any

from search.engines.stored_texts import StoredText, stored_texts
from search.engines.weights import WEIGHT_UNIT
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
}


def facet(name: str, value: str) -> str:
    """Return a facet's value as one word."""
    return f"{name}={value}"


def state(fingerprint: str, analysis_version: str) -> str:
    """Return what is another for any change of a document."""
    return hashlib.blake2b(f"{fingerprint}/{analysis_version}".encode(), digest_size=12).hexdigest()


def documents_of(keys: Collection[str]) -> dict[str, Document]:
    """Return the documents of the records that there are under these keys; a few queries for all of them."""
    records = list(IndexedRecord.objects.filter(key__in=keys))
    texts = stored_texts([record.pk for record in records])
    # A record whose text is not there is being deleted at this very moment.
    return {record.key: _document(record, texts[record.pk]) for record in records if record.pk in texts}


def _document(record: IndexedRecord, text: StoredText) -> Document:
    """Return a record's document."""
    facets = {"kind": [record.kind], **record.facets}
    document: Document = {
        "key": record.key,
        "state": state(record.fingerprint, record.analysis_version),
        "language": record.language,
        "names": [name for name, values in facets.items() if values],
        "facets": [facet(name, value) for name, values in facets.items() for value in values],
        "words": [" ".join(words) for words in text.passages],
        **_vectors(text.weights),
    }
    if record.published_at is not None:
        document["published"] = round(record.published_at.timestamp() * 1_000_000)
    return document


def _vectors(weights: Mapping[str, float]) -> dict[str, dict[str, int]]:
    """Return weights, in the database's own units, as two vectors: the first nine bits, and what they leave over."""
    first: dict[str, int] = {}
    rests: dict[str, int] = {}
    for term, weight in weights.items():
        units = round(weight * WEIGHT_UNIT)
        spare = max(units.bit_length() - 9, 0)
        first[term] = units >> spare << spare
        if rest := units - first[term]:
            rests[term] = rest
    return {"weights": first, "rests": rests}

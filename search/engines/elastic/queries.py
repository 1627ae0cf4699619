"""Questions in the cluster's own language: what matches, what counts, and what the facets are to be counted over."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import batched
from typing import Any

from search.engines.base import Alternative, Clause, Question, Sort
from search.engines.weights import WEIGHT_UNIT

from .documents import SETTINGS, facet

VALUES = 20_000  # of one facet, or of all together; where there are more, counts would not be exact

type Body = dict[str, Any]

NOTHING: Body = {"match_none": {}}
NAMES: Body = {"size": 0, "aggs": {"names": {"terms": {"field": "names", "size": 1_000}}}}
"""The search for the names of all facets that there are."""


def visible(language: str, hidden: Collection[str]) -> Body:
    """Return what matches the records of a language that visitors may open."""
    shut = [{"terms": {"key": chunk}} for chunk in batched(sorted(hidden), SETTINGS["max_terms_count"])]
    return {"bool": {"filter": [{"term": {"language": language}}], "must_not": shut}}


def group(terms: Iterable[str]) -> Body:
    """Return what matches records that hold one of the terms."""
    return any_of({"term": {"weights": term}} for term in terms)


def way(alternative: Alternative) -> Body:
    """Return what matches records in which a term of each group stands."""
    return all_of(group(terms) for terms in alternative.groups)


def clause(asked: Clause) -> Body:
    """Return what matches records in which a clause is said, in one way or another."""
    if asked.phrase:
        return {"match_phrase": {"words": " ".join(asked.phrase)}}
    return any_of(way(alternative) for alternative in asked.ways)


def any_of(queries: Iterable[Body]) -> Body:
    """Return what matches records that one of the queries matches."""
    queries = list(queries)
    if len(queries) < 2:
        return queries[0] if queries else NOTHING
    return {"bool": {"should": queries, "minimum_should_match": 1}}


def all_of(queries: Iterable[Body]) -> Body:
    """Return what matches records that all of the queries match; without any, nothing."""
    queries = list(queries)
    if len(queries) < 2:
        return queries[0] if queries else NOTHING
    return {"bool": {"filter": queries}}


def scored(asked: Clause, rarity: Mapping[tuple[str, ...], float]) -> Body:
    """Return a clause as a query that scores: the best way, each group by its rarity and the best of its terms."""
    ways = ([_best([_weight(t, one.share * rarity[g]) for t in g]) for g in one.groups] for one in asked.ways)
    return _best([groups[0] if len(groups) == 1 else {"bool": {"must": groups}} for groups in ways if groups])


def _best(queries: Sequence[Body]) -> Body:
    """Return a query that scores as the best of several."""
    if len(queries) < 2:
        return queries[0] if queries else NOTHING
    return {"dis_max": {"queries": queries}}


def _weight(term: str, boost: float) -> Body:
    """Return a query that scores by what a term counts for a record."""
    first, rest = ({"term": {field: {"value": term, "boost": boost / WEIGHT_UNIT}}} for field in ("weights", "rests"))
    return {"bool": {"must": [first], "should": [rest]}}  # what has a rest has a weight


def matching(question: Question, hidden: Collection[str], clauses: Iterable[Clause] = ()) -> Body:
    """Return what matches the visible records that say these clauses and enough others, and none of the excluded."""
    shown: Body = visible(question.language, hidden)
    shown["bool"]["filter"] += [clause(asked) for asked in clauses]
    if question.some:
        enough = {"should": [clause(asked) for asked in question.some], "minimum_should_match": question.least}
        shown["bool"]["filter"].append({"bool": enough})
    shown["bool"]["must_not"] += [clause(asked) for asked in question.excluded]
    return shown


def counting(language: str, hidden: Collection[str], named: Mapping[str, Body]) -> Body:
    """Return the search that counts the visible records, and those of them that each of the named queries matches."""
    return {
        "size": 0,
        "track_total_hits": True,
        "query": visible(language, hidden),
        "aggs": {"counts": {"filters": {"filters": dict(named)}}},
    }


def chain(question: Question, hidden: Collection[str], kept: Iterable[Clause], tried: Sequence[Clause]) -> Body:
    """Return the search that counts what is left as one clause after the other is asked for too."""
    nested: Body = {}
    for asked in reversed(tried):
        nested = {"next": {"filter": clause(asked), **({"aggs": nested} if nested else {})}}
    return {"size": 0, "query": matching(question, hidden, kept), "aggs": nested}


def search(
    question: Question, hidden: Collection[str], kept: Sequence[Clause], rarity: Mapping[tuple[str, ...], float]
) -> Body:
    """Return the search for the wanted stretch of the hits, and the counts of every facet value."""
    query = matching(question, hidden, [asked for asked in kept if asked.phrase])
    by_date = question.sort is Sort.DATE or not (kept or question.some) or not question.limit
    words = [asked for asked in kept if not asked.phrase]
    if by_date:
        query["bool"]["filter"] += [clause(asked) for asked in words]
    else:
        query["bool"]["must"] = [scored(asked, rarity) for asked in words]
        query["bool"]["should"] = [scored(asked, rarity) for asked in question.some]
    return {
        "query": query,
        **({"post_filter": _filter(question.filters)} if question.filters else {}),
        "stored_fields": "_none_",  # the key comes with the order; reading an id takes longer than finding it
        "from": question.offset,
        "size": question.limit,
        "track_total_hits": question.is_counted,
        "sort": [{"published": {"order": "desc", "missing": "_last"}} if by_date else "_score", {"key": "asc"}],
        "aggs": _facets(question.filters) if question.is_counted else {},
    }


def _filter(filters: Mapping[str, Collection[str]]) -> Body:
    """Return what matches records that have one of the wanted values of each facet."""
    wanted = [{"terms": {"facets": [facet(name, value) for value in values]}} for name, values in filters.items()]
    return {"bool": {"filter": wanted}}


def _facets(filters: Mapping[str, Collection[str]]) -> Body:
    """Return the counts of all facets under all filters, and of each filtered one with its own left aside."""
    if not filters:
        return {"all": _values()}
    counts: Body = {"all": {"filter": _filter(filters), "aggs": {"values": _values()}}}
    for name in filters:
        others = {other: values for other, values in filters.items() if other != name}
        pattern = re.sub(r"([^\w])", r"\\\1", facet(name, "")) + ".*"
        counts[f"={name}"] = {"filter": _filter(others), "aggs": {"values": _values(include=pattern)}}
    return counts


def _values(**options: str) -> Body:
    """Return the count of records by facet value."""
    return {"terms": {"field": "facets", "size": VALUES, **options}}

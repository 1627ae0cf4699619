#!/usr/bin/env python3
"""How well is a corpus searched? Loads it into a scratch index through the product's own code and answers queries.

    python benchmarks/search_quality.py --corpus corpus.jsonl --queries queries.jsonl [--engine …] [--answers out.jsonl]

A line of the corpus: {"id", "lang", "title", "body"}, of one id the last; a line of the queries: {"qid", "query"} and,
where they are judged, {"phenomenon", "expected": [id, …]}; an empty `expected` means that an empty list is right, null
that there is no judgement. An answer: {"qid", "ids"}, the ten best, with ids as the corpus has them. The scratch index
lies in a temporary folder and is deleted at the end; the engine `elastic` needs a cluster at HUB_ELASTICSEARCH_URL, and
makes indexes of its own there and removes them.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import batched
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hub.searchable import Record

PROJECT = Path(__file__).resolve().parent.parent
ENGINES = {
    "database": "search.engines.database.DatabaseEngine",
    "elastic": "search.engines.elastic.ElasticEngine",
}
BEST = 10
BATCH = 100

type Line = Mapping[str, Any]
type Id = str | int
type Figures = tuple[float, ...]


def main() -> None:
    """Build the scratch index, ask, and print the tables."""
    arguments = _arguments()
    queries = list(read_lines(arguments.queries))
    with tempfile.TemporaryDirectory(prefix="search-quality-") as folder:
        _set_up(folder, arguments.engine)
        try:
            ids = _load(arguments.corpus)
            answers, seconds = _ask(queries, ids)
        finally:
            _clean_up()
    if arguments.answers:
        lines = (json.dumps({"qid": qid, "ids": ids}, ensure_ascii=False) for qid, ids in answers.items())
        arguments.answers.write_text("\n".join(lines) + "\n", encoding="utf-8")
    _print_quality(queries, answers)
    _print_latency(seconds)


def _arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description="Measure the quality and latency of search on any corpus.")
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--engine", choices=ENGINES, default="database")
    parser.add_argument("--answers", type=Path)
    arguments = parser.parse_args()
    if arguments.engine == "elastic" and not os.environ.get("HUB_ELASTICSEARCH_URL"):
        parser.error("the engine elastic needs HUB_ELASTICSEARCH_URL, the address of a cluster: http://127.0.0.1:9200")
    return arguments


def _set_up(folder: str, engine: str) -> None:
    """Start Django on an empty database of its own."""
    sys.path.insert(0, str(PROJECT))
    os.environ["HUB_VAR"] = folder
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings.development")
    import django  # noqa: PLC0415 - the environment must be set before

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    settings.SEARCH_ENGINE = ENGINES[engine]
    settings.ELASTICSEARCH_INDEX = f"quality-{os.getpid()}"
    settings.ELASTICSEARCH_BUDGET = 60.0  # here, the database must not answer in its place
    settings.LOGGING_CONFIG = None
    call_command("migrate", interactive=False, verbosity=0)
    _plant_glossary()


def _plant_glossary() -> None:
    """Plant the glossary as a new site has it; its entries are no part of the corpus."""
    from hub.seeding import Planter  # noqa: PLC0415 - Django must be set up before
    from search.engines import engine  # noqa: PLC0415
    from search.seed import plant  # noqa: PLC0415

    plant(Planter())
    engine().clear()


def _load(corpus: Path) -> dict[str, Id]:
    """Index the corpus as pages are indexed, say how fast that went, and return the ids of the corpus by key."""
    from hub.searchable import kinds, register_kind  # noqa: PLC0415 - Django must be set up before
    from search.engines import engine  # noqa: PLC0415
    from search.entries import Entry  # noqa: PLC0415

    if "page" not in kinds:
        register_kind("page", label="Page", plural="Pages")
    ids: dict[str, Id] = {}
    words, started = 0, time.perf_counter()
    for batch in batched(read_lines(corpus), BATCH):
        ids |= {str(line["id"]): line["id"] for line in batch}
        entries = [Entry.of(_record(line)) for line in batch]
        engine().write(entries)
        words += sum(len(passage.analysed.words) for entry in entries for passage in entry.passages)
    engine().settle()
    seconds = time.perf_counter() - started
    print(f"indexed {words:,} words in {seconds:.1f} s ({words / seconds:,.0f} words/s)\n")
    return ids


def _record(line: Line) -> "Record":
    """Return the record of a line of the corpus; a title or body that it does not have is empty."""
    from hub.searchable import Passage, Record  # noqa: PLC0415 - Django must be set up before

    body, key = line.get("body") or "", str(line["id"])
    return Record(
        key=key, language=line["lang"], kind="page", title=line.get("title") or "", url=f"/{key}/",
        passages=tuple(Passage(text) for text in body.split("\n\n") if text.strip()),
    )  # fmt: skip


def _clean_up() -> None:
    """Remove what was made in the cluster."""
    from django.conf import settings  # noqa: PLC0415 - Django must be set up before

    from search.engines.elastic import cluster, drop  # noqa: PLC0415

    if ENGINES["elastic"] == settings.SEARCH_ENGINE:
        drop(cluster())


def _ask(queries: Sequence[Line], ids: Mapping[str, Id]) -> tuple[dict[Id, list[Id]], list[float]]:
    """Return the ten best for each query, and how long each took."""
    answers, seconds = {}, []
    for line in queries:
        started = time.perf_counter()
        answers[line["qid"]] = [ids[key] for key in _best(line["query"])]
        seconds.append(time.perf_counter() - started)
    return answers, seconds


def _best(text: str) -> list[str]:
    """Return the keys of the first page of results, as a visitor of the site in the language of the script sees it."""
    from search.asking import Wish  # noqa: PLC0415 - Django must be set up before
    from search.mixing import ask_both  # noqa: PLC0415
    from search.query import parse  # noqa: PLC0415

    query = parse(text)
    language = "bg" if any("\u0400" <= letter <= "\u04ff" for letter in query.text) else "en"
    return [placed.key for placed in ask_both(query, language, Wish(limit=BEST)).placed]


def read_lines(path: Path) -> Iterator[Line]:
    """Yield the objects of a file of JSON lines, with or without a byte order mark."""
    with path.open(encoding="utf-8-sig") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def figures_of(queries: Iterable[Line], answers: Mapping[Id, Sequence[Id]]) -> dict[str, list[Figures]]:
    """Return the figures of each judged answer, by phenomenon."""
    rows: dict[str, list[Figures]] = defaultdict(list)
    for query in queries:
        if (expected := query.get("expected")) is not None:
            found = [str(key) for key in answers[query["qid"]]]
            rows[query.get("phenomenon") or "all"].append(_figures(found, {str(key) for key in expected}))
    return rows


def means_of(rows: Mapping[str, Sequence[Figures]]) -> dict[str, list[float]]:
    """Return the mean figures of each phenomenon, and as the last those of all, each phenomenon counting once."""
    table = {name: [statistics.mean(column) for column in zip(*figures, strict=True)] for name, figures in rows.items()}
    return {**table, "MACRO": [statistics.mean(column) for column in zip(*table.values(), strict=True)]}


def _print_quality(queries: Sequence[Line], answers: Mapping[Id, Sequence[Id]]) -> None:
    """Print MRR@10, success@1 and @10 and the share of empty lists by phenomenon, and their means."""
    rows = figures_of(queries, answers)
    if not rows:
        return
    table = means_of(rows)
    print(f"{'phenomenon':30}{'queries':>8}{'MRR@10':>8}{'S@1':>8}{'S@10':>8}{'empty':>8}")
    for name, figures in table.items():
        count = len(rows[name]) if name in rows else sum(map(len, rows.values()))
        print(f"{name:30}{count:>8}" + "".join(f"{figure:8.3f}" for figure in figures))


def _figures(ids: Sequence[str], expected: set[str]) -> Figures:
    """Return reciprocal rank, success@1, success@10 and emptiness of one answer."""
    if not expected:
        return (float(not ids), float(not ids), float(not ids), float(not ids))
    rank = next((number for number, key in enumerate(ids[:BEST], 1) if key in expected), None)
    return (1 / rank if rank else 0.0, float(rank == 1), float(rank is not None), float(not ids))


def _print_latency(seconds: Sequence[float]) -> None:
    """Print how long queries took."""
    ordered = sorted(second * 1000 for second in seconds)
    if ordered:
        p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        print(f"\nlatency in ms: median {statistics.median(ordered):.1f}, p95 {p95:.1f}, greatest {ordered[-1]:.1f}")


if __name__ == "__main__":
    main()

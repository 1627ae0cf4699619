#!/usr/bin/env python3
"""How well does the hub find its own first content? Asks the judged queries and prints nDCG@10 by asker and language.

    python benchmarks/judged_quality.py [--engine database|elastic] [--database-url postgres://…] [--worst 10]

It plants the first content in a scratch folder, through the product's own code, and asks the finder as a visitor does.
The database is SQLite, or an empty one of a PostgreSQL server; the engine `elastic` needs a cluster at
HUB_ELASTICSEARCH_URL, where it makes an index of its own and removes it.
The queries and their grades stand in benchmarks/judged/, with a note on how they were made.
"""

import argparse
import json
import math
import os
import statistics
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
JUDGED = Path(__file__).resolve().parent / "judged"
ENGINES = {
    "database": "search.engines.database.DatabaseEngine",
    "elastic": "search.engines.elastic.ElasticEngine",
}
BEST = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with the grades of the works that answer it; what has no grade does not answer it."""

    qid: str
    language: str
    asker: str
    query: str
    grades: Mapping[str, int]


def main() -> None:
    """Plant, ask, and print the table."""
    parser = argparse.ArgumentParser(description="Measure how well the hub finds its own first content.")
    parser.add_argument("--engine", choices=ENGINES, default="database")
    parser.add_argument("--database-url", default="", help="an empty database of a PostgreSQL server")
    parser.add_argument("--worst", type=int, default=0, help="show so many of the worst queries")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="judged-quality-") as folder:
        _set_up(folder, ENGINES[arguments.engine], arguments.database_url)
        try:
            scores = list(asked(read_judged()))
        finally:
            _clean_up()
    _print_table(scores)
    for judged, score in sorted(scores, key=lambda item: item[1])[: arguments.worst]:
        print(f"{score:.2f}  {judged.qid}  {judged.query}")


def read_judged() -> list[Judged]:
    """Return all judged queries."""
    lines = [line for path in sorted(JUDGED.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Judged(**json.loads(line)) for line in lines]


def asked(queries: Sequence[Judged]) -> Iterator[tuple[Judged, float]]:
    """Yield each query with its nDCG@10, asked as a visitor of its language does."""
    from django.test import RequestFactory  # noqa: PLC0415 - Django must be set up before
    from django.utils.translation import override  # noqa: PLC0415

    from search.finder import find_in  # noqa: PLC0415

    works = works_by_record()
    for judged in queries:
        with override(judged.language):
            finder = find_in(RequestFactory().get("/search/", {"q": judged.query}))
        yield judged, ndcg([works.get(hit.key, hit.key) for hit in finder.shown], judged.grades)


def works_by_record() -> dict[str, str]:
    """Return the fixed key of the first content for each record's key, which is another after each planting."""
    from files.models import Document  # noqa: PLC0415 - Django must be set up before
    from hub.models import SeedMark  # noqa: PLC0415
    from hub.seeding import translation_key  # noqa: PLC0415
    from search.models import IndexedRecord  # noqa: PLC0415

    planted = {str(translation_key(key)): key for key in SeedMark.objects.values_list("key", flat=True)}
    works = {
        key: planted.get(work, f"glossary/{work}")
        for key, work in IndexedRecord.objects.exclude(translation_key="").values_list("key", "translation_key")
    }
    files: Counter[str] = Counter()
    for document in Document.objects.exclude(publication_key=None).order_by("pk"):
        publication = planted.get(str(document.publication_key), "")
        work = f"{publication}/{document.language}-{document.extension}"
        files[work] += 1
        works[f"document:{document.pk}"] = work if files[work] == 1 else f"{work}-{files[work]}"
    return works


def ndcg(works: Sequence[str], grades: Mapping[str, int]) -> float:
    """Return the normalised discounted gain of the ten best; a work that comes twice counts once."""
    best = [grades.get(work, 0) for work in dict.fromkeys(works[:BEST])]
    return _gain(best) / _gain(sorted(grades.values(), reverse=True)[:BEST])


def _gain(grades: Sequence[int]) -> float:
    """Return the discounted gain of grades in their order."""
    return math.fsum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1))


def _set_up(folder: str, engine: str, database_url: str) -> None:
    """Start Django on the first content in a folder of its own."""
    sys.path.insert(0, str(PROJECT))
    os.environ["HUB_VAR"] = folder
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings.development")
    import dj_database_url  # noqa: PLC0415 - the environment must be set before
    import django  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    settings.SEARCH_ENGINE = engine
    settings.ELASTICSEARCH_INDEX = f"quality-{os.getpid()}"
    settings.ELASTICSEARCH_BUDGET = 60.0  # here, the database must not answer in its place
    settings.LOGGING_CONFIG = None
    if database_url:
        settings.DATABASES["default"] = dict(dj_database_url.parse(database_url))
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        call_command("seed", stdout=nowhere)
        call_command("db_worker", "--batch", "--interval=0", "--no-startup-delay", verbosity=0)
        call_command("rebuild_index", stdout=nowhere)


def _clean_up() -> None:
    """Remove what was made in the cluster."""
    from django.conf import settings  # noqa: PLC0415 - Django must be set up before

    from search.engines.elastic import cluster, drop  # noqa: PLC0415

    if ENGINES["elastic"] == settings.SEARCH_ENGINE:
        drop(cluster())


def _print_table(scores: Sequence[tuple[Judged, float]]) -> None:
    """Print the means by asker and language."""
    rows: dict[tuple[str, str], list[float]] = defaultdict(list)
    for judged, score in scores:
        for asker in (judged.asker, "all"):
            for language in (judged.language, "both"):
                rows[asker, language].append(score)
    print(f"{'asker':10}{'language':>10}{'queries':>9}{'nDCG@10':>9}")
    for (asker, language), values in sorted(rows.items()):
        print(f"{asker:10}{language:>10}{len(values):>9}{statistics.mean(values):>9.3f}")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Measures how fast building the index and a page of results are, and how both grow.

    python benchmarks/search_speed.py [--engine …] [--passages 1000,10000,50000,200000] [--plot docs/search-growth.svg]

Each size gets an empty database of its own (`--database-url` names a PostgreSQL server's instead of SQLite), pages in
the tree and a corpus made of real text (`generated_corpus.py`), written through the product's own code. Then another
process asks for whole pages of results by Django's client: 20 % one word that half the records hold, 50 % two or three
words of one passage, 20 % the same typed in Latin letters, 10 % with filters. Beside each size stand what a plain FTS5
table of the same texts takes, and a fixed piece of work, since machines differ from hour to hour; “of a core” is the
time that the process had a core, whatever else the machine did. The engine `elastic`
needs HUB_ELASTICSEARCH_URL, makes indexes of its own there, and removes them.
"""

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

ENGINES = {
    "database": "search.engines.database.DatabaseEngine",
    "elastic": "search.engines.elastic.ElasticEngine",
}
FULL_SIZE = 200_000
COLUMNS = (
    ("passages", "passages", ",d"), ("records", "records", ",d"), ("words", "words", ",d"),
    ("build_words_a_second", "words/s", ",.0f"), ("core_words_a_second", "words/s of a core", ",.0f"),
    ("megabytes", "MB", ",.0f"), ("rewrite_ms", "1 page ms", ".0f"),
    ("page_p50", "p50 ms", ".0f"), ("page_p95", "p95 ms", ".0f"), ("core_p50", "p50 of a core", ".0f"),
    ("core_p95", "p95 of a core", ".0f"), ("index_memory", "index MB", ".0f"),
    ("refresh_ms", "refresh ms", ".0f"),
    ("fts_megabytes", "FTS5 MB", ",.0f"), ("fts_words_a_second", "FTS5 w/s", ",.0f"), ("fts_p95", "FTS5 p95", ".0f"),
    ("fixed_work_ms", "fixed work", ".0f"),
)  # fmt: skip


def main() -> None:
    """Measure each size, print the tables and draw the plot."""
    arguments = _arguments()
    figures = []
    for passages in arguments.passages:
        with tempfile.TemporaryDirectory(prefix="search-speed-") as folder:
            built = _in_a_process("build", folder, arguments, passages)
            asked = _in_a_process("ask", folder, arguments, passages)
        figures.append({"passages": passages, **built, **asked})
        print(json.dumps(figures[-1], ensure_ascii=False), file=sys.stderr)
    _print_table(figures)
    _print_classes(figures[-1])
    if arguments.plot:
        from benchmarks.growth_plot import plot  # noqa: PLC0415 - only where it is asked for

        arguments.plot.write_text(plot(figures), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description="Measure the speed of search and how it grows.")
    parser.add_argument("--engine", choices=ENGINES, default="database")
    parser.add_argument(
        "--passages", default=[FULL_SIZE], type=lambda text: [int(number) for number in text.split(",")]
    )
    parser.add_argument("--database-url", default="", help="an empty PostgreSQL database; its tables are dropped")
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--before", type=int, default=0, help="other questions before: a cluster compiles as it goes")
    parser.add_argument("--restrictions", type=int, default=0, help="so many sections of the tree are closed")
    parser.add_argument("--brief", action="store_true", help="as many records, each with one passage of some words")
    parser.add_argument("--plot", type=Path)
    return parser.parse_args()


def _in_a_process(stage: str, folder: str, arguments: argparse.Namespace, passages: int) -> Mapping[str, Any]:
    """Return the figures of a stage measured in a fresh process, whose memory is then its own."""
    context = multiprocessing.get_context("spawn")
    figures: multiprocessing.SimpleQueue[Mapping[str, Any]] = context.SimpleQueue()
    process = context.Process(target=_run, args=(figures, stage, folder, arguments, passages))
    process.start()
    process.join()
    if process.exitcode:
        sys.exit(f"The stage “{stage}” failed.")
    return figures.get()


def _run(figures: Any, stage: str, folder: str, arguments: argparse.Namespace, passages: int) -> None:
    """Measure a stage in this process and hand its figures over."""
    _set_up(folder, arguments)
    from benchmarks import generated_corpus, speed_stages  # noqa: PLC0415 - Django must be set up before

    if stage == "build":
        size = generated_corpus.Size.of(passages, is_brief=arguments.brief)
        built = speed_stages.build(Path(folder), size, restrictions=arguments.restrictions)
        _settle()
        figures.put(asdict(built))
    else:
        figures.put(asdict(speed_stages.ask(Path(folder), arguments.requests, before=arguments.before)))
        _clean_up()


def _settle() -> None:
    """Have what was built answer, and say how long that took where it takes any time."""
    from search.engines import engine  # noqa: PLC0415 - Django must be set up before

    started = time.perf_counter()
    engine().settle()
    print(f"settled in {time.perf_counter() - started:.1f} s", file=sys.stderr)


def _clean_up() -> None:
    """Remove what was made in a cluster."""
    from django.conf import settings  # noqa: PLC0415 - Django must be set up before

    if settings.ELASTICSEARCH_URL:
        from search.engines.elastic import cluster, drop  # noqa: PLC0415 - only where there is one

        drop(cluster())


def _set_up(folder: str, arguments: argparse.Namespace) -> None:
    """Start Django as a site in production runs, but for TLS and the static files, on a database of its own."""
    os.environ["HUB_VAR"] = folder
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings.development")
    import dj_database_url  # noqa: PLC0415 - the environment must be set before
    import django  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    settings.SEARCH_ENGINE = ENGINES[arguments.engine]
    settings.ELASTICSEARCH_INDEX = f"quality-{Path(folder).name}"
    settings.ELASTICSEARCH_BUDGET = 60.0  # here, the database must not answer in its place
    settings.SEARCH_PREPARES = False
    settings.LOGGING_CONFIG = None
    settings.WHITENOISE_AUTOREFRESH = False
    settings.ALLOWED_HOSTS = ["testserver"]
    Path(folder, "static").mkdir(exist_ok=True)
    if arguments.database_url:
        settings.DATABASES["default"] = dict(dj_database_url.parse(arguments.database_url, conn_max_age=600))
    django.setup()


def _print_table(figures: Sequence[Mapping[str, Any]]) -> None:
    """Print a row for each size, as Markdown."""
    print(f"| {' | '.join(title for _, title, _ in COLUMNS)} |")
    print("| " + " | ".join("---:" for _ in COLUMNS) + " |")
    for row in figures:
        print(f"| {' | '.join(format(row[name], form) for name, _, form in COLUMNS)} |")


def _print_classes(row: Mapping[str, Any]) -> None:
    """Print the times of each class of questions at one size, as Markdown."""
    print(f"\nWith {row['passages']:,} passages, milliseconds:\n")
    print("| questions | number | p50 | p95 | greatest |\n| --- | ---: | ---: | ---: | ---: |")
    for name, times in row["classes"].items():
        print(f"| {name} | " + " | ".join(format(time, ".0f") for time in times) + " |")


if __name__ == "__main__":
    main()

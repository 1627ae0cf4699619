#!/usr/bin/env python3
"""Do two engines find the same? Loads a corpus into each, asks both the same queries, and compares their answers.

    python benchmarks/engines_agree.py --corpus corpus.jsonl --queries queries.jsonl [--engines database elastic]

The files are those of `search_quality.py`, which does the work. The engine `elastic` needs HUB_ELASTICSEARCH_URL.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

QUALITY = Path(__file__).with_name("search_quality.py")
sys.path.insert(0, str(QUALITY.parent.parent))

from benchmarks.search_quality import BEST, Id, figures_of, means_of, read_lines  # noqa: E402 - after the path to it

type Answers = Mapping[Id, Sequence[Id]]


def main() -> None:
    """Ask both engines and print how far they agree."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="engines-agree-") as folder:
        one, other = (_answers(arguments, name, Path(folder) / f"{name}.jsonl") for name in arguments.engines)
    queries = list(read_lines(arguments.queries))
    print("\n" + " and ".join(arguments.engines) + f", {len(queries)} queries")
    mean_one, mean_other = _macro(queries, one), _macro(queries, other)
    print(f"macro MRR@10        {mean_one:.4f} and {mean_other:.4f}, difference {abs(mean_one - mean_other):.4f}")
    print(f"same first hit      {statistics.mean(one[qid][:1] == other[qid][:1] for qid in one):.4f}")
    print(f"top-10 overlap      {statistics.mean(_overlap(one[qid], other[qid]) for qid in one):.4f}")
    print(f"same ten, in order  {statistics.mean(list(one[qid]) == list(other[qid]) for qid in one):.4f}")


def _arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description="Compare the answers of two engines on any corpus.")
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--engines", nargs=2, default=["database", "elastic"])
    return parser.parse_args()


def _answers(arguments: argparse.Namespace, engine: str, file: Path) -> Answers:
    """Return the ten best of an engine for each query; it has an index and a process of its own."""
    print(f"== {engine}", flush=True)
    options = ["--corpus", arguments.corpus, "--queries", arguments.queries, "--engine", engine, "--answers", file]
    subprocess.run([sys.executable, QUALITY, *map(str, options)], check=True)  # noqa: S603 - our own script
    return {line["qid"]: line["ids"][:BEST] for line in read_lines(file)}


def _macro(queries: Sequence[Mapping[str, Any]], answers: Answers) -> float:
    """Return the mean over the phenomena of their mean reciprocal rank."""
    rows = figures_of(queries, answers)
    return means_of(rows)["MACRO"][0] if rows else 0.0


def _overlap(one: Sequence[Id], other: Sequence[Id]) -> float:
    """Return the share of the hits that both have; two empty lists are the same."""
    together = len(set(one) | set(other))
    return len(set(one) & set(other)) / max(len(one), len(other)) if together else 1.0


if __name__ == "__main__":
    main()

"""The command that measures finding reads what people have: repeated ids, gaps, numbers, marks of the byte order."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from benchmarks import search_quality
from search.engines import engine

COMMAND = Path(search_quality.__file__)


def _file(path: Path, lines: Sequence[Any], mark: str = "") -> Path:
    path.write_text(mark + "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def _line(number: Any, body: str | None = "", **more: Any) -> dict[str, Any]:
    return {"id": number, "lang": "bg", "title": "", "body": body, **more}


def _ids(corpus: Path, query: str) -> list[Any]:
    engine().clear()
    ids = search_quality._load(corpus)
    answers, _seconds = search_quality._ask([{"qid": "q", "query": query, "more": 1}], ids)
    return answers["q"]


def test_of_one_id_the_last_line_counts(db: None, tmp_path: Path) -> None:
    corpus = _file(tmp_path / "corpus", [_line("a", "референдум"), _line("b", "жребий"), _line("a", "жребий")])

    assert sorted(_ids(corpus, "жребий")) == ["a", "b"]
    assert _ids(corpus, "референдум") == []


@pytest.mark.parametrize("line", [{"title": None}, {"body": None}, {"title": None, "body": None}])
def test_what_is_null_is_empty(db: None, tmp_path: Path, line: dict[str, Any]) -> None:
    corpus = _file(tmp_path / "corpus", [_line("a", "жребий"), _line("b") | line])

    assert _ids(corpus, "жребий") == ["a"]


def test_what_is_missing_is_empty_and_a_mark_is_no_text(db: None, tmp_path: Path) -> None:
    corpus = _file(tmp_path / "corpus", [{"id": "a", "lang": "bg", "title": "жребий"}], mark="\ufeff")

    assert _ids(corpus, "жребий") == ["a"]


def test_numbers_as_ids_come_back_as_numbers_and_score(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = _file(tmp_path / "corpus", [_line(7, "жребий"), _line("x", "бюджет")])

    found = _ids(corpus, "жребий")
    search_quality._print_quality([{"qid": 1, "expected": [7]}, {"qid": 2, "expected": None}], {1: found, 2: []})

    assert found == [7]
    assert capsys.readouterr().out.splitlines()[-1].split() == ["MACRO", "1", "1.000", "1.000", "1.000", "0.000"]


def test_without_a_cluster_its_engine_says_what_it_needs() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "HUB_ELASTICSEARCH_URL"}
    command = [sys.executable, str(COMMAND), "--corpus", "x", "--queries", "x", "--engine", "elastic"]

    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "HUB_ELASTICSEARCH_URL" in done.stderr.splitlines()[-1]

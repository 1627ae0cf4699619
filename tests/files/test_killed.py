"""Killed at any point of upload, replacement, extraction or deletion: nothing half visible, nothing lost."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import databases

PROJECT_DIR = Path(__file__).resolve().parents[2]
MOMENTS = [
    f"{deed}: {moment}"
    for deed, named in {
        "upload": ["the content is half there", "the content is there", "the version is written",
                   "the worker was not asked"],
        "replacement": ["the content is half there", "the content is there", "the version is written",
                        "the worker was not asked"],
        "extraction": ["nothing is written", "the pages are written", "the work is planned", "nobody was told"],
        "deletion": ["half the rows are gone", "the rows are gone"],
        "clearing": ["the content is still there", "the content is gone"],
    }.items()
    for moment in named
]  # fmt: skip

pytestmark = pytest.mark.xdist_group("killed")


@pytest.fixture(scope="module")
def aftermaths(migrated_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What is left of each deed at each moment."""
    folder = tmp_path_factory.mktemp("killed")
    databases.copy_database(migrated_database, folder / databases.DATABASE)
    own = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "hub.settings.test", "HUB_TEST_FILES": str(folder / "files"),
        "HUB_TEST_DATABASE": str(folder / databases.DATABASE),
    }  # fmt: skip
    program = [sys.executable, "-m", "tests.files.killing"]
    done = subprocess.run(program, env=own, cwd=PROJECT_DIR, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_moment_is_tried(aftermaths: Any) -> None:
    assert list(aftermaths) == MOMENTS


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_process_that_is_killed_leaves_nothing_half_and_loses_nothing(aftermaths: Any, moment: str) -> None:
    left = aftermaths[moment]
    at_once, later = left["at_once"], left["later"]

    assert left["was_killed"]
    for then in (at_once, later):
        assert then["is_whole"]
        assert then["documents_point_well"]
        assert then["half_read"] == 0
    assert at_once["versions"] in possible(moment)
    assert at_once["versions"] == later["versions"]
    assert later["states"] in ([], ["text"])
    assert (left["strays"], left["unused_rows"]) == ([], 0)


def possible(moment: str) -> list[list[int]]:
    """Return the versions that may be there: as before the deed or as after it, and nothing in between."""
    before_or_after: dict[str, list[list[int]]] = {
        "upload": [[], [1]], "replacement": [[1], [1, 2]], "extraction": [[1]], "deletion": [[1], []], "clearing": [[]],
    }  # fmt: skip
    return before_or_after[moment.partition(":")[0]]


@pytest.mark.parametrize("moment", [one for one in MOMENTS if one.startswith("extraction")])
def test_pictures_are_made_whenever_the_reading_was_killed(aftermaths: Any, moment: str) -> None:
    assert aftermaths[moment]["works"] == 1

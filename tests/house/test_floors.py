"""Imports go down, and no file grows beyond what one can read."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT_DIR = Path(__file__).resolve().parents[2]
ROOMS = ("hub", "search", "practices", "strategies", "files")
MODULES = [
    path
    for room in (*ROOMS, "tests", "benchmarks")
    for path in sorted((PROJECT_DIR / room).rglob("*.py"))
    if "migrations" not in path.parts
]
MAX_LINES = 400
MAX_FUNCTION_LINES = 50
NAMELESS = {"utils", "helpers", "common", "misc", "tools"}


def name_of(path: Path) -> str:
    """Return a file's path as a test's id."""
    return path.relative_to(PROJECT_DIR).as_posix()


def test_rooms_stand_on_search_and_search_on_the_hub() -> None:
    linter = Path(sys.executable).with_name("lint-imports")

    checked = subprocess.run([linter, "--no-cache"], cwd=PROJECT_DIR, capture_output=True, text=True, check=False)

    assert checked.returncode == 0, checked.stdout
    assert "0 broken" in checked.stdout


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_what_it_is_and_stays_readable(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)

    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = [node.name for node in functions if (node.end_lineno or 0) - node.lineno >= MAX_FUNCTION_LINES]

    assert not text or ast.get_docstring(tree)
    assert text.count("\n") <= MAX_LINES
    assert not long
    assert path.stem not in NAMELESS


def test_no_folder_of_the_tests_is_a_package() -> None:
    packages = list((PROJECT_DIR / "tests").rglob("__init__.py"))

    assert not packages


@pytest.mark.parametrize("path", [path for path in MODULES if "tests" not in path.parts], ids=name_of)
def test_nothing_is_declared_safe_by_hand(path: Path) -> None:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))

    imported = {alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names}
    called = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}

    assert "mark_safe" not in imported
    assert not called & {"mark_safe", "SafeString", "SafeText"}

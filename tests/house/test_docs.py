"""What the documents say is there."""

import re
import subprocess
from pathlib import Path

import pytest

PROJECT_DIR = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted(
    [*PROJECT_DIR.glob("*.md"), *(PROJECT_DIR / "docs").rglob("*.md"), *(PROJECT_DIR / "requirements").glob("*.md")]
)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
SETTING = re.compile(r"\bHUB_[A-Z_]+\b")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
TEST = re.compile(r"`(test_\w+)`")
FILE = re.compile(
    r"`(?:python )?((?:tests|benchmarks|files|hub|search|practices|strategies|deploy|docs)/[\w/.-]+\.\w+)"
)
# What tests alone read.
OF_TESTS = {"HUB_TEST_DATABASE", "HUB_TEST_FILES"}
TARGET = re.compile(r"\bmake ([a-z]+)\b")


def name_of(path: Path) -> str:
    """Return a document's path as a test's id."""
    return path.relative_to(PROJECT_DIR).as_posix()


def anchors_of(path: Path) -> set[str]:
    """Return the anchors of a document's headings."""
    headings = HEADING.findall(path.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_a_link_of_a_document_leads_somewhere(document: Path) -> None:
    links = [link for link in LINK.findall(document.read_text(encoding="utf-8")) if not link.startswith("http")]

    broken = []
    for link in links:
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        if not target.exists() or (anchor and anchor not in anchors_of(target)):
            broken.append(link)

    assert not broken


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "docs/architecture.md"])
def test_the_documents_that_people_look_for_are_there(name: str) -> None:
    assert (PROJECT_DIR / name).stat().st_size > 300


def test_every_setting_from_the_environment_is_described() -> None:
    folders = ["hub", "search", "practices", "strategies", "files", "deploy"]
    sources = [
        path for folder in folders for path in (PROJECT_DIR / folder).rglob("*") if path.suffix in {".py", ".service"}
    ]
    read = {name for path in sources for name in SETTING.findall(path.read_text(encoding="utf-8"))}
    described = set(SETTING.findall((PROJECT_DIR / "docs" / "operations.md").read_text(encoding="utf-8")))

    assert {"HUB_SECRET_KEY", "HUB_VAR"} <= read
    assert read - OF_TESTS <= described


def test_every_described_setting_is_read_by_something() -> None:
    described = set(SETTING.findall((PROJECT_DIR / "docs" / "operations.md").read_text(encoding="utf-8")))
    code = [path for path in PROJECT_DIR.glob("*/**/*.py") if ".venv" not in path.parts]
    read = {name for path in code for name in SETTING.findall(path.read_text(encoding="utf-8"))}

    assert described <= read


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_a_document_names_only_habits_that_exist(document: Path) -> None:
    habits = set(re.findall(r"^([a-z]+):", (PROJECT_DIR / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {name for code in re.findall(r"`([^`]+)`|^    (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
             for name in TARGET.findall(" ".join(code))}  # fmt: skip

    assert named <= habits


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_the_tests_and_files_that_a_document_names_are_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (PROJECT_DIR / "tests").rglob("test_*.py"))

    tests = {name for name in TEST.findall(text) if f"def {name}(" not in sources}
    roots = (PROJECT_DIR, PROJECT_DIR / "templates")
    files = {path for path in FILE.findall(text) if not any((root / path).exists() for root in roots)}

    assert not tests
    assert not files


def test_the_makefile_lists_its_habits() -> None:
    listed = subprocess.run(["make", "help"], cwd=PROJECT_DIR, capture_output=True, text=True, check=True).stdout

    for habit in ("env", "run", "test", "lint", "format", "seed", "messages", "bench"):
        assert f"make {habit}" in listed

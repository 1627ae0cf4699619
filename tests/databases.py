"""The databases that tests start from: one just migrated, one with the first content, each built once."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import database_server

PROJECT_DIR = Path(__file__).resolve().parents[1]
ROOMS = ("hub", "search", "practices", "strategies", "files")
DATABASE = "database.sqlite3"

# What is told to `manage.py`, one command after the other, on the new database.
MIGRATE = [["migrate", "--verbosity=0"]]
PLANT = [["seed"], ["db_worker", "--batch", "--interval=0", "--no-startup-delay"], ["rebuild_index", "--if-needed"]]
# The whole database in its one file.
_CHECKPOINT = ["from django.db import connection", "connection.cursor().execute('PRAGMA wal_checkpoint(TRUNCATE)')"]


def migrated(folder: Path) -> Path:
    """Return the folder of a database with all migrations and no content; build it where it is missing."""
    sources = [path for room in ROOMS for path in (PROJECT_DIR / room / "migrations").glob("*.py")]
    return _built(folder, "migrated", [*sources, *_locks()], MIGRATE)


def seeded(folder: Path) -> Path:
    """Return the folder of a database with the first content, its tasks done and its index built, and of its files."""
    sources = [path for room in ROOMS for path in (PROJECT_DIR / room).rglob("*") if _counts(path)]
    return _built(folder, "seeded", [*sources, *_locks()], PLANT, start=migrated(folder))


def copy_database(source: Path, target: Path) -> None:
    """Put a copy of a folder's database in the place of another database, which nobody may have open."""
    if database_server.is_used():
        database_server.drop(target)
        database_server.create(target, source / DATABASE)
        return
    for leftover in (target, *_companions(target)):
        leftover.unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source / DATABASE, target)


def fill_files(target: Path, source: Path | None = None) -> None:
    """Empty the folder of uploads and documents, and put links to the files of a built database into it."""
    shutil.rmtree(target, ignore_errors=True)
    if source and (source / "files").is_dir():
        shutil.copytree(source / "files", target, copy_function=os.link)


def _built(
    folder: Path, name: str, sources: Iterable[Path], commands: list[list[str]], *, start: Path | None = None
) -> Path:
    """Return the folder of what these commands make of these sources; whoever comes second waits for the first."""
    folder = folder / "server" if database_server.is_used() else folder
    built = folder / f"{name}-{_fingerprint(sources)}"
    with _only_one(folder / f"{name}.lock"):
        if built.is_dir() and (not database_server.is_used() or database_server.exists(built / DATABASE)):
            return built
        for outdated in folder.glob(f"{name}-*"):
            shutil.rmtree(outdated)
            _drop(outdated / DATABASE)
        unfinished = folder / f"unfinished-{name}"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        _begin(unfinished / DATABASE, start)
        _run(unfinished, commands)
        unfinished.rename(built)
        if database_server.is_used():
            database_server.rename(unfinished / DATABASE, built / DATABASE)
    return built


def _begin(database: Path, start: Path | None) -> None:
    """Make the database that commands then fill: a copy of another folder's, or an empty one."""
    _drop(database)
    if start:
        copy_database(start, database)
    elif database_server.is_used():
        database_server.create(database)


def _drop(database: Path) -> None:
    """Delete a database that lies on the server; a file went with its folder."""
    if database_server.is_used():
        database_server.drop(database)


def _run(folder: Path, commands: list[list[str]]) -> None:
    """Run commands of `manage.py` on the database and the files of a folder."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "hub.settings.test",
        "HUB_TEST_DATABASE": str(folder / DATABASE),
        "HUB_TEST_FILES": str(folder / "files"),
    }
    script = "\n".join(
        ["import django; django.setup()", "from django.core.management import call_command"]
        + [f"call_command(*{command!r})" for command in commands]
        + ([] if database_server.is_used() else _CHECKPOINT)
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=PROJECT_DIR, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"The tests' database was not built:\n{done.stdout}\n{done.stderr}")


def _counts(path: Path) -> bool:
    """Return whether a file can change what the first content looks like in the database."""
    return path.is_file() and "__pycache__" not in path.parts and not {"static", "locale"} & set(path.parts)


def _locks() -> list[Path]:
    """Return the files that say which packages are installed."""
    return sorted((PROJECT_DIR / "requirements").glob("*.lock"))


def _fingerprint(paths: Iterable[Path]) -> str:
    """Return a short name for the content of these files."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(f"{path.relative_to(PROJECT_DIR)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _companions(database: Path) -> Iterator[Path]:
    """Yield the files that SQLite keeps beside a database."""
    for ending in ("-wal", "-shm", "-journal"):
        yield database.with_name(database.name + ending)


@contextmanager
def _only_one(lock: Path) -> Iterator[None]:
    """Let one process at a time go on."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield

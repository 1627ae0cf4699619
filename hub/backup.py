"""One consistent set of everything that cannot be made again: the database and the files, with their checksums."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.db import connection
from django.utils import timezone

MANIFEST = "manifest.json"
# Which storages are kept, by their names in the settings and their folders in the backup.
STORAGES = {"documents": "documents", "default": "media"}
_SQLITE, _POSTGRESQL = "database.sqlite3", "database.dump"
_CHUNK = 2**20


class BackupError(Exception):
    """A backup cannot be made or restored, or is damaged; the message says why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the backup: its place inside, its length, its checksum."""

    path: str
    size: int
    sha256: str


def back_up(target: Path) -> Path:
    """Write a backup into a new folder under the target and return it; an unfinished one never bears a final name.

    The files are copied before and after the database: whatever it names was there at its moment, and so is in the
    first copy or in the second. Files that are too many do no harm.
    """
    folder = target / f"hub-{timezone.localtime():%Y%m%d-%H%M%S}"
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    unfinished.mkdir(parents=True)
    for name, part in STORAGES.items():
        _copy_new(storages[name], unfinished / part)
    database = _dump_database(unfinished)
    for name, part in STORAGES.items():
        _copy_new(storages[name], unfinished / part)
    entries = [_entry(unfinished, path) for path in sorted(unfinished.rglob("*")) if path.is_file()]
    about = {"made_at": timezone.now().isoformat(), "vendor": connection.vendor, "database": database}
    written = json.dumps({**about, "files": [asdict(entry) for entry in entries]}, indent=1)
    (unfinished / MANIFEST).write_text(written, encoding="utf-8")
    unfinished.rename(folder)
    return folder


def verify(folder: Path) -> list[Entry]:
    """Return what a backup holds; raise BackupError where a file is missing or is not what it was."""
    about = _about(folder)
    entries = [Entry(**entry) for entry in about["files"]]
    damaged = [entry.path for entry in entries if not _is_whole(folder, entry)]
    if damaged:
        raise BackupError(f"damaged or missing: {', '.join(damaged[:10])}")
    return entries


def restore(folder: Path) -> int:
    """Put a backup in the place of what is there, after all its checksums were found right; return how many files."""
    entries, about = verify(folder), _about(folder)
    if about["vendor"] != connection.vendor:
        raise BackupError(f"the backup is of {about['vendor']}, the site runs on {connection.vendor}")
    restored = 0
    for name, part in STORAGES.items():
        for entry in entries:
            if entry.path.startswith(f"{part}/"):
                restored += _put_back(storages[name], entry.path.removeprefix(f"{part}/"), folder / entry.path)
    _load_database(folder / about["database"])
    return restored


def _dump_database(folder: Path) -> str:
    """Write the database as it is at one moment, while others go on writing; return the name of the file."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(folder / _SQLITE) as copy:
            connection.connection.backup(copy)
        copy.close()
        return _SQLITE
    _run("pg_dump", "--format=custom", f"--file={folder / _POSTGRESQL}", str(connection.settings_dict["NAME"]))
    return _POSTGRESQL


def _load_database(path: Path) -> None:
    """Put the dumped database in the place of the one in use."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(path) as source:
            source.backup(connection.connection)
        source.close()
        return
    name = str(connection.settings_dict["NAME"])
    _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", f"--dbname={name}", str(path))


def _run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs on the site's database."""
    found = shutil.which(program)
    if found is None:
        raise BackupError(f"{program} is not installed")
    own = settings.DATABASES["default"]
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    environment = {name: str(own[key]) for name, key in names.items() if own.get(key)}
    done = subprocess.run(  # noqa: S603 - a fixed program with the site's own settings
        [found, *arguments], env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupError(f"{program}: {done.stderr.strip()[-500:]}")


def _copy_new(storage: Storage, target: Path) -> None:
    """Copy the files of a storage that the folder has not yet."""
    for name in _names(storage):
        place = target / name
        if place.exists():
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            with storage.open(name) as source, place.open("wb") as copy:
                shutil.copyfileobj(source, copy, _CHUNK)
        except FileNotFoundError:  # deleted between the listing and the copy
            place.unlink(missing_ok=True)


def _put_back(storage: Storage, name: str, path: Path) -> int:
    """Write a file into a storage unless it is there as it was; return whether it had to be."""
    if storage.exists(name):
        with storage.open(name) as there, path.open("rb") as kept:
            if _digest(there) == _digest(kept):
                return 0
        storage.delete(name)
    with path.open("rb") as kept:
        storage.save(name, File(kept))
    return 1


def _names(storage: Storage, folder: str = "") -> Iterator[str]:
    """Yield the names of all files of a storage."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    for name in files:
        yield prefix + name
    for name in folders:
        yield from _names(storage, prefix + name)


def _entry(folder: Path, path: Path) -> Entry:
    """Return what the manifest says of a file."""
    with path.open("rb") as content:
        return Entry(path.relative_to(folder).as_posix(), path.stat().st_size, _digest(content))


def _is_whole(folder: Path, entry: Entry) -> bool:
    """Return whether a file is there as it was written, and lies inside the backup."""
    path = (folder / entry.path).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file() or path.stat().st_size != entry.size:
        return False
    with path.open("rb") as content:
        return _digest(content) == entry.sha256


def _digest(content: Any) -> str:
    """Return the SHA-256 of a stream."""
    digest = hashlib.sha256()
    while chunk := content.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _about(folder: Path) -> dict[str, Any]:
    """Return the manifest of a backup."""
    try:
        about: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BackupError(f"{folder} is no finished backup: {error}") from error
    return about

"""Whether what the site stands on can serve visitors: the database, the search index, the storage."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import DatabaseError, connection


@dataclass(frozen=True, slots=True)
class State:
    """How one of the site's foundations is."""

    name: str
    is_ok: bool
    detail: str = ""


Examination = Callable[[], str]  # returns a detail; raises where something is wrong
_examinations: dict[str, Examination] = {}


def register(name: str, examination: Examination) -> None:
    """Have readiness ask this too: a function that returns a detail, or raises with the reason."""
    _examinations[name] = examination


def examine() -> list[State]:
    """Return the state of everything that was registered."""
    return [_state(name, examination) for name, examination in _examinations.items()]


def _state(name: str, examination: Examination) -> State:
    """Return the outcome of one examination; what it raises is its detail."""
    try:
        return State(name, is_ok=True, detail=examination())
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is what readiness has to tell
        return State(name, is_ok=False, detail=type(error).__name__)


def _database() -> str:
    """Ask the database for a row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        if cursor.fetchone() != (1,):
            raise DatabaseError("no row")
    return connection.vendor


def _storage() -> str:
    """Write, read and delete a small file in the storage of the documents."""
    storage = storages["documents"]
    name = storage.save(f"health/{uuid.uuid4()}", ContentFile(b"ok"))
    try:
        with storage.open(name) as stored:
            if stored.read() != b"ok":
                raise OSError("what was written is not what is read")
    finally:
        storage.delete(name)
    return "written and read"


register("database", _database)
register("storage", _storage)

"""The tests' databases on a PostgreSQL server: the one that HUB_TEST_DATABASE_URL names, by an owner who may make more.

A database stands for a file of SQLite's, under a name made from the file's place, and a copy is a copy there too.
"""

import os
from pathlib import Path

import psycopg
from psycopg import sql

from hub.settings.test import database_at


def is_used() -> bool:
    """Return whether the tests run on a server."""
    return bool(os.environ.get("HUB_TEST_DATABASE_URL"))


def exists(place: Path) -> bool:
    """Return whether there is a database in this place."""
    with _connected() as connection:
        found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [database_at(place)]).fetchone()
    return found is not None


def drop(place: Path) -> None:
    """Delete a database, whoever may have it open."""
    with _connected() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(_name(place)))


def create(place: Path, template: Path | None = None) -> None:
    """Make a database, empty or as a copy, where there is none."""
    copy_of = _name(template) if template else sql.Identifier("template0")
    with _connected() as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(_name(place), copy_of))


def rename(before: Path, after: Path) -> None:
    """Move a database to another place."""
    with _connected() as connection:
        connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(_name(before), _name(after)))


def _name(place: Path) -> sql.Identifier:
    """Return the name of the database that stands in a place."""
    return sql.Identifier(database_at(place))


def _connected() -> "psycopg.Connection[tuple[object, ...]]":
    """Return a connection to the database that the address names, in which the others are made."""
    return psycopg.connect(os.environ["HUB_TEST_DATABASE_URL"], autocommit=True)

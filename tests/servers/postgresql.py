#!/usr/bin/env python3
"""A real PostgreSQL for the tests, Debian's, on the loopback address: as small and quick as one that lives for minutes.

    eval "$(python tests/servers/postgresql.py start)"    # sets HUB_TEST_DATABASE_URL
    python tests/servers/postgresql.py stop

Its data lie outside the checkout (HUB_TEST_SERVERS, by default /var/tmp/hub-test-servers) and go when it stops.
PostgreSQL refuses to run as root; as root, it is run by the user that Debian's package makes.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

FOLDER = Path(os.environ.get("HUB_TEST_SERVERS", "/var/tmp/hub-test-servers")) / "postgresql"
USER = "postgres"
PATIENCE = 120  # seconds for a start, on a busy machine

# What is lost when the machine stops is made anew.
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "max_connections=60")


class ServerError(RuntimeError):
    """The server is not installed, or did not do what it was told."""


def main() -> None:
    """Start or stop the server."""
    parser = argparse.ArgumentParser(description="Start and stop a real PostgreSQL for the tests.")
    parser.add_argument("command", choices=["start", "stop"])
    arguments = parser.parse_args()
    stop()
    if arguments.command == "start":
        sys.stdout.write(f"export HUB_TEST_DATABASE_URL={start()}\n")


def start() -> str:
    """Start an empty server and return its address."""
    data = FOLDER / "data"
    FOLDER.mkdir(parents=True)
    if os.geteuid() == 0:
        shutil.chown(FOLDER, USER)
    _run(
        "initdb",
        "--pgdata",
        str(data),
        "--username",
        USER,
        "--auth",
        "trust",
        "--encoding",
        "UTF8",
        "--locale",
        "C.UTF-8",
    )
    port = _free_port()
    settings = [f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={FOLDER}", *QUICK]
    with (data / "postgresql.auto.conf").open("a", encoding="utf-8") as file:
        file.writelines(f"{name} = '{value}'\n" for name, value in (setting.split("=") for setting in settings))
    _run("pg_ctl", "start", "--pgdata", str(data), "--log", str(FOLDER / "log"), "--wait", "--timeout", str(PATIENCE))
    return f"postgres://{USER}@127.0.0.1:{port}/postgres"


def stop() -> None:
    """Stop the server, where there is one, and delete its data."""
    data = FOLDER / "data"
    if (data / "postmaster.pid").exists():
        _run("pg_ctl", "stop", "--pgdata", str(data), "--mode", "immediate", "--wait")
    shutil.rmtree(FOLDER, ignore_errors=True)


def _run(program: str, *arguments: str) -> None:
    """Run one of the server's own programs as a user whom it accepts."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    if not found:
        message = f"{program} is not there: install Debian's postgresql"
        raise ServerError(message)
    command: Sequence[str] = [str(found[-1]), *arguments]
    if os.geteuid() == 0:
        command = ["runuser", "-u", USER, "--", *command]
    # Not into a pipe: the server would hold it open as long as it lives.
    with (FOLDER.parent / "postgresql.log").open("w+", encoding="utf-8") as log:
        done = subprocess.run(command, cwd=FOLDER, stdout=log, stderr=log, check=False)
        if done.returncode:
            log.seek(0)
            message = f"{program} failed:\n{log.read()}"
            raise ServerError(message)


def _free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


if __name__ == "__main__":
    try:
        main()
    except ServerError as error:
        sys.exit(str(error))

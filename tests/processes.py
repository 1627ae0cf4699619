"""Servers that a test starts for itself, and that never outlive it."""

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

# How long a server may take to end by itself, in seconds.
GRACE = 30


@contextmanager
def running(command: Sequence[str | os.PathLike[str]], **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server for the time of a `with`; who does not end when told to is killed with all that it started."""
    own: Mapping[str, str] = {**os.environ, **environment}
    server = subprocess.Popen(
        command, env=own, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield server
    finally:
        server.terminate()
        try:
            server.wait(GRACE)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, 9)
            server.wait(GRACE)
            raise

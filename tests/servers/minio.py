#!/usr/bin/env python3
"""A real S3 server for the tests: MinIO, which is published as source alone, built from its Go module.

    python tests/servers/minio.py build FOLDER    # about five minutes on two cores; prints the program's path

Any Go from 1.19 on will do, Debian's too: where it is older than MinIO asks for, the newer one is taken from the module
proxy, as Go's own later releases do. Nothing is kept but the program.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

VERSION = "v0.0.0-20260212201848-7aac2a2c5b7c"
NEEDED = (1, 24)
TOOLCHAIN = "golang.org/toolchain@v0.0.1-go1.24.13.linux-amd64"
PLACES = ("/usr/local/go/bin", "/usr/lib/go/bin")
MOST_SECONDS = 20 * 60


class BuildError(RuntimeError):
    """The program cannot be built."""


def main() -> None:
    """Build the program and print its path."""
    parser = argparse.ArgumentParser(description="Build an S3 server for the tests.")
    parser.add_argument("command", choices=["build"])
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    sys.stdout.write(f"{build(arguments.folder.resolve())}\n")


def build(folder: Path) -> Path:
    """Build MinIO into a folder and return the program."""
    program = folder / "minio"
    with tempfile.TemporaryDirectory(prefix="hub-minio-") as scratch:
        own = {
            **os.environ, "GOPATH": scratch, "GOCACHE": f"{scratch}/cache", "GOMODCACHE": f"{scratch}/modules",
            "GOBIN": str(folder), "GOROOT": "", "GOTOOLCHAIN": "local", "GOFLAGS": "-modcacherw -trimpath",
            "CGO_ENABLED": "0",
        }  # fmt: skip
        go = _found()
        if _age(go, own) < NEEDED:
            go = _newer(go, own)
        _run([go, "install", "-ldflags=-s -w", f"github.com/minio/minio@{VERSION}"], own)
    if not program.exists():
        raise BuildError(f"{program} was not built")
    return program


def _found() -> str:
    """Return the Go of this machine."""
    found = shutil.which("go", path=os.pathsep.join([os.environ.get("PATH", ""), *PLACES]))
    if found is None:
        raise BuildError("Go is not installed: apt-get install golang-go")
    return found


def _age(go: str, environment: Mapping[str, str]) -> tuple[int, int]:
    """Return the version of a Go."""
    said = re.search(r"go(\d+)\.(\d+)", _run([go, "version"], environment))
    if said is None:
        raise BuildError(f"{go} does not say its version")
    return int(said[1]), int(said[2])


def _newer(go: str, environment: Mapping[str, str]) -> str:
    """Return a newer Go, fetched as a module; modules bear no rights, so its programs are given theirs."""
    place = Path(json.loads(_run([go, "mod", "download", "-json", TOOLCHAIN], environment))["Dir"])
    for program in [*(place / "bin").iterdir(), *(place / "pkg" / "tool").rglob("*")]:
        program.chmod(0o755)
    return str(place / "bin" / "go")


def _run(command: list[str], environment: Mapping[str, str]) -> str:
    """Run a program and return what it said; raise where it fails or does not come to an end."""
    try:
        done = subprocess.run(
            command, env=environment, cwd="/", capture_output=True, text=True, check=False, timeout=MOST_SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise BuildError(f"{command[1]} takes more than {MOST_SECONDS} s") from error
    if done.returncode:
        raise BuildError(f"{' '.join(command[:3])}: {done.stderr.strip()[-1000:]}")
    return done.stdout


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Real Elasticsearch for the tests: one node with TLS and passwords, or several in a cluster, on the loopback address.

    eval "$(python tests/servers/elasticsearch.py start)"    # sets HUB_TEST_ELASTICSEARCH and HUB_TEST_ELASTICSEARCH_CA
    eval "$(python tests/servers/elasticsearch.py start --to-measure)"    # slow to start, quick as in production
    python tests/servers/elasticsearch.py stop

Elastic publishes its own build among its Maven artifacts, without plugins and without a JDK: Maven fetches it once into
a folder outside the checkout (HUB_TEST_SERVERS, by default /var/tmp/hub-test-servers), and a JDK from 21 on must be
there (JAVA_HOME or /usr/lib/jvm). Elasticsearch refuses to run as root; as root, it is run under another number.
"""

import argparse
import fcntl
import hashlib
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

VERSION = "9.5.3"
CHECKSUM = "bec49f3b8d00e75c8d1cec85c35298635ec9fbd3ae80ef5aeb6bc05abdb3db2d"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
FETCHER = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
CACHE = Path(os.environ.get("HUB_TEST_SERVERS", "/var/tmp/hub-test-servers"))
RUNNING = (CACHE / "running-one", CACHE / "running-three")
NOBODY = 10_001  # who it runs as where we are root
OLDEST_JAVA = 21
PATIENCE = 300  # seconds for a start, on a busy machine

# Small and quick to start: most of these servers live for minutes.
BRIEF = """\
-XX:+UseSerialGC
-XX:TieredStopAtLevel=1
"""
JVM_OPTIONS = """\
-XX:+ExitOnOutOfMemoryError
-Djava.io.tmpdir=${ES_TMPDIR}
20-:--add-modules=jdk.incubator.vector
--add-opens=java.base/java.nio=org.apache.arrow.memory.core,ALL-UNNAMED
--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED
-Dorg.apache.lucene.store.defaultReadAdvice=normal
-Dorg.apache.lucene.store.MMapDirectory.sharedArenaMaxPermits=1
"""


# What a site needs, and nothing more.
ROLES = """\
hub:
  cluster: [monitor]
  indices:
    - names: ["test-*", "quality-*"]
      privileges: [all]
"""


class ServerError(RuntimeError):
    """A server cannot be had, or did not start."""


def java_home() -> Path:
    """Return the folder of a JDK that is new enough."""
    named = [Path(os.environ[name]) for name in ("ES_JAVA_HOME", "JAVA_HOME") if os.environ.get(name)]
    for home in [*named, *sorted(Path("/usr/lib/jvm").glob("*"), reverse=True)]:
        release = home / "release"
        if (home / "bin" / "java").exists() and release.is_file():
            version = re.search(r'^JAVA_VERSION="(\d+)', release.read_text(), re.MULTILINE)
            if version and int(version[1]) >= OLDEST_JAVA:
                return home
    raise ServerError(f"Elasticsearch needs a JDK from {OLDEST_JAVA} on: install one, or name it in JAVA_HOME.")


def distribution() -> Path:
    """Return the folder of the unpacked build; have Maven fetch it where it is missing."""
    unpacked = CACHE / f"elasticsearch-{VERSION}"
    CACHE.mkdir(parents=True, exist_ok=True)
    with _only_one(CACHE / "lock"):
        if not unpacked.is_dir():
            fetched = CACHE / "fetched"
            shutil.rmtree(fetched, ignore_errors=True)
            order = ["mvn", "-q", "-B", "-ntp", FETCHER, f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={fetched}"]
            subprocess.run(order, check=True, cwd=CACHE, stdout=sys.stderr)
            (archive,) = fetched.glob("*.zip")
            with archive.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != CHECKSUM:
                    raise ServerError(f"{archive.name} is not the file that it should be")
            shutil.unpack_archive(archive, fetched)
            for script in (fetched / unpacked.name / "bin").iterdir():
                script.chmod(0o755)
            (fetched / unpacked.name).rename(unpacked)
            shutil.rmtree(fetched)
    return unpacked


@contextmanager
def _only_one(lock: Path) -> Iterator[None]:
    """Let one process at a time go on."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def free_ports(count: int) -> list[int]:
    """Return ports on which nothing listens now."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


@dataclass
class Servers:
    """The nodes of one cluster, in a folder that is theirs alone."""

    folder: Path
    count: int = 1
    is_secure: bool = False
    heap: str = "512m"
    is_brief: bool = True  # else Java compiles what is done often as well as it can
    ports: Sequence[int] = ()
    _transport: Sequence[int] = ()
    _programs: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def start(self) -> None:
        """Start all nodes and wait until the cluster is green."""
        build = distribution()
        shutil.rmtree(self.folder, ignore_errors=True)
        ports = free_ports(2 * self.count)
        self.ports, self._transport = ports[: self.count], ports[self.count :]
        for number in range(self.count):
            self._prepare(number)
        self._hand_over()
        if self.is_secure:
            tool = [build / "bin" / "elasticsearch-users", "useradd", "tester", "-p", self.password, "-r", "hub"]
            self._run(0, tool, wait=True)
        for number in range(self.count):
            self.launch(number)
        self._wait()

    @property
    def urls(self) -> list[str]:
        """The addresses of the nodes, with the password where there is one."""
        start = f"https://tester:{self.password}@" if self.is_secure else "http://"
        return [f"{start}127.0.0.1:{port}" for port in self.ports]

    @property
    def password(self) -> str:
        """The password of the one user, made on first use."""
        file = self.folder / "password"
        if not file.exists():
            file.write_text(secrets.token_hex(16))
        return file.read_text()

    @property
    def certificate(self) -> Path:
        """The file of the certificate, its own authority."""
        return self.folder / "certificate.pem"

    def launch(self, number: int) -> None:
        """Start one node, which comes up by itself."""
        self._run(number, [distribution() / "bin" / "elasticsearch", "-d", "-p", str(self._home(number) / "pid")])

    def pid(self, number: int) -> int | None:
        """Return the process number of a node that runs; its own file tells it only when the start is over."""
        mark = f"-Djava.io.tmpdir={self._home(number) / 'tmp'}".encode()
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):  # it has ended meanwhile
                if mark in (process / "cmdline").read_bytes().split(b"\0"):
                    return int(process.name)
        return None

    def kill(self, number: int, how: signal.Signals = signal.SIGKILL) -> None:
        """Send a node a signal: by default the one that nobody survives."""
        if pid := self.pid(number):
            os.kill(pid, how)

    def stop(self) -> None:
        """End all nodes, at once: what they hold is of no use to anybody."""
        for number in range(len(list(self.folder.glob("node-*")))):
            self.kill(number, signal.SIGCONT)
            self.kill(number)
        for program in self._programs:
            program.wait(PATIENCE)  # it ends with the node that it started
        self._programs.clear()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _home(self, number: int) -> Path:
        """Return the folder of a node."""
        return self.folder / f"node-{number}"

    def _prepare(self, number: int) -> None:
        """Write the settings of a node."""
        home = self._home(number)
        for name in ("data", "logs", "tmp"):
            (home / name).mkdir(parents=True)
        shutil.copytree(distribution() / "config", home / "config")
        names = [f"node-{one}" for one in range(self.count)]
        settings: dict[str, object] = {
            "cluster.name": "hub-tests",
            "node.name": names[number],
            "node.processors": 2 if self.count == 1 else 1,
            "path.data": str(home / "data"),
            "path.logs": str(home / "logs"),
            "network.host": "127.0.0.1",
            "http.port": self.ports[number],
            "transport.port": self._transport[number],
            "discovery.seed_hosts": [f"127.0.0.1:{port}" for port in self._transport],
            "cluster.routing.allocation.disk.threshold_enabled": False,
            "xpack.security.enabled": self.is_secure,
        }
        settings |= {"discovery.type": "single-node"} if self.count == 1 else {"cluster.initial_master_nodes": names}
        if self.is_secure:
            settings |= self._certify(home / "config")
        lines = (f"{name}: {json.dumps(value)}\n" for name, value in settings.items())
        (home / "config" / "elasticsearch.yml").write_text("".join(lines))
        (home / "config" / "jvm.options").write_text((BRIEF if self.is_brief else "") + JVM_OPTIONS)
        (home / "config" / "roles.yml").write_text(ROLES)

    def _certify(self, config: Path) -> dict[str, object]:
        """Make a key and a certificate for the loopback address, and return the settings that name them."""
        order = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "7", "-subj", "/CN=hub tests"]
        names = ["-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
        files = ["-keyout", str(config / "key.pem"), "-out", str(self.certificate)]
        subprocess.run([*order, *names, *files], check=True, capture_output=True)
        shutil.copyfile(self.certificate, config / "certificate.pem")
        return {
            "xpack.security.http.ssl.enabled": True,
            "xpack.security.http.ssl.key": "key.pem",
            "xpack.security.http.ssl.certificate": "certificate.pem",
        }

    def _hand_over(self) -> None:
        """Give the nodes' folders to whom they run as."""
        if os.geteuid() == 0:
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, NOBODY, NOBODY)

    def _run(self, number: int, order: Sequence[object], *, wait: bool = False) -> None:
        """Run a program of the build for a node."""
        home = self._home(number)
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("JAVA_", "ES_"))}
        environment = {
            **inherited,
            "HOME": str(home),
            "ES_JAVA_HOME": str(java_home()),
            "ES_PATH_CONF": str(home / "config"),
            "ES_TMPDIR": str(home / "tmp"),
            "ES_JAVA_OPTS": f"-Xms{self.heap} -Xmx{self.heap}",
        }
        who = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        with (home / "logs" / "console.log").open("ab") as log:
            program = subprocess.Popen(  # type: ignore[call-overload]  # a dictionary of options has no one type
                [str(part) for part in order],
                cwd=home,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                **who,
            )
        self._programs.append(program)
        if wait and program.wait(PATIENCE):
            raise ServerError((home / "logs" / "console.log").read_text())

    def _wait(self) -> None:
        """Wait until all nodes have found each other."""
        end = time.monotonic() + PATIENCE
        address = f"{self.urls[0]}/_cluster/health?wait_for_status=green&wait_for_nodes={self.count}&timeout=5s"
        order = ["curl", "-s", "--max-time", "10", *(["--cacert", self.certificate] if self.is_secure else []), address]
        while time.monotonic() < end:
            answer = subprocess.run(list(map(str, order)), capture_output=True, text=True, check=False).stdout
            if answer.startswith("{") and json.loads(answer).get("timed_out") is False:
                return
            time.sleep(0.3)
        logs = [(self._home(number) / "logs" / "console.log").read_text()[-2000:] for number in range(self.count)]
        self.stop()
        raise ServerError("The nodes did not find each other:\n" + "\n".join(logs))


def main() -> None:
    """Start or stop the one node on which most tests run."""
    parser = argparse.ArgumentParser(description="Start and stop a real Elasticsearch for the tests.")
    parser.add_argument("command", choices=["start", "stop"])
    parser.add_argument("--to-measure", action="store_true", help="compile as in production")
    arguments = parser.parse_args()
    for folder in RUNNING:
        Servers(folder).stop()
    if arguments.command == "start":
        servers = Servers(RUNNING[0], is_secure=True, is_brief=not arguments.to_measure)
        servers.start()
        sys.stdout.write(f"export HUB_TEST_ELASTICSEARCH={servers.urls[0]}\n")
        sys.stdout.write(f"export HUB_TEST_ELASTICSEARCH_CA={servers.certificate}\n")


if __name__ == "__main__":
    try:
        main()
    except ServerError as error:
        sys.exit(str(error))

#!/usr/bin/env python3
"""How quickly are documents read, drawn and found, and does the site feel it? A site of its own in a temporary folder.

    python benchmarks/documents_speed.py [--port 8190] [--pages 500]

The long report is made of the sample reports' pages. Aims: text of at least 100 pages in a second of one core; pictures
of a page, both sizes, in at most 150 ms of one core; a report of 500 pages found at most 60 s after its upload; and the
home page's 95th percentile while the worker reads, draws and indexes at most twice that of an idle site.
"""

import argparse
import os
import re
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pikepdf

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from files.extraction import opened_in_subprocess, pictured_in_subprocess  # noqa: E402 - the project is on the path now
from files.extraction.media_types import PDF  # noqa: E402

DRAWN = 60  # pages
REQUESTS = 150
MOST_SECONDS = 300
AIMS = {"text": 100, "pictures": 150, "searchable": 60, "home": 2}


# What the upload form does when its file was examined.
UPLOAD = """
from pathlib import Path
from django.core.files.base import ContentFile
from files.models import Document
content = ContentFile(Path({path!r}).read_bytes(), name="report.pdf")
document = Document.objects.create(title="Доклад", language="bg", is_public=True, file=content)
Path({note!r}).write_text(str(document.pk))
"""


def main() -> int:
    """Measure, print, and return 1 where an aim is missed."""
    parser = argparse.ArgumentParser(description="Measure how quickly documents are read, drawn and found.")
    parser.add_argument("--port", type=int, default=8190)
    parser.add_argument("--pages", type=int, default=500)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="documents-speed-") as folder:
        report = Path(folder) / "report.pdf"
        make_report(report, arguments.pages)
        missed = [
            say("text, pages a second", text_speed(report), AIMS["text"], is_least=True),
            say("pictures, ms a page", picture_speed(report), AIMS["pictures"]),
            *measure_site(Path(folder), report, arguments.port),
        ]
    return 1 if any(missed) else 0


def say(what: str, figure: float, aim: float, *, is_least: bool = False) -> bool:
    """Print a line and return whether the aim is missed."""
    is_missed = figure < aim if is_least else figure > aim
    print(f"{what:58} {figure:9.2f}   aim {'≥' if is_least else '≤'} {aim}  {'MISSED' if is_missed else 'reached'}")
    return is_missed


def make_report(path: Path, pages: int) -> None:
    """Write a long report: the pages of the samples over and over."""
    with pikepdf.new() as pdf:
        sources = [pikepdf.open(one) for one in sorted((PROJECT / "files/seed/originals").glob("*report*.pdf"))]
        while len(pdf.pages) < pages:
            for source in sources:
                pdf.add_pages_from(source)
        del pdf.pages[pages:]
        pdf.save(path)


def text_speed(report: Path) -> float:
    """Return how many pages the reading process yields in a second of one core, its start included."""
    before = used()
    with opened_in_subprocess(report, PDF) as document:
        count = sum(1 for _ in document.pages)
    return count / (used() - before)


def picture_speed(report: Path) -> float:
    """Return the milliseconds of one core that both pictures of a page take, the start of the process included."""
    before = used()
    with pictured_in_subprocess(report, range(1, DRAWN + 1)) as pages:
        count = sum(1 for _ in pages)
    return (used() - before) / count * 1000


def used() -> float:
    """Return the seconds of a core that all processes started here, and ended since, have used."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def measure_site(folder: Path, report: Path, port: int) -> Iterator[bool]:
    """Measure a whole site: its home page at rest, how soon an upload is found, and its home page meanwhile."""
    environment = {**os.environ, "HUB_VAR": str(folder / "var"), "HUB_PORT": str(port)}
    environment["DJANGO_SETTINGS_MODULE"] = "hub.settings.development"
    manage = [sys.executable, str(PROJECT / "manage.py")]
    address = f"http://127.0.0.1:{port}"
    run([*manage, "set_up", "--address", address], environment)
    run([*manage, "db_worker", "--batch", "--no-startup-delay"], environment)
    granian = str(Path(sys.executable).parent / "granian")
    places = ["--interface", "wsgi", "--port", str(port), "--workers", "2", "--blocking-threads", "4", "--no-ws"]
    server = [granian, *places, "hub.wsgi:application"]
    with started(server, environment):
        wait_for(f"{address}/healthz/live")
        idle, note = home_page(address), folder / "document"
        run([*manage, "shell", "-v", "0", "-c", UPLOAD.format(path=str(report), note=str(note))], environment)
        begun = time.perf_counter()
        worker = started([*manage, "db_worker", "--interval", "0.2", "--no-startup-delay"], environment)
        with worker, ThreadPoolExecutor(1) as beside:
            found = beside.submit(seconds_to_hit, address, note.read_text(), begun)
            busy = home_page(address)
            yield say("searchable after upload, s", found.result(), AIMS["searchable"])
        print(f"home page, p95 at rest {idle * 1000:.0f} ms, while the worker works {busy * 1000:.0f} ms")
        yield say("home page, p95 at work to p95 at rest", busy / idle, AIMS["home"])


def run(command: list[str], environment: dict[str, str]) -> None:
    """Run a program to its end; raise where it fails."""
    subprocess.run(command, check=True, env=environment, cwd=PROJECT, stdout=subprocess.DEVNULL)  # noqa: S603 -- our own commands


@contextmanager
def started(command: list[str], environment: dict[str, str]) -> Iterator[None]:
    """Run a program meanwhile, in a session of its own."""
    process = subprocess.Popen(  # noqa: S603 -- our own commands
        command, env=environment, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=60)


def home_page(address: str) -> float:
    """Return the 95th percentile of the home page's answers, asked one after another."""
    seconds = []
    for _ in range(REQUESTS):
        begun = time.perf_counter()
        fetch(f"{address}/bg/")
        seconds.append(time.perf_counter() - begun)
        time.sleep(0.02)
    return statistics.quantiles(seconds, n=20)[-1]


def seconds_to_hit(address: str, document: str, begun: float) -> float:
    """Return after how many seconds a page of the document is among the results; asked once a second."""
    hit = re.compile(rf"/files/{document}/read/\?[^\"]*at=page%3D")
    while time.perf_counter() - begun < MOST_SECONDS:
        if hit.search(fetch(f"{address}/bg/search/?kind=file&sort=date&q={quote('доклад')}")):
            break
        time.sleep(1)
    return time.perf_counter() - begun


def wait_for(address: str) -> None:
    """Return when an address answers."""
    for _ in range(MOST_SECONDS):
        try:
            fetch(address)
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise TimeoutError(address)


def fetch(address: str) -> str:
    """Return what an address answers with."""
    with urlopen(address, timeout=60) as response:  # noqa: S310 -- our own server
        content: bytes = response.read()
    return content.decode()


if __name__ == "__main__":
    sys.exit(main())

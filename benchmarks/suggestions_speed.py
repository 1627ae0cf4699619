#!/usr/bin/env python3
"""How fast are suggestions with many records? Fills a scratch index and asks as a visitor's keys do.

    python benchmarks/suggestions_speed.py [--records 12000]

The titles and summaries are made of the words of the first content, drawn as often as they stand there, with a tail of
made-up words, so that beginnings are shared by as many words as in real text. Prints the processor time of a key at the
server (the whole view, middleware and all) by what is typed, of the first request after a change, and the memory
that the outlines take.
"""

import argparse
import os
import random
import re
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

PROJECT = Path(__file__).resolve().parent.parent
TITLE_WORDS, SUMMARY_WORDS = 9, 30
SEED = 20_261_122
TYPED = {
    "two letters": ["по", "об", "гр", "уч"],
    "four letters": ["граж", "общи", "учас", "бюдж"],
    "a word and a beginning": ["граждански бю", "обществено об", "общински съ"],
    "Latin letters": ["grazhd", "uchast", "obsht"],
    "nothing there": ["ъъъъ", "щщщ", "qqqq"],
}


def main() -> None:
    """Fill, ask, and print the table."""
    parser = argparse.ArgumentParser(description="Measure the speed of suggestions.")
    parser.add_argument("--records", type=int, default=12_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="suggestions-speed-") as folder:
        _set_up(folder)
        _fill(arguments.records)
        _measure()


def _set_up(folder: str) -> None:
    """Start Django on an empty database of its own."""
    sys.path.insert(0, str(PROJECT))
    os.environ["HUB_VAR"] = folder
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings.development")
    import django  # noqa: PLC0415 - the environment must be set before

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    settings.LOGGING_CONFIG = None
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", interactive=False, verbosity=0)


def _fill(count: int) -> None:
    """Store so many records, without their texts, which suggestions do not look at."""
    from search.models import IndexedRecord, IndexState  # noqa: PLC0415 - Django must be set up before

    draw = _words()
    IndexedRecord.objects.bulk_create(
        (
            IndexedRecord(
                key=f"thing:{number}", language="bg", kind="page", url=f"/bg/{number}/", title=draw(TITLE_WORDS),
                summary=draw(SUMMARY_WORDS), fingerprint="x", text_fingerprint="x", analysis_version="x",
            )
            for number in range(count)
        ),
        batch_size=1_000,
    )  # fmt: skip
    IndexState.renew_token()
    print(f"{count:,} records")


def _words() -> Callable[[int], str]:
    """Return a function that draws words of the first content, each twentieth with an ending of its own."""
    text = " ".join(path.read_text(encoding="utf-8") for path in sorted(PROJECT.glob("*/seed/**/*.toml")))
    text += " ".join(path.read_text(encoding="utf-8") for path in sorted(PROJECT.glob("*/seed/**/*.md")))
    words = re.findall(r"[а-я]{2,}", text.lower())
    chance = random.Random(SEED)  # noqa: S311 - no secret

    def word() -> str:
        drawn: str = chance.choice(words)
        return drawn + "".join(chance.choices("абвгдежзиклмнопрст", k=3)) if chance.random() < 0.05 else drawn

    return lambda count: " ".join(word() for _ in range(count)).capitalize()


def _measure() -> None:
    """Print how long keys take, by what is typed."""
    from django.test import Client  # noqa: PLC0415 - Django must be set up before

    from search import suggestions  # noqa: PLC0415
    from search.models import IndexState  # noqa: PLC0415

    client = Client()
    tracemalloc.start()
    suggestions.suggest("бюдж", "bg")
    _wait(suggestions)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"outlines in memory: {held / 2**20:.1f} MiB\n\n{'typed':26}{'median ms':>10}{'greatest ms':>12}")
    for name, typed in TYPED.items():
        times = list(_times(client, typed * 10))
        print(f"{name:26}{statistics.median(times):>10.1f}{max(times):>12.1f}")
    times = []
    for _ in range(3):
        IndexState.renew_token()
        times += _times(client, ["бюдж"])
        _wait(suggestions)
    print(f"{'first after a change':26}{statistics.median(times):>10.1f}{max(times):>12.1f}")


def _wait(suggestions: ModuleType) -> None:
    """Wait for the thread that makes the outlines anew."""
    while suggestions._is_loading.is_set():
        time.sleep(0.05)


def _times(client: "object", typed: list[str]) -> Iterator[float]:
    """Yield how many milliseconds each answer took."""
    for text in typed:
        started = time.thread_time()
        response = client.get("/bg/search/suggestions/", {"q": text})  # type: ignore[attr-defined]  # Django's own
        yield (time.thread_time() - started) * 1000
        if response.status_code != 200:
            sys.exit(f"{text}: {response.status_code}")


if __name__ == "__main__":
    main()

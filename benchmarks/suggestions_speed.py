#!/usr/bin/env python3
"""How fast are suggestions with many records? Fills a scratch index and asks as a visitor's keys do.

    python benchmarks/suggestions_speed.py [--records 12000]

The titles and summaries are made of the words of the first content, drawn as often as they stand there, with a tail of
made-up words, so that beginnings are shared by as many words as in real text. Prints the time of a key at the server
(the whole view, middleware and all) by the clock and of the processor, by what is typed, of the first request after a
change, and the memory that the outlines take.
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
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
TITLE_WORDS, SUMMARY_WORDS = 9, 30
SEED = 20_261_122

type Times = tuple[float, float]  # by the clock and of the processor
TYPED = {
    "two letters": ["по", "об", "гр", "уч"],
    "four letters": ["граж", "общи", "учас", "бюдж"],
    "a word and a beginning": ["граждански бю", "обществено об", "общински съ"],
    "Latin letters": ["grazhd", "uchast", "obsht"],
    "Latin letters of chats": ["grajd", "u4as", "ob6t", "sofiq"],
    "another keyboard": ["dvgw", "u`as", "dirk", "jcyh"],
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
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    settings.LOGGING_CONFIG = None
    settings.DEBUG = False
    settings.SEARCH_PREPARES = False
    settings.ALLOWED_HOSTS = ["testserver"]
    django.setup()
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

    client = Client()
    client.get("/bg/search/suggestions/", {"q": "x"})  # whatever is imported once
    tracemalloc.start()
    suggestions.suggest("бюдж", "bg")
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"outlines in memory: {held / 2**20:.1f} MiB\n")
    print("| typed | p50, ms | p95 | p50 of a core | p95 of a core |\n| --- | ---: | ---: | ---: | ---: |")
    for name, typed in TYPED.items():
        _print(name, _times(client, typed * 20))
    _print("two letters, of one kind", _times(client, TYPED["two letters"] * 20, kind="page"))
    _change(1)
    _print("two letters, one record changed", _times(client, TYPED["two letters"] * 20))
    _print("first after a change", [_after_change(client) for _ in range(20)])
    _change(suggestions.MOST_LATE)
    times = [*_times(client, ["бюдж"])]
    while suggestions._loader and suggestions._loader.is_alive():
        times += _times(client, ["бюдж"])
        time.sleep(0.1)
    _print("while a thread reads everything anew", times)


def _print(name: str, times: Iterable[Times]) -> None:
    """Print a row of the table."""
    clock, core = (sorted(column) for column in zip(*times, strict=True))
    last = min(len(clock) - 1, int(len(clock) * 0.95))
    figures = statistics.median(clock), clock[last], statistics.median(core), core[last]
    print(f"| {name} | " + " | ".join(f"{figure:.1f}" for figure in figures) + " |")


def _after_change(client: "object") -> Times:
    """Return how long the first answer after a change took."""
    _change(1)
    return next(_times(client, ["бюдж"]))


def _change(count: int) -> None:
    """Change so many records, as publishing does."""
    from search.models import IndexedRecord, IndexState  # noqa: PLC0415 - Django must be set up before

    keys = [f"thing:{number}" for number in range(count + 1)]
    IndexedRecord.objects.filter(key__in=keys).update(fingerprint=str(time.time()))
    IndexState.renew_token()


def _times(client: "object", typed: list[str], **more: str) -> Iterator[Times]:
    """Yield how many milliseconds each answer took, by the clock and of the processor."""
    for text in typed:
        clock, core = time.perf_counter(), time.thread_time()
        response = client.get("/bg/search/suggestions/", {"q": text, **more})  # type: ignore[attr-defined]  # Django's own
        yield (time.perf_counter() - clock) * 1000, (time.thread_time() - core) * 1000
        if response.status_code != 200:
            sys.exit(f"{text}: {response.status_code}")


if __name__ == "__main__":
    main()

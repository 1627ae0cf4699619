"""The two stages of the measurement of speed: what it takes to build an index, and to ask for pages of results."""

import random
import sqlite3
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import batched, cycle, islice
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.test import Client
from wagtail.models import Locale, Page, PageViewRestriction

from benchmarks.generated_corpus import Corpus, Size
from hub import models as hub
from hub.models import ContentPage, HomePage
from hub.searchable import Record
from hub.seed import plant
from hub.seeding import Planter
from hub.transliteration import transliterate
from search.analysis import STOP_WORDS, analyse
from search.engines import engine
from search.entries import Entry
from search.indexing import BATCH, portions

VOCABULARIES = {"theme": hub.Theme, "method": hub.Method, "municipality": hub.Municipality, "country": hub.Country}
SECTION = 500  # pages under one index page
SAMPLED = 20  # every so many records give words to the questions
REWRITTEN = 20  # records written anew, one by one
FTS = "fts.sqlite3"
QUESTIONS, OTHERS = "questions.txt", "others.txt"


@dataclass(slots=True)
class Built:
    """What building took."""

    records: int = 0
    words: int = 0
    build_seconds: float = 0.0
    build_words_a_second: float = 0.0
    core_words_a_second: float = 0.0  # of the time that the process had a core, whatever else the machine did
    megabytes: float = 0.0
    rewrite_ms: float = 0.0
    fts_words_a_second: float = 0.0
    fts_megabytes: float = 0.0


@dataclass(slots=True)
class Asked:
    """What pages of results took, in milliseconds, and what memory they need."""

    page_p50: float = 0.0
    page_p95: float = 0.0
    core_p50: float = 0.0  # of the time that the process had a core
    core_p95: float = 0.0
    classes: dict[str, tuple[float, ...]] = field(default_factory=dict)  # number, p50, p95, greatest
    index_memory: float = 0.0
    process_memory: float = 0.0
    refresh_ms: float = 0.0
    fts_p95: float = 0.0
    fixed_work_ms: float = 0.0


def build(folder: Path, size: Size, *, restrictions: int) -> Built:
    """Build the site and its index, and beside it a plain FTS5 table of the same texts."""
    page_ids = _make_site(size, restrictions)
    slugs = {name: list(model.objects.values_list("slug", flat=True)) for name, model in VOCABULARIES.items()}
    before = _database_size()
    built = Built()
    fts = sqlite3.connect(folder / FTS)
    fts.execute("CREATE VIRTUAL TABLE records USING fts5(key UNINDEXED, title, body, tokenize='unicode61')")
    fts_seconds = core_seconds = 0.0
    samples: list[Record] = []
    for batch in batched(Corpus(size, slugs, page_ids).records(), BATCH):
        started, on_core = time.perf_counter(), time.process_time()
        entries = [Entry.of(record) for record in batch]
        for portion in portions(entries):
            engine().write(portion)
        built.build_seconds += time.perf_counter() - started
        core_seconds += time.process_time() - on_core
        built.records += len(entries)
        built.words += sum(len(passage.analysed.words) for entry in entries for passage in entry.passages)
        samples += [record for number, record in enumerate(batch, built.records) if not number % SAMPLED]
        started = time.perf_counter()
        rows = [(r.key, r.title, "\n".join(passage.text for passage in r.passages)) for r in batch]
        with fts:
            fts.executemany("INSERT INTO records VALUES (?, ?, ?)", rows)
        fts_seconds += time.perf_counter() - started
    built.megabytes = (_database_size() - before) / 1e6
    built.fts_megabytes = (folder / FTS).stat().st_size / 1e6
    built.build_words_a_second = built.words / built.build_seconds
    built.core_words_a_second = built.words / core_seconds
    built.fts_words_a_second = built.words / fts_seconds
    built.rewrite_ms = _median(_rewrite(record) for record in samples[:REWRITTEN])
    for file, seed in ((QUESTIONS, 7), (OTHERS, 8)):
        lines = (f"{name}\t{text}\t{extra}" for name, text, extra in _questions(samples, seed))
        (folder / file).write_text("\n".join(lines), encoding="utf-8")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return built


def ask(folder: Path, requests: int, *, before: int) -> Asked:
    """Ask for pages of results as a visitor's browser does, in this process alone; so many others are asked before."""
    questions = _read(folder / QUESTIONS)
    client = Client()
    for _, text, data in islice(cycle(_read(folder / OTHERS)), before):
        client.get("/bg/search/", {"q": text, **data})
    client.get("/bg/search/", {"q": "яма"})  # whatever is loaded once: templates, dictionary, translations
    asked = Asked()
    _touch()
    before = _memory()
    asked.refresh_ms = _time(lambda: client.get("/bg/search/", {"q": "яма"}))
    asked.index_memory = (_memory() - before) / 1e6
    times: dict[str, list[float]] = {}
    core: list[float] = []
    for name, text, filters in islice(cycle(questions), requests):
        data = {"q": text, **filters}
        on_core = time.process_time()
        times.setdefault(name, []).append(_time(lambda data=data: client.get("/bg/search/", data)))  # type: ignore[misc]  # no type can be written beside a default
        core.append((time.process_time() - on_core) * 1000)
    core.sort()
    asked.core_p50, asked.core_p95 = _percentile(core, 0.5), _percentile(core, 0.95)
    everything = sorted(second for of_class in times.values() for second in of_class)
    asked.page_p50, asked.page_p95 = _percentile(everything, 0.5), _percentile(everything, 0.95)
    for name, of_class in [*times.items(), ("all", everything)]:
        of_class.sort()
        asked.classes[name] = (len(of_class), _percentile(of_class, 0.5), _percentile(of_class, 0.95), of_class[-1])
    asked.process_memory = _memory() / 1e6
    asked.refresh_ms = _median(_refresh(client) for _ in range(5))
    asked.fts_p95 = _ask_fts(folder / FTS, [text for _, text, _ in questions])
    asked.fixed_work_ms = _median(_time(_fixed_work) for _ in range(5))
    return asked


def _make_site(size: Size, restrictions: int) -> Sequence[int]:
    """Make the tables, the home pages, vocabularies, sections and so many pages; return the pages' ids."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    call_command("migrate", interactive=False, verbosity=0)
    plant(Planter())
    home = HomePage.objects.get(locale__language_code="bg")
    kind = ContentPage(title="x", locale=Locale.objects.get(language_code="bg")).content_type
    ids: list[int] = []
    for number, section in enumerate(batched(range(size.pages), SECTION)):
        index = home.add_child(instance=ContentPage(title=f"Раздел {number}", slug=f"razdel-{number}"))
        rows = [
            Page(
                title=f"Страница {place}", draft_title=f"Страница {place}", slug=f"stranitsa-{place}", live=True,
                path=Page._get_path(index.path, index.depth + 1, step), depth=index.depth + 1, numchild=0,
                url_path=f"{index.url_path}stranitsa-{place}/", content_type=kind, locale=home.locale,
            )
            for step, place in enumerate(section, 1)
        ]  # fmt: skip
        ids += [page.pk for page in Page.objects.bulk_create(rows)]
        Page.objects.filter(pk=index.pk).update(numchild=len(rows))
        if number < restrictions:
            PageViewRestriction.objects.bulk_create(
                [PageViewRestriction(page_id=index.pk, restriction_type=PageViewRestriction.LOGIN)]
            )
    return ids


def _read(file: Path) -> list[tuple[str, str, dict[str, str]]]:
    """Return questions from their file: their class, their words, their filters."""
    lines = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines())
    return [(name, text, dict(pair.split("=") for pair in extra.split("&") if pair)) for name, text, extra in lines]


def _questions(samples: Sequence[Record], seed: int) -> Iterator[tuple[str, str, str]]:
    """Yield 200 questions of the mix, in an order without pattern: their class, their words, their filters."""
    draw = random.Random(seed)  # noqa: S311 - the same questions each time
    bulgarian = [record for record in samples if record.language == "bg"]
    holding = Counter(term for record in bulgarian for term in _terms(record))
    half = sorted(
        (term for term in holding if len(term) > 3 and term not in STOP_WORDS["bg"]),
        key=lambda term: (abs(holding[term] - len(bulgarian) / 2), term),
    )[:20]
    mix = [("common word", draw.choice(half), "") for _ in range(40)]
    mix += [("two or three words", _words(draw, bulgarian, draw.choice((2, 3))), "") for _ in range(100)]
    mix += [("rewritten", transliterate(_words(draw, bulgarian, 2)), "") for _ in range(40)]
    themes = [slug for record in bulgarian for slug in record.facets["theme"]]
    mix += [
        ("with filters", _words(draw, bulgarian, 2), f"theme={draw.choice(themes)}&kind=practice") for _ in range(20)
    ]
    draw.shuffle(mix)
    yield from mix


def _terms(record: Record) -> set[str]:
    """Return the terms of a record."""
    return {
        term for passage in record.passages for token in analyse(passage.text, record.language) for term in token.terms
    }


def _words(draw: random.Random, records: Sequence[Record], count: int) -> str:
    """Return some words of one passage, as somebody who looks for it would type them."""
    while True:
        record = draw.choice(records)
        tokens = analyse(draw.choice(record.passages).text, "bg")
        words = [t.word for t in tokens if t.word.isalpha() and len(t.word) > 3 and t.word not in STOP_WORDS["bg"]]
        if len(words) >= count:
            place = draw.randrange(len(words) - count + 1)
            return " ".join(words[place : place + count])


def _rewrite(record: Record) -> float:
    """Return how long it takes to write one record anew, as on publishing."""
    return _time(lambda: engine().write([Entry.of(record)], anew=True))


def _refresh(client: Client) -> float:
    """Return how much longer the first page takes after one record has changed."""
    usual = _median(_time(lambda: client.get("/bg/search/", {"q": "яма"})) for _ in range(3))
    _touch()
    return _time(lambda: client.get("/bg/search/", {"q": "яма"})) - usual


def _touch() -> None:
    """Change one record, as publishing does."""
    key = next(iter(engine().held()))
    engine().write([Entry.of(Record(key, "bg", "practice", f"Заглавие {time.time()}", "/bg/x/"))])


def _ask_fts(path: Path, questions: Sequence[str]) -> float:
    """Return the 95th percentile of the same questions put to the plain FTS5 table: ten best and their number."""
    fts = sqlite3.connect(path)

    def put(text: str) -> None:
        query = " ".join(f'"{word}"' for word in text.split())
        fts.execute("SELECT key FROM records WHERE records MATCH ? ORDER BY rank LIMIT 10", [query]).fetchall()
        fts.execute("SELECT count(*) FROM records WHERE records MATCH ?", [query]).fetchall()

    return _percentile(sorted(_time(lambda text=text: put(text)) for text in questions), 0.95)  # type: ignore[misc]  # as above


def _fixed_work() -> None:
    """Do what takes the same on the same machine when nothing else runs there."""
    Counter(str(number % 9973) for number in range(300_000)).most_common(10)


def _database_size() -> int:
    """Return the bytes that the database takes on disk."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            (size,) = cursor.fetchone() or (0,)
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            size = Path(connection.settings_dict["NAME"]).stat().st_size
    return int(size)


def _memory() -> int:
    """Return the bytes of memory that this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096


def _time(work: Callable[[], object]) -> float:
    """Return the milliseconds that work takes."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _percentile(ordered: Sequence[float], share: float) -> float:
    """Return a percentile of figures in their order."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _median(figures: Iterator[float]) -> float:
    """Return the median."""
    return statistics.median(figures)

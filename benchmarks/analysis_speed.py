#!/usr/bin/env python3
"""How fast is text taken apart, and what does that need? Prints words a second, start-up time and memory.

    python benchmarks/analysis_speed.py [--text FILE] [--language bg]

Running text is the file given, over and over, else sentences made from the dictionary with the frequencies of a natural
language (the word in the n-th place comes 1/n times as often as the first). Distinct words are forms of the dictionary,
each asked for once, and the same with a beginning that makes them unknown. Each figure is of one process and one core.
"""

import argparse
import itertools
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

RUNNING = 1_000_000  # words
DISTINCT = 60_000
VOCABULARY = 30_000  # words of the made sentences
SENTENCE = 18  # words
UNKNOWN = "квазо"  # what no word of the dictionary begins with
_CHANCE = random.Random(5)  # noqa: S311 - the same sentences each time, no secret
_START = "import sys; sys.path.insert(0, sys.argv[1]); from search.analysis import analyse; analyse('Здравейте!', 'bg')"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the speed of the analysis of text.")
    parser.add_argument("--text", type=Path)
    parser.add_argument("--language", choices=("bg", "en"), default="bg")
    arguments = parser.parse_args()
    rows = [("start, with the data read", f"{_start_seconds():.2f} s")]

    from search.analysis import analyse, begins_known_word, terms_of_word  # noqa: PLC0415 - after the start was measured
    from search.analysis.dictionary import bulgarian  # noqa: PLC0415
    from search.analysis.tokens import words_and_terms  # noqa: PLC0415

    empty = _megabytes()
    analyse("Здравейте!", "bg")
    begins_known_word("здрав")
    rows.append(("memory of all data", f"{_megabytes() - empty:.0f} MiB, the process {_megabytes():.0f} MiB"))
    forms = list(itertools.islice(bulgarian().forms(), 0, None, 7))
    _CHANCE.shuffle(forms)
    text = arguments.text.read_text(encoding="utf-8") if arguments.text else _sentences(forms)
    words = len(analyse(text, arguments.language))
    times = max(1, RUNNING // max(words, 1))
    rows += [
        ("running text", _rate(lambda: sum(len(analyse(text, arguments.language)) for _ in range(times)))),
        (
            "the same, as the index takes it",
            _rate(lambda: sum(len(words_and_terms(text, arguments.language)[0]) for _ in range(times))),
        ),
        ("distinct words of the dictionary", _rate(lambda: len([terms_of_word(form) for form in forms[:DISTINCT]]))),
        ("distinct unknown words", _rate(lambda: len([terms_of_word(UNKNOWN + form) for form in forms[:DISTINCT]]))),
    ]
    for name, figure in rows:
        print(f"{name:36}{figure:>36}")


def _start_seconds() -> float:
    """Return the processor's time that a new process takes until it can analyse."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", _START, str(PROJECT)], check=True)  # noqa: S603 - this interpreter, our own code
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _sentences(forms: list[str]) -> str:
    """Return sentences of words that come as often as words of a natural language do."""
    vocabulary = forms[:VOCABULARY]
    weights = [1 / place for place in range(1, len(vocabulary) + 1)]
    words = _CHANCE.choices(vocabulary, weights, k=RUNNING // 5)
    return "\n".join(" ".join(sentence).capitalize() + "." for sentence in _batches(words))


def _batches(words: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield the words of each sentence."""
    yield from itertools.batched(words, SENTENCE)


def _rate(work: Callable[[], int]) -> str:
    """Return how many words a second of the processor's time some work does."""
    started = time.process_time()
    words = work()
    return f"{words / (time.process_time() - started):,.0f} words/s"


def _megabytes() -> float:
    """Return the most memory that the process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()

"""Shows what finding takes a word for, so that anyone can check it."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.analysis import analyse

BYTE_ORDER_MARK = "\ufeff"


class Command(BaseCommand):
    """Reads a word from each line and writes it with its terms: two words find each other if they share one."""

    help = "Read a word per line and write `word<TAB>term term …`: words that share a term find each other."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the language of the text in which the words stand."""
        parser.add_argument("--language", choices=("bg", "en"), default="bg", help="of the text around the words")

    def handle(self, *args: Any, language: str, **options: Any) -> None:
        """Write the terms of each line; a line of several words gets those of all."""
        try:
            for number, line in enumerate(sys.stdin):
                self._write(line if number else line.removeprefix(BYTE_ORDER_MARK), language)
            self.stdout.flush()
        except BrokenPipeError:
            # Whoever reads has seen enough, as `head` does; what is left in the buffer would raise it again at the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def _write(self, line: str, language: str) -> None:
        """Write one line and its terms."""
        word = " ".join(line.split())  # a tab is what ends the word in what is written
        terms = dict.fromkeys(term for token in analyse(word, language) for term in token.terms)
        self.stdout.write(f"{word}\t{' '.join(terms)}")

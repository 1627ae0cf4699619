"""Shows what finding takes a word for, so that anyone can check it."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.analysis import analyse


class Command(BaseCommand):
    """Reads a word from each line and writes it with its terms: two words find each other if they share one."""

    help = "Read a word per line and write `word<TAB>term term …`: words that share a term find each other."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the language of the text in which the words stand."""
        parser.add_argument("--language", choices=("bg", "en"), default="bg", help="of the text around the words")

    def handle(self, *args: Any, language: str, **options: Any) -> None:
        """Write the terms of each line; a line of several words gets those of all."""
        for line in sys.stdin:
            word = " ".join(line.split())  # a tab is what ends the word in what is written
            terms = dict.fromkeys(term for token in analyse(word, language) for term in token.terms)
            self.stdout.write(f"{word}\t{' '.join(terms)}")

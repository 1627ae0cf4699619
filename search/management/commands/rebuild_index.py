"""Makes the search index anew."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import indexing


class Command(BaseCommand):
    """Writes every record anew while visitors go on finding, or only what is missing or old."""

    help = "Write the search index anew, record by record, while visitors go on finding."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the switch for a start-up."""
        parser.add_argument("--if-needed", action="store_true", help="write only what is missing, old or gone")

    def handle(self, *args: Any, if_needed: bool, **options: Any) -> None:
        """Write the index and say how much was written."""
        started = time.perf_counter()
        outcome = indexing.mend() if if_needed else indexing.rebuild()
        if outcome.failed:
            raise CommandError(f"{len(outcome.failed)} records could not be indexed: {', '.join(outcome.failed[:10])}")
        self.stdout.write(f"Search index: {indexing.examine()}, {time.perf_counter() - started:.1f} s")

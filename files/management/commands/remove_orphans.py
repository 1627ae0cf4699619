"""Removes stored contents that nobody uses."""

from typing import Any

from django.core.management.base import BaseCommand

from files.orphans import remove_orphans


class Command(BaseCommand):
    """Removes stored contents that no version of a document uses and that are older than a day."""

    help = "Remove stored contents that no version of a document uses and that are older than a day."

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove them and say how many there were."""
        self.stdout.write(f"{remove_orphans()} removed")

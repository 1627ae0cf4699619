"""Plants the first content."""

from typing import Any

from django.core.management.base import BaseCommand

from hub.seeding import plant_everything


class Command(BaseCommand):
    """Plants the first content in both languages; what an editor has changed is left alone and named."""

    help = "Plant the first content: once, in both languages, and never over an editor's work."

    def handle(self, *args: Any, **options: Any) -> None:
        """Plant, and say what became of each object."""
        planter = plant_everything()
        for outcome, number in sorted(planter.report.items()):
            self.stdout.write(f"{number:5} {outcome}")
        for key in planter.left:
            self.stdout.write(f"      left to its editors: {key}")

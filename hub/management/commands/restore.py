"""`manage.py restore FOLDER`: puts a backup in the place of what is there. Stop the site first."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hub.backup import BackupError, restore


class Command(BaseCommand):
    """Restores a backup after all its checksums were found right."""

    help = "Put database and files of the backup FOLDER in the place of those of the site."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder of one backup, and the word that it may replace what is there."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--yes", action="store_true", help="Replace the database without asking.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, restore, and say what comes next."""
        if not options["yes"] and input("This replaces the site's database. Type 'yes' to go on: ") != "yes":
            raise CommandError("Nothing was changed.")
        try:
            count = restore(options["folder"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Restored the database and {count} files that were missing or different.")
        self.stdout.write("Now run: manage.py set_up && manage.py fixity")

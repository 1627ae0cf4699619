"""`manage.py backup FOLDER`: database and files as one consistent set, while the site goes on."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hub.backup import BackupError, back_up, verify


class Command(BaseCommand):
    """Writes a backup and checks it."""

    help = "Write database and files into a new folder under FOLDER, with a manifest of checksums."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder in which backups are kept."""
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the backup, read it again, and name it."""
        try:
            folder = back_up(options["folder"])
            count = len(verify(folder))
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{folder}: {count} files, every checksum right")

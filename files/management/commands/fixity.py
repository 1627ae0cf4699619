"""`manage.py fixity`: reads every stored content and compares it with its checksum."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from files.fixity import check_all


class Command(BaseCommand):
    """Checks all contents; ends with an error where one is damaged."""

    help = "Compare every stored file with its checksum and report the damaged ones."

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, and name each damaged content with the files that use it."""
        count, damaged = check_all()
        for blob in damaged:
            blob.refresh_from_db()
            users = ", ".join(str(version) for version in blob.versions.select_related("document"))
            self.stderr.write(f"{blob.sha256} {blob.damage}: {users}")
        if damaged:
            raise CommandError(f"{len(damaged)} of {count} contents are damaged.")
        self.stdout.write(f"{count} contents, every checksum right.")

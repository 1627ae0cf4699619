"""Gathers the texts for translation."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hub import gathering
from hub.catalogues import compile_catalogues

CATALOGUE = Path(__file__).resolve().parent.parent.parent / "locale" / "bg" / "LC_MESSAGES" / "django.po"


class Command(BaseCommand):
    """Brings the catalogue of our own texts up to date and compiles it, or says what is wrong with it."""

    help = "Gather the project's own texts into its catalogue, keeping translations; needs no gettext."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the switch for the check, and another catalogue."""
        parser.add_argument("--check", action="store_true", help="write nothing; fail where something is missing")
        parser.add_argument("--catalogue", type=Path, default=CATALOGUE)

    def handle(self, *args: Any, check: bool, catalogue: Path, **options: Any) -> None:
        """Write the catalogue, or fail with what is wrong with it."""
        text = gathering.updated(catalogue, gathering.gather(gathering.sources()))
        complaints = gathering.complaints(text)
        if not check:
            catalogue.parent.mkdir(parents=True, exist_ok=True)
            catalogue.write_text(text, encoding="utf-8")
            compile_catalogues()
            self.stdout.write(f"{catalogue.name}: {len(complaints)} entries to look after")
            return
        if not catalogue.exists() or catalogue.read_text(encoding="utf-8") != text:
            complaints.insert(0, "the catalogue is not up to date: run `make messages`")
        if complaints:
            raise CommandError("\n".join(complaints))

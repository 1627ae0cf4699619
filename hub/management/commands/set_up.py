"""Brings a site to the state in which it can be served."""

import secrets
import socket
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from hub.catalogues import compile_catalogues
from hub.models import User
from hub.seeding import plant_everything

ADMINISTRATOR = "admin"


class Command(BaseCommand):
    """Compiles catalogues, migrates, plants, indexes and makes the first administrator, each only if needed."""

    requires_system_checks = ()  # `make lint` and the tests check; a start is to be quick
    help = "Bring the site to the state in which it can be served, doing only what is not done yet."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the address that the closing lines name."""
        parser.add_argument("--address", default=settings.WAGTAILADMIN_BASE_URL)

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        """Do what is not done yet and say where the site is."""
        self._refuse_a_port_in_use(address)
        compile_catalogues()
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Making the database …")
            call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write("Looking after the first content …")
        planter = plant_everything()
        self.stdout.write("  " + ", ".join(f"{number} {outcome}" for outcome, number in sorted(planter.report.items())))
        call_command("rebuild_index", "--if-needed", stdout=self.stdout)
        password = self._administrator()
        self.stdout.write(f"\nThe site:    {address}/\nFor editors: {address}/admin/")
        if password:
            self.stdout.write(
                f"Sign in as “{ADMINISTRATOR}” with the password {password}\n(shown this once; change it in the admin)"
            )
        else:
            self.stdout.write(
                f"Sign in with your own account (manage.py changepassword {ADMINISTRATOR} sets a new password)"
            )
        self.stdout.write("Stop with Ctrl+C.\n")

    def _refuse_a_port_in_use(self, address: str) -> None:
        """Raise where something listens at the address already: the server would share the port without a word."""
        place = urlsplit(address)
        with socket.socket() as probe:
            probe.settimeout(1)
            if place.port and probe.connect_ex((place.hostname or "127.0.0.1", place.port)) == 0:
                raise CommandError(
                    f"Something answers at {address} already. Stop it, or choose a port: HUB_PORT=8001 make run"
                )

    def _administrator(self) -> str:
        """Make an administrator where there is none; return the password, or an empty text."""
        if User.objects.filter(is_superuser=True).exists():
            return ""
        password = secrets.token_urlsafe(12)
        User.objects.create_superuser(ADMINISTRATOR, email="", password=password)
        return password

"""Does the work of each minute."""

import logging
import signal
import threading
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections

from hub import ticking

logger = logging.getLogger(__name__)

INTERVAL = 60.0  # seconds


class Command(BaseCommand):
    """Publishes and withdraws what is due, mends the search index, and whatever else a room has each minute."""

    help = "Do the work of each minute: once (for a timer), or again and again with --loop."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the switch for development, where no timer calls."""
        parser.add_argument("--loop", action="store_true", help="go on each minute until stopped")
        parser.add_argument("--interval", type=float, default=INTERVAL, help="seconds between the starts of two rounds")

    def handle(self, *args: Any, loop: bool, interval: float, **options: Any) -> None:
        """Do the work; without --loop, end with an error where a part of it failed."""
        if not loop:
            if failed := ticking.tick():
                raise CommandError(f"Failed: {', '.join(failed)}")
            return
        stopped = threading.Event()

        def stop(_signal: int, _frame: FrameType | None) -> None:
            stopped.set()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        while not stopped.is_set():
            started = time.monotonic()
            close_old_connections()
            ticking.tick()
            stopped.wait(max(0.0, interval - (time.monotonic() - started)))

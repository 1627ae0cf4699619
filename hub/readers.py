"""Who reads: a person, or a program whose visits are not to be counted."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

_ROBOTS = Path(__file__).parent / "data" / "robots.txt"


def is_reader(request: HttpRequest) -> bool:
    """Return whether a person asks who reads: no robot, no browser that fetches ahead, nobody who is signed in.

    The session itself is not looked at: that would make the answer differ by cookie for every cache on its way.
    """
    headers = request.headers
    fetches_ahead = "prefetch" in headers.get("Sec-Purpose", headers.get("Purpose", ""))
    return not (
        fetches_ahead or settings.SESSION_COOKIE_NAME in request.COOKIES or is_robot(headers.get("User-Agent", ""))
    )


def is_robot(user_agent: str) -> bool:
    """Return whether a program names itself as one that is known to be no reader's, or not at all."""
    return _robots().search(user_agent.strip()) is not None


@cache
def _robots() -> re.Pattern[str]:
    """Return one expression for all known robots."""
    lines = _ROBOTS.read_text(encoding="utf-8").splitlines()
    return re.compile("|".join(line for line in lines if line and not line.startswith("#")), re.IGNORECASE)

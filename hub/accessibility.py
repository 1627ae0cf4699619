"""What the last run of the accessibility tests found: written by the tests, read by the statement, by nobody's hand."""

import json
import logging
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)

RESULTS = Path(__file__).parent / "data" / "accessibility.json"


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that some pages break."""

    rule: str
    help: str
    url: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AxeRun:
    """When the tests ran, on what, and what they found."""

    day: date
    tool: str
    pages: int
    views: int
    problems: tuple[Problem, ...]


@cache
def last_run(results: Path = RESULTS) -> AxeRun | None:
    """Return the last run, or None where none is recorded; read once by each process."""
    if not results.exists():
        logger.warning("No run of the accessibility tests is recorded")
        return None
    data = json.loads(results.read_text(encoding="utf-8"))
    problems = (Problem(own["rule"], own["help"], own["url"], tuple(own["addresses"])) for own in data["problems"])
    return AxeRun(date.fromisoformat(data["day"]), data["tool"], data["pages"], data["views"], tuple(problems))


def record(findings: dict[str, list[dict[str, Any]]], *, tool: str, views: int, day: date, to: Path = RESULTS) -> None:
    """Write what axe found on each address, by rules, so that two runs that find the same write the same."""
    problems: dict[str, dict[str, Any]] = {}
    for address, violations in sorted(findings.items()):
        for own in violations:
            known = problems.setdefault(
                own["id"], {"rule": own["id"], "help": own["help"], "url": own["helpUrl"], "addresses": []}
            )
            known["addresses"].append(address)
    data = {
        "day": day.isoformat(), "tool": tool, "pages": len(findings), "views": views,
        "problems": [problems[rule] for rule in sorted(problems)],
    }  # fmt: skip
    to.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

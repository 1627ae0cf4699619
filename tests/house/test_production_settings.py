"""A public site does not start half set up."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT_DIR = Path(__file__).resolve().parents[2]
NEEDED = {
    "HUB_SECRET_KEY": "kept-for-this-test-alone-0123456789-abcdefghijklmnopqrstuvwxyz",
    "HUB_HOSTS": "hub.example.org",
    "HUB_BASE_URL": "https://hub.example.org",
}


def start(values: dict[str, str], folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run `manage.py` with the production settings and nothing else in the environment that concerns the hub."""
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("HUB_", "DJANGO_", "PYTEST"))
    }
    environment = {**inherited, "DJANGO_SETTINGS_MODULE": "hub.settings.production", "HUB_VAR": str(folder), **values}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=PROJECT_DIR, env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.mark.parametrize("name", NEEDED)
@pytest.mark.parametrize("value", [None, "", "  "])
def test_the_site_does_not_start_without_what_it_needs(name: str, value: str | None, tmp_path: Path) -> None:
    values = {key: own for key, own in NEEDED.items() if key != name} | ({} if value is None else {name: value})

    started = start(values, tmp_path, "check")

    assert started.returncode != 0
    assert f"Set {name}" in started.stderr
    assert "docs/operations.md" in started.stderr


def test_the_check_of_a_deployment_finds_nothing(tmp_path: Path) -> None:
    started = start(NEEDED, tmp_path, "check", "--deploy", "--fail-level", "WARNING")

    assert started.returncode == 0, started.stderr


def test_no_secret_of_development_is_used_in_production(tmp_path: Path) -> None:
    start(NEEDED, tmp_path, "check")

    assert not (tmp_path / "secret-key").exists()

"""Settings of the tests: a database and files of their own, plain static files, tasks run when a test says so."""

import hashlib
import os
from pathlib import Path

import dj_database_url

from .base import *

SECRET_KEY = "a key for tests alone"  # noqa: S105 - protects nothing
DEBUG = False
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
VAR_DIR = VAR_DIR / "test"
# Each of the processes that run tests side by side has files of its own, as it has a database of its own.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
FILES_DIR = Path(os.environ.get("HUB_TEST_FILES", VAR_DIR / "files" / _worker))
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)


def database_at(place: Path | str) -> str:
    """Return the name of a database: its file or, where the tests run on a server, a name made from the file's."""
    if "HUB_TEST_DATABASE_URL" not in os.environ or len(Path(place).parts) == 1:
        return str(place)
    return f"hub_test_{hashlib.sha256(str(place).encode()).hexdigest()[:16]}"


if url := os.environ.get("HUB_TEST_DATABASE_URL"):
    DATABASES["default"] = dict(dj_database_url.parse(url))
# The database that commands run on; pytest runs on the one under TEST, which tests/conftest.py names.
DATABASES["default"]["NAME"] = database_at(os.environ.get("HUB_TEST_DATABASE", VAR_DIR / "commands.sqlite3"))
DATABASES["default"]["TEST"] = {"NAME": database_at(VAR_DIR / "test.sqlite3")}
MEDIA_ROOT = FILES_DIR / "media"
STORAGES["documents"]["OPTIONS"]["location"] = FILES_DIR / "documents"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# What was asked is written when a test says so.
SEARCH_LOG_SECONDS = 0
# A thread of its own would not see what a test has written.
SEARCH_PREPARES = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
WAGTAILADMIN_BASE_URL = "http://testserver"
# A browser test publishes faster than a person: an automatic save under way would make a new page twice.
WAGTAIL_AUTOSAVE_INTERVAL = 0
# Written when a test says so: a page's questions are counted.
PAGE_VIEWS_KEPT_SECONDS = float("inf")

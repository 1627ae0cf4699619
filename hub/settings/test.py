"""Settings of the tests: a database file that may be reused, plain static files, tasks run when the test says so."""

import os
import tempfile
from pathlib import Path

from .base import *

SECRET_KEY = "a key for tests alone"  # noqa: S105 - protects nothing
DEBUG = False
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
VAR_DIR = Path(os.environ.get("HUB_VAR", PROJECT_DIR / "var")) / "test"
VAR_DIR.mkdir(parents=True, exist_ok=True)
DATABASES["default"]["NAME"] = VAR_DIR / "unused.sqlite3"
DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="hub-media-"))
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
WAGTAILADMIN_BASE_URL = "http://testserver"

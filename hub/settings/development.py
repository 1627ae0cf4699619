"""Settings of one's own machine: SQLite in `var/`, a secret made on first use, plain HTTP on the loopback address."""

import os
import secrets

from .base import *

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
WAGTAILADMIN_BASE_URL = f"http://127.0.0.1:{os.environ.get('HUB_PORT', '8000')}"

_secret_file = VAR_DIR / "secret-key"
if not _secret_file.exists():
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    _secret_file.write_text(secrets.token_urlsafe(48), encoding="utf-8")
SECRET_KEY = _secret_file.read_text(encoding="utf-8")

MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True

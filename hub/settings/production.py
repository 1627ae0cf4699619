"""Settings of a public site: behind TLS, secrets and hosts from the environment, refusing to start without them."""

import os

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from .base import *


def _required(name: str) -> str:
    """Return the value of an environment variable; raise ImproperlyConfigured where it is missing or empty."""
    if value := os.environ.get(name, "").strip():
        return value
    message = f"Set {name}: the production settings do not start without it (docs/operations.md)."
    raise ImproperlyConfigured(message)


DEBUG = False
SECRET_KEY = _required("HUB_SECRET_KEY")
ALLOWED_HOSTS = [host.strip() for host in _required("HUB_HOSTS").split(",") if host.strip()]
WAGTAILADMIN_BASE_URL = _required("HUB_BASE_URL")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

if url := os.environ.get("HUB_DATABASE_URL"):
    DATABASES["default"] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
if url := os.environ.get("HUB_REDIS_URL"):
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}
if bucket := os.environ.get("HUB_S3_BUCKET"):
    # Region and keys are read from AWS_* by the client itself. Nothing in the bucket is public: each download gets an
    # address that is signed and soon void.
    STORAGES["documents"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": os.environ.get("HUB_S3_ENDPOINT") or None,
            "signature_version": "s3v4",
            "addressing_style": os.environ.get("HUB_S3_ADDRESSING", "auto"),
            "default_acl": None,
            "file_overwrite": False,
            "querystring_auth": True,
        },
    }
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": os.environ.get("HUB_EMAIL_HOST", "localhost"),
            "port": int(os.environ.get("HUB_EMAIL_PORT", "25")),
            "username": os.environ.get("HUB_EMAIL_USER", ""),
            "password": os.environ.get("HUB_EMAIL_PASSWORD", ""),
            "use_tls": bool(os.environ.get("HUB_EMAIL_USER")),
        },
    }
}

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
ALLAUTH_TRUSTED_PROXY_COUNT = 1

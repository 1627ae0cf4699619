"""Settings that hold everywhere; development, production and test say only what differs."""

import os
from pathlib import Path
from typing import Any

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

PROJECT_DIR = Path(__file__).resolve().parent.parent.parent
# What a running site writes: database, uploads, collected static files, built indexes.
VAR_DIR = Path(os.environ.get("HUB_VAR", PROJECT_DIR / "var")).resolve()

INSTALLED_APPS = [
    "practices",
    "strategies",
    "files",
    "search",
    "hub",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.sites",
    "hub.people.PeopleConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hub.middleware.ContentPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "hub.middleware.BadCharacterMiddleware",
    "search.middleware.AdminQueryMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "hub.middleware.ReadingOnlyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "hub.middleware.MovedMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "hub.urls"
WSGI_APPLICATION = "hub.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# SQLite: one writer at a time takes its lock at the start and waits for it; readers go on (WAL).
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR_DIR / "hub.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;",
        },
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES: dict[str, dict[str, Any]] = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# People who sign in

AUTH_USER_MODEL = "hub.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "hub.accounts.ClosedAccountAdapter"
ACCOUNT_FORMS = {"login": "hub.forms.SignInForm"}
# Who is signed in but may not open the admin is told so, and not sent to and fro.
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
# Wider than the lockout, which answers first; these count over all names of an address, and all addresses of a name.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,10/300s/key"}
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Accounts are made by an administrator: nobody can occupy a stranger's address.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Civic participation hub"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "account/locked_out.html"
AXES_USERNAME_FORM_FIELD = "login"
AXES_USERNAME_CALLABLE = "hub.accounts.attempted_name"
AXES_CLIENT_IP_CALLABLE = "hub.accounts.client_address"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False

# Languages

LANGUAGE_CODE = "bg"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("bg", _("Bulgarian")), ("en", _("English"))]
LOCALE_PATHS = [PROJECT_DIR / "hub" / "locale", PROJECT_DIR / "hub" / "locale_wagtail"]
FORMAT_MODULE_PATH = "hub.formats"
TIME_ZONE = "Europe/Sofia"
USE_I18N = True
USE_TZ = True
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = [("bg", "Български"), ("en", "English")]
# A submitted translation stays a draft until its text is there.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# Files

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Documents stand apart from pictures: no web server may hand them out by their place on the disk.
    "documents": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "documents", "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler", "hub.uploads.DiskUploadHandler"]

# Wagtail

WAGTAIL_SITE_NAME = "Център за знание за гражданско участие"
WAGTAILIMAGES_IMAGE_MODEL = "hub.Picture"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_DOCUMENT_MODEL = "files.Document"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "files.forms.DocumentForm"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# Not all of the world's: a browser stumbles over some.
WAGTAIL_USER_TIME_ZONES = ["Europe/Sofia", "Europe/Brussels", "Europe/London", "UTC"]
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/account/login/"
WAGTAIL_PASSWORD_RESET_ENABLED = False
# The admin's own lists and choosers; what visitors find is SEARCH_ENGINE.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.admin_backend"}}
WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
TAGGIT_CASE_INSENSITIVE = True
# Milliseconds. Each automatic save is a write, and one under way when the editor publishes a new page makes it twice.
WAGTAIL_AUTOSAVE_INTERVAL = 3_000

# Visitors' messages: after how many days name and e-mail are deleted, when the message is done and in any case, and
# after how many the message itself.
MESSAGE_CONTACT_DAYS_AFTER_DONE = 30
MESSAGE_CONTACT_DAYS = 183
MESSAGE_DAYS = 731

# Readers: for how many seconds a process keeps the views it counted before it writes them all at once.
PAGE_VIEWS_KEPT_SECONDS: float = 10

# Search

# Where Elasticsearch stands: addresses of nodes, separated by commas. Without any, the database answers visitors.
ELASTICSEARCH_URL = os.environ.get("HUB_ELASTICSEARCH_URL", "")
ELASTICSEARCH_API_KEY = os.environ.get("HUB_ELASTICSEARCH_API_KEY", "")
# The file of the certificate of its authority, or the SHA-256 fingerprint of its own.
ELASTICSEARCH_CA = os.environ.get("HUB_ELASTICSEARCH_CA", "")
# What the names of the indexes begin with: another for each site on one cluster.
ELASTICSEARCH_INDEX = os.environ.get("HUB_ELASTICSEARCH_INDEX", "hub")
# Seconds that a visitor's question may take there in all; then the database answers.
ELASTICSEARCH_BUDGET = 1.0
# The engine that answers visitors: a dotted path to a class of `search.engines`.
SEARCH_ENGINE = (
    "search.engines.elastic.ElasticEngine" if ELASTICSEARCH_URL else "search.engines.database.DatabaseEngine"
)

# What visitors ask is counted in each process and written so many seconds after the first of it; 0: not by itself.
SEARCH_LOG_SECONDS = 30
# Whether a process reads what it suggests while it answers its first request, rather than when somebody first types.
SEARCH_PREPARES = True

# Files: the greatest upload, in bytes.
FILES_MAX_SIZE = 100 * 1024 * 1024
# How many bytes of the disk no upload takes: the database goes on writing when there is no room for files.
FILES_ROOM = 64 * 1024 * 1024
# The address inside the web server under which it finds the documents' storage (X-Accel-Redirect): `/_documents/` with
# deploy/nginx.conf; empty where the site sends the bytes itself.
FILES_ACCEL_PREFIX = os.environ.get("HUB_ACCEL_PREFIX", "")
# For how many seconds a signed address of an S3 storage opens a file.
FILES_SIGNED_FOR = 300
# How many bytes of stored files are compared with their checksums each minute.
FILES_FIXITY_BYTES = 50 * 1024 * 1024
# The virus scanner that looks at each upload: unix:/run/clamav/clamd.ctl or tcp://127.0.0.1:3310; empty for none.
FILES_CLAMD = os.environ.get("HUB_CLAMD", "")
# How many files, and how many bytes together, are handed out as one ZIP.
FILES_BUNDLE_MAX_FILES = 200
FILES_BUNDLE_MAX_SIZE = 2 * 1024**3
# Pictures are made of so many pages of a file; the text is kept of all.
FILES_MAX_PICTURES = 2_000

# Requests for an accessible format: the term of the answer in working days, and after how many days from the answer
# the reader's address and words are deleted.
ACCESSIBLE_FORMAT_WORKING_DAYS = 10
ACCESSIBLE_FORMAT_KEPT_DAYS = 30

# Forms of visitors: how many one sender may send a minute, and all of them together an hour, in each process.
ANONYMOUS_FORMS_A_MINUTE = 5
ANONYMOUS_FORMS_AN_HOUR = 300

# What browsers are told

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
# A page in the frame beside the editor's form.
PREVIEW_CSP = {**SECURE_CSP, "frame-ancestors": [CSP.SELF]}
# The choosers of Wagtail's admin write scripts into its pages, its editors styles; everything else stays shut.
ADMIN_CSP = {
    **SECURE_CSP,
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "script-src-attr": [CSP.NONE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "blob:"],  # a picture that is being uploaded
    "frame-src": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "accelerometer": [], "camera": [], "display-capture": [], "geolocation": [], "gyroscope": [],
    "magnetometer": [], "microphone": [], "midi": [], "payment": [], "usb": [],
}  # fmt: skip
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "hub.views.csrf_failure"

# A message to an editor goes with the answer; no session, so no cookie for a visitor who has none.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "troubles": {"class": "logging.StreamHandler", "formatter": "line", "level": "WARNING"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    # Each saved page is in Wagtail's own history already.
    "loggers": {
        "wagtail": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        "axes": {"level": "WARNING"},
        "elastic_transport": {"level": "ERROR"},  # each request, and each failed one; the engine says what matters
        # The worker sets its own level: a line at the start and the end of each task. Only what fails is worth one.
        "django.tasks": {"handlers": ["troubles"], "propagate": False},
        "django_tasks_db": {"handlers": ["troubles"], "propagate": False},
    },
}

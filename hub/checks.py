"""What a start-up can know is wrong."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string


@register()
def search_engine_can_be_loaded(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Return an error where SEARCH_ENGINE names no engine."""
    try:
        import_string(settings.SEARCH_ENGINE)
    except ImportError as error:
        hint = "Name a class of search.engines, for example search.engines.database.DatabaseEngine."
        return [Error(f"SEARCH_ENGINE cannot be loaded: {error}", hint=hint, id="hub.E001")]
    return []


@register()
def elasticsearch_is_named_rightly(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Return errors where HUB_ELASTICSEARCH_URL holds no addresses, or HUB_ELASTICSEARCH_CA is of no use."""
    errors: list[CheckMessage] = []
    for host in settings.ELASTICSEARCH_URL.split(",") if settings.ELASTICSEARCH_URL else ():
        if not re.fullmatch(r"https?://[^/\s]+(/\S*)?", host.strip()):
            hint = "Name addresses like https://search.example.org:9200, separated by commas."
            errors.append(Error("HUB_ELASTICSEARCH_URL holds something that is no address.", hint=hint, id="hub.E002"))
    authority = settings.ELASTICSEARCH_CA
    if authority and not Path(authority).is_file() and not re.fullmatch("([0-9A-Fa-f]{2}:?){32}", authority):
        hint = "Name the file of a certificate, or the 64 digits of a certificate's SHA-256 fingerprint."
        errors.append(Error("HUB_ELASTICSEARCH_CA is neither file nor fingerprint.", hint=hint, id="hub.E003"))
    return errors

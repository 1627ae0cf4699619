"""What a start-up can know is wrong."""

from collections.abc import Sequence
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

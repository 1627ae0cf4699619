"""Engines: what stores records and ranks them for a question, each behind the same protocol."""

from django.conf import settings
from django.utils.module_loading import import_string

from .base import Alternative, Answer, Clause, Engine, Held, Hit, Question, Sort, State

__all__ = ["Alternative", "Answer", "Clause", "Engine", "Held", "Hit", "Question", "Sort", "State", "engine"]


def engine() -> Engine:
    """Return the engine that the settings name."""
    chosen: Engine = import_string(settings.SEARCH_ENGINE)()
    return chosen

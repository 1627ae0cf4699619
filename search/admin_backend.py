"""Wagtail's own search, for the admin's lists and choosers, with a guard before it.

On SQLite, stock Wagtail 8 answers a quotation mark, a NUL, spaces alone or some thousand words with an exception. The
guard is here, at the one place through which every search of the admin goes. What visitors find is another matter.
"""

import unicodedata
from collections.abc import Mapping
from typing import Any

from modelsearch.backends import database
from modelsearch.backends.base import EmptySearchResults
from modelsearch.query import PlainText

MAX_WORDS = 32


class GuardedSearchMixin:
    """Takes out of a query what no index holds, before the backend sees it."""

    def _search(self, query_compiler_class: type, query: Any, model_or_queryset: Any, **options: Any) -> Any:
        """Return the results; none for a query without a letter or digit."""
        if isinstance(query, str):
            query = searchable(query)
            if not query:
                return EmptySearchResults()
        elif isinstance(query, PlainText):
            query = PlainText(searchable(query.query_string), operator=query.operator)
            if not query.query_string:
                return EmptySearchResults()
        return super()._search(query_compiler_class, query, model_or_queryset, **options)  # type: ignore[misc]


def searchable(text: str) -> str:
    """Return the words of a query, the first ones of a long one: composed, without quotation marks and controls."""
    letters = unicodedata.normalize("NFC", text)
    plain = "".join(" " if sign == '"' or unicodedata.category(sign) in {"Cc", "Cs"} else sign for sign in letters)
    words = [word for word in plain.split() if any(sign.isalnum() for sign in word)]
    return " ".join(words[:MAX_WORDS])


def SearchBackend(params: Mapping[str, Any]) -> Any:  # noqa: N802 - the name under which Wagtail looks for a backend
    """Return the backend for the database of the site, guarded."""
    plain = database.SearchBackend(params)
    return type("GuardedSearchBackend", (GuardedSearchMixin, type(plain)), {})(params)

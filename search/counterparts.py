"""Which records have a version in another language: on one list for both, a work stands in the reader's alone."""

import threading
from collections import defaultdict
from collections.abc import Mapping

from search.engines import State
from search.models import IndexedRecord

type Versions = Mapping[str, Mapping[str, str]]  # translation key -> language -> key of the record

_lock = threading.Lock()
_remembered: tuple[str | None, Versions] | None = None


def keys_with_version_in(language: str, state: State) -> frozenset[str]:
    """Return the keys of what is written in another language and can be read in this one."""
    return frozenset(
        key
        for versions in _versions(state.token).values()
        if (own := versions.get(language)) is not None and own not in state.hidden
        for other, key in versions.items()
        if other != language
    )


def _versions(token: str | None) -> Versions:
    """Return the works that stand in several languages, from memory while the token is the same."""
    global _remembered  # noqa: PLW0603 - one for the process, as the engine's catalogue
    remembered = _remembered
    if remembered is None or token is None or remembered[0] != token:
        with _lock:
            remembered = _remembered = (token, _load())
    return remembered[1]


def _load() -> Versions:
    """Return the works that stand in several languages; one query."""
    works: dict[str, dict[str, str]] = defaultdict(dict)
    rows = IndexedRecord.objects.exclude(translation_key="").values_list("kind", "translation_key", "language", "key")
    for kind, work, language, key in rows:
        works[f"{kind}:{work}"][language] = key
    return {work: versions for work, versions in works.items() if len(versions) > 1}

"""Which records have a version in another language: on one list for both, a work stands in the reader's alone."""

import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from search.engines import State
from search.models import IndexedRecord


@dataclass(frozen=True, slots=True)
class Versions:
    """The records of works that stand in several languages."""

    own: Mapping[str, Mapping[str, Sequence[str]]]  # language -> key -> the same in the other languages
    others: Mapping[str, frozenset[str]]  # language -> what has a version in it


_lock = threading.Lock()
_remembered: tuple[str | None, Versions] | None = None


def keys_with_version_in(language: str, state: State) -> frozenset[str]:
    """Return the keys of what is written in another language and can be read in this one."""
    versions = _versions(state.token)
    own = versions.own.get(language, {})
    unreadable = {other for key in state.hidden & own.keys() for other in own[key]}
    return versions.others.get(language, frozenset()) - unreadable


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
    works: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    rows = IndexedRecord.objects.exclude(translation_key="").values_list("kind", "translation_key", "language", "key")
    for kind, work, language, key in rows:
        works[kind, work][language] = key
    own: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for versions in works.values():
        for language, key in versions.items():
            if others := tuple(other for other in versions.values() if other != key):
                own[language][key] = others
    return Versions(own, {language: frozenset(chain(*of.values())) for language, of in own.items()})

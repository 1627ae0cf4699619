"""Which records have a version in another language: on one list for both, a work stands in the reader's alone.

The files of a publication are one work: where one of them is in the reader's language, it stands for those in another.
"""

import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from search.engines import State
from search.models import IndexedRecord


class _Work(NamedTuple):
    """The records of one work, as one language sees them."""

    own: frozenset[str]
    others: frozenset[str]


@dataclass(frozen=True, slots=True)
class Versions:
    """The records of works that stand in several languages."""

    works: Mapping[str, Mapping[str, _Work]]  # language -> key in it -> its work
    others: Mapping[str, frozenset[str]]  # language -> what has a version in it


_lock = threading.Lock()
_remembered: tuple[str | None, Versions] | None = None


def keys_with_version_in(language: str, state: State) -> frozenset[str]:
    """Return the keys of what is written in another language and can be read in this one."""
    versions = _versions(state.token)
    works = versions.works.get(language, {})
    touched = {works[key] for key in state.hidden & works.keys()}
    unreadable = (work.others for work in touched if work.own <= state.hidden)
    return versions.others.get(language, frozenset()).difference(*unreadable)


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
    columns = ("kind", "translation_key", "page_id", "language", "key")
    rows = list(IndexedRecord.objects.exclude(translation_key="", page_id=None).values_list(*columns))
    work_of_page = {page: work for _, work, page, _, _ in rows if work and page}
    works: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for kind, work, page, language, key in rows:
        if known := work or work_of_page.get(page):
            works[kind, known][language].add(key)
    found: dict[str, dict[str, _Work]] = defaultdict(dict)
    for versions in works.values():
        for language, own in versions.items() if len(versions) > 1 else ():
            others = frozenset(chain.from_iterable(keys for code, keys in versions.items() if code != language))
            found[language] |= dict.fromkeys(own, _Work(frozenset(own), others))
    return Versions(
        found, {code: frozenset().union(*(work.others for work in of.values())) for code, of in found.items()}
    )

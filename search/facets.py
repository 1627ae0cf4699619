"""Facets: what results can be narrowed down by, with the names that a reader sees."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import F, Model, Value
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hub.models import Country, Method, Municipality, ParticipationLevel, Theme
from hub.searchable import kinds

MAX_CHOSEN = 50  # values of one facet: more than any vocabulary of ours is chosen by hand

type Labels = Mapping[str, str]  # the values of a facet in the order in which they are shown, with their names


@dataclass(frozen=True, slots=True)
class Facet:
    """A property of records by which results are narrowed down."""

    name: str  # in records and in the address
    label: str | Promise
    vocabulary: type[Model] | None = None  # terms with a slug and both names
    labels: Callable[[], Labels] | None = None  # the names of the values, where no table holds them
    pattern: re.Pattern[str] | None = None  # what a value looks like that is its own name


FILE_TYPES = {"pdf": "PDF", "docx": "Word (DOCX)", "xlsx": "Excel (XLSX)", "odt": "OpenDocument (ODT)", "txt": "TXT"}


def _kind_labels() -> Labels:
    """Return the plural names of the kinds in the order of their registration."""
    return {kind.key: str(kind.plural) for kind in kinds.values()}


def _language_labels() -> Labels:
    """Return the names of the languages, each in the reader's."""
    return {"bg": str(_("Bulgarian")), "en": str(_("English"))}


def _file_type_labels() -> Labels:
    """Return the names of the file types."""
    return FILE_TYPES


_facets: dict[str, Facet] = {}
_remembered: dict[tuple[str | None, str | None], Mapping[str, Labels]] = {}


def register(facet: Facet) -> None:
    """Make a facet known; finders show the facets in the order of registration."""
    _facets[facet.name] = facet


def registered() -> tuple[Facet, ...]:
    """Return all facets."""
    return tuple(_facets.values())


def labels(token: str | None) -> Mapping[str, Labels]:
    """Return the names of each facet's values in the reader's language, from memory while the token is the same."""
    key = (token, get_language())
    named = _remembered.get(key)
    if token is None or named is None:
        named = _labels()
        for old in [old for old in _remembered if old[0] != token]:
            _remembered.pop(old, None)
        _remembered[key] = named
    return named


def _labels() -> Mapping[str, Labels]:
    """Return the names of the values of each facet; one query for all vocabularies."""
    name = "name_en" if (get_language() or "bg").startswith("en") else "name_bg"
    queries = [
        facet.vocabulary._default_manager.order_by().values_list(Value(facet.name), "slug", F(name), "order")
        for facet in registered()
        if facet.vocabulary is not None
    ]
    named: dict[str, dict[str, str]] = {facet.name: dict(facet.labels()) for facet in registered() if facet.labels}
    for facet_name, slug, label, _order in sorted(queries[0].union(*queries[1:]), key=lambda row: (row[3], row[2])):
        named.setdefault(facet_name, {})[slug] = label
    return dict(named)


def label_of(facet: Facet, value: str, known: Mapping[str, Labels]) -> str | None:
    """Return the name of a facet's value; None for a value that the facet does not know."""
    if facet.pattern is not None:
        return value if facet.pattern.fullmatch(value) else None
    return known.get(facet.name, {}).get(value)


register(Facet("kind", _("Kind"), labels=_kind_labels))
register(Facet("theme", _("Theme"), vocabulary=Theme))
register(Facet("method", _("Method"), vocabulary=Method))
register(Facet("level", _("Level of participation"), vocabulary=ParticipationLevel))
register(Facet("municipality", _("Municipality"), vocabulary=Municipality))
register(Facet("country", _("Country"), vocabulary=Country))
register(Facet("year", _("Year"), pattern=re.compile("[12][0-9]{3}")))
register(Facet("file_type", _("File type"), labels=_file_type_labels))
register(Facet("language", _("Language of the file"), labels=_language_labels))

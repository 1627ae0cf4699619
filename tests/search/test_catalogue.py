"""The outline of the index in memory: brought up to date, it is as if it had been read anew."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engines import catalogue as catalogue_module
from search.engines.catalogue import NOWHERE, Catalogue
from search.engines.database import DatabaseEngine
from search.models import IndexedRecord
from search.visibility import current_state
from tests.factories.search import find, keys, make_record, question, write

pytestmark = pytest.mark.django_db

changes = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c", "d"]),
        st.sampled_from(["bg", "en"]),
        st.sampled_from(["page", "news"]),
        st.sets(st.sampled_from(["youth", "health"])),
        st.sampled_from([None, 2019, 2024]),
        st.booleans(),
    ),
    max_size=8,
)


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have even the smallest catalogue compared and not read anew."""
    monkeypatch.setattr(catalogue_module, "SMALL", 0)


def _told(catalogue: Catalogue) -> Mapping[str, Any]:
    """Return all that a catalogue tells, by keys and not by places."""
    everything = catalogue.in_language("bg") | catalogue.in_language("en")

    def keys_of(members: int) -> set[str]:
        return {catalogue.keys[place] for place in catalogue.places(members)}

    return {
        "languages": {code: keys_of(catalogue.in_language(code)) for code in ("bg", "en")},
        "facets": {
            (name, value): found
            for name, values in catalogue.facets.items()
            for value, members in values.items()
            if (found := keys_of(members))
        },
        "newest": [catalogue.keys[place] for place in catalogue.newest(everything, 0, 100)],
        "ids": {
            catalogue.keys[catalogue.place_of(record_id)]: record_id for record_id in catalogue.record_ids(everything)
        },
    }


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=changes, after=changes)
def test_brought_up_to_date_it_tells_what_one_read_anew_tells(compared: None, before: Any, after: Any) -> None:
    engine = DatabaseEngine()
    engine.clear()
    catalogue = Catalogue.load()
    for batch in (before, after):
        for key, language, kind, themes, year, is_deleted in batch:
            published = datetime(year, 1, 1, tzinfo=UTC) if year else None
            facets = {"theme": tuple(sorted(themes))}
            values = {"title": key, "language": language, "kind": kind, "facets": facets, "published_at": published}
            write(engine, make_record(key=key, url=f"/{key}/", **values))
            if is_deleted:
                engine.delete([key])

        catalogue = catalogue.brought_up_to_date()

        assert _told(catalogue) == _told(Catalogue.load())


def test_an_older_catalogue_stays_as_it_was(compared: None) -> None:
    engine = DatabaseEngine()
    write(engine, make_record(key="a", facets={"theme": ("youth",)}))
    old = Catalogue.load()
    told = _told(old)

    write(engine, make_record(key="a", facets={"theme": ("health",)}), make_record(key="b"))
    new = old.brought_up_to_date()

    assert _told(old) == told
    assert _told(new) != told


def test_what_the_catalogue_does_not_know_is_nowhere() -> None:
    write(DatabaseEngine(), make_record(key="a"))
    record = IndexedRecord.objects.get()

    assert Catalogue().place_of(record.pk) == NOWHERE
    assert Catalogue.load().place_of(record.pk) == 0
    assert Catalogue.load().place_of(record.pk + 1) == NOWHERE


def test_the_same_question_again_asks_nothing_until_something_changes(django_assert_num_queries: Any) -> None:
    engine = DatabaseEngine()
    write(engine, make_record(key="a", title="Едно", text="текст"))
    state = current_state()
    engine.find([question("текст")], state)

    with django_assert_num_queries(0):
        engine.find([question("текст")], state)
    write(engine, make_record(key="b", title="Едно", text="текст"))

    assert keys(find(engine, question("текст"))) == ["a", "b"]


def test_no_more_postings_are_remembered_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue_module, "REMEMBERED", 5)
    catalogue = Catalogue()

    for number in range(10):
        catalogue.remember(("bg", str(number)), {0: 1})

    assert ("bg", "9") in catalogue.postings
    assert len(catalogue.postings) <= 3

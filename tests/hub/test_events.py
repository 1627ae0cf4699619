"""Events and their iCalendar files."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from hub.models import EventPage
from tests.factories.hub import make_event


def test_the_calendar_file_says_what_when_and_where(home: Page, client: Client) -> None:
    start = datetime(2026, 11, 5, 16, 0, tzinfo=UTC)
    event = make_event(
        home,
        title="Обсъждане; бюджет, 2027",
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        address="ул. Първа 1",
    )

    response = client.get(event.url + event.reverse_subpage("calendar"))

    entry = icalendar.Calendar.from_ical(response.content).events[0]
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{event.slug}.ics"'
    assert entry["summary"] == "Обсъждане; бюджет, 2027"
    assert entry.start == start
    assert entry.end == start + timedelta(hours=2)
    assert entry["location"] == "Зала 1, ул. Първа 1"
    assert str(entry["url"]).endswith(event.url)


def test_both_languages_of_an_event_have_one_identity_in_calendars(home: Page, client: Client) -> None:
    event = make_event(home)

    entry = icalendar.Calendar.from_ical(client.get(event.url + event.reverse_subpage("calendar")).content).events[0]

    assert entry["uid"] == f"{event.translation_key}@testserver"


def test_lines_of_the_calendar_file_are_folded_and_end_as_the_standard_asks(home: Page, client: Client) -> None:
    event = make_event(home, summary="Обсъждане на бюджета. " * 15)

    content = client.get(event.url + event.reverse_subpage("calendar")).content

    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")


@pytest.mark.parametrize("minutes", [0, -1])
def test_an_event_that_ends_before_it_starts_is_refused(minutes: int, home: Page) -> None:
    start = timezone.now()
    event = EventPage(title="Среща", starts_at=start, ends_at=start + timedelta(minutes=minutes), venue="Зала")

    with pytest.raises(ValidationError) as refusal:
        event.clean()

    assert "ends_at" in refusal.value.message_dict


def test_coming_events_are_listed_nearest_first_and_past_ones_latest_first(home: Page) -> None:
    now = timezone.now()
    dates = {name: now + timedelta(days=days) for name, days in [("a", 9), ("b", 2), ("c", -9), ("d", -2)]}
    events = {name: make_event(home, starts_at=at, ends_at=at + timedelta(hours=1)) for name, at in dates.items()}
    index = events["a"].get_parent().specific

    coming, past = list(index.coming), list(index.past)

    assert coming == [events["b"], events["a"]]
    assert past == [events["d"], events["c"]]


def test_an_event_that_is_going_on_has_not_ended(home: Page) -> None:
    now = timezone.now()

    event = make_event(home, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))

    assert not event.has_ended
    assert event in event.get_parent().specific.coming

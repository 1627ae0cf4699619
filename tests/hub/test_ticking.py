"""The work of each minute."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page

from hub import ticking
from hub.models import ContentPage
from tests.factories.hub import add_page


@pytest.fixture
def failing() -> Iterator[str]:
    """A piece of work that always fails."""

    def fail() -> None:
        raise OSError("the disk is full")

    ticking.register("failing", fail)
    yield "failing"
    ticking.unregister("failing")


@pytest.fixture
def counting() -> Iterator[list[int]]:
    """A piece of work that counts its runs."""
    runs: list[int] = []
    numbers = count(1)
    ticking.register("zz counting", lambda: runs.append(next(numbers)))
    yield runs
    ticking.unregister("zz counting")


def test_a_failure_is_named_and_stops_nothing_else(failing: str, counting: list[int], site: object) -> None:
    failed = ticking.tick()

    assert failed == [failing]
    assert counting == [1]


def test_a_timer_learns_of_a_failure(failing: str, site: object) -> None:
    with pytest.raises(CommandError, match=failing):
        call_command("tick")


def test_a_minute_without_failures_ends_well(counting: list[int], site: object) -> None:
    call_command("tick")

    assert counting == [1]


def test_a_page_whose_time_has_come_goes_live(home: Page) -> None:
    page = ContentPage(title="По-късно", slug="po-kasno", locale=home.locale, live=False)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    home.add_child(instance=page)
    page.save_revision().publish()

    ticking.tick()
    before = ContentPage.objects.get(pk=page.pk).live
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        ticking.tick()

    assert not before
    assert ContentPage.objects.get(pk=page.pk).live


def test_a_page_whose_time_is_over_is_withdrawn(home: Page) -> None:
    page = add_page(home, ContentPage)
    ContentPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))

    ticking.tick()

    page.refresh_from_db()
    assert not page.live

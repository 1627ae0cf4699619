"""The work of each minute."""

import logging
import signal
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page

from hub import ticking
from hub.models import ContentPage
from tests.factories.hub import add_page


@pytest.fixture(autouse=True)
def no_other_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what a test registers is done."""
    monkeypatch.setattr(ticking, "_works", {})


def test_all_works_are_done_in_their_order() -> None:
    done: list[str] = []
    ticking.register("first", lambda: done.append("first"))
    ticking.register("second", lambda: done.append("second"))

    assert ticking.tick() == []
    assert done == ["first", "second"]


def test_a_failing_work_is_logged_and_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def fail() -> None:
        raise OSError("no disk")

    ticking.register("failing", fail)
    ticking.register("second", lambda: done.append("second"))

    with caplog.at_level(logging.ERROR):
        assert ticking.tick() == ["failing"]

    assert done == ["second"]
    assert "no disk" in caplog.text


def test_an_unregistered_work_is_done_no_more() -> None:
    ticking.register("first", lambda: pytest.fail("done"))
    ticking.unregister("first")

    assert ticking.tick() == []


def test_the_command_fails_where_a_work_did() -> None:
    def fail() -> None:
        raise OSError("no disk")

    ticking.register("failing", fail)

    with pytest.raises(CommandError, match="failing"):
        call_command("tick")


@pytest.mark.django_db
def test_the_loop_goes_on_until_it_is_stopped() -> None:
    rounds: list[int] = []

    def stop_after_three() -> None:
        rounds.append(1)
        if len(rounds) == 3:
            signal.raise_signal(signal.SIGTERM)

    ticking.register("counting", stop_after_three)
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    try:
        call_command("tick", "--loop", "--interval=0.01")
    finally:
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])

    assert len(rounds) == 3


@pytest.mark.django_db
def test_what_is_due_is_published(home: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    page = add_page(home, ContentPage)
    ContentPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))

    assert ticking.tick() == []

    page.refresh_from_db()
    assert not page.live

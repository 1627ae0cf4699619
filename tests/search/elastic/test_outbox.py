"""What waits for the cluster."""

import time
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from search.models import ClusterState, Delivery
from search.models.outbox import LONGEST_PAUSE

pytestmark = pytest.mark.django_db


def test_a_change_waits_from_its_own_transaction_on() -> None:
    with transaction.atomic():
        Delivery.objects.note(["page:1"])
        transaction.set_rollback(True)

    assert not Delivery.objects.exists()


def test_a_record_that_changes_again_waits_once_under_a_later_version() -> None:
    Delivery.objects.note(["page:1"])
    first = Delivery.objects.get()

    Delivery.objects.note(["page:1", "page:2"])

    again = Delivery.objects.get(key="page:1")
    assert Delivery.objects.count() == 2
    assert again.version > first.version
    assert again.waiting_since == first.waiting_since


def test_versions_go_on_even_where_the_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = ClusterState.next_version()
    monkeypatch.setattr(time, "time_ns", lambda: 1)

    assert ClusterState.next_version() == before + 1


def test_a_database_from_a_backup_goes_on_above_the_versions_it_has_lost() -> None:
    lost = ClusterState.next_version()
    ClusterState.objects.all().delete()

    assert ClusterState.next_version() > lost


def test_what_changed_while_it_was_delivered_waits_on() -> None:
    Delivery.objects.note(["page:1", "page:2"])
    sent = list(Delivery.objects.due())
    Delivery.objects.note(["page:2"])

    Delivery.objects.finish(sent)

    assert [row.key for row in Delivery.objects.all()] == ["page:2"]


def test_the_oldest_change_is_due_first() -> None:
    for key in ("page:3", "page:1", "page:2"):
        Delivery.objects.note([key])
    Delivery.objects.note(["page:3"])

    assert [row.key for row in Delivery.objects.due()] == ["page:1", "page:2", "page:3"]


def test_each_refusal_doubles_the_pause_up_to_a_limit() -> None:
    Delivery.objects.note(["page:1"])
    pauses = []
    for _ in range(12):
        row = Delivery.objects.get()
        row.put_off("400 no")
        pauses.append(Delivery.objects.get().due_at - timezone.now())

    assert pauses[0] <= timedelta(seconds=1) < pauses[1] <= timedelta(seconds=2) < pauses[2]
    assert LONGEST_PAUSE - timedelta(seconds=5) < pauses[-1] <= LONGEST_PAUSE
    assert not Delivery.objects.due().exists()
    assert Delivery.objects.get().error == "400 no"


def test_a_new_change_of_a_refused_record_is_due_at_once() -> None:
    Delivery.objects.note(["page:1"])
    Delivery.objects.get().put_off("400 no")
    Delivery.objects.get().put_off("400 no")

    Delivery.objects.note(["page:1"])

    assert Delivery.objects.due().count() == 1


def test_only_one_fills_at_a_time_until_its_term_is_over() -> None:
    term = timedelta(minutes=1)

    first, second = ClusterState.take_filling(term), ClusterState.take_filling(term)
    ClusterState.objects.update(filling_until=timezone.now() - timedelta(seconds=1))

    assert (first, second, ClusterState.take_filling(term)) == (True, False, True)

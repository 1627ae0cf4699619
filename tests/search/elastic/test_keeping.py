"""The minute's work, readiness and the editors' desk."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail import hooks

from hub import health, ticking
from search.engines.elastic import Cluster, ElasticEngine, examine, keep, register
from search.engines.elastic.waiting import Waiting
from search.models import Delivery
from tests.factories.search import make_record, write


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a site with a cluster registers at its start, for one test."""
    monkeypatch.setattr(ticking, "_works", {})
    monkeypatch.setattr(health, "_examinations", {})
    monkeypatch.setattr(hooks, "_hooks", {name: [*functions] for name, functions in hooks._hooks.items()})
    register()


def test_a_site_with_a_cluster_looks_after_it(registered: None) -> None:
    assert ticking._works == {"search cluster": keep}
    assert health._examinations == {"elasticsearch": examine}


def wait_for(minutes: int) -> None:
    """Have a change wait for so long."""
    Delivery.objects.note(["page:1"])
    Delivery.objects.update(waiting_since=timezone.now() - timedelta(minutes=minutes))


def test_administrators_are_told_of_what_waits_for_long(registered: None, client: Client, administrator: Any) -> None:
    wait_for(10)
    client.force_login(administrator)

    assert 'id="waiting-for-the-cluster"' in client.get("/admin/").text


def test_nobody_is_told_of_what_has_just_changed(registered: None, client: Client, administrator: Any) -> None:
    wait_for(0)
    client.force_login(administrator)

    assert "waiting-for-the-cluster" not in client.get("/admin/").text


def test_editors_are_not_told(registered: None, editor: Any, rf: RequestFactory) -> None:
    wait_for(10)
    request = rf.get("/admin/")
    request.user = editor
    panels: list[Any] = []

    hooks.get_hooks("construct_homepage_panels")[-1](request, panels)

    assert panels == []


def test_what_waits_is_counted_with_its_age_and_what_was_refused(db: None) -> None:
    assert str(Waiting.now()) == "nothing waits"
    Delivery.objects.note(["page:1", "page:2"])
    Delivery.objects.get(key="page:2").put_off("400 no")

    assert str(Waiting.now()) == "2 wait, the oldest for 0 s, 1 refused"


@pytest.mark.elasticsearch
def test_readiness_counts_the_clusters_records(elastic: ElasticEngine, search_cluster: Cluster) -> None:
    write(elastic, make_record(), make_record())

    assert examine() == "2 records; nothing waits"

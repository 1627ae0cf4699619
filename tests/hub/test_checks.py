"""What a start-up can know is wrong."""

from pathlib import Path
from typing import Any

import pytest

from hub.checks import elasticsearch_is_named_rightly, search_engine_can_be_loaded


def ids(found: list[Any]) -> list[str]:
    """Return the ids of what was found wrong."""
    return [message.id for message in found]


def test_an_engine_that_is_not_there_is_an_error(settings: Any) -> None:
    settings.SEARCH_ENGINE = "search.engines.no_such.Engine"

    assert ids(search_engine_can_be_loaded(None)) == ["hub.E001"]


@pytest.mark.parametrize("engine", ["database.DatabaseEngine", "elastic.ElasticEngine"])
def test_each_engine_can_be_loaded(settings: Any, engine: str) -> None:
    settings.SEARCH_ENGINE = f"search.engines.{engine}"

    assert not search_engine_can_be_loaded(None)


@pytest.mark.parametrize("url", ["", "https://search.example.org:9200", "http://a:9200, https://user:word@b/path"])
def test_addresses_of_a_cluster_are_fine(settings: Any, url: str) -> None:
    settings.ELASTICSEARCH_URL = url

    assert not elasticsearch_is_named_rightly(None)


@pytest.mark.parametrize("url", ["search.example.org:9200", "https://a:9200,", "ftp://a"])
def test_what_is_no_address_is_an_error(settings: Any, url: str) -> None:
    settings.ELASTICSEARCH_URL = url

    assert ids(elasticsearch_is_named_rightly(None)) == ["hub.E002"]


def test_an_authority_is_a_file_or_a_fingerprint(settings: Any, tmp_path: Path) -> None:
    certificate = tmp_path / "ca.pem"
    certificate.touch()
    found = []
    for settings.ELASTICSEARCH_CA in (str(certificate), "AB" * 32, ":".join(["ab"] * 32), str(tmp_path / "no.pem")):
        found.append(ids(elasticsearch_is_named_rightly(None)))

    assert found == [[], [], [], ["hub.E003"]]

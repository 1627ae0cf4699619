"""Ways into a cluster that asks for TLS and for who one is; the tests' server does."""

import os
import ssl
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from elasticsearch import AuthenticationException, TransportError

from search.engines.elastic import Cluster, cluster
from search.engines.elastic.connection import Access
from search.engines.elastic.filling import compare, refill

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def secure_server(search_cluster: Cluster) -> Cluster:
    """The server, where it is one that asks for TLS."""
    if not search_cluster.access.hosts[0].startswith("https://"):
        pytest.skip("HUB_TEST_ELASTICSEARCH names a server without TLS")
    return search_cluster


@pytest.fixture
def open_way(secure_server: Cluster, settings: Any) -> Iterator[Callable[..., Cluster]]:
    """A function that opens the way that some settings describe."""
    opened = []

    def open_one(**values: str) -> Cluster:
        for name, value in values.items():
            setattr(settings, f"ELASTICSEARCH_{name}", value)
        opened.append(cluster())
        return opened[-1]

    yield open_one
    for one in opened:
        one.client.close()


def anonymous(target: Cluster) -> str:
    """Return the server's address without a password."""
    address = urlsplit(target.access.hosts[0])
    return f"https://{address.hostname}:{address.port}"


def test_a_password_stands_in_the_address(secure_server: Cluster) -> None:
    assert secure_server.client.security.authenticate()["username"] == "tester"


def test_no_more_is_needed_than_the_rights_to_this_sites_indexes(secure_server: Cluster) -> None:
    rights = secure_server.client.security.has_privileges(cluster=["manage"])
    assert not rights["has_all_requested"]

    assert (refill(), refill(), compare()) == (0, 0, 0)


def test_without_a_key_the_door_stays_shut(secure_server: Cluster, open_way: Callable[..., Cluster]) -> None:
    target = open_way(URL=anonymous(secure_server))

    with pytest.raises(AuthenticationException):
        target.client.security.authenticate()


def test_a_certificate_can_be_known_by_its_fingerprint(
    secure_server: Cluster, open_way: Callable[..., Cluster]
) -> None:
    certificate = ssl.PEM_cert_to_DER_cert(Path(os.environ["HUB_TEST_ELASTICSEARCH_CA"]).read_text())

    target = open_way(CA=sha256(certificate).hexdigest())

    assert target.client.security.authenticate()["username"] == "tester"


def test_a_certificate_of_a_stranger_is_refused(secure_server: Cluster, open_way: Callable[..., Cluster]) -> None:
    target = open_way(CA="00" * 32)

    with pytest.raises(TransportError):
        target.client.security.authenticate()


def test_a_certificate_that_nobody_vouches_for_is_refused(secure_server: Cluster) -> None:
    with Access(hosts=secure_server.access.hosts).client() as client, pytest.raises(TransportError):
        client.security.authenticate()

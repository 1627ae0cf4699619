"""The time that work may take, and the way in that the settings name."""

import socket
import threading
import time
from pathlib import Path

import pytest
from elasticsearch import AuthenticationException

from search.engines.elastic import connection
from search.engines.elastic.connection import Access, OutOfTimeError, within


def test_work_in_time_gives_its_result() -> None:
    assert within(5, lambda: "done") == "done"


def test_what_work_raises_reaches_who_waits() -> None:
    def stumble() -> None:
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        within(5, stumble)


def test_an_error_of_time_in_the_work_is_the_works_own() -> None:
    def stumble() -> None:
        raise TimeoutError("the work's own")

    with pytest.raises(TimeoutError, match="the work's own"):
        within(5, stumble)


def test_work_that_takes_too_long_is_left_behind() -> None:
    release, started = threading.Event(), time.monotonic()

    with pytest.raises(OutOfTimeError):
        within(0.05, release.wait)

    assert time.monotonic() - started < 2
    release.set()


def test_who_comes_while_too_many_hang_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_PATIENCE", threading.BoundedSemaphore(1))
    release = threading.Event()
    with pytest.raises(OutOfTimeError):
        within(0.01, release.wait)

    with pytest.raises(OutOfTimeError, match="too many"):
        within(5, lambda: "done")

    release.set()


def test_several_addresses_are_several_nodes() -> None:
    access = Access(hosts=("http://127.0.0.1:1", "http://127.0.0.1:2"))

    with access.client() as client:
        assert len(client.transport.node_pool) == 2


def test_a_certificates_fingerprint_is_not_taken_for_a_file(tmp_path: Path) -> None:
    fingerprint = "AB" * 32
    access = Access(hosts=("https://127.0.0.1:1",), authority=fingerprint)

    with access.client() as client:
        (node,) = client.transport.node_pool.all()

    assert node.config.ssl_assert_fingerprint == fingerprint
    assert node.config.ca_certs is None


def test_an_api_key_is_shown_at_each_request() -> None:
    seen: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as port:

        def serve() -> None:
            visitor, _ = port.accept()
            with visitor:
                seen.append(visitor.recv(65_536))
                visitor.sendall(b"HTTP/1.1 401 No\r\nX-Elastic-Product: Elasticsearch\r\nContent-Length: 0\r\n\r\n")

        server = threading.Thread(target=serve)
        server.start()
        access = Access(hosts=(f"http://127.0.0.1:{port.getsockname()[1]}",), api_key="c2VjcmV0")
        with access.client() as client, pytest.raises(AuthenticationException):
            client.info()
        server.join()

    assert b"authorization: ApiKey c2VjcmV0\r\n" in seen[0]

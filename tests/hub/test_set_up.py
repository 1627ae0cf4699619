"""What `make run` does before it serves the site."""

import re
import socket
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from hub.models import User


def free_port() -> int:
    """Return a port at which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def set_up() -> str:
    """Run the command and return what it says."""
    said = StringIO()
    call_command("set_up", address=f"http://127.0.0.1:{free_port()}", stdout=said)
    return said.getvalue()


def test_the_password_is_random_works_and_is_shown_once(seeded: None) -> None:
    first, second = set_up(), set_up()

    shown = re.search(r"password (\S+)", first)
    assert shown
    assert User.objects.get(is_superuser=True).check_password(shown[1])
    assert shown[1] not in second
    assert "changepassword" in second


def test_nothing_is_planted_twice(seeded: None) -> None:
    said = set_up()

    assert "unchanged" in said
    assert not re.search(r"\d+ (planted|updated)", said)


def test_a_port_in_use_is_named_before_anything_is_done(db: None) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        address = f"http://127.0.0.1:{busy.getsockname()[1]}"

        with pytest.raises(CommandError, match=address):
            call_command("set_up", address=address)

    assert not User.objects.exists()

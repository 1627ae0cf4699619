"""What the tests of files share."""

from typing import Any

import pytest
from django.test import Client


class Reader(Client):
    """A client that reads each answer to its end, as a server does."""

    def request(self, **request: Any) -> Any:
        response: Any = super().request(**request)
        if response.streaming:
            response.content_read = b"".join(response)
        return response


@pytest.fixture
def client(settings: Any) -> Reader:
    settings.AXES_ENABLED = False  # `force_login` makes a request without an address, which the lockout asks for
    return Reader()

"""The forgetting of what is kept no longer: who wrote a message, and in the end the message."""

import logging

from django.utils import timezone

from hub.models import VisitorMessage

logger = logging.getLogger(__name__)


def forget_outlived() -> int:
    """Take name and address out of messages that need none, delete the oldest ones, and return how many that were."""
    now = timezone.now()
    nameless = VisitorMessage.objects.with_outlived_contact(now).update(name="", email="")
    deleted, _ = VisitorMessage.objects.outlived(now).delete()
    if nameless or deleted:
        logger.info("Messages forgotten", extra={"nameless": nameless, "deleted": deleted})
    return nameless + deleted

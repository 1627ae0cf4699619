"""What is done each minute about requests for accessible formats: telling editors, reminding them, and forgetting."""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from files.models import AccessibleFormatRequest
from hub.models import SiteSettings

logger = logging.getLogger(__name__)

FALLBACK_GROUP = "Издатели"


def care_for_requests() -> int:
    """Tell of new requests, remind of late ones, delete what is personal in old ones; return how many were touched."""
    today, now = timezone.localdate(), timezone.now()
    requests = AccessibleFormatRequest.objects.select_related("document", "owner")
    done = sum(_tell(one, "notified_at") for one in requests.open().filter(notified_at=None))
    late = requests.open().filter(due_on__lte=today, reminded_at=None).exclude(notified_at=None)
    done += sum(_tell(one, "reminded_at") for one in late)
    return done + requests.forget(closed_before=now - timedelta(days=settings.ACCESSIBLE_FORMAT_KEPT_DAYS))


def _tell(request: AccessibleFormatRequest, mark: str) -> int:
    """Write to whoever answers, and note that it was done; a mail that does not go out is tried again next minute."""
    recipients = _recipients(request)
    if not recipients:
        logger.warning("Nobody can be told of a request for an accessible format", extra={"request": request.pk})
        return 0
    try:
        send_mail(*_letter(request, is_reminder=mark == "reminded_at"), None, recipients)
    except (OSError, SMTPException):
        logger.exception("A mail about a request for an accessible format was not sent", extra={"request": request.pk})
        return 0
    AccessibleFormatRequest.objects.filter(pk=request.pk).update(**{mark: timezone.now()})
    return 1


def _letter(request: AccessibleFormatRequest, *, is_reminder: bool) -> tuple[str, str]:
    """Return subject and text; what the reader wrote stays in the admin, which asks who one is."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = (
            gettext("Still to be answered: a request for an accessible format")
            if is_reminder
            else gettext("A reader asks for an accessible format")
        )
        text = gettext(
            "File: %(title)s\nFormat: %(format)s\nTo be answered by: %(due)s\n\nThe request, with the address for the "
            "answer:\n%(url)s\n"
        ) % {
            "title": request.document.title,
            "format": request.get_wanted_display(),
            "due": request.due_on.strftime("%d.%m.%Y"),
            "url": settings.WAGTAILADMIN_BASE_URL + reverse("accessible_requests:edit", args=[request.pk]),
        }
    return subject, text


def _recipients(request: AccessibleFormatRequest) -> list[str]:
    """Return who is told: the owner, or else the site's own address, or else all publishers."""
    if request.owner and request.owner.is_active and request.owner.email:
        return [request.owner.email]
    known = SiteSettings.objects.exclude(contact_email="").values_list("contact_email", flat=True).first()
    if known:
        return [known]
    people = get_user_model()._default_manager.filter(is_active=True, groups__name=FALLBACK_GROUP)
    return [address for address in people.values_list("email", flat=True) if address]

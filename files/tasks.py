"""Work with files that no visitor and no editor waits for."""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from files.extracting import read_text
from files.models import Version

# After so long, a reading that has not come to an end was lost with its worker.
LOST_AFTER = timedelta(minutes=30)


@task()
def extract_version(version_id: int) -> str:
    """Read a version's text and return the state in which that leaves it; "gone" where the version is no more."""
    version = Version.objects.select_related("blob", "document").filter(pk=version_id).first()
    return read_text(version) if version else "gone"


def ask_again_for_the_lost() -> int:
    """Ask again for readings whose worker was killed, or whose task was never written; return how many there were."""
    lost = list(Version.objects.unread(since=timezone.now() - LOST_AFTER))
    for version in lost:
        version.ask_for_reading()
    return len(lost)

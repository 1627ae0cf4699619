"""Work with files that no visitor and no editor waits for."""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from files.extracting import read_text
from files.extraction import EXTRACTOR_VERSION, RecogniserMissingError, find_tesseract
from files.models import Version, Work
from files.working import go_on

# After so long, a reading that has not come to an end was lost with its worker.
LOST_AFTER = timedelta(minutes=30)
# A slice takes a minute at most; before it, the texts of new files are read.
LOST_WORK_AFTER = timedelta(minutes=15)
READ_AGAIN = 20


@task()
def extract_version(version_id: int) -> str:
    """Read a version's text and return the state in which that leaves it; "gone" where the version is no more."""
    version = Version.objects.select_related("blob", "document").filter(pk=version_id).first()
    return read_text(version) if version else "gone"


@task()
def go_on_with(work_id: int, ticket: str) -> str:
    """Do the next slice of a work and return its state; "gone" where it is no more or was asked for again since."""
    work = Work.objects.select_related("version__blob", "version__document").filter(pk=work_id).first()
    return go_on(work) if work and work.ticket == ticket else "gone"


def ask_again_for_the_lost() -> int:
    """Ask again for readings whose worker was killed, or whose task was never written; return how many there were."""
    lost = list(Version.objects.unread(since=timezone.now() - LOST_AFTER))
    for version in lost:
        version.ask_for_reading()
    return len(lost)


def ask_again_for_lost_work() -> int:
    """Ask again for the work on pages whose worker was killed, and for what was not possible here and now is."""
    lost = list(Work.objects.lost(since=timezone.now() - LOST_WORK_AFTER))
    lost += _possible_now()
    for work in lost:
        work.ask()
    return len(lost)


def read_again_what_is_outdated() -> int:
    """Have some versions read anew that an older extractor has read, each minute until none is left; say how many."""
    outdated = list(Version.objects.outdated(EXTRACTOR_VERSION)[:READ_AGAIN])
    for version in outdated:
        version.ask_for_reading()
    return len(outdated)


def _possible_now() -> list[Work]:
    """Return the recognitions that waited for the recogniser to be installed, if it is."""
    waiting = list(Work.objects.filter(state=Work.State.UNAVAILABLE))
    if not waiting:
        return []
    try:
        find_tesseract()
    except RecogniserMissingError:
        return []
    return waiting

"""Work on the index that no editor waits for."""

from django.tasks import task

from search import indexing


@task()
def index_later(keys: list[str]) -> int:
    """Bring many records up to date and return how many were found."""
    return len(indexing.index_keys(keys).found)

"""The engine in front of both: the database is always written, the cluster answers while it can."""

import logging
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from search.engines.base import Answer, Held, Question, State
from search.engines.database import DatabaseEngine
from search.engines.database_writing import write_entries
from search.entries import Entry
from search.models import Delivery

from . import finding
from .connection import TROUBLES, RefusedQuestionError, cluster, within
from .delivering import deliver_at_once
from .filling import AlreadyFillingError, refill

logger = logging.getLogger(__name__)


class ElasticEngine:
    """Answers from Elasticsearch; from the database while the cluster is away, slow, or has no index yet."""

    def __init__(self) -> None:
        self.database = DatabaseEngine()

    def write(self, entries: Iterable[Entry], *, anew: bool = False) -> None:
        """Store the entries in the database, and note in the same transaction that the cluster is to be told.

        What is written anew belongs to a rebuilding, at whose end a new index is filled: it waits for that.
        """

        def note(keys: Sequence[str]) -> None:
            Delivery.objects.note(keys)
            if not anew:
                transaction.on_commit(deliver_at_once, robust=True)

        write_entries(entries, anew=anew, also=note)

    def delete(self, keys: Iterable[str]) -> None:
        """Forget the records with these keys, in the database and then in the cluster."""
        keys = list(keys)
        if not keys:
            return
        with transaction.atomic():
            self.database.delete(keys)
            Delivery.objects.note(keys)
            transaction.on_commit(deliver_at_once, robust=True)

    def clear(self) -> None:
        """Forget everything."""
        with transaction.atomic():
            Delivery.objects.note(list(self.database.held()))
            self.database.clear()
            transaction.on_commit(deliver_at_once, robust=True)

    def tidy(self) -> None:
        """Let go of what no record needs any more."""
        self.database.tidy()

    def settle(self) -> None:
        """Fill a new index with what was written anew, and have it answer.

        Where that cannot be now, what was written waits like every other change.
        """
        try:
            refill()
        except (*TROUBLES, AlreadyFillingError) as error:
            logger.error("No new index was filled; the changes wait", extra={"error": str(error)[:500]})  # noqa: TRY400

    def held(self) -> Mapping[str, Held]:
        """Return what is stored, by key."""
        return self.database.held()

    def find(self, questions: Sequence[Question], state: State) -> tuple[Answer, ...]:
        """Return an answer to each question, from the cluster if it gives one in time."""
        target = cluster()
        if target.breaker.is_closed:
            # What was withdrawn must not be found, not even where the cluster has not been told yet; and while it has
            # still to be told of anything, what it counts is not what the token stands for.
            is_waiting, withdrawn = Delivery.waiting()
            hidden = state.hidden | withdrawn
            counted = target.memory.of(State(None if is_waiting else state.token, hidden))
            try:
                answers = within(target.access.budget, lambda: finding.find(target, questions, hidden, counted))
            except RefusedQuestionError:
                logger.exception("The database answers what Elasticsearch refuses")
            except TROUBLES as error:
                target.breaker.fail(error)
                logger.warning("The database answers for Elasticsearch", extra={"error": str(error)[:500]})
            else:
                target.breaker.succeed()
                return answers
        else:
            target.try_again()
        return self.database.find(questions, state)

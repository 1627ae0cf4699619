"""A circuit breaker: who fails several times running is left in peace for a while, and tried before it is trusted."""

import logging
import threading
import time
from collections.abc import Callable

logger = logging.getLogger(__name__)

FAILURES = 2  # running, before it opens: what answers instead is as good, so that caution costs nothing
PAUSE = 5.0  # seconds until the first trial; each failed one doubles them
LONGEST_PAUSE = 60.0


class CircuitBreaker:
    """Closed while all is well; open, it lets nothing through, and from time to time a trial decides whether to close.

    Each process has its own: what one learns costs the others a few failures of their own, and nothing is shared.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._pause = PAUSE
        self._opened_at: float | None = None
        self._trial_at = 0.0
        self._is_trying = False
        self.reason = ""

    @property
    def is_closed(self) -> bool:
        """Whether requests may go through."""
        return self._opened_at is None

    @property
    def open_for(self) -> float:
        """The seconds since it opened; 0 while it is closed."""
        opened_at = self._opened_at
        return 0.0 if opened_at is None else self._clock() - opened_at

    def succeed(self) -> None:
        """Take note of a success: the breaker is closed from here on."""
        with self._lock:
            if self._opened_at is not None:
                logger.warning("Elasticsearch answers again", extra={"seconds": round(self._clock() - self._opened_at)})
            self._opened_at, self._failures, self._pause, self._is_trying, self.reason = None, 0, PAUSE, False, ""

    def fail(self, error: BaseException) -> None:
        """Take note of a failure; one too many opens the breaker, a failed trial leaves it open for longer."""
        with self._lock:
            self._failures += 1
            self.reason = type(error).__name__
            was_open, was_trial, self._is_trying = self._opened_at is not None, self._is_trying, False
            if was_trial:
                self._pause = min(self._pause * 2, LONGEST_PAUSE)
            if self._failures < FAILURES:
                return
            self._trial_at = self._clock() + self._pause
            if not was_open:
                self._opened_at = self._clock()
                logger.error("Elasticsearch is left in peace; the database answers", extra={"error": self.reason})

    def begin_trial(self) -> bool:
        """Return whether it is time for a trial; who gets True makes it, and reports its success or failure."""
        with self._lock:
            if self._opened_at is None or self._is_trying or self._clock() < self._trial_at:
                return False
            self._is_trying = True
            return True

"""The circuit breaker."""

import pytest

from search.engines.elastic.breaker import FAILURES, LONGEST_PAUSE, PAUSE, CircuitBreaker


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The breaker's clock."""
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> CircuitBreaker:
    """A breaker that nothing has happened to."""
    return CircuitBreaker(clock)


def fail(breaker: CircuitBreaker, times: int) -> None:
    for _ in range(times):
        breaker.fail(ConnectionError())


def test_a_few_failures_are_no_reason_to_open(breaker: CircuitBreaker) -> None:
    fail(breaker, FAILURES - 1)

    assert breaker.is_closed


def test_too_many_failures_running_open_it(breaker: CircuitBreaker) -> None:
    fail(breaker, FAILURES)

    assert not breaker.is_closed
    assert breaker.reason == "ConnectionError"


def test_a_success_between_failures_makes_them_forgotten(breaker: CircuitBreaker) -> None:
    fail(breaker, FAILURES - 1)
    breaker.succeed()

    fail(breaker, FAILURES - 1)

    assert breaker.is_closed


def test_a_trial_comes_after_a_pause_and_only_one_at_a_time(breaker: CircuitBreaker, clock: Clock) -> None:
    fail(breaker, FAILURES)

    tried_early = breaker.begin_trial()
    clock.now += PAUSE

    assert [tried_early, breaker.begin_trial(), breaker.begin_trial()] == [False, True, False]


def test_a_trial_that_succeeds_closes_it(breaker: CircuitBreaker, clock: Clock) -> None:
    fail(breaker, FAILURES)
    clock.now += PAUSE
    breaker.begin_trial()

    breaker.succeed()

    assert breaker.is_closed
    assert not breaker.begin_trial()


def test_each_trial_that_fails_doubles_the_pause_up_to_a_limit(breaker: CircuitBreaker, clock: Clock) -> None:
    fail(breaker, FAILURES)
    pauses = []
    for _ in range(8):
        started = clock.now
        while not breaker.begin_trial():
            clock.now += 1
        pauses.append(clock.now - started)
        breaker.fail(ConnectionError())

    assert pauses[:3] == [PAUSE, 2 * PAUSE, 4 * PAUSE]
    assert pauses[-1] == LONGEST_PAUSE
    assert not breaker.is_closed


def test_it_says_how_long_it_is_open(breaker: CircuitBreaker, clock: Clock) -> None:
    fail(breaker, FAILURES)
    clock.now += 7

    assert breaker.open_for == 7

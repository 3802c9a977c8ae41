"""Who fails again and again is left alone."""

from cti_desktop.relay.breaker import Breaker


def failed(breaker: Breaker, times: int, now: float = 0.0) -> list[bool]:
    """Whether each of the failures closed it."""
    return [breaker.failed(now) for _ in range(times)]


def test_a_few_failures_are_forgiven() -> None:
    """And a success forgets them."""
    breaker = Breaker()
    assert failed(breaker, 4) == [False] * 4
    breaker.succeeded()
    assert failed(breaker, 5) == [False] * 4 + [True]


def test_after_a_pause_one_may_try() -> None:
    """Not all at once."""
    breaker = Breaker()
    failed(breaker, 5)

    assert [False, True, False] == [breaker.lets_through(now) for now in (14.0, 15.0, 15.1)]


def test_pauses_grow_up_to_five_minutes() -> None:
    """A source that stays away is asked less and less; once it answers, all is forgotten."""
    breaker = Breaker()
    failed(breaker, 20)
    assert not breaker.lets_through(299.0)
    assert breaker.lets_through(300.0)
    breaker.succeeded()
    assert breaker.lets_through(300.0)

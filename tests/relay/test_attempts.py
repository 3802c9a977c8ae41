"""How often somebody may try."""

from cti_desktop.relay.attempts import Attempts


def test_five_tries_and_no_more() -> None:
    """The sixth within the window is refused, for that key only."""
    attempts = Attempts(limit=5, window=600)

    assert [True] * 5 + [False] == [attempts.begin(["a"], float(n)) for n in range(6)]
    assert attempts.begin(["b"], 6)


def test_the_window_slides() -> None:
    """Each try is forgotten by itself."""
    attempts = Attempts(limit=2, window=600)
    attempts.begin(["a"], 0)
    attempts.begin(["a"], 300)

    assert [False, True, False, True] == [attempts.begin(["a"], t) for t in (599, 600, 601, 900)]


def test_any_key_may_be_used_up() -> None:
    """A refused try counts against none of its keys."""
    attempts = Attempts(limit=1, window=600)
    attempts.begin(["code"], 0)

    assert not attempts.begin(["address", "code"], 1)
    assert attempts.begin(["address"], 2)


def test_success_is_forgiven() -> None:
    """An office behind one address can sign in as many people as it likes."""
    attempts = Attempts(limit=1, window=600)
    for moment in range(10):
        assert attempts.begin(["a"], moment)
        attempts.forgive(["a"], moment)


def test_forgiving_what_has_passed_is_harmless() -> None:
    """The try may have left the window meanwhile."""
    attempts = Attempts(limit=1, window=10)
    attempts.begin(["a"], 0)
    attempts.forgive(["a"], 20)

    assert attempts.begin(["a"], 20)


def test_memory_is_bounded() -> None:
    """A flood of addresses doesn't fill it."""
    attempts = Attempts(keys=100)
    for number in range(1000):
        attempts.begin([str(number)], 0)

    assert 100 >= len(attempts._tries)

"""Deliveries that were turned away."""

from datetime import timedelta

import pytest

from cti_desktop.relay.turned_away import Refused, TurnedAway
from tests.helpers.relay_store import NOW
from tests.helpers.relay_world import Clock

OLD, NEW = b"old", b"new"


def test_the_first_after_each_rotation_is_cried_out(caplog: pytest.LogCaptureFixture) -> None:
    """And no other: they are counted, and reported with the rounds. No secret is said."""
    away = TurnedAway()
    for active in [(OLD,), (OLD,), (NEW, OLD), (NEW,), (NEW,), (NEW,)]:
        away.wrong_secret("pbx", active, "203.0.113.7")

    assert [record.levelname for record in caplog.records] == ["ERROR"] * 3
    assert "pbx: a delivery from 203.0.113.7 was refused" in caplog.messages[0]
    assert "old" not in caplog.text.replace("older", "")
    assert (away.counted["pbx"].count, away.since_rotation["pbx"]) == (6, 3)


@pytest.mark.warning_logs("pbx: a delivery from")
def test_the_last_ones_own_time_is_kept() -> None:
    """Not when somebody asks for it; from then on it is counted anew."""
    clock = Clock(NOW)
    away = TurnedAway(clock)
    for seconds in (1, 2):
        clock.now = NOW + timedelta(seconds=seconds)
        away.wrong_secret("pbx", (OLD,), "203.0.113.7")
    clock.now = NOW + timedelta(seconds=60)

    assert away.take() == {"pbx": Refused(2, NOW + timedelta(seconds=2))}
    assert away.take() == {}


def test_strangers_are_named_once(caplog: pytest.LogCaptureFixture) -> None:
    """Each address, and what became of it."""
    away = TurnedAway()
    for address, let_in in [("203.0.113.7", True), ("203.0.113.7", True), ("203.0.113.8", False)]:
        away.stranger("pbx", address, let_in=let_in)

    assert [message.rpartition("was ")[2] for message in caplog.messages] == [
        "judged by its secret alone",
        "refused",
    ]


def test_a_flood_of_strangers_fills_no_memory(caplog: pytest.LogCaptureFixture) -> None:
    """After a thousand addresses nobody is named any more."""
    away = TurnedAway()
    for number in range(3000):
        away.stranger("pbx", str(number), let_in=False)

    assert len(caplog.messages) == 1000

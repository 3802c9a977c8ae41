"""When the desk looks at the clock."""

from dataclasses import replace
from datetime import datetime, timedelta

from cti_desktop.core.my_call import RING_TIMEOUT, MyCall
from cti_desktop.desktop.changes import Memory, Team
from cti_desktop.desktop.clock import RelayClock
from cti_desktop.desktop.desk import Desk
from cti_desktop.desktop.pulse import MOST_WAIT_SECONDS, TICK_SECONDS, Pulse
from cti_desktop.wire.policy import Policy
from tests.helpers import situations as s


class Machine:
    """A clock that stands, and a desk with these calls."""

    def __init__(self, *calls: MyCall, policy: Policy = Policy(), knows_time: bool = True) -> None:  # noqa: B008 - a value
        self.seconds = 0.0
        clock = RelayClock(lambda: self.seconds, lambda: s.NOW)
        if knows_time:
            clock.set(s.NOW)
        assert s.situation().agent is not None
        team = Team(s.situation().agent, s.CATALOGUE, policy)  # type: ignore[arg-type]  # as asserted
        self.desk = Desk(Memory("device", team=team, calls=calls), clock.now)
        self.pulse = Pulse(self.desk, clock)

    def beat(self, at: float) -> None:
        """So many seconds after the start."""
        self.seconds = at
        self.pulse.beat(at)

    @property
    def now(self) -> datetime:
        """The relay's clock."""
        return s.NOW + timedelta(seconds=self.seconds)


def test_nothing_to_look_for() -> None:
    """An idle desktop sleeps."""
    assert Machine(s.disposed()).pulse.next_beat(0) is None


def test_open_calls_are_watched() -> None:
    """And given up in the end, but not by a clock that may be wrong."""
    machine = Machine(s.ringing())
    machine.beat(0)
    assert TICK_SECONDS == machine.pulse.next_beat(0)
    machine.beat(RING_TIMEOUT.total_seconds() + 1)
    assert not machine.desk.has_open_calls
    unsure = Machine(s.ringing(), knows_time=False)
    unsure.beat(RING_TIMEOUT.total_seconds() + 1)
    assert unsure.desk.has_open_calls


def test_a_reminder_is_waited_for_with_an_eye_on_the_clock() -> None:
    """After a sleep of the machine, it comes at the next look."""
    promised = replace(s.disposed(), remind_at=s.NOW + timedelta(seconds=100))
    machine = Machine(promised)
    assert MOST_WAIT_SECONDS == machine.pulse.next_beat(0)
    machine.seconds = 95
    assert 1000 + 5 == machine.pulse.next_beat(1000)
    machine.seconds = 101
    assert machine.pulse.next_beat(1000) is None


def test_a_timed_wrap_up_ends_by_itself() -> None:
    """The countdown begins when the prompt is seen, and saves the team's code."""
    machine = Machine(s.wrap_up(), policy=Policy("timed", 60, "resolved"))
    machine.beat(0)
    assert s.NOW + timedelta(seconds=60) == machine.desk.situation().calls[0].wrap_up_until
    machine.beat(59)
    assert not machine.desk.situation().saving
    machine.beat(60)
    assert {"call-1"} == machine.desk.situation().saving
    assert "resolved" == next(iter(machine.desk.take_changes().outbox.values())).disposition.code  # type: ignore[union-attr]  # it is there


def test_what_was_put_off_asks_again() -> None:
    """At its time."""
    later = replace(s.wrap_up(), snoozed=True, snoozed_until=s.NOW + timedelta(seconds=10))
    machine = Machine(later)
    assert () == machine.desk.situation().prompt_order
    machine.beat(10)
    assert ("call-1",) == machine.desk.situation().prompt_order

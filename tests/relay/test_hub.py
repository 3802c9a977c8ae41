"""Who is connected, and whom to wake."""

import logging
from dataclasses import dataclass, field

import pytest

from cti_desktop.relay.hub import Hub
from cti_desktop.relay.streams import Appended
from cti_desktop.wire.close_codes import CloseCode


@dataclass
class Ear:
    """A session that only listens."""

    agent_id: str = "a"
    device: str = "pc"
    token_id: str = "t"
    heads: list[int] = field(default_factory=list)
    ended: list[CloseCode] = field(default_factory=list)

    @property
    def is_behind(self) -> bool:
        """Whether it heard anything."""
        return bool(self.heads)

    def news(self, head: int) -> None:
        """Remember."""
        self.heads.append(head)

    def hang_up(self, code: CloseCode, message: str) -> None:
        """Remember."""
        self.ended.append(code)


def rows(*seqs: int, agent: str = "a") -> list[Appended]:
    """Events of an agent."""
    return [Appended(agent, seq, b"{}") for seq in seqs]


def test_only_the_agent_is_woken() -> None:
    """Every device of the agent, and nobody else."""
    hub, pc, laptop, other = Hub(), Ear(), Ear(device="laptop"), Ear("b")
    for ear in (pc, laptop, other):
        hub.enter(ear)
    hub.publish(rows(1, 2))

    assert ([1, 2], [1, 2], []) == (pc.heads, laptop.heads, other.heads)
    assert 3 == len(hub)


def test_coming_and_going_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """By agent and device, as the device calls itself in one line; an older session's end is no going."""
    caplog.set_level(logging.INFO)
    hub, older, newer = Hub(), Ear(device="pc\nFORGED"), Ear(device="pc\nFORGED")
    for session in (older, newer):
        hub.enter(session)
    for session in (older, newer):
        hub.leave(session)

    here = "a is connected, on pc FORGED"
    assert [record.getMessage() for record in caplog.records] == [here, here, "a is gone, from pc FORGED"]


def test_who_is_connected_by_tokens() -> None:
    """For the list of tokens."""
    hub = Hub()
    for ear in (Ear(token_id="t-1"), Ear("b", token_id="t-2")):
        hub.enter(ear)

    assert hub.token_ids == {"t-1", "t-2"}


def test_newer_session_of_a_device_takes_over() -> None:
    """The older is told to go, and its leaving doesn't push out the newer."""
    hub, older, newer = Hub(), Ear(), Ear()
    hub.enter(older)
    hub.enter(newer)
    hub.leave(older)
    hub.publish(rows(1))

    assert [CloseCode.TAKEN_OVER] == older.ended
    assert ([], [1]) == (older.heads, newer.heads)


def test_who_left_hears_nothing() -> None:
    """Leaving twice, or without having entered, does no harm."""
    hub, ear = Hub(), Ear()
    hub.leave(ear)
    hub.enter(ear)
    hub.leave(ear)
    hub.leave(ear)
    hub.publish(rows(1))

    assert ([], 0) == (ear.heads, len(hub))


def test_hanging_up_by_choice() -> None:
    """Only those who are picked."""
    hub, one, two = Hub(), Ear(token_id="one"), Ear("b", token_id="two")
    hub.enter(one)
    hub.enter(two)
    hub.hang_up(CloseCode.AUTH, "revoked", lambda session: session.token_id == "one")

    assert ([CloseCode.AUTH], []) == (one.ended, two.ended)


def test_recent_events_are_at_hand() -> None:
    """What follows a cursor, as far as it is remembered without a hole."""
    hub = Hub()
    hub.enter(Ear())
    hub.publish(rows(*range(5, 10)))

    def recent(after: int, limit: int = 10) -> list[int]:
        return [event.seq for event in hub.recent("a", after, limit)]

    assert [5, 6, 7, 8, 9] == recent(4)
    assert [7, 8] == recent(6, 2)
    assert [] == recent(9)
    assert [] == recent(3)  # 4 is in the store only
    assert () == hub.recent("b", 0, 10)


def test_memory_is_bounded_and_ends_with_the_last_session() -> None:
    """The store has everything; the hub only the newest, and only for the connected."""
    hub, ear = Hub(), Ear()
    hub.publish(rows(1))
    hub.enter(ear)
    hub.publish(rows(*range(2, 1000)))

    assert 64 == len(hub.recent("a", 999 - 64, 1000))
    assert () == hub.recent("a", 1, 1000)

    hub.leave(ear)

    assert () == hub.recent("a", 998, 10)


def test_who_leaves_last_is_told() -> None:
    """Not while another desktop of the agent is there."""
    left: list[str] = []
    hub, pc, laptop = Hub(left.append), Ear(), Ear(device="laptop")
    hub.enter(pc)
    hub.enter(laptop)
    hub.leave(pc)
    assert left == []

    hub.leave(laptop)
    assert left == ["a"]

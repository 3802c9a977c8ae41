"""The desktop's end, frame by frame."""

import json
from typing import Any

import pytest

from cti_desktop.core.disposition import Disposition
from cti_desktop.core.errors import LocalProtocolError, RemoteProtocolError
from cti_desktop.core.people import Person
from cti_desktop.wire.desktop_link import (
    Complaint,
    Cursor,
    DesktopLink,
    DispositionRefused,
    DispositionStored,
    ProbeAnswered,
    Received,
    Unfamiliar,
    WasReset,
    Welcomed,
)
from cti_desktop.wire.events import body_of
from cti_desktop.wire.messages import ErrorMessage, Event, Probed, Rejected, Reset, Stored, Welcome, encode
from tests.helpers.calls import CATALOGUE, NOON, rang

DISPOSITION = Disposition("d-1", "call-1", "interested", None, "", None, NOON)
BODY = body_of(rang())


def welcome(head: int = 0, epoch: str = "e1") -> str:
    """The relay's answer to hello."""
    return encode(Welcome(Person("a1", "Asha"), epoch, head, NOON, CATALOGUE))


def event(seq: int) -> str:
    """An event of the stream."""
    return encode(Event(seq, BODY))


NEW = Cursor()


def opened(cursor: Cursor = NEW, head: int = 0) -> DesktopLink:
    """A link that is past the welcome."""
    link = DesktopLink("desk", "0.1.0", cursor)
    link.opened()
    link.receive(welcome(head))
    return link


def sent(frames: list[str]) -> list[dict[str, Any]]:
    """What frames say."""
    return [json.loads(frame) for frame in frames]


def test_hello_carries_the_cursor() -> None:
    """The relay goes on where this device has committed."""
    link = DesktopLink("desk", "0.1.0", Cursor("e1", 7))
    assert sent(link.opened()) == [
        {"type": "hello", "device": "desk", "epoch": "e1", "seq": 7, "version": "0.1.0"}
    ]


def test_welcome_says_whether_a_replay_follows() -> None:
    """With nothing to replay, the desktop has caught up at once."""
    for head, caught_up in ((7, True), (9, False)):
        link = DesktopLink("desk", "0.1.0", Cursor("e1", 7))
        link.opened()
        (told,), _ = link.receive(welcome(head))
        assert isinstance(told, Welcomed)
        assert caught_up is told.caught_up


def test_a_probe_asks_for_an_answer() -> None:
    """Only over an open link; the answer says to which."""
    assert [] == DesktopLink("desk", "0.1.0").probe("p-1")
    link = opened()
    assert [{"type": "probe", "id": "p-1"}] == sent(link.probe("p-1"))
    assert ([ProbeAnswered("p-1")], []) == link.receive(encode(Probed("p-1")))


def test_another_epoch_is_not_caught_up() -> None:
    """A reset follows, even if the numbers happen to agree."""
    link = DesktopLink("desk", "0.1.0", Cursor("e0", 7))
    link.opened()
    (told,), _ = link.receive(welcome(7))
    assert isinstance(told, Welcomed)
    assert not told.caught_up


def test_events_up_to_the_head_are_replay_and_later_ones_live() -> None:
    """The last replayed one says that the desktop has caught up."""
    link = opened(head=2)
    told = [link.receive(event(seq))[0][0] for seq in (1, 2, 3)]
    assert told == [
        Received(BODY, Cursor("e1", 1), replayed=True, caught_up=False),
        Received(BODY, Cursor("e1", 2), replayed=True, caught_up=True),
        Received(BODY, Cursor("e1", 3), replayed=False, caught_up=False),
    ]


def test_only_what_is_committed_is_acknowledged() -> None:
    """Receiving acknowledges nothing."""
    link = opened()
    assert link.receive(event(1))[1] == []
    assert sent(link.committed(Cursor("e1", 1))) == [{"type": "ack", "seq": 1}]


def test_a_commit_after_the_link_closed_is_acknowledged_by_the_next_hello() -> None:
    """No frame is made for a transport that is gone."""
    link = opened()
    link.receive(event(1))
    link.closed()
    assert link.committed(Cursor("e1", 1)) == []
    assert sent(link.opened())[0]["seq"] == 1


def test_a_repeated_event_is_dropped() -> None:
    """At least once on the wire, once in effect; what is committed is acknowledged again."""
    link = opened()
    link.receive(event(1))
    assert link.receive(event(1)) == ([], [])
    link.committed(Cursor("e1", 1))
    told, frames = link.receive(event(1))
    assert ([], [{"type": "ack", "seq": 1}]) == (told, sent(frames))


def test_a_gap_breaks_the_link() -> None:
    """Better a reconnect than a hole."""
    with pytest.raises(RemoteProtocolError, match="event 3 after 0") as broken:
        opened().receive(event(3))
    assert broken.value.code == "gap"


def test_uncommitted_events_come_again_after_a_reconnect() -> None:
    """The cursor is what the store has, not what was seen."""
    link = opened()
    link.receive(event(1))
    link.closed()
    link.opened()
    link.receive(welcome(1))
    assert link.receive(event(1))[0] == [Received(BODY, Cursor("e1", 1), replayed=True, caught_up=True)]


def test_a_reset_replaces_the_cursor() -> None:
    """Then the stream goes on from its head."""
    link = opened(Cursor("e0", 50), head=9)
    told, _ = link.receive(encode(Reset("e1", 9, (BODY,))))
    assert told == [WasReset((BODY,), Cursor("e1", 9))]
    assert link.receive(event(10))[0] == [Received(BODY, Cursor("e1", 10), replayed=False, caught_up=False)]


def test_dispositions_are_sent_once_per_connection_until_answered() -> None:
    """Saved offline, sent at the welcome; unanswered, sent again at the next."""
    link = DesktopLink("desk", "0.1.0")
    assert link.submit([DISPOSITION]) == []
    link.opened()
    assert [m["id"] for m in sent(link.receive(welcome())[1])] == ["d-1"]
    assert link.submit([DISPOSITION]) == []
    link.closed()
    link.opened()
    assert [m["id"] for m in sent(link.receive(welcome())[1])] == ["d-1"]
    assert link.receive(encode(Stored("d-1")))[0] == [DispositionStored("d-1")]
    link.closed()
    link.opened()
    assert link.receive(welcome())[1] == []


def test_a_refused_disposition_is_told_and_not_sent_again() -> None:
    """It is the person's turn."""
    link = opened()
    assert len(link.submit([DISPOSITION])) == 1
    told, _ = link.receive(encode(Rejected("d-1", "missing", "notes", "notes is missing")))
    assert told == [DispositionRefused("d-1", "missing", "notes", "notes is missing")]
    link.closed()
    link.opened()
    assert link.receive(welcome())[1] == []


def test_a_complaint_and_an_unknown_type() -> None:
    """The first is told; the second is answered, and tells that the relay is newer."""
    link = opened()
    assert link.receive(encode(ErrorMessage("slow", "too slow")))[0] == [Complaint("slow", "too slow")]
    events, answers = link.receive('{"type":"confetti"}')
    assert ([Unfamiliar("confetti")], "unknown_type") == (events, sent(answers)[0]["code"])


@pytest.mark.parametrize("frame", [event(1), encode(Reset("e1", 0))])
def test_nothing_comes_before_the_welcome(frame: str) -> None:
    """A relay that skips it is no relay."""
    link = DesktopLink("desk", "0.1.0")
    link.opened()
    with pytest.raises(RemoteProtocolError, match="before welcome"):
        link.receive(frame)


def test_a_second_welcome_and_a_closed_link() -> None:
    """The first is the relay's fault, the second ours."""
    with pytest.raises(RemoteProtocolError, match="second welcome"):
        opened().receive(welcome())
    with pytest.raises(LocalProtocolError):
        DesktopLink("desk", "0.1.0").receive(welcome())

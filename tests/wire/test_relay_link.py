"""The relay's end, frame by frame; then both ends on a wire that loses everything at times."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cti_desktop.core.disposition import Disposition
from cti_desktop.core.errors import DispositionRejected, LocalProtocolError, RemoteProtocolError
from cti_desktop.core.people import Person
from cti_desktop.wire.desktop_link import Cursor, DesktopLink, DispositionStored, Received, WasReset
from cti_desktop.wire.events import body_of, encode_body
from cti_desktop.wire.messages import (
    MAX_FRAME_BYTES,
    Ack,
    DispositionMessage,
    ErrorMessage,
    Hello,
    Probe,
    encode,
)
from cti_desktop.wire.policy import Policy
from cti_desktop.wire.relay_link import (
    WINDOW_BYTES,
    WINDOW_EVENTS,
    Acked,
    Complained,
    Greeted,
    RelayLink,
    Stream,
    Submitted,
)
from tests.helpers.calls import CATALOGUE, NOON, rang

ASHA = Person("a1", "Asha")
BODY = encode_body(body_of(rang()))
DISPOSITION = Disposition("d-1", "call-1", "interested", None, "", None, NOON)


def greet(link: RelayLink, seq: int = 0, epoch: str | None = None) -> Greeted:
    """Say hello."""
    (greeted,), _ = link.receive(encode(Hello("desk", seq, epoch)))
    assert isinstance(greeted, Greeted)
    return greeted


def open_link(stream: Stream, seq: int = 0, epoch: str | None = None) -> tuple[RelayLink, list[str], bool]:
    """A link whose hello is answered."""
    link = RelayLink()
    greeted = greet(link, seq, epoch)
    frames, resumes = link.welcome(
        greeted, stream, agent=ASHA, now=NOON, catalogue=CATALOGUE, policy=Policy()
    )
    return link, frames, resumes


def test_hello_is_answered_with_welcome() -> None:
    """It carries everything that a desktop needs to start."""
    _, (frame,), resumes = open_link(Stream("e1", 1, 9), 4, "e1")
    told: dict[str, Any] = json.loads(frame)
    assert resumes
    assert ["agent", "catalogue", "epoch", "head", "policy", "time", "type"] == sorted(told)
    assert ({"id": "a1", "name": "Asha"}, "e1", 9) == (told["agent"], told["epoch"], told["head"])
    assert told["catalogue"]["codes"][0]["requires"] == []


def test_a_probe_is_answered_at_once() -> None:
    """Without the store; an endless id is cut."""
    link, _, _ = open_link(Stream("e1", 1, 0))
    _, (frame,) = link.receive(encode(Probe("p" * 1000)))
    assert {"type": "probed", "id": "p" * 100} == json.loads(frame)


@pytest.mark.parametrize(
    ("epoch", "seq", "resumes"),
    [
        ("e1", 5, True),
        ("e1", 9, True),
        ("e1", 3, True),
        ("e1", 2, False),
        ("e1", 10, False),
        ("e0", 5, False),
        (None, 5, False),
        (None, 0, False),
    ],
)
def test_a_cursor_is_honoured_only_if_nothing_is_missing(
    epoch: str | None, seq: int, *, resumes: bool
) -> None:
    """Events 4 to 9 are left: 3 is the oldest cursor that can go on."""
    assert resumes == Stream("e1", 4, 9).can_resume(epoch, seq)


def test_a_new_device_gets_all_that_there_is() -> None:
    """If nothing was purged yet, the start is a place to resume from."""
    assert Stream("e1", 1, 9).can_resume(None, 0)
    assert Stream("e1", 1, 0).can_resume(None, 0)


def test_a_reset_goes_on_from_the_head() -> None:
    """The snapshot stands for everything before."""
    link, _, _ = open_link(Stream("e1", 4, 9), 1, "e0")
    (frame,) = link.reset(Stream("e1", 4, 9), [body_of(rang())])
    assert ("reset", 9, "call.rang") == tuple(
        json.loads(frame)[k] if k != "calls" else json.loads(frame)[k][0]["kind"]
        for k in ("type", "head", "calls")
    )
    assert json.loads(link.event_frame(10, BODY))["seq"] == 10


def test_events_are_sent_in_order_only() -> None:
    """A hole would be our own bug."""
    link, _, _ = open_link(Stream("e1", 1, 9))
    link.event_frame(1, BODY)
    with pytest.raises(LocalProtocolError, match="event 3 after 1"):
        link.event_frame(3, BODY)


def test_the_window_fills_and_empties() -> None:
    """A desktop that doesn't acknowledge gets no more than the window."""
    link, _, _ = open_link(Stream("e1", 1, 999))
    for seq in range(1, WINDOW_EVENTS + 1):
        link.event_frame(seq, BODY)
    assert link.room == 0
    assert link.receive(encode(Ack(100)))[0] == [Acked(100)]
    assert link.room == 100


def test_the_window_counts_bytes_too() -> None:
    """Few, but large events fill it as well."""
    link, _, _ = open_link(Stream("e1", 1, 999))
    link.event_frame(1, b"{" + b" " * WINDOW_BYTES + b"}")
    assert link.room == 0
    link.receive(encode(Ack(1)))
    assert WINDOW_EVENTS == link.room


def test_there_is_no_room_before_the_welcome() -> None:
    """Nothing is sent to somebody who was not greeted."""
    assert RelayLink().room == 0


def test_a_disposition_is_handed_over_and_answered() -> None:
    """`stored` comes from whoever committed it."""
    link, _, _ = open_link(Stream("e1", 1, 0))
    assert link.receive(encode(DispositionMessage.of(DISPOSITION)))[0] == [Submitted(DISPOSITION)]
    assert json.loads(link.stored("d-1")) == {"type": "stored", "id": "d-1"}
    error = DispositionRejected("notes is missing", field="notes", code="missing")
    assert json.loads(link.rejected("d-1", error)) == {
        "type": "rejected",
        "id": "d-1",
        "code": "missing",
        "field": "notes",
        "message": "notes is missing",
    }


@pytest.mark.parametrize(
    ("frame", "field"),
    [
        ('{"type":"disposition","id":"d","call_id":"c","code":"x","saved_at":"now"}', "saved_at"),
        ('{"type":"disposition","id":"d","call_id":"c","code":"x"}', "saved_at"),
    ],
)
def test_an_unreadable_disposition_is_rejected_at_once(frame: str, field: str) -> None:
    """The link stays up for those behind it."""
    link, _, _ = open_link(Stream("e1", 1, 0))
    told, (answer,) = link.receive(frame)
    assert ([], "rejected", "d", field) == (
        told,
        json.loads(answer)["type"],
        json.loads(answer)["id"],
        json.loads(answer)["field"],
    )


@pytest.mark.parametrize(
    ("frames", "code"),
    [
        ([encode(Ack(0))], "hello_expected"),
        ([encode(Hello("d", 0)), encode(Hello("d", 0))], "unexpected"),
        ([encode(Hello("d", -1))], "bad_message"),
        ([encode(Hello("d", 0)), encode(Ack(5))], "bad_ack"),
        (["nonsense"], "bad_message"),
    ],
)
def test_a_desktop_that_breaks_the_protocol(frames: list[str], code: str) -> None:
    """Each breach has a code of its own."""
    link = RelayLink()
    for frame in frames[:-1]:
        link.receive(frame)
    with pytest.raises(RemoteProtocolError) as broken:
        link.receive(frames[-1])
    assert code == broken.value.code


def test_complaints_and_unknown_types() -> None:
    """The first is told, the second is answered."""
    link, _, _ = open_link(Stream("e1", 1, 0))
    assert link.receive(encode(ErrorMessage("gap", "event 9 after 7")))[0] == [
        Complained("gap", "event 9 after 7")
    ]
    assert json.loads(link.receive('{"type":"wave"}')[1][0])["code"] == "unknown_type"


def test_welcome_answers_one_hello() -> None:
    """Anything else is our own misuse."""
    link, _, _ = open_link(Stream("e1", 1, 0))
    greeted = Greeted("desk", None, 0, "")
    for misused in (link, RelayLink()):
        with pytest.raises(LocalProtocolError):
            misused.welcome(
                greeted, Stream("e1", 1, 0), agent=ASHA, now=NOON, catalogue=CATALOGUE, policy=Policy()
            )


# --- both ends on a fake wire -------------------------------------------------------------------------------


@dataclass
class Wire:
    """Both ends and what each has stored. Frames in flight are lost whenever the wire breaks."""

    desktop: DesktopLink = field(default_factory=lambda: DesktopLink("desk", "0.1.0"))
    relay: RelayLink = field(default_factory=RelayLink)
    epoch: str = "e1"
    floor: int = 1
    journal: list[bytes] = field(default_factory=list)
    dispositions: dict[str, Disposition] = field(default_factory=dict)
    dispositions_stored: int = 0
    committed: list[Cursor] = field(default_factory=list)
    outbox: dict[str, Disposition] = field(default_factory=dict)
    to_relay: list[str] = field(default_factory=list)
    to_desktop: list[str] = field(default_factory=list)
    seen: list[int] = field(default_factory=list)
    resets: int = 0

    def connect(self) -> None:
        """A new transport; all that was under way on the old one is gone."""
        self.desktop.closed()
        self.relay = RelayLink()
        self.to_relay, self.to_desktop = self.desktop.opened(), []

    def deliver_to_relay(self) -> None:
        """The relay takes one frame, and answers as its server would."""
        if not self.to_relay:
            return
        told, frames = self.relay.receive(self.to_relay.pop(0))
        self.to_desktop += frames
        for event in told:
            if isinstance(event, Greeted):
                self._greet(event)
            if isinstance(event, Submitted):
                self.dispositions_stored += event.disposition.id not in self.dispositions
                self.dispositions[event.disposition.id] = event.disposition
                self.to_desktop.append(self.relay.stored(event.disposition.id))

    def _greet(self, greeted: Greeted) -> None:
        stream = Stream(self.epoch, self.floor, len(self.journal))
        frames, resumes = self.relay.welcome(
            greeted, stream, agent=ASHA, now=NOON, catalogue=CATALOGUE, policy=Policy()
        )
        self.to_desktop += frames if resumes else [*frames, *self.relay.reset(stream, [])]

    def pump(self) -> None:
        """The relay reads one event past what it has sent, if the window has room."""
        if self.relay.room and self.relay.sent < len(self.journal):
            self.to_desktop.append(
                self.relay.event_frame(self.relay.sent + 1, self.journal[self.relay.sent]).decode()
            )

    def deliver_to_desktop(self, *, commit: bool = True) -> None:
        """The desktop takes one frame; without `commit`, it crashes before its store has the event."""
        if not self.to_desktop:
            return
        told, frames = self.desktop.receive(self.to_desktop.pop(0))
        self.to_relay += frames
        for event in told:
            if isinstance(event, Received | WasReset):
                if not commit:
                    self.connect()
                    return
                self.resets += isinstance(event, WasReset)
                self.seen = self.seen if isinstance(event, Received) else []
                self.seen.append(event.cursor.seq)
                self.to_relay += self.desktop.committed(event.cursor)
            if isinstance(event, DispositionStored):
                self.outbox.pop(event.id, None)

    def save(self, number: int) -> None:
        """The agent saves a disposition."""
        disposition = Disposition(f"d-{number}", "c", "interested", None, "", None, NOON)
        self.outbox[disposition.id] = disposition
        self.to_relay += self.desktop.submit([disposition])

    def settle(self) -> None:
        """Let everything arrive."""
        self.connect()
        while self.to_relay or self.to_desktop or (self.relay.room and self.relay.sent < len(self.journal)):
            self.deliver_to_relay()
            self.pump()
            self.deliver_to_desktop()


STEPS = st.sampled_from(["post", "relay", "desktop", "pump", "pump", "break", "crash", "save"])


@given(st.lists(STEPS, max_size=60))
def test_nothing_is_lost_or_doubled_on_a_wire_that_breaks_anywhere(steps: list[str]) -> None:
    """In the end the desktop has committed each event once, in order, and the relay each save."""
    wire = Wire()
    wire.connect()
    saved = 0
    for step in steps:
        match step:
            case "post":
                wire.journal.append(BODY)
            case "relay":
                wire.deliver_to_relay()
            case "desktop":
                wire.deliver_to_desktop()
            case "pump":
                wire.pump()
            case "crash":
                wire.deliver_to_desktop(commit=False)
            case "break":
                wire.connect()
            case "save":
                saved += 1
                wire.save(saved)
    wire.settle()
    assert list(range(1, len(wire.journal) + 1)) == wire.seen
    assert (0, len(wire.journal)) == (wire.resets, wire.desktop.cursor.seq)
    assert ({}, saved) == (wire.outbox, wire.dispositions_stored)


def test_after_a_restore_the_desktop_starts_from_the_snapshot() -> None:
    """A new epoch makes an old cursor worthless, even one that looks plausible."""
    wire = Wire(journal=[BODY] * 5)
    wire.settle()
    wire.epoch, wire.journal = "e2", [BODY] * 3
    wire.settle()
    assert (1, Cursor("e2", 3)) == (wire.resets, wire.desktop.cursor)
    wire.journal.append(BODY)
    wire.settle()
    assert [3, 4] == wire.seen


def test_a_snapshot_fits_into_a_frame() -> None:
    """First without histories and colleagues; then what is owed goes, and the oldest calls."""
    crowd = tuple(Person(f"a{n}", "A colleague with a long name") for n in range(50))
    calls = [body_of(rang(call_id=f"c{n}", agents=crowd)) for n in range(300)]

    def snapshot(count: int) -> tuple[int, int, str]:
        link = RelayLink()
        (frame,) = link.reset(Stream("e1", 4, 9), calls[:count], calls[:20])
        assert len(frame.encode()) <= MAX_FRAME_BYTES
        told = json.loads(frame)
        return len(told["calls"]), len(told["owed"]), told["calls"][-1]["call_id"]

    assert (5, 20, "c4") == snapshot(5)
    assert (60, 20, "c59") == snapshot(60)
    many, owed, last = snapshot(300)
    assert 60 < many < 300
    assert (0, "c299") == (owed, last)
